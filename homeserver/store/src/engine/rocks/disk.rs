//! What the disk can refuse, and the seam where tests make it refuse.

use std::{io, path::Path};

/// Asked before the store writes. Production uses [`RealDisk`]; tests answer with the failures that they need.
pub trait Disk: Send + Sync + 'static {
    /// Bytes that can still be written below `path`. Asked once for each group of batches.
    fn free_bytes(&self, path: &Path) -> io::Result<u64>;

    /// An error here counts as one of the write itself.
    fn before_write(&self) -> io::Result<()> {
        Ok(())
    }

    /// An error here counts as one of the fsync itself.
    fn before_sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// The file system as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn free_bytes(&self, path: &Path) -> io::Result<u64> {
        let stat = nix::sys::statvfs::statvfs(path)?;
        Ok(stat.blocks_available().saturating_mul(stat.fragment_size()))
    }
}

/// Why the store takes no writes any more, until it is opened anew.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) reason: String,
    pub(super) is_full: bool,
}

impl Stop {
    /// `action` is what failed: «writing» or «syncing».
    pub(super) fn new(action: &str, error: &str) -> Self {
        let is_full = ["No space left on device", "Disk quota exceeded"].iter().any(|full| error.contains(full));
        let reason = format!(
            "{action} the log failed ({error}), so nothing more is written: what is on disk is not known any more. \
             Look at the disk, then restart"
        );
        Self { reason, is_full }
    }
}
