//! The way back: what the CRM says, and what it is asked for, reaches Consilium's partner API once.

use serde_json::json;

use crate::world::{FROM_CRM, World, consultation, send};

async fn with_anna() -> (World, serde_json::Value) {
    let world = World::start().await;
    world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    let contact = world.crm.rows("contacts")[0]["id"].clone();
    (world, contact)
}

#[tokio::test]
async fn a_contact_that_was_changed_fills_in_the_card_once() {
    let (world, contact) = with_anna().await;
    let said = json!({ "event_id": "e-1", "contact": { "id": contact, "name": "Anna K.", "phone": "+74950000009" } });
    for _ in 0..2 {
        assert_eq!(world.call("contact-changed", FROM_CRM, said.clone()).await.status, 204);
    }
    let asked = world.asked();
    assert_eq!(asked.len(), 2, "the number of the contact, and this");
    assert_eq!(asked[1].line, "PATCH /_consilium/v1/patients/anna");
    assert_eq!(asked[1].body, json!({ "name": "Anna K.", "phone": "+74950000009" }));
    assert!(asked[1].once.starts_with("consilium-"));
    let as_text = json!({ "event_id": 2, "contact": { "id": contact.to_string() } });
    assert_eq!(world.call("contact-changed", FROM_CRM, as_text).await.status, 204);
    assert_eq!(world.asked()[2].body, json!({ "phone": null }));
}

#[tokio::test]
async fn a_crm_that_does_not_prove_itself_or_says_nonsense_is_refused() {
    let (world, contact) = with_anna().await;
    let said = json!({ "event_id": "e-1", "contact": { "id": contact } });
    assert_eq!(world.call("contact-changed", "another token", said.clone()).await.status, 401);
    assert_eq!(world.call("contact-vanished", FROM_CRM, said.clone()).await.status, 404);
    assert_eq!(send(world.post("/from-crm/contact-changed").json(&said)).await.status, 401);
    let of_nobody = json!({ "event_id": "e-2", "contact": { "id": 5 } });
    assert_eq!(world.call("contact-changed", FROM_CRM, of_nobody).await.status, 404);
    let answer = world.call("contact-changed", FROM_CRM, json!({ "contact": { "id": contact } })).await;
    assert_eq!(
        (answer.status, answer.body["detail"].as_str()),
        (422, Some("from_crm.contact-changed.id: it gives no id"))
    );
    let request = world.post("/from-crm/contact-changed").header("x-crm-token", FROM_CRM).body("no json");
    assert_eq!(send(request).await.status, 400);
    assert_eq!(world.asked().len(), 1);
}

#[tokio::test]
async fn a_call_that_consilium_cannot_take_now_is_to_be_made_again() {
    let (world, contact) = with_anna().await;
    let said = json!({ "event_id": "e-1", "contact": { "id": contact, "phone": "+74950000009" } });
    world.partner_answers(Some(503));
    let answer = world.call("contact-changed", FROM_CRM, said.clone()).await;
    assert_eq!((answer.status, answer.retry_after), (503, Some(5)));
    world.partner_answers(None);
    assert_eq!(world.call("contact-changed", FROM_CRM, said).await.status, 204);
    assert_eq!(world.asked().len(), 2);
}

#[tokio::test]
async fn a_task_of_the_crm_orders_one_call_back_and_is_marked() {
    let (world, contact) = with_anna().await;
    let task = |id: u32, contact: serde_json::Value| json!({ "id": id, "kind": "call-me", "status": "open", "contact_id": contact, "stages": [] });
    world.crm.insert("tasks", task(77, contact));
    world.crm.insert("tasks", task(78, json!(5)));
    // It was ordered, and the CRM could not be told.
    world.crm.plan("PATCH /tasks/77", 503, None);
    assert_eq!(world.bridge().poll_once("call-me").await, 0);
    assert_eq!(world.bridge().poll_once("call-me").await, 1);
    assert_eq!(world.bridge().poll_once("call-me").await, 0);
    let asked = world.asked();
    assert_eq!(asked.len(), 2, "the number of the contact, and the call-back, once");
    assert_eq!(asked[1].line, "POST /_consilium/v1/patients/anna/callbacks");
    assert_eq!(asked[1].body, json!({ "queue_id": "therapist" }));
    let statuses: Vec<_> = world.crm.rows("tasks").into_iter().map(|task| task["status"].clone()).collect();
    assert_eq!(statuses, ["taken", "open"], "of the other task's contact nothing is known");
}

#[tokio::test]
async fn an_item_that_was_given_up_waits_until_it_is_asked_for() {
    let (world, contact) = with_anna().await;
    world.crm.insert("tasks", json!({ "id": 77, "kind": "call-me", "status": "open", "contact_id": contact }));
    world.partner_answers(Some(422));
    assert_eq!(world.bridge().poll_once("call-me").await, 0);
    world.partner_answers(None);
    assert_eq!(world.bridge().poll_once("call-me").await, 0, "it is not tried at every round");
    let dead = world.bridge().store().dead_events().await.unwrap();
    assert_eq!((dead[0].id.as_str(), dead[0].step.as_str()), ("poll:call-me:77", "order-call-back"));
    assert!(world.bridge().store().again("poll:call-me:77".to_owned()).await.unwrap());
    assert_eq!(world.bridge().poll_once("call-me").await, 1);
    assert_eq!(world.crm.rows("tasks")[0]["status"], "taken");
}

#[tokio::test]
async fn a_patient_who_is_forgotten_is_known_no_more() {
    let (world, contact) = with_anna().await;
    assert!(world.bridge().store().forget_patient("anna".to_owned()).await.unwrap() > 0);
    let said = json!({ "event_id": "e-1", "contact": { "id": contact } });
    assert_eq!(world.call("contact-changed", FROM_CRM, said).await.status, 404);
    let kept = world.kept();
    assert!(!kept.windows(4).any(|window| window == b"anna"), "not even in what SQLite leaves behind");
}
