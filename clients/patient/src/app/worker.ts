/** The worker that fetches the whole app, for days without a network. It comes after what the first screens need of the same network. */
export function keepForLater(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
