/** The menu of a sealed consultation: its export is handed to the browser as the file that the service names, and a refusal is said. */
import "@testing-library/jest-dom/vitest";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { renderInConsole, speakEnglish, staffApi } from "../../../testing/in-console.tsx";
import { ArchiveMenu } from "./ArchiveMenu.tsx";

beforeAll(() => speakEnglish());
afterEach(() => void vi.restoreAllMocks());

function shown(answer: () => Response) {
  const asked: string[] = [];
  const api = staffApi(async (input, init) => {
    asked.push(new URL(new Request(input, init).url).pathname);
    return answer();
  });
  renderInConsole(<ArchiveMenu id="c1" />, { api });
  return asked;
}

async function exportIt(): Promise<void> {
  const menu = screen.getByRole("button", { name: "More" });
  expect(menu).toHaveAttribute("aria-haspopup", "menu");
  await userEvent.click(menu);
  // Without a layout the menu is taken for one whose button has been scrolled away.
  await userEvent.click(await screen.findByRole("menuitem", { name: "Export as FHIR", hidden: true }));
}

it("the export is a file with the name that the service gives it", async () => {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  const headers = {
    "content-type": "application/fhir+json; charset=utf-8",
    "content-disposition": 'attachment; filename="consultation-c1.fhir.json"',
  };
  const asked = shown(() => new Response('{"resourceType":"Bundle"}', { headers }));
  await exportIt();
  expect(await screen.findByText(/The export is in your downloads/)).toBeVisible();
  expect([asked, saved]).toEqual([["/_consilium/v1/consultations/c1/fhir"], ["consultation-c1.fhir.json"]]);
});

it("a refusal is said, and nothing is handed out", async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click");
  const body = { type: "urn:consilium:problem:erased", title: "Erased", status: 410, detail: "Erased." };
  shown(() => Response.json(body, { status: 410, headers: { "content-type": "application/problem+json" } }));
  await exportIt();
  expect(await screen.findByRole("alert")).toBeVisible();
  expect(click).not.toHaveBeenCalled();
});
