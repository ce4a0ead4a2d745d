//! Many writers and readers at once.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use consilium_store::{Batch, CommitError, Direction, Keyspace, Position};
use tokio::task::JoinSet;

use crate::{COUNTERS, POINTS, SCANS, Store, position};

const STREAM: Keyspace<(Position, u16), u64> = Keyspace::new(SCANS, 1);
const MIRROR: Keyspace<(u64,), u64> = Keyspace::new(POINTS, 1);
const HEAD: Keyspace<(u64,), Bytes> = Keyspace::new(POINTS, 2);
const COUNTS: Keyspace<(u64,), i64> = Keyspace::new(COUNTERS, 1);

const WRITERS: u64 = 16;
const ROUNDS: u64 = 60;

/// Reads views while others write: each is a whole, gap-free beginning of the stream, and no older than the last.
async fn watch(store: Arc<Store>, is_done: Arc<AtomicBool>) -> usize {
    let mut seen = Position::default();
    let mut views = 0;
    while !is_done.load(Ordering::Relaxed) {
        let view = store.view();
        assert!(view.position() >= seen, "a later view is older");
        seen = view.position();
        let rows = STREAM.scan(&*view, &(), 10_000, Direction::Forward).await.unwrap();
        assert_eq!(rows.len() as u64, seen.0, "a visible position has an unseen smaller one");
        for (index, ((position, _), number)) in rows.iter().enumerate() {
            assert_eq!(position.0, index as u64 + 1);
            assert_eq!(MIRROR.get(&*view, &(*number,)).await.unwrap(), Some(*number), "half a batch");
        }
        views += 1;
        tokio::task::yield_now().await;
    }
    views
}

pub(crate) async fn concurrent_batches_get_gap_free_positions_in_the_order_they_become_visible(store: Store) {
    let store = Arc::new(store);
    let is_done = Arc::new(AtomicBool::new(false));
    let watcher = tokio::spawn(watch(Arc::clone(&store), Arc::clone(&is_done)));
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            let mut positions = Vec::new();
            for round in 0..ROUNDS {
                let number = writer * ROUNDS + round;
                let mut batch = Batch::new();
                STREAM.put_stamped(&mut batch, &(), 0, &number);
                MIRROR.put(&mut batch, &(number,), &number);
                let position = store.commit(batch).await.unwrap();
                // What was acknowledged is visible at once.
                let view = store.view();
                assert!(view.position() >= position);
                assert_eq!(STREAM.get(&*view, &(position, 0)).await.unwrap(), Some(number));
                positions.push(position.0);
            }
            assert!(positions.is_sorted(), "a later batch of one writer got an earlier position");
            positions
        });
    }
    let all: BTreeSet<u64> = writers.join_all().await.into_iter().flatten().collect();
    assert_eq!(all.into_iter().collect::<Vec<_>>(), (1..=WRITERS * ROUNDS).collect::<Vec<_>>());
    is_done.store(true, Ordering::Relaxed);
    assert!(watcher.await.unwrap() > 0);
}

pub(crate) async fn of_many_guarded_writers_exactly_one_wins_each_round(store: Store) {
    let mut create = Batch::new();
    HEAD.put_versioned(&mut create, &(1,), &Bytes::new());
    let mut version = store.commit(create).await.unwrap();
    for _ in 0..40 {
        let attempts: Vec<_> = (0..8)
            .map(|_| {
                let mut batch = Batch::new();
                HEAD.guard_equals(&mut batch, &(1,), version);
                HEAD.put_versioned(&mut batch, &(1,), &Bytes::new());
                store.submit(batch)
            })
            .collect();
        let mut winners = Vec::new();
        for attempt in attempts {
            match attempt.await {
                Ok(position) => winners.push(position),
                Err(CommitError::Conflict { guard: 0 }) => {
                    // What the refusal rests on can be read by whom it was told.
                    let (now, _) = HEAD.get_versioned(&*store.view(), &(1,)).await.unwrap().unwrap();
                    assert!(now > version);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(winners, [version.next()]);
        version = winners[0];
    }
}

pub(crate) async fn submitted_batches_keep_their_order(store: Store) {
    let commits: Vec<_> = (1..=500u64)
        .map(|number| {
            let mut batch = Batch::new();
            HEAD.put(&mut batch, &(1,), &Bytes::from(number.to_string()));
            store.submit(batch)
        })
        .collect();
    for (index, commit) in commits.into_iter().enumerate() {
        assert_eq!(commit.await, Ok(position(index as u64 + 1)));
    }
    assert_eq!(HEAD.get(&*store.view(), &(1,)).await.unwrap(), Some(Bytes::from_static(b"500")));
}

pub(crate) async fn counters_lose_nothing_among_concurrent_adders(store: Store) {
    let store = Arc::new(store);
    let mut adders = JoinSet::new();
    for adder in 0..8i64 {
        let store = Arc::clone(&store);
        adders.spawn(async move {
            for _ in 0..50 {
                let mut batch = Batch::new();
                COUNTS.add(&mut batch, &(1,), adder - 2);
                store.commit(batch).await.unwrap();
            }
        });
    }
    adders.join_all().await;
    assert_eq!(
        COUNTS.get(&*store.view(), &(1,)).await.unwrap(),
        Some(50 * (0..8i64).map(|adder| adder - 2).sum::<i64>())
    );
}
