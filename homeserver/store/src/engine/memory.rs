//! The engine in memory, for tests: nothing is durable, everything else holds as on disk.
//!
//! Each table is a persistent ordered map, so a view is a copy of a few pointers.

use std::{ops::Bound, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use imbl::OrdMap;
use parking_lot::RwLock;

use super::{
    Commit, Engine,
    rules::{Tables, added, check_guards, stamped},
};
use crate::{
    batch::{Batch, CommitError, Op, Position},
    keyspace::Table,
    limits::RANGE_ROWS_MAX,
    view::{Direction, Row, StoreError, View},
};

type Rows = OrdMap<Bytes, Bytes>;

/// See the file's head.
#[derive(Debug)]
pub struct MemoryEngine {
    state: RwLock<State>,
}

#[derive(Debug)]
struct State {
    snapshot: Arc<Snapshot>,
    is_closed: bool,
}

#[derive(Clone, Debug)]
struct Snapshot {
    tables: Arc<Tables>,
    position: Position,
    rows: Vec<Rows>,
}

impl MemoryEngine {
    pub fn new(tables: &[Table]) -> Self {
        let snapshot = Snapshot {
            tables: Arc::new(Tables::new(tables)),
            position: Position::default(),
            rows: vec![Rows::new(); tables.len()],
        };
        Self { state: RwLock::new(State { snapshot: Arc::new(snapshot), is_closed: false }) }
    }

    fn apply(&self, batch: &Batch) -> Result<Position, CommitError> {
        let mut state = self.state.write();
        if state.is_closed {
            return Err(CommitError::Unavailable("it is closed".into()));
        }
        let mut next = Snapshot::clone(&state.snapshot);
        next.tables.check(batch)?;
        check_guards(&batch.guards, |table, key| Ok(next.rows[next.tables.checked_place(table)].get(key)))?;
        next.position = next.position.next();
        for op in &batch.ops {
            next.apply(op);
        }
        let position = next.position;
        state.snapshot = Arc::new(next);
        Ok(position)
    }
}

#[async_trait]
impl Engine for MemoryEngine {
    fn view(&self) -> Arc<dyn View> {
        self.state.read().snapshot.clone()
    }

    fn submit(&self, batch: Batch) -> Commit {
        Commit::known(self.apply(&batch))
    }

    fn position(&self) -> Position {
        self.state.read().snapshot.position
    }

    async fn close(&self) {
        self.state.write().is_closed = true;
    }
}

impl Snapshot {
    fn rows(&self, table: Table) -> Result<&Rows, StoreError> {
        self.tables.place(table).map(|place| &self.rows[place]).ok_or(StoreError::UnknownTable(table.name))
    }

    fn rows_mut(&mut self, table: Table) -> &mut Rows {
        let place = self.tables.checked_place(table);
        &mut self.rows[place]
    }

    fn apply(&mut self, op: &Op) {
        match op {
            Op::Put { table, key, value } => {
                self.rows_mut(*table).insert(key.clone(), value.clone());
            }
            Op::PutAt { table, key, value, stamp } => {
                let (key, value) = stamped(key, value, *stamp, self.position);
                self.rows_mut(*table).insert(key, value);
            }
            Op::Delete { table, key } => {
                self.rows_mut(*table).remove(key);
            }
            Op::DeleteRange { table, start, end } => {
                let rows = self.rows_mut(*table);
                let doomed: Vec<Bytes> = rows.range(start.clone()..end.clone()).map(|(key, _)| key.clone()).collect();
                for key in doomed {
                    rows.remove(&key);
                }
            }
            Op::Add { table, key, delta } => {
                let rows = self.rows_mut(*table);
                let sum = added(rows.get(key).map(AsRef::as_ref), *delta);
                rows.insert(key.clone(), Bytes::copy_from_slice(&sum.to_be_bytes()));
            }
        }
    }
}

#[async_trait]
impl View for Snapshot {
    fn position(&self) -> Position {
        self.position
    }

    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        Ok(self.rows(table)?.get(key).cloned())
    }

    async fn get_many(&self, table: Table, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, StoreError> {
        let rows = self.rows(table)?;
        Ok(keys.iter().map(|key| rows.get(key).cloned()).collect())
    }

    async fn range(
        &self,
        table: Table,
        start: &[u8],
        end: &[u8],
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = self.rows(table)?;
        if start >= end {
            return Ok(Vec::new());
        }
        let limit = limit.min(RANGE_ROWS_MAX);
        let range = rows.range::<_, [u8]>((Bound::Included(start), Bound::Excluded(end)));
        let row = |(key, value): (&Bytes, &Bytes)| Row { key: key.clone(), value: value.clone() };
        Ok(match direction {
            Direction::Forward => range.take(limit).map(row).collect(),
            Direction::Backward => range.rev().take(limit).map(row).collect(),
        })
    }
}
