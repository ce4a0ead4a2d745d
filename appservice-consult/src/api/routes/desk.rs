//! What operators do with a consultation.

use axum::Json;

use crate::api::body::{Id, Ids, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{
    CloseRequest, ConsultationDetail, CorrectPerson, HoldRequest, InviteRequest, TakeOverRequest, TransferRequest,
};
use crate::api::views::StaffView;
use crate::ids::{ConsultationId, OperatorId};

/// Takes a waiting consultation; of several who press at once exactly one gets it, the others are told who. What is offered to somebody only he can take
/// meanwhile: 409 `offered`.
#[utoipa::path(
    post, path = "/consultations/{id}/take", tag = "desk", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn take(staff: StaffView, Id(id): Id<ConsultationId>) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.take(&id).await?))
}

/// Leaves what is offered to the caller to others. It keeps its place; he is not asked again for it for a while.
///
/// 409 `offered` where it is offered to a colleague.
#[utoipa::path(
    post, path = "/consultations/{id}/pass", tag = "desk", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn pass(staff: StaffView, Id(id): Id<ConsultationId>) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.pass(&id).await?))
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

/// A supervisor leads it from now on, and who led it goes: the patient waits for nobody, a call that is on goes on, and the patient is told who is with him.
///
/// Of several who take over from the same lead exactly one does, the others are told who: 409 `taken`.
#[utoipa::path(
    post, path = "/consultations/{id}/take-over", tag = "desk", params(("id" = ConsultationId, Path)), request_body = TakeOverRequest,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn take_over(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<TakeOverRequest>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.take_over(&id, request).await?))
}

/// Corrects for whom a consultation is, before its end: its lead, or a supervisor. The patient is told in the conversation. 409 where it is about somebody else by
/// now than was seen, and `consents-missing` where what is required is not agreed to for that one.
#[utoipa::path(
    put, path = "/consultations/{id}/person", tag = "desk", params(("id" = ConsultationId, Path)), request_body = CorrectPerson,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn correct_person(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<CorrectPerson>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.correct_person(&id, request).await?))
}

/// The lead or a supervisor asks a colleague in, who then reads, writes and joins its calls. One who is there already takes the new role.
///
/// An `observer` reads and listens: his messages are refused by the homeserver (`M_FORBIDDEN`), the media server takes nothing that he sends, and he neither
/// begins nor answers a call.
#[utoipa::path(
    post, path = "/consultations/{id}/participants", tag = "desk", params(("id" = ConsultationId, Path)), request_body = InviteRequest,
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn invite(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<InviteRequest>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.invite(&id, request).await?))
}

/// A colleague leaves, or the lead or a supervisor sends him out: from then on he reads nothing that is said, and is in no call of it.
#[utoipa::path(
    delete, path = "/consultations/{id}/participants/{operator_id}", tag = "desk",
    params(("id" = ConsultationId, Path), ("operator_id" = OperatorId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn dismiss(
    staff: StaffView,
    Ids(id, operator): Ids<ConsultationId, OperatorId>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.dismiss(&id, operator).await?))
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
