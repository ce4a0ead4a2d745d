//! Which rooms an application service hears of, and the outbox rows of their events.
//!
//! A service hears of a room when one of its users is joined or invited there, when a membership of one of its users changes, or
//! when the room's id is in its namespace.

use std::sync::Arc;

use consilium_event::Membership;
use consilium_store::{Batch, Direction, StoreError, View, limits::RANGE_ROWS_MAX};
use dashmap::DashSet;
use ruma::UserId;

use crate::{
    appservice::{Appservice, OutboxItem, Registrations, push_outbox},
    ids::UserKey,
    keyspaces::USER_NAMES,
    room::{Appended, Projection, RoomNow},
};

/// A service with its users' short ids.
#[derive(Debug)]
pub struct Interested {
    pub appservice: Arc<Appservice>,
    /// Users of the service that this server knows.
    pub users: DashSet<UserKey>,
}

impl Interested {
    fn learn(&self, key: UserKey, user: &UserId) {
        if self.appservice.owns(user) {
            self.users.insert(key);
        }
    }

    fn hears_of(&self, appended: &Appended, room: &RoomNow) -> bool {
        let is_here =
            |user: UserKey| matches!(room.membership(user), Membership::Join | Membership::Invite | Membership::Knock);
        let changes = appended.member.as_ref().is_some_and(|change| self.users.contains(&change.user));
        let names = &self.appservice.registration.namespaces.rooms;
        changes
            || names.iter().any(|space| space.regex.matches(room.id().as_str()))
            || if self.users.len() <= room.members.len() {
                self.users.iter().any(|user| is_here(*user))
            } else {
                room.members.keys().any(|user| self.users.contains(user) && is_here(*user))
            }
    }
}

/// The services of a tenant that are sent transactions.
#[derive(Clone, Debug, Default)]
pub struct Interests(pub Arc<Vec<Interested>>);

impl Interests {
    /// Finds the users of each service among all that are known. Reads nothing where there is no service.
    pub async fn open(registrations: &Registrations, view: &dyn View) -> Result<Self, StoreError> {
        let listens = |appservice: &&Arc<Appservice>| appservice.registration.url.is_some();
        let interested =
            |appservice: &Arc<Appservice>| Interested { appservice: Arc::clone(appservice), users: DashSet::new() };
        let all: Vec<Interested> = registrations.all().iter().filter(listens).map(interested).collect();
        let mut from = 0;
        while !all.is_empty() {
            let rows = USER_NAMES.scan_range(view, &(from,), &(u64::MAX,), RANGE_ROWS_MAX, Direction::Forward).await?;
            for (key, name) in &rows {
                let Some(user) = std::str::from_utf8(name).ok().and_then(|name| <&UserId>::try_from(name).ok()) else {
                    continue;
                };
                for one in &all {
                    one.learn(UserKey(*key), user);
                }
            }
            match rows.last() {
                Some((last, _)) if rows.len() == RANGE_ROWS_MAX => from = last + 1,
                _ => break,
            }
        }
        Ok(Self(Arc::new(all)))
    }
}

/// A row for each service that hears of the event.
impl Projection for Interests {
    fn rows(&self, appended: &Appended, room: &RoomNow, rows: &mut Batch) {
        for interested in &*self.0 {
            if let Some(change) = &appended.member {
                interested.learn(change.user, &change.user_id);
            }
            if interested.hears_of(appended, room) {
                let item = OutboxItem::Event { room: appended.key.room.0, seq: appended.key.seq };
                push_outbox(rows, &interested.appservice.id, &item);
            }
        }
    }
}
