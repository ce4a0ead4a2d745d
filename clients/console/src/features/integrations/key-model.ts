/** Keys of partners' systems as values: how one stands, what a form sends. */
import type { ApiKey, ApiKeyPatch, ApiScope, NewApiKey } from "@consilium/kit/api";
import { dayStart } from "../../format.ts";

/** `state` of the address where the section shows keys. */
export const KEYS_STATE = "keys";

export type KeyStanding = "good" | "over" | "revoked";

export function keyStandingOf(key: Pick<ApiKey, "revoked_at" | "expires_at">, now: number): KeyStanding {
  if (key.revoked_at !== null) return "revoked";
  return key.expires_at !== null && Date.parse(key.expires_at) <= now ? "over" : "good";
}

/** Name of a scope's words; a colon would mean another file of words. */
export function scopeWords(scope: ApiScope): string {
  return `apiKeys.scope.${scope.replace(":", ".")}`;
}

export interface KeyForm {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** The last day on which it works, `YYYY-MM-DD`; empty: it has no end. */
  readonly lastDay: string;
}

export const EMPTY_KEY: KeyForm = { name: "", scopes: [], lastDay: "" };

export function keyFormOf(key: ApiKey): KeyForm {
  return {
    name: key.name,
    scopes: key.scopes,
    lastDay: key.expires_at === null ? "" : lastDayOf(key.expires_at),
  };
}

export type KeyFormErrors = Partial<Record<"name" | "scopes", string>>;

export function checkKeyForm(form: KeyForm): KeyFormErrors {
  const errors: KeyFormErrors = {};
  if (form.name.trim() === "") errors.name = "apiKeys.error.name";
  if (form.scopes.length === 0) errors.scopes = "apiKeys.error.scopes";
  return errors;
}

export function newKey(form: KeyForm): NewApiKey {
  const key = { name: form.name.trim(), scopes: [...form.scopes] };
  return form.lastDay === "" ? key : { ...key, expires_at: dayStart(form.lastDay, 1) };
}

export function keyPatch(key: ApiKey, form: KeyForm): ApiKeyPatch {
  const patch: ApiKeyPatch = {};
  if (form.name.trim() !== key.name) patch.name = form.name.trim();
  const isSame =
    form.scopes.length === key.scopes.length && form.scopes.every((each) => key.scopes.includes(each));
  if (!isSame) patch.scopes = [...form.scopes];
  if (form.lastDay !== keyFormOf(key).lastDay)
    patch.expires_at = form.lastDay === "" ? null : dayStart(form.lastDay, 1);
  return patch;
}

/** The day, here, on which a key works last: what ends at midnight ends with the day before. */
export function lastDayOf(expiresAt: string): string {
  const last = new Date(Date.parse(expiresAt) - 1);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${last.getFullYear()}-${two(last.getMonth() + 1)}-${two(last.getDate())}`;
}
