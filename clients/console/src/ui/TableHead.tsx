/** The head of a table section: name, count, search, filters, what can be added. */
import type { ReactNode } from "react";
import classes from "./TableHead.module.css";

export function TableHead({
  title,
  total,
  search,
  tools,
}: {
  title: string;
  total: number | null;
  search?: ReactNode;
  tools?: ReactNode;
}) {
  return (
    <header className={classes.head}>
      <h2 className={classes.title}>
        {title} {total !== null && <span className={classes.total}>{total}</span>}
      </h2>
      {search !== undefined && <div className={classes.search}>{search}</div>}
      {tools !== undefined && <div className={classes.tools}>{tools}</div>}
    </header>
  );
}
