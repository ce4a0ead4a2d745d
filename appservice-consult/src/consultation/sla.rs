//! What a queue promises: how long a patient waits at most, how soon somebody answers him, and when it is closed; to what is urgent perhaps something else.
//! Pure but for `run_due`.
//!
//! Times are counted in the queue's working hours. Of each promise a warning and a breach are recorded once, in this order; a consultation that comes back to a
//! queue waits anew, so that its wait is promised anew, and one that is opened again is closed anew.
//!
//! That something was promised is written into the row ([`made`]) when it begins to run: reports ask what was promised then, not what would be now.

use consilium_config::brand::{Brand, Queue};
use sea_query::{Expr, ExprTrait, Order, Query};

use super::command::{Command, Refusal};
use super::error::ConsultationError;
use super::record::{self, Record};
use super::state::{Mark, Marks, State};
use super::transition::{Circumstances, apply};
use crate::actor::Actor;
use crate::ids::ConsultationId;
use crate::queue;
use crate::store::StoreError;
use crate::store::tables::Consultation as Table;
use crate::tenant::Tenant;
use crate::time::Time;

/// Consultations looked at in one round.
const BATCH: u64 = 200;
/// Steps of one consultation in a round: all promises warned of and broken.
const STEPS: usize = 6;

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// That an operator takes it.
    Wait,
    /// That an operator writes.
    FirstResponse,
    /// That it is closed.
    Resolution,
}

/// A promise that has not been kept yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Which.
    pub promise: Promise,
    /// When it is to be warned of.
    pub warn_at: Time,
    /// When it is broken.
    pub due_at: Time,
}

impl Deadline {
    /// The mark that it gets next, and when; `None`: it has both.
    pub fn next(&self, marks: Marks) -> Option<(Mark, Time)> {
        match marks.of(self.promise) {
            Mark::None => Some((Mark::Warned, self.warn_at)),
            Mark::Warned => Some((Mark::Broken, self.due_at)),
            Mark::Broken => None,
        }
    }
}

/// Promises of a queue that run for a consultation.
pub fn deadlines(state: &State, brand: &Brand, queue: Option<&Queue>) -> Vec<Deadline> {
    let Some(queue) = queue else { return Vec::new() };
    let calendar = queue::calendar(brand, queue);
    let deadline = |promise: Promise, since: Time, minutes: Option<u32>| {
        let seconds = i64::from(minutes?) * 60;
        let warn_seconds = seconds * i64::from(queue.sla.warn_percent) / 100;
        let (warn_at, due_at) = (calendar.after_work(since, warn_seconds), calendar.after_work(since, seconds));
        state.is_promised(promise).then_some(Deadline { promise, warn_at, due_at })
    };
    let times = queue.sla.times(state.priority);
    let wait = deadline(Promise::Wait, state.phase_since, times.wait);
    let response = deadline(Promise::FirstResponse, state.requested_at, times.first_response);
    let opened_at = state.reopened_at.unwrap_or(state.requested_at);
    let resolution = deadline(Promise::Resolution, opened_at, times.resolution);
    [wait, response, resolution].into_iter().flatten().collect()
}

/// What a row says of the promises that run: that they were made. What was promised once stays so.
pub fn made(state: &State, brand: &Brand, queue: Option<&Queue>) -> Vec<Table> {
    let column = |deadline: &Deadline| match deadline.promise {
        Promise::Wait => Table::WaitPromised,
        Promise::FirstResponse => Table::ResponsePromised,
        Promise::Resolution => Table::ResolutionPromised,
    };
    deadlines(state, brand, queue).iter().map(column).collect()
}

/// When the promises have to be looked at next.
pub fn due_at(state: &State, brand: &Brand, queue: Option<&Queue>) -> Option<Time> {
    let next = |deadline: Deadline| deadline.next(state.marks).map(|(_, at)| at);
    deadlines(state, brand, queue).into_iter().filter_map(next).min()
}

/// Marks every promise whose time has come.
pub async fn run_due(tenant: &Tenant) -> Result<(), ConsultationError> {
    for id in due(tenant).await? {
        for _ in 0..STEPS {
            let mut reading = tenant.store.read().await?;
            let Some(record) = record::load(&mut reading, &id).await? else { break };
            drop(reading);
            let brand = tenant.brand();
            let queue = brand.queue(record.state.queue.as_str());
            let look = Command::Promises { deadlines: deadlines(&record.state, &brand, queue) };
            match apply(tenant, &id, &look, Circumstances { actor: &Actor::System, note: None, by_macro: None }).await {
                Ok(_) => {}
                Err(ConsultationError::Refused(Refusal::NotDue)) => {
                    look_again(tenant, &record).await?;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// The queue's promises were changed since this was written.
async fn look_again(tenant: &Tenant, record: &Record) -> Result<(), StoreError> {
    let brand = tenant.brand();
    let next = due_at(&record.state, &brand, brand.queue(record.state.queue.as_str()));
    let mut writing = tenant.store.write().await?;
    let mut update = Query::update();
    update.table(Table::Table).value(Table::SlaDueAt, next.map(Time::as_millis));
    for promised in made(&record.state, &brand, brand.queue(record.state.queue.as_str())) {
        update.value(promised, 1_i64);
    }
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(record.version));
    writing.execute(&update).await?;
    writing.commit().await
}

async fn due(tenant: &Tenant) -> Result<Vec<ConsultationId>, StoreError> {
    let now = tenant.context.now().as_millis();
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::SlaDueAt).lte(now));
    select.order_by(Table::SlaDueAt, Order::Asc).limit(BATCH);
    let mut reading = tenant.store.read().await?;
    reading.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect()
}
