//! One act on several rows of a list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Problem, TransferTarget};
use crate::ids::{ConsultationId, MacroId, PatientId, TagId};

/// `POST /consultations/bulk`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// Which: 1 to 200, each once. They are acted on in this order.
    #[schema(min_items = 1, max_items = 200)]
    pub ids: Vec<ConsultationId>,
    /// What is done to each.
    pub act: BulkAct,
    /// Made by the client once for each press of the button; a retry within a day goes on where the first one stopped.
    pub request_id: Uuid,
}

/// What is done to each of several consultations.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BulkAct {
    /// What somebody leads is handed on, by its lead or a supervisor; where and for whom what waits is to wait says a supervisor.
    Assign {
        /// Where to.
        to: TransferTarget,
        /// For the one who takes it next: 1 to 4000 characters; not shown to the patient.
        note: String,
    },
    /// Puts a tag on.
    AddTag {
        /// Which.
        tag_id: TagId,
    },
    /// Takes a tag off.
    RemoveTag {
        /// Which.
        tag_id: TagId,
    },
    /// A supervisor moves what waits in the line.
    Priority {
        /// Which way.
        step: PriorityStep,
    },
    /// Runs a macro that writes nothing to the patient, such as one that closes.
    Macro {
        /// Which.
        macro_id: MacroId,
        /// The version that was shown.
        version: i64,
    },
}

/// One step of priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriorityStep {
    /// Before others, up to 100.
    Raise,
    /// After others, down to what is ordinary.
    Lower,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    /// It was done.
    Done,
    /// It stood so already.
    Unchanged,
    /// It was not done; `problem` says why.
    Refused,
    /// It was not tried, because the service failed at one before. The same request goes on here.
    NotTried,
}

/// One row of the answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRow {
    /// Whose.
    pub id: String,
    /// What became of it.
    pub outcome: BulkOutcome,
    /// Why not, as the same act on this one alone would be answered.
    pub problem: Option<Problem>,
}

/// What became of each row, in the order of the request.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRows {
    /// One for each.
    pub rows: Vec<BulkRow>,
}

/// `POST /consultations/export`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportConsultations {
    /// Which: 1 to 200, each once.
    #[schema(min_items = 1, max_items = 200)]
    pub ids: Vec<ConsultationId>,
}

/// `POST /patients/export`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportPatients {
    /// Whose cards: 1 to 200, each once.
    #[schema(min_items = 1, max_items = 200)]
    pub ids: Vec<PatientId>,
}

/// Chosen rows for a spreadsheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportedRows {
    /// Comma-separated values (RFC 4180) with a head: the rows that were given out.
    pub table: String,
    /// What became of each, in the order of the request.
    pub rows: Vec<BulkRow>,
}
