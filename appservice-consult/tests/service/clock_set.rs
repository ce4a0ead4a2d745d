//! Somebody sets the machine's clock, back or far ahead: nothing is lost or doubled, what was said keeps its order, and what has to happen in time happens.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;
use std::time::Duration;

use consilium_consult::timer;
use serde_json::Value;
use support::{ANNA, PETROVA, VOLKOVA, World};

use crate::full_text::{find, index, verify};
use crate::retention::{CANARY, DAY_SECONDS, classes, close, days, due, id, read, sealed, tidy};

const HOUR: i64 = 3_600;

async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    world.settle().await;
}

async fn phase(world: &World, asked: &Value) -> Value {
    world.get(ANNA, &format!("/consultations/{}", id(asked))).await["phase"].clone()
}

async fn actions(world: &World, talk: &Value) -> Vec<String> {
    let detail = world.get(VOLKOVA, &format!("/consultations/{}", id(talk))).await;
    let steps = detail["history"].as_array().unwrap().iter();
    steps.map(|step| step["action"].as_str().unwrap().to_owned()).collect()
}

async fn said(world: &World, talk: &Value) -> Vec<String> {
    let record = read(world, VOLKOVA, talk).await.ok();
    let entries = record["transcript"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "text");
    entries.map(|entry| entry["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_talk_over_which_the_clock_is_set_back_is_kept_whole_and_in_order() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap().to_owned();
    world.say(ANNA, &room, "my knee hurts").await;
    world.clock.set(-HOUR);
    world.say(PETROVA, &room, "since when").await;
    world.say(ANNA, &room, "since yesterday").await;
    let before = actions(&world, &talk).await;
    close(&world, &talk).await;
    index(&world).await;
    assert_eq!(said(&world, &talk).await, ["my knee hurts", "since when", "since yesterday"]);
    let after = actions(&world, &talk).await;
    assert_eq!(after[..before.len()], before, "what was done stays as it was");
    assert!(after.len() > before.len(), "the close comes after it: {after:?}");
    assert_eq!(find(&world, VOLKOVA, "knee").await["total"], 1);
    verify(&world).await.unwrap();

    // The next one is over before the first began, by this clock.
    world.clock.set(-HOUR);
    let next = world.talk(ANNA, PETROVA).await;
    world.say(ANNA, next["room_id"].as_str().unwrap(), "the other knee too").await;
    close(&world, &next).await;
    index(&world).await;
    assert_eq!(said(&world, &next).await, ["the other knee too"]);
    assert_eq!(said(&world, &talk).await, ["my knee hurts", "since when", "since yesterday"]);
    assert_eq!(world.get(VOLKOVA, "/archive").await["total"], 2);
    verify(&world).await.unwrap();
}

#[tokio::test]
async fn what_was_put_off_before_the_clock_was_set_back_is_done_soon_all_the_same() {
    let world = World::start().await;
    world.homeserver.takes_no_state.store(true, Ordering::SeqCst);
    let asked = world.ask(ANNA, "general").await;
    let refused = async {
        while world.homeserver.state_refused.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), refused).await.expect("it is tried");
    world.clock.set(-HOUR);
    world.homeserver.takes_no_state.store(false, Ordering::SeqCst);
    world.settle_late().await;
    // Settling lets a second pass at each of its looks, and gives up before an hour has.
    assert_eq!(phase(&world, &asked).await, "queued");
}

#[tokio::test]
async fn a_wait_is_given_up_once_however_the_clock_is_set() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    world.settle().await;
    world.clock.set(-HOUR);
    look(&world).await;
    assert_eq!(phase(&world, &asked).await, "queued");
    world.clock.set(3 * HOUR);
    look(&world).await;
    assert_eq!(phase(&world, &asked).await, "abandoned");
    world.clock.set(-2 * HOUR);
    look(&world).await;
    look(&world).await;
    assert_eq!(phase(&world, &asked).await, "abandoned");
    let abandoned = actions(&world, &asked).await.into_iter().filter(|action| action == "abandoned").count();
    assert_eq!(abandoned, 1);
}

#[tokio::test]
async fn records_that_are_due_only_by_a_clock_that_is_ahead_are_not_erased_and_go_in_their_own_time() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    world.clock.set(400 * DAY_SECONDS);
    tidy(&world).await;
    tidy(&world).await;
    assert_eq!(due(&world, "days=1").await["total"], 1, "it comes into the list, where it stands for a day");
    world.clock.set(-400 * DAY_SECONDS);
    tidy(&world).await;
    assert_eq!(said(&world, &talk).await, [CANARY], "the clock was put right within that day");
    days(&world, 8).await;
    assert_eq!(said(&world, &talk).await, [CANARY]);
    // Due after ten days and the rest of the last one, and a day in the list.
    days(&world, 5).await;
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    verify(&world).await.unwrap();
}
