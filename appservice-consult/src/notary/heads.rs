//! What a notary is given, in the form in which it is kept for decades: fields are added, never changed. Pure.

use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::archive::ArchiveKeys;
use crate::tenant_key::framed;
use crate::time::Time;

/// Keeps these signatures apart from any other use of the key.
const DOMAIN: &[u8] = b"consilium heads 1";
/// Digits of a hash that tell heads apart.
const ID_DIGITS: usize = 32;
/// What stands as its type.
const TYPE: &str = "archive.heads";

/// The last entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its place, from 1; 0: there is none yet.
    pub sequence: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

/// Both heads at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// `archive.heads`.
    pub r#type: String,
    /// Server name of the tenant.
    pub tenant: String,
    /// Which it is, from 1.
    pub sequence: i64,
    /// When.
    pub at: Time,
    /// Of the archive.
    pub archive: Head,
    /// Of the audit log.
    pub audit: Head,
    /// Signature of all of it by the archive's signing key, hexadecimal.
    pub signature: String,
}

impl Heads {
    /// Signs them.
    pub(super) fn sign(
        keys: &ArchiveKeys,
        tenant: &str,
        (sequence, at): (i64, Time),
        archive: Head,
        audit: Head,
    ) -> Self {
        let (r#type, tenant) = (TYPE.to_owned(), tenant.to_owned());
        let unsigned = Self { r#type, tenant, sequence, at, archive, audit, signature: String::new() };
        let signature = hex::encode(keys.sign(&unsigned.signed_bytes()));
        Self { signature, ..unsigned }
    }

    /// From what was written down of them.
    pub(super) fn kept(
        tenant: &str,
        (sequence, at): (i64, Time),
        archive: Head,
        audit: Head,
        signature: String,
    ) -> Self {
        Self { r#type: TYPE.to_owned(), tenant: tenant.to_owned(), sequence, at, archive, audit, signature }
    }

    /// Whether these are the same ends of both chains, whenever they are sent.
    pub(super) fn are_those_of(&self, other: &Self) -> bool {
        self.what() == other.what()
    }

    /// The id under which they are sent: the same for the same ends, so that who keeps one of each id keeps each once; another as soon as one of them is another.
    pub(super) fn id(&self) -> String {
        let (sequence, archive, audit) = self.what();
        let mut hasher = Sha256::new();
        hasher.update(framed(&[
            DOMAIN,
            self.tenant.as_bytes(),
            &archive.sequence.to_be_bytes(),
            archive.hash.as_bytes(),
            &audit.sequence.to_be_bytes(),
            audit.hash.as_bytes(),
        ]));
        let hash = hex::encode(hasher.finalize());
        format!("heads_{sequence}_{}", hash.get(..ID_DIGITS).unwrap_or_default())
    }

    fn what(&self) -> (i64, &Head, &Head) {
        (self.sequence, &self.archive, &self.audit)
    }

    fn signed_bytes(&self) -> Vec<u8> {
        framed(&[
            DOMAIN,
            self.tenant.as_bytes(),
            &self.sequence.to_be_bytes(),
            &self.at.as_millis().to_be_bytes(),
            &self.archive.sequence.to_be_bytes(),
            self.archive.hash.as_bytes(),
            &self.audit.sequence.to_be_bytes(),
            self.audit.hash.as_bytes(),
        ])
    }

    /// Whether they are of this kind, and signed by that key.
    pub(super) fn are_signed(&self, verifying: &VerifyingKey) -> bool {
        let mut bytes = [0; 64];
        self.r#type == TYPE
            && hex::decode_to_slice(&self.signature, &mut bytes).is_ok()
            && verifying.verify(&self.signed_bytes(), &Signature::from_bytes(&bytes)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::Value;

    use super::{Head, Heads};
    use crate::archive::{ArchiveKeys, KeyFiles};
    use crate::context::Context;
    use crate::tenant_key::TenantKey;
    use crate::time::Time;

    fn keys() -> ArchiveKeys {
        let folder = tempfile::tempdir().unwrap();
        let key = TenantKey::derive(&[1; 32], "a.test");
        ArchiveKeys::read_or_make(&KeyFiles::in_folder(folder.path()), &key, &Context::system()).unwrap()
    }

    fn head(sequence: i64, hash: &str) -> Head {
        Head { sequence, hash: hash.repeat(64) }
    }

    #[test]
    fn the_same_ends_have_one_id_and_others_another() {
        let (keys, at) = (keys(), Time::from_millis(1_700_000_000_000));
        let of = |at, archive, audit| Heads::sign(&keys, "a.test", (1, at), archive, audit);
        let heads = of(at, head(3, "a"), head(9, "b"));
        let later = of(at.plus_seconds(60), head(3, "a"), head(9, "b"));
        assert!(heads.are_those_of(&later) && heads.id() == later.id(), "{}", heads.id());
        for other in [
            of(at, head(4, "a"), head(9, "b")),
            of(at, head(3, "c"), head(9, "b")),
            of(at, head(3, "a"), head(10, "b")),
            of(at, head(3, "a"), head(9, "c")),
            Heads::sign(&keys, "a.test", (2, at), head(3, "a"), head(9, "b")),
        ] {
            assert!(!heads.are_those_of(&other) && heads.id() != other.id(), "{other:?}");
        }
    }

    #[test]
    fn every_word_of_them_is_signed() {
        let keys = keys();
        let at = Time::from_millis(1_700_000_000_000);
        let heads = Heads::sign(&keys, "a.test", (1, at), head(3, "a"), head(9, "b"));
        assert!(heads.are_signed(&keys.verifying()));
        let text = serde_json::to_string(&heads).unwrap();
        let read: Heads = serde_json::from_str(&text).unwrap();
        assert!(read == heads && read.are_signed(&keys.verifying()), "{text}");
        for (pointer, other) in [
            ("/type", Value::from("archive.tail")),
            ("/tenant", Value::from("b.test")),
            ("/sequence", Value::from(2)),
            ("/at", serde_json::to_value(Time::from_millis(1)).unwrap()),
            ("/archive/sequence", Value::from(4)),
            ("/archive/hash", Value::from("c".repeat(64))),
            ("/audit/sequence", Value::from(8)),
            ("/audit/hash", Value::from("c".repeat(64))),
            ("/signature", Value::from("00".repeat(64))),
        ] {
            let mut changed = serde_json::to_value(&heads).unwrap();
            *changed.pointer_mut(pointer).unwrap() = other;
            let changed: Heads = serde_json::from_value(changed).unwrap();
            assert!(!changed.are_signed(&keys.verifying()), "{pointer}");
        }
    }
}
