//! Reading a blob: chunk by chunk, one ahead, into buffers that are used again.

use std::{
    fs,
    io::{self, Read},
    ops::Range,
    sync::Arc,
};

use bytes::Bytes;
use futures_util::{Stream, stream};
use parking_lot::Mutex;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{CHUNK_BYTES, joined};

/// Buffers of [`CHUNK_BYTES`] that are kept for the next chunks: fresh memory costs as much as reading into it does.
const SPARE_CHUNKS: usize = 8;

/// A blob opened for reading.
#[derive(Debug)]
pub struct BlobRead {
    /// Of the whole blob.
    pub size_bytes: u64,
    /// What [`BlobRead::into_stream`] yields.
    pub range: Range<u64>,
    file: fs::File,
    spare_chunks: Arc<SpareChunks>,
}

impl BlobRead {
    pub(super) fn new(size_bytes: u64, range: Range<u64>, file: fs::File, spare_chunks: Arc<SpareChunks>) -> Self {
        Self { size_bytes, range, file, spare_chunks }
    }

    /// Chunks of at most [`CHUNK_BYTES`]; one is read ahead while another is on its way.
    pub fn into_stream(self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        let Self { range, file, spare_chunks, .. } = self;
        let first = ReadAhead::start(file, range.end - range.start, spare_chunks);
        stream::try_unfold(first, |reading| async move {
            let Some(mut reading) = reading else { return Ok(None) };
            let (chunk, file) = joined(&mut reading.under_way).await?;
            let spare_chunks = Arc::clone(&chunk.home);
            Ok(Some((Bytes::from_owner(chunk), ReadAhead::start(file, reading.left, spare_chunks))))
        })
    }
}

/// Buffers that chunks were read into and that nobody uses now.
#[derive(Debug, Default)]
pub(super) struct SpareChunks(Mutex<Vec<Vec<u8>>>);

/// A chunk that was read. Its buffer is spare again when the last who uses its bytes has dropped them.
struct Chunk {
    bytes: Vec<u8>,
    home: Arc<SpareChunks>,
}

impl SpareChunks {
    fn take(self: Arc<Self>) -> Chunk {
        let spare = self.0.lock().pop();
        Chunk { bytes: spare.unwrap_or_else(|| Vec::with_capacity(CHUNK_BYTES)), home: self }
    }
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        let mut spare = self.home.0.lock();
        if spare.len() < SPARE_CHUNKS {
            spare.push(bytes);
        }
    }
}

/// The next chunk of a blob, on its way from the disk.
struct ReadAhead {
    under_way: JoinHandle<io::Result<(Chunk, fs::File)>>,
    /// Bytes behind that chunk.
    left: u64,
}

impl ReadAhead {
    /// `None` when nothing is left to read.
    fn start(mut file: fs::File, left: u64, spare_chunks: Arc<SpareChunks>) -> Option<Self> {
        if left == 0 {
            return None;
        }
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(CHUNK_BYTES);
        let under_way = spawn_blocking(move || {
            let mut chunk = spare_chunks.take();
            (&mut file).take(wanted as u64).read_to_end(&mut chunk.bytes)?;
            if chunk.bytes.len() < wanted { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok((chunk, file)) }
        });
        Some(Self { under_way, left: left - wanted as u64 })
    }
}
