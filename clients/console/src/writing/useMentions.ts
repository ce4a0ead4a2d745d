/** Colleagues behind an `@`, for any field in which staff writes for staff. */
import type { SuggestSource } from "@consilium/kit/ui";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Colleague, suggested } from "./mentions.ts";

export function useMentions(colleagues: readonly Colleague[]): SuggestSource {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      label: t("notes.suggest"),
      trigger: "@",
      spaces: 1,
      find: (word: string) =>
        suggested(word, colleagues).map(({ id, name, title }) => ({
          id,
          label: name,
          ...(title === null ? {} : { about: title }),
        })),
      insert: (id: string) => ({ text: `@${colleagues.find((one) => one.id === id)?.name ?? ""} ` }),
    }),
    [t, colleagues],
  );
}
