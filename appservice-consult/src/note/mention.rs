//! Mentions: a colleague is told and may read the conversation's notes for a time.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use serde_json::json;

use super::access::Writer;
use super::error::NoteError;
use super::record::{Of, Record};
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::record as consultations;
use crate::ids::{ConsultationId, ConversationId, MentionId, NoteId, OperatorId, PatientId};
use crate::page::{Keyed, Listed, Total};
use crate::store::tables::{Mention as Table, Note};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// A mention with what is shown around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionRecord {
    /// Its id.
    pub id: MentionId,
    /// The note that names him.
    pub note: NoteId,
    /// The conversation it is on.
    pub conversation: ConversationId,
    /// Whose.
    pub patient: PatientId,
    /// The latest consultation when it was written.
    pub consultation: Option<ConsultationId>,
    /// Who wrote it.
    pub by: OperatorId,
    /// Who is named.
    pub operator: OperatorId,
    /// When.
    pub at: Time,
    /// How long it opens the notes.
    pub until: Time,
    /// When he looked at it.
    pub seen_at: Option<Time>,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    let own =
        [Table::Id, Table::NoteId, Table::ConversationId, Table::OperatorId, Table::At, Table::Until, Table::SeenAt];
    select.columns(own.map(|column| (Table::Table, column))).from(Table::Table);
    select.columns([Note::PatientId, Note::ConsultationId, Note::AuthorId].map(|column| (Note::Table, column)));
    select.inner_join(Note::Table, Expr::col((Note::Table, Note::Id)).equals((Table::Table, Table::NoteId)));
    select
}

fn read(row: &Row) -> Result<MentionRecord, StoreError> {
    Ok(MentionRecord {
        id: row.id(Table::Id)?,
        note: row.id(Table::NoteId)?,
        conversation: row.id(Table::ConversationId)?,
        patient: row.id(Note::PatientId)?,
        consultation: row.id_or_null(Note::ConsultationId)?,
        by: row.id(Note::AuthorId)?,
        operator: row.id(Table::OperatorId)?,
        at: row.time(Table::At)?,
        until: row.time(Table::Until)?,
        seen_at: row.time_or_null(Table::SeenAt)?,
    })
}

/// The mention of that id.
pub async fn mention(session: &mut Session, id: &MentionId) -> Result<Option<MentionRecord>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Id)).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Whom these notes name, by note.
pub async fn mentions_of(session: &mut Session, notes: &[Record]) -> Result<Vec<(NoteId, OperatorId)>, StoreError> {
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.columns([Table::NoteId, Table::OperatorId]).from(Table::Table);
    select.and_where(Expr::col(Table::NoteId).is_in(notes.iter().map(|note| note.id.as_str())));
    select.order_by(Table::OperatorId, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::NoteId)?, row.id(Table::OperatorId)?))).collect()
}

/// One page of an operator's mentions, newest first.
pub async fn mentions(
    session: &mut Session,
    operator: &OperatorId,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<MentionRecord>, NoteError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    count.and_where(Expr::col(Table::OperatorId).eq(operator.as_str()));
    let total = Total::exactly(session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())?);
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::OperatorId)).eq(operator.as_str()));
    NEWEST.narrow(&mut select, limit, cursor)?;
    let rows = session.fetch_all(&select).await?;
    let records = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(NEWEST.page(records, limit, total))
}

const NEWEST: Keyed<MentionRecord, (Table, Table)> = Keyed {
    list: "mentions",
    columns: &[(Table::Table, Table::At)],
    id: (Table::Table, Table::Id),
    order: Order::Desc,
    key_of: |record| (vec![record.at.as_millis()], record.id.as_str()),
};

/// How many mentions an operator has not looked at.
pub async fn unseen(session: &mut Session, operator: &OperatorId) -> Result<i64, StoreError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    count.and_where(Expr::col(Table::OperatorId).eq(operator.as_str())).and_where(Expr::col(Table::SeenAt).is_null());
    session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())
}

/// An operator has looked at a mention of his; one that he had seen stays as it is.
pub async fn see(tenant: &Tenant, id: &MentionId, operator: &OperatorId) -> Result<MentionRecord, NoteError> {
    let mut writing = tenant.store.write().await?;
    let found = mention(&mut writing, id).await?.filter(|mention| mention.operator == *operator);
    let mut mention = found.ok_or(NoteError::NotFound)?;
    if mention.seen_at.is_some() {
        return Ok(mention);
    }
    let now = tenant.context.now();
    let mut update = Query::update();
    update.table(Table::Table).value(Table::SeenAt, now.as_millis()).and_where(Expr::col(Table::Id).eq(id.as_str()));
    writing.execute(&update).await?;
    tell(&mut writing, tenant, id, operator).await?;
    writing.commit().await?;
    mention.seen_at = Some(now);
    Ok(mention)
}

/// Makes the mentions of a note those that are wanted: who is named anew is told and may read, who is named no more may not.
pub(super) async fn settle(
    writing: &mut Writing,
    tenant: &Tenant,
    note: &Record,
    wanted: &[OperatorId],
    by: Writer<'_>,
) -> Result<(), StoreError> {
    let had: Vec<OperatorId> = named_in(writing, &note.id).await?.into_iter().map(|(_, operator)| operator).collect();
    if had.iter().any(|operator| !wanted.contains(operator)) || wanted.iter().any(|operator| !had.contains(operator)) {
        tell_of_row(writing, tenant, note).await?;
    }
    for operator in wanted.iter().filter(|operator| !had.contains(operator)) {
        grant(writing, tenant, note, operator, by.actor).await?;
    }
    for operator in had.iter().filter(|operator| !wanted.contains(operator)) {
        take_back(writing, tenant, note, operator, by.actor).await?;
    }
    Ok(())
}

async fn named_in(session: &mut Session, note: &NoteId) -> Result<Vec<(MentionId, OperatorId)>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Id, Table::OperatorId]).from(Table::Table);
    select.and_where(Expr::col(Table::NoteId).eq(note.as_str()));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::Id)?, row.id(Table::OperatorId)?))).collect()
}

async fn grant(
    writing: &mut Writing,
    tenant: &Tenant,
    note: &Record,
    operator: &OperatorId,
    actor: &Actor,
) -> Result<(), StoreError> {
    let (id, now) = (MentionId::from(tenant.context.new_id()), tenant.context.now());
    let until = now.plus_seconds(i64::from(tenant.note_mention_hours) * 3_600);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::NoteId,
        Table::ConversationId,
        Table::OperatorId,
        Table::At,
        Table::Until,
    ]);
    insert.values_panic([
        id.as_str().into(),
        note.id.as_str().into(),
        note.conversation.as_str().into(),
        operator.as_str().into(),
        now.as_millis().into(),
        until.as_millis().into(),
    ]);
    writing.execute(&insert).await?;
    let detail = json!({ "operator": operator, "note": note.id, "conversation": note.conversation, "until": until });
    note_grant(writing, tenant, note, actor, "patient.access_granted", detail).await?;
    tell(writing, tenant, &id, operator).await
}

async fn take_back(
    writing: &mut Writing,
    tenant: &Tenant,
    note: &Record,
    operator: &OperatorId,
    actor: &Actor,
) -> Result<(), StoreError> {
    let ids = named_in(writing, &note.id).await?;
    for (id, _) in ids.iter().filter(|(_, named)| named == operator) {
        let mut delete = Query::delete();
        writing.execute(delete.from_table(Table::Table).and_where(Expr::col(Table::Id).eq(id.as_str()))).await?;
        tell(writing, tenant, id, operator).await?;
    }
    let detail = json!({ "operator": operator, "note": note.id, "conversation": note.conversation });
    note_grant(writing, tenant, note, actor, "patient.access_withdrawn", detail).await
}

async fn note_grant(
    writing: &mut Writing,
    tenant: &Tenant,
    note: &Record,
    actor: &Actor,
    action: &str,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let subject = audit::Subject { kind: "patient", id: note.patient.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: tenant.context.now(), actor, action, subject, detail }).await
}

/// A mention lends the row of what is open, and takes it back: consoles hear of that before they hear of the mention.
async fn tell_of_row(writing: &mut Writing, tenant: &Tenant, note: &Record) -> Result<(), StoreError> {
    let Some(open) = consultations::load_open(writing, &note.conversation).await? else { return Ok(()) };
    change::append(writing, tenant.context.now(), Kind::Consultation, open.id.as_str(), None).await
}

/// Tells the operator's consoles, and nobody else's.
async fn tell(writing: &mut Writing, tenant: &Tenant, id: &MentionId, operator: &OperatorId) -> Result<(), StoreError> {
    let Some(member) = tenant.staff.by_id(operator) else { return Ok(()) };
    let audience = Some(member.user_id.as_str());
    change::append(writing, tenant.context.now(), Kind::Mention, id.as_str(), audience).await
}

/// Takes all mentions in notes away that are erased.
pub(super) async fn remove(writing: &mut Writing, tenant: &Tenant, of: Of<'_>) -> Result<(), StoreError> {
    let mut select = select();
    select.and_where(of.condition());
    let rows = writing.fetch_all(&select).await?;
    for mention in rows.iter().map(read).collect::<Result<Vec<_>, _>>()? {
        let mut delete = Query::delete();
        delete.from_table(Table::Table).and_where(Expr::col(Table::Id).eq(mention.id.as_str()));
        writing.execute(&delete).await?;
        tell(writing, tenant, &mention.id, &mention.operator).await?;
    }
    Ok(())
}
