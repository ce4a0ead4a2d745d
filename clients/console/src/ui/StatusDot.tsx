/** The status of an operator as a shape and a colour: full, half, ring, so that it reads without colour too. */
import type { OperatorStatus } from "@consilium/kit/api";
import classes from "./StatusDot.module.css";

export function StatusDot({ status }: { status: OperatorStatus }) {
  return <span className={classes.dot} data-status={status} aria-hidden="true" />;
}
