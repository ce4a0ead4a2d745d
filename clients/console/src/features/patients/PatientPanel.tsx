/** A patient's card in a pane. Reading one is recorded, so a preview of the queue shows only what its row knows. */
import type { ConsultationRow, PatientCard } from "@consilium/kit/api";
import { useBrand, useFormats, useRegion } from "@consilium/kit/brand";
import { Avatar } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { ageOf, calendarDate } from "../../format.ts";
import { IconId, IconPencil } from "../../icons.ts";
import { useBoard, useNow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { fieldWords } from "../../ui/custom-fields.ts";
import { When } from "../../ui/Elapsed.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { PdfButton } from "../../ui/PdfButton.tsx";
import { Consents } from "./Consents.tsx";
import { asksInsurance, isSex, liveConsultations } from "./model.ts";
import classes from "./PatientPanel.module.css";

export function patientKey(id: string) {
  return ["patient", id] as const;
}

export interface PatientPanelProps {
  id: string;
  /** What the queue's row knows; with it the card itself is fetched only on request. */
  preview?: ConsultationRow["patient"];
}

export function PatientPanel({ id, preview }: PatientPanelProps) {
  const [asked, setAsked] = useState(false);
  if (preview !== undefined && !asked) return <Preview patient={preview} onAsk={() => setAsked(true)} />;
  return <Card id={id} />;
}

function Preview({ patient, onAsk }: { patient: ConsultationRow["patient"]; onAsk: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} aria-label={t("patients.card")}>
      <Title name={patient.name} age={patient.age} sex={patient.sex} />
      <p className={classes.hint}>{t("patients.previewText")}</p>
      <Button variant="default" size="sm" leftSection={<IconId size={16} stroke={1.75} />} onClick={onAsk}>
        {t("patients.openCard")}
      </Button>
    </section>
  );
}

function Title({ name, age, sex }: { name: string; age: number | null; sex: string | null }) {
  const { t } = useTranslation();
  const about = [age === null ? null : t("age", { count: age }), isSex(sex) ? t(`sex.${sex}`) : null].filter(
    (part) => part !== null,
  );
  return (
    <header className={classes.title}>
      <Avatar name={name} size="md" />
      <div className={classes.names}>
        <h2>{name}</h2>
        {about.length > 0 && <p>{about.join(", ")}</p>}
      </div>
    </header>
  );
}

function Card({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: patientKey(id),
    queryFn: () => api.patient(id),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  if (data !== undefined) return <Loaded card={data} />;
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  return (
    <section className={classes.panel} aria-label={t("patients.card")}>
      <Loading rows={6} rowHeight={24} />
    </section>
  );
}

function Loaded({ card }: { card: PatientCard }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const { phone } = useFormats();
  const { texts } = useBrand();
  const { dialog } = useDesk();
  const now = useNow();
  return (
    <section className={classes.panel} aria-label={t("patients.card")}>
      <Title name={card.name} age={ageOf(card.birth_date, now)} sex={card.sex} />
      <Facts
        facts={[
          {
            name: t("patients.birthDate"),
            value: card.birth_date === null ? null : calendarDate(card.birth_date, locale),
          },
          {
            name: t("patients.phone"),
            value:
              card.phone === null ? null : (
                <a href={`tel:${card.phone.replaceAll(/[^\d+]/g, "")}`}>{phone(card.phone)}</a>
              ),
          },
          {
            name: t("patients.email"),
            value: card.email === null ? null : <a href={`mailto:${card.email}`}>{card.email}</a>,
          },
          ...(asksInsurance(texts) || card.insurance !== null
            ? [{ name: t("patients.insurance"), value: card.insurance }]
            : []),
          ...(card.external_id === null ? [] : [{ name: t("patients.externalId"), value: card.external_id }]),
          ...card.fields.map((field) => ({ name: field.name, value: fieldWords(field, t, locale) })),
          { name: t("patients.since"), value: calendarDate(card.created_at, locale) },
        ]}
      />
      {card.deleted_at === null && (
        <Button
          variant="default"
          size="sm"
          className={classes.edit}
          leftSection={<IconPencil size={16} stroke={1.75} />}
          onClick={() => dialog.set({ kind: "patient", patientId: card.id })}
        >
          {t("patients.edit")}
        </Button>
      )}
      <Consultations card={card} />
      <Consents card={card} />
    </section>
  );
}

function Consultations({ card }: { card: PatientCard }) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const board = useBoard();
  const rows = useMemo(() => liveConsultations(card, board.rows.values()), [card, board.rows]);
  const go = (row: ConsultationRow) => {
    if (row.phase === "queued") open(row.id, "waiting");
    else if (row.phase === "active") open(row.id, "active");
    else if (row.phase === "on_hold") open(row.id, "on-hold");
    else if (row.phase === "archived") open(row.id, "archive");
  };
  return (
    <div className={classes.consultations}>
      <h3>
        {t("patients.consultationsTitle")} <span className={classes.count}>{rows.length}</span>
      </h3>
      {rows.length === 0 && <p className={classes.hint}>{t("patients.noConsultations")}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.consultation}
              onClick={() => go(row)}
              disabled={row.phase === "cancelled" || row.phase === "abandoned"}
            >
              <span className={classes.line}>
                <span className={classes.queue}>{row.queue.name}</span>
                <When at={row.requested_at} className={classes.when} />
              </span>
              <span className={classes.line}>
                <span className={classes.lead}>
                  {row.participants[0]?.name ?? row.previous_operator?.name ?? "—"}
                </span>
                <span className={classes.phase} data-phase={row.phase}>
                  {t(`phase.${row.phase}`)}
                </span>
              </span>
            </button>
            {row.conclusion !== null && (
              <PdfButton
                consultationId={row.id}
                label={t("conclusion.openPdf")}
                about={t("conclusion.numbered", row.conclusion)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
