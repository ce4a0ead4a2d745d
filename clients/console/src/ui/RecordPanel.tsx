/** The card of a record, beside the list it was opened from. */
import type { ReactNode } from "react";
import classes from "./RecordPanel.module.css";

export function RecordPanel({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className={classes.panel} aria-label={label}>
      {children}
    </section>
  );
}
