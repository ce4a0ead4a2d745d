//! The caller himself.

use axum::Json;

use crate::api::body::JsonBody;
use crate::api::problem::ApiError;
use crate::api::types::{Me, OwnChange};
use crate::api::views::{Caller, PatientView};

/// Who the caller is and what he may do.
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub async fn get_me(caller: Caller) -> Result<Json<Me>, ApiError> {
    Ok(Json(caller.me().await?))
}

/// The patient changes his own card.
#[utoipa::path(patch, path = "/me", tag = "me", request_body = OwnChange, responses((status = 200, body = Me)))]
pub async fn change_me(patient: PatientView, JsonBody(change): JsonBody<OwnChange>) -> Result<Json<Me>, ApiError> {
    Ok(Json(patient.change_own_card(change).await?))
}
