/** What an operator sees before taking: nothing of the talk itself, which only opens to who takes it. */
import type { Answered, ConsultationRow } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconArrowBarUp, IconHeadset, IconLock, IconTransfer } from "../../icons.ts";
import type { ActionState } from "../../live/actions.ts";
import { useBoard } from "../../live/hooks.ts";
import { offerSeen } from "../../live/offers.ts";
import { whose } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Answers } from "../../ui/Answers.tsx";
import { Elapsed, When } from "../../ui/Elapsed.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { deviceWords, isTroubled } from "./device-words.ts";
import classes from "./QueueCard.module.css";

export interface QueueCardProps {
  row: ConsultationRow;
  /** What the patient answered when he asked; null: nothing, or it is on its way. */
  answers: Answered | null;
  action: ActionState | null;
}

export function QueueCard({ row, answers, action }: QueueCardProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const formats = useFormats();
  const queue = useBoard().queues.get(row.queue.id);
  const { age, sex, name, acting } = whose(row);
  const seen = offerSeen(row, {
    operatorId: me.operator?.id ?? null,
    isSupervisor: me.role === "supervisor",
  });
  return (
    <div className={classes.scroll} tabIndex={seen?.kind === "other" ? 0 : undefined}>
      <article className={classes.card} aria-label={t("queueCard.label")}>
        <div className={classes.wait}>
          <span className={classes.waitName}>{t("queueCard.waits")}</span>
          <Elapsed since={row.requested_at} className={classes.waitTime} />
          {row.priority > 0 && (
            <span className={classes.raised}>
              <IconArrowBarUp size={16} stroke={2} aria-hidden />
              {t("row.raised")}
            </span>
          )}
        </div>
        {seen !== null && (
          <p className={classes.offered} data-mine={seen.kind === "mine"} role="status">
            {seen.kind === "mine"
              ? t("queueCard.offeredMine")
              : seen.name === null
                ? t("queueCard.offered")
                : t("queueCard.offeredTo", { name: seen.name })}
          </p>
        )}
        {row.transfer !== null && (
          <section className={classes.transfer}>
            <h3>
              <IconTransfer size={16} stroke={1.75} aria-hidden />
              {t(row.transfer.cause === "lost" ? "queueCard.lost" : "queueCard.transferred", {
                name: row.transfer.from,
              })}
              <When at={row.transfer.at} className={classes.muted} />
            </h3>
            {row.transfer.cause === "lost" ? (
              <p>{t("queueCard.lostText")}</p>
            ) : (
              <p>{row.transfer.note === "" ? t("queueCard.noNote") : row.transfer.note}</p>
            )}
          </section>
        )}
        <Facts
          facts={[
            { name: t("queueCard.patient"), value: name },
            { name: t("queueCard.age"), value: age === null ? null : t("age", { count: age }) },
            { name: t("queueCard.sex"), value: sex === null ? null : t(`sex.${sex}`) },
            ...(acting === null
              ? []
              : [
                  {
                    name: t("persons.acting"),
                    value: [
                      acting.name,
                      acting.relationship && t(`persons.relationship.${acting.relationship}`),
                    ]
                      .filter(Boolean)
                      .join(", "),
                  },
                ]),
            { name: t("queueCard.service"), value: row.queue.name },
            ...(queue === undefined
              ? []
              : [
                  {
                    name: t("queueCard.price"),
                    value: queue.price === null ? t("queueCard.free") : formats.money(queue.price),
                  },
                ]),
            {
              name: t("queueCard.language"),
              value: row.language === null ? null : languageName(row.language),
            },
            { name: t("queueCard.asked"), value: <When at={row.requested_at} /> },
            { name: t("queueCard.place"), value: row.waiting === null ? null : String(row.waiting.place) },
            {
              name: t("queueCard.messages"),
              value: row.message_count > 0 ? String(row.message_count) : null,
            },
            {
              name: t("queueCard.previous"),
              value: row.previous_operator?.name ?? t("queueCard.noPrevious"),
            },
          ]}
        />
        <DeviceTest check={row.device_check} />
        {answers !== null && <Answers answers={answers} />}
        <CommandButton
          id="consultation.take"
          size="md"
          fullWidth
          icon={<IconHeadset size={20} stroke={1.75} />}
          loading={action?.status === "busy" && action.verb === "take"}
        />
        <p className={classes.sealed}>
          <IconLock size={16} stroke={1.75} aria-hidden />
          {t("queueCard.sealed")}
        </p>
      </article>
    </div>
  );
}

/** Whether a call is worth trying, as far as the patient has tested it. */
function DeviceTest({ check }: { check: ConsultationRow["device_check"] }) {
  const { t } = useTranslation();
  return (
    <p className={classes.device} data-troubled={check !== null && isTroubled(check)}>
      <IconHeadset size={16} stroke={1.75} aria-hidden />
      {check === null ? (
        t("queueCard.device.none")
      ) : (
        <span>
          {deviceWords(check, t)} <When at={check.checked_at} className={classes.muted} />
        </span>
      )}
    </p>
  );
}
