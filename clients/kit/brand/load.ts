/**
 * The brand of the origin that served this page: what the page brought with it, else fetched; the last one is kept for a start without a network.
 */
import type { PublicBrand } from "../api/types.ts";
import { pickLanguage, rememberedLanguage } from "./i18n.ts";

const KEPT = "consilium.brand";
const ADDRESS = "/.well-known/consilium/brand.json";
/** The element in which the server puts it (`src/web/page.rs`). */
const ALONG = "brand";

/**
 * In the language that somebody chose; else in the one that his browser wishes for.
 *
 * Errors: rejects when neither the network nor an earlier visit has a brand.
 */
export async function loadBrand(language: string | null = rememberedLanguage()): Promise<PublicBrand> {
  const along = broughtAlong();
  try {
    const brand = along !== null && isIn(along, language) ? along : await fetched(language);
    localStorage.setItem(KEPT, JSON.stringify(brand));
    return brand;
  } catch (cause) {
    if (along !== null) return along;
    const kept = localStorage.getItem(KEPT);
    if (kept === null) throw cause;
    return JSON.parse(kept) as PublicBrand;
  }
}

/** The page brings the brand in the language that the browser wishes for. */
function isIn(along: PublicBrand, language: string | null): boolean {
  if (language === null) return true;
  return (
    pickLanguage(along, language, navigator.languages) === pickLanguage(along, null, navigator.languages)
  );
}

async function fetched(language: string | null): Promise<PublicBrand> {
  const address = language === null ? ADDRESS : `${ADDRESS}?${new URLSearchParams({ language })}`;
  const response = await fetch(address, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`brand: ${response.status}`);
  return (await response.json()) as PublicBrand;
}

/** Once: later it may be another one. `null` where a worker gave the page, which may be of an earlier day, and where no server of ours did. */
function broughtAlong(): PublicBrand | null {
  const element = document.getElementById(ALONG);
  element?.remove();
  const text = element?.textContent ?? "";
  if (!text.startsWith("{") || navigator.serviceWorker?.controller != null) return null;
  return JSON.parse(text) as PublicBrand;
}
