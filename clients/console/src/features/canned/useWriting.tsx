/** What helps to write to a patient: `/` offers canned replies, whose files stand beside the draft, and a text with a gap is not sent. */
import type { Canned, ConsultationRow } from "@consilium/kit/api";
import { useBrand, useLocale } from "@consilium/kit/brand";
import type { ConversationPaneProps } from "@consilium/kit/ui";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CommandIcon } from "../../commands/CommandButton.tsx";
import { IconBolt } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { filled, firstGap, firstLine } from "../../writing/placeholders.ts";
import { useLabels, useValues } from "../../writing/usePlaceholders.ts";
import { filesOf, offered } from "./model.ts";

export function useWriting(
  row: ConsultationRow,
): Pick<ConversationPaneProps, "suggest" | "unfinished" | "composerExtra"> {
  const { t } = useTranslation();
  const { canned, api } = useConsole();
  const { features } = useBrand();
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
        find: (word) => {
          const about = { queueId, language, word, sendsFiles: features.attachments };
          return offered(replies.values(), about).map((reply) => ({
            id: reply.id,
            label: reply.title,
            about: aboutOf(reply, t),
          }));
        },
        insert: (id) => {
          const reply = replies.get(id);
          const text = filled(reply?.text ?? "", values, labels);
          if (reply === undefined || reply.files.length === 0 || !features.attachments) return text;
          const names = reply.files.map(({ name }) => name);
          return { ...text, files: { names, bring: () => filesOf(reply, api.deskFiles) } };
        },
      },
      unfinished: (text) => {
        const gap = firstGap(text, labels);
        return gap === null ? null : t("canned.fillIn", { gap });
      },
      composerExtra: <CommandIcon id="desk.canned" icon={<IconBolt size={20} stroke={1.75} />} />,
    }),
    [t, api, features.attachments, replies, queueId, language, values, labels],
  );
}

/** «/prices · Here is what it costs · 2 files» */
function aboutOf({ shortcut, text, files }: Canned, t: TFunction): string {
  const many = files.length === 0 ? [] : [t("canned.withFiles", { count: files.length })];
  return [`/${shortcut}`, ...(text === "" ? [] : [firstLine(text)]), ...many].join(" · ");
}
