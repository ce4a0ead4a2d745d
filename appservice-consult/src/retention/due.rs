//! What goes: the list that supervisors see, and the timer that makes it go, in bounded batches.

use sea_query::{Cond, Expr, ExprTrait, Func, Order, Query};

use super::erase::{Why, erase};
use super::hold::{self, Hold};
use super::{RetentionError, rule, terms};
use crate::actor::Actor;
use crate::consultation::Record;
use crate::consultation::list::load_in_order;
use crate::consultation::record::STAGE_ENDED;
use crate::ids::{ConsultationId, QueueId};
use crate::page::{self, Listed};
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Records that come into the list in one round; a statement holds up the writer no longer than that takes.
const LISTED_MAX: u64 = 5_000;
/// Records that are erased in one round, each in a transaction of its own; the next round goes on.
const ERASED_MAX: u64 = 200;
/// Records that get class and time at once.
const CLASSIFIED_AT_ONCE: u64 = 500;
/// Furthest look ahead. Unit: days.
const DAYS_MAX: u16 = 366;
const DAY_SECONDS: i64 = 24 * 3_600;
const LIST: &str = "due";

/// One round: what goes soon comes into the list, what stood there long enough goes. Returns how many went.
///
/// One that cannot be erased does not keep the others; the first failure is told at the end.
pub async fn run_due(tenant: &Tenant) -> Result<usize, RetentionError> {
    put_into_list(tenant).await?;
    let mut reading = tenant.store.read_at_length().await?;
    let ids = to_erase(&mut reading, tenant.context.now()).await?;
    drop(reading);
    let (mut went, mut failed) = (0, None);
    for id in ids {
        match erase(tenant, &id, &Actor::System, Why::Due).await {
            Ok(()) => went += 1,
            // Somebody was faster, or put a hold on it meanwhile; or something of it came that has to be sealed first.
            Err(RetentionError::Held | RetentionError::NotDue | RetentionError::NotSealed) => {}
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    // Each round, so that one that could not empty the log is made good by the next.
    tenant.store.write_out().await?;
    failed.map_or(Ok(went), Err)
}

async fn put_into_list(tenant: &Tenant) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let mut soon = Query::select();
    soon.column(Table::Id).from(Table::Table).cond_where(waiting());
    soon.and_where(Expr::col(Table::EraseDueAt).lte(now.plus_seconds(rule::NOTICE_SECONDS).as_millis()));
    // One that came into the list while the clock was ahead comes anew: nobody has seen it there for a day yet.
    let listed_at = || Expr::col(Table::EraseListedAt);
    soon.and_where(listed_at().is_null().or(listed_at().gt(now.as_millis())));
    soon.order_by(Table::EraseDueAt, Order::Asc).limit(LISTED_MAX);
    let mut update = Query::update();
    update.table(Table::Table).value(Table::EraseListedAt, now.as_millis());
    update.and_where(Expr::col(Table::Id).in_subquery(soon));
    let mut writing = tenant.store.write().await?;
    if writing.execute(&update).await? > 0 {
        writing.commit().await?;
    }
    Ok(())
}

/// What is over, has a time and is not erased.
fn waiting() -> Cond {
    Cond::all()
        .add(Expr::col(Table::EraseDueAt).is_not_null())
        .add(Expr::col(Table::ErasedAt).is_null())
        // With something added to it the index of stages is not taken, in which nearly all stand.
        .add(Expr::col(Table::Stage).add(0_i64).eq(STAGE_ENDED))
}

async fn to_erase(session: &mut Session, now: Time) -> Result<Vec<ConsultationId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).cond_where(waiting());
    select.and_where(Expr::col(Table::EraseDueAt).lte(now.as_millis()));
    select.and_where(Expr::col(Table::EraseListedAt).lte(now.plus_seconds(-rule::NOTICE_SECONDS).as_millis()));
    select.and_where(hold::holds_it().not());
    select.order_by(Table::EraseDueAt, Order::Asc).order_by(Table::Id, Order::Asc).limit(ERASED_MAX);
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect()
}

/// Which of what goes.
#[derive(Debug, Clone, Default)]
pub struct DueFilter {
    /// In how many days.
    pub days: u16,
    /// Only of this class.
    pub class: Option<String>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
}

impl DueFilter {
    fn condition(&self, now: Time) -> Cond {
        let until = now.plus_seconds(i64::from(self.days.clamp(1, DAYS_MAX)) * DAY_SECONDS);
        waiting()
            .add(Expr::col(Table::EraseDueAt).lte(until.as_millis()))
            .add_option(self.class.as_deref().map(|class| Expr::col(Table::RetentionClass).eq(class)))
            .add_option(self.queue.as_ref().map(|queue| Expr::col(Table::QueueId).eq(queue.as_str())))
    }
}

/// A record that goes.
#[derive(Debug)]
pub struct DueRecord {
    /// The consultation.
    pub record: Record,
    /// When it goes; none: it is held.
    pub goes_at: Option<Time>,
    /// What holds it.
    pub holds: Vec<Hold>,
}

/// One page of what goes, the first that goes first.
pub async fn list(
    session: &mut Session,
    tenant: &Tenant,
    filter: &DueFilter,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<DueRecord>, RetentionError> {
    let now = tenant.context.now();
    let condition = filter.condition(now);
    let mut matching = Query::select();
    matching.from(Table::Table).cond_where(condition.clone());
    let total = page::count(session, matching).await?;
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).cond_where(condition);
    if let Some((due_at, id)) = page::read_cursor::<(i64, String)>(LIST, cursor)? {
        let key = Expr::tuple([Expr::col(Table::EraseDueAt), Expr::col(Table::Id)]);
        select.and_where(key.gt(Expr::tuple([Expr::val(due_at), Expr::val(id)])));
    }
    select.order_by(Table::EraseDueAt, Order::Asc).order_by(Table::Id, Order::Asc).limit(limit as u64 + 1);
    let rows = session.fetch_all(&select).await?;
    let more = rows.len() > limit;
    let ids = rows.iter().take(limit).map(|row| row.text(Table::Id)).collect::<Result<Vec<_>, _>>()?;
    let records = load_in_order(session, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let mut held = hold::held_of(session, tenant, &records).await?;
    let last = records.last().and_then(|record| Some((record.terms.as_ref()?.due_at.as_millis(), record.id.clone())));
    let next_cursor = last.filter(|_| more).map(|last| page::cursor(LIST, &last));
    let shown = records.into_iter().map(|record| {
        let holds = held.remove(&record.id).unwrap_or_default();
        let free = record.terms.as_ref().filter(|_| holds.is_empty());
        DueRecord { goes_at: free.map(|terms| rule::goes_at(terms.due_at, terms.listed_at, now)), holds, record }
    });
    Ok(Listed { records: shown.collect(), next_cursor, total })
}

/// How many go, of a class and a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The class.
    pub class: String,
    /// The queue.
    pub queue: QueueId,
    /// How many.
    pub count: i64,
    /// How many of them are held.
    pub held: i64,
}

/// What goes, counted by class and queue.
pub async fn tally(session: &mut Session, tenant: &Tenant, filter: &DueFilter) -> Result<Vec<Tally>, StoreError> {
    let condition = filter.condition(tenant.context.now());
    let mut all = counted(session, condition.clone()).await?;
    for held in counted(session, condition.add(hold::holds_it())).await? {
        let same = |tally: &&mut Tally| tally.class == held.class && tally.queue == held.queue;
        if let Some(tally) = all.iter_mut().find(same) {
            tally.held = held.count;
        }
    }
    Ok(all)
}

async fn counted(session: &mut Session, condition: Cond) -> Result<Vec<Tally>, StoreError> {
    let by = [Table::RetentionClass, Table::QueueId];
    let mut select = Query::select();
    // The count comes first, because it has no name.
    select.expr(Func::count(Expr::col(Table::Id))).columns(by).from(Table::Table).cond_where(condition);
    select.group_by_columns(by).order_by(Table::RetentionClass, Order::Asc).order_by(Table::QueueId, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    let read = |row: &crate::store::Row| {
        let (class, queue) = (row.text(Table::RetentionClass)?, row.id(Table::QueueId)?);
        Ok(Tally { class, queue, count: row.first_number()?, held: 0 })
    };
    rows.iter().map(read).collect()
}

/// Gives class and time to what was sealed before the brand had classes; returns to how many.
pub async fn classify_all(tenant: &Tenant) -> Result<usize, StoreError> {
    if tenant.brand().retention.is_empty() {
        return Ok(0);
    }
    let zone = tenant.zone();
    // Classes of the folder say how long everything is kept. Those that came in the console find records that were to be kept for ever: their time begins now.
    let counts_from_now = tenant.folder.retention.is_empty();
    let mut given = 0;
    loop {
        let mut writing = tenant.store.write().await?;
        let mut select = Query::select();
        select.columns([Table::Id, Table::QueueId, Table::EndedAt, Table::SealedAt]).from(Table::Table);
        select.and_where(Expr::col(Table::SealedSequence).is_not_null());
        select.and_where(Expr::col(Table::RetentionClass).is_null()).and_where(Expr::col(Table::ErasedAt).is_null());
        select.order_by(Table::SealedSequence, Order::Asc).limit(CLASSIFIED_AT_ONCE);
        let rows = writing.fetch_all(&select).await?;
        let before = given;
        for row in &rows {
            let (id, queue) = (row.id(Table::Id)?, row.id(Table::QueueId)?);
            let ended_at = match row.time_or_null(Table::EndedAt)? {
                _ if counts_from_now => tenant.context.now(),
                Some(ended_at) => ended_at,
                None => row.time(Table::SealedAt)?,
            };
            given += usize::from(terms::write(&mut writing, tenant, &zone, (&id, &queue, ended_at)).await?);
        }
        if given == before {
            return Ok(given);
        }
        writing.commit().await?;
    }
}
