/** What was agreed to, on a card; the whole ledger with its texts on request, which is recorded as a reading. */
import type { ConsentEntry, PatientConsent, Person, StaffApi } from "@consilium/kit/api";
import { fullWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import classes from "./Consents.module.css";

interface HistoryProps {
  queryKey: readonly string[];
  read: (api: StaffApi) => Promise<{ entries: ConsentEntry[] }>;
  /** Of whom entries may be, besides the patient himself. */
  persons?: readonly Person[];
}

interface ConsentsProps extends HistoryProps {
  consents: readonly PatientConsent[];
}

export function Consents({ consents, ...history }: ConsentsProps) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const [opened, setOpened] = useState(false);
  const id = useId();
  if (consents.length === 0) return null;
  const standing = ({ status, decided_at: at }: PatientConsent) =>
    at === null ? t(`patients.consent.${status}`) : `${t(`patients.consent.${status}`)}, ${date(at)}`;
  return (
    <section className={classes.consents} aria-labelledby={id}>
      <h3 id={id}>{t("patients.consents")}</h3>
      <ul>
        {consents.map((consent) => (
          <li key={consent.purpose} className={classes.consent}>
            <span>{consent.title}</span>
            <span className={classes.standing} data-missing={consent.required && consent.status !== "active"}>
              {standing(consent)}
            </span>
          </li>
        ))}
      </ul>
      <Button variant="default" size="sm" className={classes.open} onClick={() => setOpened(true)}>
        {t("patients.consentHistory")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("patients.consentHistoryTitle")}
        size="lg"
      >
        {opened && <History {...history} />}
      </Modal>
    </section>
  );
}

function History({ queryKey, read, persons = [] }: HistoryProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey,
    queryFn: () => read(api),
    refetchOnWindowFocus: false,
  });
  if (data === undefined) {
    if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
    return <Loading rows={4} rowHeight={48} />;
  }
  if (data.entries.length === 0) return <p className={classes.hint}>{t("patients.consentNothing")}</p>;
  return (
    <ol className={classes.entries}>
      {data.entries.map((entry) => (
        <Entry
          key={`${entry.purpose} ${entry.person_id} ${entry.at} ${entry.decision}`}
          entry={entry}
          about={persons.find(({ id }) => id === entry.person_id)?.name ?? null}
        />
      ))}
    </ol>
  );
}

/** `about`: for whom it was decided, where it is not the card's own. */
function Entry({ entry, about }: { entry: ConsentEntry; about: string | null }) {
  const { t } = useTranslation();
  const region = useRegion();
  const { document, decision, at, device_id: device } = entry;
  return (
    <li>
      <details className={classes.entry}>
        <summary>
          <span className={classes.entryTitle} lang={document.language}>
            {document.title}
          </span>
          <span className={classes.hint}>
            {t(`patients.consentDecision.${decision}`)}, {fullWhen(at, region)}
            {about !== null && ` · ${t("persons.for", { name: about })}`}
          </span>
        </summary>
        <p className={classes.text} lang={document.language}>
          {`${document.summary}\n\n${document.text}`}
        </p>
        <p className={classes.hint}>{t("patients.consentHash", { hash: document.hash })}</p>
        {device !== null && <p className={classes.hint}>{t("patients.consentDevice", { device })}</p>}
      </details>
    </li>
  );
}
