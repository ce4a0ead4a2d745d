//! Patients who write nothing after an answer: they are asked whether they are still there, and then what they asked is closed, where the queue says so.
//!
//! Deliberately absent: what the machine decides (`machine.rs`). What a queue still asks for before the close (a conclusion, fields) its lead has to give: until
//! then it stays open.

use consilium_config::brand::Queue;
use sea_query::{Expr, ExprTrait, Order, Query};

use super::command::{Command, Line};
use super::error::ConsultationError;
use super::record::{self, stage};
use super::transition::{Circumstances, apply, must_be_complete};
use crate::actor::Actor;
use crate::api::types::Phase;
use crate::call;
use crate::ids::ConsultationId;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Consultations of one queue looked at in one round.
const BATCH: u64 = 500;

/// Asks silent patients, and closes what they left; returns how many consultations moved.
///
/// Errors: `Contended`, `Store`.
pub async fn run_due(tenant: &Tenant) -> Result<usize, ConsultationError> {
    let brand = tenant.brand();
    let mut moved = 0;
    for queue in &brand.queues {
        let Some(minutes) = queue.silent_close_minutes else { continue };
        let close_after_seconds = i64::from(minutes) * 60;
        let mut reading = tenant.store.read().await?;
        let silent = silent(&mut reading, queue, close_after_seconds, tenant.context.now()).await?;
        drop(reading);
        for one in silent {
            moved += usize::from(look_at(tenant, &one, close_after_seconds).await?);
        }
    }
    Ok(moved)
}

struct Silent {
    id: ConsultationId,
    last_message_at: Time,
    /// What its patient reads as the reason of the close; none: he was not asked yet.
    reason: Option<&'static str>,
}

/// What is led and answered, where nobody has written for long enough to ask, or to close.
async fn silent(
    session: &mut Session,
    queue: &Queue,
    close_after_seconds: i64,
    now: Time,
) -> Result<Vec<Silent>, StoreError> {
    let rest = close_after_seconds / 4;
    let (asked_before, silent_since) = (now.plus_seconds(-rest), now.plus_seconds(rest - close_after_seconds));
    let mut select = Query::select();
    select.columns([Table::Id, Table::LastMessageAt, Table::Language, Table::SilenceWarnedAt]).from(Table::Table);
    select.and_where(Expr::col(Table::QueueId).eq(queue.id.as_str()));
    select.and_where(Expr::col(Table::Stage).eq(stage(Phase::Active)));
    select
        .and_where(Expr::col(Table::UnansweredSince).is_null())
        .and_where(Expr::col(Table::FirstAnswerAt).is_not_null());
    select.and_where(Expr::col(Table::LastMessageAt).lte(silent_since.as_millis()));
    let was_asked = Expr::col(Table::SilenceWarnedAt);
    select.and_where(was_asked.clone().is_null().or(was_asked.lte(asked_before.as_millis())));
    select.order_by(Table::LastMessageAt, Order::Asc).limit(BATCH);
    let rows = session.fetch_all(&select).await?;
    let one = |row: &crate::store::Row| {
        let is_russian = row.text_or_null(Table::Language)?.as_deref() == Some("ru");
        let reason =
            if is_russian { "Новых сообщений не было." } else { "There were no new messages." };
        Ok(Silent {
            id: row.id(Table::Id)?,
            last_message_at: row.time(Table::LastMessageAt)?,
            reason: row.time_or_null(Table::SilenceWarnedAt)?.map(|_| reason),
        })
    };
    rows.iter().map(one).collect()
}

/// Whether it moved.
async fn look_at(tenant: &Tenant, one: &Silent, close_after_seconds: i64) -> Result<bool, ConsultationError> {
    let mut reading = tenant.store.read().await?;
    let call = call::last_call(&mut reading, &one.id).await?;
    if one.reason.is_some() && !may_be_closed(&mut reading, tenant, &one.id).await? {
        return Ok(false);
    }
    drop(reading);
    let (line, since) = match call {
        Some(call::LastCall { ended_at: None, .. }) => (Line::Busy, one.last_message_at),
        Some(call::LastCall { ended_at: Some(at), .. }) => (Line::Quiet, at.max(one.last_message_at)),
        None => (Line::Quiet, one.last_message_at),
    };
    let command = Command::Silence { since, close_after_seconds, line };
    let circumstances = Circumstances { actor: &Actor::System, note: one.reason, by_macro: None };
    match apply(tenant, &one.id, &command, circumstances).await {
        Ok(_) => Ok(true),
        Err(ConsultationError::Refused(_)) => Ok(false),
        Err(error) => unless_incomplete(error),
    }
}

/// Looked at beforehand, so that what stays open for long is not written at again and again.
async fn may_be_closed(session: &mut Session, tenant: &Tenant, id: &ConsultationId) -> Result<bool, ConsultationError> {
    let record = record::load(session, id).await?.ok_or(ConsultationError::NotFound)?;
    match must_be_complete(session, tenant, &record).await {
        Ok(()) => Ok(true),
        Err(error) => unless_incomplete(error),
    }
}

fn unless_incomplete(error: ConsultationError) -> Result<bool, ConsultationError> {
    match error {
        ConsultationError::ConclusionMissing | ConsultationError::FieldsMissing(_) => Ok(false),
        other => Err(other),
    }
}
