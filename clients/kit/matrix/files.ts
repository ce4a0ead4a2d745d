/** Files of the timeline: fetched with the token, decrypted in the browser, shared while somebody shows them. */
import { decryptAttachment } from "./attachment.ts";
import type { FileSource, Files, OpenedFile } from "./types.ts";

export interface FileGate {
  /** Address of the authenticated download of an mxc address. */
  httpUrl: (mxc: string) => string | null;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** What is kept on this device of an mxc address, in clear; `null`: nothing. */
  kept?: (mxc: string) => Promise<ArrayBuffer | null>;
}

interface Kept {
  blob: Promise<Blob>;
  users: number;
  abort: AbortController;
}

/** Types that a browser may draw or play from a `blob:` address; anything else is bytes, so that nothing runs as a page. */
const SHOWN_TYPES =
  /^(image\/(jpeg|png|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/;
/** Decrypted files kept after the last user let go, oldest out first. */
const KEEP_BYTES_MAX = 64_000_000;

export class RemoteFiles implements Files {
  private readonly gate: FileGate;
  private readonly kept = new Map<string, Kept>();
  private idle: { url: string; bytes: number }[] = [];

  constructor(gate: FileGate) {
    this.gate = gate;
  }

  async open(
    source: FileSource,
    onProgress?: (part: number) => void,
    signal?: AbortSignal,
  ): Promise<OpenedFile> {
    if (source.at === "local") return opened(source.blob, () => undefined);
    const url = addressOf(source);
    const entry = this.take(url, source, onProgress);
    const letGo = once(() => this.letGo(url, entry));
    signal?.addEventListener("abort", letGo);
    try {
      const blob = await entry.blob;
      signal?.throwIfAborted();
      return opened(blob, letGo);
    } catch (cause) {
      letGo();
      throw cause;
    }
  }

  /** Forgets everything decrypted. */
  clear(): void {
    for (const entry of this.kept.values()) entry.abort.abort();
    this.kept.clear();
    this.idle = [];
  }

  private take(
    url: string,
    source: FileSource & { at: "server" },
    onProgress?: (part: number) => void,
  ): Kept {
    this.idle = this.idle.filter((entry) => entry.url !== url);
    const known = this.kept.get(url);
    if (known !== undefined) {
      known.users += 1;
      return known;
    }
    const abort = new AbortController();
    const entry: Kept = { blob: this.fetchBlob(url, source, abort.signal, onProgress), users: 1, abort };
    entry.blob.catch(() => this.kept.get(url) === entry && this.kept.delete(url));
    this.kept.set(url, entry);
    return entry;
  }

  private letGo(url: string, entry: Kept): void {
    entry.users -= 1;
    if (entry.users > 0 || this.kept.get(url) !== entry) return;
    const settled = Symbol("pending");
    void Promise.race([entry.blob, Promise.resolve(settled)]).then(
      (outcome) => {
        if (entry.users > 0) return;
        if (outcome === settled) {
          this.kept.delete(url);
          entry.abort.abort();
        } else if (outcome instanceof Blob) this.keepIdle(url, outcome.size);
      },
      () => undefined,
    );
  }

  private keepIdle(url: string, bytes: number): void {
    this.idle.push({ url, bytes });
    let total = this.idle.reduce((sum, entry) => sum + entry.bytes, 0);
    while (total > KEEP_BYTES_MAX) {
      const oldest = this.idle.shift();
      if (oldest === undefined) return;
      total -= oldest.bytes;
      this.kept.delete(oldest.url);
    }
  }

  private async fetchBlob(
    url: string,
    source: FileSource & { at: "server" },
    signal: AbortSignal,
    onProgress?: (part: number) => void,
  ): Promise<Blob> {
    const kept = (await this.gate.kept?.(url)) ?? null;
    if (kept !== null) return new Blob([kept], { type: shownType(source.mimetype) });
    const http = this.gate.httpUrl(url);
    if (http === null) throw new Error("not a media address");
    const response = await this.gate.fetch(http, { signal });
    if (!response.ok) throw new Error(`media: ${response.status}`);
    const bytes = await readAll(response, onProgress);
    const plain = source.encrypted === null ? bytes : await decryptAttachment(bytes, source.encrypted);
    return new Blob([plain], { type: shownType(source.mimetype) });
  }
}

/** The mxc address of a file at the server. */
export function addressOf(source: FileSource & { at: "server" }): string {
  return source.encrypted?.url ?? source.url;
}

export function shownType(mimetype: string): string {
  const bare = (mimetype.split(";")[0] ?? "").trim().toLowerCase();
  return SHOWN_TYPES.test(bare) ? bare : "application/octet-stream";
}

async function readAll(response: Response, onProgress?: (part: number) => void): Promise<ArrayBuffer> {
  const total = Number(response.headers.get("content-length") ?? 0);
  if (response.body === null || onProgress === undefined || total === 0) return response.arrayBuffer();
  const reader = response.body.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    read += value.byteLength;
    onProgress(Math.min(1, read / total));
  }
  return new Blob(pieces).arrayBuffer();
}

function opened(blob: Blob, letGo: () => void): OpenedFile {
  const objectUrl = URL.createObjectURL(blob);
  const release = once(() => {
    URL.revokeObjectURL(objectUrl);
    letGo();
  });
  return { objectUrl, blob, release };
}

function once(task: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    task();
  };
}
