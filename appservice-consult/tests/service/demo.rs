//! The end of a demonstration by one button: all of it goes, over crashes too, and nothing that is real is touched.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use consilium_consult::actor::Actor;
use consilium_consult::{demo, timer};
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::{Value as Json, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id, user};

use crate::retention::{classes, close, id, read, sealed};

const NAME: &str = "Test clinic";

async fn mark(world: &World, who: &str) {
    let tenant = world.consult.tenant("clinic").unwrap();
    assert!(demo::mark(&tenant, &user(who).into(), &Actor::System).await.unwrap());
}

async fn press(world: &World, who: &str, typed: &str) -> Answer {
    world.call(who, "POST", "/demo/removal", Some(json!({ "confirm": typed }))).await
}

/// What fails is tried again by the next look.
async fn look(world: &World) -> Result<(), String> {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.map(drop).map_err(|error| format!("{error:?}"))
}

/// Looks until it is finished, and gives what came of it.
async fn finished(world: &World) -> Json {
    let mut tried = Ok(());
    for _ in 0..30 {
        tried = look(world).await;
        world.settle_late().await;
        let state = world.get(VOLKOVA, "/demo").await;
        if state["removal"]["finished_at"].is_string() {
            return state;
        }
    }
    panic!("the removal does not end: {tried:?} {}", world.get(VOLKOVA, "/demo").await);
}

fn patient_id(world: &World, localpart: &str) -> String {
    let tenant = world.consult.tenant("clinic").unwrap();
    tenant.patients.by_user(&user(localpart).into()).unwrap().id.to_string()
}

/// A sealed consultation and a call-back.
async fn with_a_past(world: &World, who: &str) -> Json {
    let talk = sealed(world, who).await;
    let order =
        json!({ "queue_id": "general", "request_id": request_id(), "phone": "+7 495 000-00-01", "reason": "r" });
    let callback = world.post(who, "/callbacks", order).await;
    world.post(who, &format!("/callbacks/{}/cancel", id(&callback)), json!({})).await;
    world.settle().await;
    talk
}

/// Everything that the database has of a patient, as text.
fn picture(world: &World, patient: &str) -> Vec<String> {
    let database = Connection::open(world.data_folder().join("consult.db")).unwrap();
    let of = |table: &str, column: &str| format!("SELECT * FROM {table} WHERE {column} = ?1");
    let of_records = |table: &str| {
        let records = "SELECT sequence FROM archive_record WHERE consultation_id IN (SELECT id FROM consultation WHERE patient_id = ?1)";
        format!("SELECT * FROM {table} WHERE sequence IN ({records})")
    };
    let selects = [
        of("patient", "id"),
        of("conversation", "patient_id"),
        of("consultation", "patient_id"),
        of("callback", "patient_id"),
        of("note", "patient_id"),
        of("rating", "patient_id"),
        of_records("archive_record"),
        of_records("archive_key"),
    ];
    let rows = selects.iter().flat_map(|select| {
        let mut statement = database.prepare(select).unwrap();
        let width = statement.column_count();
        let values =
            |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get::<_, Value>(at)).collect::<Result<Vec<_>, _>>();
        let rows = statement.query_map([patient], values).unwrap();
        rows.map(|row| format!("{:?}", row.unwrap())).collect::<Vec<_>>()
    });
    rows.collect()
}

#[tokio::test]
async fn whichever_accounts_are_marked_those_go_and_the_others_stay_as_they_were() {
    // Each bit is one of them.
    let people = [ANNA, BORIS, PETROVA, SOKOLOV];
    for marked in [0b0001_u8, 0b0110, 0b1011, 0b0101] {
        let world = World::start_as(classes).await;
        let is_marked = |who: &str| people.iter().position(|one| *one == who).is_some_and(|at| marked & (1 << at) != 0);
        let talks = [with_a_past(&world, ANNA).await, with_a_past(&world, BORIS).await];
        for who in people.into_iter().filter(|who| is_marked(who)) {
            mark(&world, who).await;
        }
        let ids = [ANNA, BORIS].map(|who| patient_id(&world, who));
        let before = [picture(&world, &ids[0]), picture(&world, &ids[1])];
        assert!(before.iter().all(|picture| picture.len() > 4), "there is something to lose");

        let plan = world.get(VOLKOVA, "/demo").await;
        assert_eq!(plan["accounts"].as_array().unwrap().len(), usize::try_from(marked.count_ones()).unwrap(), "{plan}");
        press(&world, VOLKOVA, NAME).await.ok();
        let done = finished(&world).await;
        assert_eq!(done["accounts"], json!([]), "{done}");

        let listed = world.get(VOLKOVA, "/operators").await.to_string();
        for (at, who) in [ANNA, BORIS].into_iter().enumerate() {
            if is_marked(who) {
                read(&world, VOLKOVA, &talks[at]).await.problem(410, "erased");
                assert!(world.homeserver.ended.lock().unwrap().contains(&user(who)), "{who} has ended");
            } else {
                assert!(picture(&world, &ids[at]) == before[at], "{marked:04b}: {who} was touched");
                assert!(read(&world, VOLKOVA, &talks[at]).await.status.is_success());
            }
        }
        for who in [PETROVA, SOKOLOV] {
            assert_eq!(listed.contains(&user(who)), !is_marked(who), "{marked:04b}: {who} {listed}");
            let status = world.send(who, "GET", "/queues", None).await.status().as_u16();
            assert_eq!(status, if is_marked(who) { 401 } else { 200 }, "{who}");
        }
        let ended = world.homeserver.ended.lock().unwrap().len();
        assert_eq!(ended, usize::try_from(marked.count_ones()).unwrap());
    }
}

#[tokio::test]
async fn what_is_open_is_ended_and_a_real_patient_is_handed_back() {
    let world = World::start().await;
    let (invented, real) = (world.talk(ANNA, SOKOLOV).await, world.talk(BORIS, PETROVA).await);
    world.say(ANNA, invented["room_id"].as_str().unwrap(), "does it work?").await;
    mark(&world, ANNA).await;
    mark(&world, PETROVA).await;
    press(&world, VOLKOVA, NAME).await.ok();
    let done = finished(&world).await;
    assert_eq!(done["removal"]["result"]["accounts"], 2, "{done}");
    let detail = world.get(VOLKOVA, &format!("/consultations/{}", id(&real))).await;
    assert_eq!((&detail["phase"], &detail["queue"]["id"]), (&json!("queued"), &json!("general")), "{detail}");
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&real)), json!({})).await;
    read(&world, VOLKOVA, &invented).await.problem(410, "erased");
    // His name stays beside what he did.
    let detail = world.get(VOLKOVA, &format!("/consultations/{}", id(&real))).await;
    assert!(detail["history"].to_string().contains("Dr Petrova"), "{detail}");
}

#[tokio::test]
async fn a_crash_in_the_middle_goes_on_after_the_start() {
    let world = World::start().await;
    let talk = sealed(&world, ANNA).await;
    mark(&world, ANNA).await;
    mark(&world, SOKOLOV).await;
    world.homeserver.ends_none.store(true, Ordering::SeqCst);
    press(&world, VOLKOVA, NAME).await.ok();
    let _failed = look(&world).await;
    let state = world.get(VOLKOVA, "/demo").await;
    assert!(state["removal"]["finished_at"].is_null(), "{state}");
    world.homeserver.ends_none.store(false, Ordering::SeqCst);
    // The one account is gone by then, the other is not.
    world.settle_late().await;
    let world = world.restart().await;
    let done = finished(&world).await;
    assert_eq!(done["removal"]["result"], json!({ "accounts": 2, "consultations": 1, "callbacks": 0, "held": 0 }));
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    for action in ["demo.removal_begun", "demo.removal_finished", "operator.removed"] {
        assert_eq!(world.get(VOLKOVA, &format!("/audit?action={action}")).await["total"], 1, "{action} once");
    }
    // Who was parted stays so over a start.
    let world = world.restart().await;
    assert!(!world.get(VOLKOVA, "/operators").await.to_string().contains(&user(SOKOLOV)));
}

#[tokio::test]
async fn no_class_keeps_what_was_invented_and_a_hold_does() {
    let world = World::start_as(classes).await;
    let (talk, held) = (sealed(&world, ANNA).await, sealed(&world, BORIS).await);
    for who in [ANNA, BORIS] {
        mark(&world, who).await;
    }
    let hold = json!({ "patient_id": patient_id(&world, BORIS), "reason": "a court", "request_id": request_id() });
    world.post(VOLKOVA, "/holds", hold).await;
    press(&world, VOLKOVA, NAME).await.ok();
    let done = finished(&world).await;
    assert_eq!(done["removal"]["result"]["held"], 1, "{done}");
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    assert!(read(&world, VOLKOVA, &held).await.status.is_success());
}

#[tokio::test]
async fn it_is_meant_by_somebody_who_stays() {
    let world = World::start().await;
    press(&world, VOLKOVA, NAME).await.problem(409, "conflict");
    mark(&world, ANNA).await;
    press(&world, VOLKOVA, "").await.problem(422, "invalid");
    press(&world, VOLKOVA, "test clinic").await.problem(422, "invalid");
    press(&world, PETROVA, NAME).await.problem(403, "forbidden");
    mark(&world, VOLKOVA).await;
    let state = world.get(VOLKOVA, "/demo").await;
    assert_eq!((&state["includes_you"], &state["confirm"]), (&json!(true), &json!(NAME)), "{state}");
    press(&world, VOLKOVA, NAME).await.problem(409, "conflict");
    assert_eq!(world.get(VOLKOVA, "/demo").await["removal"], Json::Null, "nothing was begun");
}

#[tokio::test]
async fn pressed_twice_it_is_begun_once_and_whoever_has_the_name_later_is_somebody_else() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    close(&world, &talk).await;
    mark(&world, ANNA).await;
    // In the brand's other language, with a space too many.
    let first = press(&world, VOLKOVA, " Проверочная клиника ").await.ok();
    let second = press(&world, VOLKOVA, NAME).await.ok();
    assert_eq!(first["removal"]["begun_at"], second["removal"]["begun_at"]);
    finished(&world).await;
    assert_eq!(world.get(VOLKOVA, "/audit?action=demo.removal_begun").await["total"], 1);
    press(&world, VOLKOVA, NAME).await.problem(409, "conflict");
}
