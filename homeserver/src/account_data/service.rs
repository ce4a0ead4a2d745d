//! [`AccountData`]: reading, writing, and what changed between two positions.

use std::sync::Arc;

use bytes::Bytes;
use consilium_store::{Batch, CommitError, Direction, Position, StoreError, Versioned, View};
use ruma::DeviceId;
use serde::{Deserialize, Serialize};

use crate::{
    account::DeviceRows,
    http::{ApiError, host::Service},
    ids::{RoomKey, UserKey},
    keyspaces::{ACCOUNT_DATA, ACCOUNT_DATA_STREAM},
    tenant::Tenant,
    writer::{COMMIT_ATTEMPTS, Touched, Writer},
};

/// Largest content, in bytes: a value of the store must hold it.
pub const CONTENT_BYTES_MAX: usize = 64 * 1024;
const TYPE_BYTES_MAX: usize = 255;
/// Entries of one user that one read gives; more are not kept.
const ENTRIES_MAX: usize = 10_000;

/// Account data that is not of a room stands under this key: room keys begin with 1.
const GLOBAL: u64 = 0;

/// The stored form. `index` is its place in the batch that wrote it: with the version it names the stream row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredDatum {
    index: u16,
    content: Vec<u8>,
}

impl Versioned for StoredDatum {
    const VERSION: u8 = 1;
}

/// What a stream row points at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DatumRow {
    room: u64,
    kind: String,
}

impl Versioned for DatumRow {
    const VERSION: u8 = 1;
}

/// One entry: of a room, or global.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    pub room: Option<RoomKey>,
    pub kind: String,
    /// A JSON object; `{}` for an entry that was deleted.
    pub content: Bytes,
}

#[derive(Debug, thiserror::Error)]
pub enum AccountDataError {
    #[error("the content is larger than {CONTENT_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the type is empty or longer than {TYPE_BYTES_MAX} bytes")]
    UnfitType,
    #[error("the user has as many entries as a user may have")]
    TooMany,
    #[error("somebody else keeps changing it")]
    Busy,
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

impl From<AccountDataError> for ApiError {
    fn from(error: AccountDataError) -> Self {
        let text = error.to_string();
        match error {
            AccountDataError::TooLarge | AccountDataError::TooMany => Self::too_large(text),
            AccountDataError::UnfitType => Self::invalid_param(text),
            AccountDataError::Busy => CommitError::Conflict { guard: 0 }.into(),
            AccountDataError::Store(source) => source.into(),
            AccountDataError::Commit(source) => source.into(),
        }
    }
}

/// The account data of a tenant's users.
#[derive(Debug)]
pub struct AccountData {
    writer: Writer,
}

impl Service for AccountData {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.account_data
    }
}

impl AccountData {
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// One entry's content.
    pub async fn get(
        &self,
        view: &dyn View,
        user: UserKey,
        room: Option<RoomKey>,
        kind: &str,
    ) -> Result<Option<Bytes>, StoreError> {
        let stored = ACCOUNT_DATA.get_versioned(view, &key(user, room, kind)).await?;
        Ok(stored.map(|(_, datum)| datum.content.into()).filter(|content: &Bytes| content != "{}"))
    }

    /// All entries of `user`, deleted ones left out: for a first sync.
    pub async fn all(&self, view: &dyn View, user: UserKey) -> Result<Vec<Datum>, StoreError> {
        let rows = ACCOUNT_DATA.scan_versioned(view, &(user.0,), ENTRIES_MAX, Direction::Forward).await?;
        let entries = rows.into_iter().map(|((_, room, kind), _, datum)| entry(room, kind, datum));
        Ok(entries.filter(|datum| datum.content != "{}").collect())
    }

    /// What changed after `from` up to `to`, deleted entries with `{}`, the oldest change first.
    pub async fn since(
        &self,
        view: &dyn View,
        user: UserKey,
        from: Position,
        to: Position,
    ) -> Result<Vec<Datum>, StoreError> {
        let (start, end) = ((user.0, from.0 + 1), (user.0, to.0 + 1));
        let rows = ACCOUNT_DATA_STREAM.scan_range(view, &start, &end, ENTRIES_MAX, Direction::Forward).await?;
        let rows: Vec<DatumRow> = rows.into_iter().map(|(_, row)| row).collect();
        let keys: Vec<_> = rows.iter().map(|row| (user.0, row.room, row.kind.clone())).collect();
        let found = ACCOUNT_DATA.get_many_versioned(view, &keys).await?;
        let pairs = rows.into_iter().zip(found);
        Ok(pairs.filter_map(|(row, found)| found.map(|(_, datum)| entry(row.room, row.kind, datum))).collect())
    }

    /// Writes one entry; `{}` deletes it.
    pub async fn put(
        &self,
        user: UserKey,
        room: Option<RoomKey>,
        kind: &str,
        content: Bytes,
    ) -> Result<Position, AccountDataError> {
        self.update(user, room, kind, |_| Some(content.clone())).await.map(Option::unwrap_or_default)
    }

    /// Reads, changes and writes one entry; again when somebody else wrote it meanwhile. `None` from `change` writes nothing.
    pub async fn update(
        &self,
        user: UserKey,
        room: Option<RoomKey>,
        kind: &str,
        change: impl Fn(Option<&Bytes>) -> Option<Bytes> + Send + Sync,
    ) -> Result<Option<Position>, AccountDataError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.writer.view();
            let current = self.get(&*view, user, room, kind).await?;
            let Some(content) = change(current.as_ref()) else { return Ok(None) };
            let mut batch = Batch::new();
            self.write(&*view, user, Datum { room, kind: kind.to_owned(), content }, 0, &mut batch).await?;
            match self.writer.commit(batch, Touched::user(user)).await {
                Err(CommitError::Conflict { .. }) => {}
                result => return Ok(Some(result?)),
            }
        }
        Err(AccountDataError::Busy)
    }

    /// Adds the rows of one entry to a batch that writes other things, too. `index` keeps several of one user in a batch apart.
    ///
    /// Errors: `TooLarge`, `UnfitType`, `TooMany`.
    pub async fn write(
        &self,
        view: &dyn View,
        user: UserKey,
        datum: Datum,
        index: u16,
        batch: &mut Batch,
    ) -> Result<(), AccountDataError> {
        let Datum { room, kind, content } = datum;
        if content.len() > CONTENT_BYTES_MAX {
            return Err(AccountDataError::TooLarge);
        }
        if kind.is_empty() || kind.len() > TYPE_BYTES_MAX {
            return Err(AccountDataError::UnfitType);
        }
        let key = key(user, room, &kind);
        if let Some((version, before)) = ACCOUNT_DATA.get_versioned(view, &key).await? {
            ACCOUNT_DATA.guard_equals(batch, &key, version);
            ACCOUNT_DATA_STREAM.delete(batch, &(user.0, version.0, before.index));
        } else {
            let entries = ACCOUNT_DATA.scan_versioned(view, &(user.0,), ENTRIES_MAX, Direction::Forward).await?;
            if entries.len() >= ENTRIES_MAX {
                return Err(AccountDataError::TooMany);
            }
            ACCOUNT_DATA.guard_absent(batch, &key);
        }
        ACCOUNT_DATA.put_versioned(batch, &key, &StoredDatum { index, content: content.into() });
        ACCOUNT_DATA_STREAM.put_stamped(batch, &(user.0,), index, &DatumRow { room: key.1, kind });
        Ok(())
    }
}

fn key(user: UserKey, room: Option<RoomKey>, kind: &str) -> (u64, u64, String) {
    (user.0, room.map_or(GLOBAL, |room| room.0), kind.to_owned())
}

fn entry(room: u64, kind: String, datum: StoredDatum) -> Datum {
    Datum { room: (room != GLOBAL).then_some(RoomKey(room)), kind, content: datum.content.into() }
}

/// Notification settings of a device go with it (MSC3890); everything goes with the account.
impl DeviceRows for AccountData {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deleted(&self, user: UserKey, device: &DeviceId, batch: &mut Batch) {
        for prefix in ["org.matrix.msc3890.local_notification_settings.", "m.local_notification_settings."] {
            ACCOUNT_DATA.delete(batch, &(user.0, GLOBAL, format!("{prefix}{device}")));
        }
    }

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        ACCOUNT_DATA.delete_prefix(batch, &(user.0,));
        ACCOUNT_DATA_STREAM.delete_prefix(batch, &(user.0,));
    }
}
