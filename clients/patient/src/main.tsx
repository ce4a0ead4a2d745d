/** Start of the patient app: brand, words, first screen. The SDK and its crypto come later, in a chunk of their own. */
import "@consilium/kit/ui/mantine.css";
import "@consilium/kit/ui/base.css";
import "./app/app.css";
import { fetchWords, initI18n, loadBrand } from "@consilium/kit/brand";
import { sessionStore } from "@consilium/kit/matrix";
import { styled } from "@consilium/kit/ui/styled";
import { createRoot } from "react-dom/client";
import { App, preloadFirstScreen } from "./app/App.tsx";
import { showBootFailure } from "./app/boot-failure.ts";
import { keepInstallOffer } from "./app/install.ts";
import { takeInvitation } from "./app/invitation.ts";
import { dressPage } from "./app/page.ts";
import { takeRehearsal } from "./app/rehearsal.ts";
import { locales } from "./locales/index.ts";

async function boot(frame: HTMLElement): Promise<void> {
  takeInvitation();
  preloadFirstScreen(sessionStore.load() !== null);
  fetchWords(locales);
  const brand = await loadBrand();
  takeRehearsal(brand.server.consult_url);
  const [words] = await Promise.all([initI18n(brand, locales), styled()]);
  dressPage(brand);
  createRoot(frame).render(<App brand={brand} words={words} />);
}

keepInstallOffer();
const frame = document.getElementById("app");
if (frame !== null) {
  boot(frame).catch(async () => {
    await styled();
    showBootFailure(frame);
  });
}
