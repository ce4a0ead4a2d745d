//! Opening something for a patient, once for each `Idempotency-Key`: by partners' systems, and by the desk for who asks by telephone.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{OpenCallback, OpenConsultation, PartnerCallback, PartnerConsultation};
use crate::api::views::{CallbacksOpen, ConsultationsOpen, Opened, StaffOr};
use crate::api_key::RetryKey;
use crate::ids::PatientId;

/// Under which name the first answer is kept for a day.
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Says of an answer that it is the first one, given again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Opens a consultation for a patient, who sees it as his own and is told by the service that his request came; nothing is said in his name, and nothing is agreed to:
/// 409 `consents-missing` where he has to agree to something first.
///
/// At most one is open in a conversation (the queues of a circle): 409 with `consultation_id` where there is one, and without it for a member of staff who sees
/// nothing of that one; 429 where the queue is full.
#[utoipa::path(
    post, path = "/patients/{id}/consultations", tag = "partners",
    params(("id" = PatientId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same for each retry of a request; its first answer is kept for 24 hours")),
    request_body = OpenConsultation, security(("bearer" = []), ("partner_key" = ["consultations:open"])),
    responses((status = 201, body = PartnerConsultation))
)]
pub async fn open_consultation(
    who: StaffOr<ConsultationsOpen>,
    Id(id): Id<PatientId>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<OpenConsultation>,
) -> Result<Response, ApiError> {
    let retry = retry_key(&headers)?;
    Ok(answer(match who {
        StaffOr::Staff(staff) => staff.open_consultation(&id, &request, retry.as_ref()).await?,
        StaffOr::Partner(partner) => partner.open_consultation(&id, &request, retry.as_ref()).await?,
    }))
}

/// Orders a call-back for a patient, who sees it as his own. Nothing is agreed to in his name: 409 `consents-missing` where he has to agree to something first.
///
/// At most one is open in a conversation: 409 with `callback_id` where there is one that the caller may see. A window lies in one working time of the queue: 422
/// `outside-hours` with `opens_at` where it does not.
#[utoipa::path(
    post, path = "/patients/{id}/callbacks", tag = "partners",
    params(("id" = PatientId, Path), ("Idempotency-Key" = Option<String>, Header, description = "The same for each retry of a request; its first answer is kept for 24 hours")),
    request_body = OpenCallback, security(("bearer" = []), ("partner_key" = ["callbacks:open"])),
    responses((status = 201, body = PartnerCallback))
)]
pub async fn open_callback(
    who: StaffOr<CallbacksOpen>,
    Id(id): Id<PatientId>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<OpenCallback>,
) -> Result<Response, ApiError> {
    let retry = retry_key(&headers)?;
    Ok(answer(match who {
        StaffOr::Staff(staff) => staff.open_callback(&id, request, retry.as_ref()).await?,
        StaffOr::Partner(partner) => partner.open_callback(&id, request, retry.as_ref()).await?,
    }))
}

fn retry_key(headers: &HeaderMap) -> Result<Option<RetryKey>, ApiError> {
    let mut given = headers.get_all(IDEMPOTENCY_KEY).iter();
    let Some(first) = given.next() else { return Ok(None) };
    let key = first.to_str().ok().and_then(RetryKey::parse).filter(|_| given.next().is_none());
    key.map(Some).ok_or_else(|| ApiError::malformed("Idempotency-Key", "Once, with 1 to 255 visible ASCII characters."))
}

fn answer(opened: Opened) -> Response {
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (StatusCode::CREATED, json, opened.body).into_response();
    if opened.is_replay {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}
