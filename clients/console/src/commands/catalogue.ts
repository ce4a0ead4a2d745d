/** Every command of the console, with its default keys. The only place where a shortcut is chosen. */
import type { OperatorStatus } from "@consilium/kit/api";
import type { CallbackForm } from "../desk/desk.ts";
import { SECTIONS, type Section, sectionAllowed } from "../live/sections.ts";
import { CALL } from "./call.ts";
import type { Command, CommandCallback } from "./command.ts";
import { mayDirect, mayRunMacros, onTarget, withTarget } from "./on-target.ts";
import { everywhere, key, type Shortcut, sequence } from "./shortcut.ts";
import { TEAM } from "./team.ts";
import { VIEWS } from "./views.ts";

function onCallback(test: (callback: CommandCallback) => boolean): Command["isAllowed"] {
  return ({ callback }) => callback !== null && !callback.busy && test(callback);
}

function formCommand(
  form: CallbackForm,
  label: string,
  shortcut: Shortcut | null,
  test: (callback: CommandCallback) => boolean,
): Command {
  return {
    id: `callback.${form}`,
    group: "callback",
    label: () => label,
    shortcut,
    keywords: "callback",
    isAllowed: onCallback(test),
    run: (_, effects) => effects.askOfCallback(form),
  };
}

const always = () => true;

const CONSULTATION: readonly Command[] = [
  {
    id: "consultation.take",
    group: "consultation",
    label: () => "take",
    shortcut: key("KeyT"),
    // One key for «take what is in front of me».
    isAllowed: (context) =>
      onCallback(({ mayTake }) => mayTake)(context) || onTarget(({ mayTake }) => mayTake)(context),
    run: (context, effects) => {
      if (context.callback !== null) effects.takeCallback(context.callback.id);
      else if (context.target !== null) effects.take(context.target.id);
    },
  },
  {
    id: "offer.take",
    group: "consultation",
    label: () => "takeOffer",
    shortcut: key("KeyY"),
    keywords: "offer",
    isAllowed: ({ offer }) => offer !== null,
    run: ({ offer }, effects) => {
      if (offer !== null) effects.take(offer);
    },
  },
  {
    id: "offer.pass",
    group: "consultation",
    label: () => "passOffer",
    shortcut: key("KeyY", { shift: true }),
    keywords: "offer",
    isAllowed: ({ offer }) => offer !== null,
    run: ({ offer }, effects) => {
      if (offer !== null) effects.pass(offer);
    },
  },
  {
    id: "consultation.reply",
    group: "consultation",
    label: () => "reply",
    shortcut: key("KeyR"),
    isAllowed: onTarget((target) => target.writable),
    run: (_, effects) => effects.reply(),
  },
  {
    id: "consultation.find",
    group: "consultation",
    label: () => "find",
    // In a talk the browser's own would find what is drawn just now, and nothing above it.
    shortcut: everywhere("KeyF", { primary: true }),
    keywords: "find",
    isAllowed: ({ findable }) => findable,
    run: (_, effects) => effects.find(),
  },
  {
    id: "consultation.note",
    group: "consultation",
    // One key for a note of staff on what is in front.
    label: ({ callback }) => (callback === null ? "note" : "callbackNote"),
    shortcut: key("KeyN"),
    keywords: "note",
    isAllowed: (context) => onCallback(({ open }) => open)(context) || context.notes,
    run: ({ callback }, effects) => (callback === null ? effects.note() : effects.askOfCallback("note")),
  },
  {
    id: "consultation.tags",
    group: "consultation",
    label: () => "tags",
    shortcut: key("KeyL", { shift: true }),
    keywords: "tags",
    isAllowed: ({ target }) => target !== null,
    run: withTarget((id, effects) => effects.askTags(id)),
  },
  {
    id: "consultation.fields",
    group: "consultation",
    label: () => "fields",
    shortcut: null,
    keywords: "fields",
    isAllowed: ({ target }) => target !== null,
    run: withTarget((id, effects) => effects.askFields(id, false)),
  },
  {
    id: "consultation.follow-up",
    group: "consultation",
    label: () => "followUp",
    shortcut: key("KeyB", { shift: true }),
    keywords: "followUp",
    isAllowed: ({ target }) => target !== null,
    run: withTarget((id, effects) => effects.askFollowUp(id)),
  },
  {
    id: "consultation.macro",
    group: "consultation",
    label: () => "macro",
    shortcut: key("KeyM", { shift: true }),
    keywords: "macros",
    isAllowed: onTarget(mayRunMacros),
    run: withTarget((id, effects) => effects.chooseMacro(id)),
  },
  {
    id: "consultation.hold",
    group: "consultation",
    label: ({ target }) => (target?.phase === "on_hold" ? "resume" : "hold"),
    shortcut: key("KeyH"),
    isAllowed: onTarget((target) => target.mine && (target.phase === "active" || target.phase === "on_hold")),
    run: withTarget((id, effects, target) =>
      target.phase === "on_hold" ? effects.resume(id) : effects.hold(id),
    ),
  },
  ...TEAM,
  {
    id: "consultation.close",
    group: "consultation",
    label: () => "close",
    shortcut: key("KeyE"),
    keywords: "close",
    isAllowed: onTarget(mayDirect),
    run: withTarget((id, effects, target) => {
      if (target.needsFields) effects.askFields(id, true);
      else if (target.needsConclusion) effects.openConclusion(id, true);
      else effects.close(id);
    }),
  },
  {
    id: "consultation.conclusion",
    group: "consultation",
    label: () => "conclusion",
    shortcut: key("KeyE", { shift: true }),
    keywords: "conclusion",
    isAllowed: ({ target }) => target?.conclusion === true,
    run: withTarget((id, effects) => effects.openConclusion(id, false)),
  },
  {
    id: "consultation.undo",
    group: "consultation",
    label: () => "undo",
    shortcut: key("KeyZ"),
    isAllowed: ({ undoable }) => undoable,
    run: (_, effects) => effects.undo(),
  },
  {
    id: "consultation.close-note",
    group: "consultation",
    label: () => "closeNote",
    shortcut: key("KeyZ", { shift: true }),
    keywords: "note",
    isAllowed: ({ closes }) => closes,
    run: (_, effects) => effects.noteOfClose(),
  },
  {
    id: "consultation.card",
    group: "consultation",
    label: () => "card",
    shortcut: key("KeyP"),
    isAllowed: ({ target }) => target !== null,
    run: (_, effects) => effects.toggleCard(),
  },
  {
    id: "tabs.next",
    group: "consultation",
    label: () => "nextTab",
    shortcut: key("BracketRight"),
    isAllowed: ({ tabs }) => tabs > 1,
    run: (_, effects) => effects.moveInTabs(1),
  },
  {
    id: "tabs.previous",
    group: "consultation",
    label: () => "previousTab",
    shortcut: key("BracketLeft"),
    isAllowed: ({ tabs }) => tabs > 1,
    run: (_, effects) => effects.moveInTabs(-1),
  },
  {
    id: "tabs.close",
    group: "consultation",
    label: () => "closeTab",
    shortcut: key("KeyX"),
    isAllowed: ({ tabs, target }) => tabs > 0 && target !== null,
    run: (_, effects) => effects.closeTab(),
  },
];

const CALLBACK: readonly Command[] = [
  {
    id: "callback.telephone",
    group: "callback",
    label: () => "telephone",
    shortcut: key("KeyB"),
    keywords: "callback",
    isAllowed: onCallback(({ mine, phase, hasPhone }) => mine && hasPhone && phase === "taken"),
    run: ({ callback }, effects) => callback !== null && effects.telephoneCallback(callback.id),
  },
  {
    id: "callback.consultation",
    group: "callback",
    label: () => "callbackConsultation",
    shortcut: key("KeyO"),
    keywords: "invite",
    isAllowed: onCallback(({ mayConsult }) => mayConsult),
    run: ({ callback }, effects) => callback !== null && effects.openConsultation(callback.id),
  },
  formCommand("done", "callbackDone", key("KeyD"), ({ mayDirect }) => mayDirect),
  formCommand("no-answer", "callbackNoAnswer", key("KeyA"), ({ mayDirect }) => mayDirect),
  formCommand("later", "callbackLater", key("KeyL"), ({ mayDirect }) => mayDirect),
  {
    id: "callback.release",
    group: "callback",
    label: () => "callbackRelease",
    shortcut: key("KeyR", { shift: true }),
    keywords: "callback",
    isAllowed: onCallback(({ mayDirect }) => mayDirect),
    run: ({ callback }, effects) => callback !== null && effects.releaseCallback(callback.id),
  },
  formCommand("cancel", "callbackCancel", null, ({ mayDirect, open }) => mayDirect && open),
];

const LIST: readonly Command[] = [
  {
    id: "list.next",
    group: "list",
    label: () => "nextRow",
    shortcut: key("KeyJ"),
    repeats: true,
    isAllowed: ({ listLength }) => listLength > 0,
    run: (_, effects) => effects.moveInList(1),
  },
  {
    id: "list.previous",
    group: "list",
    label: () => "previousRow",
    shortcut: key("KeyK"),
    repeats: true,
    isAllowed: ({ listLength }) => listLength > 0,
    run: (_, effects) => effects.moveInList(-1),
  },
  {
    id: "list.announced",
    group: "list",
    label: () => "showNew",
    shortcut: key("KeyU"),
    isAllowed: ({ announced }) => announced > 0,
    run: (_, effects) => effects.showAnnounced(),
  },
  {
    id: "list.search",
    group: "list",
    label: () => "search",
    shortcut: key("KeyF"),
    isAllowed: always,
    run: (_, effects) => effects.focusSearch(),
  },
  {
    id: "patients.add",
    group: "list",
    label: () => "addPatient",
    shortcut: null,
    keywords: "addPatient",
    isAllowed: always,
    run: (_, effects) => effects.addPatient(),
  },
  {
    id: "operators.add",
    group: "list",
    label: () => "addOperator",
    shortcut: null,
    isAllowed: ({ role }) => role === "supervisor",
    run: (_, effects) => effects.addOperator(),
  },
  {
    id: "webhooks.add",
    group: "list",
    label: () => "addWebhook",
    shortcut: null,
    keywords: "webhook",
    isAllowed: ({ role }) => role === "supervisor",
    run: (_, effects) => effects.addWebhook(),
  },
  {
    id: "apiKeys.add",
    group: "list",
    label: () => "addApiKey",
    shortcut: null,
    keywords: "apiKey",
    isAllowed: ({ role }) => role === "supervisor",
    run: (_, effects) => effects.addApiKey(),
  },
];

const SECTION_KEYS: Readonly<Record<Section, string>> = {
  waiting: "KeyW",
  mine: "KeyM",
  active: "KeyA",
  "on-hold": "KeyH",
  callbacks: "KeyB",
  "follow-ups": "KeyF",
  calls: "KeyC",
  archive: "KeyR",
  patients: "KeyP",
  operators: "KeyO",
  wallboard: "KeyD",
  reports: "KeyT",
  audit: "KeyU",
  integrations: "KeyI",
  settings: "KeyS",
  setup: "KeyL",
};

const GO: readonly Command[] = SECTIONS.map((section) => ({
  id: `go.${section}`,
  group: "go",
  label: () => `go.${section}`,
  shortcut: sequence("KeyG", SECTION_KEYS[section]),
  isAllowed: ({ role }) => sectionAllowed(section, role),
  run: (_, effects) => effects.go(section),
}));

function statusCommand(status: OperatorStatus, shortcut: Shortcut | null = null): Command {
  return {
    id: `status.${status}`,
    group: "status",
    label: () => `status.${status}`,
    keywords: "status",
    shortcut,
    isAllowed: (context) => context.status !== status,
    run: (_, effects) => effects.setStatus(status),
  };
}

const STATUS: readonly Command[] = [
  {
    id: "status.open",
    group: "status",
    label: () => "status.open",
    shortcut: key("KeyS"),
    isAllowed: always,
    run: (_, effects) => effects.openStatus(),
  },
  {
    id: "status.ready",
    group: "status",
    label: () => "status.ready",
    keywords: "status",
    shortcut: null,
    isAllowed: ({ windsUp }) => windsUp,
    run: (_, effects) => effects.ready(),
  },
  ...(["online", "transfer_only", "away", "break", "going_off", "offline"] as const).map((status) =>
    statusCommand(status),
  ),
];

const DESK: readonly Command[] = [
  {
    id: "desk.palette",
    group: "desk",
    label: () => "palette",
    shortcut: everywhere("KeyK", { primary: true }),
    isAllowed: always,
    run: (_, effects) => effects.openPalette(),
  },
  {
    id: "desk.shortcuts",
    group: "desk",
    label: () => "shortcuts",
    shortcut: key("Slash", { shift: true }),
    isAllowed: always,
    run: (_, effects) => effects.openShortcuts(),
  },
  {
    id: "desk.leave-text",
    group: "desk",
    label: () => "leaveText",
    shortcut: everywhere("Escape"),
    // Out of the field first, then out of the card.
    isAllowed: ({ writing, details }) => writing || details,
    run: ({ writing }, effects) => (writing ? effects.leaveText() : effects.closeDetails()),
  },
  {
    id: "desk.next-pane",
    group: "desk",
    label: () => "nextPane",
    shortcut: everywhere("F6"),
    isAllowed: always,
    run: (_, effects) => effects.movePane(1),
  },
  {
    id: "desk.previous-pane",
    group: "desk",
    label: () => "previousPane",
    shortcut: everywhere("F6", { shift: true }),
    isAllowed: always,
    run: (_, effects) => effects.movePane(-1),
  },
  {
    id: "desk.density",
    group: "desk",
    label: () => "density",
    shortcut: null,
    isAllowed: always,
    run: (_, effects) => effects.toggleDensity(),
  },
  {
    id: "desk.theme",
    group: "desk",
    label: () => "theme",
    shortcut: null,
    keywords: "theme",
    isAllowed: always,
    run: (_, effects) => effects.toggleTheme(),
  },
  {
    id: "desk.full-screen",
    group: "desk",
    label: () => "fullScreen",
    shortcut: key("KeyF", { shift: true }),
    isAllowed: ({ section }) => section === "wallboard",
    run: (_, effects) => effects.toggleFullScreen(),
  },
  {
    id: "desk.sound",
    group: "desk",
    label: () => "soundTest",
    shortcut: null,
    isAllowed: always,
    run: (_, effects) => effects.testSound(),
  },
  {
    id: "desk.settings",
    group: "desk",
    label: () => "settings",
    shortcut: null,
    isAllowed: always,
    run: (_, effects) => effects.openSettings(),
  },
  {
    id: "desk.canned",
    group: "desk",
    label: () => "canned",
    shortcut: null,
    keywords: "canned",
    isAllowed: always,
    run: (_, effects) => effects.openCanned(),
  },
  {
    id: "desk.macros",
    group: "desk",
    label: () => "macroSettings",
    shortcut: null,
    keywords: "macros",
    isAllowed: ({ role }) => role === "supervisor",
    run: (_, effects) => effects.openMacroSettings(),
  },
  {
    id: "desk.tags",
    group: "desk",
    label: () => "tagSettings",
    shortcut: null,
    keywords: "tags",
    isAllowed: ({ role }) => role === "supervisor",
    run: (_, effects) => effects.openTagSettings(),
  },
  {
    id: "desk.sign-out",
    group: "desk",
    label: () => "signOut",
    shortcut: null,
    isAllowed: always,
    run: (_, effects) => effects.signOut(),
  },
];

export const COMMANDS: readonly Command[] = [
  ...CONSULTATION,
  ...CALLBACK,
  ...CALL,
  ...LIST,
  ...GO,
  ...VIEWS,
  ...STATUS,
  ...DESK,
];

export function commandById(id: string): Command {
  const found = COMMANDS.find((command) => command.id === id);
  if (found === undefined) throw new Error(`There is no command "${id}".`);
  return found;
}
