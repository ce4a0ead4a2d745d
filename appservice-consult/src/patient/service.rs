//! What is done with patients: they appear, their cards are read and changed, they are listed.

use sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::json;

use super::card::{Card, CardError};
use super::directory::Entry;
use super::store::{self, PatientRecord};
use crate::actor::Actor;
use crate::api::types::{Page, PatientChange, PatientQuery, PatientSort};
use crate::audit;
use crate::demo;
use crate::ids::{PatientId, UserId};
use crate::page::{self, BadCursor};
use crate::store::tables::Patient as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use consilium_appservice::ClientError;

/// Patients whose name matches that a list looks at; more is no help to who searches.
pub const MATCHES_MAX: usize = 500;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum PatientError {
    /// There is none of that id.
    #[error("no such patient")]
    NotFound,
    /// His account is being deleted.
    #[error("the account is being deleted")]
    Deleted,
    /// Another patient has this number of a partner's system.
    #[error("another patient has this external id")]
    ExternalIdTaken,
    /// The card cannot be so.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The homeserver did not say who it is.
    #[error("the homeserver did not say who it is")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// The patient of an account; an account that is seen for the first time becomes one, under the name that it shows.
pub async fn ensure(tenant: &Tenant, user_id: &UserId) -> Result<std::sync::Arc<Entry>, PatientError> {
    if let Some(entry) = tenant.patients.by_user(user_id) {
        return Ok(entry);
    }
    if tenant.patients.is_leaving(user_id) {
        return Err(PatientError::Deleted);
    }
    let shown = tenant.homeserver.display_name(user_id.as_str()).await?;
    let localpart = user_id.as_str().trim_start_matches('@').split(':').next().unwrap_or_default();
    let name = shown.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| localpart.to_owned());
    let record = PatientRecord {
        id: tenant.context.new_id().into(),
        user_id: user_id.clone(),
        created_at: tenant.context.now(),
        card: Card { name: name.chars().take(200).collect(), ..Card::default() },
        consultations: 0,
        last_consultation_at: None,
        deleted_at: None,
    };
    let mut writing = tenant.store.write().await?;
    let is_new = store::insert(&mut writing, tenant, &record).await?;
    if is_new {
        let actor = Actor::Patient { id: record.id.clone(), user_id: user_id.clone() };
        append_audit(&mut writing, tenant, &actor, "patient.created", &record.id, json!({})).await?;
        demo::meet(&mut writing, user_id, &record.id).await?;
    }
    // Somebody else made the record a moment ago, and may not have come to the directory yet.
    let record = if is_new { Some(record) } else { store::load_by_user(&mut writing, &tenant.key, user_id).await? };
    writing.commit().await?;
    let record = record.ok_or(PatientError::NotFound)?;
    if record.deleted_at.is_some() {
        return Err(PatientError::Deleted);
    }
    if tenant.patients.by_user(user_id).is_none() {
        tenant.patients.put(Entry { id: record.id, user_id: record.user_id, card: record.card });
    }
    tenant.patients.by_user(user_id).ok_or(PatientError::NotFound)
}

/// A patient's record. Reading it is an audit entry.
pub async fn read_card(tenant: &Tenant, id: &PatientId, actor: &Actor) -> Result<PatientRecord, PatientError> {
    let mut writing = tenant.store.write().await?;
    let record = store::load(&mut writing, &tenant.key, id).await?.ok_or(PatientError::NotFound)?;
    append_audit(&mut writing, tenant, actor, "patient.read", id, json!({})).await?;
    writing.commit().await?;
    Ok(record)
}

/// Changes a card.
pub async fn change(
    tenant: &Tenant,
    id: &PatientId,
    change: PatientChange,
    actor: &Actor,
) -> Result<PatientRecord, PatientError> {
    let mut writing = tenant.store.write().await?;
    let mut record = store::load(&mut writing, &tenant.key, id).await?.ok_or(PatientError::NotFound)?;
    if record.deleted_at.is_some() {
        return Err(PatientError::Deleted);
    }
    let card = record.card.changed(change, tenant.today())?;
    if card != record.card {
        let fields = changed_fields(&record.card, &card);
        record.card = card;
        match store::store_card(&mut writing, tenant, &record).await {
            Err(StoreError::Constraint(_)) => return Err(PatientError::ExternalIdTaken),
            stored => stored?,
        }
        append_audit(&mut writing, tenant, actor, "patient.changed", id, json!({ "fields": fields })).await?;
    }
    writing.commit().await?;
    tenant.patients.put(Entry { id: record.id.clone(), user_id: record.user_id.clone(), card: record.card.clone() });
    Ok(record)
}

/// Names of the fields that differ; their content stays out of the audit.
fn changed_fields(before: &Card, after: &Card) -> Vec<&'static str> {
    let fields = [
        ("name", before.name != after.name),
        ("birth_date", before.birth_date != after.birth_date),
        ("sex", before.sex != after.sex),
        ("phone", before.phone != after.phone),
        ("email", before.email != after.email),
        ("insurance", before.insurance != after.insurance),
        ("external_id", before.external_id != after.external_id),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

async fn append_audit(
    writing: &mut crate::store::Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &str,
    id: &PatientId,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let subject = audit::Subject { kind: "patient", id: id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: tenant.context.now(), actor, action, subject, detail }).await
}

/// One page of patients.
pub async fn list(tenant: &Tenant, query: &PatientQuery) -> Result<Page<PatientRecord>, PatientError> {
    let mut reading = tenant.store.read_at_length().await?;
    if let Some(ids) = singled_out(tenant, &mut reading, query).await? {
        let items = load_in_order(tenant, &mut reading, &ids).await?;
        return Ok(Page { total: i64::try_from(items.len()).unwrap_or(i64::MAX), items, next_cursor: None });
    }
    let text = query.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match (text, query.sort.unwrap_or_default()) {
        (Some(text), _) => found(tenant, &mut reading, text, query).await,
        (None, PatientSort::Name) => by_name(tenant, &mut reading, query).await,
        (None, PatientSort::Newest) => by_column(tenant, &mut reading, query, Table::CreatedAt, "newest").await,
        (None, PatientSort::LastConsultation) => {
            by_column(tenant, &mut reading, query, Table::LastConsultationAt, "last").await
        }
    }
}

/// The one whom a query names by account or by a partner's number; `None`: it names none.
async fn singled_out(
    tenant: &Tenant,
    session: &mut Session,
    query: &PatientQuery,
) -> Result<Option<Vec<PatientId>>, StoreError> {
    if let Some(user) = &query.user {
        let is_whole = user.starts_with('@');
        let whole = if is_whole { user.clone() } else { format!("@{}:{}", user.to_lowercase(), tenant.server_name) };
        let entry = tenant.patients.by_user(&UserId::from(whole));
        return Ok(Some(entry.map(|entry| entry.id.clone()).into_iter().collect()));
    }
    let Some(external_id) = query.external_id.as_deref().map(str::trim) else { return Ok(None) };
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table);
    select.and_where(Expr::col(Table::ExternalIndex).eq(tenant.key.index("external id", external_id)));
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect::<Result<_, _>>().map(Some)
}

/// Records that a partner's system was shown patients: how many, and by which filter.
pub async fn note_listing(tenant: &Tenant, actor: &Actor, shown: usize, by: &str) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let subject = audit::Subject { kind: "list", id: "patients" };
    let detail = json!({ "patients": shown, "by": by });
    let entry = audit::Entry { at: tenant.context.now(), actor, action: "patient.listed", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}

/// Patients whose name has each word of the text in it; behind them those who act for a person with such a name. At most `limit`.
pub fn named(tenant: &Tenant, text: &str, limit: usize) -> Vec<PatientId> {
    let mut ids = tenant.patients.search(text, limit);
    for id in tenant.persons.search(text, limit) {
        if ids.len() < limit && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Patients who are named so, or whose phone number or e-mail address it is.
async fn found(
    tenant: &Tenant,
    session: &mut Session,
    text: &str,
    query: &PatientQuery,
) -> Result<Page<PatientRecord>, PatientError> {
    let mut ids = by_contact(tenant, session, text).await?;
    ids.extend(named(tenant, text, MATCHES_MAX).into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    let start = page::read_cursor::<usize>("found", query.cursor.as_deref())?.unwrap_or(0);
    let limit = page::limit(query.limit);
    let total = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let wanted: Vec<PatientId> = ids.iter().skip(start).take(limit).cloned().collect();
    let end = start + wanted.len();
    let next_cursor = (end < ids.len()).then(|| page::cursor("found", &end));
    Ok(Page { items: load_in_order(tenant, session, &wanted).await?, next_cursor, total })
}

async fn by_contact(tenant: &Tenant, session: &mut Session, text: &str) -> Result<Vec<PatientId>, StoreError> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table);
    let phone = Expr::col(Table::PhoneIndex).eq(tenant.key.index("phone", &digits));
    let email = Expr::col(Table::EmailIndex).eq(tenant.key.index("email", &text.to_lowercase()));
    select.and_where(phone.or(email)).order_by(Table::Id, Order::Asc).limit(MATCHES_MAX as u64);
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect()
}

async fn by_name(
    tenant: &Tenant,
    session: &mut Session,
    query: &PatientQuery,
) -> Result<Page<PatientRecord>, PatientError> {
    let from = page::read_cursor::<(String, PatientId)>("name", query.cursor.as_deref())?;
    let limit = page::limit(query.limit);
    let mut names = tenant.patients.from_name(from.as_ref(), limit + 1);
    let next = (names.len() > limit).then(|| names.split_off(limit)).and_then(|rest| rest.into_iter().next());
    let ids: Vec<PatientId> = names.into_iter().map(|(_, id)| id).collect();
    Ok(Page {
        items: load_in_order(tenant, session, &ids).await?,
        next_cursor: next.map(|next| page::cursor("name", &next)),
        total: i64::try_from(tenant.patients.len()).unwrap_or(i64::MAX),
    })
}

async fn by_column(
    tenant: &Tenant,
    session: &mut Session,
    query: &PatientQuery,
    column: Table,
    list: &str,
) -> Result<Page<PatientRecord>, PatientError> {
    let limit = page::limit(query.limit);
    let mut select = store::select();
    select.and_where(Expr::col(Table::DeletedAt).is_null());
    if let Some((at, id)) = page::read_cursor::<(i64, String)>(list, query.cursor.as_deref())? {
        let key = Expr::tuple([Expr::col(column), Expr::col(Table::Id)]);
        select.and_where(key.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    select.order_by(column, Order::Desc).order_by(Table::Id, Order::Desc).limit(limit as u64 + 1);
    let rows = session.fetch_all(&select).await?;
    let more = rows.len() > limit;
    let items = rows.iter().take(limit).map(|row| store::read(&tenant.key, row)).collect::<Result<Vec<_>, _>>()?;
    let next_cursor = match rows.get(limit.saturating_sub(1)).filter(|_| more) {
        Some(last) => Some(page::cursor(list, &(last.number(column)?, last.text(Table::Id)?))),
        None => None,
    };
    Ok(Page { items, next_cursor, total: i64::try_from(tenant.patients.len()).unwrap_or(i64::MAX) })
}

async fn load_in_order(
    tenant: &Tenant,
    session: &mut Session,
    ids: &[PatientId],
) -> Result<Vec<PatientRecord>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = store::select();
    select.and_where(Expr::col(Table::Id).is_in(ids.iter().map(PatientId::as_str)));
    let rows = session.fetch_all(&select).await?;
    let mut records = rows.iter().map(|row| store::read(&tenant.key, row)).collect::<Result<Vec<_>, _>>()?;
    records.sort_by_key(|record| ids.iter().position(|id| *id == record.id));
    Ok(records)
}
