//! What is signed: everything that the document says, as it was known then. Persisted for decades: fields are added, never changed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::template::Section;
use crate::api::types::Sex;
use crate::consultation::Record as Consultation;
use crate::ids::{ConsultationId, OperatorId, PatientId, PersonId};
use crate::operator::Member;
use crate::tenant::Tenant;
use crate::time::Time;

/// Version of the document's form.
const FORM: u32 = 1;

/// A conclusion as it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Version of this form.
    pub form: u32,
    /// Its number in the register of the tenant; none while it is a draft.
    pub number: Option<i64>,
    /// Its version, from 1; a draft's is that which it may become.
    pub version: i64,
    /// The consultation.
    pub consultation: ConsultationId,
    /// The template's id.
    pub template: String,
    /// BCP 47 tag.
    pub language: String,
    /// Title.
    pub title: String,
    /// Who answers for it.
    pub issuer: Issuer,
    /// Name of the queue.
    pub service: String,
    /// When the patient asked.
    pub asked_at: Time,
    /// Whom it is about.
    pub patient: Subject,
    /// Who signs it.
    pub author: Author,
    /// When it was signed, or saved.
    pub at: Time,
    /// IANA time zone in which its times are written.
    pub time_zone: String,
    /// What it says, without what is empty.
    pub sections: Vec<Section>,
    /// Why it replaces the version before.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The brand, as a letterhead names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// Name as people say it.
    pub name: String,
    /// Name as contracts say it.
    pub legal_name: String,
    /// Postal address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// The patient: the account holder, or the person whom he acts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Id of the account holder's card.
    pub id: PatientId,
    /// Id of the person's card; none: it is about the account holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Name of who acted for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting: Option<String>,
    /// Name.
    pub name: String,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Id of the record.
    pub id: OperatorId,
    /// Name.
    pub name: String,
    /// Profession or post.
    pub title: Option<String>,
}

/// What a document is made of, besides what the tenant knows.
#[derive(Debug, Clone)]
pub(super) struct Parts<'a> {
    /// The consultation.
    pub consultation: &'a Consultation,
    /// Its number, once it has one.
    pub number: Option<i64>,
    /// Its version.
    pub version: i64,
    /// The template's id and title.
    pub template: (&'a str, &'a str),
    /// Its language.
    pub language: &'a str,
    /// Who signs.
    pub author: &'a Member,
    /// When.
    pub at: Time,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Why it replaces the one before.
    pub reason: Option<String>,
}

impl Subject {
    /// By the cards of now.
    fn of(tenant: &Tenant, record: &Consultation) -> Self {
        let own = tenant.patients.by_id(&record.patient).map(|entry| entry.card.clone()).unwrap_or_default();
        let person = record.person.as_ref();
        let theirs = person.map(|id| tenant.persons.by_id(id).map(|entry| entry.kept.card.clone()).unwrap_or_default());
        let acting = person.map(|_| own.name.clone()).filter(|name| !name.is_empty());
        let card = theirs.unwrap_or(own);
        Self {
            id: record.patient.clone(),
            person: person.cloned(),
            acting,
            name: card.name,
            birth_date: card.birth_date,
            sex: card.sex,
        }
    }
}

impl Document {
    pub(super) fn of(tenant: &Tenant, parts: Parts<'_>) -> Self {
        let (brand, language) = (&tenant.brand(), parts.language);
        let text = |text: &consilium_config::brand::Localized| text.get(language, &brand.default_language).to_owned();
        let record = parts.consultation;
        let queue = brand.queue(record.state.queue.as_str());
        Self {
            form: FORM,
            number: parts.number,
            version: parts.version,
            consultation: record.id.clone(),
            template: parts.template.0.to_owned(),
            language: language.to_owned(),
            title: parts.template.1.to_owned(),
            issuer: Issuer {
                name: text(&brand.name),
                legal_name: text(&brand.legal_name),
                address: brand.contacts.address.as_ref().map(text),
                phone: brand.contacts.phone.clone(),
                email: brand.contacts.email.clone(),
            },
            service: queue.map_or_else(|| record.state.queue.to_string(), |queue| text(&queue.name)),
            asked_at: record.state.requested_at,
            patient: Subject::of(tenant, record),
            author: Author {
                id: parts.author.id.clone(),
                name: parts.author.name.clone(),
                title: parts.author.title.clone().filter(|title| !title.is_empty()),
            },
            at: parts.at,
            time_zone: brand.time_zone.clone(),
            sections: parts.sections.into_iter().filter(|section| !section.text.trim().is_empty()).map(said).collect(),
            reason: parts.reason,
        }
    }

    /// The bytes that are signed and kept.
    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a document has only string keys")
    }
}

/// A section without what was only for who wrote it.
fn said(section: Section) -> Section {
    Section { hint: None, required: false, ..section }
}

/// SHA-256 of a content, hexadecimal.
pub(super) fn hash(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Document, hash};

    #[test]
    fn the_persisted_form_reads_back_and_its_hash_is_that_of_its_bytes() {
        let kept = r#"{"form":1,"number":7,"version":1,"consultation":"c","template":"visit","language":"ru","title":"Заключение","issuer":{"name":"Я","legal_name":"ООО Я","address":null,"phone":null,"email":null},"service":"Терапевт","asked_at":"2026-11-29T07:00:00Z","patient":{"id":"p","name":"Анна","birth_date":"1990-02-03","sex":"female"},"author":{"id":"o","name":"Мария","title":null},"at":"2026-11-29T08:00:00Z","time_zone":"Europe/Moscow","sections":[{"code":"advice","title":"Рекомендации","text":"Покой"}],"reason":null}"#;
        let document: Document = serde_json::from_str(kept).unwrap();
        assert_eq!(String::from_utf8(document.bytes()).unwrap(), kept);
        assert_eq!(hash(kept.as_bytes()).len(), 64);
        let acted = kept.replace(r#""id":"p","name""#, r#""id":"p","person":"c","acting":"Анна","name""#);
        let document: Document = serde_json::from_str(&acted).unwrap();
        assert_eq!(String::from_utf8(document.bytes()).unwrap(), acted);
    }
}
