//! When a device was seen last: its owner recognises his sign-ins by it.
//!
//! A request only notes it in memory; [`Accounts::save_seen`] writes what was noted, once a minute and for all devices in one batch, so that no request
//! waits for it. What a crash loses is the last minute.

use std::collections::HashMap;

use consilium_store::{Batch, Direction, StoreError, View};
use parking_lot::Mutex;
use ruma::DeviceId;

use super::{
    Accounts,
    devices::{DEVICES_MAX, DeviceInfo},
    error::AccountError,
    records::{Device, TokenHash},
    session_cache::Session,
};
use crate::{
    ids::UserKey,
    keyspaces::{DEVICES, DEVICES_SEEN},
    writer::Touched,
};

/// Tokens noted between two writes: as many as the cache of checked tokens remembers.
const NOTED_MAX: usize = 50_000;
/// Rows that are written in one batch.
const WRITTEN_PAGE: usize = 1_000;

/// A device, and when it was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenDevice {
    pub info: DeviceInfo,
    /// When its session was opened by a proof.
    pub signed_in_ms: u64,
    /// When it last asked for anything; not before it signed in.
    pub seen_ms: u64,
}

/// What was noted since the last write.
#[derive(Debug, Default)]
pub(super) struct LastSeen(Mutex<HashMap<TokenHash, Noted>>);

#[derive(Debug, Clone)]
struct Noted {
    row: (u64, String),
    at_ms: u64,
}

impl LastSeen {
    /// The token was used.
    pub(super) fn note(&self, hash: TokenHash, session: &Session, now_ms: u64) {
        let mut noted = self.0.lock();
        if let Some(known) = noted.get_mut(&hash) {
            known.at_ms = now_ms;
        } else if noted.len() < NOTED_MAX {
            noted.insert(hash, Noted { row: (session.user_key.0, session.device.to_string()), at_ms: now_ms });
        }
    }

    /// When each device of `user` was noted, by device id.
    pub(super) fn of(&self, user: UserKey) -> HashMap<String, u64> {
        let mut seen = HashMap::new();
        for Noted { row: (owner, device), at_ms } in self.0.lock().values() {
            if *owner == user.0 {
                let newest = seen.entry(device.clone()).or_insert(*at_ms);
                *newest = (*newest).max(*at_ms);
            }
        }
        seen
    }

    fn take(&self) -> HashMap<(u64, String), u64> {
        let mut seen = HashMap::new();
        for Noted { row, at_ms } in std::mem::take(&mut *self.0.lock()).into_values() {
            let newest = seen.entry(row).or_insert(at_ms);
            *newest = (*newest).max(at_ms);
        }
        seen
    }
}

impl Accounts {
    /// All devices of `user` with when they were used, by id.
    pub async fn seen_devices(&self, view: &dyn View, user: UserKey) -> Result<Vec<SeenDevice>, StoreError> {
        let written = DEVICES_SEEN.scan(view, &(user.0,), DEVICES_MAX, Direction::Forward).await?;
        let mut seen: HashMap<String, u64> = written.into_iter().map(|((_, id), at_ms)| (id, at_ms)).collect();
        for (id, at_ms) in self.last_seen.of(user) {
            let newest = seen.entry(id).or_insert(at_ms);
            *newest = (*newest).max(at_ms);
        }
        let rows = DEVICES.scan_versioned(view, &(user.0,), DEVICES_MAX, Direction::Forward).await?;
        let device = |((_, id), _, device): ((u64, String), _, Device)| SeenDevice {
            signed_in_ms: device.signed_in_ms,
            seen_ms: seen.get(&id).copied().unwrap_or_default().max(device.signed_in_ms),
            info: DeviceInfo { id: id.into(), display_name: device.display_name },
        };
        Ok(rows.into_iter().map(device).collect())
    }

    /// One of them.
    pub async fn seen_device(
        &self,
        view: &dyn View,
        user: UserKey,
        id: &DeviceId,
    ) -> Result<Option<SeenDevice>, StoreError> {
        Ok(self.seen_devices(view, user).await?.into_iter().find(|device| device.info.id == id))
    }

    /// Writes what was noted. A device that was deleted meanwhile stays deleted.
    pub async fn save_seen(&self) -> Result<(), AccountError> {
        let noted: Vec<_> = self.last_seen.take().into_iter().collect();
        for page in noted.chunks(WRITTEN_PAGE) {
            let view = self.parts.writer.view();
            let mut batch = Batch::new();
            for (row, at_ms) in page {
                if DEVICES.get_versioned(&*view, row).await?.is_some() {
                    DEVICES_SEEN.put(&mut batch, row, at_ms);
                }
            }
            if !batch.is_empty() {
                self.parts.writer.commit(batch, Touched::default()).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ruma::user_id;

    use super::LastSeen;
    use crate::{account::Session, http::auth::UserClass, ids::UserKey};

    fn session(user: u64, device: &str) -> Session {
        Session {
            user: user_id!("@a:hs.test").to_owned(),
            user_key: UserKey(user),
            device: device.to_owned().into(),
            class: UserClass::Member,
            expires_ms: None,
        }
    }

    #[test]
    fn the_newest_use_of_any_token_of_a_device_counts_and_other_users_are_others() {
        let seen = LastSeen::default();
        seen.note([1; 32], &session(1, "PHONE"), 10);
        seen.note([2; 32], &session(1, "PHONE"), 40);
        seen.note([1; 32], &session(1, "PHONE"), 20);
        seen.note([3; 32], &session(2, "PHONE"), 90);
        assert_eq!(seen.of(UserKey(1)), [("PHONE".to_owned(), 40)].into());
        assert_eq!(seen.take(), [((1, "PHONE".to_owned()), 40), ((2, "PHONE".to_owned()), 90)].into());
        assert!(seen.take().is_empty());
    }
}
