//! Calls, for both sides.

use std::collections::BTreeMap;

use super::Presenter;
use crate::api::types::{Call, CallInvitee, CallParticipant, CallRow};
use crate::call::{Asked, Record, Span, asked, spans_of};
use crate::ids::UserId;
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// A call.
    pub async fn call(&self, session: &mut Session, record: &Record) -> Result<Call, StoreError> {
        let spans = spans_of(session, &record.id).await?;
        let invited = asked(session, self.tenant, record, &spans).await?;
        let state = &record.state;
        let (answered_user_id, answered_device_id) = record.answered_by.clone().unzip();
        Ok(Call {
            id: record.id.clone(),
            consultation_id: record.consultation.clone(),
            conversation_id: record.conversation.clone(),
            room_id: record.room.clone(),
            kind: record.kind,
            state: state.name(),
            outcome: state.outcome(),
            decline_reason: record.decline_reason,
            caller_side: state.caller,
            caller_user_id: record.caller.clone(),
            caller_name: self.tenant.name_of(&record.caller),
            started_at: record.started_at,
            ring_until: record.ring_until,
            answered_at: state.answered_at(),
            answered_user_id,
            answered_device_id,
            ended_at: state.ended_at(),
            talked_seconds: record.billable_ms / 1_000,
            participants: self.call_participants(spans),
            invited: invited.into_iter().map(|asked| self.invitee(asked)).collect(),
        })
    }

    /// Calls, in their order.
    pub async fn calls(&self, session: &mut Session, records: &[Record]) -> Result<Vec<Call>, StoreError> {
        let mut calls = Vec::with_capacity(records.len());
        for record in records {
            calls.push(self.call(session, record).await?);
        }
        Ok(calls)
    }

    /// Calls in staff's list.
    pub async fn call_rows(&self, session: &mut Session, records: &[Record]) -> Result<Vec<CallRow>, StoreError> {
        let mut rows = Vec::with_capacity(records.len());
        for record in records {
            rows.push(self.call_row(session, record).await?);
        }
        Ok(rows)
    }

    /// A call as staff's list shows it.
    pub async fn call_row(&self, session: &mut Session, record: &Record) -> Result<CallRow, StoreError> {
        Ok(CallRow { call: self.call(session, record).await?, patient: self.patient_ref(&record.patient) })
    }

    fn invitee(&self, asked: Asked) -> CallInvitee {
        CallInvitee {
            name: self.tenant.name_of(&asked.user),
            user_id: asked.user,
            invited_by: asked.by.map(|by| self.operator_name(&by)),
            since: asked.since,
        }
    }

    /// One row for each account: when he first came, and when he last left.
    fn call_participants(&self, spans: Vec<Span>) -> Vec<CallParticipant> {
        let mut by_user: BTreeMap<UserId, CallParticipant> = BTreeMap::new();
        for span in spans {
            let name = self.tenant.name_of(&span.user);
            let participant = by_user.entry(span.user.clone()).or_insert_with(|| CallParticipant {
                user_id: span.user.clone(),
                name,
                side: span.side,
                joined_at: span.joined_at,
                left_at: span.left_at,
            });
            participant.joined_at = participant.joined_at.min(span.joined_at);
            participant.left_at = participant.left_at.zip(span.left_at).map(|(one, two)| one.max(two));
        }
        let mut participants: Vec<CallParticipant> = by_user.into_values().collect();
        participants.sort_by_key(|participant| participant.joined_at);
        participants
    }
}
