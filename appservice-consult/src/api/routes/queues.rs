//! The queues and their load.

use axum::Json;

use crate::api::problem::ApiError;
use crate::api::types::Queues;
use crate::api::views::StaffView;

/// All queues of the brand with their load.
#[utoipa::path(get, path = "/queues", tag = "queues", responses((status = 200, body = Queues)))]
pub async fn list_queues(staff: StaffView) -> Result<Json<Queues>, ApiError> {
    Ok(Json(staff.queues().await?))
}
