//! [`ToDevice`]: sending, reading and acknowledging.

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use consilium_store::{Batch, CommitError, Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use ruma::{DeviceId, OwnedUserId, UserId, to_device::DeviceIdOrAllDevices};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{
    account::{Accounts, DEVICES_MAX, DeviceRows, guard_device},
    appservice::{OutboxItem, Registrations, push_outbox},
    context::Context,
    http::{ApiError, Requester, host::Service},
    ids::UserKey,
    keyspaces::{TO_DEVICE, TO_DEVICE_COUNTS, TO_DEVICE_TRANSACTIONS},
    tenant::Tenant,
    writer::{COMMIT_ATTEMPTS, Touched, Writer},
};

/// Largest content of one message, in bytes: a room key is about one thousand.
const CONTENT_BYTES_MAX: usize = 64 * 1024;
/// Rows of one request together, in bytes: a batch must hold them.
const REQUEST_BYTES_MAX: usize = 3_500_000;
/// Messages that wait for one device. More are dropped: nobody has fetched those before for long.
const INBOX_MAX: i64 = 10_000;
const DAY_MS: u64 = 86_400_000;

#[derive(Debug, thiserror::Error)]
pub enum ToDeviceError {
    #[error("a message is larger than {CONTENT_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the messages of one request are larger than {REQUEST_BYTES_MAX} bytes together")]
    TooManyBytes,
    #[error("the messages cannot be encoded")]
    Encoding(#[from] serde_json::Error),
    #[error("somebody else keeps sending the same")]
    Busy,
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

impl From<ToDeviceError> for ApiError {
    fn from(error: ToDeviceError) -> Self {
        let text = error.to_string();
        match error {
            ToDeviceError::TooLarge | ToDeviceError::TooManyBytes => Self::too_large(text),
            ToDeviceError::Encoding(source) => Self::internal(source),
            ToDeviceError::Busy => CommitError::Conflict { guard: 0 }.into(),
            ToDeviceError::Store(source) => source.into(),
            ToDeviceError::Commit(source) => source.into(),
        }
    }
}

/// What one request sends: user → device (or all) → content.
pub type Messages = BTreeMap<OwnedUserId, BTreeMap<DeviceIdOrAllDevices, Box<RawValue>>>;

/// The messages that wait in a tenant.
#[derive(Debug)]
pub struct ToDevice {
    pub(super) writer: Writer,
    pub(super) context: Context,
    pub(super) appservices: Arc<Registrations>,
}

impl Service for ToDevice {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.to_device
    }
}

/// A stored message, as clients get it.
#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    sender: &'a UserId,
    content: &'a RawValue,
}

impl ToDevice {
    pub fn new(writer: Writer, context: Context, appservices: Arc<Registrations>) -> Self {
        Self { writer, context, appservices }
    }

    /// Sends once for each transaction id of the requester's device. Devices that do not exist are passed over.
    pub async fn send(
        &self,
        accounts: &Accounts,
        requester: &Requester,
        kind: &str,
        txn_id: &str,
        messages: &Messages,
    ) -> Result<(), ToDeviceError> {
        if messages.values().flat_map(BTreeMap::values).any(|content| content.get().len() > CONTENT_BYTES_MAX) {
            return Err(ToDeviceError::TooLarge);
        }
        let day = u32::try_from(self.context.now_ms() / DAY_MS).unwrap_or(u32::MAX);
        let txn = |day| (day, requester.user_key.0, sender_tag(requester, txn_id));
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.writer.view();
            let seen = TO_DEVICE_TRANSACTIONS.get_many(&*view, &[txn(day), txn(day.saturating_sub(1))]).await?;
            if seen.iter().any(Option::is_some) {
                return Ok(());
            }
            let mut batch = Batch::new();
            TO_DEVICE_TRANSACTIONS.guard_absent(&mut batch, &txn(day));
            TO_DEVICE_TRANSACTIONS.put(&mut batch, &txn(day), &());
            let mut receivers = Vec::new();
            for (user, devices) in messages {
                let Some((key, _)) = accounts.active(&*view, user).await? else { continue };
                self.add_rows(&*view, accounts, (key, user), (kind, &requester.user), devices, &mut batch).await?;
                receivers.push(key);
                if batch.size_bytes() > REQUEST_BYTES_MAX {
                    return Err(ToDeviceError::TooManyBytes);
                }
            }
            match self.writer.commit(batch, Touched::users(receivers)).await {
                Ok(_) => return Ok(()),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ToDeviceError::Busy)
    }

    async fn add_rows(
        &self,
        view: &dyn View,
        accounts: &Accounts,
        (key, user): (UserKey, &UserId),
        (kind, sender): (&str, &UserId),
        devices: &BTreeMap<DeviceIdOrAllDevices, Box<RawValue>>,
        batch: &mut Batch,
    ) -> Result<(), ToDeviceError> {
        let known = accounts.devices(view, key).await?;
        let appservice = self.appservices.to_device_of(user);
        for info in &known {
            let named = devices.get(&DeviceIdOrAllDevices::DeviceId(info.id.clone()));
            let Some(content) = named.or_else(|| devices.get(&DeviceIdOrAllDevices::AllDevices)) else { continue };
            if let Some(appservice) = appservice {
                let item = OutboxItem::to_device(kind, sender, content, user, &info.id)?;
                push_outbox(batch, &appservice.id, &item);
                continue;
            }
            let row = (key.0, info.id.to_string());
            if TO_DEVICE_COUNTS.get(view, &row).await?.unwrap_or_default() >= INBOX_MAX {
                tracing::warn!(user.id = %user, "a device has too many waiting messages: one is dropped");
                continue;
            }
            // A device that is deleted at the same time takes this message with it.
            guard_device(view, key, &info.id, batch).await?;
            let json: Bytes = serde_json::to_vec(&Message { kind, sender, content })?.into();
            let index = u16::try_from(batch.ops.len()).map_err(|_| ToDeviceError::TooManyBytes)?;
            TO_DEVICE.put_stamped(batch, &row, index, &json);
            TO_DEVICE_COUNTS.add(batch, &row, 1);
        }
        Ok(())
    }

    /// Messages for a device written after `from` up to `to`, oldest first, at most `limit`: their
    /// places and JSON.
    pub async fn since(
        &self,
        view: &dyn View,
        user: UserKey,
        device: &DeviceId,
        (from, to): (Position, Position),
        limit: usize,
    ) -> Result<Vec<(Position, Bytes)>, StoreError> {
        let bound = |position: Position| (user.0, device.to_string(), position.0.saturating_add(1));
        let rows = TO_DEVICE.scan_range(view, &bound(from), &bound(to), limit, Direction::Forward).await?;
        Ok(rows.into_iter().map(|((_, _, position, _), json)| (Position(position), json)).collect())
    }

    /// The client has everything up to `position`: those messages go. Nothing is written when there are none.
    pub async fn acknowledge(
        &self,
        view: &dyn View,
        user: UserKey,
        device: &DeviceId,
        position: Position,
    ) -> Result<(), ToDeviceError> {
        let row = (user.0, device.to_string());
        let start = (user.0, device.to_string(), 0_u64);
        let end = (user.0, device.to_string(), position.0.saturating_add(1));
        let rows = TO_DEVICE.scan_range(view, &start, &end, RANGE_ROWS_MAX, Direction::Forward).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        TO_DEVICE.delete_range(&mut batch, &start, &end);
        let waiting = TO_DEVICE_COUNTS.get(view, &row).await?.unwrap_or_default();
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX).min(waiting);
        TO_DEVICE_COUNTS.add(&mut batch, &row, -count);
        self.writer.commit(batch, Touched::default()).await?;
        Ok(())
    }
}

/// Names a transaction: of the sending device, short.
fn sender_tag(requester: &Requester, txn_id: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(requester.device.as_ref().map_or("", |device| device.as_str()).as_bytes());
    hasher.update(&[0]);
    hasher.update(txn_id.as_bytes());
    let mut tag = [0; 16];
    hasher.finalize_xof().fill(&mut tag);
    tag
}

/// Forgets the transactions of the days before yesterday.
pub async fn trim_transactions(writer: &Writer, now_ms: u64) -> Result<(), CommitError> {
    let today = u32::try_from(now_ms / DAY_MS).unwrap_or(u32::MAX);
    let mut batch = Batch::new();
    TO_DEVICE_TRANSACTIONS.delete_range(&mut batch, &(0_u32,), &(today.saturating_sub(1),));
    writer.commit(batch, Touched::default()).await.map(drop)
}

/// Messages go with their device.
#[derive(Clone, Copy, Debug)]
pub struct ToDeviceRows;

impl DeviceRows for ToDeviceRows {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deleted(&self, user: UserKey, device: &DeviceId, batch: &mut Batch) {
        let row = (user.0, device.to_string());
        TO_DEVICE.delete_prefix(batch, &row);
        TO_DEVICE_COUNTS.delete_prefix(batch, &row);
    }

    fn deactivated(&self, _: UserKey, _: &mut Batch) {}
}

const _: () = assert!(DEVICES_MAX < RANGE_ROWS_MAX, "one read gives all devices of a user");
