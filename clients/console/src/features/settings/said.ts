/** Fields and their values as sentences say them: a history is read by people who never saw a file. */
import type {
  ClosureSettings,
  HolidaySettings,
  HoursSettings,
  Localized,
  SlaPrioritySettings,
} from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import i18next, { type TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useKnownFields } from "../../live/fields.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { hoursWords } from "../../ui/week.ts";
import { choiceCalled, NO_NAMES, type ThingNames } from "./names.ts";
import { useKnownSettings } from "./useSettings.ts";

/** Longest value that is shown whole. */
const SHOWN_MAX = 400;

/** The field's name in the form, with the language or part that it is of; `names`: what the things of lists are called. */
export function nameOfField(field: string, t: TFunction, names: ThingNames = NO_NAMES): string {
  if (field === "") return t("brandSettings.whole");
  const text = /^texts\.([a-z-]+)\.(.+)$/.exec(field);
  if (text !== null) return withLanguage(nameOfText(text[2] ?? "", t), text[1] ?? "");
  const localized = /^(.+)\.([a-z]{2})$/.exec(field);
  const [base, language] = localized === null ? [field, null] : [localized[1] ?? "", localized[2] ?? ""];
  const name = within({ field: base, of: "", place: "" }, names, t);
  return language === null ? name : withLanguage(name, language);
}

/** What one of a list is called, where its fields have names of their own. */
const ONE_OF: Readonly<Record<string, string>> = {
  sections: "section",
  items: "item",
  options: "option",
  documents: "document",
  consents: "consent",
  classes: "class",
  statuses: "status",
  patient: "own",
  consultation: "own",
};

/** What fields name by ids. `thing`: one of the list itself; `question`, `answer`: one of the same form. */
export type NamedKind =
  | "queue"
  | "tag"
  | "circle"
  | "class"
  | "form"
  | "template"
  | "field"
  | "ordered"
  | "thing"
  | "question"
  | "answer";

const NAMED: Readonly<Record<string, NamedKind>> = {
  order: "ordered",
  circle: "circle",
  retention: "class",
  questionnaire: "form",
  conclusion_template: "template",
  required_fields: "field",
  queues: "queue",
  "routing.overflow.queue": "queue",
  "form.queues": "queue",
  "conditions.queues": "queue",
  "actions.move_to": "queue",
  "conditions.tags": "tag",
  "actions.add_tags": "tag",
  "actions.remove_tags": "tag",
};

function kindOf(field: string): NamedKind | undefined {
  if (field.endsWith("[order]")) return "thing";
  if (field.endsWith(".enable_when.question")) return "question";
  if (field.endsWith(".enable_when.answer")) return "answer";
  return NAMED[field];
}

/** What something is called that a field names; an id that nobody has any more stays one. */
export type NameOf = (kind: NamedKind, id: string, field: string) => string;

/** A value with names in the place of ids, however deep they stand. */
export function named(field: string, value: unknown, nameOf: NameOf): unknown {
  const kind = kindOf(field);
  if (typeof value === "string") return kind === undefined ? value : nameOf(kind, value, field);
  if (Array.isArray(value)) return kind === undefined ? value : value.map((one) => named(field, one, nameOf));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([key, one]) => {
    const place = field === "" ? key : `${field}.${key}`;
    return [key, named(place, one, nameOf)] as const;
  });
  return Object.fromEntries(inner);
}

/** A field, the kind of thing that it is of, and the place of that thing. */
interface Within {
  readonly field: string;
  readonly of: string;
  readonly place: string;
}

/** A field below lists of named things: `items[signs].options[rash].text` is «What do you see?: A rash: words». */
function within({ field, of, place }: Within, names: ThingNames, t: TFunction): string {
  const part = /^([a-z]+)\[([a-z0-9-]+)\]\.?(.*)$/.exec(field);
  const [, list = "", id = "", rest = ""] = part ?? [];
  const one = ONE_OF[list];
  if (one === undefined || (id === "order" && rest === ""))
    return known(of === "" ? field : `${of}.${field}`, t);
  const thing = `${place}${list}[${id}]`;
  const name = names.get(thing) ?? id;
  if (rest === "") return name;
  return `${name}: ${within({ field: rest, of: one, place: `${thing}.` }, names, t)}`;
}

function known(field: string, t: TFunction): string {
  const words = `brandSettings.field.${field.replaceAll(/[.[\]]+/g, "_")}`;
  return i18next.exists(words) ? t(words) : field;
}

function nameOfText(key: string, t: TFunction): string {
  const words = `brandSettings.text.${key.replaceAll(".", "_")}`;
  return i18next.exists(words) ? t(words) : key;
}

function withLanguage(name: string, language: string): string {
  return `${name} (${languageName(language)})`;
}

function one(item: unknown, language: string, t: TFunction): string {
  if (typeof item !== "object" || item === null) return word(item, language, t);
  const named = item as { text?: Localized; title?: Localized; name?: Localized; type?: string };
  const title = named.text ?? named.title ?? ("filled_by" in item ? named.name : undefined);
  if (title !== undefined) {
    const text = title[language] ?? Object.values(title)[0] ?? "";
    return named.type === undefined ? text : `${text} (${word(named.type, language, t)})`;
  }
  if ("priority" in item && "resolution_minutes" in item) return promised(item as SlaPrioritySettings, t);
  if ("on" in item) {
    const { on, name } = item as HolidaySettings;
    return `${on} ${name[language] ?? Object.values(name)[0] ?? ""}`;
  }
  const { from, to, reason } = item as ClosureSettings;
  if (from !== undefined && to !== undefined)
    return `${from.slice(0, 16).replace("T", " ")} – ${to.slice(0, 16).replace("T", " ")} ${reason ?? ""}`.trim();
  return Object.values(item)
    .map((inner) => word(inner, language, t))
    .join(", ");
}

/** «10 and above: taken within 5, closed within 60 min» */
function promised({ priority, ...times }: SlaPrioritySettings, t: TFunction): string {
  const said = (["wait_minutes", "first_response_minutes", "resolution_minutes"] as const).flatMap((time) => {
    const minutes = times[time] ?? null;
    return minutes === null ? [] : [t(`brandSettings.sla.said.${time}`, { minutes })];
  });
  return t("brandSettings.sla.said.priority", { priority, times: said.join(", ") });
}

function word(value: unknown, language: string, t: TFunction): string {
  if (value === null || value === undefined || value === "") return t("brandSettings.nothing");
  if (typeof value === "boolean") return t(value ? "brandSettings.yes" : "brandSettings.no");
  if (typeof value === "string") {
    const known = `brandSettings.value.${value}`;
    return i18next.exists(known) ? t(known) : value;
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? t("brandSettings.nothing")
      : value.map((item) => one(item, language, t)).join("; ");
  }
  if (typeof value === "object") return one(value, language, t);
  return String(value);
}

/** A field's value in the reader's language; `names`: what the things of lists are called. */
export function useWords(names: ThingNames): (field: string, value: unknown) => string {
  const { t } = useTranslation();
  const language = useLocale();
  const nameOf = useNames(language, names);
  return useCallback(
    (field, value) => {
      const text =
        field === "hours" && Array.isArray(value)
          ? hoursWords(value as HoursSettings[], t) || t("brandSettings.hours.always")
          : word(named(field, value, nameOf), language, t);
      return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
    },
    [t, language, nameOf],
  );
}

/** The name of one of a list; undefined: it is not there. */
function calledIn(list: readonly { readonly id: string; readonly name: string }[] | undefined, id: string) {
  return list?.find((one) => one.id === id)?.name;
}

function useNames(language: string, names: ThingNames): NameOf {
  const { queues } = useBoard();
  const tags = useReadable(useConsole().tags.items);
  const { data: settings } = useKnownSettings();
  const fields = useKnownFields();
  return useCallback(
    (kind, id, field) => {
      const titled = (of: string) =>
        settings?.sections.find(({ section }) => section === `${of}.${id}`)?.title ?? undefined;
      const tagged = () => {
        const said = tags.get(id)?.names;
        return said?.[language] ?? Object.values(said ?? {})[0];
      };
      const found: Readonly<Record<NamedKind, () => string | null | undefined>> = {
        queue: () => queues.get(id)?.name,
        ordered: () => queues.get(id)?.name ?? titled("rule"),
        tag: tagged,
        circle: () => calledIn(settings?.choices.circles, id),
        class: () => calledIn(settings?.choices.retention, id),
        form: () => titled("questionnaire"),
        template: () => titled("conclusion"),
        field: () => calledIn(fields?.consultation, id),
        thing: () => names.get(field.replace(/\[order\]$/, `[${id}]`)),
        question: () => names.get(`items[${id}]`),
        answer: () => choiceCalled(id, names),
      };
      return found[kind]() ?? id;
    },
    [queues, tags, settings, fields, names, language],
  );
}
