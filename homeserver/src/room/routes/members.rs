//! Who is in a room.

use std::collections::BTreeMap;

use axum::response::Response;
use consilium_event::{Membership, StateKey, tree::NodeHash};
use ruma::{OwnedUserId, events::StateEventType};
use serde::{Deserialize, Serialize};

use super::{Asked, RoomPath, json};
use crate::{
    http::{ApiError, Here, Requester},
    room::{RoomError, Rooms, client_event::Audience, history::Access, read, rows::StoredEvent},
};

#[derive(Debug, Default, Deserialize)]
pub struct MembersQuery {
    at: Option<String>,
    membership: Option<String>,
    not_membership: Option<String>,
}

impl MembersQuery {
    /// Either parameter lets a membership through: of both, one is enough.
    fn wants(&self, membership: &str) -> bool {
        match (&self.membership, &self.not_membership) {
            (None, None) => true,
            (wanted, other) => {
                wanted.as_ref().is_some_and(|wanted| membership == wanted)
                    || other.as_ref().is_some_and(|other| membership != other)
            }
        }
    }
}

#[derive(Deserialize)]
struct MemberEvent {
    state_key: OwnedUserId,
    content: MemberContent,
}

#[derive(Deserialize)]
struct MemberContent {
    membership: String,
    #[serde(default)]
    displayname: Option<String>,
    #[serde(default)]
    avatar_url: Option<String>,
}

/// `GET /_matrix/client/v3/rooms/{roomId}/members` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmembers)
pub async fn members(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(query): Asked<MembersQuery>,
) -> Result<Response, ApiError> {
    for name in [&query.membership, &query.not_membership].into_iter().flatten() {
        if Membership::from_name(name).is_none() {
            return Err(ApiError::invalid_param("This is not a membership."));
        }
    }
    let view = rooms.view();
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let root = match &query.at {
        Some(token) => {
            let end = access.end().await?;
            let place = access.place(token).await?.min(end);
            access.root_before(place).await?
        }
        None => access.root().await?,
    };
    let mut events = member_events(&rooms, &access, root).await?;
    events.retain(|event| {
        let membership = serde_json::from_slice::<MemberEvent>(&event.json).map(|event| event.content.membership).ok();
        query.wants(membership.as_deref().unwrap_or_default())
    });
    let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
    let chunk = audience.events(&mut access.reader, &events).await?;
    json(&serde_json::json!({ "chunk": chunk }))
}

/// All member events of the state `root`.
async fn member_events(rooms: &Rooms, access: &Access<'_>, root: NodeHash) -> Result<Vec<StoredEvent>, ApiError> {
    let seqs = rooms.base.nodes.all(access.view, access.room, root).await?;
    let mut events = Vec::new();
    for event in read::events(access.view, access.room, &seqs).await? {
        let Some(id) = event.meta.state_id.map(crate::ids::StateId) else { continue };
        if rooms.base.ids.state_key_of(access.view, id).await?.kind == StateEventType::RoomMember {
            events.push(event);
        }
    }
    Ok(events)
}

#[derive(Serialize)]
struct Joined {
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar_url: Option<String>,
}

/// `GET /_matrix/client/v3/rooms/{roomId}/joined_members` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidjoined_members)
pub async fn joined_members(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
) -> Result<Response, ApiError> {
    let view = rooms.view();
    let key = path.key(&rooms, &*view).await?;
    if !rooms.is_joined(&*view, requester.user_key, key).await? {
        return Err(RoomError::NotInRoom.into());
    }
    let access = path.open(&rooms, &*view, &requester).await?;
    let root = access.head.rest.root;
    let mut joined = BTreeMap::new();
    for user in rooms.members(&*view, key, Membership::Join).await? {
        let user_id = rooms.base.ids.user_id(&*view, user).await?;
        let event = rooms.state_at(&*view, key, root, &StateKey::member(&user_id)).await?;
        let content = event.and_then(|(_, event)| serde_json::from_slice::<MemberEvent>(&event.json).ok());
        if let Some(MemberEvent { state_key, content }) = content {
            joined.insert(state_key, Joined { display_name: content.displayname, avatar_url: content.avatar_url });
        }
    }
    json(&serde_json::json!({ "joined": joined }))
}
