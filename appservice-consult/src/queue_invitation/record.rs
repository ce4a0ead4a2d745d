//! Rows of invitations, with who was asked.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::api::types::{ParticipantRole, QueueInvitationState};
use crate::ids::{ConsultationId, OperatorId, QueueId, QueueInvitationId};
use crate::store::tables::{QueueInvitation as Table, QueueInvitee};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;
use crate::words::Word;

/// Invitations of one consultation that are shown.
const SHOWN_MAX: u64 = 50;

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// Who.
    pub operator: OperatorId,
    /// When he said that he does not come.
    pub declined_at: Option<Time>,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: QueueInvitationId,
    /// Into what.
    pub consultation: ConsultationId,
    /// Whose operators.
    pub queue: QueueId,
    /// As what.
    pub role: ParticipantRole,
    /// Who asked.
    pub by: OperatorId,
    /// When.
    pub made_at: Time,
    /// How long it stands.
    pub expires_at: Time,
    /// What became of it, as far as was written down.
    pub state: QueueInvitationState,
    /// Who came.
    pub accepted_by: Option<OperatorId>,
    /// When who asked had read that nobody came.
    pub seen_at: Option<Time>,
    /// Who was asked.
    pub asked: Vec<Invitee>,
}

impl Record {
    /// What has become of it by now: its time may be over before anybody has written that down.
    pub fn state_at(&self, now: Time) -> QueueInvitationState {
        if self.state == QueueInvitationState::Open && now >= self.expires_at {
            QueueInvitationState::Expired
        } else {
            self.state
        }
    }

    /// Whether nobody came, for want of anybody who would.
    pub fn is_in_vain(&self, now: Time) -> bool {
        matches!(self.state_at(now), QueueInvitationState::Declined | QueueInvitationState::Expired)
    }

    /// Whether it asks him.
    pub fn asks(&self, operator: &OperatorId) -> bool {
        self.asked.iter().any(|invitee| invitee.operator == *operator)
    }

    /// Whether he may still say something to it.
    pub fn waits_for(&self, operator: &OperatorId, now: Time) -> bool {
        let has_declined = |invitee: &Invitee| invitee.operator == *operator && invitee.declined_at.is_some();
        self.state_at(now) == QueueInvitationState::Open && self.asks(operator) && !self.asked.iter().any(has_declined)
    }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    let columns = [
        Table::Id,
        Table::ConsultationId,
        Table::QueueId,
        Table::Role,
        Table::MadeBy,
        Table::MadeAt,
        Table::ExpiresAt,
        Table::State,
        Table::AcceptedBy,
        Table::SeenAt,
    ];
    select.columns(columns.map(|column| (Table::Table, column))).from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        id: row.id(Table::Id)?,
        consultation: row.id(Table::ConsultationId)?,
        queue: row.id(Table::QueueId)?,
        role: ParticipantRole::from_word(&row.text(Table::Role)?)?,
        by: row.id(Table::MadeBy)?,
        made_at: row.time(Table::MadeAt)?,
        expires_at: row.time(Table::ExpiresAt)?,
        state: QueueInvitationState::from_word(&row.text(Table::State)?)?,
        accepted_by: row.id_or_null(Table::AcceptedBy)?,
        seen_at: row.time_or_null(Table::SeenAt)?,
        asked: Vec::new(),
    })
}

async fn find(session: &mut Session, select: &SelectStatement) -> Result<Vec<Record>, StoreError> {
    let mut found: Vec<Record> = session.fetch_all(select).await?.iter().map(read).collect::<Result<_, _>>()?;
    let ids: Vec<&str> = found.iter().map(|record| record.id.as_str()).collect();
    let mut asked = asked(session, &ids).await?;
    for record in &mut found {
        record.asked = asked.remove(&record.id).unwrap_or_default();
    }
    Ok(found)
}

/// Who was asked by each of these, in one reading.
async fn asked(session: &mut Session, ids: &[&str]) -> Result<HashMap<QueueInvitationId, Vec<Invitee>>, StoreError> {
    let mut asked: HashMap<_, Vec<_>> = HashMap::new();
    if ids.is_empty() {
        return Ok(asked);
    }
    let mut select = Query::select();
    select.columns([QueueInvitee::InvitationId, QueueInvitee::OperatorId, QueueInvitee::DeclinedAt]);
    select.from(QueueInvitee::Table);
    select.and_where(Expr::col(QueueInvitee::InvitationId).is_in(ids.iter().copied()));
    select.order_by(QueueInvitee::OperatorId, Order::Asc);
    for row in session.fetch_all(&select).await? {
        let operator = row.id(QueueInvitee::OperatorId)?;
        let invitee = Invitee { operator, declined_at: row.time_or_null(QueueInvitee::DeclinedAt)? };
        asked.entry(row.id(QueueInvitee::InvitationId)?).or_default().push(invitee);
    }
    Ok(asked)
}

fn column(column: Table) -> Expr {
    Expr::col((Table::Table, column))
}

fn is_open() -> Expr {
    column(Table::State).eq(QueueInvitationState::Open.word())
}

/// The invitation of that id.
pub async fn load(session: &mut Session, id: &QueueInvitationId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(column(Table::Id).eq(id.as_str()));
    Ok(find(session, &select).await?.pop())
}

/// The latest ones of a consultation, newest first.
pub async fn of_consultation(session: &mut Session, id: &ConsultationId) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(column(Table::ConsultationId).eq(id.as_str()));
    select.order_by((Table::Table, Table::MadeAt), Order::Desc).order_by((Table::Table, Table::Id), Order::Desc);
    find(session, select.limit(SHOWN_MAX)).await
}

/// Those that wait for a word of this operator, and by which he asks himself, oldest first.
pub async fn open_for(session: &mut Session, operator: &OperatorId, now: Time) -> Result<Vec<Record>, StoreError> {
    let mut his = Query::select();
    his.column(QueueInvitee::InvitationId).from(QueueInvitee::Table);
    his.and_where(Expr::col(QueueInvitee::OperatorId).eq(operator.as_str()));
    let mut select = select();
    let is_his = column(Table::Id).in_subquery(his).or(column(Table::MadeBy).eq(operator.as_str()));
    select.and_where(is_open()).and_where(is_his);
    select.order_by((Table::Table, Table::MadeAt), Order::Asc).order_by((Table::Table, Table::Id), Order::Asc);
    let mut found = find(session, &select).await?;
    let asks = |record: &Record| record.by == *operator && record.state_at(now) == QueueInvitationState::Open;
    found.retain(|record| asks(record) || record.waits_for(operator, now));
    Ok(found)
}

/// Those of his after which nobody came and that he has not seen: ended after `since`, or whose end nobody has written down yet. Oldest first.
pub(super) async fn unseen_of(
    session: &mut Session,
    operator: &OperatorId,
    since: Time,
    now: Time,
) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(column(Table::MadeBy).eq(operator.as_str())).and_where(column(Table::SeenAt).is_null());
    let ended = column(Table::EndedAt);
    select.and_where(ended.clone().is_null().or(ended.gt(since.as_millis())));
    select.order_by((Table::Table, Table::MadeAt), Order::Asc).order_by((Table::Table, Table::Id), Order::Asc);
    let mut found = find(session, &select).await?;
    found.retain(|record| record.is_in_vain(now));
    Ok(found)
}

/// Who asked has read what became of it. Returns whether he had not before.
pub(super) async fn see(writing: &mut Writing, id: &QueueInvitationId, now: Time) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::SeenAt, now.as_millis());
    update.and_where(Expr::col(Table::Id).eq(id.as_str())).and_where(Expr::col(Table::SeenAt).is_null());
    Ok(writing.execute(&update).await? == 1)
}

/// The one by which a queue is asked into a consultation already, as far as was written down.
pub(super) async fn open_of(
    session: &mut Session,
    consultation: &ConsultationId,
    queue: &QueueId,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(is_open()).and_where(column(Table::ConsultationId).eq(consultation.as_str()));
    select.and_where(column(Table::QueueId).eq(queue.as_str()));
    Ok(find(session, &select).await?.pop())
}

/// All that are open, as far as was written down: few at any time, for each stands two minutes.
pub(super) async fn open(session: &mut Session) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(is_open()).order_by((Table::Table, Table::ExpiresAt), Order::Asc);
    find(session, &select).await
}

/// Errors: `Constraint` where the queue is asked already.
pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::ConsultationId,
        Table::QueueId,
        Table::Role,
        Table::MadeBy,
        Table::MadeAt,
        Table::ExpiresAt,
        Table::State,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.consultation.as_str().into(),
        record.queue.as_str().into(),
        record.role.word().into(),
        record.by.as_str().into(),
        record.made_at.as_millis().into(),
        record.expires_at.as_millis().into(),
        record.state.word().into(),
    ]);
    writing.execute(&insert).await?;
    for invitee in &record.asked {
        let mut insert = Query::insert();
        insert.into_table(QueueInvitee::Table).columns([QueueInvitee::InvitationId, QueueInvitee::OperatorId]);
        insert.values_panic([record.id.as_str().into(), invitee.operator.as_str().into()]);
        writing.execute(&insert).await?;
    }
    Ok(())
}

/// The guarded end: of several exactly one writes. Returns whether it was open.
pub(super) async fn end(
    writing: &mut Writing,
    id: &QueueInvitationId,
    (state, accepted_by): (QueueInvitationState, Option<&OperatorId>),
    now: Time,
) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::State, state.word().into()),
        (Table::EndedAt, now.as_millis().into()),
        (Table::AcceptedBy, accepted_by.map(OperatorId::as_str).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(id.as_str()));
    update.and_where(Expr::col(Table::State).eq(QueueInvitationState::Open.word()));
    Ok(writing.execute(&update).await? == 1)
}

/// He does not come. Returns whether he had not said so before.
pub(super) async fn decline(
    writing: &mut Writing,
    id: &QueueInvitationId,
    operator: &OperatorId,
    now: Time,
) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(QueueInvitee::Table).value(QueueInvitee::DeclinedAt, now.as_millis());
    update.and_where(Expr::col(QueueInvitee::InvitationId).eq(id.as_str()));
    update.and_where(Expr::col(QueueInvitee::OperatorId).eq(operator.as_str()));
    update.and_where(Expr::col(QueueInvitee::DeclinedAt).is_null());
    Ok(writing.execute(&update).await? == 1)
}
