/** What the card beside a consultation holds: who it is about, and what is written for him. */
import { useAfterMount } from "@consilium/kit/ui";
import { Drawer, Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { ConclusionPanel } from "../features/conclusion/index.ts";
import {
  ConsultationAnswers,
  ConsultationCalls,
  ConsultationHistory,
  ConsultationPeople,
  CorrectWhom,
} from "../features/consultation/index.ts";
import { FieldsPanel } from "../features/field/index.ts";
import { FollowUpsPanel } from "../features/follow-up/index.ts";
import { PatientNotes } from "../features/note/index.ts";
import { PatientPanel, PersonPanel } from "../features/patients/index.ts";
import { cardTabOf, turnedTo } from "../live/card-tabs.ts";
import { useReadable, useRow } from "../live/hooks.ts";
import { takesPart } from "../live/sections.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import classes from "./Desk.module.css";
import { WhatThereWas } from "./WhatThereWas.tsx";

interface CardDrawerProps {
  id: string;
  opened: boolean;
  narrow: boolean;
  onClose: () => void;
}

/** Where there is no room for a pane: over the rest. */
export function CardDrawer({ id, opened, narrow, onClose }: CardDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={useAfterMount(opened, false)}
      onClose={onClose}
      position="right"
      size={narrow ? "100%" : "sm"}
      title={t("pane.card")}
      padding={0}
      classNames={{ header: classes.drawerHead }}
    >
      <Card id={id} />
    </Drawer>
  );
}

export function Card({ id }: { id: string }) {
  const { me } = useConsole();
  const row = useRow(id);
  if (row === null) return null;
  const part = takesPart(row, me.operator?.id ?? null);
  const mine = part && (row.phase === "active" || row.phase === "on_hold");
  const patient = (
    <div className={classes.cardScroll}>
      {row.person !== null && (
        <PersonPanel
          key={row.person.id + String(mine)}
          patientId={row.patient.id}
          id={row.person.id}
          {...(mine ? {} : { preview: row.person })}
        />
      )}
      <PatientPanel
        key={row.patient.id + String(mine)}
        id={row.patient.id}
        {...(mine && row.person === null ? {} : { preview: row.patient })}
        {...(row.person === null ? {} : { actsFor: row.person })}
      >
        <CorrectWhom row={row} />
        <FieldsPanel key={`fields ${id}`} id={id} />
        <FollowUpsPanel
          key={`follow-ups ${id}`}
          patientId={row.patient.id}
          name={row.patient.name}
          consultationId={id}
        />
      </PatientPanel>
      {mine && <WhatThereWas key={`was ${row.patient.id}`} patientId={row.patient.id} />}
      <PatientNotes key={`notes ${row.patient.id}`} patientId={row.patient.id} />
      {row.phase !== "queued" && <ConsultationAnswers id={id} />}
      <ConsultationPeople row={row} />
      <ConsultationCalls key={`calls ${id}`} id={id} />
      <ConsultationHistory key={id} id={id} />
    </div>
  );
  // What is being written is not for whoever handed it on.
  const reads = part || me.role !== "operator";
  if (row.conclusion_need === "off" || row.phase === "queued" || !reads) return patient;
  return <CardSides id={id} patientId={row.patient.id} patient={patient} />;
}

/** The card's two sides: who it is about, and what is written for him. */
function CardSides({ id, patientId, patient }: { id: string; patientId: string; patient: ReactNode }) {
  const { t } = useTranslation();
  const { cardTabs, closeWaits } = useDesk();
  const tabs = useReadable(cardTabs);
  const asked = useReadable(closeWaits) === id;
  return (
    <Tabs
      value={cardTabOf(tabs, patientId)}
      onChange={(value) =>
        cardTabs.set(turnedTo(tabs, patientId, value === "conclusion" ? "conclusion" : "patient"))
      }
      keepMounted={false}
      className={classes.cardTabs}
    >
      <Tabs.List grow>
        <Tabs.Tab value="patient">{t("conclusion.tabPatient")}</Tabs.Tab>
        <Tabs.Tab value="conclusion">{t("conclusion.tab")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="patient" className={classes.cardTab}>
        {patient}
      </Tabs.Panel>
      <Tabs.Panel value="conclusion" className={classes.cardTab}>
        <div className={classes.cardScroll}>
          <ConclusionPanel key={id} id={id} asked={asked} />
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}
