//! The audit log, as supervisors read it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OperatorRef;
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

/// How far a check of the audit log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditProofState {
    /// None was asked for since the service started.
    Never,
    /// It runs.
    Running,
    /// Every entry is as it was written.
    Whole,
    /// An entry is not, or is missing.
    Broken,
    /// The log could not be read; ask again.
    Failed,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditFaultKind {
    /// It is not there.
    Missing,
    /// It is not what was written, or not behind what it was written behind.
    Changed,
    /// It is the last one there, and others were written behind it.
    Cut,
}

/// Where the audit log breaks.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditProofFault {
    /// What is wrong.
    pub kind: AuditFaultKind,
    /// With which entry.
    pub entry: i64,
    /// Of `cut`: how many entries were written; else null.
    pub written: Option<i64>,
}

/// `GET` and `POST /audit/verify`: the check of the audit log that was asked for last.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditProof {
    /// How far it is.
    pub state: AuditProofState,
    /// Who asked for it; null where it never was.
    pub by: Option<OperatorRef>,
    /// When.
    pub started_at: Option<Time>,
    /// When it ended; null while it runs.
    pub ended_at: Option<Time>,
    /// Entries that there were when it was asked for.
    pub entries: i64,
    /// The last entry that was found to be right, and all before it.
    pub checked: i64,
    /// Of a whole log: the hash of that entry. Who keeps it elsewhere can prove later that nothing before it was changed.
    pub head: Option<String>,
    /// Of a broken one: where it breaks.
    pub fault: Option<AuditProofFault>,
}
