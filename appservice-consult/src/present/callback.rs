//! Call-backs as patients and as staff see them.

use super::Presenter;
use crate::api::types::{
    Actor, ActorKind, Callback, CallbackDetail, CallbackRow, CallbackWindow, HistoryEntry, QueueRef,
};
use crate::callback::{Ending, Phase, Record, Step, history, name_of};
use crate::conversation;
use crate::ids::{ConversationId, OperatorId};
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Call-backs as their patient sees them.
    pub async fn callbacks(&self, session: &mut Session, records: &[Record]) -> Result<Vec<Callback>, StoreError> {
        let mut ids: Vec<&str> =
            records.iter().filter_map(|record| record.conversation.as_ref()).map(ConversationId::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        let conversations = conversation::load_many(session, &ids).await?;
        let shown = records.iter().map(|record| {
            let conversation = record.conversation.as_ref().and_then(|id| conversations.get(id));
            Callback { room_id: conversation.and_then(|found| found.room.clone()), ..self.callback(record) }
        });
        Ok(shown.collect())
    }

    /// Call-backs as staff sees them.
    pub async fn callback_rows(
        &self,
        session: &mut Session,
        records: &[Record],
    ) -> Result<Vec<CallbackRow>, StoreError> {
        let callbacks = self.callbacks(session, records).await?;
        let rows = records.iter().zip(callbacks).map(|(record, callback)| CallbackRow {
            callback,
            patient: record.patient.as_ref().map(|id| self.patient_ref(id)),
            name: self.called(record),
            overdue: record.state.overdue_since.is_some() && record.state.ended_at.is_none(),
            overdue_since: record.state.overdue_since,
            call_id: record.call.clone(),
            note: record.note.clone(),
            sealed_sequence: record.sealed.map(|(sequence, _)| sequence),
        });
        Ok(rows.collect())
    }

    /// Who is called, as the desk knows him: by the card that his account is on, else by what he wrote into the form.
    fn called(&self, record: &Record) -> String {
        match &record.patient {
            Some(id) => self.patient_ref(id).name,
            None => Some(name_of(self.tenant, record)).filter(|name| !name.is_empty()).unwrap_or_else(|| self.nobody()),
        }
    }

    /// A call-back with its life.
    pub async fn callback_detail(&self, session: &mut Session, record: &Record) -> Result<CallbackDetail, StoreError> {
        let row = self.callback_rows(session, std::slice::from_ref(record)).await?.pop();
        let row = row.ok_or_else(|| StoreError::unknown_value("id", record.id.as_str()))?;
        let steps = history(session, &self.tenant.key, &record.id).await?;
        let history = steps.into_iter().map(|step| self.callback_step(record, step)).collect();
        Ok(CallbackDetail { row, history, consent: record.consent.clone() })
    }

    fn callback_step(&self, record: &Record, step: Step) -> HistoryEntry {
        let name = match (step.kind, step.actor) {
            (ActorKind::Operator, Some(id)) => self.operator_name(&OperatorId::from(id)),
            (ActorKind::Patient, _) => name_of(self.tenant, record),
            (ActorKind::Partner, Some(id)) => self.tenant.api_keys.name_of(&id.into()),
            _ => String::new(),
        };
        HistoryEntry {
            at: step.at,
            actor: Actor { kind: step.kind, name },
            action: step.action,
            operator: None,
            note: step.note,
        }
    }

    /// Without its room, which is looked up for all at once.
    pub(super) fn callback(&self, record: &Record) -> Callback {
        let state = &record.state;
        let ending = state.phase.ending();
        Callback {
            id: record.id.clone(),
            queue: QueueRef { id: record.queue.clone(), name: self.queue_name(&record.queue) },
            phase: state.phase.name(),
            phase_since: state.phase_since,
            source: record.source,
            conversation_id: record.conversation.clone(),
            room_id: None,
            requested_at: state.requested_at,
            person: record.person.as_ref().map(|person| self.person_ref(person)),
            for_name: record.details.for_name.clone(),
            reason: record.details.reason.clone(),
            phone: record.details.phone.clone(),
            window: state.when.window().map(|(start, end)| CallbackWindow { start, end }),
            time_zone: record.time_zone.clone(),
            due_at: state.due_at,
            again_at: match state.phase {
                Phase::NoAnswer { again_at } => Some(again_at),
                _ => None,
            },
            attempts: state.attempts,
            operator: state.last_operator.as_ref().map(|operator| self.operator_ref(operator)),
            taken_at: state.taken_at,
            means: state.last_means,
            ending: ending.map(Ending::name),
            outcome: ending.and_then(Ending::outcome),
            ended_at: state.ended_at,
            erased_at: record.erased_at,
        }
    }
}
