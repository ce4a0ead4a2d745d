/** The brand's roles as CSS variables (`--c-…`) and as a Mantine theme that is made of the same variables. */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from "@mantine/core";
import type { PublicBrand } from "../api/types.ts";
import { deriveRoles, type Roles, shades } from "./derive.ts";

export type AppKind = "patient" | "console";

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", Arial, sans-serif';

/** The nonce that the server wrote into this response; empty in development. */
export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce || meta?.content || "";
  return nonce === "__CSP_NONCE__" ? "" : nonce;
}

export function brandTheme(brand: PublicBrand, app: AppKind): MantineThemeOverride {
  const patient = app === "patient";
  const base = patient ? 18 : 14;
  const px = (size: number) => `${size / 16}rem`;
  return createTheme({
    primaryColor: "brand",
    primaryShade: { light: 6, dark: 4 },
    colors: { brand: shades(brand.colors.brand) },
    fontFamily: FONT,
    fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSizes: patient
      ? { xs: px(14), sm: px(16), md: px(base), lg: px(22), xl: px(28) }
      : { xs: px(12), sm: px(13), md: px(base), lg: px(16), xl: px(18) },
    lineHeights: { xs: "1.4", sm: "1.5", md: "1.5", lg: "1.4", xl: "1.25" },
    spacing: { xs: px(8), sm: px(12), md: px(16), lg: px(24), xl: px(32) },
    radius: { xs: px(4), sm: px(6), md: px(8), lg: px(12), xl: px(20) },
    defaultRadius: "md",
    headings: {
      fontFamily: FONT,
      fontWeight: "650",
      sizes: {
        h1: { fontSize: px(patient ? 28 : 22), lineHeight: "1.25" },
        h2: { fontSize: px(patient ? 22 : 18), lineHeight: "1.25" },
        h3: { fontSize: px(patient ? 18 : 16), lineHeight: "1.3" },
        h4: { fontSize: px(patient ? 18 : 14), lineHeight: "1.3" },
      },
    },
    components: patient ? calmControls(px) : {},
    variantColorResolver,
    cursorType: "pointer",
    focusRing: "auto",
    respectReducedMotion: true,
  });
}

/** Text on a filled control is the role that was checked against the fill, not always white: dark fills are light. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== "filled") return colors;
  if (input.color === undefined || input.color === "brand") return { ...colors, color: "var(--c-on-brand)" };
  return input.color === "red" ? { ...colors, color: "var(--c-surface-raised)" } : colors;
};

/** Touch targets of at least 48 px and text that an older person reads without glasses. */
function calmControls(px: (size: number) => string): MantineThemeOverride["components"] {
  const field = () => ({
    wrapper: { "--input-size": px(52), "--input-height": px(52), "--input-fz": px(18) },
  });
  const labels = {
    label: { marginBottom: 6, fontWeight: 600 },
    description: { color: "var(--c-text-muted)" },
  };
  return {
    Button: {
      vars: () => ({
        root: { "--button-height": px(52), "--button-fz": px(18), "--button-padding-x": px(24) },
      }),
    },
    InputWrapper: {
      vars: () => ({
        label: { "--input-label-size": px(18) },
        description: { "--input-description-size": px(16) },
        error: { "--input-error-size": px(16) },
      }),
    },
    TextInput: { vars: field, styles: labels },
    PasswordInput: { vars: () => ({ ...field(), root: { "--psi-button-size": px(44) } }), styles: labels },
    Textarea: { vars: field, styles: labels },
  };
}

/** Both schemes' variables; Mantine writes them into one style element that carries the nonce. */
export function cssVariables(brand: PublicBrand): CSSVariablesResolver {
  const { light, dark } = deriveRoles(brand.colors);
  return () => ({ variables: {}, light: schemeVariables(light), dark: schemeVariables(dark) });
}

function schemeVariables(roles: Roles): Record<string, string> {
  const own = Object.fromEntries(Object.entries(roles).map(([role, color]) => [`--c-${role}`, color]));
  return {
    ...own,
    "--mantine-color-body": roles.surface,
    "--mantine-color-text": roles.text,
    "--mantine-color-bright": roles.text,
    "--mantine-color-dimmed": roles["text-muted"],
    "--mantine-color-placeholder": roles["text-muted"],
    "--mantine-color-anchor": roles.brand,
    "--mantine-color-error": roles.danger,
    "--mantine-color-default": roles["surface-raised"],
    "--mantine-color-default-hover": roles["surface-sunken"],
    "--mantine-color-default-color": roles.text,
    "--mantine-color-default-border": roles["line-strong"],
    "--mantine-color-disabled": roles["surface-sunken"],
    "--mantine-color-disabled-color": roles["text-muted"],
    "--mantine-primary-color-filled": roles.brand,
    "--mantine-primary-color-filled-hover": roles["brand-hover"],
    "--mantine-primary-color-contrast": roles["on-brand"],
    "--mantine-primary-color-light": roles["brand-tint"],
    "--mantine-primary-color-light-hover": roles["brand-soft"],
    "--mantine-primary-color-light-color": roles.brand,
    "--mantine-color-brand-filled": roles.brand,
    "--mantine-color-brand-filled-hover": roles["brand-hover"],
    "--mantine-color-brand-light": roles["brand-tint"],
    "--mantine-color-brand-light-hover": roles["brand-soft"],
    "--mantine-color-brand-light-color": roles.brand,
    "--mantine-color-brand-outline": roles.brand,
    "--mantine-color-red-filled": roles.danger,
    "--mantine-color-red-filled-hover": roles.danger,
    "--mantine-color-red-light": roles["danger-soft"],
    "--mantine-color-red-light-color": roles.danger,
    "--mantine-color-red-text": roles.danger,
  };
}
