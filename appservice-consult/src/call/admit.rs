//! Who may call now: a member of the Matrix room who takes part in what is open there, and staff in rooms of their own.

use consilium_appservice::{ClientError, Membership};

use super::error::CallError;
use super::identity;
use super::media::Voice;
use super::open::Open;
use super::rooms::Member;
use super::state::Side;
use crate::callback;
use crate::config::SENDER;
use crate::consultation::record;
use crate::conversation::{self, Conversation};
use crate::ids::{ConsultationId, OperatorId, RoomId, UserId};
use crate::operator;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// A device that wants to join, already known to be the account's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The account.
    pub user: UserId,
    /// The device.
    pub device: String,
    /// How it says that it is in the call.
    pub membership: identity::Membership,
}

/// Where somebody may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The conversation.
    pub conversation: Conversation,
    /// Its room.
    pub room: RoomId,
    /// The open consultation; none for a call-back without one.
    pub consultation: Option<ConsultationId>,
    /// Which side he is on.
    pub side: Side,
    /// Whether he speaks there. Who observes the open consultation does not, whatever else he has in his hands.
    pub voice: Voice,
}

/// Where `user` may call by the service's own books: the conversation's patient while a consultation is open there or somebody calls him back, the operators
/// who take part in the one, and the one who does the other.
pub async fn place(
    session: &mut Session,
    tenant: &Tenant,
    room: &str,
    user: &UserId,
) -> Result<Option<Place>, StoreError> {
    let Some(conversation) = conversation::by_room(session, room).await? else { return Ok(None) };
    let operator = tenant.staff.by_user(user);
    let side = match &operator {
        Some(_) => Side::Staff,
        None if conversation.patient_user == *user => Side::Patient,
        None => return Ok(None),
    };
    let open = record::load_open(session, &conversation.id).await?;
    let team = open.as_ref().and_then(|open| open.state.phase.team());
    let takes_part = takes_part(open.as_ref(), operator.as_deref());
    let observes = operator.as_ref().is_some_and(|operator| team.is_some_and(|team| team.observes(&operator.id)));
    if !takes_part && !is_called_back(session, tenant, &conversation, user).await? {
        return Ok(None);
    }
    let consultation = open.map(|open| open.id);
    let voice = if observes { Voice::Listens } else { Voice::Speaks };
    Ok(Some(Place { conversation, room: room.into(), consultation, side, voice }))
}

/// Whether an open consultation lets an operator, or its patient, call.
fn takes_part(open: Option<&record::Record>, operator: Option<&operator::Member>) -> bool {
    open.is_some_and(|open| {
        operator.is_none_or(|member| open.state.phase.team().is_some_and(|team| team.has(&member.id)))
    })
}

/// Whether `user` may be in a call that is open, by the service's own books: as [`place`] says of a new one.
pub(super) fn belongs(tenant: &Tenant, open: &Open, user: &UserId) -> bool {
    let member = tenant.staff.by_user(user);
    if member.is_none() && open.call.patient_user != *user {
        return false;
    }
    let is_caller_back = |holder: &OperatorId| member.as_ref().is_none_or(|member| member.id == *holder);
    takes_part(open.consultation.as_ref(), member.as_deref()) || open.holder.as_ref().is_some_and(is_caller_back)
}

/// Whether a call-back that an operator has in his hands lets `user` call here: that operator, and the patient.
async fn is_called_back(
    session: &mut Session,
    tenant: &Tenant,
    conversation: &Conversation,
    user: &UserId,
) -> Result<bool, StoreError> {
    let Some(holder) = callback::holder_in(session, &conversation.id).await? else { return Ok(false) };
    Ok(match tenant.staff.by_user(user) {
        Some(operator) => operator.id == holder,
        None => conversation.patient_user == *user,
    })
}

/// Where `user` may call, asked of the homeserver too: he is in the room.
///
/// Errors: `NotAllowed`, `Homeserver`, `Store`.
pub async fn admit(tenant: &Tenant, room: &str, user: &UserId) -> Result<Place, CallError> {
    let mut reading = tenant.store.read().await?;
    let place = place(&mut reading, tenant, room, user).await?.ok_or(CallError::NotAllowed)?;
    drop(reading);
    let membership = tenant.keeper_acts().membership(room, user.as_str()).await?;
    if membership == Membership::Joined { Ok(place) } else { Err(CallError::NotAllowed) }
}

/// Where `user` may call now, and whether he speaks there: by a conversation, or as a member of staff in a room of theirs, where everybody speaks.
///
/// Errors: as [`admit`].
pub async fn may_call(tenant: &Tenant, room: &str, user: &UserId) -> Result<(RoomId, Voice), CallError> {
    if !tenant.staff_rooms.iter().any(|known| known == room) {
        return admit(tenant, room, user).await.map(|place| (place.room, place.voice));
    }
    if tenant.staff.by_user(user).is_some() && is_in_staff_room(tenant, room, user).await? {
        Ok((room.into(), Voice::Speaks))
    } else {
        Err(CallError::NotAllowed)
    }
}

/// Whether the homeserver says so to the service's user, who comes in at the first question where staff invited him.
async fn is_in_staff_room(tenant: &Tenant, room: &str, user: &UserId) -> Result<bool, CallError> {
    let user_of_service = format!("@{SENDER}:{}", tenant.server_name);
    let service = tenant.homeserver.acting(&user_of_service);
    if service.membership(room, &user_of_service).await? != Membership::Joined {
        match service.join(room).await {
            Err(error @ ClientError::Refused { status: 403 | 404, .. }) => {
                tracing::warn!(%error, room, "the service was not invited into a staff room: nobody can call there");
                return Ok(false);
            }
            joined => joined?,
        }
    }
    Ok(service.membership(room, user.as_str()).await? == Membership::Joined)
}

/// Whether somebody who may call in a room speaks there, by the service's own books. Patients do, and in rooms of staff everybody.
pub(super) async fn voice(
    session: &mut Session,
    tenant: &Tenant,
    room: &str,
    user: &UserId,
) -> Result<Voice, StoreError> {
    if tenant.staff.by_user(user).is_none() {
        return Ok(Voice::Speaks);
    }
    Ok(place(session, tenant, room, user).await?.map_or(Voice::Speaks, |place| place.voice))
}

/// Whether an identity may be in a media room now, and speak: it was given a token, its user may call there, its device is still the account's, which is not
/// locked.
///
/// Errors: the homeserver or the store does not say; then nobody is judged.
pub(super) async fn may_stay(
    tenant: &Tenant,
    room: &RoomId,
    member: Option<&Member>,
) -> Result<Option<Voice>, CallError> {
    let Some(member) = member else { return Ok(None) };
    match may_call(tenant, room.as_str(), &member.user).await {
        Ok((_, voice)) if is_signed_in(tenant, &member.user, &member.device).await? => Ok(Some(voice)),
        Ok(_) | Err(CallError::NotAllowed) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a device is the account's, and the account is not locked.
pub(super) async fn is_signed_in(tenant: &Tenant, user: &UserId, device: &str) -> Result<bool, CallError> {
    let has_device = tenant.keeper_acts().has_device(user.as_str(), device).await?;
    Ok(has_device && !tenant.homeserver.is_locked(user.as_str()).await?)
}
