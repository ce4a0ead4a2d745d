//! [`Backups`]: versions and keys, each change under the guard of its version's row.

use std::{collections::BTreeMap, sync::Arc};

use consilium_store::{Batch, CommitError, Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use ruma::DeviceId;

use super::records::{BackupKey, BackupVersion};
use crate::{
    account::DeviceRows,
    http::{ApiError, host::Service},
    ids::UserKey,
    keyspaces::{BACKUP_KEYS, BACKUP_VERSIONS},
    tenant::Tenant,
    writer::{COMMIT_ATTEMPTS, Touched, Writer},
};

/// Largest key of one session, in bytes.
const KEY_BYTES_MAX: usize = 32 * 1024;
/// Largest `auth_data`, in bytes.
const AUTH_DATA_BYTES_MAX: usize = 64 * 1024;
/// Keys that one batch writes.
const KEYS_OF_BATCH: usize = 500;
const NAME_BYTES_MAX: usize = 255;
/// Keys that one page of a reading has.
const PAGE: usize = 500;

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("there is no such backup")]
    NoSuchVersion,
    #[error("there is no such key in the backup")]
    NoSuchKey,
    #[error("version {0} is the current one")]
    WrongVersion(u64),
    #[error("a key lacks a field, or has one of the wrong type")]
    WrongForm,
    #[error("{0} cannot be changed")]
    Fixed(&'static str),
    #[error("a key or the auth_data is too large")]
    TooLarge,
    #[error("somebody else keeps changing the backup")]
    Busy,
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

impl From<BackupError> for ApiError {
    fn from(error: BackupError) -> Self {
        let text = error.to_string();
        match error {
            BackupError::NoSuchVersion | BackupError::NoSuchKey => Self::not_found(text),
            BackupError::WrongVersion(current) => Self::wrong_room_keys_version(current.to_string()),
            BackupError::WrongForm => Self::bad_json(text),
            BackupError::Fixed(_) => Self::invalid_param(text),
            BackupError::TooLarge => Self::too_large(text),
            BackupError::Busy => CommitError::Conflict { guard: 0 }.into(),
            BackupError::Store(source) => source.into(),
            BackupError::Commit(source) => source.into(),
        }
    }
}

/// Which keys of a version.
#[derive(Clone, Debug)]
pub enum Part {
    All,
    Room(String),
    Session(String, String),
}

/// Where a key lies: user, version, room, session.
pub type Place = (u64, u64, String, String);

/// Room → session → key.
pub type KeysByRoom = BTreeMap<String, BTreeMap<String, BackupKey>>;

/// Count and etag after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub count: u64,
    pub etag: u64,
}

/// The backups of a tenant's users.
#[derive(Debug)]
pub struct Backups {
    writer: Writer,
}

impl Service for Backups {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.backups
    }
}

impl Backups {
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// Makes a new version, the current one from then on; gives its number.
    pub async fn create(&self, user: UserKey, algorithm: &str, auth_data: &str) -> Result<u64, BackupError> {
        if auth_data.len() > AUTH_DATA_BYTES_MAX || algorithm.len() > NAME_BYTES_MAX {
            return Err(BackupError::TooLarge);
        }
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.writer.view();
            let last = BACKUP_VERSIONS.scan_versioned(&*view, &(user.0,), 1, Direction::Backward).await?;
            let number = last.first().map_or(0, |((_, number), ..)| *number) + 1;
            let version = BackupVersion {
                algorithm: algorithm.to_owned(),
                auth_data: auth_data.to_owned(),
                etag: 0,
                count: 0,
                deleted: false,
            };
            let mut batch = Batch::new();
            BACKUP_VERSIONS.guard_absent(&mut batch, &(user.0, number));
            BACKUP_VERSIONS.put_versioned(&mut batch, &(user.0, number), &version);
            match self.writer.commit(batch, Touched::default()).await {
                Ok(_) => return Ok(number),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(BackupError::Busy)
    }

    /// The current version: the newest that was not deleted.
    pub async fn latest(&self, view: &dyn View, user: UserKey) -> Result<Option<(u64, BackupVersion)>, StoreError> {
        let versions = BACKUP_VERSIONS.scan_versioned(view, &(user.0,), RANGE_ROWS_MAX, Direction::Backward).await?;
        let current = versions.into_iter().find(|(_, _, version)| !version.deleted);
        Ok(current.map(|((_, number), _, version)| (number, version)))
    }

    pub async fn version(&self, view: &dyn View, user: UserKey, number: u64) -> Result<BackupVersion, BackupError> {
        Ok(self.versioned(view, user, number).await?.1)
    }

    async fn versioned(
        &self,
        view: &dyn View,
        user: UserKey,
        number: u64,
    ) -> Result<(Position, BackupVersion), BackupError> {
        let found = BACKUP_VERSIONS.get_versioned(view, &(user.0, number)).await?;
        found.filter(|(_, version)| !version.deleted).ok_or(BackupError::NoSuchVersion)
    }

    /// Replaces the `auth_data` of a version; its algorithm stays.
    pub async fn set_auth_data(
        &self,
        user: UserKey,
        number: u64,
        algorithm: &str,
        auth_data: &str,
    ) -> Result<(), BackupError> {
        if auth_data.len() > AUTH_DATA_BYTES_MAX {
            return Err(BackupError::TooLarge);
        }
        for _ in 0..COMMIT_ATTEMPTS {
            let mut change = self.open(user, number).await?;
            if change.version.algorithm != algorithm {
                return Err(BackupError::Fixed("the algorithm of a backup"));
            }
            auth_data.clone_into(&mut change.version.auth_data);
            if self.close(change).await?.is_some() {
                return Ok(());
            }
        }
        Err(BackupError::Busy)
    }

    /// Deletes a version with its keys.
    pub async fn delete(&self, user: UserKey, number: u64) -> Result<(), BackupError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let mut change = self.open(user, number).await?;
            BACKUP_KEYS.delete_prefix(&mut change.batch, &(user.0, number));
            change.version = BackupVersion {
                algorithm: String::new(),
                auth_data: String::new(),
                deleted: true,
                count: 0,
                etag: change.version.etag + 1,
            };
            if self.close(change).await?.is_some() {
                return Ok(());
            }
        }
        Err(BackupError::Busy)
    }

    /// Keeps of each key the better one. Only the current version takes keys.
    ///
    /// Many keys go in several batches; each is whole, and the same request again does the rest.
    pub async fn put_keys(&self, user: UserKey, number: u64, keys: KeysByRoom) -> Result<Stand, BackupError> {
        let mut rows = Vec::new();
        for (room, sessions) in keys {
            for (session, key) in sessions {
                if key.json.len() > KEY_BYTES_MAX || room.len() > NAME_BYTES_MAX || session.len() > NAME_BYTES_MAX {
                    return Err(BackupError::TooLarge);
                }
                rows.push(((user.0, number, room.clone(), session), key));
            }
        }
        let mut stand = self.put_some(user, number, &rows[..rows.len().min(KEYS_OF_BATCH)]).await?;
        for some in rows.chunks(KEYS_OF_BATCH).skip(1) {
            stand = self.put_some(user, number, some).await?;
        }
        Ok(stand)
    }

    async fn put_some(&self, user: UserKey, number: u64, rows: &[(Place, BackupKey)]) -> Result<Stand, BackupError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let mut change = self.open(user, number).await?;
            match self.latest(&*change.view, user).await? {
                Some((current, _)) if current == number => {}
                Some((current, _)) => return Err(BackupError::WrongVersion(current)),
                None => return Err(BackupError::NoSuchVersion),
            }
            let places: Vec<_> = rows.iter().map(|(place, _)| place.clone()).collect();
            let stored = BACKUP_KEYS.get_many(&*change.view, &places).await?;
            let mut changed = false;
            for ((place, key), stored) in rows.iter().zip(stored) {
                match stored {
                    Some(stored) if !key.is_better_than(&stored) => continue,
                    Some(_) => {}
                    None => change.version.count += 1,
                }
                BACKUP_KEYS.put(&mut change.batch, place, key);
                changed = true;
            }
            change.version.etag += u64::from(changed);
            if let Some(stand) = self.close(change).await? {
                return Ok(stand);
            }
        }
        Err(BackupError::Busy)
    }

    /// Deletes keys of a version.
    pub async fn delete_keys(&self, user: UserKey, number: u64, part: &Part) -> Result<Stand, BackupError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let mut change = self.open(user, number).await?;
            let deleted = match part {
                Part::All => {
                    BACKUP_KEYS.delete_prefix(&mut change.batch, &(user.0, number));
                    change.version.count
                }
                Part::Room(room) => {
                    BACKUP_KEYS.delete_prefix(&mut change.batch, &(user.0, number, room.clone()));
                    self.count(&*change.view, user, number, room).await?
                }
                Part::Session(room, session) => {
                    let place = (user.0, number, room.clone(), session.clone());
                    BACKUP_KEYS.delete(&mut change.batch, &place);
                    u64::from(BACKUP_KEYS.get(&*change.view, &place).await?.is_some())
                }
            };
            change.version.count = change.version.count.saturating_sub(deleted);
            change.version.etag += u64::from(deleted > 0);
            if let Some(stand) = self.close(change).await? {
                return Ok(stand);
            }
        }
        Err(BackupError::Busy)
    }

    async fn count(&self, view: &dyn View, user: UserKey, number: u64, room: &str) -> Result<u64, StoreError> {
        let mut count = 0;
        let mut page = self.page(view, user, number, &Part::Room(room.to_owned()), None).await?;
        while let Some(((_, _, room, session), _)) = page.last() {
            count += page.len() as u64;
            let after = Some((room.clone(), session.clone()));
            page = self.page(view, user, number, &Part::Room(room.clone()), after).await?;
        }
        Ok(count)
    }

    /// The next keys of `part` after a place, in order: room, session, key. Empty at the end.
    pub async fn page(
        &self,
        view: &dyn View,
        user: UserKey,
        number: u64,
        part: &Part,
        after: Option<(String, String)>,
    ) -> Result<Vec<(Place, BackupKey)>, StoreError> {
        let start = |room: String| match after {
            // With a zero byte added it is the smallest name that is greater.
            Some((room, session)) => (user.0, number, room, format!("{session}\0")),
            None => (user.0, number, room, String::new()),
        };
        match part {
            Part::Session(room, session) => {
                let place = (user.0, number, room.clone(), session.clone());
                let key = BACKUP_KEYS.get(view, &place).await?;
                Ok(key.map(|key| (place, key)).into_iter().collect())
            }
            Part::Room(room) => {
                let end = (user.0, number, format!("{room}\0"));
                BACKUP_KEYS.scan_range(view, &start(room.clone()), &end, PAGE, Direction::Forward).await
            }
            Part::All => {
                let end = (user.0, number + 1);
                BACKUP_KEYS.scan_range(view, &start(String::new()), &end, PAGE, Direction::Forward).await
            }
        }
    }

    /// Begins a change of a version: everything is read from its view and written by its batch.
    async fn open(&self, user: UserKey, number: u64) -> Result<Change, BackupError> {
        let view = self.writer.view();
        let row = (user.0, number);
        let (position, version) = self.versioned(&*view, user, number).await?;
        let mut batch = Batch::new();
        BACKUP_VERSIONS.guard_equals(&mut batch, &row, position);
        Ok(Change { view, row, version, batch })
    }

    /// Commits a change; `None` when somebody else changed the version meanwhile: it must be made again.
    async fn close(&self, change: Change) -> Result<Option<Stand>, BackupError> {
        let Change { row, version, mut batch, .. } = change;
        BACKUP_VERSIONS.put_versioned(&mut batch, &row, &version);
        match self.writer.commit(batch, Touched::default()).await {
            Ok(_) => Ok(Some(Stand { count: version.count, etag: version.etag })),
            Err(CommitError::Conflict { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A change of a version that is being made.
struct Change {
    view: Arc<dyn View>,
    row: (u64, u64),
    version: BackupVersion,
    batch: Batch,
}

/// Backups go with their account.
#[derive(Clone, Copy, Debug)]
pub struct BackupRows;

impl DeviceRows for BackupRows {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deleted(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        BACKUP_VERSIONS.delete_prefix(batch, &(user.0,));
        BACKUP_KEYS.delete_prefix(batch, &(user.0,));
    }
}
