//! A look at the installation.

use serde::Serialize;
use utoipa::ToSchema;

use super::OperatorRef;
use crate::time::Time;

/// How far a look is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoctorState {
    /// None was asked for since the service started.
    Never,
    /// It runs.
    Running,
    /// It has ended.
    Done,
    /// It came to no end; ask again.
    Failed,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoctorLevel {
    /// As it should be.
    Fine,
    /// As it should be, with something to think of.
    Hint,
    /// It works, and will not for long, or not for all.
    Warning,
    /// Something does not work.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DoctorFinding {
    /// What was looked at, in a word, such as `disk` or `certificate`; others may come.
    pub check: String,
    /// How it stands.
    pub level: DoctorLevel,
    /// The same in a sentence, in English, as `consilium doctor` says it.
    pub says: String,
    /// What to do; null where it is fine.
    pub remedy: Option<String>,
}

/// `GET` and `POST /doctor`: the look at the installation that was asked for last.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoctorReport {
    /// How far it is.
    pub state: DoctorState,
    /// Who asked for it; null where nobody did.
    pub by: Option<OperatorRef>,
    /// When.
    pub started_at: Option<Time>,
    /// When it ended; null while it runs.
    pub ended_at: Option<Time>,
    /// Version of the service.
    pub version: String,
    /// Everything that was looked at, in the order in which one thing stands on another; empty until it has ended.
    pub findings: Vec<DoctorFinding>,
}
