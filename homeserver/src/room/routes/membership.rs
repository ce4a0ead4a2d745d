//! Joining, inviting, leaving, kicking, banning, forgetting.

use axum::response::Response;
use ruma::{CanonicalJsonObject, CanonicalJsonValue, OwnedUserId, RoomId, UserId};
use serde::Deserialize;

use super::{RoomPath, json};
use crate::{
    http::{ApiError, Body, Here, NoContent, Requester, matrix::path_arguments},
    room::{RoomError, Rooms, decide::MemberAct},
    tenant::Tenant,
};

/// `POST /_matrix/client/v3/rooms/{roomId}/join` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidjoin)
pub async fn join(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Body(body): Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    join_room(&rooms, &requester, &path.room, body).await
}

/// The room, or alias, of the path.
#[derive(Debug)]
pub struct RoomOrAlias(String);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for RoomOrAlias {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut http::request::Parts, state: &S) -> Result<Self, ApiError> {
        let argument = path_arguments(parts, state).await?.into_iter().next().unwrap_or_default();
        Ok(Self(argument))
    }
}

/// `POST /_matrix/client/v3/join/{roomIdOrAlias}` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3joinroomidoralias)
pub async fn join_by_id_or_alias(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    RoomOrAlias(name): RoomOrAlias,
    Body(body): Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    if name.starts_with('#') {
        return Err(ApiError::not_found("There is no such room alias."));
    }
    let room = RoomId::parse(&name).map_err(|_| ApiError::invalid_param("This is no room id and no alias."))?;
    join_room(&rooms, &requester, &room, body).await
}

async fn join_room(
    rooms: &Rooms,
    requester: &Requester,
    room: &RoomId,
    mut body: CanonicalJsonObject,
) -> Result<Response, ApiError> {
    body.remove("third_party_signed");
    let view = rooms.view();
    let Some(key) = rooms.key(&*view, room).await? else {
        return Err(ApiError::not_found("There is no such room."));
    };
    let allowed_elsewhere = rooms.allowed_elsewhere(&*view, key, requester.user_key).await?;
    let change = MemberAct::Join { allowed_elsewhere };
    rooms.change_member(requester, room, &requester.user, change, body).await?;
    json(&serde_json::json!({ "room_id": room }))
}

/// Whom it is about, and why.
#[derive(Debug, Deserialize)]
pub struct Target {
    user_id: Option<String>,
    reason: Option<String>,
    /// An invitation by e-mail or phone number.
    medium: Option<String>,
}

impl Target {
    fn user(&self) -> Result<OwnedUserId, ApiError> {
        let text = self.user_id.as_deref().ok_or_else(|| ApiError::missing_param("`user_id` is missing."))?;
        UserId::parse(text).map_err(|_| ApiError::invalid_param("`user_id` is not a user id."))
    }

    fn content(&self) -> CanonicalJsonObject {
        reason(self.reason.as_deref())
    }
}

fn reason(reason: Option<&str>) -> CanonicalJsonObject {
    reason.map(|reason| ("reason".to_owned(), CanonicalJsonValue::String(reason.to_owned()))).into_iter().collect()
}

/// `POST /_matrix/client/v3/rooms/{roomId}/invite` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidinvite)
pub async fn invite(
    Here(tenant): Here<Tenant>,
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Body(target): Body<Target>,
) -> Result<NoContent, ApiError> {
    if target.user_id.is_none() && target.medium.is_some() {
        return Err(ApiError::new(
            http::StatusCode::FORBIDDEN,
            ruma::api::error::ErrorKind::ThreepidDenied,
            "This server does not invite by e-mail or phone number.",
        ));
    }
    let user = target.user()?;
    tenant.accounts.make_known(requester.appservice.as_ref(), &user).await?;
    rooms.check_invite(&requester, user.as_str()).await?;
    rooms.change_member(&requester, &path.room, &user, MemberAct::Invite, target.content()).await?;
    Ok(NoContent)
}

#[derive(Debug, Default, Deserialize)]
pub struct Reason {
    reason: Option<String>,
}

/// `POST /_matrix/client/v3/rooms/{roomId}/leave` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidleave)
pub async fn leave(
    Here(tenant): Here<Tenant>,
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Body(body): Body<Reason>,
) -> Result<NoContent, ApiError> {
    let content = reason(body.reason.as_deref());
    rooms.change_member(&requester, &path.room, &requester.user, MemberAct::Leave, content).await?;
    types_no_more(&tenant, &path.room, &requester.user).await?;
    Ok(NoContent)
}

/// Who is not in the room does not type there. Only a hint: it would end by itself.
async fn types_no_more(tenant: &Tenant, room: &RoomId, user: &UserId) -> Result<(), ApiError> {
    let view = tenant.store.view();
    if let (Some(room), Some(user)) = (tenant.ids.room(&*view, room).await?, tenant.ids.user(&*view, user).await?) {
        tenant.typing.stop(room, user);
    }
    Ok(())
}

async fn act_on(
    tenant: &Tenant,
    requester: &Requester,
    path: &RoomPath,
    target: &Target,
    act: MemberAct,
) -> Result<NoContent, ApiError> {
    let user = target.user()?;
    tenant.rooms.change_member(requester, &path.room, &user, act, target.content()).await?;
    types_no_more(tenant, &path.room, &user).await?;
    Ok(NoContent)
}

/// `POST /_matrix/client/v3/rooms/{roomId}/kick` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidkick)
pub async fn kick(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    path: RoomPath,
    Body(target): Body<Target>,
) -> Result<NoContent, ApiError> {
    act_on(&tenant, &requester, &path, &target, MemberAct::Kick).await
}

/// `POST /_matrix/client/v3/rooms/{roomId}/ban` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidban)
pub async fn ban(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    path: RoomPath,
    Body(target): Body<Target>,
) -> Result<NoContent, ApiError> {
    act_on(&tenant, &requester, &path, &target, MemberAct::Ban).await
}

/// `POST /_matrix/client/v3/rooms/{roomId}/unban` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidunban)
pub async fn unban(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    path: RoomPath,
    Body(target): Body<Target>,
) -> Result<NoContent, ApiError> {
    act_on(&tenant, &requester, &path, &target, MemberAct::Unban).await
}

/// `POST /_matrix/client/v3/rooms/{roomId}/forget` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidforget)
pub async fn forget(Here(rooms): Here<Rooms>, requester: Requester, path: RoomPath) -> Result<NoContent, ApiError> {
    rooms.forget(&path.room, requester.user_key).await?;
    Ok(NoContent)
}

/// `GET /_matrix/client/v3/joined_rooms` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3joined_rooms)
pub async fn joined_rooms(Here(rooms): Here<Rooms>, requester: Requester) -> Result<Response, ApiError> {
    let view = rooms.view();
    let mut ids = Vec::new();
    for room in rooms.joined_rooms(&*view, requester.user_key).await? {
        ids.push(rooms.base.ids.room_id(&*view, room).await.map_err(RoomError::Store)?);
    }
    json(&serde_json::json!({ "joined_rooms": ids }))
}
