//! Consents: what a patient is asked to agree to, what he agreed to, and what staff sees of it. Names follow FHIR R4 Consent.

use consilium_config::brand::ConsentMoment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{ConsentPurpose, PersonId};
use crate::time::Time;

/// How a consent stands: FHIR's `Consent.status`, and `outdated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentStatus {
    /// It was never given.
    Proposed,
    /// It is given.
    Active,
    /// It was given to a text that is not today's: it counts no more.
    Outdated,
    /// It was withdrawn.
    Inactive,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentDecision {
    /// The patient agreed.
    Given,
    /// He withdrew it.
    Withdrawn,
}

/// What withdrawing does, and what it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentEffect {
    /// No consultation and no call-back can be asked for until it is given again.
    NothingNewBegins,
    /// What is open goes on to its end.
    OpenGoesOn,
    /// Nothing is deleted by it.
    NothingIsDeleted,
}

/// A text, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConsentDocument {
    /// SHA-256 of title, summary and text with an empty line between them, hexadecimal: the version.
    pub hash: String,
    /// BCP 47.
    pub language: String,
    /// What is agreed to, beside the tick.
    pub title: String,
    /// The gist.
    pub summary: String,
    /// The whole of it: paragraphs with empty lines between them.
    pub text: String,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConsentEntry {
    /// To what.
    pub purpose: ConsentPurpose,
    /// About whom, of the persons whom the patient acts for; null: about himself.
    pub person_id: Option<PersonId>,
    /// What was decided.
    pub decision: ConsentDecision,
    /// When.
    pub at: Time,
    /// On which session of the homeserver; null: unknown, or the account was deleted.
    pub device_id: Option<String>,
    /// What was shown; of a withdrawal, what is withdrawn.
    pub document: ConsentDocument,
}

/// A consent of the patient who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consent {
    /// To what.
    pub purpose: ConsentPurpose,
    /// Whether nothing can be asked for without it.
    pub required: bool,
    /// When it is asked for.
    pub asked: ConsentMoment,
    /// How it stands.
    pub status: ConsentStatus,
    /// The text of today, in the language asked for; null: it is not asked for any more.
    pub offered: Option<ConsentDocument>,
    /// What he decided last; null: nothing.
    pub last: Option<ConsentEntry>,
    /// What withdrawing it does.
    pub withdrawal: Vec<ConsentEffect>,
}

/// `GET /me/consents`
#[derive(Debug, Serialize, ToSchema)]
pub struct Consents {
    /// In the order in which they are asked for; then those that are given and not asked for any more.
    pub consents: Vec<Consent>,
}

/// `PUT /me/consents/{purpose}`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveConsent {
    /// Hash of the text that was shown: the patient agrees to that one.
    pub hash: String,
}

/// A consent that comes with a request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenConsent {
    /// To what.
    pub purpose: ConsentPurpose,
    /// Hash of the text that was shown.
    pub hash: String,
}

/// A consent on a patient's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PatientConsent {
    /// To what.
    pub purpose: ConsentPurpose,
    /// Its title today, in the reader's language; where it is not asked for any more, as it was shown.
    pub title: String,
    /// Whether nothing can be asked for without it.
    pub required: bool,
    /// How it stands.
    pub status: ConsentStatus,
    /// When the patient decided last; null: never.
    pub decided_at: Option<Time>,
}

/// `GET /patients/{id}/consents`
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentHistory {
    /// Newest first, at most 2000, each with its text.
    pub entries: Vec<ConsentEntry>,
}
