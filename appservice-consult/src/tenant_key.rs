//! What is encrypted at rest in the tenant's database and secret files, and the keyed index that finds it again.
//!
//! One 32-byte `keeper.key`, which lies outside data and backups, gives a sub-key for each use. A sealed value is bound to tenant, table, column and row:
//! moved anywhere else it does not open. Form: version (1 byte, 1), nonce (24 bytes), XChaCha20-Poly1305 ciphertext with its tag.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::context::Context;

/// First byte of a sealed value.
const VERSION: u8 = 1;
/// Bytes of an `XChaCha20` nonce.
const NONCE_BYTES: usize = 24;

/// A sealed value that this key does not open at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: another key, another place, or it was changed")]
pub struct DoesNotOpen;

/// Where a sealed value stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// Key of the row.
    pub row: &'a str,
}

/// The sub-keys of one tenant.
#[derive(Clone)]
pub struct TenantKey {
    tenant: String,
    values: XChaCha20Poly1305,
    index: Zeroizing<[u8; 32]>,
    audit: Zeroizing<[u8; 32]>,
    challenge: Zeroizing<[u8; 32]>,
}

impl TenantKey {
    /// The sub-keys of `tenant` (its server name).
    pub fn derive(keeper_key: &[u8; 32], tenant: &str) -> Self {
        let derived = |purpose: &str| {
            Zeroizing::new(mac(keeper_key, &[b"consilium consult 1", purpose.as_bytes(), tenant.as_bytes()]))
        };
        Self {
            tenant: tenant.to_owned(),
            values: XChaCha20Poly1305::new(derived("values").as_slice().into()),
            index: derived("index"),
            audit: derived("audit"),
            challenge: derived("challenge"),
        }
    }

    /// Encrypts a value for a place.
    pub fn seal(&self, context: &Context, place: Place<'_>, plaintext: &[u8]) -> Vec<u8> {
        let nonce = context.random::<NONCE_BYTES>();
        let bound = self.bound_to(place);
        let payload = Payload { msg: plaintext, aad: &bound };
        let ciphertext = self
            .values
            .encrypt(XNonce::from_slice(&nonce), payload)
            .expect("a value is far below the cipher's limit of 256 GiB");
        [&[VERSION], nonce.as_slice(), &ciphertext].concat()
    }

    /// Decrypts a value at its place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        let (version, rest) = sealed.split_first().ok_or(DoesNotOpen)?;
        if *version != VERSION || rest.len() < NONCE_BYTES {
            return Err(DoesNotOpen);
        }
        let (nonce, ciphertext) = rest.split_at(NONCE_BYTES);
        let bound = self.bound_to(place);
        self.values
            .decrypt(XNonce::from_slice(nonce), Payload { msg: ciphertext, aad: &bound })
            .map_err(|_| DoesNotOpen)
    }

    /// What a text is looked up by, without revealing it to who has no key.
    pub fn index(&self, column: &'static str, text: &str) -> Vec<u8> {
        mac(&self.index, &[column.as_bytes(), text.as_bytes()]).to_vec()
    }

    /// One link of the audit chain.
    pub fn audit_link(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.audit, parts)
    }

    /// What proves that a challenge of the public form is ours.
    pub fn challenge_mac(&self, head: &[u8]) -> [u8; 32] {
        mac(&self.challenge, &[head])
    }

    fn bound_to(&self, place: Place<'_>) -> Vec<u8> {
        framed(&[self.tenant.as_bytes(), place.table.as_bytes(), place.column.as_bytes(), place.row.as_bytes()])
    }
}

impl fmt::Debug for TenantKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// The parts one after another, each behind its length, so that no two lists of parts read alike.
pub fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A keyed hash of the parts.
pub fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(&framed(parts));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::{DoesNotOpen, Place, TenantKey, framed};
    use crate::context::Context;

    const PLACE: Place<'static> = Place { table: "patient", column: "card", row: "1" };

    #[test]
    fn a_value_opens_only_at_its_place_with_its_key() {
        let (context, key) = (Context::system(), TenantKey::derive(&[7; 32], "a.test"));
        let sealed = key.seal(&context, PLACE, b"Anna");
        assert_eq!(key.open(PLACE, &sealed), Ok(b"Anna".to_vec()));
        for place in [Place { row: "2", ..PLACE }, Place { column: "note", ..PLACE }, Place { table: "t", ..PLACE }] {
            assert_eq!(key.open(place, &sealed), Err(DoesNotOpen));
        }
        assert_eq!(TenantKey::derive(&[7; 32], "b.test").open(PLACE, &sealed), Err(DoesNotOpen));
        assert_eq!(TenantKey::derive(&[8; 32], "a.test").open(PLACE, &sealed), Err(DoesNotOpen));
    }

    #[test]
    fn a_changed_or_cut_value_does_not_open() {
        let (context, key) = (Context::system(), TenantKey::derive(&[7; 32], "a.test"));
        let sealed = key.seal(&context, PLACE, b"Anna");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(PLACE, &changed), Err(DoesNotOpen));
            assert_eq!(key.open(PLACE, &sealed[..at]), Err(DoesNotOpen));
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same_and_its_index_always_does() {
        let (context, key) = (Context::system(), TenantKey::derive(&[7; 32], "a.test"));
        assert_ne!(key.seal(&context, PLACE, b"Anna"), key.seal(&context, PLACE, b"Anna"));
        assert_eq!(key.index("phone", "+7"), key.index("phone", "+7"));
        assert_ne!(key.index("phone", "+7"), key.index("email", "+7"));
    }

    #[test]
    fn frames_are_unambiguous() {
        assert_ne!(framed(&[b"ab", b"c"]), framed(&[b"a", b"bc"]));
        assert_ne!(framed(&[b"", b"a"]), framed(&[b"a", b""]));
    }
}
