//! Persons whom a patient acts for: what he keeps of them, and what others see. Names follow `RelatedPerson` of FHIR R4, which is the account holder.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::requests::present;
use super::{ConsultationRow, PatientConsent, PatientRef, Sex};
use crate::ids::PersonId;
use crate::time::Time;

/// What the account holder is to the person: codes of FHIR's `RelatedPerson.relationship`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum Relationship {
    /// The parent: the person is his child.
    #[serde(rename = "PRN")]
    Parent,
    /// The child: the person is his parent.
    #[serde(rename = "CHILD")]
    Child,
    /// Husband or wife.
    #[serde(rename = "SPS")]
    Spouse,
    /// Brother or sister.
    #[serde(rename = "SIB")]
    Sibling,
    /// The grandparent: the person is his grandchild.
    #[serde(rename = "GRPRN")]
    Grandparent,
    /// The grandchild: the person is his grandparent.
    #[serde(rename = "GRNDCHILD")]
    Grandchild,
    /// The guardian, by law or by a court.
    #[serde(rename = "GUARD")]
    Guardian,
    /// Another member of the family.
    #[serde(rename = "FAMMEMB")]
    Family,
    /// None of these.
    #[serde(rename = "O")]
    Other,
}

/// A person whom a patient acts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    /// Id of the card.
    pub id: PersonId,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// Whole years.
    pub age: Option<i64>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// What the account holder is to him.
    pub relationship: Relationship,
    /// Whether something can be asked for him; if not, he was removed, and his history is kept.
    pub active: bool,
    /// How many consultations he had.
    pub consultations: i64,
    /// When he was added.
    pub created_at: Time,
}

/// `GET /me/persons`
#[derive(Debug, Serialize, ToSchema)]
pub struct Persons {
    /// Those who can be asked for in the order they were added, then those who were removed.
    pub persons: Vec<Person>,
}

/// `POST /me/persons`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// Name to show, at most 200 characters.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: String,
    /// As FHIR's administrative gender.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// What the account holder is to him.
    pub relationship: Relationship,
    /// Made by the client once for each press of the button; a retry with the same one adds nobody twice.
    pub request_id: Uuid,
}

/// `PATCH /me/persons/{id}`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// Name to show, at most 200 characters.
    pub name: Option<String>,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As FHIR's administrative gender.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<Option<Sex>>,
    /// What the account holder is to him.
    pub relationship: Option<Relationship>,
    /// True brings back who was removed.
    pub active: Option<bool>,
}

/// Whose health a consultation is about, where it is not the account holder's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonRef {
    /// Id of the card.
    pub id: PersonId,
    /// Name to show.
    pub name: String,
    /// Whole years.
    pub age: Option<i64>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// What the account holder is to him; null: his account was deleted.
    pub relationship: Option<Relationship>,
}

/// A person at the desk, with all that the service knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonCard {
    /// Id of the card.
    pub id: PersonId,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// Whole years.
    pub age: Option<i64>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// What the account holder is to him.
    pub relationship: Relationship,
    /// Whether something can be asked for him; if not, he was removed.
    pub active: bool,
    /// When he was added.
    pub created_at: Time,
    /// Who acts for him.
    pub patient: PatientRef,
    /// Latest consultations about him, newest first, at most 50.
    pub consultations: Vec<ConsultationRow>,
    /// What has to be agreed to for him, and how each stands.
    pub consents: Vec<PatientConsent>,
}

/// A person as he is sealed with a consultation about him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedPerson {
    /// Id of the card.
    pub id: PersonId,
    /// Name at the time of sealing.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As the card said.
    pub sex: Option<Sex>,
    /// What the account holder was to him.
    pub relationship: Relationship,
}

/// A person, as a partner's system sees him.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerPerson {
    /// Id of the card: what a request names.
    pub id: PersonId,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// What the patient is to him.
    pub relationship: Relationship,
}
