//! The one error of the API and how it stands on the wire: an RFC 9457 problem.
//!
//! Deliberately absent: what each feature's errors mean; that is the feature's own `problem.rs`, and `errors.rs` for what all meet.

use std::error::Error;
use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::types::{
    ApiScope, CallbackPhase, FieldError, InvitationState, MacroStep, OperatorRef, Phase, Problem, QueueInvitationState,
};
use crate::ids::{CallbackId, ConsentPurpose, ConsultationId};
use crate::time::Time;
use crate::words::Word;

/// An answer that is not a success.
#[derive(Debug)]
pub struct ApiError {
    problem: Box<Problem>,
}

impl ApiError {
    fn new(slug: &str, title: &str, status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            problem: Box::new(Problem {
                kind: format!("urn:consilium:problem:{slug}"),
                title: title.to_owned(),
                status: status.as_u16(),
                detail: detail.into(),
                taken_by: None,
                offered_to: None,
                changed_by: None,
                phase: None,
                consultation_id: None,
                callback_phase: None,
                callback_id: None,
                macro_step: None,
                errors: None,
                consents: None,
                invitation: None,
                queue_invitation: None,
                opens_at: None,
                retry_after_ms: None,
            }),
        }
    }

    /// The same, of a step of a macro.
    #[must_use]
    pub fn at_macro_step(mut self, step: MacroStep) -> Self {
        self.problem.macro_step = Some(step);
        self
    }

    /// The caller has no valid token.
    pub fn unauthenticated(detail: impl Into<String>) -> Self {
        Self::new("unauthenticated", "Sign in first", StatusCode::UNAUTHORIZED, detail)
    }

    /// The caller's role or part does not allow it.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new("forbidden", "Not allowed", StatusCode::FORBIDDEN, detail)
    }

    /// A partner's key may do other things than this.
    pub fn lacks_scope(scope: ApiScope) -> Self {
        Self::forbidden(format!("This key may not do that: it lacks the scope `{}`.", scope.word()))
    }

    /// The caller has to sign in again, for this needs a sign-in of the last minutes.
    pub fn sign_in_stale() -> Self {
        let detail = "This needs a sign-in of the last ten minutes: sign in again.";
        Self::new("sign-in-stale", "Sign in again", StatusCode::FORBIDDEN, detail)
    }

    /// There is no such thing, or not for this caller.
    pub fn not_found() -> Self {
        Self::new("not-found", "Not found", StatusCode::NOT_FOUND, "There is nothing here for you.")
    }

    /// It was erased, and nobody can read it any more.
    pub fn erased() -> Self {
        Self::new("erased", "Erased", StatusCode::GONE, "What was said here was erased. Nobody can read it any more.")
    }

    /// A legal hold is on it.
    pub fn held() -> Self {
        const WHY: &str = "A legal hold is on it: lift it first, if its reason is over.";
        Self::new("held", "Held", StatusCode::CONFLICT, WHY)
    }

    /// The account is so new that its keys are not set up: nothing could be said to it yet (409).
    pub fn keys_missing() -> Self {
        const WHY: &str = "The account has not set up its keys yet. Its app does so by itself: ask again then.";
        Self::new("keys-missing", "Keys not set up", StatusCode::CONFLICT, WHY)
    }

    /// The account's keys are others than those that were known (409).
    pub fn identity_changed() -> Self {
        Self::conflict("The account's encryption identity was replaced: a supervisor has to approve it first.")
    }

    /// The patient has to agree to these first (409).
    pub fn consents_missing(purposes: Vec<ConsentPurpose>) -> Self {
        const WHY: &str =
            "The patient has to agree to something first: see `GET /me/consents`, and send `consents` along.";
        let mut error = Self::new("consents-missing", "Consents are missing", StatusCode::CONFLICT, WHY);
        error.problem.consents = Some(purposes);
        error
    }

    /// What the patient was shown is not the text of today (409).
    pub fn consent_changed(purpose: ConsentPurpose) -> Self {
        const WHY: &str = "The text of a consent has changed since it was shown: show the new one.";
        let mut error = Self::new("consent-changed", "Another text by now", StatusCode::CONFLICT, WHY);
        error.problem.consents = Some(vec![purpose]);
        error
    }

    /// The link does nothing any more (410): it was used, its time is over, or it was taken back.
    pub fn invitation_over(state: InvitationState) -> Self {
        let detail = match state {
            InvitationState::Used => "The link was used already: sign in with the login and the password that was set.",
            InvitationState::Open | InvitationState::Expired => "The time of the link is over: ask for a new one.",
            InvitationState::TakenBack => "The link is not valid any more: ask for a new one.",
        };
        let mut error = Self::new("invitation-over", "The invitation is over", StatusCode::GONE, detail);
        error.problem.invitation = Some(state);
        error
    }

    /// Nobody comes in by it any more (409): its time is over, all declined, it was taken back, or the consultation has gone on.
    pub fn queue_invitation_over(became: QueueInvitationState) -> Self {
        let detail = match became {
            QueueInvitationState::Open | QueueInvitationState::Expired => "The time of the invitation is over.",
            QueueInvitationState::Declined => "All who were asked said that they do not come.",
            QueueInvitationState::TakenBack => "The invitation was taken back.",
            QueueInvitationState::Accepted | QueueInvitationState::Over => "The consultation has gone on without it.",
        };
        let mut error = Self::new("queue-invitation-over", "The invitation is over", StatusCode::CONFLICT, detail);
        error.problem.queue_invitation = Some(became);
        error
    }

    /// The path exists with other methods.
    pub fn method_not_allowed() -> Self {
        Self::new("not-found", "Not found", StatusCode::METHOD_NOT_ALLOWED, "This path answers other methods.")
    }

    /// The request cannot be read (400).
    pub fn malformed(field: &str, message: impl Into<String>) -> Self {
        Self::with_fields(StatusCode::BAD_REQUEST, vec![FieldError::new(field, message)])
    }

    /// The request reads well and says something that cannot be (422).
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::invalid_fields(vec![FieldError::new(field, message)])
    }

    /// As [`ApiError::invalid`], for several fields.
    pub fn invalid_fields(errors: Vec<FieldError>) -> Self {
        Self::with_fields(StatusCode::UNPROCESSABLE_ENTITY, errors)
    }

    fn with_fields(status: StatusCode, errors: Vec<FieldError>) -> Self {
        let mut error = Self::new("invalid", "The request is not valid", status, "See `errors`.");
        error.problem.errors = Some(errors);
        error
    }

    /// Nobody works at the time that a field says; when somebody does, as far as that can be said.
    pub fn outside_hours(field: &str, opens_at: Option<Time>) -> Self {
        const WHY: &str = "Nobody works in all of this time.";
        let mut error = Self::new("outside-hours", "Nobody works then", StatusCode::UNPROCESSABLE_ENTITY, WHY);
        error.problem.errors = Some(vec![FieldError::new(field, WHY)]);
        error.problem.opens_at = opens_at;
        error
    }

    /// Somebody else was faster.
    pub fn taken(by: OperatorRef) -> Self {
        let mut error = Self::new("taken", "Already taken", StatusCode::CONFLICT, format!("{} has taken it.", by.name));
        error.problem.taken_by = Some(by);
        error
    }

    /// A colleague is being asked to take it.
    pub fn offered(to: OperatorRef) -> Self {
        let detail = format!("{} is being asked to take it just now.", to.name);
        let mut error = Self::new("offered", "Offered to a colleague", StatusCode::CONFLICT, detail);
        error.problem.offered_to = Some(to);
        error
    }

    /// Nobody who could be asked is on duty (409).
    pub fn nobody_there() -> Self {
        const WHY: &str = "Nobody who serves this queue is there now.";
        Self::new("nobody-there", "Nobody is there", StatusCode::CONFLICT, WHY)
    }

    /// A colleague saved or signed meanwhile.
    pub fn changed(by: OperatorRef) -> Self {
        let detail = format!("{} changed it meanwhile. Look again.", by.name);
        let mut error = Self::new("conflict", "Changed meanwhile", StatusCode::CONFLICT, detail);
        error.problem.changed_by = Some(by);
        error
    }

    /// The consultation cannot be closed before its conclusion is signed.
    pub fn conclusion_required() -> Self {
        const WHY: &str = "This queue asks for a signed conclusion before the consultation is closed.";
        Self::new("conclusion-required", "A conclusion is missing", StatusCode::CONFLICT, WHY)
    }

    /// The consultation cannot be closed before these fields of the brand's own are filled in.
    pub fn fields_required(ids: &[String]) -> Self {
        let detail = format!("This queue asks for these fields before the consultation is closed: {}.", ids.join(", "));
        let mut error = Self::new("fields-required", "Fields are missing", StatusCode::CONFLICT, detail);
        let missing =
            |id: &String| FieldError::new(format!("fields.{id}"), "It is filled in before the consultation is closed.");
        error.problem.errors = Some(ids.iter().map(missing).collect());
        error
    }

    /// The consultation stands elsewhere than the request supposes.
    pub fn wrong_phase(phase: Phase) -> Self {
        let mut error = Self::new(
            "conflict",
            "Not now",
            StatusCode::CONFLICT,
            "The consultation is in a phase that does not allow this.",
        );
        error.problem.phase = Some(phase);
        error
    }

    /// Another consultation is open already.
    pub fn already_open(consultation_id: ConsultationId, phase: Phase) -> Self {
        let mut error = Self::new("conflict", "Already open", StatusCode::CONFLICT, "A consultation is open already.");
        error.problem.consultation_id = Some(consultation_id);
        error.problem.phase = Some(phase);
        error
    }

    /// The call-back stands elsewhere than the request supposes.
    pub fn wrong_callback_phase(phase: CallbackPhase) -> Self {
        let mut error = Self::conflict("The call-back is in a phase that does not allow this.");
        error.problem.callback_phase = Some(phase);
        error
    }

    /// Another call-back is open already.
    pub fn callback_open(id: CallbackId) -> Self {
        let mut error = Self::conflict("A call-back is open already: move or cancel it.");
        error.problem.callback_id = Some(id);
        error
    }

    /// The challenge of the public form was not solved: get another one.
    pub fn challenge_failed(detail: impl Into<String>) -> Self {
        Self::new("challenge-failed", "Solve a new challenge", StatusCode::FORBIDDEN, detail)
    }

    /// The request contradicts what is there.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new("conflict", "Conflict", StatusCode::CONFLICT, detail)
    }

    /// What some fields say contradicts what is there (409).
    pub fn conflict_of_fields(detail: impl Into<String>, errors: Vec<FieldError>) -> Self {
        let mut error = Self::conflict(detail);
        error.problem.errors = Some(errors);
        error
    }

    /// Too many requests.
    pub fn rate_limited(retry_after_ms: u64) -> Self {
        let mut error = Self::new("rate-limited", "Too many requests", StatusCode::TOO_MANY_REQUESTS, "Slow down.");
        error.problem.retry_after_ms = Some(retry_after_ms);
        error
    }

    /// The body is too large.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new("too-large", "Too large", StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    /// Something that this needs does not answer now.
    pub fn unavailable(source: impl Error) -> Self {
        tracing::warn!(error = %chain(&source), "a request could not be served now");
        let mut error = Self::new(
            "unavailable",
            "Try again",
            StatusCode::SERVICE_UNAVAILABLE,
            "The service cannot do this just now.",
        );
        error.problem.retry_after_ms = Some(1_000);
        error
    }

    /// Calls do not work now; everything else does.
    pub fn calls_unavailable(reason: &str) -> Self {
        Self::new("calls-unavailable", "Calls are unavailable", StatusCode::SERVICE_UNAVAILABLE, reason)
    }

    /// A defect of ours: logged here once, with all its causes, and not shown.
    pub fn internal(source: impl Error) -> Self {
        tracing::error!(error = %chain(&source), "a request failed");
        Self::new("internal", "Something went wrong", StatusCode::INTERNAL_SERVER_ERROR, "The failure has been logged.")
    }

    /// What stands on the wire, as a part of another answer.
    pub fn into_problem(self) -> Problem {
        *self.problem
    }

    /// HTTP status.
    pub fn status(&self) -> u16 {
        self.problem.status
    }
}

/// An error and all its causes in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// As [`chain`], for an error that several waiters share.
pub(crate) fn shared_chain<E: Error>(error: &Arc<E>) -> String {
    chain(&**error)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.problem.retry_after_ms;
        let mut response = (status, Json(*self.problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(milliseconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(milliseconds.div_ceil(1_000)));
        }
        response
    }
}
