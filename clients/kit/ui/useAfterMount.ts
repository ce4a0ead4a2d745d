/** A value from the moment on in which what shows it stands; before, another one. What opens then is seen to open. */
import { useEffect, useState } from "react";

export function useAfterMount<T>(value: T, before: T): T {
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return mounted ? value : before;
}
