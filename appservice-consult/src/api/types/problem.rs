//! Errors on the wire: RFC 9457 problems.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::types::{CallbackPhase, MacroStep, OperatorRef, Phase};
use crate::ids::{CallbackId, ConsentPurpose, ConsultationId};
use crate::time::Time;

/// An RFC 9457 problem, `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `urn:consilium:problem:` and `unauthenticated`, `forbidden`, `sign-in-stale`, `not-found`, `invalid`, `taken`, `conflict`, `rate-limited`, `too-large`, `unavailable`,
    /// `calls-unavailable`, `challenge-failed`, `outside-hours`, `conclusion-required`, `fields-required`, `consents-missing`, `consent-changed`, `erased` or `held`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// `taken`: who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<OperatorRef>,
    /// With `offered`: who is being asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered_to: Option<OperatorRef>,
    /// `conflict`: who changed it meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<OperatorRef>,
    /// `conflict`: where the consultation stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// `conflict`: the consultation that is open already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultation_id: Option<ConsultationId>,
    /// `conflict`: where the call-back stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_phase: Option<CallbackPhase>,
    /// `conflict`: the call-back that is open already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_id: Option<CallbackId>,
    /// Where a macro was not run: the step that could not be done. None was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub macro_step: Option<MacroStep>,
    /// `invalid`, `outside-hours` and `fields-required`: which fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// `consents-missing` and `consent-changed`: which purposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consents: Option<Vec<ConsentPurpose>>,
    /// `outside-hours`: when the queue opens next after the time that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Time>,
    /// `rate-limited` and `unavailable`: when to come again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Name of the field.
    pub field: String,
    /// What is wrong and what is allowed.
    pub message: String,
}
