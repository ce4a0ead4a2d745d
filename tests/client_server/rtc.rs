//! What calls need beside their events: the media server's address, whose key a membership stands at, the rules that ring, and paths that a service
//! answers in the homeserver's place.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    response::Response,
};
use consilium_harness::{Answer, FakeAppservice, User, World, segment};
use consilium_homeserver::{RtcConfig, Server, appservice::Registration};
use parking_lot::Mutex;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    delayed_events::{aged_world, pass},
    rooms::room_path,
};

const TRANSPORTS: [&str; 2] =
    ["/_matrix/client/v1/rtc/transports", "/_matrix/client/unstable/org.matrix.msc4143/rtc/transports"];
const MEMBERS: [&str; 2] = ["m.call.member", "org.matrix.msc3401.call.member"];
const GET_TOKEN: &str = "/_matrix/client/unstable/io.element.msc4195/rtc/livekit/get_token";
const DELEGATE: &str = "/_matrix/client/unstable/io.element.msc4195/rtc/livekit/delegate_delayed_leave";

#[tokio::test]
async fn clients_are_told_what_is_there_for_calls_and_where_calls_go() {
    let rtc = RtcConfig {
        livekit_url: "wss://rtc.hs.test".to_owned(),
        livekit_service_url: "https://hs.test/rtc".to_owned(),
    };
    let world = World::builder().tenant("law.test").configure(|config| config.tenants[0].rtc = Some(rtc)).start().await;
    let alice = world.user("alice").await;
    let features = world.get("/_matrix/client/versions").await.ok()["unstable_features"].clone();
    for feature in ["org.matrix.msc4140", "org.matrix.msc4143", "org.matrix.msc4354"] {
        assert_eq!(features[feature], true, "{feature}");
    }
    let livekit =
        json!({ "type": "livekit", "url": "wss://rtc.hs.test", "livekit_service_url": "https://hs.test/rtc" });
    for path in TRANSPORTS {
        assert_eq!(alice.get(path).await.ok(), json!({ "rtc_transports": [livekit] }));
        world.get(path).await.refused(401, "M_MISSING_TOKEN");
    }
    let well_known = world.get("/.well-known/matrix/client").await.ok();
    let foci = json!([{ "type": "livekit", "livekit_service_url": "https://hs.test/rtc" }]);
    assert_eq!(well_known["org.matrix.msc4143.rtc_foci"], foci);
    let elsewhere = world.request(Method::GET, "/.well-known/matrix/client").header("host", "law.test");
    let elsewhere: Value = elsewhere.send().await.expect("it is answered").json().await.expect("JSON");
    assert_eq!(elsewhere, json!({ "m.homeserver": { "base_url": "https://law.test" } }), "another tenant has none");
}

#[tokio::test]
async fn a_membership_of_a_call_stands_at_a_key_of_its_sender() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let levels = room_path(&room, "state/m.room.power_levels");
    let mut content = alice.get(&levels).await.ok();
    for kind in MEMBERS {
        content["events"][kind] = json!(0);
    }
    alice.put(&levels, content).await.ok();
    for kind in MEMBERS {
        let at = |key: &str, delay: &str| room_path(&room, &format!("state/{kind}/{}{delay}", segment(key)));
        let delay = "?org.matrix.msc4140.delay=1000";
        for own in [bob.id.clone(), format!("_{}_A_m.call", bob.id), format!("_{}_B", bob.id)] {
            bob.put(&at(&own, ""), json!({ "application": "m.call" })).await.ok();
            bob.put(&at(&own, delay), json!({})).await.ok();
        }
        let foreign = [
            alice.id.clone(),
            format!("_{}_A_m.call", alice.id),
            format!("_{}x_A", bob.id),
            format!("__{}_A", bob.id),
            format!("x{}", bob.id),
            "_".to_owned(),
            String::new(),
        ];
        for key in foreign {
            bob.put(&at(&key, ""), json!({ "application": "m.call" })).await.refused(403, "M_FORBIDDEN");
            bob.put(&at(&key, delay), json!({})).await.refused(403, "M_FORBIDDEN");
        }
        // Nor may the most powerful hang another one up.
        alice.put(&at(&format!("_{}_A_m.call", bob.id), ""), json!({})).await.refused(403, "M_FORBIDDEN");
        assert_eq!(bob.get(&at(&bob.id, "")).await.ok()["application"], "m.call");
        pass(&world, &clock, 1_000).await;
        assert_eq!(bob.get(&at(&bob.id, "")).await.ok(), json!({}), "the delayed ones are sent");
    }
}

#[tokio::test]
async fn a_ring_notifies_whom_it_names_and_by_the_room_only_who_may() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob, &carol]).await;
    let rules = bob.get("/_matrix/client/v3/pushrules/").await.ok();
    let overriding = rules["global"]["override"].as_array().cloned().expect("a list");
    let rule = |id: &str| {
        let found = overriding.iter().find(|rule| rule["rule_id"] == format!(".org.matrix.msc4075.rule.rtc.{id}"));
        found.cloned().unwrap_or_else(|| panic!("{id} is not there: {rules}"))
    };
    for id in ["invite_for_me", "invite_for_room"] {
        assert_eq!((&rule(id)["default"], &rule(id)["enabled"]), (&json!(true), &json!(true)));
        assert_eq!(rule(id)["actions"], json!(["notify", { "set_tweak": "sound", "value": "ring" }]));
    }
    let since = bob.sync().await;
    let ring = "org.matrix.msc4075.rtc.notification";
    let count = async |since: &str| {
        let news = bob.sync_since(since, 0).await;
        news.joined(&room).0["unread_notifications"]["notification_count"].as_u64()
    };
    let before = count(since.next_batch()).await.unwrap_or_default();
    let since = bob.sync().await;
    carol.send(&room, ring, json!({ "notification_type": "ring", "m.mentions": { "room": true } })).await;
    assert_eq!(count(since.next_batch()).await, Some(before), "she may not mention the room");
    carol.send(&room, ring, json!({ "notification_type": "ring", "m.mentions": { "user_ids": [bob.id] } })).await;
    assert_eq!(count(since.next_batch()).await, Some(before + 1));
    alice.send(&room, ring, json!({ "notification_type": "ring", "m.mentions": { "room": true } })).await;
    assert_eq!(count(since.next_batch()).await, Some(before + 2));
    let off = "/_matrix/client/v3/pushrules/global/override/.org.matrix.msc4075.rule.rtc.invite_for_room/actions";
    bob.put(off, json!({ "actions": [] })).await.ok();
    alice.send(&room, ring, json!({ "notification_type": "ring", "m.mentions": { "room": true } })).await;
    assert_eq!(count(since.next_batch()).await, Some(before + 2), "he wants to hear of none");
}

/// A service that keeps what it is asked, and answers by the path.
struct Claimant {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    serving: JoinHandle<()>,
}

#[derive(Clone, Debug)]
struct Asked {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Asked {
    fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }
}

impl Claimant {
    async fn listen() -> Self {
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&asked));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let serving = tokio::spawn(async move {
            let _ended = axum::serve(listener, router).await;
        });
        Self { url, asked, serving }
    }

    fn registration(&self, id: &str, prefix: &str) -> Registration {
        claim(id, prefix, &self.url)
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().clone()
    }

    fn last(&self) -> Asked {
        self.asked().pop().expect("it was asked")
    }
}

impl Drop for Claimant {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn claim(id: &str, prefix: &str, url: &str) -> Registration {
    let registration = json!({
        "id": id, "url": null, "as_token": format!("{id}-as"), "hs_token": format!("{id}-hs"),
        "sender_localpart": format!("_{id}"), "rate_limited": false,
        "namespaces": { "users": [{ "exclusive": true, "regex": format!("@{id}_.*") }] },
        "io.element.msc4512.proxy_prefix": prefix, "io.element.msc4512.proxy_url": url,
    });
    Registration::parse(&registration.to_string()).expect("it is valid")
}

async fn answer(State(asked): State<Arc<Mutex<Vec<Asked>>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
    let headers =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("?").to_owned()));
    let path = parts.uri.path().to_owned();
    asked.lock().push(Asked {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: headers.collect(),
        body: body.to_vec(),
    });
    let response = Response::builder();
    let response = match path.rsplit('/').next().unwrap_or_default() {
        "refused" => response.status(403).body(Body::from(r#"{"errcode":"M_FORBIDDEN","error":"no"}"#)),
        "moved" => response.status(302).header("location", "http://127.0.0.1:1/").body(Body::empty()),
        "huge" => response.body(Body::from(vec![b'x'; 2 * 1024 * 1024])),
        "silent" => {
            std::future::pending::<()>().await;
            response.body(Body::empty())
        }
        _ => response
            .header("content-type", "application/json")
            .header("access-control-allow-origin", "https://service.test")
            .header("set-cookie", "a=b")
            .header("connection", "x-hop")
            .header("x-hop", "1")
            .header("x-own", "kept")
            .body(Body::from(r#"{"jwt":"token"}"#)),
    };
    response.expect("a response")
}

#[tokio::test]
async fn a_service_is_told_who_asks_and_never_the_users_token() {
    let service = Claimant::listen().await;
    let world = World::builder().appservice(service.registration("rtc", "rtc/livekit")).start().await;
    let alice = world.user("alice").await;
    let body = json!({ "room_id": "!r:hs.test", "slot_id": "m.call#ROOM" });
    let request = alice.request(Method::POST, &format!("{GET_TOKEN}?x=1&access_token={}&y=%20", alice.token));
    let request = request
        .json(&body)
        .header("x-matrix-user-identifier", "@admin:hs.test")
        .header("x-matrix-origin", "hs.test")
        .header("cookie", "secret=1")
        .header("x-client", "kept")
        .header("origin", "https://app.hs.test");
    let response = request.send().await.expect("it is answered");
    assert_eq!(response.status(), 200);
    let header = |name: &str| -> Vec<String> {
        let all = response.headers().get_all(name).into_iter();
        all.map(|value| value.to_str().unwrap_or("?").to_owned()).collect()
    };
    assert_eq!(header("access-control-allow-origin"), ["*"], "browsers refuse two");
    assert_eq!((header("content-type"), header("x-own")), (vec!["application/json".into()], vec!["kept".into()]));
    assert!(header("set-cookie").is_empty() && header("x-hop").is_empty());
    assert_eq!(response.json::<Value>().await.expect("JSON"), json!({ "jwt": "token" }));
    let asked = service.last();
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("POST", &*format!("{GET_TOKEN}?x=1&y=%20")));
    assert_eq!(asked.header("authorization"), ["Bearer rtc-hs"]);
    assert_eq!(asked.header("x-matrix-user-identifier"), [&*alice.id]);
    assert_eq!((asked.header("x-client"), asked.header("content-type")), (vec!["kept"], vec!["application/json"]));
    assert!(asked.header("cookie").is_empty() && asked.header("x-matrix-origin").is_empty(), "{asked:?}");
    assert_eq!(serde_json::from_slice::<Value>(&asked.body).expect("JSON"), body);
    let everything = format!("{asked:?}{}", String::from_utf8_lossy(&asked.body));
    assert!(!everything.contains(&alice.token), "{everything}");
}

#[tokio::test]
async fn every_method_version_and_status_goes_through() {
    let service = Claimant::listen().await;
    let world = World::builder().appservice(service.registration("rtc", "rtc/livekit")).start().await;
    let alice = world.user("alice").await;
    for path in ["/_matrix/client/v1/rtc/livekit/a/b", "/_matrix/client/unstable/any.thing/rtc/livekit/a"] {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let answer = alice.send_bytes(method.clone(), path, "text/plain", b"raw".to_vec()).await;
            assert_eq!(answer.status, 200, "{answer}");
            let asked = service.last();
            assert_eq!((asked.method.as_str(), asked.target.as_str()), (method.as_str(), path));
            assert_eq!(asked.body, b"raw");
        }
    }
    alice.get("/_matrix/client/v1/rtc/livekit/refused").await.refused(403, "M_FORBIDDEN");
    let unfollowed = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
    let moved = unfollowed
        .expect("a client")
        .get(format!("{}/_matrix/client/v1/rtc/livekit/moved", world.base_url()))
        .bearer_auth(&alice.token);
    let moved = moved.send().await.expect("it is answered");
    assert_eq!(moved.status(), 302, "where to go is the client's to decide");
    assert_eq!(moved.headers()["location"], "http://127.0.0.1:1/");
}

#[tokio::test]
async fn the_address_of_a_service_may_have_a_path() {
    let service = Claimant::listen().await;
    let below = format!("{}/_matrix/app/calls/", service.url);
    let world = World::builder().appservice(claim("rtc", "rtc/livekit", &below)).start().await;
    let alice = world.user("alice").await;
    alice.post(GET_TOKEN, json!({})).await.ok();
    assert_eq!(service.last().target, format!("/_matrix/app/calls{GET_TOKEN}"));
}

#[tokio::test]
async fn the_users_of_another_service_ask_in_their_own_names() {
    let service = Claimant::listen().await;
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder()
        .appservice(service.registration("rtc", "rtc/livekit"))
        .appservice(desk.registration())
        .start()
        .await;
    let ghost = desk.user(&world, "desk_anna", Some("DEV")).await;
    ghost.get("/_matrix/client/v1/rtc/livekit/x?z=1").await.ok();
    let asked = service.last();
    assert_eq!(asked.header("x-matrix-user-identifier"), [&*ghost.id]);
    assert_eq!(asked.target, "/_matrix/client/v1/rtc/livekit/x?z=1");
}

#[tokio::test]
async fn nobody_gets_through_who_is_not_signed_in_and_no_path_leads_elsewhere() {
    let service = Claimant::listen().await;
    let world = World::builder()
        .tenant("law.test")
        .appservice(service.registration("rtc", "rtc/livekit"))
        .configure(|config| config.http.body_bytes_max = 10_000)
        .start()
        .await;
    let alice = world.user("alice").await;
    for path in [GET_TOKEN, DELEGATE, "/_matrix/client/v1/rtc/livekit/x"] {
        world.post(path, json!({})).await.refused(401, "M_MISSING_TOKEN");
        let guess = User::with_token(&world, String::new(), String::new(), "guess".to_owned());
        guess.post(path, json!({})).await.refused(401, "M_UNKNOWN_TOKEN");
        let elsewhere = world.request(Method::POST, path).header("host", "law.test").bearer_auth(&alice.token);
        assert_eq!(elsewhere.send().await.expect("it is answered").status(), 404, "another tenant has no service");
    }
    for path in [
        "/_matrix/client/v1/rtc/livekit",
        "/_matrix/client/v1/rtc/livekitten/x",
        "/_matrix/client/rtc/livekit/x",
        "/_matrix/client/unstable/rtc/livekit/x",
        "/_matrix/federation/v1/rtc/livekit/x",
        "/rtc/livekit/x",
    ] {
        alice.post(path, json!({})).await.refused(404, "M_UNRECOGNIZED");
    }
    // A client library would resolve these before it sends them.
    for path in [
        "/_matrix/client/v1/rtc/livekit/../../x",
        "/_matrix/client/v1/rtc/livekit/%2e%2e/%2e%2e/x",
        "/_matrix/client/v1/rtc/livekit/a%2f..%2fx",
    ] {
        assert_eq!(raw(&world, &alice, path).await, 404, "{path}");
    }
    alice.post(GET_TOKEN, json!({ "x": "y".repeat(10_000) })).await.refused(413, "M_TOO_LARGE");
    assert!(service.asked().is_empty(), "{:?}", service.asked());
}

/// The status of a request whose path is sent as it stands.
async fn raw(world: &World, user: &User, path: &str) -> u16 {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = world.base_url().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.expect("it listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: hs.test\r\nauthorization: Bearer {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        user.token
    );
    stream.write_all(head.as_bytes()).await.expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it is read");
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// Anything but 404 means to a client that its leave is looked after.
#[tokio::test]
async fn without_a_service_there_are_no_such_paths_signed_in_or_not() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    for path in [GET_TOKEN, DELEGATE, "/_matrix/client/v1/rtc/livekit/delegate_delayed_leave"] {
        world.post(path, json!({})).await.refused(404, "M_UNRECOGNIZED");
        alice.post(path, json!({})).await.refused(404, "M_UNRECOGNIZED");
    }
}

#[tokio::test]
async fn a_service_that_is_gone_silent_or_endless_is_an_error_of_the_gateway() {
    let dead = World::builder().appservice(claim("rtc", "rtc/livekit", "http://127.0.0.1:1")).start().await;
    let alice = dead.user("alice").await;
    alice.post(GET_TOKEN, json!({})).await.refused(502, "M_CONNECTION_FAILED");

    let service = Claimant::listen().await;
    let world = World::builder()
        .appservice(service.registration("rtc", "rtc/livekit"))
        .configure(|config| config.http.appservice_timeout_seconds = 1)
        .start()
        .await;
    let alice = world.user("alice").await;
    alice.get("/_matrix/client/v1/rtc/livekit/huge").await.refused(502, "M_UNKNOWN");
    let silent = alice.get("/_matrix/client/v1/rtc/livekit/silent");
    let silent: Answer =
        tokio::time::timeout(Duration::from_secs(20), silent).await.expect("it does not wait for ever");
    silent.refused(504, "M_CONNECTION_TIMEOUT");
}

#[tokio::test]
async fn two_services_that_claim_the_same_paths_are_refused_at_the_start() {
    let builder = World::builder().appservice(claim("one", "rtc/livekit", "http://127.0.0.1:1")).appservice(claim(
        "two",
        "other/paths",
        "http://127.0.0.1:1",
    ));
    let world = builder.start().await;
    let mut config = world.server.config().clone();
    config.tenants[0].appservices[1] = claim("two", "rtc/livekit", "http://127.0.0.1:2");
    let refused = Server::start(config, consilium_homeserver::Context::system()).expect_err("they meet");
    let text = refused.to_string();
    assert!(text.contains("one") && text.contains("two") && text.contains("proxy_prefix"), "{text}");
}
