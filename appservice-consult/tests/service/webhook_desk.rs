//! What the desk does by itself and beside consultations, as partners are told of it: offers, the order of what waits, tags, follow-ups, consents, cards, notes,
//! holds, alarms of rules, invitations of queues. Ids and times, never a word.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::brand::{Brand, RoutingStrategy};
use consilium_consult::{routing, timer};
use serde_json::{Value, json};
use support::partner::anna;
use support::receiver::{Came, Receiver};
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World, request_id};

use crate::consent::{asks, consents, give, given, withdraw};
use crate::council::on_duty;
use crate::follow_up::{HOUR, ahead, make};
use crate::retention::{classes, erase, sealed};
use crate::rules::{rule, runs};
use crate::webhook::endpoint;

fn in_turn(brand: &mut Brand) {
    for queue in &mut brand.queues {
        queue.routing.strategy = RoutingStrategy::RoundRobin;
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// What came, once everything that is due was told.
async fn told(world: &World, receiver: &Receiver) -> Vec<Came> {
    world.settle().await;
    world.told().await;
    receiver.came()
}

fn kinds(came: &[Came]) -> Vec<&str> {
    came.iter().map(Came::kind).collect()
}

#[tokio::test]
async fn whom_the_desk_asks_is_told_and_what_he_makes_of_it() {
    let (world, receiver) = (World::start_as(in_turn).await, Receiver::start().await);
    let wanted = ["consultation.offered", "consultation.passed", "consultation.offer_lapsed"];
    endpoint(&world, &receiver, "/crm", &wanted).await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let tenant = world.consult.tenant("clinic").unwrap();
    let talk = world.ask(ANNA, "general").await;
    routing::drain(&tenant).await.unwrap();
    world.post(PETROVA, &format!("/consultations/{}/pass", id(&talk)), json!({})).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.offered", "consultation.passed"]);
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    for one in &came {
        assert_eq!((&one.body["data"]["operator_id"], &one.body["data"]["phase"]), (&petrova, &json!("queued")));
    }
}

#[tokio::test]
async fn an_offer_that_is_not_answered_is_told_with_whom_it_was() {
    let (world, receiver) = (World::start_as(in_turn).await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consultation.offer_lapsed"]).await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    let tenant = world.consult.tenant("clinic").unwrap();
    world.ask(ANNA, "general").await;
    routing::drain(&tenant).await.unwrap();
    world.pass(31);
    timer::look(&tenant).await.unwrap();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.offer_lapsed"]);
    assert_eq!(came[0].body["data"]["operator_id"], petrova);
}

#[tokio::test]
async fn a_tag_is_told_by_its_id_once_for_each_change() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consultation.tagged", "consultation.untagged"]).await;
    let fever = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Fever" }, "color": "danger" })).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/tags/{}", id(&talk), id(&fever));
    for method in ["PUT", "PUT", "DELETE", "DELETE"] {
        world.call(PETROVA, method, &path, None).await.ok();
    }
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.tagged", "consultation.untagged"]);
    for one in &came {
        let data = &one.body["data"];
        assert_eq!((&data["consultation_id"], &data["tag_id"]), (&talk["id"], &fever["id"]));
        assert!(!one.raw.contains("Fever"), "{}", one.raw);
    }
}

#[tokio::test]
async fn each_step_of_a_follow_up_is_told_without_its_note() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let wanted = ["follow_up.made", "follow_up.put_off", "follow_up.due", "follow_up.done", "follow_up.cancelled"];
    endpoint(&world, &receiver, "/crm", &wanted).await;
    let patient = anna(&world).await;
    let made = make(&world, PETROVA, &patient, json!({ "note": "Ask for the X-ray" })).await.ok();
    let later = json!({ "version": made["version"], "due_at": ahead(&world, 2 * HOUR) });
    let path = format!("/follow-ups/{}", id(&made));
    world.call(PETROVA, "PATCH", &path, Some(later)).await.ok();
    world.pass(2 * HOUR + 1);
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    let version = world.get(VOLKOVA, &path).await["version"].clone();
    world.post(PETROVA, &format!("{path}/done"), json!({ "version": version })).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["follow_up.made", "follow_up.put_off", "follow_up.due", "follow_up.done"]);
    let phases: Vec<_> = came.iter().map(|one| one.body["data"]["phase"].as_str().unwrap()).collect();
    assert_eq!(phases, ["ahead", "ahead", "due", "done"]);
    for one in &came {
        let data = &one.body["data"];
        assert_eq!((&data["follow_up_id"], &data["patient_id"]), (&made["id"], &json!(patient)));
        assert!(!one.raw.contains("X-ray"), "{}", one.raw);
    }
    assert!(came[3].body["data"]["ended_at"].is_string());
}

#[tokio::test]
async fn what_a_patient_agrees_to_and_withdraws_is_told_by_purpose_and_hash() {
    let (world, receiver) = (World::start_as(asks).await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consent.given", "consent.withdrawn"]).await;
    let patient = anna(&world).await;
    let news = given(&consents(&world, ANNA).await[2]);
    give(&world, ANNA, &news).await.ok();
    // Given already.
    give(&world, ANNA, &news).await.ok();
    withdraw(&world, ANNA, "news").await.ok();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consent.given", "consent.withdrawn"]);
    for (one, version) in came.iter().zip([1, 2]) {
        let data = &one.body["data"];
        assert_eq!((&data["patient_id"], &data["purpose"]), (&json!(patient), &json!("news")));
        assert_eq!((&data["text_sha256"], &data["version"]), (&news["hash"], &json!(version)));
        assert!(!one.raw.contains("Letters") && data["person_id"].is_null(), "{}", one.raw);
    }
}

/// A supervisor does something with what waits.
async fn arranges(world: &World, talk: &Value, act: Value) {
    let wish = json!({ "ids": [talk["id"]], "act": act, "request_id": request_id() });
    let answer = world.post(VOLKOVA, "/consultations/bulk", wish).await;
    assert_eq!(answer["rows"][0]["outcome"], "done", "{answer}");
}

#[tokio::test]
async fn how_supervisors_arrange_what_waits_is_told_step_by_step() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let wanted = [
        "consultation.raised",
        "consultation.lowered",
        "consultation.assigned",
        "consultation.moved",
        "consultation.queued",
    ];
    let talk = world.ask(ANNA, "general").await;
    world.settle().await;
    endpoint(&world, &receiver, "/crm", &wanted).await;
    let sokolov = world.get(SOKOLOV, "/me").await["operator"]["id"].clone();
    for step in ["raise", "lower"] {
        arranges(&world, &talk, json!({ "kind": "priority", "step": step })).await;
    }
    arranges(&world, &talk, json!({ "kind": "assign", "to": { "operator_id": sokolov }, "note": "Knows her" })).await;
    arranges(&world, &talk, json!({ "kind": "assign", "to": { "queue_id": "dental" }, "note": "A tooth" })).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), wanted);
    let data = |place: usize| &came[place].body["data"];
    assert_eq!((&data(0)["priority"], &data(1)["priority"]), (&json!(1), &json!(0)));
    assert_eq!(data(2)["transferred_to_operator_id"], sokolov);
    assert_eq!((&data(3)["queue_id"], &data(3)["phase"]), (&json!("dental"), &json!("queued")));
    for one in &came {
        assert!(!one.raw.contains("Knows") && !one.raw.contains("tooth"), "{}", one.raw);
    }
}

#[tokio::test]
async fn a_lead_that_a_supervisor_takes_is_told_with_who_leads_now() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consultation.taken_over"]).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    let volkova = world.get(VOLKOVA, "/me").await["operator"]["id"].clone();
    let body = json!({ "lead": petrova, "note": "She is ill" });
    world.post(VOLKOVA, &format!("/consultations/{}/take-over", id(&talk)), body).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.taken_over"]);
    assert_eq!(came[0].body["data"]["lead_operator_id"], volkova);
    assert!(!came[0].raw.contains("She is ill"), "{}", came[0].raw);
}

#[tokio::test]
async fn a_changed_card_is_told_by_the_names_of_its_fields_and_who_changed_it() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["patient.changed"]).await;
    let patient = anna(&world).await;
    let path = format!("/patients/{patient}");
    let change = json!({ "phone": "+74950000009" });
    world.call(PETROVA, "PATCH", &path, Some(change.clone())).await.ok();
    // It stands there already.
    world.call(PETROVA, "PATCH", &path, Some(change)).await.ok();
    world.call(ANNA, "PATCH", "/me", Some(json!({ "name": "Anna Arkadyevna" }))).await.ok();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["patient.changed", "patient.changed"]);
    for (one, (field, by)) in came.iter().zip([("phone", "operator"), ("name", "patient")]) {
        let data = &one.body["data"];
        assert_eq!((&data["patient_id"], &data["fields"]), (&json!(patient), &json!([field])));
        assert_eq!(data["changed_by"], by);
        assert!(!one.raw.contains("74950000009") && !one.raw.contains("Arkadyevna"), "{}", one.raw);
    }
}

#[tokio::test]
async fn fields_are_told_by_their_ids_and_an_erasure_without_a_name() {
    let (world, receiver) = (World::start_as(classes).await, Receiver::start().await);
    let new = json!({
        "url": format!("{}/crm", receiver.url),
        "events": ["consultation.fields_changed", "consultation.erased"],
        "fields": ["patient.name"],
    });
    world.post(VOLKOVA, "/webhooks", new).await;
    let talk = sealed(&world, ANNA).await;
    let path = format!("/consultations/{}/fields", id(&talk));
    world.call(VOLKOVA, "PATCH", &path, Some(json!({ "fields": { "occasion": "again" } }))).await.ok();
    // It may not be opened again any more.
    world.pass(1_801);
    erase(&world, &talk).await.ok();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.fields_changed", "consultation.erased"]);
    let (filled, erased) = (&came[0].body["data"], &came[1].body["data"]);
    assert_eq!((&filled["fields"], &filled["consultation_id"]), (&json!(["occasion"]), &talk["id"]));
    assert!(filled["patient"]["name"].is_string() && !came[0].raw.contains("again"), "{}", came[0].raw);
    assert_eq!((&erased["consultation_id"], &erased["patient"]), (&talk["id"], &Value::Null));
    assert!(erased["erased_at"].is_string());
}

#[tokio::test]
async fn a_note_is_told_by_who_wrote_changed_and_deleted_it_and_never_by_its_words() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let wanted = ["note.written", "note.edited", "note.deleted"];
    let talk = world.talk(ANNA, PETROVA).await;
    endpoint(&world, &receiver, "/crm", &wanted).await;
    let sokolov = world.get(SOKOLOV, "/me").await["operator"]["id"].clone();
    let path = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    let new = json!({ "text": "Fears needles", "mentions": [sokolov], "request_id": request_id() });
    let note = world.post(PETROVA, &path, new.clone()).await;
    // The same request is the same note.
    world.post(PETROVA, &path, new).await;
    let path = format!("/notes/{}", id(&note));
    let change = json!({ "text": "Fears every needle", "mentions": [], "version": note["version"] });
    world.call(PETROVA, "PATCH", &path, Some(change)).await.ok();
    world.call(VOLKOVA, "DELETE", &path, None).await.ok();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), wanted);
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    let volkova = world.get(VOLKOVA, "/me").await["operator"]["id"].clone();
    for (one, version) in came.iter().zip([1, 2, 3]) {
        let data = &one.body["data"];
        assert_eq!((&data["note_id"], &data["conversation_id"]), (&note["id"], &talk["conversation_id"]));
        assert_eq!((&data["author_operator_id"], &data["version"]), (&petrova, &json!(version)));
        assert!(!one.raw.contains("eedle") && !one.raw.contains(sokolov.as_str().unwrap()), "{}", one.raw);
    }
    let data = |place: usize| &came[place].body["data"];
    assert!(data(0)["edited_at"].is_null() && data(1)["edited_at"].is_string());
    assert_eq!((&data(1)["deleted_by_operator_id"], &data(2)["deleted_by_operator_id"]), (&Value::Null, &volkova));
}

#[tokio::test]
async fn a_hold_is_told_when_it_is_placed_and_lifted_and_never_why() {
    let (world, receiver) = (World::start_as(classes).await, Receiver::start().await);
    let talk = sealed(&world, ANNA).await;
    endpoint(&world, &receiver, "/crm", &["hold.placed", "hold.lifted"]).await;
    let new = json!({ "consultation_id": talk["id"], "reason": "Case A-17", "request_id": request_id() });
    let hold = world.post(VOLKOVA, "/holds", new.clone()).await;
    // The same request is the same hold.
    world.post(VOLKOVA, "/holds", new).await;
    let lift = json!({ "reason": "A-17 is closed" });
    world.post(VOLKOVA, &format!("/holds/{}/lift", id(&hold)), lift).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["hold.placed", "hold.lifted"]);
    let volkova = world.get(VOLKOVA, "/me").await["operator"]["id"].clone();
    for one in &came {
        let data = &one.body["data"];
        assert_eq!((&data["hold_id"], &data["consultation_id"]), (&hold["id"], &talk["id"]));
        assert_eq!(data["placed_by_operator_id"], volkova);
        assert!(!one.raw.contains("A-17"), "{}", one.raw);
    }
    let lifted = |place: usize| &came[place].body["data"]["lifted_by_operator_id"];
    assert_eq!((lifted(0), lifted(1)), (&Value::Null, &volkova));
}

#[tokio::test]
async fn an_alarm_of_a_rule_is_told_by_the_rule_and_what_it_ran_on() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let asked = "consultation.requested";
    rule(&world, "all", asked, json!({}), json!({ "alarm": true, "note": "Look at once" })).await;
    rule(&world, "quiet", asked, json!({}), json!({ "note": "Look later" })).await;
    endpoint(&world, &receiver, "/crm", &["rule.alarmed", "note.written"]).await;
    let talk = world.ask(ANNA, "general").await;
    let came = told(&world, &receiver).await;
    let alarms: Vec<&Came> = came.iter().filter(|one| one.kind() == "rule.alarmed").collect();
    assert_eq!(alarms.len(), 1, "one rule alarms, the other notes: {:?}", kinds(&came));
    let data = &alarms[0].body["data"];
    assert_eq!((&data["rule_id"], &data["event"]), (&json!("all"), &json!(asked)));
    assert_eq!((&data["consultation_id"], &data["callback_id"]), (&talk["id"], &Value::Null));
    for one in came.iter().filter(|one| one.kind() == "note.written") {
        assert_eq!(one.body["data"]["author_operator_id"], Value::Null, "no member of staff wrote it");
    }
    assert!(came.iter().all(|one| !one.raw.contains("Look")));
    // That somebody has seen it is no other alarm.
    let seen = runs(&world, "?open_alarms=true").await;
    world.call(VOLKOVA, "POST", &format!("/rules/runs/{}/seen", id(&seen[0])), None).await.ok();
    let after = told(&world, &receiver).await;
    assert_eq!(after.len(), came.len());
}

#[tokio::test]
async fn asking_whoever_serves_a_queue_is_told_to_its_end() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let wanted = ["made", "refused", "declined", "taken_back", "expired", "accepted", "over"];
    let wanted: Vec<String> = wanted.iter().map(|step| format!("queue_invitation.{step}")).collect();
    let talk = world.talk(ANNA, PETROVA).await;
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    endpoint(&world, &receiver, "/crm", &wanted).await;
    let path = format!("/consultations/{}/queue-invitations", id(&talk));
    let ask = async || {
        on_duty(&world, SOKOLOV).await;
        let asked = world.post(PETROVA, &path, json!({ "queue_id": "general", "role": "consultant" })).await;
        id(&asked).to_owned()
    };
    let refused = ask().await;
    world.call(SOKOLOV, "POST", &format!("/queue-invitations/{refused}/decline"), None).await.ok();
    let taken_back = ask().await;
    world.call(PETROVA, "DELETE", &format!("{path}/{taken_back}"), None).await.ok();
    let expired = ask().await;
    world.pass(121);
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    let accepted = ask().await;
    world.call(SOKOLOV, "POST", &format!("/queue-invitations/{accepted}/accept"), None).await.ok();
    let came = told(&world, &receiver).await;
    let steps: Vec<(&str, &str)> =
        came.iter().map(|one| (one.kind(), one.body["data"]["queue_invitation_id"].as_str().unwrap())).collect();
    let expected = [
        ("queue_invitation.made", refused.as_str()),
        ("queue_invitation.refused", &refused),
        ("queue_invitation.declined", &refused),
        ("queue_invitation.made", &taken_back),
        ("queue_invitation.taken_back", &taken_back),
        ("queue_invitation.made", &expired),
        ("queue_invitation.expired", &expired),
        ("queue_invitation.made", &accepted),
        ("queue_invitation.accepted", &accepted),
    ];
    assert_eq!(steps, expected);
    let sokolov = world.get(SOKOLOV, "/me").await["operator"]["id"].clone();
    let data = |place: usize| &came[place].body["data"];
    assert_eq!((&data(0)["state"], &data(0)["asked_operator_ids"]), (&json!("open"), &json!([sokolov])));
    assert_eq!((&data(1)["operator_id"], &data(6)["operator_id"]), (&sokolov, &Value::Null));
    assert_eq!((&data(8)["accepted_by_operator_id"], &data(8)["state"]), (&sokolov, &json!("accepted")));
    assert_eq!((&data(8)["consultation_id"], &data(8)["queue_id"]), (&talk["id"], &json!("general")));
}
