//! Who calls.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Conversation, Custody, Operator, Sex};
use crate::ids::UserId;

/// What a caller may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks for consultations.
    Patient,
    /// Gives them.
    Operator,
    /// Gives them and sees to the service.
    Supervisor,
}

/// The caller, as the service knows him.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Matrix user id.
    pub user_id: UserId,
    /// What he may do.
    pub role: Role,
    /// Name to show.
    pub name: String,
    /// Patients only: ISO 8601 date.
    pub birth_date: Option<String>,
    /// Patients only.
    pub sex: Option<Sex>,
    /// Patients only.
    pub phone: Option<String>,
    /// Patients only.
    pub email: Option<String>,
    /// The service's own encrypted member; the only one whose key bundles a client accepts.
    pub keeper_user_id: UserId,
    /// Staff only.
    pub operator: Option<Operator>,
    /// The patient's own; empty for staff.
    pub conversations: Vec<Conversation>,
    /// Patients only: who keeps the secret of his key backup, and which devices were given it.
    pub custody: Option<Custody>,
}
