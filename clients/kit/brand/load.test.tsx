/** Where the brand comes from: the page, once, and not a page that a worker kept; else the server; else the last visit. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadBrand } from "./load.ts";

const fetching = vi.fn<typeof fetch>();

beforeEach(() => {
  fetching.mockReset().mockResolvedValue(Response.json({ name: "Fetched" }));
  vi.stubGlobal("fetch", fetching);
});
afterEach(() => {
  localStorage.removeItem("consilium.language");
  vi.unstubAllGlobals();
  document.getElementById("brand")?.remove();
});

function page(text: string) {
  const element = Object.assign(document.createElement("script"), { type: "application/json", id: "brand" });
  element.textContent = text;
  document.body.append(element);
}

const named = async () => (await loadBrand()).name;

it("comes with the page, and is asked for when it may be another one", async () => {
  page('{"name":"Along"}');
  expect(await named()).toBe("Along");
  expect(fetching).not.toHaveBeenCalled();
  expect(await named()).toBe("Fetched");
});

it("comes in the language that somebody chose, which the page does not know; without a network as it came", async () => {
  localStorage.setItem("consilium.language", "ru");
  const along = '{"name":"Along","languages":["en","ru"],"default_language":"en"}';
  page(along);
  expect(await named()).toBe("Fetched");
  expect(fetching).toHaveBeenCalledWith("/.well-known/consilium/brand.json?language=ru", expect.anything());
  fetching.mockRejectedValue(new TypeError("Failed to fetch"));
  page(along);
  expect(await named()).toBe("Along");
});

it("is asked for where nobody wrote it into the page", async () => {
  page("__BRAND_JSON__");
  expect(await named()).toBe("Fetched");
});

it("is asked for where a worker gave the page", async () => {
  vi.stubGlobal("navigator", { serviceWorker: { controller: {} } });
  page('{"name":"Of an earlier day"}');
  expect(await named()).toBe("Fetched");
});

it("is that of the last visit where there is no network, also if it came with the page", async () => {
  page('{"name":"Along"}');
  await loadBrand();
  fetching.mockRejectedValue(new TypeError("Failed to fetch"));
  expect(await named()).toBe("Along");
  localStorage.clear();
  await expect(named()).rejects.toThrow("Failed to fetch");
});
