/** The call-back form on a partner's site: asks, does the work that keeps robots away, sends. No framework: it has to be small on a stranger's page. */

const API = "/_consilium/v1/public/callbacks";
const LONGEST_WAIT_MS = 120_000;

const TEXTS = {
  en: {
    title: "Call me back",
    lead: "Leave your number, and {brand} will call you.",
    queue: "About what",
    name: "Your name",
    forName: "For whom, if not for you? (optional)",
    forNameHint: "A name, such as your child's",
    phone: "Telephone number",
    phoneHint: "With the country code, such as +44 20 7946 0000",
    reason: "What is it about? (optional)",
    reasonHint: "Please write no details of your health here.",
    when: "When shall we call?",
    soon: "As soon as possible",
    chosen: "At a time that suits me",
    date: "Day",
    from: "From",
    to: "To",
    zone: "Your local time ({zone})",
    clinicZone: "Your local time ({zone}). The clock of {brand}: {clinic}.",
    hours: "We work {hours} on that day.",
    closed: "We do not work on that day.",
    outside: "Please choose a time when we work.",
    opens: "We are closed now. We open {when}.",
    privacy: "How we handle personal data",
    send: "Order a call",
    sending: "One moment…",
    doneTitle: "Thank you, we will call you",
    doneSoon: "As soon as possible, at the latest {due}.",
    doneWindow: "{start} to {end}.",
    required: "Please fill this in.",
    badPhone: "Please check the number: 5 to 15 digits.",
    badWindow: "Please choose a time in the next 60 days, at least 15 minutes long.",
    agree: "Please agree, or we may not call you.",
    changed: "The text above has changed meanwhile. Please read it again.",
    busy: "Too many requests from here. Please try again in a few minutes.",
    failed: "That did not work. Please try again, or call us.",
    gone: "The form is not available at the moment.",
  },
  ru: {
    title: "Перезвоните мне",
    lead: "Оставьте номер, и {brand} Вам позвонит.",
    queue: "По какому вопросу",
    name: "Ваше имя",
    forName: "Для кого, если не для Вас? (необязательно)",
    forNameHint: "Имя, например Вашего ребёнка",
    phone: "Номер телефона",
    phoneHint: "С кодом страны, например +7 495 000-00-00",
    reason: "О чём хотите поговорить? (необязательно)",
    reasonHint: "Пожалуйста, не пишите здесь подробностей о здоровье.",
    when: "Когда Вам позвонить?",
    soon: "Как можно скорее",
    chosen: "В удобное для меня время",
    date: "День",
    from: "С",
    to: "До",
    zone: "Ваше местное время ({zone})",
    clinicZone: "Ваше местное время ({zone}). Часы «{brand}»: {clinic}.",
    hours: "В этот день мы работаем {hours}.",
    closed: "В этот день мы не работаем.",
    outside: "Выберите время, когда мы работаем.",
    opens: "Сейчас мы закрыты. Откроемся {when}.",
    privacy: "Как мы обрабатываем персональные данные",
    send: "Заказать звонок",
    sending: "Секунду…",
    doneTitle: "Спасибо, мы Вам позвоним",
    doneSoon: "Как можно скорее, не позже: {due}.",
    doneWindow: "{start} — {end}.",
    required: "Пожалуйста, заполните.",
    badPhone: "Проверьте номер: от 5 до 15 цифр.",
    badWindow: "Выберите время в ближайшие 60 дней, не короче 15 минут.",
    agree: "Без Вашего согласия мы не можем позвонить.",
    changed: "Текст выше изменился. Пожалуйста, прочитайте его ещё раз.",
    busy: "Слишком много запросов отсюда. Попробуйте через несколько минут.",
    failed: "Не получилось. Попробуйте ещё раз или позвоните нам.",
    gone: "Форма сейчас недоступна.",
  },
};

const root = document.getElementById("form-root");
const language = root.dataset.language;
const texts = TEXTS[language.split("-")[0]] ?? TEXTS.en;
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || root.dataset.timeZone;

/** A text with its places filled in. */
function text(key, places = {}) {
  return Object.entries(places).reduce((filled, [name, value]) => filled.replace(`{${name}}`, value), texts[key]);
}

/** An element with attributes and children. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children);
  return made;
}

/** A control with its label, hint and place for an error. */
function field(id, label, control, hint) {
  const described = [hint ? `${id}-hint` : "", `${id}-error`].filter(Boolean).join(" ");
  control.id = id;
  control.setAttribute("name", id);
  control.setAttribute("aria-describedby", described);
  const parts = [element("label", { for: id }, label), control];
  if (hint) {
    parts.push(element("span", { id: `${id}-hint`, class: "hint" }, hint));
  }
  parts.push(element("span", { id: `${id}-error`, class: "error" }));
  return element("div", { class: "field" }, ...parts);
}

function choice(type, name, value, label) {
  const control = element("input", { type, name, value, id: `${name}-${value}` });
  return element("label", { class: "choice" }, control, element("span", {}, label));
}

/** What the server says that the form needs. */
async function loadChallenge() {
  const response = await fetch(`${API}/challenge`, { headers: { "accept-language": language } });
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  return response.json();
}

/** Solves a challenge in a worker. */
function solved(challenge) {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/embed/solve.js", { type: "module" });
    const timer = setTimeout(() => finish(() => reject(new Error("too slow"))), LONGEST_WAIT_MS);
    const finish = (settle) => {
      clearTimeout(timer);
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }) => finish(() => resolve(data));
    worker.onerror = () => finish(() => reject(new Error("no worker")));
    worker.postMessage({ challenge: challenge.challenge, bits: challenge.difficulty_bits });
  });
}

/** A challenge with its solution, which is begun at once. One that has expired is not used. */
class Work {
  constructor(challenge) {
    this.challenge = challenge;
    this.solution = solved(challenge);
    this.solution.catch(() => {});
  }

  isFresh() {
    return Date.parse(this.challenge.expires_at) - Date.now() > 10_000;
  }
}

const pad = (number) => String(number).padStart(2, "0");
const dayOf = (at) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
const clockOf = (at) => `${pad(at.getHours())}:${pad(at.getMinutes())}`;

/** Working times of the chosen queue, as the visitor's clock shows them; null: at all times. */
function timesOf(form, challenge) {
  const id = form.querySelector("#queue_id").value;
  const times = challenge.queues.find((queue) => queue.id === id)?.hours?.times;
  return times?.map(({ start, end }) => ({ start: new Date(start), end: new Date(end) })) ?? null;
}

/** What is proposed: tomorrow at ten, or two hours of the first working time after today. */
function proposal(times) {
  const tomorrow = new Date(Date.now() + 24 * 3_600_000);
  const first = times?.find(({ start }) => dayOf(start) >= dayOf(tomorrow)) ?? times?.at(-1);
  if (!first) {
    return { date: dayOf(tomorrow), from: "10:00", to: "12:00" };
  }
  const end = new Date(Math.min(first.end, first.start.getTime() + 2 * 3_600_000));
  return { date: dayOf(first.start), from: clockOf(first.start), to: dayOf(end) > dayOf(first.start) ? "23:59" : clockOf(end) };
}

/** Working times of a day, in the visitor's clock. Empty: closed; null: not told, as the day is far, or at all times. */
function timesOn(times, day) {
  const lastTold = dayOf(new Date(Date.now() + 7 * 24 * 3_600_000));
  if (times === null || !day || day > lastTold) {
    return null;
  }
  return times.filter(({ start, end }) => dayOf(start) <= day && day <= dayOf(new Date(end - 1)));
}

/** Whether somebody works in all of a window. */
function isWorked(times, { start, end }) {
  const on = timesOn(times, start.slice(0, 10));
  return on === null || on.some((time) => time.start <= new Date(start) && new Date(end) <= time.end);
}

/** Proposes a time of the chosen queue and says when it works. */
function tellHours(form, challenge, isProposed) {
  const times = timesOf(form, challenge);
  if (isProposed) {
    for (const [id, value] of Object.entries(proposal(times))) {
      form.querySelector(`#${id}`).value = value;
    }
  }
  const on = timesOn(times, form.querySelector("#date").value);
  const format = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const hours = on?.map(({ start, end }) => format.formatRange(start, end)).join(", ");
  form.querySelector("#hours").textContent = on === null ? "" : on.length === 0 ? text("closed") : text("hours", { hours });
  const { open, opens_at: opensAt } = challenge.queues.find(({ id }) => id === form.querySelector("#queue_id").value)?.hours ?? {};
  const when = opensAt && new Intl.DateTimeFormat(language, { weekday: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(opensAt));
  form.querySelector("#opens").textContent = open === false && when ? text("opens", { when }) : "";
  tellHeight();
}

/** Whose time it is; the clinic's is named where its clock shows another. */
function zoneWords() {
  const clinic = root.dataset.timeZone;
  const now = new Date();
  const shown = (zone) => new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: zone }).format(now);
  const key = clinic && shown(clinic) !== shown(timeZone) ? "clinicZone" : "zone";
  return text(key, { zone: timeZone, brand: root.dataset.brand, clinic });
}

function whenFields() {
  const date = field("date", text("date"), element("input", { type: "date" }));
  const from = field("from", text("from"), element("input", { type: "time" }));
  const to = field("to", text("to"), element("input", { type: "time" }));
  const times = element("div", { class: "field", hidden: "" });
  times.append(
    date,
    element("div", { class: "pair" }, from, to),
    element("span", { id: "hours", class: "hint", role: "status" }),
    element("span", { class: "hint" }, zoneWords()),
    element("span", { id: "window-error", class: "error", role: "alert" }),
  );
  const soon = choice("radio", "when", "soon", text("soon"));
  const chosen = choice("radio", "when", "chosen", text("chosen"));
  soon.querySelector("input").checked = true;
  const set = element("fieldset", {}, element("legend", {}, text("when")), soon, element("span", { id: "opens", class: "hint" }), chosen, times);
  set.addEventListener("change", (event) => {
    if (event.target.name === "when") {
      times.hidden = event.target.value !== "chosen";
      tellHeight();
    }
  });
  return set;
}

function consentField(challenge) {
  const control = element("input", { type: "checkbox", id: "consent", "aria-describedby": "consent-error" });
  const words = element("span", { id: "consent-text" }, challenge.consent.text);
  const parts = [element("label", { class: "choice" }, control, words)];
  if (root.dataset.privacy) {
    const link = { href: root.dataset.privacy, target: "_blank", rel: "noopener" };
    parts.push(element("a", link, text("privacy")));
  }
  parts.push(element("span", { id: "consent-error", class: "error" }));
  return element("div", { class: "field" }, ...parts);
}

function queueField(challenge) {
  const options = challenge.queues.map((queue) => element("option", { value: queue.id }, queue.name));
  const made = field("queue_id", text("queue"), element("select", {}, ...options));
  made.hidden = options.length < 2;
  return made;
}

function render(challenge) {
  const form = element("form", { novalidate: "" });
  const phone = element("input", { type: "tel", inputmode: "tel", autocomplete: "tel", maxlength: "32" });
  form.append(
    queueField(challenge),
    field("name", text("name"), element("input", { type: "text", autocomplete: "name", maxlength: "200" })),
    field("phone", text("phone"), phone, text("phoneHint")),
    field("for_name", text("forName"), element("input", { type: "text", autocomplete: "off", maxlength: "200" }), text("forNameHint")),
    field("reason", text("reason"), element("textarea", { maxlength: "1000", rows: "3" }), text("reasonHint")),
    whenFields(),
    consentField(challenge),
    element("p", { id: "problem", class: "problem", role: "alert" }),
    element("button", { type: "submit" }, text("send")),
  );
  root.replaceChildren(
    element("h1", {}, text("title")),
    element("p", { class: "lead" }, text("lead", { brand: root.dataset.brand })),
    form,
  );
  return form;
}

/** What is written in the form, as the server takes it. */
function written(form, challenge) {
  const value = (id) => form.querySelector(`#${id}`).value.trim();
  const body = {
    queue_id: value("queue_id"),
    name: value("name"),
    phone: value("phone"),
    for_name: value("for_name") || undefined,
    reason: value("reason") || undefined,
    time_zone: timeZone,
    consent_version: challenge.consent.version,
  };
  if (form.querySelector("#when-chosen").checked) {
    body.window = { start: `${value("date")}T${value("from")}`, end: `${value("date")}T${value("to")}` };
  }
  return body;
}

/** What is missing or cannot be, by field. */
function mistakes(form, body, challenge) {
  const found = {};
  if (!body.name) {
    found.name = text("required");
  }
  const digits = body.phone.replace(/\D/g, "").length;
  if (!body.phone) {
    found.phone = text("required");
  } else if (digits < 5 || digits > 15 || /[^\d\s()+-]/.test(body.phone)) {
    found.phone = text("badPhone");
  }
  if (body.window && !(body.window.start < body.window.end && body.window.start.length === 16)) {
    found.window = text("badWindow");
  } else if (body.window && !isWorked(timesOf(form, challenge), body.window)) {
    found.window = text("outside");
  }
  if (!form.querySelector("#consent").checked) {
    found.consent = text("agree");
  }
  return found;
}

function showMistakes(form, found) {
  for (const place of form.querySelectorAll(".error")) {
    const id = place.id.replace("-error", "");
    place.textContent = found[id] ?? "";
    const control = form.querySelector(`#${id === "window" ? "date" : id}`);
    control?.setAttribute("aria-invalid", String(Boolean(found[id])));
  }
  const [first] = Object.keys(found);
  if (first) {
    form.querySelector(`#${first === "window" ? "date" : first}`)?.focus();
  }
  tellHeight();
}

function showDone(ordered) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: ordered.time_zone });
  const at = (time) => format.format(new Date(time));
  const when = ordered.window
    ? text("doneWindow", { start: at(ordered.window.start), end: at(ordered.window.end) })
    : text("doneSoon", { due: at(ordered.due_at) });
  const title = element("h1", { tabindex: "-1" }, text("doneTitle"));
  root.replaceChildren(element("div", { class: "done", role: "status" }, title, element("p", {}, when)));
  title.focus();
  tellHeight();
  tell({ type: "consilium-callback-ordered" });
}

/** Who mends a field is not told of the mistake any more. */
function forgetMistake(form, control) {
  const id = ["date", "from", "to"].includes(control.id) ? "window" : control.id;
  const place = form.querySelector(`#${id}-error`);
  if (place?.textContent) {
    place.textContent = "";
    form.querySelector(`#${id === "window" ? "date" : id}`).removeAttribute("aria-invalid");
    tellHeight();
  }
}

/** What the server refused, in words. */
function refusal(status, problem) {
  const found = {};
  const badWindow = text(problem.type?.endsWith(":outside-hours") ? "outside" : "badWindow");
  for (const error of problem.errors ?? []) {
    found[error.field] = { phone: text("badPhone"), window: badWindow }[error.field] ?? text("required");
  }
  const words = { 409: text("changed"), 422: "", 429: text("busy") }[status] ?? text("failed");
  return { found, words };
}

/** The page around it may fit the frame's height; it learns nothing else. */
function tell(message) {
  if (window.parent !== window) {
    window.parent.postMessage(message, "*");
  }
}

function tellHeight() {
  tell({ type: "consilium-callback-height", height: document.documentElement.scrollHeight });
}

async function send(form, state) {
  const problem = form.querySelector("#problem");
  problem.textContent = "";
  // A challenge may have expired while somebody was away, or have been lost with a restart: once more, with a new one.
  for (const isLast of [false, true]) {
    if (!state.work?.isFresh()) {
      state.work = new Work(await loadChallenge());
    }
    const { challenge, solution } = state.work;
    const body = { ...written(form, state.shown), challenge: challenge.challenge, solution: await solution };
    const headers = { "content-type": "application/json", "accept-language": language };
    const response = await fetch(API, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (response.ok) {
      return showDone(answer);
    }
    // A refused field costs no challenge; everything else may have.
    if (response.status !== 422) {
      state.work = undefined;
    }
    if (response.status === 403 && !isLast) {
      continue;
    }
    if (response.status === 409) {
      state.shown = await loadChallenge();
      state.work = new Work(state.shown);
      form.querySelector("#consent-text").textContent = state.shown.consent.text;
      form.querySelector("#consent").checked = false;
    }
    const { found, words } = refusal(response.status, answer);
    problem.textContent = words;
    return showMistakes(form, found);
  }
}

async function start() {
  const shown = await loadChallenge();
  const state = { shown, work: undefined, busy: false };
  const form = render(shown);
  let isProposed = true;
  tellHours(form, shown, isProposed);
  form.addEventListener("input", ({ target }) => {
    isProposed &&= !["date", "from", "to"].includes(target.id);
    if (["date", "queue_id"].includes(target.id)) {
      tellHours(form, state.shown, isProposed);
    }
  });
  const button = form.querySelector("button");
  // The work begins when somebody begins to write: it is done before he has finished.
  form.addEventListener("input", () => { state.work ??= new Work(shown); }, { once: true });
  form.addEventListener("input", ({ target }) => forgetMistake(form, target));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (state.busy) {
      return;
    }
    const found = mistakes(form, written(form, state.shown), state.shown);
    showMistakes(form, found);
    if (Object.keys(found).length > 0) {
      return;
    }
    state.busy = true;
    button.setAttribute("aria-disabled", "true");
    button.textContent = text("sending");
    try {
      await send(form, state);
    } catch {
      form.querySelector("#problem").textContent = text("failed");
    } finally {
      state.busy = false;
      button.removeAttribute("aria-disabled");
      button.textContent = text("send");
      tellHeight();
    }
  });
  new ResizeObserver(tellHeight).observe(root);
}

start().catch(() => root.replaceChildren(element("p", { class: "problem", role: "alert" }, text("gone"))));
