//! Reasons that supervisors give: what they may say, and how they lie in the tables.

use super::RetentionError;
use crate::api::types::FieldError;
use crate::letters;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::tenant_key::Place;

/// Longest reason. Unit: characters; a sentence or two.
const REASON_CHARACTERS_MAX: usize = 500;

/// A reason without its edges.
pub fn checked(reason: &str) -> Result<&str, RetentionError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARACTERS_MAX || letters::has_stray_control(reason) {
        let message = format!("Say why, in 1 to {REASON_CHARACTERS_MAX} characters.");
        return Err(RetentionError::Invalid(FieldError::new("reason", message)));
    }
    Ok(reason)
}

/// A reason for its row.
pub fn sealed(tenant: &Tenant, place: Place<'_>, reason: &str) -> Vec<u8> {
    tenant.key.seal(&tenant.context, place, reason.as_bytes())
}

/// A reason out of its row.
pub fn opened(tenant: &Tenant, place: Place<'_>, sealed: &[u8]) -> Result<String, StoreError> {
    let broken = |source: Box<dyn std::error::Error + Send + Sync>| {
        let column = place.column.to_owned();
        StoreError::Column { column, source }
    };
    let bytes = tenant.key.open(place, sealed).map_err(|error| broken(error.into()))?;
    String::from_utf8(bytes).map_err(|error| broken(error.into()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::checked;

    #[test]
    fn a_reason_says_something_and_is_short() {
        assert_eq!(checked("  Просьба пациента от 3 марта \n").unwrap(), "Просьба пациента от 3 марта");
        assert!(checked(&"я".repeat(500)).is_ok());
        for reason in ["", " \n", "a\u{1b}[0m", &"я".repeat(501)] {
            assert!(checked(reason).is_err(), "{reason}");
        }
    }
}
