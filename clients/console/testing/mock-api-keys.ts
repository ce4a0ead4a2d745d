/** Keys of the pretend clinic: one in use, one that has expired, one that was revoked. */
import type { ApiKey, ApiKeys } from "@consilium/kit/api";

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

const SCOPES: ApiKeys["scope_types"] = [
  "patients:read",
  "patients:write",
  "patients:invite",
  "consultations:read",
  "records:read",
  "consultations:open",
  "callbacks:read",
  "callbacks:open",
];

const CRM: ApiKey = {
  id: "k-crm",
  name: "CRM",
  beginning: "csk_4f9c02be71",
  scopes: SCOPES,
  created_at: ago(40),
  expires_at: ago(-325),
  revoked_at: null,
  last_used_at: ago(0.02),
  last_used_from: "203.0.113.24",
};

const SITE: ApiKey = {
  ...CRM,
  id: "k-site",
  name: "demo-clinic.example",
  beginning: "csk_90ad3317c5",
  scopes: ["callbacks:open"],
  expires_at: ago(2),
  last_used_at: ago(2.1),
};

const OLD: ApiKey = {
  ...CRM,
  id: "k-old",
  name: "CRM",
  beginning: "csk_77e1b0d2aa",
  scopes: ["patients:read", "patients:write"],
  created_at: ago(200),
  expires_at: null,
  revoked_at: ago(40),
  last_used_at: null,
  last_used_from: null,
};

/** The answer of a route of keys. */
export function apiKeyAnswer(world: string, isNew: boolean): unknown {
  if (isNew) return { key: CRM, token: "csk_4f9c02be71_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo" };
  return { keys: world === "empty" ? [] : [CRM, SITE, OLD], scope_types: SCOPES };
}
