/** Fetches the brand of the origin that served this page, and keeps the last one for a start without a network. */
import type { PublicBrand } from "../api/types.ts";

const KEPT = "consilium.brand";
const ADDRESS = "/.well-known/consilium/brand.json";

/** Errors: rejects when neither the network nor an earlier visit has a brand. */
export async function loadBrand(): Promise<PublicBrand> {
  try {
    const response = await fetch(ADDRESS, { headers: { accept: "application/json" } });
    if (!response.ok) throw new Error(`brand: ${response.status}`);
    const brand = (await response.json()) as PublicBrand;
    localStorage.setItem(KEPT, JSON.stringify(brand));
    return brand;
  } catch (cause) {
    const kept = localStorage.getItem(KEPT);
    if (kept === null) throw cause;
    return JSON.parse(kept) as PublicBrand;
  }
}
