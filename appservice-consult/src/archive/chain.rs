//! The chain: hash of a record over its metadata, its ciphertext and the hash before it; signature over the hash. Pure.

use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::tenant_key::framed;

/// Hash before the first record.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Keeps these hashes and signatures apart from any other use of the keys.
const DOMAIN: &[u8] = b"consilium archive record 1";

/// What a hash covers besides the hash before it.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Server name of the tenant.
    pub tenant: &'a str,
    /// Place in the chain, from 1.
    pub sequence: i64,
    /// What it is about.
    pub subject: &'a str,
    /// When. Unit: milliseconds since the epoch.
    pub sealed_at: i64,
    /// Messages.
    pub message_count: i64,
    /// Files.
    pub file_count: i64,
    /// The sealed record.
    pub ciphertext: &'a [u8],
}

/// The record's hash, hexadecimal.
pub fn hash(link: Link<'_>, previous: &str) -> String {
    let parts: [&[u8]; 9] = [
        DOMAIN,
        previous.as_bytes(),
        link.tenant.as_bytes(),
        &link.sequence.to_be_bytes(),
        link.subject.as_bytes(),
        &link.sealed_at.to_be_bytes(),
        &link.message_count.to_be_bytes(),
        &link.file_count.to_be_bytes(),
        link.ciphertext,
    ];
    hex::encode(Sha256::digest(framed(&parts)))
}

/// What is signed for a head.
pub fn signed_bytes(sequence: i64, hash: &str) -> Vec<u8> {
    framed(&[DOMAIN, &sequence.to_be_bytes(), hash.as_bytes()])
}

/// Whether a head's signature (hexadecimal) is the archive's.
pub fn is_signed(verifying: &VerifyingKey, sequence: i64, hash: &str, signature: &str) -> bool {
    let mut bytes = [0; 64];
    if hex::decode_to_slice(signature, &mut bytes).is_err() {
        return false;
    }
    verifying.verify(&signed_bytes(sequence, hash), &Signature::from_bytes(&bytes)).is_ok()
}
