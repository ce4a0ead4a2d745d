//! HTTP of `/sync`.

use std::{sync::Arc, time::Duration};

use axum::response::Response;
use ruma::api::client::{
    filter::FilterDefinition,
    sync::sync_events::v3::{Filter, Request},
};

use super::service::{SyncRequest, Syncs};
use crate::{
    filter::Filters,
    http::{
        ApiError, Here, Requester,
        matrix::{Matrix, json_bytes},
    },
    tenant::Tenant,
};

/// `GET /_matrix/client/v3/sync` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync)
pub async fn sync(
    Here(tenant): Here<Tenant>,
    Here(syncs): Here<Syncs>,
    Here(filters): Here<Filters>,
    requester: Requester,
    Matrix(request): Matrix<Request>,
) -> Result<Response, ApiError> {
    let since = request.since.as_deref().filter(|since| !since.is_empty()).map(str::parse).transpose();
    let request = SyncRequest {
        since: since.map_err(|_| ApiError::invalid_param("since is not a token of this server."))?,
        full_state: request.full_state,
        state_after: request.use_state_after,
        timeout: request.timeout.unwrap_or(Duration::ZERO),
        filter: Arc::new(filter(&tenant, &filters, &requester, request.filter).await?),
    };
    let answer = syncs.sync(&requester, request).await?;
    Ok(json_bytes(serde_json::to_vec(&answer)?))
}

/// The filter that a request carries or names.
async fn filter(
    tenant: &Tenant,
    filters: &Filters,
    requester: &Requester,
    filter: Option<Filter>,
) -> Result<FilterDefinition, ApiError> {
    match filter {
        None => Ok(FilterDefinition::default()),
        Some(Filter::FilterDefinition(definition)) => Ok(definition),
        Some(Filter::FilterId(id)) => {
            let json = filters.get(&*tenant.store.view(), requester.user_key, &id).await?;
            let json = json.ok_or_else(|| ApiError::invalid_param("There is no such filter."))?;
            Ok(serde_json::from_slice(&json)?)
        }
        // The type may grow further forms.
        Some(_) => Err(ApiError::invalid_param("The filter has an unknown form.")),
    }
}
