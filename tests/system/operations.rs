//! What those who run it rely on: health, readiness, metrics, a graceful end, one process for a folder, data of another version.

use std::time::{Duration, Instant};

use consilium_harness::{CLINIC, KEEPER, System, User};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::clinic::{Clinic, Deadline, question};
use crate::disk;

/// `listeners.stop_grace_seconds` of the harness.
const STOP_GRACE: Duration = Duration::from_secs(5);

async fn status(system: &System, url: String) -> StatusCode {
    system.http().get(url).send().await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_readiness_answer_and_metrics_only_on_their_own_listener() {
    let system = Clinic::start().await.system;
    for path in ["/health", "/ready"] {
        for base in [system.url(), system.console_url()] {
            assert_eq!(status(&system, base + path).await, StatusCode::OK, "{path}");
        }
    }
    let text = system.http().get(system.metrics_url()).send().await.unwrap().text().await.unwrap();
    for metric in ["consilium_http_requests_total", "consilium_store_syncs_total", "consilium_process_resident_bytes"] {
        assert!(text.contains(metric), "{metric} in {text}");
    }
    for base in [system.url(), system.console_url()] {
        let answer = system.http().get(base + "/metrics").send().await.unwrap().text().await.unwrap();
        assert!(!answer.contains("consilium_"), "metrics in public");
    }
    let metrics = system.metrics_url();
    let elsewhere = metrics.strip_suffix("/metrics").unwrap();
    for path in ["/", "/_matrix/client/versions", "/_consilium/v1/openapi.json", "/health"] {
        assert_eq!(status(&system, format!("{elsewhere}{path}")).await, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_ready_when_all_of_it_is_and_not_before() {
    let system = System::configured(env!("CARGO_BIN_EXE_consilium"), &[]);
    system.spawn();
    let deadline = Deadline::new("that it is ready");
    while !system.http().get(system.url() + "/ready").send().await.is_ok_and(|answer| answer.status() == 200) {
        deadline.look().await;
    }
    // At the first «ready», store, service and keeper are there.
    let account = json!({ "username": "anna", "password": "p", "auth": { "type": "m.login.dummy" } });
    let url = system.url() + "/_matrix/client/v3/register";
    let anna = system.http().post(url).json(&account).send().await.unwrap().json().await.unwrap();
    let anna = system.user(&anna);
    anna.agree().await;
    let asked = anna.post("/_consilium/v1/consultations", question("therapist")).await.ok();
    assert_eq!(asked["phase"], "queued");
    let keys = anna.post("/_matrix/client/v3/keys/query", json!({ "device_keys": { (KEEPER): [] } })).await.ok();
    assert!(keys["master_keys"][KEEPER].is_object(), "{keys}");
    let brand = system.http().get(system.url() + "/.well-known/consilium/brand.json").send().await.unwrap();
    let brand: Value = brand.json().await.unwrap();
    assert!(brand.to_string().contains("master_key"), "{brand}");
}

/// A request whose last byte is held back.
struct UnderWay {
    line: TcpStream,
    name: &'static str,
    last: u8,
}

impl UnderWay {
    /// Returns when the body is being read: a connection that has not said yet what it wants is closed at the end.
    async fn begin(system: &System, user: &User, name: &'static str, request: &str, body: &str) -> Self {
        let mut line = TcpStream::connect(system.address()).await.unwrap();
        let head = format!(
            "{request} HTTP/1.1\r\nhost: clinic.test\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            user.token,
            body.len()
        );
        line.write_all(head.as_bytes()).await.unwrap();
        let mut go_on = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
        line.read_exact(&mut go_on).await.unwrap();
        assert!(go_on.starts_with(b"HTTP/1.1 100"), "{name}: {}", String::from_utf8_lossy(&go_on));
        let (last, first) = body.as_bytes().split_last().unwrap();
        line.write_all(first).await.unwrap();
        Self { line, name, last: *last }
    }

    /// Sends the rest; the answer's status and body.
    async fn finish(mut self) -> (u16, String) {
        self.line.write_all(&[self.last]).await.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let mut answer = String::new();
        self.line.read_to_string(&mut answer).await.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        assert!(!answer.is_empty(), "{} got no answer", self.name);
        (answer[9..12].parse().unwrap(), answer)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_end_it_answers_what_is_under_way_and_ends_well() {
    let system = Clinic::start().await.system;
    system.account("anna");
    system.staff("petrova", "operator");
    let (anna, petrova) = (system.sign_in("anna").await, system.sign_in("petrova").await);
    anna.agree().await;
    let asked = anna.post("/_consilium/v1/consultations", question("therapist")).await.ok();
    let room = anna.create_room().await;
    let since = anna.sync().await.next_batch().to_owned();
    let mut stream = petrova.request(reqwest::Method::GET, "/_consilium/v1/events").send().await.unwrap();
    assert_eq!(stream.status(), 200);
    let send = format!("PUT /_matrix/client/v3/rooms/{room}/send/m.room.message/1");
    let consultation = format!("/_consilium/v1/consultations/{}", asked["id"].as_str().unwrap());
    petrova.post(&format!("{consultation}/take"), json!({})).await.ok();
    let hold = format!("POST {consultation}/hold");
    let under_way = [
        UnderWay::begin(&system, &anna, "an upload", "POST /_matrix/media/v3/upload", &"x".repeat(100_000)).await,
        UnderWay::begin(&system, &anna, "a message", &send, r#"{"msgtype":"m.text","body":"last"}"#).await,
        UnderWay::begin(&system, &petrova, "a hold", &hold, "{}").await,
    ];
    let poll = anna.request(reqwest::Method::GET, &format!("/_matrix/client/v3/sync?timeout=30000&since={since}"));
    let poll = tokio::spawn(poll.send());
    let deadline = Deadline::new("that the long poll is under way");
    while !poll.is_finished() && system.requests_running().await < 4.0 {
        deadline.look().await;
    }
    let mut asks_late = TcpStream::connect(system.address()).await.unwrap();
    asks_late.write_all(b"GET /ready HTTP/1.1\r\nhost: clinic.test\r\nconnection: close\r\n").await.unwrap();

    system.terminate();
    let began = Instant::now();
    let deadline = Deadline::new("that nobody new is let in");
    while TcpStream::connect(system.address()).await.is_ok() {
        deadline.look().await;
    }
    let mut late = String::new();
    let _ = asks_late.write_all(b"\r\n").await;
    let _ = asks_late.read_to_string(&mut late).await;
    assert!(!late.contains("200 OK"), "it is not ready while it stops: {late}");
    let answer = poll.await.unwrap().unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "the long poll got its answer");
    assert!(answer.json::<Value>().await.unwrap()["next_batch"].is_string());
    while let Some(_part) = stream.chunk().await.expect("the stream ends, it does not break") {}
    for request in under_way {
        let name = request.name;
        let (status, answer) = request.finish().await;
        assert_eq!(status, 200, "{name}: {answer}");
    }
    let ended = system.wait_for_end().await;
    assert!(ended.success() && began.elapsed() < STOP_GRACE, "{ended:?} after {:?}: {}", began.elapsed(), system.log());
    let log = system.log();
    let odd: Vec<&str> =
        log.lines().filter(|line| ["ERROR", "WARN", "panick"].iter().any(|odd| line.contains(odd))).collect();
    assert_eq!(odd, [""; 0]);

    // What was answered at the end is there at the next beginning.
    system.launch().await;
    let history = anna.get(&format!("/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=1")).await.ok();
    assert_eq!(history["chunk"][0]["content"]["body"], "last");
    assert_eq!(petrova.get(&consultation).await.ok()["phase"], "on_hold");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_the_same_folder_is_refused() {
    let system = Clinic::start().await.system;
    // On ports of its own: not the ports are what it must not share.
    let elsewhere = std::fs::read_to_string(system.config_file()).unwrap();
    let second = System::configured(env!("CARGO_BIN_EXE_consilium"), &[]);
    let data = format!("data_dir = {:?}", system.data_folder());
    let key = format!("keeper_key_file = {:?}", system.key_file());
    let config = std::fs::read_to_string(second.config_file()).unwrap();
    let config = config.replace("data_dir = \"data\"", &data).replace("keeper_key_file = \"keys/keeper.key\"", &key);
    assert!(config != elsewhere && config.contains(&data) && config.contains(&key));
    std::fs::write(second.config_file(), config).unwrap();
    second.spawn();
    assert!(!second.wait_for_end().await.success());
    let said = second.log();
    let data = system.data_folder();
    assert!(said.contains("another process") && said.contains(data.to_str().unwrap()), "it says why: {said}");
    assert!(system.is_ready().await, "the first goes on");
    system.account("anna");
    system.sign_in("anna").await.create_room().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn data_of_another_version_are_refused_and_left_alone() {
    let system = Clinic::start().await.system;
    assert!(system.stop().await.success());
    let tenant = system.data_folder().join("tenants").join(CLINIC);
    for (file, newer, older, says) in [
        ("keeper/keeper.sqlite", "PRAGMA user_version = 99", "PRAGMA user_version = 2", "99"),
        (
            "consult.db",
            "INSERT INTO _sqlx_migrations VALUES (99999999999999, 'newer', CURRENT_TIMESTAMP, 1, x'00', 1)",
            "DELETE FROM _sqlx_migrations WHERE version = 99999999999999",
            "run the newer build",
        ),
    ] {
        change(&tenant.join(file), newer).await;
        let before = system.log().len();
        system.spawn();
        assert!(!system.wait_for_end().await.success(), "{file}");
        let said = system.log().split_off(before);
        assert!(said.contains(says) && said.contains(file.rsplit('/').next().unwrap()), "{file}: {said}");
        change(&tenant.join(file), older).await;
    }
    system.launch().await;
}

async fn change(file: &std::path::Path, statement: &'static str) {
    let pool = disk::open_sql(file).await;
    sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    pool.close().await;
}
