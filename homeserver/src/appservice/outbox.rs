//! The outbox of each application service: what it is to be sent, in the order of the commits.
//!
//! Rows are written in the batch that they follow from, and deleted when the transaction that held them was accepted.

use consilium_store::{Batch, Versioned};
use ruma::{DeviceId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::registrations::AppserviceId;
use crate::keyspaces::APPSERVICE_OUTBOX;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutboxItem {
    /// An event; its JSON is read when it is sent, so that a redaction in between counts.
    Event { room: u64, seq: u64 },
    /// The JSON of a to-device message, as it goes into the transaction.
    ToDevice { json: Vec<u8> },
}

impl Versioned for OutboxItem {
    const VERSION: u8 = 1;
}

#[derive(Serialize)]
struct ToDeviceMessage<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    sender: &'a UserId,
    content: &'a RawValue,
    to_user_id: &'a UserId,
    to_device_id: &'a DeviceId,
}

impl OutboxItem {
    /// Source: MSC4203.
    pub fn to_device(
        kind: &str,
        sender: &UserId,
        content: &RawValue,
        to_user_id: &UserId,
        to_device_id: &DeviceId,
    ) -> Result<Self, serde_json::Error> {
        let message = ToDeviceMessage { kind, sender, content, to_user_id, to_device_id };
        Ok(Self::ToDevice { json: serde_json::to_vec(&message)? })
    }
}

/// Adds a row for `appservice` to `batch`.
pub fn push_outbox(batch: &mut Batch, appservice: &AppserviceId, item: &OutboxItem) {
    // The number of operations so far is another one for each row of a batch, and rises with them.
    let index = u16::try_from(batch.ops.len()).unwrap_or(u16::MAX);
    APPSERVICE_OUTBOX.put_stamped(batch, &(appservice.0.to_string(),), index, item);
}
