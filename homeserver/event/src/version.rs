//! Which room versions can be created here, and their rules.

use ruma::{RoomVersionId, room_version_rules::RoomVersionRules};

/// Versions that `createRoom` accepts. Older ones have known weaknesses and no reason to be made anew.
pub const CREATABLE: [RoomVersionId; 3] = [RoomVersionId::V10, RoomVersionId::V11, RoomVersionId::V12];

/// A room version with its rules.
#[derive(Clone, Debug)]
pub struct RoomRules {
    pub version: RoomVersionId,
    pub rules: RoomVersionRules,
}

impl RoomRules {
    /// The rules of `version`; `None` when this server does not know it.
    pub fn of(version: &RoomVersionId) -> Option<Self> {
        version.rules().map(|rules| Self { version: version.clone(), rules })
    }

    /// The rules of `version`; `None` unless rooms of it may be created here.
    pub fn creatable(version: &RoomVersionId) -> Option<Self> {
        CREATABLE.contains(version).then(|| Self::of(version)).flatten()
    }

    /// Whether the room id is the hash of the create event (since version 12).
    pub fn room_id_is_create_hash(&self) -> bool {
        self.rules.authorization.room_create_event_id_as_room_id
    }

    /// Whether creators stand above all power levels (since version 12).
    pub fn creators_are_privileged(&self) -> bool {
        self.rules.authorization.explicitly_privilege_room_creators
    }

    /// Whether a redaction names its target in `content.redacts` (since version 11), not at the top level.
    pub fn redacts_in_content(&self) -> bool {
        self.rules.redaction.content_field_redacts
    }
}
