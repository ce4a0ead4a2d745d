/** The status of an operator as a shape and a colour: full, half, ring, so that it reads without colour too. */
import type { OperatorStatus, StatusColor } from "@consilium/kit/api";
import classes from "./StatusDot.module.css";

interface StatusDotProps {
  status: OperatorStatus;
  /** That of a status of the brand's own; else the fixed one's. */
  color?: StatusColor | null;
}

export function StatusDot({ status, color = null }: StatusDotProps) {
  return <span className={classes.dot} data-status={status} data-color={color} aria-hidden="true" />;
}
