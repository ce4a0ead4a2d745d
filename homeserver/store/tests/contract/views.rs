//! What is read.

use bytes::Bytes;
use consilium_store::{Batch, Direction, Keyspace, StoreError, Versioned};
use serde::{Deserialize, Serialize};

use crate::{COUNTERS, POINTS, SCANS, Store, position};

const ROWS: Keyspace<(u64, u64), Bytes> = Keyspace::new(SCANS, 1);
const NEXT: Keyspace<(u64, u64), Bytes> = Keyspace::new(SCANS, 2);
const COUNTS: Keyspace<(u64,), i64> = Keyspace::new(COUNTERS, 1);

async fn fill(store: &Store, rooms: std::ops::Range<u64>, rows: u64) {
    for room in rooms {
        let mut batch = Batch::new();
        (0..rows).for_each(|row| ROWS.put(&mut batch, &(room, row), &Bytes::from(format!("{room}.{row}"))));
        store.commit(batch).await.unwrap();
    }
}

pub(crate) async fn a_view_sees_nothing_that_comes_later(mut store: Store) {
    fill(&store, 1..2, 3).await;
    let mut add = Batch::new();
    COUNTS.add(&mut add, &(1,), 1);
    store.commit(add.clone()).await.unwrap();
    let view = store.view();
    let mut change = add;
    ROWS.delete(&mut change, &(1, 0));
    ROWS.put(&mut change, &(1, 1), &Bytes::from_static(b"new"));
    ROWS.put(&mut change, &(1, 7), &Bytes::from_static(b"more"));
    store.commit(change).await.unwrap();
    assert_eq!(view.position(), position(2));
    assert_eq!(ROWS.get(&*view, &(1, 0)).await.unwrap(), Some(Bytes::from_static(b"1.0")));
    assert_eq!(ROWS.get_many(&*view, &[(1, 1), (1, 7)]).await.unwrap(), [Some(Bytes::from_static(b"1.1")), None]);
    assert_eq!(ROWS.scan(&*view, &(1u64,), 10, Direction::Forward).await.unwrap().len(), 3);
    assert_eq!(COUNTS.get(&*view, &(1,)).await.unwrap(), Some(1));
    assert_eq!(COUNTS.get(&*store.view(), &(1,)).await.unwrap(), Some(2));
    drop(view);
    store.reopen().await;
    let keys = ROWS.scan(&*store.view(), &(1u64,), 10, Direction::Backward).await.unwrap();
    assert_eq!(keys.into_iter().map(|(key, _)| key).collect::<Vec<_>>(), [(1, 7), (1, 2), (1, 1)]);
}

pub(crate) async fn ranges_keep_order_bounds_limits_and_direction(store: Store) {
    use Direction::{Backward, Forward};
    fill(&store, 1..4, 5).await;
    let mut beside = Batch::new();
    NEXT.put(&mut beside, &(0, 0), &Bytes::new());
    store.commit(beside).await.unwrap();
    let view = store.view();
    let keys = async |start: (u64, u64), end: (u64, u64), limit, direction| {
        let rows = ROWS.scan_range(&*view, &start, &end, limit, direction).await.unwrap();
        rows.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
    };
    assert_eq!(keys((1, 3), (2, 2), 9, Forward).await, [(1, 3), (1, 4), (2, 0), (2, 1)]);
    assert_eq!(keys((1, 3), (2, 2), 9, Backward).await, [(2, 1), (2, 0), (1, 4), (1, 3)]);
    assert_eq!(keys((1, 3), (2, 2), 2, Forward).await, [(1, 3), (1, 4)]);
    assert_eq!(keys((1, 3), (2, 2), 2, Backward).await, [(2, 1), (2, 0)]);
    assert_eq!(keys((2, 0), (2, 2), 9, Backward).await, [(2, 1), (2, 0)]);
    assert_eq!(keys((0, 0), (9, 9), 0, Forward).await, []);
    let last = ROWS.scan(&*view, &(), 2, Backward).await.unwrap();
    assert_eq!(last.into_iter().map(|(key, _)| key).collect::<Vec<_>>(), [(3, 4), (3, 3)]);
    let room = ROWS.scan(&*view, &(2u64,), 9, Backward).await.unwrap();
    assert_eq!(room.into_iter().map(|(key, _)| key.1).collect::<Vec<_>>(), [4, 3, 2, 1, 0]);
}

pub(crate) async fn long_ranges_come_whole_in_both_directions(mut store: Store) {
    // Longer than what is read at once, on both sides of it, from memory and after a reopening.
    fill(&store, 1..4, 1_000).await;
    for _ in 0..2 {
        let view = store.view();
        for limit in [63, 64, 65, 999, 1_000, 5_000] {
            let expected: Vec<_> = (0..1_000).map(|row| (2, row)).take(limit).collect();
            let rows = ROWS.scan(&*view, &(2u64,), limit, Direction::Forward).await.unwrap();
            assert_eq!(rows.iter().map(|(key, _)| *key).collect::<Vec<_>>(), expected);
            assert!(rows.iter().all(|(key, value)| *value == format!("{}.{}", key.0, key.1)));
            let expected: Vec<_> = (0..1_000).rev().map(|row| (2, row)).take(limit).collect();
            let rows = ROWS.scan(&*view, &(2u64,), limit, Direction::Backward).await.unwrap();
            assert_eq!(rows.into_iter().map(|(key, _)| key).collect::<Vec<_>>(), expected);
        }
        drop(view);
        store.reopen().await;
        if store.position() == position(3) && store.folder.is_none() {
            break;
        }
    }
}

pub(crate) async fn an_empty_range_has_no_rows(store: Store) {
    fill(&store, 1..2, 3).await;
    let view = store.view();
    for direction in [Direction::Forward, Direction::Backward] {
        assert_eq!(ROWS.scan_range(&*view, &(1u64, 2u64), &(1u64, 1u64), 9, direction).await.unwrap(), []);
        assert_eq!(ROWS.scan_range(&*view, &(1u64,), &(1u64,), 9, direction).await.unwrap(), []);
        assert_eq!(ROWS.scan(&*view, &(9u64,), 9, direction).await.unwrap(), []);
        assert_eq!(NEXT.scan(&*view, &(), 9, direction).await.unwrap(), []);
    }
}

pub(crate) async fn many_keys_are_answered_in_their_order(store: Store) {
    fill(&store, 1..2, 200).await;
    let view = store.view();
    for count in [0, 1, 2, 64, 65, 150] {
        // Backwards, every second one absent, the first one asked again at the end.
        let mut keys: Vec<_> = (0..count).rev().map(|number| (1, number * 2)).collect();
        keys.extend(keys.first().copied());
        let expected: Vec<_> =
            keys.iter().map(|(room, row)| (*row < 200).then(|| Bytes::from(format!("{room}.{row}")))).collect();
        assert_eq!(ROWS.get_many(&*view, &keys).await.unwrap(), expected);
    }
}

pub(crate) async fn a_value_of_another_form_is_reported_as_corrupt(store: Store) {
    let mut batch = Batch::new();
    Keyspace::<(u64,), Bytes>::new(POINTS, 1).put(&mut batch, &(1,), &Bytes::from_static(b"seven b"));
    store.commit(batch).await.unwrap();
    let view = store.view();
    let numbers = Keyspace::<(u64,), u64>::new(POINTS, 1);
    assert!(matches!(numbers.get(&*view, &(1,)).await, Err(StoreError::Corrupt { table: "points", .. })));
    assert!(matches!(numbers.get_versioned(&*view, &(1,)).await, Err(StoreError::Corrupt { .. })));
    let longer_keys = Keyspace::<(u64, u64), Bytes>::new(POINTS, 1);
    let scan = longer_keys.scan(&*view, &(), 9, Direction::Forward).await;
    assert_eq!(
        scan.unwrap_err().to_string(),
        "a value of points cannot be decoded: its key below tag 1 has another form"
    );
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Member {
    name: Option<String>,
    rooms: Vec<u64>,
}

impl Versioned for Member {
    const VERSION: u8 = 1;
}

pub(crate) async fn typed_rows_come_back_as_they_went(store: Store) {
    const MEMBERS: Keyspace<(u64, String), Member> = Keyspace::new(SCANS, 5);
    let member = |name: &str| Member { name: Some(name.into()), rooms: vec![1, 300] };
    let mut batch = Batch::new();
    for name in ["b", "a\0", "a", "я"] {
        MEMBERS.put(&mut batch, &(1, name.into()), &member(name));
        MEMBERS.put_versioned(&mut batch, &(2, name.into()), &member(name));
    }
    store.commit(batch).await.unwrap();
    let view = store.view();
    let rows = MEMBERS.scan(&*view, &(1u64,), 9, Direction::Forward).await.unwrap();
    let expected = ["a", "a\0", "b", "я"].map(|name| ((1, name.to_owned()), member(name)));
    assert_eq!(rows, expected);
    let rows = MEMBERS.scan_versioned(&*view, &(2u64, "b".to_owned()), 9, Direction::Forward).await.unwrap();
    assert_eq!(rows, [((2, "b".to_owned()), position(1), member("b"))]);
    let keys = [(2, "я".to_owned()), (2, "absent".to_owned())];
    let found = MEMBERS.get_many_versioned(&*view, &keys).await.unwrap();
    assert_eq!(found, [Some((position(1), member("я"))), None]);
}
