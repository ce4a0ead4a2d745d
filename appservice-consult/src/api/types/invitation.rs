//! Patients who are made before they come, and the links by which they come.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FieldValue, FieldWish, PatientChange, PossibleDuplicate, QrCode, Sex};
use crate::ids::{PatientId, UserId};
use crate::time::Time;

/// `POST /patients`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPatient {
    /// Made by the caller once for each patient; a retry with the same one gives the same patient.
    pub request_id: Uuid,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As FHIR's administrative gender.
    pub sex: Option<Sex>,
    /// E.164.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Policy, as text.
    pub insurance: Option<String>,
    /// The number by which a partner's system knows him, at most 100 characters; no two patients have the same.
    pub external_id: Option<String>,
    /// In which of the brand's languages he is greeted; left out: as his device says.
    pub language: Option<String>,
    /// The brand's own fields, by id: see `GET /fields`.
    #[schema(value_type = Option<BTreeMap<String, FieldWish>>)]
    pub fields: Option<BTreeMap<String, Option<FieldValue>>>,
}

/// `POST /patients/check`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPatient {
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

impl From<CheckPatient> for PatientChange {
    fn from(check: CheckPatient) -> Self {
        Self {
            name: Some(check.name),
            birth_date: Some(check.birth_date),
            sex: None,
            phone: Some(check.phone),
            email: Some(check.email),
            insurance: None,
            external_id: None,
            fields: None,
        }
    }
}

/// What a card would be like that is not made yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientCheck {
    /// Cards that may be the same human's.
    pub duplicates: Vec<PossibleDuplicate>,
}

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// The link can be used.
    Open,
    /// The patient has set his password by it.
    Used,
    /// Its time is over.
    Expired,
    /// It was taken back, or a new one was made.
    TakenBack,
}

/// An invitation. What opens it is shown once, where it was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientInvitation {
    /// Its id.
    pub id: String,
    /// How it stands now.
    pub state: InvitationState,
    /// What the patient signs in with, besides his password.
    pub login: String,
    /// When it was made.
    pub made_at: Time,
    /// Name of who made it.
    pub made_by: String,
    /// When it ends by itself.
    pub expires_at: Time,
    /// When the patient set his password by it.
    pub used_at: Option<Time>,
    /// When it was taken back, or a new one was made.
    pub ended_at: Option<Time>,
    /// The address that the patient opens, once; null unless it was made by this very request: nobody can show it again.
    pub link: Option<String>,
    /// The same as a picture.
    pub qr: Option<QrCode>,
}

/// The invitation that counts on a card.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientInvitations {
    /// The latest; null: the patient came by himself.
    pub invitation: Option<PatientInvitation>,
    /// Whether a new link can be made.
    pub renewable: bool,
}

/// A patient who was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientMade {
    /// Id of the card.
    pub id: PatientId,
    /// Matrix user id.
    pub user_id: UserId,
    /// Whether it was made now. If not, the same request, or another one with the same `external_id`, had made it.
    pub made: bool,
    /// His invitation; null: he came by himself.
    pub invitation: Option<PatientInvitation>,
}

/// `POST /patients/{id}/invitation`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewInvitation {
    /// In which of the brand's languages the patient is greeted; left out: as before.
    pub language: Option<String>,
}

/// `POST /public/invitations`
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenInvitation {
    /// What stands in the link behind the `#`.
    pub secret: String,
}

/// What who has the link is greeted with.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationGreeting {
    /// Name of the service.
    pub service: String,
    /// Name of the patient.
    pub name: String,
    /// What he signs in with, besides the password that he sets now.
    pub login: String,
    /// In which of the brand's languages he is greeted; null: as his device says.
    pub language: Option<String>,
    /// When the link ends by itself.
    pub expires_at: Time,
}

/// `POST /public/invitations/accept`
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// What stands in the link behind the `#`.
    pub secret: String,
    /// The password that the patient sets: at least 8 characters, at most 1,024 bytes.
    pub password: String,
}

/// The account that a password was set for.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationAccepted {
    /// Matrix user id.
    pub user_id: UserId,
    /// What its person signs in with.
    pub login: String,
}
