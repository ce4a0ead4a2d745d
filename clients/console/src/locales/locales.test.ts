/** Every word that the code asks for is there. That both languages say the same is looked at beside the kit's own words. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { atOnce } from "../../testing/at-once.ts";
import { EN as EN_DESK, RU as RU_DESK } from "../../testing/words.ts";
import { ACTIONS } from "../features/audit/model.ts";
import en from "./en.json";
import enSettings from "./en.settings.json";
import enSetup from "./en.setup.json";
import ruSettings from "./ru.settings.json";
import ruSetup from "./ru.setup.json";

type Words = { readonly [key: string]: string | Words };

function flat(words: Words, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const SOURCES = join(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** With the words that come later. */
const EN = flat({ ...EN_DESK, ...enSettings, ...enSetup });
const RU = flat({ ...RU_DESK, ...ruSettings, ...ruSetup });

describe("the words", () => {
  it("are there for every key that the code names", () => {
    const asked = new Set(
      sources(SOURCES).flatMap((text) =>
        [...text.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map(([, key]) => key ?? ""),
      ),
    );
    expect(asked.size).toBeGreaterThan(150);
    expect([...asked].filter((key) => !EN.has(key))).toEqual([]);
  });

  it("are there for every family of keys that the code builds", () => {
    const asked = new Set(
      sources(SOURCES).flatMap((text) =>
        [...text.matchAll(/\bt\(`([\w.-]+\.)\$\{/g)].map(([, start]) => start ?? ""),
      ),
    );
    const optional = new Set(["audit.did."]);
    const missing = [...asked].filter(
      (start) => !optional.has(start) && ![...EN.keys()].some((key) => key.startsWith(start)),
    );
    expect(missing).toEqual([]);
  });

  it("of the frame come with it", () => {
    const first = flat(en);
    const texts = [
      ...atOnce(SOURCES, ["main.tsx", "App.tsx", "Opened.tsx", "features/sign-in/SignInView.tsx"]),
    ].map((path) => readFileSync(path, "utf8"));
    expect(texts.length).toBeGreaterThan(80);
    const asked = texts.flatMap((text) =>
      [...text.matchAll(/\bt\(\s*"([\w.-]+)"/g)].map(([, key]) => key ?? ""),
    );
    expect(asked.filter((key) => EN.has(key) && !first.has(key))).toEqual([]);
    const starts = texts.flatMap((text) =>
      [...text.matchAll(/\bt\(`([\w.-]+\.)\$\{/g)].map(([, start]) => start ?? ""),
    );
    // Buttons of commands stand in parts; two in the frame have their words there.
    const families = starts.filter((start) => start !== "command.");
    const late = [...EN.keys()].filter(
      (key) => families.some((start) => key.startsWith(start)) && !first.has(key),
    );
    expect(late).toEqual([]);
    for (const command of ["take", "palette", "saveView", "status.ready"])
      expect(first.has(`command.${command}`)).toBe(true);
  });

  it("name every act of the audit that can be filtered by", () => {
    expect(ACTIONS.filter((action) => !EN.has(`audit.did.${action.replaceAll(".", "_")}`))).toEqual([]);
  });

  it("shout nowhere", () => {
    for (const [key, text] of [...EN, ...RU]) expect([key, text.includes("!")]).toEqual([key, false]);
  });
});
