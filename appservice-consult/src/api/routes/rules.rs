//! Rules of the desk: tried, and what they did; for supervisors alone. They are written as all settings are.

use axum::Json;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{Page, RuleRan, RuleRun, RuleRunQuery, RuleTried, RuleTry};
use crate::api::views::SupervisorView;
use crate::ids::RuleRunId;

/// What a rule, kept or not, would have matched among what was there last, and why. Nothing is changed.
#[utoipa::path(post, path = "/rules/try", tag = "rules", request_body = RuleTry, responses((status = 200, body = RuleTried)))]
pub async fn try_rule(
    supervisor: SupervisorView,
    JsonBody(tried): JsonBody<RuleTry>,
) -> Result<Json<RuleTried>, ApiError> {
    Ok(Json(supervisor.try_rule(tried).await?))
}

/// What rules did, newest first; kept for 90 days, and no longer than what they ran on.
#[utoipa::path(get, path = "/rules/runs", tag = "rules", params(RuleRunQuery), responses((status = 200, body = Page<RuleRun>)))]
pub async fn list_rule_runs(
    supervisor: SupervisorView,
    Params(query): Params<RuleRunQuery>,
) -> Result<Json<Page<RuleRun>>, ApiError> {
    Ok(Json(supervisor.rule_runs(query).await?))
}

/// Takes note of an alarm, for all supervisors. Whoever comes second changes nothing, and sees who was first.
#[utoipa::path(
    post, path = "/rules/runs/{id}/seen", tag = "rules", params(("id" = RuleRunId, Path)),
    responses((status = 200, body = RuleRun))
)]
pub async fn see_rule_alarm(supervisor: SupervisorView, Id(id): Id<RuleRunId>) -> Result<Json<RuleRun>, ApiError> {
    Ok(Json(supervisor.see_rule_alarm(&id).await?))
}

/// The stream's payload about rules; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(RuleRan)))]
pub struct RuleStreamSchemas;
