//! What lies on disk, looked at behind the system's back: the bytes of every file, and each key and value through the engines.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use consilium_homeserver::keyspaces;
use consilium_store::{Direction, Engine as _, OpenOptions, RocksEngine, SharedResources};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqliteRow};
use sqlx::{Row as _, ValueRef as _};

/// Rows of one look into a table of the homeserver's store.
const PAGE: usize = 1_000;

/// A text in one of the forms in which it might have been written.
pub struct Needle {
    name: String,
    bytes: Vec<u8>,
}

impl Needle {
    fn is_in(&self, hay: &[u8]) -> bool {
        memchr::memmem::find(hay, &self.bytes).is_some()
    }
}

/// `text` as UTF-8, UTF-16 in both orders, base64 at each of its three alignments, hexadecimal, percent-encoded and JSON-escaped; as it is and in lower case.
pub fn needles(text: &str) -> Vec<Needle> {
    let mut forms: Vec<(String, Vec<u8>)> = Vec::new();
    for text in [text.to_owned(), text.to_lowercase()] {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut add = |form: &str, bytes: Vec<u8>| forms.push((format!("{text} as {form}"), bytes));
        add("UTF-8", text.clone().into_bytes());
        add("UTF-16LE", units.iter().flat_map(|unit| unit.to_le_bytes()).collect());
        add("UTF-16BE", units.iter().flat_map(|unit| unit.to_be_bytes()).collect());
        for skipped in 0..3 {
            // What a neighbour may share a group with is left out at both ends.
            let inner = &text.as_bytes()[skipped..];
            let inner = &inner[..inner.len() / 3 * 3];
            add("base64", STANDARD_NO_PAD.encode(inner).into_bytes());
            add("base64url", URL_SAFE_NO_PAD.encode(inner).into_bytes());
        }
        let written = |each: &dyn Fn(&mut String, u8)| {
            text.bytes().fold(String::new(), |mut out, byte| {
                each(&mut out, byte);
                out
            })
        };
        add("hex", written(&|out, byte| write!(out, "{byte:02x}").unwrap()).into_bytes());
        add("percent-encoding", written(&|out, byte| write!(out, "%{byte:02X}").unwrap()).into_bytes());
        for (form, upper) in [("JSON escapes", false), ("JSON escapes, upper case", true)] {
            let escaped = units.iter().fold(String::new(), |mut out, unit| {
                match (u8::try_from(*unit), upper) {
                    (Ok(ascii), _) if ascii.is_ascii() => out.push(char::from(ascii)),
                    (_, true) => write!(out, "\\u{unit:04X}").unwrap(),
                    (_, false) => write!(out, "\\u{unit:04x}").unwrap(),
                }
                out
            });
            add(form, escaped.into_bytes());
        }
    }
    forms.sort_by(|one, two| one.1.cmp(&two.1));
    forms.dedup_by(|one, two| one.1 == two.1);
    forms.into_iter().map(|(name, bytes)| Needle { name, bytes }).collect()
}

/// Bytes as they are and as hexadecimal, and their base64 as a text.
pub fn needles_of_secret(base64: &str) -> Vec<Needle> {
    let bytes = STANDARD.decode(base64).unwrap();
    let hex = bytes.iter().fold(String::new(), |mut out, byte| {
        write!(out, "{byte:02x}").unwrap();
        out
    });
    let mut needles = needles(base64);
    needles.push(Needle { name: "the secret's bytes".to_owned(), bytes });
    needles.push(Needle { name: "the secret's hex".to_owned(), bytes: hex.into_bytes() });
    needles
}

/// What of `needles` is found, and where.
pub fn in_bytes(place: &str, hay: &[u8], needles: &[Needle]) -> Vec<String> {
    needles.iter().filter(|needle| needle.is_in(hay)).map(|needle| format!("{place}: {}", needle.name)).collect()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A file's bytes; none where a store has just taken away its journal.
fn read(path: &Path) -> Vec<u8> {
    match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        bytes => bytes.unwrap(),
    }
}

/// Searches the bytes of every file below a folder.
pub fn in_files(folder: &Path, needles: &[Needle]) -> Vec<String> {
    let found = files(folder).into_iter().flat_map(|path| {
        let place = path.strip_prefix(folder).unwrap().display().to_string();
        in_bytes(&place, &read(&path), needles)
    });
    found.collect()
}

/// Searches each key and value that the homeserver's store and the SQL files of a tenant hold, uncompressed as the engines give them. Nobody may have them open.
pub async fn in_rows(tenant: &Path, needles: &[Needle]) -> Vec<String> {
    let mut found = Vec::new();
    for (table, key, value) in store_rows(&tenant.join("store")).await {
        let place = format!("store, table {table}, key {}", key.escape_ascii());
        found.extend(in_bytes(&place, &key, needles));
        found.extend(in_bytes(&place, &value, needles));
    }
    for file in sql_files(tenant) {
        let name = file.strip_prefix(tenant).unwrap().display().to_string();
        for (table, columns) in sql_rows(&file).await {
            for (column, value) in columns {
                found.extend(in_bytes(&format!("{name}, {table}.{column}"), &value, needles));
            }
        }
    }
    found
}

/// Table, key and value of every row of a homeserver's store.
pub async fn store_rows(folder: &Path) -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let (shared, options) = (SharedResources::default(), OpenOptions::named("test"));
    let engine = RocksEngine::open(folder, keyspaces::TABLES, &shared, options).await.unwrap();
    let view = engine.view();
    let mut all = Vec::new();
    for table in keyspaces::TABLES {
        let mut start = Vec::new();
        loop {
            let rows = view.range(*table, &start, &[0xff; 64], PAGE, Direction::Forward).await.unwrap();
            let Some(last) = rows.last() else { break };
            start = [&last.key[..], &[0]].concat();
            all.extend(rows.into_iter().map(|row| (table.name, row.key.to_vec(), row.value.to_vec())));
        }
    }
    engine.close().await;
    all
}

/// The SQL files of a tenant: the consultation service's, the keeper's, its crypto store's.
pub fn sql_files(tenant: &Path) -> Vec<PathBuf> {
    let is_sql = |path: &PathBuf| read(path).starts_with(b"SQLite format 3\0");
    files(tenant).into_iter().filter(is_sql).collect()
}

/// A SQL file, opened to be read or changed by hand.
pub async fn open_sql(file: &Path) -> SqlitePool {
    SqlitePool::connect_with(SqliteConnectOptions::new().filename(file)).await.unwrap()
}

/// Table, and column by column the bytes, of every row of a SQL file.
pub async fn sql_rows(file: &Path) -> Vec<(String, Vec<(String, Vec<u8>)>)> {
    let pool = open_sql(file).await;
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.unwrap();
    let mut all = Vec::new();
    for table in tables {
        let columns = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)").bind(&table);
        let columns: Vec<String> = columns.fetch_all(&pool).await.unwrap();
        let cast: Vec<String> = columns.iter().map(|column| format!("CAST(\"{column}\" AS BLOB)")).collect();
        let select = sqlx::AssertSqlSafe(format!("SELECT {} FROM \"{table}\"", cast.join(", ")));
        let rows: Vec<SqliteRow> = sqlx::query(select).fetch_all(&pool).await.unwrap();
        for row in rows {
            let value = |at: usize| match row.try_get_raw(at).unwrap() {
                value if value.is_null() => Vec::new(),
                _ => row.get::<Vec<u8>, _>(at),
            };
            let values = columns.iter().enumerate().map(|(at, column)| (column.clone(), value(at)));
            all.push((table.clone(), values.collect()));
        }
    }
    pool.close().await;
    all
}
