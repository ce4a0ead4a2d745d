//! A disk that fails or is full. Real ones are in `tests/durability`.

use std::{io, sync::Arc};

use consilium_store::{CommitError, Engine, OpenOptions, Position};

use crate::{DISK_BYTES, Script, commit, numbered, numbers, open, open_with};

fn broken() -> io::Error {
    io::Error::other("the medium is gone")
}

#[tokio::test]
async fn a_failed_sync_stops_the_writes_for_good_and_reads_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    commit(&engine, 0).await;
    disk.fail_sync(broken());
    assert_eq!(engine.commit(numbered(1)).await, Err(CommitError::Unknown));
    // The disk is well again; nothing is tried on it.
    for number in 2..5 {
        let Err(CommitError::Unavailable(reason)) = engine.commit(numbered(number)).await else { panic!() };
        assert!(reason.contains("syncing the log failed (the medium is gone)"), "{reason}");
    }
    assert_eq!(engine.stats().syncs, 2);
    assert_eq!(engine.position(), Position(1));
    assert_eq!(numbers(&*engine.view()).await, [0]);
    drop(engine);
    let engine = open(folder.path()).unwrap();
    let found = numbers(&*engine.view()).await;
    assert!(found == [0] || found == [0, 1], "{found:?}");
    commit(&engine, 9).await;
}

#[tokio::test]
async fn a_failed_write_stops_the_writes_for_good_and_reads_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    commit(&engine, 0).await;
    disk.fail_write(broken());
    assert_eq!(engine.commit(numbered(1)).await, Err(CommitError::Unknown));
    let Err(CommitError::Unavailable(reason)) = engine.commit(numbered(2)).await else { panic!() };
    assert!(reason.contains("writing the log failed (the medium is gone)"), "{reason}");
    assert_eq!(numbers(&*engine.view()).await, [0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_batches_under_way_exactly_the_synced_ones_are_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    let gate = disk.hold_syncs();
    let commits: Vec<_> = (0..300).map(|number| engine.submit(numbered(number))).collect();
    // Two groups are synced; the third is not.
    gate.send(()).unwrap();
    gate.send(()).unwrap();
    while engine.stats().syncs < 2 {
        tokio::task::yield_now().await;
    }
    disk.fail_sync(broken());
    drop(gate);
    let (mut durable, mut unknown, mut refused) = (Vec::new(), 0, 0);
    for (number, commit) in commits.into_iter().enumerate() {
        match commit.await {
            Ok(position) => {
                assert_eq!((unknown, refused), (0, 0), "a batch is durable, and one before it is not");
                assert_eq!(position.0, number as u64 + 1);
                durable.push(number as u64);
            }
            Err(CommitError::Unknown) => unknown += 1,
            Err(CommitError::Unavailable(_)) => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(!durable.is_empty() && unknown > 0, "{} {unknown} {refused}", durable.len());
    assert_eq!(numbers(&*engine.view()).await, durable);
    drop(engine);
    let found = numbers(&*open(folder.path()).unwrap().view()).await;
    assert!(found.len() >= durable.len() && found.len() <= durable.len() + unknown, "{}", found.len());
}

#[tokio::test]
async fn a_disk_that_runs_full_refuses_writes_until_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    commit(&engine, 0).await;
    disk.fill_to(DISK_BYTES - OpenOptions::RESERVE_BYTES + 1);
    for number in 1..4 {
        assert_eq!(engine.commit(numbered(number)).await, Err(CommitError::Full));
    }
    assert_eq!(numbers(&*engine.view()).await, [0]);
    disk.fill_to(DISK_BYTES - OpenOptions::RESERVE_BYTES);
    assert_eq!(engine.commit(numbered(5)).await, Ok(Position(2)));
    assert_eq!(numbers(&*engine.view()).await, [0, 5]);
}

#[tokio::test]
async fn a_disk_that_is_full_in_the_middle_of_a_write_refuses_as_full_until_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(Script::default());
    let engine = open_with(folder.path(), Arc::clone(&disk));
    commit(&engine, 0).await;
    disk.fail_write(io::Error::from_raw_os_error(nix::libc::ENOSPC));
    assert_eq!(engine.commit(numbered(1)).await, Err(CommitError::Unknown));
    assert_eq!(engine.commit(numbered(2)).await, Err(CommitError::Full));
    assert_eq!(numbers(&*engine.view()).await, [0]);
    drop(engine);
    commit(&open(folder.path()).unwrap(), 3).await;
}
