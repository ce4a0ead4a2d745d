/** Whether words are looked for in a conversation, for whoever has the button or the key that begins it. */
import { useCallback, useMemo, useState } from "react";

export interface Finding {
  /** Another value for each time that it was asked for: the cursor goes into its field again. */
  asked: number;
  onClose: () => void;
}

/** `onClosed`: puts the cursor back to where it came from. */
export function useFinding(onClosed: () => void): { finding: Finding | null; ask: () => void } {
  const [asked, setAsked] = useState(0);
  const [open, setOpen] = useState(false);
  const ask = useCallback(() => {
    setOpen(true);
    setAsked((times) => times + 1);
  }, []);
  const onClose = useCallback(() => {
    setOpen(false);
    onClosed();
  }, [onClosed]);
  const finding = useMemo(() => (open ? { asked, onClose } : null), [open, asked, onClose]);
  return { finding, ask };
}
