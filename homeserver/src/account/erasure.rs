//! Users who had their accounts erased: who joins a room afterwards gets what they said in redacted form.
//!
//! Source: client-server API v1.19 §POST /_matrix/client/v3/account/deactivate, `erase`. Those who could read it before still can.

use consilium_store::{Batch, Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use dashmap::DashMap;

use crate::{ids::UserKey, keyspaces::ERASED_USERS};

/// All erased users of a tenant, with the commit that erased them. In memory: each event that is shown asks.
#[derive(Debug, Default)]
pub struct Erased(DashMap<UserKey, Position>);

impl Erased {
    pub async fn open(view: &dyn View) -> Result<Self, StoreError> {
        let erased = Self::default();
        let mut from = 0;
        loop {
            let rows = ERASED_USERS
                .scan_range_versioned(view, &(from,), &(u64::MAX,), RANGE_ROWS_MAX, Direction::Forward)
                .await?;
            for (user, position, _) in &rows {
                erased.0.insert(UserKey(*user), *position);
            }
            match rows.last() {
                Some((last, _, _)) if rows.len() == RANGE_ROWS_MAX => from = last + 1,
                _ => return Ok(erased),
            }
        }
    }

    /// When the user was erased; `None`: never.
    pub fn at(&self, user: UserKey) -> Option<Position> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&user).map(|at| *at)
    }

    pub(super) fn record(batch: &mut Batch, user: UserKey, now_ms: u64) {
        ERASED_USERS.put_versioned(batch, &user.0, &now_ms);
    }

    pub(super) fn committed(&self, user: UserKey, position: Position) {
        self.0.insert(user, position);
    }
}
