/** What the sender of a message is called. */
import type { TFunction } from "i18next";
import type { Person } from "../matrix/types.ts";

/** The clinic is called in the reader's language, whatever its account is called. */
export function senderName({ kind, name }: Person, t: TFunction<"kit">): string {
  return kind === "keeper" ? t("message.clinic") : name;
}
