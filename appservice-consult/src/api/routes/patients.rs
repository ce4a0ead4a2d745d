//! Patients: list and card.

use axum::Json;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{Page, PatientCard, PatientChange, PatientQuery, PatientRow};
use crate::api::views::StaffView;
use crate::ids::PatientId;

/// Lists patients.
#[utoipa::path(get, path = "/patients", tag = "patients", params(PatientQuery), responses((status = 200, body = Page<PatientRow>)))]
pub async fn list_patients(
    staff: StaffView,
    Params(query): Params<PatientQuery>,
) -> Result<Json<Page<PatientRow>>, ApiError> {
    Ok(Json(staff.patients(query).await?))
}

/// A patient's card; each reading is an audit entry.
#[utoipa::path(
    get, path = "/patients/{id}", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = PatientCard))
)]
pub async fn get_patient(staff: StaffView, Id(id): Id<PatientId>) -> Result<Json<PatientCard>, ApiError> {
    Ok(Json(staff.patient_card(&id).await?))
}

/// Changes a patient's card.
#[utoipa::path(
    patch, path = "/patients/{id}", tag = "patients", params(("id" = PatientId, Path)), request_body = PatientChange,
    responses((status = 200, body = PatientCard))
)]
pub async fn change_patient(
    staff: StaffView,
    Id(id): Id<PatientId>,
    JsonBody(change): JsonBody<PatientChange>,
) -> Result<Json<PatientCard>, ApiError> {
    Ok(Json(staff.change_patient(&id, change).await?))
}
