//! What people do with a call: answer, decline, take back, hang up.

use super::admit::{Device, Place, admit, place, voice};
use super::error::CallError;
use super::identity;
use super::machine::{Command, Refusal, step};
use super::media::{Someone, Voice};
use super::record;
use super::rooms;
use super::state::{Phase, Side};
use super::store::{self, Record};
use super::ticket::{Ticket, available, join_in_turn, ticket_as, unavailable};
use crate::actor::Actor;
use crate::api::types::DeclineReason;
use crate::consultation;
use crate::ids::{CallId, UserId};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Answers a call; returns it with what the device needs to join.
///
/// Errors: `NotFound`, `NotAllowed`, `Observes`, `Refused`, `Unavailable`, `Homeserver`, `Store`.
pub async fn answer(
    tenant: &Tenant,
    id: &CallId,
    device: &Device,
    actor: &Actor,
) -> Result<(Record, Ticket), CallError> {
    let calls = available(tenant).await?;
    let (_, place) = admitted(tenant, id, &device.user).await?;
    if place.voice == Voice::Listens {
        return Err(CallError::Observes);
    }
    let media_room = identity::media_room(&tenant.key, &place.room);
    let _turn = tenant.locks.lock(&media_room).await;
    // The machine before the room: an answer that comes too late must not open one.
    let mut reading = tenant.store.read().await?;
    let before = store::load(&mut reading, id).await?.ok_or(CallError::NotFound)?;
    drop(reading);
    answered(tenant, &before, &place, device)?;
    let (ticket, _) = join_in_turn(tenant, &place.room, device, &media_room).await?;
    let told = calls.media.let_speak(&media_room, &ticket.identity, Voice::Speaks).await;
    let waited = calls.noted(tenant.context.now(), told).map_err(unavailable)?;
    let written = write_answer(tenant, id, (&place, device), waited.as_ref(), actor).await;
    if waited.is_some() && matches!(written, Err(CallError::Refused(_))) {
        // Too late: he was let in, and the call is over.
        let removed = calls.media.remove(&media_room, &ticket.identity).await;
        calls.noted(tenant.context.now(), removed).map_err(unavailable)?;
    }
    Ok((written?, ticket))
}

/// Writes the answer down; with it the device that is in the call from now on, because it waited for it.
async fn write_answer(
    tenant: &Tenant,
    id: &CallId,
    (place, device): (&Place, &Device),
    waited: Option<&Someone>,
    actor: &Actor,
) -> Result<Record, CallError> {
    let mut writing = tenant.store.write().await?;
    let before = store::load(&mut writing, id).await?.ok_or(CallError::NotFound)?;
    let after = answered(tenant, &before, place, device)?;
    let after = record::write(&mut writing, tenant, &before, after, actor).await?;
    if let Some(who) = waited {
        record::has_come(&mut writing, tenant, &after, who).await?;
    }
    writing.commit().await?;
    Ok(after)
}

/// What a device at which a call rings needs to make its way to the media server before anybody answers: it waits there unseen, sees and hears nothing, and
/// is in no record. [`answer`] lets it in.
///
/// Errors: as [`answer`].
pub async fn stand_by(tenant: &Tenant, id: &CallId, device: &Device) -> Result<(Record, Ticket), CallError> {
    available(tenant).await?;
    let (_, place) = admitted(tenant, id, &device.user).await?;
    if place.voice == Voice::Listens {
        return Err(CallError::Observes);
    }
    let media_room = identity::media_room(&tenant.key, &place.room);
    let _turn = tenant.locks.lock(&media_room).await;
    let mut reading = tenant.store.read().await?;
    let call = store::load(&mut reading, id).await?.ok_or(CallError::NotFound)?;
    drop(reading);
    answered(tenant, &call, &place, device)?;
    if !matches!(call.state.phase, Phase::Ringing { .. }) {
        return Err(CallError::Refused(Refusal::Answered));
    }
    let (ticket, _) = ticket_as(tenant, &place.room, device, &media_room, Voice::Waits).await?;
    Ok((call, ticket))
}

/// The call with the answer in it.
fn answered(tenant: &Tenant, before: &Record, place: &Place, device: &Device) -> Result<Record, CallError> {
    let by = (device.user.clone(), device.device.clone());
    // Whoever came by another client answered without pressing anything here.
    let again = before.answered_by.as_ref().is_none_or(|first| *first == by);
    let state = step(&before.state, Command::Answer { by: place.side, again }, tenant.context.now())?;
    Ok(Record { state, answered_by: before.answered_by.clone().or(Some(by)), ..before.clone() })
}

/// The call, and where this account may call: there.
async fn admitted(tenant: &Tenant, id: &CallId, user: &UserId) -> Result<(Record, Place), CallError> {
    let mut reading = tenant.store.read().await?;
    let call = store::load(&mut reading, id).await?.ok_or(CallError::NotFound)?;
    drop(reading);
    let place = admit(tenant, call.room.as_str(), user).await?;
    Ok((call, place))
}

/// What ends a call, or the caller's part in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Not now.
    Decline(DeclineReason),
    /// The caller gives up.
    Cancel,
    /// It is over.
    HangUp,
}

/// Does it, for an account at a device of it; without a device for all that he is in the call by.
///
/// Errors: `NotFound`, `NotAllowed`, `Refused`, `Store`.
pub async fn act(
    tenant: &Tenant,
    id: &CallId,
    (user, device): (&UserId, Option<&str>),
    act: Act,
    actor: &Actor,
) -> Result<Record, CallError> {
    let mut writing = tenant.store.write().await?;
    let before = store::load(&mut writing, id).await?.ok_or(CallError::NotFound)?;
    let by = part_of(&mut writing, tenant, &before, user).await?.ok_or(CallError::NotAllowed)?;
    let others_stay = do_others_stay(&mut writing, tenant, &before, by, (user, device)).await?;
    let only_watches = voice(&mut writing, tenant, before.room.as_str(), user).await? == Voice::Listens;
    let command = match act {
        // Who observes goes, and nothing else.
        _ if only_watches => Command::HangUp { by, others_stay: true },
        // One of several who could answer says no for himself alone.
        Act::Decline(_) if is_guest(&mut writing, tenant, &before, user).await? => {
            Command::HangUp { by, others_stay: true }
        }
        Act::Decline(_) => Command::Decline { by },
        Act::Cancel => Command::Cancel { by },
        Act::HangUp => Command::HangUp { by, others_stay },
    };
    let state = step(&before.state, command, tenant.context.now())?;
    let decline_reason = match act {
        Act::Decline(reason) if before.state.is_open() && !state.is_open() => Some(reason),
        _ => before.decline_reason,
    };
    let after = Record { state, decline_reason, ..before.clone() };
    let after = record::write(&mut writing, tenant, &before, after, actor).await?;
    writing.commit().await?;
    Ok(after)
}

/// The side that an account has in a call; `None`: it has no part in it.
async fn part_of(
    session: &mut Session,
    tenant: &Tenant,
    call: &Record,
    user: &UserId,
) -> Result<Option<Side>, StoreError> {
    if call.patient_user == *user {
        return Ok(Some(Side::Patient));
    }
    let was_there =
        call.caller == *user || store::spans_of(session, &call.id).await?.iter().any(|span| span.user == *user);
    if was_there {
        return Ok(Some(Side::Staff));
    }
    Ok(place(session, tenant, call.room.as_str(), user).await?.map(|place| place.side))
}

/// Whether an operator is in a call's consultation as a colleague of its lead.
async fn is_guest(session: &mut Session, tenant: &Tenant, call: &Record, user: &UserId) -> Result<bool, StoreError> {
    let (Some(member), Some(id)) = (tenant.staff.by_user(user), &call.consultation) else { return Ok(false) };
    let consultation = consultation::record::load(session, id).await?;
    let team = consultation.as_ref().and_then(|consultation| consultation.state.phase.team());
    Ok(team.is_some_and(|team| team.other(&member.id).is_some()))
}

/// Whether somebody of his side who speaks stays in the call when an account goes from this device: a colleague, or himself at another one.
async fn do_others_stay(
    session: &mut Session,
    tenant: &Tenant,
    call: &Record,
    side: Side,
    (user, device): (&UserId, Option<&str>),
) -> Result<bool, StoreError> {
    let spans = store::spans_of(session, &call.id).await?;
    for span in spans.iter().filter(|span| span.left_at.is_none() && span.side == side) {
        if span.user != *user {
            if voice(session, tenant, call.room.as_str(), &span.user).await? == Voice::Speaks {
                return Ok(true);
            }
            continue;
        }
        let member = rooms::member(session, &call.media_room, &span.identity).await?;
        if device.is_some_and(|device| member.is_some_and(|member| member.device != device)) {
            return Ok(true);
        }
    }
    Ok(false)
}
