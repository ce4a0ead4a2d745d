/** The head of a table section: name, count, search, filters, what can be added. */
import type { FilterParts } from "@consilium/kit/ui/filters";
import type { ReactNode } from "react";
import classes from "./TableHead.module.css";

export function TableHead({
  title,
  total,
  search,
  filters,
  tools,
}: {
  title: string;
  total: number | null;
  search?: ReactNode;
  filters?: FilterParts | undefined;
  tools?: ReactNode;
}) {
  return (
    <header className={classes.head}>
      <h2 className={classes.title}>
        {title} {total !== null && <span className={classes.total}>{total}</span>}
      </h2>
      {search !== undefined && <div className={classes.search}>{search}</div>}
      {(filters !== undefined || tools !== undefined) && (
        <div className={classes.tools}>
          {filters?.controls}
          {tools}
        </div>
      )}
      {filters?.chips}
    </header>
  );
}
