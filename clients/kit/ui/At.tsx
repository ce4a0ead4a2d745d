/** The target of a popover or menu that came after its button: draws nothing, the button stands elsewhere. */
import { type Ref, useLayoutEffect } from "react";

interface AtProps {
  anchor: HTMLElement | null;
  /** Of Mantine: what floats is named by it. */
  id?: string;
  ref?: Ref<HTMLElement>;
}

export function At({ anchor, id, ref }: AtProps) {
  useLayoutEffect(() => {
    if (anchor === null || id === undefined || anchor.id !== "") return;
    anchor.id = id;
    return () => anchor.removeAttribute("id");
  }, [anchor, id]);
  useLayoutEffect(() => {
    if (typeof ref === "function") {
      const end = ref(anchor);
      return () => void (typeof end === "function" ? end() : ref(null));
    }
    if (ref) ref.current = anchor;
    return undefined;
  }, [anchor, ref]);
  return null;
}
