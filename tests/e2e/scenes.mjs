/**
 * A walk through every screen of both apps on the real system, in one language: for looking at accessibility, at words that were left in
 * another language, and for pictures. `show(person, title)` is called at each screen.
 */
import { ask, at, box, close, desk, patient, PHONE, say, section, sees, take } from "./steps.mjs";
import { picture } from "./png.mjs";

/** People and what they say; nothing here is real. */
const CAST = {
  ru: {
    anna: "Анна Смирнова",
    boris: "Борис Орлов",
    clara: "Клара Вебер",
    staff: { petrova: "Мария Петрова", volkova: "Вера Волкова" },
    first: ["После прогулки появилась сыпь на руке, чешется", "Здравствуйте! Судя по описанию, это похоже на крапивницу. Пришлёте фото?"],
    second: ["Здравствуйте, третий день болит горло и держится 37,5", "Здравствуйте, Анна. Кашель или насморк есть?"],
    more: ["Кашля нет, насморк с утра. Вот результаты анализа крови", "Спасибо, посмотрела: всё в порядке. Полощите горло и пейте больше тёплого."],
    others: ["Давление 150 на 95, что делать?", "Можно ли принимать эти таблетки вместе?"],
    file: "Анализ крови 12 ноября.pdf",
    note: "Пациентка просит коротко и без терминов",
  },
  en: {
    anna: "Anna Smith",
    boris: "Boris Hale",
    clara: "Clara Webb",
    staff: { petrova: "Maria Peters", volkova: "Vera Walker" },
    first: ["I have a question about the papers I was sent", "Good morning. Could you send me a photo of the first page?"],
    second: ["Something came up again, and I would like your advice", "Good morning, Anna. When did it begin?"],
    more: ["On Monday. Here is the letter that I received", "Thank you, I have read it. There is nothing to worry about."],
    others: ["How long do I have to answer?", "May I ask about two things at once?"],
    file: "Letter of 12 November.pdf",
    note: "Prefers short answers",
  },
};

export const staffOf = (language) => ({
  petrova: { name: CAST[language].staff.petrova },
  volkova: { name: CAST[language].staff.volkova, role: "supervisor" },
});

/** The patient's side up to the question that waits. */
async function begins(stage, { words, cast, services, show }) {
  const visitor = await at(stage, { name: "visitor", url: stage.world.api, size: PHONE, locale: words.language });
  await visitor.page.locator("input[type=password]").waitFor();
  await show(visitor, "patient-sign-in");
  await visitor.page.getByRole("button", { name: words.patient("signIn.toRegister") }).click();
  await visitor.page.locator("button[type=submit]").click();
  await visitor.page.getByText(words.patient("signIn.error.loginEmpty")).waitFor();
  await show(visitor, "patient-register");
  await visitor.leave();
  const anna = await patient(stage, "anna", { name: cast.anna, locale: words.language });
  await anna.page.getByText(services[0]).first().waitFor();
  await show(anna, "patient-home");
  await anna.page.getByRole("link", { name: words.patient("frame.placeHistory") }).click();
  await anna.page.getByText(words.patient("history.empty")).waitFor();
  await show(anna, "patient-history-empty");
  await anna.page.getByRole("link", { name: words.patient("frame.placeHome") }).click();
  await anna.page.getByText(services[0]).first().click();
  await anna.page.getByRole("textbox").first().waitFor();
  await show(anna, "patient-ask");
  await anna.page.goto(stage.world.api);
  await ask(anna, cast.first[0], services[0]);
  await anna.page.getByRole("region", { name: words.patient("talk.waiting") }).waitFor();
  await show(anna, "patient-waiting");
  return anna;
}

async function attaches(person, words, label, file) {
  const { page } = person;
  await page.getByRole("button", { name: words.kit("composer.attach") }).click();
  await page.getByLabel(words.kit(label), { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: words.kit("composer.send"), exact: true }).click();
}

/** A first consultation that is closed, and a second one that is being held; others wait meanwhile. */
async function talks(stage, anna, { words, cast, services, show }) {
  const visitor = await at(stage, { name: "staff", url: stage.world.console, locale: words.language });
  await visitor.page.locator("input[type=password]").waitFor();
  await show(visitor, "console-sign-in");
  await visitor.leave();
  const petrova = await desk(stage, "petrova", { words, onKeys: (person, step) => show(person, `console-keys-${step}`) });
  await take(petrova, cast.anna);
  await sees(petrova, cast.first[0]);
  await say(petrova, cast.first[1]);
  await attaches(anna, words, "composer.photo", { name: "IMG_2041.png", mimeType: "image/png", buffer: picture(480, 320, 3) });
  await petrova.page.getByRole("button", { name: words.kit("image.open", { name: cast.anna }) }).waitFor();
  await close(petrova, words);
  await anna.page.getByRole("link", { name: words.patient("talk.back") }).click();
  await ask(anna, cast.second[0], services[1]);
  for (const [login, question] of [["boris", cast.others[0]], ["clara", cast.others[1]]]) {
    const other = await patient(stage, login, { name: cast[login], locale: words.language });
    await ask(other, question, services[0]);
    other.holds();
    await other.leave();
  }
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: cast.anna }).first().click();
  await petrova.page.getByText(words.console("queueCard.sealed")).waitFor();
  await show(petrova, "console-waiting");
  await take(petrova, cast.anna);
  await sees(petrova, cast.second[0]);
  await say(petrova, cast.second[1]);
  await say(anna, cast.more[0]);
  await sees(petrova, cast.more[0]);
  await attaches(anna, words, "composer.file", { name: cast.file, mimeType: "application/pdf", buffer: picture(200, 200, 5) });
  await sees(petrova, cast.file);
  await say(petrova, cast.more[1]);
  await sees(anna, cast.more[1]);
  await show(anna, "patient-conversation");
  await show(petrova, "console-conversation");
  return petrova;
}

/** What lies over the desk, and its other lists. */
async function overlays(petrova, { words, show }) {
  const { page } = petrova;
  const closeDialog = async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  };
  await page.locator("main h2").first().click();
  for (const [keys, title] of [["Control+k", "console-palette"], ["Shift+Slash", "console-shortcuts"], ["Shift+T", "console-transfer"]]) {
    await page.keyboard.press(keys);
    await page.getByRole("dialog").waitFor();
    await show(petrova, title);
    await closeDialog();
  }
  await page.keyboard.press("s");
  await page.getByRole("menu").waitFor();
  await show(petrova, "console-status");
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  await page.getByText(words.console("talk.held")).waitFor();
  await show(petrova, "console-on-hold");
  await page.keyboard.press("h");
  await box(petrova).waitFor();
}

async function supervises(stage, { words, cast, show }) {
  const volkova = await desk(stage, "volkova", { words });
  const { page } = volkova;
  await section(volkova, "archive");
  await page.locator("[data-row]").filter({ hasText: cast.anna }).first().click();
  await page.getByText(cast.first[1]).waitFor();
  await show(volkova, "console-archive");
  await section(volkova, "patients");
  await page.locator("main").getByText(cast.anna).first().click();
  await show(volkova, "console-patients");
  await section(volkova, "operators");
  await page.locator("main").getByText(cast.staff.petrova).first().click();
  await show(volkova, "console-operators");
  await section(volkova, "audit");
  await page.locator("main").getByRole("row").nth(1).waitFor();
  await show(volkova, "console-audit");
  return volkova;
}

async function looksBack(anna, petrova, { words, cast, show }) {
  const { page } = anna;
  await close(petrova, words);
  await show(petrova, "console-closed");
  await page.getByRole("link", { name: words.patient("talk.back") }).click();
  await page.getByRole("link", { name: words.patient("frame.placeHistory") }).click();
  await page.locator("a[href^='/history/']").nth(1).waitFor();
  await show(anna, "patient-history");
  await page.locator("a[href^='/history/']").nth(1).click();
  await page.getByText(cast.first[1]).waitFor();
  await show(anna, "patient-record");
  await page.getByRole("link", { name: words.patient("history.back") }).first().click();
  await page.getByRole("link", { name: words.patient("frame.placeProfile") }).click();
  await page.getByRole("textbox", { name: words.patient("profile.name"), exact: true }).waitFor();
  await show(anna, "patient-profile");
  await page.getByRole("link", { name: words.patient("frame.placeHome") }).click();
  await page.getByText(cast.more[1]).first().waitFor();
  await show(anna, "patient-home-resting");
}

/** @param {{ words: object, services: string[], show: (person: object, title: string) => Promise<void> }} walk */
export async function walk(stage, { words, services, show }) {
  const scene = { words, services, show, cast: CAST[words.language] };
  const anna = await begins(stage, scene);
  const petrova = await talks(stage, anna, scene);
  await overlays(petrova, scene);
  await supervises(stage, scene);
  await looksBack(anna, petrova, scene);
}
