//! What the machine's effects are outside: rows of the outbox, in the transaction of the step.

use super::command::{Effect, Notice};
use super::record::Record;
use crate::consultation::record as consultations;
use crate::conversation::{self, Conversation};
use crate::ids::{OperatorId, RoomId, UserId};
use crate::outbox::{self, Task};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// Enqueues what follows outside from a step that led to `after`.
pub async fn enqueue(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    effects: &[Effect],
) -> Result<(), StoreError> {
    let conversation = match &after.conversation {
        Some(id) => conversation::load(writing, id).await?,
        None => None,
    };
    for effect in effects {
        if let Some(task) = task(writing, tenant, after, conversation.as_ref(), effect).await? {
            outbox::append(writing, after.lane(), &task, tenant.context.now()).await?;
        }
    }
    Ok(())
}

async fn task(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    conversation: Option<&Conversation>,
    effect: &Effect,
) -> Result<Option<Task>, StoreError> {
    if let Effect::Seal = effect {
        return Ok(Some(Task::SealCallback { callback: after.id.clone() }));
    }
    // Without a conversation there is no room, and nobody to tell in it.
    let Some((conversation, room)) = conversation.and_then(|found| Some((found, found.room.clone()?))) else {
        return Ok(None);
    };
    let user = |operator: &OperatorId| tenant.staff.by_id(operator).map(|member| member.user_id.clone());
    Ok(match effect {
        Effect::Record(_) | Effect::Seal => None,
        Effect::HandOver(operator) => {
            user(operator).map(|user| Task::HandOver { conversation: conversation.id.clone(), room, user })
        }
        Effect::Invite(operator) => user(operator).map(|user| Task::Invite { room, user }),
        Effect::Remove(operator) => {
            let stays = takes_part(writing, conversation, operator).await?;
            user(operator).filter(|_| !stays).map(|user| Task::Remove { room, user })
        }
        Effect::Say(notice) => Some(say(room, after, *notice)),
    })
}

fn say(room: RoomId, after: &Record, notice: Notice) -> Task {
    Task::SayCallback { room, callback: after.id.clone(), notice, operator: after.state.last_operator.clone() }
}

/// Whether the open consultation keeps an operator in the room.
async fn takes_part(
    writing: &mut Writing,
    conversation: &Conversation,
    operator: &OperatorId,
) -> Result<bool, StoreError> {
    let open = consultations::load_open(writing, &conversation.id).await?;
    Ok(open.as_ref().and_then(|open| open.state.phase.team()).is_some_and(|team| team.has(operator)))
}

/// The patient's account, to whom changes are told besides staff.
pub async fn audience(writing: &mut Writing, record: &Record) -> Result<Option<UserId>, StoreError> {
    let Some(id) = &record.conversation else { return Ok(None) };
    Ok(conversation::load(writing, id).await?.map(|conversation| conversation.patient_user))
}
