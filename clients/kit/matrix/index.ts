/**
 * Matrix for the apps. This file is light: signing in is plain HTTP, the SDK and its crypto come with `startEngine`.
 */
import type { Engine, EngineOptions } from "./types.ts";

export type * from "./call/types.ts";
export { keepScreenOn } from "./call/wake-lock.ts";
export { deviceName } from "./device-name.ts";
export { forgetDocuments, forgetOtherDocuments } from "./documents/forget.ts";
export { type EndedBy, lastEnding, refreshSession, type SessionStore, sessionStore } from "./session.ts";
export { localpartOf, register, signIn, signOutRemotely } from "./sign-in.ts";
export { type EndOutcome, endSignIns, listSignIns, type SignInPlace } from "./sign-ins.ts";
export { Cell, type Readable } from "./store.ts";
export type * from "./types.ts";

/** Loads the SDK and crypto (a lazy chunk) and starts; resolves as soon as cached state can be shown. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { startMatrix } = await import("./engine.ts");
  return startMatrix(options);
}

/** Removes what a user's sign-in left on this device: it was ended from elsewhere, and nothing of it is to be read here. */
export async function forgetEverything(userId: string, deviceId: string): Promise<void> {
  const { forgetUser } = await import("./local-data.ts");
  await forgetUser(userId, deviceId);
}

/** Fetches the lazy chunk while a person reads the first screen. Resolves when it is there, or does not come. */
export async function preloadEngine(): Promise<void> {
  await import("./engine.ts").catch(() => undefined);
}
