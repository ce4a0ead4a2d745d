/** The card of somebody for whom a patient acts: his own history and consents. Reading it is recorded, as the patient's is. */
import { type ConsultationRow, PersonApi, type PersonCard } from "@consilium/kit/api";
import { calendarDate, useRegion } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconArrowLeft, IconId } from "../../icons.ts";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { CardTitle } from "./CardTitle.tsx";
import { Consents } from "./Consents.tsx";
import { ConsultationsOfCard } from "./ConsultationsOfCard.tsx";
import { liveConsultations } from "./model.ts";
import classes from "./PatientPanel.module.css";

export interface PersonPanelProps {
  patientId: string;
  id: string;
  /** What the queue's row knows; with it the card itself is fetched only on request. */
  preview?: NonNullable<ConsultationRow["person"]>;
  /** Back to the card of who acts for him. */
  onBack?: () => void;
}

export function PersonPanel({ preview, ...rest }: PersonPanelProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  if (preview === undefined || asked) return <Card {...rest} />;
  return (
    <section className={classes.panel} aria-label={t("persons.card")}>
      <CardTitle {...preview} />
      <p className={classes.hint}>{t("persons.previewText")}</p>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconId size={16} stroke={1.75} />}
        onClick={() => setAsked(true)}
      >
        {t("patients.openCard")}
      </Button>
    </section>
  );
}

function Card({ patientId, id, onBack }: Omit<PersonPanelProps, "preview">) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    queryKey: ["patient", patientId, "person", id],
    queryFn: () => new PersonApi(api.client).card(patientId, id),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  return (
    <section className={classes.panel} aria-label={t("persons.card")}>
      {onBack !== undefined && (
        <Button
          variant="subtle"
          size="sm"
          className={classes.edit}
          leftSection={<IconArrowLeft size={16} stroke={1.75} />}
          onClick={onBack}
        >
          {t("persons.back")}
        </Button>
      )}
      {data !== undefined && <Loaded card={data} />}
      {data === undefined && isError && (
        <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />
      )}
      {data === undefined && !isError && <Loading rows={6} rowHeight={24} />}
    </section>
  );
}

function Loaded({ card }: { card: PersonCard }) {
  const { t } = useTranslation();
  const locale = useRegion();
  const board = useBoard();
  const { id, patient, consultations } = card;
  const rows = useMemo(
    () => liveConsultations(consultations, board.rows.values(), ({ person }) => person?.id === id),
    [consultations, board.rows, id],
  );
  return (
    <>
      <CardTitle name={card.name} age={card.age} sex={card.sex} />
      <Facts
        facts={[
          {
            name: t("patients.birthDate"),
            value: card.birth_date === null ? null : calendarDate(card.birth_date, locale),
          },
          {
            name: t("persons.acting"),
            value: `${patient.name}, ${t(`persons.relationship.${card.relationship}`)}`,
          },
          ...(card.active ? [] : [{ name: t("persons.standing"), value: t("persons.removed") }]),
        ]}
      />
      <ConsultationsOfCard rows={rows} />
      <Consents
        consents={card.consents}
        queryKey={["patient", patient.id, "person", id, "consents"]}
        read={(api) => new PersonApi(api.client).consents(patient.id, id)}
      />
    </>
  );
}
