/** Name, age, service and running time of a consultation, and what may be done with it. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useBrand, useFormats } from "@consilium/kit/brand";
import { ActionIcon, Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CommandButton, CommandIcon } from "../../commands/CommandButton.tsx";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { secondsSince } from "../../format.ts";
import {
  IconArrowLeft,
  IconCircleCheck,
  IconDoorExit,
  IconLayoutSidebarRight,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconTransfer,
  IconUserPlus,
  IconVideo,
} from "../../icons.ts";
import { useActionState, useReadable } from "../../live/hooks.ts";
import { roleIn } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import classes from "./Head.module.css";
import { leadName, type PaneKind, spanOf } from "./model.ts";

export function Head({ row, kind }: { row: ConsultationRow; kind: PaneKind }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const { me } = useConsole();
  const { age, sex, name } = row.patient;
  const role = roleIn(row, me.operator?.id ?? null);
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
            {role !== null && role !== "lead" && (
              <span>{t("people.ledBy", { name: leadName(row) ?? "" })}</span>
            )}
            <Span row={row} />
          </p>
        </div>
        {role !== null && role !== "lead" && (
          <Badge variant="light" size="lg" tt="none" className={classes.role}>
            {t(`participantRole.${role}`)}
          </Badge>
        )}
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
  const { context } = useCommands();
  return (
    <div className={classes.icons}>
      <CommandIcon
        id="call.audio"
        hideWhenForbidden
        filled={context.call.mayJoin}
        icon={<IconPhone size={20} stroke={1.75} />}
      />
      <CommandIcon id="call.video" hideWhenForbidden icon={<IconVideo size={20} stroke={1.75} />} />
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
        id="consultation.invite"
        hideWhenForbidden
        icon={<IconUserPlus size={20} stroke={1.75} />}
      />
      <CommandIcon
        id="consultation.leave"
        hideWhenForbidden
        icon={<IconDoorExit size={20} stroke={1.75} />}
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

/** Calling, or joining what is on; an honest word where calls do not work. */
function CallActions({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { calls } = useConsole();
  const availability = useReadable(calls.availability);
  const { context } = useCommands();
  const { features } = useBrand();
  if (!features.calls || context.target?.id !== row.id) return null;
  if (availability.state === "unavailable") {
    return (
      <span className={classes.noCalls}>
        <IconPhoneOff size={16} stroke={1.75} aria-hidden />{" "}
        {t(`call.off.${availability.reason ?? "unknown"}`)}
      </span>
    );
  }
  const joins = context.call.mayJoin;
  return (
    <>
      <CommandButton
        id="call.audio"
        variant={joins ? "filled" : "default"}
        size="sm"
        hideWhenForbidden
        {...(joins ? {} : { label: t("call.short.audio") })}
        icon={<IconPhone size={16} stroke={1.75} />}
      />
      <CommandButton
        id="call.video"
        variant="default"
        size="sm"
        hideWhenForbidden
        {...(joins ? {} : { label: t("call.short.video") })}
        icon={<IconVideo size={16} stroke={1.75} />}
      />
    </>
  );
}

function Actions({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const action = useActionState(row.id);
  const busy = action?.status === "busy" ? action.verb : null;
  const held = row.phase === "on_hold";
  return (
    <div className={classes.buttons}>
      <CallActions row={row} />
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
        id="consultation.invite"
        variant="default"
        size="sm"
        hideWhenForbidden
        icon={<IconUserPlus size={16} stroke={1.75} />}
        label={t("invite.short")}
        loading={busy === "invite"}
      />
      <CommandButton
        id="consultation.leave"
        variant="default"
        size="sm"
        hideWhenForbidden
        icon={<IconDoorExit size={16} stroke={1.75} />}
        loading={busy === "dismiss"}
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
