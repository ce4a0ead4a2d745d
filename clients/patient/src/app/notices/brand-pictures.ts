/** The brand's pictures for a start without a network: those of the other scheme too, and from the first visit on, which no worker serves yet. */
import type { PublicBrand } from "@consilium/kit/api";

/** The worker's own cache for the brand (`vite.config.ts`). */
const CACHE = "brand";

export async function keepPictures(
  { logo_url, logo_dark_url, icon_url }: Pick<PublicBrand, "logo_url" | "logo_dark_url" | "icon_url">,
  storage: CacheStorage,
): Promise<void> {
  const cache = await storage.open(CACHE);
  for (const url of [logo_url, logo_dark_url, icon_url]) {
    if (url === null || !url.startsWith("/") || (await cache.match(url)) !== undefined) continue;
    // Without a network it is tried again at the next start.
    await cache.add(url).catch(() => undefined);
  }
}
