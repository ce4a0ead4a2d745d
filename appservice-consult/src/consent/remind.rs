//! Who writes by a plain message, from whichever Matrix client, while nothing may begin for him: he is told in the room what is missing and where it is given.
//! What he wrote is not taken.

use super::{service, store};
use crate::conversation::Conversation;
use crate::outbox::{self, Task};
use crate::person::Treated;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// So often at most, however much somebody writes. Unit: seconds.
const AGAIN_AFTER_SECONDS: i64 = 10 * 60;

/// Has the patient of a conversation told what is missing. Returns whether something is.
pub async fn remind(writing: &mut Writing, tenant: &Tenant, conversation: &Conversation) -> Result<bool, StoreError> {
    if service::missing(writing, &tenant.brand(), Treated::himself(&conversation.patient)).await?.is_empty() {
        return Ok(false);
    }
    let now = tenant.context.now();
    let told = store::reminded_at(writing, &conversation.id).await?;
    let is_due = told.is_none_or(|told| now.seconds_since(told) >= AGAIN_AFTER_SECONDS);
    if let Some(room) = conversation.room.clone().filter(|_| is_due) {
        store::note_reminder(writing, &conversation.id, now).await?;
        let task = Task::AskConsents { room, patient: conversation.patient.clone() };
        outbox::append(writing, conversation.id.as_str(), &task, now).await?;
    }
    Ok(true)
}
