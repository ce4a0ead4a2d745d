//! [`Keys`]: what the other files of this folder work on; counts; what goes with a device.

use std::{collections::BTreeMap, sync::Arc};

use consilium_store::{Batch, Direction, StoreError, View};
use ruma::{DeviceId, OwnedServerName};

use super::{
    changes::{DeviceListChange, record},
    claim::Reserved,
};
use crate::{
    account::DeviceRows,
    http::host::Service,
    ids::{Ids, UserKey},
    keyspaces::{
        CROSS_SIGNING, DEVICE_KEYS, FALLBACK_KEYS, KEY_SIGNATURES, ONE_TIME_KEY_COUNTS, ONE_TIME_KEY_IDS, ONE_TIME_KEYS,
    },
    tenant::Tenant,
    writer::Writer,
};

/// The algorithm whose count is always given, also when it is 0: clients upload by it.
pub const SIGNED_CURVE25519: &str = "signed_curve25519";

/// Algorithms that one device has keys of.
const ALGORITHMS_MAX: usize = 16;

/// How many one-time keys a device has left, and of which algorithms its fallback key was not used yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyCounts {
    pub one_time_keys: BTreeMap<String, u64>,
    pub unused_fallback_keys: Vec<String>,
}

/// The keys of a tenant.
#[derive(Debug)]
pub struct Keys {
    pub(super) server_name: OwnedServerName,
    pub(super) writer: Writer,
    pub(super) ids: Arc<Ids>,
    pub(super) reserved: Reserved,
}

impl Service for Keys {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.keys
    }
}

impl Keys {
    pub fn new(server_name: OwnedServerName, writer: Writer, ids: Arc<Ids>) -> Self {
        Self { server_name, writer, ids, reserved: Reserved::default() }
    }

    /// Counts of a device, for `/sync` and application services. `signed_curve25519` is always there.
    pub async fn counts(&self, view: &dyn View, user: UserKey, device: &DeviceId) -> Result<KeyCounts, StoreError> {
        let prefix = (user.0, device.to_string());
        let counts = ONE_TIME_KEY_COUNTS.scan(view, &prefix, ALGORITHMS_MAX, Direction::Forward).await?;
        let mut one_time_keys = BTreeMap::from([(SIGNED_CURVE25519.to_owned(), 0)]);
        one_time_keys
            .extend(counts.into_iter().map(|((_, _, algorithm), count)| (algorithm, count.max(0).cast_unsigned())));
        let fallback = FALLBACK_KEYS.scan_versioned(view, &prefix, ALGORITHMS_MAX, Direction::Forward).await?;
        let unused = fallback.into_iter().filter(|(_, _, key)| !key.used).map(|((_, _, algorithm), ..)| algorithm);
        Ok(KeyCounts { one_time_keys, unused_fallback_keys: unused.collect() })
    }
}

/// The keys' part of a device's life.
#[derive(Clone, Copy, Debug)]
pub struct KeyRows;

impl DeviceRows for KeyRows {
    fn changed(&self, user: UserKey, _: &DeviceId, batch: &mut Batch) {
        record(batch, &DeviceListChange::Device { user: user.0 });
    }

    fn deleted(&self, user: UserKey, device: &DeviceId, batch: &mut Batch) {
        let key = (user.0, device.to_string());
        DEVICE_KEYS.delete(batch, &key);
        ONE_TIME_KEYS.delete_prefix(batch, &key);
        ONE_TIME_KEY_IDS.delete_prefix(batch, &key);
        ONE_TIME_KEY_COUNTS.delete_prefix(batch, &key);
        FALLBACK_KEYS.delete_prefix(batch, &key);
        KEY_SIGNATURES.delete_prefix(batch, &key);
        record(batch, &DeviceListChange::Device { user: user.0 });
    }

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        CROSS_SIGNING.delete_prefix(batch, &(user.0,));
        KEY_SIGNATURES.delete_prefix(batch, &(user.0,));
        record(batch, &DeviceListChange::Device { user: user.0 });
    }
}
