//! A colleague who observes reads everything and writes nothing, by whichever client; with another role he writes.

use consilium_harness::{User, segment};
use serde_json::{Value, json};

use crate::clinic::{Asked, Clinic, Person};

const CALL_MEMBER: &str = "org.matrix.msc3401.call.member";

async fn operator_id(person: &Person) -> Value {
    person.api.get("/_consilium/v1/me").await.ok()["operator"]["id"].clone()
}

/// The lead asks a colleague in, who comes.
async fn invite(lead: &Person, colleague: &mut Person, asked: &Asked, role: &str) {
    colleague.api.put("/_consilium/v1/operators/me/status", json!({ "status": "online" })).await.ok();
    let body = json!({ "operator_id": operator_id(colleague).await, "role": role });
    lead.api.post(&asked.path("participants"), body).await.ok();
    colleague.join(&asked.room).await;
}

async fn sends(user: &User, asked: &Asked, kind: &str, content: Value) -> consilium_harness::Answer {
    let room = segment(&asked.room);
    user.put(&format!("/_matrix/client/v3/rooms/{room}/send/{kind}/{}", user.transaction()), content).await
}

async fn is_in_a_call(person: &Person, asked: &Asked, content: Value) -> consilium_harness::Answer {
    let key = segment(&format!("_{}_{}_m.call", person.api.id, person.client.device_id()));
    let path = format!("/_matrix/client/v3/rooms/{}/state/{CALL_MEMBER}/{key}", segment(&asked.room));
    person.api.put(&path, content).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_observes_cannot_write_by_any_client_and_who_consults_can() {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let mut sokolova = clinic.staff("sokolova", "operator").await;
    let mut volkova = clinic.staff("volkova", "supervisor").await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    clinic.take(&mut petrova, &asked).await;
    anna.client.say(&asked.room, "it hurts").await.unwrap();
    invite(&petrova, &mut sokolova, &asked, "consultant").await;
    invite(&petrova, &mut volkova, &asked, "observer").await;

    volkova.reads(&asked.room, "it hurts").await;
    let text = json!({ "msgtype": "m.text", "body": "a word" });
    sends(&volkova.api, &asked, "m.room.message", text.clone()).await.refused(403, "M_FORBIDDEN");
    let encrypted = volkova.client.encrypt(&asked.room, text.clone()).await.unwrap();
    sends(&volkova.api, &asked, "m.room.encrypted", encrypted).await.refused(403, "M_FORBIDDEN");
    let seen = anna.client.say(&asked.room, "still").await.unwrap();
    let reaction = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": seen, "key": "x" } });
    sends(&volkova.api, &asked, "m.reaction", reaction).await.refused(403, "M_FORBIDDEN");
    // What a call and its own mark of reading need stays open to him.
    is_in_a_call(&volkova, &asked, json!({ "application": "m.call" })).await.ok();
    is_in_a_call(&volkova, &asked, json!({})).await.ok();
    let receipt = format!("/_matrix/client/v3/rooms/{}/receipt/m.read/{}", segment(&asked.room), segment(&seen));
    volkova.api.post(&receipt, json!({})).await.ok();

    sokolova.client.say(&asked.room, "a consultant's word").await.unwrap();
    anna.reads(&asked.room, "a consultant's word").await;
    petrova.client.say(&asked.room, "the lead's word").await.unwrap();
    anna.reads(&asked.room, "the lead's word").await;

    let path = asked.path(&format!("participants/{}", operator_id(&volkova).await.as_str().unwrap()));
    volkova.api.delete(&path).await.ok();
    volkova.syncs_until("the end of her part", |client| client.membership(&asked.room) == Some("leave")).await;
    invite(&petrova, &mut volkova, &asked, "consultant").await;
    anna.syncs_until("that she is back", |client| {
        client.membership_of(&asked.room, volkova.client.user_id()) == Some("join")
    })
    .await;
    volkova.client.say(&asked.room, "now as a consultant").await.unwrap();
    anna.reads(&asked.room, "now as a consultant").await;
}
