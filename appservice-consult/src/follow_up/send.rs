//! The way of a planned message into the conversation: it leaves in the transaction in which its time comes, the outbox says it, and what became of it is written
//! down. A crash anywhere between repeats the last step; the homeserver takes a repeated one once.

use super::message::{Delivery, Message};
use super::reach;
use super::record::{self, Record};
use super::service::write;
use super::state::{Ending, Phase};
use crate::actor::Actor;
use crate::ids::FollowUpId;
use crate::outbox::{self, Task};
use crate::patient;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// What became of what was on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is in the conversation.
    Sent,
    /// It will never be there.
    Failed,
}

/// The follow-up whose time has come, with its message on its way. Part of the transaction in which it comes due.
pub(super) async fn leave(writing: &mut Writing, tenant: &Tenant, due: Record) -> Result<Record, StoreError> {
    let Some(message) = due.message.clone().filter(Message::is_planned) else { return Ok(due) };
    let now = tenant.context.now();
    let delivery = match reach::room(writing, tenant, (&due).into()).await? {
        Some((conversation, room)) => {
            let task = Task::SayFollowUp { room, follow_up: due.id.clone() };
            outbox::append(writing, conversation.as_str(), &task, now).await?;
            Delivery::Leaving
        }
        None => Delivery::Failed { at: now },
    };
    Ok(Record { message: Some(Message { delivery, ..message }), ..due })
}

/// What is to be said; `None`: nothing any more, because the patient left, or it was said.
pub async fn to_say(tenant: &Tenant, id: &FollowUpId) -> Result<Option<String>, StoreError> {
    let mut reading = tenant.store.read().await?;
    let Some(record) = record::load(&mut reading, &tenant.key, id).await? else { return Ok(None) };
    let known = patient::load(&mut reading, &tenant.key, &record.patient).await?;
    let is_there = known.is_some_and(|known| known.deleted_at.is_none());
    let leaving = record.message.filter(|message| is_there && message.delivery == Delivery::Leaving);
    Ok(leaving.map(|message| message.text))
}

/// Writes down what became of a message. Where nothing else was to be done, what was sent is done. Returns whether it is written: somebody else may have been faster.
pub async fn note_fate(tenant: &Tenant, id: &FollowUpId, fate: Fate) -> Result<bool, StoreError> {
    let mut writing = tenant.store.write().await?;
    let Some(before) = record::load(&mut writing, &tenant.key, id).await? else { return Ok(true) };
    let leaving = before.message.clone().filter(|message| message.delivery == Delivery::Leaving);
    let Some(message) = leaving else { return Ok(true) };
    let at = tenant.context.now();
    let (delivery, action) = match fate {
        Fate::Sent => (Delivery::Sent { at }, "follow_up.message_sent"),
        Fate::Failed => (Delivery::Failed { at }, "follow_up.message_failed"),
    };
    let is_due = matches!(before.state.phase, Phase::Due { .. });
    let was_all = fate == Fate::Sent && is_due && before.note.is_none();
    let done = if was_all { before.state.ended(Ending::Done, at).ok() } else { None };
    let state = done.unwrap_or_else(|| before.state.clone());
    let message = Some(Message { delivery, ..message });
    let after = Record { version: before.version + 1, message, state, ..before };
    let is_written = write(&mut writing, tenant, &after, (&Actor::System, action)).await?;
    if is_written {
        writing.commit().await?;
    }
    Ok(is_written)
}
