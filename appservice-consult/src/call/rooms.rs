//! Rows around a media room: its life now, who its identities are, who has to be looked at, which events were taken.

use std::collections::{BTreeSet, HashSet};

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use crate::ids::{CallId, RoomId, UserId};
use crate::store::tables::{CallEvent, CallMember, CallRoom, CallSession, CallSpan, CallWatch};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A media room as it stands at the media server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MediaRoom {
    /// Its Matrix room.
    pub(super) room: RoomId,
    /// Id of its life.
    pub(super) sid: String,
    /// Whether its call has ended.
    pub(super) is_over: bool,
}

/// Who an identity is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) media_room: String,
    pub(super) identity: String,
    pub(super) user: UserId,
    pub(super) device: String,
}

/// The media room of that name.
pub(super) async fn load(session: &mut Session, media_room: &str) -> Result<Option<MediaRoom>, StoreError> {
    let mut select = Query::select();
    select.columns([CallRoom::RoomId, CallRoom::Sid, CallRoom::IsOver]).from(CallRoom::Table);
    select.and_where(Expr::col(CallRoom::MediaRoom).eq(media_room));
    let Some(row) = session.fetch_one(&select).await? else { return Ok(None) };
    Ok(Some(MediaRoom {
        room: row.id(CallRoom::RoomId)?,
        sid: row.text(CallRoom::Sid)?,
        is_over: row.number(CallRoom::IsOver)? != 0,
    }))
}

/// The media room's life that has just begun, or goes on.
pub(super) async fn put(writing: &mut Writing, media_room: &str, stands: &MediaRoom) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(CallRoom::Table).columns([
        CallRoom::MediaRoom,
        CallRoom::RoomId,
        CallRoom::Sid,
        CallRoom::IsOver,
    ]);
    insert.values_panic([
        media_room.into(),
        stands.room.as_str().into(),
        stands.sid.as_str().into(),
        i64::from(stands.is_over).into(),
    ]);
    let changed = [CallRoom::Sid, CallRoom::IsOver];
    insert.on_conflict(OnConflict::column(CallRoom::MediaRoom).update_columns(changed).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Notes that the media room's call has ended.
pub(super) async fn is_over(writing: &mut Writing, media_room: &str) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(CallRoom::Table).value(CallRoom::IsOver, 1_i64);
    update.and_where(Expr::col(CallRoom::MediaRoom).eq(media_room));
    writing.execute(&update).await.map(drop)
}

/// Says to which call a life of a media room belongs; the first word stands.
pub(super) async fn put_session(
    writing: &mut Writing,
    sid: &str,
    call: &CallId,
    created_at: Time,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(CallSession::Table).columns([CallSession::Sid, CallSession::CallId, CallSession::CreatedAt]);
    insert.values_panic([sid.into(), call.as_str().into(), created_at.as_millis().into()]);
    insert.on_conflict(OnConflict::column(CallSession::Sid).do_nothing().to_owned());
    writing.execute(&insert).await.map(drop)
}

/// When a life of a media room ended, if that was told.
pub(super) async fn finished_at(session: &mut Session, sid: &str) -> Result<Option<Time>, StoreError> {
    let mut select = Query::select();
    select.column(CallSession::FinishedAt).from(CallSession::Table).and_where(Expr::col(CallSession::Sid).eq(sid));
    Ok(session.fetch_one(&select).await?.map(|row| row.time_or_null(CallSession::FinishedAt)).transpose()?.flatten())
}

/// Notes when a life of a media room ended.
pub(super) async fn finish(writing: &mut Writing, sid: &str, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(CallSession::Table).value(CallSession::FinishedAt, at.as_millis());
    update.and_where(Expr::col(CallSession::Sid).eq(sid));
    writing.execute(&update).await.map(drop)
}

/// Remembers who an identity is.
pub(super) async fn put_member(writing: &mut Writing, member: &Member, now: Time) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(CallMember::Table).columns([
        CallMember::MediaRoom,
        CallMember::Identity,
        CallMember::UserId,
        CallMember::DeviceId,
        CallMember::IssuedAt,
    ]);
    insert.values_panic([
        member.media_room.as_str().into(),
        member.identity.as_str().into(),
        member.user.as_str().into(),
        member.device.as_str().into(),
        now.as_millis().into(),
    ]);
    let key = OnConflict::columns([CallMember::MediaRoom, CallMember::Identity]);
    insert.on_conflict(key.clone().update_column(CallMember::IssuedAt).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Who an identity is; `None`: nobody whom we gave a token.
pub(super) async fn member(
    session: &mut Session,
    media_room: &str,
    identity: &str,
) -> Result<Option<Member>, StoreError> {
    let mut select = members();
    select.and_where(Expr::col(CallMember::MediaRoom).eq(media_room));
    select.and_where(Expr::col(CallMember::Identity).eq(identity));
    session.fetch_one(&select).await?.as_ref().map(read_member).transpose()
}

/// The identities of an account that may be in a media room: those that were given tokens since a time, those that are in a call by the books, and all of
/// rooms of which no books are kept.
pub(super) async fn members_of(
    session: &mut Session,
    user: &UserId,
    since: Time,
    without_books: &[String],
) -> Result<Vec<Member>, StoreError> {
    let mut there = Query::select();
    there.column(CallSpan::Identity).from(CallSpan::Table);
    there.and_where(Expr::col(CallSpan::UserId).eq(user.as_str())).and_where(Expr::col(CallSpan::LeftAt).is_null());
    let mut select = members();
    select.and_where(Expr::col(CallMember::UserId).eq(user.as_str()));
    let lately = Expr::col(CallMember::IssuedAt).gte(since.as_millis());
    let in_call = Expr::col(CallMember::Identity).in_subquery(there);
    let unknown = Expr::col(CallMember::MediaRoom).is_in(without_books.iter().map(String::as_str));
    select.and_where(lately.or(in_call).or(unknown));
    session.fetch_all(&select).await?.iter().map(read_member).collect()
}

fn members() -> sea_query::SelectStatement {
    let mut select = Query::select();
    select.columns([CallMember::MediaRoom, CallMember::Identity, CallMember::UserId, CallMember::DeviceId]);
    select.from(CallMember::Table);
    select
}

fn read_member(row: &Row) -> Result<Member, StoreError> {
    Ok(Member {
        media_room: row.text(CallMember::MediaRoom)?,
        identity: row.text(CallMember::Identity)?,
        user: row.id(CallMember::UserId)?,
        device: row.text(CallMember::DeviceId)?,
    })
}

/// Asks for a look at an identity, again and again until a time; the latest of several counts.
pub(super) async fn watch(
    writing: &mut Writing,
    media_room: &str,
    identity: &str,
    until: Time,
) -> Result<(), StoreError> {
    watch_all(writing, &BTreeSet::from([(media_room, identity)]), until).await
}

/// As [`watch`], for several media rooms and identities.
pub(super) async fn watch_all(
    writing: &mut Writing,
    who: &BTreeSet<(&str, &str)>,
    until: Time,
) -> Result<(), StoreError> {
    if who.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(CallWatch::Table).columns([CallWatch::MediaRoom, CallWatch::Identity, CallWatch::Until]);
    for (media_room, identity) in who {
        insert.values_panic([(*media_room).into(), (*identity).into(), until.as_millis().into()]);
    }
    let later =
        Expr::case(Expr::col((CallWatch::Table, CallWatch::Until)).lt(until.as_millis()), Expr::val(until.as_millis()))
            .finally(Expr::col((CallWatch::Table, CallWatch::Until)));
    let key =
        OnConflict::columns([CallWatch::MediaRoom, CallWatch::Identity]).value(CallWatch::Until, later).to_owned();
    insert.on_conflict(key);
    writing.execute(&insert).await.map(drop)
}

/// Who has to be looked at: media room, identity, until when.
pub(super) async fn watched(session: &mut Session) -> Result<Vec<(String, String, Time)>, StoreError> {
    let mut select = Query::select();
    select.columns([CallWatch::MediaRoom, CallWatch::Identity, CallWatch::Until]).from(CallWatch::Table);
    let row =
        |row: &Row| Ok((row.text(CallWatch::MediaRoom)?, row.text(CallWatch::Identity)?, row.time(CallWatch::Until)?));
    session.fetch_all(&select).await?.iter().map(row).collect()
}

/// Looks at an identity no more, unless somebody has asked for a longer watch meanwhile.
pub(super) async fn unwatch(
    writing: &mut Writing,
    media_room: &str,
    identity: &str,
    until: Time,
) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(CallWatch::Table).and_where(Expr::col(CallWatch::MediaRoom).eq(media_room));
    delete.and_where(Expr::col(CallWatch::Identity).eq(identity));
    delete.and_where(Expr::col(CallWatch::Until).lte(until.as_millis()));
    writing.execute(&delete).await.map(drop)
}

/// Those of these events that were taken already.
pub(super) async fn taken(session: &mut Session, ids: &[&str]) -> Result<HashSet<String>, StoreError> {
    let mut select = Query::select();
    select.column(CallEvent::Id).from(CallEvent::Table);
    select.and_where(Expr::col(CallEvent::Id).is_in(ids.iter().copied()));
    session.fetch_all(&select).await?.iter().map(|row| row.text(CallEvent::Id)).collect()
}

/// Remembers that events were taken.
pub(super) async fn take(writing: &mut Writing, ids: &[&str], now: Time) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(CallEvent::Table).columns([CallEvent::Id, CallEvent::At]);
    for id in ids {
        insert.values_panic([(*id).into(), now.as_millis().into()]);
    }
    insert.on_conflict(OnConflict::column(CallEvent::Id).do_nothing().to_owned());
    writing.execute(&insert).await.map(drop)
}

/// Forgets events that were taken before a time, and identities whose last token is older.
pub(super) async fn forget(writing: &mut Writing, before: Time) -> Result<(), StoreError> {
    let mut events = Query::delete();
    events.from_table(CallEvent::Table).and_where(Expr::col(CallEvent::At).lt(before.as_millis()));
    writing.execute(&events).await?;
    let mut members = Query::delete();
    members.from_table(CallMember::Table).and_where(Expr::col(CallMember::IssuedAt).lt(before.as_millis()));
    writing.execute(&members).await.map(drop)
}

/// Whether an identity was written down since a time.
pub(super) async fn is_known(session: &mut Session, member: &Member, since: Time) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(CallMember::IssuedAt).from(CallMember::Table);
    select.and_where(Expr::col(CallMember::MediaRoom).eq(member.media_room.as_str()));
    select.and_where(Expr::col(CallMember::Identity).eq(member.identity.as_str()));
    let issued_at = session.fetch_one(&select).await?.map(|row| row.time(CallMember::IssuedAt)).transpose()?;
    Ok(issued_at.is_some_and(|issued_at| issued_at >= since))
}
