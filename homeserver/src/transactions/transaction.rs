//! The body of a transaction: stable names and those that are in use today, side by side.
//!
//! Source: Application Service API v1.19 §Pushing events; MSC2409, MSC3202, MSC4203.

use std::collections::{BTreeMap, BTreeSet};

use ruma::OwnedUserId;
use serde::Serialize;
use serde_json::value::RawValue;

/// By user and device.
pub type ByDevice<T> = BTreeMap<OwnedUserId, BTreeMap<String, T>>;

/// Users whose devices changed, and those with whom no room is shared any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeviceLists {
    pub changed: BTreeSet<OwnedUserId>,
    pub left: BTreeSet<OwnedUserId>,
}

/// What one transaction says.
#[derive(Debug, Default)]
pub struct Content {
    pub events: Vec<Box<RawValue>>,
    pub ephemeral: Vec<Box<RawValue>>,
    pub to_device: Vec<Box<RawValue>>,
    /// `None`: the service did not ask for device lists and counts.
    pub devices: Option<Devices>,
}

/// What an encrypted member needs to know. Source: MSC3202.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Devices {
    pub lists: DeviceLists,
    pub one_time_keys: ByDevice<BTreeMap<String, u64>>,
    pub unused_fallback_keys: ByDevice<Vec<String>>,
}

#[derive(Serialize)]
struct Body<'a> {
    events: &'a [Box<RawValue>],
    ephemeral: &'a [Box<RawValue>],
    #[serde(rename = "de.sorunome.msc2409.ephemeral")]
    unstable_ephemeral: &'a [Box<RawValue>],
    to_device: &'a [Box<RawValue>],
    #[serde(rename = "de.sorunome.msc2409.to_device")]
    unstable_to_device: &'a [Box<RawValue>],
    #[serde(flatten)]
    devices: Option<DevicesBody<'a>>,
}

#[derive(Serialize)]
struct DevicesBody<'a> {
    device_lists: &'a DeviceLists,
    #[serde(rename = "org.matrix.msc3202.device_lists")]
    unstable_device_lists: &'a DeviceLists,
    device_one_time_keys_count: &'a ByDevice<BTreeMap<String, u64>>,
    #[serde(rename = "org.matrix.msc3202.device_one_time_keys_count")]
    unstable_device_one_time_keys_count: &'a ByDevice<BTreeMap<String, u64>>,
    device_unused_fallback_key_types: &'a ByDevice<Vec<String>>,
    #[serde(rename = "org.matrix.msc3202.device_unused_fallback_key_types")]
    unstable_device_unused_fallback_key_types: &'a ByDevice<Vec<String>>,
}

impl Content {
    /// Whether there is nothing to say. Counts stand in every transaction and are no reason for one by themselves.
    pub fn is_empty(&self) -> bool {
        self.ephemeral.is_empty() && self.is_passing()
    }

    /// Whether it says only what is true for a moment: typing, receipts, counts. It may come twice or, when the process ends, not at all.
    pub fn is_passing(&self) -> bool {
        let has_lists = |devices: &Devices| !devices.lists.changed.is_empty() || !devices.lists.left.is_empty();
        self.events.is_empty() && self.to_device.is_empty() && !self.devices.as_ref().is_some_and(has_lists)
    }

    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let devices = self.devices.as_ref().map(|devices| DevicesBody {
            device_lists: &devices.lists,
            unstable_device_lists: &devices.lists,
            device_one_time_keys_count: &devices.one_time_keys,
            unstable_device_one_time_keys_count: &devices.one_time_keys,
            device_unused_fallback_key_types: &devices.unused_fallback_keys,
            unstable_device_unused_fallback_key_types: &devices.unused_fallback_keys,
        });
        serde_json::to_vec(&Body {
            events: &self.events,
            ephemeral: &self.ephemeral,
            unstable_ephemeral: &self.ephemeral,
            to_device: &self.to_device,
            unstable_to_device: &self.to_device,
            devices,
        })
    }
}
