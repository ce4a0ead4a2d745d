//! Webhooks: where partners' systems are told what happens, and what became of it.

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};

use crate::api::body::{Id, Ids, JsonBody, Params};
use crate::api::problem::ApiError;
use crate::api::types::{
    NewWebhook, Page, WebhookChange, WebhookChanged, WebhookDelivery, WebhookDeliveryQuery, WebhookEndpoint,
    WebhookReplay, WebhookReplayed, WebhookSecret, WebhookTested, Webhooks,
};
use crate::api::views::SupervisorView;

/// A secret is in no cache.
const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// All endpoints, and what can be chosen for them.
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", responses((status = 200, body = Webhooks)))]
pub async fn list_webhooks(supervisor: SupervisorView) -> Result<Json<Webhooks>, ApiError> {
    Ok(Json(supervisor.webhooks().await?))
}

/// Makes an endpoint. Its secret is shown this once.
#[utoipa::path(
    post, path = "/webhooks", tag = "webhooks", request_body = NewWebhook, responses((status = 201, body = WebhookSecret))
)]
pub async fn create_webhook(
    supervisor: SupervisorView,
    JsonBody(new): JsonBody<NewWebhook>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Json<WebhookSecret>), ApiError> {
    Ok((StatusCode::CREATED, NO_STORE, Json(supervisor.create_webhook(new).await?)))
}

/// Changes an endpoint. One that is switched on again goes on with what waited for it.
#[utoipa::path(
    patch, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)), request_body = WebhookChange,
    responses((status = 200, body = WebhookEndpoint))
)]
pub async fn change_webhook(
    supervisor: SupervisorView,
    Id(id): Id<String>,
    JsonBody(change): JsonBody<WebhookChange>,
) -> Result<Json<WebhookEndpoint>, ApiError> {
    Ok(Json(supervisor.change_webhook(&id, change).await?))
}

/// Removes an endpoint, with what was on its way there.
#[utoipa::path(
    delete, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)), responses((status = 204))
)]
pub async fn remove_webhook(supervisor: SupervisorView, Id(id): Id<String>) -> Result<StatusCode, ApiError> {
    supervisor.remove_webhook(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another secret, shown this once. The one before signs too for 24 hours.
#[utoipa::path(
    post, path = "/webhooks/{id}/secret", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 200, body = WebhookSecret))
)]
pub async fn replace_webhook_secret(
    supervisor: SupervisorView,
    Id(id): Id<String>,
) -> Result<([(HeaderName, &'static str); 1], Json<WebhookSecret>), ApiError> {
    Ok((NO_STORE, Json(supervisor.replace_webhook_secret(&id).await?)))
}

/// Sends `webhook.test`, once, also to an endpoint that is off. The log says what became of it.
#[utoipa::path(
    post, path = "/webhooks/{id}/test", tag = "webhooks", params(("id" = String, Path)),
    responses((status = 202, body = WebhookTested))
)]
pub async fn test_webhook(
    supervisor: SupervisorView,
    Id(id): Id<String>,
) -> Result<(StatusCode, Json<WebhookTested>), ApiError> {
    Ok((StatusCode::ACCEPTED, Json(supervisor.test_webhook(&id).await?)))
}

/// Sends the events of a time again, those of the types that the endpoint has chosen, in their order. Events are kept for 30 days.
#[utoipa::path(
    post, path = "/webhooks/{id}/replay", tag = "webhooks", params(("id" = String, Path)), request_body = WebhookReplay,
    responses((status = 202, body = WebhookReplayed))
)]
pub async fn replay_webhook(
    supervisor: SupervisorView,
    Id(id): Id<String>,
    JsonBody(wish): JsonBody<WebhookReplay>,
) -> Result<(StatusCode, Json<WebhookReplayed>), ApiError> {
    Ok((StatusCode::ACCEPTED, Json(supervisor.replay_webhook(&id, wish).await?)))
}

/// The log of an endpoint's deliveries, newest first; kept for 30 days.
#[utoipa::path(
    get, path = "/webhooks/{id}/deliveries", tag = "webhooks", params(("id" = String, Path), WebhookDeliveryQuery),
    responses((status = 200, body = Page<WebhookDelivery>))
)]
pub async fn list_webhook_deliveries(
    supervisor: SupervisorView,
    Id(id): Id<String>,
    Params(query): Params<WebhookDeliveryQuery>,
) -> Result<Json<Page<WebhookDelivery>>, ApiError> {
    Ok(Json(supervisor.webhook_deliveries(&id, &query).await?))
}

/// Sends one event again, now, under its own `webhook-id`.
#[utoipa::path(
    post, path = "/webhooks/{id}/deliveries/{event_id}/replay", tag = "webhooks",
    params(("id" = String, Path), ("event_id" = String, Path)), responses((status = 204))
)]
pub async fn replay_webhook_delivery(
    supervisor: SupervisorView,
    Ids(id, event_id): Ids<String, String>,
) -> Result<StatusCode, ApiError> {
    supervisor.replay_webhook_delivery(&id, &event_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The stream's payload about webhooks; it stands in no request or response body.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(WebhookChanged)))]
pub struct WebhookStreamSchemas;
