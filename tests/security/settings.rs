//! Limits that are settings are the ones that hold.

use std::time::{Duration, Instant};

use consilium_harness::System;
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_configured_limits_are_those_that_refuse() {
    let system = System::configured(
        env!("CARGO_BIN_EXE_consilium"),
        &[
            ("CONSILIUM__HTTP__BODY_BYTES_MAX", "60000"),
            ("CONSILIUM__HTTP__SYNC_TIMEOUT_SECONDS_MAX", "1"),
            ("CONSILIUM__MEDIA__UPLOAD_BYTES_MAX", "6000"),
            ("CONSILIUM__RATE_LIMITS__ENABLED", "true"),
            ("CONSILIUM__RATE_LIMITS__MESSAGE", "{ per_second = 0.001, burst = 3 }"),
        ],
    );
    system.launch().await;
    system.account("anna");
    let anna = system.sign_in("anna").await;
    let room = anna.create_room().await;
    let send = format!("/_matrix/client/v3/rooms/{}/send/m.room.message", consilium_harness::segment(&room));
    let body = |length: usize| json!({ "body": "x".repeat(length) });
    anna.put(&format!("{send}/1"), body(59_000)).await.ok();
    anna.put(&format!("{send}/2"), body(61_000)).await.refused(413, "M_TOO_LARGE");
    let upload = |length: usize| anna.send_bytes(Method::POST, "/_matrix/media/v3/upload", "a/b", vec![0; length]);
    upload(6_000).await.ok();
    upload(6_001).await.refused(413, "M_TOO_LARGE");
    anna.put(&format!("{send}/3"), body(1)).await.ok();
    anna.put(&format!("{send}/4"), body(1)).await.refused(429, "M_LIMIT_EXCEEDED");
    let since = anna.sync().await.next_batch().to_owned();
    let asked = Instant::now();
    anna.sync_since(&since, 60_000).await;
    assert!(asked.elapsed() < Duration::from_secs(20), "a sync waits a second and not a minute");
}
