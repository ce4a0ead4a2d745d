/** The address of the partner's logo for the ground and the language in use. */
import { useComputedColorScheme } from "@mantine/core";
import { useBrand, useLocale } from "./BrandProvider.tsx";

/** A picture may hold the logo of another language as a view of that name; one that does not is shown as it is. */
export function useLogo(): string {
  const { logo_url: light, logo_dark_url: dark } = useBrand();
  const isDark = useComputedColorScheme("light") === "dark";
  return `${isDark && dark !== null ? dark : light}#${useLocale()}`;
}
