//! Which events of a page a filter lets through. Pure.
//!
//! Source: client-server API v1.19 §Filtering: `not_*` wins over its opposite; `*` in a type stands for any characters.
//! `rel_types` and `not_rel_types` are those of MSC3874.

use ruma::{OwnedRoomId, OwnedUserId};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::rows::StoredEvent;

/// `RoomEventFilter`, as `/messages` and `/context` take it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EventFilter {
    pub limit: Option<u64>,
    types: Option<Vec<String>>,
    not_types: Vec<String>,
    senders: Option<Vec<OwnedUserId>>,
    not_senders: Vec<OwnedUserId>,
    rooms: Option<Vec<OwnedRoomId>>,
    not_rooms: Vec<OwnedRoomId>,
    contains_url: Option<bool>,
    pub lazy_load_members: bool,
    #[serde(alias = "org.matrix.msc3874.rel_types")]
    rel_types: Option<Vec<String>>,
    #[serde(alias = "org.matrix.msc3874.not_rel_types")]
    not_rel_types: Vec<String>,
}

/// The parts of an event that a filter looks at.
#[derive(Deserialize)]
struct Seen<'a> {
    #[serde(rename = "type")]
    kind: String,
    sender: OwnedUserId,
    #[serde(borrow)]
    content: &'a RawValue,
}

#[derive(Default, Deserialize)]
struct SeenContent {
    #[serde(default)]
    url: Option<serde::de::IgnoredAny>,
    #[serde(default, rename = "m.relates_to")]
    relates_to: Option<SeenRelation>,
}

#[derive(Deserialize)]
struct SeenRelation {
    #[serde(default)]
    rel_type: Option<String>,
}

impl EventFilter {
    /// Whether the filter wants anything of this room.
    pub fn wants_room(&self, room: &ruma::RoomId) -> bool {
        !self.not_rooms.iter().any(|other| other == room)
            && self.rooms.as_ref().is_none_or(|rooms| rooms.iter().any(|other| other == room))
    }

    /// Whether every event passes, so that nobody needs to look into them.
    pub fn wants_everything(&self) -> bool {
        self.types.is_none()
            && self.not_types.is_empty()
            && self.senders.is_none()
            && self.not_senders.is_empty()
            && self.contains_url.is_none()
            && self.rel_types.is_none()
            && self.not_rel_types.is_empty()
    }

    /// Whether the event passes.
    pub fn wants(&self, event: &StoredEvent) -> bool {
        if self.wants_everything() {
            return true;
        }
        let Ok(seen) = serde_json::from_slice::<Seen<'_>>(&event.json) else { return false };
        let by_type = !self.not_types.iter().any(|pattern| matches(pattern, &seen.kind))
            && self.types.as_ref().is_none_or(|types| types.iter().any(|pattern| matches(pattern, &seen.kind)));
        let by_sender = !self.not_senders.contains(&seen.sender)
            && self.senders.as_ref().is_none_or(|senders| senders.contains(&seen.sender));
        by_type && by_sender && self.wants_content(seen.content)
    }

    fn wants_content(&self, content: &RawValue) -> bool {
        if self.contains_url.is_none() && self.rel_types.is_none() && self.not_rel_types.is_empty() {
            return true;
        }
        let content: SeenContent = serde_json::from_str(content.get()).unwrap_or_default();
        let relation = content.relates_to.and_then(|relates_to| relates_to.rel_type);
        self.contains_url.is_none_or(|wanted| content.url.is_some() == wanted)
            && relation.as_ref().is_none_or(|kind| !self.not_rel_types.contains(kind))
            && self.rel_types.as_ref().is_none_or(|kinds| relation.as_ref().is_some_and(|kind| kinds.contains(kind)))
    }
}

/// `*` stands for any characters, also none.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{EventFilter, matches};

    #[test]
    fn a_star_stands_for_any_characters() {
        let cases = [
            ("m.room.*", "m.room.name", true),
            ("m.*.x", "m.y", false),
            ("*", "", true),
            ("a*a", "a", false),
            ("a", "a", true),
        ];
        for (pattern, text, fits) in cases {
            assert_eq!(matches(pattern, text), fits, "{pattern} and {text}");
        }
    }

    #[test]
    fn an_empty_filter_wants_everything_and_unknown_fields_are_passed_over() {
        let filter: EventFilter = serde_json::from_str(r#"{"limit":5,"x":{}}"#).expect("a filter");
        assert!(filter.wants_everything());
        assert_eq!(filter.limit, Some(5));
    }
}
