/** «Keep on this device»: files that open without a network. Sealed as long as they lie, opened in memory only. */
import { Cell } from "../store.ts";
import type { DocumentPart } from "../types.ts";
import type { DocumentsDatabase } from "./database.ts";
import { type Seal, type Sealed, sealOf } from "./seal.ts";

/** All kept files together: a phone has other things to keep. */
export const KEPT_BYTES_MAX = 500_000_000;

export class KeptFiles {
  /** What each kept document takes, in bytes. */
  readonly sizes = new Cell<ReadonlyMap<string, number>>(new Map());
  private readonly database: DocumentsDatabase;
  private seal: Promise<Seal> | null = null;
  private loading: Promise<void> | null = null;
  /** One change at a time: what was counted is what lies there. */
  private turns: Promise<unknown> = Promise.resolve();

  constructor(database: DocumentsDatabase) {
    this.database = database;
  }

  load(): Promise<void> {
    this.loading ??= this.database.kept
      .toArray()
      .then((rows) => this.sizes.set(new Map(rows.map(({ id, sizeBytes }) => [id, sizeBytes]))));
    return this.loading;
  }

  /** The file at this address in clear; `null`: it is not kept, or cannot be read any more. */
  async bytes(url: string): Promise<ArrayBuffer | null> {
    try {
      const row = await this.database.keptBytes.get(url);
      return row === undefined ? null : await (await this.sealed()).open(row.sealed, url);
    } catch {
      return null;
    }
  }

  /** `full`: there is no room for it here. Everything is kept, or nothing. */
  keep(id: string, parts: readonly DocumentPart[]): Promise<"kept" | "full"> {
    return this.inTurn(async () => {
      const seal = await this.sealed();
      const rows = await Promise.all(
        parts.map(async ({ url, bytes }) => ({ url, sealed: await seal.close(bytes, url) })),
      );
      const sizeBytes = rows.reduce((sum, { sealed }) => sum + sizeOf(sealed), 0);
      if (this.total() + sizeBytes > KEPT_BYTES_MAX) return "full";
      const { kept, keptBytes } = this.database;
      try {
        await this.database.transaction("rw", kept, keptBytes, async () => {
          await keptBytes.bulkPut(rows);
          await kept.put({ id, urls: rows.map(({ url }) => url), sizeBytes });
        });
      } catch (cause) {
        if (isFull(cause)) return "full";
        throw cause;
      }
      this.sizes.set(new Map(this.sizes.get()).set(id, sizeBytes));
      return "kept";
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.inTurn(() => this.removeNow(ids));
  }

  removeAll(): Promise<void> {
    return this.inTurn(() => this.removeNow([...this.sizes.get().keys()]));
  }

  /** A file that another kept document shows too (it was sent twice) stays. */
  private async removeNow(ids: readonly string[]): Promise<void> {
    const { kept, keptBytes } = this.database;
    await this.database.transaction("rw", kept, keptBytes, async () => {
      const rows = await kept.bulkGet([...ids]);
      await kept.bulkDelete([...ids]);
      const shared = new Set((await kept.toArray()).flatMap(({ urls }) => urls));
      const urls = rows.flatMap((row) => row?.urls ?? []);
      await keptBytes.bulkDelete(urls.filter((url) => !shared.has(url)));
    });
    const rest = new Map(this.sizes.get());
    for (const id of ids) rest.delete(id);
    this.sizes.set(rest);
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(() => this.load()).then(change);
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  private total(): number {
    return [...this.sizes.get().values()].reduce((sum, size) => sum + size, 0);
  }

  private sealed(): Promise<Seal> {
    this.seal ??= sealOf(this.database);
    return this.seal;
  }
}

const sizeOf = ({ iv, cipher }: Sealed): number => iv.byteLength + cipher.byteLength;

/** The browser's own limit, by whichever of its names. */
function isFull(cause: unknown): boolean {
  const { name, inner } = cause as { name?: unknown; inner?: { name?: unknown } };
  return name === "QuotaExceededError" || inner?.name === "QuotaExceededError";
}
