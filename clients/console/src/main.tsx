/** Start of the console: brand and words first, then the page. */
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@consilium/kit/ui/base.css";
import "./console.css";
import { BrandProvider, fetchWords, initI18n, loadBrand } from "@consilium/kit/brand";
import { UiDensity } from "@consilium/kit/ui";
import { laterPart } from "@consilium/kit/ui/parts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { ConsoleTheme } from "./ConsoleTheme.tsx";
import { showStartFailure } from "./start-failure.ts";
import { consoleWords, personWord, speakOf } from "./words.ts";

const Notices = laterPart(async () => (await import("./ui/Notices.tsx")).Notices);

async function start(root: HTMLElement): Promise<void> {
  fetchWords(consoleWords("patient"));
  const brand = await loadBrand();
  const person = personWord(brand.texts);
  speakOf(person);
  const i18n = await initI18n(brand, consoleWords(person));
  for (const [rel, href] of [["icon", brand.icon_url]] as const) {
    document.head.append(Object.assign(document.createElement("link"), { rel, href }));
  }
  createRoot(root).render(
    <StrictMode>
      <BrandProvider brand={brand} words={i18n} app="console">
        <ConsoleTheme>
          <Notices />
          <UiDensity value="dense">
            <App />
          </UiDensity>
        </ConsoleTheme>
      </BrandProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("app");
if (root !== null) start(root).catch(() => showStartFailure(root));
