//! Filters that clients upload once and name afterwards.
//!
//! Source: client-server API v1.19 §Filtering. An id is the hash of its filter: the same filter uploaded twice is one row.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use consilium_store::{Batch, Direction, StoreError, View};
use ruma::{DeviceId, UserId, api::client::filter::FilterDefinition};

use crate::{
    account::DeviceRows,
    http::{
        ApiError, Here, Requester,
        host::Service,
        limits::JsonBytes,
        matrix::{json_bytes, path_arguments},
    },
    ids::UserKey,
    keyspaces::FILTERS,
    tenant::Tenant,
    writer::{Touched, Writer},
};

/// Largest filter, in bytes.
const FILTER_BYTES_MAX: usize = 32 * 1024;
/// Filters of one user. Clients have a handful.
const FILTERS_MAX: usize = 500;
/// Bytes of the hash that make an id: 96 bits.
const ID_BYTES: usize = 12;

/// The filters of a tenant's users.
#[derive(Debug)]
pub struct Filters {
    writer: Writer,
}

impl Service for Filters {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.filters
    }
}

impl Filters {
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// The JSON of a filter.
    pub async fn get(&self, view: &dyn View, user: UserKey, id: &str) -> Result<Option<Bytes>, StoreError> {
        FILTERS.get(view, &(user.0, id.to_owned())).await
    }

    /// Keeps a filter; gives its id.
    async fn put(&self, user: UserKey, json: Bytes) -> Result<String, ApiError> {
        let id = hex::encode(&blake3::hash(&json).as_bytes()[..ID_BYTES]);
        let view = self.writer.view();
        if self.get(&*view, user, &id).await?.is_some() {
            return Ok(id);
        }
        if FILTERS.scan(&*view, &(user.0,), FILTERS_MAX, Direction::Forward).await?.len() >= FILTERS_MAX {
            return Err(ApiError::too_large("The user has as many filters as a user may have."));
        }
        let mut batch = Batch::new();
        FILTERS.put(&mut batch, &(user.0, id.clone()), &json);
        self.writer.commit(batch, Touched::default()).await?;
        Ok(id)
    }
}

/// Filters go with their account.
#[derive(Clone, Copy, Debug)]
pub struct FilterRows;

impl DeviceRows for FilterRows {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deleted(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        FILTERS.delete_prefix(batch, &(user.0,));
    }
}

/// The path's arguments, of the requester.
#[derive(Clone, Debug)]
pub struct Place {
    requester: Requester,
    id: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let requester = Requester::from_request_parts(parts, state).await?;
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        let user = arguments.next().unwrap_or_default();
        let user = UserId::parse(user).map_err(|_| ApiError::invalid_param("The path has no user id."))?;
        requester.must_be(&user)?;
        Ok(Self { requester, id: arguments.next().unwrap_or_default() })
    }
}

/// `POST /_matrix/client/v3/user/{userId}/filter` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridfilter)
pub async fn create(
    Here(filters): Here<Filters>,
    place: Place,
    JsonBytes(body): JsonBytes,
) -> Result<Response, ApiError> {
    if body.len() > FILTER_BYTES_MAX {
        return Err(ApiError::too_large("The filter is too large."));
    }
    serde_json::from_slice::<FilterDefinition>(&body)?;
    let id = filters.put(place.requester.user_key, body).await?;
    Ok(axum::Json(serde_json::json!({ "filter_id": id })).into_response())
}

/// `GET /_matrix/client/v3/user/{userId}/filter/{filterId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridfilterfilterid)
pub async fn get(Here(tenant): Here<Tenant>, Here(filters): Here<Filters>, place: Place) -> Result<Response, ApiError> {
    let filter = filters.get(&*tenant.store.view(), place.requester.user_key, &place.id).await?;
    Ok(json_bytes(filter.ok_or_else(|| ApiError::not_found("There is no such filter."))?))
}
