/** What the service answers a desk that opens in tests: one queue, one operator, nothing that waits, unless a test says otherwise. */
import type { Operator, Queue } from "@consilium/kit/api";
import type { Answers } from "@consilium/kit/testing";
import { operator, queue } from "./rows.ts";

interface Board {
  readonly rows?: readonly unknown[];
  readonly callbacks?: readonly unknown[];
  readonly queues?: readonly Queue[];
  readonly operators?: readonly Operator[];
}

/** A list that has but one page. */
export function pageOf(items: readonly unknown[]) {
  return { items, next_cursor: null, total: items.length };
}

/** For a table of answers. */
export function boardAnswers(board: Board = {}): Answers {
  const { rows = [], callbacks = [] } = board;
  const { queues = [queue({ id: "q1" })], operators = [operator({ id: "o1" })] } = board;
  return {
    "GET /_consilium/v1/consultations": { body: pageOf(rows) },
    "GET /_consilium/v1/queues": { body: { queues } },
    "GET /_consilium/v1/operators": { body: { operators } },
    "GET /_consilium/v1/callbacks": { body: pageOf(callbacks) },
  };
}

/** For a service that a test answers by itself: what it answers to everything else, all lists in one. */
export function emptyBoard(more: object = {}): Response {
  return Response.json({ ...pageOf([]), queues: [queue({ id: "q1" })], operators: [], ...more });
}

/** What is asked for, without the beginning that all addresses of the service have. */
export function pathOf({ url }: Request): string {
  return new URL(url).pathname.replace("/_consilium/v1", "");
}
