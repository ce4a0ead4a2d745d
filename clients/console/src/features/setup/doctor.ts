/** What was found of the installation, as values: the worst first, and as a text to send to who helps. */
import type { DoctorFinding, DoctorLevel, DoctorReport } from "@consilium/kit/api";

const LEVELS = ["broken", "warning", "hint", "fine"] as const satisfies readonly DoctorLevel[];

/** What is known by a name of its own; another build may look at more. */
export const CHECKS = [
  "configuration",
  "secrets",
  "brand",
  "data",
  "disk",
  "key",
  "process",
  "store",
  "listeners",
  "schema",
  "archive",
  "notary",
  "origins",
  "certificate",
  "calls",
  "webhook",
  "media_ports",
  "media_relay",
  "clock",
  "open_files",
  "apps",
  "backups",
] as const;
export type Check = (typeof CHECKS)[number];

/** The name of a check among the words; null: it has none here. */
export function checkOf(check: string): Check | null {
  const word = check.replace(/[- ]/g, "_");
  return CHECKS.find((known) => known === word) ?? null;
}

/** What does not work first, what is fine last; each as the server has them. */
export function worstFirst(findings: readonly DoctorFinding[]): DoctorFinding[] {
  return LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));
}

export function countOf(findings: readonly DoctorFinding[], level: DoctorLevel): number {
  return findings.filter((finding) => finding.level === level).length;
}

/** All of it in the words of `consilium doctor`, in its order; what the server gives holds no secret. */
export function reportText({ version, ended_at: at, findings }: DoctorReport): string {
  const lines = findings.flatMap(({ check, level, says, remedy }) => [
    `${level === "broken" ? "BROKEN" : level} ${check}: ${says}`,
    ...(remedy === null ? [] : [`  → ${remedy}`]),
  ]);
  return [`Consilium ${version}, ${at ?? "not looked at"}`, "", ...lines, ""].join("\n");
}
