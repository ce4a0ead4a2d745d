import "@testing-library/jest-dom/vitest";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { EN as en } from "../../../testing/words.ts";
import { FloatingWindow } from "./FloatingWindow.tsx";

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: "en", resources: { en: { app: en } }, defaultNS: "app" });
});
afterEach(() => vi.unstubAllGlobals());

it("is a panel over the desk where the browser has no such window, and moves by its handle", () => {
  render(
    <FloatingWindow title="Call" onClose={() => undefined}>
      <p>the call</p>
    </FloatingWindow>,
  );
  const panel = screen.getByRole("region", { name: "Call" });
  expect(panel).toHaveTextContent("the call");
  fireEvent.keyDown(screen.getByRole("button", { name: "Move the window" }), { key: "ArrowRight" });
  expect(panel.style.transform).toContain("24px");
});

it("is a window of its own where there is one: with the page's style, its keys, and an end that is told", async () => {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const own = frame.contentWindow;
  if (own === null) throw new Error("no window");
  const requestWindow = vi.fn(async () => own);
  vi.stubGlobal("documentPictureInPicture", { requestWindow });
  document.documentElement.setAttribute("data-mantine-color-scheme", "dark");
  const onClose = vi.fn();
  const pressed: string[] = [];
  const onKey = (event: KeyboardEvent) => pressed.push(event.code);
  window.addEventListener("keydown", onKey);
  render(
    <FloatingWindow title="Call" onClose={onClose}>
      <button type="button">mute</button>
    </FloatingWindow>,
  );
  await waitFor(() => expect(own.document.body.textContent).toContain("mute"));
  expect(own.document.documentElement.getAttribute("data-mantine-color-scheme")).toBe("dark");
  const button = own.document.querySelector("button");
  button?.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyM", bubbles: true }));
  button?.dispatchEvent(new KeyboardEvent("keydown", { code: "Space", bubbles: true }));
  expect(pressed).toEqual(["KeyM"]);
  own.dispatchEvent(new Event("pagehide"));
  expect(onClose).toHaveBeenCalledOnce();
  window.removeEventListener("keydown", onKey);
  frame.remove();
});

it("falls back to the panel where the browser refuses", async () => {
  vi.stubGlobal("documentPictureInPicture", { requestWindow: () => Promise.reject(new Error("no press")) });
  render(
    <FloatingWindow title="Call" onClose={() => undefined}>
      <p>the call</p>
    </FloatingWindow>,
  );
  expect(await screen.findByRole("region", { name: "Call" })).toHaveTextContent("the call");
});
