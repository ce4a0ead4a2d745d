//! Deletes media whose time is over, and sweeps blobs that nothing refers to: uploads that broke off before their row, and content whose
//! last id was deleted.

use std::time::{Duration, SystemTime};

use consilium_store::{Batch, BlobHash, Direction, limits::RANGE_ROWS_MAX};
use tokio_util::sync::CancellationToken;

use super::{error::MediaError, records::MediaState, service::Media};
use crate::{
    keyspaces::{BLOB_REFERENCES, MEDIA, MEDIA_EXPIRIES, THUMBNAILS},
    writer::Touched,
};

/// A blob is left alone this long after it was put: its row may be on the way.
const GRACE: Duration = Duration::from_hours(24);
const SWEEP_EVERY: Duration = Duration::from_hours(6);
/// Blobs looked at in one go.
const PAGE: usize = 500;

impl Media {
    /// Sweeps from time to time until `stop`.
    pub async fn sweep_regularly(&self, stop: CancellationToken) {
        let mut every = tokio::time::interval(SWEEP_EVERY);
        // The first tick is at once; a start has better things to do.
        every.tick().await;
        while stop.run_until_cancelled(every.tick()).await.is_some() {
            // The machine's clock, because it is compared with the times of files.
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(self.parts.context.now_ms());
            match self.sweep(now - GRACE).await {
                Ok(0) => {}
                Ok(blobs) => tracing::info!(blobs, "unused media were deleted"),
                Err(error) => tracing::error!(error = %error, "unused media cannot be deleted"),
            }
        }
    }

    /// Deletes the media whose uploaders wanted them until now at most; gives how many.
    pub async fn expire(&self) -> Result<usize, MediaError> {
        let (start, end) = ((0_u64, String::new()), (self.parts.context.now_ms().saturating_add(1), String::new()));
        let mut deleted = 0;
        loop {
            let view = self.parts.writer.view();
            let rows = MEDIA_EXPIRIES.scan_range(&*view, &start, &end, PAGE, Direction::Forward).await?;
            if rows.is_empty() {
                return Ok(deleted);
            }
            for ((expires_ms, id), ()) in rows {
                match self.delete(&id).await {
                    Ok(()) => deleted += 1,
                    Err(MediaError::NotFound) => {}
                    Err(error) => return Err(error),
                }
                let mut batch = Batch::new();
                MEDIA_EXPIRIES.delete(&mut batch, &(expires_ms, id));
                self.parts.writer.commit(batch, Touched::default()).await?;
            }
        }
    }

    /// Deletes an id, and its content where nothing else has it. Content that was put less than a day ago waits for a sweep: its bytes may be on the way anew.
    pub async fn remove(&self, id: &str) -> Result<(), MediaError> {
        let found = MEDIA.get_versioned(&*self.parts.writer.view(), &id.to_owned()).await?;
        let (_, row) = found.ok_or(MediaError::NotFound)?;
        self.delete(id).await?;
        if let MediaState::Stored(stored) = row.state {
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(self.parts.context.now_ms());
            self.sweep_one(stored.blob(), now - GRACE).await?;
        }
        Ok(())
    }

    /// Deletes the unused blobs that were put before `put_before`; gives how many.
    pub async fn sweep(&self, put_before: SystemTime) -> Result<usize, MediaError> {
        let (mut deleted, mut after) = (0, None);
        loop {
            let blobs = self.parts.blobs.list(after, PAGE).await?;
            let Some(last) = blobs.last() else { return Ok(deleted) };
            after = Some(last.hash);
            for blob in blobs {
                if self.sweep_one(blob.hash, put_before).await? {
                    deleted += 1;
                }
            }
        }
    }

    /// Deletes a blob that nothing refers to and that was put before then; says whether it did.
    async fn sweep_one(&self, hash: BlobHash, put_before: SystemTime) -> Result<bool, MediaError> {
        let view = self.parts.writer.view();
        if BLOB_REFERENCES.get(&*view, &hash.0).await?.unwrap_or_default() > 0 {
            return Ok(false);
        }
        self.forget_thumbnails(hash.0).await?;
        Ok(self.parts.blobs.delete(hash, put_before).await?)
    }

    /// The thumbnails of a content go with it; their blobs at the next sweep.
    async fn forget_thumbnails(&self, source: [u8; 32]) -> Result<(), MediaError> {
        let view = self.parts.writer.view();
        let rows = THUMBNAILS.scan(&*view, &(source,), RANGE_ROWS_MAX, Direction::Forward).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for (key, row) in rows {
            THUMBNAILS.delete(&mut batch, &key);
            BLOB_REFERENCES.add(&mut batch, &row.hash, -1);
        }
        self.parts.writer.commit(batch, Touched::default()).await?;
        Ok(())
    }
}
