/** All consultations and call-backs, newest first: when, for whom, about what, with whom. */
import type { Callback, Consultation } from "@consilium/kit/api";
import { monthOf, useFormats, useRegion } from "@consilium/kit/brand";
import { ChoiceGroup, EmptyState, ErrorNotice, SkeletonList } from "@consilium/kit/ui";
import { IconChevronRight, IconHistory, IconPhoneCall, IconUsers } from "@consilium/kit/ui/icons";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "wouter";
import { isOpenCallback } from "../../app/callbacks.ts";
import { paths } from "../../app/paths.ts";
import { withHistory } from "../../app/persons/model.ts";
import { usePersons } from "../../app/persons/usePersons.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { ConclusionButton } from "./ConclusionButton.tsx";
import css from "./HistoryView.module.css";
import { ALL, byMonth, callbacksOf, historyOf, leadsTo, SELF, whoseOf } from "./model.ts";

export function HistoryView() {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const locale = useRegion();
  const formats = useFormats();
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const persons = withHistory(usePersons().persons);
  const whose = whoseOf(search.get("person"), persons);
  const { data, isPending, isError, refetch, isFetching } = useQuery(
    whose === ALL ? queries.consultations(api) : queries.consultationsOf(api, whose),
  );
  const callbacks = useQuery(queries.callbacks(api)).data?.items ?? [];
  const months = byMonth(historyOf(data?.items ?? [], callbacksOf(callbacks, whose)));
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t("history.title")}</h1>
      {persons.length > 0 && (
        <ChoiceGroup
          label={t("persons.whose")}
          labelVisible={false}
          value={whose}
          onChange={(next) => setSearch(next === ALL ? {} : { person: next }, { replace: true })}
          choices={[
            { value: ALL, label: t("persons.whoseAll") },
            { value: SELF, label: t("persons.whoseMine") },
            ...persons.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {isPending && <SkeletonList rows={4} rowHeight={84} label={t("history.loading")} />}
      {isError && data === undefined && (
        <ErrorNotice
          title={t("history.failed")}
          text={t("history.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch(), loading: isFetching }}
        />
      )}
      {data !== undefined && months.length === 0 && (
        <EmptyState
          icon={<IconHistory size={32} stroke={1.5} />}
          title={t("history.empty")}
          text={t("history.emptyText")}
          action={{ label: t("history.ask"), onClick: () => navigate(paths.home) }}
        />
      )}
      {months.map(({ month, items }) => (
        <section key={month} className={css.month}>
          <h2 className={css.monthName}>{monthOf(month, locale)}</h2>
          <ul role="list" className={css.rows}>
            {items.map((item) => (
              <li key={item.id}>
                {item.kind === "callback" ? (
                  <CallbackRow callback={item.callback} />
                ) : (
                  <>
                    <Row consultation={item.consultation} />
                    {item.consultation.conclusion != null && (
                      <div className={css.document}>
                        <ConclusionButton
                          consultationId={item.consultation.id}
                          about={`${item.consultation.queue.name}, ${formats.dayTime(item.consultation.requested_at)}`}
                        />
                      </div>
                    )}
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const names = formats.list(
    consultation.participants.filter(({ role }) => role !== "observer").map(({ name }) => name),
  );
  return (
    <RowLink consultation={consultation}>
      <span className={css.words}>
        <span className={css.top}>
          <strong className={css.queue}>{consultation.queue.name}</strong>
          <span
            className={css.phase}
            data-phase={consultation.erased_at === null ? consultation.phase : "erased"}
          >
            {t(`history.phase.${consultation.erased_at === null ? consultation.phase : "erased"}`)}
          </span>
        </span>
        {consultation.person != null && (
          <span className={css.whom}>
            <IconUsers size={18} stroke={1.75} aria-hidden />
            {t("persons.for", { name: consultation.person.name })}
          </span>
        )}
        {names !== "" && <span>{names}</span>}
        <span className={css.facts}>
          <time dateTime={consultation.requested_at}>{formats.dayTime(consultation.requested_at)}</time>
          {consultation.message_count > 0 && (
            <span>{t("history.messages", { count: consultation.message_count })}</span>
          )}
          {consultation.rating !== null && (
            <span>{t("rating.given", { stars: consultation.rating.stars })}</span>
          )}
        </span>
        {consultation.erased_at !== null && (
          <span className={css.facts}>
            {t("history.erasedOn", { when: formats.date(consultation.erased_at) })}
          </span>
        )}
      </span>
      {leadsTo(consultation) !== null && (
        <IconChevronRight className={css.chevron} size={24} stroke={1.75} aria-hidden />
      )}
    </RowLink>
  );
}

function CallbackRow({ callback }: { callback: Callback }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isOpen = isOpenCallback(callback);
  const state = isOpen
    ? "open"
    : callback.ending === "cancelled"
      ? "cancelled"
      : (callback.outcome ?? "answered");
  const phase = isOpen ? "active" : state === "answered" ? "archived" : "cancelled";
  return (
    <Link className={css.row} href={paths.callback(callback.id)}>
      <span className={css.words}>
        <span className={css.top}>
          <strong className={css.queue}>{callback.queue.name}</strong>
          <span className={css.phase} data-phase={phase}>
            {t(`callback.history.${state}`)}
          </span>
        </span>
        {callback.person != null && (
          <span className={css.whom}>
            <IconUsers size={18} stroke={1.75} aria-hidden />
            {t("persons.for", { name: callback.person.name })}
          </span>
        )}
        {callback.operator !== null && <span>{callback.operator.name}</span>}
        <span className={css.facts}>
          <span className={css.kind}>
            <IconPhoneCall size={18} stroke={1.75} aria-hidden />
            {t("callback.history.kind")}
          </span>
          <time dateTime={callback.requested_at}>{formats.dayTime(callback.requested_at)}</time>
        </span>
      </span>
      <IconChevronRight className={css.chevron} size={24} stroke={1.75} aria-hidden />
    </Link>
  );
}

function RowLink({ consultation, children }: { consultation: Consultation; children: ReactNode }) {
  switch (leadsTo(consultation)) {
    case "record":
      return (
        <Link className={css.row} href={paths.record(consultation.id)}>
          {children}
        </Link>
      );
    case "conversation":
      return (
        <Link className={css.row} href={paths.conversation(consultation.conversation_id)}>
          {children}
        </Link>
      );
    case null:
      return <div className={css.row}>{children}</div>;
  }
}
