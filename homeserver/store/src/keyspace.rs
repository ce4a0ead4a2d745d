//! Typed keyspaces: the domain names a [`Keyspace`], never bytes.
//!
//! A keyspace lies in a [`Table`] (a column family or SQL table); its keys are tuples in an order-preserving encoding
//! ([`crate::codec::Key`]), its values are versioned ([`crate::codec::Value`]).

use std::marker::PhantomData;

/// How a table is read: it decides bloom filters and prefix extractors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Point look-ups.
    Point,
    /// Scans below a key prefix of this many bytes.
    Scan { prefix_bytes: usize },
    /// Counters changed by `Add`.
    Counter,
}

/// A table of the store: a column family named by its access pattern. The full list is handed to the engine at open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    pub name: &'static str,
    pub access: Access,
}

/// Keys `K` to values `V` in `table`, below the one-byte `tag` that keeps keyspaces of one table apart.
#[derive(Debug)]
pub struct Keyspace<K: ?Sized, V: ?Sized> {
    pub table: Table,
    pub tag: u8,
    types: PhantomData<fn() -> (Box<K>, Box<V>)>,
}

impl<K: ?Sized, V: ?Sized> Keyspace<K, V> {
    pub const fn new(table: Table, tag: u8) -> Self {
        Self { table, tag, types: PhantomData }
    }
}

impl<K: ?Sized, V: ?Sized> Clone for Keyspace<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: ?Sized, V: ?Sized> Copy for Keyspace<K, V> {}
