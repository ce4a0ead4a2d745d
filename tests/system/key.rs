//! Without `keeper.key` nothing opens: the system refuses and changes nothing, and nothing else that lies with the data stands in for the key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use consilium_consult::tenant_key::{Place, TenantKey};
use consilium_harness::{CLINIC, CLINIC_NAME};
use consilium_keeper::{Context, Keeper, KeeperConfig, KeeperError, KeeperKey, Secret};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::clinic::{Clinic, question};
use crate::disk;

/// Longest file whose every 32 bytes are tried as a key.
const SMALL: usize = 8_192;

/// A clinic with one sealed consultation and one that goes on, stopped.
async fn clinic_with_data() -> Clinic {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    anna.api.post("/_consilium/v1/me/backup-secret", json!({ "device_name": "phone" })).await.ok();
    let mut petrova = clinic.staff("petrova", "operator").await;
    let volkova = clinic.staff("volkova", "supervisor").await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    anna.client.say(&asked.room, "it hurts").await.unwrap();
    clinic.take(&mut petrova, &asked).await;
    petrova.reads(&asked.room, "it hurts").await;
    petrova.api.post(&asked.path("close"), json!({ "note": "be well" })).await.ok();
    volkova.sees(&format!("/_consilium/v1/archive/{}", asked.id), "it is sealed", |_| true).await;
    let again = anna.api.post("/_consilium/v1/consultations", question("paediatrician")).await.ok();
    anna.client.say(&asked.room, "it hurts again").await.unwrap();
    let path = format!("/_consilium/v1/consultations/{}", again["id"].as_str().unwrap());
    volkova.sees(&path, "the message came", |seen| seen["message_count"] == 1).await;
    assert!(clinic.system.stop().await.success());
    clinic
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_file_nothing_starts_and_nothing_changes() {
    let clinic = clinic_with_data().await;
    let (system, key) = (&clinic.system, clinic.system.key_file());
    let before = content(&system.data_folder());
    let aside = key.with_extension("aside");
    std::fs::rename(&key, &aside).unwrap();

    system.spawn();
    assert!(!system.wait_for_end().await.success());
    let said = system.log().lines().last().unwrap().to_owned();
    for word in ["consult.keeper_key_file", key.to_str().unwrap(), "put it back"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let verify = clinic.verify_archive();
    let refused = String::from_utf8_lossy(&verify.stderr).into_owned();
    assert!(!verify.status.success() && refused.contains("put it back"), "{refused}");
    assert!(!key.exists(), "no other key takes its place");
    assert_eq!(changed(&before, &content(&system.data_folder())), [""; 0]);

    std::fs::rename(&aside, &key).unwrap();
    system.launch().await;
    assert!(clinic.verify_archive().status.success(), "with the key all is as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_is_refused_and_overwrites_nothing() {
    let clinic = clinic_with_data().await;
    let (system, key) = (&clinic.system, clinic.system.key_file());
    let tenant = system.data_folder().join("tenants").join(CLINIC);
    let secrets = content(&tenant.join("secrets"));
    let rows = all_rows(&tenant).await;
    let right = std::fs::read(&key).unwrap();
    std::fs::write(&key, "5a".repeat(32)).unwrap();

    system.spawn();
    assert!(!system.wait_for_end().await.success());
    let said = system.log().lines().last().unwrap().to_owned();
    assert!(said.contains("another") && said.contains("keeper.key"), "{said}");
    let verify = clinic.verify_archive();
    let refused = String::from_utf8_lossy(&verify.stderr).into_owned();
    assert!(!verify.status.success() && refused.contains("another keeper.key"), "{refused}");
    assert_eq!(changed(&secrets, &content(&tenant.join("secrets"))), [""; 0]);
    assert_eq!(all_rows(&tenant).await, rows);

    std::fs::write(&key, right).unwrap();
    system.launch().await;
    assert!(clinic.verify_archive().status.success(), "with the key all is as before");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_lies_with_the_data_opens_what_is_sealed() {
    let clinic = clinic_with_data().await;
    let data = clinic.system.data_folder();
    let tenant = data.join("tenants").join(CLINIC);
    let sealed = sealed_values(&tenant).await;
    let places: BTreeSet<&str> = sealed.iter().map(|sealed| sealed.table).collect();
    assert_eq!(
        places,
        BTreeSet::from(["consultation", "consultation_history", "message", "patient", "secret_release", "secrets"])
    );

    let right = std::fs::read_to_string(clinic.system.key_file()).unwrap();
    let right = TenantKey::derive(&key_of(&decoded_hex(right.trim())), CLINIC_NAME);
    for sealed in &sealed {
        assert!(sealed.opens_with(&right), "the key itself opens {} of {}", sealed.column, sealed.table);
    }
    let (shaped, windows) = candidates(&data);
    assert!(shaped.len() > 10 && windows.len() > 1_000, "{} and {} candidates", shaped.len(), windows.len());
    for candidate in shaped.iter().chain(&windows) {
        let key = TenantKey::derive(candidate, CLINIC_NAME);
        let opened = sealed.iter().find(|sealed| sealed.opens_with(&key));
        assert!(opened.is_none(), "{:?} opens with something that lies beside it", opened.map(|sealed| sealed.table));
    }
    for candidate in &shaped {
        let outcome = Keeper::start(keeper_config(&tenant, candidate), keeper_context()).await;
        assert!(matches!(outcome, Err(KeeperError::WrongKey)), "{:?}", outcome.err());
    }
    // The archive's records are sealed to an age identity, which nowhere stands in the open.
    let found = disk::in_files(&data, &disk::needles("AGE-SECRET-KEY-1"));
    assert_eq!(found, [""; 0]);
}

/// A value that lies encrypted in the tenant's database or secrets.
struct Sealed {
    table: &'static str,
    column: &'static str,
    row: String,
    bytes: Vec<u8>,
}

impl Sealed {
    fn opens_with(&self, key: &TenantKey) -> bool {
        key.open(Place { table: self.table, column: self.column, row: &self.row }, &self.bytes).is_ok()
    }
}

async fn sealed_values(tenant: &Path) -> Vec<Sealed> {
    let mut found = Vec::new();
    for (table, columns) in disk::sql_rows(&tenant.join("consult.db")).await {
        let columns: BTreeMap<String, Vec<u8>> = columns.into_iter().collect();
        let text = |name: &str| String::from_utf8(columns[name].clone()).unwrap();
        let (table, row, sealed): (_, _, &[&'static str]) = match table.as_str() {
            "message" => ("message", text("event_id"), &["content"]),
            "patient" => ("patient", text("id"), &["card"]),
            "secret_release" => ("secret_release", text("id"), &["device_name"]),
            "consultation" => ("consultation", text("id"), &["end_reason", "transfer_note"]),
            "consultation_history" => {
                ("consultation_history", format!("{}/{}", text("consultation_id"), text("version")), &["note"])
            }
            _ => continue,
        };
        for column in sealed.iter().filter(|column| !columns[**column].is_empty()) {
            found.push(Sealed { table, column, row: row.clone(), bytes: columns[*column].clone() });
        }
    }
    for row in ["identity", "signing"] {
        let bytes = std::fs::read(tenant.join(format!("secrets/archive.{row}.sealed"))).unwrap();
        found.push(Sealed { table: "secrets", column: "archive", row: row.to_owned(), bytes });
    }
    found
}

/// Keys that might lie in a folder: what has the form of one or is the hash of a secret; and each 32 bytes of small files.
fn candidates(folder: &Path) -> (BTreeSet<[u8; 32]>, BTreeSet<[u8; 32]>) {
    let (mut shaped, mut windows) = (BTreeSet::from([[0; 32]]), BTreeSet::new());
    for path in disk::files(folder) {
        let bytes = std::fs::read(path).unwrap();
        shaped.insert(Sha256::digest(&bytes).into());
        if bytes.len() > SMALL {
            continue;
        }
        windows.extend(bytes.windows(32).map(key_of));
        let text = String::from_utf8_lossy(&bytes);
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"+/-_=".contains(letter)) {
            let (hex, plain) = (decoded_hex(word), word.trim_end_matches('='));
            let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.decode(plain);
            let url = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(plain);
            let decoded = [Some(hex), base64.ok(), url.ok()].into_iter().flatten();
            shaped.extend(decoded.filter(|bytes| bytes.len() == 32).map(|bytes| key_of(&bytes)));
            if word.len() >= 16 {
                shaped.insert(Sha256::digest(word).into());
            }
        }
    }
    (shaped, windows)
}

fn key_of(bytes: &[u8]) -> [u8; 32] {
    bytes.try_into().unwrap()
}

/// Empty when it is no hexadecimal text.
fn decoded_hex(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap_or_default()
}

fn keeper_config(tenant: &Path, key: &[u8; 32]) -> KeeperConfig {
    KeeperConfig {
        // Nobody is asked before the store has opened.
        homeserver_url: "http://127.0.0.1:1".to_owned(),
        server_name: CLINIC_NAME.to_owned(),
        as_token: Secret::new("none"),
        localpart: "keeper".to_owned(),
        device_id: "KEEPER1".to_owned(),
        folder: tenant.join("keeper"),
        key: KeeperKey::from_bytes(*key),
    }
}

fn keeper_context() -> Context {
    Context::new(|| 0, |buffer| buffer.fill(1))
}

/// Each file's bytes by its path.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    disk::files(folder).into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Files that were changed, made or taken away.
fn changed(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&PathBuf> = before.keys().chain(after.keys()).collect();
    let differ = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    differ.map(|path| path.display().to_string()).collect()
}

/// Table, and column by column the bytes, of each row of a tenant's SQL files.
async fn all_rows(tenant: &Path) -> Vec<(String, Vec<(String, Vec<u8>)>)> {
    let mut rows = Vec::new();
    for file in disk::sql_files(tenant) {
        rows.extend(disk::sql_rows(&file).await);
    }
    rows
}
