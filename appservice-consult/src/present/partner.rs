//! What partners' systems see of records: ids, phases, times; a name only on the patient's own card.

use super::Presenter;
use crate::api::types::{
    Consultation, PartnerCallback, PartnerConsultation, PartnerPatient, PartnerPerson, PatientLinkType,
};
use crate::callback;
use crate::consultation::Record;
use crate::field;
use crate::patient::{self, PatientRecord};
use crate::person::PersonRecord;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

impl Presenter<'_> {
    /// Consultations.
    pub async fn partner_consultations(
        &self,
        session: &mut Session,
        records: &[Record],
    ) -> Result<Vec<PartnerConsultation>, StoreError> {
        let shown = self.consultations(session, records).await?;
        Ok(records.iter().zip(shown).map(|(record, shown)| told(record, shown)).collect())
    }

    /// One consultation.
    pub async fn partner_consultation(
        &self,
        session: &mut Session,
        record: &Record,
    ) -> Result<PartnerConsultation, StoreError> {
        let told = self.partner_consultations(session, std::slice::from_ref(record)).await?.pop();
        told.ok_or_else(|| StoreError::unknown_value("id", record.id.as_str()))
    }

    /// A call-back.
    pub fn partner_callback(&self, record: &callback::Record) -> PartnerCallback {
        let shown = self.callback(record);
        PartnerCallback {
            id: shown.id,
            conversation_id: shown.conversation_id,
            patient_id: record.patient.clone(),
            person_id: record.person.clone(),
            queue: shown.queue,
            phase: shown.phase,
            phase_since: shown.phase_since,
            source: shown.source,
            requested_at: shown.requested_at,
            window: shown.window,
            time_zone: shown.time_zone,
            due_at: shown.due_at,
            overdue: record.state.overdue_since.is_some() && record.state.ended_at.is_none(),
            again_at: shown.again_at,
            attempts: shown.attempts,
            operator: shown.operator,
            taken_at: shown.taken_at,
            means: shown.means,
            ending: shown.ending,
            outcome: shown.outcome,
            ended_at: shown.ended_at,
        }
    }
}

fn told(record: &Record, shown: Consultation) -> PartnerConsultation {
    PartnerConsultation {
        id: shown.id,
        conversation_id: shown.conversation_id,
        patient_id: record.patient.clone(),
        person_id: record.person.clone(),
        queue: shown.queue,
        phase: shown.phase,
        requested_at: shown.requested_at,
        taken_at: shown.taken_at,
        first_answer_at: shown.first_answer_at,
        ended_at: shown.ended_at,
        hold: shown.hold,
        participants: shown.participants,
        waiting: shown.waiting,
        message_count: shown.message_count,
    }
}

/// A patient, as a partner's system sees him in lists.
pub fn partner_patient(tenant: &Tenant, record: PatientRecord) -> PartnerPatient {
    let links = patient::links(tenant, &record.id);
    PartnerPatient {
        fields: field::standing(&tenant.brand().fields.patient, &record.card.fields),
        active: links.iter().all(|link| link.kind == PatientLinkType::Replaces),
        links,
        id: record.id,
        user_id: record.user_id,
        external_id: record.card.external_id,
        name: record.card.name,
        birth_date: record.card.birth_date.map(|date| date.to_string()),
        sex: record.card.sex,
        phone: record.card.phone,
        email: record.card.email,
        insurance: record.card.insurance,
        created_at: record.created_at,
        last_consultation_at: record.last_consultation_at,
        consultations: record.consultations,
        persons: None,
    }
}

/// A person whom a patient acts for, as a partner's system sees him; none who was removed.
pub fn partner_person(record: PersonRecord) -> Option<PartnerPerson> {
    record.removed_at.is_none().then(|| PartnerPerson {
        id: record.id,
        name: record.kept.card.name,
        birth_date: record.kept.card.birth_date.map(|date| date.to_string()),
        sex: record.kept.card.sex,
        relationship: record.kept.relationship,
    })
}
