/** What one agreed to and when, with its text; giving what is left open; withdrawing, once it is clear what that does. */
import { ApiProblem, type Consent, ConsentApi } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Dialog, ErrorNotice } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../session.tsx";
import { ConsentDialog } from "./ConsentDialog.tsx";
import css from "./Consents.module.css";
import { canGive, canWithdraw, documentOf, standingOf } from "./model.ts";
import { useConsents, useReloadConsents } from "./useConsents.ts";

/** `person`: for whom, of those one acts for; null: for oneself. */
export function ConsentItems({ person = null }: { person?: string | null }) {
  const { consents } = useConsents(person);
  return (
    <ul role="list" className={css.items}>
      {consents.map((consent) => (
        <Item key={consent.purpose} consent={consent} person={person} />
      ))}
    </ul>
  );
}

type Asking = "read" | "withdraw" | null;

function Item({ consent, person }: { consent: Consent; person: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [asking, setAsking] = useState<Asking>(null);
  const document = documentOf(consent);
  if (document === null) return null;
  const day = consent.last === null ? "" : formats.date(consent.last.at);
  const close = () => setAsking(null);
  return (
    <li>
      <h3 className={css.subheading} lang={document.language}>
        {document.title}
      </h3>
      <p className={css.muted}>{t(`consents.standing.${standingOf(consent)}`, { day })}</p>
      <div className={css.acts}>
        <Button
          variant="default"
          onClick={() => setAsking("read")}
          aria-label={t(canGive(consent) ? "consents.giveOf" : "consents.readOf", { title: document.title })}
        >
          {t(canGive(consent) ? "consents.give" : "consents.read")}
        </Button>
        {canWithdraw(consent) && (
          <Button
            variant="default"
            onClick={() => setAsking("withdraw")}
            aria-label={t("consents.withdrawOf", { title: document.title })}
          >
            {t("consents.withdraw")}
          </Button>
        )}
      </div>
      {asking === "read" && <ReadDialog consent={consent} person={person} onClose={close} />}
      {asking === "withdraw" && <WithdrawDialog consent={consent} person={person} onClose={close} />}
    </li>
  );
}

interface ConsentProps {
  consent: Consent;
  person: string | null;
  onClose: () => void;
}

type Work = "idle" | "busy" | "failed" | "changed";

/** What a press does, and what became of it. */
function useWork(act: (api: ConsentApi) => Promise<unknown>, done: () => void) {
  const { api } = useSignedIn();
  const reload = useReloadConsents();
  const [work, setWork] = useState<Work>("idle");
  const press = async () => {
    setWork("busy");
    try {
      await act(new ConsentApi(api.client));
      await reload();
      done();
    } catch (cause) {
      const changed = cause instanceof ApiProblem && cause.slug === "consent-changed";
      if (changed) await reload();
      setWork(changed ? "changed" : "failed");
    }
  };
  return { work, press };
}

function ReadDialog({ consent, person, onClose }: ConsentProps) {
  const { t } = useTranslation();
  const document = documentOf(consent);
  const { work, press } = useWork(
    (consents) => consents.give(consent.purpose, document?.hash ?? "", person),
    onClose,
  );
  if (document === null) return null;
  const giving = (
    <>
      <Button variant="default" disabled={work === "busy"} onClick={onClose}>
        {t("consents.notNow")}
      </Button>
      <Button loading={work === "busy"} onClick={() => void press()}>
        {t("consents.agree")}
      </Button>
    </>
  );
  return (
    <ConsentDialog document={document} onClose={onClose} {...(canGive(consent) ? { footer: giving } : {})}>
      <Failure work={work} />
    </ConsentDialog>
  );
}

function WithdrawDialog({ consent, person, onClose }: ConsentProps) {
  const { t } = useTranslation();
  const { work, press } = useWork((consents) => consents.withdraw(consent.purpose, person), onClose);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("consents.withdrawTitle")}
      footer={
        <>
          <Button variant="default" disabled={work === "busy"} onClick={onClose}>
            {t("consents.keep")}
          </Button>
          <Button color="red" loading={work === "busy"} onClick={() => void press()}>
            {t("consents.withdrawConfirm")}
          </Button>
        </>
      }
    >
      <p lang={documentOf(consent)?.language}>
        <strong>{documentOf(consent)?.title}</strong>
      </p>
      <ul className={css.effects}>
        {consent.withdrawal.map((effect) => (
          <li key={effect}>{t(`consents.effect.${effect}`)}</li>
        ))}
      </ul>
      <Failure work={work} />
    </Dialog>
  );
}

function Failure({ work }: { work: Work }) {
  const { t } = useTranslation();
  if (work === "changed") return <ErrorNotice title={t("consents.again")} text={t("consents.againText")} />;
  if (work === "failed") return <ErrorNotice title={t("consents.failed")} text={t("consents.failedText")} />;
  return null;
}
