//! The rows of ratings.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};

use super::rule::Stars;
use crate::consultation::found::Named;
use crate::ids::{ConsultationId, PatientId};
use crate::store::tables::Rating as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Of which consultation.
    pub consultation: ConsultationId,
    /// How many.
    pub stars: Stars,
    /// What was said, sealed.
    pub(super) comment: Option<Vec<u8>>,
    /// Given, or changed last.
    pub rated_at: Time,
}

impl Record {
    /// What was said. A text that does not open is a defect or a manipulation: an error.
    pub fn comment(&self, tenant: &Tenant) -> Result<Option<String>, StoreError> {
        let Some(sealed) = &self.comment else { return Ok(None) };
        let broken = |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column {
            column: "comment".to_owned(),
            source,
        };
        let opened = tenant.key.open(place(&self.consultation), sealed).map_err(|error| broken(error.into()))?;
        String::from_utf8(opened).map(Some).map_err(|error| broken(error.into()))
    }
}

fn place(consultation: &ConsultationId) -> Place<'_> {
    Place { table: "rating", column: "comment", row: consultation.as_str() }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Table::ConsultationId, Table::Stars, Table::Comment, Table::RatedAt]).from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    let stars = Stars::new(row.number(Table::Stars)?);
    Ok(Record {
        consultation: row.id(Table::ConsultationId)?,
        stars: stars.map_err(|error| StoreError::unknown_value("stars", &error.message))?,
        comment: row.bytes_or_null(Table::Comment)?,
        rated_at: row.time(Table::RatedAt)?,
    })
}

/// The rating of a consultation.
pub(super) async fn load(session: &mut Session, id: &ConsultationId) -> Result<Option<Record>, StoreError> {
    Ok(of_consultations(session, &[id.as_str()]).await?.remove(id))
}

/// Those of many consultations.
pub async fn of_consultations(
    session: &mut Session,
    ids: &[&str],
) -> Result<HashMap<ConsultationId, Record>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = select();
    select.and_where(Expr::col(Table::ConsultationId).is_in(ids.iter().copied()));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| read(row).map(|record| (record.consultation.clone(), record))).collect()
}

/// The ids of the consultations that were given at most so many stars, as a part of a larger statement.
pub fn with_at_most(stars: i64) -> Named {
    let mut select = Query::select();
    select.column(Table::ConsultationId).from(Table::Table).and_where(Expr::col(Table::Stars).lte(stars));
    Named::by(select, Expr::col((Table::Table, Table::ConsultationId)))
}

/// What is written of a rating.
pub(super) struct New<'a> {
    pub(super) consultation: &'a ConsultationId,
    pub(super) patient: &'a PatientId,
    pub(super) stars: Stars,
    pub(super) comment: Option<&'a str>,
    pub(super) at: Time,
}

/// Writes a rating, over the one of before.
pub(super) async fn put(writing: &mut Writing, tenant: &Tenant, new: &New<'_>) -> Result<(), StoreError> {
    let seal = |text: &str| tenant.key.seal(&tenant.context, place(new.consultation), text.as_bytes());
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConsultationId,
        Table::PatientId,
        Table::Stars,
        Table::Comment,
        Table::RatedAt,
    ]);
    insert.values_panic([
        new.consultation.as_str().into(),
        new.patient.as_str().into(),
        new.stars.number().into(),
        new.comment.map(seal).into(),
        new.at.as_millis().into(),
    ]);
    let changed = [Table::Stars, Table::Comment, Table::RatedAt];
    insert.on_conflict(OnConflict::column(Table::ConsultationId).update_columns(changed).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Takes away what was said of a consultation, as a part of its erasure, and leaves the stars. Returns how many there were.
pub async fn erase_words(writing: &mut Writing, id: &ConsultationId) -> Result<u64, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Comment, None::<Vec<u8>>);
    update
        .and_where(Expr::col(Table::ConsultationId).eq(id.as_str()))
        .and_where(Expr::col(Table::Comment).is_not_null());
    writing.execute(&update).await
}
