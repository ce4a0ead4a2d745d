//! Random batches against a plain map: after each step the store answers as the map does, and views kept from earlier
//! steps answer as the map did then.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, LazyLock},
};

use bytes::Bytes;
use consilium_store::{
    Access, Batch, CommitError, Direction, Guard, Op, Position, Row, Stamp, Table, View, limits::RANGE_ROWS_MAX,
};
use proptest::prelude::*;

use crate::{COUNTERS, Store, TABLES};

#[derive(Clone, Debug)]
enum Step {
    Commit(Batch),
    /// A version guard on what is there now (`true`) or was there a commit ago.
    Compare {
        table: Table,
        key: Bytes,
        is_current: bool,
    },
    KeepView,
    Range {
        table: Table,
        start: Bytes,
        end: Bytes,
        limit: usize,
        direction: Direction,
    },
    Reopen,
}

/// Few keys, so that they meet; `00` and `ff` at their ends, and lengths on both sides of the scan table's prefix.
fn key() -> impl Strategy<Value = Bytes> {
    let short = prop::collection::vec(prop::sample::select(vec![0u8, 1, 255]), 1..3);
    let long = (0u8..2, prop::sample::select(vec![0u8, 255]), 0u8..3)
        .prop_map(|(first, prefix_last, last)| vec![first, 0, 0, 0, 0, 0, 0, 0, prefix_last, last]);
    prop_oneof![short, long].prop_map(Bytes::from)
}

fn table() -> impl Strategy<Value = Table> {
    prop::sample::select(TABLES.to_vec())
}

fn value(table: Table) -> BoxedStrategy<Bytes> {
    match table.access {
        Access::Counter => any::<i64>().prop_map(|sum| Bytes::copy_from_slice(&sum.to_be_bytes())).boxed(),
        _ => prop::collection::vec(any::<u8>(), 0..20).prop_map(Bytes::from).boxed(),
    }
}

fn bounds() -> impl Strategy<Value = (Bytes, Bytes)> {
    (key(), key()).prop_map(|(a, b)| if a <= b { (a, b) } else { (b, a) })
}

fn op() -> impl Strategy<Value = Op> {
    let put = table()
        .prop_flat_map(|table| (Just(table), key(), value(table)))
        .prop_map(|(table, key, value)| Op::Put { table, key, value });
    let stamp = prop_oneof![(0u16..3).prop_map(|index| Stamp::Key { index }), Just(Stamp::Value)];
    let put_at = (prop::sample::select(TABLES[..2].to_vec()), key(), stamp).prop_map(|(table, key, stamp)| Op::PutAt {
        table,
        key,
        value: Bytes::from_static(b"stamped"),
        stamp,
    });
    let delete = (table(), key()).prop_map(|(table, key)| Op::Delete { table, key });
    let delete_range = (table(), bounds()).prop_map(|(table, (start, end))| Op::DeleteRange { table, start, end });
    let add = (key(), any::<i64>()).prop_map(|(key, delta)| Op::Add { table: COUNTERS, key, delta });
    prop_oneof![4 => put, 4 => put_at, 2 => delete, 1 => delete_range, 3 => add]
}

fn step() -> impl Strategy<Value = Step> {
    let absent = (table(), key()).prop_map(|(table, key)| Guard::Absent { table, key });
    let batch = (prop::collection::vec(absent, 0..2), prop::collection::vec(op(), 0..6))
        .prop_map(|(guards, ops)| Step::Commit(Batch { guards, ops }));
    let compare = (prop::sample::select(TABLES[..2].to_vec()), key(), any::<bool>())
        .prop_map(|(table, key, is_current)| Step::Compare { table, key, is_current });
    let limit = prop_oneof![0usize..4, Just(RANGE_ROWS_MAX + 5)];
    let direction = prop_oneof![Just(Direction::Forward), Just(Direction::Backward)];
    let range = (table(), key(), key(), limit, direction)
        .prop_map(|(table, start, end, limit, direction)| Step::Range { table, start, end, limit, direction });
    prop_oneof![12 => batch, 4 => compare, 2 => Just(Step::KeepView), 6 => range, 1 => Just(Step::Reopen)]
}

type Rows = BTreeMap<(&'static str, Bytes), Bytes>;

#[derive(Clone, Default)]
struct Model {
    rows: Rows,
    position: u64,
}

impl Model {
    fn get(&self, table: Table, key: &Bytes) -> Option<&Bytes> {
        self.rows.get(&(table.name, key.clone()))
    }

    fn version(&self, table: Table, key: &Bytes) -> Option<Position> {
        let bytes = self.get(table, key)?.get(..8)?.try_into().unwrap();
        Some(Position(u64::from_be_bytes(bytes)))
    }

    fn commit(&mut self, batch: &Batch) -> Result<Position, CommitError> {
        for (index, guard) in batch.guards.iter().enumerate() {
            let holds = match guard {
                Guard::Absent { table, key } => self.get(*table, key).is_none(),
                Guard::Equals { table, key, version } => self.version(*table, key) == Some(*version),
                Guard::Epoch { .. } => unreachable!("leases are not modelled"),
            };
            if !holds {
                return Err(CommitError::Conflict { guard: index });
            }
        }
        self.position += 1;
        batch.ops.iter().for_each(|op| self.apply(op));
        Ok(Position(self.position))
    }

    fn apply(&mut self, op: &Op) {
        let position = self.position.to_be_bytes();
        match op.clone() {
            Op::Put { table, key, value } => drop(self.rows.insert((table.name, key), value)),
            Op::PutAt { table, key, value, stamp: Stamp::Key { index } } => {
                let key = [&key[..], &position, &index.to_be_bytes()].concat();
                self.rows.insert((table.name, key.into()), value);
            }
            Op::PutAt { table, key, value, stamp: Stamp::Value } => {
                self.rows.insert((table.name, key), [&position, &value[..]].concat().into());
            }
            Op::Delete { table, key } => drop(self.rows.remove(&(table.name, key))),
            Op::DeleteRange { table, start, end } => {
                self.rows.retain(|(name, key), _| *name != table.name || *key < start || *key >= end);
            }
            Op::Add { table, key, delta } => {
                let row = self.rows.entry((table.name, key)).or_insert_with(|| Bytes::from_static(&[0; 8]));
                let sum = i64::from_be_bytes(row[..].try_into().unwrap()).wrapping_add(delta);
                *row = Bytes::copy_from_slice(&sum.to_be_bytes());
            }
        }
    }

    fn range(&self, table: Table, start: &Bytes, end: &Bytes, limit: usize, direction: Direction) -> Vec<Row> {
        if start >= end {
            return Vec::new();
        }
        let bounds = (Bound::Included((table.name, start.clone())), Bound::Excluded((table.name, end.clone())));
        let mut rows: Vec<Row> =
            self.rows.range(bounds).map(|((_, key), value)| Row { key: key.clone(), value: value.clone() }).collect();
        if direction == Direction::Backward {
            rows.reverse();
        }
        rows.truncate(limit);
        rows
    }
}

/// Every row, by one long range for each table and by look-ups of each key.
async fn assert_same(view: &dyn View, model: &Model) {
    assert_eq!(view.position(), Position(model.position));
    for table in TABLES {
        let end = Bytes::from_static(&[255; 32]);
        let expected = model.range(table, &Bytes::new(), &end, RANGE_ROWS_MAX, Direction::Forward);
        let rows = view.range(table, &[], &end, RANGE_ROWS_MAX, Direction::Forward).await.unwrap();
        assert_eq!(rows, expected);
        let keys: Vec<Bytes> = expected.iter().map(|row| row.key.clone()).collect();
        let values: Vec<_> = expected.into_iter().map(|row| Some(row.value)).collect();
        assert_eq!(view.get_many(table, &keys).await.unwrap(), values);
        if let (Some(key), Some(value)) = (keys.last(), values.last()) {
            assert_eq!(view.get(table, key).await.unwrap(), *value);
        }
    }
}

async fn run(mut store: Store, steps: Vec<Step>) {
    let mut model = Model::default();
    let mut before = model.clone();
    let mut kept: Vec<(Arc<dyn View>, Model)> = Vec::new();
    for step in steps {
        match step {
            Step::Commit(batch) => {
                before = model.clone();
                assert_eq!(store.commit(batch.clone()).await, model.commit(&batch));
            }
            Step::Compare { table, key, is_current } => {
                let version = if is_current { &model } else { &before }.version(table, &key).unwrap_or_default();
                let put = Op::PutAt { table, key: key.clone(), value: Bytes::new(), stamp: Stamp::Value };
                let batch = Batch { guards: vec![Guard::Equals { table, key, version }], ops: vec![put] };
                before = model.clone();
                assert_eq!(store.commit(batch.clone()).await, model.commit(&batch));
            }
            Step::KeepView => kept.push((store.view(), model.clone())),
            Step::Range { table, start, end, limit, direction } => {
                let rows = store.view().range(table, &start, &end, limit, direction).await.unwrap();
                assert_eq!(rows, model.range(table, &start, &end, limit, direction));
            }
            Step::Reopen => {
                for (view, model) in kept.drain(..) {
                    assert_same(&*view, &model).await;
                }
                store.reopen().await;
            }
        }
        assert_same(&*store.view(), &model).await;
    }
    for (view, model) in &kept {
        assert_same(&**view, model).await;
    }
}

static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn memory_answers_as_a_map_does(steps in prop::collection::vec(step(), 1..40)) {
        RUNTIME.block_on(run(Store::memory(), steps));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn rocks_answers_as_a_map_does(steps in prop::collection::vec(step(), 1..40)) {
        RUNTIME.block_on(run(Store::rocks(), steps));
    }
}
