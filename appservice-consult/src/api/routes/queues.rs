//! The queues and their load.

use axum::Json;

use crate::api::body::Id;
use crate::api::problem::ApiError;
use crate::api::types::{QueueHours, Queues};
use crate::api::views::{AnyScope, StaffOr, StaffView};
use crate::ids::QueueId;

/// All queues of the brand with their load. For any key of a partner's system, too: it opens something in one of them.
#[utoipa::path(
    get, path = "/queues", tag = "queues", security(("bearer" = []), ("partner_key" = [])),
    responses((status = 200, body = Queues))
)]
pub async fn list_queues(who: StaffOr<AnyScope>) -> Result<Json<Queues>, ApiError> {
    Ok(Json(match who {
        StaffOr::Staff(staff) => staff.queues().await?,
        StaffOr::Partner(partner) => partner.queues().await?,
    }))
}

/// When a queue works today and in the thirteen days after it, with holidays and closures.
#[utoipa::path(
    get, path = "/queues/{id}/hours", tag = "queues", params(("id" = QueueId, Path)),
    responses((status = 200, body = QueueHours))
)]
pub async fn queue_hours(staff: StaffView, Id(id): Id<QueueId>) -> Result<Json<QueueHours>, ApiError> {
    Ok(Json(staff.queue_hours(&id)?))
}
