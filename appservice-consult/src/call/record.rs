//! What is known of a call, written down: steps of the machine with what follows from them, and the media server's facts.

use serde_json::json;

use super::admit::voice;
use super::error::CallError;
use super::identity;
use super::machine::{Command, step};
use super::media::{Heard, HeardKind, Presence, Someone, Voice};
use super::rooms::{self, MediaRoom, Member};
use super::span::{Reason, Span, derive};
use super::start::{side_of, write_new};
use super::state::{Phase, Side, State};
use super::store::{self, Record};
use super::ticket::Calls;
use crate::actor::Actor;
use crate::api::types::{CallKind, CallOutcome};
use crate::audit;
use crate::callback;
use crate::change::{self, Kind};
use crate::consultation;
use crate::conversation;
use crate::ids::{CallId, ConsultationId, RoomId};
use crate::outbox::{self, Task};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::webhook;
use crate::words::Word;

/// A time of the media server that is further from ours than this is not believed. Unit: milliseconds.
const BELIEVED_MS: i64 = 24 * 3_600 * 1_000;
/// An event that is at most so old came at once: our own time is the better one. Unit: milliseconds.
const AT_ONCE_MS: i64 = 2_000;
/// So long after the end of a call its room may be made anew by who was on his way into it. Unit: seconds.
const LEFT_OVER_SECONDS: i64 = 30;
/// Who came is looked at until he is found and judged, or for so long. Unit: seconds.
pub(super) const FIRST_LOOK_SECONDS: i64 = 5;

/// Writes what became of a call, with all that follows: audit, the streams, and at the end the line in the room and the end of the media room.
pub(super) async fn write(
    writing: &mut Writing,
    tenant: &Tenant,
    before: &Record,
    after: Record,
    actor: &Actor,
) -> Result<Record, StoreError> {
    if after == *before {
        return Ok(after);
    }
    store::update(writing, &after).await?;
    let after = Record { version: before.version + 1, ..after };
    if before.state.name() != after.state.name() {
        let action = if after.state.is_open() { "call.answered" } else { "call.ended" };
        audit(writing, tenant, &after, action, actor).await?;
    }
    if before.state.is_open() && !after.state.is_open() {
        end(writing, tenant, &after).await?;
    }
    let audience = Some(after.patient_user.as_str());
    change::append(writing, tenant.context.now(), Kind::Call, after.id.as_str(), audience).await?;
    let told = webhook::of_call(Some(&before.state), &after, tenant.context.now());
    webhook::enqueue(writing, tenant, told).await?;
    Ok(after)
}

/// What the end of a call needs outside.
async fn end(writing: &mut Writing, tenant: &Tenant, call: &Record) -> Result<(), StoreError> {
    say(writing, tenant, call).await?;
    if call.state.caller == Side::Patient && call.state.outcome() == Some(CallOutcome::Missed) {
        let task = Task::CallBack { call: call.id.clone() };
        outbox::append(writing, call.conversation.as_str(), &task, tenant.context.now()).await?;
    }
    seal_late(writing, tenant, call).await?;
    let Some(stands) = rooms::load(writing, &call.media_room).await? else { return Ok(()) };
    // The room may live on as that of the next call.
    if store::by_session(writing, &stands.sid).await?.is_none_or(|of| of.id == call.id) {
        rooms::is_over(writing, &call.media_room).await?;
        let task = Task::EndMedia { media_room: call.media_room.clone() };
        outbox::append(writing, &call.media_room, &task, tenant.context.now()).await?;
    }
    Ok(())
}

/// A consultation has begun in a room: a call that is on there, and belongs to none, is part of it from now on.
pub(crate) async fn join_consultation(
    writing: &mut Writing,
    tenant: &Tenant,
    room: &RoomId,
    consultation: &ConsultationId,
) -> Result<(), StoreError> {
    let media_room = identity::media_room(&tenant.key, room);
    let open = store::open_in(writing, &media_room).await?.filter(|call| call.consultation.is_none());
    let Some(call) = open else { return Ok(()) };
    let after = Record { consultation: Some(consultation.clone()), ..call.clone() };
    write(writing, tenant, &call, after, &Actor::System).await.map(drop)
}

/// A call that was heard of when its consultation was sealed already is sealed as a supplement.
async fn seal_late(writing: &mut Writing, tenant: &Tenant, call: &Record) -> Result<(), StoreError> {
    let Some(id) = &call.consultation else { return Ok(()) };
    let consultation = consultation::record::load(writing, id).await?.filter(|found| found.sealed.is_some());
    let Some(consultation) = consultation else { return Ok(()) };
    let task = Task::Seal { consultation: id.clone(), announced: consultation.state.phase_since };
    outbox::append(writing, call.conversation.as_str(), &task, tenant.context.now()).await
}

/// The line in the room.
pub(super) async fn say(writing: &mut Writing, tenant: &Tenant, call: &Record) -> Result<(), StoreError> {
    let task = Task::SayCall { room: call.room.clone(), call: call.id.clone() };
    outbox::append(writing, call.conversation.as_str(), &task, tenant.context.now()).await
}

/// An entry of the audit.
pub(super) async fn audit(
    writing: &mut Writing,
    tenant: &Tenant,
    call: &Record,
    action: &'static str,
    actor: &Actor,
) -> Result<(), StoreError> {
    let detail = json!({
        "consultation": call.consultation,
        "kind": call.kind.word(),
        "outcome": call.state.outcome().map(Word::word),
    });
    let subject = audit::Subject { kind: "call", id: call.id.as_str() };
    let entry = audit::Entry { at: tenant.context.now(), actor, action, subject, detail };
    audit::append(writing, &tenant.key, entry).await
}

/// Writes down an event of the media server. Events come in any order; the caller drops repetitions.
pub(super) async fn take(writing: &mut Writing, tenant: &Tenant, heard: &Heard) -> Result<(), StoreError> {
    match (heard.kind, &heard.who) {
        // It only rings at him: he is in no record.
        (HeardKind::Joined | HeardKind::Left, Some(who)) if who.waits() => Ok(()),
        (HeardKind::Finished, _) => finished(writing, tenant, heard).await,
        (HeardKind::Joined | HeardKind::Left, Some(who)) => moved(writing, tenant, heard, who).await,
        _ => Ok(()),
    }
}

/// Whoever has come is looked at: his token may be one of before.
pub(super) async fn watch_who_joined(writing: &mut Writing, heard: &[&Heard], now: Time) -> Result<(), StoreError> {
    let joined = heard.iter().filter(|heard| heard.kind == HeardKind::Joined);
    let who = joined.filter_map(|heard| Some((heard.room.as_str(), heard.who.as_ref()?.identity.as_str()))).collect();
    rooms::watch_all(writing, &who, now.plus_seconds(FIRST_LOOK_SECONDS)).await
}

/// Somebody came or left.
async fn moved(writing: &mut Writing, tenant: &Tenant, heard: &Heard, who: &Someone) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let Some(member) = member(writing, tenant, &heard.room, &who.identity).await? else { return Ok(()) };
    let life = Life { media_room: &heard.room, sid: &heard.room_sid, created_ms: heard.room_created_ms };
    let Some(call) = call_of(writing, tenant, life, &member, who).await? else { return Ok(()) };
    let mut spans = store::spans_of(writing, &call.id).await?;
    let mut span = match spans.iter().position(|span| span.sid == who.sid) {
        Some(known) => spans.remove(known),
        None => begun(writing, tenant, &call, (who, &member)).await?,
    };
    span.joined_at = span.joined_at.min(joined_at(&call, who, &member, now));
    if heard.kind == HeardKind::Left {
        span.left_at = Some(time_of(heard.at_ms, now).max(span.joined_at));
        span.reason = Some(Reason::from_number(who.reason));
    } else if span.left_at.is_none()
        && let Some(finished_at) = rooms::finished_at(writing, &heard.room_sid).await?
    {
        span.left_at = Some(finished_at.max(span.joined_at));
        span.reason = Some(Reason::RoomClosed);
    }
    store::put_span(writing, &call.id, &span).await?;
    winds_up(writing, tenant, &span).await?;
    spans.push(span);
    spans.sort_by(|one, other| (one.joined_at, &one.sid).cmp(&(other.joined_at, &other.sid)));
    tell(writing, tenant, &call, &spans).await.map(drop)
}

/// Who an identity is: written down once, and not changed.
async fn member(
    session: &mut Session,
    tenant: &Tenant,
    media_room: &str,
    identity: &str,
) -> Result<Option<Member>, StoreError> {
    let Some(calls) = &tenant.calls else { return Ok(None) };
    if let Some(known) = calls.members.get(&(media_room.to_owned(), identity.to_owned())) {
        return Ok(Some(known));
    }
    let found = rooms::member(session, media_room, identity).await?;
    if let Some(member) = &found {
        calls.members.insert((media_room.to_owned(), identity.to_owned()), member.clone());
    }
    Ok(found)
}

/// Consoles show that an operator winds up after a call, and that he has done.
async fn winds_up(writing: &mut Writing, tenant: &Tenant, span: &Span) -> Result<(), StoreError> {
    let member = tenant.staff.by_user(&span.user).filter(|_| span.left_at.is_some());
    let Some(member) = member else { return Ok(()) };
    change::append(writing, tenant.context.now(), Kind::Operator, member.id.as_str(), None).await
}

/// The media room is gone.
async fn finished(writing: &mut Writing, tenant: &Tenant, heard: &Heard) -> Result<(), StoreError> {
    if let Some(calls) = &tenant.calls {
        // Whoever asks for a token next must find a room to come into.
        calls.forget_room(&heard.room);
    }
    let Some(call) = store::by_session(writing, &heard.room_sid).await? else { return Ok(()) };
    let at = time_of(heard.at_ms, tenant.context.now());
    rooms::finish(writing, &heard.room_sid, at).await?;
    let spans = close_spans(writing, tenant, &call.id, (at, Reason::RoomClosed)).await?;
    let call = tell(writing, tenant, &call, &spans).await?;
    if call.state.is_open()
        && let Some(empty_since) = derive(&spans, at).empty_since
    {
        apply(writing, tenant, &call, Command::Empty { at: empty_since }).await?;
    }
    Ok(())
}

/// A step that no person made. A refusal means that there is nothing to do.
pub(super) async fn apply(
    writing: &mut Writing,
    tenant: &Tenant,
    call: &Record,
    command: Command,
) -> Result<(), StoreError> {
    let Ok(state) = step(&call.state, command, tenant.context.now()) else { return Ok(()) };
    write(writing, tenant, call, Record { state, ..call.clone() }, &Actor::System).await.map(drop)
}

/// Derives anew what the times in a call say of it.
pub(super) async fn refresh(writing: &mut Writing, tenant: &Tenant, id: &CallId) -> Result<Option<Record>, StoreError> {
    let Some(before) = store::load(writing, id).await? else { return Ok(None) };
    let spans = store::spans_of(writing, id).await?;
    tell(writing, tenant, &before, &spans).await.map(Some)
}

/// What the times in a call, all of them in the order they began, say of it.
async fn tell(writing: &mut Writing, tenant: &Tenant, before: &Record, spans: &[Span]) -> Result<Record, StoreError> {
    let now = tenant.context.now();
    let derived = derive(spans, now);
    let mut after = Record { billable_ms: derived.billable_ms, ..before.clone() };
    if let Some(first) = spans.first().filter(|_| before.is_adopted) {
        after.caller = first.user.clone();
        after.state.caller = first.side;
    }
    if let Some(at) = derived.met_at
        && let Ok(state) = step(&after.state, Command::Meet { at }, now)
    {
        after.state = state;
    }
    write(writing, tenant, before, after, &Actor::System).await
}

/// Ends all open times of a call; returns all that it has.
async fn close_spans(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &CallId,
    (at, reason): (Time, Reason),
) -> Result<Vec<Span>, StoreError> {
    let mut spans = store::spans_of(writing, id).await?;
    for span in spans.iter_mut().filter(|span| span.left_at.is_none()) {
        (span.left_at, span.reason) = (Some(at.max(span.joined_at)), Some(reason));
        store::put_span(writing, id, span).await?;
        winds_up(writing, tenant, span).await?;
    }
    Ok(spans)
}

/// The media server is gone: the call ends when it was last there.
pub(super) async fn lose(writing: &mut Writing, tenant: &Tenant, call: &Record, at: Time) -> Result<(), StoreError> {
    close_spans(writing, tenant, &call.id, (at, Reason::Inferred)).await?;
    if let Some(call) = refresh(writing, tenant, &call.id).await? {
        apply(writing, tenant, &call, Command::Lose { at }).await?;
    }
    Ok(())
}

/// One life of a media room.
#[derive(Debug, Clone, Copy)]
struct Life<'a> {
    media_room: &'a str,
    sid: &'a str,
    created_ms: i64,
}

/// The call that a life of a media room belongs to. One that no app of ours began is noticed here.
async fn call_of(
    writing: &mut Writing,
    tenant: &Tenant,
    life: Life<'_>,
    member: &Member,
    who: &Someone,
) -> Result<Option<Record>, StoreError> {
    if let Some(known) = store::by_session(writing, life.sid).await? {
        return Ok(Some(known));
    }
    let now = tenant.context.now();
    let Some(stands) = rooms::load(writing, life.media_room).await? else { return Ok(None) };
    let Some(conversation) = conversation::by_room(writing, stands.room.as_str()).await? else { return Ok(None) };
    let started_at = believed(life.created_ms, now).or_else(|| believed(who.joined_ms, now)).unwrap_or(now);
    if is_left_over(writing, &stands, life.sid, started_at).await? {
        tracing::info!(media.room = %life.media_room, "somebody came while the room of an ended call was being deleted");
        outbox::append(writing, life.media_room, &Task::EndMedia { media_room: life.media_room.to_owned() }, now)
            .await?;
        return Ok(None);
    }
    // Who may not begin a call makes none ring either, also where he comes first, by a token of before.
    if voice(writing, tenant, stands.room.as_str(), &member.user).await? == Voice::Listens {
        return Ok(None);
    }
    let consultation = consultation::record::load_at(writing, &conversation.id, started_at).await?;
    // Who is called back after his consultation is over is in no consultation.
    let is_called_back = callback::holder_in(writing, &conversation.id).await?.is_some();
    let consultation = consultation.filter(|consultation| consultation.state.phase.is_open() || !is_called_back);
    let until = now.plus_seconds(tenant.calls.as_ref().map_or(0, |calls| calls.ring_seconds));
    let mut call = Record {
        id: CallId::from(tenant.context.new_id()),
        version: 1,
        media_room: life.media_room.to_owned(),
        room: stands.room,
        conversation: conversation.id.clone(),
        consultation: consultation.map(|consultation| consultation.id),
        patient: conversation.patient.clone(),
        patient_user: conversation.patient_user.clone(),
        caller: member.user.clone(),
        is_adopted: true,
        kind: CallKind::Video,
        state: State { caller: side_of(&conversation, &member.user), phase: Phase::Ringing { until } },
        started_at,
        ring_until: until,
        answered_by: None,
        decline_reason: None,
        billable_ms: 0,
    };
    if let Some(other) = store::open_in(writing, life.media_room).await? {
        // A media room has one life at a time: the later one ends the earlier.
        if other.started_at <= started_at {
            apply(writing, tenant, &other, Command::Empty { at: started_at }).await?;
        } else {
            call.state = step(&call.state, Command::Empty { at: other.started_at }, now).unwrap_or(call.state);
        }
    }
    write_new(writing, tenant, &call, &Actor::System).await.map_err(only_store)?;
    rooms::put_session(writing, life.sid, &call.id, started_at).await?;
    Ok(Some(call))
}

/// Whether a life that began at `started_at` is what is left of a call that has ended. The media server makes a room anew for who was let in just before
/// the room was deleted; no token of ours belongs to such a life, so it is no call.
async fn is_left_over(
    session: &mut Session,
    stands: &MediaRoom,
    sid: &str,
    started_at: Time,
) -> Result<bool, StoreError> {
    if !stands.is_over || stands.sid == sid {
        return Ok(false);
    }
    let Some(ended) = store::by_session(session, &stands.sid).await? else { return Ok(false) };
    let is_over_by = |at: Time| ended.state.ended_at().is_some_and(|end| at <= end.plus_seconds(LEFT_OVER_SECONDS));
    // Events of a life before the ended call may come after it, and are a call's.
    Ok(started_at >= ended.started_at && is_over_by(started_at))
}

fn only_store(error: CallError) -> StoreError {
    match error {
        CallError::Store(error) => error,
        other => StoreError::unknown_value("call", &other.to_string()),
    }
}

/// Since when somebody is in a call. The device that answered may have waited in the media room before: until the answer it was not in the call.
fn joined_at(call: &Record, who: &Someone, member: &Member, now: Time) -> Time {
    let came_at = believed(who.joined_ms, now).unwrap_or(now);
    let answered =
        call.answered_by.as_ref().is_some_and(|(user, device)| (user, device) == (&member.user, &member.device));
    call.state.answered_at().filter(|_| answered).map_or(came_at, |answered_at| came_at.max(answered_at))
}

/// The device that has answered waited in the media room, and is in the call from now on: no event says so.
pub(super) async fn has_come(
    writing: &mut Writing,
    tenant: &Tenant,
    call: &Record,
    who: &Someone,
) -> Result<(), StoreError> {
    if store::span(writing, &who.sid).await?.is_some() {
        return Ok(());
    }
    let Some(member) = rooms::member(writing, &call.media_room, &who.identity).await? else { return Ok(()) };
    let span = begun(writing, tenant, call, (who, &member)).await?;
    store::put_span(writing, &call.id, &span).await
}

/// A time that begins with who came.
async fn begun(
    session: &mut Session,
    tenant: &Tenant,
    call: &Record,
    (who, member): (&Someone, &Member),
) -> Result<Span, StoreError> {
    let joined_at = joined_at(call, who, member, tenant.context.now());
    Ok(Span {
        voice: voice(session, tenant, call.room.as_str(), &member.user).await?,
        sid: who.sid.clone(),
        identity: who.identity.clone(),
        user: member.user.clone(),
        side: if call.patient_user == member.user { super::Side::Patient } else { super::Side::Staff },
        joined_at,
        left_at: None,
        reason: None,
        media_until: joined_at,
    })
}

/// A point of the media server's clock, where it can be one of ours.
fn believed(millis: i64, now: Time) -> Option<Time> {
    let age = now.as_millis().saturating_sub(millis);
    (millis > 0 && age < BELIEVED_MS).then(|| Time::from_millis(millis).min(now))
}

/// When an event happened that the media server stamps in whole seconds.
fn time_of(at_ms: i64, now: Time) -> Time {
    match believed(at_ms, now) {
        Some(at) if now.as_millis() - at.as_millis() > AT_ONCE_MS => Time::from_millis(at.as_millis() + 999),
        _ => now,
    }
}

/// Compares what is written with who is there, for events that never came.
pub(super) async fn compare(
    writing: &mut Writing,
    tenant: &Tenant,
    call: &Record,
    presence: Option<&Presence>,
) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let people = presence.map(|presence| presence.people.as_slice()).unwrap_or_default();
    for who in people.iter().filter(|who| !who.waits()) {
        match store::span(writing, &who.sid).await? {
            Some(span) if span.left_at.is_none() => {}
            Some(span) if span.reason == Some(Reason::Inferred) => {
                store::put_span(writing, &call.id, &Span { left_at: None, reason: None, ..span }).await?;
            }
            // He has just left, and the list is older than the event.
            Some(_) => {}
            None => {
                let until = now.plus_seconds(FIRST_LOOK_SECONDS);
                rooms::watch(writing, &call.media_room, &who.identity, until).await?;
                if let Some(member) = rooms::member(writing, &call.media_room, &who.identity).await? {
                    let span = begun(writing, tenant, call, (who, &member)).await?;
                    store::put_span(writing, &call.id, &span).await?;
                }
            }
        }
    }
    for span in store::spans_of(writing, &call.id).await? {
        if span.left_at.is_none() && !people.iter().any(|who| who.sid == span.sid) {
            let gone = Span { left_at: Some(now.max(span.joined_at)), reason: Some(Reason::Inferred), ..span };
            store::put_span(writing, &call.id, &gone).await?;
            winds_up(writing, tenant, &gone).await?;
        }
    }
    refresh(writing, tenant, &call.id).await.map(drop)
}

/// Deletes the media room of a call that has ended, unless the next call is in it already. Idempotent.
pub(crate) async fn end_media(tenant: &Tenant, media_room: &str) -> Result<(), CallError> {
    let Some(calls) = &tenant.calls else { return Ok(()) };
    let _turn = tenant.locks.lock(media_room).await;
    let mut reading = tenant.store.read().await?;
    let stands = rooms::load(&mut reading, media_room).await?.filter(|stands| stands.is_over);
    drop(reading);
    let Some(stands) = stands else { return Ok(()) };
    calls.forget_room(media_room);
    let closed = calls.noted(tenant.context.now(), calls.media.close(media_room).await);
    closed.map_err(super::ticket::unavailable)?;
    let mut writing = tenant.store.write().await?;
    if let Some(call) = store::by_session(&mut writing, &stands.sid).await? {
        let at = call.state.ended_at().unwrap_or_else(|| tenant.context.now());
        close_spans(&mut writing, tenant, &call.id, (at, Reason::RoomClosed)).await?;
        refresh(&mut writing, tenant, &call.id).await?;
    }
    writing.commit().await?;
    Ok(())
}

/// Whether the tenant's calls know this room: its name begins with their mark.
pub(super) fn is_ours(calls: &Calls, media_room: &str) -> bool {
    media_room.strip_prefix(calls.mark.as_str()).is_some_and(|rest| rest.starts_with('-'))
}
