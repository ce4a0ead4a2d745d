//! A provider of signatures at an address of the partner's: one request for each conclusion, with its hash, and with its content where the partner says so.

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::signature::{SIMPLE, Signature, SignatureError, Signer, ToSign};
use crate::config::SignerConfig;
use crate::context::Context;
use crate::ids::{ConsultationId, OperatorId, UserId};
use crate::outward::{Answer, Outward};
use crate::time::Time;

/// A method's name stands beside each version. Unit: bytes.
const METHOD_BYTES_MAX: usize = 40;
/// What is said to a refusal is for who pressed. Unit: characters.
const REFUSAL_CHARACTERS_MAX: usize = 500;

/// The partner's provider.
pub struct Provider {
    outward: Outward,
    tenant: String,
    sends_content: bool,
    context: Context,
}

impl Provider {
    /// At the address of the configuration, for the tenant of that server name.
    pub fn new(config: &SignerConfig, tenant: &str, context: &Context) -> Self {
        Self {
            outward: Outward::new(&config.outward),
            tenant: tenant.to_owned(),
            sends_content: config.sends_content,
            context: context.clone(),
        }
    }
}

/// What the provider is asked.
#[derive(Serialize)]
struct Asked<'a> {
    r#type: &'static str,
    tenant: &'a str,
    consultation_id: &'a ConsultationId,
    number: i64,
    version: i64,
    signed_at: Time,
    hash: &'a str,
    operator: Operator<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

#[derive(Serialize)]
struct Operator<'a> {
    id: &'a OperatorId,
    user_id: &'a UserId,
    name: &'a str,
    title: Option<&'a str>,
}

/// What it gives.
#[derive(Deserialize)]
struct Given {
    hash: String,
    method: String,
    signature: String,
}

/// What it says to a refusal, if it says something.
#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    reason: Option<String>,
}

#[async_trait]
impl Signer for Provider {
    fn is_elsewhere(&self) -> bool {
        true
    }

    async fn sign(&self, what: ToSign<'_>) -> Result<Signature, SignatureError> {
        let ToSign { request, consultation, number, version, content, hash, by, at } = what;
        let asked = Asked {
            r#type: "conclusion.sign",
            tenant: &self.tenant,
            consultation_id: consultation,
            number,
            version,
            signed_at: at,
            hash,
            operator: Operator { id: &by.id, user_id: &by.user_id, name: &by.name, title: by.title.as_deref() },
            content: self.sends_content.then(|| STANDARD.encode(content)),
        };
        let body = serde_json::to_vec(&asked).expect("what is asked has only string keys");
        let answer = self.outward.post(request, body, self.context.now()).await;
        given(answer.map_err(|error| SignatureError::Unavailable(error.to_string()))?, hash)
    }
}

/// What an answer comes to. Only 409 and 422 refuse; whatever else is no signature may be one later.
fn given(Answer { status, body }: Answer, hash: &str) -> Result<Signature, SignatureError> {
    let later = |why: &str| Err(SignatureError::Unavailable(why.to_owned()));
    match status {
        200 => {}
        202 => return later("it has taken it, and has not signed it yet"),
        409 | 422 => {
            let Refusal { reason } = serde_json::from_slice(&body).unwrap_or_default();
            return Err(SignatureError::Refused(said(reason.as_deref().unwrap_or_default())));
        }
        status => return later(&format!("it answered with status {status}")),
    }
    let Ok(Given { hash: signed, method, signature }) = serde_json::from_slice(&body) else {
        return later("its answer is no signature");
    };
    if !signed.eq_ignore_ascii_case(hash) {
        return later("it signed something else");
    }
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    if method == SIMPLE || !(1..=METHOD_BYTES_MAX).contains(&method.len()) || !method.bytes().all(is_plain) {
        return later("its method has no name that can be kept");
    }
    match STANDARD.decode(signature) {
        Ok(value) if !value.is_empty() => Ok(Signature { method, value }),
        _ => later("its signature is empty, or no base64"),
    }
}

/// Words of somebody else's, as they can be shown.
fn said(reason: &str) -> String {
    let shown: String = reason.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    shown.trim().chars().take(REFUSAL_CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Answer, Signature, SignatureError, given, said};

    fn answered(status: u16, body: &serde_json::Value) -> Result<Signature, SignatureError> {
        given(Answer { status, body: body.to_string().into_bytes() }, "ab12")
    }

    #[test]
    fn a_signature_of_what_was_asked_for_is_taken() {
        let body = json!({ "hash": "AB12", "method": "cades-t", "signature": "c2lnbmVk", "more": 1 });
        let signature = answered(200, &body);
        assert!(matches!(signature, Ok(Signature { method, value }) if method == "cades-t" && value == b"signed"));
    }

    #[test]
    fn what_is_no_signature_waits_and_is_never_a_refusal() {
        let good = json!({ "hash": "ab12", "method": "cades-t", "signature": "c2lnbmVk" });
        let but = |key: &str, value: &str| {
            let mut body = good.clone();
            body[key] = json!(value);
            body
        };
        for (status, body) in [
            (200, but("hash", "ff00")),
            (200, but("method", "simple")),
            (200, but("method", "")),
            (200, but("method", "CAdES T")),
            (200, but("signature", "")),
            (200, but("signature", "no base64!")),
            (200, json!("signed")),
            (202, json!({})),
            (302, good.clone()),
            (401, json!({})),
            (404, json!({})),
            (429, json!({})),
            (503, json!({ "reason": "closed" })),
        ] {
            let refused = answered(status, &body);
            assert!(matches!(refused, Err(SignatureError::Unavailable(_))), "{status} {body}: {refused:?}");
        }
    }

    #[test]
    fn a_refusal_is_said_in_its_own_words_as_far_as_they_can_be_shown() {
        for status in [409, 422] {
            let refused = answered(status, &json!({ "reason": "The certificate\nhas ended. " }));
            assert!(matches!(refused, Err(SignatureError::Refused(why)) if why == "The certificate has ended."));
        }
        let refused = given(Answer { status: 422, body: b"<html>".to_vec() }, "ab12");
        assert!(matches!(refused, Err(SignatureError::Refused(why)) if why.is_empty()));
        assert_eq!(said(&"x".repeat(900)).len(), 500);
    }
}
