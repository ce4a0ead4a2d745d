/**
 * Parts of a page that come after its frame. A part is fetched when it is wanted, or while the page is idle; from then on it is shown at once, like any
 * other component. What did not come is said, and asked for again: by a press, when the network is back, and by `fetchParts`.
 */
import { type ComponentType, type ReactNode, useEffect } from "react";
import { Cell, type Readable } from "../matrix/store.ts";
import { fetched } from "./later.ts";
import { healStyles } from "./styles.ts";
import { useReadable } from "./useReadable.ts";

type Coming<P> =
  | { readonly is: "unasked" | "coming" }
  | { readonly is: "there"; readonly Part: ComponentType<P> }
  | { readonly is: "failed"; readonly problem: unknown };

interface PartLooks {
  /** Until it is there. Left out: nothing, for what lies over the page. */
  readonly waiting?: ReactNode;
  /** In its place where it did not come. Left out: it counts among the `missingParts`. */
  readonly failed?: (problem: unknown, again: () => void) => ReactNode;
}

type Ask = () => Promise<void>;

/** All of them, in the order in which they are wanted. */
const parts: Ask[] = [];
const missing = new Cell<ReadonlySet<Ask>>(new Set());

/** Parts that have no place in which to say that they did not come. */
export const missingParts: Readable<ReadonlySet<Ask>> = missing;

class LaterPart<P extends object> {
  readonly state = new Cell<Coming<P>>({ is: "unasked" });
  private asked: Promise<void> | null = null;

  constructor(
    private readonly load: () => Promise<ComponentType<P>>,
    readonly looks: PartLooks,
  ) {}

  /** Errors: why it did not come, which is in the state, too. */
  readonly ask: Ask = () => {
    this.asked ??= this.fetch().finally(() => {
      this.asked = null;
    });
    return this.asked;
  };

  readonly want = (): void => void this.ask().catch(() => undefined);

  private async fetch(): Promise<void> {
    const { is } = this.state.get();
    if (is === "there") return;
    if (is === "unasked") this.state.set({ is: "coming" });
    try {
      this.state.set({ is: "there", Part: await this.load() });
    } catch (problem) {
      healStyles();
      this.state.set({ is: "failed", problem });
      throw problem;
    }
  }
}

/** A component that comes later. Made once, beside the others of its kind. */
export function laterPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  looks: PartLooks = {},
): (props: P) => ReactNode {
  const part = new LaterPart(load, looks);
  parts.push(part.ask);
  return (props) => <Shown part={part} props={props} />;
}

function Shown<P extends object>({ part, props }: { part: LaterPart<P>; props: P }) {
  const { state, looks, ask, want } = part;
  const now = useReadable(state);
  const isSilent = looks.failed === undefined;
  useEffect(want, [want]);
  useEffect(() => {
    if (now.is !== "failed") return;
    window.addEventListener("online", want);
    if (isSilent) missing.set(new Set([...missing.get(), ask]));
    return () => {
      window.removeEventListener("online", want);
      missing.set(new Set([...missing.get()].filter((other) => other !== ask)));
    };
  }, [now.is, want, ask, isSilent]);
  if (now.is === "there") return <now.Part {...props} />;
  return now.is === "failed" ? looks.failed?.(now.problem, want) : looks.waiting;
}

/**
 * Fetches all that is not there yet, one after the other whenever the page is idle, until it is: nobody waits for a part, and a lost network takes
 * none away. Parts of parts follow.
 */
export async function fetchParts(): Promise<void> {
  for (const ask of parts) {
    // One that does not come keeps the others from nothing.
    await ask().catch(() => void fetched(ask, Number.POSITIVE_INFINITY));
    await idle();
  }
}

function idle(): Promise<void> {
  const wait = globalThis.requestIdleCallback ?? ((task: () => void) => setTimeout(task, 200));
  return new Promise((done) => wait(() => done()));
}
