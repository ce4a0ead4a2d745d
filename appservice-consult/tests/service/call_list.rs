//! The list of calls, over the API: narrowed down, page by page, and what it cannot be asked.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use crate::call::{call, press};
use crate::support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// The calls that a query finds on one page, by their ids.
async fn found(world: &World, who: &str, query: &str) -> Vec<Value> {
    let page = world.get(who, &format!("/calls?{query}")).await;
    let ids: Vec<Value> = page["items"].as_array().unwrap().iter().map(|call| call["id"].clone()).collect();
    assert_eq!(page["total"], ids.len(), "{query}: {page}");
    ids
}

/// From the desk by video and declined; twenty hours later from the patient by audio and taken back; twenty hours later one of a colleague's, which rings.
async fn three_calls(world: &World) -> [Value; 3] {
    let (one, two) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, SOKOLOV).await);
    let declined = call(world, PETROVA, &one).await["call"].clone();
    press(world, ANNA, &declined, "decline").await.ok();
    world.pass(20 * 3_600);
    let path = format!("/consultations/{}/calls", id(&one));
    let cancelled = world.post(ANNA, &path, json!({ "kind": "audio" })).await["call"].clone();
    press(world, ANNA, &cancelled, "cancel").await.ok();
    world.pass(20 * 3_600);
    let ringing = call(world, SOKOLOV, &two).await["call"].clone();
    [declined, cancelled, ringing]
}

#[tokio::test]
async fn a_list_of_calls_is_narrowed_down() {
    let world = World::start().await;
    let [declined, cancelled, ringing] = three_calls(&world).await;
    let operator = world.get(PETROVA, "/me").await["operator"]["id"].as_str().unwrap().to_owned();
    let middle = cancelled["started_at"].as_str().unwrap();
    let [first, second, third] = [&declined, &cancelled, &ringing].map(|call| call["id"].clone());
    let cases = [
        (String::new(), vec![&third, &second, &first]),
        ("caller_side=patient".to_owned(), vec![&second]),
        ("caller_side=staff".to_owned(), vec![&third, &first]),
        ("kind=audio".to_owned(), vec![&second]),
        ("outcome=declined".to_owned(), vec![&first]),
        ("open=true".to_owned(), vec![&third]),
        ("open=false".to_owned(), vec![&second, &first]),
        ("queue=general&kind=video".to_owned(), vec![&third, &first]),
        ("queue=dental".to_owned(), vec![]),
        (format!("operator={operator}"), vec![&first]),
        ("days=1".to_owned(), vec![&third, &second]),
        (format!("from={middle}"), vec![&third, &second]),
        (format!("to={middle}"), vec![&first]),
        ("caller_side=staff&kind=video&open=false&outcome=declined&days=2".to_owned(), vec![&first]),
    ];
    for (query, wanted) in cases {
        assert_eq!(found(&world, VOLKOVA, &query).await.iter().collect::<Vec<_>>(), wanted, "{query}");
    }
    assert_eq!(found(&world, SOKOLOV, "caller_side=staff").await, [third], "what he does not see is not found either");
    assert_eq!(found(&world, ANNA, "kind=audio").await, [second]);
}

#[tokio::test]
async fn pages_of_calls_that_were_narrowed_down_miss_none_and_repeat_none() {
    let world = World::start().await;
    let [declined, _, ringing] = three_calls(&world).await;
    let one = world.get(VOLKOVA, "/calls?caller_side=staff&limit=1").await;
    assert_eq!((&one["total"], &one["items"][0]["id"]), (&json!(2), &ringing["id"]));
    let cursor = one["next_cursor"].as_str().unwrap();
    // One that is begun meanwhile stands before the first page.
    press(&world, SOKOLOV, &ringing, "cancel").await.ok();
    world.pass(60);
    let path = format!("/consultations/{}/calls", ringing["consultation_id"].as_str().unwrap());
    world.post(SOKOLOV, &path, json!({ "kind": "video" })).await;
    let two = world.get(VOLKOVA, &format!("/calls?caller_side=staff&limit=1&cursor={cursor}")).await;
    assert_eq!((&two["total"], &two["items"][0]["id"]), (&json!(3), &declined["id"]));
    assert_eq!(two["next_cursor"], Value::Null);
}

#[tokio::test]
async fn what_a_list_of_calls_cannot_be_asked_is_refused_by_its_name() {
    let world = World::start().await;
    for (query, field) in [
        ("kind=smoke", "kind"),
        ("caller_side=nobody", "caller_side"),
        ("outcome=nice", "outcome"),
        ("open=perhaps", "open"),
        ("from=yesterday", "from"),
        ("days=0", "days"),
        ("days=7&from=2026-11-01T00:00:00Z", "days"),
        ("from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "to"),
        ("open=true&outcome=missed", "outcome"),
        ("colour=red", "colour"),
    ] {
        for who in [VOLKOVA, ANNA] {
            let refused = world.call(who, "GET", &format!("/calls?{query}"), None).await;
            refused.problem(422, "invalid");
            assert_eq!(refused.body["errors"][0]["field"], field, "{query}");
        }
    }
}
