/** The audit log over `MockWorld`, as far as it is more than a list. */
import type { AuditProof } from "@consilium/kit/api";

/** Nobody has asked for a check of the audit log. */
export const UNCHECKED: AuditProof = {
  state: "never",
  by: null,
  started_at: null,
  ended_at: null,
  entries: 0,
  checked: 0,
  head: null,
  fault: null,
};
