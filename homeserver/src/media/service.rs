//! [`Media`]: media ids, their content, references and quotas.

use std::{sync::Arc, time::Duration};

use axum::body::Body;
use consilium_store::{
    Batch, Blob, BlobHash, Blobs, CommitError, Direction, StoreError, View, blob::BlobRead, blob::PutError,
};
use futures_util::StreamExt;
use ruma::{OwnedServerName, ServerName};
use tokio::sync::Notify;

use super::{
    error::MediaError,
    records::{MediaRow, MediaState, Stored},
    thumbnail::Thumbnailer,
};
use crate::{
    context::Context,
    http::host::Service,
    ids::UserKey,
    keyspaces::{BLOB_REFERENCES, MEDIA, MEDIA_BYTES, MEDIA_EXPIRIES, MEDIA_PENDING},
    tenant::Tenant,
    writer::{COMMIT_ATTEMPTS, Touched, Writer},
};

/// Letters of a media id: nobody guesses one.
const MEDIA_ID_LENGTH: usize = 32;
/// How long a media id made by `/create` waits for its content.
const PENDING_LIFE_MS: u64 = 24 * 60 * 60 * 1_000;
/// Media ids of one user that wait for content.
const PENDING_MAX: usize = 50;
/// Longest content type and file name that are kept, in bytes.
const NAME_BYTES_MAX: usize = 1_024;
/// The key of all media of the tenant among the counters of bytes; user keys begin with 1.
const ALL_USERS: u64 = 0;

/// What media are built of.
pub struct MediaParts {
    pub server_name: OwnedServerName,
    pub context: Context,
    pub writer: Writer,
    pub blobs: Blobs,
    pub config: consilium_config::Media,
}

/// The media of a tenant.
pub struct Media {
    pub(super) parts: MediaParts,
    pub(super) thumbnailer: Thumbnailer,
    /// Rung when content came for an id that was made before it.
    uploaded: Notify,
}

impl std::fmt::Debug for Media {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Media({})", self.parts.server_name)
    }
}

impl Service for Media {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.media
    }
}

/// What an uploader says about the content.
#[derive(Clone, Debug, Default)]
pub struct Described {
    pub content_type: Option<String>,
    pub filename: Option<String>,
    /// `Content-Length`, to refuse what is too large before it is sent.
    pub size_bytes: Option<u64>,
    /// For how long it is wanted; for ever where nothing is said.
    pub lifetime_ms: Option<u64>,
}

/// A media id without content.
#[derive(Clone, Debug)]
pub struct Reserved {
    pub id: String,
    pub expires_ms: u64,
}

impl Media {
    pub fn new(parts: MediaParts) -> Self {
        let thumbnailer = Thumbnailer::new(&parts.config);
        Self { parts, thumbnailer, uploaded: Notify::new() }
    }

    pub fn server_name(&self) -> &ServerName {
        &self.parts.server_name
    }

    pub fn upload_bytes_max(&self) -> u64 {
        self.parts.config.upload_bytes_max
    }

    /// Stores content under a new id.
    pub async fn upload(&self, user: UserKey, described: Described, body: Body) -> Result<String, MediaError> {
        let lifetime_ms = described.lifetime_ms;
        let stored = self.receive(described, body).await?;
        let id = self.parts.context.random_token(MEDIA_ID_LENGTH);
        let mut batch = Batch::new();
        MEDIA.guard_absent(&mut batch, &id);
        self.set_expiry(&id, lifetime_ms, &mut batch);
        add_rows(&id, user, self.parts.context.now_ms(), stored, &mut batch);
        self.parts.writer.commit(batch, Touched::default()).await?;
        Ok(id)
    }

    /// An id whose content comes later.
    pub async fn reserve(&self, user: UserKey) -> Result<Reserved, MediaError> {
        let now_ms = self.parts.context.now_ms();
        let view = self.parts.writer.view();
        let pending = MEDIA_PENDING.scan(&*view, &(user.0,), PENDING_MAX, Direction::Forward).await?;
        let mut batch = Batch::new();
        let mut waiting = 0;
        for ((_, id), expires_ms) in pending {
            if expires_ms <= now_ms {
                self.forget_pending(&*view, user, &id, &mut batch).await?;
            } else {
                waiting += 1;
            }
        }
        if waiting >= PENDING_MAX {
            return Err(MediaError::TooManyPending);
        }
        let id = self.parts.context.random_token(MEDIA_ID_LENGTH);
        let expires_ms = now_ms + PENDING_LIFE_MS;
        let row = MediaRow { uploader: user.0, created_ms: now_ms, state: MediaState::Pending { expires_ms } };
        MEDIA.guard_absent(&mut batch, &id);
        MEDIA.put_versioned(&mut batch, &id, &row);
        MEDIA_PENDING.put(&mut batch, &(user.0, id.clone()), &expires_ms);
        self.parts.writer.commit(batch, Touched::default()).await?;
        Ok(Reserved { id, expires_ms })
    }

    /// An expired id goes; one that got its content meanwhile stays.
    async fn forget_pending(
        &self,
        view: &dyn View,
        user: UserKey,
        id: &String,
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        MEDIA_PENDING.delete(batch, &(user.0, id.clone()));
        if let Some((version, row)) = MEDIA.get_versioned(view, id).await?
            && matches!(row.state, MediaState::Pending { .. })
        {
            MEDIA.guard_equals(batch, id, version);
            MEDIA.delete(batch, id);
        }
        Ok(())
    }

    /// Stores the content of an id that [`Media::reserve`] gave.
    pub async fn upload_to(
        &self,
        user: UserKey,
        id: &String,
        described: Described,
        body: Body,
    ) -> Result<(), MediaError> {
        self.pending(user, id).await?;
        let lifetime_ms = described.lifetime_ms;
        let stored = self.receive(described, body).await?;
        for _ in 0..COMMIT_ATTEMPTS {
            let (version, row) = self.pending(user, id).await?;
            let mut batch = Batch::new();
            self.set_expiry(id, lifetime_ms, &mut batch);
            MEDIA.guard_equals(&mut batch, id, version);
            MEDIA_PENDING.delete(&mut batch, &(user.0, id.clone()));
            add_rows(id, user, row.created_ms, stored.clone(), &mut batch);
            match self.parts.writer.commit(batch, Touched::default()).await {
                Ok(_) => {
                    self.uploaded.notify_waiters();
                    return Ok(());
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(MediaError::AlreadyUploaded)
    }

    async fn pending(&self, user: UserKey, id: &String) -> Result<(consilium_store::Position, MediaRow), MediaError> {
        let found = MEDIA.get_versioned(&*self.parts.writer.view(), id).await?;
        let (version, row) = found.ok_or(MediaError::NotFound)?;
        if row.uploader != user.0 {
            return Err(MediaError::NotYours);
        }
        match row.state {
            MediaState::Stored(_) => Err(MediaError::AlreadyUploaded),
            MediaState::Pending { expires_ms } if expires_ms <= self.parts.context.now_ms() => {
                Err(MediaError::NotFound)
            }
            MediaState::Pending { .. } => Ok((version, row)),
        }
    }

    fn set_expiry(&self, id: &str, lifetime_ms: Option<u64>, batch: &mut Batch) {
        if let Some(lifetime_ms) = lifetime_ms {
            let expires_ms = self.parts.context.now_ms().saturating_add(lifetime_ms);
            MEDIA_EXPIRIES.put(batch, &(expires_ms, id.to_owned()), &());
        }
    }

    /// Writes the body into a blob. Nothing refers to it yet.
    async fn receive(&self, described: Described, body: Body) -> Result<Stored, MediaError> {
        let bytes_max = self.upload_bytes_max();
        let too_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.len() > NAME_BYTES_MAX);
        if too_long(&described.content_type) || too_long(&described.filename) {
            return Err(MediaError::UnfitName);
        }
        if described.size_bytes.is_some_and(|size| size > bytes_max) {
            return Err(MediaError::TooLarge(bytes_max));
        }
        self.check_quota(described.size_bytes.unwrap_or_default()).await?;
        let Blob { hash, size_bytes } =
            self.parts.blobs.put_stream(body.into_data_stream(), bytes_max).await.map_err(put_error)?;
        self.check_quota(size_bytes).await?;
        Ok(Stored { hash: hash.0, size_bytes, content_type: described.content_type, filename: described.filename })
    }

    async fn check_quota(&self, more_bytes: u64) -> Result<(), MediaError> {
        let quota = self.parts.config.tenant_bytes_max;
        if quota == 0 {
            return Ok(());
        }
        let used = MEDIA_BYTES.get(&*self.parts.writer.view(), &ALL_USERS).await?.unwrap_or_default();
        let used = u64::try_from(used).unwrap_or_default();
        if used.saturating_add(more_bytes) > quota { Err(MediaError::QuotaExceeded) } else { Ok(()) }
    }

    /// The content of an id, waiting up to `patience` for one that is being uploaded.
    ///
    /// Errors: `NotFound`, `NotYetUploaded`.
    pub async fn find(&self, server_name: &ServerName, id: &str, patience: Duration) -> Result<Stored, MediaError> {
        if server_name != self.parts.server_name {
            return Err(MediaError::NotFound);
        }
        let wait = async {
            loop {
                // Registered before the store is read, so that no upload is missed in between.
                let mut uploaded = std::pin::pin!(self.uploaded.notified());
                uploaded.as_mut().enable();
                match self.content(id).await? {
                    Some(stored) => return Ok(stored),
                    None => uploaded.await,
                }
            }
        };
        tokio::time::timeout(patience, wait).await.unwrap_or(Err(MediaError::NotYetUploaded))
    }

    /// `None` while the content may still come.
    async fn content(&self, id: &str) -> Result<Option<Stored>, MediaError> {
        let found = MEDIA.get_versioned(&*self.parts.writer.view(), &id.to_owned()).await?;
        match found.ok_or(MediaError::NotFound)?.1.state {
            MediaState::Stored(stored) => Ok(Some(stored)),
            MediaState::Pending { expires_ms } if expires_ms <= self.parts.context.now_ms() => {
                Err(MediaError::NotFound)
            }
            MediaState::Pending { .. } => Ok(None),
        }
    }

    /// Deletes an id; its content goes with the last id that has it, at the next sweep.
    pub async fn delete(&self, id: &str) -> Result<(), MediaError> {
        let id = id.to_owned();
        for _ in 0..COMMIT_ATTEMPTS {
            let found = MEDIA.get_versioned(&*self.parts.writer.view(), &id).await?;
            let (version, row) = found.ok_or(MediaError::NotFound)?;
            let mut batch = Batch::new();
            MEDIA.guard_equals(&mut batch, &id, version);
            MEDIA.delete(&mut batch, &id);
            MEDIA_PENDING.delete(&mut batch, &(row.uploader, id.clone()));
            if let MediaState::Stored(stored) = row.state {
                let bytes = i64::try_from(stored.size_bytes).unwrap_or(i64::MAX);
                BLOB_REFERENCES.add(&mut batch, &stored.hash, -1);
                MEDIA_BYTES.add(&mut batch, &ALL_USERS, -bytes);
                MEDIA_BYTES.add(&mut batch, &row.uploader, -bytes);
            }
            match self.parts.writer.commit(batch, Touched::default()).await {
                Ok(_) => return Ok(()),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(CommitError::Conflict { guard: 0 }.into())
    }

    /// Opens a part of a blob.
    pub async fn read(&self, hash: BlobHash, part: std::ops::Range<u64>) -> Result<BlobRead, MediaError> {
        self.parts.blobs.get_range(hash, Some(part)).await?.ok_or(MediaError::NotFound)
    }

    /// The whole of a blob, for a thumbnail; at most `bytes_max`.
    pub(super) async fn read_whole(&self, hash: BlobHash, bytes_max: u64) -> Result<Vec<u8>, MediaError> {
        let read = self.parts.blobs.get_range(hash, None).await?.ok_or(MediaError::NotFound)?;
        if read.size_bytes > bytes_max {
            return Err(MediaError::TooLargeForThumbnail);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(read.size_bytes).unwrap_or_default());
        let mut chunks = std::pin::pin!(read.into_stream());
        while let Some(chunk) = chunks.next().await {
            bytes.extend_from_slice(&chunk?);
        }
        Ok(bytes)
    }
}

/// The rows of an id with its content, and what they count.
fn add_rows(id: &String, user: UserKey, created_ms: u64, stored: Stored, batch: &mut Batch) {
    let bytes = i64::try_from(stored.size_bytes).unwrap_or(i64::MAX);
    BLOB_REFERENCES.add(batch, &stored.hash, 1);
    MEDIA_BYTES.add(batch, &ALL_USERS, bytes);
    MEDIA_BYTES.add(batch, &user.0, bytes);
    let row = MediaRow { uploader: user.0, created_ms, state: MediaState::Stored(stored) };
    MEDIA.put_versioned(batch, id, &row);
}

fn put_error(error: PutError<axum::Error>) -> MediaError {
    match error {
        PutError::Source(_) => MediaError::BrokenOff,
        PutError::TooLarge { size_bytes_max } => MediaError::TooLarge(size_bytes_max),
        PutError::Full => MediaError::DiskFull,
        PutError::Disk(source) => MediaError::Disk(source),
    }
}
