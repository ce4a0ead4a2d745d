//! HTTP of backups. Keys of a whole backup or room are streamed, page by page, from one view.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use consilium_store::{StoreError, View};
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde_json::{json, value::RawValue};

use super::{
    records::{BackupKey, BackupVersion},
    service::{BackupError, Backups, KeysByRoom, Part, Stand},
};
use crate::{
    http::{
        ApiError, Body, Here, NoContent, Requester,
        matrix::{json_bytes, path_arguments},
    },
    ids::UserKey,
    tenant::Tenant,
};

/// Body of `POST` and `PUT room_keys/version`.
#[derive(Debug, Deserialize)]
pub struct VersionBody {
    algorithm: String,
    auth_data: Box<RawValue>,
    version: Option<String>,
}

impl VersionBody {
    fn auth_data(&self) -> Result<&str, BackupError> {
        if self.auth_data.get().starts_with('{') { Ok(self.auth_data.get()) } else { Err(BackupError::WrongForm) }
    }
}

/// `POST /_matrix/client/v3/room_keys/version` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3room_keysversion)
pub async fn create_version(
    Here(backups): Here<Backups>,
    requester: Requester,
    Body(body): Body<VersionBody>,
) -> Result<impl IntoResponse, ApiError> {
    let number = backups.create(requester.user_key, &body.algorithm, body.auth_data()?).await?;
    Ok(Json(json!({ "version": number.to_string() })))
}

/// `GET /_matrix/client/v3/room_keys/version` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keysversion)
pub async fn get_latest_version(
    Here(tenant): Here<Tenant>,
    Here(backups): Here<Backups>,
    requester: Requester,
) -> Result<Response, ApiError> {
    let latest = backups.latest(&*tenant.store.view(), requester.user_key).await?;
    let (number, version) = latest.ok_or(BackupError::NoSuchVersion)?;
    info(number, &version)
}

/// The version in the path, of the requester.
#[derive(Clone, Debug)]
pub struct VersionPath {
    user: UserKey,
    number: u64,
}

impl<S: Send + Sync> FromRequestParts<S> for VersionPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let user = Requester::from_request_parts(parts, state).await?.user_key;
        let arguments = path_arguments(parts, state).await?;
        Ok(Self { user, number: number(arguments.first().map_or("", String::as_str))? })
    }
}

/// `GET …/room_keys/version/{version}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keysversionversion)
pub async fn get_version(
    Here(tenant): Here<Tenant>,
    Here(backups): Here<Backups>,
    path: VersionPath,
) -> Result<Response, ApiError> {
    let version = backups.version(&*tenant.store.view(), path.user, path.number).await?;
    info(path.number, &version)
}

/// `PUT …/room_keys/version/{version}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keysversionversion)
pub async fn put_version(
    Here(backups): Here<Backups>,
    path: VersionPath,
    Body(body): Body<VersionBody>,
) -> Result<NoContent, ApiError> {
    if body.version.as_ref().is_some_and(|version| *version != path.number.to_string()) {
        return Err(BackupError::Fixed("the version of a backup").into());
    }
    backups.set_auth_data(path.user, path.number, &body.algorithm, body.auth_data()?).await?;
    Ok(NoContent)
}

/// `DELETE …/room_keys/version/{version}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3room_keysversionversion)
pub async fn delete_version(Here(backups): Here<Backups>, path: VersionPath) -> Result<NoContent, ApiError> {
    backups.delete(path.user, path.number).await?;
    Ok(NoContent)
}

/// The version in the query and the part in the path, of the requester.
#[derive(Clone, Debug)]
pub struct KeysPath {
    user: UserKey,
    number: u64,
    part: Part,
}

impl<S: Send + Sync> FromRequestParts<S> for KeysPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        #[derive(Deserialize)]
        struct Query {
            version: Option<String>,
        }
        let user = Requester::from_request_parts(parts, state).await?.user_key;
        let query: Query = serde_html_form::from_str(parts.uri.query().unwrap_or_default())
            .map_err(|error| ApiError::invalid_param(error.to_string()))?;
        let version = query.version.ok_or_else(|| ApiError::missing_param("version is missing."))?;
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        let part = match (arguments.next(), arguments.next()) {
            (Some(room), Some(session)) => Part::Session(room, session),
            (Some(room), None) => Part::Room(room),
            (None, _) => Part::All,
        };
        Ok(Self { user, number: number(&version)?, part })
    }
}

/// A version that is no number of ours does not exist.
fn number(version: &str) -> Result<u64, ApiError> {
    version.parse().map_err(|_| BackupError::NoSuchVersion.into())
}

#[derive(Debug, Deserialize)]
pub struct RoomBody {
    sessions: BTreeMap<String, Box<RawValue>>,
}

#[derive(Debug, Deserialize)]
pub struct AllBody {
    rooms: BTreeMap<String, RoomBody>,
}

/// `PUT …/room_keys/keys` · [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeys)
pub async fn put_keys(
    Here(backups): Here<Backups>,
    path: KeysPath,
    Body(body): Body<AllBody>,
) -> Result<Response, ApiError> {
    let mut keys = KeysByRoom::new();
    for (room, body) in body.rooms {
        keys.insert(room, parsed(body)?);
    }
    Ok(stand(backups.put_keys(path.user, path.number, keys).await?))
}

/// `PUT …/room_keys/keys/{roomId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomid)
pub async fn put_room_keys(
    Here(backups): Here<Backups>,
    path: KeysPath,
    Body(body): Body<RoomBody>,
) -> Result<Response, ApiError> {
    let Part::Room(room) = path.part else { return Err(ApiError::unrecognized()) };
    let keys = KeysByRoom::from([(room, parsed(body)?)]);
    Ok(stand(backups.put_keys(path.user, path.number, keys).await?))
}

/// `PUT …/room_keys/keys/{roomId}/{sessionId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3room_keyskeysroomidsessionid)
pub async fn put_key(
    Here(backups): Here<Backups>,
    path: KeysPath,
    Body(body): Body<Box<RawValue>>,
) -> Result<Response, ApiError> {
    let Part::Session(room, session) = path.part else { return Err(ApiError::unrecognized()) };
    let key = BackupKey::parse(body.get()).ok_or(BackupError::WrongForm)?;
    let keys = KeysByRoom::from([(room, BTreeMap::from([(session, key)]))]);
    Ok(stand(backups.put_keys(path.user, path.number, keys).await?))
}

fn parsed(body: RoomBody) -> Result<BTreeMap<String, BackupKey>, BackupError> {
    let key = |json: &RawValue| BackupKey::parse(json.get()).ok_or(BackupError::WrongForm);
    body.sessions.into_iter().map(|(session, json)| Ok((session, key(&json)?))).collect()
}

/// `GET …/room_keys/keys` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keyskeys)
pub async fn get_keys(
    Here(tenant): Here<Tenant>,
    Here(backups): Here<Backups>,
    path: KeysPath,
) -> Result<Response, ApiError> {
    let view = tenant.store.view();
    backups.version(&*view, path.user, path.number).await?;
    Ok(streamed(Reading::new(backups, view, path)))
}

/// `GET …/room_keys/keys/{roomId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keyskeysroomid)
pub async fn get_room_keys(
    Here(tenant): Here<Tenant>,
    Here(backups): Here<Backups>,
    path: KeysPath,
) -> Result<Response, ApiError> {
    let view = tenant.store.view();
    backups.version(&*view, path.user, path.number).await?;
    Ok(streamed(Reading::new(backups, view, path)))
}

/// `GET …/room_keys/keys/{roomId}/{sessionId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3room_keyskeysroomidsessionid)
pub async fn get_key(
    Here(tenant): Here<Tenant>,
    Here(backups): Here<Backups>,
    path: KeysPath,
) -> Result<Response, ApiError> {
    let view = tenant.store.view();
    backups.version(&*view, path.user, path.number).await?;
    let page = backups.page(&*view, path.user, path.number, &path.part, None).await?;
    let (_, key) = page.into_iter().next().ok_or(BackupError::NoSuchKey)?;
    Ok(json_bytes(key.json))
}

/// `DELETE …/room_keys/keys` · [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3room_keyskeys)
pub async fn delete_keys(Here(backups): Here<Backups>, path: KeysPath) -> Result<Response, ApiError> {
    delete(&backups, path).await
}

/// `DELETE …/room_keys/keys/{roomId}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3room_keyskeysroomid)
pub async fn delete_room_keys(Here(backups): Here<Backups>, path: KeysPath) -> Result<Response, ApiError> {
    delete(&backups, path).await
}

/// `DELETE …/room_keys/keys/{roomId}/{sessionId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3room_keyskeysroomidsessionid)
pub async fn delete_key(Here(backups): Here<Backups>, path: KeysPath) -> Result<Response, ApiError> {
    delete(&backups, path).await
}

async fn delete(backups: &Backups, path: KeysPath) -> Result<Response, ApiError> {
    Ok(stand(backups.delete_keys(path.user, path.number, &path.part).await?))
}

fn info(number: u64, version: &BackupVersion) -> Result<Response, ApiError> {
    let auth_data = RawValue::from_string(version.auth_data.clone()).map_err(ApiError::internal)?;
    Ok(Json(json!({
        "algorithm": version.algorithm,
        "auth_data": auth_data,
        "count": version.count,
        "etag": version.etag.to_string(),
        "version": number.to_string(),
    }))
    .into_response())
}

fn stand(stand: Stand) -> Response {
    Json(json!({ "count": stand.count, "etag": stand.etag.to_string() })).into_response()
}

/// A reading of a whole backup, or of one room of it, that goes on where it stopped.
struct Reading {
    backups: Arc<Backups>,
    view: Arc<dyn View>,
    path: KeysPath,
    after: Option<(String, String)>,
    is_over: bool,
}

impl Reading {
    fn new(backups: Arc<Backups>, view: Arc<dyn View>, path: KeysPath) -> Self {
        Self { backups, view, path, after: None, is_over: false }
    }

    /// The next piece of JSON; `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, StoreError> {
        if self.is_over {
            return Ok(None);
        }
        let KeysPath { user, number, part } = &self.path;
        let page = self.backups.page(&*self.view, *user, *number, part, self.after.clone()).await?;
        let mut out = Vec::new();
        let is_all = matches!(part, Part::All);
        if self.after.is_none() {
            out.extend_from_slice(if is_all { br#"{"rooms":{"# } else { br#"{"sessions":{"# });
        }
        for ((_, _, room, session), key) in &page {
            self.separate(is_all, room, &mut out);
            push_name(session, &mut out);
            out.extend_from_slice(&key.json);
            self.after = Some((room.clone(), session.clone()));
        }
        if page.is_empty() {
            self.is_over = true;
            if is_all && self.after.is_some() {
                out.extend_from_slice(b"}}");
            }
            out.extend_from_slice(b"}}");
        }
        Ok(Some(out.into()))
    }

    /// What stands between the key before and the next one, which is of `room`.
    fn separate(&self, is_all: bool, room: &str, out: &mut Vec<u8>) {
        match &self.after {
            Some((before, _)) if !is_all || before == room => out.push(b','),
            before => {
                if before.is_some() {
                    out.extend_from_slice(b"}},");
                }
                if is_all {
                    push_name(room, out);
                    out.extend_from_slice(br#"{"sessions":{"#);
                }
            }
        }
    }
}

/// `"name":`
fn push_name(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(serde_json::Value::from(name).to_string().as_bytes());
    out.push(b':');
}

fn pieces(reading: Reading) -> impl Stream<Item = Result<Bytes, StoreError>> {
    stream::try_unfold(reading, |mut reading| async move {
        let piece = reading.next().await?;
        Ok(piece.map(|piece| (piece, reading)))
    })
}

fn streamed(reading: Reading) -> Response {
    json_bytes(axum::body::Body::from_stream(pieces(reading)))
}
