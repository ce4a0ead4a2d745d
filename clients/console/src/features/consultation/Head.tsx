/** Name, age, service and running time of a consultation, and what may be done with it. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CommandButton, CommandIcon } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { secondsSince } from "../../format.ts";
import {
  IconArrowLeft,
  IconCircleCheck,
  IconLayoutSidebarRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconTransfer,
} from "../../icons.ts";
import { useActionState } from "../../live/hooks.ts";
import { Elapsed } from "../../ui/Elapsed.tsx";
import classes from "./Head.module.css";
import { type PaneKind, spanOf } from "./model.ts";

export function Head({ row, kind }: { row: ConsultationRow; kind: PaneKind }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const { age, sex, name } = row.patient;
  const directs = kind === "talk" || kind === "elsewhere";
  const about = [
    age === null ? null : t("age", { count: age }),
    sex === null ? null : t(`sex.${sex}`),
  ].filter((part) => part !== null);
  return (
    <header className={classes.head}>
      <div className={classes.who}>
        <ActionIcon
          className={classes.back}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("back")}
          onClick={() => open(null)}
        >
          <IconArrowLeft size={20} stroke={1.75} />
        </ActionIcon>
        <div className={classes.names}>
          <h2 className={classes.name}>{name}</h2>
          <p className={classes.about}>
            {about.length > 0 && <span>{about.join(", ")}</span>}
            <span>{row.queue.name}</span>
            <Span row={row} />
          </p>
        </div>
        {directs && <ActionIcons held={row.phase === "on_hold"} />}
        <CommandIcon id="consultation.card" icon={<IconLayoutSidebarRight size={20} stroke={1.75} />} />
      </div>
      {directs && <Actions row={row} />}
    </header>
  );
}

function Span({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { clock } = useFormats();
  const span = spanOf(row);
  return (
    <span className={classes.span} data-kind={span.kind}>
      {t(`span.${span.kind}`)}{" "}
      {span.until === null ? (
        <Elapsed since={span.since} />
      ) : (
        <span className={classes.figures}>{clock(secondsSince(span.since, Date.parse(span.until)))}</span>
      )}
    </span>
  );
}

/** The same actions where there is no room for words. */
function ActionIcons({ held }: { held: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.icons}>
      <CommandIcon
        id="consultation.hold"
        hideWhenForbidden
        icon={held ? <IconPlayerPlay size={20} stroke={1.75} /> : <IconPlayerPause size={20} stroke={1.75} />}
      />
      <CommandIcon
        id="consultation.transfer"
        hideWhenForbidden
        icon={<IconTransfer size={20} stroke={1.75} />}
      />
      <CommandIcon
        id="consultation.close"
        hideWhenForbidden
        label={t("consultation.closeFull")}
        icon={<IconCircleCheck size={20} stroke={1.75} />}
      />
    </div>
  );
}

function Actions({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const action = useActionState(row.id);
  const busy = action?.status === "busy" ? action.verb : null;
  const held = row.phase === "on_hold";
  return (
    <div className={classes.buttons}>
      <CommandButton
        id="consultation.hold"
        variant="default"
        size="sm"
        hideWhenForbidden
        icon={held ? <IconPlayerPlay size={16} stroke={1.75} /> : <IconPlayerPause size={16} stroke={1.75} />}
        loading={busy === "hold" || busy === "resume"}
      />
      <CommandButton
        id="consultation.transfer"
        variant="default"
        size="sm"
        hideWhenForbidden
        icon={<IconTransfer size={16} stroke={1.75} />}
        loading={busy === "transfer"}
      />
      <CommandButton
        id="consultation.close"
        variant="default"
        size="sm"
        hideWhenForbidden
        icon={<IconCircleCheck size={16} stroke={1.75} />}
        label={t("consultation.closeFull")}
        loading={busy === "close"}
      />
    </div>
  );
}
