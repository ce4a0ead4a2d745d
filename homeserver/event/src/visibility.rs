//! Who may see an event: the room's history visibility when it was sent, and the reader's membership then and since.
//!
//! Source: client-server API v1.19 §Room history visibility, server behaviour.

use serde::{Deserialize, Serialize};

/// `m.room.history_visibility`, from the most to the least open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HistoryVisibility {
    WorldReadable,
    /// Also where the room says nothing, or something unknown.
    #[default]
    Shared,
    Invited,
    Joined,
}

impl HistoryVisibility {
    /// From the event's `history_visibility`.
    pub fn from_name(name: &str) -> Self {
        match name {
            "world_readable" => Self::WorldReadable,
            "invited" => Self::Invited,
            "joined" => Self::Joined,
            _ => Self::Shared,
        }
    }
}

/// A membership, as stored. No row means that the user never had anything to do with the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Membership {
    Join,
    Invite,
    Knock,
    #[default]
    Leave,
    Ban,
}

impl Membership {
    /// From the event's `membership`; `None` for an unknown one.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "join" => Self::Join,
            "invite" => Self::Invite,
            "knock" => Self::Knock,
            "leave" => Self::Leave,
            "ban" => Self::Ban,
            _ => return None,
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Invite => "invite",
            Self::Knock => "knock",
            Self::Leave => "leave",
            Self::Ban => "ban",
        }
    }
}

/// What decides whether one reader sees one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Visibility in the state before the event.
    pub before: HistoryVisibility,
    /// Visibility in the state after the event; differs only for the event that changes it.
    pub after: HistoryVisibility,
    /// The reader's membership in the state before the event.
    pub membership_before: Membership,
    /// The same after it; differs only for the reader's own membership events.
    pub membership_after: Membership,
    /// Whether the reader was joined at any time after the event. He may have left since: what was sent after that is not asked about here.
    pub joined_later: bool,
}

/// Whether the reader may see the event. Of an event that changes the visibility or his own membership the more open side counts.
pub fn may_see(sight: Sight) -> bool {
    let visibility = sight.before.min(sight.after);
    let was = |membership| sight.membership_before == membership || sight.membership_after == membership;
    match visibility {
        HistoryVisibility::WorldReadable => true,
        _ if was(Membership::Join) => true,
        HistoryVisibility::Shared => sight.joined_later,
        HistoryVisibility::Invited => was(Membership::Invite),
        HistoryVisibility::Joined => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{HistoryVisibility as V, Membership as M, Sight, may_see};

    fn sight(visibility: V, membership: M, joined_later: bool) -> Sight {
        Sight {
            before: visibility,
            after: visibility,
            membership_before: membership,
            membership_after: membership,
            joined_later,
        }
    }

    #[test]
    fn the_table_of_the_specification_holds() {
        for membership in [M::Join, M::Invite, M::Knock, M::Leave, M::Ban] {
            for later in [false, true] {
                assert!(may_see(sight(V::WorldReadable, membership, later)));
                assert_eq!(may_see(sight(V::Shared, membership, later)), later || membership == M::Join);
                assert_eq!(may_see(sight(V::Invited, membership, later)), matches!(membership, M::Join | M::Invite));
                assert_eq!(may_see(sight(V::Joined, membership, later)), membership == M::Join);
            }
        }
    }

    #[test]
    fn ones_own_join_and_leave_are_seen_and_an_opening_change_too() {
        let mut join = sight(V::Joined, M::Leave, false);
        join.membership_after = M::Join;
        assert!(may_see(join));
        let mut leave = sight(V::Joined, M::Join, false);
        leave.membership_after = M::Leave;
        assert!(may_see(leave));
        let mut opening = sight(V::Joined, M::Leave, false);
        opening.after = V::WorldReadable;
        assert!(may_see(opening));
    }
}
