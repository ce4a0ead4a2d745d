//! What log and metrics say of a request, and what they do not say.

use std::{io, sync::Arc};

use consilium_harness::{World, segment};
use metrics_exporter_prometheus::PrometheusBuilder;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

// One thread serves and tests, so that what is set for the thread is set for the server.
#[tokio::test(flavor = "current_thread")]
async fn a_request_leaves_one_line_without_ids_of_its_path_queries_or_tokens() {
    let lines = Lines::default();
    // With a single subscriber, whether a line is wanted is asked of the thread that comes by it first, which may be another test's.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(EnvFilter::new("info,consilium_homeserver::http::trail=debug"))
        .with_writer(lines.clone())
        .finish();
    let _scope = tracing::subscriber::set_default(subscriber);
    let world = World::start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    alice.say(&room, "between us").await;
    alice.get(&format!("/_matrix/client/v3/rooms/{}/messages?dir=b&from=secret-place", segment(&room))).await;
    world.get("/_matrix/client/v3/nothing/secret-path?access_token=secret-token").await;
    let text = String::from_utf8(lines.0.lock().clone()).expect("lines are text");
    let requests: Vec<Value> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["message"] == "request")
        .collect();
    let routes: Vec<&str> = requests.iter().filter_map(|line| line["route"].as_str()).collect();
    assert_eq!(
        routes,
        [
            "/_matrix/client/v3/register",
            "/_matrix/client/v3/createRoom",
            "/_matrix/client/v3/rooms/{room_id}/send/{event_type}/{txn_id}",
            "/_matrix/client/v3/rooms/{room_id}/messages",
            "none",
        ]
    );
    let sent = &requests[2];
    assert_eq!((&sent["method"], &sent["status"], &sent["level"]), (&json!("PUT"), &json!(200), &json!("DEBUG")));
    assert_eq!((&sent["tenant.id"], &sent["user.id"]), (&json!("hs-test"), &json!(alice.id)));
    assert!(sent["duration_ms"].as_f64().is_some_and(|ms| ms > 0.0), "{sent}");
    assert!(requests[4]["user.id"].is_null() && requests[4]["status"] == 404);
    for secret in ["between us", "secret-", &room, &segment(&room), &alice.token, "alice-password"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn requests_are_counted_and_timed_by_route_and_status() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let rendered = recorder.handle();
    let _scope = metrics::set_default_local_recorder(&recorder);
    let world = World::start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    alice.say(&room, "one").await;
    alice.say(&room, "two").await;
    alice.get("/_matrix/client/v3/rooms/!none:hs.test/state").await.refused(403, "M_FORBIDDEN");
    world.get("/_matrix/client/v3/nothing/at/all").await.refused(404, "M_UNRECOGNIZED");
    let text = rendered.render();
    let has = |line: &str| assert!(text.contains(line), "{line} in\n{text}");
    let send = "method=\"PUT\",route=\"/_matrix/client/v3/rooms/{room_id}/send/{event_type}/{txn_id}\",status=\"2xx\"";
    has(&format!("consilium_homeserver_requests_total{{{send}}} 2"));
    has(&format!("consilium_homeserver_request_seconds_count{{{send}}} 2"));
    has(
        "consilium_homeserver_requests_total{method=\"GET\",route=\"/_matrix/client/v3/rooms/{room_id}/state\",status=\"4xx\"} 1",
    );
    has("consilium_homeserver_requests_total{method=\"GET\",route=\"none\",status=\"4xx\"} 1");
    assert!(!text.contains(&room) && !text.contains(&segment(&room)));
}
