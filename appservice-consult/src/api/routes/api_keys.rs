//! Keys by which partners' systems call: what supervisors do with them.

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};

use crate::api::body::{Id, JsonBody};
use crate::api::problem::ApiError;
use crate::api::types::{ApiKey, ApiKeyChange, ApiKeySecret, ApiKeys, NewApiKey};
use crate::api::views::SupervisorView;
use crate::ids::ApiKeyId;

/// A secret is in no cache.
const NO_STORE: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The keys, and what can be chosen for them.
#[utoipa::path(get, path = "/api-keys", tag = "api-keys", responses((status = 200, body = ApiKeys)))]
pub async fn list_api_keys(supervisor: SupervisorView) -> Json<ApiKeys> {
    Json(supervisor.api_keys())
}

/// Makes a key. It is shown this once.
#[utoipa::path(
    post, path = "/api-keys", tag = "api-keys", request_body = NewApiKey, responses((status = 201, body = ApiKeySecret))
)]
pub async fn create_api_key(
    supervisor: SupervisorView,
    JsonBody(new): JsonBody<NewApiKey>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Json<ApiKeySecret>), ApiError> {
    Ok((StatusCode::CREATED, NO_STORE, Json(supervisor.create_api_key(new).await?)))
}

/// Renames a key, gives it other scopes or another end. 409 where it was revoked.
#[utoipa::path(
    patch, path = "/api-keys/{id}", tag = "api-keys", params(("id" = ApiKeyId, Path)), request_body = ApiKeyChange,
    responses((status = 200, body = ApiKey))
)]
pub async fn change_api_key(
    supervisor: SupervisorView,
    Id(id): Id<ApiKeyId>,
    JsonBody(change): JsonBody<ApiKeyChange>,
) -> Result<Json<ApiKey>, ApiError> {
    Ok(Json(supervisor.change_api_key(&id, change).await?))
}

/// Revokes a key: from now on it opens nothing. It stays in the list, because the audit log shows its name.
#[utoipa::path(
    delete, path = "/api-keys/{id}", tag = "api-keys", params(("id" = ApiKeyId, Path)), responses((status = 200, body = ApiKey))
)]
pub async fn revoke_api_key(supervisor: SupervisorView, Id(id): Id<ApiKeyId>) -> Result<Json<ApiKey>, ApiError> {
    Ok(Json(supervisor.revoke_api_key(&id).await?))
}
