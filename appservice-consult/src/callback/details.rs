//! What is personal of a call-back: whom to call, where, why. Sealed at rest; checked here.

use serde::{Deserialize, Serialize};

use crate::api::types::FieldError;
use crate::letters;
use crate::patient;

/// Longest reason. Unit: characters.
const REASON_CHARACTERS_MAX: usize = 1_000;

/// Whom to call, where, why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Name that was written into the form; none for a patient, whose card has it.
    #[serde(default)]
    pub name: Option<String>,
    /// Name of whom it is about, where a visitor of the form asks for somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_name: Option<String>,
    /// Telephone number; none: only in the app.
    #[serde(default)]
    pub phone: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub reason: Option<String>,
    /// In which of the brand's languages he ordered it: so he is told what becomes of it. None: somebody else ordered it for him.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A telephone number in its one form.
pub fn phone(text: &str) -> Result<Option<String>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    patient::checked_phone(text).map(Some).map_err(|message| field("phone", message))
}

/// A name, with single spaces.
pub fn name(text: &str) -> Result<String, FieldError> {
    patient::checked_name(text).map_err(|message| field("name", message))
}

/// The name of whom it is about, if one was written.
pub fn for_name(text: Option<&str>) -> Result<Option<String>, FieldError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| patient::checked_name(text).map_err(|message| field("for_name", message))).transpose()
}

/// What it is about, without what a terminal would obey.
pub fn reason(text: Option<&str>) -> Result<Option<String>, FieldError> {
    let text = text.unwrap_or_default().trim();
    if text.chars().count() > REASON_CHARACTERS_MAX || letters::has_stray_control(text) {
        return Err(field("reason", "a reason has at most 1000 characters"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError::new(name, message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{for_name, name, phone, reason};

    #[test]
    fn what_is_written_is_kept_in_one_form() {
        assert_eq!(phone(" +7 (495) 000-00-00 ").unwrap().as_deref(), Some("+74950000000"));
        assert_eq!((phone("  ").unwrap(), reason(Some(" \n ")).unwrap(), reason(None).unwrap()), (None, None, None));
        assert_eq!(name("  Anna   Karenina ").unwrap(), "Anna Karenina");
        assert_eq!(for_name(Some(" Masha  K ")).unwrap().as_deref(), Some("Masha K"));
        assert_eq!((for_name(None).unwrap(), for_name(Some("  ")).unwrap()), (None, None));
        assert_eq!(reason(Some(" two\nlines ")).unwrap().as_deref(), Some("two\nlines"));
    }

    #[test]
    fn what_is_no_number_name_or_reason_is_refused() {
        for text in ["call me", "+7", "+12345678901234567", "7495'000"] {
            assert_eq!(phone(text).unwrap_err().field, "phone", "{text}");
        }
        assert_eq!(for_name(Some("a\u{0}")).unwrap_err().field, "for_name");
        assert!(name(" ").is_err() && name(&"x".repeat(201)).is_err() && name("a\u{0}").is_err());
        assert!(reason(Some(&"x".repeat(1_001))).is_err() && reason(Some("a\u{1b}[0m")).is_err());
    }
}
