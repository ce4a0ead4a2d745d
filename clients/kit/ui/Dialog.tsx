/** A dialog on the browser's own `<dialog>`: focus stays inside, Escape closes, the page behind is inert. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./Dialog.module.css";
import { IconX } from "./icons.ts";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, right aligned on a desk, stacked on a phone. */
  footer?: ReactNode;
}

export function Dialog({ open, onClose, title, children, footer }: DialogProps) {
  const { t } = useTranslation("kit");
  if (!open) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the ground is a second way; Escape is the keyboard's
    <dialog
      ref={modal}
      className={css.dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={css.body}>
        <header className={css.header}>
          <h2 className={css.title}>{title}</h2>
          <button type="button" className={css.close} onClick={onClose} aria-label={t("dialog.close")}>
            <IconX size={22} stroke={1.75} aria-hidden />
          </button>
        </header>
        {children}
        {footer !== undefined && <footer className={css.footer}>{footer}</footer>}
      </div>
    </dialog>
  );
}

/**
 * For `ref`: modal as long as it is in the page. The focus comes to what is marked with `data-autofocus`, else to its first control. It is closed before it leaves: only
 * then the browser gives the focus back to what had it.
 */
export function modal(dialog: HTMLDialogElement | null): (() => void) | undefined {
  if (dialog === null) return undefined;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  return () => dialog.close();
}
