/** Brand, theme and words for a tree: the outermost component of both apps. */
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import type { i18n } from "i18next";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { I18nextProvider, useTranslation } from "react-i18next";
import type { PublicBrand } from "../api/types.ts";
import { loadBrand } from "./load.ts";
import { regionalLocale } from "./region.ts";
import { type AppKind, brandTheme, cssVariables, styleNonce } from "./theme.ts";

const BrandContext = createContext<PublicBrand | null>(null);
const ReloadContext = createContext<() => void>(() => undefined);
const colorScheme = localStorageColorSchemeManager({ key: "consilium.theme" });

export interface BrandProviderProps {
  brand: PublicBrand;
  words: i18n;
  app: AppKind;
  children: ReactNode;
}

export function BrandProvider({ brand: first, words, app, children }: BrandProviderProps) {
  const [brand, setBrand] = useState(first);
  // What cannot be loaded stays as it was: it is asked for again with the next change, or the next visit.
  const reload = useCallback(() => void loadBrand(words.language).then(setBrand, () => undefined), [words]);
  useEffect(() => {
    words.on("languageChanged", reload);
    return () => words.off("languageChanged", reload);
  }, [words, reload]);
  const theme = useMemo(() => brandTheme(brand, app), [brand, app]);
  const variables = useMemo(() => cssVariables(brand), [brand]);
  return (
    <BrandContext value={brand}>
      <ReloadContext value={reload}>
        <I18nextProvider i18n={words}>
          <MantineProvider
            theme={theme}
            cssVariablesResolver={variables}
            colorSchemeManager={colorScheme}
            defaultColorScheme="auto"
            getStyleNonce={styleNonce}
          >
            {children}
          </MantineProvider>
        </I18nextProvider>
      </ReloadContext>
    </BrandContext>
  );
}

export function useBrand(): PublicBrand {
  const brand = use(BrandContext);
  if (brand === null) throw new Error("useBrand outside BrandProvider");
  return brand;
}

/** Loads the brand again, whose texts supervisors change while the app runs. */
export function useReloadBrand(): () => void {
  return use(ReloadContext);
}

/** The language in use: `ru`, `en`, … */
export function useLocale(): string {
  return useTranslation().i18n.language;
}

/** Calls `onChosen` once for each language after the one that was in use at first: what came from the service came in the one before. */
export function useChosenLanguage(onChosen: () => void): void {
  const language = useLocale();
  const heard = useRef(language);
  useEffect(() => {
    if (heard.current === language) return;
    heard.current = language;
    onChosen();
  }, [language, onChosen]);
}

/** The language in use as the brand's country writes it, for `Intl`: `en-GB`, `ru-RU`, … */
export function useRegion(): string {
  return regionalLocale(useLocale(), useBrand().country);
}

/** A text of the brand in the language in use, else in its default language, else `null`. */
export function useBrandText(): (key: string) => string | null {
  const brand = useBrand();
  const locale = useLocale();
  return (key) => brand.texts[locale]?.[key] ?? brand.texts[brand.default_language]?.[key] ?? null;
}
