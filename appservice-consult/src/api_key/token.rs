//! A key as it is shown, once, and what is kept of it.
//!
//! Form: `csk_`, ten hexadecimal digits that say which key it is, `_`, 43 characters of URL-safe base64 that only its holder knows. The beginning is there so that
//! people, and scanners of leaked secrets, recognise one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::context::Context;
use crate::tenant_key::TenantKey;

/// What a key begins with; no token of the homeserver does.
const PREFIX: &str = "csk_";
/// Bytes by which a key is found. Public: lists show them.
const HANDLE_BYTES: usize = 5;
/// Bytes that nobody guesses.
const SECRET_BYTES: usize = 32;

/// Whether a bearer token is meant as a key.
pub fn is_key(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// A new key.
pub(super) struct NewToken {
    /// The part by which it is found.
    pub handle: String,
    /// The whole, to be shown once.
    pub token: String,
}

impl NewToken {
    /// A fresh one.
    pub fn draw(context: &Context) -> Self {
        let handle = hex::encode(context.random::<HANDLE_BYTES>());
        let secret = URL_SAFE_NO_PAD.encode(context.random::<SECRET_BYTES>());
        Self { token: format!("{PREFIX}{handle}_{secret}"), handle }
    }
}

/// The part of a token by which its key is found; `None`: it has not the form of one.
pub(super) fn handle_of(token: &str) -> Option<&str> {
    let (handle, secret) = token.strip_prefix(PREFIX)?.split_once('_')?;
    let is_whole = handle.len() == 2 * HANDLE_BYTES && secret.len() == (SECRET_BYTES * 4).div_ceil(3);
    is_whole.then_some(handle)
}

/// What lists show of a key, to tell one from another.
pub(super) fn beginning(handle: &str) -> String {
    format!("{PREFIX}{handle}")
}

/// What is kept of a key: nothing that could be computed without the tenant's key.
pub(super) fn hash(tenant_key: &TenantKey, token: &str) -> Vec<u8> {
    tenant_key.index("api key", token)
}

/// Whether this hash is kept of that token, in a time that says nothing of how much of it fits.
pub(super) fn fits(tenant_key: &TenantKey, token: &str, kept: &[u8]) -> bool {
    hash(tenant_key, token).ct_eq(kept).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{NewToken, beginning, fits, handle_of, hash, is_key};
    use crate::context::Context;
    use crate::tenant_key::TenantKey;

    #[test]
    fn a_key_is_recognised_and_found_by_its_handle() {
        let new = NewToken::draw(&Context::system());
        assert!(is_key(&new.token) && new.token.starts_with(&beginning(&new.handle)));
        assert_eq!(handle_of(&new.token), Some(new.handle.as_str()));
        assert_eq!(new.token.len(), 4 + 10 + 1 + 43);
    }

    #[test]
    fn what_has_not_the_form_of_a_key_is_found_nowhere() {
        let whole = NewToken::draw(&Context::system()).token;
        for text in
            ["", "csk_", "csk_0123456789", "csk__", &whole[1..], &whole[..whole.len() - 1], &format!("{whole}x")]
        {
            assert_eq!(handle_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_hash_fits_its_key_in_its_tenant_alone() {
        let (one, other) = (TenantKey::derive(&[7; 32], "a.test"), TenantKey::derive(&[7; 32], "b.test"));
        let token = NewToken::draw(&Context::system()).token;
        let kept = hash(&one, &token);
        assert!(fits(&one, &token, &kept));
        assert!(!fits(&other, &token, &kept));
        assert!(!fits(&one, &NewToken::draw(&Context::system()).token, &kept));
        assert!(!fits(&one, &token, kept.get(1..).unwrap()));
    }
}
