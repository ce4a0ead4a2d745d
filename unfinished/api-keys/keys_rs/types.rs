//! Keys by which partners' systems call the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ApiScope {
    /// List patients and read their cards.
    #[serde(rename = "patients.read")]
    PatientsRead,
    /// Change patients' cards.
    #[serde(rename = "patients.write")]
    PatientsWrite,
    /// List and read consultations; nothing of what is said in them.
    #[serde(rename = "consultations.read")]
    ConsultationsRead,
    /// Ask for a consultation in a patient's name.
    #[serde(rename = "consultations.open")]
    ConsultationsOpen,
    /// List and read call-backs.
    #[serde(rename = "callbacks.read")]
    CallbacksRead,
    /// Order a call-back in a patient's name.
    #[serde(rename = "callbacks.open")]
    CallbacksOpen,
}

/// A key, without what opens anything.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiKey {
    /// Id.
    pub id: String,
    /// What it is called; the audit log says `key:` and this.
    pub name: String,
    /// How it begins.
    pub beginning: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// When it was made.
    pub created_at: Time,
    /// When it ends by itself; null: never.
    pub expires_at: Option<Time>,
    /// When it was last used, to a minute.
    pub last_used_at: Option<Time>,
    /// When it was revoked; null: it was not.
    pub revoked_at: Option<Time>,
}

/// All keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeys {
    /// Oldest first.
    pub keys: Vec<ApiKey>,
    /// The scopes that can be chosen.
    pub scope_types: Vec<ApiScope>,
}

/// A key that was just made. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeySecret {
    /// The key.
    pub key: ApiKey,
    /// `ck_…`: given as `Authorization: Bearer`.
    pub token: String,
}

/// `POST /api-keys`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is called: 1 to 60 characters, its own among those in use.
    pub name: String,
    /// What it may do; at least one.
    pub scopes: Vec<ApiScope>,
    /// When it ends by itself; left out: never.
    pub expires_at: Option<Time>,
}
