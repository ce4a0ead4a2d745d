//! Lists: filters, orders and pages agree with one another.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

/// All rows of a list, page by page.
pub async fn all(world: &World, who: &str, path: &str) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), None::<String>);
    for _ in 0..50 {
        let glue = if path.contains('?') { '&' } else { '?' };
        let cursor_part = cursor.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = world.get(who, &format!("{path}{glue}limit=2{cursor_part}")).await;
        rows.extend(page["items"].as_array().unwrap().iter().cloned());
        if let Some(next) = page["next_cursor"].as_str() {
            cursor = Some(next.to_owned());
        } else {
            assert_eq!(page["total"], rows.len(), "{path}");
            return rows;
        }
    }
    panic!("the list does not end");
}

pub fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["patient"]["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_view_and_order_gives_every_row_once_over_pages() {
    let world = World::start().await;
    for (who, queue) in [("d", "general"), (BORIS, "dental"), (ANNA, "general"), ("c", "general"), ("e", "general")] {
        world.pass(10);
        world.ask(who, queue).await;
    }
    let waiting = all(&world, PETROVA, "/consultations?view=waiting").await;
    assert_eq!(names(&waiting), ["Boris", "d", "Анна Каренина", "c", "e"]);
    assert_eq!(
        names(&all(&world, PETROVA, "/consultations?sort=newest").await),
        ["e", "c", "Анна Каренина", "Boris", "d"]
    );
    assert_eq!(
        names(&all(&world, PETROVA, "/consultations?sort=oldest").await),
        ["d", "Boris", "Анна Каренина", "c", "e"]
    );
    assert_eq!(
        names(&all(&world, PETROVA, "/consultations?sort=patient").await),
        ["Boris", "c", "d", "e", "Анна Каренина"]
    );
    assert_eq!(names(&all(&world, PETROVA, "/consultations?queue=dental").await), ["Boris"]);
    assert_eq!(
        names(&all(&world, PETROVA, "/consultations?q=%D0%BA%D0%B0%D1%80%D0%B5%D0%BD").await),
        ["Анна Каренина"]
    );
    assert!(all(&world, PETROVA, "/consultations?q=zz").await.is_empty());

    let take = |row: &Value| format!("/consultations/{}/take", row["id"].as_str().unwrap());
    world.post(PETROVA, &take(&waiting[0]), json!({})).await;
    world.post(SOKOLOV, &take(&waiting[1]), json!({})).await;
    world.post(SOKOLOV, &take(&waiting[2]), json!({})).await;
    world.post(SOKOLOV, &format!("/consultations/{}/hold", waiting[2]["id"].as_str().unwrap()), json!({})).await;
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=mine").await), ["Boris"]);
    assert_eq!(names(&all(&world, SOKOLOV, "/consultations?view=mine&sort=patient").await), ["d", "Анна Каренина"]);
    assert_eq!(names(&all(&world, VOLKOVA, "/consultations?view=on_hold").await), ["Анна Каренина"]);
    assert!(all(&world, PETROVA, "/consultations?view=on_hold").await.is_empty(), "a colleague leads it");
    let sokolov = world.get(SOKOLOV, "/me").await["operator"].clone();
    assert_eq!(sokolov["active_consultations"], 1);
    let of_sokolov = format!("/consultations?operator={}", sokolov["id"].as_str().unwrap());
    assert_eq!(all(&world, VOLKOVA, &of_sokolov).await.len(), 2);
    let queues = world.get(PETROVA, "/queues").await;
    let general = &queues["queues"][0];
    assert_eq!((&general["waiting"], &general["active"], &general["on_hold"]), (&json!(2), &json!(1), &json!(1)));

    let petrova_takes =
        json!({ "to": { "operator_id": world.get(PETROVA, "/me").await["operator"]["id"] }, "note": "for you" });
    world
        .post(SOKOLOV, &format!("/consultations/{}/transfer", waiting[1]["id"].as_str().unwrap()), petrova_takes)
        .await;
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=mine&sort=oldest").await), ["d", "Boris"]);
}

#[tokio::test]
async fn patients_are_found_by_name_phone_and_mail_and_their_cards_are_audited() {
    let world = World::start().await;
    for who in [ANNA, BORIS, "c"] {
        world.get(who, "/me").await;
    }
    world
        .call(
            ANNA,
            "PATCH",
            "/me",
            Some(json!({ "phone": "+7 495 000-00-00", "email": "Anna@Example.org", "birth_date": "1990-05-05" })),
        )
        .await
        .ok();
    let names = |rows: Vec<Value>| rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(all(&world, PETROVA, "/patients").await), ["Boris", "c", "Анна Каренина"]);
    assert_eq!(names(all(&world, PETROVA, "/patients?q=%2B74950000000").await), ["Анна Каренина"]);
    assert_eq!(names(all(&world, PETROVA, "/patients?q=anna%40example.org").await), ["Анна Каренина"]);
    assert_eq!(names(all(&world, PETROVA, "/patients?sort=newest").await).len(), 3);
    world.ask(BORIS, "general").await;
    assert_eq!(names(all(&world, PETROVA, "/patients?sort=last_consultation").await)[0], "Boris");

    let anna =
        world.get(PETROVA, "/patients?q=anna%40example.org").await["items"][0]["id"].as_str().unwrap().to_owned();
    let card = world.get(PETROVA, &format!("/patients/{anna}")).await;
    assert_eq!((&card["phone"], &card["birth_date"]), (&json!("+74950000000"), &json!("1990-05-05")));
    let changed = world
        .call(PETROVA, "PATCH", &format!("/patients/{anna}"), Some(json!({ "insurance": "No 1", "phone": null })))
        .await
        .ok();
    assert_eq!((&changed["insurance"], &changed["phone"]), (&json!("No 1"), &Value::Null));
    world
        .call(PETROVA, "PATCH", &format!("/patients/{anna}"), Some(json!({ "birth_date": "tomorrow" })))
        .await
        .problem(422, "invalid");
    let audit = world.get(VOLKOVA, &format!("/audit?subject={anna}")).await;
    let actions: Vec<_> =
        audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["patient.changed", "patient.read", "patient.changed", "patient.created"]);
    assert!(!audit.to_string().contains("No 1"), "the audit has no content");
}

#[tokio::test]
async fn a_queue_takes_no_more_than_its_capacity() {
    let world = World::start().await;
    world.ask("a", "dental").await;
    world.ask("b", "dental").await;
    assert_eq!(world.get("c", "/services").await["services"][1]["open"], false);
    let body = json!({ "queue_id": "dental", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
    world.call("c", "POST", "/consultations", Some(body)).await.problem(429, "rate-limited");
}

#[tokio::test]
async fn texts_follow_the_language_of_the_caller() {
    let world = World::start().await;
    let request = axum::http::Request::builder().uri("/_consilium/v1/services").header("host", "api.test:8008");
    let request =
        request.header("authorization", "Bearer token-anna").header("accept-language", "de, ru-RU;q=0.8, en;q=0.1");
    let response = world.raw(request.body(axum::body::Body::empty()).unwrap()).await;
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap()["services"][0]["name"], "Терапевт");
}
