//! Sign-ins that nobody uses any more: a telephone that was given away, the browser of a library. Where patients and staff share a server, those of patients end by
//! themselves; staff and administrators keep theirs, for somebody looks after their accounts.
//!
//! Deliberately absent: whether a server is one of these; its policy says so, and the house asks.

use std::collections::BTreeMap;

use consilium_store::Direction;
use ruma::OwnedDeviceId;

use super::{Accounts, ended::EndedBy, error::AccountError};
use crate::{http::auth::UserClass, ids::UserKey, keyspaces::DEVICES_SEEN};

/// A sign-in that was not used for half a year ends. Less would meet people who are only well: they come back once in a season.
const IDLE_MS: u64 = 182 * 24 * 3_600 * 1_000;
/// Rows that are looked at in one go.
const PAGE: usize = 1_000;

impl Accounts {
    /// Ends the sign-ins that patients have not used for [`IDLE_MS`]; how many.
    pub async fn end_idle(&self) -> Result<usize, AccountError> {
        let before_ms = self.parts.context.now_ms().saturating_sub(IDLE_MS);
        let (mut ended, mut from) = (0, (0_u64, String::new()));
        loop {
            let view = self.parts.writer.view();
            let rows = DEVICES_SEEN.scan_range(&*view, &from, &(u64::MAX,), PAGE, Direction::Forward).await?;
            let Some(((user, device), _)) = rows.last() else { return Ok(ended) };
            // Right behind the last one.
            from = (*user, format!("{device}\0"));
            let mut idle: BTreeMap<u64, Vec<OwnedDeviceId>> = BTreeMap::new();
            for ((user, device), _) in rows.into_iter().filter(|(_, seen_ms)| *seen_ms < before_ms) {
                idle.entry(user).or_default().push(device.into());
            }
            for (user, devices) in idle {
                ended += self.end_idle_of(UserKey(user), devices, before_ms).await?;
            }
        }
    }

    async fn end_idle_of(
        &self,
        user: UserKey,
        mut devices: Vec<OwnedDeviceId>,
        before_ms: u64,
    ) -> Result<usize, AccountError> {
        let Some(account) = self.account(&*self.parts.writer.view(), user).await? else { return Ok(0) };
        let is_looked_after = match account.class {
            UserClass::Member | UserClass::Patient => account.admin,
            UserClass::Staff | UserClass::Service => true,
        };
        if is_looked_after {
            return Ok(0);
        }
        // What was noted in the last minute is not written yet.
        let noted = self.last_seen.of(user);
        devices.retain(|device| noted.get(device.as_str()).is_none_or(|at_ms| *at_ms < before_ms));
        if devices.is_empty() {
            return Ok(0);
        }
        self.end_devices(user, &devices, EndedBy::Unused).await?;
        tracing::info!(user.key = user.0, devices = devices.len(), "sign-ins that were not used for half a year end");
        Ok(devices.len())
    }
}
