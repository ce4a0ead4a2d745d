/** A call over the whole screen: modal, and with the focus on itself, so that a key pressed while typing answers and ends nothing. */
import { useModal } from "@consilium/kit/ui";
import { useEffect } from "react";

export function useScreen() {
  const dialog = useModal(true);
  useEffect(() => dialog.current?.focus(), [dialog]);
  return dialog;
}
