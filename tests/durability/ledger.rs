//! What the writer writes and how it is checked: batches that prove themselves whole.
//!
//! Batch `number` of `writer` puts two stream rows, a row of its own and its head, counts, and deletes its row before
//! last; each names the others, so that half a batch, a lost, a doubled or a reordered one is seen.

use std::{collections::HashMap, path::Path, sync::Arc};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use consilium_store::{
    Access, Batch, Direction, Keyspace, OpenOptions, Position, RocksEngine, SharedLimits, SharedResources, Table, View,
};

pub(crate) const WRITERS: u64 = 8;

const POINTS: Table = Table { name: "points", access: Access::Point };
const SCANS: Table = Table { name: "scans", access: Access::Scan { prefix_bytes: 9 } };
const COUNTERS: Table = Table { name: "counters", access: Access::Counter };

/// `(writer, number)` by the place of the commit; two rows for each.
const STREAM: Keyspace<(Position, u16), Bytes> = Keyspace::new(SCANS, 1);
/// The last row and the one before it of each writer.
const ROWS: Keyspace<(u64, u64), Bytes> = Keyspace::new(SCANS, 2);
/// The number of the last batch of a writer.
const HEADS: Keyspace<(u64,), u64> = Keyspace::new(POINTS, 1);
const COUNT: Keyspace<(), i64> = Keyspace::new(COUNTERS, 1);

/// What the store holds after the batches that it is asked about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) position: u64,
    /// The last number of each writer.
    pub(crate) heads: HashMap<u64, u64>,
    /// `(writer, number)` of each position that was looked at.
    pub(crate) batches: HashMap<u64, (u64, u64)>,
}

/// Small write buffers: files are flushed and compacted all the time, so that a kill meets that too.
pub(crate) fn open(folder: &Path, reserve_bytes: u64) -> Result<RocksEngine> {
    let shared = SharedResources::new(SharedLimits { block_cache_bytes: 4 << 20, write_buffer_bytes: 512 << 10 });
    let options = OpenOptions { reserve_bytes, ..OpenOptions::named("durability") };
    Ok(RocksEngine::open_blocking(folder, &[POINTS, SCANS, COUNTERS], &shared, options)?)
}

/// The version of a writer's head and the number of its last batch; 0 before the first.
pub(crate) async fn head(view: &dyn View, writer: u64) -> Result<(Option<Position>, u64)> {
    let head = HEADS.get_versioned(view, &(writer,)).await?;
    Ok(head.map_or((None, 0), |(version, number)| (Some(version), number)))
}

pub(crate) fn batch(writer: u64, number: u64, head: Option<Position>) -> Batch {
    let mut batch = Batch::new();
    match head {
        Some(version) => HEADS.guard_equals(&mut batch, &(writer,), version),
        None => HEADS.guard_absent(&mut batch, &(writer,)),
    }
    STREAM.put_stamped(&mut batch, &(), 0, &name(writer, number));
    ROWS.put(&mut batch, &(writer, number), &row(writer, number));
    if number.is_multiple_of(2) {
        ROWS.delete_range(&mut batch, &(writer,), &(writer, number - 1));
    } else if let Some(last) = number.checked_sub(2) {
        ROWS.delete(&mut batch, &(writer, last));
    }
    COUNT.add(&mut batch, &(), 1);
    HEADS.put_versioned(&mut batch, &(writer,), &number);
    STREAM.put_stamped(&mut batch, &(), 1, &name(writer, number));
    batch
}

fn name(writer: u64, number: u64) -> Bytes {
    format!("{writer}/{number}").into()
}

/// Up to 4 kB, so that records of the log begin and end everywhere.
fn row(writer: u64, number: u64) -> Bytes {
    let length = usize::try_from((writer * 7_919 + number * 104_729) % 4_000).expect("below 4,000");
    format!("{writer}/{number} ").bytes().cycle().take(length).collect::<Vec<_>>().into()
}

/// Checks every batch after `before` and that nothing is missing, doubled or half there.
pub(crate) async fn check(view: Arc<dyn View>, before: &Found) -> Result<Found> {
    let mut found = Found { position: view.position().0, heads: before.heads.clone(), batches: HashMap::new() };
    ensure!(found.position >= before.position, "positions went back from {} to {}", before.position, found.position);
    let mut expected = before.position + 1;
    loop {
        let (start, end) = ((Position(expected),), (Position(u64::MAX),));
        let rows = STREAM.scan_range(&*view, &start, &end, 10_000, Direction::Forward).await?;
        if rows.is_empty() {
            break;
        }
        for pair in rows.chunks(2) {
            let [((position, 0), first), ((same, 1), second)] = pair else {
                anyhow::bail!("position {expected}: half a batch or a stranger: {pair:?}")
            };
            ensure!(position.0 == expected && same == position, "position {expected} is missing: {pair:?}");
            ensure!(first == second, "position {expected}: {pair:?}");
            let name = std::str::from_utf8(first)?;
            let (writer, number) = name.split_once('/').context("not a name")?;
            let (writer, number) = (writer.parse()?, number.parse()?);
            let last = found.heads.insert(writer, number).unwrap_or(0);
            ensure!(number == last + 1, "writer {writer} has {number} after {last}");
            found.batches.insert(expected, (writer, number));
            expected += 1;
        }
    }
    ensure!(expected == found.position + 1, "the last rows are at {expected}, the position is {}", found.position);
    check_rows(&*view, &found).await?;
    Ok(found)
}

async fn check_rows(view: &dyn View, found: &Found) -> Result<()> {
    let count = COUNT.get(view, &()).await?.unwrap_or(0);
    ensure!(u64::try_from(count)? == found.position, "{count} batches were counted, not {}", found.position);
    for writer in 0..WRITERS {
        let (version, number) = head(view, writer).await?;
        ensure!(number == found.heads.get(&writer).copied().unwrap_or(0), "writer {writer} has the head {number}");
        if let Some(version) = version.filter(|version| found.batches.contains_key(&version.0)) {
            ensure!(found.batches[&version.0] == (writer, number), "writer {writer}'s head has another's position");
        }
        let rows = ROWS.scan(view, &(writer,), 10, Direction::Forward).await?;
        let expected: Vec<_> =
            (number.saturating_sub(1).max(1)..=number).map(|number| ((writer, number), row(writer, number))).collect();
        ensure!(
            rows == expected,
            "writer {writer} has other rows: {:?}",
            rows.iter().map(|row| row.0).collect::<Vec<_>>()
        );
    }
    Ok(())
}
