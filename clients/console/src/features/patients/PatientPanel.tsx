/** A patient's card in a pane. Reading one is recorded, so a preview of the queue shows only what its row knows. */
import { ConsentApi, type ConsultationRow, type PatientCard } from "@consilium/kit/api";
import { calendarDate, dateOf, useBrand, useFormats, useRegion } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { ageOf } from "../../format.ts";
import { IconId, IconPencil } from "../../icons.ts";
import { useBoard, useMinute } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { fieldWords } from "../../ui/custom-fields.ts";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { CardTitle } from "./CardTitle.tsx";
import { Consents } from "./Consents.tsx";
import { ConsultationsOfCard } from "./ConsultationsOfCard.tsx";
import { InvitationOfCard, OpeningsOfCard } from "./InvitationStanding.tsx";
import { asksInsurance, liveConsultations } from "./model.ts";
import { Numbers } from "./Numbers.tsx";
import { OneHuman } from "./OneHuman.tsx";
import classes from "./PatientPanel.module.css";
import { PersonPanel } from "./PersonPanel.tsx";
import { Persons } from "./Persons.tsx";
import { SignIns } from "./SignIns.tsx";

export function patientKey(id: string) {
  return ["patient", id] as const;
}

export interface PatientPanelProps {
  id: string;
  /** What the queue's row knows; with it the card itself is fetched only on request. */
  preview?: ConsultationRow["patient"];
  /** For whom the consultation is, beside which the card stands. */
  actsFor?: NonNullable<ConsultationRow["person"]>;
  /** What is at hand under his data, over what he had before: what the consultation is about. */
  children?: ReactNode;
}

export function PatientPanel({ id, preview, actsFor, children }: PatientPanelProps) {
  const [asked, setAsked] = useState(false);
  if (preview === undefined || asked) return <Card id={id}>{children}</Card>;
  return (
    <>
      <Preview patient={preview} actsFor={actsFor} onAsk={() => setAsked(true)} />
      {children}
    </>
  );
}

interface PreviewProps {
  patient: ConsultationRow["patient"];
  actsFor: PatientPanelProps["actsFor"] | undefined;
  onAsk: () => void;
}

function Preview({ patient, actsFor, onAsk }: PreviewProps) {
  const { t } = useTranslation();
  const relationship = actsFor?.relationship ?? null;
  return (
    <section className={classes.panel} aria-label={t("patients.card")}>
      <CardTitle name={patient.name} age={patient.age} sex={patient.sex} />
      {actsFor !== undefined && (
        <p>
          {relationship === null
            ? t("persons.actsFor", { name: actsFor.name })
            : t("persons.actsForAs", {
                name: actsFor.name,
                relationship: t(`persons.relationship.${relationship}`),
              })}
        </p>
      )}
      <p className={classes.hint}>{t("patients.previewText")}</p>
      <Button variant="default" size="sm" leftSection={<IconId size={16} stroke={1.75} />} onClick={onAsk}>
        {t("patients.openCard")}
      </Button>
    </section>
  );
}

function Card({ id, children }: { id: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: patientKey(id),
    queryFn: () => api.patient(id),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  if (data !== undefined) return <Loaded card={data}>{children}</Loaded>;
  return (
    <>
      {isError ? (
        <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />
      ) : (
        <section className={classes.panel} aria-label={t("patients.card")}>
          <Loading rows={6} rowHeight={24} />
        </section>
      )}
      {children}
    </>
  );
}

/** The patient's own card, or the card of somebody for whom he acts. */
function Loaded({ card, children }: { card: PatientCard; children: ReactNode }) {
  const [person, setPerson] = useState<string | null>(null);
  if (person === null) {
    return (
      <Own card={card} onPerson={setPerson}>
        {children}
      </Own>
    );
  }
  return (
    <>
      <PersonPanel key={person} patientId={card.id} id={person} onBack={() => setPerson(null)} />
      {children}
    </>
  );
}

interface OwnProps {
  card: PatientCard;
  onPerson: (personId: string) => void;
  children: ReactNode;
}

function Own({ card, onPerson, children }: OwnProps) {
  const { t } = useTranslation();
  const board = useBoard();
  const rows = useMemo(
    () => liveConsultations(card.consultations, board.rows.values(), ({ patient }) => patient.id === card.id),
    [card, board.rows],
  );
  const locale = useRegion();
  const { phone } = useFormats();
  const { texts } = useBrand();
  const { dialog } = useDesk();
  const now = useMinute();
  return (
    <section className={classes.panel} aria-label={t("patients.card")}>
      <CardTitle name={card.name} age={ageOf(card.birth_date, now)} sex={card.sex} />
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
          { name: t("patients.since"), value: dateOf(card.created_at, locale) },
        ]}
      />
      <Numbers changes={card.external_ids} />
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
      <InvitationOfCard card={card} />
      <OpeningsOfCard card={card} />
      {children !== undefined && <div className={classes.atHand}>{children}</div>}
      <OneHuman card={card} />
      <Persons card={card} onOpen={onPerson} />
      <ConsultationsOfCard rows={rows} saysWhose />
      <Consents
        consents={card.consents}
        queryKey={["patient", card.id, "consents"]}
        read={(api) => new ConsentApi(api.client).of(card.id)}
        persons={card.persons}
      />
      {card.deleted_at === null && <SignIns patientId={card.id} />}
    </section>
  );
}
