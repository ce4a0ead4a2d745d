/** Who else looks: nobody is nothing on the screen, one is named, of several the first, and who writes before all. */
import type { Viewer } from "@consilium/kit/api";
import { cleanup } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { shortLists } from "../../testing/short-lists.ts";
import { Viewers } from "./Viewers.tsx";

beforeAll(() => speakEnglish());

function viewer(name: string, act: Viewer["act"] = "looking"): Viewer {
  return { operator: { id: name, name }, act };
}

function said(...viewers: Viewer[]): string | null {
  renderInConsole(<Viewers />, shortLists({ viewers }));
  const text = document.querySelector("[role=status]")?.lastElementChild;
  cleanup();
  return text?.textContent ?? null;
}

it("says who looks too", () => {
  expect(said()).toBeNull();
  expect(said(viewer("Dr Sokolov"))).toBe("Dr Sokolov is looking too");
  expect(said(viewer("Dr Sokolov"), viewer("Vera"), viewer("Oleg"))).toBe(
    "Dr Sokolov and 2 more are looking too",
  );
  expect(said(viewer("Vera", "writing"), viewer("Dr Sokolov"))).toBe("Vera is writing");
});
