/** A tag: its name in the colour of its role. The colour says nothing that the name does not. */
import type { TagRef } from "@consilium/kit/api";
import classes from "./TagChip.module.css";

export function TagChip({ tag }: { tag: Pick<TagRef, "name" | "color"> }) {
  return (
    <span className={classes.tag} data-color={tag.color} title={tag.name}>
      {tag.name}
    </span>
  );
}
