/**
 * Commands of the desk that no other way through it needs: rows and tabs by their keys, the card, panes, how the desk looks, the sound, the statuses. Each does
 * what its words say.
 */
import { test } from "node:test";
import { byPalette, goTo } from "./keyboard.mjs";
import { desk, patientWhoAsks, stage, take } from "./steps.mjs";
import { wordsOf } from "./words.mjs";

const words = await wordsOf("en");
const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let petrova;

async function begin() {
  const asking = [
    ["anna", "Anna K.", "My knee hurts"],
    ["boris", "Boris O.", "My back hurts"],
  ].map(([login, name, question]) => patientWhoAsks(on, login, question, { name }));
  [petrova] = await Promise.all([desk(on, "petrova"), ...asking]);
}

const row = (name) => petrova.page.locator("[data-row]").filter({ hasText: name }).first();
const comesTo = (section, id) => petrova.page.waitForURL((address) => address.pathname === `/${section}/${id}`);
/** The id of what is open, as the address has it. */
const openId = () => new URL(petrova.page.url()).pathname.split("/").at(-1);
const status = (word) => petrova.page.getByRole("button", { name: new RegExp(`^${words.console("status.choose")}: ${words.console(`status.${word}`)}`) }).first();

/** Runs in the page: what one of the two commands changes. */
function look(command) {
  return command === "theme" ? document.documentElement.dataset.mantineColorScheme : document.querySelector("[data-row]").offsetHeight;
}

/** Waits until that is another than before, or the same again, as is wanted. */
async function looks(command, before, wanted) {
  const { page } = petrova;
  const now = await page.waitForFunction(
    ([command, before, wanted]) => {
      const now = command === "theme" ? document.documentElement.dataset.mantineColorScheme : document.querySelector("[data-row]").offsetHeight;
      return (now === before) === (wanted === "the same");
    },
    [command, before, wanted],
  );
  await now.dispose();
}

test("J goes down the list and K up again", async () => {
  const { page } = petrova;
  await goTo(page, "w", "waiting");
  for (const name of ["Anna K.", "Boris O."]) await row(name).waitFor();
  const ids = await page.locator("[data-row]").evaluateAll((rows) => rows.map((one) => one.dataset.row));
  for (const [key, place] of [["j", 0], ["j", 1], ["k", 0]]) {
    await page.keyboard.press(key);
    await comesTo("waiting", ids[place]);
  }
});

test("the brackets go through the tabs, and X closes the one in front", async () => {
  const { page } = petrova;
  await take(petrova, "Anna K.");
  const anna = openId();
  await take(petrova, "Boris O.");
  const boris = openId();
  await page.keyboard.press("BracketLeft");
  await comesTo("mine", anna);
  await page.keyboard.press("BracketRight");
  await comesTo("mine", boris);
  const closes = page.getByRole("button", { name: words.console("tabs.close", { name: "Boris O." }), exact: true });
  await closes.waitFor();
  await page.keyboard.press("x");
  await comesTo("mine", anna);
  await closes.waitFor({ state: "hidden" });
});

test("P folds the card and unfolds it, and F6 goes round the panes both ways", async () => {
  const { page } = petrova;
  const card = page.locator("[data-pane=card]");
  const isOpen = await card.isVisible();
  for (const open of [!isOpen, isOpen]) {
    await page.keyboard.press("p");
    await card.waitFor({ state: open ? "visible" : "hidden" });
  }
  const pane = () => page.evaluate(() => document.activeElement.closest("[data-pane]")?.dataset.pane ?? null);
  const paneIs = (wanted) => page.waitForFunction((wanted) => document.activeElement.closest("[data-pane]")?.dataset.pane === wanted, wanted);
  const isAnother = (before) => page.waitForFunction((before) => (document.activeElement.closest("[data-pane]")?.dataset.pane ?? before) !== before, before);
  await page.keyboard.press("F6");
  const first = await pane();
  await page.keyboard.press("F6");
  await isAnother(first);
  await page.keyboard.press("Shift+F6");
  await paneIs(first);
});

test("rows are dense or comfortable, the desk is light or dark, and the sound is heard, each by its words", async () => {
  const { page } = petrova;
  for (const command of ["density", "theme"]) {
    const before = await page.evaluate(look, command);
    await byPalette(page, words.console(`command.${command}`));
    await looks(command, before, "another");
    await byPalette(page, words.console(`command.${command}`));
    await looks(command, before, "the same");
  }
  await byPalette(page, words.console("command.soundTest"));
  // A browser may keep a page silent; then it is said so.
  const said = ["sound.tested", "sound.blocked"].map((path) => page.getByText(words.console(path)));
  await said[0].or(said[1]).first().waitFor();
});

test("a status is set by its words, one with a reason by a press more", async () => {
  const { page } = petrova;
  await byPalette(page, words.console("command.status.transfer_only"));
  await status("transfer_only").waitFor();
  await byPalette(page, words.console("command.status.break"));
  const dialog = page.getByRole("dialog", { name: words.console("status.break"), exact: true });
  await dialog.getByRole("button", { name: words.console("reason.rest"), exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await status("break").getByText(words.console("reason.rest")).waitFor();
  await byPalette(page, words.console("command.status.online"));
  await status("online").waitFor();
});
