//! May this event happen here? The specification's authorization rules (by `ruma`), and one rule of our own.

use std::sync::Arc;

use ruma::{
    CanonicalJsonObject, OwnedEventId, UserId,
    events::{StateEventType, TimelineEventType},
    state_res::{auth_types_for_event, check_state_dependent_auth_rules, check_state_independent_auth_rules},
};
use serde_json::value::RawValue;

use crate::{build::Draft, pdu::Pdu, version::RoomRules};

/// The key of an entry of room state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateKey {
    pub kind: StateEventType,
    pub key: String,
}

impl StateKey {
    pub fn new(kind: StateEventType, key: impl Into<String>) -> Self {
        Self { kind, key: key.into() }
    }

    /// The membership of a user.
    pub fn member(user: &UserId) -> Self {
        Self::new(StateEventType::RoomMember, user.as_str())
    }

    /// A kind of state that has one entry.
    pub fn single(kind: StateEventType) -> Self {
        Self::new(kind, "")
    }
}

/// Why an event was refused: the rule in words, without content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Denied(pub String);

/// The entries of room state that decide about the draft; the create event among them in every version.
///
/// Errors: a membership event without a readable `membership`.
pub fn deciding_keys(draft: &Draft, rules: &RoomRules) -> Result<Vec<StateKey>, Denied> {
    let mut keys = auth_keys(draft, rules)?;
    let create = StateKey::single(StateEventType::RoomCreate);
    if draft.kind != TimelineEventType::RoomCreate && !keys.contains(&create) {
        keys.push(create);
    }
    Ok(keys)
}

/// The entries of room state that become `auth_events` of the draft.
///
/// Source: server-server API v1.19 §Auth events selection.
pub fn auth_keys(draft: &Draft, rules: &RoomRules) -> Result<Vec<StateKey>, Denied> {
    let content = auth_content(&draft.kind, &draft.content)?;
    let keys = auth_types_for_event(
        &draft.kind,
        &draft.sender,
        draft.state_key.as_deref(),
        &content,
        &rules.rules.authorization,
    );
    Ok(keys.map_err(Denied)?.into_iter().map(|(kind, key)| StateKey { kind, key }).collect())
}

/// Only the content of memberships decides about auth events; a large message is not written twice for it.
fn auth_content(kind: &TimelineEventType, content: &CanonicalJsonObject) -> Result<Box<RawValue>, Denied> {
    let empty = CanonicalJsonObject::new();
    let read = if *kind == TimelineEventType::RoomMember { content } else { &empty };
    serde_json::value::to_raw_value(read).map_err(|error| Denied(error.to_string()))
}

/// Checks an event against its own auth events and against the state before it.
///
/// `state` gives the state before the event, `auth_event` any event of the room by id.
pub fn authorize(
    rules: &RoomRules,
    event: &Pdu,
    state: impl Fn(&StateEventType, &str) -> Option<Arc<Pdu>>,
    auth_event: impl Fn(&OwnedEventId) -> Option<Arc<Pdu>>,
) -> Result<(), Denied> {
    let rules = &rules.rules.authorization;
    check_state_independent_auth_rules(rules, event, |id| auth_event(&id.to_owned())).map_err(Denied)?;
    check_state_dependent_auth_rules(rules, event, state).map_err(Denied)?;
    call_membership_names_its_sender(&event.kind, event.state_key.as_deref(), &event.sender)
}

/// Types of state that says which calls a device takes part in.
const CALL_MEMBERS: [&str; 2] = ["m.call.member", "org.matrix.msc3401.call.member"];

/// Ours: a call membership speaks for its sender only. Its key is the user id, or that id between `_` and a device part.
///
/// The specification guards keys that begin with `@`; those of devices begin with `_` (MSC4143) and would let anybody hang
/// up, or appear, for somebody else.
pub fn call_membership_names_its_sender(
    kind: &TimelineEventType,
    state_key: Option<&str>,
    sender: &UserId,
) -> Result<(), Denied> {
    let Some(state_key) = state_key else { return Ok(()) };
    if !CALL_MEMBERS.contains(&kind.to_string().as_str()) {
        return Ok(());
    }
    let own = state_key.strip_prefix('_').unwrap_or(state_key).strip_prefix(sender.as_str());
    match own {
        Some(rest) if rest.is_empty() || rest.starts_with('_') => Ok(()),
        _ => Err(Denied("the state key of a call membership must name its sender".into())),
    }
}
