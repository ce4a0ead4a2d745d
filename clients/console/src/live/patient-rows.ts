/**
 * What the stream said of rows of the table of patients: laid over the pages that were loaded, so that a change costs one small event in each console and no page.
 *
 * A page may be on its way while a row changes, so what was told always wins over what was loaded; the two agree as soon as both are here.
 */
import type { PatientChanged, PatientRow } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";

export interface ToldRows {
  /** Counts the times when what was told before was given up: pages of before are loaded again. */
  readonly epoch: number;
  /** By card; null: it is in no list any more. */
  readonly changed: ReadonlyMap<string, PatientRow | null>;
}

const NOTHING: ReadonlyMap<string, PatientRow | null> = new Map();

/** Told at most this often: a burst is one rendering. */
const BUNDLE_MS = 60;
/** More rows than the table shows at all. */
const CHANGED_MAX = 10_000;
/** When so many changed, consoles load their tables again one after the other. */
const SPREAD_MS = 60_000;

export class PatientRows {
  readonly state = new Cell<ToldRows>({ epoch: 0, changed: NOTHING });
  private queued: PatientChanged[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private anew: ReturnType<typeof setTimeout> | null = null;
  private readonly random: () => number;

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  hear(changed: PatientChanged): void {
    this.queued.push(changed);
    this.timer ??= setTimeout(() => this.flush(), BUNDLE_MS);
  }

  /** Something may have been missed: whoever shows the table loads it again. */
  begin(): void {
    this.stop();
    this.state.set({ epoch: this.state.get().epoch + 1, changed: NOTHING });
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.anew !== null) clearTimeout(this.anew);
    this.timer = null;
    this.anew = null;
    this.queued = [];
  }

  private flush(): void {
    this.timer = null;
    const { epoch, changed } = this.state.get();
    const next = new Map(changed);
    for (const { patient_id: id, patient } of this.queued) next.set(id, patient);
    this.queued = [];
    this.state.set({ epoch, changed: next });
    if (next.size > CHANGED_MAX) this.anew ??= setTimeout(() => this.begin(), this.random() * SPREAD_MS);
  }
}

/** Loaded rows as they stand now; one that is new stands at the end where `adds` says that it belongs to the list. */
export function withChanges(
  rows: readonly PatientRow[],
  changed: ToldRows["changed"],
  adds: (row: PatientRow) => boolean = () => true,
): readonly PatientRow[] {
  if (changed.size === 0) return rows;
  const known = new Set<string>();
  const now: PatientRow[] = [];
  for (const row of rows) {
    known.add(row.id);
    const told = changed.get(row.id);
    if (told === undefined) now.push(row);
    else if (told !== null) now.push(told);
  }
  for (const [id, row] of changed) if (row !== null && !known.has(id) && adds(row)) now.push(row);
  return now;
}
