/** A list of many rows that draws only those in sight: a real `<ul>`, scrolled by its box. */
import { type ReactElement, type Ref, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { moveByArrows, useFocusOnCurrent } from "./rows.ts";
import classes from "./VirtualList.module.css";

interface VirtualListProps<T> {
  label: string;
  items: readonly T[];
  /** Height of a row in pixels at the base size; only a guess until it is measured. */
  rowHeight: number;
  /** What is open of it, by its row. */
  current?: string | null;
  onScroll?: (offset: number) => void;
  /** Near the end: more may be fetched. */
  onEnd?: () => void;
  ref?: Ref<VirtualizerHandle>;
  children: (item: T, index: number) => ReactElement;
}

/** Distance to the end, in pixels, at which more is asked for. */
const END_SLACK = 600;

export function VirtualList<T>({
  label,
  items,
  rowHeight,
  current = null,
  onScroll,
  onEnd,
  ref,
  children,
}: VirtualListProps<T>) {
  const box = useRef<HTMLElement>(null);
  useFocusOnCurrent(box, current);
  const scrolled = (offset: number) => {
    onScroll?.(offset);
    const list = box.current;
    if (list !== null && list.scrollHeight - offset - list.clientHeight < END_SLACK) onEnd?.();
  };
  return (
    <section ref={box} className={classes.box} role="group" aria-label={label} onKeyDown={moveByArrows}>
      <Virtualizer
        ref={ref}
        scrollRef={box}
        as="ul"
        item="li"
        data={items as T[]}
        itemSize={rowHeight}
        onScroll={scrolled}
      >
        {children}
      </Virtualizer>
    </section>
  );
}
