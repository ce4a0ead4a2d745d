//! HTTP of `/sync`.

use std::{sync::Arc, time::Duration};

use axum::{extract::RawQuery, response::Response};
use ruma::api::client::{
    filter::FilterDefinition,
    keys::get_key_changes,
    sync::sync_events::v3::{Filter, Request},
};
use serde::Deserialize;

use super::{
    ask::StateForm,
    service::{SyncRequest, Syncs},
};
use crate::{
    filter::Filters,
    http::{
        ApiError, Here, Requester,
        matrix::{Matrix, json_bytes},
    },
    keys::ChangedUsers,
    tenant::Tenant,
};

/// `GET /_matrix/client/v3/sync` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync)
pub async fn sync(
    Here(tenant): Here<Tenant>,
    Here(syncs): Here<Syncs>,
    Here(filters): Here<Filters>,
    requester: Requester,
    RawQuery(query): RawQuery,
    Matrix(request): Matrix<Request>,
) -> Result<Response, ApiError> {
    let since = request.since.as_deref().filter(|since| !since.is_empty()).map(str::parse).transpose();
    let request = SyncRequest {
        since: since.map_err(|_| ApiError::invalid_param("since is not a token of this server."))?,
        full_state: request.full_state,
        state_form: state_form(request.use_state_after, query.as_deref().unwrap_or_default()),
        timeout: request.timeout.unwrap_or(Duration::ZERO),
        filter: Arc::new(filter(&tenant, &filters, &requester, request.filter).await?),
    };
    let answer = syncs.sync(&requester, request).await?.ok_or_else(|| ApiError::unknown_token(false))?;
    Ok(json_bytes(serde_json::to_vec(&answer)?))
}

/// `GET /_matrix/client/v3/keys/changes` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3keyschanges)
///
/// Here, because its two places are tokens of `/sync`.
pub async fn key_changes(
    Here(syncs): Here<Syncs>,
    requester: Requester,
    Matrix(request): Matrix<get_key_changes::v3::Request>,
) -> Result<Matrix<get_key_changes::v3::Response>, ApiError> {
    let token = |name: &str, text: &str| {
        text.parse().map_err(|_| ApiError::invalid_param(format!("{name} is not a token of this server.")))
    };
    let (from, to) = (token("from", &request.from)?, token("to", &request.to)?);
    let ChangedUsers { changed, left } = syncs.key_changes(requester.user_key, from, to).await?;
    Ok(Matrix(get_key_changes::v3::Response::new(changed, left)))
}

/// The name by which the client asks for the state after the timeline, if it does.
fn state_form(use_state_after: bool, query: &str) -> StateForm {
    #[derive(Default, Deserialize)]
    struct Query {
        #[serde(default, rename = "org.matrix.msc4222.use_state_after")]
        use_state_after: bool,
    }
    let unstable: Query = serde_html_form::from_str(query).unwrap_or_default();
    match (use_state_after, unstable.use_state_after) {
        (true, _) => StateForm::After,
        (false, true) => StateForm::UnstableAfter,
        (false, false) => StateForm::Before,
    }
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
