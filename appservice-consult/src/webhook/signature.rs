//! Secrets and signatures as Standard Webhooks has them: `v1`, HMAC-SHA256 over id, timestamp and body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::context::Context;

/// What a secret begins with when it is shown.
const PREFIX: &str = "whsec_";
/// Bytes of a secret; the specification asks for 24 to 64.
const SECRET_BYTES: usize = 32;
/// How long the secret before the present one signs too. Unit: seconds.
pub(super) const FORMER_SECONDS: i64 = 24 * 3_600;

/// The key of an endpoint's signatures.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A new one.
    pub(super) fn new(context: &Context) -> Self {
        Self(Zeroizing::new(context.random::<SECRET_BYTES>().to_vec()))
    }

    /// From what is stored.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// What is stored, sealed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As the partner is shown it, once.
    pub(super) fn shown(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.bytes()))
    }

    fn signature(&self, signed: &Signed<'_>) -> String {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.bytes()).expect("HMAC takes a key of any length");
        mac.update(format!("{}.{}.", signed.id, signed.timestamp).as_bytes());
        mac.update(signed.body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// What is signed.
pub(crate) struct Signed<'a> {
    /// `webhook-id`.
    pub(crate) id: &'a str,
    /// `webhook-timestamp`. Unit: seconds since 1970.
    pub(crate) timestamp: i64,
    /// The body, as it is sent.
    pub(crate) body: &'a [u8],
}

impl Signed<'_> {
    /// `webhook-signature`: one signature for each secret that counts, the newest first.
    pub(crate) fn header<'s>(&self, secrets: impl IntoIterator<Item = &'s Secret>) -> String {
        secrets.into_iter().map(|secret| secret.signature(self)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::{Secret, Signed};
    use crate::context::Context;

    /// The example of the libraries of the specification.
    #[test]
    fn the_known_example_is_signed_as_everywhere() {
        let secret = Secret::from_bytes(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap());
        let body = br#"{"test": 2432232314}"#;
        let signed = Signed { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body };
        assert_eq!(signed.header([&secret]), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn while_a_secret_is_replaced_both_sign() {
        let context = Context::system();
        let (new, old) = (Secret::new(&context), Secret::new(&context));
        let signed = Signed { id: "msg_1", timestamp: 1, body: b"{}" };
        let header = signed.header([&new, &old]);
        assert_eq!(header.split(' ').collect::<Vec<_>>(), [signed.header([&new]), signed.header([&old])]);
    }

    #[test]
    fn a_secret_is_shown_in_the_form_of_the_specification() {
        let shown = Secret::new(&Context::system()).shown();
        let bytes = STANDARD.decode(shown.strip_prefix("whsec_").unwrap()).unwrap();
        assert_eq!(bytes.len(), 32);
    }
}
