//! One process for a folder: two keepers on one store break the ratchets.
//!
//! The operating system holds the lease and takes it back when the process dies, however it dies.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use crate::KeeperError;

#[derive(Debug)]
pub(crate) struct Lease {
    file: File,
}

impl Lease {
    /// Errors: `InUse` when another process (or another keeper of this one) holds it.
    pub(crate) fn take(folder: &Path) -> Result<Self, KeeperError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("keeper.lock"))
            .map_err(KeeperError::store)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(KeeperError::InUse),
            Err(TryLockError::Error(error)) => Err(KeeperError::store(error)),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Said, not left to the close: a child that is being started holds a copy of the file until it runs its program. Where it fails, the close does it.
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_keeper_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lease::take(folder.path()).unwrap();
        assert!(matches!(Lease::take(folder.path()), Err(KeeperError::InUse)));
        drop(first);
        Lease::take(folder.path()).unwrap();
    }
}
