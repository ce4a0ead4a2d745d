//! `/keys/claim`: a one-time key of each device that is asked for, never the same twice; then its fallback key.

use std::collections::{BTreeMap, HashSet};

use consilium_store::{Batch, CommitError, Direction, View};
use parking_lot::Mutex;
use ruma::{OneTimeKeyAlgorithm, OwnedDeviceId, OwnedUserId};
use serde_json::value::RawValue;

use super::{
    error::KeyError,
    records::{FallbackKey, OneTimeKey, OneTimeKeyId},
    service::Keys,
};
use crate::{
    keyspaces::{FALLBACK_KEYS, ONE_TIME_KEY_COUNTS, ONE_TIME_KEY_IDS, ONE_TIME_KEYS},
    writer::{COMMIT_ATTEMPTS, Touched},
};

/// Devices that one request claims keys of.
const CLAIMS_MAX: usize = 2_000;

/// Keys that are looked at when the oldest ones are just being claimed by others.
const CANDIDATES: usize = 100;

/// One-time keys that claims under way have chosen, so that claims at the same time choose different ones.
///
/// Only a hint: what makes a key go out once is the guard on its row.
#[derive(Debug, Default)]
pub struct Reserved(Mutex<HashSet<(u64, String, String)>>);

/// The keys that one claim has chosen; free again when it is over.
#[derive(Debug)]
struct Choice<'a> {
    reserved: &'a Reserved,
    keys: Vec<(u64, String, String)>,
}

impl Choice<'_> {
    /// Whether nobody else has chosen the key.
    fn take(&mut self, key: &(u64, String, String)) -> bool {
        let is_free = self.reserved.0.lock().insert(key.clone());
        if is_free {
            self.keys.push(key.clone());
        }
        is_free
    }
}

impl Drop for Choice<'_> {
    fn drop(&mut self) {
        let mut reserved = self.reserved.0.lock();
        for key in &self.keys {
            reserved.remove(key);
        }
    }
}

/// User → device → key id → key.
pub type Claimed = BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, BTreeMap<String, Box<RawValue>>>>;

impl Keys {
    /// Claims a key for each device; a device that has none is left out.
    pub async fn claim(
        &self,
        wanted: &BTreeMap<OwnedUserId, BTreeMap<OwnedDeviceId, OneTimeKeyAlgorithm>>,
    ) -> Result<Claimed, KeyError> {
        if wanted.values().map(BTreeMap::len).sum::<usize>() > CLAIMS_MAX {
            return Err(KeyError::TooMany);
        }
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.writer.view();
            let mut batch = Batch::new();
            let mut claimed = Claimed::new();
            let mut owners = Vec::new();
            let mut choice = Choice { reserved: &self.reserved, keys: Vec::new() };
            for (user, devices) in wanted.iter().filter(|(user, _)| user.server_name() == self.server_name) {
                let Some(key) = self.ids.user(&*view, user).await? else { continue };
                for (device, algorithm) in devices {
                    let row = (key.0, device.to_string(), algorithm.to_string());
                    if let Some((id, json)) = claim_one(&*view, &row, &mut choice, &mut batch).await? {
                        let keys = claimed.entry(user.clone()).or_default().entry(device.clone()).or_default();
                        keys.insert(id, json);
                        owners.push(key);
                    }
                }
            }
            if batch.is_empty() {
                return Ok(claimed);
            }
            owners.dedup();
            match self.writer.commit(batch, Touched::users(owners)).await {
                Ok(_) => return Ok(claimed),
                // Somebody claimed one of the same keys: look for others.
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(KeyError::Busy)
    }
}

/// The oldest one-time key of `row` (user, device, algorithm), or the fallback key. Its rows change under a guard.
async fn claim_one(
    view: &dyn View,
    row: &(u64, String, String),
    choice: &mut Choice<'_>,
    batch: &mut Batch,
) -> Result<Option<(String, Box<RawValue>)>, KeyError> {
    if let Some((place, key, id_row)) = choose(view, row, choice).await? {
        let found = ONE_TIME_KEY_IDS.get_versioned(view, &id_row).await?;
        let Some((version, id)) = found else { return Ok(None) };
        ONE_TIME_KEY_IDS.guard_equals(batch, &id_row, version);
        ONE_TIME_KEY_IDS.put_versioned(batch, &id_row, &OneTimeKeyId { claimed: true, ..id });
        ONE_TIME_KEYS.delete(batch, &place);
        ONE_TIME_KEY_COUNTS.add(batch, row, -1);
        return Ok(raw(key.json).map(|json| (key.key_id, json)));
    }
    let Some((version, key)) = FALLBACK_KEYS.get_versioned(view, row).await? else { return Ok(None) };
    if !key.used {
        FALLBACK_KEYS.guard_equals(batch, row, version);
        FALLBACK_KEYS.put_versioned(batch, row, &FallbackKey { used: true, ..key.clone() });
    }
    Ok(raw(key.json).map(|json| (key.key_id, json)))
}

type Place = (u64, String, String, u64, u16);

/// The oldest one-time key that no claim under way has chosen, with its place and the row of its id.
async fn choose(
    view: &dyn View,
    row: &(u64, String, String),
    choice: &mut Choice<'_>,
) -> Result<Option<(Place, OneTimeKey, (u64, String, String))>, KeyError> {
    for limit in [1, CANDIDATES] {
        let keys = ONE_TIME_KEYS.scan(view, row, limit, Direction::Forward).await?;
        let found_all = keys.len() < limit;
        for (place, key) in keys {
            let id_row = (row.0, row.1.clone(), key.key_id.clone());
            if choice.take(&id_row) {
                return Ok(Some((place, key, id_row)));
            }
        }
        if found_all {
            break;
        }
    }
    Ok(None)
}

fn raw(json: Vec<u8>) -> Option<Box<RawValue>> {
    RawValue::from_string(String::from_utf8(json).ok()?).ok()
}
