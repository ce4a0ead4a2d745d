//! How many consultations stand where. Kept in the transaction that moves one, so that no list has to count a million rows.

use sea_query::{Expr, ExprTrait, Func, OnConflict, Query};

use super::record::{STAGE_ENDED, stage};
use super::state::State;
use crate::api::types::Phase;
use crate::ids::{OperatorId, QueueId};
use crate::store::tables::ConsultationCount as Table;
use crate::store::{Session, StoreError, Writing};

/// Beside the stages: consultations that have a record in the archive.
pub const SEALED: i64 = STAGE_ENDED + 1;

/// Where a consultation is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place<'a> {
    stage: i64,
    queue: &'a str,
    lead: &'a str,
}

impl<'a> Place<'a> {
    fn of(state: &'a State, stage: i64) -> Self {
        Self { stage, queue: state.queue.as_str(), lead: state.last_lead.as_ref().map_or("", OperatorId::as_str) }
    }
}

/// Counts a consultation that begins.
pub async fn add(writing: &mut Writing, state: &State) -> Result<(), StoreError> {
    plus_one(writing, Place::of(state, stage(state.phase.name()))).await
}

/// Counts a consultation that is sealed for the first time.
pub async fn add_sealed(writing: &mut Writing, state: &State) -> Result<(), StoreError> {
    plus_one(writing, Place::of(state, SEALED)).await
}

/// Counts a consultation elsewhere.
pub async fn move_between(writing: &mut Writing, was: &State, is: &State, is_sealed: bool) -> Result<(), StoreError> {
    let by_stage = (Place::of(was, stage(was.phase.name())), Place::of(is, stage(is.phase.name())));
    let sealed = (Place::of(was, SEALED), Place::of(is, SEALED));
    for (from, to) in std::iter::once(by_stage).chain(is_sealed.then_some(sealed)) {
        if from != to {
            minus_one(writing, from).await?;
            plus_one(writing, to).await?;
        }
    }
    Ok(())
}

async fn minus_one(writing: &mut Writing, place: Place<'_>) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::N, Expr::col(Table::N).sub(1_i64));
    update.and_where(Expr::col(Table::Stage).eq(place.stage)).and_where(Expr::col(Table::QueueId).eq(place.queue));
    update.and_where(Expr::col(Table::LeadId).eq(place.lead));
    writing.execute(&update).await.map(drop)
}

async fn plus_one(writing: &mut Writing, place: Place<'_>) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Stage, Table::QueueId, Table::LeadId, Table::N]);
    insert.values_panic([place.stage.into(), place.queue.into(), place.lead.into(), 1_i64.into()]);
    let sum = Expr::col((Table::Table, Table::N)).add(1_i64);
    let key = [Table::Stage, Table::QueueId, Table::LeadId];
    insert.on_conflict(OnConflict::columns(key).value(Table::N, sum).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Who leads something in which queue.
pub async fn leads(session: &mut Session) -> Result<Vec<(QueueId, OperatorId)>, StoreError> {
    let led = [Phase::Active, Phase::OnHold].map(stage);
    let mut select = Query::select();
    select.distinct().columns([Table::QueueId, Table::LeadId]).from(Table::Table);
    select.and_where(Expr::col(Table::Stage).is_in(led)).and_where(Expr::col(Table::N).gt(0_i64));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::QueueId)?, row.id(Table::LeadId)?))).collect()
}

/// Which consultations are summed up; what is `None` is not looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted<'a> {
    /// In this stage, or [`SEALED`].
    pub stage: Option<i64>,
    /// In this queue.
    pub queue: Option<&'a QueueId>,
    /// Led by him now or last.
    pub lead: Option<&'a OperatorId>,
}

/// How many there are.
pub async fn count(session: &mut Session, counted: Counted<'_>) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::cast_as(Func::sum(Expr::col(Table::N)), "BIGINT")).from(Table::Table);
    match counted.stage {
        Some(stage) => select.and_where(Expr::col(Table::Stage).eq(stage)),
        None => select.and_where(Expr::col(Table::Stage).lt(SEALED)),
    };
    if let Some(queue) = counted.queue {
        select.and_where(Expr::col(Table::QueueId).eq(queue.as_str()));
    }
    if let Some(lead) = counted.lead {
        select.and_where(Expr::col(Table::LeadId).eq(lead.as_str()));
    }
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}
