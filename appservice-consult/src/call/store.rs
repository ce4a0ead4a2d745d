//! Rows of calls and of times in them.

use std::collections::{HashMap, HashSet};

use sea_query::{Cond, Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};

use super::media::Voice;
use super::span::{Reason, Span};
use super::state::{Phase, Side, State};
use crate::api::types::{CallKind, CallState, DeclineReason};
use crate::ids::{CallId, ConsultationId, ConversationId, PatientId, QueueId, RoomId, UserId};
use crate::store::tables::{Call as Table, CallQuality, CallSession, CallSpan, Consultation, Patient};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;
use crate::words::Word;

/// A call as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: CallId,
    /// Raised by each write; guards it.
    pub version: i64,
    /// The media server's name of its room.
    pub media_room: String,
    /// Its Matrix room.
    pub room: RoomId,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// The consultation it is part of; none for a call-back without one.
    pub consultation: Option<ConsultationId>,
    /// Whose.
    pub patient: PatientId,
    /// His account.
    pub patient_user: UserId,
    /// Who called.
    pub caller: UserId,
    /// Whether it began in another client, and was noticed when somebody came: who came first called.
    pub is_adopted: bool,
    /// Audio or video, as the caller asked.
    pub kind: CallKind,
    /// Where it stands.
    pub state: State,
    /// When it began.
    pub started_at: Time,
    /// Until when it rings, or rang.
    pub ring_until: Time,
    /// Account and device that answered in an app of ours.
    pub answered_by: Option<(UserId, String)>,
    /// Why it was declined.
    pub decline_reason: Option<DeclineReason>,
    /// Both sides there, by the last proof of media. Unit: milliseconds.
    pub billable_ms: i64,
}

/// All columns of calls.
pub(super) fn select() -> SelectStatement {
    let mut select = Query::select();
    let columns = [
        Table::Id,
        Table::Version,
        Table::MediaRoom,
        Table::RoomId,
        Table::ConversationId,
        Table::ConsultationId,
        Table::PatientId,
        Table::CallerSide,
        Table::CallerUser,
        Table::IsAdopted,
        Table::Kind,
        Table::State,
        Table::Outcome,
        Table::StartedAt,
        Table::RingUntil,
        Table::AnsweredAt,
        Table::AnsweredUser,
        Table::AnsweredDevice,
        Table::EndedAt,
        Table::DeclineReason,
        Table::BillableMs,
    ];
    select.columns(columns.map(|column| (Table::Table, column)));
    select.column((Patient::Table, Patient::UserId)).from(Table::Table);
    let same = Expr::col((Patient::Table, Patient::Id)).equals((Table::Table, Table::PatientId));
    select.inner_join(Patient::Table, same);
    select
}

pub(super) fn read(row: &Row) -> Result<Record, StoreError> {
    let answered_by = row.id_or_null(Table::AnsweredUser)?.zip(row.text_or_null(Table::AnsweredDevice)?);
    Ok(Record {
        id: row.id(Table::Id)?,
        version: row.number(Table::Version)?,
        media_room: row.text(Table::MediaRoom)?,
        room: row.id(Table::RoomId)?,
        conversation: row.id(Table::ConversationId)?,
        consultation: row.id_or_null(Table::ConsultationId)?,
        patient: row.id(Table::PatientId)?,
        patient_user: row.id(Patient::UserId)?,
        caller: row.id(Table::CallerUser)?,
        is_adopted: row.number(Table::IsAdopted)? != 0,
        kind: CallKind::from_word(&row.text(Table::Kind)?)?,
        state: State { caller: Side::from_word(&row.text(Table::CallerSide)?)?, phase: read_phase(row)? },
        started_at: row.time(Table::StartedAt)?,
        ring_until: row.time(Table::RingUntil)?,
        answered_by,
        decline_reason: row
            .text_or_null(Table::DeclineReason)?
            .map(|word| DeclineReason::from_word(&word))
            .transpose()?,
        billable_ms: row.number(Table::BillableMs)?,
    })
}

fn read_phase(row: &Row) -> Result<Phase, StoreError> {
    let word = row.text(Table::State)?;
    let incomplete = || StoreError::unknown_value("state", &word);
    let answered_at = row.time_or_null(Table::AnsweredAt)?;
    Ok(match CallState::from_word(&word)? {
        CallState::Ringing => Phase::Ringing { until: row.time(Table::RingUntil)? },
        CallState::Answered => Phase::Answered { at: answered_at.ok_or_else(incomplete)? },
        CallState::Ended => Phase::Ended {
            at: row.time_or_null(Table::EndedAt)?.ok_or_else(incomplete)?,
            outcome: Word::from_word(&row.text_or_null(Table::Outcome)?.ok_or_else(incomplete)?)?,
            answered_at,
        },
    })
}

/// The states of a call that has not ended.
pub(super) const OPEN: [CallState; 2] = [CallState::Ringing, CallState::Answered];

/// The call of that id.
pub async fn load(session: &mut Session, id: &CallId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Id)).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Those of these ids that there are, in any order.
pub async fn load_some(session: &mut Session, ids: &[&str]) -> Result<Vec<Record>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Id)).is_in(ids.iter().copied()));
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The calls that have not ended.
pub(super) async fn open(session: &mut Session) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::State)).is_in(OPEN.map(Word::word)));
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// How many calls go on.
pub async fn count_open(session: &mut Session) -> Result<usize, StoreError> {
    Ok(open(session).await?.iter().filter(|call| matches!(call.state.phase, Phase::Answered { .. })).count())
}

/// The open call of a media room.
pub(super) async fn open_in(session: &mut Session, media_room: &str) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::MediaRoom)).eq(media_room));
    select.and_where(Expr::col((Table::Table, Table::State)).ne(CallState::Ended.word()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// The call that a life of a media room belongs to.
pub(super) async fn by_session(session: &mut Session, sid: &str) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    let same = Expr::col((CallSession::Table, CallSession::CallId)).equals((Table::Table, Table::Id));
    select.inner_join(CallSession::Table, same);
    select.and_where(Expr::col((CallSession::Table, CallSession::Sid)).eq(sid));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// The open call that somebody takes part in: he is the patient, he is in its media room, or he called or answered and is on his way into it.
pub(super) async fn open_of(session: &mut Session, user: &UserId) -> Result<Option<Record>, StoreError> {
    let mut there = Query::select();
    there.column(CallSpan::CallId).from(CallSpan::Table);
    there.and_where(Expr::col(CallSpan::UserId).eq(user.as_str())).and_where(Expr::col(CallSpan::LeftAt).is_null());
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::State)).ne(CallState::Ended.word()));
    let is_his = |column: Table| Expr::col((Table::Table, column)).eq(user.as_str());
    let pressed = is_his(Table::CallerUser).or(is_his(Table::AnsweredUser));
    let is_on_his_way = pressed.and(never_came(Expr::col((CallSpan::Table, CallSpan::UserId)).eq(user.as_str())));
    let takes_part = Expr::col((Patient::Table, Patient::UserId))
        .eq(user.as_str())
        .or(Expr::col((Table::Table, Table::Id)).in_subquery(there))
        .or(is_on_his_way);
    select.and_where(takes_part).limit(1);
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// That somebody has not been in a call yet. Who was and has left is in it no more, though it may go on without him.
fn never_came(is_his: Expr) -> Expr {
    let mut been = Query::select();
    been.expr(Expr::val(1_i64)).from(CallSpan::Table);
    been.and_where(Expr::col((CallSpan::Table, CallSpan::CallId)).equals((Table::Table, Table::Id)));
    been.and_where(is_his);
    Expr::exists(been).not()
}

/// Members of staff who are in a call, or make one ring.
pub(crate) async fn staff_in_calls(session: &mut Session) -> Result<HashSet<UserId>, StoreError> {
    let mut there = Query::select();
    there.column(CallSpan::UserId).from(CallSpan::Table);
    there.and_where(Expr::col(CallSpan::LeftAt).is_null()).and_where(Expr::col(CallSpan::Side).eq(Side::Staff.word()));
    let mut calling = Query::select();
    calling.column(Table::CallerUser).from(Table::Table);
    calling.and_where(Expr::col(Table::State).ne(CallState::Ended.word()));
    calling.and_where(Expr::col(Table::CallerSide).eq(Side::Staff.word()));
    let his = Expr::col((CallSpan::Table, CallSpan::UserId)).equals((Table::Table, Table::CallerUser));
    calling.and_where(never_came(his));
    let mut users = HashSet::new();
    for row in session.fetch_all(&there).await? {
        users.insert(row.id(CallSpan::UserId)?);
    }
    for row in session.fetch_all(&calling).await? {
        users.insert(row.id(Table::CallerUser)?);
    }
    Ok(users)
}

/// Staff who left a call with a patient.
#[derive(Debug, Clone)]
pub(crate) struct StaffLeft {
    /// Who.
    pub user: UserId,
    /// The queue of its consultation.
    pub queue: QueueId,
    /// When.
    pub at: Time,
}

/// Who left after `since` a call that was answered; one for each of his times in it.
pub(crate) async fn staff_left(session: &mut Session, since: Time) -> Result<Vec<StaffLeft>, StoreError> {
    let mut select = Query::select();
    select.columns([(CallSpan::Table, CallSpan::UserId), (CallSpan::Table, CallSpan::LeftAt)]);
    select.column((Consultation::Table, Consultation::QueueId)).from(CallSpan::Table);
    let of_call = Expr::col((Table::Table, Table::Id)).equals((CallSpan::Table, CallSpan::CallId));
    select.inner_join(Table::Table, of_call);
    let of_consultation =
        Expr::col((Consultation::Table, Consultation::Id)).equals((Table::Table, Table::ConsultationId));
    select.inner_join(Consultation::Table, of_consultation);
    select.and_where(Expr::col((CallSpan::Table, CallSpan::LeftAt)).gt(since.as_millis()));
    select.and_where(Expr::col((CallSpan::Table, CallSpan::Side)).eq(Side::Staff.word()));
    select.and_where(Expr::col((Table::Table, Table::AnsweredAt)).is_not_null());
    let rows = session.fetch_all(&select).await?;
    let left = |row: &Row| {
        Ok(StaffLeft {
            user: row.id(CallSpan::UserId)?,
            queue: row.id(Consultation::QueueId)?,
            at: row.time(CallSpan::LeftAt)?,
        })
    };
    rows.iter().map(left).collect()
}

/// Writes a new call.
pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::MediaRoom,
        Table::RoomId,
        Table::ConversationId,
        Table::ConsultationId,
        Table::PatientId,
        Table::CallerSide,
        Table::CallerUser,
        Table::IsAdopted,
        Table::Kind,
        Table::State,
        Table::Outcome,
        Table::StartedAt,
        Table::RingUntil,
        Table::AnsweredAt,
        Table::EndedAt,
        Table::BillableMs,
    ]);
    let state = &record.state;
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.media_room.as_str().into(),
        record.room.as_str().into(),
        record.conversation.as_str().into(),
        record.consultation.as_ref().map(ConsultationId::as_str).into(),
        record.patient.as_str().into(),
        state.caller.word().into(),
        record.caller.as_str().into(),
        i64::from(record.is_adopted).into(),
        record.kind.word().into(),
        state.name().word().into(),
        state.outcome().map(Word::word).into(),
        record.started_at.as_millis().into(),
        record.ring_until.as_millis().into(),
        state.answered_at().map(Time::as_millis).into(),
        state.ended_at().map(Time::as_millis).into(),
        record.billable_ms.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes what can change of a call. `record` is as it was loaded in this transaction, but for what changes.
pub(super) async fn update(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let state = &record.state;
    let (user, device) = record.answered_by.clone().unzip();
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, (record.version + 1).into()),
        (Table::ConsultationId, record.consultation.as_ref().map(ConsultationId::as_str).into()),
        (Table::CallerSide, state.caller.word().into()),
        (Table::CallerUser, record.caller.as_str().into()),
        (Table::State, state.name().word().into()),
        (Table::Outcome, state.outcome().map(Word::word).into()),
        (Table::AnsweredAt, state.answered_at().map(Time::as_millis).into()),
        (Table::AnsweredUser, user.as_ref().map(UserId::as_str).into()),
        (Table::AnsweredDevice, device.into()),
        (Table::EndedAt, state.ended_at().map(Time::as_millis).into()),
        (Table::DeclineReason, record.decline_reason.map(Word::word).into()),
        (Table::BillableMs, record.billable_ms.into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    writing.execute(&update).await.map(drop)
}

/// Calls of a consultation that have ended and are in no record of the archive, in the order they ended.
pub async fn not_sealed(session: &mut Session, consultation: &ConsultationId) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.cond_where(ended_and_not_sealed(consultation));
    select.order_by((Table::Table, Table::EndedAt), Order::Asc).order_by((Table::Table, Table::Id), Order::Asc);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// Notes beside those calls which record they are in.
pub async fn mark_sealed(
    writing: &mut Writing,
    consultation: &ConsultationId,
    sequence: i64,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::SealedSequence, sequence);
    writing.execute(update.cond_where(ended_and_not_sealed(consultation))).await.map(drop)
}

fn ended_and_not_sealed(consultation: &ConsultationId) -> Cond {
    let column = |column: Table| Expr::col((Table::Table, column));
    Cond::all()
        .add(column(Table::ConsultationId).eq(consultation.as_str()))
        .add(column(Table::State).eq(CallState::Ended.word()))
        .add(column(Table::SealedSequence).is_null())
}

/// Erases what was said and measured in the calls of a consultation, as a part of its erasure; returns of how many. Who talked when stays, as what is billed.
pub async fn erase_consultation(writing: &mut Writing, consultation: &ConsultationId) -> Result<u64, StoreError> {
    let mut theirs = Query::select();
    theirs.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    let mut measured = Query::delete();
    measured.from_table(CallQuality::Table).and_where(Expr::col(CallQuality::CallId).in_subquery(theirs));
    writing.execute(&measured).await?;
    let mut update = Query::update();
    update.table(Table::Table).value(Table::DeclineReason, None::<String>);
    writing.execute(update.and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()))).await
}

/// The times in a call, in the order they began.
pub async fn spans_of(session: &mut Session, call: &CallId) -> Result<Vec<Span>, StoreError> {
    let mut select = spans();
    select.and_where(Expr::col(CallSpan::CallId).eq(call.as_str()));
    select.order_by(CallSpan::JoinedAt, Order::Asc).order_by(CallSpan::Sid, Order::Asc);
    session.fetch_all(&select).await?.iter().map(read_span).collect()
}

/// The times in all calls that have not ended, by call, each in the order they began.
pub(super) async fn spans_of_open(session: &mut Session) -> Result<HashMap<CallId, Vec<Span>>, StoreError> {
    let mut open = Query::select();
    open.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::State).is_in(OPEN.map(Word::word)));
    let mut select = spans();
    select.column(CallSpan::CallId).and_where(Expr::col(CallSpan::CallId).in_subquery(open));
    select.order_by(CallSpan::JoinedAt, Order::Asc).order_by(CallSpan::Sid, Order::Asc);
    let mut of: HashMap<CallId, Vec<Span>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        of.entry(row.id(CallSpan::CallId)?).or_default().push(read_span(&row)?);
    }
    Ok(of)
}

/// One of them.
pub(super) async fn span(session: &mut Session, sid: &str) -> Result<Option<Span>, StoreError> {
    let mut select = spans();
    select.and_where(Expr::col(CallSpan::Sid).eq(sid));
    session.fetch_one(&select).await?.as_ref().map(read_span).transpose()
}

pub(super) fn spans() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        CallSpan::Sid,
        CallSpan::Identity,
        CallSpan::UserId,
        CallSpan::Side,
        CallSpan::JoinedAt,
        CallSpan::LeftAt,
        CallSpan::Reason,
        CallSpan::MediaUntil,
        CallSpan::Listens,
    ]);
    select.from(CallSpan::Table);
    select
}

pub(super) fn read_span(row: &Row) -> Result<Span, StoreError> {
    Ok(Span {
        sid: row.text(CallSpan::Sid)?,
        identity: row.text(CallSpan::Identity)?,
        user: row.id(CallSpan::UserId)?,
        side: Side::from_word(&row.text(CallSpan::Side)?)?,
        voice: if row.number(CallSpan::Listens)? == 0 { Voice::Speaks } else { Voice::Listens },
        joined_at: row.time(CallSpan::JoinedAt)?,
        left_at: row.time_or_null(CallSpan::LeftAt)?,
        reason: row.text_or_null(CallSpan::Reason)?.map(|word| Reason::from_word(&word)).transpose()?,
        media_until: row.time(CallSpan::MediaUntil)?,
    })
}

/// Somebody who is in a call may speak from now on: his time there is talk.
pub(super) async fn speaks(writing: &mut Writing, media_room: &str, identity: &str) -> Result<(), StoreError> {
    let Some(call) = open_in(writing, media_room).await? else { return Ok(()) };
    let mut update = Query::update();
    update.table(CallSpan::Table).value(CallSpan::Listens, 0_i64);
    update.and_where(Expr::col(CallSpan::CallId).eq(call.id.as_str()));
    update.and_where(Expr::col(CallSpan::Identity).eq(identity)).and_where(Expr::col(CallSpan::LeftAt).is_null());
    writing.execute(&update).await.map(drop)
}

/// Writes somebody's time in a call; one with the same connection id is replaced.
pub(super) async fn put_span(writing: &mut Writing, call: &CallId, span: &Span) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(CallSpan::Table).columns([
        CallSpan::Sid,
        CallSpan::CallId,
        CallSpan::Identity,
        CallSpan::UserId,
        CallSpan::Side,
        CallSpan::JoinedAt,
        CallSpan::LeftAt,
        CallSpan::Reason,
        CallSpan::MediaUntil,
        CallSpan::Listens,
    ]);
    insert.values_panic([
        span.sid.as_str().into(),
        call.as_str().into(),
        span.identity.as_str().into(),
        span.user.as_str().into(),
        span.side.word().into(),
        span.joined_at.as_millis().into(),
        span.left_at.map(Time::as_millis).into(),
        span.reason.map(Word::word).into(),
        span.media_until.as_millis().into(),
        i64::from(span.voice == Voice::Listens).into(),
    ]);
    let changed = [CallSpan::JoinedAt, CallSpan::LeftAt, CallSpan::Reason, CallSpan::MediaUntil];
    insert.on_conflict(OnConflict::column(CallSpan::Sid).update_columns(changed).to_owned());
    writing.execute(&insert).await.map(drop)
}
