//! Who may write in a conversation's room: its power levels, as the service's own books say. The keeper alone has power; an observer is below what a message
//! asks, everybody else at it.
//!
//! The levels are derived anew whenever somebody who observes comes, goes or changes his role, so repeating it, also after a crash, changes nothing.

use sea_query::{Expr, ExprTrait, Query};
use serde_json::{Map, Value, json};

use super::store;
use crate::api::types::ParticipantRole;
use crate::consultation::{Team, record};
use crate::ids::{ConversationId, RoomId, UserId};
use crate::outbox::{self, Task};
use crate::store::StoreError;
use crate::store::tables::{Consultation, Participant};
use crate::tenant::Tenant;
use crate::words::Word;
use consilium_appservice::ClientError;

/// The room's power levels (empty state key).
const POWER_LEVELS: &str = "m.room.power_levels";
/// A device's membership of a call, as a state event.
const CALL_MEMBER: &str = "org.matrix.msc3401.call.member";
/// Below what a message asks: who has it reads and listens.
const OBSERVES: i64 = -1;

/// Why the levels could not be written.
#[derive(Debug, thiserror::Error)]
pub enum LevelsError {
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Writes into the room who may write there now. Levels that say so already are left alone.
pub async fn set_levels(tenant: &Tenant, conversation: &ConversationId, room: &RoomId) -> Result<(), LevelsError> {
    // Of several who write, the last has read the books last.
    let _turn = tenant.locks.lock(&format!("levels of {room}")).await;
    let mut reading = tenant.store.read().await?;
    let open = record::load_open(&mut reading, conversation).await?;
    drop(reading);
    let observers = open.as_ref().and_then(|open| open.state.phase.team()).into_iter().flat_map(Team::observers);
    let members = observers.filter_map(|observer| tenant.staff.by_id(observer));
    let wanted = power_levels(members.map(|member| member.user_id.clone()));
    let keeper = tenant.keeper_acts();
    if keeper.state(room.as_str(), POWER_LEVELS, "").await?.as_ref() != Some(&wanted) {
        keeper.set_state(room.as_str(), POWER_LEVELS, "", &wanted).await?;
    }
    Ok(())
}

/// Asks for the levels of every room that somebody observes now: he may have come before a release that kept observers from writing.
pub async fn set_levels_later(tenant: &Tenant) -> Result<(), StoreError> {
    let mut observed = Query::select();
    observed.column(Participant::ConsultationId).from(Participant::Table);
    observed.and_where(Expr::col(Participant::Role).eq(ParticipantRole::Observer.word()));
    observed.and_where(Expr::col(Participant::LeftAt).is_null());
    let mut select = Query::select();
    select.distinct().column(Consultation::ConversationId).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::Id).in_subquery(observed));
    let mut reading = tenant.store.read().await?;
    let rows = reading.fetch_all(&select).await?;
    drop(reading);
    if rows.is_empty() {
        return Ok(());
    }
    let mut writing = tenant.store.write().await?;
    for row in rows {
        let id: ConversationId = row.id(Consultation::ConversationId)?;
        let Some(room) = store::load(&mut writing, &id).await?.and_then(|found| found.room) else { continue };
        let task = Task::Levels { conversation: id.clone(), room };
        outbox::append(&mut writing, id.as_str(), &task, tenant.context.now()).await?;
    }
    writing.commit().await
}

/// Nobody but the room's creator, the keeper, has power. Everybody may say that he is in a call; all but `observers` may write, and mention the room, as a
/// ring does.
pub(super) fn power_levels(observers: impl Iterator<Item = UserId>) -> Value {
    let users: Map<String, Value> = observers.map(|user| (user.to_string(), json!(OBSERVES))).collect();
    json!({
        "users": users,
        "users_default": 0,
        "events_default": 0,
        "state_default": 100,
        "invite": 100,
        "kick": 100,
        "ban": 100,
        "redact": 100,
        "events": { CALL_MEMBER: OBSERVES, super::room::SLOT_STATE: 100 },
        "notifications": { "room": 0 },
    })
}

#[cfg(test)]
mod tests {
    use super::power_levels;

    #[test]
    fn everybody_in_a_conversation_may_ring_and_say_that_he_is_in_a_call() {
        let levels = power_levels(std::iter::empty());
        assert_eq!(levels["events"]["org.matrix.msc3401.call.member"], -1);
        assert_eq!(levels["notifications"]["room"], 0, "a ring mentions the room");
        assert_eq!(levels["events"]["org.matrix.msc4143.rtc.slot"], 100, "only the keeper opens and closes");
        assert_eq!(levels["users"], serde_json::json!({}));
    }

    #[test]
    fn who_observes_is_below_what_a_message_asks_and_at_what_a_call_asks() {
        let levels = power_levels(std::iter::once("@volkova:hs.test".into()));
        let level = levels["users"]["@volkova:hs.test"].as_i64();
        assert!(level < levels["events_default"].as_i64());
        assert_eq!(level, levels["events"]["org.matrix.msc3401.call.member"].as_i64());
    }
}
