//! What stands in a link, and what is kept of it: nothing that could be computed without the tenant's key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::context::Context;
use crate::tenant_key::TenantKey;

/// Bytes that nobody guesses.
const SECRET_BYTES: usize = 24;
/// Their length in a link.
const SECRET_CHARACTERS: usize = SECRET_BYTES * 4 / 3;

/// A fresh one.
pub(super) fn draw(context: &Context) -> String {
    URL_SAFE_NO_PAD.encode(context.random::<SECRET_BYTES>())
}

/// What is kept of it, and by which it is found; `None`: it has not the form of one.
pub(super) fn hash(key: &TenantKey, secret: &str) -> Option<Vec<u8>> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_whole = secret.len() == SECRET_CHARACTERS && secret.bytes().all(is_letter);
    is_whole.then(|| key.index("patient invitation", secret))
}

#[cfg(test)]
mod tests {
    use super::{draw, hash};
    use crate::context::Context;
    use crate::tenant_key::TenantKey;

    #[test]
    fn a_secret_is_found_by_its_own_tenant_alone() {
        let (one, other) = (TenantKey::derive(&[7; 32], "a.test"), TenantKey::derive(&[7; 32], "b.test"));
        let secret = draw(&Context::system());
        assert!(hash(&one, &secret).is_some());
        assert_eq!(hash(&one, &secret), hash(&one, &secret));
        assert_ne!(hash(&one, &secret), hash(&other, &secret));
        assert_ne!(draw(&Context::system()), secret);
    }

    #[test]
    fn what_has_not_its_form_is_none() {
        let key = TenantKey::derive(&[7; 32], "a.test");
        let secret = draw(&Context::system());
        for wrong in ["", "abc", &secret[1..], &format!("{secret}A"), &secret.replace(&secret[..1], "%")] {
            assert_eq!(hash(&key, wrong), None, "{wrong}");
        }
    }
}
