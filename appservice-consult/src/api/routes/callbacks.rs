//! Call-backs: ordering, lists, one of them, what a patient and what staff does with one.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    AgainLaterRequest, Callback, CallbackChanged, CallbackDetail, CallbackNote, CallbackPage, CallbackQuery,
    CallbackRecord, ConsultationDetail, FinishCallback, JoinedCall, MoveCallback, NewCallback, NewCallbackCall,
    NewCallbackNote, NoAnswerRequest, OneCallback,
};
use crate::api::views::{CallbacksRead, Caller, CallerOr, PatientView, StaffView};
use crate::ids::CallbackId;

/// Orders a call-back; the same `request_id` gives the same one.
///
/// At most one is open in a conversation (the queues of a circle): 409 with `callback_id` where there is one; move or cancel it. A window lies in one working
/// time of the queue: 422 `outside-hours` with `opens_at` where it does not.
#[utoipa::path(
    post, path = "/callbacks", tag = "callbacks", request_body = NewCallback,
    responses((status = 201, body = Callback, description = "Ordered now"), (status = 200, body = Callback, description = "Ordered before"))
)]
pub async fn order_callback(
    patient: PatientView,
    JsonBody(request): JsonBody<NewCallback>,
) -> Result<Response, ApiError> {
    let (callback, is_new) = patient.order_callback(request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(callback)).into_response())
}

/// Lists call-backs: the patient's own, or what staff or a partner's system asks to see; an operator's are those that wait in a queue of his and those that he has
/// or had last.
///
/// For patients only `phase`, `sort`, `limit` and `cursor` count.
#[utoipa::path(
    get, path = "/callbacks", tag = "callbacks", params(CallbackQuery),
    security(("bearer" = []), ("partner_key" = ["callbacks:read"])),
    responses((status = 200, body = CallbackPage))
)]
pub async fn list_callbacks(
    caller: CallerOr<CallbacksRead>,
    Params(query): Params<CallbackQuery>,
) -> Result<Json<CallbackPage>, ApiError> {
    Ok(Json(match caller {
        CallerOr::Account(caller) => caller.callbacks(query).await?,
        CallerOr::Partner(partner) => CallbackPage::Told(partner.callbacks(query).await?),
    }))
}

/// One call-back.
#[utoipa::path(
    get, path = "/callbacks/{id}", tag = "callbacks", params(("id" = CallbackId, Path)),
    security(("bearer" = []), ("partner_key" = ["callbacks:read"])),
    responses((status = 200, body = OneCallback))
)]
pub async fn get_callback(
    caller: CallerOr<CallbacksRead>,
    Id(id): Id<CallbackId>,
) -> Result<Json<OneCallback>, ApiError> {
    Ok(Json(match caller {
        CallerOr::Account(caller) => caller.callback(&id).await?,
        CallerOr::Partner(partner) => OneCallback::Told(Box::new(partner.callback(&id).await?)),
    }))
}

/// Withdraws one: the patient his own until it is done, staff what it has in its hands, a supervisor any.
#[utoipa::path(
    post, path = "/callbacks/{id}/cancel", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = CallbackNote,
    responses((status = 200, body = OneCallback))
)]
pub async fn cancel_callback(
    caller: Caller,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<CallbackNote>,
) -> Result<Json<OneCallback>, ApiError> {
    Ok(Json(caller.cancel_callback(&id, request).await?))
}

/// The patient moves his own to another time, until somebody calls; 422 `outside-hours` as for an order.
#[utoipa::path(
    post, path = "/callbacks/{id}/move", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = MoveCallback,
    responses((status = 200, body = Callback))
)]
pub async fn move_callback(
    patient: PatientView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<MoveCallback>,
) -> Result<Json<Callback>, ApiError> {
    Ok(Json(patient.move_callback(&id, request).await?))
}

/// Takes one that waits; of several who press at once exactly one gets it, the others are told who. The operator comes into the conversation's room.
#[utoipa::path(
    post, path = "/callbacks/{id}/take", tag = "callbacks", params(("id" = CallbackId, Path)),
    responses((status = 200, body = CallbackDetail))
)]
pub async fn take_callback(staff: StaffView, Id(id): Id<CallbackId>) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.take_callback(&id).await?))
}

/// Gives one back: it waits again. The operator leaves the room.
#[utoipa::path(
    post, path = "/callbacks/{id}/release", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = CallbackNote,
    responses((status = 200, body = CallbackDetail))
)]
pub async fn release_callback(
    staff: StaffView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<CallbackNote>,
) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.release_callback(&id, request).await?))
}

/// Calls the patient in the app; where a call is open in the conversation, the caller joins it.
///
/// Only who has taken the call-back, once he is in the conversation's room; 409 for one that was ordered by the form. It rings and answers as
/// `POST /consultations/{id}/calls` does; the call-back is then in phase `calling` until the operator says what came of it.
#[utoipa::path(
    post, path = "/callbacks/{id}/calls", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = NewCallbackCall,
    responses((status = 201, body = JoinedCall, description = "Rings now"), (status = 200, body = JoinedCall, description = "Was open already"))
)]
pub async fn call_back(
    staff: StaffView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<NewCallbackCall>,
) -> Result<Response, ApiError> {
    let (joined, is_new) = staff.call_back(&id, request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(joined)).into_response())
}

/// Begins a consultation in the call-back's queue, which the operator who has taken the call-back leads at once, as if the patient had asked and he had taken
/// it: colleagues can be asked in, and it is sealed.
///
/// A call that is on in the conversation is part of it. 409 with `consultation_id` where one is open in the conversation, and for a call-back that was ordered by
/// the form. The call-back itself stays as it is.
#[utoipa::path(
    post, path = "/callbacks/{id}/consultation", tag = "callbacks", params(("id" = CallbackId, Path)),
    responses((status = 201, body = ConsultationDetail))
)]
pub async fn consult_on_callback(staff: StaffView, Id(id): Id<CallbackId>) -> Result<Response, ApiError> {
    Ok((StatusCode::CREATED, Json(staff.consult_on_callback(&id).await?)).into_response())
}

/// Says that the operator calls by telephone.
#[utoipa::path(
    post, path = "/callbacks/{id}/telephone", tag = "callbacks", params(("id" = CallbackId, Path)),
    responses((status = 200, body = CallbackDetail))
)]
pub async fn telephone_callback(staff: StaffView, Id(id): Id<CallbackId>) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.telephone_callback(&id).await?))
}

/// Says that nobody answered: it waits to be tried again, by whoever takes it. The operator leaves the room.
#[utoipa::path(
    post, path = "/callbacks/{id}/no-answer", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = NoAnswerRequest,
    responses((status = 200, body = CallbackDetail))
)]
pub async fn callback_not_answered(
    staff: StaffView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<NoAnswerRequest>,
) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.callback_not_answered(&id, request).await?))
}

/// Says that the patient was reached and wants to be called another time: it waits again. The operator leaves the room.
#[utoipa::path(
    post, path = "/callbacks/{id}/again-later", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = AgainLaterRequest,
    responses((status = 200, body = CallbackDetail))
)]
pub async fn callback_again_later(
    staff: StaffView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<AgainLaterRequest>,
) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.callback_again_later(&id, request).await?))
}

/// Finishes one with what came of it; it is sealed at once and is then in phase `archived`.
#[utoipa::path(
    post, path = "/callbacks/{id}/done", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = FinishCallback,
    responses((status = 200, body = CallbackDetail))
)]
pub async fn finish_callback(
    staff: StaffView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<FinishCallback>,
) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.finish_callback(&id, request).await?))
}

/// Writes down what staff has to know, as a step of the history.
#[utoipa::path(
    post, path = "/callbacks/{id}/notes", tag = "callbacks", params(("id" = CallbackId, Path)), request_body = NewCallbackNote,
    responses((status = 200, body = CallbackDetail))
)]
pub async fn note_on_callback(
    staff: StaffView,
    Id(id): Id<CallbackId>,
    JsonBody(request): JsonBody<NewCallbackNote>,
) -> Result<Json<CallbackDetail>, ApiError> {
    Ok(Json(staff.note_on_callback(&id, request).await?))
}

/// Opens the sealed record; each reading is an audit entry. Any for supervisors, for operators those that they had in their hands last.
#[utoipa::path(
    get, path = "/callbacks/{id}/record", tag = "callbacks", params(("id" = CallbackId, Path)),
    responses((status = 200, body = CallbackRecord))
)]
pub async fn callback_record(staff: StaffView, Id(id): Id<CallbackId>) -> Result<Json<CallbackRecord>, ApiError> {
    Ok(Json(staff.callback_record(&id).await?))
}

/// The stream's payload about call-backs; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(CallbackChanged)))]
pub struct CallbackStreamSchemas;
