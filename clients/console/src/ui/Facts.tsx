/** Name and value pairs of a card; what is unknown is said, not left blank. */
import type { ReactNode } from "react";
import classes from "./Facts.module.css";

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd data-empty={value === null || value === undefined || value === ""}>{value || "—"}</dd>
        </div>
      ))}
    </dl>
  );
}
