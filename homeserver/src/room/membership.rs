//! Who may be asked into a room, and what a member event says of its user. The policy of the tenant is asked here.

use std::sync::Arc;

use consilium_event::Membership;
use consilium_store::{Batch, CommitError, StoreError, View};
use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, OwnedUserId, RoomId, UserId, events::StateEventType, room::JoinRuleKind,
};
use serde::Deserialize;

use super::{
    Rooms,
    append::Txn,
    decide::{Ask, MemberAct, MemberAsk},
    error::RoomError,
};
use crate::{
    account::Accounts,
    changes::{self, Change},
    errands::{self, Errand, Errands},
    http::auth::Requester,
    ids::{RoomKey, UserKey},
    keyspaces,
    policy::Policy,
    profile::Profiles,
    writer::{COMMIT_ATTEMPTS, Touched},
};

/// What rooms know of people: accounts with their class, profiles, and who may reach whom.
pub struct People {
    pub accounts: Arc<Accounts>,
    pub profiles: Arc<Profiles>,
    pub policy: Policy,
    pub errands: Arc<Errands>,
}

/// Rooms of an `allow` list that are looked at.
const ALLOWED_ROOMS_MAX: usize = 50;

#[derive(Deserialize)]
struct JoinRulesEvent {
    content: JoinRules,
}

#[derive(Deserialize)]
struct JoinRules {
    join_rule: JoinRuleKind,
    #[serde(default)]
    allow: Vec<Allow>,
}

#[derive(Deserialize)]
struct Allow {
    #[serde(default)]
    room_id: Option<ruma::OwnedRoomId>,
}

impl Rooms {
    /// Whether the requester may invite `user`: an id of this server whom the tenant's policy lets him reach.
    pub async fn check_invite(&self, requester: &Requester, user: &str) -> Result<OwnedUserId, RoomError> {
        let user = UserId::parse(user).map_err(|_| RoomError::InvalidParam("This is not a user id.".into()))?;
        if !self.is_local(&user) {
            return Err(RoomError::denied("This server does not federate: only its own users can be invited."));
        }
        let view = self.view();
        let class = match self.base.ids.user(&*view, &user).await? {
            Some(key) => self.people.accounts.class(&*view, key).await?,
            None => crate::http::auth::UserClass::default(),
        };
        if self.people.policy.may_contact(requester.class, class) {
            Ok(user)
        } else {
            Err(RoomError::denied("You may not invite this user."))
        }
    }

    /// Whether the requester may give a room this state: who lets in whoever comes, or shows a room to the world, has to be allowed to by the tenant's policy.
    pub fn check_openness(
        &self,
        requester: &Requester,
        kind: &StateEventType,
        content: &CanonicalJsonObject,
    ) -> Result<(), RoomError> {
        let says = |name: &str| match content.get(name) {
            Some(CanonicalJsonValue::String(word)) => Some(word.as_str()),
            _ => None,
        };
        let is_open = match kind {
            StateEventType::RoomJoinRules => says("join_rule") != Some("invite"),
            StateEventType::RoomHistoryVisibility => says("history_visibility") == Some("world_readable"),
            _ => false,
        };
        if is_open { self.check_may_open(requester) } else { Ok(()) }
    }

    /// Whether the requester may make rooms into which people come otherwise than one by one and invited.
    pub fn check_may_open(&self, requester: &Requester) -> Result<(), RoomError> {
        if self.people.policy.may_open_rooms(requester.class) {
            Ok(())
        } else {
            Err(RoomError::denied("Rooms of yours are for who is invited, one at a time."))
        }
    }

    /// The content of a member event of `user` that stays, or comes, with the room: his name and picture.
    pub async fn member_content(&self, view: &dyn View, user: &UserId) -> Result<CanonicalJsonObject, StoreError> {
        let mut content = CanonicalJsonObject::new();
        let Some(key) = self.base.ids.user(view, user).await? else { return Ok(content) };
        let profile = self.people.profiles.member_profile(view, key).await?;
        let fields = [("displayname", profile.display_name), ("avatar_url", profile.avatar_url)];
        for (field, value) in fields {
            if let Some(value) = value {
                content.insert(field.into(), CanonicalJsonValue::String(value));
            }
        }
        Ok(content)
    }

    /// Changes a membership. `extra` is what the request adds to the content.
    pub async fn change_member(
        &self,
        requester: &Requester,
        room: &RoomId,
        target: &UserId,
        change: MemberAct,
        extra: CanonicalJsonObject,
    ) -> Result<(), RoomError> {
        let view = self.view();
        let mut content = extra;
        let mut shown = None;
        if matches!(change, MemberAct::Join { .. } | MemberAct::Invite | MemberAct::Knock) {
            let profile = self.member_content(&*view, target).await?;
            content.extend(profile.clone());
            shown = Some(profile);
        }
        let ask = MemberAsk {
            by: requester.user.clone(),
            target: target.to_owned(),
            change,
            content,
            ts: self.base.context.now(),
        };
        self.ask(room, Ask::Member(ask), None::<Txn>).await?;
        match shown {
            Some(shown) if matches!(change, MemberAct::Join { .. }) => self.catch_up(target, &shown).await,
            _ => Ok(()),
        }
    }

    /// What changed of the user while he joined, and was told to the rooms that he had then, is told to the new one, too.
    async fn catch_up(&self, user_id: &UserId, shown: &CanonicalJsonObject) -> Result<(), RoomError> {
        let view = self.view();
        let Some(user) = self.base.ids.user(&*view, user_id).await? else { return Ok(()) };
        let account = self.people.accounts.account(&*view, user).await?;
        let errand = if account.is_some_and(|account| account.deactivated) {
            Errand::Leave
        } else if self.member_content(&*view, user_id).await? != *shown {
            Errand::Profile
        } else {
            return Ok(());
        };
        let mut batch = Batch::new();
        errands::record(&mut batch, user, errand);
        self.base.writer.commit(batch, Touched::default()).await?;
        self.people.errands.hint();
        Ok(())
    }

    /// Whether a room that the join rule names has the user as a member: then he may join a restricted room uninvited.
    pub async fn allowed_elsewhere(&self, view: &dyn View, room: RoomKey, user: UserKey) -> Result<bool, RoomError> {
        let Some(event) = self.current(view, room, StateEventType::RoomJoinRules).await? else { return Ok(false) };
        let Ok(rules) = serde_json::from_slice::<JoinRulesEvent>(&event.json) else { return Ok(false) };
        if !matches!(rules.content.join_rule, JoinRuleKind::Restricted | JoinRuleKind::KnockRestricted) {
            return Ok(false);
        }
        for allowed in rules.content.allow.into_iter().filter_map(|allow| allow.room_id).take(ALLOWED_ROOMS_MAX) {
            if let Some(key) = self.key(view, &allowed).await?
                && self.is_joined(view, user, key).await?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The user does not want to see the room any more. Errors: `BadState` while he is in it.
    pub async fn forget(&self, room: &RoomId, user: UserKey) -> Result<(), RoomError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.view();
            let Some(key) = self.key(&*view, room).await? else { return Err(RoomError::NotInRoom) };
            let Some((version, mut row)) = keyspaces::USER_ROOMS.get_versioned(&*view, &(user, key)).await? else {
                return Err(RoomError::NotInRoom);
            };
            if !matches!(row.membership, Membership::Leave | Membership::Ban) {
                return Err(RoomError::StillInRoom);
            }
            row.forgotten = true;
            let mut batch = Batch::new();
            keyspaces::USER_ROOMS.guard_equals(&mut batch, &(user, key), version);
            keyspaces::USER_ROOMS.put_versioned(&mut batch, &(user, key), &row);
            changes::record(&mut batch, [Change::User { user }]);
            match self.base.engine.commit(batch).await {
                Ok(_) => {
                    self.base.writer.hint();
                    return Ok(());
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(RoomError::Busy)
    }
}

/// What the Client-Server API asks of state beyond the rules of the room.
pub fn check_state(kind: &StateEventType, content: &CanonicalJsonObject) -> Result<(), RoomError> {
    if *kind != StateEventType::RoomCanonicalAlias {
        return Ok(());
    }
    // No alias points anywhere: there is no directory yet.
    let alternatives = content.get("alt_aliases").and_then(CanonicalJsonValue::as_array).unwrap_or_default();
    let alias = content.get("alias").filter(|alias| **alias != CanonicalJsonValue::Null);
    if alias.is_some() || !alternatives.is_empty() { Err(RoomError::BadAlias) } else { Ok(()) }
}

/// What a member event says beside name, picture and reason, which are set anew.
pub(super) fn kept_content(json: &[u8]) -> CanonicalJsonObject {
    #[derive(Deserialize)]
    struct Event {
        content: CanonicalJsonObject,
    }
    let mut content = serde_json::from_slice::<Event>(json).map(|event| event.content).unwrap_or_default();
    for field in ["displayname", "avatar_url", "reason", "is_direct", "third_party_invite"] {
        content.remove(field);
    }
    content
}
