/** A list in a pane of its own: name, count, what it is filtered and sorted by, search; below them its rows. */
import type { FilterParts } from "@consilium/kit/ui/filters";
import type { ReactNode } from "react";
import classes from "./ListPane.module.css";
import { type Counted, Total } from "./Total.tsx";

interface ListPaneProps {
  title: string;
  total: Counted;
  filters?: FilterParts;
  tools?: ReactNode;
  search: ReactNode;
  children: ReactNode;
}

export function ListPane({ title, total, filters, tools, search, children }: ListPaneProps) {
  return (
    <div className={classes.list}>
      <header className={classes.head}>
        <div className={classes.titleLine}>
          <h2 className={classes.title}>{title}</h2>
          <Total of={total} className={classes.total} />
          <div className={classes.tools}>
            {filters?.controls}
            {tools}
          </div>
        </div>
        {search}
        {filters?.chips}
      </header>
      {children}
    </div>
  );
}
