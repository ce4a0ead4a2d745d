//! Who may open a store, and which.

use consilium_store::{Access, Engine, OpenError, OpenOptions, RocksEngine, SharedResources, Table};

use crate::{POINTS, TABLES, commit, numbers, open};

#[tokio::test]
async fn a_store_that_is_open_is_not_opened_twice() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    let again = open(folder.path()).unwrap_err();
    assert!(matches!(again, OpenError::Locked(_)));
    let path = folder.path().display();
    let message = format!("the store in {path} is open already, in this or another process; stop that one first");
    assert_eq!(again.to_string(), message);
    drop(engine);
    open(folder.path()).unwrap();
}

#[tokio::test]
async fn a_dropped_store_can_be_opened_at_once_with_all_that_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..10 {
        let engine = open(folder.path()).unwrap();
        assert_eq!(numbers(&*engine.view()).await, (0..round).collect::<Vec<_>>());
        commit(&engine, round).await;
    }
}

#[test]
fn another_form_is_refused_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let families = ["default", "points", "scans"];
    let db = rocksdb::DB::open_cf(&rocksdb::Options::default(), folder.path(), families).unwrap();
    db.put(b"format", 7u32.to_be_bytes()).unwrap();
    drop(db);
    let refused = open(folder.path()).unwrap_err();
    let path = folder.path().display();
    assert_eq!(
        refused.to_string(),
        format!("the store in {path} has form 7; this build reads form 1: use the build that wrote it, or migrate it")
    );
}

#[test]
fn a_database_of_somebody_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = rocksdb::Options::default();
    options.create_if_missing(true);
    let db = rocksdb::DB::open(&options, folder.path()).unwrap();
    db.put(b"key", b"value").unwrap();
    drop(db);
    assert!(matches!(open(folder.path()), Err(OpenError::Format { found, .. }) if found == "unknown"));
}

#[tokio::test]
async fn tables_may_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path()).unwrap();
    commit(&engine, 0).await;
    engine.close().await;
    drop(engine);
    let later = Table { name: "later", access: Access::Counter };
    let open = |tables: &[Table]| {
        RocksEngine::open_blocking(folder.path(), tables, &SharedResources::default(), OpenOptions::named("test"))
    };
    drop(open(&[TABLES[0], TABLES[1], later]).unwrap());
    // An older build, which does not know the table.
    let engine = open(&TABLES).unwrap();
    commit(&engine, 1).await;
    assert_eq!(numbers(&*engine.view()).await, [0, 1]);
}

#[test]
fn a_list_of_tables_that_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name| Table { name, access: Access::Point };
    for tables in [[POINTS, POINTS], [POINTS, named("default")], [POINTS, named("Not Plain")], [POINTS, named("")]] {
        let opened =
            RocksEngine::open_blocking(folder.path(), &tables, &SharedResources::default(), OpenOptions::named("test"));
        assert!(matches!(opened, Err(OpenError::Tables(_))));
    }
}

#[test]
fn a_folder_that_cannot_be_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let refused = open(&file.path().join("store")).unwrap_err();
    assert!(refused.to_string().contains(&file.path().display().to_string()), "{refused}");
}

#[tokio::test]
async fn stores_open_beside_each_other_share_their_memory() {
    let folder = tempfile::tempdir().unwrap();
    let shared = SharedResources::default();
    let mut engines = Vec::new();
    for tenant in ["a", "b", "c"] {
        let path = folder.path().join(tenant).join("store");
        engines.push(RocksEngine::open(&path, &TABLES, &shared, OpenOptions::named(tenant)).await.unwrap());
    }
    for (number, engine) in engines.iter().enumerate() {
        commit(engine, number as u64).await;
    }
    for (number, engine) in engines.iter().enumerate() {
        assert_eq!(numbers(&*engine.view()).await, [number as u64]);
    }
    assert!(shared.write_buffer_used_bytes() > 0);
}
