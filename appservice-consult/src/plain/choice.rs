//! The service that a patient chose at the desk: the way into its conversation, and the message there that begins the consultation.

use consilium_config::Brand;

use super::model::{Memory, Stage};
use super::say::{content, lane};
use super::store::{self, DeskRoom};
use super::words::{WayIn, Words, link};
use crate::api::types::QuestionAnswer;
use crate::consultation::ConsultationError;
use crate::conversation::{self, Conversation};
use crate::ids::{ConversationId, QueueId, RoomId};
use crate::outbox::{self, Task};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use consilium_appservice::ClientError;
use consilium_appservice::client::Membership;
use consilium_keeper::KeeperError;

/// What was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Which service.
    pub queue: QueueId,
    /// What was answered to what it asked.
    pub answers: Vec<QuestionAnswer>,
    /// What the patient speaks.
    pub language: String,
}

/// Why the way was not opened.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// The room could not be made.
    #[error("the room could not be made")]
    Room(#[from] ConsultationError),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[from] ClientError),
    /// The keeper did not do its part.
    #[error("the keeper did not do its part")]
    Keeper(#[from] KeeperError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Has the way into a service's conversation opened when the transaction has committed.
pub(super) async fn prepare_later(
    writing: &mut Writing,
    tenant: &Tenant,
    desk: &DeskRoom,
    queue: &QueueId,
) -> Result<(), ConsultationError> {
    let brand = tenant.brand();
    let queue = brand.queue(queue.as_str()).ok_or(ConsultationError::NoSuchQueue)?;
    let conversation = conversation::ensure(writing, tenant, &desk.patient, &queue.circle).await?;
    let task = Task::OpenWay { room: desk.room.clone(), conversation: conversation.id };
    Ok(outbox::append(writing, &lane(&desk.patient_user), &task, tenant.context.now()).await?)
}

/// Makes the conversation's room at need, asks its patient in, and says at the desk where it is.
pub async fn prepare(
    tenant: &Tenant,
    desk: &RoomId,
    conversation: &ConversationId,
    txn_id: &str,
) -> Result<(), PrepareError> {
    let mut reading = tenant.store.read().await?;
    let found = conversation::load(&mut reading, conversation).await?.ok_or(ConsultationError::NotFound)?;
    let language = store::room_of(&mut reading, &found.patient).await?.map(|(_, language)| language);
    drop(reading);
    let _only_one = tenant.locks.lock(found.patient.as_str()).await;
    let mut reading = tenant.store.read().await?;
    let found = conversation::load(&mut reading, conversation).await?.ok_or(ConsultationError::NotFound)?;
    drop(reading);
    let found = conversation::ensure_room(tenant, found).await?;
    let room = found.room.ok_or(ConsultationError::NotFound)?;
    let keeper = tenant.keeper_acts();
    let way = match keeper.membership(room.as_str(), found.patient_user.as_str()).await? {
        Membership::Joined => WayIn::Open,
        Membership::Invited | Membership::Out | Membership::Banned => WayIn::Invitation,
    };
    if way == WayIn::Invitation {
        keeper.invite(room.as_str(), found.patient_user.as_str()).await?;
    }
    let language = language.unwrap_or_else(|| tenant.brand().default_language.clone());
    let text = Words { language: &language }.go_on(way, &link(room.as_str(), &tenant.server_name));
    Ok(tenant.keeper.say(desk.as_str(), content(&text), txn_id).await?)
}

/// Whether what was chosen is a service of this conversation.
pub(super) fn is_of(brand: &Brand, desk: &DeskRoom, conversation: &Conversation) -> bool {
    let Stage::Ready { queue, .. } = &desk.memory.stage else { return false };
    let queue = brand.queue(queue.as_str()).filter(|queue| !queue.retired);
    queue.is_some_and(|queue| queue.circle == conversation.circle.as_str())
}

/// What the patient of a conversation chose in it, once: the message that is taken begins a consultation there.
pub async fn take_choice(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &Conversation,
) -> Result<Option<Chosen>, StoreError> {
    let Some(desk) = store::of_patient(writing, tenant, &conversation.patient).await? else { return Ok(None) };
    if !is_of(&tenant.brand(), &desk, conversation) {
        return Ok(None);
    }
    drop_choice(writing, tenant, &desk).await?;
    match desk.memory.stage {
        Stage::Ready { queue, answers } => Ok(Some(Chosen { queue, answers, language: desk.language })),
        Stage::Choosing | Stage::Agreeing { .. } | Stage::Filling { .. } => Ok(None),
    }
}

/// Nothing is chosen any more.
pub(super) async fn drop_choice(writing: &mut Writing, tenant: &Tenant, desk: &DeskRoom) -> Result<(), StoreError> {
    let memory = Memory { stage: Stage::Choosing, ..desk.memory.clone() };
    store::note_dialogue(writing, tenant, &DeskRoom { memory, ..desk.clone() }).await
}
