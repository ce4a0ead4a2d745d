//! The process is killed fifty times while a patient and an operator talk.
//!
//! Both retry with the same transaction id until they are acknowledged, as real clients do. The moments of the cuts come from a seed; it is printed, and
//! `CONSILIUM_TEST_SEED` repeats it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use consilium_harness::System;
use consilium_keeper::test_client::TestClient;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};

use crate::people::{API, Asked, LOOK_EVERY, archived, ask, operator, patient, plain, system, take};

const CUTS: usize = 50;
/// A cut comes at most this long after the process answers, in milliseconds.
const CUT_WITHIN_MS: u64 = 250;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_power_cuts_lose_and_double_nothing() {
    let system = system().await;
    let mut anna = patient(&system, "anna").await;
    let mut petrova = operator(&system, "petrova").await;
    system.staff("volkova", "supervisor");
    let asked = ask(&system, &mut anna).await;
    take(&system, &mut petrova, &asked).await;
    anna.sync().await.unwrap();

    let over = AtomicBool::new(false);
    let (from_anna, from_petrova, ()) = tokio::join!(
        talk(&mut anna, &asked.room, "anna", &over),
        talk(&mut petrova, &asked.room, "petrova", &over),
        cut_power(&system, &over),
    );
    assert!(from_anna.len() > CUTS / 2 && from_petrova.len() > CUTS / 2, "they talked all the time");

    for client in [&mut anna, &mut petrova] {
        client.sync().await.unwrap();
        let read: Vec<String> =
            client.texts(&asked.room).await.unwrap().into_iter().map(|text| text.unwrap_or_default()).collect();
        same(&read, "anna", &from_anna);
        same(&read, "petrova", &from_petrova);
    }
    close_in_the_dark(&system, &petrova, &asked).await;
    the_record_is_whole(&system, &asked, [("anna", &from_anna), ("petrova", &from_petrova)]).await;
}

/// Says one numbered sentence after another; gives those that were acknowledged, which are all.
async fn talk(client: &mut TestClient, room: &str, name: &str, over: &AtomicBool) -> Vec<String> {
    let mut said = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let text = format!("{name} says {}", said.len());
        let transaction = format!("{name}{}", said.len());
        let content = loop {
            if let Ok(content) = client.encrypt(room, json!({ "msgtype": "m.text", "body": text })).await {
                break content;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        };
        while client.put_event_as(&transaction, room, "m.room.encrypted", content.clone()).await.is_err() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
        said.push(text);
        // Who else writes and who has a new device; what a cut takes comes with the next.
        let _ = client.sync().await;
    }
    said
}

async fn cut_power(system: &System, over: &AtomicBool) {
    let seed = std::env::var("CONSILIUM_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("CONSILIUM_TEST_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    for _ in 0..CUTS {
        // The moment of the cut is what is tested; nothing waits for this pause.
        tokio::time::sleep(Duration::from_millis(random.random_range(0..CUT_WITHIN_MS))).await;
        system.kill();
        system.launch().await;
    }
    over.store(true, Ordering::Relaxed);
}

/// What one of them said stands in `read` once each, in his order.
fn same(read: &[String], name: &str, said: &[String]) {
    let his: Vec<&String> = read.iter().filter(|text| text.starts_with(&format!("{name} says "))).collect();
    assert_eq!(his, said.iter().collect::<Vec<_>>(), "each sentence of {name} once, in his order");
}

/// The power goes while the consultation is closed, and again while it is sealed.
async fn close_in_the_dark(system: &System, petrova: &TestClient, asked: &Asked) {
    let operator = plain(system, petrova);
    let path = format!("{API}/consultations/{}/close", asked.id);
    let request = operator.request(reqwest::Method::POST, &path).json(&json!({ "note": "Rest." }));
    let (answer, ()) = tokio::join!(request.send(), async {
        tokio::time::sleep(Duration::from_millis(5)).await;
        system.kill();
    });
    drop(answer);
    system.launch().await;
    let answer = operator.post(&path, json!({ "note": "Rest." })).await;
    assert!(
        [200, 409].contains(&answer.status.as_u16()),
        "closed now, or closed before the cut: {} {}",
        answer.status,
        answer.json()
    );
    system.kill();
    system.launch().await;
}

async fn the_record_is_whole(system: &System, asked: &Asked, said: [(&str, &Vec<String>); 2]) {
    let supervisor = system.sign_in("volkova").await;
    let record = archived(&supervisor, &asked.id).await;
    let bodies: Vec<String> =
        record["transcript"].as_array().unwrap().iter().map(|entry| text(&entry["body"])).collect();
    for (name, said) in said {
        same(&bodies, name, said);
    }
    let all = supervisor.get(&format!("{API}/consultations?limit=200")).await.ok();
    assert_eq!(all["items"].as_array().unwrap().len(), 1, "one consultation: {all}");
    assert_eq!(all["items"][0]["phase"], "archived");
    let archive = supervisor.get(&format!("{API}/archive")).await.ok();
    let records = archive["items"].as_array().unwrap();
    assert!(records.iter().all(|row| row["consultation"]["id"] == asked.id.as_str()), "records of this one: {archive}");
    system.stop().await;
    system.done(&["archive", "verify"], "");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
