//! The stream of device lists: who changed devices or keys, who joined and left rooms; and what of it concerns a user.

use consilium_store::{Batch, Versioned};
use serde::{Deserialize, Serialize};

use crate::{
    changes::{self, Change},
    ids::UserKey,
    keyspaces::DEVICE_LIST_STREAM,
};

/// One row of the stream. Rooms and users by their short ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeviceListChange {
    /// The user's devices, keys or signatures.
    Device {
        user: u64,
    },
    Joined {
        room: u64,
        user: u64,
    },
    Left {
        room: u64,
        user: u64,
    },
    /// `by` signed the master key of `target`: concerns only `by`.
    Signed {
        by: u64,
        target: u64,
    },
}

impl Versioned for DeviceListChange {
    const VERSION: u8 = 1;
}

/// Adds a row to `batch`.
pub fn record(batch: &mut Batch, change: &DeviceListChange) {
    // The number of operations so far is another one for each row of a batch.
    let index = u16::try_from(batch.ops.len()).unwrap_or(u16::MAX);
    DEVICE_LIST_STREAM.put_stamped(batch, &(), index, change);
    // Members of rooms hear of joins and leaves by the room's own change.
    match *change {
        DeviceListChange::Device { user } => changes::record(batch, [Change::Devices { user: UserKey(user) }]),
        DeviceListChange::Signed { by, .. } => changes::record_users(batch, [UserKey(by)]),
        DeviceListChange::Joined { .. } | DeviceListChange::Left { .. } => {}
    }
}
