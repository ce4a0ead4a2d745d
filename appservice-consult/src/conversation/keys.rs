//! Keys of the history: handing them over, and remembering to how many devices they went.

use sea_query::{Expr, ExprTrait, OnConflict, Query};
use serde_json::json;

use super::store::{Conversation, load};
use crate::actor::Actor;
use crate::api::types::HistoryKeys;
use crate::audit;
use crate::callback;
use crate::change::{self, Kind};
use crate::consultation::record;
use crate::ids::{ConversationId, RoomId, UserId};
use crate::store::tables::HandOver as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use consilium_keeper::{HandOver, KeeperError};

/// Why keys were not handed over.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// He takes no part in what is open there.
    #[error("the user takes no part in the open consultation")]
    NotHere,
    /// The identity was replaced and nobody has approved it.
    #[error("the identity was replaced and is not approved")]
    IdentityChanged,
    /// The keeper cannot do it now.
    #[error("the keeper cannot do it now")]
    Keeper(#[source] KeeperError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Hands the keys of a conversation to a member, who asked for them, now.
///
/// A patient's replaced identity is approved by his own signed-in request, and audited; an operator's only by a supervisor.
pub async fn hand_over_now(
    tenant: &Tenant,
    conversation: &Conversation,
    actor: &Actor,
    user: &UserId,
) -> Result<HistoryKeys, KeysError> {
    let Some(room) = &conversation.room else { return Ok(HistoryKeys { devices: 0, sessions: 0 }) };
    let given = match give(tenant, &conversation.id, room, user).await? {
        Err(KeeperError::IdentityChanged { .. }) if matches!(actor, Actor::Patient { .. }) => {
            tenant.keeper.approve_identity(user.as_str()).await.map_err(KeysError::Keeper)?;
            audit_approval(tenant, actor, user.as_str()).await?;
            give(tenant, &conversation.id, room, user).await?
        }
        other => other,
    };
    let given = match given {
        Ok(Some(given)) => given,
        Ok(None) => return Err(KeysError::NotHere),
        Err(KeeperError::IdentityChanged { .. }) => return Err(KeysError::IdentityChanged),
        Err(KeeperError::NoIdentity { .. }) => HandOver::default(),
        Err(error) => return Err(KeysError::Keeper(error)),
    };
    let mut writing = tenant.store.write().await?;
    note_hand_over(&mut writing, tenant, &conversation.id, user.as_str(), given).await?;
    writing.commit().await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(HistoryKeys { devices: count(given.devices), sessions: count(given.sessions) })
}

/// Gives the keys that there are to a user who takes part; `None`: he does not.
///
/// Whether he does is asked after the keys were looked up: those of what is said after he was moved on are never among them, however late this is done.
pub async fn give(
    tenant: &Tenant,
    conversation: &ConversationId,
    room: &RoomId,
    user: &UserId,
) -> Result<Result<Option<HandOver>, KeeperError>, StoreError> {
    let history = match tenant.keeper.history(room.as_str()).await {
        Ok(history) => history,
        Err(error) => return Ok(Err(error)),
    };
    let mut reading = tenant.store.read().await?;
    let takes_part = takes_part(&mut reading, tenant, conversation, user).await?;
    drop(reading);
    if !takes_part {
        return Ok(Ok(None));
    }
    Ok(tenant.keeper.hand_over(history, user.as_str()).await.map(Some))
}

/// Whether a user is the conversation's patient, one of the operators of what is open there, or the one who calls him back.
pub async fn takes_part(
    session: &mut Session,
    tenant: &Tenant,
    conversation: &ConversationId,
    user: &UserId,
) -> Result<bool, StoreError> {
    if let Some(member) = tenant.staff.by_user(user) {
        let open = record::load_open(session, conversation).await?;
        let is_in_team =
            open.as_ref().and_then(|open| open.state.phase.team()).is_some_and(|team| team.has(&member.id));
        return Ok(is_in_team || callback::holder_in(session, conversation).await?.as_ref() == Some(&member.id));
    }
    let Some(patient) = tenant.patients.by_user(user) else { return Ok(false) };
    Ok(load(session, conversation).await?.is_some_and(|conversation| conversation.patient == patient.id))
}

async fn audit_approval(tenant: &Tenant, actor: &Actor, user: &str) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor,
        action: "identity.approved",
        subject: audit::Subject { kind: "account", id: user },
        detail: json!({}),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}

/// Writes down what a hand-over did, and tells the member's streams.
pub async fn note_hand_over(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &ConversationId,
    user: &str,
    given: HandOver,
) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConversationId,
        Table::UserId,
        Table::Devices,
        Table::Sessions,
        Table::At,
    ]);
    insert.values_panic([
        conversation.as_str().into(),
        user.into(),
        count(given.devices).into(),
        count(given.sessions).into(),
        now.as_millis().into(),
    ]);
    let key = OnConflict::columns([Table::ConversationId, Table::UserId])
        .update_columns([Table::Devices, Table::Sessions, Table::At])
        .to_owned();
    writing.execute(insert.on_conflict(key)).await?;
    if let Some(consultation) = record::load_latest(writing, conversation).await? {
        change::append(writing, now, Kind::Keys, consultation.id.as_str(), Some(user)).await?;
    }
    Ok(())
}

/// Devices that the last hand-over to a member reached; `None`: there was none.
pub async fn last_hand_over(
    session: &mut Session,
    conversation: &ConversationId,
    user: &str,
) -> Result<Option<i64>, StoreError> {
    let mut select = Query::select();
    select.column(Table::Devices).from(Table::Table);
    select
        .and_where(Expr::col(Table::ConversationId).eq(conversation.as_str()))
        .and_where(Expr::col(Table::UserId).eq(user));
    session.fetch_one(&select).await?.map(|row| row.number(Table::Devices)).transpose()
}
