/**
 * Every screen of the patient app with pretend data, for looking at it: `npm run dev`, then `/looking-glass/?scene=…&path=…`.
 * Not part of the build.
 */
import "@consilium/kit/ui/mantine.css";
import "@consilium/kit/ui/base.css";
import "../src/app/app.css";
import { initI18n } from "@consilium/kit/brand";
import { PretendEngine, pretendBrand, pretendFetch } from "@consilium/kit/testing";
import { createRoot } from "react-dom/client";
import { App } from "../src/app/App.tsx";
import { dressPage } from "../src/app/page.ts";
import { markSeen } from "../src/app/seen.ts";
import { locales } from "../src/locales/index.ts";
import { callScene } from "./calls.ts";
import type { DocumentsWish } from "./documents.ts";
import { type SceneName, scene } from "./scenes.ts";

const wish = new URLSearchParams(location.search);
const language = wish.get("lang") ?? "ru";
const brand = pretendBrand(wish.get("brand") === "law" ? "law" : "clinic", "patient");
localStorage.clear();
localStorage.setItem("consilium.language", language);
localStorage.setItem("consilium.theme", wish.get("theme") ?? "light");

const chosen = scene(
  (wish.get("scene") ?? "usual") as SceneName,
  language,
  wish.get("callback"),
  wish.get("documents") as DocumentsWish | null,
);
if (chosen.session !== null) localStorage.setItem("consilium.session", JSON.stringify(chosen.session));
if (wish.get("scene") === "elsewhere" && chosen.session !== null)
  markSeen(chosen.session.userId, "2026-11-10T00:00:00Z");
pretendFetch(chosen.answers);
history.replaceState(null, "", wish.get("path") ?? "/");

const frame = document.getElementById("app");
if (frame !== null) {
  const words = await initI18n(brand, locales);
  dressPage(brand);
  const start = async () => {
    if (chosen.engine === "never") return new Promise<PretendEngine>(() => undefined);
    if (chosen.engine === "fails") throw new Error("pretend");
    return new PretendEngine(chosen.engine);
  };
  const call = wish.get("call");
  const makeCalls = () => callScene(call, language);
  if (wish.get("checked") !== null) localStorage.setItem("consilium.call-checked", "video");
  createRoot(frame).render(<App brand={brand} words={words} start={start} makeCalls={makeCalls} />);
}
