/** The browser's offer to install the app, kept for the moment when a person looks for it: it comes once, and early. */
import { Cell } from "@consilium/kit/matrix";

/** What Chromium's browsers send; others install by their own menu. */
export interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

export const installOffer = new Cell<InstallOffer | null>(null);

export function keepInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    installOffer.set(event as InstallOffer);
  });
  addEventListener("appinstalled", () => installOffer.set(null));
}
