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
import { filled, firstGap, firstLine, type Labels, offered, type Values } from "./model.ts";

export function useLabels(): Labels {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      "patient.name": t("canned.placeholder.patient_name"),
      "operator.name": t("canned.placeholder.operator_name"),
      "queue.name": t("canned.placeholder.queue_name"),
    }),
    [t],
  );
}

export function useWriting(
  row: ConsultationRow,
): Pick<ConversationPaneProps, "suggest" | "unfinished" | "composerExtra"> {
  const { t } = useTranslation();
  const { me, canned } = useConsole();
  const language = useLocale();
  const labels = useLabels();
  const replies = useReadable(canned.items);
  const { name: patient } = row.patient;
  const { id: queueId, name: queue } = row.queue;
  const operator = me.operator?.name ?? me.name;
  return useMemo(() => {
    const values: Values = { "patient.name": patient, "operator.name": operator, "queue.name": queue };
    return {
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
    };
  }, [t, replies, queueId, language, patient, operator, queue, labels]);
}
