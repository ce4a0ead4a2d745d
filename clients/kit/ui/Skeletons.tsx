/** Shapes of what is coming. They appear after 150 ms, so a quick answer never flashes. */
import type { CSSProperties, ReactNode } from "react";
import type { SkeletonListProps } from "./props.ts";
import css from "./Skeletons.module.css";

export function SkeletonBlock({
  width,
  height,
  radius = 8,
}: {
  width: number | string;
  height: number;
  radius?: number;
}) {
  return (
    <span
      className={css.block}
      style={{ width, height, borderRadius: radius } satisfies CSSProperties}
      aria-hidden
    />
  );
}

/** The frame that says to readers of the screen what is loading. */
export function SkeletonGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={css.group} role="status" aria-label={label}>
      {children}
    </div>
  );
}

export function SkeletonList({ rows = 3, rowHeight = 72, label }: SkeletonListProps) {
  return (
    <SkeletonGroup label={label}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
        <SkeletonBlock key={row} width="100%" height={rowHeight} radius={12} />
      ))}
    </SkeletonGroup>
  );
}
