/** Canned replies as values: which are offered, and the form of one. */
import type { Canned, CannedChange, CannedVersion, DeskFile, NewCanned } from "@consilium/kit/api";
import { folded } from "../../live/names.ts";

/** What a list of suggestions shows at once. */
const OFFERED_MAX = 8;

function rank(reply: Canned, word: string, language: string): number {
  const begins = reply.shortcut.startsWith(word) ? 0 : 2;
  return begins + (reply.language === language ? 0 : 1);
}

interface About {
  readonly queueId: string;
  readonly language: string;
  readonly word: string;
  /** Whether the brand sends any: what brings files alone brings nothing else. */
  readonly sendsFiles: boolean;
}

/** Replies for a queue that a word finds: by shortcut or any word of the title; the operator's language and true beginnings first. */
export function offered(replies: Iterable<Canned>, about: About): Canned[] {
  const word = folded(about.word);
  const fits = ({ queues, shortcut, title, text }: Canned) =>
    (about.sendsFiles || text !== "") &&
    (queues.length === 0 || queues.includes(about.queueId)) &&
    (folded(shortcut).startsWith(word) ||
      folded(title)
        .split(" ")
        .some((part) => part.startsWith(word)));
  return [...replies]
    .filter(fits)
    .sort(
      (a, b) =>
        rank(a, word, about.language) - rank(b, word, about.language) || a.title.localeCompare(b.title),
    )
    .slice(0, OFFERED_MAX);
}

export interface CannedForm {
  readonly scope: Canned["scope"];
  readonly title: string;
  readonly shortcut: string;
  readonly language: string;
  readonly queues: readonly string[];
  readonly text: string;
  readonly files: readonly DeskFile[];
}

export function emptyForm(scope: Canned["scope"], language: string): CannedForm {
  return { scope, title: "", shortcut: "", language, queues: [], text: "", files: [] };
}

export function formOf({ scope, title, shortcut, language, queues, text, files }: Canned): CannedForm {
  return { scope, title, shortcut, language, queues, text, files };
}

/** What an earlier version puts into the form; whose it is stays. */
export function formOfVersion(version: CannedVersion): Omit<CannedForm, "scope"> {
  const { title, shortcut, language, queues, text, files } = version;
  return { title, shortcut, language, queues, text, files };
}

/** A reply has a text, or brings files alone. */
export function isWhole({ title, shortcut, text, files }: CannedForm): boolean {
  const has = (field: string) => field.trim() !== "";
  return has(title) && has(shortcut) && (has(text) || files.length > 0);
}

export function newCanned(form: CannedForm): NewCanned {
  return { ...form, queues: [...form.queues], files: [...form.files] };
}

/** Where the brand sends no files, nothing is said of those that a reply has: they stay. */
export function cannedChange(
  { scope: _, files, ...form }: CannedForm,
  version: number,
  sendsFiles: boolean,
): CannedChange {
  return { ...form, queues: [...form.queues], version, ...(sendsFiles ? { files: [...files] } : {}) };
}

export function mayKeep(reply: Pick<Canned, "scope">, role: "operator" | "supervisor"): boolean {
  return reply.scope === "personal" || role === "supervisor";
}

/** Where the files of a reply come from. */
interface Kept {
  readonly content: (id: string) => Promise<Blob>;
}

/** The files of a reply as they are sent: the same reply twice brings each of them once. */
export async function filesOf({ files, changed_at: at }: Canned, kept: Kept): Promise<File[]> {
  const fetched = files.map(async ({ id, name, media_type: type }) => {
    return new File([await kept.content(id)], name, { type, lastModified: Date.parse(at) });
  });
  return Promise.all(fetched);
}
