//! One process for a data folder: two on one would take each other's listener, tickets and ratchets.
//!
//! The operating system holds the lease and takes it back when the process dies, however it dies. A command that only looks, or adds a row beside a running
//! service, takes none.

use std::fs::{File, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context as _, bail};

/// The file that is locked.
const LOCK: &str = "consilium.lock";

/// Held as long as the folder is used.
#[derive(Debug)]
pub struct Lease {
    file: File,
}

impl Lease {
    /// Makes the folder where it is missing, and takes it.
    pub fn take(data_dir: &Path) -> anyhow::Result<Self> {
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data_dir);
        made.with_context(|| format!("data_dir: {} cannot be made", data_dir.display()))?;
        let path = data_dir.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = file.with_context(|| format!("data_dir: {} cannot be written", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => bail!(
                "data_dir: another process uses {}: stop it, or give this one a folder of its own",
                data_dir.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }
}

/// Whether a process holds the folder. Makes nothing.
pub fn is_held(data_dir: &Path) -> std::io::Result<bool> {
    let file = match File::open(data_dir.join(LOCK)) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => file.unlock().map(|()| false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Said, not left to the close: a child that is being started holds a copy of the file until it runs its program. Where it fails, the close does it.
        let _ = self.file.unlock();
    }
}
