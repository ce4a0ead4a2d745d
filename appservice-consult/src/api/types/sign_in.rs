//! Where a patient is signed in, as the desk sees it, and ending it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// One sign-in of a patient.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignIn {
    /// Its id, to name it by; not for people.
    pub id: String,
    /// What it calls itself, such as `Firefox, Linux`; null: nothing.
    pub name: Option<String>,
    /// When it began.
    pub signed_in_at: Time,
    /// When it was used last, to a minute.
    pub last_seen_at: Time,
}

/// Why staff ends sign-ins of a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignOutReason {
    /// The patient says that it was lost or stolen.
    Lost,
    /// The patient says that it is not his.
    NotTheirs,
    /// The patient asked for it, and says no more.
    Asked,
    /// The clinic, without the patient's word; for supervisors.
    Precaution,
}

impl SignOutReason {
    /// Whether it is at the patient's word.
    pub fn is_patients_word(self) -> bool {
        match self {
            Self::Lost | Self::NotTheirs | Self::Asked => true,
            Self::Precaution => false,
        }
    }
}

/// What staff ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndedSignIns {
    /// When.
    pub at: Time,
    /// Who did it: a name.
    pub by: String,
    /// Why.
    pub reason: SignOutReason,
    /// How many.
    pub count: u32,
}

/// Where a patient is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignIns {
    /// The latest seen first.
    pub sign_ins: Vec<SignIn>,
    /// The last ten times that staff ended some, the newest first.
    pub ended: Vec<EndedSignIns>,
}

/// Staff ends sign-ins of a patient.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOutPatient {
    /// Ids of those that end; absent or null: all.
    #[serde(default)]
    pub sign_in_ids: Option<Vec<String>>,
    /// Why.
    pub reason: SignOutReason,
}
