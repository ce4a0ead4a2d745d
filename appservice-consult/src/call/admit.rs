//! Who may call now: a member of the Matrix room who takes part in what is open there.

use super::error::CallError;
use super::identity::Membership;
use super::rooms::Member;
use super::state::Side;
use crate::callback;
use crate::consultation::record;
use crate::conversation::{self, Conversation};
use crate::ids::{ConsultationId, RoomId, UserId};
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
    pub membership: Membership,
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
    let takes_part = open.as_ref().is_some_and(|open| match &operator {
        Some(operator) => open.state.phase.team().is_some_and(|team| team.has(&operator.id)),
        None => true,
    });
    if !takes_part && !is_called_back(session, tenant, &conversation, user).await? {
        return Ok(None);
    }
    let consultation = open.map(|open| open.id);
    Ok(Some(Place { conversation, room: room.into(), consultation, side }))
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
    if membership == consilium_appservice::Membership::Joined { Ok(place) } else { Err(CallError::NotAllowed) }
}

/// Whether an identity may be in a media room now: it was given a token, its user may call there, its device is still the account's.
///
/// Errors: the homeserver or the store does not say; then nobody is judged.
pub(super) async fn may_stay(tenant: &Tenant, room: &RoomId, member: Option<&Member>) -> Result<bool, CallError> {
    let Some(member) = member else { return Ok(false) };
    match admit(tenant, room.as_str(), &member.user).await {
        Ok(_) => Ok(tenant.keeper_acts().has_device(member.user.as_str(), &member.device).await?),
        Err(CallError::NotAllowed) => Ok(false),
        Err(error) => Err(error),
    }
}
