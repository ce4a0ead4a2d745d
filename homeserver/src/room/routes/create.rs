//! `POST …/createRoom`.

use axum::response::Response;
use consilium_event::StateKey;
use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, OwnedUserId, RoomVersionId, api::error::ErrorKind, events::StateEventType,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::json;
use crate::{
    http::{ApiError, Body, Here, Requester, rate_limit::Kind},
    room::{
        RoomError, Rooms,
        create::{INITIAL_STATE_MAX, INVITES_MAX, InitialState, Invitation, NewRoom, Preset},
    },
    tenant::Tenant,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewRoomRequest {
    creation_content: CanonicalJsonObject,
    initial_state: Vec<State>,
    invite: Vec<OwnedUserId>,
    invite_3pid: Vec<Box<RawValue>>,
    is_direct: bool,
    name: Option<String>,
    power_level_content_override: Option<CanonicalJsonObject>,
    preset: Option<String>,
    #[serde(rename = "room_alias_name")]
    alias_name: Option<String>,
    #[serde(rename = "room_version")]
    version: Option<String>,
    topic: Option<String>,
    visibility: Option<String>,
}

#[derive(Debug, Deserialize)]
struct State {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    #[serde(rename = "state_key")]
    key: String,
    content: CanonicalJsonObject,
}

/// `POST /_matrix/client/v3/createRoom` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom)
pub async fn create(
    Here(tenant): Here<Tenant>,
    Here(rooms): Here<Rooms>,
    requester: Requester,
    Body(request): Body<NewRoomRequest>,
) -> Result<Response, ApiError> {
    check(&request)?;
    check_openness(&rooms, &requester, &request)?;
    requester.check_times(&tenant, Kind::Invite, request.invite.len())?;
    let version = match &request.version {
        Some(version) => RoomVersionId::try_from(version.as_str()).map_err(|_| RoomError::UnsupportedVersion)?,
        None => tenant.config.default_room_version.clone(),
    };
    let mut invites = Vec::with_capacity(request.invite.len());
    for user in &request.invite {
        tenant.accounts.make_known(requester.appservice.as_ref(), user).await?;
    }
    let view = rooms.view();
    for user in &request.invite {
        rooms.check_invite(&requester, user.as_str()).await?;
        let mut content = rooms.member_content(&*view, user).await?;
        if request.is_direct {
            content.insert("is_direct".into(), CanonicalJsonValue::Bool(true));
        }
        invites.push(Invitation { user: user.clone(), content });
    }
    let new = NewRoom {
        creator_content: rooms.member_content(&*view, &requester.user).await?,
        creator: requester.user,
        version,
        preset: preset(&request)?,
        creation_content: request.creation_content,
        power_levels_override: request.power_level_content_override.unwrap_or_default(),
        initial_state: request.initial_state.into_iter().map(initial).collect::<Result<_, _>>()?,
        name: request.name,
        topic: request.topic,
        invites,
        ts: rooms.base.context.now(),
    };
    let room_id = rooms.create(new).await?;
    json(&serde_json::json!({ "room_id": room_id }))
}

fn check(request: &NewRoomRequest) -> Result<(), ApiError> {
    if request.invite.len() > INVITES_MAX || request.initial_state.len() > INITIAL_STATE_MAX {
        return Err(ApiError::too_large("There are more invitations, or state events, than one request may bring."));
    }
    if !request.invite_3pid.is_empty() {
        let reason = "This server does not invite by e-mail or phone number.";
        return Err(ApiError::new(http::StatusCode::FORBIDDEN, ErrorKind::ThreepidDenied, reason));
    }
    if request.alias_name.is_some() {
        return Err(ApiError::invalid_param("This server has no room aliases yet."));
    }
    match request.visibility.as_deref() {
        None | Some("private" | "public") => Ok(()),
        Some(_) => Err(ApiError::invalid_param("`visibility` is `private` or `public`.")),
    }
}

/// By the tenant's policy: who is asked, how many at once, and whether others may come.
fn check_openness(rooms: &Rooms, requester: &Requester, request: &NewRoomRequest) -> Result<(), ApiError> {
    if request.invite.len() > 1 || preset(request)? == Preset::Public {
        rooms.check_may_open(requester)?;
    }
    for State { kind, content, .. } in &request.initial_state {
        rooms.check_openness(requester, &StateEventType::from(kind.as_str()), content)?;
    }
    Ok(())
}

fn preset(request: &NewRoomRequest) -> Result<Preset, ApiError> {
    match (request.preset.as_deref(), request.visibility.as_deref()) {
        (Some("trusted_private_chat"), _) => Ok(Preset::TrustedPrivate),
        (Some("public_chat"), _) | (None, Some("public")) => Ok(Preset::Public),
        (Some("private_chat") | None, _) => Ok(Preset::Private),
        (Some(_), _) => Err(ApiError::invalid_param("There is no such preset.")),
    }
}

fn initial(state: State) -> Result<InitialState, ApiError> {
    let kind = StateEventType::from(state.kind);
    if matches!(kind, StateEventType::RoomCreate | StateEventType::RoomMember) {
        return Err(ApiError::bad_json("The initial state cannot hold the create event or memberships."));
    }
    Ok(InitialState { key: StateKey::new(kind, state.key), content: state.content })
}
