//! The copy of each head outside the database: a file with one line for each record, appended and synced after the record is committed.
//!
//! It shows what a chain alone cannot: that records at the end were cut off, or that the whole chain was computed anew. Copy it to where the database's
//! administrator cannot write (a mail box, a partner's server), and it proves that too.

use std::io::Write;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ArchiveError;

/// One head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Place in the chain.
    pub sequence: i64,
    /// Hash of the record, hexadecimal.
    pub hash: String,
    /// Signature of the head, hexadecimal.
    pub signature: String,
}

/// The anchor file.
#[derive(Debug, Clone)]
pub struct Anchor {
    path: PathBuf,
}

impl Anchor {
    /// The anchor at this path; the file is made with the first head.
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Appends heads, durably.
    pub fn append(&self, heads: &[Head]) -> Result<(), ArchiveError> {
        if heads.is_empty() {
            return Ok(());
        }
        let mut lines = Vec::new();
        for head in heads {
            serde_json::to_writer(&mut lines, head).expect("a head has only string keys");
            lines.push(b'\n');
        }
        let write = || {
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&self.path)?;
            file.write_all(&lines)?;
            file.sync_all()
        };
        write().map_err(|source| self.failed(source))
    }

    /// All heads, in the order of the file. A last line that a crash cut is left out: its record is committed and is appended again at start.
    pub fn read(&self) -> Result<Vec<Head>, ArchiveError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(self.failed(source)),
        };
        Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }

    fn failed(&self, source: std::io::Error) -> ArchiveError {
        ArchiveError::Anchor { path: self.path.clone(), source }
    }
}
