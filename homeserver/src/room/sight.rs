//! Which events of a room one reader sees: the rules of [`consilium_event::visibility`] over stored state.

use std::collections::HashMap;

use consilium_event::{
    HistoryVisibility, Membership, StateKey,
    tree::NodeHash,
    visibility::{Sight, may_see},
};
use consilium_store::{Position, StoreError, View};
use ruma::{UserId, events::StateEventType};
use serde::Deserialize;

use super::{
    base::Base,
    read,
    rows::{MemberRow, StoredEvent},
};
use crate::{
    ids::{RoomKey, StateId, UserKey},
    keyspaces,
};

/// One reader of one room, with what he has asked already.
pub struct Reader<'a> {
    base: &'a Base,
    view: &'a dyn View,
    room: RoomKey,
    /// What the reader has to do with the room; `None`: nothing.
    pub member: Option<MemberRow>,
    member_id: Option<StateId>,
    visibility_id: Option<StateId>,
    memberships: HashMap<u64, Membership>,
    visibilities: HashMap<u64, HistoryVisibility>,
    at_root: HashMap<NodeHash, (HistoryVisibility, Membership)>,
    /// When the reader's present time of being joined began; read at the first need.
    joined_at: Option<Position>,
}

#[derive(Deserialize)]
struct VisibilityEvent {
    content: VisibilityContent,
}

#[derive(Deserialize)]
struct VisibilityContent {
    history_visibility: String,
}

#[derive(Deserialize)]
struct MemberEvent {
    content: MemberContent,
}

#[derive(Deserialize)]
struct MemberContent {
    membership: String,
}

impl<'a> Reader<'a> {
    pub async fn new(
        base: &'a Base,
        view: &'a dyn View,
        room: RoomKey,
        user: &UserId,
        member: Option<MemberRow>,
    ) -> Result<Self, StoreError> {
        let visibility = StateKey::single(StateEventType::RoomHistoryVisibility);
        Ok(Self {
            base,
            view,
            room,
            member,
            member_id: base.ids.state_key(view, &StateKey::member(user)).await?,
            visibility_id: base.ids.state_key(view, &visibility).await?,
            memberships: HashMap::new(),
            visibilities: HashMap::new(),
            at_root: HashMap::new(),
            joined_at: None,
        })
    }

    /// A reader whose membership is looked up here.
    pub async fn of_member(
        base: &'a Base,
        view: &'a dyn View,
        room: RoomKey,
        user: UserKey,
        user_id: &UserId,
    ) -> Result<Self, StoreError> {
        let member = keyspaces::USER_ROOMS.get_versioned(view, &(user, room)).await?.map(|(_, row)| row);
        Self::new(base, view, room, user_id, member).await
    }

    /// Whether everything from `order` on is the reader's without a look: he has been joined since before.
    fn joined_throughout(&self, order: i64) -> bool {
        self.member.is_some_and(|row| row.membership == Membership::Join && row.since <= order)
    }

    /// Whether the reader sees `event`.
    pub async fn sees(&mut self, event: &StoredEvent) -> Result<bool, StoreError> {
        let Some(order) = event.meta.order else { return Ok(false) };
        if self.joined_throughout(order) {
            return Ok(true);
        }
        let (before, membership_before) = self.at(event.meta.state_before()).await?;
        let (after, membership_after) = self.at(event.meta.root).await?;
        let joined_later = self.member.is_some_and(|row| row.joined_after(order));
        Ok(may_see(Sight { before, after, membership_before, membership_after, joined_later }))
    }

    /// The reader's membership when `event` was sent, its own effect included. Source: client-server API v1.19, `unsigned.membership`.
    pub async fn membership_at(&mut self, event: &StoredEvent) -> Result<Membership, StoreError> {
        match event.meta.order {
            Some(order) if self.joined_throughout(order) => Ok(Membership::Join),
            _ => Ok(self.at(event.meta.root).await?.1),
        }
    }

    /// Whether the reader could read `event` before `erased_at`: he was a member when it was sent, or has been joined since before.
    pub async fn saw_before(&mut self, event: &StoredEvent, erased_at: Position) -> Result<bool, StoreError> {
        Ok(self.membership_at(event).await? == Membership::Join || self.joined_since().await? <= erased_at)
    }

    async fn joined_since(&mut self) -> Result<Position, StoreError> {
        if let Some(known) = self.joined_at {
            return Ok(known);
        }
        let never = Position(u64::MAX);
        let began = match self.member.filter(|row| row.membership == Membership::Join) {
            Some(row) => keyspaces::TIMELINE.get_versioned(self.view, &(self.room, row.since)).await?,
            None => None,
        };
        Ok(*self.joined_at.insert(began.map_or(never, |(position, _)| position)))
    }

    /// Whether anybody sees the state `root`.
    pub async fn is_world_readable(&mut self, root: NodeHash) -> Result<bool, StoreError> {
        Ok(self.at(root).await?.0 == HistoryVisibility::WorldReadable)
    }

    /// Visibility, and the reader's membership, in the state `root`.
    async fn at(&mut self, root: NodeHash) -> Result<(HistoryVisibility, Membership), StoreError> {
        if let Some(known) = self.at_root.get(&root) {
            return Ok(*known);
        }
        let visibility = match self.seq_at(root, self.visibility_id).await? {
            Some(seq) => self.visibility(seq).await?,
            None => HistoryVisibility::default(),
        };
        let membership = match self.seq_at(root, self.member_id).await? {
            Some(seq) => self.membership(seq).await?,
            None => Membership::Leave,
        };
        self.at_root.insert(root, (visibility, membership));
        Ok((visibility, membership))
    }

    async fn seq_at(&self, root: NodeHash, id: Option<StateId>) -> Result<Option<u64>, StoreError> {
        match id {
            Some(id) => self.base.nodes.get(self.view, self.room, root, id).await,
            None => Ok(None),
        }
    }

    async fn visibility(&mut self, seq: u64) -> Result<HistoryVisibility, StoreError> {
        if let Some(known) = self.visibilities.get(&seq) {
            return Ok(*known);
        }
        let event = read::event(self.view, self.room, seq).await?;
        let read: Option<VisibilityEvent> = serde_json::from_slice(&event.json).ok();
        let visibility = read.map_or_else(HistoryVisibility::default, |event| {
            HistoryVisibility::from_name(&event.content.history_visibility)
        });
        self.visibilities.insert(seq, visibility);
        Ok(visibility)
    }

    async fn membership(&mut self, seq: u64) -> Result<Membership, StoreError> {
        if let Some(known) = self.memberships.get(&seq) {
            return Ok(*known);
        }
        let event = read::event(self.view, self.room, seq).await?;
        let read: Option<MemberEvent> = serde_json::from_slice(&event.json).ok();
        let membership =
            read.and_then(|event| Membership::from_name(&event.content.membership)).unwrap_or(Membership::Leave);
        self.memberships.insert(seq, membership);
        Ok(membership)
    }
}
