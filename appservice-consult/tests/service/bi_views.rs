//! Views for a partner's own reports: each can be read, says what happened, and holds nothing that is sealed and nothing of who somebody is.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::call;
use crate::support;

use consilium_consult::timer;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Row, TypeInfo, ValueRef};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, request_id};

/// As `docs/bi-views.md` names them.
const VIEWS: [&str; 7] =
    ["bi_call", "bi_callback", "bi_consultation", "bi_operator_status", "bi_participant", "bi_rating", "bi_step"];
/// Columns of the tables that say who somebody is, or what somebody wrote, though they are not sealed.
const PERSONAL: [&str; 10] = [
    "user_id",
    "caller_user",
    "answered_user",
    "answered_device",
    "name",
    "title",
    "room_id",
    "language",
    "time_zone",
    "reason",
];

/// A desk on which everything happened once: asked, taken, called, closed, rated; and a call-back that nobody made.
async fn world() -> World {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.sla.resolution_minutes = Some(30);
        }
    })
    .await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let talk = world.talk(ANNA, PETROVA).await;
    let id = talk["id"].as_str().unwrap();
    world.pass(60);
    world.say(PETROVA, talk["room_id"].as_str().unwrap(), "Does it hurt?").await;
    world.settle().await;
    let begun = call::call(&world, PETROVA, &talk).await;
    call::press(&world, PETROVA, &begun["call"], "cancel").await.ok();
    let order = json!({
        "queue_id": "general",
        "request_id": request_id(),
        "phone": "+7 495 000-00-01",
        "reason": "Pain",
    });
    world.post(BORIS, "/callbacks", order).await;
    world.pass(3_600);
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    world.post(PETROVA, &format!("/consultations/{id}/close"), json!({ "note": "Pulled out" })).await;
    let rating = json!({ "stars": 4, "comment": "Kind" });
    world.call(ANNA, "PUT", &format!("/consultations/{id}/rating"), Some(rating)).await.ok();
    world.settle().await;
    world
}

async fn database(world: &World) -> SqliteConnection {
    let file = world.data_folder().join("consult.db");
    SqliteConnectOptions::new().filename(file).read_only(true).connect().await.unwrap()
}

async fn read(connection: &mut SqliteConnection, sql: String) -> Vec<SqliteRow> {
    sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap()
}

/// The texts of a row; a view has none but ids and words.
fn texts(row: &SqliteRow) -> Vec<String> {
    (0..row.len()).filter_map(|at| row.try_get::<Option<String>, _>(at).ok().flatten()).collect()
}

#[tokio::test]
async fn each_view_reads_and_holds_nothing_sealed_and_nothing_personal() {
    let world = world().await;
    let mut connection = database(&world).await;
    let known = read(&mut connection, "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name".into()).await;
    assert_eq!(known.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), VIEWS);
    for view in VIEWS {
        let columns = read(&mut connection, format!("SELECT name, type FROM pragma_table_info('{view}')")).await;
        for column in &columns {
            let (name, kind): (String, String) = (column.get(0), column.get(1));
            assert_ne!(kind, "BYTEA", "{view}.{name} is sealed");
            assert!(!PERSONAL.contains(&name.as_str()), "{view}.{name} is personal");
        }
        let rows = read(&mut connection, format!("SELECT * FROM {view}")).await;
        assert!(!rows.is_empty(), "{view} has rows");
        for row in &rows {
            for at in 0..row.len() {
                let value = row.try_get_raw(at).unwrap();
                assert_ne!(value.type_info().name(), "BLOB", "{view}.{}", row.column(at).name());
            }
            for text in texts(row) {
                for private in ["Каренина", "Petrova", "hs.test", "+7", "hurt", "Pain", "Pulled", "Kind"] {
                    assert!(!text.contains(private), "{view}: {text}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_views_say_what_happened() {
    let world = world().await;
    let mut connection = database(&world).await;
    for (sql, expected) in [
        ("SELECT wait_seconds FROM bi_consultation", 60),
        ("SELECT resolution_seconds FROM bi_consultation", 3_660),
        ("SELECT resolution_promised + resolution_broken FROM bi_consultation", 2),
        ("SELECT wait_promised + wait_broken FROM bi_consultation", 0),
        ("SELECT count(*) FROM bi_step WHERE action = 'resolution_broken' AND queue_id = 'general'", 1),
        ("SELECT count(*) FROM bi_step WHERE action = 'taken' AND operator_id IS NOT NULL", 1),
        ("SELECT count(*) FROM bi_step WHERE actor_kind = 'patient' AND operator_id IS NOT NULL", 0),
        ("SELECT count(*) FROM bi_call WHERE outcome = 'cancelled' AND operator_id IS NOT NULL", 1),
        ("SELECT count(*) FROM bi_callback WHERE overdue_since IS NOT NULL", 1),
        ("SELECT stars FROM bi_rating", 4),
        ("SELECT count(*) FROM bi_operator_status WHERE status = 'online' AND on_duty = 1", 1),
        ("SELECT count(*) FROM bi_participant WHERE role = 'lead' AND left_at IS NOT NULL", 1),
    ] {
        let found: i64 = read(&mut connection, sql.to_owned()).await.remove(0).get(0);
        assert_eq!(found, expected, "{sql}");
    }
    let told = world.get(VOLKOVA, "/reports/consultations?from=2023-11-15&to=2023-11-15").await["total"].clone();
    assert_eq!(told["wait"]["median_seconds"], 60, "as the report has it");
}
