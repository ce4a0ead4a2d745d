//! What a request becomes in the room as it stands: a draft, or nothing because it is so already.
//!
//! The rules of the room versions judge the draft afterwards; here stands what the Client-Server API says beyond them.

use consilium_event::{Draft, Membership, StateKey};
use consilium_store::View;
use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, OwnedEventId, OwnedUserId, UserId,
    events::{StateEventType, TimelineEventType},
    room::JoinRuleKind,
    state_res::events::RoomJoinRulesEvent,
};

use super::{base::Base, error::RoomError, now::RoomNow};

/// What a client wants of a room.
#[derive(Clone, Debug)]
pub enum Ask {
    /// An event that is not a membership: message, state or redaction.
    Event(Draft),
    Member(MemberAsk),
}

/// A membership that `by` wants for `target`.
#[derive(Clone, Debug)]
pub struct MemberAsk {
    pub by: OwnedUserId,
    pub target: OwnedUserId,
    pub change: MemberAct,
    /// The member event's content, without `membership`.
    pub content: CanonicalJsonObject,
    pub ts: ruma::MilliSecondsSinceUnixEpoch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberAct {
    /// `allowed_elsewhere`: a room of the join rule's `allow` list has the user as a member.
    Join {
        allowed_elsewhere: bool,
    },
    Invite,
    Knock,
    Leave,
    Kick,
    Ban,
    Unban,
    /// A new name or picture of a joined member.
    Profile,
}

impl MemberAct {
    fn membership(self) -> Membership {
        match self {
            Self::Join { .. } | Self::Profile => Membership::Join,
            Self::Invite => Membership::Invite,
            Self::Knock => Membership::Knock,
            Self::Leave | Self::Kick | Self::Unban => Membership::Leave,
            Self::Ban => Membership::Ban,
        }
    }
}

pub enum Decision {
    Append(Draft),
    /// This event says it already.
    Already(OwnedEventId),
}

/// Turns `ask` into what is appended.
pub async fn decide(base: &Base, view: &dyn View, room: &mut RoomNow, ask: Ask) -> Result<Decision, RoomError> {
    match ask {
        Ask::Event(draft) => event(base, view, room, draft).await,
        Ask::Member(ask) => member(base, view, room, ask).await,
    }
}

/// Setting state to what the same sender set it to is done already.
async fn event(base: &Base, view: &dyn View, room: &mut RoomNow, mut draft: Draft) -> Result<Decision, RoomError> {
    if draft.redacts.is_some() {
        // Power decides who may redact what; read here so that gathering finds it.
        room.read_state(base, view, &StateKey::single(StateEventType::RoomPowerLevels)).await?;
        room.read_state(base, view, &StateKey::single(StateEventType::RoomCreate)).await?;
    }
    let Some(state_key) = &draft.state_key else { return Ok(Decision::Append(draft)) };
    if draft.kind == TimelineEventType::RoomCreate {
        return Err(RoomError::denied("A room is created once."));
    }
    if draft.kind == TimelineEventType::RoomMember {
        // Who vouches for a join into a restricted room is for the server to say.
        draft.content.remove(VOUCHER);
    }
    let key = StateKey::new(draft.kind.to_string().into(), state_key);
    room.read_state(base, view, &key).await?;
    Ok(already(room, &key, &draft).map_or(Decision::Append(draft), Decision::Already))
}

fn already(room: &RoomNow, key: &StateKey, draft: &Draft) -> Option<OwnedEventId> {
    let pdu = &room.state(key)?.pdu;
    let same = pdu.sender == draft.sender && pdu.content_as::<CanonicalJsonObject>()? == draft.content;
    same.then(|| pdu.event_id.clone())
}

const VOUCHER: &str = "join_authorised_via_users_server";

async fn member(base: &Base, view: &dyn View, room: &mut RoomNow, ask: MemberAsk) -> Result<Decision, RoomError> {
    let key = StateKey::member(&ask.target);
    room.read_state(base, view, &key).await?;
    let current = match base.ids.user(view, &ask.target).await? {
        Some(user) if room.knows(user) => Some(room.membership(user)),
        _ => None,
    };
    allowed_from(current, ask.change)?;
    let mut content = ask.content;
    content.remove(VOUCHER);
    let needs_voucher = matches!(ask.change, MemberAct::Join { allowed_elsewhere: true })
        && !matches!(current, Some(Membership::Join | Membership::Invite));
    if needs_voucher && let Some(voucher) = voucher(base, view, room).await? {
        content.insert(VOUCHER.into(), CanonicalJsonValue::String(voucher.into()));
    }
    let membership = ask.change.membership().name().to_owned();
    content.insert("membership".into(), CanonicalJsonValue::String(membership));
    let draft = Draft {
        sender: ask.by,
        kind: TimelineEventType::RoomMember,
        state_key: Some(ask.target.into()),
        content,
        redacts: None,
        sticky: None,
        origin_server_ts: ask.ts,
    };
    let joined_already = matches!(ask.change, MemberAct::Join { .. }) && current == Some(Membership::Join);
    if joined_already && let Some(event) = room.state(&key) {
        return Ok(Decision::Already(event.pdu.event_id.clone()));
    }
    Ok(already(room, &key, &draft).map_or(Decision::Append(draft), Decision::Already))
}

/// What the Client-Server API asks of the target's present membership, beyond the rules of the room.
fn allowed_from(current: Option<Membership>, change: MemberAct) -> Result<(), RoomError> {
    use Membership as M;
    match (change, current) {
        (MemberAct::Kick, None | Some(M::Leave | M::Ban)) => Err(RoomError::denied("The user is not in the room.")),
        (MemberAct::Unban, current) if current != Some(M::Ban) => Err(RoomError::BadState("The user is not banned.")),
        (MemberAct::Leave, None) => Err(RoomError::NotInRoom),
        (MemberAct::Invite, Some(M::Join)) => Err(RoomError::denied("The user is in the room already.")),
        (MemberAct::Profile, current) if current != Some(M::Join) => Err(RoomError::NotInRoom),
        _ => Ok(()),
    }
}

/// A member of this server who may invite: he vouches for a join that another room's membership allows.
async fn voucher(base: &Base, view: &dyn View, room: &mut RoomNow) -> Result<Option<OwnedUserId>, RoomError> {
    for kind in [StateEventType::RoomJoinRules, StateEventType::RoomPowerLevels, StateEventType::RoomCreate] {
        room.read_state(base, view, &StateKey::single(kind)).await?;
    }
    let rule = room
        .single(StateEventType::RoomJoinRules)
        .and_then(|event| RoomJoinRulesEvent::new(&*event.pdu).join_rule().ok());
    if !matches!(rule, Some(JoinRuleKind::Restricted | JoinRuleKind::KnockRestricted)) {
        return Ok(None);
    }
    let power = room.power();
    let joined: Vec<_> = room.joined().collect();
    for user in joined {
        let user_id = base.ids.user_id(view, user).await?;
        if user_id.server_name() == base.server_name && power.for_user(&user_id) >= power.invite {
            room.read_state(base, view, &StateKey::member(&user_id)).await?;
            return Ok(Some(user_id));
        }
    }
    Ok(None)
}

/// The membership that a member event's content names.
pub fn membership_of(content: &CanonicalJsonObject) -> Option<Membership> {
    Membership::from_name(content.get("membership")?.as_str()?)
}

/// A draft of an ordinary event.
pub fn draft(
    sender: &UserId,
    kind: TimelineEventType,
    state_key: Option<String>,
    content: CanonicalJsonObject,
    origin_server_ts: ruma::MilliSecondsSinceUnixEpoch,
) -> Draft {
    Draft { sender: sender.to_owned(), kind, state_key, content, redacts: None, sticky: None, origin_server_ts }
}

#[cfg(test)]
mod tests {
    use super::{MemberAct, Membership, allowed_from};

    #[test]
    fn kick_needs_a_member_and_unban_a_banned_one() {
        for gone in [None, Some(Membership::Leave), Some(Membership::Ban)] {
            assert!(allowed_from(gone, MemberAct::Kick).is_err());
        }
        assert!(allowed_from(Some(Membership::Invite), MemberAct::Kick).is_ok());
        assert!(allowed_from(Some(Membership::Ban), MemberAct::Unban).is_ok());
        assert!(allowed_from(Some(Membership::Leave), MemberAct::Unban).is_err());
        assert!(allowed_from(Some(Membership::Join), MemberAct::Invite).is_err());
    }
}
