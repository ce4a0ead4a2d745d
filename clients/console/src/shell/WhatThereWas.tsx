/** What there was of a patient besides consultations. */
import { PatientFiles } from "../features/archive/index.ts";
import { PatientCalls } from "../features/call/index.ts";
import { PatientCallbacks } from "../features/callback/index.ts";

/** Folded: how many says whether to look. */
export function WhatThereWas({ patientId }: { patientId: string }) {
  return (
    <div>
      <PatientCallbacks patientId={patientId} />
      <PatientCalls patientId={patientId} />
      <PatientFiles patientId={patientId} />
    </div>
  );
}
