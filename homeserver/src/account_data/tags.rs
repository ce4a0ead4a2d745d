//! Tags of rooms: the account data `m.tag`, changed one tag at a time.

use axum::response::Response;
use bytes::Bytes;
use ruma::{
    RoomId, UserId,
    api::client::tag::{create_tag, delete_tag, get_tags},
};
use serde_json::{Map, Value, json};

use super::service::{AccountData, AccountDataError};
use crate::{
    http::{ApiError, Here, Matrix, NoContent, Requester, matrix::json_bytes},
    ids::RoomKey,
    tenant::Tenant,
};

const TAG: &str = "m.tag";
/// Source: client-server API v1.19 §Room Tagging.
const TAG_BYTES_MAX: usize = 255;

/// `GET …/user/{userId}/rooms/{roomId}/tags` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridroomsroomidtags)
pub async fn get_tags(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    requester: Requester,
    Matrix(request): Matrix<get_tags::v3::Request>,
) -> Result<Response, ApiError> {
    let room = room(&tenant, &requester, &request.user_id, &request.room_id).await?;
    let content = data.get(&*tenant.store.view(), requester.user_key, Some(room), TAG).await?;
    Ok(json_bytes(content.unwrap_or_else(|| Bytes::from_static(br#"{"tags":{}}"#))))
}

/// `PUT …/user/{userId}/rooms/{roomId}/tags/{tag}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3useruseridroomsroomidtagstag)
pub async fn put_tag(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    requester: Requester,
    Matrix(request): Matrix<create_tag::v3::Request>,
) -> Result<NoContent, ApiError> {
    let room = room(&tenant, &requester, &request.user_id, &request.room_id).await?;
    if request.tag.len() > TAG_BYTES_MAX {
        return Err(ApiError::invalid_param("The tag is longer than 255 bytes."));
    }
    let info = serde_json::to_value(&request.tag_info).map_err(ApiError::internal)?;
    change(&data, &requester, room, |tags| {
        tags.insert(request.tag.clone(), info.clone());
    })
    .await?;
    Ok(NoContent)
}

/// `DELETE …/user/{userId}/rooms/{roomId}/tags/{tag}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3useruseridroomsroomidtagstag)
pub async fn delete_tag(
    Here(tenant): Here<Tenant>,
    Here(data): Here<AccountData>,
    requester: Requester,
    Matrix(request): Matrix<delete_tag::v3::Request>,
) -> Result<NoContent, ApiError> {
    let room = room(&tenant, &requester, &request.user_id, &request.room_id).await?;
    change(&data, &requester, room, |tags| {
        tags.shift_remove(&request.tag);
    })
    .await?;
    Ok(NoContent)
}

async fn room(tenant: &Tenant, requester: &Requester, user: &UserId, room: &RoomId) -> Result<RoomKey, ApiError> {
    requester.must_be(user)?;
    let key = tenant.ids.room(&*tenant.store.view(), room).await?;
    key.ok_or_else(|| ApiError::not_found("There is no such room."))
}

async fn change(
    data: &AccountData,
    requester: &Requester,
    room: RoomKey,
    change: impl Fn(&mut Map<String, Value>) + Send + Sync,
) -> Result<(), AccountDataError> {
    let changed = |content: Option<&Bytes>| {
        let parsed = content.and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(bytes).ok());
        let mut content = parsed.unwrap_or_default();
        let tags = content.entry("tags").or_insert_with(|| json!({}));
        if !tags.is_object() {
            *tags = json!({});
        }
        change(tags.as_object_mut()?);
        serde_json::to_vec(&content).ok().map(Bytes::from)
    };
    data.update(requester.user_key, Some(room), TAG, changed).await.map(drop)
}
