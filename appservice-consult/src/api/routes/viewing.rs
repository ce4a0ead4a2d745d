//! Who else looks at a record.

use axum::Json;

use crate::api::body::JsonBody;
use crate::api::problem::ApiError;
use crate::api::types::{Viewers, ViewingRequest};
use crate::api::views::StaffView;

/// Says what the caller's console shows, and hears who else has it open; later changes come as `event: viewing`.
///
/// Said again at least each 15 seconds: what is not said for 30 is over. A record that is not there, or that the caller may not see, is as
/// none: `record` is null, and nothing is heard of it.
#[utoipa::path(put, path = "/viewing", tag = "operators", request_body = ViewingRequest, responses((status = 200, body = Viewers)))]
pub async fn say_viewing(
    staff: StaffView,
    JsonBody(request): JsonBody<ViewingRequest>,
) -> Result<Json<Viewers>, ApiError> {
    Ok(Json(staff.say_viewing(request).await?))
}
