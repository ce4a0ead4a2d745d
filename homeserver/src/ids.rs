//! Short ids: what stands for users, rooms and state keys inside the store.
//!
//! Full ids exist at the rim only. A number is given out once and never changes; the rows that bind it to its name are written in
//! the batch that first uses it, and again in every batch until the binding has been seen in the store. So a batch that fails takes
//! nothing with it, and two batches that meet a new name at the same time write the same rows.
//!
//! The highest number is read when the tenant opens. One process gives out the numbers of a tenant.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use bytes::Bytes;
use consilium_event::StateKey;
use consilium_store::{Batch, Direction, Keyspace, StoreError, View, codec::Key};
use moka::sync::Cache;
use parking_lot::Mutex;
use ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use serde::{Deserialize, Serialize};

use crate::keyspaces;

macro_rules! short_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl Key for $name {
            fn encode(&self, out: &mut Vec<u8>) {
                self.0.encode(out);
            }

            fn decode(bytes: &mut &[u8]) -> Option<Self> {
                u64::decode(bytes).map(Self)
            }
        }
    };
}

short_id!(
    /// A user, inside the store.
    UserKey
);
short_id!(
    /// A room, inside the store.
    RoomKey
);
short_id!(
    /// A kind of state with a state key, inside the store.
    StateId
);

/// An event: its room, and its number there, given by the room's writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    pub room: RoomKey,
    pub seq: u64,
}

/// Names of each kind that stay in memory, in both directions.
const CACHED_MAX: u64 = 20_000;
/// New names that are remembered while their rows may not be on disk yet. Far more than can be under way at once.
const FRESH_MAX: usize = 10_000;

/// Names of one kind and their numbers.
#[expect(clippy::struct_field_names, reason = "one direction and the other")]
struct Names {
    by_name: Keyspace<String, u64>,
    by_number: Keyspace<u64, Bytes>,
    numbers: Cache<Arc<str>, u64>,
    names: Cache<u64, Arc<str>>,
    fresh: Mutex<Fresh>,
}

/// Numbers given out by this process.
struct Fresh {
    last: u64,
    numbers: HashMap<Arc<str>, u64>,
    names: HashMap<u64, Arc<str>>,
    order: VecDeque<Arc<str>>,
}

impl Fresh {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn remember(&mut self, name: Arc<str>, number: u64) {
        self.numbers.insert(Arc::clone(&name), number);
        self.names.insert(number, Arc::clone(&name));
        self.order.push_back(name);
        if self.order.len() > FRESH_MAX
            && let Some(oldest) = self.order.pop_front()
            && let Some(number) = self.numbers.remove(&oldest)
        {
            self.names.remove(&number);
        }
    }
}

impl Names {
    async fn open(
        view: &dyn View,
        by_name: Keyspace<String, u64>,
        by_number: Keyspace<u64, Bytes>,
    ) -> Result<Self, StoreError> {
        let last = by_number.scan(view, &(), 1, Direction::Backward).await?.first().map_or(0, |(number, _)| *number);
        Ok(Self {
            by_name,
            by_number,
            numbers: Cache::new(CACHED_MAX),
            names: Cache::new(CACHED_MAX),
            fresh: Mutex::new(Fresh { last, numbers: HashMap::new(), names: HashMap::new(), order: VecDeque::new() }),
        })
    }

    /// The number of a name that has been committed, or is being committed now.
    async fn number(&self, view: &dyn View, name: &str) -> Result<Option<u64>, StoreError> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(Some(number));
        }
        if let Some(number) = self.stored(view, name).await? {
            return Ok(Some(number));
        }
        Ok(self.fresh.lock().numbers.get(name).copied())
    }

    async fn stored(&self, view: &dyn View, name: &str) -> Result<Option<u64>, StoreError> {
        let number = self.by_name.get(view, &name.to_owned()).await?;
        if let Some(number) = number {
            self.numbers.insert(name.into(), number);
        }
        Ok(number)
    }

    async fn number_or_new(&self, view: &dyn View, name: &str, batch: &mut Batch) -> Result<u64, StoreError> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(number);
        }
        if let Some(number) = self.stored(view, name).await? {
            return Ok(number);
        }
        let number = {
            let mut fresh = self.fresh.lock();
            if let Some(number) = fresh.numbers.get(name) {
                *number
            } else {
                let number = fresh.next();
                fresh.remember(name.into(), number);
                number
            }
        };
        self.bind(number, name, batch);
        Ok(number)
    }

    fn bind(&self, number: u64, name: &str, batch: &mut Batch) {
        self.by_name.put(batch, &name.to_owned(), &number);
        self.by_number.put(batch, &number, &Bytes::copy_from_slice(name.as_bytes()));
    }

    async fn name(&self, view: &dyn View, number: u64) -> Result<Arc<str>, StoreError> {
        if let Some(name) = self.names.get(&number) {
            return Ok(name);
        }
        if let Some(name) = self.fresh.lock().names.get(&number) {
            return Ok(Arc::clone(name));
        }
        let stored = self.by_number.get(view, &number).await?;
        let name: Arc<str> =
            stored.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).map(Into::into).ok_or(
                StoreError::Corrupt {
                    table: self.by_number.table.name,
                    reason: format!("the number {number} has no name"),
                },
            )?;
        self.names.insert(number, Arc::clone(&name));
        Ok(name)
    }
}

/// The short ids of one tenant.
pub struct Ids {
    users: Names,
    rooms: Names,
    state_keys: Names,
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Ids")
    }
}

impl Ids {
    pub async fn open(view: &dyn View) -> Result<Self, StoreError> {
        Ok(Self {
            users: Names::open(view, keyspaces::USER_BY_NAME, keyspaces::USER_NAMES).await?,
            rooms: Names::open(view, keyspaces::ROOM_BY_NAME, keyspaces::ROOM_NAMES).await?,
            state_keys: Names::open(view, keyspaces::STATE_KEY_BY_NAME, keyspaces::STATE_KEY_NAMES).await?,
        })
    }

    pub async fn user(&self, view: &dyn View, user: &UserId) -> Result<Option<UserKey>, StoreError> {
        Ok(self.users.number(view, user.as_str()).await?.map(UserKey))
    }

    /// The key of `user`; a new one is bound to it by rows that are added to `batch`.
    pub async fn user_or_new(&self, view: &dyn View, user: &UserId, batch: &mut Batch) -> Result<UserKey, StoreError> {
        Ok(UserKey(self.users.number_or_new(view, user.as_str(), batch).await?))
    }

    /// Errors: `Corrupt` for a key that was never given out.
    pub async fn user_id(&self, view: &dyn View, user: UserKey) -> Result<OwnedUserId, StoreError> {
        let name = self.users.name(view, user.0).await?;
        UserId::parse(&*name).map_err(|error| corrupt_name(&self.users, error.to_string()))
    }

    pub async fn room(&self, view: &dyn View, room: &RoomId) -> Result<Option<RoomKey>, StoreError> {
        Ok(self.rooms.number(view, room.as_str()).await?.map(RoomKey))
    }

    /// A key for a room whose id is not known yet: it may be the hash of an event that is still to be built.
    pub fn new_room(&self) -> RoomKey {
        RoomKey(self.rooms.fresh.lock().next())
    }

    /// Binds a new room's key to its id, under the guard that the id is not taken.
    pub fn bind_room(&self, key: RoomKey, room: &RoomId, batch: &mut Batch) {
        self.rooms.by_name.guard_absent(batch, &room.as_str().to_owned());
        self.rooms.bind(key.0, room.as_str(), batch);
    }

    /// Errors: `Corrupt` for a key that was never given out.
    pub async fn room_id(&self, view: &dyn View, room: RoomKey) -> Result<OwnedRoomId, StoreError> {
        let name = self.rooms.name(view, room.0).await?;
        RoomId::parse(&*name).map_err(|error| corrupt_name(&self.rooms, error.to_string()))
    }

    pub async fn state_key(&self, view: &dyn View, key: &StateKey) -> Result<Option<StateId>, StoreError> {
        Ok(self.state_keys.number(view, &state_key_name(key)).await?.map(StateId))
    }

    /// The id of `key`; a new one is bound to it by rows that are added to `batch`.
    pub async fn state_key_or_new(
        &self,
        view: &dyn View,
        key: &StateKey,
        batch: &mut Batch,
    ) -> Result<StateId, StoreError> {
        Ok(StateId(self.state_keys.number_or_new(view, &state_key_name(key), batch).await?))
    }

    /// Errors: `Corrupt` for an id that was never given out.
    pub async fn state_key_of(&self, view: &dyn View, id: StateId) -> Result<StateKey, StoreError> {
        let name = self.state_keys.name(view, id.0).await?;
        parse_state_key_name(&name).ok_or_else(|| corrupt_name(&self.state_keys, "not a state key".into()))
    }
}

fn corrupt_name(names: &Names, reason: String) -> StoreError {
    StoreError::Corrupt { table: names.by_number.table.name, reason }
}

/// `<bytes of the type>:<type><state key>`: one name for the pair, whatever characters both contain.
fn state_key_name(key: &StateKey) -> String {
    let kind = key.kind.to_string();
    format!("{}:{kind}{}", kind.len(), key.key)
}

fn parse_state_key_name(name: &str) -> Option<StateKey> {
    let (length, rest) = name.split_once(':')?;
    let (kind, key) = rest.split_at_checked(length.parse().ok()?)?;
    Some(StateKey::new(kind.into(), key))
}

#[cfg(test)]
mod tests {
    use consilium_event::StateKey;

    use super::{parse_state_key_name, state_key_name};

    #[test]
    fn kind_and_state_key_are_kept_apart() {
        for (kind, key) in [("m.room.member", "@a:b"), ("a:b", "1:c"), ("", ""), ("\u{0}ж", "é:")] {
            let key = StateKey::new(kind.into(), key);
            assert_eq!(parse_state_key_name(&state_key_name(&key)), Some(key));
        }
    }
}
