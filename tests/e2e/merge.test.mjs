/**
 * Two cards of one person: the card says which other may be the same, a supervisor compares both, chooses whose word stays and merges them; the desk has one card
 * with the history of both, each account sees only its own, and the cards are separated again.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, call, desk, patient, section, SERVICE, sees, stage } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const of = (path, values) => words.console(`merge.${path}`, values);
const on = stage({ staff: { petrova: { name: "Dr Petrova" }, volkova: { name: "Vera Volkova", role: "supervisor" } } }, begin);
const DESKTOP = { width: 1440, height: 900 };
const [OLD, NEW] = ["Anna Karenina", "Anna Oblonskaya"];
const PHONE = "+74950000001";
let first;
let second;
let volkova;

async function begin() {
  first = await patient(on, "anna", { name: OLD });
  second = await patient(on, "anna2", { name: NEW });
  for (const person of [first, second]) {
    // Signed in.
    await sees(person, SERVICE);
    const changed = await call(person, on.world, "/_consilium/v1/me", "PATCH", { phone: PHONE });
    assert.equal(changed.status, 200);
  }
  await ask(second, "A rash on my arm");
  volkova = await desk(on, "volkova", { size: DESKTOP });
}

const pane = () => volkova.page.locator("[data-pane=card]");
const dialog = () => volkova.page.getByRole("dialog");
const rows = (name) => volkova.page.getByRole("row").filter({ hasText: name });
const names = async () => {
  const listed = await (await call(volkova, on.world, "/_consilium/v1/patients")).json();
  return listed.items.map(({ name }) => name).sort();
};
const own = async (person) => (await (await call(person, on.world, "/_consilium/v1/me")).json()).name;

test("a card says which other one may be the same person's, and why", async () => {
  await section(volkova, "patients");
  await rows(OLD).first().click();
  const duplicates = pane().getByRole("region", { name: of("duplicates"), exact: true });
  await duplicates.getByText(NEW, { exact: true }).waitFor();
  await duplicates.getByText(of("because.phone")).waitFor();
  await volkova.look("console-card-duplicates");
});

test("both stand side by side, and what stays is chosen", async () => {
  await pane().getByRole("button", { name: of("compare", { name: NEW }), exact: true }).click();
  const stays = dialog().getByRole("region", { name: of("side.leading"), exact: true });
  await stays.getByRole("heading", { name: OLD }).waitFor();
  await dialog().getByRole("region", { name: of("side.merged"), exact: true }).getByRole("heading", { name: NEW }).waitFor();
  await dialog().getByRole("button", { name: of("swap"), exact: true }).click();
  await stays.getByRole("heading", { name: NEW }).waitFor();
  await dialog().getByRole("button", { name: of("swap"), exact: true }).click();
  await stays.getByRole("heading", { name: OLD }).waitFor();
  await dialog().getByRole("radio", { name: NEW, exact: true }).check();
  await volkova.look("console-merge");
  assert.equal(await dialog().getByRole("button", { name: of("submit"), exact: true }).isDisabled(), true);
  await dialog().getByRole("textbox").fill("She came with another telephone");
  await dialog().getByRole("button", { name: of("submit"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
});

test("the desk has one card with the history of both, found by either name, and the accounts keep their own", async () => {
  const accounts = pane().getByRole("region", { name: of("accounts"), exact: true });
  await accounts.getByText("Vera Volkova").waitFor();
  await pane().getByRole("heading", { name: NEW, level: 2 }).waitFor();
  await volkova.look("console-card-merged");
  assert.deepEqual(await names(), [NEW]);
  await volkova.page.getByRole("searchbox").first().fill("karenina");
  await rows(NEW).first().waitFor();
  assert.deepEqual([await own(first), await own(second)], [OLD, NEW]);
  const petrova = await desk(on, "petrova", { size: DESKTOP });
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: NEW }).first().click();
  await petrova.page.locator("[data-pane=card]").getByRole("button", { name: words.console("patients.openCard"), exact: true }).click();
  await petrova.page.locator("[data-pane=card]").getByRole("region", { name: of("accounts"), exact: true }).waitFor();
  const separate = petrova.page.getByRole("button", { name: of("separate"), exact: true });
  assert.equal(await separate.count(), 0, "an operator neither merges nor separates");
});

test("the cards are separated, and each has what is its own", async () => {
  await pane().getByRole("button", { name: of("separate"), exact: true }).click();
  await dialog().getByText(of("separateRule")).waitFor();
  await dialog().getByRole("heading", { name: OLD, exact: true }).waitFor();
  await dialog().getByRole("heading", { name: NEW, exact: true }).waitFor();
  await volkova.look("console-separate");
  await dialog().getByRole("textbox").fill("It was her sister");
  await dialog().getByRole("button", { name: of("separateSubmit"), exact: true }).click();
  await dialog().waitFor({ state: "hidden" });
  await pane().getByRole("heading", { name: OLD, level: 2 }).waitFor();
  await pane().getByRole("region", { name: of("duplicates"), exact: true }).waitFor();
  assert.deepEqual(await names(), [OLD, NEW].sort());
});
