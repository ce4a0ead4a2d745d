//! Webhooks over HTTP, as a partner's system and a supervisor see them: what is told, signed by whom, in which order, and with what of a person.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::conclusion;
use crate::support;

use serde_json::{Value, json};
use support::receiver::{Receiver, signature};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

const EVERY: [&str; 82] = [
    "consultation.requested",
    "consultation.queued",
    "consultation.offered",
    "consultation.passed",
    "consultation.offer_lapsed",
    "consultation.taken",
    "consultation.transferred",
    "consultation.returned",
    "consultation.held",
    "consultation.resumed",
    "consultation.closed",
    "consultation.cancelled",
    "consultation.abandoned",
    "consultation.reopened",
    "consultation.wait_warning",
    "consultation.wait_broken",
    "consultation.response_warning",
    "consultation.response_broken",
    "consultation.resolution_warning",
    "consultation.resolution_broken",
    "consultation.person_corrected",
    "consultation.rated",
    "consultation.tagged",
    "consultation.untagged",
    "consultation.fields_changed",
    "consultation.erased",
    "consultation.assigned",
    "consultation.moved",
    "consultation.raised",
    "consultation.lowered",
    "consultation.taken_over",
    "consultation.answers_changed",
    "consultation.silence_warned",
    "participant.joined",
    "participant.left",
    "queue_invitation.made",
    "queue_invitation.accepted",
    "queue_invitation.refused",
    "queue_invitation.declined",
    "queue_invitation.expired",
    "queue_invitation.taken_back",
    "queue_invitation.over",
    "conclusion.signed",
    "conclusion.amended",
    "note.written",
    "note.edited",
    "note.deleted",
    "call.started",
    "call.answered",
    "call.ended",
    "callback.ordered",
    "callback.taken",
    "callback.released",
    "callback.called",
    "callback.telephoned",
    "callback.not_answered",
    "callback.put_off",
    "callback.moved",
    "callback.finished",
    "callback.cancelled",
    "callback.overdue",
    "follow_up.made",
    "follow_up.changed",
    "follow_up.put_off",
    "follow_up.handed",
    "follow_up.handed_on",
    "follow_up.due",
    "follow_up.done",
    "follow_up.cancelled",
    "follow_up.message_sent",
    "follow_up.message_failed",
    "rule.alarmed",
    "consent.given",
    "consent.withdrawn",
    "hold.placed",
    "hold.lifted",
    "patient.created",
    "patient.changed",
    "patient.merged",
    "patient.unmerged",
    "patient.deleted",
    "operator.status_changed",
];

/// An endpoint for these events at a path of the receiver; returns its id and its secret.
pub async fn endpoint(world: &World, receiver: &Receiver, path: &str, events: &[&str]) -> (String, String) {
    let new = json!({ "url": format!("{}{path}", receiver.url), "events": events });
    let made = world.post(VOLKOVA, "/webhooks", new).await;
    (made["endpoint"]["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
}

pub async fn log(world: &World, id: &str) -> Vec<Value> {
    let page = world.get(VOLKOVA, &format!("/webhooks/{id}/deliveries?limit=200")).await;
    page["items"].as_array().unwrap().clone()
}

pub async fn shown(world: &World, id: &str) -> Value {
    let all = world.get(VOLKOVA, "/webhooks").await;
    all["endpoints"].as_array().unwrap().iter().find(|endpoint| endpoint["id"] == id).unwrap().clone()
}

async fn press(world: &World, who: &str, consultation: &Value, what: &str, body: Value) -> Answer {
    let path = format!("/consultations/{}/{what}", consultation["id"].as_str().unwrap());
    let answer = world.call(who, "POST", &path, Some(body)).await;
    world.settle().await;
    answer
}

#[tokio::test]
async fn a_consultation_is_told_step_by_step_in_order_and_signed() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    // She is a patient already: her coming is told elsewhere.
    world.get(ANNA, "/me").await;
    let (id, secret) = endpoint(&world, &receiver, "/crm", &EVERY).await;
    let talk = world.talk(ANNA, PETROVA).await;
    press(&world, PETROVA, &talk, "hold", json!({})).await.ok();
    press(&world, PETROVA, &talk, "resume", json!({})).await.ok();
    let to = json!({ "to": { "queue_id": "dental" }, "note": "A tooth, for Dr Petrova's eyes" });
    press(&world, PETROVA, &talk, "transfer", to).await.ok();
    press(&world, PETROVA, &talk, "take", json!({})).await.ok();
    press(&world, PETROVA, &talk, "close", json!({ "note": "Pulled out" })).await.ok();
    world.told().await;
    let wanted = [
        "consultation.requested",
        "consultation.queued",
        "consultation.taken",
        "participant.joined",
        "consultation.held",
        "consultation.resumed",
        "consultation.transferred",
        "participant.left",
        "consultation.queued",
        "consultation.taken",
        "participant.joined",
        "consultation.closed",
        "participant.left",
    ];
    assert_eq!(receiver.taken("/crm"), wanted);
    for came in receiver.came() {
        assert_eq!(came.signatures, [signature(&secret, &came)]);
        assert_eq!(came.timestamp, world.now_ms() / 1_000);
        assert_eq!(came.body["data"]["consultation_id"], talk["id"]);
        for private in ["Каренина", "Petrova", "tooth", "Pulled", "hs.test"] {
            assert!(!came.raw.contains(private), "{private}: {}", came.raw);
        }
    }
    let taken = &receiver.came()[2].body["data"];
    assert_eq!((&taken["phase"], &taken["participants"][0]["role"]), (&json!("active"), &json!("lead")));
    let last = &log(&world, &id).await[0];
    assert_eq!(
        (&last["state"], &last["attempts"], &last["response_status"]),
        (&json!("delivered"), &json!(1), &json!(200))
    );
    assert_eq!(shown(&world, &id).await["waiting"], 0);
}

#[tokio::test]
async fn calls_call_backs_and_statuses_are_told() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    for who in [ANNA, BORIS] {
        world.get(who, "/me").await;
    }
    let calls = EVERY.iter().position(|event| *event == "call.started").unwrap();
    endpoint(&world, &receiver, "/crm", &EVERY[calls..]).await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/calls", talk["id"].as_str().unwrap());
    let called = world.post(PETROVA, &path, json!({ "kind": "video" })).await;
    let call = called["call"]["id"].as_str().unwrap();
    world.post(ANNA, &format!("/calls/{call}/answer"), json!({})).await;
    world.post(ANNA, &format!("/calls/{call}/hang-up"), json!({})).await;
    let request_id = uuid::Uuid::from_bytes(world.context().random()).to_string();
    let order =
        json!({ "queue_id": "general", "request_id": request_id, "phone": "+7 495 000-00-01", "reason": "Pain" });
    let ordered = world.post(BORIS, "/callbacks", order).await;
    world.settle().await;
    let callback = format!("/callbacks/{}", ordered["id"].as_str().unwrap());
    world.post(SOKOLOV, &format!("{callback}/take"), json!({})).await;
    world.post(SOKOLOV, &format!("{callback}/telephone"), json!({})).await;
    world.post(SOKOLOV, &format!("{callback}/done"), json!({ "outcome": "answered" })).await;
    world.settle().await;
    world.told().await;
    let mut taken = receiver.taken("/crm");
    taken.sort();
    let wanted = [
        "call.answered",
        "call.ended",
        "call.started",
        "callback.finished",
        "callback.ordered",
        "callback.taken",
        "callback.telephoned",
        "operator.status_changed",
    ];
    assert_eq!(taken, wanted);
    let ended = receiver.came().into_iter().find(|came| came.kind() == "call.ended").unwrap();
    assert_eq!(ended.body["data"]["outcome"], "completed");
    assert!(receiver.came().iter().all(|came| !came.raw.contains("000-00") && !came.raw.contains("Pain")));
}

#[tokio::test]
async fn what_is_personal_is_told_only_where_it_was_asked_for() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/plain", &["callback.ordered"]).await;
    let (named, _) = endpoint(&world, &receiver, "/named", &["callback.ordered"]).await;
    let fields = json!({ "fields": ["patient.phone", "patient.name"] });
    world.call(VOLKOVA, "PATCH", &format!("/webhooks/{named}"), Some(fields)).await.ok();
    let request_id = uuid::Uuid::from_bytes(world.context().random()).to_string();
    let order = json!({ "queue_id": "general", "request_id": request_id, "phone": "+74950000001" });
    world.post(ANNA, "/callbacks", order).await;
    world.told().await;
    let at = |path: &str| receiver.came().into_iter().find(|came| came.path == path).unwrap().body["data"].clone();
    assert_eq!(at("/plain")["patient"], Value::Null);
    assert_eq!(at("/named")["patient"], json!({ "name": "Анна Каренина", "phone": "+74950000001" }));
    let kept = &log(&world, &named).await[0]["data"];
    assert_eq!(kept["patient"], Value::Null, "what is personal is kept nowhere");
    let audit = world.get(VOLKOVA, "/audit?action=webhook.changed").await;
    assert_eq!(audit["items"][0]["detail"]["fields"], json!(["patient.name", "patient.phone"]));
}

#[tokio::test]
async fn a_replaced_secret_signs_beside_the_new_one_for_a_day() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, old) = endpoint(&world, &receiver, "/crm", &["consultation.requested"]).await;
    let replaced = world.post(VOLKOVA, &format!("/webhooks/{id}/secret"), json!({})).await;
    let new = replaced["secret"].as_str().unwrap();
    assert_ne!(new, old);
    assert_eq!(replaced["endpoint"]["former_secret_until"], "2023-11-15T22:13:20Z");
    world.ask(ANNA, "general").await;
    world.told().await;
    let first = receiver.came()[0].clone();
    assert_eq!(first.signatures, [signature(new, &first), signature(&old, &first)]);
    world.pass(24 * 3_600);
    world.ask(BORIS, "general").await;
    world.told().await;
    let second = receiver.came().last().unwrap().clone();
    assert_eq!(second.signatures, [signature(new, &second)]);
    assert_eq!(shown(&world, &id).await["former_secret_until"], Value::Null);
    assert!(!world.get(VOLKOVA, "/webhooks").await.to_string().contains("whsec_"), "a secret is shown once");
}

#[tokio::test]
async fn an_endpoint_is_tried_whether_it_is_on_or_off() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, secret) = endpoint(&world, &receiver, "/crm", &["consultation.requested"]).await;
    world.call(VOLKOVA, "PATCH", &format!("/webhooks/{id}"), Some(json!({ "on": false }))).await.ok();
    receiver.plan("/crm", [500]);
    let failed = world.post(VOLKOVA, &format!("/webhooks/{id}/test"), json!({})).await;
    world.told().await;
    let entry = &log(&world, &id).await[0];
    assert_eq!((&entry["id"], &entry["type"]), (&failed["id"], &json!("webhook.test")));
    assert_eq!((&entry["state"], &entry["failure"]), (&json!("dead"), &json!("status")), "a test is tried once");
    world.post(VOLKOVA, &format!("/webhooks/{id}/test"), json!({})).await;
    world.told().await;
    let came = receiver.came().pop().unwrap();
    assert_eq!((came.kind(), &came.signatures), ("webhook.test", &vec![signature(&secret, &came)]));
    assert_eq!(shown(&world, &id).await["failing_since"], Value::Null);
}

#[tokio::test]
async fn an_endpoint_that_is_off_is_told_nothing_and_what_it_missed_can_be_told_later() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &["consultation.requested", "consultation.cancelled"]).await;
    let path = format!("/webhooks/{id}");
    world.call(VOLKOVA, "PATCH", &path, Some(json!({ "on": false }))).await.ok();
    let asked = world.ask(ANNA, "general").await;
    press(&world, ANNA, &asked, "cancel", json!({})).await.ok();
    world.told().await;
    assert_eq!(receiver.came().len(), 0);
    assert_eq!(shown(&world, &id).await["off_reason"], "supervisor");
    let range = json!({ "from": "2023-11-14T22:00:00Z", "to": "2023-11-14T23:00:00Z" });
    let replay = format!("{path}/replay");
    world.call(VOLKOVA, "POST", &replay, Some(range.clone())).await.problem(409, "conflict");
    world.call(VOLKOVA, "PATCH", &path, Some(json!({ "on": true }))).await.ok();
    assert_eq!(world.post(VOLKOVA, &replay, range.clone()).await, json!({ "deliveries": 2, "more": false }));
    world.told().await;
    assert_eq!(receiver.taken("/crm"), ["consultation.requested", "consultation.cancelled"]);
    assert_eq!(world.post(VOLKOVA, &replay, range).await["deliveries"], 0, "nothing is missing any more");
    let all = json!({ "from": "2023-11-14T22:00:00Z", "to": "2023-11-14T23:00:00Z", "only": "all" });
    assert_eq!(world.post(VOLKOVA, &replay, all).await["deliveries"], 2);
    world.told().await;
    let ids: Vec<String> = receiver.came().into_iter().map(|came| came.id).collect();
    assert_eq!(ids[..2], ids[2..], "an event has one id for ever");
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    let world = World::start().await;
    let good = json!({ "url": "https://crm.example/hook", "events": ["call.ended"] });
    for (field, value) in [
        ("url", json!("crm.example")),
        ("url", json!("ftp://crm.example/")),
        ("url", json!("https://user:password@crm.example/")),
        ("url", json!("https://crm.example/#part")),
        ("url", json!(format!("https://crm.example/{}", "x".repeat(2_000)))),
        ("description", json!("x".repeat(201))),
        ("description", json!("two\nlines")),
        ("events", json!([])),
        ("events", json!(["webhook.test"])),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        let answer = world.call(VOLKOVA, "POST", "/webhooks", Some(wrong)).await;
        answer.problem(422, "invalid");
        assert_eq!(answer.body["errors"][0]["field"], field, "{}", answer.body);
    }
    let unknown = json!({ "url": "https://crm.example/", "events": ["call.exploded"] });
    world.call(VOLKOVA, "POST", "/webhooks", Some(unknown)).await.problem(422, "invalid");
    for path in ["/webhooks/none/test", "/webhooks/none/secret", "/webhooks/none/deliveries/msg/replay"] {
        world.call(VOLKOVA, "POST", path, None).await.problem(404, "not-found");
    }
    let made = world.post(VOLKOVA, "/webhooks", good.clone()).await;
    let id = made["endpoint"]["id"].as_str().unwrap();
    let backwards = json!({ "from": "2023-11-15T00:00:00Z", "to": "2023-11-14T00:00:00Z" });
    world.call(VOLKOVA, "POST", &format!("/webhooks/{id}/replay"), Some(backwards)).await.problem(422, "invalid");
    let lost = format!("/webhooks/{id}/deliveries/msg_none/replay");
    world.call(VOLKOVA, "POST", &lost, None).await.problem(404, "not-found");
    assert_eq!(world.call(VOLKOVA, "DELETE", &format!("/webhooks/{id}"), None).await.status, 204);
    assert_eq!(world.get(VOLKOVA, "/webhooks").await["endpoints"], json!([]));
    for _ in 0..20 {
        world.post(VOLKOVA, "/webhooks", good.clone()).await;
    }
    world.call(VOLKOVA, "POST", "/webhooks", Some(good)).await.problem(409, "conflict");
}

#[tokio::test]
async fn a_signed_conclusion_is_told_by_its_number_and_hash_and_without_a_word_of_it() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["conclusion.signed", "conclusion.amended"]).await;
    let talk = world.talk(ANNA, PETROVA).await;
    conclusion::save(&world, PETROVA, &talk, &[("advice", "Rest, said the doctor")]).await.ok();
    let signed = conclusion::sign(&world, PETROVA, &talk).await.ok();
    conclusion::save(&world, PETROVA, &talk, &[("advice", "Rest and tea")]).await.ok();
    conclusion::amend(&world, PETROVA, &talk, "Tea was forgotten").await.ok();
    world.told().await;
    assert_eq!(receiver.taken("/crm"), ["conclusion.signed", "conclusion.amended"]);
    let came = receiver.came();
    let first = &came[0].body["data"];
    assert_eq!(
        (&first["consultation_id"], &first["number"], &first["version"], &first["sha256"]),
        (&talk["id"], &json!(1), &json!(1), &signed["versions"][0]["hash"])
    );
    assert_eq!(came[1].body["data"]["version"], 2);
    assert!(came.iter().all(|one| !one.raw.contains("Rest") && !one.raw.contains("Tea")), "no word of it");
}
