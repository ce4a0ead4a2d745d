//! What lies on the disk after a consultation: nothing that was said, in raw files and in what the engines give back; and no file opens without the key.

use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use consilium_homeserver::keyspaces::TABLES;
use consilium_store::{Direction, Engine as _, OpenOptions, RocksEngine, SharedLimits, SharedResources};
use serde_json::json;
use sqlx::{Connection as _, Row as _};

use crate::people::{API, archived, ask, operator, patient, plain, system, take};

const SAID: &str = "streptococcus-Qx7-said";
const ANSWERED: &str = "амоксициллин-Qx7-ответ";
const FILE_NAME: &str = "histology-Qx7-name.pdf";
const FILE_TEXT: &str = "carcinoma-Qx7-inside-the-file";
const NOTE: &str = "epicrisis-Qx7-note";
/// Said in a room without encryption: the search must find it.
const CANARY: &str = "canary-Qx7-in-the-open";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_said_stands_on_the_disk() {
    let system = system().await;
    let mut anna = patient(&system, "anna").await;
    let mut petrova = operator(&system, "petrova").await;
    let asked = ask(&system, &mut anna).await;
    anna.say(&asked.room, SAID).await.unwrap();
    take(&system, &mut petrova, &asked).await;
    anna.sync().await.unwrap();
    petrova.say(&asked.room, ANSWERED).await.unwrap();
    let file = anna.upload_file("m.file", FILE_NAME, "application/pdf", FILE_TEXT.as_bytes()).await.unwrap();
    let file = anna.encrypt(&asked.room, file).await.unwrap();
    anna.put_event(&asked.room, "m.room.encrypted", file).await.unwrap();
    plain(&system, &petrova)
        .post(&format!("{API}/consultations/{}/close", asked.id), json!({ "note": NOTE }))
        .await
        .ok();
    let record = archived(&plain(&system, &anna), &asked.id).await.to_string();
    for said in [SAID, ANSWERED, FILE_NAME] {
        assert!(record.contains(said), "the record can be read: {record}");
    }
    let open =
        plain(&system, &anna).post("/_matrix/client/v3/createRoom", json!({ "preset": "private_chat" })).await.ok();
    plain(&system, &anna).say(open["room_id"].as_str().unwrap(), CANARY).await;
    system.stop().await;

    let secrets: Vec<Needle> = [SAID, ANSWERED, FILE_NAME, FILE_TEXT, NOTE].into_iter().map(Needle::new).collect();
    let canary = Needle::new(CANARY);
    let mut canaries = (0, 0);
    let mut files = 0;
    for path in files_below(system.folder()) {
        let Ok(content) = std::fs::read(&path) else { continue };
        files += 1;
        no_secret(&secrets, &content, &path.display().to_string());
        canaries.0 += usize::from(canary.is_in(&content));
    }
    for (place, content) in values_in_engines(&system.data_folder()).await {
        no_secret(&secrets, &content, &place);
        canaries.1 += usize::from(canary.is_in(&content));
    }
    assert!(files > 10 && canaries.0 > 0, "the search of {files} raw files finds what is there");
    assert!(canaries.1 > 0, "the search through the engines finds what is there");
}

fn no_secret(secrets: &[Needle], content: &[u8], place: &str) {
    for secret in secrets {
        assert!(!secret.is_in(content), "{} stands in {place}", secret.text);
    }
}

/// A text in the forms in which it could stand somewhere.
struct Needle {
    text: &'static str,
    forms: Vec<Vec<u8>>,
}

impl Needle {
    fn new(text: &'static str) -> Self {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let escaped: String = text
            .chars()
            .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("\\u{:04x}", u32::from(letter)) })
            .collect();
        let mut forms = vec![text.as_bytes().to_vec(), wide, escaped.into_bytes(), hex::encode(text).into_bytes()];
        // Base64 at each of the three offsets, without the ends that depend on what stands around.
        for offset in 0..3 {
            let padded = [vec![0; offset], text.as_bytes().to_vec()].concat();
            let encoded = STANDARD_NO_PAD.encode(&padded);
            forms.push(encoded.as_bytes()[4..encoded.len() - 4].to_vec());
        }
        Self { text, forms }
    }

    fn is_in(&self, content: &[u8]) -> bool {
        self.forms.iter().any(|form| memchr::memmem::find(content, form).is_some())
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

/// Every key and value of every store and every SQL table below the folder, as the engines give them: decompressed.
async fn values_in_engines(data: &Path) -> Vec<(String, Vec<u8>)> {
    let mut values = Vec::new();
    let (mut stores, mut databases) = (0, 0);
    for path in files_below(data) {
        if path.file_name().is_some_and(|name| name == "CURRENT") {
            stores += 1;
            values.extend(rows_of_store(path.parent().unwrap()).await);
        }
        let is_database = std::fs::read(&path).is_ok_and(|content| content.starts_with(b"SQLite format 3\0"));
        if is_database {
            databases += 1;
            values.extend(rows_of_database(&path).await);
        }
    }
    assert!(stores >= 2 && databases >= 2, "both tenants' stores and databases: {stores}, {databases}");
    values
}

async fn rows_of_store(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let shared = SharedResources::new(SharedLimits::default());
    let engine = RocksEngine::open(folder, TABLES, &shared, OpenOptions::named("search")).await.unwrap();
    let view = engine.view();
    let mut values = Vec::new();
    for table in TABLES {
        let mut start = Vec::new();
        loop {
            let rows = view.range(*table, &start, &[0xff; 32], usize::MAX, Direction::Forward).await.unwrap();
            let Some(last) = rows.last() else { break };
            start = [last.key.as_ref(), &[0]].concat();
            let place = format!("{} of {}", table.name, folder.display());
            values.extend(
                rows.iter().flat_map(|row| [(place.clone(), row.key.to_vec()), (place.clone(), row.value.to_vec())]),
            );
        }
    }
    engine.close().await;
    values
}

async fn rows_of_database(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    let tables =
        sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(&mut connection).await.unwrap();
    let mut values = Vec::new();
    for table in tables {
        let table: String = table.get(0);
        // The name comes from the database's own list.
        let query = sqlx::AssertSqlSafe(format!("SELECT * FROM \"{table}\""));
        for row in sqlx::query(query).fetch_all(&mut connection).await.unwrap() {
            for column in 0..row.len() {
                let value = row.try_get_unchecked::<Vec<u8>, _>(column).unwrap_or_default();
                values.push((format!("{table} of {}", path.display()), value));
            }
        }
    }
    connection.close().await.unwrap();
    values
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_file_nothing_opens_and_nothing_is_overwritten() {
    let system = system().await;
    let mut anna = patient(&system, "anna").await;
    let mut petrova = operator(&system, "petrova").await;
    let asked = ask(&system, &mut anna).await;
    anna.say(&asked.room, SAID).await.unwrap();
    take(&system, &mut petrova, &asked).await;
    plain(&system, &petrova).post(&format!("{API}/consultations/{}/close", asked.id), json!({})).await.ok();
    archived(&plain(&system, &anna), &asked.id).await;
    system.stop().await;

    let key = std::fs::read(system.key_file()).unwrap();
    std::fs::remove_file(system.key_file()).unwrap();
    let log = refused_start(&system).await;
    assert!(log.contains("keeper.key"), "it names what is missing: {log}");
    let other = system.folder().join("other.key");
    std::fs::write(&other, another_key(&key)).unwrap();
    std::fs::copy(&other, system.key_file()).unwrap();
    let log = refused_start(&system).await;
    assert!(log.contains("key"), "it says that this is not the key: {log}");

    std::fs::write(system.key_file(), &key).unwrap();
    system.launch().await;
    let record = archived(&plain(&system, &anna), &asked.id).await;
    assert!(record.to_string().contains(SAID), "with the right key all is there: {record}");
}

/// What the log says of a start that was refused.
async fn refused_start(system: &consilium_harness::System) -> String {
    let before = system.log().len();
    system.spawn();
    let status = system.wait_for_end().await;
    assert!(!status.success(), "it must not start");
    system.log()[before..].to_owned()
}

/// A key of the same form with other digits.
fn another_key(key: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(key.to_vec()).unwrap();
    let digits = |letter: char| match letter {
        '0'..='8' => char::from(u8::try_from(letter).unwrap() + 1),
        'b'..='e' => char::from(u8::try_from(letter).unwrap() + 1),
        other => other,
    };
    text.chars().map(digits).collect::<String>().into_bytes()
}
