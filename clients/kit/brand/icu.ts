/**
 * ICU messages for i18next: `{name}`, `{n, number}`, `{n, plural, …}`, `{n, selectordinal, …}`, `{x, select, …}`, `#`.
 *
 * The usual library brings 17 kB (gzip) of date and number skeletons that `formats.ts` does better; the first load of the
 * patient app has a budget. Source of the grammar: Unicode ICU, MessageFormat.
 */
import { numberFormat, pluralRules } from "./intl.ts";

type Node =
  | { kind: "text"; text: string }
  | { kind: "argument"; name: string }
  | { kind: "number"; name: string }
  | { kind: "count" }
  | {
      kind: "choice";
      name: string;
      by: "plural" | "selectordinal" | "select";
      offset: number;
      cases: Map<string, Node[]>;
    };

type Values = Record<string, unknown>;

const parsed = new Map<string, Node[]>();

/** Errors: throws a `SyntaxError` for a message that is not ICU; the locale files are checked by a test. */
export function formatMessage(message: string, values: Values, locale: string): string {
  if (!/[{'#]/.test(message)) return message;
  const known = parsed.get(message);
  const nodes = known ?? new Parser(message).message();
  if (known === undefined) parsed.set(message, nodes);
  return render(nodes, values, locale, null);
}

/** The plug-in for `i18next.use`. */
export const icu = {
  type: "i18nFormat" as const,
  name: "icu",
  init: () => undefined,
  parse: (message: unknown, values: Values, locale: string) =>
    typeof message === "string" ? formatMessage(message, values, locale) : message,
  addLookupKeys: (keys: string[]) => keys,
};

function render(nodes: readonly Node[], values: Values, locale: string, count: number | null): string {
  return nodes.map((node) => renderNode(node, values, locale, count)).join("");
}

function renderNode(node: Node, values: Values, locale: string, count: number | null): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "argument":
      return String(values[node.name] ?? "");
    case "number":
      return numberFormat(locale).format(Number(values[node.name]));
    case "count":
      return count === null ? "#" : numberFormat(locale).format(count);
    case "choice": {
      if (node.by === "select") {
        const chosen = node.cases.get(String(values[node.name])) ?? node.cases.get("other") ?? [];
        return render(chosen, values, locale, count);
      }
      const value = Number(values[node.name]);
      const shown = value - node.offset;
      const type = node.by === "plural" ? "cardinal" : "ordinal";
      const category = pluralRules(locale, { type }).select(shown);
      const chosen = node.cases.get(`=${value}`) ?? node.cases.get(category) ?? node.cases.get("other") ?? [];
      return render(chosen, values, locale, shown);
    }
  }
}

class Parser {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  message(): Node[] {
    const nodes = this.nodes(false);
    if (this.at < this.source.length) this.fail("unexpected }");
    return nodes;
  }

  private nodes(inChoice: boolean): Node[] {
    const nodes: Node[] = [];
    let text = "";
    const flush = () => {
      if (text !== "") nodes.push({ kind: "text", text });
      text = "";
    };
    while (this.at < this.source.length && this.source[this.at] !== "}") {
      const character = this.source[this.at] ?? "";
      if (character === "'") {
        text += this.quoted();
        continue;
      }
      this.at += 1;
      if (character === "{") {
        flush();
        nodes.push(this.placeholder());
      } else if (character === "#" && inChoice) {
        flush();
        nodes.push({ kind: "count" });
      } else text += character;
    }
    flush();
    return nodes;
  }

  /** `''` is an apostrophe; `'{…'` is literal up to the next apostrophe; any other apostrophe is itself. */
  private quoted(): string {
    const next = this.source[this.at + 1];
    if (next === "'") {
      this.at += 2;
      return "'";
    }
    if (next !== "{" && next !== "}") {
      this.at += 1;
      return "'";
    }
    const end = this.source.indexOf("'", this.at + 1);
    const until = end < 0 ? this.source.length : end;
    const text = this.source.slice(this.at + 1, until);
    this.at = until + 1;
    return text;
  }

  private placeholder(): Node {
    const name = this.word();
    if (this.take("}")) return { kind: "argument", name };
    this.expect(",");
    const by = this.word();
    if (by === "number") {
      this.expect("}");
      return { kind: "number", name };
    }
    if (by !== "plural" && by !== "selectordinal" && by !== "select") this.fail(`unknown form ${by}`);
    this.expect(",");
    return this.choice(name, by);
  }

  private choice(name: string, by: "plural" | "selectordinal" | "select"): Node {
    const cases = new Map<string, Node[]>();
    let offset = 0;
    while (!this.take("}")) {
      const selector = this.word();
      if (selector.startsWith("offset:")) {
        offset = Number(selector.slice("offset:".length));
        continue;
      }
      this.expect("{");
      cases.set(selector, this.nodes(by !== "select"));
      this.expect("}");
    }
    if (!cases.has("other")) this.fail(`${name} has no case "other"`);
    return { kind: "choice", name, by, offset, cases };
  }

  private word(): string {
    this.space();
    const found = /[^\s,{}]+/y;
    found.lastIndex = this.at;
    const match = found.exec(this.source);
    if (match === null) this.fail("a name is missing");
    this.at = found.lastIndex;
    this.space();
    return match[0];
  }

  private take(character: string): boolean {
    this.space();
    if (this.source[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private expect(character: string): void {
    if (!this.take(character)) this.fail(`${character} is missing`);
  }

  private space(): void {
    while (/\s/.test(this.source[this.at] ?? "")) this.at += 1;
  }

  private fail(why: string): never {
    throw new SyntaxError(`${why} at ${this.at} of «${this.source}»`);
  }
}
