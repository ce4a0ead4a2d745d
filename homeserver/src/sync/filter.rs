//! What a filter lets through. Pure.
//!
//! Source: client-server API v1.19 §Filtering: `not_*` wins over its opposite; `*` in a type stands for any characters.

use ruma::{
    RoomId, UserId,
    api::client::filter::{Filter, RoomEventFilter, RoomFilter, UrlFilter},
};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Events of a timeline when the filter names no limit, and the most that it may name.
pub const TIMELINE_LIMIT: usize = 20;
pub const TIMELINE_LIMIT_MAX: usize = 500;

/// The parts of an event that a filter looks at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub kind: &'a str,
    pub sender: &'a UserId,
    pub content: &'a RawValue,
}

pub fn wants_event(filter: &RoomEventFilter, event: Seen<'_>) -> bool {
    wants_type(filter.types.as_deref(), &filter.not_types, event.kind)
        && wants_sender(filter.senders.as_deref(), &filter.not_senders, event.sender)
        && filter.url_filter.is_none_or(|wanted| has_url(event.content) == (wanted == UrlFilter::EventsWithUrl))
}

/// Whether the filter lets every event of a room through, so that nobody needs to look at them.
pub fn wants_everything(filter: &RoomEventFilter) -> bool {
    filter.types.is_none()
        && filter.not_types.is_empty()
        && filter.senders.is_none()
        && filter.not_senders.is_empty()
        && filter.url_filter.is_none()
}

/// Whether a room's section is wanted at all: by the filter of all rooms and by that of the section.
pub fn wants_room(rooms: &RoomFilter, section: &RoomEventFilter, room: &RoomId) -> bool {
    is_wanted_room(rooms.rooms.as_deref(), &rooms.not_rooms, room)
        && is_wanted_room(section.rooms.as_deref(), &section.not_rooms, room)
}

/// Whether a room is wanted by the filter of all rooms.
pub fn is_room_wanted(rooms: &RoomFilter, room: &RoomId) -> bool {
    is_wanted_room(rooms.rooms.as_deref(), &rooms.not_rooms, room)
}

/// Account data has a type and belongs to the user: only the type is looked at.
pub fn wants_account_data(filter: &Filter, kind: &str) -> bool {
    wants_type(filter.types.as_deref(), &filter.not_types, kind)
}

pub fn wants_type(types: Option<&[String]>, not_types: &[String], kind: &str) -> bool {
    !not_types.iter().any(|pattern| matches_pattern(pattern, kind))
        && types.is_none_or(|types| types.iter().any(|pattern| matches_pattern(pattern, kind)))
}

fn wants_sender(senders: Option<&[ruma::OwnedUserId]>, not_senders: &[ruma::OwnedUserId], sender: &UserId) -> bool {
    !not_senders.iter().any(|other| other == sender)
        && senders.is_none_or(|senders| senders.iter().any(|other| other == sender))
}

fn is_wanted_room(rooms: Option<&[ruma::OwnedRoomId]>, not_rooms: &[ruma::OwnedRoomId], room: &RoomId) -> bool {
    !not_rooms.iter().any(|other| other == room) && rooms.is_none_or(|rooms| rooms.iter().any(|other| other == room))
}

/// `*` stands for any characters, also none. Linear in the text for each star.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    let mut rest = rest;
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn has_url(content: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Content {
        url: Option<serde::de::IgnoredAny>,
    }
    serde_json::from_str::<Content>(content.get()).is_ok_and(|content| content.url.is_some())
}

/// Events of one timeline by `filter`.
pub fn timeline_limit(filter: &RoomEventFilter) -> usize {
    let asked = filter.limit.and_then(|limit| usize::try_from(u64::from(limit)).ok());
    asked.unwrap_or(TIMELINE_LIMIT).min(TIMELINE_LIMIT_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, fits) in [
            ("m.room.message", "m.room.message", true),
            ("m.room.message", "m.room.messages", false),
            ("m.room.*", "m.room.name", true),
            ("m.room.*", "m.rooms", false),
            ("*", "", true),
            ("*.message", "m.room.message", true),
            ("m.*.*sage", "m.room.message", true),
            ("m.*x*", "m.room.message", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches_pattern(pattern, text), fits, "{pattern} and {text}");
        }
    }

    #[test]
    fn what_is_excluded_wins() {
        let types = vec!["m.room.*".to_owned()];
        let not_types = vec!["m.room.name".to_owned()];
        assert!(wants_type(Some(&types), &not_types, "m.room.topic"));
        assert!(!wants_type(Some(&types), &not_types, "m.room.name"));
        assert!(!wants_type(Some(&[]), &[], "m.room.name"));
    }
}
