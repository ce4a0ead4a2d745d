/** The dialogue. Who is there stands on top; while one waits, the place and an honest range stand under it. */
import type { Consultation, Conversation } from "@consilium/kit/api";
import { useBrand, useBrandText, useFormats } from "@consilium/kit/brand";
import type { Engine } from "@consilium/kit/matrix";
import {
  Avatar,
  ConversationPane,
  Dialog,
  EmptyState,
  ErrorNotice,
  RoundButton,
  SkeletonList,
  useFinding,
  useReadable,
} from "@consilium/kit/ui";
import {
  IconChevronLeft,
  IconClock,
  IconMessageCircle,
  IconPhoneCall,
  IconSearch,
} from "@consilium/kit/ui/icons";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { CallbackCard } from "../../app/CallbackCard.tsx";
import { callbackIn, offerOf } from "../../app/callbacks.ts";
import { ConsentsNeeded } from "../../app/consents/ConsentsNeeded.tsx";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { RatingCard } from "../../app/RatingCard.tsx";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import { AnswersChange } from "./AnswersChange.tsx";
import { CallButtons } from "./CallButtons.tsx";
import css from "./ConversationView.module.css";
import { type Head, headOf } from "./model.ts";
import { useServiceLines } from "./TalkCallLine.tsx";
import { TestDevices } from "./TestDevices.tsx";
import { useCancel } from "./useCancel.ts";

export function ConversationView({ conversationId }: { conversationId: string }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data, isPending, isError, refetch } = useQuery(queries.conversations(api));
  const conversation = data?.conversations.find(({ id }) => id === conversationId);
  if (conversation !== undefined) return <Dialogue key={conversation.id} conversation={conversation} />;
  return (
    <div className={css.alone}>
      <BackLink />
      {isPending && <SkeletonList rows={4} rowHeight={56} label={t("talk.loading")} />}
      {isError && (
        <ErrorNotice
          title={t("talk.failed")}
          text={t("talk.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch() }}
        />
      )}
      {data !== undefined && (
        <EmptyState
          icon={<IconMessageCircle size={32} stroke={1.5} />}
          title={t("talk.gone")}
          text={t("talk.goneText")}
          action={{ label: t("frame.toHome"), onClick: () => navigate(paths.home) }}
        />
      )}
    </div>
  );
}

function Dialogue({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { features } = useBrand();
  const engine = useEngine();
  const head = useMemo(() => headOf(conversation), [conversation]);
  const { api } = useSignedIn();
  const ordered = callbackIn(useQuery(queries.callbacks(api)).data?.items ?? [], conversation.id);
  const renderItem = useServiceLines(engine, conversation.room_id, head, ordered !== null);
  const findButton = useRef<HTMLButtonElement>(null);
  const { finding, ask } = useFinding(useCallback(() => findButton.current?.focus(), []));
  return (
    <div className={css.page}>
      <TopBar head={head} engine={engine}>
        <RoundButton
          ref={findButton}
          className={css.find}
          // It has its place before there is a client to look in.
          style={{ visibility: engine === null ? "hidden" : undefined }}
          aria-label={kit("find.open")}
          title={kit("find.open")}
          aria-expanded={finding !== null}
          onClick={finding === null ? ask : finding.onClose}
        >
          <IconSearch size={24} stroke={1.75} aria-hidden />
        </RoundButton>
      </TopBar>
      {head.kind === "waiting" && (
        <WaitingCard consultation={head.consultation} isCallOrdered={ordered !== null} />
      )}
      {ordered !== null && <CallbackCard callback={ordered} place="talk" />}
      {head.kind === "resting" && <ConsentsNeeded otherwise={<ClosedNote />} />}
      {head.kind === "resting" && <AboutAnother conversationId={conversation.id} />}
      {head.kind === "resting" && <LastOne conversationId={conversation.id} />}
      <div className={css.pane}>
        {engine === null ? (
          <div className={css.loading}>
            <SkeletonList rows={5} rowHeight={52} label={t("talk.loading")} />
          </div>
        ) : (
          <ConversationPane
            engine={engine}
            roomId={conversation.room_id}
            label={t("talk.label")}
            attachments={features.attachments}
            reactions={features.reactions}
            voiceSeconds={features.voice_messages ? features.voice_message_seconds : null}
            foldsClosed
            renderItem={renderItem}
            finding={finding}
            placeholder={t(head.kind === "resting" ? "talk.askAgain" : "talk.write")}
            empty={
              <EmptyState
                icon={<IconMessageCircle size={32} stroke={1.5} />}
                title={t("talk.empty")}
                text={t("talk.emptyText")}
              />
            }
          />
        )}
      </div>
    </div>
  );
}

function TopBar({ head, engine, children }: { head: Head; engine: Engine | null; children: ReactNode }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { name } = useBrand();
  const names = head.kind === "talking" ? formats.list(head.names) : "";
  const title = head.kind === "resting" ? name : names !== "" ? names : head.consultation.queue.name;
  return (
    <header className={css.bar}>
      <BackLink iconOnly />
      {head.kind === "talking" && names !== "" && (
        <span className={css.face}>
          <Avatar name={head.names[0] ?? names} />
        </span>
      )}
      <div className={css.who}>
        <h1 className={css.title}>{title}</h1>
        <p className={css.state}>
          {engine === null ? t("talk.connecting") : <StateLine head={head} engine={engine} />}
        </p>
        {head.kind !== "resting" && head.consultation.person != null && (
          <p className={css.whom}>{t("talk.for", { name: head.consultation.person.name })}</p>
        )}
      </div>
      {children}
      {head.kind === "talking" && names !== "" && <CallButtons consultationId={head.consultation.id} />}
    </header>
  );
}

function StateLine({ head, engine }: { head: Head; engine: Engine }) {
  const { t } = useTranslation();
  const connection = useReadable(engine.connection);
  if (connection === "offline") return t("talk.offline");
  if (connection !== "live") return t("talk.connecting");
  if (head.kind === "resting") return t("talk.resting");
  if (head.kind === "waiting") return t("talk.waiting");
  return `${t(head.held ? "talk.held" : "talk.here")} · ${head.consultation.queue.name}`;
}

function BackLink({ iconOnly = false }: { iconOnly?: boolean }) {
  const { t } = useTranslation();
  return (
    <Link href={paths.home} className={css.back} aria-label={t("talk.back")}>
      <IconChevronLeft size={28} stroke={1.75} aria-hidden />
      {!iconOnly && t("frame.back")}
    </Link>
  );
}

/** What the brand says to whoever has no open consultation here. */
function ClosedNote() {
  const note = useBrandText()("closed.note");
  return note === null ? null : <p className={css.closed}>{note}</p>;
}

/** The consultation that was over last. */
function useLatest(conversationId: string): Consultation | undefined {
  const { api } = useSignedIn();
  return useQuery(queries.consultations(api)).data?.items.find(
    ({ conversation_id }) => conversation_id === conversationId,
  );
}

/** It was about somebody one acts for: what is written here next is a question about oneself. */
function AboutAnother({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const person = useLatest(conversationId)?.person;
  if (person == null) return null;
  return (
    <div className={css.rating}>
      <ErrorNotice
        tone="info"
        title={t("talk.aboutAnother", { name: person.name })}
        text={t("talk.aboutAnotherText")}
        action={{ label: t("frame.toHome"), onClick: () => navigate(paths.home) }}
      />
    </div>
  );
}

/** What was over last is what one has something to say about. */
function LastOne({ conversationId }: { conversationId: string }) {
  const latest = useLatest(conversationId);
  return latest === undefined || latest.rating_until === null ? null : (
    <div className={css.rating}>
      <RatingCard key={latest.id} consultation={latest} />
    </div>
  );
}

/** Place, range, and that one may leave. */
function WaitingCard({
  consultation,
  isCallOrdered,
}: {
  consultation: Consultation;
  isCallOrdered: boolean;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const text = useBrandText();
  const [asking, setAsking] = useState(false);
  const { busy, failed, cancel } = useCancel(consultation.id);
  const { waiting } = consultation;
  const place = waiting?.place ?? 1;
  const range = waiting?.estimate ? formats.waitRange(waiting.estimate) : null;
  return (
    <section className={css.waiting} aria-label={t("talk.waiting")}>
      <span className={css.clock}>
        <IconClock size={26} stroke={1.75} aria-hidden />
      </span>
      <div className={css.waitingWords} role="status">
        {waiting?.came_back === true && <p>{t("talk.cameBack")}</p>}
        <p className={css.place}>{t("talk.place", { place })}</p>
        <p>{range === null ? t("talk.rangeUnknown") : t("talk.range", { range })}</p>
        <p className={css.muted}>
          {text("waiting.note") ?? t("talk.mayLeave")} {t("talk.willSignal")}
        </p>
      </div>
      <div className={css.ways}>
        {!isCallOrdered && <CallMe queueId={consultation.queue.id} />}
        <AnswersChange consultationId={consultation.id} queueId={consultation.queue.id} />
        <TestDevices consultationId={consultation.id} />
        <button type="button" className={css.cancel} onClick={() => setAsking(true)}>
          {t("talk.cancel")}
        </button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("talk.cancelTitle")}
        footer={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("talk.cancelKeep")}
            </Button>
            <Button
              color="red"
              loading={busy}
              onClick={() => void cancel().then((done) => done && setAsking(false))}
            >
              {t("talk.cancelConfirm")}
            </Button>
          </>
        }
      >
        <p>{t("talk.cancelText")}</p>
        {failed && <ErrorNotice title={t("talk.cancelFailed")} text={t("talk.cancelFailedText")} />}
      </Dialog>
    </section>
  );
}

/** Being called instead of waiting, where the queue takes call-backs; the place in the queue stays. */
function CallMe({ queueId }: { queueId: string }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const services = useQuery(queries.services(api)).data?.services ?? [];
  const service = services.find(({ id }) => id === queueId);
  if (service === undefined || !offerOf(service).available) return null;
  return (
    <Link className={css.callMe} href={paths.callMe(queueId)} title={t("callback.offer.waitingText")}>
      <IconPhoneCall size={22} stroke={1.75} aria-hidden />
      {t("callback.offer.waiting")}
    </Link>
  );
}
