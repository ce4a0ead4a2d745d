//! What a patient can ask for.

use axum::Json;

use crate::api::problem::ApiError;
use crate::api::types::Services;
use crate::api::views::Caller;

/// The services of the brand, with who is there and how long it takes.
#[utoipa::path(get, path = "/services", tag = "services", responses((status = 200, body = Services)))]
pub async fn list_services(caller: Caller) -> Result<Json<Services>, ApiError> {
    Ok(Json(caller.services().await?))
}
