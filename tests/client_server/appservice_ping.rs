//! Application services ask whether they are reached.

use consilium_harness::{FakeAppservice, User, World};
use serde_json::json;
use tokio::net::TcpListener;

const PING: &str = "/_matrix/client/v1/appservice/desk/ping";

fn service(world: &World, desk: &FakeAppservice) -> User {
    User::with_token(world, String::new(), String::new(), desk.as_token())
}

#[tokio::test]
async fn a_ping_reaches_the_service_and_says_how_long_it_took() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).start().await;
    let asking = service(&world, &desk);
    let answer = asking.post(PING, json!({ "transaction_id": "meow" })).await.ok();
    assert!(answer["duration_ms"].is_u64(), "{answer}");
    asking.post(PING, json!({})).await.ok();
    asking.post("/_matrix/client/unstable/fi.mau.msc2659/appservice/desk/ping", json!({})).await.ok();
    assert_eq!(desk.pings(), [json!({ "transaction_id": "meow" }), json!({}), json!({})]);
}

#[tokio::test]
async fn only_the_service_itself_may_ask() {
    let (desk, crm) = (FakeAppservice::listen("desk").await, FakeAppservice::listen("crm").await);
    let world = World::builder().appservice(desk.registration()).appservice(crm.registration()).start().await;
    let alice = world.user("alice").await;
    alice.post(PING, json!({})).await.refused(403, "M_FORBIDDEN");
    service(&world, &crm).post(PING, json!({})).await.refused(403, "M_FORBIDDEN");
    service(&world, &desk)
        .post("/_matrix/client/v1/appservice/nobody/ping", json!({}))
        .await
        .refused(403, "M_FORBIDDEN");
    world.post(PING, json!({})).await.refused(401, "M_MISSING_TOKEN");
    User::with_token(&world, String::new(), String::new(), "guess".to_owned())
        .post(PING, json!({}))
        .await
        .refused(401, "M_UNKNOWN_TOKEN");
    assert!(desk.pings().is_empty());
}

#[tokio::test]
async fn a_service_without_an_address_is_told_so() {
    let desk = FakeAppservice::listen("desk").await;
    let mut registration = desk.registration();
    registration.url = None;
    let world = World::builder().appservice(registration).start().await;
    service(&world, &desk).post(PING, json!({})).await.refused(400, "M_URL_NOT_SET");
}

#[tokio::test]
async fn a_refused_ping_is_handed_on_with_its_status_and_body() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).start().await;
    desk.refuse_ping(401);
    let body = service(&world, &desk).post(PING, json!({})).await.refused(502, "M_BAD_STATUS");
    assert_eq!((&body["status"], &body["body"]), (&json!(401), &json!("{}")), "{body}");
}

#[tokio::test]
async fn a_service_that_is_not_there_or_says_nothing_is_told_apart() {
    let desk = FakeAppservice::listen("desk").await;
    let mut gone = desk.registration();
    // Nothing listens on the first port.
    gone.url = Some("http://127.0.0.1:1".to_owned());
    let world = World::builder().appservice(gone).start().await;
    service(&world, &desk).post(PING, json!({})).await.refused(502, "M_CONNECTION_FAILED");

    // Takes connections, reads nothing, answers nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let mut mute = desk.registration();
    mute.url = Some(format!("http://{}", silent.local_addr().expect("it is bound")));
    let world =
        World::builder().appservice(mute).configure(|config| config.http.appservice_timeout_seconds = 1).start().await;
    service(&world, &desk).post(PING, json!({})).await.refused(504, "M_CONNECTION_TIMEOUT");
}
