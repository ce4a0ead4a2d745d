//! Follow-ups: what staff comes back to at a time; nothing of them is for patients, but the message that one may send.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::{Id, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    EndFollowUp, FollowUp, FollowUpChange, FollowUpChanged, FollowUpMessageQuery, FollowUpQuery, FollowUpView,
    FollowUpWords, NewFollowUp, Page,
};
use crate::api::views::StaffView;
use crate::ids::FollowUpId;

/// Follow-ups that the caller may see: his own, those that he made, those of his queues; a supervisor sees all.
#[utoipa::path(
    get, path = "/follow-ups", tag = "follow-ups", params(FollowUpQuery), responses((status = 200, body = Page<FollowUp>))
)]
pub async fn list_follow_ups(
    staff: StaffView,
    Params(query): Params<FollowUpQuery>,
) -> Result<Json<Page<FollowUp>>, ApiError> {
    Ok(Json(staff.follow_ups(query).await?))
}

/// A follow-up.
#[utoipa::path(
    get, path = "/follow-ups/{id}", tag = "follow-ups", params(("id" = FollowUpId, Path)), responses((status = 200, body = FollowUp))
)]
pub async fn get_follow_up(staff: StaffView, Id(id): Id<FollowUpId>) -> Result<Json<FollowUp>, ApiError> {
    Ok(Json(staff.follow_up(&id).await?))
}

/// With what a message to a patient may begin: the brand's words in his language, and whether there is a conversation in which it could stand.
#[utoipa::path(
    get, path = "/follow-ups/message", tag = "follow-ups", params(FollowUpMessageQuery), responses((status = 200, body = FollowUpWords))
)]
pub async fn follow_up_message(
    staff: StaffView,
    Params(query): Params<FollowUpMessageQuery>,
) -> Result<Json<FollowUpWords>, ApiError> {
    Ok(Json(staff.follow_up_words(query).await?))
}

/// Makes a follow-up; the same `request_id` gives the same one. 409 where there are as many for the patient as there may be.
#[utoipa::path(
    post, path = "/follow-ups", tag = "follow-ups", request_body = NewFollowUp,
    responses((status = 201, body = FollowUp, description = "Made now"), (status = 200, body = FollowUp, description = "Made before"))
)]
pub async fn make_follow_up(staff: StaffView, JsonBody(new): JsonBody<NewFollowUp>) -> Result<Response, ApiError> {
    let (follow_up, is_new) = staff.make_follow_up(new).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(follow_up)).into_response())
}

/// Puts a follow-up off, hands it on, or says something else in it. What is left out stays. 409 where somebody changed it meanwhile, or it is over.
#[utoipa::path(
    patch, path = "/follow-ups/{id}", tag = "follow-ups", params(("id" = FollowUpId, Path)), request_body = FollowUpChange,
    responses((status = 200, body = FollowUp))
)]
pub async fn change_follow_up(
    staff: StaffView,
    Id(id): Id<FollowUpId>,
    JsonBody(change): JsonBody<FollowUpChange>,
) -> Result<Json<FollowUp>, ApiError> {
    Ok(Json(staff.change_follow_up(&id, change).await?))
}

/// Somebody came back to it.
#[utoipa::path(
    post, path = "/follow-ups/{id}/done", tag = "follow-ups", params(("id" = FollowUpId, Path)), request_body = EndFollowUp,
    responses((status = 200, body = FollowUp))
)]
pub async fn do_follow_up(
    staff: StaffView,
    Id(id): Id<FollowUpId>,
    JsonBody(end): JsonBody<EndFollowUp>,
) -> Result<Json<FollowUp>, ApiError> {
    Ok(Json(staff.do_follow_up(&id, end).await?))
}

/// It is not needed any more.
#[utoipa::path(
    post, path = "/follow-ups/{id}/cancel", tag = "follow-ups", params(("id" = FollowUpId, Path)), request_body = EndFollowUp,
    responses((status = 200, body = FollowUp))
)]
pub async fn cancel_follow_up(
    staff: StaffView,
    Id(id): Id<FollowUpId>,
    JsonBody(end): JsonBody<EndFollowUp>,
) -> Result<Json<FollowUp>, ApiError> {
    Ok(Json(staff.cancel_follow_up(&id, end).await?))
}

/// The stream's payload about follow-ups, and what stands in queries alone.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(FollowUpChanged, FollowUpView)))]
pub struct FollowUpStreamSchemas;
