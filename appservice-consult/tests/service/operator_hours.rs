//! When a member of staff is on duty by his own schedule: who says so, what the desk is told of it, and that it decides nothing.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::brand::RoutingStrategy;
use consilium_consult::routing;
use serde_json::{Value, json};
use support::{ANNA, Answer, PETROVA, SOKOLOV, VOLKOVA, World, user};

use crate::settings::{fields, set};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn operator(world: &World, who: &str) -> Value {
    let all = world.get(SOKOLOV, "/operators").await;
    all["operators"].as_array().unwrap().iter().find(|one| one["user_id"] == user(who)).unwrap().clone()
}

async fn change(world: &World, by: &str, whom: &str, what: Value) -> Answer {
    let path = format!("/operators/{}", id(&operator(world, whom).await));
    world.call(by, "PATCH", &path, Some(what)).await
}

/// Wednesdays and Thursdays, with a break at noon. It is Wednesday, 01:13 in Moscow.
fn week() -> Value {
    let days = ["wednesday", "thursday"];
    json!([
        { "days": days, "from": "09:00:00", "to": "13:00:00" },
        { "days": days, "from": "14:00:00", "to": "18:00:00" },
    ])
}

fn begins(operator: &Value) -> Vec<&str> {
    operator["duty"].as_array().unwrap().iter().map(|time| time["start"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_schedule_is_told_for_the_week_to_come_in_the_zone_of_the_clinic_or_his_own() {
    let world = World::start().await;
    let before = operator(&world, PETROVA).await;
    assert_eq!((&before["hours"], &before["time_zone"], &before["duty"]), (&json!([]), &Value::Null, &Value::Null));
    let changed = change(&world, VOLKOVA, PETROVA, json!({ "hours": week() })).await.ok();
    assert_eq!(changed["hours"], week());
    let expected = [
        "2023-11-15T06:00:00Z",
        "2023-11-15T11:00:00Z",
        "2023-11-16T06:00:00Z",
        "2023-11-16T11:00:00Z",
        "2023-11-22T06:00:00Z",
        "2023-11-22T11:00:00Z",
    ];
    assert_eq!(begins(&changed), expected, "today, and the same day of the next week");
    assert_eq!(changed["duty"][0]["end"], "2023-11-15T10:00:00Z");
    world.pass(15 * 3_600);
    assert_eq!(begins(&operator(&world, PETROVA).await)[0], expected[0], "what is over today is still told");
    let east = json!({ "time_zone": " Asia/Yekaterinburg " });
    let changed = change(&world, VOLKOVA, PETROVA, east).await.ok();
    assert_eq!((&changed["time_zone"], begins(&changed)[0]), (&json!("Asia/Yekaterinburg"), "2023-11-15T04:00:00Z"));
    let world = world.restart().await;
    let kept = operator(&world, PETROVA).await;
    assert_eq!((&kept["hours"], &kept["time_zone"]), (&week(), &json!("Asia/Yekaterinburg")));
    let me = world.get(PETROVA, "/me").await;
    assert_eq!(me["operator"]["duty"], kept["duty"], "he sees his own");
    let mended = change(&world, VOLKOVA, PETROVA, json!({ "time_zone": null })).await.ok();
    assert_eq!((&mended["time_zone"], begins(&mended)[0]), (&Value::Null, expected[0]));
}

#[tokio::test]
async fn a_holiday_is_free_unless_a_service_of_his_works_then() {
    let world = World::start().await;
    change(&world, VOLKOVA, PETROVA, json!({ "hours": week() })).await.ok();
    let holiday = json!([{ "on": "11-15", "name": { "en": "A day", "ru": "День" } }]);
    set(&world, "holidays", "/days", holiday).await;
    assert_eq!(begins(&operator(&world, PETROVA).await)[0], "2023-11-16T06:00:00Z");
    set(&world, "queue.general", "/keeps_holidays", json!(false)).await;
    assert_eq!(begins(&operator(&world, PETROVA).await)[0], "2023-11-15T06:00:00Z");
}

#[tokio::test]
async fn a_schedule_has_versions_is_audited_and_can_be_brought_back() {
    let world = World::start().await;
    change(&world, VOLKOVA, PETROVA, json!({ "hours": week(), "time_zone": "Asia/Tokyo" })).await.ok();
    let path = format!("/operators/{}", id(&operator(&world, PETROVA).await));
    let history = world.get(VOLKOVA, &format!("{path}/history")).await;
    let told = json!([
        { "field": "hours", "before": [], "after": week() },
        { "field": "time_zone", "before": null, "after": "Asia/Tokyo" },
    ]);
    assert_eq!(history["versions"][0]["differences"], told);
    let audit = world.get(VOLKOVA, "/audit?action=operator.changed").await;
    let detail = &audit["items"][0]["detail"];
    assert_eq!((&detail["hours"], &detail["time_zone"]), (&week(), &json!("Asia/Tokyo")));
    change(&world, VOLKOVA, PETROVA, json!({ "hours": week(), "time_zone": "Asia/Tokyo" })).await.ok();
    let restore = json!({ "based_on": 1, "version": 0 });
    let back = world.call(VOLKOVA, "POST", &format!("{path}/restore"), Some(restore)).await.ok();
    assert_eq!((&back["hours"], &back["duty"]), (&json!([]), &Value::Null), "what says the same made no version");
    let new = json!({
        "user_id": user("night"), "name": "Night", "role": "operator", "queues": ["general"],
        "hours": [{ "days": ["wednesday"], "from": "20:00", "to": "00:00" }],
    });
    let made = world.post(VOLKOVA, "/operators", new).await;
    assert_eq!(made["duty"][0], json!({ "start": "2023-11-15T17:00:00Z", "end": "2023-11-15T21:00:00Z" }));
}

#[tokio::test]
async fn a_schedule_that_cannot_be_is_refused_and_supervisors_alone_say_it() {
    let world = World::start().await;
    let time = |from: &str, to: &str| json!({ "days": ["monday"], "from": from, "to": to });
    let many: Vec<Value> = (0..101).map(|_| time("09:00", "10:00")).collect();
    for (wrong, field, code) in [
        (json!({ "hours": [time("09:00", "10:00"), time("18:00", "09:00")] }), "hours[1]", "later_end"),
        (json!({ "hours": [{ "days": [], "from": "09:00", "to": "10:00" }] }), "hours[0]", "later_end"),
        (json!({ "hours": many }), "hours", "too_many"),
        (json!({ "time_zone": "Mars/Olympus" }), "time_zone", "time_zone"),
    ] {
        let refused = change(&world, VOLKOVA, PETROVA, wrong).await;
        refused.problem(422, "invalid");
        assert_eq!((fields(&refused), &refused.body["errors"][0]["code"]), (vec![field], &json!(code)));
    }
    change(&world, PETROVA, PETROVA, json!({ "hours": week() })).await.problem(403, "forbidden");
    assert_eq!(operator(&world, PETROVA).await["hours"], json!([]), "what was refused changed nothing");
}

#[tokio::test]
async fn what_is_offered_goes_by_the_status_and_not_by_the_schedule() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.routing.strategy = RoutingStrategy::RoundRobin;
        }
    })
    .await;
    change(&world, VOLKOVA, PETROVA, json!({ "hours": [{ "days": ["sunday"], "from": "09:00", "to": "10:00" }] }))
        .await
        .ok();
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let talk = world.ask(ANNA, "general").await;
    routing::drain(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    let seen = world.get(VOLKOVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!(seen["offer"]["to"]["name"], "Dr Petrova", "who came instead of a colleague is there");
}
