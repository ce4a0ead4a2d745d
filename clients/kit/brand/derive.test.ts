/** The roles pass WCAG AA wherever they are used, whatever hue a partner chooses. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ColorRole, deriveRoles } from "./derive.ts";
import { contrast, toHex, toOklch } from "./oklch.ts";

const GROUNDS: ColorRole[] = ["surface", "surface-raised", "surface-sunken", "brand-soft", "brand-tint"];
const TEXTS: ColorRole[] = ["text", "text-muted", "brand", "success", "warning", "danger", "info", "note"];

describe("deriveRoles", () => {
  it("gives readable text and visible controls for every hue", () => {
    for (let hue = 0; hue < 360; hue += 15) {
      for (const chroma of [0, 0.05, 0.12, 0.25]) {
        const brand = toHex({ lightness: 0.42, chroma, hue });
        for (const roles of Object.values(deriveRoles({ brand, accent: brand }))) {
          for (const ground of GROUNDS) {
            for (const text of TEXTS)
              expect(contrast(roles[text], roles[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(
                4.5,
              );
            expect(contrast(roles["line-strong"], roles[ground])).toBeGreaterThanOrEqual(3);
          }
          expect(contrast(roles["on-brand"], roles.brand)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(roles["on-brand"], roles["brand-hover"])).toBeGreaterThanOrEqual(4.5);
          for (const state of ["success", "warning", "danger", "info", "note"] as const) {
            expect(contrast(roles[state], roles[`${state}-soft`]), state).toBeGreaterThanOrEqual(4.5);
            expect(contrast(roles.text, roles[`${state}-soft`]), state).toBeGreaterThanOrEqual(4.5);
          }
          for (const ground of ["stage", "stage-raised"] as const)
            for (const text of ["on-stage", "on-stage-muted"] as const)
              expect(contrast(roles[text], roles[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(
                4.5,
              );
          expect(contrast(roles["stage-accent"], roles.stage)).toBeGreaterThanOrEqual(3);
          for (const ground of ["hang-up", "answer"] as const)
            expect(contrast(roles["on-call"], roles[ground]), ground).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  it("leaves the partner's own colour unchanged on light ground and lifts it on dark", () => {
    const { light, dark } = deriveRoles({ brand: "#0B6E5F", accent: "#c2410c" });
    expect(light.brand).toBe("#0b6e5f");
    expect(toOklch(dark.brand).lightness).toBeGreaterThan(0.73);
  });

  const fixture = new URL("../../../config/brands/tokens.fixture.json", import.meta.url);
  it.runIf(existsSync(fixture))("answers as the server does", () => {
    const cases = JSON.parse(readFileSync(fixture, "utf8")) as unknown;
    for (const { colors, light, dark } of casesOf(cases)) {
      const roles = deriveRoles(colors);
      expect(roles.light).toMatchObject(light);
      expect(roles.dark).toMatchObject(dark);
    }
  });
});

interface Case {
  colors: { brand: string; accent: string };
  light: Record<string, string>;
  dark: Record<string, string>;
}

function casesOf(value: unknown): Case[] {
  const list = Array.isArray(value) ? value : Object.values(value as Record<string, unknown>);
  return list as Case[];
}
