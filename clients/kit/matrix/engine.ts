/** The client proper: SDK, crypto, outbox. The only entry of the lazy chunk. */
import type { Engine, EngineOptions } from "./types.ts";

export async function startMatrix(_options: EngineOptions): Promise<Engine> {
  throw new Error("not built yet");
}
