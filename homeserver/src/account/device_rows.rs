//! What other features write when a device appears, changes or goes: the list of them in `tenant.rs` is what happens then.

use consilium_store::Batch;
use ruma::DeviceId;

use crate::ids::UserKey;

/// A feature that keeps rows for each device. Pure: adds rows to the batch that changes the device.
pub trait DeviceRows: Send + Sync {
    /// The device is new, or its display name is.
    fn changed(&self, user: UserKey, device: &DeviceId, batch: &mut Batch);

    /// The device goes.
    fn deleted(&self, user: UserKey, device: &DeviceId, batch: &mut Batch);

    /// The account is deactivated: everything of it that is not a device goes.
    fn deactivated(&self, user: UserKey, batch: &mut Batch);
}
