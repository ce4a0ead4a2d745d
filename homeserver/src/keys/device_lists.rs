//! Whose devices a user hears of: who changed keys, whom he newly shares a room with, and with whom he shares none any more.
//!
//! Source: client-server API v1.19 §Tracking the device list for a user.

use std::collections::BTreeSet;

use consilium_event::Membership;
use consilium_store::{Batch, Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use ruma::OwnedUserId;

use super::{
    changes::{self, DeviceListChange},
    service::Keys,
};
use crate::{
    horizon::Stream,
    ids::{RoomKey, UserKey},
    keyspaces::{DEVICE_LIST_STREAM, ROOM_MEMBERS, USER_ROOMS},
    room::{Appended, Projection, RoomNow},
};

/// Users in the two lists of `device_lists`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedUsers {
    pub changed: Vec<OwnedUserId>,
    pub left: Vec<OwnedUserId>,
}

/// A row for each user who joins or leaves a room.
#[derive(Debug)]
pub struct DeviceListRows;

impl Projection for DeviceListRows {
    fn rows(&self, appended: &Appended, _: &RoomNow, rows: &mut Batch) {
        let Some(change) = &appended.member else { return };
        let (room, user) = (appended.key.room.0, change.user.0);
        if change.joins() {
            changes::record(rows, &DeviceListChange::Joined { room, user });
        } else if change.leaves() {
            changes::record(rows, &DeviceListChange::Left { room, user });
        }
    }
}

impl Keys {
    /// What concerns `user` of the changes after `from` up to `to`: everybody he shares a room with, when that is too long ago.
    pub async fn changed_users(
        &self,
        view: &dyn View,
        user: UserKey,
        (from, to): (Position, Position),
    ) -> Result<ChangedUsers, StoreError> {
        let mut look = Look { view, user, joined: None, changed: BTreeSet::new(), gone: BTreeSet::new() };
        if !Stream::DeviceLists.reaches(view, from).await? {
            look.show_all().await?;
            return Ok(ChangedUsers { changed: self.names(view, look.changed).await?, left: Vec::new() });
        }
        let mut start = (from.0.saturating_add(1), 0);
        loop {
            let end = (to.0.saturating_add(1),);
            let rows = DEVICE_LIST_STREAM.scan_range(view, &start, &end, RANGE_ROWS_MAX, Direction::Forward).await?;
            for (_, change) in &rows {
                look.take(*change).await?;
            }
            match rows.last() {
                Some(((position, index), _)) if rows.len() == RANGE_ROWS_MAX => {
                    start = (*position, index.saturating_add(1));
                }
                _ => break,
            }
        }
        let Look { changed, gone, .. } = look;
        Ok(ChangedUsers { changed: self.names(view, changed).await?, left: self.names(view, gone).await? })
    }

    async fn names(&self, view: &dyn View, users: BTreeSet<UserKey>) -> Result<Vec<OwnedUserId>, StoreError> {
        let mut names = Vec::with_capacity(users.len());
        for user in users {
            names.push(self.ids.user_id(view, user).await?);
        }
        Ok(names)
    }
}

/// One pass over the changes for one user.
struct Look<'a> {
    view: &'a dyn View,
    user: UserKey,
    /// Rooms that the user is joined to, read at the first need.
    joined: Option<BTreeSet<RoomKey>>,
    changed: BTreeSet<UserKey>,
    gone: BTreeSet<UserKey>,
}

impl Look<'_> {
    async fn take(&mut self, change: DeviceListChange) -> Result<(), StoreError> {
        match change {
            DeviceListChange::Device { user } => {
                let other = UserKey(user);
                if other == self.user || self.shares_room(other).await? {
                    self.show(other);
                }
            }
            DeviceListChange::Signed { by, target } if UserKey(by) == self.user => self.show(UserKey(target)),
            DeviceListChange::Signed { .. } => {}
            DeviceListChange::Joined { room, user } if UserKey(user) == self.user => {
                for member in self.members(RoomKey(room)).await? {
                    self.show(member);
                }
            }
            DeviceListChange::Joined { room, user } => {
                if self.is_joined(RoomKey(room)).await? && self.is_member(UserKey(user), RoomKey(room)).await? {
                    self.show(UserKey(user));
                }
            }
            DeviceListChange::Left { room, user } if UserKey(user) == self.user => {
                for member in self.members(RoomKey(room)).await? {
                    self.lose(member).await?;
                }
            }
            DeviceListChange::Left { room, user } => {
                if self.is_joined(RoomKey(room)).await? {
                    self.lose(UserKey(user)).await?;
                }
            }
        }
        Ok(())
    }

    /// The user himself and everybody he shares a room with.
    async fn show_all(&mut self) -> Result<(), StoreError> {
        self.show(self.user);
        for room in self.joined().await?.clone() {
            for member in self.members(room).await? {
                self.show(member);
            }
        }
        Ok(())
    }

    fn show(&mut self, other: UserKey) {
        self.gone.remove(&other);
        self.changed.insert(other);
    }

    async fn lose(&mut self, other: UserKey) -> Result<(), StoreError> {
        if other != self.user && !self.shares_room(other).await? {
            self.changed.remove(&other);
            self.gone.insert(other);
        }
        Ok(())
    }

    async fn joined(&mut self) -> Result<&BTreeSet<RoomKey>, StoreError> {
        if self.joined.is_none() {
            self.joined = Some(joined_rooms(self.view, self.user).await?);
        }
        Ok(self.joined.get_or_insert_default())
    }

    async fn is_joined(&mut self, room: RoomKey) -> Result<bool, StoreError> {
        Ok(self.joined().await?.contains(&room))
    }

    async fn is_member(&self, user: UserKey, room: RoomKey) -> Result<bool, StoreError> {
        let row = USER_ROOMS.get_versioned(self.view, &(user, room)).await?;
        Ok(row.is_some_and(|(_, row)| row.membership == Membership::Join))
    }

    async fn shares_room(&mut self, other: UserKey) -> Result<bool, StoreError> {
        let theirs = joined_rooms(self.view, other).await?;
        Ok(!self.joined().await?.is_disjoint(&theirs))
    }

    async fn members(&self, room: RoomKey) -> Result<Vec<UserKey>, StoreError> {
        let rows = ROOM_MEMBERS.scan(self.view, &(room,), RANGE_ROWS_MAX, Direction::Forward).await?;
        let joined = rows.into_iter().filter(|(_, row)| row.membership == Membership::Join);
        Ok(joined.map(|((_, user), _)| user).collect())
    }
}

async fn joined_rooms(view: &dyn View, user: UserKey) -> Result<BTreeSet<RoomKey>, StoreError> {
    let rows = USER_ROOMS.scan_versioned(view, &(user,), RANGE_ROWS_MAX, Direction::Forward).await?;
    Ok(rows
        .into_iter()
        .filter(|(_, _, row)| row.membership == Membership::Join)
        .map(|((_, room), _, _)| room)
        .collect())
}
