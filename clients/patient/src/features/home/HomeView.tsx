/** Home: one thing on top (the open consultation, if there is one), then whom one can ask. */
import type { Consultation, Conversation, Service } from "@consilium/kit/api";
import { ownZone, useBrandText, useFormats } from "@consilium/kit/brand";
import type { ConversationSummary } from "@consilium/kit/matrix";
import { Avatar, EmptyState, ErrorNotice, ServiceIcon, SkeletonList } from "@consilium/kit/ui";
import { IconChevronRight, IconClock, IconMessageCircle, IconPhoneCall } from "@consilium/kit/ui/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { CallbackCard } from "../../app/CallbackCard.tsx";
import { offerOf, openCallbacks } from "../../app/callbacks.ts";
import { Emergency } from "../../app/Emergency.tsx";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn, useSummaries } from "../../app/session.tsx";
import css from "./HomeView.module.css";
import {
  firstName,
  greetingKey,
  lastQueueNames,
  nobodyOnDuty,
  openCards,
  restingConversations,
  serviceState,
  sortServices,
} from "./model.ts";

export function HomeView() {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const me = useQuery(queries.me(api));
  const conversations = useQuery(queries.conversations(api));
  const ordered = useQuery(queries.callbacks(api));
  const services = useServices();
  const callbacks = openCallbacks(ordered.data?.items ?? []);
  const cards = openCards(conversations.data?.conversations ?? []);
  const resting = restingConversations(conversations.data?.conversations ?? []);
  const consultations = useQuery({ ...queries.consultations(api), enabled: resting.length > 0 });
  const titles = lastQueueNames(consultations.data?.items ?? []);
  const name = me.data === undefined ? "" : firstName(me.data.name);
  const key = greetingKey(new Date().getHours());
  // What stands over something else comes before it or with it, or it would move that under somebody's finger.
  const isSettled = !conversations.isLoading && !ordered.isLoading && !services.isLoading;
  return (
    <div className={css.home}>
      <h1 className={css.greeting}>{name === "" ? t(key) : t(`${key}Name`, { name })}</h1>
      {isSettled ? (
        <>
          {callbacks.map((callback) => (
            <CallbackCard key={callback.id} callback={callback} place="home" />
          ))}
          {cards.map((card) => (
            <OpenConsultation
              key={card.consultation.id}
              conversationId={card.conversationId}
              consultation={card.consultation}
            />
          ))}
          {resting.map((conversation) => (
            <RestingConversation
              key={conversation.id}
              conversation={conversation}
              title={titles.get(conversation.id) ?? null}
            />
          ))}
          <Services query={services} isCallOrdered={callbacks.length > 0} isTalking={cards.length > 0} />
          <Emergency />
        </>
      ) : (
        <>
          <SkeletonList rows={3} rowHeight={104} label={t("home.loading")} />
          {/* Whoever is in danger does not wait for a network. */}
          <Emergency key="meanwhile" />
        </>
      )}
    </div>
  );
}

function OpenConsultation({
  conversationId,
  consultation,
}: {
  conversationId: string;
  consultation: Consultation;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const unread = useSummary(consultation.room_id)?.unread ?? 0;
  const lead = consultation.participants.find((participant) => participant.role === "lead")?.name;
  const { phase, waiting, queue, person } = consultation;
  const waits = t(waiting?.came_back === true ? "home.cameBack" : "home.waiting");
  const title = phase === "queued" ? waits : (lead ?? queue.name);
  const range = waiting?.estimate ? formats.waitRange(waiting.estimate) : null;
  const line =
    phase === "queued"
      ? range === null
        ? t("home.placeOnly", { place: waiting?.place ?? 1 })
        : t("home.place", { place: waiting?.place ?? 1, range })
      : t(phase === "on_hold" ? "home.onHold" : "home.talking");
  return (
    <Link className={css.open} href={paths.conversation(conversationId)}>
      {lead === undefined || phase === "queued" ? (
        <span className={css.openIcon}>
          <IconClock size={26} stroke={1.75} aria-hidden />
        </span>
      ) : (
        <Avatar name={lead} />
      )}
      <span className={css.openWords}>
        <span className={css.openKicker}>
          {person == null ? queue.name : `${queue.name} · ${person.name}`}
        </span>
        <strong className={css.openTitle}>{title}</strong>
        <span>{line}</span>
      </span>
      <Unread count={unread} />
    </Link>
  );
}

/** Earlier talk that can be gone on with at any time; quiet, because nothing waits in it. */
function RestingConversation({ conversation, title }: { conversation: Conversation; title: string | null }) {
  const { t } = useTranslation();
  const summary = useSummary(conversation.room_id);
  const last = summary?.lastMessage ?? null;
  const words = last === null ? "" : last.text === "" ? t(`kind.${last.kind}`) : last.text;
  const line =
    words === "" ? t("home.conversationText") : last?.mine ? t("home.you", { text: words }) : words;
  return (
    <Link className={css.resting} href={paths.conversation(conversation.id)}>
      <IconMessageCircle size={26} stroke={1.75} aria-hidden />
      <span className={css.restingWords}>
        <strong>{title ?? t("home.conversation")}</strong>
        <span className={css.restingLine}>{line}</span>
      </span>
      <Unread count={summary?.unread ?? 0} />
    </Link>
  );
}

function Unread({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return <IconChevronRight size={24} stroke={1.75} aria-hidden />;
  return (
    <span className={css.badge}>
      <span aria-hidden>{count}</span>
      <span className="unseen">{t("home.unread", { count })}</span>
    </span>
  );
}

function useSummary(roomId: string): ConversationSummary | null {
  return useSummaries().get(roomId) ?? null;
}

/** Asked for at once, shown when it is known what stands over them. */
function useServices() {
  const { api } = useSignedIn();
  return useQuery(queries.services(api));
}

interface ServicesProps {
  query: ReturnType<typeof useServices>;
  isCallOrdered: boolean;
  isTalking: boolean;
}

function Services({ query, isCallOrdered, isTalking }: ServicesProps) {
  const { t } = useTranslation();
  const text = useBrandText();
  const { data, isPending, isError, refetch, isFetching } = query;
  const services = sortServices(data?.services ?? []);
  const nobody = isTalking ? null : nobodyOnDuty(services);
  return (
    <section aria-labelledby="services" className={css.section}>
      <h2 id="services" className={css.heading}>
        {text("home.title") ?? t("home.ask")}
      </h2>
      {isPending && <SkeletonList rows={3} rowHeight={104} label={t("home.loading")} />}
      {isError && data === undefined && (
        <ErrorNotice
          title={t("home.failed")}
          text={t("home.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch(), loading: isFetching }}
        />
      )}
      {data !== undefined && services.length === 0 && (
        <EmptyState
          icon={<IconMessageCircle size={32} stroke={1.5} />}
          title={t("home.empty")}
          text={t("home.emptyText")}
        />
      )}
      {nobody !== null && <NobodyNote opensAt={nobody.opensAt} />}
      {services.length > 0 && (
        <ul role="list" className={css.services}>
          {services.map((service) => (
            <li key={service.id}>
              <ServiceCard service={service} isNobodySaid={nobody !== null} />
              {!isCallOrdered && <OfferedCall service={service} />}
            </li>
          ))}
        </ul>
      )}
      {!isCallOrdered && services.some((service) => offerOf(service).available) && <AnyCall />}
    </section>
  );
}

/** Before anything starts: that nobody answers now, and when somebody will. */
function NobodyNote({ opensAt }: { opensAt: NonNullable<ReturnType<typeof nobodyOnDuty>>["opensAt"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const text =
    opensAt === null
      ? t("home.nobodyText")
      : t("home.nobodyOpens", { when: formats.dayTime(opensAt, ownZone()) });
  return <ErrorNotice tone="info" title={t("home.nobodyNow")} text={text} />;
}

/** Where waiting makes no sense, being called does. */
function OfferedCall({ service }: { service: Service }) {
  const { t } = useTranslation();
  const { offered, reason } = offerOf(service);
  if (!offered || reason === null) return null;
  return (
    <Link className={css.offer} href={paths.callMe(service.id)}>
      <IconPhoneCall size={22} stroke={1.75} aria-hidden />
      <span>
        {t(`callback.offer.${reason}`)} <strong className={css.offerAct}>{t("callback.offer.button")}</strong>
        <span className="unseen">: {service.name}</span>
      </span>
    </Link>
  );
}

/** For who would rather talk than write, at any time. */
function AnyCall() {
  const { t } = useTranslation();
  return (
    <Link className={css.resting} href={paths.callMe()}>
      <IconPhoneCall size={26} stroke={1.75} aria-hidden />
      <span className={css.restingWords}>
        <strong>{t("callback.offer.button")}</strong>
        <span>{t("callback.offer.anyText")}</span>
      </span>
      <IconChevronRight size={24} stroke={1.75} aria-hidden />
    </Link>
  );
}

/** `isNobodySaid`: the note above says it already for all services. */
function ServiceCard({ service, isNobodySaid }: { service: Service; isNobodySaid: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const state = serviceState(service);
  const price = service.price === null ? t("home.free") : formats.money(service.price);
  return (
    <Link className={css.service} data-state={state} href={paths.ask(service.id)}>
      <span className={css.serviceIcon}>
        <ServiceIcon name={service.icon} size={28} />
      </span>
      <span className={css.serviceWords}>
        <strong className={css.serviceName}>{service.name}</strong>
        {service.description !== "" && <span className={css.serviceText}>{service.description}</span>}
        <span className={css.facts}>
          {!(isNobodySaid && state === "nobody") && (
            <span className={css.fact} data-state={state}>
              <span className={css.dot} aria-hidden />
              {state === "on-duty"
                ? t("home.online", { count: service.operators_online })
                : t(`home.${state}`)}
            </span>
          )}
          {state === "on-duty" && service.wait !== null && (
            <span className={css.fact}>{t("home.wait", { range: formats.waitRange(service.wait) })}</span>
          )}
          <span className={css.fact}>{price}</span>
        </span>
      </span>
      <IconChevronRight className={css.chevron} size={24} stroke={1.75} aria-hidden />
    </Link>
  );
}
