//! Who is let in at the desk: patients of this homeserver, alone and encrypted, in one room each. Everybody else is told why not.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::plain::{Bare, bodies};
use crate::support;

use serde_json::json;
use support::member::KEEPER;
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, user};

fn keeper(world: &World, room: &str) -> Option<String> {
    world.homeserver.membership(room, KEEPER)
}

async fn patients(world: &World) -> i64 {
    world.get(VOLKOVA, "/patients").await["total"].as_i64().unwrap()
}

#[tokio::test]
async fn an_invitation_makes_a_patient_who_was_never_here() {
    let world = World::start().await;
    assert_eq!(patients(&world).await, 0);
    let boris = Bare::comes(&world, BORIS).await;
    assert_eq!(patients(&world).await, 1);
    let said = bodies(&world, &boris.desk);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("Hello! This is Test clinic.") && said[1].contains("3. Psychologist"), "{said:?}");
    let notice = &world.member.said_in(&boris.desk)[0];
    assert_eq!((&notice["msgtype"], &notice["chat.consilium.notice"]["kind"]), (&json!("m.notice"), &json!("plain")));
}

#[tokio::test]
async fn strangers_and_staff_are_refused_with_a_word() {
    let world = World::start().await;
    for (who, part) in
        [("@eve:elsewhere.test".to_owned(), "have an account at hs.test"), (user(PETROVA), "work in the console")]
    {
        let room = world.homeserver.room_of(&who, KEEPER);
        world.settle().await;
        assert_eq!(keeper(&world, &room).as_deref(), Some("leave"), "{who}");
        let reasons = world.homeserver.reasons.lock().unwrap().clone();
        assert!(reasons.last().unwrap().contains(part), "{reasons:?}");
        assert!(bodies(&world, &room).is_empty());
    }
    assert_eq!(patients(&world).await, 0);
}

#[tokio::test]
async fn in_a_room_that_is_not_encrypted_nothing_is_talked_about_until_it_is() {
    let world = World::start().await;
    let room = world.homeserver.room_of(&user(ANNA), KEEPER);
    world.settle().await;
    let said = bodies(&world, &room);
    assert!(said.len() == 2 && said[1].contains("not encrypted"), "{said:?}");
    let clear =
        || world.homeserver.event(&user(ANNA), &room, "m.room.message", json!({ "msgtype": "m.text", "body": "1" }));
    for _ in 0..3 {
        assert_eq!(world.deliver(vec![clear()]).await, 200);
        world.settle().await;
    }
    let said = bodies(&world, &room);
    assert!(said.len() == 3 && said[2].contains("not encrypted"), "once in a while, not each time: {said:?}");
    assert_eq!(world.get(ANNA, "/conversations").await["conversations"], json!([]));
    world.homeserver.encrypt(&room, &user(ANNA));
    world.settle().await;
    let said = bodies(&world, &room).split_off(3);
    assert!(said.iter().any(|text| text.contains("1. General practitioner")), "{said:?}");
    assert_eq!(world.deliver(vec![clear()]).await, 200);
    world.settle().await;
    assert_eq!(
        world.get(ANNA, "/conversations").await["conversations"],
        json!([]),
        "what comes in the clear is no choice"
    );
}

#[tokio::test]
async fn the_desk_goes_on_in_the_room_that_was_opened_last() {
    let world = World::start().await;
    let first = Bare::comes(&world, ANNA).await;
    first.says(&world, "русский").await;
    let second = Bare::comes(&world, ANNA).await;
    assert_eq!(keeper(&world, &first.desk).as_deref(), Some("leave"));
    assert!(bodies(&world, &first.desk).last().unwrap().contains("Мы продолжаем"));
    assert!(bodies(&world, &second.desk)[0].contains("Здравствуйте"), "the language is remembered");
    assert!(second.says(&world, "1").await.contains("https://matrix.to/#/"));
}

#[tokio::test]
async fn the_desk_leaves_when_somebody_else_comes_in() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    world.homeserver.invite_by(&anna.desk, &user(BORIS), &user(ANNA));
    world.settle().await;
    assert_eq!(keeper(&world, &anna.desk).as_deref(), Some("leave"));
    assert!(bodies(&world, &anna.desk).last().unwrap().contains("Somebody else is in this room"));
    let crowd = world.homeserver.room_of(&user(ANNA), &user(BORIS));
    world.homeserver.encrypt(&crowd, &user(ANNA));
    world.homeserver.invite_by(&crowd, KEEPER, &user(ANNA));
    world.settle().await;
    assert_eq!(keeper(&world, &crowd).as_deref(), Some("leave"));
    assert!(bodies(&world, &crowd).iter().all(|text| !text.contains("General practitioner")));
}

#[tokio::test]
async fn the_desk_ends_with_its_patient_and_begins_again_with_him() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    world.homeserver.leave(&anna.desk, &user(ANNA));
    world.settle().await;
    assert_eq!(keeper(&world, &anna.desk).as_deref(), Some("leave"));
    let again = Bare::comes(&world, ANNA).await;
    assert!(again.says(&world, "1").await.contains("https://matrix.to/#/"));
}

#[tokio::test]
async fn the_desk_is_left_when_the_account_is_deleted() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    world.post(ANNA, "/me/deletion", json!({ "confirm": "delete" })).await;
    world.settle_late().await;
    assert_eq!(keeper(&world, &anna.desk).as_deref(), Some("leave"));
}
