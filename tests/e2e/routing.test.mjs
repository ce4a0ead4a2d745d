/** Patients find their operator by themselves: offered to one, left to the next, taken; nobody else hears of it. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { routedBrand } from "./routed-brand.mjs";
import { ask, box, desk, patient, say, section, sees, stage } from "./steps.mjs";

const STAFF = {
  petrova: { name: "Dr Petrova" },
  sokolov: { name: "Dr Sokolov" },
  volkova: { name: "Ms Volkova", role: "supervisor" },
};
const routed = await routedBrand("demo-clinic", '{ strategy = "round_robin", offer_seconds = 60 }');
after(routed.end);
const on = stage({ brand: routed.brand, staff: STAFF }, begin);
let anna;
let petrova;
let sokolov;
let volkova;

async function begin() {
  const desks = ["petrova", "sokolov", "volkova"].map((login) => desk(on, login));
  [anna, petrova, sokolov, volkova] = await Promise.all([patient(on, "anna", { name: "Anna K." }), ...desks]);
  for (const person of [petrova, sokolov]) await goOnline(person);
}

async function goOnline({ page }) {
  await page.getByRole("button", { name: "Go online" }).first().click();
  await page.getByRole("button", { name: /^Your status: Online/ }).first().waitFor();
}

const offer = (person) => person.page.getByRole("alertdialog").filter({ hasText: "offered to you" });

test("one operator is asked; what he leaves to others is offered to the next, who takes it by a key", async () => {
  await ask(anna, "My knee hurts");
  const asked = await Promise.race([petrova, sokolov].map(async (person) => {
    await offer(person).waitFor();
    return person;
  }));
  const other = asked === petrova ? sokolov : petrova;
  assert.equal(await offer(other).count(), 0, "both are asked");
  await offer(asked).getByText("Anna K.").waitFor();
  await asked.look("console-offer");
  const waiting = (person, words) => person.page.locator("[data-row]").filter({ hasText: words });
  await waiting(volkova, `offered to Dr ${asked === petrova ? "Petrova" : "Sokolov"}`).waitFor();
  await waiting(other, "being offered").waitFor();
  await asked.page.keyboard.press("Shift+Y");
  await offer(asked).waitFor({ state: "detached" });
  await offer(other).waitFor();
  await sees(anna, "You are 1st in line");
  await other.page.keyboard.press("y");
  await offer(other).waitFor({ state: "detached" });
  await box(other).waitFor();
  await say(other, "Where does it hurt?");
  await sees(anna, "Where does it hurt?");
});

test("a supervisor writes what an operator can, and it stands on his card", async () => {
  const { page } = volkova;
  await section(volkova, "operators");
  await page.getByText("Dr Sokolov").first().click();
  await page.getByRole("button", { name: "Edit operator" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Skills" }).fill("ECG");
  await page.keyboard.press("Enter");
  await dialog.getByRole("checkbox", { name: "English" }).check();
  await dialog.getByRole("textbox", { name: "Patients at once" }).fill("6");
  await volkova.look("console-operator-profile");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
  const card = page.getByRole("region", { name: "Operator card" });
  for (const words of ["ECG", "English", "6"]) await card.getByText(words, { exact: true }).waitFor();
});
