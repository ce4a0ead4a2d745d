//! Rows of what stands in fields of consultations.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::value::Values;
use super::wanted::Wanted;
use crate::api::types::FieldValue;
use crate::consultation::found::Named;
use crate::ids::{ConsultationId, OperatorId};
use crate::store::tables::ConsultationField as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

fn row_of(consultation: &ConsultationId, field: &str) -> String {
    format!("{consultation}/{field}")
}

fn place(row: &str) -> Place<'_> {
    Place { table: "consultation_field", column: "value", row }
}

/// By which lists find what can be chosen; words, numbers and days are not looked for.
fn index(key: &TenantKey, field: &str, value: &FieldValue) -> Option<Vec<u8>> {
    let says = match value {
        FieldValue::Boolean(yes) => yes.to_string(),
        FieldValue::Text(code) => code.clone(),
        FieldValue::Number(_) => return None,
    };
    Some(key.index("consultation field", &format!("{field}={says}")))
}

fn opened(
    key: &TenantKey,
    consultation: &ConsultationId,
    field: &str,
    sealed: &[u8],
) -> Result<FieldValue, StoreError> {
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "value".to_owned(), source };
    let opened = key.open(place(&row_of(consultation, field)), sealed).map_err(|error| broken(error.into()))?;
    serde_json::from_slice(&opened).map_err(|error| broken(error.into()))
}

/// What stands in the fields of a consultation, those that the brand has no more too. What does not open is a defect or a manipulation: an error.
pub async fn of_consultation(
    session: &mut Session,
    key: &TenantKey,
    consultation: &ConsultationId,
) -> Result<Values, StoreError> {
    let mut select = Query::select();
    select.columns([Table::FieldId, Table::Value]).from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    let mut values = Values::new();
    for row in session.fetch_all(&select).await? {
        let field = row.text(Table::FieldId)?;
        let value = opened(key, consultation, &field, &row.bytes(Table::Value)?)?;
        values.insert(field, value);
    }
    Ok(values)
}

/// What stands in the fields of a consultation.
#[derive(Debug)]
pub struct Filled {
    /// When something was last put into one, or taken out of it.
    pub changed_at: Time,
    /// What, by field.
    pub values: Values,
}

/// The same of the rows of a list. What does not open is logged and left out, so that one row does not take the others with it.
pub async fn of_consultations(
    session: &mut Session,
    key: &TenantKey,
    ids: &[&str],
) -> Result<HashMap<ConsultationId, Filled>, StoreError> {
    let mut filled: HashMap<ConsultationId, Filled> = HashMap::new();
    if ids.is_empty() {
        return Ok(filled);
    }
    let mut select = Query::select();
    select.columns([Table::ConsultationId, Table::FieldId, Table::Value, Table::At]).from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).is_in(ids.iter().copied()));
    for row in session.fetch_all(&select).await? {
        let id: ConsultationId = row.id(Table::ConsultationId)?;
        let (field, at) = (row.text(Table::FieldId)?, row.time(Table::At)?);
        let value = opened(key, &id, &field, &row.bytes(Table::Value)?);
        let known = filled.entry(id.clone()).or_insert_with(|| Filled { changed_at: at, values: Values::new() });
        known.changed_at = known.changed_at.max(at);
        match value {
            Ok(value) => drop(known.values.insert(field, value)),
            Err(error) => {
                tracing::error!(consultation.id = %id, field.id = %field, %error, "what stands in a field does not open");
            }
        }
    }
    Ok(filled)
}

/// Whether lists find a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// They find it.
    Found,
    /// They do not.
    NotFound,
}

/// Puts a value into a field.
pub(super) async fn put(
    writing: &mut Writing,
    tenant: &Tenant,
    (consultation, field): (&ConsultationId, &str),
    (value, lookup): (&FieldValue, Lookup),
    by: &OperatorId,
) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(value).expect("a value is a boolean, a finite number or a text");
    let sealed = tenant.key.seal(&tenant.context, place(&row_of(consultation, field)), &plain);
    let index = if lookup == Lookup::Found { index(&tenant.key, field, value) } else { None };
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConsultationId,
        Table::FieldId,
        Table::Value,
        Table::ValueIndex,
        Table::At,
        Table::ById,
    ]);
    insert.values_panic([
        consultation.as_str().into(),
        field.into(),
        sealed.into(),
        index.into(),
        tenant.context.now().as_millis().into(),
        by.as_str().into(),
    ]);
    let known = OnConflict::columns([Table::ConsultationId, Table::FieldId])
        .update_columns([Table::Value, Table::ValueIndex, Table::At, Table::ById])
        .to_owned();
    writing.execute(insert.on_conflict(known)).await.map(drop)
}

/// Empties a field. The others say that something was changed, for its own row is gone.
pub(super) async fn empty(
    writing: &mut Writing,
    (consultation, field): (&ConsultationId, &str),
    now: Time,
) -> Result<(), StoreError> {
    let of_it = || Expr::col(Table::ConsultationId).eq(consultation.as_str());
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(of_it()).and_where(Expr::col(Table::FieldId).eq(field));
    writing.execute(&delete).await?;
    let mut touch = Query::update();
    touch.table(Table::Table).value(Table::At, now.as_millis()).and_where(of_it());
    writing.execute(&touch).await.map(drop)
}

/// The consultations in which something stands in a field, as a part of a larger statement.
pub fn consultations_with(key: &TenantKey, wanted: &Wanted) -> Named {
    let mut select = Query::select();
    select.column(Table::ConsultationId).from(Table::Table);
    select.and_where(Expr::col(Table::FieldId).eq(wanted.field.as_str()));
    select.and_where(Expr::col(Table::ValueIndex).eq(index(key, &wanted.field, &wanted.value)));
    Named::by(select, Expr::col((Table::Table, Table::ConsultationId)))
}

/// Empties all fields of a consultation, as a part of its erasure; returns how many there were.
pub async fn erase_consultation(writing: &mut Writing, consultation: &ConsultationId) -> Result<u64, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    writing.execute(&delete).await
}
