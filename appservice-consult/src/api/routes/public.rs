//! What a visitor of the partner's site may do without an account: order a call-back.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::api::body::JsonBody;
use crate::api::problem::ApiError;
use crate::api::types::{CallbackChallenge, PublicCallback, PublicCallbackOrdered};
use crate::api::views::VisitorView;

/// What the form needs: a challenge, its queues, and the text to agree to, in the language of `Accept-Language`.
///
/// For pages of the tenant's own origin and of the sites that the brand names (`callback_form.origins`); 404 where the brand has no form.
#[utoipa::path(
    get, path = "/public/callbacks/challenge", tag = "public", security(()),
    responses((status = 200, body = CallbackChallenge))
)]
pub async fn callback_challenge(visitor: VisitorView) -> Result<Response, ApiError> {
    let challenge = visitor.callback_challenge().await?;
    Ok(([(axum::http::header::CACHE_CONTROL, "no-store")], Json(challenge)).into_response())
}

/// Orders a call-back. `challenge-failed` (403): get another challenge; 409: the consent's text has changed; 422 `outside-hours`: nobody works in all of the
/// window; 429: as the header says.
#[utoipa::path(
    post, path = "/public/callbacks", tag = "public", security(()), request_body = PublicCallback,
    responses((status = 201, body = PublicCallbackOrdered))
)]
pub async fn order_public_callback(
    visitor: VisitorView,
    JsonBody(request): JsonBody<PublicCallback>,
) -> Result<Response, ApiError> {
    let ordered = visitor.order_callback(request).await?;
    Ok((StatusCode::CREATED, Json(ordered)).into_response())
}
