/** Words beside a button while the pointer rests on it; whoever reads the screen has them in its name. */
import { laterPart } from "@consilium/kit/ui/parts";
import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";

interface HintProps {
  label: ReactNode;
  position?: "right" | "top";
  /** Unit: ms. */
  delay?: number;
  children: ReactElement<HTMLAttributes<HTMLElement>>;
}

const HintWords = laterPart(async () => (await import("./HintWords.tsx")).HintWords);

export function Hint({ label, position = "top", delay = 400, children }: HintProps) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [opened, setOpened] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const leave = () => {
    clearTimeout(timer.current);
    setOpened(false);
  };
  const over: HTMLAttributes<HTMLElement> = {
    onMouseEnter: ({ currentTarget }) => {
      setTarget(currentTarget);
      timer.current = setTimeout(() => setOpened(true), delay);
    },
    onMouseLeave: leave,
    onMouseDown: leave,
  };
  return (
    <>
      {cloneElement(children, over)}
      {target !== null && <HintWords target={target} label={label} position={position} opened={opened} />}
    </>
  );
}
