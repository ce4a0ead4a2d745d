//! One file of a conversation: from the homeserver, opened with the key of its message, into the archive.
//!
//! It lies on the disk only as the homeserver has it, encrypted, in a file without a name that goes with this process.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use consilium_appservice::ClientError;
use consilium_keeper::{AttachmentError, open_file};
use serde::Serialize;
use tokio::runtime::Handle;

use crate::api::types::ArchivedFile;
use crate::tenant::Tenant;

/// Largest file that is put in. Unit: bytes. More than apps let people send.
pub const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// All files of a copy together. Unit: bytes. What a browser takes, and an archive without the form for giants holds.
pub const ALL_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;

/// Why something is not in the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It is not at the homeserver any more.
    Gone,
    /// It lies at another homeserver.
    Elsewhere,
    /// It is too large, or all files together are.
    TooLarge,
    /// The homeserver did not give it just now.
    NotReachable,
    /// It does not open with its key, or is not what was sent.
    Damaged,
    /// The archive's key is not on this server.
    NoKey,
}

/// A file that was fetched and is what was sent.
pub struct Fetched {
    file: File,
    key: Option<serde_json::Value>,
    /// Bytes as they lie at the homeserver.
    pub bytes: u64,
}

/// Fetches a file of at most `left` bytes and looks whether it opens.
pub fn fetch(tenant: &Tenant, handle: &Handle, sent: &ArchivedFile, left: u64) -> Result<Fetched, Missing> {
    let address = sent.url.strip_prefix("mxc://").and_then(|address| address.split_once('/'));
    let (server_name, media_id) = address.ok_or(Missing::Damaged)?;
    if server_name != tenant.server_name {
        return Err(Missing::Elsewhere);
    }
    let mut file = tempfile::tempfile().map_err(|error| not_here(&error))?;
    let limit = FILE_BYTES_MAX.min(left);
    let bytes = handle.block_on(download(tenant, (server_name, media_id), &mut file, limit))?;
    let mut fetched = Fetched { file, key: sent.encrypted_file.clone(), bytes };
    // First into nowhere: an entry of the archive that was begun cannot be taken back.
    fetched.write_to(&mut io::sink()).map_err(|_| Missing::Damaged)?;
    Ok(fetched)
}

async fn download(
    tenant: &Tenant,
    (server_name, media_id): (&str, &str),
    into: &mut File,
    limit: u64,
) -> Result<u64, Missing> {
    let refused = |error: ClientError| match error {
        ClientError::Refused { status: 404, .. } => Missing::Gone,
        error => not_here(&error),
    };
    let mut response = tenant.homeserver.media(server_name, media_id).await.map_err(refused)?;
    let mut bytes = 0;
    while let Some(chunk) = response.chunk().await.map_err(|error| not_here(&error))? {
        bytes += chunk.len() as u64;
        if bytes > limit {
            return Err(Missing::TooLarge);
        }
        into.write_all(&chunk).map_err(|error| not_here(&error))?;
    }
    Ok(bytes)
}

fn not_here(error: &dyn std::error::Error) -> Missing {
    tracing::warn!(error = %crate::api::problem::chain(error), "a file could not be put into a copy");
    Missing::NotReachable
}

impl Fetched {
    /// Writes the opened file.
    pub fn write_to(&mut self, into: &mut impl Write) -> Result<(), AttachmentError> {
        self.file.seek(SeekFrom::Start(0)).map_err(AttachmentError::Content)?;
        match &self.key {
            Some(key) => open_file(key, &mut self.file, into).map(drop),
            None => io::copy(&mut self.file, into).map(drop).map_err(AttachmentError::Content),
        }
    }
}
