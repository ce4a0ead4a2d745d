//! What a batch does.

use bytes::Bytes;
use consilium_store::{
    Batch, CommitError, Direction, Keyspace, Position,
    limits::{BATCH_BYTES_MAX, KEY_BYTES_MAX, VALUE_BYTES_MAX},
};

use crate::{COUNTERS, POINTS, SCANS, Store, position};

const NAMES: Keyspace<(String,), Bytes> = Keyspace::new(POINTS, 1);
const NEIGHBOURS: Keyspace<(String,), Bytes> = Keyspace::new(POINTS, 2);
const ROWS: Keyspace<(u64, u64), u64> = Keyspace::new(SCANS, 1);
const STREAM: Keyspace<(u64, Position, u16), u64> = Keyspace::new(SCANS, 2);
const COUNTS: Keyspace<(u64,), i64> = Keyspace::new(COUNTERS, 1);

fn name(text: &str) -> (String,) {
    (text.to_owned(),)
}

fn batch(fill: impl FnOnce(&mut Batch)) -> Batch {
    let mut batch = Batch::new();
    fill(&mut batch);
    batch
}

pub(crate) async fn a_committed_batch_is_read_back(store: Store) {
    assert_eq!(store.position(), position(0));
    let put = batch(|batch| {
        NAMES.put(batch, &name("a"), &Bytes::from_static(b"1"));
        NEIGHBOURS.put(batch, &name("a"), &Bytes::new());
    });
    assert_eq!(store.commit(put).await, Ok(position(1)));
    assert_eq!(store.position(), position(1));
    let view = store.view();
    assert_eq!(view.position(), position(1));
    assert_eq!(NAMES.get(&*view, &name("a")).await.unwrap(), Some(Bytes::from_static(b"1")));
    assert_eq!(NEIGHBOURS.get(&*view, &name("a")).await.unwrap(), Some(Bytes::new()));
    assert_eq!(NAMES.get(&*view, &name("b")).await.unwrap(), None);
}

pub(crate) async fn later_operations_see_earlier_ones(store: Store) {
    let one = Bytes::from_static(b"1");
    let batch = batch(|batch| {
        NAMES.put(batch, &name("kept"), &one);
        NAMES.put(batch, &name("gone"), &one);
        NAMES.delete(batch, &name("gone"));
        NAMES.delete(batch, &name("back"));
        NAMES.put(batch, &name("back"), &one);
        COUNTS.put(batch, &(1,), &40);
        COUNTS.add(batch, &(1,), 2);
        COUNTS.add(batch, &(2,), 5);
        COUNTS.delete(batch, &(2,));
        COUNTS.add(batch, &(2,), 1);
    });
    store.commit(batch).await.unwrap();
    let view = store.view();
    assert_eq!(NAMES.get(&*view, &name("kept")).await.unwrap(), Some(one.clone()));
    assert_eq!(NAMES.get(&*view, &name("gone")).await.unwrap(), None);
    assert_eq!(NAMES.get(&*view, &name("back")).await.unwrap(), Some(one));
    assert_eq!(COUNTS.get_many(&*view, &[(1,), (2,), (3,)]).await.unwrap(), [Some(42), Some(1), None]);
}

pub(crate) async fn stamps_carry_the_position_of_their_commit(store: Store) {
    for round in 1..=3 {
        let put = batch(|batch| {
            NAMES.put_versioned(batch, &name("head"), &Bytes::from(format!("v{round}")));
            STREAM.put_stamped(batch, &(7u64,), 0, &round);
            STREAM.put_stamped(batch, &(7u64,), 1, &(round * 10));
        });
        assert_eq!(store.commit(put).await, Ok(position(round)));
    }
    let view = store.view();
    let head = NAMES.get_versioned(&*view, &name("head")).await.unwrap();
    assert_eq!(head, Some((position(3), Bytes::from_static(b"v3"))));
    let rows = STREAM.scan(&*view, &(7u64,), 3, Direction::Forward).await.unwrap();
    assert_eq!(rows, [((7, position(1), 0), 1), ((7, position(1), 1), 10), ((7, position(2), 0), 2)]);
}

pub(crate) async fn stamped_rows_are_read_in_the_order_of_their_commits(store: Store) {
    for number in 0..300u64 {
        store.commit(batch(|batch| STREAM.put_stamped(batch, &(1u64,), 0, &number))).await.unwrap();
    }
    let rows = STREAM.scan(&*store.view(), &(1u64,), 1_000, Direction::Forward).await.unwrap();
    let expected: Vec<_> = (0..300).map(|number| ((1, position(number + 1), 0), number)).collect();
    assert_eq!(rows, expected);
}

pub(crate) async fn a_prefix_is_deleted_with_what_the_batch_put_there(store: Store) {
    let fill = batch(|batch| {
        for room in [1, 2, 3] {
            (0..3).for_each(|row| ROWS.put(batch, &(room, row), &row));
        }
    });
    store.commit(fill).await.unwrap();
    let delete = batch(|batch| {
        ROWS.put(batch, &(2, 9), &9);
        ROWS.delete_prefix(batch, &(2u64,));
        ROWS.put(batch, &(2, 5), &5);
        ROWS.delete_range(batch, &(3u64, 1u64), &(4u64,));
    });
    store.commit(delete).await.unwrap();
    let left = ROWS.scan(&*store.view(), &(), 100, Direction::Forward).await.unwrap();
    let keys: Vec<_> = left.into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, [(1, 0), (1, 1), (1, 2), (2, 5), (3, 0)]);
}

pub(crate) async fn a_long_range_is_deleted_as_a_short_one(store: Store) {
    for rows in [1u64, 31, 32, 33, 500] {
        store.commit(batch(|batch| (0..rows).for_each(|row| ROWS.put(batch, &(1, row), &row)))).await.unwrap();
        assert_eq!(ROWS.scan(&*store.view(), &(1u64,), 1_000, Direction::Forward).await.unwrap().len() as u64, rows);
        store.commit(batch(|batch| ROWS.delete_prefix(batch, &(1u64,)))).await.unwrap();
        assert_eq!(ROWS.scan(&*store.view(), &(1u64,), 1_000, Direction::Forward).await.unwrap(), []);
        assert_eq!(ROWS.get(&*store.view(), &(1, 0)).await.unwrap(), None);
    }
}

pub(crate) async fn counters_add_up(mut store: Store) {
    for delta in [5, -7, i64::MAX, 3] {
        store.commit(batch(|batch| COUNTS.add(batch, &(1,), delta))).await.unwrap();
    }
    let sum = 5i64.wrapping_sub(7).wrapping_add(i64::MAX).wrapping_add(3);
    assert_eq!(COUNTS.get(&*store.view(), &(1,)).await.unwrap(), Some(sum));
    store.commit(batch(|batch| COUNTS.put(batch, &(1,), &100))).await.unwrap();
    store.reopen().await;
    store.commit(batch(|batch| COUNTS.add(batch, &(1,), 1))).await.unwrap();
    assert_eq!(COUNTS.get(&*store.view(), &(1,)).await.unwrap(), Some(101));
}

pub(crate) async fn a_batch_over_a_limit_is_refused_whole(store: Store) {
    let good = |batch: &mut Batch| NAMES.put(batch, &name("good"), &Bytes::new());
    // The longest name that fits: the tag and the terminator take two bytes.
    let longest = "n".repeat(KEY_BYTES_MAX - 2);
    let cases = [
        batch(|batch| NAMES.put(batch, &name(&format!("{longest}n")), &Bytes::new())),
        batch(|batch| NAMES.put(batch, &name("v"), &Bytes::from(vec![0; VALUE_BYTES_MAX + 1]))),
        // One byte too many with the version in front.
        batch(|batch| NAMES.put_versioned(batch, &name("v"), &Bytes::from(vec![0; VALUE_BYTES_MAX - 7]))),
        batch(|batch| NAMES.guard_absent(batch, &name(&format!("{longest}n")))),
        batch(|batch| {
            for part in 0..=BATCH_BYTES_MAX / VALUE_BYTES_MAX {
                NAMES.put(batch, &name(&part.to_string()), &Bytes::from(vec![0; VALUE_BYTES_MAX]));
            }
        }),
        batch(|batch| ROWS.delete_range(batch, &(2u64,), &(1u64,))),
        batch(|batch| Keyspace::<(u64,), i64>::new(POINTS, 3).add(batch, &(1,), 1)),
        batch(|batch| Keyspace::<(u64,), Bytes>::new(COUNTERS, 3).put(batch, &(1,), &Bytes::new())),
        batch(|batch| COUNTS.put_versioned(batch, &(1,), &1)),
    ];
    for (case, mut refused) in cases.into_iter().enumerate() {
        good(&mut refused);
        let end = store.commit(refused).await;
        assert!(matches!(end, Err(CommitError::Invalid(_))), "case {case}: {end:?}");
    }
    assert_eq!(store.position(), position(0));
    let fits = batch(|batch| {
        NAMES.put(batch, &name(&longest), &Bytes::from(vec![0; VALUE_BYTES_MAX]));
        NAMES.put_versioned(batch, &name("v"), &Bytes::from(vec![0; VALUE_BYTES_MAX - 8]));
    });
    assert_eq!(store.commit(fits).await, Ok(position(1)));
    assert_eq!(NAMES.get(&*store.view(), &name("good")).await.unwrap(), None);
}

pub(crate) async fn a_table_that_was_not_listed_is_refused(store: Store) {
    let elsewhere = consilium_store::Table { name: "elsewhere", ..POINTS };
    let keyspace = Keyspace::<(u64,), Bytes>::new(elsewhere, 1);
    let end = store.commit(batch(|batch| keyspace.put(batch, &(1,), &Bytes::new()))).await;
    assert!(matches!(end, Err(CommitError::Invalid(reason)) if reason.contains("elsewhere")));
    let read = keyspace.get(&*store.view(), &(1,)).await;
    assert_eq!(read.unwrap_err().to_string(), "the store was opened without the table elsewhere");
    assert!(keyspace.scan(&*store.view(), &(), 1, Direction::Forward).await.is_err());
}

pub(crate) async fn positions_go_on_after_a_reopening(mut store: Store) {
    for number in 1..=5 {
        let put = batch(|batch| NAMES.put(batch, &name("last"), &Bytes::from(number.to_string())));
        assert_eq!(store.commit(put).await, Ok(position(number)));
        store.reopen().await;
        assert_eq!(store.position(), position(number));
        let last = NAMES.get(&*store.view(), &name("last")).await.unwrap();
        assert_eq!(last, Some(Bytes::from(number.to_string())));
    }
}

pub(crate) async fn a_closed_store_takes_no_batches_and_is_still_read(store: Store) {
    store.commit(batch(|batch| NAMES.put(batch, &name("a"), &Bytes::new()))).await.unwrap();
    let under_way: Vec<_> =
        (0..50).map(|number| store.submit(batch(|batch| COUNTS.put(batch, &(number,), &1)))).collect();
    let view = store.view();
    store.close().await;
    for commit in under_way {
        assert!(commit.await.is_ok());
    }
    let late = store.commit(batch(|batch| NAMES.put(batch, &name("b"), &Bytes::new()))).await;
    assert!(matches!(late, Err(CommitError::Unavailable(_))));
    assert!(NAMES.get(&*view, &name("a")).await.unwrap().is_some());
    assert_eq!(store.view().position(), position(51));
}
