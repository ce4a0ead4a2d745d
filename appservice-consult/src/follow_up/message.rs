//! What is sent to the patient when the time of a follow-up comes, as far as it is a value. Pure.
//!
//! Until its time it is planned: whoever may change the follow-up changes it or takes it back. From then on it is on its way, and goes once.

use serde_json::{Value, json};

use crate::ids::FollowUpId;
use crate::time::Time;

/// Longest text. Unit: characters; more is a document.
pub(super) const TEXT_CHARACTERS_MAX: usize = 2_000;
/// By which the archive knows it in a room: the service says it, and it is nobody's notice.
const MARK: &str = "chat.consilium.follow_up";

/// A message to a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: String,
    /// How far it is.
    pub delivery: Delivery,
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It waits for its time.
    Planned,
    /// Its time came: it cannot be taken back any more.
    Leaving,
    /// It is in the conversation.
    Sent {
        /// Since when.
        at: Time,
    },
    /// It will never be there.
    Failed {
        /// Since when that is known.
        at: Time,
    },
}

impl Delivery {
    /// How far it is, in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Leaving => "leaving",
            Self::Sent { .. } => "sent",
            Self::Failed { .. } => "failed",
        }
    }
}

/// It is on its way, or was sent: another text says nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left;

impl Message {
    /// One that waits for its time.
    pub fn planned(text: String) -> Self {
        Self { text, delivery: Delivery::Planned }
    }

    /// Whether it waits for its time.
    pub fn is_planned(&self) -> bool {
        self.delivery == Delivery::Planned
    }
}

/// The message after somebody wished for another text, or for none. What was sent stays where only something else is changed.
pub(super) fn changed(before: Option<&Message>, text: Option<String>) -> Result<Option<Message>, Left> {
    let Some(known) = before else { return Ok(text.map(Message::planned)) };
    match (known.delivery, text) {
        (_, Some(text)) if text == known.text => Ok(Some(known.clone())),
        (Delivery::Leaving, _) | (Delivery::Sent { .. }, None) => Err(Left),
        (_, text) => Ok(text.map(Message::planned)),
    }
}

/// The message event's content: words like any other, so that the patient's phone rings for it and every client shows it.
pub(crate) fn message_content(text: &str, follow_up: &FollowUpId) -> Value {
    json!({ "msgtype": "m.text", "body": text, "m.mentions": {}, MARK: { "follow_up_id": follow_up } })
}

/// Whether a message of the service is one that staff planned, and no notice.
pub fn is_message(content: &Value) -> bool {
    content.get(MARK).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Delivery, Left, Message, changed, is_message, message_content};
    use crate::time::Time;

    fn message(delivery: Delivery) -> Message {
        Message { text: "How are you?".to_owned(), delivery }
    }

    #[test]
    fn what_is_planned_is_changed_and_taken_back_and_what_is_on_its_way_is_not() {
        let planned = message(Delivery::Planned);
        assert_eq!(changed(None, Some("Hello".to_owned())), Ok(Some(Message::planned("Hello".to_owned()))));
        assert_eq!(changed(Some(&planned), Some("Hello".to_owned())), Ok(Some(Message::planned("Hello".to_owned()))));
        assert_eq!(changed(Some(&planned), None), Ok(None));
        let leaving = message(Delivery::Leaving);
        assert_eq!(changed(Some(&leaving), Some("How are you?".to_owned())), Ok(Some(leaving.clone())));
        for wish in [None, Some("Hello".to_owned())] {
            assert_eq!(changed(Some(&leaving), wish), Err(Left));
        }
    }

    #[test]
    fn what_was_sent_stays_and_another_one_may_follow_it() {
        let at = Time::from_millis(1);
        let (sent, failed) = (message(Delivery::Sent { at }), message(Delivery::Failed { at }));
        assert_eq!(changed(Some(&sent), Some("How are you?".to_owned())), Ok(Some(sent.clone())));
        assert_eq!(changed(Some(&sent), None), Err(Left));
        assert_eq!(changed(Some(&failed), None), Ok(None));
        for known in [sent, failed] {
            assert_eq!(changed(Some(&known), Some("Hello".to_owned())), Ok(Some(Message::planned("Hello".to_owned()))));
        }
    }

    #[test]
    fn it_can_be_told_from_what_the_service_announces() {
        let content = message_content("How are you?", &"f".into());
        assert_eq!((&content["msgtype"], &content["body"]), (&json!("m.text"), &json!("How are you?")));
        assert!(is_message(&content) && content.get("chat.consilium.notice").is_none());
        assert!(!is_message(&json!({ "msgtype": "m.notice", "body": "Closed" })));
    }
}
