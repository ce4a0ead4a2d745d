/**
 * A walk through every screen of both apps on the real system, in one language: for looking at accessibility, at words that were left in
 * another language, and for pictures. `show(person, title)` is called at each screen.
 */
import { agree, ask, at, box, close, conclude, desk, patient, patientWithoutApp, PHONE, say, section, sees, take } from "./steps.mjs";
import { letter, rash } from "./photos.mjs";
import { picture } from "./png.mjs";

/** People; nobody here is real. */
const PEOPLE = {
  ru: { anna: "Анна Смирнова", boris: "Борис Орлов", clara: "Клара Вебер", staff: { petrova: "Мария Петрова", volkova: "Вера Волкова" } },
  en: { anna: "Anna Smith", boris: "Boris Hale", clara: "Clara Webb", staff: { petrova: "Maria Peters", volkova: "Vera Walker" } },
};

/** What they say, by brand and language: two consultations of the first, and why she wants to be called. Of the others the desk sees that they wait. */
const LINES = {
  "demo-clinic": {
    ru: {
      first: ["После прогулки появилась сыпь на руке, чешется", "Здравствуйте! Судя по описанию, это похоже на крапивницу. Пришлёте фото?"],
      second: ["Здравствуйте, третий день болит горло и держится 37,5", "Здравствуйте, Анна. Кашель или насморк есть?"],
      more: ["Кашля нет, насморк с утра. Вот результаты анализа крови", "Спасибо, посмотрела: всё в порядке. Полощите горло и пейте больше тёплого."],
      thanks: "Спасибо, так и сделаю",
      reason: "Можно ли принимать эти таблетки вместе?",
      photo: rash,
      file: "Анализ крови 12 ноября.pdf",
    },
    en: {
      first: ["After a walk I got an itchy rash on my arm", "Hello! From what you describe it sounds like hives. Could you send a photo?"],
      second: ["Hello, my throat has been sore for three days, and I have 37.5", "Hello, Anna. Any cough, or a runny nose?"],
      more: ["No cough, a runny nose since this morning. Here is my blood test", "Thank you, I have looked at it: all is well. Gargle, and drink plenty of warm tea."],
      thanks: "Thank you, I will do that",
      reason: "May I take these tablets together?",
      photo: rash,
      file: "Blood test of 12 November.pdf",
    },
  },
  "demo-law": {
    ru: {
      first: ["Мне прислали бумаги от хозяина квартиры, и я не понимаю, что подписывать", "Добрый день. Сфотографируете первую страницу?"],
      second: ["Сосед требует убрать забор. Он прав?", "Добрый день, Анна. Когда забор поставили?"],
      more: ["В 2009 году, его согласие у меня есть. Вот письмо, которое я получила", "Спасибо, прочла. Отвечать пока не нужно, вечером пришлю, что написать."],
      thanks: "Спасибо, жду",
      reason: "Можно спросить сразу о двух делах?",
      photo: letter,
      file: "Письмо 12 ноября.pdf",
    },
    en: {
      first: ["My landlord sent me papers, and I am not sure what I should sign", "Good morning. Could you send me a photo of the first page?"],
      second: ["My neighbour wants me to take down the fence. May he?", "Good morning, Anna. When was the fence put up?"],
      more: ["In 2009, and I have his consent. Here is the letter that I received", "Thank you, I have read it. No need to answer yet: I will send you a draft tonight."],
      thanks: "Thank you, I will wait",
      reason: "May I ask about two things at once?",
      photo: letter,
      file: "Letter of 12 November.pdf",
    },
  },
};

export const staffOf = (language) => ({
  petrova: { name: PEOPLE[language].staff.petrova },
  volkova: { name: PEOPLE[language].staff.volkova, role: "supervisor" },
});

/** An operator's morning: sign-in, keys, a queue in which nobody waits, first off duty and then on. */
async function shiftBegins(stage, { words, show }) {
  const visitor = await at(stage, { name: "staff", url: stage.world.console, locale: words.language });
  await visitor.page.locator("input[type=password]").waitFor();
  await show(visitor, "console-sign-in");
  await visitor.leave();
  const petrova = await desk(stage, "petrova", { words, onKeys: (person, step) => show(person, `console-keys-${step}`) });
  const online = petrova.page.getByRole("button", { name: words.console("offDuty.goOnline") });
  await online.waitFor();
  await show(petrova, "console-off-duty");
  await online.click();
  await online.waitFor({ state: "hidden" });
  await show(petrova, "console-queue-empty");
  return petrova;
}

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
  await anna.page.locator("form[aria-busy=false]").waitFor();
  await show(anna, "patient-ask");
  await readsConsent(anna, show);
  await anna.page.goto(stage.world.api);
  await ask(anna, cast.first[0], services[0]);
  await anna.page.getByRole("region", { name: words.patient("talk.waiting") }).waitFor();
  await show(anna, "patient-waiting");
  return anna;
}

/** The whole text of what has to be agreed to, where the brand wants something to be. */
async function readsConsent(anna, show) {
  const read = anna.page.locator("[id^=consent-] button").first();
  if ((await read.count()) === 0) return;
  await read.click();
  await anna.page.getByRole("dialog").waitFor();
  await show(anna, "patient-consent");
  await anna.page.keyboard.press("Escape");
}

async function attaches(person, words, label, file) {
  const { page } = person;
  await page.getByRole("button", { name: words.kit("composer.attach") }).click();
  await page.getByLabel(words.kit(label), { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: words.kit("composer.send"), exact: true }).click();
}

/** A first consultation that is closed, and a second one that is being held; others wait meanwhile. */
async function talks(stage, anna, petrova, { words, cast, services, show }) {
  await take(petrova, cast.anna);
  await sees(petrova, cast.first[0]);
  await say(petrova, cast.first[1]);
  await attaches(anna, words, "composer.photo", { name: "IMG_2041.png", mimeType: "image/png", buffer: cast.photo() });
  await petrova.page.getByRole("button", { name: words.kit("image.open", { name: cast.anna }) }).waitFor();
  await close(petrova, words);
  await anna.page.getByRole("link", { name: words.patient("talk.back") }).click();
  await ask(anna, cast.second[0], services[1]);
  for (const login of ["boris", "clara"]) {
    const other = await patientWithoutApp(stage, login, { name: cast[login], language: words.language });
    await other.ask(services[0]);
  }
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: cast.anna }).first().click();
  await petrova.page.getByText(words.console("queueCard.sealed")).waitFor();
  await show(petrova, "console-waiting");
  await take(petrova, cast.anna);
  await sees(petrova, cast.second[0]);
  await say(petrova, cast.second[1]);
  await sees(anna, cast.second[1]);
  await say(anna, cast.more[0]);
  await sees(petrova, cast.more[0]);
  await attaches(anna, words, "composer.file", { name: cast.file, mimeType: "application/pdf", buffer: picture(200, 200, 5) });
  await sees(petrova, cast.file);
  await say(petrova, cast.more[1]);
  await sees(anna, cast.more[1]);
  await show(anna, "patient-conversation");
  await show(petrova, "console-conversation");
  await offline(anna, petrova, { words, cast, show });
}

/** What is written without a network waits, and says so. */
async function offline(anna, petrova, { words, cast, show }) {
  const banner = anna.page.getByText(words.kit("connection.offline"));
  await anna.cut();
  await banner.waitFor();
  await say(anna, cast.thanks);
  await anna.page.getByRole("article").filter({ hasText: cast.thanks }).getByRole("img", { name: words.kit("delivery.queued") }).waitFor();
  await show(anna, "patient-offline");
  await anna.mend();
  await sees(petrova, cast.thanks);
  await banner.waitFor({ state: "hidden" });
}

/** What lies over the desk, and its other lists. */
async function overlays(anna, petrova, { words, show }) {
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
  await anna.page.getByText(words.kit("consultation.held")).last().waitFor();
  await show(anna, "patient-on-hold");
  await page.keyboard.press("h");
  await box(petrova).waitFor();
}

async function supervises(stage, { words, cast, services, show }) {
  const volkova = await desk(stage, "volkova", { words });
  const { page } = volkova;
  await page.locator("[data-row]").first().waitFor();
  await show(volkova, "console-off-duty-queue");
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
  await section(volkova, "wallboard");
  await page.getByRole("region", { name: words.console("wallboard.now"), exact: true }).waitFor();
  await show(volkova, "console-wallboard");
  await section(volkova, "reports");
  await page.locator(".recharts-bar-rectangle path").first().waitFor();
  await show(volkova, "console-reports");
  await section(volkova, "audit");
  await page.locator("main").getByRole("row").nth(1).waitFor();
  await show(volkova, "console-audit");
  await section(volkova, "integrations");
  await page.getByText(words.console("webhooks.noneTitle")).waitFor();
  await show(volkova, "console-integrations");
  await section(volkova, "follow-ups");
  await page.getByText(words.console("followUps.emptyTitle")).waitFor();
  await show(volkova, "console-follow-ups");
  await section(volkova, "settings");
  await page.locator("[data-pane=list]").getByRole("button", { name: services[0], exact: true }).click();
  await page.locator("[data-pane=main]").getByRole("heading", { level: 2, name: services[0], exact: true }).waitFor();
  await show(volkova, "console-settings-service");
  await firstSteps(volkova, { words, show });
  return volkova;
}

/** What is missing before patients come, and a rehearsal that waits for its phone. */
async function firstSteps(volkova, { words, show }) {
  const { page } = volkova;
  const button = (path) => page.getByRole("button", { name: words.console(`setup.rehearsal.${path}`), exact: true });
  await section(volkova, "setup");
  await button("begin").waitFor();
  await page.locator("[data-item]").first().waitFor();
  await show(volkova, "console-first-steps");
  await button("begin").click();
  await page.getByRole("img", { name: words.console("setup.rehearsal.qr"), exact: true }).waitFor();
  await show(volkova, "console-rehearsal");
  await button("leave").click();
  await button("begin").waitFor();
}

async function looksBack(anna, petrova, { words, cast, show }) {
  const { page } = anna;
  await conclude(petrova, cast.second[1], { words, onDraft: () => show(petrova, "console-conclusion") });
  await show(anna, "patient-conclusion");
  await close(petrova, words);
  await show(petrova, "console-closed");
  await page.getByText(words.kit("consultation.archived")).last().waitFor();
  await show(anna, "patient-closed");
  await page.getByRole("link", { name: words.patient("talk.back") }).click();
  await page.getByRole("link", { name: words.patient("frame.placeHistory") }).click();
  await page.locator("a[href^='/history/']").nth(1).waitFor();
  await show(anna, "patient-history");
  await page.locator("a[href^='/history/']").nth(1).click();
  await page.getByText(cast.first[1]).waitFor();
  await show(anna, "patient-record");
  await page.getByRole("link", { name: words.patient("history.back") }).first().click();
  await page.getByRole("link", { name: words.patient("frame.placeDocuments") }).click();
  await page.getByRole("article", { name: cast.file }).waitFor();
  // Pictures come when they are looked at.
  await page.getByRole("article", { name: cast.file }).scrollIntoViewIfNeeded();
  await page.getByRole("article").locator("img").first().waitFor();
  await page.getByRole("button", { name: words.patient("documents.keepNamed", { name: cast.file }) }).click();
  await page.getByRole("button", { name: words.patient("documents.letGoNamed", { name: cast.file }) }).waitFor();
  await show(anna, "patient-documents");
  await page.getByRole("link", { name: words.patient("frame.placeProfile") }).click();
  await page.getByRole("textbox", { name: words.patient("profile.name"), exact: true }).waitFor();
  await show(anna, "patient-profile");
  await page.getByRole("region", { name: words.patient("profile.family"), exact: true }).getByRole("link").click();
  await page.getByText(words.patient("persons.empty")).waitFor();
  await show(anna, "patient-persons-empty");
  await page.getByRole("link", { name: words.patient("persons.back") }).click();
  await page.getByRole("link", { name: words.patient("profile.myDataOpen"), exact: true }).click();
  await page.getByRole("heading", { name: words.patient("myData.copyTitle") }).waitFor();
  await show(anna, "patient-my-data");
  await page.getByRole("link", { name: words.patient("frame.placeHome") }).click();
  await page.getByText(cast.thanks).first().waitFor();
  await show(anna, "patient-home-resting");
}

/** A call is ordered instead of a question; the desk's lists of call-backs and of calls. */
async function callsBack(anna, petrova, { words, cast, services, show }) {
  const { page } = anna;
  const reason = page.getByLabel(words.patient("callback.order.reason"));
  await page.getByRole("link").filter({ hasText: words.patient("callback.offer.anyText") }).click();
  await page.getByRole("radio", { name: services[0] }).check();
  await reason.waitFor();
  await show(anna, "patient-callback-order");
  await page.getByRole("textbox", { name: words.patient("callback.order.phone") }).fill("8 (912) 345-67-89");
  await reason.fill(cast.reason);
  await agree(anna);
  await page.getByRole("button", { name: words.patient("callback.order.send") }).click();
  await page.waitForURL("**/call-back/**");
  await page.getByRole("heading", { name: words.patient("callback.title.new") }).waitFor();
  await show(anna, "patient-callback");
  await section(petrova, "callbacks");
  const row = petrova.page.getByRole("row").filter({ hasText: cast.reason });
  await row.waitFor();
  await show(petrova, "console-callbacks");
  await row.click();
  await petrova.page.getByRole("region", { name: words.console("callbacks.card"), exact: true }).waitFor();
  await show(petrova, "console-callback");
  await section(petrova, "calls");
  await petrova.page.getByText(words.console("calls.emptyTitle")).waitFor();
  await show(petrova, "console-calls");
}

/** @param {{ words: object, services: string[], show: (person: object, title: string) => Promise<void> }} walk */
export async function walk(stage, { words, services, show }) {
  const cast = { ...PEOPLE[words.language], ...LINES[stage.world.brand][words.language] };
  const scene = { words, services, show, cast };
  const petrova = await shiftBegins(stage, scene);
  const anna = await begins(stage, scene);
  await talks(stage, anna, petrova, scene);
  await overlays(anna, petrova, scene);
  await supervises(stage, scene);
  await looksBack(anna, petrova, scene);
  await callsBack(anna, petrova, scene);
}

/** Services of each brand as they are called in each language. */
export const SERVICES = {
  "demo-clinic": { ru: ["Терапевт", "Педиатр"], en: ["General practitioner", "Paediatrician"] },
  "demo-law": { ru: ["Семейное право", "Жильё и недвижимость"], en: ["Family law", "Home and property"] },
};

/** The screens of `glance`, those that a brand writes most of: by the titles that they have in `walk`. One brand asks for no consent. */
export const GLANCED = [
  "console-sign-in",
  "console-keys-explained",
  "console-keys-shown",
  "console-off-duty",
  "console-queue-empty",
  "patient-sign-in",
  "patient-register",
  "patient-home",
  "patient-history-empty",
  "patient-ask",
  "patient-consent",
  "patient-waiting",
  "console-waiting",
  "patient-profile",
];

/** The beginning of the walk alone: up to the question that waits, as both sides see it, and who the patient is. */
export async function glance(stage, { words, services, show }) {
  const cast = { ...PEOPLE[words.language], ...LINES[stage.world.brand][words.language] };
  const scene = { words, services, show, cast };
  const petrova = await shiftBegins(stage, scene);
  const anna = await begins(stage, scene);
  await section(petrova, "waiting");
  await petrova.page.locator("[data-row]").filter({ hasText: cast.anna }).first().click();
  await petrova.page.getByText(words.console("queueCard.sealed")).waitFor();
  await show(petrova, "console-waiting");
  const { page } = anna;
  await page.getByRole("link", { name: words.patient("talk.back") }).click();
  await page.getByRole("link", { name: words.patient("frame.placeProfile") }).click();
  await page.getByRole("textbox", { name: words.patient("profile.name"), exact: true }).waitFor();
  await show(anna, "patient-profile");
}
