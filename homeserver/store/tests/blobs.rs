//! Blobs, on a real folder.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    io,
    ops::Range,
    path::Path,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use consilium_store::blob::{Blob, BlobHash, Blobs, CHUNK_BYTES, PutError};
use futures_util::{StreamExt, TryStreamExt, stream};

fn content(length: usize) -> Bytes {
    (0..=250u8).cycle().step_by(31).take(length).collect()
}

/// A moment after everything that happens here.
fn far_away() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 1_000)
}

async fn put(blobs: &Blobs, content: &Bytes, chunk: usize) -> Blob {
    let chunks: Vec<_> =
        content.chunks(chunk.max(1)).map(|chunk| Ok::<_, io::Error>(content.slice_ref(chunk))).collect();
    blobs.put_stream(stream::iter(chunks), u64::MAX).await.unwrap()
}

async fn read(blobs: &Blobs, hash: BlobHash, range: Option<Range<u64>>) -> Vec<u8> {
    let read = blobs.get_range(hash, range).await.unwrap().unwrap();
    let promised = read.range.end - read.range.start;
    let chunks: Vec<Bytes> = read.into_stream().try_collect().await.unwrap();
    assert!(chunks.iter().all(|chunk| chunk.len() <= CHUNK_BYTES));
    let bytes = chunks.concat();
    assert_eq!(bytes.len() as u64, promised);
    bytes
}

fn files(folder: &Path) -> usize {
    let count = |entry: io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path) } else { 1 }
    };
    std::fs::read_dir(folder).unwrap().map(count).sum()
}

#[tokio::test]
async fn what_was_put_is_read_back_under_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    for length in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7] {
        let content = content(length);
        let blob = put(&blobs, &content, 50_000).await;
        let expected = Blob { hash: BlobHash(*blake3::hash(&content).as_bytes()), size_bytes: length as u64 };
        assert_eq!(blob, expected);
        assert_eq!(read(&blobs, blob.hash, None).await, content);
        assert_eq!(blobs.size(blob.hash).await.unwrap(), Some(length as u64));
    }
    let again = Blobs::open(folder.path()).unwrap();
    assert_eq!(again.list(None, 100).await.unwrap().len(), 6);
}

#[tokio::test]
async fn ranges_are_cut_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let content = content(2 * CHUNK_BYTES);
    let hash = put(&blobs, &content, CHUNK_BYTES).await.hash;
    let end = content.len() as u64;
    for range in [0..1, 5..5, 7..CHUNK_BYTES as u64 + 9, end - 3..end, end - 3..end + 100, end + 5..end + 9] {
        let cut = |at: u64| usize::try_from(at.min(end)).unwrap();
        let expected = content.slice(cut(range.start)..cut(range.end));
        assert_eq!(read(&blobs, hash, Some(range)).await, expected);
    }
    #[expect(clippy::reversed_empty_ranges, reason = "what is asked here")]
    let backwards = 9..5;
    assert_eq!(read(&blobs, hash, Some(backwards)).await, [0u8; 0]);
}

#[tokio::test]
async fn the_same_content_is_stored_once_even_by_many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let content = content(CHUNK_BYTES + 1);
    let puts = (1..20).map(|number| put(&blobs, &content, number * 10_000));
    let hashes: Vec<_> = stream::iter(puts).buffer_unordered(20).map(|blob| blob.hash).collect().await;
    assert!(hashes.iter().all(|hash| *hash == hashes[0]));
    assert_eq!(files(folder.path()), 1);
}

#[tokio::test]
async fn a_stream_that_breaks_off_or_is_too_large_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let piece = || Ok(content(CHUNK_BYTES));
    let broken = stream::iter([piece(), piece(), Err("gone")]);
    assert!(matches!(blobs.put_stream(broken, u64::MAX).await, Err(PutError::Source("gone"))));
    let large = stream::iter([piece(), piece(), Ok::<_, &str>(Bytes::from_static(b"1"))]);
    let size_bytes_max = 2 * CHUNK_BYTES as u64;
    let end = blobs.put_stream(large, size_bytes_max).await;
    assert!(matches!(end, Err(PutError::TooLarge { size_bytes_max: limit }) if limit == size_bytes_max));
    // A sender that goes away in the middle.
    let endless = stream::iter([piece(), piece()]).chain(stream::pending());
    let left = tokio::time::timeout(Duration::from_millis(50), blobs.put_stream(endless, u64::MAX)).await;
    assert!(left.is_err());
    for _ in 0..100 {
        if files(folder.path()) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(files(folder.path()), 0);
    let exact = stream::iter([piece(), Ok::<_, &str>(content(CHUNK_BYTES))]);
    assert!(blobs.put_stream(exact, size_bytes_max).await.is_ok());
}

#[tokio::test]
async fn an_absent_blob_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let hash = BlobHash([7; 32]);
    assert!(blobs.get_range(hash, None).await.unwrap().is_none());
    assert_eq!(blobs.size(hash).await.unwrap(), None);
    assert!(!blobs.delete(hash, far_away()).await.unwrap());
    assert_eq!(blobs.list(None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn only_what_was_put_before_the_cutoff_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let content = content(10);
    let hash = put(&blobs, &content, 10).await.hash;
    let name = hash.to_string();
    let file = std::fs::File::open(folder.path().join(&name[..2]).join(&name[2..4]).join(&name)).unwrap();
    let hour = Duration::from_hours(1);
    let long_ago = file.metadata().unwrap().modified().unwrap() - 2 * hour;
    file.set_modified(long_ago).unwrap();
    assert!(!blobs.delete(hash, long_ago).await.unwrap());
    // Somebody puts it again while the sweep is under way.
    put(&blobs, &content, 10).await;
    assert!(!blobs.delete(hash, long_ago + hour).await.unwrap());
    assert_eq!(read(&blobs, hash, None).await, content);
    assert!(blobs.delete(hash, long_ago + 3 * hour).await.unwrap());
    assert!(blobs.get_range(hash, None).await.unwrap().is_none());
}

#[tokio::test]
async fn a_blob_deleted_while_it_is_read_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let content = content(3 * CHUNK_BYTES);
    let hash = put(&blobs, &content, CHUNK_BYTES).await.hash;
    let mut chunks = Box::pin(blobs.get_range(hash, None).await.unwrap().unwrap().into_stream());
    let mut bytes = chunks.next().await.unwrap().unwrap().to_vec();
    assert!(blobs.delete(hash, far_away()).await.unwrap());
    while let Some(chunk) = chunks.next().await {
        bytes.extend(chunk.unwrap());
    }
    assert_eq!(bytes, content);
}

#[tokio::test]
async fn lists_go_through_all_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    let mut expected = Vec::new();
    for length in 0..60 {
        expected.push(put(&blobs, &content(length), 10).await);
    }
    expected.sort_unstable_by_key(|blob| blob.hash);
    let mut listed = Vec::new();
    loop {
        let page = blobs.list(listed.last().map(|blob: &Blob| blob.hash), 7).await.unwrap();
        if page.is_empty() {
            break;
        }
        assert!(page.len() <= 7);
        listed.extend(page);
    }
    assert_eq!(listed, expected);
}

#[tokio::test]
async fn what_was_being_received_at_a_crash_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    drop(Blobs::open(folder.path()).unwrap());
    std::fs::write(folder.path().join("incoming/0"), b"half").unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    assert_eq!(files(folder.path()), 0);
    put(&blobs, &content(9), 9).await;
}

#[test]
fn a_hash_is_written_and_read_as_text() {
    let hash = BlobHash(*blake3::hash(b"text").as_bytes());
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert_eq!(hash.to_string(), blake3::hash(b"text").to_hex().as_str());
    for wrong in
        ["", "ab", &hash.to_string().to_uppercase(), &format!("{hash}00"), &format!("{}zz", &hash.to_string()[2..])]
    {
        assert!(wrong.parse::<BlobHash>().is_err(), "{wrong}");
    }
}
