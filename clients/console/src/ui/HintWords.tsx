/** What a hint shows. */
import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

interface HintWordsProps {
  target: HTMLElement;
  label: ReactNode;
  position: "right" | "top";
  opened: boolean;
}

export function HintWords({ target, ...rest }: HintWordsProps) {
  return <Tooltip target={target} {...rest} />;
}
