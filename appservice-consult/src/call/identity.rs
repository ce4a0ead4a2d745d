//! Names at the media server. Other clients compute the identity from the membership and find keys and tiles by it, so it is not ours to choose; the room's
//! name is ours, and is a keyed hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest, Sha256};

use crate::ids::{RoomId, UserId};
use crate::tenant::Tenant;
use crate::tenant_key::TenantKey;

/// The one slot of a room that is open for calls.
pub const SLOT: &str = "m.call#ROOM";

/// Hexadecimal digits of a tenant's mark, and of the hash behind it.
const MARK_DIGITS: usize = 8;
const HASH_DIGITS: usize = 32;

/// How a client says that it is in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Membership {
    /// By a state event (today's default).
    State,
    /// By a sticky event.
    Sticky {
        /// `member.id` of the event.
        member_id: String,
    },
}

impl Membership {
    /// The identity that MatrixRTC computes for this user's device.
    pub fn identity(&self, user: &UserId, device: &str) -> String {
        match self {
            Self::State => format!("{user}:{device}"),
            Self::Sticky { member_id } => {
                let parts = serde_json::to_string(&[user.as_str(), device, member_id]).expect("texts are JSON");
                STANDARD_NO_PAD.encode(Sha256::digest(parts))
            }
        }
    }
}

/// What all media rooms of a tenant begin with.
pub(super) fn mark(key: &TenantKey) -> String {
    let mut mark = hex::encode(key.index("media server", "tenant"));
    mark.truncate(MARK_DIGITS);
    mark
}

/// The media room of a Matrix room's slot: one for all forms of membership.
pub(super) fn media_room(key: &TenantKey, room: &RoomId) -> String {
    let mut hash = hex::encode(key.index("media room", &format!("{room} {SLOT}")));
    hash.truncate(HASH_DIGITS);
    format!("{}-{hash}", mark(key))
}

/// The media rooms in which staff meet among themselves: of them no books are kept.
pub(super) fn staff_media_rooms(tenant: &Tenant) -> Vec<String> {
    tenant.staff_rooms.iter().map(|room| media_room(&tenant.key, &room.as_str().into())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Membership, mark, media_room};
    use crate::tenant_key::TenantKey;

    #[test]
    fn identities_are_those_that_clients_compute() {
        let user = "@anna:hs.test".into();
        assert_eq!(Membership::State.identity(&user, "DEVICE"), "@anna:hs.test:DEVICE");
        // printf '["@anna:hs.test","DEVICE","m1"]' | sha256sum | xxd -r -p | base64
        let sticky = Membership::Sticky { member_id: "m1".into() };
        assert_eq!(sticky.identity(&user, "DEVICE"), "YZr1y8NqrPZCVra0aZVXRiQjgP1pRbn/umc3YfyGDT8");
    }

    #[test]
    fn a_media_room_names_no_matrix_room_and_is_another_for_each_tenant() {
        let (one, two) = (TenantKey::derive(&[7; 32], "a.test"), TenantKey::derive(&[7; 32], "b.test"));
        let room = "!r:a.test".into();
        assert_eq!(media_room(&one, &room), media_room(&one, &room));
        assert_ne!(media_room(&one, &room), media_room(&two, &room));
        assert_ne!(media_room(&one, &room), media_room(&one, &"!s:a.test".into()));
        assert!(media_room(&one, &room).starts_with(&mark(&one)) && !media_room(&one, &room).contains("a.test"));
    }
}
