//! A rehearsal over HTTP: each step is ticked when it truly happened, and who played goes with the demonstration.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, until_event};

use crate::retention::id;

async fn begin(world: &World) -> (Value, String) {
    let state = world.call(VOLKOVA, "POST", "/rehearsal", None).await.ok();
    let link = state["rehearsal"]["link"].as_str().unwrap().to_owned();
    let code = link.split_once("?rehearsal=").unwrap().1.to_owned();
    (state, code)
}

async fn now(world: &World) -> Value {
    world.get(VOLKOVA, "/rehearsal").await["rehearsal"].clone()
}

/// The phone shows the app: nobody has signed in yet.
async fn open(world: &World, code: &str) -> u16 {
    let request = Request::post(format!("/_consilium/v1/public/rehearsals/{code}/opened")).header("host", "api.test");
    world.raw(request.body(Body::empty()).unwrap()).await.status().as_u16()
}

async fn join(world: &World, who: &str, code: &str) -> support::Answer {
    world.call(who, "POST", "/me/rehearsal", Some(json!({ "code": code }))).await
}

/// Names of the steps that are ticked.
fn ticked(rehearsal: &Value) -> Vec<&'static str> {
    let times = ["opened_at", "joined_at", "asked_at", "taken_at", "answered_at", "closed_at"];
    times.into_iter().filter(|step| rehearsal[*step].is_string()).collect()
}

#[tokio::test]
async fn each_step_is_ticked_when_it_happened_and_not_before() {
    let world = World::start().await;
    let (state, code) = begin(&world).await;
    assert_eq!((&state["offered"], &state["passed"]), (&json!(true), &json!(false)));
    assert!(state["rehearsal"]["link"].as_str().unwrap().starts_with("https://api.test/?rehearsal="));
    assert!(state["rehearsal"]["qr"]["path"].as_str().unwrap().starts_with('M'));
    assert!(ticked(&now(&world).await).is_empty());

    let stream = world.send(VOLKOVA, "GET", "/events", None).await.into_body().into_data_stream();
    assert_eq!(open(&world, &code).await, 204);
    until_event(stream, "setup", |data| data["what"] == "rehearsal").await;
    assert_eq!(ticked(&now(&world).await), ["opened_at"]);
    world.pass(1);
    let joined = join(&world, BORIS, &code).await.ok();
    assert_eq!(joined["demo"], true, "the account is newer than the rehearsal: {joined}");
    assert_eq!(ticked(&now(&world).await), ["opened_at", "joined_at"]);

    let asked = world.ask(BORIS, "general").await;
    world.settle().await;
    let seen = now(&world).await;
    assert_eq!((ticked(&seen).len(), &seen["heard"]), (3, &json!(false)), "{seen}");
    assert_eq!((&seen["consultation_id"], &seen["queue"]["id"]), (&asked["id"], &json!("general")));
    let room = asked["room_id"].as_str().unwrap();
    world.homeserver.join(room, &support::user(BORIS));
    world.say(BORIS, room, "is anybody there?").await;
    assert_eq!(now(&world).await["heard"], true);
    world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    world.settle().await;
    assert_eq!(ticked(&now(&world).await).last(), Some(&"taken_at"));
    world.homeserver.join(room, &support::user(PETROVA));
    world.settle().await;
    world.say(PETROVA, room, "yes").await;
    assert_eq!(ticked(&now(&world).await).last(), Some(&"answered_at"));
    world.post(PETROVA, &format!("/consultations/{}/close", id(&asked)), json!({})).await;
    world.settle().await;
    let state = world.get(VOLKOVA, "/rehearsal").await;
    assert_eq!(ticked(&state["rehearsal"]).len(), 6, "{state}");
    assert_eq!((&state["passed"], &state["offered"]), (&json!(true), &json!(false)));

    // He goes with the demonstration.
    let demo = world.get(VOLKOVA, "/demo").await;
    assert_eq!(demo["accounts"][0]["user_id"], support::user(BORIS), "{demo}");
}

#[tokio::test]
async fn an_account_that_was_here_before_plays_and_is_not_marked() {
    let world = World::start().await;
    world.get(ANNA, "/me").await;
    world.pass(1);
    let (_, code) = begin(&world).await;
    let joined = join(&world, ANNA, &code).await.ok();
    assert_eq!(joined["demo"], false);
    assert_eq!(world.get(VOLKOVA, "/demo").await["accounts"], json!([]));
    assert_eq!(ticked(&now(&world).await), ["opened_at", "joined_at"], "who signs in has opened it");
    // The same again changes nothing, and somebody else comes too late.
    join(&world, ANNA, &code).await.ok();
    join(&world, BORIS, &code).await.problem(409, "conflict");
}

#[tokio::test]
async fn what_was_asked_before_it_or_after_its_end_ticks_nothing() {
    let world = World::start().await;
    let before = world.ask(ANNA, "general").await;
    world.settle().await;
    world.pass(1);
    let (_, code) = begin(&world).await;
    join(&world, ANNA, &code).await.ok();
    assert_eq!(now(&world).await["asked_at"], Value::Null);
    world.post(ANNA, &format!("/consultations/{}/cancel", id(&before)), json!({})).await;
    world.settle().await;
    world.call(VOLKOVA, "DELETE", "/rehearsal", None).await.ok();
    world.pass(1);
    world.ask(ANNA, "general").await;
    world.settle().await;
    let seen = now(&world).await;
    assert!(seen["ended_at"].is_string() && seen["asked_at"].is_null(), "{seen}");
}

#[tokio::test]
async fn a_code_opens_its_own_rehearsal_while_it_is_open_and_for_a_day() {
    let world = World::start().await;
    assert_eq!(open(&world, "nonsense").await, 404);
    let (_, first) = begin(&world).await;
    let (_, second) = begin(&world).await;
    assert_eq!(open(&world, &first).await, 404, "another was begun");
    join(&world, ANNA, &first).await.problem(404, "not-found");
    world.pass(25 * 3_600);
    assert_eq!(open(&world, &second).await, 404, "a day has passed");
    join(&world, ANNA, &second).await.problem(404, "not-found");
}

#[tokio::test]
async fn who_skips_it_is_not_met_by_it_and_finds_it_again() {
    let world = World::start().await;
    let skipped = world.call(VOLKOVA, "POST", "/rehearsal/skip", None).await.ok();
    assert_eq!(skipped["offered"], false);
    world.call(VOLKOVA, "POST", "/rehearsal/skip", None).await.ok();
    assert_eq!(world.get(VOLKOVA, "/audit?action=rehearsal.skipped").await["total"], 1);
    let world = world.restart().await;
    assert_eq!(world.get(VOLKOVA, "/rehearsal").await["offered"], false);
    begin(&world).await;
    assert!(now(&world).await["link"].is_string());
}

#[tokio::test]
async fn who_is_of_a_demonstration_is_not_met_by_it() {
    let world = World::start().await;
    let tenant = world.consult.tenant("clinic").unwrap();
    let volkova = support::user(VOLKOVA);
    consilium_consult::demo::mark(&tenant, &volkova.into(), &consilium_consult::actor::Actor::System).await.unwrap();
    assert_eq!(world.get(VOLKOVA, "/rehearsal").await["offered"], false);
}

#[tokio::test]
async fn where_real_patients_were_answered_nobody_is_met_by_it() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    assert_eq!(world.get(VOLKOVA, "/rehearsal").await["offered"], true);
    world.say(PETROVA, talk["room_id"].as_str().unwrap(), "good morning").await;
    assert_eq!(world.get(VOLKOVA, "/rehearsal").await["offered"], false);
}
