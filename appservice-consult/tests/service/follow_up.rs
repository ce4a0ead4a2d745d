//! Follow-ups: made, come due once, put off, handed on when nobody is there, done; seen by those whose they are, never by a patient.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::timer;
use serde_json::{Value, json};
use support::partner::anna;
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, lies_in, request_id};

use crate::retention::{erase, id, sealed};

const CANARY: &str = "canary-of-the-follow-up";
pub const HOUR: i64 = 3_600;

pub async fn world() -> World {
    World::start_as(|_| {}).await
}

/// So many seconds from now, as the wire writes it.
pub fn ahead(world: &World, seconds: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(world.now_ms() + seconds * 1_000).unwrap();
    at.to_string()
}

async fn operator(world: &World, localpart: &str) -> String {
    let all = world.get(VOLKOVA, "/operators").await;
    let user = support::user(localpart);
    let found = all["operators"].as_array().unwrap().iter().find(|one| one["user_id"] == user).unwrap().clone();
    id(&found).to_owned()
}

pub async fn make(world: &World, who: &str, patient: &str, mut more: Value) -> Answer {
    more["patient_id"] = json!(patient);
    if more.get("request_id").is_none() {
        more["request_id"] = json!(request_id());
    }
    if more.get("due_at").is_none() {
        more["due_at"] = json!(ahead(world, HOUR));
    }
    world.call(who, "POST", "/follow-ups", Some(more)).await
}

async fn mine(world: &World, who: &str) -> Vec<String> {
    listed(world, who, "").await.iter().map(|one| id(one).to_owned()).collect()
}

pub async fn listed(world: &World, who: &str, query: &str) -> Vec<Value> {
    let page = world.get(who, &format!("/follow-ups?{query}")).await;
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(page["total"], items.len());
    items
}

pub async fn changed(world: &World, who: &str, known: &Value, mut change: Value) -> Answer {
    if change.get("version").is_none() {
        change["version"] = known["version"].clone();
    }
    world.call(who, "PATCH", &format!("/follow-ups/{}", id(known)), Some(change)).await
}

pub async fn ended(world: &World, who: &str, known: &Value, how: &str) -> Answer {
    let body = json!({ "version": known["version"] });
    world.call(who, "POST", &format!("/follow-ups/{}/{how}", id(known)), Some(body)).await
}

pub async fn later(world: &World, seconds: i64) {
    world.pass(seconds);
    look(world).await;
}

pub async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

async fn status(world: &World, who: &str, status: &str) {
    world.call(who, "PUT", "/operators/me/status", Some(json!({ "status": status }))).await.ok();
}

pub async fn acts(world: &World, known: &Value) -> Vec<String> {
    let page = world.get(VOLKOVA, &format!("/audit?subject={}", id(known))).await;
    let all = page["items"].as_array().unwrap().iter().rev();
    all.map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn one_is_made_comes_due_once_at_its_time_and_is_done() {
    let world = world().await;
    let patient = anna(&world).await;
    status(&world, PETROVA, "online").await;
    let me = operator(&world, PETROVA).await;
    let about = json!({ "note": format!("  {CANARY} "), "operator_id": me });
    let made = make(&world, PETROVA, &patient, about).await;
    assert_eq!(made.status, 201);
    let made = made.ok();
    assert_eq!((&made["note"], &made["state"], &made["is_due"]), (&json!(CANARY), &json!("open"), &json!(false)));
    assert_eq!((&made["patient"]["id"], &made["operator"]["id"]), (&json!(patient), &json!(me)));
    assert!(!lies_in(&world.data_folder(), CANARY.as_bytes()), "it lies sealed");
    later(&world, HOUR - 1).await;
    assert_eq!(listed(&world, PETROVA, "due=true").await.len(), 0);
    let world = world.restart().await;
    status(&world, PETROVA, "online").await;
    let desk = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    later(&world, 1).await;
    let told = support::until_event(desk, "follow_up", |_| true).await;
    assert_eq!((&told["follow_up_id"], &told["patient_id"]), (&made["id"], &json!(patient)));
    assert!(told.get("note").is_none());
    let due = listed(&world, PETROVA, "due=true").await.remove(0);
    assert_eq!((&due["is_due"], &due["version"]), (&json!(true), &json!(2)));
    look(&world).await;
    let done = ended(&world, PETROVA, &due, "done").await.ok();
    assert_eq!((&done["state"], &done["ended_by"]["id"]), (&json!("done"), &json!(me)));
    later(&world, 30 * 24 * HOUR).await;
    assert!(mine(&world, PETROVA).await.is_empty());
    assert_eq!(listed(&world, PETROVA, "view=ended").await.len(), 1);
    assert_eq!(acts(&world, &made).await, ["follow_up.made", "follow_up.due", "follow_up.done"]);
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&made))).await.to_string();
    assert!(!audit.contains(CANARY), "the log does not say what it says");
}

#[tokio::test]
async fn the_same_request_gives_the_same_one_and_it_stands_in_the_queue_of_its_consultation() {
    let world = world().await;
    let patient = anna(&world).await;
    let asked = world.ask(ANNA, "dental").await;
    let about = json!({ "consultation_id": asked["id"], "request_id": request_id() });
    let first = make(&world, VOLKOVA, &patient, about.clone()).await;
    let again = make(&world, VOLKOVA, &patient, about.clone()).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
    assert_eq!((&first.body["id"], &first.body["queue"]["id"]), (&again.body["id"], &json!("dental")));
    assert_eq!(first.body["operator"], Value::Null);
    assert_eq!(listed(&world, VOLKOVA, &format!("view=open&consultation={}", id(&asked))).await.len(), 1);
    assert_eq!(listed(&world, VOLKOVA, &format!("view=open&patient={patient}")).await.len(), 1);
    world.get(BORIS, "/me").await;
    let boris = world.get(VOLKOVA, "/patients?user=boris").await["items"][0]["id"].as_str().unwrap().to_owned();
    make(&world, VOLKOVA, &boris, about).await.problem(409, "conflict");
}

#[tokio::test]
async fn who_has_nothing_to_do_with_one_neither_sees_nor_changes_it() {
    let world = world().await;
    let patient = anna(&world).await;
    let [petrova, sokolov] = [operator(&world, PETROVA).await, operator(&world, SOKOLOV).await];
    world.call(VOLKOVA, "PATCH", &format!("/operators/{petrova}"), Some(json!({ "queues": ["general"] }))).await.ok();
    world
        .call(VOLKOVA, "PATCH", &format!("/operators/{sokolov}"), Some(json!({ "queues": ["psychology"] })))
        .await
        .ok();
    let own = json!({ "operator_id": petrova, "queue_id": "general" });
    let own = make(&world, PETROVA, &patient, own).await.ok();
    let shared = json!({ "queue_id": "general", "due_at": ahead(&world, 2 * HOUR) });
    let shared = make(&world, PETROVA, &patient, shared).await.ok();
    let others = make(&world, VOLKOVA, &patient, json!({ "queue_id": "psychology" })).await.ok();
    assert_eq!(mine(&world, PETROVA).await, [id(&own), id(&shared)]);
    assert_eq!(mine(&world, SOKOLOV).await, [id(&others)]);
    assert_eq!(listed(&world, SOKOLOV, "view=open").await.len(), 1);
    assert_eq!(listed(&world, VOLKOVA, "view=open").await.len(), 3);
    assert_eq!(listed(&world, VOLKOVA, &format!("view=open&operator={petrova}")).await.len(), 1);
    assert_eq!(listed(&world, VOLKOVA, "view=open&queue=general&due=false").await.len(), 2);
    world.call(SOKOLOV, "GET", &format!("/follow-ups/{}", id(&own)), None).await.problem(404, "not-found");
    assert_eq!(world.get(PETROVA, &format!("/follow-ups/{}", id(&own))).await, own);
    for how in ["done", "cancel"] {
        ended(&world, SOKOLOV, &own, how).await.problem(404, "not-found");
    }
    changed(&world, SOKOLOV, &own, json!({ "note": "x" })).await.problem(404, "not-found");
    world.call(ANNA, "GET", "/follow-ups", None).await.problem(403, "forbidden");
    make(&world, ANNA, &patient, json!({})).await.problem(403, "forbidden");
    // Handed to him, it is his.
    changed(&world, PETROVA, &own, json!({ "operator_id": sokolov })).await.ok();
    assert_eq!(mine(&world, SOKOLOV).await.len(), 2);
}

#[tokio::test]
async fn what_is_put_off_comes_due_anew_and_a_change_is_made_over_what_was_seen() {
    let world = world().await;
    let patient = anna(&world).await;
    let me = operator(&world, PETROVA).await;
    status(&world, PETROVA, "online").await;
    let made = make(&world, PETROVA, &patient, json!({ "operator_id": me, "note": "Call" })).await.ok();
    later(&world, HOUR).await;
    changed(&world, PETROVA, &made, json!({ "note": "x" })).await.problem(409, "conflict");
    let due = listed(&world, PETROVA, "due=true").await.remove(0);
    let until = ahead(&world, 2 * HOUR);
    let put_off = changed(&world, PETROVA, &due, json!({ "due_at": until })).await.ok();
    assert_eq!((&put_off["is_due"], &put_off["note"]), (&json!(false), &json!("Call")));
    let same = changed(&world, PETROVA, &put_off, json!({ "note": "Call" })).await.ok();
    assert_eq!(same["version"], put_off["version"], "nothing was changed");
    let silent = changed(&world, PETROVA, &put_off, json!({ "note": null })).await.ok();
    assert_eq!((&silent["note"], &silent["due_at"]), (&Value::Null, &put_off["due_at"]));
    later(&world, 2 * HOUR).await;
    let due = listed(&world, PETROVA, "due=true").await.remove(0);
    let cancelled = ended(&world, PETROVA, &due, "cancel").await.ok();
    assert_eq!(cancelled["state"], "cancelled");
    ended(&world, PETROVA, &cancelled, "done").await.problem(409, "conflict");
    changed(&world, PETROVA, &cancelled, json!({ "note": "x" })).await.problem(409, "conflict");
    let expected = [
        "follow_up.made",
        "follow_up.due",
        "follow_up.put_off",
        "follow_up.changed",
        "follow_up.due",
        "follow_up.cancelled",
    ];
    assert_eq!(acts(&world, &made).await, expected);
}

#[tokio::test]
async fn what_is_due_becomes_the_queues_when_its_owner_is_not_there() {
    let world = world().await;
    let patient = anna(&world).await;
    let me = operator(&world, PETROVA).await;
    status(&world, PETROVA, "online").await;
    let about = json!({ "operator_id": me, "queue_id": "general" });
    let made = make(&world, PETROVA, &patient, about).await.ok();
    later(&world, HOUR).await;
    later(&world, 15 * 60).await;
    let kept = listed(&world, VOLKOVA, "view=open").await.remove(0);
    assert_eq!((&kept["operator"]["id"], &kept["version"]), (&json!(me), &json!(2)), "she is there");
    status(&world, PETROVA, "offline").await;
    later(&world, 60).await;
    let handed = listed(&world, VOLKOVA, "view=open").await.remove(0);
    assert_eq!((&handed["operator"], &handed["is_due"]), (&Value::Null, &json!(true)));
    later(&world, HOUR).await;
    assert_eq!(acts(&world, &made).await, ["follow_up.made", "follow_up.due", "follow_up.handed_on"]);
    let taken = changed(&world, VOLKOVA, &handed, json!({ "operator_id": me })).await.ok();
    later(&world, 15 * 60 - 1).await;
    assert_eq!(listed(&world, VOLKOVA, "view=open").await[0]["version"], taken["version"], "she has a while to come");
    later(&world, 1).await;
    assert_eq!(listed(&world, VOLKOVA, "view=open").await[0]["operator"], Value::Null);
}

#[tokio::test]
async fn what_an_operator_wanted_to_come_back_to_stays_in_the_queue_that_he_leaves() {
    let world = world().await;
    let patient = anna(&world).await;
    let me = operator(&world, PETROVA).await;
    let queues = |queues: &[&str]| Some(json!({ "queues": queues }));
    let path = format!("/operators/{me}");
    world.call(VOLKOVA, "PATCH", &path, queues(&["general", "dental"])).await.ok();
    let about = |queue: &str| json!({ "operator_id": me, "queue_id": queue });
    let left = make(&world, PETROVA, &patient, about("general")).await.ok();
    let kept = make(&world, PETROVA, &patient, about("dental")).await.ok();
    let foreign = make(&world, PETROVA, &patient, about("psychology")).await.ok();
    world.call(VOLKOVA, "PATCH", &path, queues(&["dental"])).await.ok();
    let all = listed(&world, VOLKOVA, "view=open").await;
    let owner = |known: &Value| all.iter().find(|one| one["id"] == known["id"]).unwrap()["operator"].clone();
    assert_eq!(owner(&left), Value::Null);
    assert_eq!((owner(&kept)["id"].clone(), owner(&foreign)["id"].clone()), (json!(me), json!(me)));
    assert_eq!(acts(&world, &left).await, ["follow_up.made", "follow_up.handed_on"]);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let world = world().await;
    let patient = anna(&world).await;
    world.get(BORIS, "/me").await;
    let asked = world.ask(BORIS, "general").await;
    for (about, field) in [
        (json!({ "due_at": ahead(&world, 0) }), "due_at"),
        (json!({ "due_at": ahead(&world, -HOUR) }), "due_at"),
        (json!({ "due_at": ahead(&world, 3 * 366 * 24 * HOUR) }), "due_at"),
        (json!({ "note": "x".repeat(1_001) }), "note"),
        (json!({ "operator_id": "nobody" }), "operator_id"),
        (json!({ "queue_id": "nowhere" }), "queue_id"),
        (json!({ "consultation_id": asked["id"] }), "consultation_id"),
        (json!({ "consultation_id": "unknown" }), "consultation_id"),
        (json!({ "due_at": "soon" }), "body"),
        (json!({ "request_id": "1" }), "body"),
        (json!({ "more": 1 }), "body"),
    ] {
        let refused = make(&world, PETROVA, &patient, about.clone()).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{about}");
    }
    make(&world, PETROVA, "unknown", json!({})).await.problem(404, "not-found");
    let made = make(&world, PETROVA, &patient, json!({})).await.ok();
    for (change, field) in [
        (json!({ "due_at": ahead(&world, -1) }), "due_at"),
        (json!({ "operator_id": "nobody" }), "operator_id"),
        (json!({ "queue_id": "nowhere" }), "queue_id"),
        (json!({ "note": "a\u{0}" }), "note"),
    ] {
        let refused = changed(&world, PETROVA, &made, change.clone()).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{change}");
    }
    world.call(PETROVA, "GET", "/follow-ups?cursor=x", None).await.problem(400, "invalid");
    world.call(PETROVA, "GET", "/follow-ups?view=all", None).await.problem(400, "invalid");
    for _ in 1..50 {
        make(&world, PETROVA, &patient, json!({})).await.ok();
    }
    make(&world, PETROVA, &patient, json!({})).await.problem(409, "conflict");
}

#[tokio::test]
async fn a_list_comes_page_by_page_what_is_first_on_top() {
    let world = world().await;
    let patient = anna(&world).await;
    for hours in [3, 1, 2] {
        let about = json!({ "due_at": ahead(&world, hours * HOUR), "note": hours.to_string() });
        make(&world, VOLKOVA, &patient, about).await.ok();
    }
    let first = world.get(VOLKOVA, "/follow-ups?view=open&limit=2").await;
    let notes = |page: &Value| {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|one| one["note"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((notes(&first), &first["total"]), (vec!["1".to_owned(), "2".to_owned()], &json!(3)));
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = world.get(VOLKOVA, &format!("/follow-ups?view=open&limit=2&cursor={cursor}")).await;
    assert_eq!((notes(&rest), &rest["next_cursor"]), (vec!["3".to_owned()], &Value::Null));
}

#[tokio::test]
async fn they_go_with_a_record_and_with_the_patients_account() {
    let world = world().await;
    let patient = anna(&world).await;
    let talk = sealed(&world, ANNA).await;
    let about = json!({ "consultation_id": talk["id"], "note": CANARY });
    make(&world, PETROVA, &patient, about).await.ok();
    let open = make(&world, PETROVA, &patient, json!({ "note": CANARY })).await.ok();
    world.pass(31 * 60);
    let certificate = erase(&world, &talk).await.ok();
    assert_eq!(certificate["counts"]["follow_ups"], 1, "{certificate}");
    assert_eq!(listed(&world, VOLKOVA, "view=open").await.len(), 1);
    make(&world, PETROVA, &patient, json!({ "consultation_id": talk["id"] })).await.problem(410, "erased");
    world.homeserver.sign_in("anna+again", "D", Some(world.now_ms().unsigned_abs()));
    world.call("anna+again", "POST", "/me/deletion", Some(json!({ "confirm": "delete" }))).await.ok();
    assert_eq!(acts(&world, &open).await, ["follow_up.made", "follow_up.cancelled"], "nobody is to come back to her");
    world.settle_late().await;
    assert_eq!(listed(&world, VOLKOVA, "view=ended").await.len(), 0);
    make(&world, PETROVA, &patient, json!({})).await.problem(410, "erased");
    later(&world, 2 * HOUR).await;
}
