//! Typed keyspaces: the domain names a [`Keyspace`], never bytes.
//!
//! A keyspace lies in a [`Table`] (a column family or SQL table); its keys are tuples in an order-preserving encoding
//! ([`crate::codec::Key`]), its values are versioned ([`crate::codec::Value`]).

use std::marker::PhantomData;

use bytes::Bytes;

use crate::{
    batch::{Batch, Guard, Op, Position, Stamp},
    codec::{Key, Value, corrupt, prefix_end},
    view::{Direction, Row, StoreError, View},
};

/// How a table is read: it decides bloom filters and prefix extractors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Point look-ups.
    Point,
    /// Scans below a key prefix of this many bytes, the tag counted.
    Scan { prefix_bytes: usize },
    /// Counters changed by `Add`: every value is an i64, big endian.
    Counter,
}

/// A table of the store: a column family named by its access pattern. The full list is handed to the engine at open.
///
/// A table is known by its name: lower-case letters, digits and `_`. The names `default` and `meta` are the engine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    pub name: &'static str,
    pub access: Access,
}

/// Keys `K` to values `V` in `table`, below the one-byte `tag` that keeps keyspaces of one table apart.
#[derive(Debug)]
pub struct Keyspace<K, V> {
    pub table: Table,
    pub tag: u8,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K, V> Keyspace<K, V> {
    /// The tag is below 255, so that there is always a key after all those of the keyspace.
    pub const fn new(table: Table, tag: u8) -> Self {
        assert!(tag < u8::MAX, "tag 255 is kept free as the end of tag 254");
        Self { table, tag, types: PhantomData }
    }

    /// Room for the keys that are common: a tag and four numbers.
    const KEY_BYTES_USUAL: usize = 40;

    fn encoded<P: Key>(&self, part: &P) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::KEY_BYTES_USUAL);
        bytes.push(self.tag);
        part.encode(&mut bytes);
        bytes
    }

    /// `[start, end)` of all keys below `prefix`.
    fn prefix_bounds<P: Key>(&self, prefix: &P) -> (Bytes, Bytes) {
        let start = Bytes::from(self.encoded(prefix));
        let end = prefix_end(&start).expect("the tag is below 255");
        (start, end)
    }
}

/// Reading. Errors: `Read` from the engine, `Corrupt` when stored bytes are not what the keyspace says.
impl<K: Key, V: Value> Keyspace<K, V> {
    /// The stored bytes of a key: the tag, then its encoding.
    pub fn key(&self, k: &K) -> Bytes {
        self.encoded(k).into()
    }

    pub async fn get(&self, view: &dyn View, k: &K) -> Result<Option<V>, StoreError> {
        view.get(self.table, &self.encoded(k)).await?.map(|bytes| self.value(&bytes)).transpose()
    }

    /// A value written by [`Keyspace::put_versioned`], with the position of the commit that wrote it.
    pub async fn get_versioned(&self, view: &dyn View, k: &K) -> Result<Option<(Position, V)>, StoreError> {
        view.get(self.table, &self.encoded(k)).await?.map(|bytes| self.versioned(&bytes)).transpose()
    }

    /// Values in the order of `ks`.
    pub async fn get_many(&self, view: &dyn View, ks: &[K]) -> Result<Vec<Option<V>>, StoreError> {
        let keys: Vec<Bytes> = ks.iter().map(|k| self.key(k)).collect();
        let found = view.get_many(self.table, &keys).await?;
        found.into_iter().map(|bytes| bytes.map(|bytes| self.value(&bytes)).transpose()).collect()
    }

    /// As [`Keyspace::get_many`], of values written by [`Keyspace::put_versioned`].
    pub async fn get_many_versioned(
        &self,
        view: &dyn View,
        ks: &[K],
    ) -> Result<Vec<Option<(Position, V)>>, StoreError> {
        let keys: Vec<Bytes> = ks.iter().map(|k| self.key(k)).collect();
        let found = view.get_many(self.table, &keys).await?;
        found.into_iter().map(|bytes| bytes.map(|bytes| self.versioned(&bytes)).transpose()).collect()
    }

    /// Rows whose key begins with `prefix` (a shorter tuple, or `()` for all), at most `limit`
    /// (≤ [`crate::limits::RANGE_ROWS_MAX`]), in `direction`.
    pub async fn scan<P: Key>(
        &self,
        view: &dyn View,
        prefix: &P,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<(K, V)>, StoreError> {
        let (start, end) = self.prefix_bounds(prefix);
        let rows = view.range(self.table, &start, &end, limit, direction).await?;
        rows.iter().map(|row| self.row(row)).collect()
    }

    /// As [`Keyspace::scan`], of values written by [`Keyspace::put_versioned`].
    pub async fn scan_versioned<P: Key>(
        &self,
        view: &dyn View,
        prefix: &P,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<(K, Position, V)>, StoreError> {
        let (start, end) = self.prefix_bounds(prefix);
        let rows = view.range(self.table, &start, &end, limit, direction).await?;
        rows.iter().map(|row| self.versioned_row(row)).collect()
    }

    /// As [`Keyspace::scan_range`], of values written by [`Keyspace::put_versioned`].
    pub async fn scan_range_versioned<A: Key, B: Key>(
        &self,
        view: &dyn View,
        start: &A,
        end: &B,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<(K, Position, V)>, StoreError> {
        let (start, end) = (self.encoded(start), self.encoded(end));
        let rows = view.range(self.table, &start, &end, limit, direction).await?;
        rows.iter().map(|row| self.versioned_row(row)).collect()
    }

    /// Rows of `[start, end)`, at most `limit` (≤ [`crate::limits::RANGE_ROWS_MAX`]), in `direction`. The bounds may be
    /// shorter tuples; none when `start ≥ end`.
    pub async fn scan_range<A: Key, B: Key>(
        &self,
        view: &dyn View,
        start: &A,
        end: &B,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<(K, V)>, StoreError> {
        let (start, end) = (self.encoded(start), self.encoded(end));
        let rows = view.range(self.table, &start, &end, limit, direction).await?;
        rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&self, row: &Row) -> Result<(K, V), StoreError> {
        Ok((self.decoded_key(&row.key)?, self.value(&row.value)?))
    }

    fn versioned_row(&self, row: &Row) -> Result<(K, Position, V), StoreError> {
        let (version, value) = self.versioned(&row.value)?;
        Ok((self.decoded_key(&row.key)?, version, value))
    }

    fn decoded_key(&self, key: &[u8]) -> Result<K, StoreError> {
        key.strip_prefix(&[self.tag])
            .and_then(|mut rest| K::decode(&mut rest).filter(|_| rest.is_empty()))
            .ok_or_else(|| corrupt(self.table.name, format!("its key below tag {} has another form", self.tag)))
    }

    fn value(&self, bytes: &Bytes) -> Result<V, StoreError> {
        V::decode(self.table.name, bytes)
    }

    fn versioned(&self, bytes: &Bytes) -> Result<(Position, V), StoreError> {
        let version =
            Position::version_of(bytes).ok_or_else(|| corrupt(self.table.name, "it has no version in front".into()))?;
        Ok((version, self.value(&bytes.slice(Position::VERSION_BYTES..))?))
    }
}

/// Writing: each adds one guard or operation to a batch.
impl<K: Key, V: Value> Keyspace<K, V> {
    pub fn put(&self, batch: &mut Batch, k: &K, v: &V) {
        batch.ops.push(Op::Put { table: self.table, key: self.key(k), value: v.encode() });
    }

    /// Puts a value with the position of its commit in front: its version for [`Keyspace::guard_equals`].
    pub fn put_versioned(&self, batch: &mut Batch, k: &K, v: &V) {
        batch.ops.push(Op::PutAt { table: self.table, key: self.key(k), value: v.encode(), stamp: Stamp::Value });
    }

    /// Puts below `prefix` at the place of the commit: the key is read back as `K = (P…, Position or u64, u16)`.
    /// `index` keeps several such rows of one batch apart and in order.
    pub fn put_stamped<P: Key>(&self, batch: &mut Batch, prefix: &P, index: u16, v: &V) {
        let stamp = Stamp::Key { index };
        let key = self.encoded(prefix).into();
        batch.ops.push(Op::PutAt { table: self.table, key, value: v.encode(), stamp });
    }

    pub fn delete(&self, batch: &mut Batch, k: &K) {
        batch.ops.push(Op::Delete { table: self.table, key: self.key(k) });
    }

    /// Deletes every key that begins with `prefix`, those written earlier in the batch included.
    pub fn delete_prefix<P: Key>(&self, batch: &mut Batch, prefix: &P) {
        let (start, end) = self.prefix_bounds(prefix);
        batch.ops.push(Op::DeleteRange { table: self.table, start, end });
    }

    /// Deletes the keys of `[start, end)`; the bounds may be shorter tuples.
    pub fn delete_range<A: Key, B: Key>(&self, batch: &mut Batch, start: &A, end: &B) {
        let (start, end) = (self.encoded(start).into(), self.encoded(end).into());
        batch.ops.push(Op::DeleteRange { table: self.table, start, end });
    }

    /// The batch is refused when `k` has a value.
    pub fn guard_absent(&self, batch: &mut Batch, k: &K) {
        batch.guards.push(Guard::Absent { table: self.table, key: self.key(k) });
    }

    /// The batch is refused unless the value of `k` was put by [`Keyspace::put_versioned`] in the commit `version`.
    pub fn guard_equals(&self, batch: &mut Batch, k: &K, version: Position) {
        batch.guards.push(Guard::Equals { table: self.table, key: self.key(k), version });
    }
}

/// Leases: a versioned u64 is the epoch of the lease.
impl<K: Key> Keyspace<K, u64> {
    /// The batch is refused unless the value of `k`, put by [`Keyspace::put_versioned`], is `epoch`.
    pub fn guard_epoch(&self, batch: &mut Batch, k: &K, epoch: u64) {
        batch.guards.push(Guard::Epoch { table: self.table, key: self.key(k), epoch });
    }
}

/// Counters, in a table of [`Access::Counter`].
impl<K: Key> Keyspace<K, i64> {
    /// Adds `delta`; an absent counter is 0. Wraps at the ends of i64.
    pub fn add(&self, batch: &mut Batch, k: &K, delta: i64) {
        batch.ops.push(Op::Add { table: self.table, key: self.key(k), delta });
    }
}
