//! Reports and the wallboard over HTTP: what they say of a small desk, what is behind a number, and why there is none. That the numbers are right is shown in
//! `report_proof/`.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::call;
use crate::settings::set;
use crate::support;

use consilium_consult::timer;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id};

#[tokio::test]
async fn the_wallboard_shows_what_stands_now_and_today_so_far() {
    let world = World::start().await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    world.talk(ANNA, PETROVA).await;
    world.ask(BORIS, "dental").await;
    let board = world.get(VOLKOVA, "/reports/now").await;
    let queue = |id: &str| {
        board["queues"].as_array().unwrap().iter().find(|queue| queue["queue"]["id"] == id).cloned().unwrap()
    };
    assert_eq!((&queue("general")["queue"]["active"], &queue("dental")["queue"]["waiting"]), (&json!(1), &json!(1)));
    assert_eq!(queue("dental")["today"]["entered"], 1);
    assert_eq!(board["today"]["entered"], 2);
    let online = board["operators"].as_array().unwrap().iter().find(|count| count["status"] == "online").unwrap();
    assert_eq!(online["operators"], 1);
    world.pass(24 * 3_600);
    assert_eq!(world.get(VOLKOVA, "/reports/now").await["today"]["entered"], 0, "another day");
}

#[tokio::test]
async fn a_report_that_cannot_be_made_says_why() {
    let world = World::start().await;
    for (query, status, slug) in [
        ("from=2026-11-02&to=2026-11-01", 422, "invalid"),
        ("from=2025-11-01&to=2026-11-02", 422, "invalid"),
        ("from=2026-11-01&to=2026-11-01&queue=none", 422, "invalid"),
        ("from=2026-11-01&to=2026-11-01&operator=nobody", 422, "invalid"),
        ("from=yesterday&to=2026-11-01", 400, "invalid"),
        ("from=2026-11-01", 400, "invalid"),
        ("from=2026-11-01&to=2026-11-01&group=year", 400, "invalid"),
    ] {
        world.call(VOLKOVA, "GET", &format!("/reports/consultations?{query}"), None).await.problem(status, slug);
    }
    for query in ["cursor=x", "figure=luck", "figure=calls&cursor=x", "limit=many"] {
        let behind = format!("/reports/consultations/behind?from=2026-11-01&to=2026-11-01&{query}");
        world.call(VOLKOVA, "GET", &behind, None).await.problem(400, "invalid");
    }
}

/// 15 November 2023, one o'clock at night in Moscow, when the clock of the tests begins; in Vladivostok it is eight in the morning.
const DAY: &str = "from=2023-11-15&to=2023-11-15";

async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

async fn report(world: &World, query: &str) -> Value {
    world.get(VOLKOVA, &format!("/reports/consultations?{DAY}{query}")).await
}

async fn behind(world: &World, query: &str) -> Value {
    world.get(VOLKOVA, &format!("/reports/consultations/behind?{DAY}{query}")).await
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn promises_are_counted_kept_and_broken_and_each_has_its_list() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            (queue.sla.wait_minutes, queue.sla.resolution_minutes) = (Some(10), Some(60));
        }
    })
    .await;
    let in_time = world.talk(ANNA, PETROVA).await;
    let late = world.ask(BORIS, "dental").await;
    world.settle().await;
    world.pass(15 * 60);
    look(&world).await;
    let close = format!("/consultations/{}/close", in_time["id"].as_str().unwrap());
    world.post(PETROVA, &close, json!({})).await;
    world.settle().await;
    let total = report(&world, "").await["total"].clone();
    assert_eq!(total["sla_wait"], json!({ "kept": 1, "broken": 1, "kept_permille": 500 }));
    assert_eq!(total["sla_resolution"], json!({ "kept": 1, "broken": 0, "kept_permille": 1_000 }), "the other runs");
    assert_eq!(total["sla_first_response"], json!({ "kept": 0, "broken": 0, "kept_permille": null }));
    assert_eq!(total["sla"], json!({ "kept": 1, "broken": 1, "kept_permille": 500 }));
    let broken = behind(&world, "&figure=sla_broken").await;
    assert_eq!(ids(&broken["consultations"]), [late["id"].as_str().unwrap()]);
    let kept = behind(&world, "&figure=sla_resolution_kept").await;
    assert_eq!(ids(&kept["consultations"]), [in_time["id"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_promise_that_was_not_made_then_is_not_counted_by_what_is_promised_now() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.post(PETROVA, &format!("/consultations/{}/close", talk["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
    set(&world, "queue.general", "/sla/resolution_minutes", json!(60)).await;
    let total = report(&world, "").await["total"].clone();
    assert_eq!(total["sla_resolution"], json!({ "kept": 0, "broken": 0, "kept_permille": null }));
}

#[tokio::test]
async fn lengths_are_listed_the_longest_first_page_by_page() {
    let world = World::start().await;
    let mut asked = Vec::new();
    for (patient, minutes) in [(ANNA, 5), (BORIS, 9), ("vera", 2)] {
        let talk = world.talk(patient, PETROVA).await;
        world.pass(minutes * 60);
        world.say(PETROVA, talk["room_id"].as_str().unwrap(), "Good evening").await;
        world.settle().await;
        asked.push(talk["id"].as_str().unwrap().to_owned());
    }
    let first = behind(&world, "&figure=wait&limit=2").await;
    assert_eq!(ids(&first["consultations"]), [asked[1].as_str(), asked[0].as_str()]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = behind(&world, &format!("&figure=wait&limit=2&cursor={cursor}")).await;
    assert_eq!((ids(&second["consultations"]), &second["next_cursor"]), (vec![asked[2].as_str()], &Value::Null));
    let path = format!("/reports/consultations/behind?{DAY}&figure=entered&cursor={cursor}");
    world.call(VOLKOVA, "GET", &path, None).await.problem(400, "invalid");
}

#[tokio::test]
async fn calls_and_call_backs_are_listed_behind_their_numbers() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let begun = call::call(&world, PETROVA, &talk).await;
    call::press(&world, PETROVA, &begun["call"], "cancel").await.ok();
    let order = json!({
        "queue_id": "general",
        "request_id": request_id(),
        "phone": "+7 495 000-00-01",
        "reason": "Pain",
    });
    let ordered = world.post(BORIS, "/callbacks", order).await;
    world.settle().await;
    world.pass(3 * 3_600);
    look(&world).await;
    let calls = behind(&world, "&figure=calls").await;
    assert_eq!(ids(&calls["calls"]), [begun["call"]["id"].as_str().unwrap()]);
    assert_eq!((&calls["consultations"], &calls["callbacks"]), (&json!([]), &json!([])));
    assert_eq!(behind(&world, "&figure=calls_completed").await["total"], 0);
    let late = behind(&world, "&figure=callbacks_late").await;
    assert_eq!((ids(&late["callbacks"]), &late["total"]), (vec![ordered["id"].as_str().unwrap()], &json!(1)));
    assert_eq!(behind(&world, "&figure=callbacks_on_time").await["total"], 0);
    let of_another = behind(&world, "&figure=callbacks_due&queue=dental").await;
    assert_eq!(of_another["total"], 0);
}

#[tokio::test]
async fn how_deep_a_queue_was_is_told_hour_by_hour_in_the_queues_own_time() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
            if queue.id == "dental" {
                queue.time_zone = Some("Asia/Vladivostok".into());
            }
        }
    })
    .await;
    // 01:13:20 in Moscow, 08:13:20 in Vladivostok.
    world.ask(ANNA, "dental").await;
    world.pass(600);
    world.ask(BORIS, "dental").await;
    world.settle().await;
    world.pass(3_600);
    let hour = |report: &Value, key: &str| {
        let rows = report["rows"].as_array().unwrap();
        rows.iter().find(|row| row["key"] == key).unwrap()["figures"].clone()
    };
    let own = report(&world, "&group=hour&queue=dental").await;
    assert_eq!(own["time_zone"], "Asia/Vladivostok");
    // Of 3,600 seconds one waited 2,800 and the other 2,200.
    let eight = hour(&own, "08");
    assert_eq!((&eight["depth_average_permille"], &eight["depth_max"]), (&json!(1_389), &json!(2)));
    assert_eq!(hour(&own, "07")["depth_max"], 0);
    assert_eq!(hour(&own, "23")["depth_max"], Value::Null, "it is still to come");
    let all = report(&world, "&group=hour").await;
    assert_eq!(all["time_zone"], "Europe/Moscow");
    assert_eq!(hour(&all, "01")["depth_max"], 2);
    let listed = behind(&world, "&group=hour&queue=dental&key=08").await;
    assert_eq!(listed["total"], 2, "the list is cut by the same hours");
    let of_operators = report(&world, "&group=operator").await;
    assert_eq!(of_operators["total"]["depth_max"], Value::Null, "nobody leads what waits");
    world.call(SOKOLOV, "GET", &format!("/reports/consultations/behind?{DAY}"), None).await.problem(403, "forbidden");
}
