//! Rows of merges.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use serde::de::DeserializeOwned;

use super::standing::Part;
use crate::api::types::CardField;
use crate::ids::{MergeId, OperatorId, PatientId};
use crate::retention::{opened_reason, sealed_reason};
use crate::store::tables::PatientMerge as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;

/// Version of a merge that stands.
pub(super) const STANDS: i64 = 1;
/// Version of one that was separated.
pub(super) const SEPARATE: i64 = 2;

/// A merge of two cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The card that stays in lists.
    pub leading: PatientId,
    /// The account that is shown on it, and what the card has from it.
    pub part: Part,
    /// Why.
    pub reason: String,
    /// When.
    pub merged_at: Time,
    /// By whom.
    pub merged_by: OperatorId,
    /// That they are separate again.
    pub separated: Option<Separated>,
}

/// The end of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separated {
    /// When.
    pub at: Time,
    /// By whom; none: an account was deleted.
    pub by: Option<OperatorId>,
    /// Why; none where an account was deleted.
    pub reason: Option<String>,
}

impl Merge {
    /// Its id.
    pub fn id(&self) -> &MergeId {
        &self.part.merge
    }

    /// 1 while it stands, 2 once they are separate.
    pub fn version(&self) -> i64 {
        if self.separated.is_none() { STANDS } else { SEPARATE }
    }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::LeadingId,
        Table::MergedId,
        Table::Taken,
        Table::TakenFields,
        Table::Reason,
        Table::MergedAt,
        Table::MergedBy,
        Table::SeparatedAt,
        Table::SeparatedBy,
        Table::SeparateReason,
    ]);
    select.from(Table::Table);
    select
}

fn place<'a>(column: &'static str, row: &'a str) -> Place<'a> {
    Place { table: "patient_merge", column, row }
}

fn part(row: &Row) -> Result<Part, StoreError> {
    let taken = names::<CardField>(row, Table::Taken, "taken")?;
    let taken_fields = names::<String>(row, Table::TakenFields, "taken_fields")?;
    Ok(Part { merge: row.id(Table::Id)?, patient: row.id(Table::MergedId)?, taken, taken_fields })
}

fn names<T: DeserializeOwned>(row: &Row, column: Table, name: &str) -> Result<Vec<T>, StoreError> {
    let broken = |source| StoreError::Column { column: name.to_owned(), source: Box::new(source) };
    serde_json::from_str(&row.text(column)?).map_err(broken)
}

fn read(tenant: &Tenant, row: &Row) -> Result<Merge, StoreError> {
    let part = part(row)?;
    let id = part.merge.as_str();
    let why = row.bytes_or_null(Table::SeparateReason)?;
    let why = why.map(|why| opened_reason(tenant, place("separate_reason", id), &why)).transpose()?;
    let by = row.id_or_null(Table::SeparatedBy)?;
    Ok(Merge {
        leading: row.id(Table::LeadingId)?,
        reason: opened_reason(tenant, place("reason", id), &row.bytes(Table::Reason)?)?,
        merged_at: row.time(Table::MergedAt)?,
        merged_by: row.id(Table::MergedBy)?,
        separated: row.time_or_null(Table::SeparatedAt)?.map(|at| Separated { at, by, reason: why }),
        part,
    })
}

async fn fetch(session: &mut Session, tenant: &Tenant, select: &SelectStatement) -> Result<Vec<Merge>, StoreError> {
    session.fetch_all(select).await?.iter().map(|row| read(tenant, row)).collect()
}

/// The merge of that id.
pub(super) async fn load(session: &mut Session, tenant: &Tenant, id: &MergeId) -> Result<Option<Merge>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    Ok(fetch(session, tenant, &select).await?.pop())
}

/// The merge that a press of a supervisor's made.
pub(super) async fn by_request(
    session: &mut Session,
    tenant: &Tenant,
    by: &OperatorId,
    request_id: &str,
) -> Result<Option<Merge>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::MergedBy).eq(by.as_str()));
    select.and_where(Expr::col(Table::RequestId).eq(request_id));
    Ok(fetch(session, tenant, &select).await?.pop())
}

/// Whether that press of his separated it.
pub(super) async fn was_separated_by(
    session: &mut Session,
    id: &MergeId,
    by: &OperatorId,
    request_id: &str,
) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::Id).eq(id.as_str()));
    select.and_where(Expr::col(Table::SeparatedBy).eq(by.as_str()));
    select.and_where(Expr::col(Table::SeparateRequestId).eq(request_id));
    Ok(session.fetch_one(&select).await?.is_some())
}

/// Merges that a card leads or led, or is or was shown by, the last first.
pub(super) async fn of_patient(
    session: &mut Session,
    tenant: &Tenant,
    patient: &PatientId,
) -> Result<Vec<Merge>, StoreError> {
    let mut select = select();
    let leads = Expr::col(Table::LeadingId).eq(patient.as_str());
    select.and_where(leads.or(Expr::col(Table::MergedId).eq(patient.as_str())));
    select.order_by(Table::MergedAt, Order::Desc).order_by(Table::Id, Order::Desc);
    fetch(session, tenant, &select).await
}

/// Merges that stand and that a card leads, in the order they were made.
pub async fn standing_on(
    session: &mut Session,
    tenant: &Tenant,
    leading: &PatientId,
) -> Result<Vec<Merge>, StoreError> {
    let mut all = standing_of(session, tenant, leading).await?;
    all.retain(|merge| merge.leading == *leading);
    Ok(all)
}

/// Merges that stand and that an account is in, on either side, in the order they were made.
pub(super) async fn standing_of(
    session: &mut Session,
    tenant: &Tenant,
    patient: &PatientId,
) -> Result<Vec<Merge>, StoreError> {
    let mut all = of_patient(session, tenant, patient).await?;
    all.retain(|merge| merge.separated.is_none());
    all.reverse();
    Ok(all)
}

/// All merges that stand, in the order they were made: which card leads, and what it shows.
pub async fn load_standing(session: &mut Session) -> Result<Vec<(PatientId, Part)>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::SeparatedAt).is_null());
    select.order_by(Table::MergedAt, Order::Asc).order_by(Table::Id, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::LeadingId)?, part(row)?))).collect()
}

/// Ids of the records that are shown on another one's card, as a statement.
pub fn standing_ids() -> SelectStatement {
    let mut select = Query::select();
    select.column(Table::MergedId).from(Table::Table).and_where(Expr::col(Table::SeparatedAt).is_null());
    select
}

/// The id of the record on whose card one is shown, as a statement.
pub fn leading_of(merged: &PatientId) -> SelectStatement {
    let mut select = Query::select();
    select.column(Table::LeadingId).from(Table::Table).and_where(Expr::col(Table::SeparatedAt).is_null());
    select.and_where(Expr::col(Table::MergedId).eq(merged.as_str()));
    select
}

/// Writes a new one.
pub(super) async fn insert(
    writing: &mut Writing,
    tenant: &Tenant,
    merge: &Merge,
    request_id: &str,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::LeadingId,
        Table::MergedId,
        Table::RequestId,
        Table::Taken,
        Table::TakenFields,
        Table::Reason,
        Table::MergedAt,
        Table::MergedBy,
    ]);
    let taken = serde_json::to_string(&merge.part.taken).expect("names of fields can always be written");
    let taken_fields = serde_json::to_string(&merge.part.taken_fields).expect("ids of fields can always be written");
    let id = merge.id().as_str();
    insert.values_panic([
        id.into(),
        STANDS.into(),
        merge.leading.as_str().into(),
        merge.part.patient.as_str().into(),
        request_id.into(),
        taken.into(),
        taken_fields.into(),
        sealed_reason(tenant, place("reason", id), &merge.reason).into(),
        merge.merged_at.as_millis().into(),
        merge.merged_by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes down that they are separate; `request_id` is none where an account was deleted.
pub(super) async fn separate(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &MergeId,
    separated: &Separated,
    request_id: Option<&str>,
) -> Result<(), StoreError> {
    let why = separated.reason.as_deref();
    let why = why.map(|why| sealed_reason(tenant, place("separate_reason", id.as_str()), why));
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, SEPARATE.into()),
        (Table::SeparatedAt, separated.at.as_millis().into()),
        (Table::SeparatedBy, separated.by.as_ref().map(OperatorId::as_str).into()),
        (Table::SeparateRequestId, request_id.into()),
        (Table::SeparateReason, why.into()),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await.map(drop)
}
