//! The first days of an installation: the checklist, the rehearsal, the end of a demonstration.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{Checklist, Demo, JoinRehearsal, RehearsalJoined, RehearsalState, RemoveDemo, SetupChanged};
use crate::api::views::{PatientView, SupervisorView, VisitorView};

/// What has to be done before real patients come, and how it stands now.
#[utoipa::path(get, path = "/checklist", tag = "setup", responses((status = 200, body = Checklist)))]
pub async fn checklist(supervisor: SupervisorView) -> Result<Json<Checklist>, ApiError> {
    Ok(Json(supervisor.checklist().await?))
}

/// Says that an item is done which no machine can see; an audit entry. 422 for one that is seen.
#[utoipa::path(
    put, path = "/checklist/{item}", tag = "setup", params(("item" = String, Path)),
    responses((status = 200, body = Checklist))
)]
pub async fn mark_checklist(supervisor: SupervisorView, Id(item): Id<String>) -> Result<Json<Checklist>, ApiError> {
    Ok(Json(supervisor.mark_checklist(&item).await?))
}

/// Takes it back; an audit entry too.
#[utoipa::path(
    delete, path = "/checklist/{item}", tag = "setup", params(("item" = String, Path)),
    responses((status = 200, body = Checklist))
)]
pub async fn unmark_checklist(supervisor: SupervisorView, Id(item): Id<String>) -> Result<Json<Checklist>, ApiError> {
    Ok(Json(supervisor.unmark_checklist(&item).await?))
}

/// The rehearsal that was begun last, and whether the caller is met by one.
#[utoipa::path(get, path = "/rehearsal", tag = "setup", responses((status = 200, body = RehearsalState)))]
pub async fn rehearsal(supervisor: SupervisorView) -> Result<Json<RehearsalState>, ApiError> {
    Ok(Json(supervisor.rehearsal().await?))
}

/// Begins one; one that is open ends.
#[utoipa::path(post, path = "/rehearsal", tag = "setup", responses((status = 200, body = RehearsalState)))]
pub async fn begin_rehearsal(supervisor: SupervisorView) -> Result<Json<RehearsalState>, ApiError> {
    Ok(Json(supervisor.begin_rehearsal().await?))
}

/// Leaves the one that is open.
#[utoipa::path(delete, path = "/rehearsal", tag = "setup", responses((status = 200, body = RehearsalState)))]
pub async fn end_rehearsal(supervisor: SupervisorView) -> Result<Json<RehearsalState>, ApiError> {
    Ok(Json(supervisor.end_rehearsal().await?))
}

/// The caller does not want to be met by it any more.
#[utoipa::path(post, path = "/rehearsal/skip", tag = "setup", responses((status = 200, body = RehearsalState)))]
pub async fn skip_rehearsal(supervisor: SupervisorView) -> Result<Json<RehearsalState>, ApiError> {
    Ok(Json(supervisor.skip_rehearsal().await?))
}

/// The patient's app was opened by a rehearsal's address. 404: it is over, or there was none.
#[utoipa::path(
    post, path = "/public/rehearsals/{code}/opened", tag = "public", security(()), params(("code" = String, Path)),
    responses((status = 204))
)]
pub async fn rehearsal_opened(visitor: VisitorView, Id(code): Id<String>) -> Result<StatusCode, ApiError> {
    visitor.rehearsal_opened(&code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The caller plays the patient. An account that came here after the rehearsal was begun is marked as the demonstration's. 409: somebody else plays him.
#[utoipa::path(
    post, path = "/me/rehearsal", tag = "me", request_body = JoinRehearsal,
    responses((status = 200, body = RehearsalJoined))
)]
pub async fn join_rehearsal(
    patient: PatientView,
    JsonBody(JoinRehearsal { code }): JsonBody<JoinRehearsal>,
) -> Result<Json<RehearsalJoined>, ApiError> {
    Ok(Json(patient.join_rehearsal(&code).await?))
}

/// What there is of a demonstration, and how far its removal is.
#[utoipa::path(get, path = "/demo", tag = "setup", responses((status = 200, body = Demo)))]
pub async fn demo(supervisor: SupervisorView) -> Result<Json<Demo>, ApiError> {
    Ok(Json(supervisor.demo().await?))
}

/// Removes all of it: accounts, consultations, call-backs, records. Nobody can undo it. It goes on by itself, over a restart too; asked again meanwhile, nothing
/// more is begun. 409: there is nothing, or the caller is one of its accounts; 422: the brand's name was not typed.
#[utoipa::path(
    post, path = "/demo/removal", tag = "setup", request_body = RemoveDemo, responses((status = 202, body = Demo))
)]
pub async fn remove_demo(
    supervisor: SupervisorView,
    JsonBody(RemoveDemo { confirm }): JsonBody<RemoveDemo>,
) -> Result<(StatusCode, Json<Demo>), ApiError> {
    Ok((StatusCode::ACCEPTED, Json(supervisor.remove_demo(&confirm).await?)))
}

/// The stream's payload about the first days; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(SetupChanged)))]
pub struct SetupStreamSchemas;
