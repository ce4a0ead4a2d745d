//! Rows of the log: what ran when, on what, by which version of which rule, and what came of it.

use std::collections::HashMap;

use sea_query::{Cond, Expr, ExprTrait, Iden, Order, Query, SelectStatement};

use consilium_config::brand::RuleEvent;

use crate::api::types::RuleDone;
use crate::ids::{CallbackId, ConsultationId, OperatorId, PatientId, RuleRunId};
use crate::page::{self, BadCursor, Keyed, Listed};
use crate::store::tables::{Callback, Consultation, RuleRun as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// How long a run is kept: long enough to look into a complaint, and no archive. Unit: seconds.
const KEPT_SECONDS: i64 = 90 * 86_400;
/// Runs that are forgotten in one transaction; the next round goes on.
const FORGOTTEN_AT_ONCE: u64 = 2_000;

/// On what a rule ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A consultation.
    Consultation(ConsultationId),
    /// A call-back.
    Callback(CallbackId),
}

impl Subject {
    /// The consultation, if it is one.
    pub fn consultation(&self) -> Option<&ConsultationId> {
        match self {
            Self::Consultation(id) => Some(id),
            Self::Callback(_) => None,
        }
    }

    /// The call-back, if it is one.
    pub fn callback(&self) -> Option<&CallbackId> {
        match self {
            Self::Consultation(_) => None,
            Self::Callback(id) => Some(id),
        }
    }
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RuleRunId,
    /// When.
    pub at: Time,
    /// Which rule, as the brand names it.
    pub rule: String,
    /// The version of its section; 0: as the brand folder says.
    pub version: i64,
    /// What it waited for.
    pub event: RuleEvent,
    /// On what.
    pub subject: Subject,
    /// What came of each action.
    pub done: Vec<RuleDone>,
    /// Whether it alarmed.
    pub is_alarm: bool,
    /// When a supervisor took note of the alarm, and who.
    pub seen: Option<(Time, OperatorId)>,
}

/// Which runs.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this rule.
    pub rule: Option<String>,
    /// Only on this consultation.
    pub consultation: Option<ConsultationId>,
    /// Only alarms that nobody has taken note of.
    pub open_alarms: bool,
}

impl Filter {
    fn condition(&self) -> Cond {
        let rule = self.rule.as_ref().map(|rule| Expr::col(Table::RuleId).eq(rule.as_str()));
        let on = self.consultation.as_ref().map(|id| Expr::col(Table::ConsultationId).eq(id.as_str()));
        let open = self.open_alarms.then(|| Expr::col(Table::Alarm).eq(1_i64).and(Expr::col(Table::SeenAt).is_null()));
        Cond::all().add_option(rule).add_option(on).add_option(open)
    }
}

const NEWEST: Keyed<Record, Table> = Keyed {
    list: "rule_runs",
    columns: &[Table::At],
    id: Table::Id,
    order: Order::Desc,
    key_of: |record| (vec![record.at.as_millis()], record.id.as_str()),
};

/// Why a page cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// One page, newest first.
pub async fn list(
    session: &mut Session,
    filter: &Filter,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<Record>, ListError> {
    let mut matching = Query::select();
    matching.from(Table::Table).cond_where(filter.condition());
    let total = page::count(session, matching).await?;
    let mut select = select();
    select.cond_where(filter.condition());
    NEWEST.narrow(&mut select, limit, cursor)?;
    let rows = session.fetch_all(&select).await?;
    let records = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(NEWEST.page(records, limit, total))
}

/// The run of that id.
pub(super) async fn load(session: &mut Session, id: &RuleRunId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Whose what these ran on is, by the run. A call-back by the form is nobody's.
pub async fn patients_of(session: &mut Session, runs: &[Record]) -> Result<HashMap<RuleRunId, PatientId>, StoreError> {
    let subjects = runs.iter().filter_map(|run| run.subject.consultation());
    let ids: Vec<&str> = subjects.map(ConsultationId::as_str).collect();
    let mut patients = owners(session, Consultation::Table, (Consultation::Id, Consultation::PatientId), &ids).await?;
    let subjects = runs.iter().filter_map(|run| run.subject.callback());
    let ids: Vec<&str> = subjects.map(CallbackId::as_str).collect();
    patients.extend(owners(session, Callback::Table, (Callback::Id, Callback::PatientId), &ids).await?);
    let of = |run: &Record| {
        let subject = match &run.subject {
            Subject::Consultation(id) => id.as_str(),
            Subject::Callback(id) => id.as_str(),
        };
        patients.get(subject).map(|patient| (run.id.clone(), patient.clone()))
    };
    Ok(runs.iter().filter_map(of).collect())
}

/// Whose these rows of a table are, by their ids.
async fn owners<C: Iden + Copy + 'static>(
    session: &mut Session,
    table: C,
    (id, patient): (C, C),
    ids: &[&str],
) -> Result<HashMap<String, PatientId>, StoreError> {
    let mut patients = HashMap::new();
    if ids.is_empty() {
        return Ok(patients);
    }
    let mut select = Query::select();
    select.columns([id, patient]).from(table).and_where(Expr::col(id).is_in(ids.iter().copied()));
    for row in session.fetch_all(&select).await? {
        if let Some(owner) = row.id_or_null(patient)? {
            patients.insert(row.text(id)?, owner);
        }
    }
    Ok(patients)
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::At,
        Table::RuleId,
        Table::RuleVersion,
        Table::Event,
        Table::ConsultationId,
        Table::CallbackId,
        Table::Done,
        Table::Alarm,
        Table::SeenAt,
        Table::SeenBy,
    ]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    let event = row.text(Table::Event)?;
    let done = serde_json::from_str(&row.text(Table::Done)?)
        .map_err(|error| StoreError::Column { column: "done".to_owned(), source: error.into() })?;
    let subject = match (row.id_or_null(Table::ConsultationId)?, row.id_or_null(Table::CallbackId)?) {
        (Some(id), _) => Subject::Consultation(id),
        (None, Some(id)) => Subject::Callback(id),
        (None, None) => return Err(StoreError::unknown_value("subject of a rule", "nothing")),
    };
    Ok(Record {
        id: row.id(Table::Id)?,
        at: row.time(Table::At)?,
        rule: row.text(Table::RuleId)?,
        version: row.number(Table::RuleVersion)?,
        event: RuleEvent::from_word(&event).ok_or_else(|| StoreError::unknown_value("event of a rule", &event))?,
        subject,
        done,
        is_alarm: row.number(Table::Alarm)? == 1,
        seen: row.time_or_null(Table::SeenAt)?.zip(row.id_or_null(Table::SeenBy)?),
    })
}

pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::At,
        Table::RuleId,
        Table::RuleVersion,
        Table::Event,
        Table::ConsultationId,
        Table::CallbackId,
        Table::Done,
        Table::Alarm,
    ]);
    let done = serde_json::to_string(&record.done).expect("words and ids can always be written");
    insert.values_panic([
        record.id.as_str().into(),
        record.at.as_millis().into(),
        record.rule.as_str().into(),
        record.version.into(),
        record.event.as_str().into(),
        record.subject.consultation().map(ConsultationId::as_str).into(),
        record.subject.callback().map(CallbackId::as_str).into(),
        done.into(),
        i64::from(record.is_alarm).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes who took note of an alarm; returns whether nobody had before.
pub(super) async fn mark_seen(
    writing: &mut Writing,
    id: &RuleRunId,
    by: &OperatorId,
    now: Time,
) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::SeenAt, now.as_millis()).value(Table::SeenBy, by.as_str());
    update.and_where(Expr::col(Table::Id).eq(id.as_str()));
    update.and_where(Expr::col(Table::Alarm).eq(1_i64)).and_where(Expr::col(Table::SeenAt).is_null());
    Ok(writing.execute(&update).await? == 1)
}

/// Forgets what ran on a consultation, as a part of its erasure.
pub async fn erase_consultation(writing: &mut Writing, id: &ConsultationId) -> Result<u64, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    writing.execute(&delete).await
}

/// Forgets what ran on a call-back, as a part of its erasure.
pub async fn erase_callback(writing: &mut Writing, id: &CallbackId) -> Result<u64, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::CallbackId).eq(id.as_str()));
    writing.execute(&delete).await
}

/// Forgets the oldest runs that nobody asks for any more.
pub async fn tidy(writing: &mut Writing, now: Time) -> Result<(), StoreError> {
    let mut old = Query::select();
    old.column(Table::Id).from(Table::Table);
    old.and_where(Expr::col(Table::At).lt(now.plus_seconds(-KEPT_SECONDS).as_millis()));
    old.order_by(Table::At, Order::Asc).limit(FORGOTTEN_AT_ONCE);
    let rows = writing.fetch_all(&old).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.text(Table::Id)).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(());
    }
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::Id).is_in(ids));
    writing.execute(&delete).await.map(drop)
}
