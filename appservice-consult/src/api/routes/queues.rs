//! The queues and their load.

use axum::Json;

use crate::api::body::Id;
use crate::api::problem::ApiError;
use crate::api::types::{QueueHours, Queues};
use crate::api::views::StaffView;
use crate::ids::QueueId;

/// All queues of the brand with their load.
#[utoipa::path(get, path = "/queues", tag = "queues", responses((status = 200, body = Queues)))]
pub async fn list_queues(staff: StaffView) -> Result<Json<Queues>, ApiError> {
    Ok(Json(staff.queues().await?))
}

/// When a queue works today and in the thirteen days after it, with holidays and closures.
#[utoipa::path(
    get, path = "/queues/{id}/hours", tag = "queues", params(("id" = QueueId, Path)),
    responses((status = 200, body = QueueHours))
)]
pub async fn queue_hours(staff: StaffView, Id(id): Id<QueueId>) -> Result<Json<QueueHours>, ApiError> {
    Ok(Json(staff.queue_hours(&id)?))
}
