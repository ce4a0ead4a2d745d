//! Reading: a snapshot of synced data, taken once for each group of commits and shared by all its readers.
//!
//! Point look-ups run where they are called (some microseconds). A range runs there too as long as it finds its blocks in
//! memory and is short; what needs the disk or is long goes on a thread where blocking does no harm.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use rocksdb::{ColumnFamily, DBRawIteratorWithThreadMode, ErrorKind, ReadOptions, ReadTier, SnapshotWithThreadMode};
use self_cell::self_cell;

use super::Database;
use crate::{
    batch::Position,
    codec::prefix_end,
    engine::rules::Tables,
    keyspace::{Access, Table},
    limits::RANGE_ROWS_MAX,
    view::{Direction, Row, StoreError, View},
};

/// Rows of a range that are read inline, and keys of a `get_many`.
const INLINE_ROWS_MAX: usize = 64;

struct Reading<'a> {
    snapshot: SnapshotWithThreadMode<'a, Database>,
    /// For point look-ups; it points to the snapshot.
    options: ReadOptions,
}

self_cell!(
    struct SnapshotCell {
        owner: Arc<Database>,
        #[not_covariant]
        dependent: Reading,
    }
);

/// See the file's head.
#[derive(Clone)]
pub(super) struct RocksView(Arc<Inner>);

struct Inner {
    position: Position,
    tables: Arc<Tables>,
    cell: SnapshotCell,
}

impl RocksView {
    /// A snapshot of the database as it is now, which is as of `position`.
    pub(super) fn new(db: Arc<Database>, tables: Arc<Tables>, position: Position) -> Self {
        let cell = SnapshotCell::new(db, |db| {
            let snapshot = db.snapshot();
            let mut options = ReadOptions::default();
            options.set_snapshot(&snapshot);
            Reading { snapshot, options }
        });
        Self(Arc::new(Inner { position, tables, cell }))
    }
}

#[async_trait]
impl View for RocksView {
    fn position(&self) -> Position {
        self.0.position
    }

    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.0.get(table, key)
    }

    async fn get_many(&self, table: Table, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, StoreError> {
        if keys.len() <= INLINE_ROWS_MAX {
            return self.0.get_many(table, keys);
        }
        let (inner, keys) = (Arc::clone(&self.0), keys.to_vec());
        blocking(move || inner.get_many(table, &keys)).await
    }

    async fn range(
        &self,
        table: Table,
        start: &[u8],
        end: &[u8],
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row>, StoreError> {
        let mut range = Range::new(table, start, end, limit, direction);
        let mut rows = self.0.range(&range, INLINE_ROWS_MAX, ReadTier::BlockCache)?;
        if rows.end == End::Reached {
            return Ok(rows.rows);
        }
        range.goes_on_after(&rows.rows);
        let inner = Arc::clone(&self.0);
        let rest = blocking(move || inner.range(&range, RANGE_ROWS_MAX, ReadTier::All)).await?;
        rows.rows.extend(rest.rows);
        Ok(rows.rows)
    }
}

async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(read)
        .await
        .unwrap_or_else(|died| Err(StoreError::Read(format!("the reading thread ended early: {died}"))))
}

/// `[start, end)` of a table, and how much of it is still wanted.
struct Range {
    table: Table,
    start: Vec<u8>,
    end: Vec<u8>,
    limit: usize,
    direction: Direction,
}

impl Range {
    fn new(table: Table, start: &[u8], end: &[u8], limit: usize, direction: Direction) -> Self {
        Self { table, start: start.to_vec(), end: end.to_vec(), limit: limit.min(RANGE_ROWS_MAX), direction }
    }

    fn is_empty(&self) -> bool {
        self.limit == 0 || self.start >= self.end
    }

    /// Narrows it to what comes after `rows`, which are its first ones.
    fn goes_on_after(&mut self, rows: &[Row]) {
        self.limit -= rows.len();
        let Some(last) = rows.last() else { return };
        match self.direction {
            Direction::Forward => {
                self.start = last.key.to_vec();
                self.start.push(0);
            }
            Direction::Backward => self.end = last.key.to_vec(),
        }
    }

    /// Whether all its keys share the prefix that the table's filters know: then files without it are skipped.
    fn lies_in_one_prefix(&self, access: Access) -> bool {
        let Access::Scan { prefix_bytes } = access else { return false };
        let Some(prefix) = self.start.get(..prefix_bytes) else { return false };
        // Backwards the search begins at `end`, which must have the prefix too.
        self.end.starts_with(prefix)
            || (self.direction == Direction::Forward && prefix_end(prefix).is_some_and(|end| self.end == end))
    }
}

#[derive(PartialEq, Eq)]
enum End {
    /// The range or its limit is exhausted.
    Reached,
    /// There may be more: the rows allowed at once are read, or the next one is not in memory.
    NotReached,
}

struct Rows {
    rows: Vec<Row>,
    end: End,
}

impl Inner {
    fn table<'a>(&self, db: &'a Database, table: Table) -> Result<(&'a ColumnFamily, Access), StoreError> {
        let unknown = StoreError::UnknownTable(table.name);
        let Some(access) = self.tables.access(table) else { return Err(unknown) };
        db.cf_handle(table.name).map(|family| (family, access)).ok_or(unknown)
    }

    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        self.cell.with_dependent(|db, reading| {
            let (family, _) = self.table(db, table)?;
            let found = db.get_pinned_cf_opt(family, key, &reading.options).map_err(unreadable)?;
            Ok(found.map(|value| Bytes::copy_from_slice(&value)))
        })
    }

    fn get_many(&self, table: Table, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, StoreError> {
        if let [key] = keys {
            return Ok(vec![self.get(table, key)?]);
        }
        self.cell.with_dependent(|db, reading| {
            let (family, _) = self.table(db, table)?;
            db.batched_multi_get_cf_opt(family, keys, false, &reading.options)
                .into_iter()
                .map(|found| Ok(found.map_err(unreadable)?.map(|value| Bytes::copy_from_slice(&value))))
                .collect()
        })
    }

    /// The first rows of `range`, at most `rows_max`, as far as `tier` has them.
    fn range(&self, range: &Range, rows_max: usize, tier: ReadTier) -> Result<Rows, StoreError> {
        self.cell.with_dependent(|db, reading| {
            let (family, access) = self.table(db, range.table)?;
            if range.is_empty() {
                return Ok(Rows { rows: Vec::new(), end: End::Reached });
            }
            let mut options = ReadOptions::default();
            options.set_snapshot(&reading.snapshot);
            options.set_iterate_lower_bound(range.start.as_slice());
            options.set_iterate_upper_bound(range.end.as_slice());
            options.set_total_order_seek(!range.lies_in_one_prefix(access));
            options.set_read_tier(tier);
            let mut rows = db.raw_iterator_cf_opt(family, options);
            match range.direction {
                Direction::Forward => rows.seek(&range.start),
                Direction::Backward => rows.seek_for_prev(&range.end),
            }
            collect(&mut rows, range, rows_max)
        })
    }
}

fn collect(
    iterator: &mut DBRawIteratorWithThreadMode<'_, Database>,
    range: &Range,
    rows_max: usize,
) -> Result<Rows, StoreError> {
    let mut rows = Vec::new();
    while rows.len() < range.limit {
        if rows.len() == rows_max {
            return Ok(Rows { rows, end: End::NotReached });
        }
        let Some((key, value)) = iterator.item() else {
            return match iterator.status() {
                Ok(()) => Ok(Rows { rows, end: End::Reached }),
                Err(error) if error.kind() == ErrorKind::Incomplete => Ok(Rows { rows, end: End::NotReached }),
                Err(error) => Err(unreadable(error)),
            };
        };
        rows.push(Row { key: Bytes::copy_from_slice(key), value: Bytes::copy_from_slice(value) });
        match range.direction {
            Direction::Forward => iterator.next(),
            Direction::Backward => iterator.prev(),
        }
    }
    Ok(Rows { rows, end: End::Reached })
}

pub(super) fn unreadable(error: rocksdb::Error) -> StoreError {
    StoreError::Read(error.into_string())
}
