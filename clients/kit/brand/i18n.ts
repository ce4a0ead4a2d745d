/**
 * Words. One i18next instance for an app; messages are ICU; only the language in use is loaded.
 *
 * Namespaces: `kit` (this package's `locales/`) and `app` (the app's own, the default).
 */
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { PublicBrand } from "../api/types.ts";
import { icu } from "./icu.ts";

export type LocaleLoader = (language: string) => Promise<Record<string, unknown>>;

const REMEMBERED = "consilium.language";
const FALLBACK = "en";

const kitLocales: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("./locales/ru.json")).default
    : (await import("./locales/en.json")).default;

/** The person's own choice, or `null`. */
export function rememberedLanguage(): string | null {
  return localStorage.getItem(REMEMBERED);
}

/** The person's choice, else the first wish of the browser that the brand speaks, else the brand's default. */
export function pickLanguage(
  brand: Pick<PublicBrand, "languages" | "default_language">,
  remembered: string | null,
  wishes: readonly string[],
): string {
  if (remembered !== null && brand.languages.includes(remembered)) return remembered;
  for (const wish of wishes) {
    const base = wish.toLowerCase().split("-")[0] ?? "";
    if (brand.languages.includes(base)) return base;
  }
  return brand.default_language;
}

/**
 * Begins to fetch the words that this browser wants most likely, while the brand is on its way, which decides: they are there when it is. What does
 * not come is asked for again then.
 */
export function fetchWords(appLocales: LocaleLoader): void {
  const wish = rememberedLanguage() ?? navigator.languages[0] ?? FALLBACK;
  void bundles(wish.toLowerCase().split("-")[0] ?? FALLBACK, appLocales).catch(() => undefined);
}

export async function initI18n(brand: PublicBrand, appLocales: LocaleLoader): Promise<i18n> {
  const language = pickLanguage(brand, rememberedLanguage(), navigator.languages);
  await i18next
    .use(icu)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ["app", "kit"],
      defaultNS: "app",
      fallbackNS: "kit",
      interpolation: { escapeValue: false, defaultVariables: { brand: brand.name } },
      react: { useSuspense: false },
      resources: await bundles(language, appLocales),
    });
  loaders.set(i18next, appLocales);
  // What came later came into the words before.
  later.clear();
  announce(language);
  return i18next;
}

const loaders = new WeakMap<i18n, LocaleLoader>();

/** Words of parts that come later, and the languages in which they are there. */
const later = new Map<LocaleLoader, { namespace: "app" | "kit"; languages: Set<string> }>();

/** The words of a part that comes later, into a namespace that is there; in other languages when they are chosen. */
export async function addWords(namespace: "app" | "kit", loader: LocaleLoader): Promise<void> {
  if (!later.has(loader)) later.set(loader, { namespace, languages: new Set() });
  await addLaterWords(i18next.language);
}

async function addLaterWords(language: string): Promise<void> {
  const missing = [...later].filter(([, { languages }]) => !languages.has(language));
  await Promise.all(
    missing.map(async ([loader, { namespace, languages }]) => {
      i18next.addResourceBundle(language, namespace, await loader(language), true);
      languages.add(language);
    }),
  );
}

export async function changeLanguage(language: string): Promise<void> {
  const appLocales = loaders.get(i18next);
  if (appLocales !== undefined && !i18next.hasResourceBundle(language, "app")) {
    const found = (await bundles(language, appLocales))[language];
    for (const [namespace, words] of Object.entries(found ?? {}))
      i18next.addResourceBundle(language, namespace, words);
  }
  await addLaterWords(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(REMEMBERED, language);
  announce(language);
}

async function bundles(
  language: string,
  app: LocaleLoader,
): Promise<Record<string, Record<string, Record<string, unknown>>>> {
  const known = language === "ru" ? "ru" : FALLBACK;
  const [appWords, kitWords] = await Promise.all([app(known), kitLocales(known)]);
  return { [language]: { app: appWords, kit: kitWords } };
}

function announce(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}
