//! Whether a request comes from who it says: Standard Webhooks (`v1`, HMAC-SHA256 over id, timestamp and body) from Consilium; a token or a plain HMAC from a CRM.
//!
//! Deliberately absent: remembering ids, which is the store's.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::HeaderMap;
use sha2::Sha256;

use consilium_appservice::Secret;

use crate::config::ProofKind;

/// How far a timestamp may be from our clock, either way: what Standard Webhooks recommends. Unit: seconds.
const TIMESTAMP_OFF_MAX_SECONDS: i64 = 5 * 60;
/// Signatures of a header that are looked at: while a secret is replaced there are two.
const SIGNATURES_MAX: usize = 8;
/// Longest `webhook-id`. Unit: bytes.
const ID_BYTES_MAX: usize = 128;
/// What a secret begins with when it is shown.
const PREFIX: &str = "whsec_";

/// Why a request is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Disbelief {
    /// A header is missing or is not what it should be.
    #[error("a header of Standard Webhooks is missing or malformed")]
    Headers,
    /// Too old, or from the future.
    #[error("the timestamp is more than five minutes from this machine's clock")]
    Timestamp,
    /// No signature fits.
    #[error("the signature does not fit")]
    Signature,
}

/// The secret of a webhook.
pub(crate) struct WebhookSecret(Vec<u8>);

impl WebhookSecret {
    /// From the form in which it is shown, `whsec_…`. `None`: it is no such secret.
    pub(crate) fn parse(shown: &Secret) -> Option<Self> {
        let bytes = STANDARD.decode(shown.reveal().strip_prefix(PREFIX)?).ok()?;
        (!bytes.is_empty()).then_some(Self(bytes))
    }
}

/// The `webhook-id` of a request that Consilium signed.
///
/// Errors: see [`Disbelief`]; the signature is checked before the timestamp is believed.
pub(crate) fn verify(
    secrets: &[WebhookSecret],
    headers: &HeaderMap,
    body: &[u8],
    now_seconds: i64,
) -> Result<String, Disbelief> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Disbelief::Headers);
    let (id, timestamp, given) = (text("webhook-id")?, text("webhook-timestamp")?, text("webhook-signature")?);
    let at: i64 = timestamp.parse().map_err(|_| Disbelief::Headers)?;
    if id.is_empty() || id.len() > ID_BYTES_MAX {
        return Err(Disbelief::Headers);
    }
    let signed = |signature: &[u8], secret: &WebhookSecret| {
        let mut mac = mac(&secret.0);
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        mac.verify_slice(signature).is_ok()
    };
    let of_version = given.split(' ').take(SIGNATURES_MAX).filter_map(|one| one.strip_prefix("v1,"));
    let mut signatures = of_version.filter_map(|one| STANDARD.decode(one).ok());
    if !signatures.any(|signature| secrets.iter().any(|secret| signed(&signature, secret))) {
        return Err(Disbelief::Signature);
    }
    if at.abs_diff(now_seconds) > TIMESTAMP_OFF_MAX_SECONDS.unsigned_abs() {
        return Err(Disbelief::Timestamp);
    }
    Ok(id.to_owned())
}

/// Whether a request of the CRM proves itself as the mapping says.
pub(crate) fn is_proved(kind: ProofKind, header: &str, secret: &Secret, headers: &HeaderMap, body: &[u8]) -> bool {
    let Some(given) = headers.get(header).and_then(|value| value.to_str().ok()) else { return false };
    match kind {
        ProofKind::Token => secret.is(given.strip_prefix("Bearer ").unwrap_or(given)),
        ProofKind::HmacSha256 => {
            let hex = given.strip_prefix("sha256=").unwrap_or(given);
            let mut mac = mac(secret.reveal().as_bytes());
            mac.update(body);
            hex::decode(hex).is_ok_and(|signature| mac.verify_slice(&signature).is_ok())
        }
    }
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use http::HeaderMap;

    use consilium_appservice::Secret;

    use super::{Disbelief, WebhookSecret, is_proved, verify};
    use crate::config::ProofKind;

    /// The example of the libraries of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn headers(values: &[(&'static str, &str)]) -> HeaderMap {
        values.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn check(signature: &str, timestamp: &str, now: i64) -> Result<String, Disbelief> {
        let secrets = [WebhookSecret::parse(&Secret::new(SECRET)).unwrap()];
        let sent = [("webhook-id", ID), ("webhook-timestamp", timestamp), ("webhook-signature", signature)];
        verify(&secrets, &headers(&sent), BODY, now)
    }

    #[test]
    fn the_known_example_is_believed_within_five_minutes_either_way() {
        let at = AT.to_string();
        for now in [AT, AT + 300, AT - 300] {
            assert_eq!(check(SIGNATURE, &at, now), Ok(ID.to_owned()));
        }
        assert_eq!(check(SIGNATURE, &at, AT + 301), Err(Disbelief::Timestamp));
        assert_eq!(check(SIGNATURE, &at, AT - 301), Err(Disbelief::Timestamp));
    }

    #[test]
    fn one_of_two_signatures_is_enough_and_a_wrong_one_is_none() {
        let at = AT.to_string();
        let wrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assert_eq!(check(&format!("{wrong} {SIGNATURE}"), &at, AT), Ok(ID.to_owned()));
        for forged in [wrong, "", "v1,", "v1,???", &SIGNATURE.replace("v1,", "v2,")] {
            assert_eq!(check(forged, &at, AT), Err(Disbelief::Signature), "{forged}");
        }
        assert_eq!(check(SIGNATURE, &(AT + 1).to_string(), AT), Err(Disbelief::Signature), "the time is signed");
        assert_eq!(check(SIGNATURE, "yesterday", AT), Err(Disbelief::Headers));
        assert_eq!(verify(&[], &HeaderMap::new(), BODY, AT), Err(Disbelief::Headers));
    }

    #[test]
    fn only_a_secret_in_the_form_of_the_specification_is_one() {
        for wrong in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_???"] {
            assert!(WebhookSecret::parse(&Secret::new(wrong)).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_crm_proves_itself_by_a_token_or_a_signature() {
        let token = Secret::new("long-token");
        for (given, wanted) in [("long-token", true), ("Bearer long-token", true), ("long-tokeN", false), ("", false)] {
            let sent = headers(&[("x-token", given)]);
            assert_eq!(is_proved(ProofKind::Token, "x-token", &token, &sent, b"{}"), wanted, "{given}");
        }
        assert!(!is_proved(ProofKind::Token, "x-token", &token, &HeaderMap::new(), b"{}"));
        // RFC 4231, test case 2.
        let signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let (key, body) = (Secret::new("Jefe"), b"what do ya want for nothing?");
        for given in [signature.to_owned(), format!("sha256={signature}")] {
            let sent = headers(&[("x-signature", &given)]);
            assert!(is_proved(ProofKind::HmacSha256, "x-signature", &key, &sent, body));
            assert!(!is_proved(ProofKind::HmacSha256, "x-signature", &key, &sent, b"another body"));
        }
    }
}
