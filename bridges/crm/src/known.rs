//! What the bridge remembers of an answer, and of whom: `patient.contact` is the CRM's contact of a patient.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Deserialize;

/// Longest name of something remembered. Unit: bytes.
const NAME_BYTES_MAX: usize = 32;

/// Of what something is remembered: each is a thing of Consilium with an id in its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A patient.
    Patient,
    /// The conversation of a patient and a circle of queues.
    Conversation,
    /// A consultation.
    Consultation,
    /// A call-back.
    Callback,
    /// A call.
    Call,
    /// A member of staff.
    Operator,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Patient, Self::Conversation, Self::Consultation, Self::Callback, Self::Call, Self::Operator];

    /// As the mapping and the store say it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Conversation => "conversation",
            Self::Consultation => "consultation",
            Self::Callback => "callback",
            Self::Call => "call",
            Self::Operator => "operator",
        }
    }

    /// The field of an event's `data` that holds its id.
    pub fn field(self) -> String {
        format!("{}_id", self.word())
    }
}

/// A thing of Consilium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

/// `patient.contact`: what is remembered, and of what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct KnownName {
    /// Of what.
    pub kind: Kind,
    /// What it is called in the mapping.
    pub name: String,
}

/// A text that is no such name.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no name of something known: write one of patient, conversation, consultation, callback, call, operator, a full stop, and 1 to 32 of a-z 0-9 _, such as `patient.contact`"
)]
pub struct NotKnown(String);

impl FromStr for KnownName {
    type Err = NotKnown;

    fn from_str(text: &str) -> Result<Self, NotKnown> {
        let refuse = || NotKnown(text.to_owned());
        let (kind, name) = text.split_once('.').ok_or_else(refuse)?;
        let kind = Kind::ALL.into_iter().find(|one| one.word() == kind).ok_or_else(refuse)?;
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_name = (1..=NAME_BYTES_MAX).contains(&name.len()) && name.bytes().all(allowed);
        let starts_well = name.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        if is_name && starts_well { Ok(Self { kind, name: name.to_owned() }) } else { Err(refuse()) }
    }
}

impl TryFrom<String> for KnownName {
    type Error = NotKnown;

    fn try_from(text: String) -> Result<Self, NotKnown> {
        text.parse()
    }
}

impl fmt::Display for KnownName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.kind.word(), self.name)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Kind, KnownName};

    #[test]
    fn a_name_says_of_what_and_what() {
        let name: KnownName = "patient.contact_2".parse().unwrap();
        assert_eq!(
            (name.kind, name.name.as_str(), name.to_string().as_str()),
            (Kind::Patient, "contact_2", "patient.contact_2")
        );
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for wrong in ["contact", "person.contact", "patient.", "patient.Contact", "patient.2", "patient.a.b", "."] {
            let told = wrong.parse::<KnownName>().unwrap_err().to_string();
            assert!(told.contains("patient.contact"), "{told}");
        }
    }
}
