//! Errors on the wire: RFC 9457 problems.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::types::{CallbackPhase, InvitationState, MacroStep, OperatorRef, Phase, QueueInvitationState};
use crate::ids::{CallbackId, ConsentPurpose, ConsultationId};
use crate::time::Time;

/// An RFC 9457 problem, `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `urn:consilium:problem:` and `unauthenticated`, `forbidden`, `sign-in-stale`, `not-found`, `invalid`, `taken`, `nobody-there`, `conflict`, `rate-limited`, `too-large`, `unavailable`,
    /// `calls-unavailable`, `challenge-failed`, `outside-hours`, `conclusion-required`, `fields-required`, `consents-missing`, `consent-changed`, `invitation-over`, `queue-invitation-over`, `erased` or `held`.
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
    /// `invalid`, `outside-hours`, `fields-required` and `conflict` of a text's version: which fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// `consents-missing` and `consent-changed`: which purposes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consents: Option<Vec<ConsentPurpose>>,
    /// `invitation-over`: what became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<InvitationState>,
    /// `queue-invitation-over`: what became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_invitation: Option<QueueInvitationState>,
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
    /// A short word for what is wrong, by which a client finds a sentence of its own language; absent: there is none, and `message` has to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What such a sentence names: bounds, a language, a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub params: Option<BTreeMap<String, String>>,
}

impl FieldError {
    /// What is wrong with a field, in words.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into(), code: None, params: None }
    }

    /// The same, with the word by which a client finds a sentence of its own language.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// The same, with something that such a sentence names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.get_or_insert_default().insert(name.to_owned(), value.to_string());
        self
    }
}

/// A finding of the brand's checks, as a field of what was checked.
impl From<&consilium_config::Problem> for FieldError {
    fn from(problem: &consilium_config::Problem) -> Self {
        let params = problem.params.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Self {
            code: problem.code.map(str::to_owned),
            params: (!problem.params.is_empty()).then(|| params.collect()),
            ..Self::new(problem.key.clone(), format!("{}. {}", problem.what, problem.remedy))
        }
    }
}
