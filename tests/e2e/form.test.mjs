/** The call-back form on a partner's page: in a frame, from an empty field to the operator's list; and on a page that may not show it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AXE, openBrowser, PATIENCE_MS, Person } from "./browser.mjs";
import { World } from "./world.mjs";

const BRAND = resolve(dirname(fileURLToPath(import.meta.url)), "../../config/brands/demo-clinic");
const PHONE = { width: 360, height: 780 };
const TITLES = { en: "Call me back", ru: "Перезвоните мне" };

let browser;
let world;
let folder;
let partner;
let stranger;

/** The clinic works on one day of the week only, in two days: the other days are closed. Its clock is Moscow's. */
const WORKS_AT = new Date(Date.now() + 2 * 86_400_000);
const WORKS_ON = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "Europe/Moscow" }).format(WORKS_AT).toLowerCase();
const HOURS = `hours = [{ days = ["${WORKS_ON}"], from = "10:00", to = "16:00" }]`;

/** A page of somebody's site that shows the form as our manual says. */
function page(query) {
  const language = query.get("language");
  const src = `${world.api}/embed/callback?${query}`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A partner's site</title><style>body { margin: 0 } iframe { display: block; width: 100%; height: 20rem; border: 0 }</style>
<main><h1>Contacts</h1><iframe id="form" title="${TITLES[language]}" src="${src}"></iframe></main><script>
globalThis.ordered = 0;
addEventListener("message", ({ data, origin }) => {
  if (origin !== ${JSON.stringify(world.api)}) return;
  if (data.type === "consilium-callback-height") document.getElementById("form").style.height = data.height + "px";
  if (data.type === "consilium-callback-ordered") globalThis.ordered += 1;
});</script></html>`;
}

async function site() {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://site");
    if (pathname !== "/") return response.writeHead(204).end();
    return response.writeHead(200, { "content-type": "text/html" }).end(page(searchParams));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

before(async () => {
  [partner, stranger] = [await site(), await site()];
  folder = await mkdtemp(join(tmpdir(), "consilium-brand-"));
  const brand = join(folder, "demo-clinic");
  await cp(BRAND, brand, { recursive: true });
  const toml = await readFile(join(brand, "brand.toml"), "utf8");
  const origin = new URL(partner.url).origin;
  assert.match(toml, /"https:\/\/www\.yasen\.example"/);
  assert.match(toml, /^time_zone = "Europe\/Moscow"/m);
  const worked = toml.replaceAll("[[queues]]\n", `[[queues]]\n${HOURS}\n`);
  await writeFile(join(brand, "brand.toml"), worked.replace("https://www.yasen.example", origin));
  world = await World.start(brand);
  await world.staff("petrova", { name: "Dr Petrova", role: "operator", password: "a password of the test" });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await world?.end();
  for (const { server } of [partner, stranger].filter(Boolean)) server.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function visitor(url, options) {
  return Person.at(browser, { name: "visitor", url, origins: [world.api], size: PHONE, mobile: true, ...options });
}

function formOf(person) {
  return person.page.frameLocator("#form");
}

/** The frame is as high as what is in it, and everybody can use it. */
async function isWhole(person, title) {
  const frame = person.page.frame({ url: /embed/ });
  await person.page.waitForFunction(() => document.getElementById("form").clientHeight > 300);
  await frame.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth);
  await frame.evaluate(AXE);
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await frame.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), runOnly);
  assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`), [], title);
  await person.picture(title);
}

/** What the operator's list shows, newest first. */
async function listed() {
  const ask = async (path, init) => (await fetch(`${world.api}${path}`, init)).json();
  const signIn = { type: "m.login.password", identifier: { type: "m.id.user", user: "petrova" }, password: "a password of the test" };
  const { access_token: token } = await ask("/_matrix/client/v3/login", { method: "POST", body: JSON.stringify(signIn) });
  return ask("/_consilium/v1/callbacks?sort=newest", { headers: { authorization: `Bearer ${token}` } });
}

test("a visitor of the partner's site orders a call without an account", async () => {
  const person = await visitor(`${partner.url}?language=en`);
  const form = formOf(person);
  await form.getByRole("heading", { name: TITLES.en }).waitFor();
  await isWhole(person, "form-empty");

  await form.getByRole("button", { name: "Order a call" }).click();
  await form.getByText("Please agree, or we may not call you.").waitFor();
  assert.equal(await form.getByLabel("Your name").getAttribute("aria-invalid"), "true");
  await isWhole(person, "form-mistakes");

  await form.getByLabel("Your name").fill("Ivan Petrov");
  await form.getByRole("textbox", { name: "Telephone number" }).fill("+7 495 111-22-33");
  await form.getByLabel("What is it about?").fill("An appointment");
  await form.getByLabel("At a time that suits me").check();
  await form.getByText("We work ").waitFor();
  await form.getByText("Europe/Moscow").waitFor();
  const proposed = await form.getByLabel("Day").inputValue();
  await form.getByLabel("Day").fill(new Date(Date.parse(proposed) - 86_400_000).toISOString().slice(0, 10));
  await form.getByText("We do not work on that day.").waitFor();
  await form.getByRole("checkbox").check();
  await form.getByRole("button", { name: "Order a call" }).click();
  await form.getByText("Please choose a time when we work.").waitFor();
  await form.getByLabel("Day").fill(proposed);
  assert.equal(await form.getByText("Please fill this in.").count(), 0, "what is mended is no mistake any more");
  await isWhole(person, "form-filled");
  await form.getByRole("button", { name: "Order a call" }).click();
  await form.getByRole("heading", { name: "Thank you, we will call you" }).waitFor();
  await person.page.waitForFunction(() => globalThis.ordered === 1);
  await person.picture("form-done");
  person.holds();
  await person.leave();

  const { total, items } = await listed();
  const [row] = items;
  assert.deepEqual([total, row.source, row.name, row.phone, row.reason], [1, "form", "Ivan Petrov", "+74951112233", "An appointment"]);
  assert.ok(Date.parse(row.window.end) - Date.parse(row.window.start) === 2 * 3_600_000, "two hours, as the form proposes");
  const clinic = (options) => new Intl.DateTimeFormat("en", { ...options, timeZone: "Europe/Moscow" }).format(new Date(row.window.start));
  assert.equal(clinic({ weekday: "long" }).toLowerCase(), WORKS_ON);
  assert.equal(clinic({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }), "10:00", "in the clinic's hours");
});

test("the form speaks Russian, dark and wide", async () => {
  const size = { width: 1280, height: 900 };
  const person = await visitor(`${partner.url}?language=ru&theme=dark`, { size, mobile: false });
  const form = formOf(person);
  await form.getByRole("heading", { name: TITLES.ru }).waitFor();
  await isWhole(person, "form-russian-dark");
  await form.getByLabel("Ваше имя").fill("Иван Петров");
  await form.getByRole("textbox", { name: "Номер телефона" }).fill("8 495 111-22-33");
  await form.getByRole("checkbox").check();
  await form.getByRole("button", { name: "Заказать звонок" }).click();
  await form.getByRole("heading", { name: "Спасибо, мы Вам позвоним" }).waitFor();
  await person.picture("form-russian-done");
  person.holds();
  await person.leave();
  assert.equal((await listed()).items[0].window, null);
});

test("a site that the brand does not name cannot show the form", async () => {
  const person = await visitor(`${stranger.url}?language=en`);
  person.expects(/frame-ancestors/, /ERR_BLOCKED_BY_RESPONSE/);
  await person.page.waitForLoadState("networkidle", { timeout: PATIENCE_MS });
  assert.equal(await formOf(person).getByRole("heading", { name: TITLES.en }).count(), 0);
  await person.leave();
});
