/** A round button that shows an icon and nothing else, with room for a thumb; what it stands in says by `--round` where it is smaller. */
import type { ComponentPropsWithRef } from "react";
import css from "./RoundButton.module.css";

export interface RoundButtonProps extends ComponentPropsWithRef<"button"> {
  /** `brand`: the one thing to do here. `still`: beside what it takes away, and so small that it shows nothing of a pointer. */
  tone?: "quiet" | "still" | "danger" | "brand";
}

export function RoundButton({ tone = "quiet", className = "", ...button }: RoundButtonProps) {
  return <button type="button" {...button} className={`${css.round} ${className}`} data-tone={tone} />;
}
