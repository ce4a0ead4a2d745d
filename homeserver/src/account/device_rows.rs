//! What other features write when a device appears, changes or goes: the list of them in `tenant.rs` is what happens then.

use async_trait::async_trait;
use consilium_store::{Batch, Position};
use ruma::DeviceId;

use crate::ids::UserKey;

/// A feature that keeps rows for each device. All but `announce` are pure: they add rows to the batch that changes the device.
#[async_trait]
pub trait DeviceRows: Send + Sync {
    /// The device is new, or its display name is.
    fn changed(&self, user: UserKey, device: &DeviceId, batch: &mut Batch);

    /// The device goes.
    fn deleted(&self, user: UserKey, device: &DeviceId, batch: &mut Batch);

    /// The account is deactivated: everything of it that is not a device goes.
    fn deactivated(&self, user: UserKey, batch: &mut Batch);

    /// After the commit at `position`: a hint to who waits. May be lost.
    async fn announce(&self, user: UserKey, position: Position);
}
