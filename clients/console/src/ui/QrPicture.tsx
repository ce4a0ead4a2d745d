/** A picture that phones read. */
import type { QrCode } from "@consilium/kit/api";
import classes from "./QrPicture.module.css";

/** `label` says what a phone opens by it. */
export function QrPicture({ code, label }: { code: QrCode; label: string }) {
  return (
    <svg
      className={classes.qr}
      viewBox={`0 0 ${code.size} ${code.size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={code.path} fill="currentColor" />
    </svg>
  );
}
