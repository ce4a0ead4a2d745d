//! Keys of the history: handing them over, and remembering to how many devices they went.

use sea_query::{Expr, ExprTrait, OnConflict, Query};
use serde_json::json;

use super::store::Conversation;
use crate::actor::Actor;
use crate::api::types::HistoryKeys;
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::record;
use crate::ids::ConversationId;
use crate::store::tables::HandOver as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use consilium_keeper::{HandOver, KeeperError};

/// Why keys were not handed over.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
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
) -> Result<HistoryKeys, KeysError> {
    let Some(room) = &conversation.room else { return Ok(HistoryKeys { devices: 0, sessions: 0 }) };
    let user = actor.user_id();
    let given = match tenant.keeper.hand_over(room.as_str(), user).await {
        Err(KeeperError::IdentityChanged { .. }) if matches!(actor, Actor::Patient { .. }) => {
            tenant.keeper.approve_identity(user).await.map_err(KeysError::Keeper)?;
            audit_approval(tenant, actor, user).await?;
            tenant.keeper.hand_over(room.as_str(), user).await
        }
        other => other,
    };
    let given = match given {
        Ok(given) => given,
        Err(KeeperError::IdentityChanged { .. }) => return Err(KeysError::IdentityChanged),
        Err(KeeperError::NoIdentity { .. }) => HandOver::default(),
        Err(error) => return Err(KeysError::Keeper(error)),
    };
    let mut writing = tenant.store.write().await?;
    note_hand_over(&mut writing, tenant, &conversation.id, user, given).await?;
    writing.commit().await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(HistoryKeys { devices: count(given.devices), sessions: count(given.sessions) })
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
