//! What one sync makes durable, and what is seen of it before.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use consilium_store::{
    Batch, CommitError, Engine, Position,
    limits::{COMMIT_QUEUE_BYTES_MAX, COMMIT_QUEUE_MAX, GROUP_BYTES_MAX},
};

use crate::{ROWS, Script, numbered, numbers, open, open_with};

/// Long enough for whatever goes on without the disk.
const A_WHILE: Duration = Duration::from_millis(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_synced_is_neither_seen_nor_answered_nor_hinted_at() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    let gate = disk.hold_syncs();
    let mut first = numbered(0);
    ROWS.guard_absent(&mut first, &(0,));
    let mut first = engine.submit(first);
    // Behind it a batch that only fails because of it: the refusal would tell of the first.
    let mut second = Batch::new();
    ROWS.guard_absent(&mut second, &(0,));
    let mut second = engine.submit(second);
    assert!(tokio::time::timeout(A_WHILE, &mut first).await.is_err());
    assert!(tokio::time::timeout(A_WHILE, &mut second).await.is_err());
    assert_eq!(engine.position(), Position(0));
    assert_eq!(numbers(&*engine.view()).await, [0u64; 0]);
    drop(gate);
    assert_eq!(first.await, Ok(Position(1)));
    assert_eq!(second.await, Err(CommitError::Conflict { guard: 0 }));
    assert_eq!(numbers(&*engine.view()).await, [0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_while_a_sync_is_under_way_shares_the_next_ones() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    let gate = disk.hold_syncs();
    let mut first = engine.submit(numbered(0));
    assert!(tokio::time::timeout(A_WHILE, &mut first).await.is_err());
    let behind: Vec<_> = (1..=100).map(|number| engine.submit(numbered(number))).collect();
    tokio::time::sleep(A_WHILE).await;
    drop(gate);
    assert!(first.await.is_ok());
    for commit in behind {
        assert!(commit.await.is_ok());
    }
    let stats = engine.stats();
    assert_eq!((stats.batches, stats.groups, stats.syncs), (101, 3, 3));
    assert_eq!(numbers(&*engine.view()).await, (0..=100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_lone_batch_waits_for_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    for number in 0..20 {
        engine.commit(numbered(number)).await.unwrap();
    }
    let stats = engine.stats();
    assert_eq!((stats.batches, stats.groups, stats.syncs), (20, 20, 20));
}

#[tokio::test]
async fn a_refused_batch_costs_no_sync() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    let mut refused = numbered(0);
    ROWS.guard_equals(&mut refused, &(0,), Position(3));
    assert_eq!(engine.commit(refused).await, Err(CommitError::Conflict { guard: 0 }));
    assert_eq!(engine.stats().syncs, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_refuses_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    let gate = disk.hold_syncs();
    let commits: Vec<_> = (0..COMMIT_QUEUE_MAX as u64 + 500).map(|number| engine.submit(numbered(number))).collect();
    drop(gate);
    let mut accepted = Vec::new();
    for (number, commit) in commits.into_iter().enumerate() {
        match commit.await {
            Ok(_) => accepted.push(number as u64),
            Err(CommitError::Unavailable(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!((COMMIT_QUEUE_MAX..COMMIT_QUEUE_MAX + 500).contains(&accepted.len()), "{}", accepted.len());
    assert_eq!(numbers(&*engine.view()).await, accepted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_batches_fill_the_queue_by_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    let large = |number: u64| {
        let mut batch = numbered(number);
        (0..44).for_each(|row| ROWS.put(&mut batch, &(1_000 + row,), &Bytes::from(vec![7; 89_000])));
        batch
    };
    let bytes = large(0).size_bytes();
    let gate = disk.hold_syncs();
    let commits: Vec<_> = (0..30).map(|number| engine.submit(large(number))).collect();
    drop(gate);
    let mut accepted = Vec::new();
    for (number, commit) in commits.into_iter().enumerate() {
        if commit.await.is_ok() {
            accepted.push(number as u64);
        }
    }
    let most = (COMMIT_QUEUE_BYTES_MAX + 2 * GROUP_BYTES_MAX) / bytes + 2;
    assert!((COMMIT_QUEUE_BYTES_MAX / bytes..=most).contains(&accepted.len()), "{}", accepted.len());
    assert_eq!(numbers(&*engine.view()).await, accepted);
}

#[tokio::test]
async fn a_batch_whose_waiter_has_gone_is_committed_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    drop(engine.submit(numbered(0)));
    assert_eq!(engine.commit(numbered(1)).await, Ok(Position(2)));
    assert_eq!(ROWS.get(&*engine.view(), &(0,)).await.unwrap(), Some(Bytes::from_static(b"0")));
}
