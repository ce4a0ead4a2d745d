//! What is done with patients: they appear, their cards are read and changed, they are listed.

use sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::json;

use super::bound;
use super::card::{Card, CardError};
use super::directory::Entry;
use super::listed::{note_open, note_row};
use super::made::by_external_id;
use super::merge;
use super::narrowed;
use super::shown::as_shown;
use super::store::{self, PatientRecord};
use super::visits;
use crate::actor::Actor;
use crate::api::types::{Page, PatientChange, PatientQuery, PatientSort};
use crate::audit;
use crate::demo;
use crate::field::{self, Filler};
use crate::ids::{PatientId, UserId};
use crate::operator::Member;
use crate::page::{self, BadCursor, Total};
use crate::store::tables::Patient as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;
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
    /// Somebody else fills in this field of the brand's own.
    #[error("a field is another's to fill in")]
    NotYours(String),
    /// Nothing can be looked for by this field.
    #[error("there is no such field to look for")]
    NoSuchField,
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
        note_row(&mut writing, tenant, &record.id, record.created_at).await?;
        let told = webhook::of_creation(&record.id, &actor, record.created_at);
        webhook::enqueue(&mut writing, tenant, vec![told]).await?;
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

/// An account's own record. Reading it is an audit entry.
pub async fn read_card(tenant: &Tenant, id: &PatientId, actor: &Actor) -> Result<PatientRecord, PatientError> {
    let mut writing = tenant.store.write().await?;
    let record = store::load(&mut writing, &tenant.key, id).await?.ok_or(PatientError::NotFound)?;
    append_audit(&mut writing, tenant, actor, "patient.read", id, json!({})).await?;
    writing.commit().await?;
    Ok(record)
}

/// Changes an account's own card.
pub async fn change(
    tenant: &Tenant,
    id: &PatientId,
    change: PatientChange,
    actor: &Actor,
) -> Result<PatientRecord, PatientError> {
    let mut writing = tenant.store.write().await?;
    let record = change_one(&mut writing, tenant, id, change, actor).await?;
    commit(tenant, writing, &[&record]).await?;
    Ok(record)
}

/// The same, in a transaction that does more and is ended by [`commit`].
pub(super) async fn change_one(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &PatientId,
    change: PatientChange,
    actor: &Actor,
) -> Result<PatientRecord, PatientError> {
    let mut record = store::load(writing, &tenant.key, id).await?.ok_or(PatientError::NotFound)?;
    if record.deleted_at.is_some() {
        return Err(PatientError::Deleted);
    }
    let mut card = changed_card(tenant, &record.card, change, actor)?;
    bound::note(&record.card, &mut card, tenant.context.now(), actor);
    if card != record.card {
        let fields = changed_fields(&record.card, &card);
        let was = std::mem::replace(&mut record.card, card);
        match store::store_card(writing, tenant, &record).await {
            Err(StoreError::Constraint(_)) => return Err(PatientError::ExternalIdTaken),
            stored => stored?,
        }
        append_audit(writing, tenant, actor, "patient.changed", id, json!({ "fields": fields })).await?;
        let told = webhook::of_change(id, actor, &fields, tenant.context.now());
        webhook::enqueue(writing, tenant, vec![told]).await?;
        tell_consoles(writing, tenant, id, (&was, &record.card)).await?;
    }
    Ok(record)
}

/// The card with a change, those of the brand's own fields too.
pub(super) fn changed_card(
    tenant: &Tenant,
    before: &Card,
    mut change: PatientChange,
    actor: &Actor,
) -> Result<Card, PatientError> {
    let wishes = change.fields.take().unwrap_or_default();
    let values = field::changed(&tenant.brand().fields.patient, &before.fields, wishes, Filler::of(actor));
    match (before.changed(change, tenant.today()), values) {
        (Ok(card), Ok(fields)) => Ok(Card { fields, ..card }),
        (_, Err(field::Refused::NotYours(id))) => Err(PatientError::NotYours(id)),
        (Ok(_), Err(field::Refused::Invalid(errors))) => Err(CardError(errors).into()),
        (Err(CardError(mut errors)), Err(field::Refused::Invalid(more))) => {
            errors.extend(more);
            Err(CardError(errors).into())
        }
        (Err(error), Ok(_)) => Err(error.into()),
    }
}

/// A card says something else: lists of patients hear of it, and lists of consultations where they show it.
async fn tell_consoles(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &PatientId,
    (was, is): (&Card, &Card),
) -> Result<(), StoreError> {
    let now = tenant.context.now();
    note_row(writing, tenant, id, now).await?;
    let is_shown = (&was.name, was.birth_date, was.sex) != (&is.name, is.birth_date, is.sex);
    if is_shown { note_open(writing, &tenant.patients.accounts_of(id), now).await } else { Ok(()) }
}

/// Commits changed cards. The directory follows before that: whoever is woken by it shows them as they are then. When nothing could be written, it is as it was.
pub(super) async fn commit(tenant: &Tenant, writing: Writing, changed: &[&PatientRecord]) -> Result<(), StoreError> {
    let before: Vec<_> = changed.iter().filter_map(|record| tenant.patients.by_id(&record.id)).collect();
    for PatientRecord { id, user_id, card, .. } in changed {
        tenant.patients.put(Entry { id: id.clone(), user_id: user_id.clone(), card: card.clone() });
    }
    let committed = writing.commit().await;
    if committed.is_err() {
        for entry in before {
            tenant.patients.put(Entry::clone(&entry));
        }
    }
    committed
}

/// Names of the fields that differ; their content stays out of the audit.
fn changed_fields(before: &Card, after: &Card) -> Vec<String> {
    let fields = [
        ("name", before.name != after.name),
        ("birth_date", before.birth_date != after.birth_date),
        ("sex", before.sex != after.sex),
        ("phone", before.phone != after.phone),
        ("email", before.email != after.email),
        ("insurance", before.insurance != after.insurance),
        ("external_id", before.external_id != after.external_id),
    ];
    let own = field::differing(&before.fields, &after.fields).into_iter().map(|id| format!("fields.{id}"));
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).chain(own).collect()
}

pub(super) async fn append_audit(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &str,
    id: &PatientId,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let subject = audit::Subject { kind: "patient", id: id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: tenant.context.now(), actor, action, subject, detail }).await
}

/// One page of patients, with what `seen_by` sees of their consultations; `None`: he sees all.
pub async fn list(
    tenant: &Tenant,
    query: &PatientQuery,
    seen_by: Option<&Member>,
) -> Result<Page<PatientRecord>, PatientError> {
    let mut reading = tenant.store.read_at_length().await?;
    let page = page_of(tenant, &mut reading, query, seen_by).await?;
    Ok(Page { items: visits::as_seen(&mut reading, tenant, seen_by, page.items).await?, ..page })
}

/// The same with what the cards' rows keep.
async fn page_of(
    tenant: &Tenant,
    reading: &mut Session,
    query: &PatientQuery,
    seen_by: Option<&Member>,
) -> Result<Page<PatientRecord>, PatientError> {
    if let Some(ids) = singled_out(tenant, reading, query).await? {
        let items = load_in_order(tenant, reading, &ids).await?;
        let total = Total::of(items.len());
        return Ok(Page::new(items, None, total));
    }
    let text = query.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let field = query.field.as_deref().map(|text| wanted_field(tenant, text)).transpose()?;
    if query.sex.is_some() || query.days.is_some() || field.is_some() {
        let found = match text {
            Some(text) => Some(matches(tenant, reading, text, usize::MAX).await?),
            None => None,
        };
        let asked = narrowed::Asked { query, field: field.as_ref(), seen_by };
        let slice = narrowed::slice(tenant, reading, asked, found.as_deref()).await?;
        let items = load_in_order(tenant, reading, &slice.ids).await?;
        return Ok(Page::new(items, slice.next_cursor, slice.total));
    }
    let sort = query.sort.unwrap_or_default();
    match (text, sort, seen_by) {
        (Some(text), ..) => found(tenant, reading, text, query).await,
        (None, PatientSort::Name, _) => by_name(tenant, reading, query).await,
        (None, PatientSort::Newest, _) => by_column(tenant, reading, query, Table::CreatedAt, "newest").await,
        (None, PatientSort::LastConsultation | PatientSort::Consultations, Some(member)) => {
            let ids = visits::in_order(reading, tenant, member, query).await?;
            let items = load_in_order(tenant, reading, &ids.records).await?;
            Ok(Page::new(items, ids.next_cursor, ids.total))
        }
        (None, PatientSort::LastConsultation, None) => {
            by_column(tenant, reading, query, Table::LastConsultationAt, "last").await
        }
        (None, PatientSort::Consultations, None) => {
            by_column(tenant, reading, query, Table::Consultations, "consultations").await
        }
    }
}

/// The card of whom a query names by account or by a partner's number; `None`: it names none.
async fn singled_out(
    tenant: &Tenant,
    session: &mut Session,
    query: &PatientQuery,
) -> Result<Option<Vec<PatientId>>, StoreError> {
    if let Some(user) = &query.user {
        let is_whole = user.starts_with('@');
        let whole = if is_whole { user.clone() } else { format!("@{}:{}", user.to_lowercase(), tenant.server_name) };
        let entry = tenant.patients.by_user(&UserId::from(whole));
        return Ok(Some(entry.map(|entry| tenant.patients.leading_of(&entry.id)).into_iter().collect()));
    }
    let Some(external_id) = query.external_id.as_deref().map(str::trim) else { return Ok(None) };
    let account = by_external_id(tenant, session, external_id).await?;
    Ok(Some(account.map(|id| tenant.patients.leading_of(&id)).into_iter().collect()))
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

fn wanted_field(tenant: &Tenant, text: &str) -> Result<field::Wanted, PatientError> {
    field::wanted(&tenant.brand().fields.patient, text).ok_or(PatientError::NoSuchField)
}

/// Cards with each word of the text in one of their names; behind them those of who acts for a person with such a name. At most `limit`.
pub fn named(tenant: &Tenant, text: &str, limit: usize) -> Vec<PatientId> {
    let mut ids = tenant.patients.search(text, limit);
    for id in tenant.persons.search(text, limit).iter().map(|id| tenant.patients.leading_of(id)) {
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
    let ids = matches(tenant, session, text, MATCHES_MAX).await?;
    let start = page::read_cursor::<usize>("found", query.cursor.as_deref())?.unwrap_or(0);
    let limit = page::limit(query.limit);
    let total = Total::of(ids.len());
    let wanted: Vec<PatientId> = ids.iter().skip(start).take(limit).cloned().collect();
    let end = start + wanted.len();
    let next_cursor = (end < ids.len()).then(|| page::cursor("found", &end));
    Ok(Page::new(load_in_order(tenant, session, &wanted).await?, next_cursor, total))
}

/// Whom a text means: by phone number or e-mail address, then by name, of those at most `limit`.
async fn matches(
    tenant: &Tenant,
    session: &mut Session,
    text: &str,
    limit: usize,
) -> Result<Vec<PatientId>, StoreError> {
    let mut ids = by_contact(tenant, session, text).await?;
    ids.extend(named(tenant, text, limit).into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    Ok(ids)
}

async fn by_contact(tenant: &Tenant, session: &mut Session, text: &str) -> Result<Vec<PatientId>, StoreError> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table);
    let phone = Expr::col(Table::PhoneIndex).eq(tenant.key.index("phone", &digits));
    let email = Expr::col(Table::EmailIndex).eq(tenant.key.index("email", &text.to_lowercase()));
    select.and_where(phone.or(email)).order_by(Table::Id, Order::Asc).limit(MATCHES_MAX as u64);
    let mut ids: Vec<PatientId> = Vec::new();
    for row in session.fetch_all(&select).await? {
        let card = tenant.patients.leading_of(&row.id(Table::Id)?);
        if !ids.contains(&card) {
            ids.push(card);
        }
    }
    Ok(ids)
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
    let next_cursor = next.map(|next| page::cursor("name", &next));
    Ok(Page::new(load_in_order(tenant, session, &ids).await?, next_cursor, Total::of(tenant.patients.len())))
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
    select.and_where(Expr::col(Table::Id).not_in_subquery(merge::standing_ids()));
    if let Some((at, id)) = page::read_cursor::<(i64, String)>(list, query.cursor.as_deref())? {
        let key = Expr::tuple([Expr::col(column), Expr::col(Table::Id)]);
        select.and_where(key.lt(Expr::tuple([Expr::val(at), Expr::val(id)])));
    }
    select.order_by(column, Order::Desc).order_by(Table::Id, Order::Desc).limit(limit as u64 + 1);
    let rows = session.fetch_all(&select).await?;
    let more = rows.len() > limit;
    let read = |row| store::read(&tenant.key, row).map(|record| as_shown(tenant, record));
    let items = rows.iter().take(limit).map(read).collect::<Result<Vec<_>, _>>()?;
    let next_cursor = match rows.get(limit.saturating_sub(1)).filter(|_| more) {
        Some(last) => Some(page::cursor(list, &(last.number(column)?, last.text(Table::Id)?))),
        None => None,
    };
    Ok(Page::new(items, next_cursor, Total::of(tenant.patients.len())))
}

/// The cards of these ids, in this order.
pub(super) async fn load_in_order(
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
    let read = |row| store::read(&tenant.key, row).map(|record| as_shown(tenant, record));
    let mut records = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    records.sort_by_key(|record| ids.iter().position(|id| *id == record.id));
    Ok(records)
}
