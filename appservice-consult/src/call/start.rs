//! Calling somebody: the room, the token and the ring.

use super::admit::{Device, Place, admit};
use super::error::CallError;
use super::identity;
use super::media::Voice;
use super::record::{self, audit};
use super::rooms;
use super::state::{Outcome, Phase, Side, State};
use super::store::{self, Record};
use super::ticket::{Calls, Ticket, available, join_in_turn};
use crate::actor::Actor;
use crate::api::types::{CallKind, CallState};
use crate::change::{self, Kind};
use crate::consultation::{self, Team};
use crate::conversation::{self, Conversation};
use crate::ids::{CallId, ConsultationId, ConversationId, UserId};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// A call that was asked for.
#[derive(Debug, Clone)]
pub struct Started {
    /// The call.
    pub call: Record,
    /// What the caller's device needs; none: the other side is in another call.
    pub ticket: Option<Ticket>,
    /// Whether it began now; else it was there already and the caller joins it.
    pub is_new: bool,
}

/// Calls the other side of a consultation, or joins the call that is open there.
///
/// Errors: `NotFound`, `NotAllowed`, `Observes`, `InAnotherCall`, `Unavailable`, `Homeserver`, `Store`.
pub async fn start(
    tenant: &Tenant,
    id: &ConsultationId,
    kind: CallKind,
    device: &Device,
    actor: &Actor,
) -> Result<Started, CallError> {
    let calls = available(tenant).await?;
    let mut reading = tenant.store.read().await?;
    let consultation = consultation::record::load(&mut reading, id).await?.ok_or(CallError::NotFound)?;
    let conversation = conversation::load(&mut reading, &consultation.conversation).await?;
    drop(reading);
    let room = conversation.and_then(|conversation| conversation.room).ok_or(CallError::NotFound)?;
    let place = admit(tenant, room.as_str(), &device.user).await?;
    if place.consultation.as_ref() != Some(id) {
        return Err(CallError::NotAllowed);
    }
    ring(tenant, calls, &place, kind, device, actor).await
}

/// Calls the patient of a conversation back, or joins the call that is open there.
///
/// Errors: as [`start`].
pub async fn start_back(
    tenant: &Tenant,
    id: &ConversationId,
    kind: CallKind,
    device: &Device,
    actor: &Actor,
) -> Result<Started, CallError> {
    let calls = available(tenant).await?;
    let mut reading = tenant.store.read().await?;
    let conversation = conversation::load(&mut reading, id).await?;
    drop(reading);
    let room = conversation.and_then(|conversation| conversation.room).ok_or(CallError::NotFound)?;
    let place = admit(tenant, room.as_str(), &device.user).await?;
    ring(tenant, calls, &place, kind, device, actor).await
}

/// Makes it ring where the caller may call.
async fn ring(
    tenant: &Tenant,
    calls: &Calls,
    place: &Place,
    kind: CallKind,
    device: &Device,
    actor: &Actor,
) -> Result<Started, CallError> {
    conversation::open_call_slot(tenant, &place.conversation.id, &place.room).await?;
    let media_room = identity::media_room(&tenant.key, &place.room);
    let _turn = tenant.locks.lock(&media_room).await;
    if let Some(call) = there_already(tenant, &media_room, device).await? {
        let (ticket, _) = join_in_turn(tenant, &place.room, device, &media_room).await?;
        return Ok(Started { call, ticket: Some(ticket), is_new: false });
    }
    if place.voice == Voice::Listens {
        return Err(CallError::Observes);
    }
    let call = new_call(tenant, calls.ring_seconds, place, kind, device, media_room);
    if is_busy(tenant, &place.conversation).await? {
        return engaged(tenant, call, actor).await;
    }
    let (ticket, sid) = join_in_turn(tenant, &place.room, device, &call.media_room).await?;
    let mut writing = tenant.store.write().await?;
    write_new(&mut writing, tenant, &call, actor).await?;
    rooms::put_session(&mut writing, &sid, &call.id, call.started_at).await?;
    writing.commit().await?;
    Ok(Started { call, ticket: Some(ticket), is_new: true })
}

/// The call that is open in this media room. One elsewhere that the caller is in stands in his way.
async fn there_already(tenant: &Tenant, media_room: &str, device: &Device) -> Result<Option<Record>, CallError> {
    let mut reading = tenant.store.read().await?;
    if let Some(elsewhere) =
        store::open_of(&mut reading, &device.user).await?.filter(|call| call.media_room != media_room)
    {
        return Err(CallError::InAnotherCall(elsewhere.id));
    }
    Ok(store::open_in(&mut reading, media_room).await?)
}

async fn is_busy(tenant: &Tenant, conversation: &Conversation) -> Result<bool, CallError> {
    let mut reading = tenant.store.read().await?;
    Ok(store::open_of(&mut reading, &conversation.patient_user).await?.is_some())
}

fn new_call(
    tenant: &Tenant,
    ring_seconds: i64,
    place: &Place,
    kind: CallKind,
    device: &Device,
    media_room: String,
) -> Record {
    let now = tenant.context.now();
    let until = now.plus_seconds(ring_seconds);
    Record {
        id: CallId::from(tenant.context.new_id()),
        version: 1,
        media_room,
        room: place.room.clone(),
        conversation: place.conversation.id.clone(),
        consultation: place.consultation.clone(),
        patient: place.conversation.patient.clone(),
        patient_user: place.conversation.patient_user.clone(),
        caller: device.user.clone(),
        is_adopted: false,
        kind,
        state: State { caller: place.side, phase: Phase::Ringing { until } },
        started_at: now,
        ring_until: until,
        answered_by: None,
        decline_reason: None,
        billable_ms: 0,
    }
}

/// The other side is in another call: this one is over before it rings, and stands in the list.
async fn engaged(tenant: &Tenant, call: Record, actor: &Actor) -> Result<Started, CallError> {
    let ended = Phase::Ended { at: call.started_at, outcome: Outcome::Busy, answered_at: None };
    let call = Record { state: State { phase: ended, ..call.state }, ..call };
    let mut writing = tenant.store.write().await?;
    write_new(&mut writing, tenant, &call, actor).await?;
    record::say(&mut writing, tenant, &call).await?;
    writing.commit().await?;
    Ok(Started { call, ticket: None, is_new: true })
}

/// Writes a new call and tells the streams: that is the ring.
pub(super) async fn write_new(
    writing: &mut Writing,
    tenant: &Tenant,
    call: &Record,
    actor: &Actor,
) -> Result<(), CallError> {
    store::insert(writing, call).await?;
    audit(writing, tenant, call, "call.started", actor).await?;
    let audience = Some(call.patient_user.as_str());
    change::append(writing, tenant.context.now(), Kind::Call, call.id.as_str(), audience).await?;
    webhook::enqueue(writing, tenant, webhook::of_call(None, call, tenant.context.now())).await?;
    Ok(())
}

/// The accounts at which a call rings: the patient, or all who take part in the consultation; nobody once it is answered or over.
pub async fn rings_at(session: &mut Session, tenant: &Tenant, call: &Record) -> Result<Vec<UserId>, StoreError> {
    if call.state.name() != CallState::Ringing {
        return Ok(Vec::new());
    }
    if call.state.caller == Side::Staff {
        return Ok(vec![call.patient_user.clone()]);
    }
    let Some(id) = &call.consultation else { return Ok(Vec::new()) };
    let consultation = consultation::record::load(session, id).await?;
    let team = consultation.as_ref().and_then(|consultation| consultation.state.phase.team());
    let members = team.into_iter().flat_map(Team::members);
    Ok(members.filter_map(|member| tenant.staff.by_id(&member.operator)).map(|member| member.user_id.clone()).collect())
}

/// The side of an account in a conversation.
pub(super) fn side_of(conversation: &Conversation, user: &UserId) -> Side {
    if conversation.patient_user == *user { Side::Patient } else { Side::Staff }
}
