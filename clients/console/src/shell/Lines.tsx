/** Lines over the desk that say what happened and wait for somebody: alarms, what is due, late, returned or in vain. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAttention } from "../attention/AttentionContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { DueLines } from "../features/follow-up/index.ts";
import { WebhookTrouble } from "../features/integrations/index.ts";
import { MentionLines } from "../features/note/index.ts";
import { InVainLines } from "../features/queue-invitation/index.ts";
import { RuleAlarms } from "../features/rules/index.ts";
import { ReturnedLines } from "../features/status/index.ts";
import { IconAlertTriangle } from "../icons.ts";
import { isQueueSection } from "../live/sections.ts";
import classes from "./Desk.module.css";

export function Lines() {
  return (
    <>
      <RuleAlarms className={classes.banner} buttonsClassName={classes.bannerButtons} />
      <ReturnedLines className={classes.banner} buttonsClassName={classes.bannerButtons} />
      <InVainLines className={classes.banner} buttonsClassName={classes.bannerButtons} />
      <MentionLines />
      <DueLines />
      <Overdue />
      <Late />
      <WebhookTrouble className={classes.banner} buttonsClassName={classes.bannerButtons} />
    </>
  );
}

/** Call-backs that nobody made in time: said to supervisors until one has looked. */
function Overdue() {
  const { t } = useTranslation();
  const { attention, acknowledgeOverdue } = useAttention();
  const { goSection, place } = useDesk();
  const count = attention.overdue.size;
  if (count === 0 || place.section === "callbacks") return null;
  return (
    <p className={classes.banner} data-tone="warning" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>{t("callbacks.overdueBanner", { count })}</span>
      <span className={classes.bannerButtons}>
        <Button size="compact-sm" variant="default" onClick={() => goSection("callbacks")}>
          {t("callbacks.overdueShow")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={acknowledgeOverdue}>
          {t("understood")}
        </Button>
      </span>
    </p>
  );
}

/** Consultations that are later than is promised: the same. */
function Late() {
  const { t } = useTranslation();
  const { attention, acknowledgeLate } = useAttention();
  const { goSection, place } = useDesk();
  const count = attention.late.size;
  // What is not taken in time waits; what is not answered or closed in time is led by somebody.
  const waits = [...attention.late].some((key) => key.includes("|wait|"));
  if (count === 0 || isQueueSection(place.section)) return null;
  return (
    <p className={classes.banner} data-tone="warning" role="alert">
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
      <span>{t("sla.banner", { count })}</span>
      <span className={classes.bannerButtons}>
        <Button size="compact-sm" variant="default" onClick={() => goSection(waits ? "waiting" : "active")}>
          {t("sla.show")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={acknowledgeLate}>
          {t("understood")}
        </Button>
      </span>
    </p>
  );
}
