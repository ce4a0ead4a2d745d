/** A pretend consultation API: `fetch` answered from a table. */
import type { ProblemSlug } from "../api/index.ts";

export type Answer = { status?: number; body: unknown; delayMs?: number } | "offline" | "never";
/** Keys are `METHOD /path` without a query; a value may be made at each call. */
export type Answers = Record<string, Answer | ((body: unknown) => Answer)>;

/** Replaces `fetch` for the paths of the table; anything else goes on as before. Returns what undoes it. */
export function pretendFetch(answers: Answers): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const key = `${init.method ?? "GET"} ${url.pathname}`;
    const found = answers[key];
    if (found === undefined)
      return url.pathname.startsWith("/_") ? Response.json({}, { status: 404 }) : real(input, init);
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : null;
    const answer = typeof found === "function" ? found(body) : found;
    if (answer === "offline") throw new TypeError("Failed to fetch");
    if (answer === "never") return new Promise<Response>(() => undefined);
    if (answer.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
    if (answer.status === 204) return new Response(null, { status: 204 });
    return Response.json(answer.body, { status: answer.status ?? 200 });
  };
  return () => {
    globalThis.fetch = real;
  };
}

/** What the service answers where it refuses; `more`: members of the problem. */
export function refusal(slug: ProblemSlug, status: number, more: object = {}) {
  return { status, body: { type: `urn:consilium:problem:${slug}`, title: slug, status, ...more } };
}
