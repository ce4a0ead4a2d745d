/** The icon of the browser's tab: the count while there is one, the brand's own otherwise. */
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { useTabIcon } from "./useTabIcon.ts";

const BRAND = "https://clinic.example/icon.svg";
const draw = (count: number) => `data:,${count}`;
const drawsNothing = () => null;

function Tab({ count, pen = draw }: { count: number; pen?: (count: number) => string | null }) {
  useTabIcon(count, pen);
  return null;
}

function icon(): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "icon";
  link.href = BRAND;
  document.head.prepend(link);
  return link;
}

afterEach(() => {
  cleanup();
  for (const link of document.querySelectorAll(`link[href="${BRAND}"]`)) link.remove();
});

it("shows the count, follows it, and gives the brand's icon back", () => {
  const link = icon();
  const { rerender, unmount } = render(<Tab count={0} />);
  expect(link.href).toBe(BRAND);
  rerender(<Tab count={3} />);
  expect(link.href).toBe("data:,3");
  rerender(<Tab count={12} />);
  expect(link.href).toBe("data:,12");
  rerender(<Tab count={0} />);
  expect(link.href).toBe(BRAND);
  rerender(<Tab count={1} />);
  unmount();
  expect(link.href).toBe(BRAND);
});

it("leaves the brand's icon where a browser draws nothing", () => {
  const link = icon();
  render(<Tab count={3} pen={drawsNothing} />);
  expect(link.href).toBe(BRAND);
});
