//! Reading notes: pages, newest first, and what a note said before. Each reading is an audit entry like that of the card, written before anything is given out.

use sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::json;

use super::access::{self, Ground, Writer};
use super::error::NoteError;
use super::record::{self, Record, Version};
use crate::audit;
use crate::conversation::{self, Conversation};
use crate::ids::{ConversationId, NoteId, PatientId};
use crate::page::{self, Keyed, Listed};
use crate::patient;
use crate::store::tables::Note as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

const NEWEST: Keyed<Record, Table> = Keyed {
    list: "notes",
    columns: &[Table::CreatedAt],
    id: Table::Id,
    order: Order::Desc,
    key_of: |record| (vec![record.created_at.as_millis()], record.id.as_str()),
};

/// One page of the notes on a conversation.
pub async fn of_conversation(
    tenant: &Tenant,
    id: &ConversationId,
    by: Writer<'_>,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<Record>, NoteError> {
    let mut writing = tenant.store.write().await?;
    let conversation = conversation::load(&mut writing, id).await?.ok_or(NoteError::NotFound)?;
    let ground = access::admitted(&mut writing, tenant, id, by.member).await?;
    let listed = page(&mut writing, tenant, std::slice::from_ref(id), limit, cursor).await?;
    remember(&mut writing, tenant, &conversation.patient, by, &[(id.clone(), ground)]).await?;
    writing.commit().await?;
    Ok(listed)
}

/// One page of the notes on a patient, of the conversations whose notes the reader may read, in every account on his card.
///
/// Errors: `NotOpen` when there are conversations of his circles and he may read the notes of none.
pub async fn of_patient(
    tenant: &Tenant,
    id: &PatientId,
    by: Writer<'_>,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<Record>, NoteError> {
    let mut writing = tenant.store.write().await?;
    patient::load(&mut writing, &tenant.key, id).await?.ok_or(NoteError::NotFound)?;
    let brand = tenant.brand();
    let (mut ids, mut has_any) = (Vec::new(), false);
    for account in tenant.patients.accounts_of(id) {
        let conversations = conversation::by_patient(&mut writing, &account).await?;
        // Of another circle's he is not told that there is one.
        has_any |= conversations.iter().any(|one| conversation::serves(&brand, by.member, &one.circle));
        let open = opened(&mut writing, tenant, conversations, by).await?;
        // Whoever reads nothing of an account has not read it; where nothing is written yet it is a reading of the card.
        if !open.is_empty() || account == *id {
            remember(&mut writing, tenant, &account, by, &open).await?;
        }
        ids.extend(open.into_iter().map(|(id, _)| id));
    }
    if ids.is_empty() && has_any {
        return Err(NoteError::NotOpen);
    }
    let listed = page(&mut writing, tenant, &ids, limit, cursor).await?;
    writing.commit().await?;
    Ok(listed)
}

/// Those conversations whose notes he may read, and why.
async fn opened(
    writing: &mut Writing,
    tenant: &Tenant,
    conversations: Vec<Conversation>,
    by: Writer<'_>,
) -> Result<Vec<(ConversationId, Ground)>, NoteError> {
    let (now, mut open) = (tenant.context.now(), Vec::new());
    for conversation in conversations {
        if let Some(ground) = access::ground(writing, &conversation.id, by.member, now).await? {
            open.push((conversation.id, ground));
        }
    }
    Ok(open)
}

/// What a note said before it was edited, newest first.
pub async fn versions(tenant: &Tenant, id: &NoteId, by: Writer<'_>) -> Result<Vec<Version>, NoteError> {
    let mut writing = tenant.store.write().await?;
    let note = record::load(&mut writing, &tenant.key, id).await?.ok_or(NoteError::NotFound)?;
    let ground = access::admitted(&mut writing, tenant, &note.conversation, by.member).await?;
    let versions = record::versions(&mut writing, &tenant.key, id).await?;
    remember(&mut writing, tenant, &note.patient, by, &[(note.conversation, ground)]).await?;
    writing.commit().await?;
    Ok(versions)
}

async fn page(
    session: &mut Session,
    tenant: &Tenant,
    conversations: &[ConversationId],
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<Record>, NoteError> {
    let of_these = || Expr::col(Table::ConversationId).is_in(conversations.iter().map(ConversationId::as_str));
    let mut matching = Query::select();
    matching.from(Table::Table).and_where(of_these());
    let total = page::count(session, matching).await?;
    let mut select = record::select();
    select.and_where(of_these());
    NEWEST.narrow(&mut select, limit, cursor)?;
    let rows = session.fetch_all(&select).await?;
    let records = rows.iter().map(|row| record::read(&tenant.key, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(NEWEST.page(records, limit, total))
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    by: Writer<'_>,
    open: &[(ConversationId, Ground)],
) -> Result<(), StoreError> {
    let notes: Vec<_> =
        open.iter().map(|(id, ground)| json!({ "conversation": id, "ground": ground.word() })).collect();
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor: by.actor,
        action: "patient.read",
        subject: audit::Subject { kind: "patient", id: patient.as_str() },
        detail: json!({ "notes": notes }),
    };
    audit::append(writing, &tenant.key, entry).await
}
