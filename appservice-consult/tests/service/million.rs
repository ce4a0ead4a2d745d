//! A million consultations list within 50 ms at the 95th percentile. Takes minutes, so it runs when asked:
//! `cargo test -p consilium-consult -p consilium-unify --release --test service million -- --ignored --nocapture` (`ROWS` for another number).
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::time::{Duration, Instant};

use consilium_consult::tenant_key::{Place, TenantKey};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use support::{PETROVA, SERVER, VOLKOVA, World};

pub const PATIENTS: usize = 200_000;
const ROUNDS: usize = 40;
const TARGET: Duration = Duration::from_millis(50);

/// Fills a stopped service's database: patients with sealed cards, consultations in all stages, counts that agree.
pub async fn fill(world: &World, rows: usize) {
    let database = world.data_folder().join("consult.db");
    let mut connection: SqliteConnection = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
    sqlx::raw_sql("PRAGMA synchronous = off; PRAGMA cache_size = -1500000; PRAGMA temp_store = memory; BEGIN")
        .execute(&mut connection)
        .await
        .unwrap();
    let (key, context) = (TenantKey::derive(&[7; 32], SERVER), world.context());
    for number in 0..PATIENTS {
        let id = format!("patient-{number:06}");
        let card = json!({ "name": format!("{} {number}", ["Anna", "Boris", "Vera", "Gleb"][number % 4]) }).to_string();
        let card = key.seal(&context, Place { table: "patient", column: "card", row: &id }, card.as_bytes());
        let insert = sqlx::query(
            "INSERT INTO patient (id, user_id, created_at, card, consultations, last_consultation_at) VALUES (?, ?, ?, ?, ?, 1)",
        );
        let insert =
            insert.bind(&id).bind(format!("@p{number}:{SERVER}")).bind(i64::try_from(number).unwrap()).bind(card);
        let insert = insert.bind(i64::try_from(rows / PATIENTS).unwrap());
        insert.execute(&mut connection).await.unwrap();
    }
    let sql = format!(
        "INSERT INTO conversation SELECT 'conversation-' || substr(id, 9), id, 'general', '!' || id, created_at FROM patient;
         CREATE TEMP TABLE staff AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM operator WHERE id NOT IN ('rules', 'brand');
         CREATE TEMP TABLE seed AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {rows} - 1),
         c AS (SELECT i, printf('%06d', (i * 7919) % {PATIENTS}) AS p, CASE WHEN i % 2000 = 0 THEN 0 WHEN i % 2000 = 1 THEN 1 WHEN i % 2000 = 2 THEN 2 ELSE 3 END AS stage FROM n) SELECT * FROM c;
         INSERT OR IGNORE INTO consultation (id, version, conversation_id, patient_id, request_id, queue_id, phase, stage, phase_since, priority, queue_order,
             requested_at, first_taken_at, ended_at, lead_id, message_count, sealed_sequence, sealed_at, sealed_messages, sealed_files)
         SELECT printf('c-%09d', i), 2, 'conversation-' || p, 'patient-' || p, 'r' || i, CASE i % 3 WHEN 0 THEN 'dental' ELSE 'general' END,
             CASE stage WHEN 0 THEN 'queued' WHEN 3 THEN 'archived' ELSE 'cancelled' END, stage, i * 1000, 0, -50, i * 1000,
             CASE stage WHEN 3 THEN i * 1000 + 60000 END, CASE stage WHEN 3 THEN i * 1000 + 90000 END,
             (SELECT id FROM staff WHERE place = i % 3), 5, CASE stage WHEN 3 THEN i + 1 END, CASE stage WHEN 3 THEN i END, 5, 0 FROM seed;
         UPDATE consultation SET phase = 'cancelled', stage = 3 WHERE stage IN (1, 2);
         INSERT INTO participant (consultation_id, operator_id, version, role, joined_at, left_at, sealed_sequence)
         SELECT id, lead_id, 1, 'lead', requested_at, ended_at, sealed_sequence FROM consultation WHERE stage = 3;
         DELETE FROM consultation_count;
         INSERT INTO consultation_count SELECT queue_id, stage, coalesce(lead_id, ''), count(*) FROM consultation GROUP BY 1, 2, 3;
         INSERT INTO consultation_count SELECT queue_id, 4, coalesce(lead_id, ''), count(*) FROM consultation WHERE sealed_sequence IS NOT NULL GROUP BY 1, 3;
         COMMIT; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
}

#[tokio::test]
#[ignore = "fills a database with a million rows"]
async fn a_million_consultations_list_within_50_ms() {
    let rows = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let world = World::start().await;
    fill(&world, rows).await;
    let started = Instant::now();
    let world = world.restart().await;
    println!("restart with {PATIENTS} patients: {:?}", started.elapsed());
    let lead = world.get(PETROVA, "/me").await["operator"]["id"].as_str().unwrap().to_owned();
    let paths = [
        "/consultations".to_owned(),
        "/consultations?view=waiting".to_owned(),
        "/consultations?view=waiting&sort=patient".to_owned(),
        "/consultations?view=ended&sort=oldest".to_owned(),
        "/consultations?view=ended&queue=dental".to_owned(),
        "/consultations?view=ended&sort=patient".to_owned(),
        "/consultations?view=waiting&sort=sla".to_owned(),
        "/consultations?view=waiting&sort=unanswered&urgent=false".to_owned(),
        "/consultations?view=ended&phase=cancelled".to_owned(),
        "/consultations?q=vera".to_owned(),
        "/consultations?q=19".to_owned(),
        "/consultations?patient=patient-000007".to_owned(),
        format!("/consultations?operator={lead}"),
        format!("/consultations?operator={lead}&view=ended&queue=general&sort=oldest"),
        "/consultations?view=mine".to_owned(),
        "/archive".to_owned(),
        "/archive?queue=dental".to_owned(),
        "/archive?sort=oldest".to_owned(),
        format!("/archive?operator={lead}"),
        "/patients".to_owned(),
        "/queues".to_owned(),
    ];
    let mut missed = Vec::new();
    for path in &paths {
        let mut times = Vec::new();
        let (mut cursor, mut total) = (None::<String>, 0);
        for _ in 0..ROUNDS {
            let glue = if path.contains('?') { '&' } else { '?' };
            let paged = cursor.as_ref().map_or_else(|| path.clone(), |cursor| format!("{path}{glue}cursor={cursor}"));
            let started = Instant::now();
            let page = world.get(VOLKOVA, &paged).await;
            times.push(started.elapsed());
            cursor = page["next_cursor"].as_str().map(str::to_owned);
            total = page["total"].as_i64().unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        times.sort_unstable();
        let p95 = times[ROUNDS * 95 / 100];
        println!("{path}: p50 {:?}, p95 {p95:?}, total {total}", times[ROUNDS / 2]);
        if p95 > TARGET {
            missed.push((path, p95));
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}
