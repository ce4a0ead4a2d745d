//! A patient's rights over his data: a copy of everything, and the end of his account.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{DeleteAccount, DeletePatient, Deletion, ExportQuery};
use crate::api::views::{Export, LeavingView, PatientView, SupervisorView};
use crate::ids::PatientId;

/// Everything that the patient may have, as one ZIP archive: a readable `index.html`, `data.json`, conclusions and files. Each one is an audit entry.
///
/// Needs a sign-in of the last ten minutes (`sign-in-stale` otherwise); two at once, then one in five minutes. What could not be read is named in it.
#[utoipa::path(
    get, path = "/me/export", tag = "me", params(ExportQuery),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip"))
)]
pub async fn export_me(
    patient: PatientView,
    Params(query): Params<ExportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(archive(patient.export(&query).await?))
}

/// What the deletion of the account would do: what goes, what stays and until when, and what stands in its way.
#[utoipa::path(get, path = "/me/deletion", tag = "me", responses((status = 200, body = Deletion)))]
pub async fn my_deletion(patient: LeavingView) -> Result<Json<Deletion>, ApiError> {
    Ok(Json(patient.deletion().await?))
}

/// Deletes the account for good. Asked again, it gives the same receipt for as long as the token works.
///
/// Needs a sign-in of the last ten minutes (`sign-in-stale` otherwise). `conflict` while a consultation, a call or a call-back is open.
#[utoipa::path(
    post, path = "/me/deletion", tag = "me", request_body = DeleteAccount, responses((status = 200, body = Deletion))
)]
pub async fn delete_me(
    patient: LeavingView,
    JsonBody(DeleteAccount { confirm: _ }): JsonBody<DeleteAccount>,
) -> Result<Json<Deletion>, ApiError> {
    Ok(Json(patient.delete_account().await?))
}

/// The same copy at the patient's written request; an audit entry too.
#[utoipa::path(
    get, path = "/patients/{id}/export", tag = "patients", params(("id" = PatientId, Path), ExportQuery),
    responses((status = 200, body = Vec<u8>, content_type = "application/zip"))
)]
pub async fn export_patient(
    supervisor: SupervisorView,
    Id(id): Id<PatientId>,
    Params(query): Params<ExportQuery>,
) -> Result<impl IntoResponse, ApiError> {
    Ok(archive(supervisor.export_patient(&id, &query).await?))
}

/// What the deletion of a patient's account would do, or did.
#[utoipa::path(
    get, path = "/patients/{id}/deletion", tag = "patients", params(("id" = PatientId, Path)),
    responses((status = 200, body = Deletion))
)]
pub async fn patient_deletion(supervisor: SupervisorView, Id(id): Id<PatientId>) -> Result<Json<Deletion>, ApiError> {
    Ok(Json(supervisor.patient_deletion(&id).await?))
}

/// Deletes a patient's account at his written request. Nobody can undo it; asked again, it gives the same receipt.
#[utoipa::path(
    post, path = "/patients/{id}/deletion", tag = "patients", params(("id" = PatientId, Path)),
    request_body = DeletePatient, responses((status = 200, body = Deletion))
)]
pub async fn delete_patient(
    supervisor: SupervisorView,
    Id(id): Id<PatientId>,
    JsonBody(DeletePatient { confirm: _, reason }): JsonBody<DeletePatient>,
) -> Result<Json<Deletion>, ApiError> {
    Ok(Json(supervisor.delete_patient(&id, &reason).await?))
}

/// An archive that no cache keeps.
fn archive(export: Export) -> impl IntoResponse + use<> {
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", export.name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, export.body)
}
