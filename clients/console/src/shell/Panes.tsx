/** The panes and what each holds in a section. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { useFocusKept } from "@consilium/kit/ui";
import { Drawer, Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { ArchiveListView, ArchiveRecordView, PatientFiles } from "../features/archive/index.ts";
import { AuditPanel, AuditView, CardReaders } from "../features/audit/index.ts";
import { CallDock, CallRecordPanel, CallsView, PatientCalls } from "../features/call/index.ts";
import { CallbackPanel, CallbacksView, PatientCallbacks } from "../features/callback/index.ts";
import { ConclusionPanel, ConclusionStatus } from "../features/conclusion/index.ts";
import {
  ConsultationAnswers,
  ConsultationCalls,
  ConsultationHistory,
  ConsultationPane,
  ConsultationPeople,
  ConsultationTabs,
  CorrectWhom,
} from "../features/consultation/index.ts";
import { FieldsPanel } from "../features/field/index.ts";
import { FollowUpPanel, FollowUpsPanel, FollowUpsView } from "../features/follow-up/index.ts";
import { IntegrationPanel, IntegrationsView } from "../features/integrations/index.ts";
import { NotesPanel, PatientNotes } from "../features/note/index.ts";
import { OperatorPanel, OperatorsView } from "../features/operators/index.ts";
import { PatientPanel, PatientsView, PersonPanel } from "../features/patients/index.ts";
import { QueueListView } from "../features/queue/index.ts";
import { BehindPanel, ReportsView } from "../features/reports/index.ts";
import {
  archiveListOf,
  DueListView,
  ErasedRecord,
  HoldsListView,
  PatientHolds,
  RecordRetention,
  WhichList,
} from "../features/retention/index.ts";
import { PatientRights } from "../features/rights/index.ts";
import { SettingsList, SettingsPanel } from "../features/settings/index.ts";
import { SetupPlace } from "../features/setup/index.ts";
import { TagLine } from "../features/tag/index.ts";
import { ViewBar } from "../features/views/index.ts";
import { WallboardView } from "../features/wallboard/index.ts";
import { cardTabOf, turnedTo } from "../live/card-tabs.ts";
import { useReadable, useRow } from "../live/hooks.ts";
import { archivedCallback, openConsultation } from "../live/route.ts";
import { isQueueSection, takesPart } from "../live/sections.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { findShown, Pane } from "../ui/Pane.tsx";
import { Banners } from "./Banners.tsx";
import { BottomBar } from "./BottomBar.tsx";
import classes from "./Desk.module.css";
import { CARD_PANE_MIN, ONE_PANE_MAX, shapeOf } from "./layout.ts";
import { PanelHead } from "./PanelHead.tsx";
import { Resizer } from "./Resizer.tsx";
import { SectionsPane } from "./SectionsPane.tsx";
import { useWriting } from "./useWriting.ts";

export function Panes() {
  const { place } = useDesk();
  const { prefs } = useConsole();
  const { cardOpen, listWidth } = useReadable(prefs.prefs);
  const shape = shapeOf(place.section);
  const phase = useRow(openConsultation(place))?.phase ?? "";
  // A row that was taken, a button that handed on: what was pressed may be gone.
  useFocusKept(`${place.section}/${place.id} ${phase}`, findShown);
  return (
    <div
      className={classes.desk}
      data-shape={shape}
      data-open={place.id !== null}
      data-card={shape === "table" ? place.id !== null : cardOpen && openConsultation(place) !== null}
      style={{ "--list-width": `${listWidth / 16}rem` } as React.CSSProperties}
    >
      <PageTitle />
      <Banners />
      <SectionsPane />
      <CallDock />
      {shape === "split" ? <Split /> : <Table />}
      <BottomBar />
    </div>
  );
}

/** The page's name for readers of the screen; for the eye it is in the sections. */
function PageTitle() {
  const { t } = useTranslation();
  const { name } = useBrand();
  const { place } = useDesk();
  return (
    <h1 className="unseen">
      {name}: {t(`section.${place.section}`)}
    </h1>
  );
}

function Split() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const { section } = place;
  const openId = openConsultation(place);
  const onePane = useMediaQuery(`(max-width: ${ONE_PANE_MAX})`, undefined, {
    getInitialValueInEffect: false,
  });
  const listIsMain = onePane && place.id === null;
  return (
    <>
      <Pane
        name="list"
        main={listIsMain}
        of={section}
        label={t("pane.list", { section: t(`section.${section}`) })}
        className={classes.list}
      >
        <ViewBar />
        {isQueueSection(section) && <QueueListView key={section} section={section} />}
        {section === "archive" && <ArchiveList />}
        {section === "settings" && <SettingsList />}
        <Resizer />
      </Pane>
      <Pane
        name="main"
        main={!listIsMain}
        of={`${section}/${place.id}`}
        label={
          section === "settings"
            ? t("section.settings")
            : t(isQueueSection(section) ? "pane.conversation" : "pane.record")
        }
        className={classes.main}
      >
        {isQueueSection(section) && <ConsultationTabs />}
        {isQueueSection(section) && (
          <ConsultationPane id={openId} About={AboutConsultation} useWriting={useWriting} />
        )}
        {section === "archive" && <ArchivedRecord />}
        {section === "settings" && <SettingsPanel name={place.id} />}
      </Pane>
      {openId !== null && <ConsultationCard id={openId} />}
    </>
  );
}

/** What is open of the archive: a consultation, or a call-back that a search has found. */
function ArchivedRecord() {
  const { place } = useDesk();
  const callback = archivedCallback(place);
  if (callback !== null)
    return (
      <>
        <PanelHead />
        <div className={classes.cardScroll}>
          <CallbackPanel key={callback} id={callback} />
        </div>
      </>
    );
  return (
    <ArchiveRecordView
      id={place.id}
      Conclusion={ConclusionPanel}
      Keeping={RecordRetention}
      Erased={ErasedRecord}
    />
  );
}

/** The archive's lists: what is kept, and for supervisors what goes and what is held. */
function ArchiveList() {
  const { place } = useDesk();
  const { me } = useConsole();
  const list = me.role === "supervisor" ? archiveListOf(place.search.state) : "records";
  if (list === "due") return <DueListView />;
  if (list === "holds") return <HoldsListView />;
  return <ArchiveListView above={<WhichList />} />;
}

/** What staff tells one another about a consultation: tags, notes. Read by themselves where one takes part; folded where only the talk has room. */
function AboutConsultation({ row }: { row: ConsultationRow }) {
  const { me } = useConsole();
  const isIn = row.ended_at === null && takesPart(row, me.operator?.id ?? null);
  const narrow = useMediaQuery(`(max-width: ${ONE_PANE_MAX})`, undefined, { getInitialValueInEffect: false });
  return (
    <>
      <TagLine row={row} />
      <ConclusionStatus row={row} />
      <NotesPanel key={String(isIn)} conversationId={row.conversation_id} opened={isIn && !narrow} />
    </>
  );
}

/** The card beside a consultation: a pane where there is room, else a drawer. */
function ConsultationCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const { cardDrawer } = useDesk();
  const { prefs } = useConsole();
  const wide = useMediaQuery(`(min-width: ${CARD_PANE_MIN})`, undefined, { getInitialValueInEffect: false });
  const narrow = useMediaQuery(`(max-width: ${ONE_PANE_MAX})`, undefined, { getInitialValueInEffect: false });
  const drawer = useReadable(cardDrawer);
  const { cardOpen } = useReadable(prefs.prefs);
  useEffect(() => {
    if (wide) cardDrawer.set(false);
  }, [wide, cardDrawer]);
  if (wide) {
    if (!cardOpen) return null;
    return (
      <Pane name="card" of={id} label={t("pane.card")} className={classes.card}>
        <CardContent id={id} />
      </Pane>
    );
  }
  return (
    <Drawer
      opened={drawer}
      onClose={() => cardDrawer.set(false)}
      position="right"
      size={narrow ? "100%" : "sm"}
      title={t("pane.card")}
      padding={0}
      classNames={{ header: classes.drawerHead }}
    >
      <CardContent id={id} />
    </Drawer>
  );
}

function CardContent({ id }: { id: string }) {
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

/** What there was besides consultations, folded: how many says whether to look. */
function WhatThereWas({ patientId }: { patientId: string }) {
  return (
    <div>
      <PatientCallbacks patientId={patientId} />
      <PatientCalls patientId={patientId} />
      <PatientFiles patientId={patientId} />
    </div>
  );
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

function Table() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const { section, id } = place;
  return (
    <>
      <Pane name="main" of={section} label={t(`section.${section}`)} className={classes.main}>
        <ViewBar />
        {section === "callbacks" && <CallbacksView />}
        {section === "follow-ups" && <FollowUpsView />}
        {section === "calls" && <CallsView />}
        {section === "patients" && <PatientsView />}
        {section === "operators" && <OperatorsView />}
        {section === "wallboard" && <WallboardView />}
        {section === "reports" && <ReportsView />}
        {section === "audit" && <AuditView />}
        {section === "integrations" && <IntegrationsView />}
        {section === "setup" && <SetupPlace />}
      </Pane>
      {id !== null && (
        <Pane name="card" of={`${section}/${id}`} label={t("pane.details")} className={classes.card}>
          <PanelHead />
          <div className={classes.cardScroll}>
            {section === "callbacks" && <CallbackPanel key={id} id={id} />}
            {section === "follow-ups" && <FollowUpPanel key={id} id={id} />}
            {section === "calls" && <CallRecordPanel key={id} id={id} />}
            {section === "patients" && (
              <PatientPanel key={id} id={id}>
                <FollowUpsPanel key={`follow-ups ${id}`} patientId={id} />
              </PatientPanel>
            )}
            {section === "patients" && <WhatThereWas key={`was ${id}`} patientId={id} />}
            {section === "patients" && <PatientNotes key={`notes ${id}`} patientId={id} />}
            {section === "patients" && <PatientHolds key={`holds ${id}`} patientId={id} />}
            {section === "patients" && <PatientRights key={`rights ${id}`} patientId={id} />}
            {section === "patients" && <CardReaders key={`readers ${id}`} patientId={id} />}
            {section === "operators" && <OperatorPanel key={id} id={id} />}
            {section === "reports" && <BehindPanel key={id} id={id} />}
            {section === "audit" && <AuditPanel key={id} id={id} />}
            {section === "integrations" && <IntegrationPanel key={id} id={id} />}
          </div>
        </Pane>
      )}
    </>
  );
}
