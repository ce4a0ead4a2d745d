/** One finished consultation: who, when, and every word and file of it, as it was sealed. */
import { ApiProblem, type ArchiveRecord } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { EmptyState, ErrorNotice, SkeletonList, Transcript } from "@consilium/kit/ui";
import { IconChevronLeft, IconHistory } from "@consilium/kit/ui/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import ground from "../../app/Ground.module.css";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { RatingCard } from "../../app/RatingCard.tsx";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import { ConclusionButton } from "./ConclusionButton.tsx";
import css from "./RecordView.module.css";

export function RecordView({ consultationId }: { consultationId: string }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch, isFetching } = useQuery(
    queries.record(api, consultationId),
  );
  // A link to it may be older than its erasure.
  const isErased = error instanceof ApiProblem && error.slug === "erased";
  return (
    <div className={ground.page}>
      <Link href={paths.history} className={ground.back}>
        <IconChevronLeft size={24} stroke={1.75} aria-hidden />
        {t("history.back")}
      </Link>
      {isPending && <SkeletonList rows={5} rowHeight={64} label={t("history.loading")} />}
      {isErased && (
        <EmptyState
          icon={<IconHistory size={32} stroke={1.5} />}
          title={t("history.erasedTitle")}
          text={t("history.erasedText")}
        />
      )}
      {isError && !isErased && (
        <ErrorNotice
          title={t("history.recordFailed")}
          text={t("history.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch(), loading: isFetching }}
        />
      )}
      {data !== undefined && <Sealed record={data} />}
    </div>
  );
}

/** The conclusion that holds, and what it replaced. */
function Conclusions({ consultationId }: { consultationId: string }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const formats = useFormats();
  const versions = useQuery(queries.conclusions(api, consultationId)).data ?? [];
  const [latest, ...former] = versions;
  return (
    <section className={css.conclusions} aria-label={t("history.conclusion.title")}>
      <ConclusionButton consultationId={consultationId} />
      {latest?.reason != null && <p>{t("history.conclusion.reason", { reason: latest.reason })}</p>}
      {former.map(({ version, signed_at }) => (
        <ConclusionButton
          key={version}
          consultationId={consultationId}
          version={version}
          label={t("history.conclusion.former", { version, when: formats.dayTime(signed_at) })}
        />
      ))}
    </section>
  );
}

function Sealed({ record }: { record: ArchiveRecord }) {
  const { t } = useTranslation();
  const { session } = useSignedIn();
  const engine = useEngine();
  const formats = useFormats();
  const { consultation, transcript, calls } = record;
  const names = formats.list(
    consultation.participants.filter(({ role }) => role !== "observer").map(({ name }) => name),
  );
  return (
    <>
      <header className={css.head}>
        <h1 className={ground.title}>{consultation.queue.name}</h1>
        <p>
          {names === "" ? null : `${names} · `}
          <time dateTime={consultation.requested_at}>{formats.dayTime(consultation.requested_at)}</time>
        </p>
        {consultation.person != null && <p>{t("persons.for", { name: consultation.person.name })}</p>}
      </header>
      {consultation.conclusion != null && <Conclusions consultationId={consultation.id} />}
      <RatingCard consultation={consultation} />
      <div className={css.sheet}>
        <Transcript
          entries={transcript}
          calls={calls}
          me={session.userId}
          files={engine?.files ?? null}
          empty={t("history.noWords")}
        />
      </div>
      <Link className={css.go} href={paths.conversation(consultation.conversation_id)}>
        {t("history.toConversation")}
      </Link>
    </>
  );
}
