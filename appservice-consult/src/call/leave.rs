//! Delayed leave events that a client has handed to us: restarted while it is in the call, sent when it is gone, so that no ghost stays after a crash.
//!
//! A client that delegates makes its delay an hour long, because whoever answers the delegation is trusted to do this. So once taken it is kept over
//! restarts until the event is sent or gone.
//!
//! Whether it is there is known by the times that the books keep of its calls. Of rooms of staff they keep none: there the media server is asked.

use std::collections::{BTreeMap, BTreeSet};

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::error::CallError;
use super::identity::{media_room, staff_media_rooms};
use super::span::Span;
use super::store;
use super::ticket::Calls;
use crate::ids::RoomId;
use crate::store::tables::{Call, CallLeave as Table, CallSpan};
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// The shortest delay that may be delegated. Unit: milliseconds. Source: MSC4195.
pub const DELAY_MS_MIN: i64 = 3_600_000;
/// Between two restarts: long before the delay is over, and seldom enough for the homeserver. Unit: milliseconds.
const RESTART_EVERY_MS: i64 = 240_000;
/// Who has not come so long after the delegation never will. Unit: seconds.
const COMES_WITHIN_SECONDS: i64 = 60;
/// No call lasts longer; so not all calls that ever were are looked through. Unit: seconds.
const LASTS_SECONDS_MAX: i64 = 7 * 24 * 3_600;
/// Pause after the homeserver did not answer. Unit: seconds.
const RETRY_SECONDS: i64 = 2;

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// The Matrix room.
    pub room: RoomId,
    /// Who the device is at the media server.
    pub identity: String,
    /// Id of the delayed event; it is the right to restart and send it.
    pub delay_id: String,
    /// Its delay; `None`: not said. Unit: milliseconds.
    pub delay_ms: Option<i64>,
}

/// One row.
struct Leave {
    media_room: String,
    identity: String,
    delay_id: String,
    every_ms: i64,
    since: Time,
    due_at: Time,
}

/// Takes a delegation. A repeated one changes nothing.
pub async fn delegate(tenant: &Tenant, delegation: &Delegation) -> Result<(), CallError> {
    let now = tenant.context.now();
    let third = delegation.delay_ms.unwrap_or(DELAY_MS_MIN) / 3;
    let every_ms = third.clamp(1_000, RESTART_EVERY_MS);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::MediaRoom,
        Table::Identity,
        Table::DelayId,
        Table::EveryMs,
        Table::Since,
        Table::DueAt,
    ]);
    insert.values_panic([
        media_room(&tenant.key, &delegation.room).into(),
        delegation.identity.as_str().into(),
        delegation.delay_id.as_str().into(),
        every_ms.into(),
        now.as_millis().into(),
        now.as_millis().saturating_add(every_ms).into(),
    ]);
    let key = OnConflict::columns([Table::MediaRoom, Table::Identity, Table::DelayId]).do_nothing().to_owned();
    let mut writing = tenant.store.write().await?;
    writing.execute(insert.on_conflict(key)).await?;
    Ok(writing.commit().await?)
}

/// Restarts and sends what is due.
pub(super) async fn run_due(tenant: &Tenant, calls: &Calls) -> Result<(), CallError> {
    let mut reading = tenant.store.read().await?;
    let leaves = all(&mut reading).await?;
    let staff = staff_media_rooms(tenant);
    let mut standing = Vec::with_capacity(leaves.len());
    for leave in leaves {
        let seen = if staff.contains(&leave.media_room) {
            None
        } else {
            Some(Seen::in_books(&leave, &spans_since(&mut reading, &leave).await?))
        };
        standing.push((leave, seen));
    }
    drop(reading);
    let unseen = standing.iter().filter(|(_, seen)| seen.is_none()).map(|(leave, _)| leave.media_room.as_str());
    let listed = look_into(tenant, calls, unseen.collect()).await;
    let now = tenant.context.now();
    for (leave, seen) in &standing {
        let seen = seen.unwrap_or_else(|| Seen::in_list(leave, listed.get(&leave.media_room)));
        let next = decide(leave, seen, now);
        if next != Next::Wait {
            carry_out(tenant, calls, leave, next).await?;
        }
    }
    Ok(())
}

/// The identities in media rooms by the media server's list; a room of which it does not answer is left out.
async fn look_into(tenant: &Tenant, calls: &Calls, rooms: BTreeSet<&str>) -> BTreeMap<String, Vec<String>> {
    let mut listed = BTreeMap::new();
    for room in rooms {
        let presence = calls.noted(tenant.context.now(), calls.media.presence(room).await);
        if let Ok(presence) = presence {
            let people = presence.map(|presence| presence.people).unwrap_or_default();
            listed.insert(room.to_owned(), people.into_iter().map(|who| who.identity).collect());
        }
    }
    listed
}

/// What is known of a leave's device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// It is in the media room.
    is_there: bool,
    /// It was there after the delegation, and has gone.
    has_gone: bool,
}

impl Seen {
    /// By the times of its identity in calls of this media room.
    fn in_books(leave: &Leave, spans: &[Span]) -> Self {
        Self {
            is_there: spans.iter().any(|span| span.left_at.is_none()),
            has_gone: spans.iter().any(|span| span.left_at.is_some_and(|left_at| left_at >= leave.since)),
        }
    }

    /// By the media server's list of this media room, which remembers nobody. While it does not answer nobody has gone.
    fn in_list(leave: &Leave, people: Option<&Vec<String>>) -> Self {
        Self { is_there: people.is_none_or(|people| people.contains(&leave.identity)), has_gone: false }
    }
}

/// What to do with a delayed event now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Wait,
    Restart,
    Send,
}

/// Pure.
fn decide(leave: &Leave, seen: Seen, now: Time) -> Next {
    let is_waiting = !seen.has_gone && now.seconds_since(leave.since) < COMES_WITHIN_SECONDS;
    match (seen.is_there || is_waiting, now >= leave.due_at) {
        (true, true) => Next::Restart,
        (true, false) => Next::Wait,
        (false, _) => Next::Send,
    }
}

async fn carry_out(tenant: &Tenant, calls: &Calls, leave: &Leave, next: Next) -> Result<(), CallError> {
    // Whether somebody is there is known only while the media server answers; until then his leave does not fire.
    let next = if next == Next::Send && calls.health().down_since.is_some() { Next::Restart } else { next };
    let action = if next == Next::Send { "send" } else { "restart" };
    let now = tenant.context.now();
    let (is_over, due_at) = match tenant.homeserver.delayed_event(&leave.delay_id, action).await {
        Ok(()) => (next == Next::Send, Time::from_millis(now.as_millis().saturating_add(leave.every_ms))),
        // Sent or cancelled already.
        Err(error) if error.is("M_NOT_FOUND") => (true, now),
        Err(error) if error.may_pass() => {
            tracing::warn!(%error, "a delayed leave could not be carried out");
            (false, now.plus_seconds(RETRY_SECONDS))
        }
        Err(error) => {
            tracing::error!(%error, "a delayed leave was given up");
            (true, now)
        }
    };
    let mut writing = tenant.store.write().await?;
    let is_this = |column: Table, value: &str| Expr::col(column).eq(value);
    let condition = is_this(Table::MediaRoom, &leave.media_room)
        .and(is_this(Table::Identity, &leave.identity))
        .and(is_this(Table::DelayId, &leave.delay_id));
    if is_over {
        writing.execute(Query::delete().from_table(Table::Table).and_where(condition)).await?;
    } else {
        let mut update = Query::update();
        update.table(Table::Table).value(Table::DueAt, due_at.as_millis()).and_where(condition);
        writing.execute(&update).await?;
    }
    Ok(writing.commit().await?)
}

async fn all(session: &mut Session) -> Result<Vec<Leave>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::MediaRoom, Table::Identity, Table::DelayId, Table::EveryMs, Table::Since, Table::DueAt]);
    select.from(Table::Table);
    let read = |row: &Row| {
        Ok(Leave {
            media_room: row.text(Table::MediaRoom)?,
            identity: row.text(Table::Identity)?,
            delay_id: row.text(Table::DelayId)?,
            every_ms: row.number(Table::EveryMs)?,
            since: row.time(Table::Since)?,
            due_at: row.time(Table::DueAt)?,
        })
    };
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The times of a leave's identity in its media room that have not ended before it was delegated. A device has one identity in all rooms, and may be in a
/// call of another.
async fn spans_since(session: &mut Session, leave: &Leave) -> Result<Vec<Span>, StoreError> {
    let mut here = Query::select();
    here.column(Call::Id).from(Call::Table).and_where(Expr::col(Call::MediaRoom).eq(leave.media_room.as_str()));
    let may_be_on = leave.since.plus_seconds(-LASTS_SECONDS_MAX);
    here.and_where(Expr::col(Call::StartedAt).gte(may_be_on.as_millis()));
    let mut select = store::spans();
    select.and_where(Expr::col(CallSpan::CallId).in_subquery(here));
    select.and_where(Expr::col(CallSpan::Identity).eq(leave.identity.as_str()));
    let lasts = Expr::col(CallSpan::LeftAt).is_null().or(Expr::col(CallSpan::LeftAt).gte(leave.since.as_millis()));
    select.and_where(lasts);
    session.fetch_all(&select).await?.iter().map(store::read_span).collect()
}

#[cfg(test)]
mod tests {
    use super::{Leave, Next, Seen, decide};
    use crate::call::media::Voice;
    use crate::call::span::{Reason, Span};
    use crate::call::state::Side;
    use crate::time::Time;

    fn at(seconds: i64) -> Time {
        Time::from_millis(seconds * 1_000)
    }

    fn span(from: i64, to: Option<i64>) -> Span {
        Span {
            sid: "s".into(),
            identity: "i".into(),
            user: "@a:x".into(),
            side: Side::Patient,
            voice: Voice::Speaks,
            joined_at: at(from),
            left_at: to.map(at),
            reason: to.map(|_| Reason::Left),
            media_until: at(from),
        }
    }

    fn leave() -> Leave {
        Leave {
            media_room: "r".into(),
            identity: "i".into(),
            delay_id: "d".into(),
            every_ms: 240_000,
            since: at(0),
            due_at: at(240),
        }
    }

    #[test]
    fn a_leave_waits_while_its_device_is_there_and_is_sent_when_it_is_gone() {
        let leave = leave();
        let decide = |spans: &[Span], now| decide(&leave, Seen::in_books(&leave, spans), now);
        assert_eq!(decide(&[], at(5)), Next::Wait, "he may still come");
        assert_eq!(decide(&[], at(60)), Next::Send, "he never came");
        assert_eq!(decide(&[span(2, None)], at(100)), Next::Wait);
        assert_eq!(decide(&[span(2, None)], at(240)), Next::Restart);
        assert_eq!(decide(&[span(2, Some(30))], at(31)), Next::Send);
        assert_eq!(decide(&[span(2, Some(30)), span(29, None)], at(31)), Next::Wait, "he came again at once");
    }

    #[test]
    fn without_books_the_media_servers_list_says_who_is_there_and_its_silence_says_nothing() {
        let leave = leave();
        let decide = |people: Option<&Vec<String>>, now| decide(&leave, Seen::in_list(&leave, people), now);
        let (here, gone) = (vec!["other".to_owned(), "i".to_owned()], vec!["other".to_owned()]);
        assert_eq!(decide(Some(&gone), at(59)), Next::Wait, "he may still come");
        assert_eq!(decide(Some(&gone), at(60)), Next::Send);
        assert_eq!(decide(Some(&here), at(60)), Next::Wait);
        assert_eq!(decide(Some(&here), at(240)), Next::Restart);
        assert_eq!(decide(None, at(60)), Next::Wait, "nobody says that he has gone");
    }
}
