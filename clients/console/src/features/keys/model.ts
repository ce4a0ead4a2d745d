/** The steps of setting keys up, as plain transitions. */
import type { RecoveryState, SetUpResult } from "@consilium/kit/matrix";

export type KeysStep =
  | { readonly step: "explain"; readonly failure: SetUpFailure | null }
  | { readonly step: "working" }
  | { readonly step: "show"; readonly recoveryKey: string }
  | { readonly step: "unlock"; readonly failure: "wrong-key" | "failed" | null }
  | { readonly step: "replace"; readonly failure: SetUpFailure | null }
  | { readonly step: "done" };

export type SetUpFailure = Extract<SetUpResult, { ok: false }>["reason"];

export function firstStep(state: RecoveryState): KeysStep {
  if (state === "locked") return { step: "unlock", failure: null };
  if (state === "ready") return { step: "done" };
  return { step: "explain", failure: null };
}

export function afterSetUp(from: "explain" | "replace", result: SetUpResult): KeysStep {
  return result.ok
    ? { step: "show", recoveryKey: result.recoveryKey }
    : { step: from, failure: result.reason };
}

export function afterUnlock(result: "unlocked" | "wrong-key" | "failed"): KeysStep {
  return result === "unlocked" ? { step: "done" } : { step: "unlock", failure: result };
}

/** A recovery key as it is written down: groups of four, whatever way it came or was typed. */
export function grouped(key: string): string[] {
  return key.replaceAll(/\s/g, "").match(/.{1,4}/g) ?? [];
}
