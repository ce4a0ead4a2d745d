//! What is left of an event after a redaction.

use ruma::{CanonicalJsonObject, canonical_json::redact_in_place};

use crate::version::RoomRules;

/// The redacted form of a stored event, in canonical JSON. Redacting twice gives the same bytes.
///
/// Source: room version 11 §Redactions. Errors: the bytes are not an event.
pub fn redact(json: &[u8], rules: &RoomRules) -> Result<Vec<u8>, RedactError> {
    let mut object: CanonicalJsonObject = serde_json::from_slice(json)?;
    redact_in_place(&mut object, &rules.rules.redaction, None)
        .map_err(|error| RedactError::Fields(error.to_string()))?;
    Ok(serde_json::to_vec(&object)?)
}

#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    #[error("the stored event is not JSON")]
    Json(#[from] serde_json::Error),
    #[error("the stored event has no form that can be redacted: {0}")]
    Fields(String),
}
