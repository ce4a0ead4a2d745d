//! What the apps measured of a call: kept for supervisors, and the proof that media flowed.

use sea_query::{Expr, ExprTrait, Func, OnConflict, Order, Query};

use super::error::CallError;
use super::record;
use super::span::Span;
use super::store;
use crate::api::types::QualityReport;
use crate::ids::{CallId, UserId};
use crate::store::Row;
use crate::store::tables::CallQuality as Table;
use crate::tenant::Tenant;

/// Reports of one account in one call that come faster are left out. Unit: seconds.
const REPORT_EVERY_SECONDS: i64 = 4;
/// Reports that are kept of one call: four people for a day at one each 30 s.
const REPORTS_MAX: u64 = 12_000;

/// Somebody's reports of a call together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Whose.
    pub user: UserId,
    /// How many.
    pub reports: i64,
    /// Lost packets, mean and worst. Unit: of a thousand.
    pub loss_permille: (i64, i64),
    /// Jitter, mean and worst. Unit: milliseconds.
    pub jitter_ms: (i64, i64),
    /// Round trip, mean and worst. Unit: milliseconds.
    pub round_trip_ms: (i64, i64),
    /// How often the picture stood still.
    pub freezes: i64,
    /// How long it stood still in all. Unit: milliseconds.
    pub freeze_ms: i64,
}

impl Sample {
    /// Nothing measured yet.
    fn none_of(user: UserId) -> Self {
        Self {
            user,
            reports: 0,
            loss_permille: (0, 0),
            jitter_ms: (0, 0),
            round_trip_ms: (0, 0),
            freezes: 0,
            freeze_ms: 0,
        }
    }
}

/// Keeps a report of somebody who is in the call.
///
/// Errors: `NotFound`, `NotAllowed`, `Store`.
pub async fn report(tenant: &Tenant, id: &CallId, user: &UserId, report: &QualityReport) -> Result<(), CallError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let call = store::load(&mut writing, id).await?.ok_or(CallError::NotFound)?;
    let spans = store::spans_of(&mut writing, id).await?;
    let own = |span: &&Span| span.user == *user;
    if !spans.iter().any(|span| own(&span)) {
        return Err(if call.patient_user == *user { CallError::NotAllowed } else { CallError::NotFound });
    }
    for span in spans.iter().filter(own).filter(|span| span.left_at.is_none()) {
        store::put_span(&mut writing, id, &Span { media_until: now, ..span.clone() }).await?;
    }
    let last = last_report(&mut writing, id, user).await?;
    if last.is_none_or(|last| now.as_millis() - last >= REPORT_EVERY_SECONDS * 1_000) {
        keep(&mut writing, id, user, now.as_millis(), report).await?;
    }
    if !call.state.is_open() {
        record::refresh(&mut writing, tenant, id).await?;
    }
    Ok(writing.commit().await?)
}

async fn last_report(
    session: &mut crate::store::Session,
    id: &CallId,
    user: &UserId,
) -> Result<Option<i64>, CallError> {
    let mut select = Query::select();
    select.expr(Func::max(Expr::col(Table::At))).from(Table::Table);
    select.and_where(Expr::col(Table::CallId).eq(id.as_str())).and_where(Expr::col(Table::UserId).eq(user.as_str()));
    Ok(session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?)
}

async fn keep(
    writing: &mut crate::store::Writing,
    id: &CallId,
    user: &UserId,
    at: i64,
    report: &QualityReport,
) -> Result<(), CallError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::CallId,
        Table::UserId,
        Table::At,
        Table::LossPermille,
        Table::JitterMs,
        Table::RoundTripMs,
        Table::Freezes,
        Table::FreezeMs,
    ]);
    insert.values_panic([
        id.as_str().into(),
        user.as_str().into(),
        at.into(),
        i64::from(report.loss_permille).into(),
        i64::from(report.jitter_ms).into(),
        i64::from(report.round_trip_ms).into(),
        i64::from(report.freezes).into(),
        i64::from(report.freeze_ms).into(),
    ]);
    let key = OnConflict::columns([Table::CallId, Table::UserId, Table::At]).do_nothing().to_owned();
    writing.execute(insert.on_conflict(key)).await?;
    Ok(())
}

/// What was measured of a call, by who reported.
pub async fn quality_of(tenant: &Tenant, id: &CallId) -> Result<Vec<Sample>, CallError> {
    let mut reading = tenant.store.read().await?;
    store::load(&mut reading, id).await?.ok_or(CallError::NotFound)?;
    let mut select = Query::select();
    select.columns([
        Table::UserId,
        Table::LossPermille,
        Table::JitterMs,
        Table::RoundTripMs,
        Table::Freezes,
        Table::FreezeMs,
    ]);
    select.from(Table::Table).and_where(Expr::col(Table::CallId).eq(id.as_str()));
    select.order_by(Table::UserId, Order::Asc).order_by(Table::At, Order::Asc).limit(REPORTS_MAX);
    let rows = reading.fetch_all(&select).await?;
    let mut samples: Vec<Sample> = Vec::new();
    for row in &rows {
        let user: UserId = row.id(Table::UserId)?;
        if let Some(last) = samples.last_mut().filter(|last| last.user == user) {
            add(last, row)?;
        } else {
            let mut first = Sample::none_of(user);
            add(&mut first, row)?;
            samples.push(first);
        }
    }
    samples.iter_mut().for_each(mean);
    Ok(samples)
}

/// Sums up, and keeps the worst; the means are made at the end.
fn add(sample: &mut Sample, row: &Row) -> Result<(), CallError> {
    sample.reports += 1;
    for (sum, column) in [
        (&mut sample.loss_permille, Table::LossPermille),
        (&mut sample.jitter_ms, Table::JitterMs),
        (&mut sample.round_trip_ms, Table::RoundTripMs),
    ] {
        let value = row.number(column)?;
        sum.0 += value;
        sum.1 = Ord::max(sum.1, value);
    }
    sample.freezes += row.number(Table::Freezes)?;
    sample.freeze_ms += row.number(Table::FreezeMs)?;
    Ok(())
}

fn mean(sample: &mut Sample) {
    let reports = Ord::max(sample.reports, 1);
    for sum in [&mut sample.loss_permille, &mut sample.jitter_ms, &mut sample.round_trip_ms] {
        sum.0 /= reports;
    }
}
