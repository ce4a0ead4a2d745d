/** How many rows a list has, as its head says it. */
import { cleanup } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import { renderInConsole, speakEnglish } from "../../testing/in-console.tsx";
import { type Counted, Total } from "./Total.tsx";

beforeAll(() => speakEnglish());

function said(of: Counted): string | null {
  const { container } = renderInConsole(<Total of={of} className="count" />);
  return container.querySelector(".count")?.textContent ?? null;
}

it("a number at which the service stopped counting says that there are more", () => {
  expect(said({ total: 37 })).toBe("37");
  cleanup();
  expect(said({ total: 10_000, atLeast: true })).toBe("10,000+");
});
