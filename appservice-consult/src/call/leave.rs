//! Delayed leave events that a client has handed to us: restarted while it is in the call, sent when it is gone, so that no ghost stays after a crash.
//!
//! A client that delegates makes its delay an hour long, because whoever answers the delegation is trusted to do this. So once taken it is kept over
//! restarts until the event is sent or gone.

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::error::CallError;
use super::identity::media_room;
use super::span::Span;
use super::store;
use super::ticket::Calls;
use crate::ids::RoomId;
use crate::store::tables::{CallLeave as Table, CallSpan};
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// The shortest delay that may be delegated. Unit: milliseconds. Source: MSC4195.
pub const DELAY_MS_MIN: i64 = 3_600_000;
/// Between two restarts: long before the delay is over, and seldom enough for the homeserver. Unit: milliseconds.
const RESTART_EVERY_MS: i64 = 240_000;
/// Who has not come so long after the delegation never will. Unit: seconds.
const COMES_WITHIN_SECONDS: i64 = 60;
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
    let mut standing = Vec::with_capacity(leaves.len());
    for leave in leaves {
        let spans = spans_since(&mut reading, &leave).await?;
        standing.push((leave, spans));
    }
    drop(reading);
    let now = tenant.context.now();
    for (leave, spans) in standing {
        let next = decide(&leave, &spans, now);
        if next != Next::Wait {
            carry_out(tenant, calls, &leave, next).await?;
        }
    }
    Ok(())
}

/// What to do with a delayed event now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Wait,
    Restart,
    Send,
}

/// Pure: by the times of its identity in the call.
fn decide(leave: &Leave, spans: &[Span], now: Time) -> Next {
    let is_there = spans.iter().any(|span| span.left_at.is_none());
    let was_there = spans.iter().any(|span| span.left_at.is_some_and(|left_at| left_at >= leave.since));
    let is_waiting = !was_there && now.seconds_since(leave.since) < COMES_WITHIN_SECONDS;
    match (is_there || is_waiting, now >= leave.due_at) {
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

/// The times of a leave's identity that have not ended before it was delegated.
async fn spans_since(session: &mut Session, leave: &Leave) -> Result<Vec<Span>, StoreError> {
    let mut select = store::spans();
    select.and_where(Expr::col(CallSpan::Identity).eq(leave.identity.as_str()));
    let lasts = Expr::col(CallSpan::LeftAt).is_null().or(Expr::col(CallSpan::LeftAt).gte(leave.since.as_millis()));
    select.and_where(lasts);
    session.fetch_all(&select).await?.iter().map(store::read_span).collect()
}

#[cfg(test)]
mod tests {
    use super::{Leave, Next, decide};
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

    #[test]
    fn a_leave_waits_while_its_device_is_there_and_is_sent_when_it_is_gone() {
        let leave = Leave {
            media_room: "r".into(),
            identity: "i".into(),
            delay_id: "d".into(),
            every_ms: 240_000,
            since: at(0),
            due_at: at(240),
        };
        assert_eq!(decide(&leave, &[], at(5)), Next::Wait, "he may still come");
        assert_eq!(decide(&leave, &[], at(60)), Next::Send, "he never came");
        assert_eq!(decide(&leave, &[span(2, None)], at(100)), Next::Wait);
        assert_eq!(decide(&leave, &[span(2, None)], at(240)), Next::Restart);
        assert_eq!(decide(&leave, &[span(2, Some(30))], at(31)), Next::Send);
        assert_eq!(decide(&leave, &[span(2, Some(30)), span(29, None)], at(31)), Next::Wait, "he came again at once");
    }
}
