/** Title, icon and bar colours of the page, from the brand. */

import type { PublicBrand } from "@consilium/kit/api";
import { deriveRoles } from "@consilium/kit/brand";

export function dressPage(brand: PublicBrand): void {
  document.title = brand.name;
  document.head.append(
    element("link", { rel: "icon", href: brand.icon_url }),
    // A picture in pixels: the systems that ask for this one draw no SVG.
    element("link", { rel: "apple-touch-icon", href: "/apple-touch-icon.png" }),
  );
  const { light, dark } = deriveRoles(brand.colors);
  document.head.append(
    element("meta", { name: "theme-color", media: "(prefers-color-scheme: light)", content: light.surface }),
    element("meta", { name: "theme-color", media: "(prefers-color-scheme: dark)", content: dark.surface }),
  );
}

function element(tag: string, attributes: Record<string, string>): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
