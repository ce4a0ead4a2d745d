/** Keeps the screen on during a call. The browser takes the lock away when the page is hidden: it is asked for again. */

/** Returns the end of it. Where the browser has no such thing, nothing happens. */
export function keepScreenOn(): () => void {
  let lock: WakeLockSentinel | null = null;
  let isOver = false;
  const ask = async () => {
    if (isOver || document.visibilityState !== "visible" || (lock !== null && !lock.released)) return;
    const got = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    if (isOver) void got?.release();
    else lock = got;
  };
  const onVisible = () => void ask();
  document.addEventListener("visibilitychange", onVisible);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", onVisible);
    void lock?.release().catch(() => undefined);
  };
}
