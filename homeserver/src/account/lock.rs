//! Locked accounts: nothing can be done with one, and nothing of it is lost.
//!
//! Source: client-server API v1.19 §Account locking, §Server administration.

use consilium_store::{Batch, StoreError, View};

use super::{Accounts, error::AccountError};
use crate::{ids::UserKey, keyspaces::LOCKED_USERS, writer::Touched};

impl Accounts {
    /// Whether the account of `user` is locked.
    pub async fn is_locked(&self, view: &dyn View, user: UserKey) -> Result<bool, StoreError> {
        Ok(LOCKED_USERS.get(view, &user.0).await?.is_some())
    }

    /// Locks an account, or unlocks it. Its sessions stay: they work again when it is unlocked.
    ///
    /// Who follows the user's devices is told as if they had changed: what acts for him outside, such as a call, has to look again.
    pub async fn set_locked(&self, user: UserKey, locked: bool) -> Result<(), AccountError> {
        let view = self.parts.writer.view();
        if self.is_locked(&*view, user).await? == locked {
            return Ok(());
        }
        let mut batch = Batch::new();
        if locked {
            LOCKED_USERS.put(&mut batch, &user.0, &self.parts.context.now_ms());
        } else {
            LOCKED_USERS.delete(&mut batch, &user.0);
        }
        for device in self.devices(&*view, user).await? {
            for rows in &self.parts.device_rows {
                rows.changed(user, &device.id, &mut batch);
            }
        }
        self.parts.writer.commit(batch, Touched::user(user)).await?;
        self.sessions.revoke_all();
        Ok(())
    }
}
