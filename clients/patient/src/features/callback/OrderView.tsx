/** «Call me back»: about what, when, on which number, and what happens then. */
import type { Service } from "@consilium/kit/api";
import { ownZone, useFormats } from "@consilium/kit/brand";
import { ChoiceGroup, EmptyState, ErrorNotice, ServiceIcon, SkeletonList } from "@consilium/kit/ui";
import { IconChevronLeft, IconPhoneCall } from "@consilium/kit/ui/icons";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { CallbackCard } from "../../app/CallbackCard.tsx";
import { callbackIn, offerOf, openCallbacks } from "../../app/callbacks.ts";
import { ConsentTicks } from "../../app/consents/ConsentTicks.tsx";
import ground from "../../app/Ground.module.css";
import { paths } from "../../app/paths.ts";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./Callback.module.css";
import { fitted } from "./model.ts";
import { type Order, useOrder } from "./useOrder.ts";
import { WhenFields } from "./WhenFields.tsx";

/** Letters that the service takes. */
const REASON_MAX = 1_000;

export function OrderView({ serviceId }: { serviceId: string | null }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data, isPending, isError, refetch } = useQuery(queries.services(api));
  const services = (data?.services ?? []).filter((service) => offerOf(service).available);
  const service = services.find(({ id }) => id === serviceId) ?? null;
  const choices = service === null ? services : [service];
  return (
    <div className={ground.page}>
      <BackHome />
      {isPending && <SkeletonList rows={3} rowHeight={96} label={t("home.loading")} />}
      {isError && data === undefined && (
        <ErrorNotice
          title={t("home.failed")}
          text={t("home.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch() }}
        />
      )}
      {data !== undefined && choices.length === 0 && (
        <EmptyState
          icon={<IconPhoneCall size={32} stroke={1.5} />}
          title={t("callback.order.none")}
          text={t("callback.order.noneText")}
          action={{ label: t("frame.toHome"), onClick: () => navigate(paths.home) }}
        />
      )}
      {choices.length > 0 && <Form services={choices} chosen={service} />}
    </div>
  );
}

export function BackHome() {
  const { t } = useTranslation();
  return (
    <Link href={paths.home} className={ground.back}>
      <IconChevronLeft size={24} stroke={1.75} aria-hidden />
      {t("frame.back")}
    </Link>
  );
}

function Form({ services, chosen }: { services: readonly Service[]; chosen: Service | null }) {
  const { t } = useTranslation();
  const order = useOrder();
  const [queueId, setQueueId] = useState<string | null>(
    chosen?.id ?? (services.length === 1 ? (services[0]?.id ?? null) : null),
  );
  const { refusal } = order;
  const id = useId();
  const hoursOf = (id: string | null) => services.find((service) => service.id === id)?.hours;
  const choose = (id: string) => {
    setQueueId(id);
    order.setWish(fitted(order.wish, Date.now(), ownZone(), hoursOf(id)));
  };
  return (
    <form
      className={ground.form}
      aria-busy={order.consents.isPending}
      onSubmit={(event) => {
        event.preventDefault();
        order.send(queueId);
      }}
    >
      <Head service={chosen} />
      <AlreadyOrdered />
      {chosen === null && services.length > 1 && (
        <ChoiceGroup
          label={t("callback.order.service")}
          choices={services.map((service) => ({ value: service.id, label: service.name }))}
          value={queueId}
          onChange={choose}
        />
      )}
      <Whom order={order} />
      {order.isWaiting(queueId) && order.stuck === null && <AskOfWait order={order} />}
      {refusal?.kind === "service" && queueId === null && (
        <p className={css.error} role="alert">
          {t("callback.order.serviceError")}
        </p>
      )}
      <WhenFields
        wish={order.wish}
        onChange={order.setWish}
        hours={hoursOf(queueId)}
        error={refusal?.kind === "time" ? t("callback.order.timeError") : null}
      />
      <TextInput
        type="tel"
        autoComplete="tel"
        size="lg"
        classNames={{ label: css.label ?? "" }}
        label={t("callback.order.phone")}
        description={t("callback.order.phoneHint")}
        placeholder="+7 900 000-00-00"
        value={order.phone}
        onChange={(event) => order.setPhone(event.currentTarget.value)}
        error={refusal?.kind === "phone" ? t("callback.order.phoneWrong") : null}
      />
      <div className={css.question}>
        <label htmlFor={id} className={css.label}>
          {t("callback.order.reason")}
        </label>
        <textarea
          id={id}
          className={ground.field}
          rows={3}
          maxLength={REASON_MAX}
          value={order.reason}
          onChange={(event) => order.setReason(event.target.value)}
        />
      </div>
      <ConsentTicks consents={order.consents} />
      {refusal?.kind === "failed" && (
        <ErrorNotice
          tone={refusal.key === "callback.refusal.offline" ? "warning" : "danger"}
          title={t(refusal.key)}
          text={t(`${refusal.key}Text`)}
        />
      )}
      {order.stuck === null ? (
        <Button type="submit" size="lg" fullWidth loading={order.busy}>
          {t("callback.order.send")}
        </Button>
      ) : (
        <StillWaiting stuck={order.stuck} busy={order.busy} />
      )}
      <Next />
    </form>
  );
}

/** No id of a person is this. */
const SELF = "self";

/** For oneself, or for somebody one acts for; who acts for nobody is not asked. */
function Whom({ order }: { order: Order }) {
  const { t } = useTranslation();
  if (order.persons.length === 0) return null;
  return (
    <ChoiceGroup
      label={t("callback.order.whom")}
      value={order.person ?? SELF}
      onChange={(value) => order.setPerson(value === SELF ? null : value)}
      choices={[
        { value: SELF, label: t("callback.order.forMe") },
        ...order.persons.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

/** A question of his waits in the line: only he knows whether the call is instead of it. */
function AskOfWait({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <div className={css.question}>
      <ChoiceGroup
        label={t("callback.wait.title")}
        choices={[
          { value: "replace" as const, label: t("callback.wait.replace") },
          { value: "keep" as const, label: t("callback.wait.keep") },
        ]}
        value={order.wait}
        onChange={order.setWait}
      />
      <p className={css.muted}>{t(`callback.wait.${order.wait ?? "none"}Text`)}</p>
      {order.refusal?.kind === "wait" && (
        <p className={css.error} role="alert">
          {t("callback.wait.error")}
        </p>
      )}
    </div>
  );
}

/** One of two requests failed: what stands is said, and the other can be tried again or left. */
function StillWaiting({ stuck, busy }: { stuck: NonNullable<Order["stuck"]>; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <ErrorNotice
        tone="warning"
        title={t("callback.wait.stuck")}
        text={t("callback.wait.stuckText")}
        action={{ label: t("callback.wait.leave"), onClick: () => void stuck.leave(), loading: busy }}
      />
      <Button size="lg" variant="default" fullWidth onClick={stuck.goOn}>
        {t("callback.wait.keep")}
      </Button>
    </>
  );
}

function Head({ service }: { service: Service | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const price = service === null || service.price === null ? null : formats.money(service.price);
  return (
    <header className={ground.head}>
      <span className={ground.icon}>
        {service === null ? (
          <IconPhoneCall size={32} stroke={1.75} aria-hidden />
        ) : (
          <ServiceIcon name={service.icon} size={32} />
        )}
      </span>
      <div>
        <h1 className={ground.title}>{t("callback.order.title")}</h1>
        {service !== null && (
          <p className={ground.muted}>{[service.name, price].filter((part) => part !== null).join(" · ")}</p>
        )}
      </div>
    </header>
  );
}

/** One at most is open in a conversation: who forgot about it is led there before he fills anything in. */
function AlreadyOrdered() {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const { data } = useQuery(queries.callbacks(api));
  const conversations = useQuery(queries.conversations(api));
  const items = data?.items ?? [];
  const only =
    conversations.data?.conversations.length === 1 ? conversations.data.conversations[0] : undefined;
  const open = only === undefined ? openCallbacks(items)[0] : callbackIn(items, only.id);
  if (open === undefined || open === null) return null;
  return (
    <section className={css.already}>
      <p>{t("callback.order.already")}</p>
      <CallbackCard callback={open} place="home" />
    </section>
  );
}

/** What happens after the press, so that nobody has to wonder. */
function Next() {
  const { t } = useTranslation();
  return (
    <section className={css.next} aria-labelledby="callback-next">
      <h2 id="callback-next" className={css.nextTitle}>
        {t("callback.next.title")}
      </h2>
      <ol className={css.steps}>
        <li>{t("callback.next.call")}</li>
        <li>{t("callback.next.again")}</li>
        <li>{t("callback.next.change")}</li>
      </ol>
    </section>
  );
}
