//! Rows of operators, their queues and their statuses.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Iden, Order, Query};

use super::schedule::Schedule;
use super::staff::{Member, Staff};
use crate::api::types::{OperatorRole, OperatorStatus};
use crate::ids::{OperatorId, QueueId};
use crate::store::tables::{
    Operator as Table, OperatorLanguage, OperatorQueue, OperatorSkill, OperatorStatus as Periods,
};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Who stands where a row needs an author and a rule of the desk wrote it. A row among operators that is no member of staff: it is never loaded as one.
pub const RULES_AUTHOR: &str = "rules";

/// The same where it came with the brand folder.
pub const FOLDER_AUTHOR: &str = "brand";

/// Which rows among operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Members of staff.
    Present,
    /// Those who are none any more.
    Former,
}

/// All members of staff, or all who were.
pub async fn load_all(session: &mut Session, which: Which) -> Result<Vec<Member>, StoreError> {
    let mut queues: HashMap<String, Vec<QueueId>> = HashMap::new();
    let mut select = Query::select();
    select.columns([OperatorQueue::OperatorId, OperatorQueue::QueueId]).from(OperatorQueue::Table);
    for row in session.fetch_all(&select).await? {
        queues.entry(row.text(OperatorQueue::OperatorId)?).or_default().push(row.id(OperatorQueue::QueueId)?);
    }
    let mut skills = words_of(session, OperatorSkill::Table, (OperatorSkill::OperatorId, OperatorSkill::Skill)).await?;
    let table = (OperatorLanguage::OperatorId, OperatorLanguage::Language);
    let mut languages = words_of(session, OperatorLanguage::Table, table).await?;
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::UserId,
        Table::Name,
        Table::Title,
        Table::Grade,
        Table::Role,
        Table::Administrator,
        Table::Status,
        Table::StatusSince,
        Table::StatusReason,
        Table::StatusKind,
        Table::Capacity,
        Table::Hours,
        Table::TimeZone,
        Table::WrappedUpAt,
    ]);
    select.from(Table::Table).and_where(Expr::col(Table::Id).is_not_in([RULES_AUTHOR, FOLDER_AUTHOR]));
    let removed_at = Expr::col(Table::RemovedAt);
    select.and_where(if which == Which::Former { removed_at.is_not_null() } else { removed_at.is_null() });
    let rows = session.fetch_all(&select).await?;
    let mut member = |row: &crate::store::Row| {
        Ok(Member {
            queues: queues.remove(&row.text(Table::Id)?).unwrap_or_default(),
            skills: skills.remove(&row.text(Table::Id)?).unwrap_or_default(),
            languages: languages.remove(&row.text(Table::Id)?).unwrap_or_default(),
            capacity: u32::try_from(row.number(Table::Capacity)?).unwrap_or(0),
            schedule: read_schedule(row)?,
            id: row.id(Table::Id)?,
            user_id: row.id(Table::UserId)?,
            name: row.text(Table::Name)?,
            title: row.text_or_null(Table::Title)?,
            grade: row.text_or_null(Table::Grade)?,
            role: read_role(&row.text(Table::Role)?, row.number(Table::Administrator)?)?,
            status: OperatorStatus::from_word(&row.text(Table::Status)?)?,
            status_since: row.time(Table::StatusSince)?,
            status_reason: row.text_or_null(Table::StatusReason)?,
            status_kind: row.text_or_null(Table::StatusKind)?,
            wrapped_up_at: row.time_or_null(Table::WrappedUpAt)?,
        })
    };
    rows.iter().map(&mut member).collect()
}

fn read_schedule(row: &crate::store::Row) -> Result<Schedule, StoreError> {
    let hours = row.text(Table::Hours)?;
    let hours = serde_json::from_str(&hours).map_err(|_| StoreError::unknown_value("hours", &hours))?;
    Ok(Schedule { hours, time_zone: row.text_or_null(Table::TimeZone)? })
}

/// Times of the week as their column keeps them.
fn kept_hours(schedule: &Schedule) -> String {
    serde_json::to_string(&schedule.hours).expect("hours have only string keys")
}

/// A role as its two columns keep it: an administrator is a supervisor who can do more.
fn kept_role(role: OperatorRole) -> (&'static str, i64) {
    match role {
        OperatorRole::Operator | OperatorRole::Supervisor => (role.word(), 0),
        OperatorRole::Administrator => (OperatorRole::Supervisor.word(), 1),
    }
}

fn read_role(word: &str, administrator: i64) -> Result<OperatorRole, StoreError> {
    if administrator == 1 { Ok(OperatorRole::Administrator) } else { OperatorRole::from_word(word) }
}

/// Words that stand by members in a table of two columns.
async fn words_of<C: Iden + Copy + 'static>(
    session: &mut Session,
    table: C,
    (operator, word): (C, C),
) -> Result<HashMap<String, Vec<String>>, StoreError> {
    let mut select = Query::select();
    select.columns([operator, word]).from(table).order_by(word, Order::Asc);
    let mut words: HashMap<String, Vec<String>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        words.entry(row.text(operator)?).or_default().push(row.text(word)?);
    }
    Ok(words)
}

/// Takes into memory whom another process made: the administrator at the command line.
pub async fn meet_new(session: &mut Session, staff: &Staff) -> Result<(), StoreError> {
    let members = load_all(session, Which::Present).await?;
    for member in members.into_iter().filter(|member| staff.by_id(&member.id).is_none()) {
        staff.put(member);
    }
    Ok(())
}

/// Makes a member with his first status.
pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, member: &Member) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::UserId,
        Table::Name,
        Table::Title,
        Table::Grade,
        Table::Role,
        Table::Administrator,
        Table::Status,
        Table::StatusSince,
        Table::Capacity,
        Table::Hours,
        Table::TimeZone,
        Table::CreatedAt,
    ]);
    let (role, administrator) = kept_role(member.role);
    insert.values_panic([
        member.id.as_str().into(),
        member.user_id.as_str().into(),
        member.name.as_str().into(),
        member.title.as_deref().into(),
        member.grade.as_deref().into(),
        role.into(),
        administrator.into(),
        member.status.word().into(),
        member.status_since.as_millis().into(),
        i64::from(member.capacity).into(),
        kept_hours(&member.schedule).into(),
        member.schedule.time_zone.as_deref().into(),
        member.status_since.as_millis().into(),
    ]);
    writing.execute(&insert).await?;
    store_queues(writing, member).await?;
    store_words(writing, member).await?;
    begin_period(writing, tenant, member).await
}

/// Writes what a supervisor can change of a member.
pub(super) async fn store_person(writing: &mut Writing, member: &Member) -> Result<(), StoreError> {
    let (role, administrator) = kept_role(member.role);
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Name, member.name.as_str().into()),
        (Table::Title, member.title.as_deref().into()),
        (Table::Grade, member.grade.as_deref().into()),
        (Table::Role, role.into()),
        (Table::Administrator, administrator.into()),
        (Table::Capacity, i64::from(member.capacity).into()),
        (Table::Hours, kept_hours(&member.schedule).into()),
        (Table::TimeZone, member.schedule.time_zone.as_deref().into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(member.id.as_str()));
    writing.execute(&update).await?;
    let mut delete = Query::delete();
    delete.from_table(OperatorQueue::Table).and_where(Expr::col(OperatorQueue::OperatorId).eq(member.id.as_str()));
    writing.execute(&delete).await?;
    store_queues(writing, member).await?;
    store_words(writing, member).await
}

/// Notes since when he is no member of staff, and that he serves no queue.
pub(super) async fn store_parting(writing: &mut Writing, id: &OperatorId, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([(Table::RemovedAt, at.as_millis().into()), (Table::Capacity, 0_i64.into())]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await?;
    let mut delete = Query::delete();
    delete.from_table(OperatorQueue::Table).and_where(Expr::col(OperatorQueue::OperatorId).eq(id.as_str()));
    writing.execute(&delete).await.map(drop)
}

/// Writes when he ended the wrap-up after a call.
pub(super) async fn store_wrapped_up(writing: &mut Writing, id: &OperatorId, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::WrappedUpAt, at.as_millis());
    update.and_where(Expr::col(Table::Id).eq(id.as_str()));
    writing.execute(&update).await.map(drop)
}

/// Writes what he can do and speaks, in the place of what stood there.
async fn store_words(writing: &mut Writing, member: &Member) -> Result<(), StoreError> {
    let skills = (OperatorSkill::OperatorId, OperatorSkill::Skill);
    replace_words(writing, OperatorSkill::Table, skills, (&member.id, &member.skills)).await?;
    let languages = (OperatorLanguage::OperatorId, OperatorLanguage::Language);
    replace_words(writing, OperatorLanguage::Table, languages, (&member.id, &member.languages)).await
}

async fn replace_words<C: Iden + Copy + 'static>(
    writing: &mut Writing,
    table: C,
    (operator, word): (C, C),
    (id, words): (&OperatorId, &[String]),
) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(table).and_where(Expr::col(operator).eq(id.as_str()));
    writing.execute(&delete).await?;
    for one in words {
        let mut insert = Query::insert();
        insert.into_table(table).columns([operator, word]);
        insert.values_panic([id.as_str().into(), one.as_str().into()]);
        writing.execute(&insert).await?;
    }
    Ok(())
}

async fn store_queues(writing: &mut Writing, member: &Member) -> Result<(), StoreError> {
    for queue in &member.queues {
        let mut insert = Query::insert();
        insert.into_table(OperatorQueue::Table).columns([OperatorQueue::OperatorId, OperatorQueue::QueueId]);
        insert.values_panic([member.id.as_str().into(), queue.as_str().into()]);
        writing.execute(&insert).await?;
    }
    Ok(())
}

/// Writes a member's new status, ends the period before it and begins the next.
pub(super) async fn store_status(writing: &mut Writing, tenant: &Tenant, member: &Member) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Status, member.status.word().into()),
        (Table::StatusSince, member.status_since.as_millis().into()),
        (Table::StatusReason, member.status_reason.as_deref().into()),
        (Table::StatusKind, member.status_kind.as_deref().into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(member.id.as_str()));
    writing.execute(&update).await?;
    let mut end = Query::update();
    end.table(Periods::Table).value(Periods::Until, member.status_since.as_millis());
    end.and_where(Expr::col(Periods::OperatorId).eq(member.id.as_str())).and_where(Expr::col(Periods::Until).is_null());
    writing.execute(&end).await?;
    begin_period(writing, tenant, member).await
}

async fn begin_period(writing: &mut Writing, tenant: &Tenant, member: &Member) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Periods::Table).columns([
        Periods::Id,
        Periods::OperatorId,
        Periods::Status,
        Periods::Reason,
        Periods::Kind,
        Periods::OnDuty,
        Periods::Since,
    ]);
    // As the settings say it now: what is counted does not change with them later.
    let brand = tenant.brand();
    let kind = member.status_kind.as_deref().and_then(|kind| brand.status(kind));
    insert.values_panic([
        tenant.context.new_id().into(),
        member.id.as_str().into(),
        member.status.word().into(),
        member.status_reason.as_deref().into(),
        member.status_kind.as_deref().into(),
        kind.map(|kind| i64::from(kind.on_duty)).into(),
        member.status_since.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// A time that a member spent in one status.
#[derive(Debug)]
pub struct Period {
    /// Id of its row.
    pub id: String,
    /// Which.
    pub status: OperatorStatus,
    /// Which of the brand's own.
    pub kind: Option<String>,
    /// Why, where he said so.
    pub reason: Option<String>,
    /// From.
    pub since: Time,
    /// To; `None`: still.
    pub until: Option<Time>,
}

/// Whether a status of the brand's own was ever chosen.
pub async fn was_chosen(session: &mut Session, kind: &str) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Periods::Id).from(Periods::Table).and_where(Expr::col(Periods::Kind).eq(kind)).limit(1);
    Ok(session.fetch_one(&select).await?.is_some())
}

/// Periods of a member before a place in his history, newest first.
pub(super) async fn periods(
    session: &mut Session,
    id: &OperatorId,
    before: Option<(i64, String)>,
    limit: usize,
) -> Result<Vec<Period>, StoreError> {
    let mut select = Query::select();
    select
        .columns([Periods::Id, Periods::Status, Periods::Kind, Periods::Reason, Periods::Since, Periods::Until])
        .from(Periods::Table);
    select.and_where(Expr::col(Periods::OperatorId).eq(id.as_str()));
    if let Some((since, id)) = before {
        let key = Expr::tuple([Expr::col(Periods::Since), Expr::col(Periods::Id)]);
        select.and_where(key.lt(Expr::tuple([Expr::val(since), Expr::val(id)])));
    }
    select.order_by(Periods::Since, Order::Desc).order_by(Periods::Id, Order::Desc).limit(limit as u64);
    let rows = session.fetch_all(&select).await?;
    let period = |row: &crate::store::Row| {
        Ok(Period {
            id: row.text(Periods::Id)?,
            status: OperatorStatus::from_word(&row.text(Periods::Status)?)?,
            kind: row.text_or_null(Periods::Kind)?,
            reason: row.text_or_null(Periods::Reason)?,
            since: row.time(Periods::Since)?,
            until: row.time_or_null(Periods::Until)?,
        })
    };
    rows.iter().map(period).collect()
}

/// How many periods a member's history has.
pub(super) async fn count_periods(session: &mut Session, id: &OperatorId) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(sea_query::Func::count(Expr::col(Periods::Id))).from(Periods::Table);
    select.and_where(Expr::col(Periods::OperatorId).eq(id.as_str()));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// A later point of time than the member's status began, so that periods never have the same begin.
pub(super) fn not_before(now: Time, member: &Member) -> Time {
    now.max(Time::from_millis(member.status_since.as_millis().saturating_add(1)))
}
