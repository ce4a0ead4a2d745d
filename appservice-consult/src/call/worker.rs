//! What happens to calls because time passes: rings end, who must not be there goes, what the media server forgot to tell is found.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio_util::sync::CancellationToken;

use super::error::CallError;
use super::machine::Command;
use super::media::{MediaError, Presence, Voice};
use super::open::{self, Open};
use super::record;
use super::rooms;
use super::state::{Phase, Side};
use super::store::{self, Record};
use super::ticket::Calls;
use super::{inbox, leave, watch};
use crate::api::problem::chain;
use crate::ids::CallId;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;

/// Between two looks; who must not be in a call is out of it within two.
const LOOK: Duration = Duration::from_secs(1);
/// At least so long between two, however much is heard meanwhile: each looks at all calls that are open.
const REST: Duration = Duration::from_millis(100);
/// Calls that end in one transaction because their time is over.
const TOGETHER: usize = 64;
/// Rooms that the media server is asked about at once.
const ASKED_AT_ONCE: usize = 16;
/// Between two comparisons of a call with the media server's list. Unit: seconds.
const COMPARE_SECONDS: i64 = 30;
/// Between two signs of life of the media server while a call is on. Unit: seconds.
const PULSE_SECONDS: i64 = 5;
/// A media server that does not answer so long has lost its calls. Unit: seconds.
const LOST_SECONDS: i64 = 25;
/// A call that nobody is in so long is over. Longer than the media server keeps an event back. Unit: seconds.
const EMPTY_SECONDS: i64 = 10;
/// A call that only one side is in so long is over: time to come back after a network loss. Unit: seconds.
const ALONE_SECONDS: i64 = 120;
/// Between two looks at a media server without calls. Unit: seconds.
const HEALTH_SECONDS: i64 = 30;
/// Events and identities are remembered so long. Unit: seconds.
const REMEMBERED_SECONDS: i64 = 7 * 24 * 3_600;
/// Looks between two times of tidying.
const TIDY_EVERY: u32 = 3_600;
/// Name of the lock that one look at a time holds.
const LOOK_LOCK: &str = "look at calls";

/// Looks again and again, and takes the media server's events, until it is told to stop.
pub async fn run(tenant: Arc<Tenant>, stop: CancellationToken) {
    tokio::join!(inbox::run(Arc::clone(&tenant), stop.clone()), look_always(&tenant, &stop));
}

async fn look_always(tenant: &Tenant, stop: &CancellationToken) {
    let Some(calls) = &tenant.calls else { return };
    let mut count = 0_u32;
    loop {
        if let Err(error) = look(tenant).await {
            tracing::error!(error = %chain(&error), "calls could not be looked at");
        }
        count = count.wrapping_add(1);
        if count.is_multiple_of(TIDY_EVERY)
            && let Err(error) = tidy(tenant).await
        {
            tracing::error!(error = %chain(&error), "old events could not be forgotten");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = rest(calls) => {}
        }
    }
}

/// Until the next look: something was heard, or it is time.
async fn rest(calls: &Calls) {
    tokio::time::sleep(REST).await;
    tokio::select! {
        () = tokio::time::sleep(LOOK.saturating_sub(REST)) => {}
        () = calls.wake.notified() => {}
    }
}

async fn tidy(tenant: &Tenant) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    rooms::forget(&mut writing, tenant.context.now().plus_seconds(-REMEMBERED_SECONDS)).await?;
    writing.commit().await
}

/// One look at everything. What fails is tried again at the next one, and keeps nothing else back.
pub async fn look(tenant: &Tenant) -> Result<(), CallError> {
    let Some(calls) = &tenant.calls else { return Ok(()) };
    // Two looks at once would do the same things twice.
    let _turn = tenant.locks.lock(LOOK_LOCK).await;
    let mut reading = tenant.store.read().await?;
    let open = open::load(&mut reading).await?;
    drop(reading);
    pass_time(tenant, &open).await?;
    watch::dismiss(tenant, &open).await?;
    let checked = watch::check(tenant, calls).await;
    let compared = compare_all(tenant, calls, &open).await;
    let left = leave::run_due(tenant, calls).await;
    for outcome in [checked, compared, left] {
        match outcome {
            // Known already: the media server does not answer.
            Ok(()) | Err(CallError::Unavailable(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What time alone does.
async fn pass_time(tenant: &Tenant, calls: &[Open]) -> Result<(), CallError> {
    let now = tenant.context.now();
    let command =
        |open: &Open| if open.is_outlived() { Some(Command::Close) } else { due(&open.call, &open.spans, now) };
    let steps: Vec<(&CallId, Command)> =
        calls.iter().filter_map(|open| command(open).map(|command| (&open.call.id, command))).collect();
    let mut outcome = Ok(());
    for some in steps.chunks(TOGETHER) {
        if let Err(error) = carry_out(tenant, some).await {
            tracing::warn!(error = %chain(&error), "calls whose time is over are ended one by one");
            // One that cannot be written must not keep back the others.
            for one in some {
                outcome = carry_out(tenant, std::slice::from_ref(one)).await.and(outcome);
            }
        }
    }
    Ok(outcome?)
}

/// Steps of some calls, all or none.
async fn carry_out(tenant: &Tenant, steps: &[(&CallId, Command)]) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    for (id, command) in steps {
        if let Some(call) = store::load(&mut writing, id).await? {
            record::apply(&mut writing, tenant, &call, *command).await?;
            record::refresh(&mut writing, tenant, id).await?;
        }
    }
    writing.commit().await
}

/// What is due for a call; pure.
fn due(call: &Record, spans: &[super::Span], now: Time) -> Option<Command> {
    let answered_at = match call.state.phase {
        Phase::Ringing { until } if now >= until => return Some(Command::TimeOut),
        Phase::Ringing { .. } => None,
        Phase::Answered { at } => Some(at),
        Phase::Ended { .. } => return None,
    };
    let is_here = |side: Side| spans.iter().any(|span| span.is_talk_of(side) && span.left_at.is_none());
    let talk = spans.iter().filter(|span| span.voice == Voice::Speaks);
    let last_left = talk.filter_map(|span| span.left_at).max();
    match (is_here(Side::Patient), is_here(Side::Staff)) {
        (true, true) => None,
        (false, false) => {
            let since = last_left.or(answered_at)?;
            let patience = if last_left.is_some() { EMPTY_SECONDS } else { ALONE_SECONDS };
            (now.seconds_since(since) >= patience).then_some(Command::Empty { at: since })
        }
        (is_patient_here, _) => {
            let gone = if is_patient_here { Side::Staff } else { Side::Patient };
            let left = spans.iter().filter(|span| span.is_talk_of(gone)).filter_map(|span| span.left_at).max();
            let since = left.or(answered_at)?;
            (answered_at.is_some() && now.seconds_since(since) >= ALONE_SECONDS).then_some(Command::Empty { at: since })
        }
    }
}

/// Compares calls with the media server's list where it is time, and asks after the media server itself.
async fn compare_all(tenant: &Tenant, calls: &Calls, open: &[Open]) -> Result<(), CallError> {
    let now = tenant.context.now();
    let health = calls.health();
    // What is to come was before the clock was set back.
    let is_over = |last: Time, seconds: i64| !(0..seconds).contains(&now.seconds_since(last));
    let is_time =
        |seconds: i64| health.down_since.is_some() || health.last_compared.is_none_or(|last| is_over(last, seconds));
    if open.is_empty() {
        if is_time(HEALTH_SECONDS) {
            calls.compared(now);
            calls.feel_the_pulse(now).await;
        }
        return Ok(());
    }
    if !is_time(COMPARE_SECONDS) {
        if health.last_ok.is_none_or(|last| is_over(last, PULSE_SECONDS)) {
            calls.feel_the_pulse(now).await;
        }
        return Ok(());
    }
    calls.compared(now);
    for some in open.chunks(ASKED_AT_ONCE) {
        let asked: Vec<_> = some.iter().map(|Open { call, .. }| calls.media.presence(&call.media_room)).collect();
        let answers = join_all(asked).await.into_iter().map(|answer| calls.noted(now, answer));
        let answers: Vec<_> = some.iter().zip(answers).collect();
        for (Open { call, .. }, presence) in answers {
            compare(tenant, calls, call, presence).await?;
        }
    }
    Ok(())
}

async fn compare(
    tenant: &Tenant,
    calls: &Calls,
    call: &Record,
    presence: Result<Option<Presence>, MediaError>,
) -> Result<(), CallError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let Some(call) = store::load(&mut writing, &call.id).await?.filter(|call| call.state.is_open()) else {
        return Ok(());
    };
    let health = calls.health();
    match presence {
        Err(_) => {
            let gone_for = health.down_since.map_or(0, |since| now.seconds_since(since));
            if gone_for >= LOST_SECONDS {
                let at = health.last_ok.or(health.down_since).unwrap_or(now).max(call.started_at);
                record::lose(&mut writing, tenant, &call, at).await?;
            }
        }
        // It came back without the room: it was killed, and its calls with it.
        Ok(None) if health.last_failure.is_some_and(|failed| failed >= call.started_at) => {
            record::lose(&mut writing, tenant, &call, health.down_at.unwrap_or(now).max(call.started_at)).await?;
        }
        Ok(presence) => record::compare(&mut writing, tenant, &call, presence.as_ref()).await?,
    }
    Ok(writing.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::{Command, Phase, Record, Side, due};
    use crate::api::types::CallKind;
    use crate::call::media::Voice;
    use crate::call::span::{Reason, Span};
    use crate::call::state::State;
    use crate::time::Time;

    fn at(seconds: i64) -> Time {
        Time::from_millis(seconds * 1_000)
    }

    fn call(phase: Phase) -> Record {
        Record {
            id: "c".into(),
            version: 1,
            media_room: "m".into(),
            room: "!r:x".into(),
            conversation: "v".into(),
            consultation: None,
            patient: "p".into(),
            patient_user: "@p:x".into(),
            caller: "@o:x".into(),
            is_adopted: false,
            kind: CallKind::Audio,
            state: State { caller: Side::Staff, phase },
            started_at: at(0),
            ring_until: at(45),
            answered_by: None,
            decline_reason: None,
            billable_ms: 0,
        }
    }

    fn span(side: Side, to: Option<i64>) -> Span {
        Span {
            sid: format!("{side:?}"),
            identity: "i".into(),
            user: "@a:x".into(),
            side,
            voice: Voice::Speaks,
            joined_at: at(1),
            left_at: to.map(at),
            reason: to.map(|_| Reason::Left),
            media_until: at(1),
        }
    }

    #[test]
    fn a_ring_ends_when_its_time_is_over() {
        let ringing = call(Phase::Ringing { until: at(45) });
        assert_eq!(due(&ringing, &[span(Side::Staff, None)], at(44)), None);
        assert_eq!(due(&ringing, &[span(Side::Staff, None)], at(45)), Some(Command::TimeOut));
        assert_eq!(due(&ringing, &[span(Side::Staff, Some(5))], at(15)), Some(Command::Empty { at: at(5) }), "he left");
    }

    #[test]
    fn a_call_that_people_have_left_ends_when_they_could_have_come_back() {
        let talking = call(Phase::Answered { at: at(10) });
        let both = [span(Side::Staff, None), span(Side::Patient, None)];
        assert_eq!(due(&talking, &both, at(9_000)), None);
        let alone = [span(Side::Staff, None), span(Side::Patient, Some(50))];
        assert_eq!(due(&talking, &alone, at(169)), None);
        assert_eq!(due(&talking, &alone, at(170)), Some(Command::Empty { at: at(50) }));
        let nobody = [span(Side::Staff, Some(52)), span(Side::Patient, Some(50))];
        assert_eq!(due(&talking, &nobody, at(61)), None);
        assert_eq!(due(&talking, &nobody, at(62)), Some(Command::Empty { at: at(52) }));
        assert_eq!(due(&talking, &[], at(131)), Some(Command::Empty { at: at(10) }), "answered, and nobody ever came");
    }
}
