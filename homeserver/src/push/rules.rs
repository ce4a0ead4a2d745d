//! The push rules of users: the predefined ones, changed by what each user stored.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use bytes::Bytes;
use consilium_store::{Batch, CommitError, Position, StoreError, View};
use moka::sync::Cache;
use ruma::{DeviceId, OwnedUserId, UserId, push::Ruleset};
use serde_json::value::RawValue;

use super::predefined::predefined;
use crate::{
    account::DeviceRows,
    ids::UserKey,
    keyspaces,
    writer::{Touched, Writer},
};

/// Users whose rules stay in memory.
const CACHED_MAX: u64 = 10_000;
/// Changes that lost against a concurrent one are made anew this often.
const ATTEMPTS: usize = 8;

/// Largest rules of one user as JSON, in bytes: they are evaluated for each event of his rooms.
pub const BYTES_MAX: usize = 64 * 1024;

/// The rules of one tenant's users.
pub struct Rules {
    predefined: Ruleset,
    /// `None`: the user has changed nothing.
    stored: Cache<UserKey, Option<Arc<Ruleset>>>,
    generation: AtomicU64,
}

impl Default for Rules {
    fn default() -> Self {
        Self { predefined: predefined(&nobody()), stored: Cache::new(CACHED_MAX), generation: AtomicU64::new(0) }
    }
}

/// Why rules were not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError<E> {
    #[error("the change is not allowed")]
    Refused(E),
    /// The rules would be larger than [`BYTES_MAX`].
    #[error("the user has as many rules as a user may have")]
    TooLarge,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl Rules {
    /// The predefined rules of a user whom no event names.
    pub fn predefined(&self) -> &Ruleset {
        &self.predefined
    }

    /// Rises whenever a user's rules change.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// The rules of `user`, as evaluated and as shown.
    pub async fn of(&self, view: &dyn View, user: UserKey, user_id: &UserId) -> Result<Arc<Ruleset>, StoreError> {
        Ok(match self.stored(view, user, user_id).await? {
            Some(rules) => rules,
            None => Arc::new(predefined(user_id)),
        })
    }

    /// What the user changed, merged with the predefined rules of today.
    async fn stored(
        &self,
        view: &dyn View,
        user: UserKey,
        user_id: &UserId,
    ) -> Result<Option<Arc<Ruleset>>, StoreError> {
        if let Some(known) = self.stored.get(&user) {
            return Ok(known);
        }
        let generation = self.generation();
        let row = keyspaces::PUSH_RULES.get_versioned(view, &user).await?;
        let rules = row.map(|(_, bytes)| parse(&bytes, user_id)).transpose()?.map(Arc::new);
        // A change that happened meanwhile would be hidden by what was read before it.
        if self.generation() == generation {
            self.stored.insert(user, rules.clone());
        }
        Ok(rules)
    }

    /// Changes the rules of `user` by `change`, which may refuse. Gives the position of the commit.
    pub async fn change<E>(
        &self,
        writer: &Writer,
        (user, user_id): (UserKey, &UserId),
        change: impl Fn(&mut Ruleset) -> Result<(), E>,
    ) -> Result<Position, ChangeError<E>> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let view = writer.view();
            let row = keyspaces::PUSH_RULES.get_versioned(&*view, &user).await?;
            let mut rules = match &row {
                Some((_, bytes)) => parse(bytes, user_id)?,
                None => predefined(user_id),
            };
            change(&mut rules).map_err(ChangeError::Refused)?;
            let bytes = serde_json::to_vec(&rules).map_err(|error| corrupt(error.to_string()))?;
            if bytes.len() > BYTES_MAX {
                return Err(ChangeError::TooLarge);
            }
            let mut batch = Batch::new();
            match row {
                Some((version, _)) => keyspaces::PUSH_RULES.guard_equals(&mut batch, &user, version),
                None => keyspaces::PUSH_RULES.guard_absent(&mut batch, &user),
            }
            keyspaces::PUSH_RULES.put_versioned(&mut batch, &user, &Bytes::from(bytes));
            match writer.commit(batch, Touched::user(user)).await {
                Ok(position) => {
                    self.generation.fetch_add(1, Ordering::AcqRel);
                    self.stored.invalidate(&user);
                    return Ok(position);
                }
                Err(CommitError::Conflict { .. }) if attempt < ATTEMPTS => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The `m.push_rules` event of the user's account data, when it changed after `since`; always without one.
    pub async fn event(
        &self,
        view: &dyn View,
        user: UserKey,
        user_id: &UserId,
        since: Option<Position>,
    ) -> Result<Option<Box<RawValue>>, StoreError> {
        let row = keyspaces::PUSH_RULES.get_versioned(view, &user).await?;
        let changed_at = row.as_ref().map_or(Position(0), |(position, _)| *position);
        if since.is_some_and(|since| changed_at <= since) {
            return Ok(None);
        }
        let rules = match row {
            Some((_, bytes)) => parse(&bytes, user_id)?,
            None => predefined(user_id),
        };
        let event = serde_json::json!({ "type": "m.push_rules", "content": { "global": rules } });
        serde_json::value::to_raw_value(&event).map(Some).map_err(|error| corrupt(error.to_string()))
    }
}

/// Rules go with their account.
#[derive(Clone, Copy, Debug)]
pub struct PushRows;

impl DeviceRows for PushRows {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deleted(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        keyspaces::PUSH_RULES.delete(batch, &user);
    }
}

/// A user id that no event mentions and nobody has.
pub fn nobody() -> OwnedUserId {
    UserId::parse("@:-").unwrap_or_else(|_| ruma::owned_user_id!("@-:invalid"))
}

/// Stored rules with the predefined ones of this build, whose switches and actions the user may have changed.
pub fn parse(bytes: &[u8], user_id: &UserId) -> Result<Ruleset, StoreError> {
    let mut rules: Ruleset = serde_json::from_slice(bytes).map_err(|error| corrupt(error.to_string()))?;
    rules.update_with_server_default(predefined(user_id));
    Ok(rules)
}

fn corrupt(reason: String) -> StoreError {
    StoreError::Corrupt { table: keyspaces::PUSH_RULES.table.name, reason }
}
