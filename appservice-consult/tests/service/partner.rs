//! What partners' systems do by a key: patients found and changed, consultations and call-backs opened, listed and read; what they are never told.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use support::partner::{Partner, SCOPES, anna};
use support::receiver::Receiver;
use support::{ANNA, Answer, BORIS, PETROVA, VOLKOVA, World};

fn actions(acts: &[Value]) -> Vec<&str> {
    acts.iter().rev().map(|act| act["action"].as_str().unwrap()).collect()
}

async fn patched(crm: &Partner<'_>, patient: &str, change: Value) -> Answer {
    crm.call("PATCH", &format!("/patients/{patient}"), Some(change)).await
}

#[tokio::test]
async fn a_patient_is_found_by_login_matrix_id_number_and_name() {
    let world = World::start().await;
    let patient = anna(&world).await;
    world.get(BORIS, "/me").await;
    let crm = Partner::with(&world, "CRM", &["patients:read", "patients:write"]).await;
    patched(&crm, &patient, json!({ "external_id": "crm/7", "phone": "+7 495 000-00-01" })).await.ok();
    for query in ["user=anna", "user=ANNA", "user=%40anna%3Ahs.test", "external_id=crm%2F7", "q=%2B74950000001"] {
        let found = crm.get(&format!("/patients?{query}")).await;
        assert_eq!((&found["total"], &found["items"][0]["id"]), (&json!(1), &json!(patient)), "{query}");
    }
    assert_eq!(crm.get("/patients").await["total"], 2);
    for query in ["user=petrova", "user=nobody", "user=%40anna%3Aelsewhere.test", "external_id=crm%2F8"] {
        assert_eq!(crm.get(&format!("/patients?{query}")).await["items"], json!([]), "{query}");
    }
    let acts = crm.acts().await;
    assert!(acts.iter().filter(|act| act["action"] == "patient.listed").count() == 10, "each list is recorded");
    assert_eq!(acts[0]["detail"], json!({ "patients": 0, "by": "external_id" }));
}

#[tokio::test]
async fn a_card_is_read_and_changed_and_the_log_names_the_key() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &["patients:read", "patients:write"]).await;
    let change = json!({
        "name": "Anna Karenina", "birth_date": "1990-02-03", "sex": "female", "phone": "+7 (495) 000-00-01",
        "email": "anna@example.org", "insurance": "Policy 7", "external_id": "crm-7",
    });
    let changed = patched(&crm, &patient, change).await.ok();
    assert_eq!((&changed["phone"], &changed["external_id"]), (&json!("+74950000001"), &json!("crm-7")));
    let read = crm.get(&format!("/patients/{patient}")).await;
    assert_eq!((&read["name"], &read["insurance"]), (&json!("Anna Karenina"), &json!("Policy 7")));
    assert_eq!(read["conversations"], Value::Null, "rooms are not a partner's");
    assert_eq!(world.get(VOLKOVA, &format!("/patients/{patient}")).await["external_id"], "crm-7");
    patched(&crm, &patient, json!({ "phone": null })).await.ok();
    let acts = crm.acts().await;
    let wanted = ["patient.changed", "patient.read", "patient.read", "patient.changed", "patient.read"];
    assert_eq!(actions(&acts), wanted);
    assert!(acts.iter().all(|act| act["actor"]["role"] == "partner" && act["actor"]["name"] == "CRM"), "{acts:?}");
    assert_eq!(acts[1]["detail"], json!({ "fields": ["phone"] }));
    world.call(VOLKOVA, "PATCH", &format!("/api-keys/{}", crm.id), Some(json!({ "name": "ERP" }))).await.ok();
    assert_eq!(crm.acts().await[0]["actor"]["name"], "ERP", "the log shows the name of today");
}

#[tokio::test]
async fn who_may_only_write_reads_nothing_back() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let feed = Partner::with(&world, "Feed", &["patients:write"]).await;
    let answer = patched(&feed, &patient, json!({ "insurance": "Policy 7" })).await;
    assert_eq!((answer.status.as_u16(), answer.body), (204, Value::Null));
    feed.call("GET", &format!("/patients/{patient}"), None).await.problem(403, "forbidden");
    assert_eq!(actions(&feed.acts().await), ["patient.changed"]);
}

#[tokio::test]
async fn what_cannot_be_on_a_card_is_refused_and_two_patients_have_no_number_in_common() {
    let world = World::start().await;
    let patient = anna(&world).await;
    world.get(BORIS, "/me").await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let boris = crm.get("/patients?user=boris").await["items"][0]["id"].as_str().unwrap().to_owned();
    patched(&crm, &patient, json!({ "external_id": "7" })).await.ok();
    let taken = patched(&crm, &boris, json!({ "external_id": "7" })).await;
    taken.problem(409, "conflict");
    assert_eq!(taken.body["detail"], "Another patient has this `external_id`.");
    patched(&crm, &patient, json!({ "external_id": "" })).await.ok();
    patched(&crm, &boris, json!({ "external_id": "7" })).await.ok();
    for (field, value) in [
        ("external_id", json!("x".repeat(101))),
        ("external_id", json!("a\nb")),
        ("birth_date", json!("2090-01-01")),
        ("phone", json!("call me")),
        ("email", json!("nowhere")),
        ("name", json!(" ")),
    ] {
        let refused = patched(&crm, &boris, json!({ field: value })).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field);
    }
    for (method, path) in [
        ("GET", "/patients/none"),
        ("PATCH", "/patients/none"),
        ("GET", "/consultations/none"),
        ("GET", "/callbacks/none"),
    ] {
        crm.call(method, path, Some(json!({}))).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_consultation_is_opened_for_a_patient_who_sees_it_and_an_operator_takes_it() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    crate::webhook::endpoint(&world, &receiver, "/crm", &["consultation.requested"]).await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &["consultations:open", "consultations:read"]).await;
    let body = json!({ "queue_id": "general" });
    let answer = crm.call("POST", &format!("/patients/{patient}/consultations"), Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let opened = answer.body;
    assert_eq!((&opened["phase"], &opened["patient_id"]), (&json!("queued"), &json!(patient)));
    world.settle().await;
    let own = &world.get(ANNA, "/consultations").await["items"][0];
    assert_eq!(own["id"], opened["id"], "she sees it as her own");
    let said = world.lines(own).await;
    assert_eq!(said.iter().filter(|line| line["kind"] == "queued").count(), 1, "the service says that it came");
    world.homeserver.join(own["room_id"].as_str().unwrap(), &support::user(ANNA));
    let id = opened["id"].as_str().unwrap();
    world.post(PETROVA, &format!("/consultations/{id}/take"), json!({})).await;
    world.settle().await;
    let detail = world.get(PETROVA, &format!("/consultations/{id}")).await;
    assert_eq!(detail["history"][0]["actor"], json!({ "kind": "partner", "name": "CRM" }));
    let read = crm.get(&format!("/consultations/{id}")).await;
    assert_eq!((&read["phase"], &read["participants"][0]["name"]), (&json!("active"), &json!("Dr Petrova")));
    assert_eq!(actions(&crm.acts().await), ["consultation.requested"]);
    world.told().await;
    assert_eq!(receiver.taken("/crm"), ["consultation.requested"]);
}

#[tokio::test]
async fn at_most_one_is_open_and_what_cannot_be_opened_says_why() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let (consultations, callbacks) =
        (format!("/patients/{patient}/consultations"), format!("/patients/{patient}/callbacks"));
    let general = json!({ "queue_id": "general" });
    let opened = crm.call("POST", &consultations, Some(general.clone())).await.ok();
    let again = crm.call("POST", &consultations, Some(general.clone())).await;
    again.problem(409, "conflict");
    assert_eq!((&again.body["consultation_id"], &again.body["phase"]), (&opened["id"], &json!("queued")));
    let ordered = crm.call("POST", &callbacks, Some(general.clone())).await.ok();
    let again = crm.call("POST", &callbacks, Some(general.clone())).await;
    again.problem(409, "conflict");
    assert_eq!(again.body["callback_id"], ordered["id"]);
    for (path, body, status) in [
        (&consultations, json!({ "queue_id": "nowhere" }), 422),
        (&consultations, json!({}), 422),
        (&consultations, json!({ "queue_id": "general", "text": "It hurts" }), 422),
        (&callbacks, json!({ "queue_id": "nowhere" }), 422),
        (&callbacks, json!({ "queue_id": "general", "phone": "call me" }), 422),
        (&callbacks, json!({ "queue_id": "general", "reason": "x".repeat(1_001) }), 422),
        (&callbacks, json!({ "queue_id": "general", "time_zone": "Moscow" }), 422),
    ] {
        crm.call("POST", path, Some(body)).await.problem(status, "invalid");
    }
    for what in ["consultations", "callbacks"] {
        crm.call("POST", &format!("/patients/none/{what}"), Some(general.clone())).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_call_back_is_ordered_for_a_patient_and_its_answer_holds_nothing_personal() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &["callbacks:open", "callbacks:read"]).await;
    let order = json!({ "queue_id": "general", "phone": "+7 495 000-00-01", "reason": "Tooth pain" });
    let ordered = crm.call("POST", &format!("/patients/{patient}/callbacks"), Some(order)).await.ok();
    assert_eq!((&ordered["source"], &ordered["patient_id"]), (&json!("partner"), &json!(patient)));
    world.settle().await;
    let own = &world.get(ANNA, "/callbacks").await["items"][0];
    assert_eq!((&own["reason"], &own["phone"]), (&json!("Tooth pain"), &json!("+74950000001")));
    let id = ordered["id"].as_str().unwrap();
    world.post(PETROVA, &format!("/callbacks/{id}/take"), json!({})).await;
    world.post(PETROVA, &format!("/callbacks/{id}/done"), json!({ "outcome": "answered", "note": "Root canal" })).await;
    world.settle().await;
    let detail = world.get(PETROVA, &format!("/callbacks/{id}")).await;
    assert_eq!(detail["history"][0]["actor"], json!({ "kind": "partner", "name": "CRM" }));
    let (read, listed) = (crm.get(&format!("/callbacks/{id}")).await, crm.get("/callbacks?view=ended").await);
    assert_eq!((&read["outcome"], &listed["items"][0]["id"]), (&json!("answered"), &json!(id)));
    for answer in [&ordered, &read, &listed] {
        for private in ["Tooth", "Root", "+7495", "Каренина"] {
            assert!(!answer.to_string().contains(private), "{private}: {answer}");
        }
    }
}

#[tokio::test]
async fn lists_are_narrowed_and_hold_no_word_of_what_was_said_or_written() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let (id, room) = (talk["id"].as_str().unwrap(), talk["room_id"].as_str().unwrap());
    world.say(ANNA, room, "My head hurts").await;
    let transfer = json!({ "to": { "queue_id": "dental" }, "note": "Suspected migraine" });
    world.post(PETROVA, &format!("/consultations/{id}/transfer"), transfer).await;
    world.ask(BORIS, "general").await;
    world.settle().await;
    let crm = Partner::with(&world, "CRM", &["consultations:read"]).await;
    let all = crm.get("/consultations").await;
    assert_eq!(all["total"], 2);
    assert_eq!(crm.get(&format!("/consultations?patient={patient}")).await["items"][0]["id"], id);
    assert_eq!(crm.get("/consultations?view=waiting&queue=dental").await["total"], 1);
    let one = crm.get(&format!("/consultations/{id}")).await;
    assert_eq!(one["message_count"], 1);
    for answer in [&all, &one] {
        for private in ["head", "migraine", "Каренина", "!", "$"] {
            assert!(!answer.to_string().contains(private), "{private}: {answer}");
        }
    }
    for query in ["q=Anna", "view=mine", "sort=patient", "cursor=zzz", "limit=-1"] {
        crm.call("GET", &format!("/consultations?{query}"), None).await.problem(400, "invalid");
    }
    let calls = Partner::with(&world, "Calls", &["callbacks:read"]).await;
    for query in ["q=Anna", "view=mine", "cursor=zzz"] {
        calls.call("GET", &format!("/callbacks?{query}"), None).await.problem(400, "invalid");
    }
    for path in [format!("/archive/{id}"), "/archive".to_owned(), format!("/patients/{patient}/notes")] {
        crm.call("GET", &path, None).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_retry_gets_the_first_answer_whatever_has_happened_since() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let path = format!("/patients/{patient}/consultations");
    let body = json!({ "queue_id": "general" });
    let (first, is_replay) = crm.open(&path, body.clone(), "order-1").await;
    assert!(first.status == 201 && !is_replay, "{}", first.body);
    world.settle().await;
    world.post(PETROVA, &format!("/consultations/{}/take", first.body["id"].as_str().unwrap()), json!({})).await;
    let (second, is_replay) = crm.open(&path, body.clone(), "order-1").await;
    assert_eq!((second.status.as_u16(), is_replay, &second.body), (201, true, &first.body));
    let (other, _) = crm.open(&format!("/patients/{patient}/callbacks"), body.clone(), "order-1").await;
    other.problem(422, "invalid");
    assert_eq!(other.body["errors"][0]["field"], "Idempotency-Key");
    let erp = Partner::with(&world, "ERP", &SCOPES).await;
    erp.open(&path, body.clone(), "order-1").await.0.problem(409, "conflict");
    for name in ["", "a b", &"x".repeat(256)] {
        crm.open(&path, body.clone(), name).await.0.problem(400, "invalid");
    }
    assert_eq!(world.get(VOLKOVA, "/consultations").await["total"], 1);
}

#[tokio::test]
async fn what_was_refused_may_be_mended_under_the_same_name() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let path = format!("/patients/{patient}/callbacks");
    crm.open(&path, json!({ "queue_id": "general", "phone": "x" }), "1").await.0.problem(422, "invalid");
    let (mended, is_replay) = crm.open(&path, json!({ "queue_id": "general" }), "1").await;
    assert!(mended.status == 201 && !is_replay, "{}", mended.body);
}

#[tokio::test]
async fn many_retries_at_once_open_one_thing() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let path = format!("/patients/{patient}/callbacks");
    let tries = (0..8).map(|_| crm.open(&path, json!({ "queue_id": "general" }), "1"));
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|(_, is_replay)| !is_replay).count(), 1);
    assert!(answers.iter().all(|(answer, _)| answer.status == 201 && answer.body == answers[0].0.body));
}

#[tokio::test]
async fn a_lost_answer_of_the_homeserver_leaves_nothing_half_open() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let path = format!("/patients/{patient}/consultations");
    world.homeserver.lose_created_room.store(true, Ordering::SeqCst);
    crm.open(&path, json!({ "queue_id": "general" }), "1").await.0.problem(503, "unavailable");
    let (opened, is_replay) = crm.open(&path, json!({ "queue_id": "general" }), "1").await;
    assert!(opened.status == 201 && !is_replay, "{}", opened.body);
    assert_eq!((world.homeserver.rooms(), &world.get(VOLKOVA, "/consultations").await["total"]), (1, &json!(1)));
}
