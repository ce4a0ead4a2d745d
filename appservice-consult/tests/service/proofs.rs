//! Archive and audit log: what was manipulated shows, and nothing readable lies on disk.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::path::Path;

use consilium_consult::admin::{Admin, Proven};
use consilium_consult::archive::ArchiveFault;
use consilium_consult::audit::AuditFault;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use support::{ANNA, PETROVA, VOLKOVA, World};

const CANARY: &str = "canary-of-the-conversation";

/// A service that has sealed three consultations and is stopped.
async fn three_records() -> (World, consilium_consult::TenantConfig) {
    let world = World::start().await;
    for number in 0..3 {
        // The machine's steps are at least a millisecond apart, the messages of a clock that stands are not: an end would lie behind what follows it.
        world.pass(60);
        let asked = world.ask(ANNA, "general").await;
        let id = asked["id"].as_str().unwrap().to_owned();
        world.say(ANNA, asked["room_id"].as_str().unwrap(), &format!("{CANARY} {number}")).await;
        world.post(PETROVA, &format!("/consultations/{id}/take"), json!({})).await;
        world.settle().await;
        world.post(PETROVA, &format!("/consultations/{id}/close"), json!({ "note": format!("{CANARY} note") })).await;
        world.settle().await;
    }
    let tenant = world.config.tenants[0].clone();
    (world, tenant)
}

async fn verify(world: &World, tenant: &consilium_consult::TenantConfig) -> Proven {
    let admin = Admin::open(tenant, world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    admin.close().await;
    proven
}

/// An attacker at the database: he can drop triggers.
pub async fn manipulate(tenant: &consilium_consult::TenantConfig, sql: &str) {
    let options = SqliteConnectOptions::new().filename(tenant.data_folder.join("consult.db"));
    let mut connection: SqliteConnection = options.connect().await.unwrap();
    for trigger in ["audit_keeps", "audit_stays", "archive_record_keeps", "archive_record_stays"] {
        sqlx::raw_sql(AssertSqlSafe(format!("DROP TRIGGER IF EXISTS {trigger}")))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA foreign_keys = off; {sql}"))).execute(&mut connection).await.unwrap();
}

#[tokio::test]
async fn an_untouched_archive_and_audit_log_are_whole() {
    let (world, tenant) = three_records().await;
    let proven = verify(&world, &tenant).await;
    assert_eq!(proven.archive, Ok(3));
    assert!(proven.audit.unwrap() > 10);
}

#[tokio::test]
async fn every_manipulation_of_the_archive_is_named() {
    let swap = "UPDATE archive_record SET sequence = -1 WHERE sequence = 1; UPDATE archive_record SET sequence = 1 WHERE sequence = 2;
                UPDATE archive_record SET sequence = 2 WHERE sequence = -1;";
    let cases = [
        ("DELETE FROM archive_record WHERE sequence = 2", ArchiveFault::Missing(2)),
        ("UPDATE archive_record SET ciphertext = x'00' || ciphertext WHERE sequence = 2", ArchiveFault::Changed(2)),
        ("UPDATE archive_record SET message_count = 9 WHERE sequence = 1", ArchiveFault::Changed(1)),
        (swap, ArchiveFault::Changed(1)),
        (
            "UPDATE archive_record SET signature = (SELECT signature FROM archive_record WHERE sequence = 1)",
            ArchiveFault::NotSigned(2),
        ),
        (
            "UPDATE archive_key SET wrapped_key = (SELECT wrapped_key FROM archive_key WHERE sequence = 1)",
            ArchiveFault::DoesNotOpen(2),
        ),
        (
            "DELETE FROM archive_record WHERE sequence = 3",
            ArchiveFault::Cut { found: 2, expected: 3, witness: "the counter" },
        ),
        (
            "DELETE FROM archive_record WHERE sequence = 3; UPDATE counter SET value = 2 WHERE name = 'archive'; UPDATE consultation SET sealed_sequence = NULL",
            ArchiveFault::Cut { found: 2, expected: 3, witness: "the anchor" },
        ),
    ];
    for (sql, fault) in cases {
        let (world, tenant) = three_records().await;
        manipulate(&tenant, sql).await;
        assert_eq!(verify(&world, &tenant).await.archive, Err(fault), "{sql}");
    }
}

#[tokio::test]
async fn the_end_of_the_archive_is_proved_by_itself_and_says_nothing_of_what_lies_before() {
    let end = async |world: &World, tenant: &consilium_consult::TenantConfig, most: i64| {
        let admin = Admin::open(tenant, world.context()).await.unwrap();
        let proven = admin.verify_end(most).await.unwrap();
        admin.close().await;
        proven
    };
    let (world, tenant) = three_records().await;
    for most in [0, 1, 2, 3, 1000] {
        assert_eq!(end(&world, &tenant, most).await, Ok(3), "{most}");
    }
    manipulate(&tenant, "UPDATE archive_record SET message_count = 9 WHERE sequence = 1").await;
    assert_eq!(end(&world, &tenant, 2).await, Ok(3), "the first is not looked at");
    assert_eq!(end(&world, &tenant, 3).await, Err(ArchiveFault::Changed(1)));
    manipulate(&tenant, "UPDATE archive_record SET message_count = 9 WHERE sequence = 3").await;
    assert_eq!(end(&world, &tenant, 1).await, Err(ArchiveFault::Changed(3)));
    manipulate(&tenant, "DELETE FROM archive_record WHERE sequence = 3").await;
    let cut = ArchiveFault::Cut { found: 2, expected: 3, witness: "the counter" };
    assert_eq!(end(&world, &tenant, 1).await, Err(cut));
    manipulate(&tenant, "DELETE FROM archive_record WHERE sequence = 2").await;
    assert_eq!(end(&world, &tenant, 1).await, Err(ArchiveFault::Missing(2)), "what the end is to stand behind");
}

#[tokio::test]
async fn a_chain_that_was_computed_anew_is_not_the_anchored_one() {
    let (world, tenant) = three_records().await;
    let heads = tenant.data_folder.join("archive.heads");
    let text = std::fs::read_to_string(&heads).unwrap();
    let line = text.lines().nth(1).unwrap();
    let mut head: Value = serde_json::from_str(line).unwrap();
    head["hash"] = json!("ab".repeat(32));
    std::fs::write(&heads, text.replace(line, &head.to_string())).unwrap();
    assert_eq!(verify(&world, &tenant).await.archive, Err(ArchiveFault::NotAnchored(2)));
}

#[tokio::test]
async fn an_erased_record_leaves_the_chain_whole_and_cannot_be_read() {
    let (world, tenant) = three_records().await;
    let id = world.get(VOLKOVA, "/archive").await["items"][1]["consultation"]["id"].as_str().unwrap().to_owned();
    manipulate(&tenant, "DELETE FROM archive_key WHERE sequence = 2").await;
    assert_eq!(verify(&world, &tenant).await.archive, Ok(3));
    world.call(VOLKOVA, "GET", &format!("/archive/{id}"), None).await.problem(410, "erased");
}

#[tokio::test]
async fn every_manipulation_of_the_audit_log_is_named() {
    let cases = [
        ("DELETE FROM audit WHERE sequence = 3", AuditFault::Missing(3)),
        ("UPDATE audit SET actor = '@other:hs.test' WHERE sequence = 4", AuditFault::Changed(4)),
        ("UPDATE audit SET detail = '{}' WHERE sequence = 5", AuditFault::Changed(5)),
        (
            "UPDATE audit SET hash = (SELECT hash FROM audit WHERE sequence = 1) WHERE sequence = 2",
            AuditFault::Changed(2),
        ),
    ];
    for (sql, fault) in cases {
        let (world, tenant) = three_records().await;
        manipulate(&tenant, sql).await;
        assert_eq!(verify(&world, &tenant).await.audit, Err(fault), "{sql}");
    }
    let (world, tenant) = three_records().await;
    manipulate(&tenant, "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)").await;
    assert!(matches!(verify(&world, &tenant).await.audit, Err(AuditFault::Cut { .. })));
}

#[tokio::test]
async fn nothing_on_disk_can_be_read_without_the_keepers_key() {
    let (world, tenant) = three_records().await;
    world.call(ANNA, "PATCH", "/me", Some(json!({ "phone": "+74951234567", "email": "anna@example.org" }))).await.ok();
    let asked = world.ask(ANNA, "general").await;
    world.say(ANNA, asked["room_id"].as_str().unwrap(), &format!("{CANARY} open")).await;
    world.consult.stop().await;
    // The search finds what is there: user ids stand in the open.
    assert!(found_in(&tenant.data_folder, "@petrova:hs.test"));
    for secret in [CANARY, "Каренина", "каренина", "+74951234567", "anna@example.org", "AGE-SECRET"] {
        assert!(!found_in(&tenant.data_folder, secret), "{secret} lies on disk");
    }
    let mut other = tenant.clone();
    other.keeper_key = zeroize::Zeroizing::new([8; 32]);
    assert!(Admin::open(&other, consilium_consult::Context::system()).await.is_err());
}

fn found_in(folder: &Path, text: &str) -> bool {
    let mut files = 0;
    let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        files += 1;
        if path.is_dir() {
            return found_in(&path, text);
        }
        std::fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())
    });
    assert!(files > 0);
    found
}
