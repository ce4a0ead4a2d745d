//! Calls: whether they work, calling, answering, ending, lists, quality.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody, Narrowed};
use crate::api::problem::ApiError;
use crate::api::types::{
    Call, CallAvailability, CallChanged, CallPage, CallQualities, CallQuery, DeclineCall, JoinCall, JoinedCall,
    NewCall, OneCall, QualityReport,
};
use crate::api::views::{Caller, SupervisorView};
use crate::call::Act;
use crate::ids::{CallId, ConsultationId};

/// Whether calls work, and how the media server is reached.
#[utoipa::path(get, path = "/calls/availability", tag = "calls", responses((status = 200, body = CallAvailability)))]
pub async fn call_availability(caller: Caller) -> Json<CallAvailability> {
    Json(caller.call_availability())
}

/// Calls the other side of a consultation; where a call is open there already, the caller joins it.
///
/// The other side's apps ring as soon as this is answered, by the event stream. Without a ticket the patient is in another call.
#[utoipa::path(
    post, path = "/consultations/{id}/calls", tag = "calls", params(("id" = ConsultationId, Path)), request_body = NewCall,
    responses((status = 201, body = JoinedCall, description = "Rings now"), (status = 200, body = JoinedCall, description = "Was open already"))
)]
pub async fn start_call(
    caller: Caller,
    Id(id): Id<ConsultationId>,
    JsonBody(request): JsonBody<NewCall>,
) -> Result<Response, ApiError> {
    let (joined, is_new) = caller.start_call(&id, request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(joined)).into_response())
}

/// Calls, newest first: the patient's own, or those that staff asks to see; an operator's are those that he was in, and those of consultations of which he sees
/// something.
#[utoipa::path(get, path = "/calls", tag = "calls", params(CallQuery), responses((status = 200, body = CallPage)))]
pub async fn list_calls(caller: Caller, Narrowed(query): Narrowed<CallQuery>) -> Result<Json<CallPage>, ApiError> {
    Ok(Json(caller.calls(query).await?))
}

/// One call, for staff with its patient.
#[utoipa::path(
    get, path = "/calls/{id}", tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = OneCall))
)]
pub async fn get_call(caller: Caller, Id(id): Id<CallId>) -> Result<Json<OneCall>, ApiError> {
    Ok(Json(caller.call(&id).await?))
}

/// Answers; 409 where another device was faster.
#[utoipa::path(
    post, path = "/calls/{id}/answer", tag = "calls", params(("id" = CallId, Path)), request_body = JoinCall,
    responses((status = 200, body = JoinedCall))
)]
pub async fn answer_call(
    caller: Caller,
    Id(id): Id<CallId>,
    JsonBody(request): JsonBody<JoinCall>,
) -> Result<Json<JoinedCall>, ApiError> {
    Ok(Json(caller.answer_call(&id, request).await?))
}

/// What the device of somebody at whom a call rings needs to make its way to the media server before he answers, so that nobody waits for it then.
///
/// It waits there unseen, sees and hears nothing, and is in no record; `answer` lets it in, with the same `member_id`.
#[utoipa::path(
    post, path = "/calls/{id}/stand-by", tag = "calls", params(("id" = CallId, Path)), request_body = JoinCall,
    responses((status = 200, body = JoinedCall))
)]
pub async fn stand_by(
    caller: Caller,
    Id(id): Id<CallId>,
    JsonBody(request): JsonBody<JoinCall>,
) -> Result<Json<JoinedCall>, ApiError> {
    Ok(Json(caller.stand_by(&id, request).await?))
}

/// A new token for a call that is on: to come back after the connection was lost for good, or to join a colleague's call.
#[utoipa::path(
    post, path = "/calls/{id}/token", tag = "calls", params(("id" = CallId, Path)), request_body = JoinCall,
    responses((status = 200, body = JoinedCall))
)]
pub async fn call_token(
    caller: Caller,
    Id(id): Id<CallId>,
    JsonBody(request): JsonBody<JoinCall>,
) -> Result<Json<JoinedCall>, ApiError> {
    Ok(Json(caller.call_token(&id, request).await?))
}

/// Declines a call that rings.
#[utoipa::path(
    post, path = "/calls/{id}/decline", tag = "calls", params(("id" = CallId, Path)), request_body = DeclineCall,
    responses((status = 200, body = Call))
)]
pub async fn decline_call(
    caller: Caller,
    Id(id): Id<CallId>,
    JsonBody(request): JsonBody<DeclineCall>,
) -> Result<Json<Call>, ApiError> {
    Ok(Json(caller.act_on_call(&id, Act::Decline(request.reason)).await?))
}

/// The caller gives up a call that rings.
#[utoipa::path(
    post, path = "/calls/{id}/cancel", tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = Call))
)]
pub async fn cancel_call(caller: Caller, Id(id): Id<CallId>) -> Result<Json<Call>, ApiError> {
    Ok(Json(caller.act_on_call(&id, Act::Cancel).await?))
}

/// Hangs up; the call ends unless a colleague stays in it.
#[utoipa::path(
    post, path = "/calls/{id}/hang-up", tag = "calls", params(("id" = CallId, Path)), responses((status = 200, body = Call))
)]
pub async fn hang_up_call(caller: Caller, Id(id): Id<CallId>) -> Result<Json<Call>, ApiError> {
    Ok(Json(caller.act_on_call(&id, Act::HangUp).await?))
}

/// What the caller's app measured since its last report; send it each 10 seconds while in the call.
#[utoipa::path(
    post, path = "/calls/{id}/quality", tag = "calls", params(("id" = CallId, Path)), request_body = QualityReport,
    responses((status = 204))
)]
pub async fn report_call_quality(
    caller: Caller,
    Id(id): Id<CallId>,
    JsonBody(report): JsonBody<QualityReport>,
) -> Result<StatusCode, ApiError> {
    caller.report_call_quality(&id, report).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the apps measured of a call.
#[utoipa::path(
    get, path = "/calls/{id}/quality", tag = "calls", params(("id" = CallId, Path)),
    responses((status = 200, body = CallQualities))
)]
pub async fn call_quality(supervisor: SupervisorView, Id(id): Id<CallId>) -> Result<Json<CallQualities>, ApiError> {
    Ok(Json(supervisor.call_quality(&id).await?))
}

/// The stream's payload about calls; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(CallChanged)))]
pub struct CallStreamSchemas;
