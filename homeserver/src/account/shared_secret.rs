//! Registration by a shared secret, as Synapse's administration API has it: a nonce, then an HMAC over it and the account.
//!
//! Source: <https://element-hq.github.io/synapse/latest/admin_api/register_api.html>.

use std::time::Duration;

use hmac::{Hmac, Mac};
use moka::sync::Cache;
use sha1::Sha1;

use super::{Accounts, error::AccountError};

/// How long a nonce can be used.
const NONCE_LIFE: Duration = Duration::from_mins(1);
const NONCES_MAX: u64 = 1_000;
const NONCE_LENGTH: usize = 40;

pub fn nonces() -> Cache<String, ()> {
    Cache::builder().max_capacity(NONCES_MAX).time_to_live(NONCE_LIFE).build()
}

/// The fields that the HMAC covers, in its order.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    pub nonce: &'a str,
    pub username: &'a str,
    pub password: &'a str,
    pub admin: bool,
    pub user_type: Option<&'a str>,
}

impl Accounts {
    pub fn new_nonce(&self) -> String {
        let nonce = self.parts.context.random_token(NONCE_LENGTH);
        self.nonces.insert(nonce.clone(), ());
        nonce
    }

    /// Spends the nonce and checks the HMAC-SHA1 (hex) of `signed`.
    pub fn check_shared_secret(&self, secret: &str, signed: Signed<'_>, mac: &str) -> Result<(), AccountError> {
        if self.nonces.remove(signed.nonce).is_none() {
            return Err(AccountError::UnknownNonce);
        }
        let given = hex::decode(mac).map_err(|_| AccountError::WrongMac)?;
        signed.hmac(secret).verify_slice(&given).map_err(|_| AccountError::WrongMac)
    }
}

impl Signed<'_> {
    fn hmac(&self, secret: &str) -> Hmac<Sha1> {
        let mut hmac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
        let admin = if self.admin { "admin" } else { "notadmin" };
        hmac.update([self.nonce, self.username, self.password, admin].join("\0").as_bytes());
        if let Some(user_type) = self.user_type {
            hmac.update(b"\0");
            hmac.update(user_type.as_bytes());
        }
        hmac
    }
}

#[cfg(test)]
mod tests {
    use hmac::Mac;

    use super::Signed;

    #[test]
    fn the_hmac_is_the_one_that_other_tools_make() {
        let signed =
            Signed { nonce: "thisisanonce", username: "pepper_roni", password: "pizza", admin: true, user_type: None };
        // printf 'thisisanonce\0pepper_roni\0pizza\0admin' | openssl sha1 -hmac shared_secret
        let expected = "48715842ad67d5dc9a9ee938a3bda4fcfae8d7c7";
        assert_eq!(hex::encode(signed.hmac("shared_secret").finalize().into_bytes()), expected);
    }
}
