//! Two operators press take at the same instant.

use std::sync::Arc;

use consilium_harness::User;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::people::{API, question, system};

const RACES: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_take_at_once_exactly_one_wins_and_the_other_hears_who() {
    let system = system().await;
    for name in ["petrova", "sokolov"] {
        system.staff(name, "operator");
    }
    system.staff("volkova", "supervisor");
    system.account("anna");
    let (first, second) = (system.sign_in("petrova").await, system.sign_in("sokolov").await);
    let (supervisor, patient) = (system.sign_in("volkova").await, system.sign_in("anna").await);
    let mut ids = Vec::new();
    let mut wins = [0, 0];
    for _ in 0..RACES {
        let asked = patient.post(&format!("{API}/consultations"), question()).await.ok();
        let id = asked["id"].as_str().unwrap().to_owned();
        let winner = race([&first, &second], &id).await;
        wins[winner] += 1;
        let winner = [&first, &second][winner];
        winner.post(&format!("{API}/consultations/{id}/close"), json!({})).await.ok();
        ids.push(id);
    }
    assert_eq!(wins.iter().sum::<usize>(), RACES);
    every_one_exists_once(&supervisor, ids).await;
}

/// Who of two won: both requests are on their way before either is answered.
async fn race(operators: [&User; 2], id: &str) -> usize {
    let start = Arc::new(Barrier::new(2));
    let takes = operators.map(|operator| {
        let request = operator.request(reqwest::Method::POST, &format!("{API}/consultations/{id}/take"));
        let start = Arc::clone(&start);
        tokio::spawn(async move {
            start.wait().await;
            let answer = request.json(&json!({})).send().await.unwrap();
            (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
        })
    });
    let mut answers = Vec::new();
    for take in takes {
        answers.push(take.await.unwrap());
    }
    let winner = usize::from(answers[1].0 == 200);
    let loser = &answers[1 - winner];
    assert_eq!((answers[winner].0, loser.0), (200, 409), "{answers:?}");
    let name = ["petrova", "sokolov"][winner];
    assert!(loser.1.to_string().contains(name), "the loser hears that {name} has it: {}", loser.1);
    winner
}

async fn every_one_exists_once(supervisor: &User, mut ids: Vec<String>) {
    let list = supervisor.get(&format!("{API}/consultations?limit=200")).await.ok();
    let mut listed: Vec<String> =
        list["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    listed.sort();
    ids.sort();
    assert_eq!(listed, ids, "each consultation once, and no other");
    let audit = supervisor.get(&format!("{API}/audit?action=consultation.taken&limit=200")).await.ok();
    let taken = audit["items"].as_array().unwrap();
    let mut subjects: Vec<&str> = taken.iter().map(|entry| entry["subject"]["id"].as_str().unwrap()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, ids, "each was taken once");
}
