/** Macros behind `/` in the composer: chosen, their preview opens. */
import type { ConsultationRow } from "@consilium/kit/api";
import type { Suggestion } from "@consilium/kit/ui";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useReadable } from "../../live/hooks.ts";
import { doingsOf, macrosFor } from "../../live/macros.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

/** What a list of suggestions shows at once. */
const OFFERED_MAX = 8;

/** Finds macros for the consultation by a word. */
export function useMacroSuggestions(row: ConsultationRow): (word: string) => Suggestion[] {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const macros = useReadable(useConsole().macros.items);
  const { id: consultationId } = row;
  const { id: queueId } = row.queue;
  return useCallback(
    (word) =>
      macrosFor(macros.values(), queueId, word)
        .slice(0, OFFERED_MAX)
        .map(({ id, content }) => ({
          id,
          label: content.title,
          about: t("macros.about", {
            word: content.shortcut,
            does: doingsOf(content)
              .map(({ kind }) => t(`macros.short.${kind}`))
              .join(", "),
          }),
          act: () => dialog.set({ kind: "macro", consultationId, macroId: id }),
        })),
    [t, dialog, macros, consultationId, queueId],
  );
}
