/** What takes the place of something else in an open dialog has the focus: what was pressed is gone, and the focus would be with it. */
import { type RefObject, useEffect, useRef } from "react";

/** For `ref`: in it the focus comes to what is marked with `data-autofocus`. A focus that is somewhere stays there. */
export function useFocusHere<E extends HTMLElement>(): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, []);
  return place;
}
