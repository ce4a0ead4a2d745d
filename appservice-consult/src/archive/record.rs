//! One record: sealing and opening its bytes.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{ArchiveError, ArchiveKeys};
use crate::api::types::{Answered, ArchivedCall, ArchivedConclusion, ArchivedFile, ArchivedPerson, TranscriptEntry};
use crate::context::Context;
use crate::ids::ConsultationId;
use crate::tenant_key::framed;

/// Bytes of an `XChaCha20` nonce.
const NONCE_BYTES: usize = 24;
/// Version of the content's form.
const FORM: u32 = 1;

/// What is sealed of a consultation. Persisted for decades: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Version of this form.
    pub form: u32,
    /// Whose.
    pub consultation: ConsultationId,
    /// What was said, oldest first.
    pub transcript: Vec<TranscriptEntry>,
    /// What was sent.
    pub files: Vec<ArchivedFile>,
    /// The calls, in the order they ended. Records of the first versions have none.
    #[serde(default)]
    pub calls: Vec<ArchivedCall>,
    /// The conclusions that were signed and in no record before, in their order. Records of the first versions have none.
    #[serde(default)]
    pub conclusions: Vec<ArchivedConclusion>,
    /// What the patient answered when he asked, in the first record of a consultation. Records of the first versions have none.
    #[serde(default)]
    pub answers: Option<Answered>,
    /// Whose health it was about, where it was not the patient's own, in the first record of a consultation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<ArchivedPerson>,
}

impl Content {
    /// A record of a transcript and calls; its files are the transcript's.
    pub fn of(consultation: ConsultationId, transcript: Vec<TranscriptEntry>, calls: Vec<ArchivedCall>) -> Self {
        let files = transcript.iter().filter_map(|entry| entry.file.clone()).collect();
        Self {
            form: FORM,
            consultation,
            transcript,
            files,
            calls,
            conclusions: Vec::new(),
            answers: None,
            person: None,
        }
    }
}

/// Where a record stands: what its ciphertext is bound to.
#[derive(Debug, Clone, Copy)]
pub struct Position<'a> {
    /// Server name of the tenant.
    pub tenant: &'a str,
    /// Place in the chain.
    pub sequence: i64,
    /// What it is about.
    pub subject: &'a str,
}

impl Position<'_> {
    fn bytes(self) -> Vec<u8> {
        framed(&[self.tenant.as_bytes(), &self.sequence.to_be_bytes(), self.subject.as_bytes()])
    }
}

/// A record's two sealed parts.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Nonce and ciphertext of the content.
    pub ciphertext: Vec<u8>,
    /// The record's key, sealed to the archive's recipient.
    pub wrapped_key: Vec<u8>,
}

/// Seals a content under a key of its own.
pub fn seal<C: Serialize>(keys: &ArchiveKeys, context: &Context, position: Position<'_>, content: &C) -> Sealed {
    let record_key = Zeroizing::new(context.random::<32>());
    let nonce = context.random::<NONCE_BYTES>();
    let plaintext = Zeroizing::new(serde_json::to_vec(content).expect("a record has only string keys"));
    let cipher = XChaCha20Poly1305::new(record_key.as_slice().into());
    let payload = Payload { msg: &plaintext, aad: &position.bytes() };
    let ciphertext = cipher
        .encrypt(XNonce::from_slice(&nonce), payload)
        .expect("a record is far below the cipher's limit of 256 GiB");
    Sealed { ciphertext: [nonce.as_slice(), &ciphertext].concat(), wrapped_key: keys.wrap(&record_key) }
}

/// Opens what [`seal`] made for the same position.
pub fn open<C: DeserializeOwned>(
    keys: &ArchiveKeys,
    position: Position<'_>,
    sealed: &Sealed,
) -> Result<C, ArchiveError> {
    let record_key = Zeroizing::new(keys.unwrap_key(&sealed.wrapped_key)?);
    let (nonce, ciphertext) = sealed.ciphertext.split_at_checked(NONCE_BYTES).ok_or(ArchiveError::DoesNotOpen)?;
    let cipher = XChaCha20Poly1305::new(record_key.as_slice().into());
    let payload = Payload { msg: ciphertext, aad: &position.bytes() };
    let plaintext =
        Zeroizing::new(cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| ArchiveError::DoesNotOpen)?);
    serde_json::from_slice(&plaintext).map_err(|_| ArchiveError::DoesNotOpen)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Content;

    #[test]
    fn a_record_from_before_calls_and_conclusions_were_sealed_opens_without_any() {
        let old = r#"{"form":1,"consultation":"c1","transcript":[],"files":[]}"#;
        let content = serde_json::from_str::<Content>(old).unwrap();
        assert_eq!((content.calls, content.conclusions, content.answers), (vec![], vec![], None));
        assert_eq!(content.person, None);
    }
}
