//! A key as it is shown, once, and what is kept of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::context::Context;

/// What a key begins with; no token of the homeserver does.
const PREFIX: &str = "ck_";
/// Bytes of a key. So many are never guessed: a plain hash keeps them safe.
const KEY_BYTES: usize = 32;
/// Characters of a key that are shown in lists, to tell one from another.
const SHOWN_CHARACTERS: usize = 9;

/// Whether a bearer token is a key.
pub fn is_key(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// A new key.
pub(super) fn new(context: &Context) -> String {
    format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(context.random::<KEY_BYTES>()))
}

/// What is kept of a key, and looked up.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What is shown of a key later.
pub(super) fn beginning(token: &str) -> String {
    token.chars().take(SHOWN_CHARACTERS).collect()
}
