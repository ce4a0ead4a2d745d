//! Databases of earlier builds come to the schema of this one with everything that was in them; those of later builds are left as they are.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use consilium_consult::store::{Store, StoreError};
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;

/// Schema and text of each released file. One is added with every release, and none is ever edited.
const RELEASED: [(i64, &str); 3] = [
    (16, include_str!("released/0016.sql")),
    (22, include_str!("released/0022.sql")),
    (35, include_str!("released/0035.sql")),
];

/// Every row of a table, by the columns that it is asked for.
pub type Rows = Vec<String>;

/// A database of an earlier build in a folder of its own.
struct Old {
    folder: TempDir,
    schema: i64,
}

impl Old {
    fn of((schema, text): (i64, &str)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("consult.db")).unwrap();
        connection.execute_batch("PRAGMA journal_mode = wal").unwrap();
        connection.execute_batch(text).unwrap();
        Self { folder, schema }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("consult.db")
    }

    fn connection(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    async fn upgrade(&self) -> Result<(), StoreError> {
        Store::open(&self.path()).await?.close().await;
        Ok(())
    }
}

/// Tables with their columns.
fn tables(connection: &Connection) -> BTreeMap<String, Vec<String>> {
    let names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = connection.prepare(names).unwrap();
    let names: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let columns = |table: &String| {
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid").unwrap();
        let found = statement.query_map([table], |row| row.get(0)).unwrap();
        found.map(Result::unwrap).collect::<Vec<String>>()
    };
    names
        .into_iter()
        .map(|table| {
            let found = columns(&table);
            (table, found)
        })
        .collect()
}

fn rows(connection: &Connection, table: &str, columns: &[String]) -> Rows {
    let mut statement = connection.prepare(&format!("SELECT \"{}\" FROM {table}", columns.join("\", \""))).unwrap();
    let width = columns.len();
    let read =
        statement.query_map([], |row| (0..width).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>());
    let mut rows: Rows = read.unwrap().map(|row| format!("{:?}", row.unwrap())).collect();
    rows.sort();
    rows
}

/// All that is in a database, table by table.
pub fn contents(path: &Path) -> BTreeMap<String, Rows> {
    let connection = Connection::open(path).unwrap();
    tables(&connection)
        .into_iter()
        .map(|(table, columns)| {
            let found = rows(&connection, &table, &columns);
            (table, found)
        })
        .collect()
}

fn text(connection: &Connection, select: &str) -> String {
    connection.query_row(select, [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn every_row_of_an_earlier_build_is_there_after_the_upgrade() {
    for released in RELEASED {
        let old = Old::of(released);
        let tables = tables(&old.connection());
        let before = contents(&old.path());
        let empty: Vec<&String> = before.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table).collect();
        assert!(empty.is_empty(), "tables without a row to lose: {empty:?}");
        old.upgrade().await.unwrap();
        let connection = old.connection();
        for (table, columns) in &tables {
            let after = rows(&connection, table, columns);
            for row in &before[table] {
                assert!(after.contains(row), "schema {}: {table} lost {row}", old.schema);
            }
        }
        let versions = Store::versions(&old.path()).await.unwrap();
        assert_eq!(versions.found, versions.known);
        assert_eq!(text(&connection, "PRAGMA integrity_check"), "ok");
        let dangling = "SELECT count(*) FROM pragma_foreign_key_check";
        assert_eq!(connection.query_row(dangling, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    }
}

#[tokio::test]
async fn sealed_bytes_keys_and_chains_come_through_unchanged() {
    for released in RELEASED {
        let old = Old::of(released);
        old.upgrade().await.unwrap();
        let connection = old.connection();
        let told = |select: &str| text(&connection, select);
        assert_eq!(told("SELECT hex(card) FROM patient WHERE id = 'p-anna'"), "A1A2A3A4");
        assert_eq!(told("SELECT hex(ciphertext) FROM archive_record WHERE sequence = 1"), "1011121314");
        assert_eq!(told("SELECT hex(wrapped_key) FROM archive_key WHERE sequence = 3"), "9293");
        assert_eq!(
            told("SELECT group_concat(hash) FROM (SELECT hash FROM audit ORDER BY sequence LIMIT 2)"),
            "aa01,aa02"
        );
        assert_eq!(
            told("SELECT phase || ' ' || lead_id FROM consultation WHERE id = 'c-sealed'"),
            "archived o-petrova"
        );
        assert_eq!(told("SELECT source FROM callback WHERE id = 'b-form'"), "form");
        // What is only added to stays so.
        assert!(connection.execute("DELETE FROM audit", []).is_err());
        assert!(connection.execute("UPDATE archive_record SET hash = 'x'", []).is_err());
    }
}

#[tokio::test]
async fn a_second_start_changes_nothing_more() {
    for released in RELEASED {
        let old = Old::of(released);
        old.upgrade().await.unwrap();
        let once = contents(&old.path());
        old.upgrade().await.unwrap();
        assert_eq!(contents(&old.path()), once);
    }
}

#[tokio::test]
async fn a_step_that_fails_in_its_middle_is_undone_and_the_next_start_goes_on() {
    let old = Old::of(RELEASED[0]);
    // The second table of step 20 is in the way, so that its first is made before it fails.
    old.connection().execute_batch("CREATE TABLE macro_run (x TEXT)").unwrap();
    let error = old.upgrade().await.unwrap_err();
    assert!(matches!(error, StoreError::Migrate { .. }) && error.to_string().contains("last whole step"), "{error}");
    assert_eq!(Store::versions(&old.path()).await.unwrap().found, 19);
    let tables = tables(&old.connection());
    assert!(tables.contains_key("consent") && !tables.contains_key("macro"), "steps are whole");
    assert_eq!(text(&old.connection(), "SELECT hex(content) FROM message WHERE event_id = '$three'"), "D1D2D3");

    old.connection().execute_batch("DROP TABLE macro_run").unwrap();
    old.upgrade().await.unwrap();
    let versions = Store::versions(&old.path()).await.unwrap();
    assert_eq!(versions.found, versions.known);
}

#[tokio::test]
async fn power_that_fails_in_the_middle_of_a_step_leaves_a_database_that_opens() {
    let old = Old::of(RELEASED[0]);
    let before = contents(&old.path());
    let cut = tempfile::tempdir().unwrap();
    {
        let connection = old.connection();
        // One page of cache: what is not committed lies in the log already, as in the middle of a long step.
        connection.execute_batch("PRAGMA synchronous = full; PRAGMA cache_size = 1; BEGIN IMMEDIATE").unwrap();
        connection.execute_batch(include_str!("../../migrations/0017_settings.sql")).unwrap();
        let many = "INSERT INTO setting (section, version, at, by_id, content) \
                    WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000) \
                    SELECT 'queue.general', x, x, 'o-volkova', hex(randomblob(100)) FROM n";
        connection.execute_batch(many).unwrap();
        for file in ["consult.db", "consult.db-wal"] {
            std::fs::copy(old.folder.path().join(file), cut.path().join(file)).unwrap();
        }
    }
    assert!(std::fs::metadata(cut.path().join("consult.db-wal")).unwrap().len() > 100_000, "the step was under way");
    let path = cut.path().join("consult.db");
    Store::open(&path).await.unwrap().close().await;
    let after = contents(&path);
    assert_eq!(after["setting"], Rows::new());
    assert_eq!((&after["audit"], &after["archive_record"]), (&before["audit"], &before["archive_record"]));
    let versions = Store::versions(&path).await.unwrap();
    assert_eq!(versions.found, versions.known);
}

#[tokio::test]
async fn a_database_of_a_later_build_is_refused_by_both_numbers_and_not_touched() {
    let old = Old::of(RELEASED[1]);
    let newer = "CREATE TABLE of_tomorrow (x TEXT); INSERT INTO _sqlx_migrations \
                 VALUES (9001, 'of tomorrow', '2026-10-01 10:00:00', 1, x'00', 1); PRAGMA wal_checkpoint(TRUNCATE);";
    old.connection().execute_batch(newer).unwrap();
    let bytes = std::fs::read(old.path()).unwrap();
    let known = Store::versions(&old.path()).await.unwrap().known;
    let error = old.upgrade().await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 9001, .. }), "{error}");
    let says = error.to_string();
    assert!(says.contains("schema 9001") && says.contains(&format!("knows {known}")), "{says}");
    assert!(std::fs::read(old.path()).unwrap() == bytes, "not a byte is another");
    assert_eq!(Store::versions(&old.path()).await.unwrap().found, 9001);
}

#[tokio::test]
async fn an_empty_file_of_a_start_that_was_cut_off_becomes_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("consult.db");
    std::fs::write(&path, "").unwrap();
    Store::open(&path).await.unwrap().close().await;
    let versions = Store::versions(&path).await.unwrap();
    assert_eq!(versions.found, versions.known);
}
