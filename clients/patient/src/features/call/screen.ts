/** A call over the whole screen: modal, and with the focus on itself, so that a key pressed while typing answers and ends nothing. */
import { modal } from "@consilium/kit/ui";

/** For `ref`. */
export function fullScreen(dialog: HTMLDialogElement | null): (() => void) | undefined {
  const close = modal(dialog);
  dialog?.focus();
  return close;
}
