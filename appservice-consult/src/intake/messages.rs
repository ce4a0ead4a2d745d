//! Messages that wait to be sealed. The content is encrypted before it is handed to SQL.

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::read::Said;
use crate::api::types::SenderKind;
use crate::archive::message_place;
use crate::ids::{ConsultationId, ConversationId, EventId};
use crate::store::tables::Message as Table;
use crate::store::{StoreError, Writing, number};
use crate::tenant::Tenant;
use crate::words::Word;

/// Where a message belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belongs<'a> {
    pub(super) conversation: &'a ConversationId,
    pub(super) consultation: &'a ConsultationId,
    pub(super) sender_kind: SenderKind,
}

/// Keeps a message until it is sealed; one that is there already stays as it is.
pub(super) async fn keep(
    writing: &mut Writing,
    tenant: &Tenant,
    said: &Said,
    belongs: Belongs<'_>,
) -> Result<(), StoreError> {
    let position = number::next(writing, number::MESSAGE).await?;
    let content = sealed(tenant, said);
    let state = if content.is_some() { "read" } else { "waiting" };
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::EventId,
        Table::ConversationId,
        Table::ConsultationId,
        Table::Position,
        Table::Sender,
        Table::SenderKind,
        Table::SentAt,
        Table::State,
        Table::Trust,
        Table::Content,
    ]);
    insert.values_panic([
        said.event_id.as_str().into(),
        belongs.conversation.as_str().into(),
        belongs.consultation.as_str().into(),
        position.into(),
        said.sender.as_str().into(),
        belongs.sender_kind.word().into(),
        said.sent_at.as_millis().into(),
        state.into(),
        said.trust.as_deref().into(),
        content.into(),
    ]);
    insert.on_conflict(OnConflict::column(Table::EventId).do_nothing().to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Gives a message that waited its content. Returns whether it was there and waited.
pub(super) async fn complete(writing: &mut Writing, tenant: &Tenant, said: &Said) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::State, "read".into()),
        (Table::Trust, said.trust.as_deref().into()),
        (Table::Content, sealed(tenant, said).into()),
    ]);
    update
        .and_where(Expr::col(Table::EventId).eq(said.event_id.as_str()))
        .and_where(Expr::col(Table::State).eq("waiting"));
    Ok(writing.execute(&update).await? > 0)
}

/// Takes a message's content away.
pub(super) async fn redact(writing: &mut Writing, event_id: &EventId) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::State, "redacted").value(Table::Content, Option::<Vec<u8>>::None);
    update.and_where(Expr::col(Table::EventId).eq(event_id.as_str()));
    writing.execute(&update).await.map(drop)
}

fn sealed(tenant: &Tenant, said: &Said) -> Option<Vec<u8>> {
    let content = said.content.as_ref()?.to_string();
    Some(tenant.key.seal(&tenant.context, message_place(said.event_id.as_str()), content.as_bytes()))
}
