//! Signed JSON: parsed once, compared without its signatures, checked with a public key. Pure.

use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, SigningKeyAlgorithm,
    serde::Base64,
    signatures::{to_canonical_json_string_for_signing, verify_canonical_json_bytes},
};
use serde_json::{Map, Value};

use super::error::KeyError;

/// A JSON object with `signatures`.
#[derive(Clone, Debug)]
pub struct Signed {
    object: CanonicalJsonObject,
    /// What is signed: canonical, without `signatures` and `unsigned`.
    payload: String,
}

impl Signed {
    /// Errors: `WrongForm` when it is no object, or holds what canonical JSON cannot.
    pub fn parse(json: &[u8]) -> Result<Self, KeyError> {
        let wrong = |error: &dyn std::fmt::Display| KeyError::WrongForm(error.to_string());
        let value: Value = serde_json::from_slice(json).map_err(|error| wrong(&error))?;
        let value = CanonicalJsonValue::try_from(value).map_err(|error| wrong(&error))?;
        let CanonicalJsonValue::Object(object) = value else {
            return Err(KeyError::WrongForm("not an object".to_owned()));
        };
        let payload = to_canonical_json_string_for_signing(&object).map_err(|error| wrong(&error))?;
        Ok(Self { object, payload })
    }

    /// Whether both are the same but for signatures and `unsigned`.
    pub fn same_payload(&self, other: &Self) -> bool {
        self.payload == other.payload
    }

    /// The signatures of `user`: key id and signature.
    pub fn signatures_of(&self, user: &str) -> impl Iterator<Item = (&str, &str)> {
        let all = self.object.get("signatures").and_then(CanonicalJsonValue::as_object);
        let of_user = all.and_then(|all| all.get(user)).and_then(CanonicalJsonValue::as_object);
        of_user.into_iter().flatten().filter_map(|(key, signature)| Some((&**key, signature.as_str()?)))
    }

    /// Whether `user` signed it with the key `ed25519:<key>` whose public part is `public_key`.
    pub fn is_signed_by(&self, user: &str, key: &str, public_key: &str) -> bool {
        let mut signatures = self.signatures_of(user);
        let wanted = |(id, _): &(&str, &str)| id.strip_prefix("ed25519:") == Some(key);
        let Some((_, signature)) = signatures.find(wanted) else { return false };
        let parts = (
            Base64::<ruma::serde::base64::Standard>::parse(signature),
            Base64::<ruma::serde::base64::Standard>::parse(public_key),
        );
        let (Ok(signature), Ok(public_key)) = parts else { return false };
        verify_canonical_json_bytes(
            &SigningKeyAlgorithm::Ed25519,
            public_key.as_bytes(),
            signature.as_bytes(),
            self.payload.as_bytes(),
        )
        .is_ok()
    }

    /// The public ed25519 key with this id, out of `keys`.
    pub fn ed25519_key(&self, id: &str) -> Option<&str> {
        self.object.get("keys")?.as_object()?.get(&format!("ed25519:{id}"))?.as_str()
    }
}

/// Hash of a JSON value that does not depend on the order of its fields.
pub fn canonical_hash(json: &str) -> Result<[u8; 32], KeyError> {
    let wrong = |error: &dyn std::fmt::Display| KeyError::WrongForm(error.to_string());
    let value: Value = serde_json::from_str(json).map_err(|error| wrong(&error))?;
    let value = CanonicalJsonValue::try_from(value).map_err(|error| wrong(&error))?;
    Ok(*blake3::hash(value.to_string().as_bytes()).as_bytes())
}

/// A JSON object; `WrongForm` for anything else.
pub fn object(json: &[u8]) -> Result<Map<String, Value>, KeyError> {
    serde_json::from_slice(json).map_err(|error| KeyError::WrongForm(error.to_string()))
}

#[cfg(test)]
mod tests {
    use ruma::{
        CanonicalJsonObject,
        serde::{Base64, base64::Standard},
        signatures::{Ed25519KeyPair, sign_json},
    };

    use super::Signed;

    #[test]
    fn a_signature_holds_for_what_was_signed_only() {
        let pair = Ed25519KeyPair::from_der(&Ed25519KeyPair::generate(), "KEY".to_owned()).expect("a key");
        let public = Base64::<Standard>::new(pair.public_key().to_vec()).encode();
        let mut object: CanonicalJsonObject = serde_json::from_str(r#"{"b":1,"a":"x"}"#).expect("an object");
        sign_json("@alice:hs.test", &pair, &mut object).expect("signed");
        let text = serde_json::to_string(&object).expect("text");
        let signed = Signed::parse(text.as_bytes()).expect("parsed");
        assert!(signed.is_signed_by("@alice:hs.test", "KEY", &public));
        assert!(!signed.is_signed_by("@bob:hs.test", "KEY", &public));
        assert!(!signed.is_signed_by("@alice:hs.test", "OTHER", &public));
        let changed = Signed::parse(text.replace(r#""b":1"#, r#""b":2"#).as_bytes()).expect("parsed");
        assert!(!changed.is_signed_by("@alice:hs.test", "KEY", &public));
        assert!(!changed.same_payload(&signed));
    }
}
