//! Patients: list and card.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{OnePatient, PatientChange, PatientPage, PatientQuery};
use crate::api::views::{PatientsRead, PatientsWrite, StaffOr};
use crate::ids::PatientId;

/// Lists patients. That a partner's system was shown them is an audit entry.
#[utoipa::path(
    get, path = "/patients", tag = "patients", params(PatientQuery),
    security(("bearer" = []), ("partner_key" = ["patients:read"])),
    responses((status = 200, body = PatientPage))
)]
pub async fn list_patients(
    who: StaffOr<PatientsRead>,
    Params(query): Params<PatientQuery>,
) -> Result<Json<PatientPage>, ApiError> {
    Ok(Json(match who {
        StaffOr::Staff(staff) => PatientPage::Rows(staff.patients(query).await?),
        StaffOr::Partner(partner) => PatientPage::Told(partner.patients(query).await?),
    }))
}

/// A patient's card; each reading is an audit entry. An operator finds there the conversations and consultations that his lists show him.
#[utoipa::path(
    get, path = "/patients/{id}", tag = "patients", params(("id" = PatientId, Path)),
    security(("bearer" = []), ("partner_key" = ["patients:read"])),
    responses((status = 200, body = OnePatient))
)]
pub async fn get_patient(who: StaffOr<PatientsRead>, Id(id): Id<PatientId>) -> Result<Json<OnePatient>, ApiError> {
    Ok(Json(match who {
        StaffOr::Staff(staff) => OnePatient::Card(Box::new(staff.patient_card(&id).await?)),
        StaffOr::Partner(partner) => OnePatient::Told(Box::new(partner.patient(&id).await?)),
    }))
}

/// Changes a patient's card. What is left out stays; null clears. 409 where another patient has the `external_id`.
#[utoipa::path(
    patch, path = "/patients/{id}", tag = "patients", params(("id" = PatientId, Path)), request_body = PatientChange,
    security(("bearer" = []), ("partner_key" = ["patients:write"])),
    responses(
        (status = 200, body = OnePatient),
        (status = 204, description = "Changed, by a key that lacks `patients:read`")
    )
)]
pub async fn change_patient(
    who: StaffOr<PatientsWrite>,
    Id(id): Id<PatientId>,
    JsonBody(change): JsonBody<PatientChange>,
) -> Result<Response, ApiError> {
    Ok(match who {
        StaffOr::Staff(staff) => {
            Json(OnePatient::Card(Box::new(staff.change_patient(&id, change).await?))).into_response()
        }
        StaffOr::Partner(partner) => match partner.change_patient(&id, change).await? {
            Some(patient) => Json(OnePatient::Told(Box::new(patient))).into_response(),
            None => StatusCode::NO_CONTENT.into_response(),
        },
    })
}
