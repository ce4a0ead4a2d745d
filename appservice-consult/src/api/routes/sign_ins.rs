//! Where a patient is signed in, and signing out a lost device.

use axum::Json;

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{SignIns, SignOutPatient};
use crate::api::views::StaffView;
use crate::ids::PatientId;

/// Where a patient is signed in, and what staff ended of it. A reading of his card: an audit entry.
#[utoipa::path(
    get, path = "/patients/{id}/sign-ins", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = SignIns))
)]
pub async fn patient_sign_ins(staff: StaffView, Id(id): Id<PatientId>) -> Result<Json<SignIns>, ApiError> {
    Ok(Json(staff.patient_sign_ins(&id).await?))
}

/// Ends sign-ins of a patient, at his word; `precaution`, without it, is for supervisors. Gives what stays; an audit entry with the reason.
///
/// What ended is refused from the answer on, its streams end, and whoever has it is told at whose word. What is not there (any more) is passed over.
#[utoipa::path(
    post, path = "/patients/{id}/sign-out", tag = "patients", params(("id" = PatientId, Path)),
    request_body = SignOutPatient, responses((status = 200, body = SignIns))
)]
pub async fn sign_out_patient(
    staff: StaffView,
    Id(id): Id<PatientId>,
    JsonBody(wish): JsonBody<SignOutPatient>,
) -> Result<Json<SignIns>, ApiError> {
    Ok(Json(staff.sign_out_patient(&id, &wish).await?))
}
