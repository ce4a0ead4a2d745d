//! What those who run it rely on: health, readiness, metrics, a graceful end, one process for a folder.

use consilium_harness::System;
use reqwest::StatusCode;

use crate::clinic::{Clinic, LOOK_EVERY};

async fn status(system: &System, url: String) -> StatusCode {
    system.http().get(url).send().await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_readiness_answer_and_metrics_only_on_their_own_listener() {
    let system = Clinic::start().await.system;
    for path in ["/health", "/ready"] {
        assert_eq!(status(&system, system.url() + path).await, StatusCode::OK, "{path}");
    }
    let text = system.http().get(system.metrics_url()).send().await.unwrap().text().await.unwrap();
    for metric in ["consilium_http_requests_total", "consilium_store_syncs_total", "consilium_process_resident_bytes"] {
        assert!(text.contains(metric), "{metric} in {text}");
    }
    for base in [system.url(), system.console_url()] {
        let answer = system.http().get(base + "/metrics").send().await.unwrap().text().await.unwrap();
        assert!(!answer.contains("consilium_http_requests_total"), "metrics in public");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_end_it_answers_what_waits_and_ends_well() {
    let system = Clinic::start().await.system;
    system.account("anna");
    let anna = system.sign_in("anna").await;
    let first = anna.get("/_matrix/client/v3/sync?timeout=0").await.ok();
    let since = first["next_batch"].as_str().unwrap();
    let poll = anna.request(reqwest::Method::GET, &format!("/_matrix/client/v3/sync?timeout=30000&since={since}"));
    let poll = tokio::spawn(poll.send());
    while !system.metrics_running().await {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    system.terminate();
    let ended = system.wait_for_end().await;
    assert!(ended.success(), "{ended:?}: {}", system.log());
    let answer = poll.await.unwrap().unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "the long poll got its answer");
    assert!(!system.log().contains("ERROR"), "{}", system.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_the_same_folder_is_refused() {
    let system = Clinic::start().await.system;
    let second = system.command(&["serve"], "");
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned() + &*String::from_utf8_lossy(&second.stdout);
    assert!(said.contains("already") || said.contains("in use"), "it says why: {said}");
    assert!(system.is_ready().await, "the first goes on");
}
