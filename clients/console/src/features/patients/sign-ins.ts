/** Why staff signs a patient out somewhere. Plain functions. */
import type { Me, SignOutReason } from "@consilium/kit/api";

const AT_PATIENTS_WORD: readonly SignOutReason[] = ["lost", "not_theirs", "asked"];

/** Without the patient’s word it is a supervisor’s. */
export function reasonsOf(role: Me["role"]): readonly SignOutReason[] {
  return role === "supervisor" ? [...AT_PATIENTS_WORD, "precaution"] : AT_PATIENTS_WORD;
}
