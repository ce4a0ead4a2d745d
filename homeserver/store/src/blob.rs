//! Blobs: bytes too large for a value, as files named by the hash of their content.
//!
//! ```text
//! <folder>/ab/cd/abcd…      a whole blob, named by its BLAKE3 hash in hex; never changed
//! <folder>/incoming/<n>     one that is being received; removed when the folder is opened
//! ```
//!
//! - What [`Blobs::put_stream`] acknowledges is on synced disk: file, name and folders.
//! - Bytes stream in both directions; at most [`CHUNK_BYTES`] twice over are in memory for each transfer, and no thread is
//!   held while the other side is slow.
//! - References are counted by the user, in the key-value store. Between `put_stream` and the commit of the reference a
//!   blob looks abandoned; so a sweep deletes only what was put before its cutoff ([`Blobs::delete`]), and putting the
//!   same content again counts as putting it anew.
//!
//! One process owns the folder. Encryption, quotas and types of content are deliberately absent.

mod read;

use std::{
    fmt, fs,
    io::{self, Seek, SeekFrom, Write},
    ops::Range,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::SystemTime,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use parking_lot::Mutex;
use tokio::task::{JoinHandle, spawn_blocking};

pub use read::BlobRead;
use read::SpareChunks;

/// What is written or read at once, in bytes: large enough that changing threads costs little.
pub const CHUNK_BYTES: usize = 256 << 10;

/// A received file's bytes are synced each time when this many have come, so that no upload ends with a long sync.
const SYNC_EVERY_BYTES: usize = 2 << 20;

/// Blobs that one [`Blobs::list`] returns at most.
pub const LIST_MAX: usize = 10_000;

/// Locks that keep putting and deleting one blob apart; two blobs seldom share one.
const LOCKS: usize = 64;

const INCOMING: &str = "incoming";

/// The BLAKE3 hash of a blob's content. As text: 64 hexadecimal digits, lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(pub [u8; 32]);

impl fmt::Display for BlobHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a blob is named by 64 lower-case hexadecimal digits")]
pub struct NotABlobHash;

impl FromStr for BlobHash {
    type Err = NotABlobHash;

    fn from_str(text: &str) -> Result<Self, NotABlobHash> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NotABlobHash),
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut hash = [0; 32];
        if pairs.len() != hash.len() || !rest.is_empty() {
            return Err(NotABlobHash);
        }
        for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Ok(Self(hash))
    }
}

/// A stored blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob {
    pub hash: BlobHash,
    pub size_bytes: u64,
}

/// Why a blob was not stored; nothing of it remains.
#[derive(Debug, thiserror::Error)]
pub enum PutError<E> {
    #[error("the stream of its bytes broke off")]
    Source(#[source] E),
    #[error("it is larger than the {size_bytes_max} bytes allowed")]
    TooLarge { size_bytes_max: u64 },
    #[error("the disk is full")]
    Full,
    #[error("it cannot be written")]
    Disk(#[source] io::Error),
}

impl<E> From<io::Error> for PutError<E> {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Disk(error),
        }
    }
}

/// The blobs in one folder. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<Folder>);

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    next_incoming: AtomicU64,
    locks: [Mutex<()>; LOCKS],
    spare_chunks: Arc<SpareChunks>,
}

impl Blobs {
    /// Opens the folder or creates it, and removes what was being received when the process last ended. Blocks.
    pub fn open(path: &Path) -> io::Result<Self> {
        let incoming = path.join(INCOMING);
        match fs::remove_dir_all(&incoming) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => private_folders().recursive(true).create(&incoming)?,
        }
        sync_folder(path)?;
        let locks = std::array::from_fn(|_| Mutex::new(()));
        let path = path.to_owned();
        let folder = Folder { path, next_incoming: AtomicU64::new(0), locks, spare_chunks: Arc::default() };
        Ok(Self(Arc::new(folder)))
    }

    /// Stores the bytes of `source`, at most `size_bytes_max`; durable when `Ok`. The same content is stored once.
    pub async fn put_stream<E>(
        &self,
        source: impl Stream<Item = Result<Bytes, E>>,
        size_bytes_max: u64,
    ) -> Result<Blob, PutError<E>> {
        let mut source = std::pin::pin!(source);
        let mut size_bytes = 0u64;
        let mut writing = Writing::start(Arc::clone(&self.0));
        while let Some(bytes) = source.next().await {
            let bytes = bytes.map_err(PutError::Source)?;
            size_bytes = size_bytes.saturating_add(bytes.len() as u64);
            if size_bytes > size_bytes_max {
                return Err(PutError::TooLarge { size_bytes_max });
            }
            writing.add(bytes).await?;
        }
        let hash = writing.finish().await?;
        Ok(Blob { hash, size_bytes })
    }

    /// The blob's size in bytes, if it is there.
    pub async fn size(&self, hash: BlobHash) -> io::Result<Option<u64>> {
        let path = self.0.path_of(hash);
        blocking(move || found(fs::metadata(path).map(|metadata| metadata.len()))).await
    }

    /// The bytes of `range` (cut at the blob's end), or all; `None` when there is no such blob.
    pub async fn get_range(&self, hash: BlobHash, range: Option<Range<u64>>) -> io::Result<Option<BlobRead>> {
        let path = self.0.path_of(hash);
        let opened = move || {
            found(fs::File::open(path).and_then(|file| {
                let size_bytes = file.metadata()?.len();
                Ok((file, size_bytes))
            }))
        };
        let Some((mut file, size_bytes)) = blocking(opened).await? else { return Ok(None) };
        let range = range.map_or(0..size_bytes, |range| range.start.min(size_bytes)..range.end.min(size_bytes));
        let range = range.start..range.end.max(range.start);
        file.seek(SeekFrom::Start(range.start))?;
        Ok(Some(BlobRead::new(size_bytes, range, file, Arc::clone(&self.0.spare_chunks))))
    }

    /// Deletes a blob that was last put before `put_before`; whether it did.
    pub async fn delete(&self, hash: BlobHash, put_before: SystemTime) -> io::Result<bool> {
        let folder = Arc::clone(&self.0);
        blocking(move || folder.delete(hash, put_before)).await
    }

    /// Blobs after `after` in the order of their hashes, at most `limit` (≤ [`LIST_MAX`]).
    pub async fn list(&self, after: Option<BlobHash>, limit: usize) -> io::Result<Vec<Blob>> {
        let folder = Arc::clone(&self.0);
        blocking(move || folder.list(after, limit.min(LIST_MAX))).await
    }
}

impl Folder {
    fn path_of(&self, hash: BlobHash) -> PathBuf {
        let name = hash.to_string();
        self.path.join(&name[..2]).join(&name[2..4]).join(name)
    }

    fn lock(&self, hash: BlobHash) -> &Mutex<()> {
        &self.locks[usize::from(hash.0[0]) % LOCKS]
    }

    /// Gives a received file its name; all synced. One that is there already only becomes new.
    fn adopt(&self, incoming: &Incoming, file: &fs::File, hash: BlobHash) -> io::Result<()> {
        let path = self.path_of(hash);
        let (leaf, middle) = (parent(&path), parent(parent(&path)));
        let _guard = self.lock(hash).lock();
        match fs::File::open(&path) {
            Ok(existing) => existing.set_modified(file.metadata()?.modified()?)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                file.sync_all()?;
                create_folder(middle)?;
                create_folder(leaf)?;
                fs::rename(&incoming.path, &path)?;
            }
            Err(error) => return Err(error),
        }
        // Also of one that is there: who put it may not have come so far yet.
        sync_folder(leaf)
    }

    fn delete(&self, hash: BlobHash, put_before: SystemTime) -> io::Result<bool> {
        let path = self.path_of(hash);
        let _guard = self.lock(hash).lock();
        let put = found(fs::metadata(&path).and_then(|metadata| metadata.modified()))?;
        if put.is_none_or(|put| put >= put_before) {
            return Ok(false);
        }
        fs::remove_file(&path)?;
        sync_folder(parent(&path))?;
        Ok(true)
    }

    fn list(&self, after: Option<BlobHash>, limit: usize) -> io::Result<Vec<Blob>> {
        let after = after.map(|hash| hash.to_string()).unwrap_or_default();
        // Folders are named by the first digits, so what sorts before those of `after` holds nothing that is wanted.
        let begins = |name: &str| *name >= after[..after.len().min(name.len())];
        let mut blobs = Vec::new();
        for outer in names(&self.path)?.into_iter().filter(|name| name.len() == 2 && begins(name)) {
            for inner in names(&self.path.join(&outer))?.into_iter().filter(|name| begins(&format!("{outer}{name}"))) {
                let leaf = self.path.join(&outer).join(&inner);
                for name in names(&leaf)?.into_iter().filter(|name| *name > after) {
                    if blobs.len() == limit {
                        return Ok(blobs);
                    }
                    let Ok(hash) = name.parse() else { continue };
                    // One may be deleted meanwhile.
                    if let Some(metadata) = found(fs::metadata(leaf.join(name)))? {
                        blobs.push(Blob { hash, size_bytes: metadata.len() });
                    }
                }
            }
        }
        Ok(blobs)
    }
}

/// A blob that is being received: chunks are gathered here while the last ones are hashed and written elsewhere.
struct Writing {
    folder: Arc<Folder>,
    gathered: Vec<Bytes>,
    gathered_bytes: usize,
    under_way: JoinHandle<io::Result<Written>>,
}

/// What has been written so far.
struct Written {
    incoming: Incoming,
    file: fs::File,
    hasher: blake3::Hasher,
    unsynced_bytes: usize,
    /// A sync of what came first, while the rest still comes. Its error is the write's: the system tells it once.
    syncing: Option<thread::JoinHandle<io::Result<()>>>,
}

/// The name of a file that is being received; it goes with the value.
struct Incoming {
    path: PathBuf,
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // It is gone when it was adopted; a leftover goes when the folder is opened the next time.
        drop(fs::remove_file(&self.path));
    }
}

impl Writing {
    fn start(folder: Arc<Folder>) -> Self {
        let number = folder.next_incoming.fetch_add(1, Ordering::Relaxed);
        let path = folder.path.join(INCOMING).join(number.to_string());
        let under_way = spawn_blocking(move || {
            let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            Ok(Written {
                incoming: Incoming { path },
                file,
                hasher: blake3::Hasher::new(),
                unsynced_bytes: 0,
                syncing: None,
            })
        });
        Self { folder, gathered: Vec::new(), gathered_bytes: 0, under_way }
    }

    async fn add(&mut self, bytes: Bytes) -> io::Result<()> {
        self.gathered_bytes += bytes.len();
        self.gathered.push(bytes);
        if self.gathered_bytes < CHUNK_BYTES {
            return Ok(());
        }
        let written = joined(&mut self.under_way).await?;
        let gathered = std::mem::take(&mut self.gathered);
        self.gathered_bytes = 0;
        self.under_way = spawn_blocking(move || written.write(&gathered));
        Ok(())
    }

    async fn finish(mut self) -> io::Result<BlobHash> {
        let written = joined(&mut self.under_way).await?;
        blocking(move || {
            let mut written = written.write(&self.gathered)?;
            written.end_sync()?;
            let hash = BlobHash(*written.hasher.finalize().as_bytes());
            self.folder.adopt(&written.incoming, &written.file, hash)?;
            Ok(hash)
        })
        .await
    }
}

impl Written {
    fn write(mut self, chunks: &[Bytes]) -> io::Result<Self> {
        for chunk in chunks {
            self.hasher.update(chunk);
            self.file.write_all(chunk)?;
            self.unsynced_bytes += chunk.len();
        }
        self.begin_sync()?;
        Ok(self)
    }

    /// The disk works while the network does: the last sync then finds little to do.
    fn begin_sync(&mut self) -> io::Result<()> {
        let is_busy = self.syncing.as_ref().is_some_and(|syncing| !syncing.is_finished());
        if self.unsynced_bytes < SYNC_EVERY_BYTES || is_busy {
            return Ok(());
        }
        self.end_sync()?;
        let file = self.file.try_clone()?;
        self.syncing = Some(thread::Builder::new().name("blob-sync".into()).spawn(move || file.sync_data())?);
        self.unsynced_bytes = 0;
        Ok(())
    }

    fn end_sync(&mut self) -> io::Result<()> {
        match self.syncing.take() {
            Some(syncing) => syncing.join().unwrap_or_else(|_| Err(io::Error::other("the sync died"))),
            None => Ok(()),
        }
    }
}

async fn joined<T>(task: &mut JoinHandle<io::Result<T>>) -> io::Result<T> {
    task.await.unwrap_or_else(|died| Err(io::Error::other(died)))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    joined(&mut spawn_blocking(work)).await
}

/// `None` for what is not there.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().expect("a blob lies two folders below the root")
}

fn private_folders() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// Creates a folder and syncs its name.
fn create_folder(path: &Path) -> io::Result<()> {
    match private_folders().create(path) {
        Ok(()) => sync_folder(parent(path)),
        // Who created it may not have synced it yet.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => sync_folder(parent(path)),
        Err(error) => Err(error),
    }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.sync_all()
}

/// The names in a folder, sorted; none when it is not there.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let Some(entries) = found(fs::read_dir(folder))? else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}
