/** Name, age, service and running time of a consultation, and what may be done with it. */
import type { CallKind, ConsultationRow } from "@consilium/kit/api";
import { useBrand, useFormats } from "@consilium/kit/brand";
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CommandButton, type CommandButtonProps, CommandIcon } from "../../commands/CommandButton.tsx";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { secondsSince } from "../../format.ts";
import {
  IconCircleCheck,
  type IconComponent,
  IconDoorExit,
  IconEye,
  IconLayoutSidebarRight,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconSearch,
  IconTransfer,
  IconUserCheck,
  IconUserPlus,
  IconVideo,
} from "../../icons.ts";
import type { Verb } from "../../live/actions.ts";
import { useActionState, useReadable } from "../../live/hooks.ts";
import { roleIn } from "../../live/sections.ts";
import { whose } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { BackToList } from "../../ui/BackToList.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { Viewers } from "../../ui/Viewers.tsx";
import classes from "./Head.module.css";
import { leadName, type PaneKind, spanOf } from "./model.ts";

export function Head({ row, kind }: { row: ConsultationRow; kind: PaneKind }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { age, sex, name, acting } = whose(row);
  const role = roleIn(row, me.operator?.id ?? null);
  const directs = kind === "talk" || kind === "elsewhere";
  const about = [
    age === null ? null : t("age", { count: age }),
    sex === null ? null : t(`sex.${sex}`),
  ].filter((part) => part !== null);
  return (
    <header className={classes.head}>
      <div className={classes.who}>
        <BackToList />
        <div className={classes.names}>
          <h2 className={classes.name} title={name}>
            {name}
          </h2>
          <p className={classes.about}>
            {about.length > 0 && <span>{about.join(", ")}</span>}
            {acting !== null && <span>{t("persons.asks", { name: acting.name })}</span>}
            <span>{row.queue.name}</span>
            {role !== null && role !== "lead" && (
              <span>{t("people.ledBy", { name: leadName(row) ?? "" })}</span>
            )}
            <Span row={row} />
          </p>
        </div>
        <Viewers />
        {role !== null && role !== "lead" && (
          <Badge variant="light" size="lg" tt="none" className={classes.role}>
            {t(`participantRole.${role}`)}
          </Badge>
        )}
        {directs && <ActionIcons row={row} />}
        <div className={classes.ends}>
          <CommandIcon
            id="consultation.find"
            hideWhenForbidden
            icon={<IconSearch size={20} stroke={1.75} />}
          />
          <CommandIcon id="consultation.card" icon={<IconLayoutSidebarRight size={20} stroke={1.75} />} />
        </div>
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

interface HeadAction {
  id: string;
  Icon: IconComponent;
  /** While one of these runs, its button turns. */
  verbs: readonly Verb[];
  /** Key of other words than the command's own. */
  label?: string;
  /** Key of shorter ones, where they stand on a button. */
  short?: string;
}

/** What may be done with a consultation besides calling. */
function actionsOf(row: ConsultationRow): HeadAction[] {
  return [
    {
      id: "consultation.hold",
      Icon: row.phase === "on_hold" ? IconPlayerPlay : IconPlayerPause,
      verbs: ["hold", "resume"],
    },
    { id: "consultation.transfer", Icon: IconTransfer, verbs: ["transfer"] },
    { id: "consultation.invite", Icon: IconUserPlus, verbs: ["invite"], short: "invite.short" },
    { id: "consultation.watch", Icon: IconEye, verbs: ["invite"] },
    { id: "consultation.takeOver", Icon: IconUserCheck, verbs: ["takeOver"] },
    { id: "consultation.leave", Icon: IconDoorExit, verbs: ["dismiss"] },
    { id: "consultation.close", Icon: IconCircleCheck, verbs: ["close"], label: "consultation.closeFull" },
  ];
}

/** The same actions where there is no room for words. */
function ActionIcons({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const { context } = useCommands();
  const icon = { size: 20, stroke: 1.75 };
  return (
    <div className={classes.icons}>
      <CommandIcon
        id="call.audio"
        hideWhenForbidden
        filled={context.call.mayJoin}
        icon={<IconPhone {...icon} />}
      />
      <CommandIcon id="call.video" hideWhenForbidden icon={<IconVideo {...icon} />} />
      {actionsOf(row).map(({ id, Icon, label }) => (
        <CommandIcon key={id} id={id} hideWhenForbidden label={label && t(label)} icon={<Icon {...icon} />} />
      ))}
    </div>
  );
}

interface HeadButtonProps extends Pick<CommandButtonProps, "variant" | "loading"> {
  id: string;
  Icon: IconComponent;
  label: string | undefined;
}

function HeadButton({ Icon, variant = "default", ...rest }: HeadButtonProps) {
  const icon = <Icon size={16} stroke={1.75} />;
  return <CommandButton size="sm" variant={variant} hideWhenForbidden icon={icon} {...rest} />;
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
  const short = (kind: CallKind) => (joins ? undefined : t(`call.short.${kind}`));
  return (
    <>
      <HeadButton
        id="call.audio"
        Icon={IconPhone}
        variant={joins ? "filled" : "default"}
        label={short("audio")}
      />
      <HeadButton id="call.video" Icon={IconVideo} label={short("video")} />
    </>
  );
}

function Actions({ row }: { row: ConsultationRow }) {
  const { t } = useTranslation();
  const action = useActionState(row.id);
  const busy = action?.status === "busy" ? action.verb : null;
  return (
    <div className={classes.buttons}>
      <CallActions row={row} />
      {actionsOf(row).map(({ id, Icon, verbs, label, short = label }) => (
        <HeadButton
          key={id}
          id={id}
          Icon={Icon}
          label={short && t(short)}
          loading={busy !== null && verbs.includes(busy)}
        />
      ))}
    </div>
  );
}
