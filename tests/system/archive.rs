//! `consilium archive verify` names whatever somebody did to the records by hand, in the SQL file itself.

use std::path::Path;

use consilium_harness::CLINIC;
use serde_json::json;

use crate::clinic::{Clinic, Person};
use crate::disk;

/// What guards the tables within the database; who edits the file does not keep it.
const UNGUARDED: &str = "
    PRAGMA foreign_keys = OFF;
    DROP TRIGGER audit_keeps; DROP TRIGGER audit_stays; DROP TRIGGER archive_record_keeps; DROP TRIGGER archive_record_stays;";

/// What is done to a database of three records, and what is said of it.
const DEEDS: &[(&str, &str, &str)] = &[
    (
        "a record is removed",
        "DELETE FROM archive_record WHERE sequence = 2; DELETE FROM archive_key WHERE sequence = 2;",
        "archive: NOT INTACT: record 2 is missing",
    ),
    (
        "the first record is removed",
        "DELETE FROM archive_record WHERE sequence = 1; DELETE FROM archive_key WHERE sequence = 1;",
        "archive: NOT INTACT: record 1 is missing",
    ),
    (
        "the text of a record is changed",
        "UPDATE archive_record SET ciphertext = substr(ciphertext, 1, 40) || CASE substr(ciphertext, 41, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(ciphertext, 42) WHERE sequence = 2;",
        "archive: NOT INTACT: record 2 was changed or moved",
    ),
    (
        "the number of messages is changed",
        "UPDATE archive_record SET message_count = 1 WHERE sequence = 3;",
        "archive: NOT INTACT: record 3 was changed or moved",
    ),
    (
        "the time of a record is changed",
        "UPDATE archive_record SET sealed_at = sealed_at - 1 WHERE sequence = 1;",
        "archive: NOT INTACT: record 1 was changed or moved",
    ),
    (
        "a record is given to another consultation",
        "UPDATE archive_record SET consultation_id = (SELECT consultation_id FROM archive_record WHERE sequence = 1) WHERE sequence = 2;",
        "archive: NOT INTACT: record 2 was changed or moved",
    ),
    (
        "two records change places",
        "UPDATE archive_record SET sequence = -1 WHERE sequence = 1; UPDATE archive_record SET sequence = 1 WHERE sequence = 2;
         UPDATE archive_record SET sequence = 2 WHERE sequence = -1; UPDATE archive_key SET sequence = -1 WHERE sequence = 1;
         UPDATE archive_key SET sequence = 1 WHERE sequence = 2; UPDATE archive_key SET sequence = 2 WHERE sequence = -1;",
        "archive: NOT INTACT: record 1 was changed or moved",
    ),
    (
        "a signature is another's",
        "UPDATE archive_record SET signature = (SELECT signature FROM archive_record WHERE sequence = 1) WHERE sequence = 2;",
        "archive: NOT INTACT: record 2 is not signed by the archive",
    ),
    (
        "a record's key is another's",
        "UPDATE archive_key SET wrapped_key = (SELECT wrapped_key FROM archive_key WHERE sequence = 1) WHERE sequence = 2;",
        "archive: NOT INTACT: record 2 does not open with its key",
    ),
    (
        "the end is cut",
        "DELETE FROM archive_record WHERE sequence = 3; DELETE FROM archive_key WHERE sequence = 3;",
        "archive: NOT INTACT: the archive ends at record 2; the counter knows 3",
    ),
    (
        "the end is cut and every trace of it in the database",
        "DELETE FROM archive_record WHERE sequence = 3; DELETE FROM archive_key WHERE sequence = 3;
         UPDATE counter SET value = 2 WHERE name = 'archive'; UPDATE consultation SET sealed_sequence = NULL WHERE sealed_sequence = 3;",
        "archive: NOT INTACT: the archive ends at record 2; the anchor knows 3",
    ),
    (
        "an entry of the audit log is removed",
        "DELETE FROM audit WHERE sequence = 4;",
        "audit log: NOT INTACT: audit entry 4 is missing",
    ),
    (
        "an entry of the audit log is changed",
        "UPDATE audit SET actor = '@somebody:clinic.test' WHERE sequence = 4;",
        "audit log: NOT INTACT: audit entry 4 was changed or moved",
    ),
    (
        "two entries of the audit log change places",
        "UPDATE audit SET sequence = -1 WHERE sequence = 4; UPDATE audit SET sequence = 4 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = -1;",
        "audit log: NOT INTACT: audit entry 4 was changed or moved",
    ),
    (
        "the end of the audit log is cut",
        "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit);",
        "audit log: NOT INTACT: the audit log ends at entry",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_to_the_records_by_hand_is_found_and_named() {
    let clinic = clinic_with_records(3).await;
    let file = clinic.system.data_folder().join("tenants").join(CLINIC).join("consult.db");
    let whole = std::fs::read(&file).unwrap();
    let (intact, said) = verify(&clinic);
    assert!(intact && said.contains("archive: 3 records, all as they were written"), "{said}");

    for (deed, statements, finding) in DEEDS {
        put_back(&file, &whole);
        edit(&file, statements).await;
        let (intact, said) = verify(&clinic);
        assert!(!intact && said.contains(finding), "{deed}: {said}");
    }
    // A head of before that is another now: the chain was computed anew by who has all keys.
    put_back(&file, &whole);
    let anchor = file.with_file_name("archive.heads");
    let heads = std::fs::read_to_string(&anchor).unwrap();
    let second: serde_json::Value = serde_json::from_str(heads.lines().nth(1).unwrap()).unwrap();
    std::fs::write(&anchor, heads.replace(second["hash"].as_str().unwrap(), &"0".repeat(64))).unwrap();
    let (intact, said) = verify(&clinic);
    assert!(!intact && said.contains("record 2 is not the one whose head was anchored"), "{said}");
    std::fs::write(&anchor, heads).unwrap();

    let (intact, said) = verify(&clinic);
    assert!(intact, "what was put back is intact: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_signing_key_is_not_replaced_by_another() {
    let clinic = clinic_with_records(1).await;
    let key = clinic.system.data_folder().join("tenants").join(CLINIC).join("secrets/archive.signing.sealed");
    let aside = key.with_extension("aside");
    std::fs::rename(&key, &aside).unwrap();
    let output = clinic.verify_archive();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("archive.signing.sealed") && said.contains("backup"), "{said}");
    clinic.system.spawn();
    assert!(!clinic.system.wait_for_end().await.success());
    assert!(!key.exists(), "no other key takes its place");
    std::fs::rename(&aside, &key).unwrap();
    clinic.system.launch().await;
    assert!(clinic.verify_archive().status.success());
}

/// A clinic whose archive holds so many consultations, stopped.
async fn clinic_with_records(count: usize) -> Clinic {
    let clinic = Clinic::start().await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let volkova = clinic.staff("volkova", "supervisor").await;
    for number in 1..=count {
        let mut patient = clinic.patient(&format!("patient{number}")).await;
        consult(&clinic, &mut patient, &mut petrova).await;
        let sealed = |seen: &serde_json::Value| seen["total"] == number;
        volkova.sees("/_consilium/v1/archive", "the record", sealed).await;
    }
    assert!(clinic.system.stop().await.success());
    clinic
}

async fn consult(clinic: &Clinic, patient: &mut Person, petrova: &mut Person) {
    let asked = clinic.ask(patient, "therapist").await;
    patient.client.say(&asked.room, "it hurts").await.unwrap();
    clinic.take(petrova, &asked).await;
    petrova.reads(&asked.room, "it hurts").await;
    petrova.client.say(&asked.room, "rest").await.unwrap();
    petrova.api.post(&asked.path("close"), json!({})).await.ok();
}

/// Whether all is found as it was written, and what is said.
fn verify(clinic: &Clinic) -> (bool, String) {
    let output = clinic.verify_archive();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

/// The database as it was, without journals of what was done since.
fn put_back(file: &Path, whole: &[u8]) {
    for journal in ["consult.db-wal", "consult.db-shm"] {
        let _ = std::fs::remove_file(file.with_file_name(journal));
    }
    std::fs::write(file, whole).unwrap();
}

async fn edit(file: &Path, statements: &'static str) {
    let pool = disk::open_sql(file).await;
    let mut connection = pool.acquire().await.unwrap();
    sqlx::raw_sql(UNGUARDED).execute(&mut *connection).await.unwrap();
    sqlx::raw_sql(statements).execute(&mut *connection).await.unwrap();
    drop(connection);
    pool.close().await;
}
