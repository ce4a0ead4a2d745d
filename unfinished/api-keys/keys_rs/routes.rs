//! Keys by which partners' systems call the API, and what only they and staff ask for in a patient's name.

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{
    ApiKey, ApiKeySecret, ApiKeys, CallbackDetail, ConsultationDetail, NewApiKey, NewCallback, NewConsultation,
};
use crate::api::views::{StaffView, SupervisorView};
use crate::ids::PatientId;

/// All keys, those that were revoked too.
#[utoipa::path(get, path = "/api-keys", tag = "api-keys", responses((status = 200, body = ApiKeys)))]
pub async fn list_api_keys(supervisor: SupervisorView) -> Result<Json<ApiKeys>, ApiError> {
    Ok(Json(supervisor.api_keys().await?))
}

/// Makes a key. It is shown this once.
#[utoipa::path(
    post, path = "/api-keys", tag = "api-keys", request_body = NewApiKey, responses((status = 201, body = ApiKeySecret))
)]
pub async fn create_api_key(
    supervisor: SupervisorView,
    JsonBody(new): JsonBody<NewApiKey>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Json<ApiKeySecret>), ApiError> {
    let made = supervisor.create_api_key(new).await?;
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(made)))
}

/// Revokes a key: from now on it opens nothing.
#[utoipa::path(
    delete, path = "/api-keys/{id}", tag = "api-keys", params(("id" = String, Path)), responses((status = 200, body = ApiKey))
)]
pub async fn revoke_api_key(supervisor: SupervisorView, Id(id): Id<String>) -> Result<Json<ApiKey>, ApiError> {
    Ok(Json(supervisor.revoke_api_key(&id).await?))
}

/// Asks for a consultation in a patient's name; the same `request_id` gives the same one. For staff, and keys with `consultations.open`.
#[utoipa::path(
    post, path = "/patients/{id}/consultations", tag = "patients", params(("id" = PatientId, Path)), request_body = NewConsultation,
    responses((status = 201, body = ConsultationDetail, description = "Queued now"), (status = 200, body = ConsultationDetail, description = "Asked before"))
)]
pub async fn open_consultation_for_patient(
    staff: StaffView,
    Id(id): Id<PatientId>,
    JsonBody(request): JsonBody<NewConsultation>,
) -> Result<Response, ApiError> {
    let (consultation, is_new) = staff.open_consultation_for(&id, request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(consultation)).into_response())
}

/// Orders a call-back in a patient's name; the same `request_id` gives the same one. For staff, and keys with `callbacks.open`.
#[utoipa::path(
    post, path = "/patients/{id}/callbacks", tag = "patients", params(("id" = PatientId, Path)), request_body = NewCallback,
    responses((status = 201, body = CallbackDetail, description = "Ordered now"), (status = 200, body = CallbackDetail, description = "Ordered before"))
)]
pub async fn order_callback_for_patient(
    staff: StaffView,
    Id(id): Id<PatientId>,
    JsonBody(request): JsonBody<NewCallback>,
) -> Result<Response, ApiError> {
    let (callback, is_new) = staff.order_callback_for(&id, request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(callback)).into_response())
}
