//! `/keys/upload`: device keys, one-time keys, fallback keys of one device, in one batch.

use std::collections::BTreeMap;

use bytes::Bytes;
use consilium_store::{Batch, CommitError, View};
use ruma::{
    DeviceId, OwnedOneTimeKeyId, UserId,
    encryption::{DeviceKeys, OneTimeKey as RumaOneTimeKey},
    serde::Raw,
};

use super::{
    changes::{DeviceListChange, record},
    error::KeyError,
    records::{FallbackKey, OneTimeKey, OneTimeKeyId},
    service::{Keys, SIGNED_CURVE25519},
    signed::{Signed, canonical_hash, object},
};
use crate::{
    account,
    ids::UserKey,
    keyspaces::{DEVICE_KEYS, FALLBACK_KEYS, ONE_TIME_KEY_COUNTS, ONE_TIME_KEY_IDS, ONE_TIME_KEYS},
    writer::{COMMIT_ATTEMPTS, Touched},
};

/// Largest device, one-time or fallback key with its signatures, in bytes. They are a few hundred.
pub const KEY_BYTES_MAX: usize = 16 * 1024;
/// One-time keys that one device keeps here. Clients keep 50 to 100.
const ONE_TIME_KEYS_MAX: u64 = 1_000;

/// One device's upload.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "the names of the request")]
pub struct Upload {
    pub device_keys: Option<Raw<DeviceKeys>>,
    pub one_time_keys: BTreeMap<OwnedOneTimeKeyId, Raw<RumaOneTimeKey>>,
    pub fallback_keys: BTreeMap<OwnedOneTimeKeyId, Raw<RumaOneTimeKey>>,
}

impl Keys {
    /// Stores what is new of an upload; gives the counts of one-time keys afterwards.
    ///
    /// The same upload again changes nothing. Errors: `ForeignKeys`, `KeyConflict`, `WrongForm`, `TooLarge`, `TooMany`, `NoSuchDevice`.
    pub async fn upload(
        &self,
        (user, user_id): (UserKey, &UserId),
        device: &DeviceId,
        upload: &Upload,
    ) -> Result<BTreeMap<String, u64>, KeyError> {
        let device_keys = upload.device_keys.as_ref().map(|keys| checked(keys, user_id, device)).transpose()?;
        for key in upload.one_time_keys.values().chain(upload.fallback_keys.values()) {
            check_size(key.json().get())?;
            key.deserialize().map_err(|error| KeyError::WrongForm(error.to_string()))?;
        }
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.writer.view();
            let view = &*view;
            let mut batch = Batch::new();
            let mut counts = self.counts(view, user, device).await?.one_time_keys;
            if let Some(json) = &device_keys {
                put_device_keys(view, user, device, json, &mut batch).await?;
            }
            for (algorithm, added) in put_one_time_keys(view, user, device, upload, &mut batch).await? {
                let count = counts.entry(algorithm).or_default();
                *count += added;
                if *count > ONE_TIME_KEYS_MAX {
                    return Err(KeyError::TooMany);
                }
            }
            put_fallback_keys(view, user, device, upload, &mut batch).await?;
            if batch.is_empty() {
                return Ok(counts);
            }
            // A device that is deleted at the same time takes its keys with it.
            if !account::guard_device(view, user, device, &mut batch).await? {
                return Err(KeyError::NoSuchDevice);
            }
            match self.writer.commit(batch, Touched::user(user)).await {
                Ok(_) => return Ok(counts),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(KeyError::Busy)
    }
}

/// The JSON to store: of this user and device, without `unsigned`.
fn checked(keys: &Raw<DeviceKeys>, user: &UserId, device: &DeviceId) -> Result<Bytes, KeyError> {
    let json = keys.json().get();
    check_size(json)?;
    let parsed = keys.deserialize().map_err(|error| KeyError::WrongForm(error.to_string()))?;
    if parsed.user_id != user || parsed.device_id != device {
        return Err(KeyError::ForeignKeys);
    }
    Signed::parse(json.as_bytes())?;
    let mut object = object(json.as_bytes())?;
    object.shift_remove("unsigned");
    serde_json::to_vec(&object).map(Bytes::from).map_err(|error| KeyError::WrongForm(error.to_string()))
}

fn check_size(json: &str) -> Result<(), KeyError> {
    if json.len() > KEY_BYTES_MAX { Err(KeyError::TooLarge) } else { Ok(()) }
}

async fn put_device_keys(
    view: &dyn View,
    user: UserKey,
    device: &DeviceId,
    json: &Bytes,
    batch: &mut Batch,
) -> Result<(), KeyError> {
    let key = (user.0, device.to_string());
    if DEVICE_KEYS.get(view, &key).await?.as_ref() != Some(json) {
        DEVICE_KEYS.put(batch, &key, json);
        record(batch, &DeviceListChange::Device { user: user.0 });
    }
    Ok(())
}

/// Adds the one-time keys that are not known yet; gives how many of each algorithm.
async fn put_one_time_keys(
    view: &dyn View,
    user: UserKey,
    device: &DeviceId,
    upload: &Upload,
    batch: &mut Batch,
) -> Result<BTreeMap<String, u64>, KeyError> {
    let row = |id: &OwnedOneTimeKeyId| (user.0, device.to_string(), id.to_string());
    let ids: Vec<_> = upload.one_time_keys.keys().map(row).collect();
    let known = ONE_TIME_KEY_IDS.get_many_versioned(view, &ids).await?;
    let mut added: BTreeMap<String, u64> = BTreeMap::new();
    for (((id, key), row), known) in upload.one_time_keys.iter().zip(&ids).zip(known) {
        let hash = canonical_hash(key.json().get())?;
        match known {
            Some((_, known)) if known.hash == hash => continue,
            Some(_) => return Err(KeyError::KeyConflict(id.to_string())),
            None => ONE_TIME_KEY_IDS.guard_absent(batch, row),
        }
        ONE_TIME_KEY_IDS.put_versioned(batch, row, &OneTimeKeyId { hash, claimed: false });
        let algorithm = id.algorithm().to_string();
        let waiting = OneTimeKey { key_id: id.to_string(), json: key.json().get().into() };
        let index = u16::try_from(batch.ops.len()).map_err(|_| KeyError::TooMany)?;
        ONE_TIME_KEYS.put_stamped(batch, &(user.0, device.to_string(), algorithm.clone()), index, &waiting);
        *added.entry(algorithm).or_default() += 1;
    }
    for (algorithm, count) in &added {
        let key = (user.0, device.to_string(), algorithm.clone());
        ONE_TIME_KEY_COUNTS.add(batch, &key, count.cast_signed());
    }
    Ok(added)
}

/// A fallback key replaces the one of its algorithm. The same one again stays as it is, used or not.
async fn put_fallback_keys(
    view: &dyn View,
    user: UserKey,
    device: &DeviceId,
    upload: &Upload,
    batch: &mut Batch,
) -> Result<(), KeyError> {
    for (id, key) in &upload.fallback_keys {
        let row = (user.0, device.to_string(), id.algorithm().to_string());
        let hash = canonical_hash(key.json().get())?;
        match FALLBACK_KEYS.get_versioned(view, &row).await? {
            Some((_, known)) if known.hash == hash && known.key_id == id.as_str() => continue,
            Some((version, _)) => FALLBACK_KEYS.guard_equals(batch, &row, version),
            None => FALLBACK_KEYS.guard_absent(batch, &row),
        }
        let fallback = FallbackKey { key_id: id.to_string(), json: key.json().get().into(), hash, used: false };
        FALLBACK_KEYS.put_versioned(batch, &row, &fallback);
    }
    Ok(())
}

/// The counts as the response has them.
pub(super) fn with_signed_curve(mut counts: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    counts.entry(SIGNED_CURVE25519.to_owned()).or_default();
    counts
}
