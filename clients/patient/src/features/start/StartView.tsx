/** One question, one button: what the service is, how long, how much; then the conversation opens. */
import type { Service } from "@consilium/kit/api";
import { ownZone, useBrand, useBrandText, useFormats } from "@consilium/kit/brand";
import { Questions } from "@consilium/kit/questions";
import { EmptyState, ErrorNotice, languageName, ServiceIcon, SkeletonList } from "@consilium/kit/ui";
import { IconChevronLeft, IconLock, IconMessageCircle, IconPhoneCall } from "@consilium/kit/ui/icons";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { isWaiting } from "../../app/asking.ts";
import { offerOf } from "../../app/callbacks.ts";
import { ConsentTicks } from "../../app/consents/ConsentTicks.tsx";
import { Emergency } from "../../app/Emergency.tsx";
import ground from "../../app/Ground.module.css";
import { paths } from "../../app/paths.ts";
import { PersonDialog } from "../../app/persons/PersonDialog.tsx";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import css from "./StartView.module.css";
import { useQuestions } from "./useQuestions.ts";
import { type Start, useStart } from "./useStart.ts";
import { WhomField } from "./WhomField.tsx";

export function StartView({ serviceId }: { serviceId: string }) {
  const { api } = useSignedIn();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data, isPending, isError, refetch } = useQuery(queries.services(api));
  const start = useStart(serviceId);
  const [adds, setAdds] = useState(false);
  const service = data?.services.find(({ id }) => id === serviceId);
  return (
    <div className={ground.page}>
      <Link href={paths.home} className={ground.back}>
        <IconChevronLeft size={24} stroke={1.75} aria-hidden />
        {t("frame.back")}
      </Link>
      {isPending && <SkeletonList rows={2} rowHeight={120} label={t("home.loading")} />}
      {isError && data === undefined && (
        <ErrorNotice
          title={t("home.failed")}
          text={t("home.failedText")}
          action={{ label: t("home.again"), onClick: () => void refetch() }}
        />
      )}
      {data !== undefined && service === undefined && (
        <EmptyState
          icon={<IconMessageCircle size={32} stroke={1.5} />}
          title={t("start.goneTitle")}
          text={t("start.goneText")}
          action={{ label: t("frame.toHome"), onClick: () => navigate(paths.home) }}
        />
      )}
      {service !== undefined && <Ask service={service} start={start} onAddPerson={() => setAdds(true)} />}
      {adds && (
        <PersonDialog
          person={null}
          onClose={() => setAdds(false)}
          onSaved={({ id }) => start.whom.choose(id)}
        />
      )}
    </div>
  );
}

interface AskProps {
  service: Service;
  start: Start;
  onAddPerson: () => void;
}

function Ask({ service, start, onAddPerson }: AskProps) {
  const { t } = useTranslation();
  const text = useBrandText();
  const id = useId();
  const promise = text("trust.statement");
  const asked = useQuestions(service);
  return (
    <form
      className={ground.form}
      noValidate
      aria-busy={start.consents.isPending}
      onSubmit={(event) => {
        event.preventDefault();
        asked.send(async (answers) => start.consents.send((given) => start.start(answers, given)));
      }}
    >
      <header className={ground.head}>
        <span className={ground.icon}>
          <ServiceIcon name={service.icon} size={32} />
        </span>
        <div>
          <h1 className={ground.title}>{service.name}</h1>
          {service.description !== "" && <p className={ground.muted}>{service.description}</p>}
        </div>
      </header>
      <Facts service={service} />
      <WhomField {...start.whom} onChoose={start.whom.choose} onAdd={onAddPerson} />
      <div className={css.question}>
        <label htmlFor={id} className={css.label}>
          {t("start.question")}
        </label>
        <p id={`${id}-hint`} className={ground.muted}>
          {t("start.questionHint")}
        </p>
        <textarea
          id={id}
          className={ground.field}
          aria-describedby={`${id}-hint`}
          rows={4}
          value={start.question}
          onChange={(event) => start.setQuestion(event.target.value)}
        />
      </div>
      {service.questionnaire !== null && (
        <Questions
          questionnaire={service.questionnaire}
          typed={asked.typed}
          onChange={asked.setTyped}
          wrong={asked.wrong}
          emergency={<Emergency loud />}
        />
      )}
      <ConsentTicks
        consents={start.consents}
        about={start.whom.persons.find(({ id }) => id === start.whom.chosen)?.name ?? null}
      />
      {start.refusal !== null && (
        <ErrorNotice
          tone={isWaiting(start.refusal.key) ? "warning" : "danger"}
          title={t(start.refusal.key)}
          text={t(`${start.refusal.key}Text`)}
        />
      )}
      <Button type="submit" size="lg" fullWidth loading={start.busy}>
        {t(service.price === null ? "start.send" : "start.sendPaid")}
      </Button>
      {promise !== null && (
        <p className={css.trust}>
          <IconLock size={20} stroke={1.75} aria-hidden />
          <span>{promise}</span>
        </p>
      )}
    </form>
  );
}

function Facts({ service }: { service: Service }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { languages } = useBrand();
  const [, navigate] = useLocation();
  const { hours } = service;
  const isClosed = hours !== undefined && !hours.open;
  const nobody = !isClosed && service.open && service.operators_online === 0;
  const offer = offerOf(service);
  const callMe = offer.offered
    ? { action: { label: t("callback.offer.button"), onClick: () => navigate(paths.callMe(service.id)) } }
    : {};
  return (
    <>
      <dl className={css.facts}>
        <div>
          <dt>{t("start.price")}</dt>
          <dd>{service.price === null ? t("home.free") : formats.money(service.price)}</dd>
        </div>
        {languages.length > 1 && service.languages !== undefined && (
          <div>
            <dt>{t("start.languages")}</dt>
            <dd>{service.languages.map(languageName).join(", ")}</dd>
          </div>
        )}
        {service.wait !== null && (
          <div>
            <dt>{t("start.wait")}</dt>
            <dd>{formats.waitRange(service.wait)}</dd>
          </div>
        )}
        {service.operators_online > 0 && (
          <div>
            <dt>{t("start.online")}</dt>
            <dd>{formats.number(service.operators_online)}</dd>
          </div>
        )}
      </dl>
      {isClosed && (
        <ErrorNotice
          tone="info"
          title={t("start.closed")}
          text={
            hours.opens_at === null
              ? t("start.closedText")
              : t("start.opensAt", { when: formats.dayTime(hours.opens_at, ownZone()) })
          }
          {...callMe}
        />
      )}
      {!isClosed && !service.open && (
        <ErrorNotice tone="info" title={t("start.closed")} text={t("start.closedText")} {...callMe} />
      )}
      {nobody && (
        <ErrorNotice tone="info" title={t("start.nobody")} text={t("start.nobodyText")} {...callMe} />
      )}
      {!isClosed && service.open && !nobody && offer.offered && (
        <ErrorNotice tone="info" title={t(`callback.offer.${offer.reason ?? "long_wait"}`)} {...callMe} />
      )}
      {offer.available && !offer.offered && (
        <Link href={paths.callMe(service.id)} className={ground.textLink}>
          <IconPhoneCall size={22} stroke={1.75} aria-hidden />
          {t("callback.offer.short")}
        </Link>
      )}
    </>
  );
}
