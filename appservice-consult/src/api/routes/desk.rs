//! What operators do with a consultation.

use axum::Json;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{CloseRequest, ConsultationDetail, HoldRequest, TransferRequest};
use crate::api::views::StaffView;
use crate::ids::ConsultationId;

/// Takes a waiting consultation; of several who press at once exactly one gets it, the others are told who.
#[utoipa::path(
    post, path = "/consultations/{id}/take", tag = "desk", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn take(staff: StaffView, Id(id): Id<ConsultationId>) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.take(&id).await?))
}

/// The lead puts it aside.
#[utoipa::path(
    post, path = "/consultations/{id}/hold", tag = "desk", params(("id" = ConsultationId, Path)), request_body = HoldRequest,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn hold(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<HoldRequest>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.hold(&id, request).await?))
}

/// The lead goes on.
#[utoipa::path(
    post, path = "/consultations/{id}/resume", tag = "desk", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn resume(staff: StaffView, Id(id): Id<ConsultationId>) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.resume(&id).await?))
}

/// The lead or a supervisor hands it back to a queue or on to a colleague, with a note.
#[utoipa::path(
    post, path = "/consultations/{id}/transfer", tag = "desk", params(("id" = ConsultationId, Path)), request_body = TransferRequest,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn transfer(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<TransferRequest>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.transfer(&id, request).await?))
}

/// The lead or a supervisor closes it: operators leave the room, the transcript is sealed.
#[utoipa::path(
    post, path = "/consultations/{id}/close", tag = "desk", params(("id" = ConsultationId, Path)), request_body = CloseRequest,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn close(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<CloseRequest>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.close(&id, request).await?))
}
