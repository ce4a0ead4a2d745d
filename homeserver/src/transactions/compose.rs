//! What goes into a transaction: read from the rooms, receipts, typing and keys of the service's users.

use std::{collections::BTreeSet, sync::Arc};

use consilium_event::Membership;
use consilium_store::{Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use ruma::OwnedUserId;
use serde_json::{json, value::RawValue};

use super::{
    interest::Interested,
    transaction::{ByDevice, DeviceLists, Devices},
};
use crate::{
    account::Accounts,
    changes::{self, Change},
    horizon::Stream,
    ids::{RoomKey, UserKey},
    keys::Keys,
    keyspaces::{ROOM_MEMBERS, USER_ROOMS},
    receipts::{Receipts, receipts_event},
    room::{
        base::Base,
        client_event::{Audience, Form},
        read,
        sight::Reader,
    },
    typing::Typing,
};

/// Change rows that one transaction covers; what comes after them is left to the next one.
const CHANGES_MAX: usize = 2_000;

/// Services that transactions are composed from.
pub struct Composer {
    pub base: Arc<Base>,
    pub accounts: Arc<Accounts>,
    pub keys: Arc<Keys>,
    pub receipts: Arc<Receipts>,
    pub typing: Arc<Typing>,
}

impl Composer {
    /// The event as it stands now, in the form that clients get.
    pub async fn event(
        &self,
        view: &dyn View,
        interested: &Interested,
        room: u64,
        seq: u64,
    ) -> Result<Option<Box<RawValue>>, StoreError> {
        let room = RoomKey(room);
        let Some(user) = self.listener(view, interested, room).await? else { return Ok(None) };
        let (user_id, room_id) = (self.base.ids.user_id(view, user).await?, self.base.ids.room_id(view, room).await?);
        let mut reader = Reader::of_member(&self.base, view, room, user, &user_id).await?;
        let audience =
            Audience { base: &self.base, view, room, room_id: Some(&room_id), user, device: None, form: Form::Client };
        let event = read::event(view, room, seq).await?;
        Ok(audience.events(&mut reader, &[event]).await?.pop())
    }

    /// A user of the service who has, or had, to do with the room; else the service's own.
    async fn listener(
        &self,
        view: &dyn View,
        interested: &Interested,
        room: RoomKey,
    ) -> Result<Option<UserKey>, StoreError> {
        let users: Vec<UserKey> = interested.users.iter().map(|user| *user).collect();
        for user in users {
            if ROOM_MEMBERS.get(view, &(room, user)).await?.is_some() {
                return Ok(Some(user));
            }
        }
        self.base.ids.user(view, &interested.appservice.sender).await
    }

    /// Receipts that moved in the span, and typists who changed after the serial number `typing`.
    pub async fn ephemeral(
        &self,
        view: &dyn View,
        interested: &Interested,
        (from, until): (Position, Position),
        typing: u64,
    ) -> Result<Vec<Box<RawValue>>, StoreError> {
        let mut events = Vec::new();
        for room in rooms_with_receipts(view, interested, (from, until)).await? {
            let Some(user) = self.joined_user(view, interested, room).await? else { continue };
            let mut named = Vec::new();
            for read in self.receipts.after(view, room, Some(from), user).await? {
                named.push((self.base.ids.user_id(view, read.user).await?, read));
            }
            if let Some(event) = receipts_event(&named) {
                let room_id = self.base.ids.room_id(view, room).await?;
                events.push(in_room(&json!({ "room_id": room_id }), &event));
            }
        }
        for (room, typists) in self.typing.changed_after(typing) {
            if self.joined_user(view, interested, room).await?.is_none() {
                continue;
            }
            let mut ids = Vec::with_capacity(typists.len());
            for typist in typists {
                ids.push(self.base.ids.user_id(view, typist).await?);
            }
            let room_id = self.base.ids.room_id(view, room).await?;
            let event = json!({ "type": "m.typing", "room_id": room_id, "content": { "user_ids": ids } });
            events.extend(serde_json::value::to_raw_value(&event).ok());
        }
        Ok(events)
    }

    async fn joined_user(
        &self,
        view: &dyn View,
        interested: &Interested,
        room: RoomKey,
    ) -> Result<Option<UserKey>, StoreError> {
        let users: Vec<UserKey> = interested.users.iter().map(|user| *user).collect();
        for user in users {
            let member = USER_ROOMS.get_versioned(view, &(user, room)).await?;
            if member.is_some_and(|(_, row)| row.membership == Membership::Join) {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    /// Device lists of the span, and the key counts as they are now. A count of 0 is said.
    pub async fn devices(
        &self,
        view: &dyn View,
        interested: &Interested,
        span: (Position, Position),
    ) -> Result<Devices, StoreError> {
        let users: Vec<UserKey> = interested.users.iter().map(|user| *user).collect();
        let mut lists = DeviceLists::default();
        let (mut one_time_keys, mut unused_fallback_keys) = (ByDevice::new(), ByDevice::new());
        for user in users {
            let devices = self.accounts.devices(view, user).await?;
            if devices.is_empty() {
                continue;
            }
            let user_id = self.base.ids.user_id(view, user).await?;
            let changed = self.keys.changed_users(view, user, span).await?;
            extend(&mut lists.changed, changed.changed);
            extend(&mut lists.left, changed.left);
            for device in devices {
                let counts = self.keys.counts(view, user, &device.id).await?;
                let id = device.id.to_string();
                one_time_keys.entry(user_id.clone()).or_default().insert(id.clone(), counts.one_time_keys);
                unused_fallback_keys.entry(user_id.clone()).or_default().insert(id, counts.unused_fallback_keys);
            }
        }
        lists.left = lists.left.difference(&lists.changed).cloned().collect();
        Ok(Devices { lists, one_time_keys, unused_fallback_keys })
    }
}

fn extend(set: &mut BTreeSet<OwnedUserId>, users: Vec<OwnedUserId>) {
    set.extend(users);
}

/// Rooms where receipts moved in the span. One that reaches back beyond the horizon has all rooms of the service's users.
async fn rooms_with_receipts(
    view: &dyn View,
    interested: &Interested,
    (from, until): (Position, Position),
) -> Result<BTreeSet<RoomKey>, StoreError> {
    let mut rooms = BTreeSet::new();
    if !Stream::Changes.reaches(view, from).await? {
        let users: Vec<UserKey> = interested.users.iter().map(|user| *user).collect();
        for user in users {
            let rows = USER_ROOMS.scan_versioned(view, &(user,), RANGE_ROWS_MAX, Direction::Forward).await?;
            rooms.extend(rows.into_iter().map(|((_, room), _, _)| room));
        }
        return Ok(rooms);
    }
    for (position, changes) in changes::after(view, from, RANGE_ROWS_MAX).await? {
        if position > until {
            break;
        }
        rooms.extend(changes.0.iter().filter_map(|change| match change {
            Change::Receipt { room } => Some(*room),
            Change::Event { .. } | Change::Member { .. } | Change::User { .. } | Change::Devices { .. } => None,
        }));
    }
    Ok(rooms)
}

/// The end of a span after `from` that one transaction covers: it has at most [`CHANGES_MAX`] rows, and whole commits.
pub async fn span_end(view: &dyn View, from: Position) -> Result<Position, StoreError> {
    let rows = changes::after(view, from, CHANGES_MAX).await?;
    match rows.last() {
        // The commit of the last row may have more; one commit alone never has as many.
        Some((last, _)) if rows.len() == CHANGES_MAX => Ok(Position(last.0 - 1).max(from)),
        _ => Ok(view.position()),
    }
}

/// The event with the fields of `more` beside its own.
fn in_room(more: &serde_json::Value, event: &RawValue) -> Box<RawValue> {
    let mut value: serde_json::Value = serde_json::from_str(event.get()).unwrap_or_default();
    if let (Some(fields), Some(more)) = (value.as_object_mut(), more.as_object()) {
        fields.extend(more.clone());
    }
    serde_json::value::to_raw_value(&value).expect("a JSON value is JSON")
}

const _: () = assert!(CHANGES_MAX <= RANGE_ROWS_MAX, "one read gives the rows of a span");
