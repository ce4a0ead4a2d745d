/** Renders a component as the apps do: brand, words of one language, density. */
import { type RenderResult, render } from "@testing-library/react";
import i18next, { type i18n } from "i18next";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { BrandProvider } from "../brand/BrandProvider.tsx";
import { icu } from "../brand/icu.ts";
import callEn from "../brand/locales/en.call.json" with { type: "json" };
import en from "../brand/locales/en.json" with { type: "json" };
import signInsEn from "../brand/locales/en.signins.json" with { type: "json" };
import enTalk from "../brand/locales/en.talk.json" with { type: "json" };
import callRu from "../brand/locales/ru.call.json" with { type: "json" };
import ru from "../brand/locales/ru.json" with { type: "json" };
import signInsRu from "../brand/locales/ru.signins.json" with { type: "json" };
import ruTalk from "../brand/locales/ru.talk.json" with { type: "json" };
import { UiDensity } from "../ui/density.tsx";
import type { Density } from "../ui/props.ts";
import { pretendBrand } from "./brand.ts";

export interface RenderOptions {
  language?: "ru" | "en";
  density?: Density;
}

const BRAND = pretendBrand("clinic", "patient", "http://localhost");

export function renderWithKit(node: ReactNode, options: RenderOptions = {}): RenderResult {
  const { language = "en", density = "calm" } = options;
  const words = wordsOf(language);
  const framed = (inner: ReactNode) => (
    <BrandProvider brand={BRAND} words={words} app="patient">
      <UiDensity value={density}>{inner}</UiDensity>
    </BrandProvider>
  );
  const result = render(framed(node));
  return { ...result, rerender: (next) => result.rerender(framed(next)) };
}

function wordsOf(language: string): i18n {
  const words = i18next.createInstance();
  void words
    .use(icu)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ["kit"],
      defaultNS: "kit",
      initAsync: false,
      interpolation: { escapeValue: false, defaultVariables: { brand: "Demo Clinic" } },
      resources: {
        en: { kit: { ...en, ...enTalk, ...callEn, ...signInsEn } },
        ru: { kit: { ...ru, ...ruTalk, ...callRu, ...signInsRu } },
      },
    });
  return words;
}
