//! What the machine's effects are outside: rows of the outbox, in the transaction of the step.

use serde_json::json;

use super::command::Effect;
use super::record::Record;
use crate::callback;
use crate::ids::{OperatorId, RoomId, UserId};
use crate::outbox::{self, Task};
use crate::plain;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// Enqueues what follows outside from a step that led to `after`.
pub async fn enqueue(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    room: &RoomId,
    effects: &[Effect],
) -> Result<(), StoreError> {
    let caller = callback::holder_in(writing, &after.conversation).await?;
    for effect in effects {
        // Who is about to call the patient back stays in the room.
        if matches!(effect, Effect::Remove(operator) if caller.as_ref() == Some(operator)) {
            continue;
        }
        if let Some(task) = task(tenant, after, room, effect) {
            outbox::append(writing, after.conversation.as_str(), &task, tenant.context.now()).await?;
        }
    }
    plain::follow(writing, tenant, after, room, effects).await
}

fn task(tenant: &Tenant, after: &Record, room: &RoomId, effect: &Effect) -> Option<Task> {
    let user = |operator: &OperatorId| tenant.staff.by_id(operator).map(|member| member.user_id.clone());
    let room = room.clone();
    match effect {
        Effect::Record(_) => None,
        Effect::HandOver(operator) => {
            user(operator).map(|user| Task::HandOver { conversation: after.conversation.clone(), room, user })
        }
        Effect::Invite(operator) => user(operator).map(|user| Task::Invite { room, user }),
        Effect::Remove(operator) => user(operator).map(|user| Task::Remove { room, user }),
        Effect::Levels => Some(Task::Levels { conversation: after.conversation.clone(), room }),
        Effect::Say(notice) => {
            let operator = after.state.last_lead.clone();
            Some(Task::Say { room, consultation: after.id.clone(), notice: *notice, operator })
        }
        Effect::SayOf(notice, operator) => {
            let operator = Some(operator.clone());
            Some(Task::Say { room, consultation: after.id.clone(), notice: *notice, operator })
        }
        Effect::Announce => {
            Some(Task::Announce { room, consultation: after.id.clone(), content: announcement(tenant, after) })
        }
        Effect::Seal => Some(Task::Seal { consultation: after.id.clone(), announced: after.state.phase_since }),
    }
}

/// Content of the room's state event `chat.consilium.consultation`: opaque ids, phase and since; never a speciality or a name. `version` puts what is
/// announced within one phase into its order.
fn announcement(tenant: &Tenant, record: &Record) -> serde_json::Value {
    let members = record.state.phase.team().map(super::state::Team::members).unwrap_or_default();
    let participants = members.iter().filter_map(|member| {
        let user_id: UserId = tenant.staff.by_id(&member.operator)?.user_id.clone();
        Some(json!({ "operator_id": member.operator, "user_id": user_id, "role": member.role.word() }))
    });
    json!({
        "phase": record.state.phase.name().word(),
        "since": record.state.phase_since,
        "version": record.version,
        "participants": participants.collect::<Vec<_>>(),
    })
}
