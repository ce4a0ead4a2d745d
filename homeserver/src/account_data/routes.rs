//! HTTP of account data.

use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use bytes::Bytes;
use http::StatusCode;
use ruma::{OwnedRoomId, RoomId, UserId, api::error::ErrorKind};

use super::service::AccountData;
use crate::{
    http::{
        ApiError, Here, NoContent, Requester,
        limits::JsonBytes,
        matrix::{json_bytes, path_arguments},
    },
    ids::RoomKey,
    tenant::Tenant,
};

/// `/user/{userId}/account_data/{type}` or `/user/{userId}/rooms/{roomId}/account_data/{type}`, of the requester.
#[derive(Clone, Debug)]
pub struct Place {
    requester: Requester,
    room: Option<OwnedRoomId>,
    kind: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let requester = Requester::from_request_parts(parts, state).await?;
        let arguments = path_arguments(parts, state).await?;
        let (user, room, kind) = match &*arguments {
            [user, kind] => (user, None, kind),
            [user, room, kind] => (user, Some(room), kind),
            _ => return Err(ApiError::unrecognized()),
        };
        let user = <&UserId>::try_from(&**user).map_err(|_| ApiError::invalid_param("The path has no user id."))?;
        requester.must_be(user)?;
        let room = room.map(RoomId::parse).transpose();
        let room = room.map_err(|_| ApiError::invalid_param("The path has no room id."))?;
        Ok(Self { requester, room, kind: kind.clone() })
    }
}

impl Place {
    async fn room_key(&self, tenant: &Tenant) -> Result<Option<RoomKey>, ApiError> {
        match &self.room {
            None => Ok(None),
            Some(room) => {
                let key = tenant.ids.room(&*tenant.store.view(), room).await?;
                key.map(Some).ok_or_else(|| ApiError::not_found("There is no such room."))
            }
        }
    }
}

/// `GET /_matrix/client/v3/user/{userId}/account_data/{type}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridaccount_datatype)
pub async fn get_global(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    place: Place,
) -> Result<Response, ApiError> {
    if place.kind == PUSH_RULES {
        let (view, requester) = (tenant.store.view(), &place.requester);
        let rules = tenant.rooms.base.push_rules.of(&*view, requester.user_key, &requester.user).await?;
        return Ok(json_bytes(serde_json::to_vec(&serde_json::json!({ "global": &*rules }))?));
    }
    get(&tenant, &data, &place).await
}

/// `GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridroomsroomidaccount_datatype)
pub async fn get_room(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    place: Place,
) -> Result<Response, ApiError> {
    get(&tenant, &data, &place).await
}

async fn get(tenant: &Tenant, data: &AccountData, place: &Place) -> Result<Response, ApiError> {
    let absent = || ApiError::not_found("There is no such account data.");
    let room = match &place.room {
        Some(room) => Some(tenant.ids.room(&*tenant.store.view(), room).await?.ok_or_else(absent)?),
        None => None,
    };
    let content = data.get(&*tenant.store.view(), place.requester.user_key, room, &place.kind).await?;
    Ok(json_bytes(content.ok_or_else(absent)?))
}

/// `PUT /_matrix/client/v3/user/{userId}/account_data/{type}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridaccount_datatype)
pub async fn put_global(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    place: Place,
    JsonBytes(body): JsonBytes,
) -> Result<NoContent, ApiError> {
    put(&tenant, &data, &place, body).await
}

/// `PUT /_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidaccount_datatype)
pub async fn put_room(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    place: Place,
    JsonBytes(body): JsonBytes,
) -> Result<NoContent, ApiError> {
    put(&tenant, &data, &place, body).await
}

/// Deletes: MSC3391, the same as putting `{}`.
pub async fn delete_global(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    place: Place,
) -> Result<NoContent, ApiError> {
    put(&tenant, &data, &place, Bytes::from_static(b"{}")).await
}

/// Deletes: MSC3391, the same as putting `{}`.
pub async fn delete_room(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    place: Place,
) -> Result<NoContent, ApiError> {
    put(&tenant, &data, &place, Bytes::from_static(b"{}")).await
}

async fn put(tenant: &Tenant, data: &AccountData, place: &Place, body: Bytes) -> Result<NoContent, ApiError> {
    let room = place.room_key(tenant).await?;
    if is_servers(room.is_some(), &place.kind) {
        let message = "This type of account data is the server's; it has endpoints of its own.";
        return Err(ApiError::new(StatusCode::METHOD_NOT_ALLOWED, ErrorKind::BadJson, message));
    }
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&body)?;
    let content = if object.is_empty() { Bytes::from_static(b"{}") } else { body };
    data.put(place.requester.user_key, room, &place.kind, content).await?;
    Ok(NoContent)
}

/// Kept by the feature `push`.
const PUSH_RULES: &str = "m.push_rules";

/// Source: client-server API v1.19 §Client Config, «Server behaviour».
fn is_servers(of_room: bool, kind: &str) -> bool {
    if of_room { kind == "m.fully_read" } else { kind == PUSH_RULES }
}
