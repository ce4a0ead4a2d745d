/**
 * On a card: which other accounts it shows, which other cards may be the same human’s and which are another one’s, and for supervisors the way to merge and to
 * separate.
 */
import {
  ConsentApi,
  type DismissedDuplicate,
  type MergedAccount,
  type PatientCard,
  type PossibleDuplicate,
} from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconLink } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";
import { Consents } from "./Consents.tsx";
import classes from "./Merge.module.css";
import { FIELD_WORDS } from "./merge.ts";
import { useDismissDuplicate, useRestoreDuplicate } from "./useDismiss.ts";

export function OneHuman({ card }: { card: PatientCard }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { dialog } = useDesk();
  const isSupervisor = me.role === "supervisor";
  if (card.deleted_at !== null) return null;
  return (
    <>
      {card.merged.length > 0 && <Accounts card={card} isSupervisor={isSupervisor} />}
      {card.duplicates.length > 0 && <Duplicates card={card} isSupervisor={isSupervisor} />}
      {card.dismissed.length > 0 && <Dismissed card={card} />}
      {isSupervisor && (
        <Button
          variant="default"
          size="sm"
          className={classes.start}
          leftSection={<IconLink size={16} stroke={1.75} />}
          onClick={() => dialog.set({ kind: "merge", wish: { patientId: card.id, otherId: null } })}
        >
          {t("merge.withAnother")}
        </Button>
      )}
    </>
  );
}

interface PartProps {
  card: PatientCard;
  isSupervisor: boolean;
}

function Accounts({ card, isSupervisor }: PartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id}>{t("merge.accounts")}</h3>
      <p className={classes.hint}>{t("merge.accountOf", { account: card.user_id })}</p>
      <ul className={classes.list}>
        {card.merged.map((account) => (
          <li key={account.merge_id} className={classes.account}>
            <Account account={account} card={card} isSupervisor={isSupervisor} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Account({ account, card, isSupervisor }: PartProps & { account: MergedAccount }) {
  const { t } = useTranslation();
  const { date, list } = useFormats();
  const { dialog } = useDesk();
  const ownName = (id: string) => card.fields.find((field) => field.id === id)?.name ?? id;
  const taken = [
    ...account.taken.map((field) => t(FIELD_WORDS[field])),
    ...account.taken_fields.map((id) => ownName(id)),
  ];
  return (
    <>
      <span className={classes.name}>{account.name}</span>
      <span className={classes.hint}>{account.user_id}</span>
      <span className={classes.hint}>
        {t("merge.since", { when: date(account.merged_at), name: account.merged_by.name })}
      </span>
      {taken.length > 0 && <span className={classes.hint}>{t("merge.taken", { fields: list(taken) })}</span>}
      <Consents
        consents={account.consents}
        queryKey={["patient", account.patient_id, "consents"]}
        read={(api) => new ConsentApi(api.client).of(account.patient_id)}
        persons={card.persons}
      />
      {isSupervisor && (
        <Button
          variant="default"
          size="sm"
          className={classes.start}
          onClick={() =>
            dialog.set({ kind: "separate", wish: { patientId: card.id, mergeId: account.merge_id } })
          }
        >
          {t("merge.separate")}
        </Button>
      )}
    </>
  );
}

function Duplicates({ card, isSupervisor }: PartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id}>{t("merge.duplicates")}</h3>
      <ul className={classes.list}>
        {card.duplicates.map((duplicate) => (
          <li key={duplicate.patient.id} className={classes.account}>
            <Duplicate duplicate={duplicate} patientId={card.id} isSupervisor={isSupervisor} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DuplicateProps {
  duplicate: PossibleDuplicate;
  patientId: string;
  isSupervisor: boolean;
}

function Duplicate({ duplicate: { patient, because }, patientId, isSupervisor }: DuplicateProps) {
  const { t } = useTranslation();
  const { list } = useFormats();
  const { dialog } = useDesk();
  const dismissing = useDismissDuplicate();
  const { name } = patient;
  return (
    <>
      <span className={classes.name}>{name}</span>
      <span className={classes.hint}>{list(because.map((why) => t(`merge.because.${why}`)))}</span>
      <div className={classes.buttons}>
        {isSupervisor && (
          <Button
            variant="default"
            size="sm"
            onClick={() => dialog.set({ kind: "merge", wish: { patientId, otherId: patient.id } })}
          >
            {t("merge.compare", { name })}
          </Button>
        )}
        <Button
          variant="default"
          size="sm"
          aria-label={t("merge.dismissNamed", { name })}
          loading={dismissing.isPending}
          onClick={() => dismissing.mutate({ patientId, otherId: patient.id, name })}
        >
          {t("merge.dismiss")}
        </Button>
      </div>
      <Refused error={dismissing.error} />
    </>
  );
}

function Dismissed({ card }: { card: PatientCard }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id}>{t("merge.dismissed")}</h3>
      <p className={classes.hint}>{t("merge.dismissedText")}</p>
      <ul className={classes.list}>
        {card.dismissed.map((dismissed) => (
          <li key={dismissed.patient.id} className={classes.account}>
            <DismissedOne dismissed={dismissed} patientId={card.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DismissedProps {
  dismissed: DismissedDuplicate;
  patientId: string;
}

function DismissedOne({ dismissed: { patient, at, by }, patientId }: DismissedProps) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const restoring = useRestoreDuplicate();
  const { name } = patient;
  return (
    <>
      <span className={classes.name}>{name}</span>
      <span className={classes.hint}>{t("merge.dismissedBy", { name: by.name, when: date(at) })}</span>
      <Button
        variant="default"
        size="sm"
        className={classes.start}
        aria-label={t("merge.restoreNamed", { name })}
        loading={restoring.isPending}
        onClick={() => restoring.mutate({ patientId, otherId: patient.id, name })}
      >
        {t("merge.restore")}
      </Button>
      <Refused error={restoring.error} />
    </>
  );
}

function Refused({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <p className={classes.refused} role="alert">
      {problemWords(error, t).title}
    </p>
  );
}
