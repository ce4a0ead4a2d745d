//! Who is let in: a patient of this homeserver, into a direct room with nobody else. Everybody else is told why not.
//!
//! The row is written before the keeper comes in, so that no message finds a room that nobody knows; a crash in between does the same again.

use super::look;
use super::model::{Memory, Stage, emergency};
use super::say::{lane, say_later};
use super::store::{self, DeskRoom};
use super::words::{Declined, Words};
use crate::consultation::record;
use crate::conversation;
use crate::ids::{PatientId, RoomId, UserId};
use crate::operator;
use crate::outbox::{self, Task};
use crate::patient::{self, PatientError};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use consilium_appservice::ClientError;

/// State event by which a room is encrypted.
const ENCRYPTION: &str = "m.room.encryption";

/// A failure; nobody is refused by it.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The patient's record could not be made.
    #[error("the patient's record could not be made")]
    Patient(#[from] PatientError),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Somebody is asked into a room: the keeper itself, or somebody beside it at the desk.
pub async fn invited(
    writing: &mut Writing,
    tenant: &Tenant,
    room: &str,
    (user, by): (&UserId, &UserId),
) -> Result<(), StoreError> {
    let keeper = tenant.keeper.user_id();
    if user.as_str() != keeper {
        return company(writing, tenant, room, user).await;
    }
    if by.as_str() == keeper {
        return Ok(());
    }
    let task = Task::AnswerDoor { room: room.into(), user: by.clone() };
    outbox::append(writing, &lane(by), &task, tenant.context.now()).await
}

/// Answers an invitation: comes in and greets, or says why not.
pub async fn answer_door(tenant: &Tenant, room: &RoomId, user: &UserId) -> Result<(), DoorError> {
    let keeper = tenant.keeper_acts();
    let patient = match let_in(tenant, user).await? {
        Ok(patient) => patient,
        Err(why) => {
            let language = tenant.brand().default_language.clone();
            let reason = Words { language: &language }.declined(why, &tenant.server_name);
            tracing::info!(room.id = %room, reason = ?why, "an invitation to the desk was not taken");
            return Ok(keeper.decline(room.as_str(), &reason).await?);
        }
    };
    take_room(tenant, &patient, room, user).await?;
    match keeper.join(room.as_str()).await {
        Ok(()) => {}
        // It was taken back meanwhile.
        Err(ClientError::Refused { status: 403 | 404, .. }) => {
            let mut writing = tenant.store.write().await?;
            store::remove(&mut writing, room.as_str()).await?;
            return Ok(writing.commit().await?);
        }
        Err(error) => return Err(error.into()),
    }
    let members = keeper.members(room.as_str()).await?;
    let is_encrypted =
        keeper.state(room.as_str(), ENCRYPTION, "").await?.is_some_and(|state| state["algorithm"].is_string());
    let mut writing = tenant.store.write().await?;
    let stranger = members.iter().find(|member| *member != user.as_str() && *member != tenant.keeper.user_id());
    match stranger {
        Some(stranger) => company(&mut writing, tenant, room.as_str(), &UserId::from(stranger.as_str())).await?,
        None => greet(&mut writing, tenant, room, is_encrypted).await?,
    }
    Ok(writing.commit().await?)
}

/// Whom the desk speaks with: a patient of this homeserver; one who comes for the first time becomes one.
async fn let_in(tenant: &Tenant, user: &UserId) -> Result<Result<PatientId, Declined>, DoorError> {
    let server = user.as_str().split_once(':').map(|(_, server)| server);
    if server != Some(tenant.server_name.as_str()) {
        return Ok(Err(Declined::Foreign));
    }
    if tenant.patients.by_user(user).is_none() {
        // He may have been made a member of staff a moment ago by the command line.
        let mut reading = tenant.store.read().await?;
        operator::meet_new(&mut reading, &tenant.staff).await?;
    }
    if tenant.staff.by_user(user).is_some() || tenant.staff.parted(user).is_some() {
        return Ok(Err(Declined::Staff));
    }
    match patient::ensure(tenant, user).await {
        Ok(entry) => Ok(Ok(entry.id.clone())),
        Err(PatientError::Deleted) => Ok(Err(Declined::Leaving)),
        Err(error) => Err(error.into()),
    }
}

/// The room is the patient's desk from now on; where he had another one, that is left with a word.
async fn take_room(tenant: &Tenant, patient: &PatientId, room: &RoomId, user: &UserId) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let before = store::of_patient(&mut writing, tenant, patient).await?;
    if before.as_ref().is_some_and(|before| before.room == *room) {
        return Ok(());
    }
    let language = match &before {
        Some(before) => before.language.clone(),
        None => language_of(&mut writing, tenant, patient).await?,
    };
    store::put(&mut writing, patient, room, (language.as_str(), tenant.context.now())).await?;
    if let Some(before) = before {
        let words = Words { language: &language };
        part(&mut writing, tenant, (&before.room, user), words.moved()).await?;
    }
    writing.commit().await
}

/// What the patient spoke when he asked last, else the brand's language.
async fn language_of(session: &mut Session, tenant: &Tenant, patient: &PatientId) -> Result<String, StoreError> {
    let brand = tenant.brand();
    for conversation in conversation::by_patient(session, patient).await? {
        let latest = record::load_latest(session, &conversation.id).await?;
        let spoken = latest.and_then(|latest| latest.language).filter(|spoken| brand.languages.contains(spoken));
        if let Some(spoken) = spoken {
            return Ok(spoken);
        }
    }
    Ok(brand.default_language.clone())
}

/// The first words, once for each room.
async fn greet(writing: &mut Writing, tenant: &Tenant, room: &RoomId, is_encrypted: bool) -> Result<(), StoreError> {
    let Some(mut desk) = store::by_room(writing, tenant, room.as_str()).await? else { return Ok(()) };
    if desk.greeted_at.is_some() {
        return Ok(());
    }
    desk.greeted_at = Some(tenant.context.now());
    desk.is_encrypted = desk.is_encrypted || is_encrypted;
    store::note_room(writing, &desk).await?;
    welcome(writing, tenant, &desk).await
}

/// Greets, and lists the services or asks again what was open; where the room is not encrypted, says how to go on.
async fn welcome(writing: &mut Writing, tenant: &Tenant, desk: &DeskRoom) -> Result<(), StoreError> {
    let brand = tenant.brand();
    let words = Words { language: &desk.language };
    let other = brand.languages.iter().find(|language| **language != desk.language);
    let other = other.and_then(|language| Words::offer_of_language(language));
    let name = brand.name.get(&desk.language, &brand.default_language);
    let lane = lane(&desk.patient_user);
    let to = (lane.as_str(), &desk.room);
    say_later(writing, tenant, to, &words.greeting(name, emergency(&brand, &desk.language), other)).await?;
    if !desk.is_encrypted {
        return say_later(writing, tenant, to, words.not_encrypted()).await;
    }
    // The way into a conversation is told where it is asked for.
    let is_ready = matches!(desk.memory.stage, Stage::Ready { .. });
    let stage = if is_ready { Stage::Choosing } else { desk.memory.stage.clone() };
    let mut now = DeskRoom { memory: Memory { stage, ..desk.memory.clone() }, ..desk.clone() };
    let turn = look::decided(writing, tenant, &now, None).await?;
    if !is_ready {
        now.memory.stage = turn.stage;
        store::note_dialogue(writing, tenant, &now).await?;
    }
    for text in &turn.says {
        say_later(writing, tenant, to, text).await?;
    }
    Ok(())
}

/// A room is encrypted from now on: where it is a desk's that was told so, the dialogue begins.
pub async fn encrypted(writing: &mut Writing, tenant: &Tenant, room: &str) -> Result<(), StoreError> {
    let Some(mut desk) = store::by_room(writing, tenant, room).await? else { return Ok(()) };
    if desk.is_encrypted {
        return Ok(());
    }
    desk.is_encrypted = true;
    store::note_room(writing, &desk).await?;
    if desk.greeted_at.is_some() { welcome(writing, tenant, &desk).await } else { Ok(()) }
}

/// Somebody comes into a room, or is asked into it. Where it is a desk's and he is neither of the two, the desk leaves: nothing of anybody's health is said before
/// others.
pub async fn company(writing: &mut Writing, tenant: &Tenant, room: &str, user: &UserId) -> Result<(), StoreError> {
    if user.as_str() == tenant.keeper.user_id() {
        return Ok(());
    }
    let Some(desk) = store::by_room(writing, tenant, room).await? else { return Ok(()) };
    if *user == desk.patient_user {
        return Ok(());
    }
    store::remove(writing, room).await?;
    let words = Words { language: &desk.language };
    part(writing, tenant, (&desk.room, &desk.patient_user), words.company()).await
}

/// Somebody left a room: a desk's without its patient, or without the keeper, is none any more.
pub async fn left(writing: &mut Writing, tenant: &Tenant, room: &str, user: &UserId) -> Result<(), StoreError> {
    let Some(desk) = store::by_room(writing, tenant, room).await? else { return Ok(()) };
    let is_keeper = user.as_str() == tenant.keeper.user_id();
    if !is_keeper && *user != desk.patient_user {
        return Ok(());
    }
    store::remove(writing, room).await?;
    if is_keeper {
        return Ok(());
    }
    let task = Task::LeaveDesk { room: desk.room.clone() };
    outbox::append(writing, &lane(&desk.patient_user), &task, tenant.context.now()).await
}

/// Says a last word in a room and leaves it.
async fn part(
    writing: &mut Writing,
    tenant: &Tenant,
    (room, user): (&RoomId, &UserId),
    word: &str,
) -> Result<(), StoreError> {
    let lane = lane(user);
    say_later(writing, tenant, (lane.as_str(), room), word).await?;
    let task = Task::LeaveDesk { room: room.clone() };
    outbox::append(writing, &lane, &task, tenant.context.now()).await
}

/// Leaves the desk's room of a patient whose account ends.
pub async fn leave(tenant: &Tenant, patient: &PatientId) -> Result<(), DoorError> {
    let mut reading = tenant.store.read().await?;
    let Some((room, _)) = store::room_of(&mut reading, patient).await? else { return Ok(()) };
    drop(reading);
    tenant.keeper_acts().leave(room.as_str()).await?;
    let mut writing = tenant.store.write().await?;
    store::remove(&mut writing, room.as_str()).await?;
    Ok(writing.commit().await?)
}
