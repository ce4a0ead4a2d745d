//! The audit log, as supervisors read it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// What an actor was when he acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditRole {
    /// A patient.
    Patient,
    /// An operator.
    Operator,
    /// A supervisor.
    Supervisor,
    /// A partner's system, by a key.
    Partner,
    /// The service itself, or its administrator at the command line.
    System,
}

/// Who acted.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditActor {
    /// Matrix user id; `key:` and the key's id for a partner's system; `system` for the service itself.
    pub user_id: String,
    /// Name today.
    pub name: String,
    /// What he was when he acted.
    pub role: AuditRole,
}

/// On what he acted.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditSubject {
    /// `consultation`, `patient`, `operator`, `archive`, `conversation`, `webhook`, `api_key` or `list`.
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// One act.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Place in the tenant's chain, from 1, without gaps.
    pub sequence: i64,
    /// When.
    pub at: Time,
    /// Who.
    pub actor: AuditActor,
    /// What, such as `consultation.taken` or `archive.read`.
    pub action: String,
    /// On what.
    pub subject: AuditSubject,
    /// Ids and numbers that belong to the act; never content or personal data. Of a search the `words` beside them, as long as they are kept.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
    /// Hash of this entry and its predecessor's, hexadecimal.
    pub hash: String,
}
