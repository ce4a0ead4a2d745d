//! Canned replies: what operators write again and again.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{Canned, CannedChange, CannedChanged, CannedReplies, CannedVersions, NewCanned};
use crate::api::views::StaffView;
use crate::ids::CannedId;

/// All canned replies that the caller may use: the shared ones and his own.
#[utoipa::path(get, path = "/canned", tag = "canned", responses((status = 200, body = CannedReplies)))]
pub async fn list_canned(staff: StaffView) -> Result<Json<CannedReplies>, ApiError> {
    Ok(Json(staff.canned_replies().await?))
}

/// Makes a canned reply: a personal one, or as a supervisor a shared one.
#[utoipa::path(post, path = "/canned", tag = "canned", request_body = NewCanned, responses((status = 201, body = Canned)))]
pub async fn create_canned(
    staff: StaffView,
    JsonBody(new): JsonBody<NewCanned>,
) -> Result<(StatusCode, Json<Canned>), ApiError> {
    Ok((StatusCode::CREATED, Json(staff.create_canned(new).await?)))
}

/// Writes a canned reply anew.
#[utoipa::path(
    put, path = "/canned/{id}", tag = "canned", params(("id" = CannedId, Path)), request_body = CannedChange,
    responses((status = 200, body = Canned))
)]
pub async fn change_canned(
    staff: StaffView,
    Id(id): Id<CannedId>,
    JsonBody(change): JsonBody<CannedChange>,
) -> Result<Json<Canned>, ApiError> {
    Ok(Json(staff.change_canned(&id, change).await?))
}

/// Removes a canned reply; who changed what stays.
#[utoipa::path(
    delete, path = "/canned/{id}", tag = "canned", params(("id" = CannedId, Path)), responses((status = 204))
)]
pub async fn remove_canned(staff: StaffView, Id(id): Id<CannedId>) -> Result<StatusCode, ApiError> {
    staff.remove_canned(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who changed a canned reply, what and when; of a removed one too.
#[utoipa::path(
    get, path = "/canned/{id}/versions", tag = "canned", params(("id" = CannedId, Path)),
    responses((status = 200, body = CannedVersions))
)]
pub async fn canned_versions(staff: StaffView, Id(id): Id<CannedId>) -> Result<Json<CannedVersions>, ApiError> {
    Ok(Json(staff.canned_versions(&id).await?))
}

/// The stream's payload about canned replies; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(CannedChanged)))]
pub struct CannedStreamSchemas;
