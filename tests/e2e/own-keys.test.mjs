/** Keys that an operator chose: kept in the account, so that they work where nothing of the browser is left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, call, desk, patient, section, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
const ACCOUNT = `/_matrix/client/v3/user/${encodeURIComponent("@petrova:clinic.test")}/account_data/chat.consilium.console`;
let petrova;

async function begin() {
  const anna = await patient(on, "anna", { name: "Anna K." });
  await ask(anna, "My knee hurts");
  petrova = await desk(on, "petrova");
}

const row = () => petrova.page.locator("[data-row]").filter({ hasText: "Anna K." }).first();

test("a chosen key goes into the account", async () => {
  const { page } = petrova;
  await row().waitFor();
  await page.keyboard.press("Shift+Slash");
  const sheet = page.getByRole("dialog", { name: words.console("shortcuts.title"), exact: true });
  const lines = sheet.locator("button").filter({ hasText: words.console("shortcuts.change") });
  await lines.filter({ hasText: words.console("command.take") }).first().click();
  await sheet.getByRole("button", { name: words.console("shortcuts.press"), exact: true }).waitFor();
  const sent = page.waitForResponse(
    (response) => response.request().method() === "PUT" && response.url().includes("chat.consilium.console"),
  );
  await page.keyboard.press("q");
  assert.equal((await sent).status(), 200);
  await sheet.getByRole("button", { name: words.console("shortcuts.reset"), exact: true }).waitFor();
  await petrova.look("console-own-keys");
  const { bindings } = await (await call(petrova, on.world, ACCOUNT)).json();
  assert.deepEqual(
    Object.entries(bindings).map(([id, { chords }]) => [id, chords[0].code]),
    [["consultation.take", "KeyQ"]],
  );
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
});

test("it works in a browser that knows nothing of it", async () => {
  const { page } = petrova;
  await page.evaluate(() => localStorage.removeItem("consilium.console.prefs"));
  const read = page.waitForResponse(
    (response) => response.request().method() === "GET" && response.url().includes("chat.consilium.console"),
  );
  await page.reload();
  assert.equal((await read).status(), 200);
  await section(petrova, "waiting");
  await row().click();
  await page.keyboard.press("q");
  await page.waitForURL("**/mine/**");
});
