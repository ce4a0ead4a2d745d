//! Tokens for any `MatrixRTC` client: who gets one, and that wrong requests get none and leave nothing behind.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::Request;
use consilium_consult::call::Membership;
use consilium_consult::store::tables::{Call, CallLeave, CallMember, CallRoom, CallSpan};
use sea_query::{Expr, Func, Iden, IntoIden, Query, SelectStatement};
use serde_json::{Value, json};
use support::media::{Event, KEY, SECRET, claims, sign, sign_ago, sign_as};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, World, get_token, passed_token, sfu_get, user};

const V1: &str = "v1/rtc/livekit/get_token";
const UNSTABLE: &str = "unstable/io.element.msc4195/rtc/livekit/get_token";
const LEAVE: &str = "unstable/io.element.msc4195/rtc/livekit/delegate_delayed_leave";

/// Rows that a granted request writes.
async fn traces(world: &World) -> i64 {
    let tenant = world.consult.tenant("clinic").unwrap();
    let mut reading = tenant.store.read().await.unwrap();
    let mut sum = 0;
    for rows in [
        rows_of(CallMember::Table, CallMember::Identity),
        rows_of(CallRoom::Table, CallRoom::Sid),
        rows_of(CallLeave::Table, CallLeave::DelayId),
        rows_of(Call::Table, Call::Id),
        rows_of(CallSpan::Table, CallSpan::Sid),
    ] {
        sum += reading.fetch_one(&rows).await.unwrap().unwrap().first_number().unwrap();
    }
    sum
}

#[tokio::test]
async fn each_way_leads_into_one_room_with_the_identity_that_the_client_computes() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let state = world.rtc("sfu/get", &sfu_get(ANNA, room)).await.ok();
    let sticky = world.rtc("get_token", &get_token(ANNA, room)).await.ok();
    let stable = world.passed_on(ANNA, V1, &passed_token(room)).await.ok();
    let unstable = world.passed_on(ANNA, UNSTABLE, &passed_token(room)).await.ok();
    let mut of_ruma = passed_token(room);
    of_ruma["member_id"] = json!(format!("{}:D", user(ANNA)));
    of_ruma.as_object_mut().unwrap().remove("member");
    let of_ruma = world.passed_on(ANNA, V1, &of_ruma).await.ok();
    assert_eq!((state["url"].as_str(), stable.get("url")), (Some("ws://127.0.0.1:7880"), None));
    let hashed = Membership::Sticky { member_id: "m1".into() }.identity(&user(ANNA).as_str().into(), "D");
    let (media_room, _) = world.media.only_room();
    for (answer, identity) in [
        (&state, "@anna:hs.test:D"),
        (&sticky, hashed.as_str()),
        (&stable, hashed.as_str()),
        (&unstable, hashed.as_str()),
        (&of_ruma, "@anna:hs.test:D"),
    ] {
        let claims = claims(answer["jwt"].as_str().unwrap());
        assert_eq!(
            (claims["sub"].as_str(), claims["video"]["room"].as_str()),
            (Some(identity), Some(media_room.as_str()))
        );
    }
    world.rtc("sfu/get", &sfu_get(PETROVA, room)).await.ok();
    world.media.only_room();
}

/// A body with one field set to something else; `null` takes it out.
fn with(mut body: Value, path: &str, value: Value) -> Value {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(key);
    } else {
        parent.insert(key.to_owned(), value);
    }
    body
}

/// Which endpoint, for whom, the body, and the error.
type Case = (&'static str, &'static str, Value, u16, &'static str);

/// What is wrong whoever asks: of the body itself.
fn broken(room: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let long = json!("x".repeat(2_000));
    for (path, value, status, errcode) in [
        ("/room", Value::Null, 400, "M_BAD_JSON"),
        ("/room", json!(7), 400, "M_BAD_JSON"),
        ("/room", long.clone(), 400, "M_BAD_JSON"),
        ("/room", json!("!elsewhere"), 403, "M_FORBIDDEN"),
        ("/room", json!(""), 403, "M_FORBIDDEN"),
        ("/device_id", Value::Null, 400, "M_BAD_JSON"),
        ("/device_id", json!("FOREIGN"), 403, "M_FORBIDDEN"),
        ("/device_id", json!(""), 403, "M_FORBIDDEN"),
        ("/openid_token", Value::Null, 400, "M_BAD_JSON"),
        ("/openid_token", json!("openid-anna"), 400, "M_BAD_JSON"),
        ("/openid_token/access_token", json!("dead"), 401, "M_UNAUTHORIZED"),
        ("/openid_token/access_token", json!("openid-"), 403, "M_FORBIDDEN"),
        ("/openid_token/access_token", json!("token-anna"), 401, "M_UNAUTHORIZED"),
        ("/openid_token/access_token", long.clone(), 401, "M_UNAUTHORIZED"),
        ("/openid_token/matrix_server_name", json!("other.test"), 401, "M_UNAUTHORIZED"),
        ("/openid_token/matrix_server_name", json!("HS.test:8448"), 401, "M_UNAUTHORIZED"),
        ("/openid_token/matrix_server_name", Value::Null, 400, "M_BAD_JSON"),
        ("/delay_timeout", json!("soon"), 400, "M_BAD_JSON"),
    ] {
        cases.push(("sfu/get", ANNA, with(sfu_get(ANNA, room), path, value), status, errcode));
    }
    for (path, value, status, errcode) in [
        ("/room_id", json!("!elsewhere"), 403, "M_FORBIDDEN"),
        ("/slot_id", json!("m.call#OTHER"), 400, "M_INVALID_PARAM"),
        ("/slot_id", json!(""), 400, "M_INVALID_PARAM"),
        ("/slot_id", Value::Null, 400, "M_BAD_JSON"),
        ("/member", Value::Null, 400, "M_BAD_JSON"),
        ("/member/id", long.clone(), 400, "M_BAD_JSON"),
        ("/member/claimed_user_id", json!(user(PETROVA)), 403, "M_FORBIDDEN"),
        ("/member/claimed_device_id", json!("FOREIGN"), 403, "M_FORBIDDEN"),
        ("/openid_token/access_token", json!("dead"), 401, "M_UNAUTHORIZED"),
        ("/openid_token/matrix_server_name", json!("other.test"), 401, "M_UNAUTHORIZED"),
    ] {
        cases.push(("get_token", ANNA, with(get_token(ANNA, room), path, value), status, errcode));
    }
    for (path, value, status, errcode) in [
        ("/url", json!("wss://elsewhere.test"), 400, "M_INVALID_PARAM"),
        ("/url", json!(""), 400, "M_INVALID_PARAM"),
        ("/url", Value::Null, 400, "M_BAD_JSON"),
        ("/room_id", json!("!elsewhere"), 403, "M_FORBIDDEN"),
        ("/slot_id", json!("m.call#OTHER"), 400, "M_INVALID_PARAM"),
        ("/member", Value::Null, 400, "M_BAD_JSON"),
        ("/member/claimed_device_id", json!("FOREIGN"), 403, "M_FORBIDDEN"),
    ] {
        for endpoint in [V1, UNSTABLE] {
            cases.push((endpoint, ANNA, with(passed_token(room), path, value.clone()), status, errcode));
        }
        let leave = with(passed_token(room), "/delay_id", json!("d1"));
        cases.push((LEAVE, ANNA, with(leave, path, value), status, errcode));
    }
    cases
}

/// Delayed leaves that are not ours to send.
fn foreign_leaves(room: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for url in [
        "https://elsewhere.test",
        "http://api.test",
        "https://api.test.elsewhere.test",
        "https://api.test@elsewhere.test",
        "",
    ] {
        let with_leave = |body| with(with(body, "/delay_id", json!("d1")), "/delay_cs_api_url", json!(url));
        cases.push(("sfu/get", ANNA, with_leave(sfu_get(ANNA, room)), 400, "M_INVALID_PARAM"));
        cases.push(("get_token", ANNA, with_leave(get_token(ANNA, room)), 400, "M_INVALID_PARAM"));
    }
    for delay in [json!(""), json!("x".repeat(2_000))] {
        cases.push(("sfu/get", ANNA, with(sfu_get(ANNA, room), "/delay_id", delay), 400, "M_INVALID_PARAM"));
    }
    cases.push((LEAVE, ANNA, passed_token(room), 400, "M_BAD_JSON"));
    let short = with(with(passed_token(room), "/delay_id", json!("d1")), "/delay_timeout", json!(3_599_999));
    cases.push((LEAVE, ANNA, short, 400, "M_BAD_JSON"));
    cases
}

/// The request of someone who may not call in this room, by each way.
fn by_each_way(who: &'static str, room: &str) -> Vec<Case> {
    let leave = with(passed_token(room), "/delay_id", json!("d1"));
    vec![
        ("sfu/get", who, sfu_get(who, room), 403, "M_FORBIDDEN"),
        ("get_token", who, get_token(who, room), 403, "M_FORBIDDEN"),
        (V1, who, passed_token(room), 403, "M_FORBIDDEN"),
        (UNSTABLE, who, passed_token(room), 403, "M_FORBIDDEN"),
        (LEAVE, who, leave, 403, "M_FORBIDDEN"),
    ]
}

async fn refused(world: &World, (endpoint, who, body, status, errcode): &Case) {
    let answer = if endpoint.contains("rtc/livekit") {
        world.passed_on(who, endpoint, body).await
    } else {
        world.rtc(endpoint, body).await
    };
    assert_eq!(
        (answer.status.as_u16(), answer.body["errcode"].as_str()),
        (*status, Some(*errcode)),
        "{endpoint} {who} {body}"
    );
    assert!(answer.body.get("jwt").is_none());
}

#[tokio::test]
async fn two_hundred_wrong_requests_get_nothing_and_leave_nothing_behind() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let closed = world.talk(BORIS, SOKOLOV).await;
    let closed_room = closed["room_id"].as_str().unwrap();
    world.post(SOKOLOV, &format!("/consultations/{}/close", closed["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;

    let mut cases = [broken(room), foreign_leaves(room)].concat();
    // Not members, members of another conversation, colleagues who take no part, and after the end everybody.
    for who in [BORIS, SOKOLOV, "volkova", "keeper", "stranger", "guest"] {
        cases.extend(by_each_way(who, room));
        cases.extend(by_each_way(who, closed_room));
        cases.extend(by_each_way(who, "!unknown"));
    }
    for who in [ANNA, PETROVA] {
        cases.extend(by_each_way(who, closed_room));
    }
    assert!(cases.len() >= 160, "{}", cases.len());
    for (index, case) in cases.iter().enumerate() {
        // The limit of an account is not what refuses here.
        if index % 40 == 39 {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        }
        refused(&world, case).await;
    }
    let mut count = cases.len();

    // Signed out, or out of the room.
    world.homeserver.leave(room, &user(PETROVA));
    world.settle().await;
    for case in by_each_way(PETROVA, room) {
        refused(&world, &case).await;
        count += 1;
    }
    world.homeserver.signed_out.lock().unwrap().push(format!("{} D", user(ANNA)));
    for case in by_each_way(ANNA, room) {
        refused(&world, &case).await;
        count += 1;
    }
    count += wrong_at_the_border(&world, room).await;
    assert!(count >= 200, "{count}");
    assert_eq!((traces(&world).await, world.media.rooms().len()), (0, 0), "nothing is recorded, no room is made");
}

/// Wrong tokens of the homeserver, wrong methods, bodies that are none.
async fn wrong_at_the_border(world: &World, room: &str) -> usize {
    let body = passed_token(room).to_string();
    let mut count = 0;
    for token in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer as-token",
        "Bearer HS-token",
        "Basic hs-token",
        "hs-token",
        "Bearer token-anna",
    ] {
        for path in [V1, UNSTABLE, LEAVE] {
            let request = Request::post(format!("/_matrix/client/{path}")).header("authorization", token);
            let request =
                request.header("x-matrix-user-identifier", user(ANNA)).body(Body::from(body.clone())).unwrap();
            let status = world.proxied(request).await.status().as_u16();
            assert!([401, 403].contains(&status), "{token} {path}: {status}");
            count += 1;
        }
    }
    for text in ["", "{", "[]", "null", "7", "\u{0}", "{\"room\":"] {
        for path in ["sfu/get", "get_token"] {
            let request = Request::post(format!("/_consilium/livekit/{path}")).header("host", "api.test");
            let status = world.raw(request.body(Body::from(text)).unwrap()).await.status();
            assert_eq!(status, 400, "{path} {text}");
            count += 1;
        }
    }
    let nobody = Request::post(format!("/_matrix/client/{V1}")).header("authorization", "Bearer hs-token");
    assert_eq!(world.proxied(nobody.body(Body::from(body)).unwrap()).await.status(), 401);
    let other = Request::post("/_consilium/livekit/sfu/get").header("host", "other.test");
    assert_eq!(world.raw(other.body(Body::from(sfu_get(ANNA, room).to_string())).unwrap()).await.status(), 404);
    let get = Request::get("/_consilium/livekit/sfu/get").header("host", "api.test").body(Body::empty()).unwrap();
    assert_eq!(world.raw(get).await.status(), 405);
    count + 3
}

#[tokio::test]
async fn an_openid_token_that_ran_out_and_people_of_another_tenant_get_nothing() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    for number in 0..20 {
        let token = json!(format!("openid-anna+{number}"));
        world.homeserver.run_out(token.as_str().unwrap());
        for (path, body) in [("sfu/get", sfu_get(ANNA, room)), ("get_token", get_token(ANNA, room))] {
            let body = with(body, "/openid_token/access_token", token.clone());
            refused(&world, &(path, ANNA, body, 401, "M_UNAUTHORIZED")).await;
        }
    }
    for host in ["other.test", "law.test", "api.test.other.test"] {
        for (path, body) in [("sfu/get", sfu_get(ANNA, room)), ("get_token", get_token(ANNA, room))] {
            let request = Request::post(format!("/_consilium/livekit/{path}")).header("host", host);
            assert_eq!(world.raw(request.body(Body::from(body.to_string())).unwrap()).await.status(), 404, "{host}");
        }
    }
    let leave = with(passed_token(room), "/delay_id", json!("d1")).to_string();
    for (token, who) in
        [("hs-token", "@anna:other.test"), ("hs-token", "@petrova:law.test"), ("law-token", "@anna:hs.test")]
    {
        for path in [V1, UNSTABLE, LEAVE] {
            let request = Request::post(format!("/_matrix/client/{path}")).header("x-matrix-user-identifier", who);
            let request = request.header("authorization", format!("Bearer {token}"));
            let status = world.proxied(request.body(Body::from(leave.clone())).unwrap()).await.status();
            assert_eq!(status, 403, "{token} {who} {path}");
        }
    }
    assert_eq!((traces(&world).await, world.media.rooms().len()), (0, 0), "nothing is recorded, no room is made");
    let fresh = with(sfu_get(ANNA, room), "/openid_token/access_token", json!("openid-anna+fresh"));
    world.rtc("sfu/get", &fresh).await.ok();
    assert_ne!(traces(&world).await, 0, "a token that still lives opens the call");
}

#[tokio::test]
async fn a_forged_event_makes_no_record_and_a_replayed_one_no_second() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    // Both may come now: a true event of theirs makes a record.
    let join_token = world.rtc("sfu/get", &sfu_get(ANNA, room)).await.ok()["jwt"].as_str().unwrap().to_owned();
    world.rtc("sfu/get", &sfu_get(PETROVA, room)).await.ok();
    let (media_room, room_sid) = world.media.only_room();
    let (anna, now) = (format!("{}:D", user(ANNA)), world.now_ms());
    let joined = |number: usize| {
        let (id, who) = (format!("EV_{number}"), Some(("PA_1", anna.as_str(), now)));
        let (room, room_sid) = (media_room.as_str(), room_sid.as_str());
        Event { id, kind: "participant_joined", room, room_sid, at_ms: now, who, reason: "UNKNOWN_REASON" }.body()
    };
    let before = traces(&world).await;
    for number in 0..20 {
        let body = joined(number);
        for forged in [
            join_token.clone(),
            sign(&joined(number + 1)),
            sign(&format!("{body} ")),
            sign_as(KEY, "another secret of the same length as ours is, nearly", &body),
            sign_as("other", SECRET, &body),
            sign_ago(7 * 3_600, &body),
            format!("Bearer {}", sign(&body)),
            String::new(),
        ] {
            assert_eq!(world.hook(&body, &forged).await, 401, "{forged}");
        }
    }
    assert_eq!(traces(&world).await, before, "nothing is recorded");
    let body = joined(0);
    assert_eq!(world.hook(&body, &sign_ago(0, &body)).await, 200);
    let once = traces(&world).await;
    assert!(once > before, "the true one is");
    for _ in 0..60 {
        assert_eq!(world.hook(&body, &sign(&body)).await, 200, "the media server needs not send it again");
    }
    assert_eq!(traces(&world).await, once);
}

#[tokio::test]
async fn without_a_homeserver_or_a_media_server_the_answer_is_try_again() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.media.is_down.store(true, Ordering::SeqCst);
    let answer = world.rtc("sfu/get", &sfu_get(ANNA, room)).await;
    assert_eq!((answer.status.as_u16(), answer.body["errcode"].as_str()), (503, Some("M_UNKNOWN")));
    world.media.is_down.store(false, Ordering::SeqCst);
    world.look().await;
    world.rtc("sfu/get", &sfu_get(ANNA, room)).await.ok();
    world.homeserver.is_down.store(true, Ordering::SeqCst);
    let answer = world.rtc("get_token", &get_token(PETROVA, room)).await;
    assert!([401, 503].contains(&answer.status.as_u16()), "{}", answer.body);
}

#[tokio::test]
async fn any_page_may_ask_for_a_token_and_no_other_may_ask_the_rest() {
    let world = World::start().await;
    let asks = |path: &str| {
        let request = Request::builder().method("OPTIONS").uri(path).header("host", "api.test");
        let request =
            request.header("origin", "https://call.element.test").header("access-control-request-method", "POST");
        request.header("access-control-request-headers", "content-type").body(Body::empty()).unwrap()
    };
    for path in ["/_consilium/livekit/sfu/get", "/_consilium/livekit/get_token"] {
        let answer = world.raw(asks(path)).await;
        assert!(answer.status().is_success(), "{path} {}", answer.status());
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        assert!(answer.headers()["access-control-allow-headers"].to_str().unwrap().contains("content-type"));
    }
    assert!(world.raw(asks("/_consilium/v1/calls")).await.headers().get("access-control-allow-origin").is_none());
    let refused =
        world.raw(Request::post("/_consilium/livekit/sfu/get").header("host", "api.test").body(Body::empty()).unwrap());
    assert_eq!(refused.await.headers()["access-control-allow-origin"], "*", "the page reads the error too");
}

/// A count of a table's rows.
fn rows_of(table: impl Iden, column: impl Iden) -> SelectStatement {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(column.into_iden()))).from(table.into_iden());
    select
}
