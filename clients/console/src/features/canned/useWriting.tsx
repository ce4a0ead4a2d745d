/** What helps to write to a patient: `/` offers canned replies, and a text with a gap is not sent. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import type { ConversationPaneProps } from "@consilium/kit/ui";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CommandIcon } from "../../commands/CommandButton.tsx";
import { IconBolt } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { filled, firstGap, firstLine } from "../../writing/placeholders.ts";
import { useLabels, useValues } from "../../writing/usePlaceholders.ts";
import { offered } from "./model.ts";

export function useWriting(
  row: ConsultationRow,
): Pick<ConversationPaneProps, "suggest" | "unfinished" | "composerExtra"> {
  const { t } = useTranslation();
  const { canned } = useConsole();
  const language = useLocale();
  const labels = useLabels();
  const values = useValues(row);
  const replies = useReadable(canned.items);
  const { id: queueId } = row.queue;
  return useMemo(
    () => ({
      suggest: {
        label: t("canned.suggest"),
        trigger: "/",
        find: (word) =>
          offered(replies.values(), { queueId, language, word }).map(({ id, title, shortcut, text }) => ({
            id,
            label: title,
            about: `/${shortcut} · ${firstLine(text)}`,
          })),
        insert: (id) => filled(replies.get(id)?.text ?? "", values, labels),
      },
      unfinished: (text) => {
        const gap = firstGap(text, labels);
        return gap === null ? null : t("canned.fillIn", { gap });
      },
      composerExtra: <CommandIcon id="desk.canned" icon={<IconBolt size={20} stroke={1.75} />} />,
    }),
    [t, replies, queueId, language, values, labels],
  );
}
