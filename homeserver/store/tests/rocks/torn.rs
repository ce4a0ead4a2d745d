//! What a power cut leaves: a log that ends in the middle of a record.

use std::{
    fs,
    path::{Path, PathBuf},
};

use consilium_store::Engine;

use crate::{commit, numbers, open};

/// The log that was written last.
fn log(folder: &Path) -> PathBuf {
    let logs = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    logs.filter(|path| path.extension().is_some_and(|extension| extension == "log")).max().unwrap()
}

/// Batches before the cut.
const BATCHES: u64 = 40;

#[tokio::test]
async fn a_torn_log_loses_only_its_end_and_the_store_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    for number in 0..BATCHES {
        commit(&engine, number).await;
    }
    let whole = fs::metadata(log(folder.path())).unwrap().len();
    for (case, cut) in [0, 1, 7, 8, 60, 61, 200, whole / 2, whole - 1, whole].into_iter().enumerate() {
        let damaged = folder.path().join(format!("copy{case}"));
        copy_files(folder.path(), &damaged);
        fs::OpenOptions::new().write(true).open(log(&damaged)).unwrap().set_len(whole - cut).unwrap();
        let left = assert_goes_on(&damaged).await;
        assert!(left <= BATCHES && (cut > 0 || left == BATCHES), "cut {cut}: {left}");
    }
}

#[tokio::test]
async fn garbage_at_the_end_of_the_log_is_no_batch() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    for number in 0..BATCHES {
        commit(&engine, number).await;
    }
    for (case, garbage) in [vec![0; 5_000], vec![0xa5; 5_000], vec![1]].into_iter().enumerate() {
        let damaged = folder.path().join(format!("copy{case}"));
        copy_files(folder.path(), &damaged);
        let mut bytes = fs::read(log(&damaged)).unwrap();
        bytes.extend(garbage);
        fs::write(log(&damaged), bytes).unwrap();
        assert_eq!(assert_goes_on(&damaged).await, BATCHES, "case {case}");
    }
}

/// Only the files: the copies lie beside them.
fn copy_files(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Opens, adds a batch and opens again, twice; the number of batches found at first, which are the first ones.
async fn assert_goes_on(folder: &Path) -> u64 {
    let engine = open(folder).unwrap();
    let mut found = numbers(&*engine.view()).await;
    let left = found.len() as u64;
    assert_eq!(found, (0..left).collect::<Vec<_>>());
    drop(engine);
    for number in 1_000..1_002 {
        let engine = open(folder).unwrap();
        commit(&engine, number).await;
        drop(engine);
        found.push(number);
        assert_eq!(numbers(&*open(folder).unwrap().view()).await, found);
    }
    left
}
