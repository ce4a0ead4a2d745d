//! Who acts, as history and audit record it.

use crate::api::types::{ActorKind, AuditRole, OperatorRole};
use crate::ids::{ApiKeyId, OperatorId, PatientId, UserId};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A patient.
    Patient {
        /// His record.
        id: PatientId,
        /// His account.
        user_id: UserId,
    },
    /// A member of staff.
    Staff {
        /// His record.
        id: OperatorId,
        /// His account.
        user_id: UserId,
        /// His rights.
        role: OperatorRole,
    },
    /// A partner's system, by a key.
    Partner {
        /// The key.
        key: ApiKeyId,
        /// `key:` and its id, where an account's user id stands.
        user_id: UserId,
    },
    /// The service itself, by a time-out, or its administrator at the command line.
    System,
}

impl Actor {
    /// Matrix user id; `key:` and the key's id for a partner's system; `system` for the service itself.
    pub fn user_id(&self) -> &str {
        match self {
            Self::Patient { user_id, .. } | Self::Staff { user_id, .. } | Self::Partner { user_id, .. } => {
                user_id.as_str()
            }
            Self::System => "system",
        }
    }

    /// Id of his record.
    pub fn record_id(&self) -> Option<&str> {
        match self {
            Self::Patient { id, .. } => Some(id.as_str()),
            Self::Staff { id, .. } => Some(id.as_str()),
            Self::Partner { key, .. } => Some(key.as_str()),
            Self::System => None,
        }
    }

    /// What he is, for the history of a consultation.
    pub fn kind(&self) -> ActorKind {
        match self {
            Self::Patient { .. } => ActorKind::Patient,
            Self::Staff { .. } => ActorKind::Operator,
            Self::Partner { .. } => ActorKind::Partner,
            Self::System => ActorKind::System,
        }
    }

    /// What he is, for the audit.
    pub fn role(&self) -> AuditRole {
        match self {
            Self::Patient { .. } => AuditRole::Patient,
            Self::Staff { role: OperatorRole::Operator, .. } => AuditRole::Operator,
            // He acts by a supervisor's rights; who is an administrator, the log says where it was made so.
            Self::Staff { role: OperatorRole::Supervisor | OperatorRole::Administrator, .. } => AuditRole::Supervisor,
            Self::Partner { .. } => AuditRole::Partner,
            Self::System => AuditRole::System,
        }
    }
}
