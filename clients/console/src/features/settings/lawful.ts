/** What can be seen to be wrong with the texts of the partner's lawyer: the call-back form, documents, consents, times of keeping. No React. */
import type { Consents, Form, Legal, Retention } from "./model.ts";
import { isBlank, missing } from "./needed.ts";

const YEARS_MAX = 100;
const DAYS_MAX = 36_500;

type Found = Map<string, string>;

export function wrongForm({ form }: Form, languages: readonly string[], wrong: Found): void {
  if (form === null) return;
  missing("form.consent", form.consent, languages, wrong);
  if (isBlank(form.consent_version)) wrong.set("form.consent_version", "needed");
  if (form.origins.length === 0) wrong.set("form.origins", "oneOrigin");
  else if (!form.origins.every(isOrigin)) wrong.set("form.origins", "origin");
}

/** Scheme and host, and a port where it is not the usual one; no path. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[^\s/?#@]+$/i.test(text);
}

export function wrongLegal({ documents }: Legal, languages: readonly string[], wrong: Found): void {
  for (const { id, title, version, texts } of documents) {
    missing(`documents.${id}.title`, title, languages, wrong);
    if (isBlank(version)) wrong.set(`documents.${id}.version`, "needed");
    if (texts !== null && texts !== undefined) missing(`documents.${id}.texts`, texts, languages, wrong);
  }
}

export function wrongConsents({ consents }: Consents, languages: readonly string[], wrong: Found): void {
  for (const { id, title, summary, text, required, asked } of consents) {
    missing(`consents.${id}.title`, title, languages, wrong);
    missing(`consents.${id}.summary`, summary, languages, wrong);
    missing(`consents.${id}.text`, text, languages, wrong);
    if (required && asked === "profile") wrong.set(`consents.${id}.asked`, "requiredFirst");
  }
}

export function wrongRetention({ classes }: Retention, languages: readonly string[], wrong: Found): void {
  for (const { id, name, keep_years: years, keep_days: days } of classes) {
    missing(`classes.${id}.name`, name, languages, wrong);
    const [length, most] = typeof years === "number" ? [years, YEARS_MAX] : [days ?? 0, DAYS_MAX];
    if (!(length >= 1 && length <= most)) wrong.set(`classes.${id}.keep`, "keepTime");
  }
}
