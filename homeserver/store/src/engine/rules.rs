//! What every engine asks of a batch in the same way: its limits, its guards, its stamps.

use std::collections::HashMap;

use bytes::{BufMut, Bytes, BytesMut};

use crate::{
    batch::{Batch, CommitError, Guard, Op, Position, Stamp},
    keyspace::{Access, Table},
    limits::{BATCH_BYTES_MAX, KEY_BYTES_MAX, VALUE_BYTES_MAX},
};

/// The tables of a store, each with its place in the list.
#[derive(Debug)]
pub(super) struct Tables(HashMap<&'static str, (usize, Access)>);

impl Tables {
    pub(super) fn new(tables: &[Table]) -> Self {
        Self(tables.iter().enumerate().map(|(place, table)| (table.name, (place, table.access))).collect())
    }

    pub(super) fn place(&self, table: Table) -> Option<usize> {
        self.0.get(table.name).map(|(place, _)| *place)
    }

    pub(super) fn access(&self, table: Table) -> Option<Access> {
        self.0.get(table.name).map(|(_, access)| *access)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.keys().copied()
    }

    /// As [`Tables::place`], of a table in a batch that [`Tables::check`] has passed.
    pub(super) fn checked_place(&self, table: Table) -> usize {
        self.place(table).expect("a checked batch names only tables of the list")
    }

    /// `Invalid` when the batch breaks a limit or names a table that is not there.
    pub(super) fn check(&self, batch: &Batch) -> Result<(), CommitError> {
        for guard in &batch.guards {
            self.check_key(guard.table(), guard.key().len())?;
        }
        for op in &batch.ops {
            self.check_op(op)?;
        }
        let bytes = batch.size_bytes();
        ensure(bytes <= BATCH_BYTES_MAX, || format!("{bytes} bytes, at most {BATCH_BYTES_MAX} fit one batch"))
    }

    fn check_op(&self, op: &Op) -> Result<(), CommitError> {
        match op {
            Op::Put { table, key, value } => {
                let access = self.check_key(*table, key.len())?;
                ensure(access != Access::Counter || value.len() == size_of::<i64>(), || {
                    format!("{} holds counters of 8 bytes", table.name)
                })?;
                check_value(*table, value.len())
            }
            Op::PutAt { table, key, value, stamp } => {
                let (in_key, in_value) = match stamp {
                    Stamp::Key { .. } => (Position::STAMP_BYTES, 0),
                    Stamp::Value => (0, Position::VERSION_BYTES),
                };
                let access = self.check_key(*table, key.len() + in_key)?;
                ensure(access != Access::Counter, || format!("{} holds counters, which bear no stamp", table.name))?;
                check_value(*table, value.len() + in_value)
            }
            Op::Delete { table, key } => self.check_key(*table, key.len()).map(|_| ()),
            Op::DeleteRange { table, start, end } => {
                self.check_key(*table, start.len())?;
                self.check_key(*table, end.len())?;
                ensure(start <= end, || format!("a range of {} ends before it starts", table.name))
            }
            Op::Add { table, key, .. } => {
                let access = self.check_key(*table, key.len())?;
                ensure(access == Access::Counter, || format!("{} does not hold counters", table.name))
            }
        }
    }

    fn check_key(&self, table: Table, bytes: usize) -> Result<Access, CommitError> {
        let Some((_, access)) = self.0.get(table.name) else {
            return Err(CommitError::Invalid(format!("the store was opened without the table {}", table.name)));
        };
        ensure((1..=KEY_BYTES_MAX).contains(&bytes), || {
            format!("a key of {} has {bytes} bytes, not 1 to {KEY_BYTES_MAX}", table.name)
        })?;
        Ok(*access)
    }
}

fn check_value(table: Table, bytes: usize) -> Result<(), CommitError> {
    ensure(bytes <= VALUE_BYTES_MAX, || {
        format!(
            "a value of {} has {bytes} bytes, at most {VALUE_BYTES_MAX} are stored; larger bytes are blobs",
            table.name
        )
    })
}

fn ensure(holds: bool, reason: impl FnOnce() -> String) -> Result<(), CommitError> {
    if holds { Ok(()) } else { Err(CommitError::Invalid(reason())) }
}

/// Checks guards in their order; `current` reads the latest value of a key.
pub(super) fn check_guards<V: AsRef<[u8]>>(
    guards: &[Guard],
    mut current: impl FnMut(Table, &[u8]) -> Result<Option<V>, CommitError>,
) -> Result<(), CommitError> {
    for (index, guard) in guards.iter().enumerate() {
        let value = current(guard.table(), guard.key())?;
        let value = value.as_ref().map(AsRef::as_ref);
        match guard {
            Guard::Absent { .. } if value.is_some() => return Err(CommitError::Conflict { guard: index }),
            Guard::Equals { version, .. } if value.and_then(Position::version_of) != Some(*version) => {
                return Err(CommitError::Conflict { guard: index });
            }
            Guard::Epoch { epoch, .. } if value.and_then(epoch_of) != Some(*epoch) => {
                return Err(CommitError::LeaseLost);
            }
            _ => {}
        }
    }
    Ok(())
}

fn epoch_of(value: &[u8]) -> Option<u64> {
    value.get(Position::VERSION_BYTES..)?.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

/// Key and value of a stamped put at `position`.
pub(super) fn stamped(key: &Bytes, value: &Bytes, stamp: Stamp, position: Position) -> (Bytes, Bytes) {
    match stamp {
        Stamp::Key { index } => {
            let mut stamped = BytesMut::with_capacity(key.len() + Position::STAMP_BYTES);
            stamped.extend_from_slice(key);
            stamped.put_u64(position.0);
            stamped.put_u16(index);
            (stamped.freeze(), value.clone())
        }
        Stamp::Value => {
            let mut stamped = BytesMut::with_capacity(Position::VERSION_BYTES + value.len());
            stamped.put_u64(position.0);
            stamped.extend_from_slice(value);
            (key.clone(), stamped.freeze())
        }
    }
}

/// A counter after `delta`; absent is 0, and the sum wraps, which keeps addition associative.
pub(super) fn added(current: Option<&[u8]>, delta: i64) -> i64 {
    let current = current.and_then(|bytes| bytes.try_into().ok()).map_or(0, i64::from_be_bytes);
    current.wrapping_add(delta)
}
