/** The sections that are one table, and the card beside it. */
import { AuditPanel, AuditView, CardReaders } from "../features/audit/index.ts";
import { CallRecordPanel, CallsView } from "../features/call/index.ts";
import { CallbackPanel, CallbacksView } from "../features/callback/index.ts";
import { FollowUpPanel, FollowUpsPanel, FollowUpsView } from "../features/follow-up/index.ts";
import { IntegrationPanel, IntegrationsView } from "../features/integrations/index.ts";
import { PatientNotes } from "../features/note/index.ts";
import { OperatorPanel, OperatorsView } from "../features/operators/index.ts";
import { PatientPanel, PatientsView } from "../features/patients/index.ts";
import { BehindPanel, ReportsView } from "../features/reports/index.ts";
import { PatientHolds } from "../features/retention/index.ts";
import { PatientRights } from "../features/rights/index.ts";
import { WallboardView } from "../features/wallboard/index.ts";
import type { Section } from "../live/sections.ts";
import { WhatThereWas } from "./WhatThereWas.tsx";

export function TableOf({ section }: { section: Section }) {
  return (
    <>
      {section === "callbacks" && <CallbacksView />}
      {section === "follow-ups" && <FollowUpsView />}
      {section === "calls" && <CallsView />}
      {section === "patients" && <PatientsView />}
      {section === "operators" && <OperatorsView />}
      {section === "wallboard" && <WallboardView />}
      {section === "reports" && <ReportsView />}
      {section === "audit" && <AuditView />}
      {section === "integrations" && <IntegrationsView />}
    </>
  );
}

export function CardOf({ section, id }: { section: Section; id: string }) {
  return (
    <>
      {section === "callbacks" && <CallbackPanel key={id} id={id} />}
      {section === "follow-ups" && <FollowUpPanel key={id} id={id} />}
      {section === "calls" && <CallRecordPanel key={id} id={id} />}
      {section === "patients" && <PatientCard id={id} />}
      {section === "operators" && <OperatorPanel key={id} id={id} />}
      {section === "reports" && <BehindPanel key={id} id={id} />}
      {section === "audit" && <AuditPanel key={id} id={id} />}
      {section === "integrations" && <IntegrationPanel key={id} id={id} />}
    </>
  );
}

function PatientCard({ id }: { id: string }) {
  return (
    <>
      <PatientPanel key={id} id={id}>
        <FollowUpsPanel key={`follow-ups ${id}`} patientId={id} />
      </PatientPanel>
      <WhatThereWas key={`was ${id}`} patientId={id} />
      <PatientNotes key={`notes ${id}`} patientId={id} />
      <PatientHolds key={`holds ${id}`} patientId={id} />
      <PatientRights key={`rights ${id}`} patientId={id} />
      <CardReaders key={`readers ${id}`} patientId={id} />
    </>
  );
}
