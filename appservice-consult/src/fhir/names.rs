//! How resources are named: by ids that follow from the tenant and the service's own ids, so that an import that is repeated finds what it made. Pure.
//!
//! Identifier systems stand under the tenant's server name, which never changes; addresses under the one where the service is reached today.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What needs no escape in a part of an address.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Whose names.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// The tenant's Matrix server name.
    pub(super) server_name: String,
    /// Where the service is reached, without a slash at the end.
    pub(super) public_url: String,
}

/// A resource, as others name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handle {
    /// Its type.
    pub(super) kind: &'static str,
    /// Its id: a UUID.
    pub(super) id: String,
    /// What people call it; empty: nothing.
    pub(super) shown: String,
}

impl Names {
    /// The resource of that type for one of the service's own things.
    pub(super) fn handle(&self, kind: &'static str, own: &str, shown: &str) -> Handle {
        let mut digest = Sha256::new();
        for part in [self.server_name.as_str(), kind, own] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part.as_bytes());
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.finalize()[..16]);
        let id = uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string();
        Handle { kind, id, shown: shown.to_owned() }
    }

    /// The URI of a system of identifiers or codes of this tenant, and of an extension.
    pub(super) fn system(&self, of: &str) -> String {
        format!("https://{}/_consilium/fhir/{of}", self.server_name)
    }

    /// An identifier by which this tenant knows something.
    pub(super) fn identifier(&self, of: &str, value: &str) -> Value {
        json!({ "system": self.system(of), "value": value })
    }

    /// A code of this tenant's own.
    pub(super) fn coding(&self, of: &str, code: &str, display: &str) -> Value {
        json!({ "system": self.system(of), "code": code, "display": display })
    }

    /// A sealed consultation, where whoever may read it there reads it.
    pub(super) fn archive_url(&self, consultation: &str) -> String {
        format!("{}{}/archive/{}", self.public_url, crate::api::PREFIX, segment(consultation))
    }

    /// A message's file, whose address and key stand in the archive's record.
    pub(super) fn file_url(&self, consultation: &str, event: &str) -> String {
        format!("{}#{}", self.archive_url(consultation), segment(event))
    }

    /// What a patient agreed to, for himself or for a person, with the texts, for staff who may read his card.
    pub(super) fn consents_url(&self, patient: &str, person: Option<&str>) -> String {
        let person = person.map(|person| format!("/persons/{}", segment(person))).unwrap_or_default();
        format!("{}{}/patients/{}{person}/consents", self.public_url, crate::api::PREFIX, segment(patient))
    }

    /// A version of a conclusion as PDF.
    pub(super) fn pdf_url(&self, consultation: &str, version: i64) -> String {
        let (url, prefix) = (&self.public_url, crate::api::PREFIX);
        format!("{url}{prefix}/consultations/{}/conclusion/pdf?version={version}", segment(consultation))
    }
}

fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

impl Handle {
    /// The absolute name of the resource in its bundle.
    pub(super) fn urn(&self) -> String {
        format!("urn:uuid:{}", self.id)
    }

    /// A reference to it.
    pub(super) fn reference(&self) -> Value {
        json!({ "reference": self.urn(), "type": self.kind, "display": self.shown })
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn names(server_name: &str) -> Names {
        Names { server_name: server_name.to_owned(), public_url: "https://api.test".to_owned() }
    }

    #[test]
    fn an_id_is_always_the_same_and_anothers_is_another() {
        let here = names("hs.test");
        let patient = here.handle("Patient", "p1", "Anna");
        assert_eq!(patient, here.handle("Patient", "p1", "Anna"));
        for other in [
            here.handle("Practitioner", "p1", ""),
            here.handle("Patient", "p2", ""),
            names("b").handle("Patient", "p1", ""),
        ] {
            assert_ne!(patient.id, other.id);
        }
        assert_eq!(patient.id.as_bytes()[14], b'8', "a UUID of one's own making");
    }

    #[test]
    fn an_address_holds_whatever_an_id_is() {
        let url = names("hs.test").file_url("c/1", "$a b#c");
        assert_eq!(url, "https://api.test/_consilium/v1/archive/c%2F1#%24a%20b%23c");
    }
}
