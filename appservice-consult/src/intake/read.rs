//! What a transaction says, as facts. Pure.

use consilium_keeper::{Decrypted, KeeperEvent, Received, Waiting};
use serde_json::Value;

use crate::conversation::CONSULTATION_STATE;
use crate::ids::{ConsultationId, EventId, UserId};
use crate::outbox::since;
use crate::time::Time;

/// A message, read or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Event id.
    pub event_id: EventId,
    /// In which room.
    pub room: String,
    /// By whom.
    pub sender: UserId,
    /// When, as the homeserver stamped it.
    pub sent_at: Time,
    /// Its content; `None` while its key is missing.
    pub content: Option<Value>,
    /// How far the sending device was proven; `None` where nothing was encrypted.
    pub trust: Option<String>,
    /// The sending device, where the key names it.
    pub device: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Somebody wrote.
    Message(Said),
    /// A message that could not be read can be now.
    Late(Said),
    /// Somebody put a sign under a message.
    Reacted(Said),
    /// A message, or a sign, was taken back.
    Redacted {
        /// In which room.
        room: String,
        /// Which.
        event_id: EventId,
    },
    /// Somebody is asked into a room.
    Invited {
        /// Which.
        room: String,
        /// Who.
        user: UserId,
        /// By whom.
        by: UserId,
    },
    /// What is said in a room is encrypted from now on.
    Encrypted {
        /// Which.
        room: String,
    },
    /// Somebody came into a room.
    Joined {
        /// Which.
        room: String,
        /// Who.
        user: UserId,
    },
    /// Somebody left a room, or was put out of it.
    Left {
        /// Which.
        room: String,
        /// Who.
        user: UserId,
    },
    /// A state event of a consultation's phase came back.
    Announced {
        /// By whom.
        sender: UserId,
        /// Of what.
        consultation: ConsultationId,
        /// Its `since`.
        since: Time,
    },
    /// Somebody's devices or identity changed.
    DevicesChanged {
        /// Whose.
        user: UserId,
    },
}

impl Fact {
    /// Whether anything is written for it.
    pub fn has_effects(&self) -> bool {
        !matches!(self, Self::Announced { .. })
    }
}

/// The facts of a transaction, in its order; what could be read late comes last.
pub fn read(received: &Received) -> Vec<Fact> {
    let mut facts: Vec<Fact> = received.events.iter().filter_map(event).collect();
    facts.extend(received.late.iter().filter_map(decrypted).map(Fact::Late));
    facts
        .extend(received.device_changes.changed.iter().map(|user| Fact::DevicesChanged { user: user.as_str().into() }));
    facts
}

fn event(event: &KeeperEvent) -> Option<Fact> {
    match event {
        KeeperEvent::Plain(event) => plain(event),
        KeeperEvent::Decrypted(event) if is_reaction(&event.event) => {
            said(&event.event, Some(event.verification.as_str().to_owned()), event.device_id.clone()).map(Fact::Reacted)
        }
        KeeperEvent::Decrypted(event) => decrypted(event).map(Fact::Message),
        KeeperEvent::Waiting(event) => Some(Fact::Message(waiting(event))),
    }
}

fn is_reaction(event: &Value) -> bool {
    event.get("type").and_then(Value::as_str) == Some("m.reaction")
}

fn plain(event: &Value) -> Option<Fact> {
    let text = |name: &str| event.get(name).and_then(Value::as_str);
    let content = event.get("content")?;
    match text("type")? {
        "m.room.message" | "m.sticker" => said(event, None, None).map(Fact::Message),
        // No client encrypts these.
        "m.reaction" => said(event, None, None).map(Fact::Reacted),
        "m.room.redaction" => {
            // Room version 11 moved `redacts` into the content.
            let redacts = content.get("redacts").and_then(Value::as_str).or_else(|| text("redacts"))?;
            Some(Fact::Redacted { room: text("room_id")?.to_owned(), event_id: redacts.into() })
        }
        "m.room.member" if content.get("membership").and_then(Value::as_str) == Some("join") => {
            Some(Fact::Joined { room: text("room_id")?.to_owned(), user: text("state_key")?.into() })
        }
        "m.room.member" if content.get("membership").and_then(Value::as_str) == Some("invite") => {
            let (room, user, by) = (text("room_id")?, text("state_key")?, text("sender")?);
            Some(Fact::Invited { room: room.to_owned(), user: user.into(), by: by.into() })
        }
        "m.room.member" if matches!(content.get("membership").and_then(Value::as_str), Some("leave" | "ban")) => {
            Some(Fact::Left { room: text("room_id")?.to_owned(), user: text("state_key")?.into() })
        }
        "m.room.encryption" if content.get("algorithm").is_some_and(Value::is_string) => {
            Some(Fact::Encrypted { room: text("room_id")?.to_owned() })
        }
        CONSULTATION_STATE => Some(Fact::Announced {
            sender: text("sender")?.into(),
            consultation: text("state_key")?.into(),
            since: since(content)?,
        }),
        _ => None,
    }
}

fn decrypted(decrypted: &Decrypted) -> Option<Said> {
    let kind = decrypted.event.get("type").and_then(Value::as_str)?;
    if kind != "m.room.message" && kind != "m.sticker" {
        return None;
    }
    said(&decrypted.event, Some(decrypted.verification.as_str().to_owned()), decrypted.device_id.clone())
}

fn said(event: &Value, trust: Option<String>, device: Option<String>) -> Option<Said> {
    let text = |name: &str| event.get(name).and_then(Value::as_str);
    // An event redacted before it was sent to us has no content: it says nothing.
    let content =
        event.get("content").filter(|content| content.as_object().is_some_and(|fields| !fields.is_empty()))?;
    Some(Said {
        event_id: text("event_id")?.into(),
        room: text("room_id")?.to_owned(),
        sender: text("sender")?.into(),
        sent_at: Time::from_millis(event.get("origin_server_ts").and_then(Value::as_i64).unwrap_or(0)),
        content: Some(content.clone()),
        trust,
        device,
    })
}

fn waiting(event: &Waiting) -> Said {
    Said {
        event_id: event.event_id.as_str().into(),
        room: event.room_id.clone(),
        sender: event.sender.as_str().into(),
        sent_at: Time::from_millis(i64::try_from(event.sent_at_ms).unwrap_or(0)),
        content: None,
        trust: event.withheld.clone(),
        device: None,
    }
}

#[cfg(test)]
mod tests {
    use consilium_keeper::{KeeperEvent, Received};
    use serde_json::{Value, json};

    use super::{Fact, read};

    fn facts(event: Value) -> Vec<Fact> {
        read(&Received { events: vec![KeeperEvent::Plain(event)], ..Received::default() })
    }

    #[test]
    fn a_redaction_is_read_in_the_form_of_every_room_version() {
        let old = json!({ "type": "m.room.redaction", "room_id": "!r", "redacts": "$1", "content": {} });
        let new = json!({ "type": "m.room.redaction", "room_id": "!r", "content": { "redacts": "$1" } });
        let expected = vec![Fact::Redacted { room: "!r".into(), event_id: "$1".into() }];
        assert_eq!((facts(old), facts(new)), (expected.clone(), expected));
    }

    #[test]
    fn a_reaction_is_no_message() {
        let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": "$1", "key": "👍" } });
        let event =
            json!({ "type": "m.reaction", "event_id": "$2", "room_id": "!r", "sender": "@a:x", "content": content });
        assert!(matches!(facts(event).as_slice(), [Fact::Reacted(said)] if said.event_id.as_str() == "$2"));
    }

    #[test]
    fn joins_and_leaves_of_memberships_count() {
        let member = |membership: &str| json!({ "type": "m.room.member", "room_id": "!r", "state_key": "@a:x", "content": { "membership": membership } });
        assert_eq!(facts(member("join")), [Fact::Joined { room: "!r".into(), user: "@a:x".into() }]);
        let left = Fact::Left { room: "!r".into(), user: "@a:x".into() };
        assert_eq!((facts(member("leave")), facts(member("ban"))), (vec![left.clone()], vec![left]));
        assert!(facts(member("knock")).is_empty());
    }

    #[test]
    fn an_invitation_says_who_asks_whom() {
        let event = json!({ "type": "m.room.member", "room_id": "!r", "state_key": "@keeper:x", "sender": "@a:x", "content": { "membership": "invite" } });
        let expected = Fact::Invited { room: "!r".into(), user: "@keeper:x".into(), by: "@a:x".into() };
        assert_eq!(facts(event), [expected]);
    }

    #[test]
    fn encryption_that_is_switched_on_counts_and_a_redacted_one_does_not() {
        let event = |content: Value| json!({ "type": "m.room.encryption", "room_id": "!r", "state_key": "", "content": content });
        assert_eq!(
            facts(event(json!({ "algorithm": "m.megolm.v1.aes-sha2" }))),
            [Fact::Encrypted { room: "!r".into() }]
        );
        assert!(facts(event(json!({}))).is_empty());
    }

    #[test]
    fn malformed_events_say_nothing() {
        for event in [
            json!({}),
            json!({ "type": 1 }),
            json!({ "type": "m.room.message", "content": {} }),
            json!({ "type": "m.room.message", "content": { "body": 1 } }),
        ] {
            assert!(facts(event).is_empty());
        }
    }
}
