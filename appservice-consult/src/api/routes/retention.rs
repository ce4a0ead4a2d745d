//! What goes of the archive, legal holds, erasure and its certificate.

use axum::Json;
use axum::http::StatusCode;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    DuePage, DueQuery, EraseRecord, ErasureCertificate, HoldQuery, LegalHold, LiftHold, NewHold, Page,
};
use crate::api::views::SupervisorView;
use crate::ids::{ConsultationId, HoldId};

/// Sealed consultations whose time is over in the days to come, the first that goes first; with counts by class and queue.
#[utoipa::path(get, path = "/archive/due", tag = "archive", params(DueQuery), responses((status = 200, body = DuePage)))]
pub async fn list_due(supervisor: SupervisorView, Params(query): Params<DueQuery>) -> Result<Json<DuePage>, ApiError> {
    Ok(Json(supervisor.due(query).await?))
}

/// Erases what was said in a sealed consultation: the keys of its records are destroyed, and nobody can undo it.
#[utoipa::path(
    post, path = "/archive/{consultation_id}/erase", tag = "archive", params(("consultation_id" = ConsultationId, Path)),
    request_body = EraseRecord, responses((status = 200, body = ErasureCertificate))
)]
pub async fn erase_record(
    supervisor: SupervisorView,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<EraseRecord>,
) -> Result<Json<ErasureCertificate>, ApiError> {
    Ok(Json(supervisor.erase(&id, &request.reason).await?))
}

/// What proves an erasure.
#[utoipa::path(
    get, path = "/archive/{consultation_id}/certificate", tag = "archive", params(("consultation_id" = ConsultationId, Path)),
    responses((status = 200, body = ErasureCertificate))
)]
pub async fn erasure_certificate(
    supervisor: SupervisorView,
    Id(id): Id<ConsultationId>,
) -> Result<Json<ErasureCertificate>, ApiError> {
    Ok(Json(supervisor.certificate(&id).await?))
}

/// Legal holds, the last that was placed first.
#[utoipa::path(get, path = "/holds", tag = "archive", params(HoldQuery), responses((status = 200, body = Page<LegalHold>)))]
pub async fn list_holds(
    supervisor: SupervisorView,
    Params(query): Params<HoldQuery>,
) -> Result<Json<Page<LegalHold>>, ApiError> {
    Ok(Json(supervisor.holds(query).await?))
}

/// Puts a hold on a record, or on all records of a patient, those to come too.
#[utoipa::path(
    post, path = "/holds", tag = "archive", request_body = NewHold,
    responses((status = 201, body = LegalHold), (status = 200, body = LegalHold, description = "It was placed before."))
)]
pub async fn place_hold(
    supervisor: SupervisorView,
    JsonBody(new): JsonBody<NewHold>,
) -> Result<(StatusCode, Json<LegalHold>), ApiError> {
    let (hold, is_new) = supervisor.place_hold(new).await?;
    Ok((if is_new { StatusCode::CREATED } else { StatusCode::OK }, Json(hold)))
}

/// Lifts a hold. What it held stands in the list of what goes for a day before it does.
#[utoipa::path(
    post, path = "/holds/{id}/lift", tag = "archive", params(("id" = HoldId, Path)), request_body = LiftHold,
    responses((status = 200, body = LegalHold))
)]
pub async fn lift_hold(
    supervisor: SupervisorView,
    Id(id): Id<HoldId>,
    JsonBody(request): JsonBody<LiftHold>,
) -> Result<Json<LegalHold>, ApiError> {
    Ok(Json(supervisor.lift_hold(&id, &request.reason).await?))
}
