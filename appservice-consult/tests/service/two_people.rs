//! Two cards that look like one human's and are two people's: said at the desk, suggested on neither card, taken back, and no obstacle to a merge by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

use crate::merge::{ANNA_PHONE, acts, card, merge, patient, preview, separate, two};
use crate::retention::id;

const NOW: &str = "2023-11-14T22:13:20Z";

/// Two patients with one telephone.
async fn alike(world: &World) -> (String, String) {
    let (anna, boris) = two(world).await;
    world.call(BORIS, "PATCH", "/me", Some(json!({ "phone": ANNA_PHONE }))).await.ok();
    (anna, boris)
}

async fn clara(world: &World) -> String {
    world.call("clara", "PATCH", "/me", Some(json!({ "name": "Clara", "phone": ANNA_PHONE }))).await.ok();
    patient(world, "clara").await
}

async fn send(world: &World, who: &str, method: &str, (one, other): (&str, &str)) -> Answer {
    world.call(who, method, &format!("/patients/{one}/dismissed-duplicates/{other}"), None).await
}

async fn dismiss(world: &World, one: &str, other: &str) -> Value {
    send(world, PETROVA, "PUT", (one, other)).await.ok()
}

async fn restore(world: &World, one: &str, other: &str) -> Value {
    send(world, SOKOLOV, "DELETE", (one, other)).await.ok()
}

/// Which cards are suggested on one, and which are said to be another human's.
fn beside(shown: &Value) -> [Vec<&str>; 2] {
    ["duplicates", "dismissed"].map(|list| {
        let cards = shown[list].as_array().unwrap();
        cards.iter().map(|one| id(&one["patient"])).collect()
    })
}

#[tokio::test]
async fn what_is_said_to_be_two_people_is_suggested_on_neither_card_and_both_say_who_said_so() {
    let world = World::start().await;
    let (anna, boris) = alike(&world).await;
    assert_eq!(beside(&card(&world, &anna).await), [vec![boris.as_str()], vec![]]);
    let left = dismiss(&world, &anna, &boris).await;
    assert_eq!(beside(&left), [vec![], vec![boris.as_str()]]);
    let world = world.restart().await;
    for (one, other) in [(&anna, &boris), (&boris, &anna)] {
        let shown = card(&world, one).await;
        assert_eq!(beside(&shown), [vec![], vec![other.as_str()]]);
        let said = &shown["dismissed"][0];
        assert_eq!((&said["by"]["name"], &said["at"]), (&json!("Dr Petrova"), &json!(NOW)));
        let entries = acts(&world, one, "patient.duplicate_dismissed").await;
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0]["detail"], json!({ "because": ["phone"], "other": other }));
        assert_eq!(entries[0]["actor"]["name"], "Dr Petrova");
    }
}

#[tokio::test]
async fn it_is_taken_back_from_either_card_and_neither_press_counts_twice() {
    let world = World::start().await;
    let (anna, boris) = alike(&world).await;
    dismiss(&world, &anna, &boris).await;
    // The other way round, by somebody else: it stands as it was said.
    send(&world, SOKOLOV, "PUT", (&boris, &anna)).await.ok();
    assert_eq!(card(&world, &boris).await["dismissed"][0]["by"]["name"], "Dr Petrova");
    assert_eq!(beside(&restore(&world, &boris, &anna).await), [vec![anna.as_str()], vec![]]);
    restore(&world, &anna, &boris).await;
    for one in [&anna, &boris] {
        assert_eq!(acts(&world, one, "patient.duplicate_dismissed").await.len(), 1);
        let entries = acts(&world, one, "patient.duplicate_restored").await;
        assert_eq!(entries.len(), 1);
        assert_ne!(entries[0]["actor"]["name"], "Dr Petrova");
    }
    assert_eq!(beside(&card(&world, &anna).await), [vec![boris.as_str()], vec![]]);
}

#[tokio::test]
async fn only_what_is_suggested_is_dismissed() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let refused = async |method: &str, one: &str, other: &str, status: u16, slug: &str| {
        send(&world, PETROVA, method, (one, other)).await.problem(status, slug);
    };
    refused("PUT", &anna, &boris, 409, "conflict").await;
    for method in ["PUT", "DELETE"] {
        refused(method, &anna, &anna, 409, "conflict").await;
        refused(method, &anna, "unknown", 404, "not-found").await;
        refused(method, "unknown", &anna, 404, "not-found").await;
    }
    restore(&world, &anna, &boris).await;
    assert!(acts(&world, &anna, "patient.duplicate_restored").await.is_empty(), "nobody had said it");
    send(&world, ANNA, "PUT", (&anna, &boris)).await.problem(403, "forbidden");
}

#[tokio::test]
async fn two_who_were_dismissed_can_be_merged_by_hand_and_are_two_again_when_they_are_separate() {
    let world = World::start().await;
    let (anna, boris) = alike(&world).await;
    assert_eq!(preview(&world, &anna, &boris).await.ok()["dismissed"], Value::Null);
    dismiss(&world, &anna, &boris).await;
    for (leading, merged) in [(&anna, &boris), (&boris, &anna)] {
        let shown = preview(&world, leading, merged).await.ok();
        assert_eq!((&shown["obstacle"], &shown["dismissed"]["at"]), (&Value::Null, &json!(NOW)));
        assert_eq!(shown["dismissed"]["by"]["name"], "Dr Petrova");
    }
    let merged = merge(&world, &anna, &boris, &[]).await;
    assert!(beside(&card(&world, &anna).await).iter().all(Vec::is_empty));
    for method in ["PUT", "DELETE"] {
        send(&world, PETROVA, method, (&anna, &boris)).await.problem(409, "conflict");
    }
    separate(&world, &merged).await.ok();
    assert_eq!(beside(&card(&world, &anna).await), [vec![], vec![boris.as_str()]]);
}

#[tokio::test]
async fn it_goes_with_the_account_onto_another_card_and_stays_with_it() {
    let world = World::start().await;
    let (anna, boris) = alike(&world).await;
    let clara = clara(&world).await;
    dismiss(&world, &anna, &boris).await;
    assert_eq!(beside(&card(&world, &anna).await), [vec![clara.as_str()], vec![boris.as_str()]]);
    let merged = merge(&world, &clara, &boris, &[]).await;
    assert_eq!(beside(&card(&world, &anna).await), [vec![], vec![clara.as_str()]]);
    assert_eq!(beside(&card(&world, &boris).await), [vec![], vec![anna.as_str()]]);
    // Taken back from the card that shows both, it is taken back of the account.
    assert_eq!(beside(&restore(&world, &clara, &anna).await), [vec![anna.as_str()], vec![]]);
    dismiss(&world, &anna, &clara).await;
    separate(&world, &merged).await.ok();
    assert_eq!(beside(&card(&world, &anna).await), [vec![boris.as_str()], vec![clara.as_str()]]);
}

#[tokio::test]
async fn nothing_is_kept_of_it_when_an_account_is_deleted() {
    let world = World::start().await;
    let (anna, boris) = alike(&world).await;
    dismiss(&world, &anna, &boris).await;
    let delete = json!({ "confirm": "delete", "reason": "He asked in writing" });
    world.post(VOLKOVA, &format!("/patients/{boris}/deletion"), delete).await;
    assert!(beside(&card(&world, &anna).await).iter().all(Vec::is_empty));
}
