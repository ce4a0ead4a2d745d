/** Sections of settings as values: their groups, what is wrong with a content before it is sent, where a refusal belongs. No React. */
import type {
  CallbackFormSettings,
  ConclusionTemplateSettings,
  ConsentSettings,
  ContactsSettings,
  FieldError,
  FieldsSettings,
  HolidaySettings,
  LegalDocumentSettings,
  QuestionnaireSettings,
  QueueSettings,
  RetentionClassSettings,
  RuleSettings,
  SettingsKind,
  SettingsSection,
  StatusSettings,
} from "@consilium/kit/api";
import { refusedDay, wrongDays } from "../../ui/week.ts";
import { wrongConsents, wrongForm, wrongLegal, wrongRetention } from "./lawful.ts";
import { isBlank, missing } from "./needed.ts";
import { wrongFieldsSettings } from "./own-fields/model.ts";
import { wrongQuestionnaire } from "./questionnaire/model.ts";
import { wrongRule } from "./rules/model.ts";

export interface Texts {
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
export interface Order {
  readonly order: readonly string[];
}
export interface Holidays {
  readonly days: readonly HolidaySettings[];
}

export interface Form {
  readonly form: CallbackFormSettings | null;
}
export interface Legal {
  readonly documents: readonly LegalDocumentSettings[];
}
export interface Consents {
  /** Its id: one of the choices' `legal_profiles`. */
  readonly legal_profile: string;
  readonly consents: readonly ConsentSettings[];
}
export interface Retention {
  readonly classes: readonly RetentionClassSettings[];
}
export interface Statuses {
  readonly statuses: readonly StatusSettings[];
}

/** What a section says, in the shape of its kind. */
export type Content =
  | { readonly kind: "queue"; readonly value: QueueSettings }
  | { readonly kind: "queues"; readonly value: Order }
  | { readonly kind: "holidays"; readonly value: Holidays }
  | { readonly kind: "texts"; readonly value: Texts }
  | { readonly kind: "contacts"; readonly value: ContactsSettings }
  | { readonly kind: "callback_form"; readonly value: Form }
  | { readonly kind: "legal"; readonly value: Legal }
  | { readonly kind: "consents"; readonly value: Consents }
  | { readonly kind: "retention"; readonly value: Retention }
  | { readonly kind: "statuses"; readonly value: Statuses }
  | { readonly kind: "conclusion"; readonly value: ConclusionTemplateSettings }
  | { readonly kind: "questionnaire"; readonly value: QuestionnaireSettings }
  | { readonly kind: "fields"; readonly value: FieldsSettings }
  | { readonly kind: "rule"; readonly value: RuleSettings }
  | { readonly kind: "rules"; readonly value: Order };

/** The service says which kind it is; its shape is that kind's. */
export function contentOf(kind: SettingsKind, content: unknown): Content {
  return { kind, value: content } as Content;
}

export type Group = "queues" | "brand" | "law" | "conclusions" | "forms" | "rules";

export const GROUPS: readonly Group[] = ["queues", "brand", "law", "conclusions", "forms", "rules"];

const GROUP_OF: Readonly<Record<SettingsKind, Group>> = {
  queue: "queues",
  queues: "queues",
  holidays: "brand",
  texts: "brand",
  contacts: "brand",
  fields: "brand",
  callback_form: "brand",
  statuses: "brand",
  legal: "law",
  consents: "law",
  retention: "law",
  conclusion: "conclusions",
  questionnaire: "forms",
  rule: "rules",
  rules: "rules",
};

/** Kinds of which a brand has as many as it likes: they are made and removed in the console. */
export type Made = "queue" | "conclusion" | "questionnaire" | "rule";

export function isMade(kind: SettingsKind): kind is Made {
  return kind === "queue" || kind === "conclusion" || kind === "questionnaire" || kind === "rule";
}

export function inGroup(sections: readonly SettingsSection[], group: Group): SettingsSection[] {
  return sections.filter(({ kind }) => GROUP_OF[kind] === group);
}

/** Id of the queue, template or form that a section is about. */
export function idOf(section: string): string {
  return section.slice(section.indexOf(".") + 1);
}

/** As a section stands in the address: a dot there would be the ending of a file. */
export function addressOf(section: string): string {
  return section.replace(".", "_");
}

export function sectionAt(address: string): string {
  return address.replace("_", ".");
}

/** Errors by field; the words are keys of `brandSettings.wrong`. */
export type Wrong = ReadonlyMap<string, string>;

/** As the service refuses it. */
const RETURN_AFTER_MINUTES_MAX = 1_440;
const SILENT_CLOSE_MINUTES = { min: 4, max: 43_200 } as const;

const AT_LEAST_ONE = [
  ["capacity", (queue: QueueSettings) => queue.capacity],
  ["abandon_after_minutes", (queue: QueueSettings) => queue.abandon_after_minutes],
  ["callback.due_minutes", (queue: QueueSettings) => queue.callback.due_minutes],
  ["callback.retry_minutes", (queue: QueueSettings) => queue.callback.retry_minutes],
  ["callback.long_wait_minutes", (queue: QueueSettings) => queue.callback.long_wait_minutes],
  ["routing.offer_seconds", (queue: QueueSettings) => queue.routing.offer_seconds],
  ["routing.weight", (queue: QueueSettings) => queue.routing.weight],
] as const;

function wrongQueue(queue: QueueSettings, languages: readonly string[], wrong: Map<string, string>): void {
  missing("name", queue.name, languages, wrong);
  missing("description", queue.description, languages, wrong);
  for (const [field, read] of AT_LEAST_ONE) if (!(read(queue) >= 1)) wrong.set(field, "atLeastOne");
  if (!(queue.priority >= 0 && queue.priority <= 100)) wrong.set("priority", "toHundred");
  if (!(queue.return_after_minutes >= 0 && queue.return_after_minutes <= RETURN_AFTER_MINUTES_MAX))
    wrong.set("return_after_minutes", "toDay");
  const { silent_close_minutes: silent } = queue;
  if (silent !== null && !(silent >= SILENT_CLOSE_MINUTES.min && silent <= SILENT_CLOSE_MINUTES.max))
    wrong.set("silent_close_minutes", "toMonth");
  for (const [day, what] of wrongDays(queue.hours)) wrong.set(`hours.${day}`, what);
  queue.closures.forEach(({ from, to }, place) => {
    if (from === "" || to === "" || to <= from) wrong.set(`closures[${place}]`, "laterEnd");
  });
  if (queue.routing.overflow?.queue === "") wrong.set("routing.overflow.queue", "needed");
}

/** What can be seen to be wrong without asking the service. */
export function wrongOf(content: Content, languages: readonly string[]): Wrong {
  const wrong = new Map<string, string>();
  switch (content.kind) {
    case "queue":
      wrongQueue(content.value, languages, wrong);
      break;
    case "holidays":
      content.value.days.forEach(({ on, name }, place) => {
        if (on === "") wrong.set(`days[${place}].on`, "needed");
        missing(`days[${place}].name`, name, languages, wrong);
      });
      break;
    case "texts":
      for (const language of languages) {
        for (const [key, text] of Object.entries(content.value.texts[language] ?? {}))
          if (isBlank(text)) wrong.set(`texts.${language}.${key}`, "needed");
      }
      break;
    case "callback_form":
      wrongForm(content.value, languages, wrong);
      break;
    case "legal":
      wrongLegal(content.value, languages, wrong);
      break;
    case "consents":
      wrongConsents(content.value, languages, wrong);
      break;
    case "retention":
      wrongRetention(content.value, languages, wrong);
      break;
    case "statuses":
      for (const { id, name } of content.value.statuses)
        missing(`statuses.${id}.name`, name, languages, wrong);
      break;
    case "conclusion":
      missing("title", content.value.title, languages, wrong);
      if (content.value.sections.length === 0) wrong.set("sections", "oneSection");
      for (const { code, title } of content.value.sections)
        missing(`sections.${code}.title`, title, languages, wrong);
      break;
    case "questionnaire":
      wrongQuestionnaire(content.value, languages, wrong);
      break;
    case "fields":
      wrongFieldsSettings(content.value, languages, wrong);
      break;
    case "rule":
      wrongRule(content.value, languages, wrong);
      break;
    case "rules":
    case "queues":
    case "contacts":
      break;
  }
  return wrong;
}

/** Where the form shows a field of a refusal: hours by their day, questions and own fields by their name, texts of several languages at the first that lacks one. */
export function placeOf({ field }: FieldError, content: Content): string {
  const day = content.kind === "queue" ? refusedDay(field, content.value.hours) : null;
  if (day !== null) return day;
  const question = /^items\[(\d+)\]\.?(.*)$/.exec(field);
  if (question !== null && content.kind === "questionnaire") {
    const name = content.value.items[Number(question[1])]?.link_id;
    return name === undefined ? "items" : `items.${name}.${question[2]}`;
  }
  const own = /^(patient|consultation)\[(\d+)\]\.?(.*)$/.exec(field);
  if (own !== null && content.kind === "fields") {
    const list = own[1] === "patient" ? "patient" : "consultation";
    const name = content.value[list][Number(own[2])]?.id;
    return name === undefined ? list : `${list}.${name}.${own[3]}`;
  }
  // A thing of a list that cannot be read is told by its place: it is shown by its name.
  const thing = /^(documents|consents|classes|statuses)\[(\d+)\]\.?(.*)$/.exec(field);
  if (thing !== null) {
    const [, list = "", place = "", rest = ""] = thing;
    const all = (content.value as unknown as Record<string, readonly { id: string }[]>)[list];
    const id = all?.[Number(place)]?.id;
    return id === undefined ? list : `${list}.${id}.${rest}`;
  }
  return field.replace(/^(closures\[\d+\]).*/, "$1");
}

/** Whether a refusal is about something that is no field of the form: it stands over the form. */
export function isElsewhere(field: string): boolean {
  return field === "" || field.startsWith("brand.");
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
