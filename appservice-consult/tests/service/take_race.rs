//! Operators press take at the same instant: exactly one wins, the others are told who.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;

use serde_json::json;
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World};

const ROUNDS: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_press_take_at_once_exactly_one_wins_a_hundred_times() {
    let world = Arc::new(World::start().await);
    for round in 0..ROUNDS {
        world.pass(60);
        let asked = world.ask(ANNA, "general").await;
        let path = format!("/consultations/{}/take", asked["id"].as_str().unwrap());
        let start = Arc::new(tokio::sync::Barrier::new(2));
        let press = |who: &'static str| {
            let (world, path, start) = (Arc::clone(&world), path.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                (who, world.call(who, "POST", &path, None).await)
            })
        };
        let pressed = [press(PETROVA), press(SOKOLOV)];
        let [first, second] = pressed;
        let answers = [first.await.unwrap(), second.await.unwrap()];
        let (winners, losers): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, answer)| answer.status == 200);
        assert_eq!((winners.len(), losers.len()), (1, 1), "round {round}: {answers:?}");
        losers[0].1.problem(409, "taken");
        let winner = &winners[0].1.body["participants"][0];
        assert_eq!(losers[0].1.body["taken_by"]["id"], winner["operator_id"]);
        world.post(VOLKOVA, &format!("/consultations/{}/close", asked["id"].as_str().unwrap()), json!({})).await;
        world.settle().await;
    }
    let all = world.get(VOLKOVA, "/consultations?view=ended&limit=200").await;
    assert_eq!((&all["total"], all["items"].as_array().unwrap().len()), (&json!(ROUNDS), ROUNDS));
    assert_eq!(world.get(VOLKOVA, "/audit?action=consultation.taken&limit=200").await["total"], ROUNDS);
    assert_eq!(world.get(VOLKOVA, "/consultations?view=waiting").await["total"], 0);
}
