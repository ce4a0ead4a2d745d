/** A small window over the page that can be pulled away from what it hides: by the pointer, or by the arrows on its handle. */
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from "react";

const STEP = 24;
/** Less than this is a press, not a pull. */
const SLACK = 6;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Point {
  x: number;
  y: number;
}

export interface Movable {
  style: { transform: string };
  /** For the part that one pulls at. */
  handle: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: (event: PointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
  /** The press that has just ended was a pull: it is no click. */
  wasPulled: () => boolean;
}

export function useMovable(box: RefObject<HTMLElement | null>): Movable {
  const [at, setAt] = useState<Point>({ x: 0, y: 0 });
  const from = useRef<(Point & { pulled: boolean }) | null>(null);
  const pulled = useRef(false);
  const move = (to: Point) => setAt(inside(box.current, to));
  const end = () => {
    pulled.current = from.current?.pulled ?? false;
    from.current = null;
  };
  return {
    style: { transform: `translate(${at.x}px, ${at.y}px)` },
    handle: {
      onPointerDown: (event) => {
        from.current = { x: event.clientX - at.x, y: event.clientY - at.y, pulled: false };
        pulled.current = false;
      },
      onPointerMove: (event) => {
        const start = from.current;
        if (start === null) return;
        const to = { x: event.clientX - start.x, y: event.clientY - start.y };
        if (!start.pulled && Math.hypot(to.x - at.x, to.y - at.y) < SLACK) return;
        if (!start.pulled) event.currentTarget.setPointerCapture(event.pointerId);
        start.pulled = true;
        move(to);
      },
      onPointerUp: end,
      onPointerCancel: end,
      onKeyDown: (event) => {
        const [x, y] = ARROWS[event.key] ?? [0, 0];
        if (x === 0 && y === 0) return;
        event.preventDefault();
        move({ x: at.x + x * STEP, y: at.y + y * STEP });
      },
    },
    wasPulled: () => pulled.current,
  };
}

/** It may go as far as the window reaches, and no farther. */
function inside(box: HTMLElement | null, { x, y }: Point): Point {
  if (box === null) return { x, y };
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = box;
  return {
    x: Math.min(Math.max(x, -offsetLeft), innerWidth - offsetLeft - offsetWidth),
    y: Math.min(Math.max(y, -offsetTop), innerHeight - offsetTop - offsetHeight),
  };
}
