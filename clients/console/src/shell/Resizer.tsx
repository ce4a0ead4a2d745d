/** The handle between list and conversation: by mouse, or by the arrow keys. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { LIST_WIDTH } from "../settings/prefs.ts";
import classes from "./Desk.module.css";

const STEP = 20;

export function Resizer() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { listWidth } = useReadable(prefs.prefs);
  const drag = useRef<{ x: number; width: number } | null>(null);
  const change = (width: number) =>
    prefs.change({ listWidth: Math.min(LIST_WIDTH.max, Math.max(LIST_WIDTH.min, Math.round(width))) });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    change(listWidth + (event.key === "ArrowRight" ? STEP : -STEP));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: listWidth };
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("pane.resize")}
      aria-valuenow={listWidth}
      aria-valuemin={LIST_WIDTH.min}
      aria-valuemax={LIST_WIDTH.max}
      className={classes.resizer}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (drag.current !== null) change(drag.current.width + event.clientX - drag.current.x);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
    />
  );
}
