//! Asking whoever serves a queue into a consultation: the first who accepts comes.

use axum::Json;

use crate::api::body::{Id, Ids, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{
    ConsultationDetail, NewQueueInvitation, QueueInvitation, QueueInvitationChanged, QueueInvitations,
};
use crate::api::views::StaffView;
use crate::ids::{ConsultationId, QueueInvitationId};

/// The lead or a supervisor asks all who serve a queue and are on duty, for two minutes. Where they are asked already, the answer is that invitation.
///
/// 409 `nobody-there` where none of them is on duty.
#[utoipa::path(
    post, path = "/consultations/{id}/queue-invitations", tag = "desk", params(("id" = ConsultationId, Path)),
    request_body = NewQueueInvitation, responses((status = 200, body = QueueInvitation))
)]
pub async fn ask_queue(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
    JsonBody(new): JsonBody<NewQueueInvitation>,
) -> Result<Json<QueueInvitation>, ApiError> {
    Ok(Json(staff.ask_queue(&id, new).await?))
}

/// Whom a consultation's team asked so, and what became of it.
#[utoipa::path(
    get, path = "/consultations/{id}/queue-invitations", tag = "desk", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = QueueInvitations))
)]
pub async fn list_queue_invitations(
    staff: StaffView,
    Id(id): Id<ConsultationId>,
) -> Result<Json<QueueInvitations>, ApiError> {
    Ok(Json(staff.queue_invitations(&id).await?))
}

/// Who asked, who leads the consultation, or a supervisor asks no more. One that is over stays what it became.
#[utoipa::path(
    delete, path = "/consultations/{id}/queue-invitations/{invitation_id}", tag = "desk",
    params(("id" = ConsultationId, Path), ("invitation_id" = QueueInvitationId, Path)),
    responses((status = 200, body = QueueInvitation))
)]
pub async fn take_back_queue_invitation(
    staff: StaffView,
    Ids(from, id): Ids<ConsultationId, QueueInvitationId>,
) -> Result<Json<QueueInvitation>, ApiError> {
    Ok(Json(staff.take_back_queue_invitation(&from, &id).await?))
}

/// Invitations that wait for a word of the caller, those by which he asks himself, and those of the last twelve hours after which nobody came, until he has seen it.
#[utoipa::path(
    get, path = "/operators/me/queue-invitations", tag = "desk", responses((status = 200, body = QueueInvitations))
)]
pub async fn my_queue_invitations(staff: StaffView) -> Result<Json<QueueInvitations>, ApiError> {
    Ok(Json(staff.my_queue_invitations().await?))
}

/// The caller comes in. Of several who accept exactly one does: the others are told who, 409 `taken`.
///
/// 409 `queue-invitation-over` where it is over, with what became of it.
#[utoipa::path(
    post, path = "/queue-invitations/{id}/accept", tag = "desk", params(("id" = QueueInvitationId, Path)),
    responses((status = 200, body = ConsultationDetail))
)]
pub async fn accept_queue_invitation(
    staff: StaffView,
    Id(id): Id<QueueInvitationId>,
) -> Result<Json<ConsultationDetail>, ApiError> {
    Ok(Json(staff.accept_queue_invitation(&id).await?))
}

/// The caller does not come; it vanishes for him. Where all have said so, it is over.
#[utoipa::path(
    post, path = "/queue-invitations/{id}/decline", tag = "desk", params(("id" = QueueInvitationId, Path)),
    responses((status = 200, body = QueueInvitation))
)]
pub async fn decline_queue_invitation(
    staff: StaffView,
    Id(id): Id<QueueInvitationId>,
) -> Result<Json<QueueInvitation>, ApiError> {
    Ok(Json(staff.decline_queue_invitation(&id).await?))
}

/// Who asked has read that nobody came: it is told to him no more.
#[utoipa::path(
    post, path = "/queue-invitations/{id}/seen", tag = "desk", params(("id" = QueueInvitationId, Path)),
    responses((status = 200, body = QueueInvitation))
)]
pub async fn see_queue_invitation(
    staff: StaffView,
    Id(id): Id<QueueInvitationId>,
) -> Result<Json<QueueInvitation>, ApiError> {
    Ok(Json(staff.see_queue_invitation(&id).await?))
}

/// The stream's payload; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(QueueInvitationChanged)))]
pub struct QueueInvitationStreamSchemas;
