/** The head of a table section: name, count, search, filters, what can be added. */
import type { FilterParts } from "@consilium/kit/ui/filters";
import type { ReactNode } from "react";
import classes from "./TableHead.module.css";
import { type Counted, Total } from "./Total.tsx";

export function TableHead({
  title,
  total,
  search,
  filters,
  tools,
}: {
  title: string;
  total: Counted | null;
  search?: ReactNode;
  filters?: FilterParts | undefined;
  tools?: ReactNode;
}) {
  return (
    <header className={classes.head}>
      <h2 className={classes.title}>
        {title} {total !== null && <Total of={total} className={classes.total} />}
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
