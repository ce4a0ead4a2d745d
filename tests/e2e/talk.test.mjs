/** The dialogue from both sides: photos and files, what the network does to a message, read marks, typing, replies, a reload. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { picture } from "./png.mjs";
import { attach, box, desk, message, patientWhoAsks, saved, say, sees, stage, take } from "./steps.mjs";

const on = stage({ staff: { petrova: { name: "Dr Petrova" } } }, begin);
let anna;
let petrova;

async function begin() {
  const asks = patientWhoAsks(on, "anna", "My throat hurts", { name: "Anna K." });
  [anna, petrova] = await Promise.all([asks, desk(on, "petrova")]);
  await take(petrova, "Anna K.");
  await sees(petrova, "My throat hurts");
}

/** Opens the newest photo from `sender`, looks whether it is drawn, saves it. */
async function openPhoto(person, sender) {
  const { page } = person;
  await page.getByRole("button", { name: `Open the photo from ${sender}` }).last().click();
  const viewer = page.getByRole("dialog", { name: `Photo from ${sender}` });
  const drawn = viewer.getByRole("img");
  await drawn.waitFor();
  const width = await drawn.evaluate((img) => img.decode().then(() => img.naturalWidth));
  const file = await saved(person, viewer.getByRole("button", { name: "Save", exact: true }));
  await viewer.getByRole("button", { name: "Close", exact: true }).click();
  await viewer.waitFor({ state: "hidden" });
  return { width, ...file };
}

for (const [what, from, to] of [
  ["from the patient", () => [anna, "You"], () => [petrova, "Anna K."]],
  ["from the operator", () => [petrova, "You"], () => [anna, "Dr Petrova"]],
]) {
  test(`a photo ${what} is seen, opened and saved by the other side, byte for byte`, async () => {
    const [sender] = from();
    const [receiver, name] = to();
    // Above the limit where a small picture of its own goes along.
    const photo = { name: `rash-${sender.name}.png`, mimeType: "image/png", buffer: picture(420, 300, sender.name.length) };
    await attach(sender, "Photo or video", photo);
    const got = await openPhoto(receiver, name);
    assert.equal(got.name, photo.name);
    assert.equal(got.width, 420);
    assert.ok(got.bytes.equals(photo.buffer), "the photo is another one than was sent");
    assert.ok((await openPhoto(sender, "You")).bytes.equals(photo.buffer), "the sender's own photo opens differently");
  });

  test(`a file ${what} is named, and saved by the other side, byte for byte`, async () => {
    const [sender] = from();
    const [receiver] = to();
    const file = { name: `анализ крови ${sender.name}.pdf`, mimeType: "application/pdf", buffer: picture(90, 90, 7) };
    await attach(sender, "File", file);
    const got = await saved(receiver, receiver.page.getByRole("button", { name: `Save ${file.name}` }));
    assert.equal(got.name, file.name);
    assert.ok(got.bytes.equals(file.buffer), "the file is another one than was sent");
  });
}

/** How far the end of the talk is below what is seen, once the list has come to rest. */
function belowTheEnd(person) {
  const talk = person.page.getByRole("group").filter({ has: person.page.getByRole("article") });
  return talk.evaluate(async (list) => {
    const below = () => list.scrollHeight - list.scrollTop - list.clientHeight;
    // Rows are measured in the frames after a change: twenty of them, or ten that leave the end where it is seen.
    for (let frame = 0, seen = 0; frame < 20 && seen < 10; frame += 1) {
      await new Promise(requestAnimationFrame);
      seen = below() <= 2 ? seen + 1 : 0;
    }
    return below();
  });
}

/** More than a screen of messages, each longer than a narrow window's line. */
const LONG_TALK = Array.from({ length: 20 }, (_, index) => `Line ${index + 1} of a long story: it goes on and on, as stories do, and breaks where the window is narrow.`);

test("a photo stays open while the other side writes on", async () => {
  const { page } = petrova;
  const tile = page.getByRole("article").last().getByRole("button", { name: "Open the photo from Anna K." });
  await attach(anna, "Photo or video", { name: "newest.png", mimeType: "image/png", buffer: picture(420, 300, 9) });
  await tile.waitFor();
  assert.ok((await belowTheEnd(petrova)) <= 2);
  await tile.click();
  const viewer = page.getByRole("dialog", { name: "Photo from Anna K." });
  const drawn = viewer.getByRole("img");
  await drawn.waitFor();
  const source = await drawn.getAttribute("src");
  for (const line of LONG_TALK) {
    await say(anna, line);
    await message(petrova, line).waitFor({ state: "attached" });
  }
  await page.waitForFunction(() => document.querySelector("[aria-label='Open the photo from Anna K.']") === null);
  assert.equal(await drawn.getAttribute("src"), source, "the photo was loaded again");
  assert.equal(await drawn.evaluate((img) => img.decode().then(() => img.naturalWidth)), 420);
  await viewer.getByRole("button", { name: "Close", exact: true }).click();
  await viewer.waitFor({ state: "hidden" });
  await message(petrova, LONG_TALK.at(-1)).waitFor();
});

test("a window that gets narrow, little by little or at once, keeps the end of a long talk, and a reader's place above it", async () => {
  for (const person of [petrova, anna]) {
    const { page } = person;
    const before = page.viewportSize();
    const widths = [1440, ...Array.from({ length: 13 }, (_, step) => 1360 - 80 * step), 1440, 360, 1440];
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const below = await belowTheEnd(person);
      assert.ok(below <= 2, `${person.name}: at ${width} px the end is ${below} px out of sight`);
    }
    assert.ok(await message(person, LONG_TALK.at(-1)).isVisible());
    await page.getByRole("article").last().hover();
    await page.mouse.wheel(0, -1_500);
    await page.getByRole("button", { name: "To the latest" }).waitFor();
    await page.setViewportSize({ width: 360, height: 900 });
    assert.ok((await belowTheEnd(person)) > 500, `${person.name}: a reader further up is taken to the end`);
    await page.getByRole("button", { name: "To the latest" }).click();
    assert.ok((await belowTheEnd(person)) <= 2);
    await page.setViewportSize(before);
  }
});

test("a message without a network waits, says so, and goes out once by itself", async () => {
  await anna.cut();
  await anna.page.getByText("No connection. Messages will go out when it returns.").waitFor();
  await say(anna, "Written on the underground");
  const waiting = message(anna, "Written on the underground");
  await waiting.getByRole("img", { name: "Will be sent when the connection returns" }).waitFor();
  await anna.mend();
  await sees(petrova, "Written on the underground");
  await waiting.getByRole("img", { name: /Delivered|Read/ }).waitFor();
  assert.equal(await message(petrova, "Written on the underground").count(), 1);
});

test("an answer that is lost on the way doubles nothing", async () => {
  anna.expects(/net::ERR_FAILED PUT .*m\.room\.encrypted/);
  let lost = 0;
  await anna.page.route("**/send/m.room.encrypted/**", async (route) => {
    await route.fetch();
    lost += 1;
    await route.abort("failed");
  }, { times: 1 });
  await say(anna, "Heard, but not acknowledged");
  await sees(petrova, "Heard, but not acknowledged");
  await say(anna, "And one more after it");
  await sees(petrova, "And one more after it");
  assert.equal(lost, 1);
  for (const person of [anna, petrova]) assert.equal(await message(person, "Heard, but not acknowledged").count(), 1);
});

test("a message that the server refuses says so, and is sent again when asked", async () => {
  anna.expects(/^400 PUT .*m\.room\.encrypted/);
  const refusal = { status: 400, json: { errcode: "M_UNKNOWN", error: "not today" } };
  await anna.page.route("**/send/m.room.encrypted/**", (route) => route.fulfill(refusal), { times: 1 });
  await say(anna, "Refused at first");
  const refused = message(anna, "Refused at first");
  await refused.getByText("Not sent: it was not accepted.").waitFor();
  await refused.getByRole("img", { name: "Not sent" }).waitFor();
  await anna.look("patient-failed-message");
  await refused.getByRole("button", { name: "Send again" }).click();
  await sees(petrova, "Refused at first");
  await refused.getByText("Not sent").waitFor({ state: "hidden" });
  for (const person of [anna, petrova]) assert.equal(await message(person, "Refused at first").count(), 1);
});

test("each side sees that the other writes, and that it has read", async () => {
  await box(anna).pressSequentially("It began");
  await petrova.page.getByText("Anna K. is writing…").waitFor();
  await box(anna).fill("It began yesterday");
  await box(anna).press("Enter");
  await petrova.page.getByText("Anna K. is writing…").waitFor({ state: "hidden" });
  await petrova.page.bringToFront();
  await message(anna, "It began yesterday").getByRole("img", { name: "Read", exact: true }).waitFor();
  await box(petrova).pressSequentially("Any");
  await anna.page.getByText("Dr Petrova is writing…").waitFor();
  await box(petrova).fill("Any fever?");
  await box(petrova).press("Enter");
  await anna.page.bringToFront();
  await message(petrova, "Any fever?").getByRole("img", { name: "Read", exact: true }).waitFor();
});

test("a reply shows what it answers, on both sides", async () => {
  const question = message(anna, "Any fever?").first();
  await question.getByRole("button", { name: "What to do with the message" }).click();
  await question.getByRole("button", { name: "Reply" }).click();
  await say(anna, "37.4 in the evening");
  for (const person of [anna, petrova]) {
    await message(person, "37.4 in the evening").getByText("Any fever?").waitFor();
  }
});

test("a reload in the middle of a sentence loses nothing", async () => {
  await box(anna).fill("An unfinished sent");
  await anna.page.reload();
  await sees(anna, "37.4 in the evening");
  await anna.page.waitForFunction(() => [...document.querySelectorAll("textarea")].some((field) => field.value === "An unfinished sent"));
  await petrova.page.reload();
  await sees(petrova, "37.4 in the evening");
  await say(anna, "An unfinished sentence");
  await sees(petrova, "An unfinished sentence");
});

test("what was written is changed by who wrote it, and both sides read the new words, marked", async () => {
  const written = message(anna, "An unfinished sentence").last();
  await written.getByRole("button", { name: "What to do with the message" }).click();
  await written.getByRole("button", { name: "Edit", exact: true }).click();
  const field = anna.page.getByRole("textbox", { name: "Change the message", exact: true });
  await field.fill("A finished sentence");
  await field.press("Enter");
  for (const person of [anna, petrova]) {
    await message(person, "A finished sentence").getByText("edited", { exact: true }).waitFor();
    await message(person, "An unfinished sentence").waitFor({ state: "hidden" });
  }
});
