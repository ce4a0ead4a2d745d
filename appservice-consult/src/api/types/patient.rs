//! Patients: rows of lists and the card.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ConsultationRow, Conversation, CustomField, DismissedDuplicate, MergedAccount, PatientConsent, Person,
    PossibleDuplicate,
};
use crate::ids::{PatientId, UserId};
use crate::time::Time;

/// Sex, as FHIR's administrative gender without `unknown`, which is null here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Other.
    Other,
}

/// A patient in lists.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PatientRow {
    /// Id of the card.
    pub id: PatientId,
    /// Matrix user id.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// E.164 where it was given so.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// When the service first saw him.
    pub created_at: Time,
    /// Request time of the last consultation.
    pub last_consultation_at: Option<Time>,
    /// How many consultations he had.
    pub consultations: i64,
    /// Names, phone numbers and e-mail addresses of other accounts on the card which it does not show: it is found by them too.
    pub also: Vec<String>,
}

/// A patient with all that the service knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientCard {
    /// Id of the card.
    pub id: PatientId,
    /// Matrix user id.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// E.164 where it was given so.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// When the service first saw him.
    pub created_at: Time,
    /// Request time of the last consultation.
    pub last_consultation_at: Option<Time>,
    /// His rooms, one for each circle of each account.
    pub conversations: Vec<Conversation>,
    /// His latest consultations, newest first, at most 50.
    pub consultations: Vec<ConsultationRow>,
    /// What he is asked to agree to for himself, and how each stands.
    pub consents: Vec<PatientConsent>,
    /// Other accounts of his that are shown on this card, in the order they came to it.
    pub merged: Vec<MergedAccount>,
    /// Other cards that may be his.
    pub duplicates: Vec<PossibleDuplicate>,
    /// Other cards that look so and are not, at the word of a member of staff; the latest said first, at most 50.
    pub dismissed: Vec<DismissedDuplicate>,
    /// Whom he acts for; those who were removed stand last.
    pub persons: Vec<Person>,
    /// Policy, as text.
    pub insurance: Option<String>,
    /// The number by which a partner's system knows him.
    pub external_id: Option<String>,
    /// When that was another one, and at whose word it was changed, the latest first; at most 50 of each account on the card.
    pub external_ids: Vec<ExternalIdChange>,
    /// The brand's own fields, in their order.
    pub fields: Vec<CustomField>,
    /// Since when his account is deleted, and nothing personal is on the card; null: it is not.
    pub deleted_at: Option<Time>,
}

/// That the number of a partner's system was put on a card in the place of the one before, or taken off.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExternalIdChange {
    /// The number since then; null: there was none.
    pub external_id: Option<String>,
    /// When.
    pub at: Time,
    /// Name of who changed it: a member of staff, a partner's key; empty: the service itself.
    pub by: String,
}
