//! Doing one task. Each is idempotent, because a crash repeats it.

use std::time::Duration;

use serde_json::{Value, json};

use super::notice;
use super::task::Task;
use crate::actor::Actor;
use crate::archive::{self, ArchiveError};
use crate::audit;
use crate::call;
use crate::callback::{self, CallbackError};
use crate::consent;
use crate::consultation::Notice;
use crate::conversation::{self, About, CONSULTATION_STATE, LevelsError};
use crate::deletion::{self, DeletionError, Progress};
use crate::follow_up::{self, Fate};
use crate::ids::{
    CallId, CallbackId, ConsultationId, ConversationId, FollowUpId, OperatorId, PatientId, RoomId, UserId,
};
use crate::person::Treated;
use crate::plain::{self, DoorError, PrepareError};
use crate::retention::{self, RetentionError};
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;
use consilium_appservice::ClientError;
use consilium_keeper::{HandOver, KeeperError};

/// How long sealing waits for the room's last word to come back. After it, what is there is sealed.
const LAST_WORD_SECONDS: i64 = 10;
/// How long one look for it lasts, and the pause after it.
const LAST_WORD_LOOK: Duration = Duration::from_millis(500);
const LAST_WORD_PAUSE_MS: i64 = 50;
/// The pause where somebody changed meanwhile what is to be written down.
const CONTENDED_PAUSE_MS: i64 = 50;

/// What became of a task.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Done.
    Done,
    /// Not yet: look again in so many milliseconds. Not a failure.
    NotYet(i64),
    /// Failed, and may pass.
    TryAgain(String),
    /// Failed for good.
    Hopeless(String),
}

/// Does a task.
pub(super) async fn carry_out(tenant: &Tenant, id: i64, task: &Task) -> Outcome {
    match task {
        Task::HandOver { conversation, room, user } => {
            match conversation::give(tenant, conversation, room, user).await {
                Ok(given) => note(tenant, conversation, user, given).await,
                Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
            }
        }
        Task::Complete { conversation, room, user } => {
            let given = tenant.keeper.joined(room.as_str(), user.as_str()).await;
            note(tenant, conversation, user, given).await
        }
        Task::Invite { room, user } => invite(tenant, room, user).await,
        Task::Levels { conversation, room } => match conversation::set_levels(tenant, conversation, room).await {
            Err(LevelsError::Homeserver(error)) => by_homeserver(Err(error)),
            Err(error @ LevelsError::Store(_)) => Outcome::TryAgain(crate::api::problem::chain(&error)),
            Ok(()) => Outcome::Done,
        },
        Task::Remove { room, user } => by_homeserver(tenant.keeper_acts().remove(room.as_str(), user.as_str()).await),
        Task::Say { room, consultation, notice, operator } => {
            let said = Said { room, consultation, notice: *notice, operator: operator.as_ref() };
            match language_of(tenant, room, About::Consultation(consultation)).await {
                Ok(language) => by_keeper(say(tenant, id, said, &language).await),
                Err(error) => Outcome::TryAgain(error.to_string()),
            }
        }
        Task::Announce { room, consultation, content } => {
            by_homeserver(announce(tenant, room, consultation, content).await)
        }
        Task::Seal { consultation, announced } => seal(tenant, consultation, *announced).await,
        Task::SayCall { room, call } => say_call(tenant, id, room, call).await,
        Task::SayCallback { room, callback, notice, operator } => {
            say_callback(tenant, id, room, callback, *notice, operator.as_ref()).await
        }
        Task::SayFollowUp { room, follow_up } => say_follow_up(tenant, id, room, follow_up).await,
        Task::AskConsents { room, patient } => ask_consents(tenant, id, room, patient).await,
        Task::AnswerDoor { room, user } => answer_door(tenant, room, user).await,
        Task::LeaveDesk { room } => by_homeserver(tenant.keeper_acts().leave(room.as_str()).await),
        Task::SayPlainly { room, sealed } => say_plainly(tenant, id, room, sealed).await,
        Task::OpenWay { room, conversation } => open_way(tenant, id, room, conversation).await,
        Task::SayPlace { room, consultation } => say_place(tenant, id, room, consultation).await,
        Task::CallBack { call } => call_back(tenant, call).await,
        Task::SealCallback { callback } => seal_callback(tenant, callback).await,
        Task::EndMedia { media_room } => end_media(tenant, media_room).await,
        Task::RemoveFile { consultation, url } => remove_file(tenant, consultation, url).await,
        Task::DeleteAccount { patient, part } => delete_account(tenant, patient, *part).await,
        Task::Trust { user } => trust(tenant, user).await,
    }
}

/// Asks somebody in. One who was sent out meanwhile is not asked: the levels of a room are those of who takes part now, and would let him write.
async fn invite(tenant: &Tenant, room: &RoomId, user: &UserId) -> Outcome {
    let takes_part = async {
        let mut reading = tenant.store.read().await?;
        match conversation::by_room(&mut reading, room.as_str()).await? {
            Some(found) => conversation::takes_part(&mut reading, tenant, &found.id, user).await,
            None => Ok(false),
        }
    };
    match takes_part.await {
        Ok(true) => by_homeserver(tenant.keeper_acts().invite(room.as_str(), user.as_str()).await),
        Ok(false) => Outcome::Done,
        Err(error) => Outcome::TryAgain(error.to_string()),
    }
}

/// Writes down what a hand-over did. A user who cannot be given keys is not a failure of the task: his console says so, and the next change of his devices tries
/// again.
async fn note(
    tenant: &Tenant,
    conversation: &ConversationId,
    user: &UserId,
    given: Result<Option<HandOver>, KeeperError>,
) -> Outcome {
    let given = match given {
        Ok(None) => return Outcome::Done,
        Ok(Some(given)) => given,
        Err(KeeperError::NoIdentity { .. }) => HandOver::default(),
        Err(KeeperError::IdentityChanged { .. }) => {
            if let Err(error) = audit_refusal(tenant, conversation, user).await {
                return Outcome::TryAgain(error.to_string());
            }
            HandOver::default()
        }
        Err(error) => return by_keeper(Err(error)),
    };
    match write_down(tenant, conversation, user, given).await {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::TryAgain(error.to_string()),
    }
}

async fn write_down(
    tenant: &Tenant,
    conversation: &ConversationId,
    user: &UserId,
    given: HandOver,
) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    conversation::note_hand_over(&mut writing, tenant, conversation, user.as_str(), given).await?;
    writing.commit().await
}

async fn audit_refusal(tenant: &Tenant, conversation: &ConversationId, user: &UserId) -> Result<(), StoreError> {
    tracing::warn!(user.id = %user, conversation.id = %conversation, "history was refused to a replaced identity");
    let mut writing = tenant.store.write().await?;
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor: &Actor::System,
        action: "keys.refused",
        subject: audit::Subject { kind: "conversation", id: conversation.as_str() },
        detail: json!({ "user_id": user }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}

struct Said<'a> {
    room: &'a RoomId,
    consultation: &'a ConsultationId,
    notice: Notice,
    operator: Option<&'a OperatorId>,
}

async fn say(tenant: &Tenant, id: i64, said: Said<'_>, language: &str) -> Result<(), KeeperError> {
    let operator = said.operator.and_then(|operator| tenant.staff.by_id(operator));
    let name = operator.as_ref().map(|operator| operator.name.as_str());
    let content = notice::content(said.notice, said.consultation, name, language);
    tenant.keeper.say(said.room.as_str(), content, &format!("consilium-effect-{id}")).await
}

/// What the patient speaks, as far as there are words in it; else the brand's language.
async fn language_of(tenant: &Tenant, room: &RoomId, about: About<'_>) -> Result<String, StoreError> {
    let mut reading = tenant.store.read().await?;
    let spoken = match conversation::by_room(&mut reading, room.as_str()).await? {
        Some(found) => conversation::spoken(&mut reading, tenant, &found, about).await?,
        None => None,
    };
    let known = spoken.filter(|language| notice::LANGUAGES.contains(&language.as_str()));
    Ok(known.unwrap_or_else(|| tenant.brand().default_language.clone()))
}

async fn say_call(tenant: &Tenant, id: i64, room: &RoomId, call: &CallId) -> Outcome {
    let loaded = async {
        let mut reading = tenant.store.read().await?;
        let Some(record) = call::load(&mut reading, call).await? else { return Ok(None) };
        drop(reading);
        let about = record.consultation.as_ref().map_or(About::Conversation, About::Consultation);
        let language = language_of(tenant, room, about).await?;
        Ok::<_, StoreError>(Some((record, language)))
    };
    let (record, language) = match loaded.await {
        Ok(Some(loaded)) => loaded,
        Ok(None) => return Outcome::Hopeless("the call is gone".to_owned()),
        Err(error) => return Outcome::TryAgain(error.to_string()),
    };
    let content = notice::call_content(&record, &language);
    by_keeper(tenant.keeper.say(room.as_str(), content, &format!("consilium-effect-{id}")).await)
}

async fn say_callback(
    tenant: &Tenant,
    id: i64,
    room: &RoomId,
    callback: &CallbackId,
    notice: callback::Notice,
    operator: Option<&OperatorId>,
) -> Outcome {
    let loaded = async {
        let mut reading = tenant.store.read().await?;
        let Some(record) = callback::load(&mut reading, &tenant.key, callback).await? else { return Ok(None) };
        drop(reading);
        let language = language_of(tenant, room, About::Callback(&record)).await?;
        Ok::<_, StoreError>(Some((record, language)))
    };
    let (record, language) = match loaded.await {
        Ok(Some(loaded)) => loaded,
        Ok(None) => return Outcome::Hopeless("the call-back is gone".to_owned()),
        Err(error) => return Outcome::TryAgain(error.to_string()),
    };
    let name = operator.and_then(|operator| tenant.staff.by_id(operator)).map(|member| member.name.clone());
    let content = notice::callback_content(&record, notice, name.as_deref(), &language);
    by_keeper(tenant.keeper.say(room.as_str(), content, &format!("consilium-effect-{id}")).await)
}

/// Says what staff planned to write. What became of it is written down before the task is done: a crash in between says it again, and the homeserver takes it once.
async fn say_follow_up(tenant: &Tenant, id: i64, room: &RoomId, follow_up: &FollowUpId) -> Outcome {
    let text = match follow_up::to_say(tenant, follow_up).await {
        Ok(Some(text)) => text,
        Ok(None) => return written_down(tenant, follow_up, Fate::Failed, Outcome::Done).await,
        Err(error) => return Outcome::TryAgain(error.to_string()),
    };
    let content = follow_up::message_content(&text, follow_up);
    match by_keeper(tenant.keeper.say(room.as_str(), content, &format!("consilium-effect-{id}")).await) {
        Outcome::Done => written_down(tenant, follow_up, Fate::Sent, Outcome::Done).await,
        hopeless @ Outcome::Hopeless(_) => written_down(tenant, follow_up, Fate::Failed, hopeless).await,
        other @ (Outcome::NotYet(_) | Outcome::TryAgain(_)) => other,
    }
}

async fn written_down(tenant: &Tenant, follow_up: &FollowUpId, fate: Fate, outcome: Outcome) -> Outcome {
    match follow_up::note_fate(tenant, follow_up, fate).await {
        Ok(true) => outcome,
        Ok(false) => Outcome::NotYet(CONTENDED_PAUSE_MS),
        Err(error) => Outcome::TryAgain(error.to_string()),
    }
}

async fn ask_consents(tenant: &Tenant, id: i64, room: &RoomId, patient: &PatientId) -> Outcome {
    let brand = tenant.brand();
    let missing = async {
        let mut reading = tenant.store.read().await?;
        let missing = consent::missing(&mut reading, &brand, Treated::himself(patient)).await?;
        Ok::<_, StoreError>((missing, plain::room_of(&mut reading, patient).await?))
    };
    let (missing, desk) = match missing.await {
        Ok((missing, _)) if missing.is_empty() => return Outcome::Done,
        Ok(found) => found,
        Err(error) => return Outcome::TryAgain(error.to_string()),
    };
    let language = desk.as_ref().map_or(brand.default_language.as_str(), |(_, language)| language.as_str());
    let consents = missing.iter().filter_map(|purpose| brand.consent(purpose.as_str()));
    let titles: Vec<&str> = consents.map(|consent| consent.title.get(language, &brand.default_language)).collect();
    let desk = desk.as_ref().map(|(desk, _)| plain::link(desk.as_str(), &tenant.server_name));
    let content = notice::consents_content(&titles, (&tenant.public_url, desk.as_deref()), language);
    by_keeper(tenant.keeper.say(room.as_str(), content, &format!("consilium-effect-{id}")).await)
}

async fn answer_door(tenant: &Tenant, room: &RoomId, user: &UserId) -> Outcome {
    match plain::answer_door(tenant, room, user).await {
        Ok(()) => Outcome::Done,
        Err(DoorError::Homeserver(error)) => by_homeserver(Err(error)),
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

async fn say_plainly(tenant: &Tenant, id: i64, room: &RoomId, sealed: &str) -> Outcome {
    match plain::say(tenant, room, sealed, &format!("consilium-effect-{id}")).await {
        Some(said) => by_keeper(said),
        None => Outcome::Hopeless("the words do not open".to_owned()),
    }
}

async fn open_way(tenant: &Tenant, id: i64, room: &RoomId, conversation: &ConversationId) -> Outcome {
    match plain::prepare(tenant, room, conversation, &format!("consilium-effect-{id}")).await {
        Ok(()) => Outcome::Done,
        Err(PrepareError::Homeserver(error)) => by_homeserver(Err(error)),
        Err(PrepareError::Keeper(error)) => by_keeper(Err(error)),
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

async fn say_place(tenant: &Tenant, id: i64, room: &RoomId, consultation: &ConsultationId) -> Outcome {
    match plain::say_place(tenant, room, consultation).await {
        Ok(Some(content)) => {
            by_keeper(tenant.keeper.say(room.as_str(), content, &format!("consilium-effect-{id}")).await)
        }
        Ok(None) => Outcome::Done,
        Err(error) => Outcome::TryAgain(error.to_string()),
    }
}

async fn call_back(tenant: &Tenant, call: &CallId) -> Outcome {
    match callback::order_for_missed_call(tenant, call).await {
        Ok(_) => Outcome::Done,
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

async fn seal_callback(tenant: &Tenant, id: &CallbackId) -> Outcome {
    match callback::seal(tenant, id).await {
        Ok(()) => Outcome::Done,
        Err(CallbackError::NotFound) => Outcome::Hopeless("the call-back is gone".to_owned()),
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

async fn end_media(tenant: &Tenant, media_room: &str) -> Outcome {
    match call::end_media(tenant, media_room).await {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::TryAgain(error.to_string()),
    }
}

/// One that the homeserver will never remove is given up, and stays in the certificate as not gone.
async fn remove_file(tenant: &Tenant, consultation: &ConsultationId, url: &str) -> Outcome {
    match retention::remove(tenant, consultation, url).await {
        Ok(()) => Outcome::Done,
        Err(RetentionError::Homeserver(error)) => by_homeserver(Err(error)),
        Err(RetentionError::NotFound) => Outcome::Hopeless("the address is none of a file".to_owned()),
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

/// What was promised is tried for as long as anything is: each failure may pass, if only with a newer homeserver.
async fn delete_account(tenant: &Tenant, patient: &PatientId, part: deletion::Part) -> Outcome {
    match deletion::carry_out(tenant, patient, part).await {
        Ok(Progress::Done) => Outcome::Done,
        Ok(Progress::NotYet(pause_ms)) => Outcome::NotYet(pause_ms),
        Err(DeletionError::NotFound) => Outcome::Hopeless("the patient is gone".to_owned()),
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

/// Writes the state event, unless it or a later one stands there already: a task that a crash repeats must not write it twice.
async fn announce(
    tenant: &Tenant,
    room: &RoomId,
    consultation: &ConsultationId,
    content: &Value,
) -> Result<(), ClientError> {
    let keeper = tenant.keeper_acts();
    let present = keeper.state(room.as_str(), CONSULTATION_STATE, consultation.as_str()).await?;
    if present.is_some_and(|present| order_of(&present) >= order_of(content)) {
        return Ok(());
    }
    keeper.set_state(room.as_str(), CONSULTATION_STATE, consultation.as_str(), content).await.map(drop)
}

/// Where an announcement stands among those of its consultation: by its phase, and within it by version. Those of earlier releases have none.
fn order_of(content: &Value) -> (Option<Time>, Option<i64>) {
    (since(content), content.get("version").and_then(Value::as_i64))
}

/// `since` of an announcement.
pub(crate) fn since(content: &Value) -> Option<Time> {
    serde_json::from_value(content.get("since")?.clone()).ok()
}

/// Seals when the announcement that closed the consultation has come back by transaction: what was said before it is then all here.
async fn seal(tenant: &Tenant, consultation: &ConsultationId, announced: Time) -> Outcome {
    let waits = tenant.context.now().seconds_since(announced) < LAST_WORD_SECONDS;
    let heard = tenant.last_words.wait(consultation, announced);
    if waits && tokio::time::timeout(LAST_WORD_LOOK, heard).await.is_err() {
        return Outcome::NotYet(LAST_WORD_PAUSE_MS);
    }
    match archive::seal(tenant, consultation).await {
        Ok(_) => Outcome::Done,
        Err(ArchiveError::NotFound) => Outcome::Hopeless("the consultation is gone".to_owned()),
        Err(error) => Outcome::TryAgain(crate::api::problem::chain(&error)),
    }
}

/// Signs an operator's identity; one who has none yet is tried again when his devices change.
async fn trust(tenant: &Tenant, user: &UserId) -> Outcome {
    match tenant.keeper.trust_operator(user.as_str()).await {
        Err(KeeperError::NoIdentity { .. } | KeeperError::IdentityChanged { .. }) => Outcome::Done,
        other => by_keeper(other),
    }
}

fn by_homeserver(result: Result<(), ClientError>) -> Outcome {
    match result {
        Ok(()) => Outcome::Done,
        Err(error) if error.may_pass() => Outcome::TryAgain(error.to_string()),
        Err(error) => Outcome::Hopeless(error.to_string()),
    }
}

fn by_keeper(result: Result<(), KeeperError>) -> Outcome {
    match result {
        Ok(()) => Outcome::Done,
        Err(error @ (KeeperError::NotInRoom(_) | KeeperError::BadArgument { .. })) => {
            Outcome::Hopeless(error.to_string())
        }
        Err(KeeperError::Refused { status, errcode, .. }) if status < 500 && status != 429 => {
            Outcome::Hopeless(format!("the homeserver refused with {status} {errcode}"))
        }
        Err(error) => Outcome::TryAgain(error.to_string()),
    }
}
