//! Making a room: all its first events in one batch.
//!
//! Source: client-server API v1.19 §Creation; the order of events and the presets are those of `POST /createRoom`.

use consilium_event::{Draft, RoomRules, StateKey};
use consilium_store::Batch;
use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, Int, MilliSecondsSinceUnixEpoch, OwnedRoomId, OwnedUserId, RoomId,
    RoomVersionId, UserId,
    events::{StateEventType, TimelineEventType},
};

use super::{
    append::{MemberChange, Projection, append},
    base::Base,
    decide::draft,
    error::RoomError,
    gather,
    now::RoomNow,
    projections::seal,
    rows::RoomInfo,
};
use crate::keyspaces;

/// Invitations in one request: each costs an event of the one batch.
pub const INVITES_MAX: usize = 500;
/// Initial state events in one request.
pub const INITIAL_STATE_MAX: usize = 500;

/// Random letters of a room id.
const ROOM_ID_LENGTH: usize = 18;

/// How open the room starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Private,
    TrustedPrivate,
    Public,
}

impl Preset {
    fn join_rule(self) -> &'static str {
        match self {
            Self::Private | Self::TrustedPrivate => "invite",
            Self::Public => "public",
        }
    }

    fn guest_access(self) -> &'static str {
        match self {
            Self::Private | Self::TrustedPrivate => "can_join",
            Self::Public => "forbidden",
        }
    }
}

/// An event of `initial_state`.
#[derive(Clone, Debug)]
pub struct InitialState {
    pub key: StateKey,
    pub content: CanonicalJsonObject,
}

/// An invitation with the member event's content (profile, `is_direct`).
#[derive(Clone, Debug)]
pub struct Invitation {
    pub user: OwnedUserId,
    pub content: CanonicalJsonObject,
}

/// A room to make. Everything in it has been checked for its form.
#[derive(Clone, Debug)]
pub struct NewRoom {
    pub creator: OwnedUserId,
    /// Content of the creator's member event.
    pub creator_content: CanonicalJsonObject,
    pub version: RoomVersionId,
    pub preset: Preset,
    pub creation_content: CanonicalJsonObject,
    pub power_levels_override: CanonicalJsonObject,
    pub initial_state: Vec<InitialState>,
    pub name: Option<String>,
    pub topic: Option<String>,
    pub invites: Vec<Invitation>,
    pub ts: MilliSecondsSinceUnixEpoch,
}

/// A made room, not committed yet.
pub struct Made {
    pub room: RoomNow,
    pub batch: Batch,
}

/// Builds all events of `new` and the rows of them.
pub async fn make(base: &Base, projections: &[Box<dyn Projection>], new: NewRoom) -> Result<Made, RoomError> {
    let rules = RoomRules::creatable(&new.version).ok_or(RoomError::UnsupportedVersion)?;
    let key = base.ids.new_room();
    let id = (!rules.room_id_is_create_hash()).then(|| random_id(base)).transpose()?;
    let mut room = RoomNow::new(key, id, rules);
    let view = base.engine.view();
    let (mut batch, mut members) = (Batch::new(), Vec::new());
    for draft in drafts(&room.rules, &new)? {
        let mut ready = gather::ready(base, &*view, &mut room, draft, None).await?;
        batch.extend(std::mem::take(&mut ready.new_ids));
        let appended = append(&mut room, ready, base.signer(), base.push_rules.predefined())?;
        for projection in projections {
            projection.rows(&appended, &room, &mut batch);
        }
        members.extend(appended.member);
    }
    let creator = base.ids.user_or_new(&*view, &new.creator, &mut batch).await?;
    base.ids.bind_room(key, room.id(), &mut batch);
    keyspaces::ROOM_INFO.put(&mut batch, &key, &RoomInfo { version: new.version.to_string(), creator });
    let members: Vec<Option<&MemberChange>> = members.iter().map(Some).collect();
    seal(&room, None, &members, &mut batch);
    Ok(Made { room, batch })
}

/// The id of a room of a version that names its server.
fn random_id(base: &Base) -> Result<OwnedRoomId, RoomError> {
    let id = format!("!{}:{}", base.context.random_token(ROOM_ID_LENGTH), base.server_name);
    RoomId::parse(id).map_err(|error| RoomError::InvalidParam(error.to_string()))
}

/// The drafts of a new room, in the order of the specification.
fn drafts(rules: &RoomRules, new: &NewRoom) -> Result<Vec<Draft>, RoomError> {
    let state = |kind: StateEventType, key: &str, content: CanonicalJsonObject| {
        draft(&new.creator, kind.into(), Some(key.to_owned()), content, new.ts)
    };
    let given =
        |kind: &StateEventType| new.initial_state.iter().any(|state| state.key == StateKey::single(kind.clone()));
    let mut drafts = vec![
        state(StateEventType::RoomCreate, "", create_content(rules, new)),
        member(new, &new.creator, "join", new.creator_content.clone()),
        state(StateEventType::RoomPowerLevels, "", power_levels(rules, new)?),
    ];
    let presets = [
        (StateEventType::RoomJoinRules, "join_rule", new.preset.join_rule()),
        (StateEventType::RoomHistoryVisibility, "history_visibility", "shared"),
        (StateEventType::RoomGuestAccess, "guest_access", new.preset.guest_access()),
    ];
    for (kind, field, value) in presets {
        if !given(&kind) {
            drafts.push(state(kind, "", object([(field, text(value))])));
        }
    }
    for initial in &new.initial_state {
        let is_overwritten = match initial.key.kind {
            StateEventType::RoomName => new.name.is_some() && initial.key.key.is_empty(),
            StateEventType::RoomTopic => new.topic.is_some() && initial.key.key.is_empty(),
            _ => false,
        };
        if !is_overwritten {
            drafts.push(state(initial.key.kind.clone(), &initial.key.key, initial.content.clone()));
        }
    }
    if let Some(name) = &new.name {
        drafts.push(state(StateEventType::RoomName, "", object([("name", text(name))])));
    }
    if let Some(topic) = &new.topic {
        drafts.push(state(StateEventType::RoomTopic, "", topic_content(topic)));
    }
    drafts.extend(new.invites.iter().map(|invite| member(new, &invite.user, "invite", invite.content.clone())));
    Ok(drafts)
}

fn member(new: &NewRoom, user: &UserId, membership: &str, mut content: CanonicalJsonObject) -> Draft {
    content.insert("membership".into(), text(membership));
    draft(&new.creator, TimelineEventType::RoomMember, Some(user.to_string()), content, new.ts)
}

fn create_content(rules: &RoomRules, new: &NewRoom) -> CanonicalJsonObject {
    let mut content = new.creation_content.clone();
    content.insert("room_version".into(), text(new.version.as_str()));
    content.remove("creator");
    if !rules.rules.authorization.use_room_create_sender {
        content.insert("creator".into(), text(new.creator.as_str()));
    }
    if !rules.rules.authorization.additional_room_creators {
        content.remove("additional_creators");
    } else if new.preset == Preset::TrustedPrivate && !new.invites.is_empty() {
        add_creators(&mut content, new);
    }
    content
}

/// In a trusted private chat everybody invited is a creator too.
fn add_creators(content: &mut CanonicalJsonObject, new: &NewRoom) {
    let mut creators = match content.remove("additional_creators") {
        Some(CanonicalJsonValue::Array(creators)) => creators,
        _ => Vec::new(),
    };
    for invite in &new.invites {
        let user = text(invite.user.as_str());
        if invite.user != new.creator && !creators.contains(&user) {
            creators.push(user);
        }
    }
    content.insert("additional_creators".into(), CanonicalJsonValue::Array(creators));
}

fn power_levels(rules: &RoomRules, new: &NewRoom) -> Result<CanonicalJsonObject, RoomError> {
    let mut users = CanonicalJsonObject::new();
    if !rules.creators_are_privileged() {
        users.insert(new.creator.to_string(), level(100));
        if new.preset == Preset::TrustedPrivate {
            users.extend(new.invites.iter().map(|invite| (invite.user.to_string(), level(100))));
        }
    }
    let state_levels = [
        ("m.room.name", 50),
        ("m.room.power_levels", 100),
        ("m.room.history_visibility", 100),
        ("m.room.canonical_alias", 50),
        ("m.room.avatar", 50),
        ("m.room.tombstone", if rules.creators_are_privileged() { 150 } else { 100 }),
        ("m.room.server_acl", 100),
        ("m.room.encryption", 100),
    ];
    let events = state_levels.into_iter().map(|(kind, value)| (kind.to_owned(), level(value))).collect();
    let mut content = object([
        ("users", CanonicalJsonValue::Object(users)),
        ("events", CanonicalJsonValue::Object(events)),
        ("users_default", level(0)),
        ("events_default", level(0)),
        ("state_default", level(50)),
        ("ban", level(50)),
        ("kick", level(50)),
        ("redact", level(50)),
        ("invite", level(if new.preset == Preset::Public { 50 } else { 0 })),
    ]);
    for (field, value) in &new.power_levels_override {
        content.insert(field.clone(), value.clone());
    }
    check_levels(rules, new, &content)?;
    Ok(content)
}

/// Levels that name a creator of version 12 are refused as a whole.
fn check_levels(rules: &RoomRules, new: &NewRoom, content: &CanonicalJsonObject) -> Result<(), RoomError> {
    if !rules.creators_are_privileged() {
        return Ok(());
    }
    let Some(users) = content.get("users").and_then(CanonicalJsonValue::as_object) else { return Ok(()) };
    let create = create_content(rules, new);
    let more = create.get("additional_creators").and_then(CanonicalJsonValue::as_array).unwrap_or_default();
    let mut creators = more.iter().filter_map(CanonicalJsonValue::as_str).chain([new.creator.as_str()]);
    if creators.any(|creator| users.contains_key(creator)) {
        let reason = "Creators cannot stand in the users of the power levels in this room version.";
        return Err(RoomError::BadContent(reason.into()));
    }
    Ok(())
}

fn topic_content(topic: &str) -> CanonicalJsonObject {
    let plain = object([("body", text(topic)), ("mimetype", text("text/plain"))]);
    let rich = object([("m.text", CanonicalJsonValue::Array(vec![CanonicalJsonValue::Object(plain)]))]);
    object([("topic", text(topic)), ("m.topic", CanonicalJsonValue::Object(rich))])
}

fn object<const N: usize>(fields: [(&str, CanonicalJsonValue); N]) -> CanonicalJsonObject {
    fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

fn text(value: &str) -> CanonicalJsonValue {
    CanonicalJsonValue::String(value.to_owned())
}

fn level(value: i32) -> CanonicalJsonValue {
    CanonicalJsonValue::Integer(Int::from(value))
}
