//! An erasure can be proven: nothing opens what was erased, and the chain says so.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::admin::{Admin, Proven};
use consilium_consult::archive::ArchiveFault;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use support::{ANNA, BORIS, VOLKOVA, World, lies_in};

use crate::full_text;
use crate::retention::{CANARY, REASON, classes, days, erase, id, sealed};

async fn verify(world: &World) -> Proven {
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    admin.close().await;
    proven
}

pub async fn open(world: &World) -> SqliteConnection {
    let file = world.data_folder().join("consult.db");
    SqliteConnectOptions::new().filename(file).connect().await.unwrap()
}

#[tokio::test]
async fn after_an_erasure_no_key_of_the_record_and_no_word_of_it_lies_in_any_file() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    full_text::index(&world).await;
    assert_eq!(full_text::find(&world, VOLKOVA, CANARY).await["total"], 1);
    let mut database = open(&world).await;
    let entries = "SELECT docs FROM archive_word UNION ALL SELECT labels FROM archive_indexed \
                   UNION ALL SELECT words FROM archive_beginning UNION ALL SELECT beginnings FROM archive_indexed";
    let rows = sqlx::raw_sql(entries).fetch_all(&mut database).await.unwrap();
    let entries: Vec<Vec<u8>> = rows.iter().map(|row| row.get(0)).collect();
    assert!(entries.len() > 3 && entries.iter().all(|entry| lies_in(&world.data_folder(), entry)));
    let row =
        sqlx::raw_sql("SELECT wrapped_key FROM archive_key WHERE sequence = 1").fetch_one(&mut database).await.unwrap();
    let key: Vec<u8> = row.get(0);
    drop(database);
    assert!(lies_in(&world.data_folder(), &key[key.len() - 32..]), "the search finds what is there");
    world.pass(1_801);
    erase(&world, &talk).await.ok();
    for at in (0..key.len() - 32).step_by(8) {
        assert!(!lies_in(&world.data_folder(), &key[at..at + 32]), "a part of the key lies on disk");
    }
    for word in [CANARY, REASON] {
        assert!(!lies_in(&world.data_folder(), word.as_bytes()), "{word} lies on disk");
    }
    for entry in &entries {
        assert!(!lies_in(&world.data_folder(), entry), "an entry of the search index lies on disk");
    }
    assert_eq!(full_text::find(&world, VOLKOVA, CANARY).await["total"], 0);
    // The sealed bytes are still in the chain, and nothing is left that opens them.
    let mut database = open(&world).await;
    let left = "SELECT (SELECT count(*) FROM archive_record WHERE sequence = 1), (SELECT count(*) FROM archive_key)";
    let row = sqlx::raw_sql(left).fetch_one(&mut database).await.unwrap();
    assert_eq!((row.get::<i64, _>(0), row.get::<i64, _>(1)), (1, 0));
}

#[tokio::test]
async fn the_chain_stays_whole_and_says_what_was_erased_when_by_whom_and_why() {
    let world = World::start_as(classes).await;
    let (by_hand, by_time) = (sealed(&world, ANNA).await, sealed(&world, BORIS).await);
    world.pass(1_801);
    erase(&world, &by_hand).await.ok();
    days(&world, 12).await;
    let proven = verify(&world).await;
    assert_eq!(proven.archive, Ok(4), "two records, two tombstones");
    assert!(proven.audit.is_ok());
    let said: Vec<_> =
        proven.erased.iter().map(|one| (one.records.clone(), one.by.as_deref(), one.reason.as_deref())).collect();
    assert_eq!(said, [(vec![1], Some("Ms Volkova"), Some(REASON)), (vec![2], None, None)]);
    assert_ne!(by_hand["id"], by_time["id"]);
}

#[tokio::test]
async fn a_key_that_comes_back_and_a_tombstone_that_is_changed_are_faults() {
    for (sql, fault) in [
        ("INSERT INTO archive_key SELECT sequence, wrapped_key FROM kept", ArchiveFault::KeyCameBack(1)),
        ("UPDATE archive_record SET is_tombstone = 0 WHERE sequence = 2", ArchiveFault::Changed(2)),
        (
            "UPDATE archive_record SET ciphertext = replace(CAST(ciphertext AS TEXT), 'volkova', 'petrova') WHERE sequence = 2",
            ArchiveFault::Changed(2),
        ),
    ] {
        let world = World::start_as(classes).await;
        let talk = sealed(&world, ANNA).await;
        world.pass(1_801);
        let mut database = open(&world).await;
        sqlx::raw_sql("CREATE TABLE kept AS SELECT * FROM archive_key").execute(&mut database).await.unwrap();
        erase(&world, &talk).await.ok();
        let sql = format!("DROP TRIGGER archive_record_keeps; PRAGMA foreign_keys = off; {sql}");
        sqlx::raw_sql(AssertSqlSafe(sql.as_str())).execute(&mut database).await.unwrap();
        assert_eq!(verify(&world).await.archive, Err(fault), "{sql}");
    }
}

#[tokio::test]
async fn a_reason_that_was_exchanged_is_not_believed() {
    let world = World::start_as(classes).await;
    for who in [ANNA, BORIS] {
        let talk = sealed(&world, who).await;
        world.pass(1_801);
        erase(&world, &talk).await.ok();
    }
    let mut database = open(&world).await;
    sqlx::raw_sql("UPDATE erasure SET reason = NULL").execute(&mut database).await.unwrap();
    assert!(verify(&world).await.erased.iter().all(|erased| erased.reason.is_none() && erased.by.is_some()));
}

#[tokio::test]
async fn a_crash_before_the_head_was_anchored_is_mended_at_the_next_start() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    world.pass(1_801);
    erase(&world, &talk).await.ok();
    let heads = world.data_folder().join("archive.heads");
    let text = std::fs::read_to_string(&heads).unwrap();
    let first = text.lines().next().unwrap().to_owned();
    std::fs::write(&heads, format!("{first}\n")).unwrap();
    let world = world.restart().await;
    assert_eq!(std::fs::read_to_string(&heads).unwrap(), text);
    assert_eq!(verify(&world).await.archive, Ok(2));
}

#[tokio::test]
async fn anybody_can_check_a_certificate_by_the_archives_public_key() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    world.pass(1_801);
    let certificate = erase(&world, &talk).await.ok();
    let (proof, chain) = (&certificate["proof"], &certificate["proof"]["chain"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert_eq!(chain["signature_valid"], true);
    let key: [u8; 32] = hex::decode(text(&proof["verifying_key"])).unwrap().try_into().unwrap();
    let on_disk = std::fs::read_to_string(world.data_folder().join("secrets").join("archive.verifying")).unwrap();
    assert_eq!(on_disk.trim(), text(&proof["verifying_key"]));
    let framed = |parts: &[&[u8]]| {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(*part);
        }
        bytes
    };
    let (domain, zero) = (b"consilium archive record 1".as_slice(), 0_i64.to_be_bytes());
    let (sequence, hash) = (chain["sequence"].as_i64().unwrap().to_be_bytes(), text(&chain["hash"]));
    let at: jiff::Timestamp = text(&certificate["erased"]["at"]).parse().unwrap();
    let subject = format!("erased/{}", id(&talk));
    let (previous, tombstone) = (text(&chain["previous_hash"]), text(&proof["tombstone"]));
    let parts: [&[u8]; 9] = [
        domain,
        previous.as_bytes(),
        b"hs.test",
        &sequence,
        subject.as_bytes(),
        &at.as_millisecond().to_be_bytes(),
        &zero,
        &zero,
        tombstone.as_bytes(),
    ];
    assert_eq!(hex::encode(Sha256::digest(framed(&parts))), hash);
    let signature: [u8; 64] = hex::decode(text(&proof["signature"])).unwrap().try_into().unwrap();
    let signed = framed(&[domain, &sequence, hash.as_bytes()]);
    VerifyingKey::from_bytes(&key).unwrap().verify_strict(&signed, &Signature::from_bytes(&signature)).unwrap();
    let salt = hex::decode(text(&proof["reason_salt"])).unwrap();
    let reason = hex::encode(Sha256::digest(framed(&[b"consilium erasure reason 1", &salt, REASON.as_bytes()])));
    assert!(tombstone.contains(&reason) && !tombstone.contains(REASON), "{tombstone}");
    assert_eq!(certificate["remains"].as_array().unwrap().len(), 4);
    let russian = world.get(VOLKOVA, &format!("/archive/{}/certificate", id(&talk))).await;
    assert_eq!(russian["proof"], certificate["proof"], "read again it is the same");
}
