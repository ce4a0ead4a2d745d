/** «Anna mentions you»: over the desk until it was looked at; pressing it opens the conversation with its notes. */
import type { Mention } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconNote } from "../../icons.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { sectionOf } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import classes from "./Notes.module.css";

/** More than this are one line that counts them. */
const SHOWN_MAX = 3;

function useUnseen(): Mention[] {
  const items = useReadable(useConsole().mentions.items);
  return [...items.values()].filter(({ seen_at }) => seen_at === null);
}

export function MentionLines() {
  const { t } = useTranslation();
  const unseen = useUnseen();
  const see = useSee();
  const open = useOpen(see);
  if (unseen.length === 0) return null;
  return (
    <ul className={classes.mentions} aria-label={t("notes.mentions")} aria-live="polite">
      {unseen.slice(0, SHOWN_MAX).map((mention) => (
        <li key={mention.id} className={classes.mentionLine}>
          <IconNote size={18} stroke={1.75} aria-hidden />
          <span>
            {t("notes.mentionsYou", { by: mention.by.name, patient: mention.patient.name })}{" "}
            <When at={mention.at} className={classes.when} />
          </span>
          <Button size="compact-sm" onClick={() => open(mention)}>
            {t("notes.openMention")}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => see(mention)}>
            {t("understood")}
          </Button>
        </li>
      ))}
      {unseen.length > SHOWN_MAX && (
        <li className={classes.mentionLine}>
          <span>{t("notes.moreMentions", { count: unseen.length - SHOWN_MAX })}</span>
        </li>
      )}
    </ul>
  );
}

function useSee(): (mention: Mention) => void {
  const { api, mentions } = useConsole();
  return useCallback(
    (mention) => {
      mentions.put({ ...mention, seen_at: new Date().toISOString() });
      // It stays unread where the service did not hear of it.
      api.notes.see(mention.id).then(
        (seen) => mentions.put(seen),
        () => mentions.put(mention),
      );
    },
    [api, mentions],
  );
}

/** The consultation where it is live, else the patient's card: both show the notes. */
function useOpen(see: (mention: Mention) => void): (mention: Mention) => void {
  const { me } = useConsole();
  const { rows } = useBoard();
  const { open } = useDesk();
  return (mention) => {
    const live = [...rows.values()].find(
      (row) => row.conversation_id === mention.conversation_id && row.ended_at === null,
    );
    const section = live === undefined ? null : sectionOf(live, me.operator?.id ?? null);
    if (live !== undefined && section !== null) open(live.id, section);
    else open(mention.patient.id, "patients");
    see(mention);
  };
}
