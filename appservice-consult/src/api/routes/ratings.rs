//! What patients think of consultations.

use axum::Json;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{RateConsultation, Rating};
use crate::api::views::{Caller, PatientView};
use crate::ids::ConsultationId;

/// Says what he thought of his consultation, or something else than before. 409 where it is not closed, or closed longer than two weeks.
#[utoipa::path(
    put, path = "/consultations/{id}/rating", tag = "ratings", params(("id" = ConsultationId, Path)),
    request_body = RateConsultation, responses((status = 200, body = Rating))
)]
pub async fn rate_consultation(
    patient: PatientView,
    Id(id): Id<ConsultationId>,
    JsonBody(rate): JsonBody<RateConsultation>,
) -> Result<Json<Rating>, ApiError> {
    Ok(Json(patient.rate(&id, &rate).await?))
}

/// What was said: the patient's own; for who took part to the end, and supervisors.
#[utoipa::path(
    get, path = "/consultations/{id}/rating", tag = "ratings", params(("id" = ConsultationId, Path)),
    responses((status = 200, body = Rating))
)]
pub async fn consultation_rating(caller: Caller, Id(id): Id<ConsultationId>) -> Result<Json<Rating>, ApiError> {
    Ok(Json(caller.rating(&id).await?))
}
