//! All accounts, for administration.

use consilium_store::{Direction, StoreError, View};
use ruma::OwnedUserId;

use super::{Accounts, records::Account};
use crate::{ids::UserKey, keyspaces::ACCOUNTS};

impl Accounts {
    /// Accounts made after the one of key `after` (none: from the first), in the order in which they were made, at most `limit` (≤ 1000).
    pub async fn list(
        &self,
        view: &dyn View,
        after: Option<UserKey>,
        limit: usize,
    ) -> Result<Vec<(UserKey, OwnedUserId, Account)>, StoreError> {
        let start = after.map_or(0, |key| key.0.saturating_add(1));
        let rows = ACCOUNTS.scan_range_versioned(view, &start, &u64::MAX, limit, Direction::Forward).await?;
        let mut accounts = Vec::with_capacity(rows.len());
        for (key, _, account) in rows {
            let key = UserKey(key);
            accounts.push((key, self.parts.ids.user_id(view, key).await?, account));
        }
        Ok(accounts)
    }
}
