/** Macros as values: the form of one, its versions in the log, and how a run goes on. */
import type {
  AuditEntry,
  ConsultationDetail,
  Macro,
  MacroApi,
  MacroChange,
  MacroContent,
  MacroEnding,
} from "@consilium/kit/api";
import type { MessageEnd } from "@consilium/kit/matrix";

export const NOTE_MAX = 4_000;
/** Thirty days. Unit: minutes. */
export const HOLD_MAX = 43_200;

export const ENDINGS = ["none", "hold", "transfer", "close"] as const;
export type Ending = (typeof ENDINGS)[number];

export interface MacroForm {
  readonly title: string;
  readonly shortcut: string;
  readonly queues: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly note: string;
  readonly ending: Ending;
  /** Of a hold; null: until somebody goes on. */
  readonly minutes: number | null;
  /** Of a transfer. */
  readonly queueId: string | null;
  /** Of a transfer or a close. */
  readonly endingNote: string;
  readonly archived: boolean;
}

export const EMPTY_FORM: MacroForm = {
  title: "",
  shortcut: "",
  queues: [],
  texts: {},
  addTags: [],
  removeTags: [],
  note: "",
  ending: "none",
  minutes: 30,
  queueId: null,
  endingNote: "",
  archived: false,
};

export function formOf({ content, archived }: Pick<Macro, "content" | "archived">): MacroForm {
  const { ending } = content;
  return {
    title: content.title,
    shortcut: content.shortcut,
    queues: content.queues ?? [],
    texts: content.texts ?? {},
    addTags: content.add_tags ?? [],
    removeTags: content.remove_tags ?? [],
    note: content.note ?? "",
    ending: ending?.kind ?? "none",
    minutes: ending?.kind === "hold" ? (ending.minutes ?? null) : EMPTY_FORM.minutes,
    queueId: ending?.kind === "transfer" ? ending.queue_id : null,
    endingNote: ending?.kind === "transfer" || ending?.kind === "close" ? (ending.note ?? "") : "",
    archived,
  };
}

function endingOf({ ending, minutes, queueId, endingNote }: MacroForm): MacroEnding | null {
  switch (ending) {
    case "none":
      return null;
    case "hold":
      return { kind: "hold", minutes };
    case "transfer":
      return { kind: "transfer", queue_id: queueId ?? "", note: endingNote };
    case "close":
      return { kind: "close", note: endingNote };
  }
}

export function contentOf(form: MacroForm): MacroContent {
  return {
    title: form.title,
    shortcut: form.shortcut,
    queues: [...form.queues],
    texts: Object.fromEntries(Object.entries(form.texts).filter(([, text]) => text.trim() !== "")),
    add_tags: [...form.addTags],
    remove_tags: [...form.removeTags],
    note: form.note,
    ending: endingOf(form),
  };
}

export function macroChange(form: MacroForm, version: number): MacroChange {
  return { version, content: contentOf(form), archived: form.archived };
}

const isFilled = (text: string | undefined) => (text ?? "").trim() !== "";

/** Whether it can be sent: it has a name, does something, and what it does at last is whole. */
export function isWhole(form: MacroForm, main: string): boolean {
  const { addTags, removeTags, note, ending, queueId, endingNote } = form;
  const does = hasText(form) || addTags.length + removeTags.length > 0 || isFilled(note) || ending !== "none";
  const ends = ending !== "transfer" || (queueId !== null && isFilled(endingNote));
  return isFilled(form.title) && isFilled(form.shortcut) && does && ends && !lacksMain(form, main);
}

function hasText({ texts }: MacroForm): boolean {
  return Object.values(texts).some(isFilled);
}

/** There is a text, but none in the brand's default language, which stands in for the others. */
export function lacksMain(form: MacroForm, main: string): boolean {
  return hasText(form) && !isFilled(form.texts[main]);
}

/** Those in use first, by title. */
export function inOrder(all: Iterable<Macro>): Macro[] {
  return [...all].sort(
    (a, b) => Number(a.archived) - Number(b.archived) || a.content.title.localeCompare(b.content.title),
  );
}

/** A version of a macro, as the log of what supervisors did has it. */
export interface MacroVersion {
  readonly sequence: number;
  readonly at: string;
  readonly by: string;
  readonly form: MacroForm;
}

/** Newest first. What the log says of other things, or in another form, is left out. */
export function versionsOf(entries: readonly AuditEntry[]): MacroVersion[] {
  return entries.flatMap(({ action, sequence, at, actor, detail }) => {
    if (action !== "macro.created" && action !== "macro.changed") return [];
    const { content, archived } = detail as { content?: MacroContent; archived?: boolean };
    if (typeof content?.title !== "string") return [];
    return [{ sequence, at, by: actor.name, form: formOf({ content, archived: archived ?? false }) }];
  });
}

export interface Run {
  readonly api: Pick<MacroApi, "check" | "run">;
  readonly consultationId: string;
  readonly macro: Pick<Macro, "id" | "version">;
  readonly requestId: string;
  /** What is said to the patient; null: nothing. */
  readonly text: string | null;
  /** It has been said already, by a run that got no further. */
  readonly said: boolean;
  readonly deliver: (text: string, requestId: string) => Promise<MessageEnd>;
}

export type RunEnd =
  | { readonly status: "done"; readonly detail: ConsultationDetail }
  /** The text did not go out, and nothing was done. */
  | { readonly status: "unsaid"; readonly end: "failed" | "cancelled" }
  /** Nothing was done; `said`: besides the text. */
  | { readonly status: "refused"; readonly error: unknown; readonly said: boolean };

/** First whether everything can be done, then the text, then everything. Never rejects; a run that said its text already does not say it again. */
export async function runMacro(run: Run): Promise<RunEnd> {
  const { api, consultationId, macro, requestId, text } = run;
  const wish = { version: macro.version, request_id: requestId };
  let { said } = run;
  try {
    if (!said) await api.check(consultationId, macro.id, wish);
    if (!said && text !== null) {
      const end = await run.deliver(text, requestId);
      if (end !== "sent") return { status: "unsaid", end };
      said = true;
    }
    return { status: "done", detail: await api.run(consultationId, macro.id, wish) };
  } catch (error) {
    return { status: "refused", error, said };
  }
}
