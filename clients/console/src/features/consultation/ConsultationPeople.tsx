/** Who takes part in a consultation, in its card: as what, since when, and out again. Nothing while the lead is alone. */
import type { ConsultationRow } from "@consilium/kit/api";
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { IconDoorExit } from "../../icons.ts";
import { useActionState } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { AskedQueue, useAsked } from "./AskedQueue.tsx";
import classes from "./ConsultationHistory.module.css";
import { mayDismiss } from "./model.ts";

export function ConsultationPeople({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { me, actions } = useConsole();
  const { run } = useCommands();
  const action = useActionState(row.id);
  const asked = useAsked(row.id);
  if (row.participants.length < 2 && asked.length === 0) return null;
  const mine = me.operator?.id ?? null;
  return (
    <section className={classes.history} aria-label={t("people.label")}>
      <h3 className={classes.title}>{t("people.label")}</h3>
      <ul className={classes.entries}>
        {row.participants.map((participant) => {
          const { operator_id: id, name, role, joined_at: since, invited_by: by } = participant;
          const leaves = id === mine;
          return (
            <li key={id} className={classes.entry}>
              <span className={classes.line}>
                <span>{name}</span>
                {mayDismiss(row, participant, mine, me.role) && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    disabled={action?.status === "busy"}
                    aria-label={leaves ? t("command.leaveConsultation") : t("people.dismiss", { name })}
                    title={leaves ? t("command.leaveConsultation") : t("people.dismiss", { name })}
                    onClick={() => (leaves ? run("consultation.leave") : void actions.sendOut(row.id, id))}
                  >
                    <IconDoorExit size={16} stroke={1.75} />
                  </ActionIcon>
                )}
              </span>
              <span className={classes.quiet}>
                {t(`participantRole.${role}`)} · <When at={since} />
                {by !== null && by.id !== id && ` · ${t("people.invitedBy", { name: by.name })}`}
              </span>
            </li>
          );
        })}
        {asked.map((invitation) => (
          <AskedQueue key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}
