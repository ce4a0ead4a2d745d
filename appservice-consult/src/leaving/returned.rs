//! What was taken from an operator while his console was lost, so that he sees it when he comes back.

use sea_query::{Expr, ExprTrait, Order, Query};

use crate::api::types::ParticipantRole;
use crate::consultation::{Action, Record, record};
use crate::ids::{ConsultationId, OperatorId};
use crate::store::tables::{ConsultationHistory as History, Participant};
use crate::store::{Session, StoreError};
use crate::time::Time;
use crate::words::Word;

/// What is told of: who comes back after longer has other things to read first. Unit: seconds.
const WITHIN_SECONDS: i64 = 7 * 86_400;
/// Nobody leads more at once.
const RETURNED_MAX: u64 = 50;

/// A consultation that went back to the queue without him.
#[derive(Debug, Clone)]
pub struct Returned {
    /// As it stands now.
    pub record: Record,
    /// When it went.
    pub at: Time,
}

/// What was taken from `operator` in the last week, newest first.
pub async fn returned(session: &mut Session, operator: &OperatorId, now: Time) -> Result<Vec<Returned>, StoreError> {
    let participant = |column| Expr::col((Participant::Table, column));
    let history = |column| Expr::col((History::Table, column));
    let mut select = Query::select();
    select.columns([(Participant::Table, Participant::ConsultationId), (Participant::Table, Participant::LeftAt)]);
    select.from(Participant::Table);
    // Nobody else leaves at the time of that step but with it.
    let same = history(History::ConsultationId)
        .equals((Participant::Table, Participant::ConsultationId))
        .and(history(History::At).equals((Participant::Table, Participant::LeftAt)));
    select.inner_join(History::Table, same);
    select.and_where(participant(Participant::OperatorId).eq(operator.as_str()));
    select.and_where(participant(Participant::Role).eq(ParticipantRole::Lead.word()));
    select.and_where(participant(Participant::LeftAt).gt(now.plus_seconds(-WITHIN_SECONDS).as_millis()));
    select.and_where(history(History::Action).eq(Action::Returned.as_str()));
    select.order_by((Participant::Table, Participant::LeftAt), Order::Desc).limit(RETURNED_MAX);
    let rows = session.fetch_all(&select).await?;
    let mut found = Vec::new();
    for row in &rows {
        let id: ConsultationId = row.id(Participant::ConsultationId)?;
        let at = row.time(Participant::LeftAt)?;
        if let Some(record) = record::load(session, &id).await? {
            found.push(Returned { record, at });
        }
    }
    Ok(found)
}
