//! What time makes of call-backs: when they can be ordered for, and when what is personal of them is erased.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::admin::Admin;
use consilium_consult::timer;
use serde_json::{Value, json};
use support::{ANNA, PETROVA, VOLKOVA, World};

const DAY_SECONDS: i64 = 24 * 3_600;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn order(world: &World) -> Value {
    let request_id = uuid::Uuid::from_u128(u128::from(world.media.number())).to_string();
    let body =
        json!({ "queue_id": "general", "request_id": request_id, "phone": "+74951112233", "reason": "A headache" });
    world.post(ANNA, "/callbacks", body).await
}

async fn press(world: &World, who: &str, callback: &Value, what: &str, body: Value) {
    world.post(who, &format!("/callbacks/{}/{what}", id(callback)), body).await;
}

/// One that was taken, noted upon, finished and sealed.
async fn finished(world: &World) -> Value {
    let ordered = order(world).await;
    press(world, PETROVA, &ordered, "take", json!({})).await;
    press(world, PETROVA, &ordered, "notes", json!({ "note": "Ask for Anna" })).await;
    press(world, PETROVA, &ordered, "done", json!({ "outcome": "answered", "note": "Advised rest" })).await;
    world.settle().await;
    ordered
}

async fn tidy(world: &World) {
    timer::tidy(&world.consult.tenant("clinic").unwrap(), 10_000).await.unwrap();
}

async fn seen(world: &World, callback: &Value) -> Value {
    world.get(VOLKOVA, &format!("/callbacks/{}", id(callback))).await
}

async fn proven(world: &World) -> i64 {
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    admin.close().await;
    assert!(proven.audit.is_ok(), "{proven:?}");
    proven.archive.unwrap()
}

#[tokio::test]
async fn what_is_personal_is_erased_when_its_time_is_over_and_the_chain_stays_whole() {
    let world = World::start().await;
    let ended = finished(&world).await;
    world.pass(30 * DAY_SECONDS - 60);
    tidy(&world).await;
    assert_eq!(seen(&world, &ended).await["phone"], "+74951112233", "a minute too early");
    world.pass(61);
    tidy(&world).await;

    let erased = seen(&world, &ended).await;
    for field in ["phone", "reason", "note"] {
        assert_eq!(erased[field], Value::Null, "{field}");
    }
    assert!(erased["history"].as_array().unwrap().iter().all(|step| step["note"].is_null()), "{erased}");
    assert_eq!((erased["outcome"].as_str(), erased["erased_at"].is_string()), (Some("answered"), true));
    let record = format!("/callbacks/{}/record", id(&ended));
    world.call(VOLKOVA, "GET", &record, None).await.problem(410, "erased");
    assert_eq!(
        world.get(VOLKOVA, "/callbacks?view=ended&q=74951112233").await["total"],
        0,
        "nobody finds it by its number"
    );
    assert_eq!(proven(&world).await, 2, "the record and its tombstone");
    tidy(&world).await;
    assert_eq!(world.get(VOLKOVA, "/audit?action=callback.erased").await["total"], 1, "once");
}

#[tokio::test]
async fn an_open_one_is_kept_however_old_and_one_that_nobody_took_is_erased_too() {
    let world = World::start().await;
    let ordered = order(&world).await;
    world.pass(400 * DAY_SECONDS);
    tidy(&world).await;
    assert_eq!(seen(&world, &ordered).await["phone"], "+74951112233");
    press(&world, ANNA, &ordered, "cancel", json!({})).await;
    world.settle().await;
    world.pass(31 * DAY_SECONDS);
    tidy(&world).await;
    assert_eq!(seen(&world, &ordered).await["phone"], Value::Null);
    assert_eq!(proven(&world).await, 0);
}

#[tokio::test]
async fn services_tell_when_their_operators_work() {
    let world = World::start().await;
    let services = world.get(ANNA, "/services").await;
    let hours = |id: &str| {
        let all = services["services"].as_array().unwrap();
        all.iter().find(|service| service["id"] == id).unwrap()["hours"].clone()
    };
    let always = json!({ "time_zone": "Europe/Moscow", "open": true, "opens_at": null, "times": null });
    assert_eq!(hours("general"), always);
    // It is Wednesday, 01:13 in Moscow.
    let closed = hours("psychology");
    assert_eq!((closed["open"].as_bool(), closed["opens_at"].as_str()), (Some(false), Some("2023-11-15T06:00:00Z")));
    let times = closed["times"].as_array().unwrap();
    assert_eq!(times.len(), 6, "of eight days six are weekdays");
    assert_eq!(times[0], json!({ "start": "2023-11-15T06:00:00Z", "end": "2023-11-15T15:00:00Z" }));
}

/// A call-back at the psychologists', who work 9 to 18 on weekdays in Moscow; it is Wednesday, 01:13 there.
fn wish(world: &World, start: &str, end: &str, zone: &str) -> Value {
    let request_id = uuid::Uuid::from_u128(u128::from(world.media.number())).to_string();
    json!({
        "queue_id": "psychology", "request_id": request_id, "window": { "start": start, "end": end }, "time_zone": zone,
    })
}

const OUTSIDE: [(&str, &str, &str, &str); 4] = [
    ("2023-11-15T08:00", "2023-11-15T10:00", "Europe/Moscow", "2023-11-15T06:00:00Z"),
    ("2023-11-15T17:00", "2023-11-15T18:30", "Europe/Moscow", "2023-11-16T06:00:00Z"),
    ("2023-11-18T10:00", "2023-11-18T12:00", "Europe/Moscow", "2023-11-20T06:00:00Z"),
    ("2023-11-15T19:00", "2023-11-15T21:00", "Asia/Yekaterinburg", "2023-11-16T06:00:00Z"),
];

#[tokio::test]
async fn a_window_outside_the_queues_hours_is_refused_with_when_it_opens_and_nothing_is_ordered() {
    let world = World::start().await;
    for (start, end, zone, opens_at) in OUTSIDE {
        let refused = world.call(ANNA, "POST", "/callbacks", Some(wish(&world, start, end, zone))).await;
        refused.problem(422, "outside-hours");
        assert_eq!(refused.body["opens_at"], opens_at, "{start} {end} {zone}");
        assert_eq!(refused.body["errors"][0]["field"], "window");
    }
    assert_eq!(world.get(ANNA, "/callbacks").await["total"], 0);
    let evening = wish(&world, "2023-11-15T18:00", "2023-11-15T20:00", "Asia/Yekaterinburg");
    let ordered = world.post(ANNA, "/callbacks", evening).await;
    assert_eq!(ordered["window"]["end"], "2023-11-15T15:00:00Z", "16 to 18 in Moscow");
}

#[tokio::test]
async fn one_is_moved_within_the_queues_hours_and_to_as_soon_as_possible_at_any_time() {
    let world = World::start().await;
    let mut soon = wish(&world, "", "", "Europe/Moscow");
    soon.as_object_mut().unwrap().remove("window");
    let ordered = world.post(ANNA, "/callbacks", soon).await;
    let path = format!("/callbacks/{}/move", id(&ordered));
    for (start, end, zone, opens_at) in OUTSIDE {
        let to = json!({ "window": { "start": start, "end": end }, "time_zone": zone });
        let refused = world.call(ANNA, "POST", &path, Some(to)).await;
        refused.problem(422, "outside-hours");
        assert_eq!(refused.body["opens_at"], opens_at, "{start} {end} {zone}");
    }
    assert_eq!(seen(&world, &ordered).await["history"].as_array().unwrap().len(), 1, "nothing happened");
    let to = json!({ "window": { "start": "2023-11-15T09:00", "end": "2023-11-15T12:00" } });
    assert_eq!(world.post(ANNA, &path, to).await["window"]["start"], "2023-11-15T06:00:00Z");
    assert_eq!(world.post(ANNA, &path, json!({})).await["window"], Value::Null, "though it is night");
    // What an operator agrees upon with the patient is between them.
    press(&world, VOLKOVA, &ordered, "take", json!({})).await;
    let evening = json!({ "window": { "start": "2023-11-15T20:00", "end": "2023-11-15T21:00" } });
    press(&world, VOLKOVA, &ordered, "again-later", evening).await;
}
