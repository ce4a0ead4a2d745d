/** One call-back: who, why, where and when to call, and what came of it. Nothing here is a dialog: the list stays in sight. */
import type { ApiProblem, CallbackDetail, CallbackRow } from "@consilium/kit/api";
import { fullWhen, ownZone, sameClock, useBrand, useFormats, useRegion } from "@consilium/kit/brand";
import { ActionIcon, Button, CopyButton, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import {
  IconAlertTriangle,
  IconCheck,
  IconCopy,
  IconId,
  IconInfoCircle,
  IconMessages,
  IconPhone,
  IconPhoneCall,
  IconVideo,
} from "../../icons.ts";
import {
  useCallbackRow,
  useCallbackState,
  useConsultationIn,
  useHasLeft,
  useReadable,
} from "../../live/hooks.ts";
import { isOpenCallback, sectionOf } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { type Fact, Facts } from "../../ui/Facts.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { problemWords } from "../../ui/problem.ts";
import { RecordPanel } from "../../ui/RecordPanel.tsx";
import { CallbackForms } from "./CallbackForms.tsx";
import classes from "./Callbacks.module.css";
import { telLink } from "./model.ts";
import { aboutWhom, Due, State, Who } from "./words.tsx";

export function CallbackPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { callbackForm } = useDesk();
  const live = useCallbackRow(id);
  const hasLeft = useHasLeft(id);
  const { data, isError, error, refetch, isFetching } = useQuery({
    // Each step is another answer: the history goes on with the row.
    queryKey: ["callback", id, live?.phase_since ?? "", live?.due_at ?? ""],
    queryFn: () => api.callbacks.detail(id),
    placeholderData: (before) => before,
    enabled: !hasLeft,
  });
  useEffect(() => () => callbackForm.set(null), [callbackForm]);
  if (hasLeft) return <Left id={id} />;
  const row = live ?? data ?? null;
  if (row !== null) return <Card row={row} detail={data ?? null} />;
  if (isError && error instanceof Error && "slug" in error && error.slug === "not-found")
    return <Nothing icon={<IconPhoneCall size={32} stroke={1.5} />} title={t("callbacks.unknown")} />;
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  return <Loading rows={8} rowHeight={24} />;
}

/** It was here, and is not this operator's to see any more; who pressed a moment too late still reads who was faster. */
function Left({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <RecordPanel label={t("callbacks.card")}>
      <Refusal id={id} />
      <Nothing icon={<IconPhoneCall size={32} stroke={1.5} />} title={t("callbacks.leftTitle")} />
    </RecordPanel>
  );
}

/** For whom it is, how old, and what the one who is called is to him. */
function whom(row: CallbackRow, t: TFunction): string {
  const { person } = row;
  const about = [
    t("persons.for", { name: aboutWhom(row) }),
    person?.age == null ? null : t("age", { count: person.age }),
    person?.relationship == null ? null : t(`persons.is.${person.relationship}`),
  ];
  return about.filter((part) => part !== null).join(", ");
}

function Card({ row, detail }: { row: CallbackRow; detail: CallbackDetail | null }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const { patient } = row;
  const about =
    patient === null
      ? t("callbacks.source.form")
      : [
          patient.age === null ? null : t("age", { count: patient.age }),
          patient.sex === null ? null : t(`sex.${patient.sex}`),
        ]
          .filter((part) => part !== null)
          .join(", ");
  return (
    <RecordPanel label={t("callbacks.card")}>
      <header>
        <h2>
          <Who row={row} />
        </h2>
        {about !== "" && <p className={classes.muted}>{about}</p>}
        {aboutWhom(row) !== null && <p>{whom(row, t)}</p>}
        <p className={classes.standing}>
          <State row={row} />
          {isOpenCallback(row) && <Due row={row} />}
        </p>
      </header>
      <Refusal id={row.id} />
      {row.reason !== null && <p className={classes.reason}>{row.reason}</p>}
      {typeof row.erased_at !== "string" && <Phone phone={row.phone} />}
      <Actions row={row} />
      <Consultation row={row} />
      <CallbackForms row={row} />
      <CallFacts row={row} />
      {patient !== null && (
        <Button
          className={classes.start}
          variant="default"
          size="sm"
          leftSection={<IconId size={16} stroke={1.75} />}
          onClick={() => open(patient.id, "patients")}
        >
          {t("callbacks.toPatient")}
        </Button>
      )}
      {detail !== null && <History detail={detail} />}
    </RecordPanel>
  );
}

/** A refusal, in place: who was faster, or why it did not work. */
function Refusal({ id }: { id: string }) {
  const { t } = useTranslation();
  const { callbackActions } = useConsole();
  const { open } = useDesk();
  const state = useCallbackState(id);
  if (state?.status !== "refused") return null;
  const { takenBy, consultationId } = state.problem;
  const failed = takenBy === null && consultationId === null;
  const Icon = failed ? IconAlertTriangle : IconInfoCircle;
  return (
    <p className={classes.refusal} data-tone={failed ? "danger" : "info"} role="alert">
      <Icon size={18} stroke={1.75} aria-hidden />
      <span>
        <RefusalWords problem={state.problem} />
      </span>
      {consultationId !== null && (
        <Button size="compact-sm" variant="default" onClick={() => open(consultationId, "active")}>
          {t("callbacks.toConsultation")}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => callbackActions.dismiss(id)}>
        {t("understood")}
      </Button>
    </p>
  );
}

function RefusalWords({ problem }: { problem: ApiProblem }) {
  const { t } = useTranslation();
  const { takenBy, consultationId } = problem;
  if (takenBy !== null) return t("callbacks.takenBy", { name: takenBy.name });
  if (consultationId !== null) return t("callbacks.consultationIsOpen");
  const { title, text } = problemWords(problem, t);
  return [title, text].filter(Boolean).join(" ");
}

function Phone({ phone }: { phone: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (phone === null) return <p className={classes.muted}>{t("callbacks.noPhone")}</p>;
  return (
    <p className={classes.phone}>
      <a href={telLink(phone)}>{formats.phone(phone)}</a>
      <CopyButton value={phone}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? "copied" : "callbacks.copyPhone")} openDelay={300}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t(copied ? "copied" : "callbacks.copyPhone")}
              onClick={copy}
            >
              {copied ? <IconCheck size={18} stroke={1.75} /> : <IconCopy size={18} stroke={1.75} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </p>
  );
}

function Actions({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const { context } = useCommands();
  const state = useCallbackState(row.id);
  const busy = state?.status === "busy" ? state.verb : null;
  const { callback } = context;
  if (callback === null || callback.id !== row.id || !callback.open) return null;
  if (callback.mayTake) {
    return (
      <CommandButton
        id="consultation.take"
        fullWidth
        label={t("callbacks.take")}
        loading={busy === "take"}
        icon={<IconPhoneCall size={16} stroke={1.75} />}
      />
    );
  }
  return (
    <div className={classes.actions}>
      {callback.mine && <CallButtons row={row} />}
      {row.phase === "taken" && (
        <CommandButton
          id="callback.telephone"
          variant="default"
          size="sm"
          hideWhenForbidden
          loading={busy === "telephone"}
          icon={<IconPhone size={16} stroke={1.75} />}
        />
      )}
      {!callback.mayDirect && (
        <p className={classes.muted}>{t("callbacks.heldBy", { name: row.operator?.name ?? "" })}</p>
      )}
    </div>
  );
}

/** Notes, colleagues and a record are a consultation's: begun here, or gone to where one is open. */
function Consultation({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { open } = useDesk();
  const { context } = useCommands();
  const state = useCallbackState(row.id);
  const talk = useConsultationIn(row.conversation_id);
  const icon = <IconMessages size={16} stroke={1.75} />;
  if (talk !== null) {
    const section = sectionOf(talk, me.operator?.id ?? null) ?? "archive";
    return (
      <Button
        className={classes.start}
        variant="default"
        size="sm"
        leftSection={icon}
        onClick={() => open(talk.id, section)}
      >
        {t("callbacks.toConsultation")}
      </Button>
    );
  }
  const busy = state?.status === "busy" && state.verb === "consultation";
  if (context.callback?.id !== row.id || !(context.callback.mayConsult || busy)) return null;
  return (
    <div className={classes.consultation}>
      <CommandButton id="callback.consultation" variant="default" size="sm" loading={busy} icon={icon} />
      <p className={classes.muted}>{t("callbacks.consultationText")}</p>
    </div>
  );
}

/** Calling in the app; an honest word where that does not work. */
function CallButtons({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const { calls, engine } = useConsole();
  const { features } = useBrand();
  const availability = useReadable(calls.availability);
  const place = useReadable(calls.place);
  const conversations = useReadable(engine.conversations);
  if (!features.calls || (place !== null && place.at !== "over")) return null;
  if (row.room_id === null) return <p className={classes.muted}>{t("callbacks.noApp")}</p>;
  if (availability.state === "unavailable")
    return <p className={classes.muted}>{t(`call.off.${availability.reason ?? "unknown"}`)}</p>;
  if (conversations.get(row.room_id)?.membership !== "joined")
    return (
      <p className={classes.muted} role="status">
        {t("callbacks.joining")}
      </p>
    );
  return (
    <>
      <CommandButton
        id="call.audio"
        size="sm"
        label={t("callbacks.callInApp")}
        hideWhenForbidden
        icon={<IconPhone size={16} stroke={1.75} />}
      />
      <CommandButton
        id="call.video"
        variant="default"
        size="sm"
        label={t("callbacks.callVideo")}
        hideWhenForbidden
        icon={<IconVideo size={16} stroke={1.75} />}
      />
    </>
  );
}

function CallFacts({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const region = useRegion();
  const formats = useFormats();
  const own = ownZone();
  const { window, time_zone: zone } = row;
  const at = window?.start ?? row.due_at;
  const isForeign = !sameClock(zone, own, at);
  const facts: Fact[] = [
    { name: t("callbacks.column.queue"), value: row.queue.name },
    {
      name: t("callbacks.column.when"),
      value:
        window === null ? (
          t("callbacks.soon")
        ) : (
          <>
            {formats.window(window, zone)}
            {isForeign && (
              <span className={classes.own}>
                {t("callbacks.yours", { when: formats.window(window, own) })}
              </span>
            )}
          </>
        ),
    },
    ...(isForeign ? [{ name: t("callbacks.zone"), value: formats.zone(zone, at) }] : []),
    ...(isOpenCallback(row)
      ? [{ name: t("callbacks.column.due"), value: formats.dayTime(row.due_at, own) }]
      : []),
    ...(row.again_at === null
      ? []
      : [{ name: t("callbacks.again"), value: formats.dayTime(row.again_at, own) }]),
    ...(row.attempts === 0 ? [] : [{ name: t("callbacks.attempts"), value: String(row.attempts) }]),
    { name: t("callbacks.column.ordered"), value: fullWhen(row.requested_at, region) },
    { name: t("callbacks.sourceName"), value: t(`callbacks.source.${row.source}`) },
    ...(row.operator === null ? [] : [{ name: t("callbacks.operator"), value: row.operator.name }]),
    ...(row.means === null
      ? []
      : [{ name: t("callbacks.meansName"), value: t(`callbacks.means.${row.means}`) }]),
    ...(row.note === null ? [] : [{ name: t("callbacks.note"), value: row.note }]),
  ];
  return <Facts facts={facts} />;
}

const ACTIONS: readonly string[] = [
  "ordered",
  "taken",
  "released",
  "called",
  "telephoned",
  "not_answered",
  "put_off",
  "moved",
  "finished",
  "cancelled",
  "noted",
  "overdue",
  "archived",
];

function History({ detail }: { detail: CallbackDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t("callbacks.history")}</h3>
      <ol className={classes.history}>
        {[...detail.history].reverse().map((step) => (
          <li key={`${step.at} ${step.action}`}>
            <span className={classes.step}>
              <span>{ACTIONS.includes(step.action) ? t(`callbacks.did.${step.action}`) : step.action}</span>
              <When at={step.at} className={classes.muted} />
            </span>
            {step.actor.name !== "" && <span className={classes.muted}>{step.actor.name}</span>}
            {step.note !== null && step.note !== "" && <p className={classes.stepNote}>{step.note}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}
