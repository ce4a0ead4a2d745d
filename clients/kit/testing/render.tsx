/** Renders a component as the apps do: brand, words of one language, density. */
import { type RenderResult, render } from "@testing-library/react";
import i18next, { type i18n } from "i18next";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { BrandProvider } from "../brand/BrandProvider.tsx";
import { icu } from "../brand/icu.ts";
import en from "../brand/locales/en.json" with { type: "json" };
import ru from "../brand/locales/ru.json" with { type: "json" };
import { UiDensity } from "../ui/density.tsx";
import type { Density } from "../ui/props.ts";
import { pretendBrand } from "./brand.ts";

export interface RenderOptions {
  language?: "ru" | "en";
  density?: Density;
}

export function renderWithKit(node: ReactNode, options: RenderOptions = {}): RenderResult {
  const { language = "en", density = "calm" } = options;
  return render(
    <BrandProvider
      brand={pretendBrand("clinic", "patient", "http://localhost")}
      words={wordsOf(language)}
      app="patient"
    >
      <UiDensity value={density}>{node}</UiDensity>
    </BrandProvider>,
  );
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
      resources: { en: { kit: en }, ru: { kit: ru } },
    });
  return words;
}
