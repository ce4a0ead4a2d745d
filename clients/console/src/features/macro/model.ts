/** Macros as values: the form of one, its versions in the log, and how a run goes on. */
import type {
  AuditEntry,
  ConsultationDetail,
  DeskFile,
  DeskFileApi,
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
  /** Sent behind the text, in this order. */
  readonly files: readonly DeskFile[];
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly note: string;
  /** Ids of the colleagues whom the note names. */
  readonly mentions: readonly string[];
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
  files: [],
  addTags: [],
  removeTags: [],
  note: "",
  mentions: [],
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
    files: content.files ?? [],
    addTags: content.add_tags ?? [],
    removeTags: content.remove_tags ?? [],
    note: content.note ?? "",
    mentions: content.mentions ?? [],
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
    files: [...form.files],
    add_tags: [...form.addTags],
    remove_tags: [...form.removeTags],
    note: form.note,
    mentions: [...form.mentions],
    ending: endingOf(form),
  };
}

export function macroChange(form: MacroForm, version: number): MacroChange {
  return { version, content: contentOf(form), archived: form.archived };
}

const isFilled = (text: string | undefined) => (text ?? "").trim() !== "";

/** Whether it can be sent: it has a name, does something, and what it does at last is whole. */
export function isWhole(form: MacroForm, main: string): boolean {
  const { files, addTags, removeTags, note, ending, queueId, endingNote } = form;
  const says = hasText(form) || files.length > 0;
  const does = says || addTags.length + removeTags.length > 0 || isFilled(note) || ending !== "none";
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

/** What is sent to the patient, one after the other. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly file: File };

export interface Run {
  readonly api: Pick<MacroApi, "check" | "run">;
  readonly files: Pick<DeskFileApi, "content">;
  readonly consultationId: string;
  readonly macro: Pick<Macro, "id" | "version">;
  readonly requestId: string;
  /** What is said to the patient; null: nothing. */
  readonly text: string | null;
  /** What is sent behind it. */
  readonly send: readonly DeskFile[];
  /** How many of these have gone out already, by a run that got no further. */
  readonly sent: number;
  readonly deliver: (part: Part, requestId: string) => Promise<MessageEnd>;
}

export type RunEnd =
  | { readonly status: "done"; readonly detail: ConsultationDetail }
  /** One did not go out, and nothing was done; `sent` went out before it. */
  | { readonly status: "unsaid"; readonly end: "failed" | "cancelled"; readonly sent: number }
  /** Nothing was done; `sent`: besides those that went out. */
  | { readonly status: "refused"; readonly error: unknown; readonly sent: number };

/**
 * First whether everything can be done, and every file is here; then text and files, then everything else. Never rejects; what went out already does not go out
 * again.
 */
export async function runMacro(run: Run): Promise<RunEnd> {
  const { api, consultationId, macro, requestId } = run;
  const wish = { version: macro.version, request_id: requestId };
  let { sent } = run;
  try {
    if (sent === 0) await api.check(consultationId, macro.id, wish);
    const parts = await partsOf(run);
    for (const part of parts.slice(sent)) {
      const end = await run.deliver(part, partId(requestId, sent));
      if (end !== "sent") return { status: "unsaid", end, sent };
      sent += 1;
    }
    return { status: "done", detail: await api.run(consultationId, macro.id, wish) };
  } catch (error) {
    return { status: "refused", error, sent };
  }
}

/** Each part goes out once: the first under the id of the run, which is that of its text. */
export function partId(requestId: string, place: number): string {
  return place === 0 ? requestId : `${requestId}-${place}`;
}

async function partsOf({ files, text, send, sent }: Run): Promise<Part[]> {
  const before: Part[] = text === null ? [] : [{ kind: "text", text }];
  // What has gone out is not fetched again.
  const isGone = (place: number) => before.length + place < sent;
  const fetched = send.map(async (file, place): Promise<Part> => {
    const content = isGone(place) ? new Blob() : await files.content(file.id);
    return { kind: "file", file: new File([content], file.name, { type: file.media_type }) };
  });
  return [...before, ...(await Promise.all(fetched))];
}
