//! Keys by which partners' systems call the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::requests::present;
use crate::ids::ApiKeyId;
use crate::time::Time;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ApiScope {
    /// List patients and read their cards; each reading is an audit entry.
    #[serde(rename = "patients:read")]
    PatientsRead,
    /// Change patients' cards.
    #[serde(rename = "patients:write")]
    PatientsWrite,
    /// Make patients' cards with an account, and invite them: a link by which each sets his password.
    #[serde(rename = "patients:invite")]
    PatientsInvite,
    /// List and read consultations: ids, phases, times, operators; nothing of what is said in them.
    #[serde(rename = "consultations:read")]
    ConsultationsRead,
    /// Read sealed consultations as FHIR: whose, what was said, names of files, answers, conclusions; each reading is an audit entry.
    #[serde(rename = "records:read")]
    RecordsRead,
    /// Open a consultation for a patient.
    #[serde(rename = "consultations:open")]
    ConsultationsOpen,
    /// List and read call-backs: ids, phases, times, operators; neither reason nor number.
    #[serde(rename = "callbacks:read")]
    CallbacksRead,
    /// Order a call-back for a patient.
    #[serde(rename = "callbacks:open")]
    CallbacksOpen,
}

/// A key, without what opens anything.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiKey {
    /// Id. The audit log says `key:` and it.
    pub id: ApiKeyId,
    /// What it is called.
    pub name: String,
    /// How it begins; the rest is known to its holder alone.
    pub beginning: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// When it was made.
    pub created_at: Time,
    /// When it ends by itself; null: never.
    pub expires_at: Option<Time>,
    /// When it was revoked; null: it was not.
    pub revoked_at: Option<Time>,
    /// When it was last used, to a minute; null: never.
    pub last_used_at: Option<Time>,
    /// Network address from which it was used then.
    pub last_used_from: Option<String>,
}

/// Keys of the service.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeys {
    /// Those that are not revoked, oldest first; then the latest hundred that are.
    pub keys: Vec<ApiKey>,
    /// The scopes that can be chosen.
    pub scope_types: Vec<ApiScope>,
}

/// A key that was just made. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeySecret {
    /// The key.
    pub key: ApiKey,
    /// `csk_…`: given as `Authorization: Bearer`.
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

/// `PATCH /api-keys/{id}`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyChange {
    /// What it is called.
    pub name: Option<String>,
    /// What it may do from now on; at least one.
    pub scopes: Option<Vec<ApiScope>>,
    /// When it ends by itself; null: never.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Time>)]
    pub expires_at: Option<Option<Time>>,
}
