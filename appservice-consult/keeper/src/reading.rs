//! Reading one encrypted event, and what its failure means.

use matrix_sdk_common::deserialized_responses::{EncryptionInfo, VerificationLevel, VerificationState};
use matrix_sdk_crypto::{
    MegolmError,
    types::events::room::encrypted::EncryptedEvent,
    vodozemac::megolm::{DecryptionError, MegolmMessage},
};
use ruma16::serde::Raw;
use serde_json::Value;

use crate::{
    Decrypted, KeeperError, Verification, Waiting, WaitingReason,
    machine::{DECRYPTION, Machine, room_id},
    store::MessageIndex,
};

/// What came of trying to read an event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Attempt {
    Read(Decrypted, MessageIndex),
    Unreadable(Waiting),
}

/// Whether an event is encrypted (and not redacted since).
pub(crate) fn is_encrypted(event: &Value) -> bool {
    event["type"] == "m.room.encrypted" && event["content"]["algorithm"].is_string()
}

/// What decryption alone says of an event.
pub(crate) type Opened = Result<Decrypted, Failure>;

impl Machine {
    /// `used` are message indexes of events read before in the same transaction.
    ///
    /// Errors: only of the stores. Whatever is wrong with the event is in the [`Attempt`].
    pub(crate) async fn read(&self, event: &Value, used: &[MessageIndex]) -> Result<Attempt, KeeperError> {
        let opened = self.decrypt(event).await?;
        self.judge(event, opened, used)
    }

    /// What comes of an event that was decrypted, in the order of the transaction; arguments and errors as of [`Machine::read`].
    pub(crate) fn judge(&self, event: &Value, opened: Opened, used: &[MessageIndex]) -> Result<Attempt, KeeperError> {
        let mut envelope = envelope(event);
        let failure = match opened {
            Ok(decrypted) => match self.check_replay(&envelope, event, used)? {
                Ok(index) => return Ok(Attempt::Read(decrypted, index)),
                Err(reason) => Failure { reason, withheld: None },
            },
            Err(failure) => failure,
        };
        envelope.reason = failure.reason;
        envelope.withheld = failure.withheld;
        Ok(Attempt::Unreadable(envelope))
    }

    /// Decrypts an event, in any order with others.
    pub(crate) async fn decrypt(&self, event: &Value) -> Result<Opened, KeeperError> {
        let Ok(room) = room_id(event["room_id"].as_str().unwrap_or_default()) else { return Ok(Err(BROKEN)) };
        let Ok(raw) = serde_json::value::to_raw_value(event) else { return Ok(Err(BROKEN)) };
        let raw = Raw::<EncryptedEvent>::from_json(raw);
        match self.olm.decrypt_room_event(&raw, &room, &DECRYPTION).await {
            Ok(decrypted) => {
                let Ok(mut event) = serde_json::from_str::<Value>(decrypted.event.json().get()) else {
                    return Ok(Err(BROKEN));
                };
                event["room_id"] = room.as_str().into();
                let info = &decrypted.encryption_info;
                Ok(Ok(Decrypted {
                    event,
                    session_id: info.session_id().unwrap_or_default().to_owned(),
                    verification: verification(info),
                    device_id: info.sender_device.as_ref().map(ToString::to_string),
                    forwarded_by: info.forwarder.as_ref().map(|forwarder| forwarder.user_id.to_string()),
                }))
            }
            Err(MegolmError::Store(error)) => Err(KeeperError::crypto(error)),
            Err(error) => Ok(Err(failure(&error))),
        }
    }

    /// A message index of a session belongs to one event: another one that uses it is a replay.
    fn check_replay(
        &self,
        envelope: &Waiting,
        event: &Value,
        used: &[MessageIndex],
    ) -> Result<Result<MessageIndex, WaitingReason>, KeeperError> {
        let ciphertext = event["content"]["ciphertext"].as_str().unwrap_or_default();
        let Ok(message) = MegolmMessage::from_base64(ciphertext) else { return Ok(Err(WaitingReason::Broken)) };
        let index = MessageIndex {
            session_id: envelope.session_id.clone(),
            index: message.message_index(),
            event_id: envelope.event_id.clone(),
        };
        let same = |other: &&MessageIndex| other.session_id == index.session_id && other.index == index.index;
        let owner = match used.iter().find(same) {
            Some(other) => Some(other.event_id.clone()),
            None => self.store.event_of_index(&index.session_id, index.index)?,
        };
        Ok(if owner.is_none_or(|owner| owner == index.event_id) { Ok(index) } else { Err(WaitingReason::Replayed) })
    }
}

/// Why an event was not decrypted.
#[derive(Debug)]
pub(crate) struct Failure {
    reason: WaitingReason,
    withheld: Option<String>,
}

const BROKEN: Failure = Failure { reason: WaitingReason::Broken, withheld: None };

fn failure(error: &MegolmError) -> Failure {
    match error {
        MegolmError::MissingRoomKey(code) => {
            Failure { reason: WaitingReason::MissingKey, withheld: code.as_ref().map(|code| code.as_str().to_owned()) }
        }
        MegolmError::Decryption(DecryptionError::UnknownMessageIndex(..)) => {
            Failure { reason: WaitingReason::KeyTooNew, withheld: None }
        }
        _ => BROKEN,
    }
}

fn envelope(event: &Value) -> Waiting {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Waiting {
        event_id: text(&event["event_id"]),
        room_id: text(&event["room_id"]),
        sender: text(&event["sender"]),
        session_id: text(&event["content"]["session_id"]),
        sent_at_ms: event["origin_server_ts"].as_u64().unwrap_or_default(),
        reason: WaitingReason::Broken,
        withheld: None,
    }
}

fn verification(info: &EncryptionInfo) -> Verification {
    match &info.verification_state {
        VerificationState::Verified => Verification::Verified,
        VerificationState::Unverified(level) => match level {
            VerificationLevel::UnverifiedIdentity => Verification::CrossSigned,
            VerificationLevel::VerificationViolation => Verification::IdentityChanged,
            VerificationLevel::UnsignedDevice => Verification::UnsignedDevice,
            VerificationLevel::None(_) => Verification::UnknownDevice,
            VerificationLevel::MismatchedSender => Verification::WrongSender,
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_redacted_encrypted_event_is_not_encrypted() {
        assert!(is_encrypted(&json!({ "type": "m.room.encrypted", "content": { "algorithm": "unheard-of" } })));
        assert!(!is_encrypted(&json!({ "type": "m.room.encrypted", "content": {} })));
        assert!(!is_encrypted(&json!({ "type": "m.room.message", "content": { "algorithm": "x" } })));
    }

    #[test]
    fn an_envelope_survives_missing_fields() {
        let waiting = envelope(&json!({ "event_id": "$1", "content": 3 }));
        assert_eq!((waiting.event_id.as_str(), waiting.session_id.as_str(), waiting.sent_at_ms), ("$1", "", 0));
    }
}
