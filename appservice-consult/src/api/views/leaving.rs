//! What every member of staff may know of what he leaves, and of what was taken from him.

use super::staff::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{
    Leaving, LeavingConsultation, Operator, QueueRef, ReturnedConsultation, ReturnedConsultations, StatusChange,
};
use crate::ids::QueueId;
use crate::leaving::{self, LeavingError, Planned, Returned};

impl StaffView {
    /// Says what he is ready for; where he goes, what he leads goes too.
    pub async fn set_status(&self, change: StatusChange) -> Result<Operator, ApiError> {
        let set = leaving::set_status(self.tenant(), &self.member.id, change).await;
        let member = set.map_err(|error| self.not_left(error))?;
        self.shown_member(&member).await
    }

    /// What would become of what he leads, if he went now.
    pub async fn leaving(&self) -> Result<Leaving, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let planned = leaving::plan(&mut reading, self.tenant(), &self.member.id).await?;
        Ok(Leaving { consultations: planned.into_iter().map(|one| self.planned(&one)).collect() })
    }

    /// What was taken from him while his console was lost.
    pub async fn returned(&self) -> Result<ReturnedConsultations, ApiError> {
        let now = self.tenant().context.now();
        let mut reading = self.tenant().store.read().await?;
        let returned = leaving::returned(&mut reading, &self.member.id, now).await?;
        Ok(ReturnedConsultations { consultations: returned.into_iter().map(|one| self.gone(&one)).collect() })
    }

    fn planned(&self, one: &Planned) -> LeavingConsultation {
        let presenter = self.presenter();
        LeavingConsultation {
            consultation_id: one.record.id.clone(),
            patient: presenter.patient_ref(&one.record.patient),
            queue: self.queue_ref(&one.record.state.queue),
            phase: one.record.state.phase.name(),
            on_leave: one.rule,
            choices: one.choices(),
            colleague: one.colleague.as_ref().map(|colleague| presenter.operator_ref(colleague)),
            in_call: one.in_call,
        }
    }

    fn gone(&self, one: &Returned) -> ReturnedConsultation {
        let (presenter, state) = (self.presenter(), &one.record.state);
        ReturnedConsultation {
            consultation_id: one.record.id.clone(),
            patient: presenter.patient_ref(&one.record.patient),
            queue: self.queue_ref(&state.queue),
            phase: state.phase.name(),
            lead: state.phase.team().map(|team| presenter.operator_ref(&team.lead)),
            returned_at: one.at,
        }
    }

    fn queue_ref(&self, queue: &QueueId) -> QueueRef {
        QueueRef { id: queue.clone(), name: self.presenter().queue_name(queue) }
    }

    fn not_left(&self, error: LeavingError) -> ApiError {
        match error {
            LeavingError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            LeavingError::Operator(source) => source.into(),
            LeavingError::Consultation(source) => self.failed(source),
            LeavingError::Store(source) => source.into(),
        }
    }
}
