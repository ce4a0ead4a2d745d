/**
 * A window over everything: the browser's own picture-in-picture for documents where it has one, else a panel over the desk that can be
 * moved. What is inside stays a part of this page: its words, its commands, its call.
 */
import { useMovable } from "@consilium/kit/ui/call";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconGripHorizontal } from "../../icons.ts";
import classes from "./FloatingWindow.module.css";

interface FloatingWindowProps {
  title: string;
  /** The person closed the window. */
  onClose: () => void;
  children: ReactNode;
}

/** Chromium's; not in the library of types yet. */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

const SIZE = { width: 420, height: 380 } as const;

export function FloatingWindow({ title, onClose, children }: FloatingWindowProps) {
  const picture = usePictureWindow(title, onClose);
  if (picture === "asking") return null;
  if (picture === "none") return <Panel title={title}>{children}</Panel>;
  return createPortal(<div className={classes.inside}>{children}</div>, picture.document.body);
}

function usePictureWindow(title: string, onClose: () => void): Window | "asking" | "none" {
  const [picture, setPicture] = useState<Window | "asking" | "none">("asking");
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const api = (globalThis as { documentPictureInPicture?: DocumentPictureInPicture })
      .documentPictureInPicture;
    if (api === undefined) return setPicture("none");
    let opened: Window | null = null;
    let ended = false;
    api.requestWindow(SIZE).then(
      (made) => {
        if (ended) return made.close();
        opened = made;
        dress(made, title);
        made.addEventListener("pagehide", () => !ended && close.current());
        made.addEventListener("keydown", passOn);
        setPicture(made);
      },
      // Refused without a press a moment ago: the panel does as well.
      () => !ended && setPicture("none"),
    );
    return () => {
      ended = true;
      opened?.close();
    };
  }, [title]);
  return picture;
}

/** The page's own style, scheme and language. */
function dress(picture: Window, title: string): void {
  const { document: page } = picture;
  page.title = title;
  for (const name of document.documentElement.getAttributeNames())
    page.documentElement.setAttribute(name, document.documentElement.getAttribute(name) ?? "");
  for (const sheet of document.querySelectorAll('style, link[rel="stylesheet"]'))
    page.head.append(sheet.cloneNode(true));
}

/** Keys of the call work in the window too; those that a control needs for itself stay with it. */
function passOn(event: globalThis.KeyboardEvent): void {
  const tag = (event.target as Element | null)?.tagName ?? "";
  const isPress = event.code === "Space" || event.code === "Enter";
  if (tag === "SELECT" || tag === "INPUT" || (tag === "BUTTON" && isPress)) return;
  window.dispatchEvent(new KeyboardEvent(event.type, event));
}

/** Over the desk, moved by its handle. */
function Panel({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  const { style, handle } = useMovable(box);
  return createPortal(
    <section ref={box} className={classes.panel} aria-label={title} style={style}>
      <button
        type="button"
        className={classes.handle}
        aria-label={t("call.moveWindow")}
        title={t("call.moveWindow")}
        {...handle}
      >
        <IconGripHorizontal size={18} stroke={1.75} aria-hidden />
      </button>
      <div className={classes.content}>{children}</div>
    </section>,
    document.body,
  );
}
