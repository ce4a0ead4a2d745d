//! The whole system is killed again and again while delayed events become due: each is sent once, after the next start at the latest.
//!
//! The moments come from a seed that is printed: `CONSILIUM_TEST_SEED=… cargo test --test system delayed` kills at the same distances again.

use std::ops::Range;
use std::time::Duration;

use consilium_harness::segment;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};

use crate::clinic::Clinic;

const KILLS: usize = 15;
/// Scheduled before each kill.
const EVENTS: usize = 12;
/// About as long as the system lives after that, so that some are being sent when it is killed. Unit: milliseconds.
const DELAY_MS: Range<u64> = 20..300;
const LIFE_MS: Range<u64> = 0..250;
const LISTED: &str = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events";

#[tokio::test(flavor = "multi_thread")]
async fn delayed_events_are_sent_once_whatever_a_kill_cuts() {
    let clinic = Clinic::start().await;
    let petrova = clinic.staff("petrova", "operator").await;
    let room = petrova.api.create_room().await;
    let mut random = seeded();
    let mut expected = Vec::new();
    for kill in 0..KILLS {
        for event in 0..EVENTS {
            let text = format!("{kill}-{event}");
            let (delay_ms, room) = (random.random_range(DELAY_MS), segment(&room));
            let path = format!(
                "/_matrix/client/v3/rooms/{room}/send/m.room.message/{text}?org.matrix.msc4140.delay={delay_ms}"
            );
            petrova.api.put(&path, json!({ "msgtype": "m.text", "body": text })).await.ok();
            expected.push(text);
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(LIFE_MS))).await;
        clinic.system.kill();
        clinic.system.launch().await;
    }
    let is_done = |listed: &Value| listed["scheduled"].as_array().is_some_and(Vec::is_empty);
    petrova.sees(LISTED, "that all are sent", is_done).await;
    let page = format!("/_matrix/client/v3/rooms/{}/messages?dir=f&limit=1000", segment(&room));
    let page = petrova.api.get(&page).await.ok();
    let chunk = page["chunk"].as_array().cloned().unwrap_or_default();
    let said = chunk.iter().filter_map(|event| event["content"]["body"].as_str());
    let mut said: Vec<String> = said.map(str::to_owned).collect();
    said.sort_unstable();
    expected.sort_unstable();
    assert_eq!(said, expected);
}

#[expect(clippy::disallowed_methods, reason = "a seed that is printed")]
fn seeded() -> StdRng {
    let given = std::env::var("CONSILIUM_TEST_SEED").ok().map(|seed| seed.parse().expect("a seed is a number"));
    let seed: u64 = given.unwrap_or_else(rand::random);
    println!("CONSILIUM_TEST_SEED={seed}");
    StdRng::seed_from_u64(seed)
}
