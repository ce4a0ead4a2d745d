/**
 * The brand of the origin that served this page: what the page brought with it, else fetched; the last one is kept for a start without a network.
 */
import type { PublicBrand } from "../api/types.ts";

const KEPT = "consilium.brand";
const ADDRESS = "/.well-known/consilium/brand.json";
/** The element in which the server puts it (`src/web/page.rs`). */
const ALONG = "brand";

/** Errors: rejects when neither the network nor an earlier visit has a brand. */
export async function loadBrand(): Promise<PublicBrand> {
  try {
    const brand = broughtAlong() ?? (await fetched());
    localStorage.setItem(KEPT, JSON.stringify(brand));
    return brand;
  } catch (cause) {
    const kept = localStorage.getItem(KEPT);
    if (kept === null) throw cause;
    return JSON.parse(kept) as PublicBrand;
  }
}

async function fetched(): Promise<PublicBrand> {
  const response = await fetch(ADDRESS, { headers: { accept: "application/json" } });
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
