/** Shared components. */
export type * from "./props.ts";
