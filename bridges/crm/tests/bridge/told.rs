//! What the CRM is told by the ready mapping, and whom the bridge believes.

use serde_json::{Value, json};

use crate::crm::Crm;
use crate::world::{World, callback, consultation, sign};

#[tokio::test]
async fn a_consultation_becomes_a_contact_and_a_deal_that_moves() {
    let world = World::start().await;
    for (id, kind, phase, version) in [
        ("msg_1", "consultation.requested", "queued", 1),
        ("msg_2", "consultation.queued", "queued", 1),
        ("msg_3", "consultation.taken", "active", 2),
        ("msg_4", "consultation.closed", "archived", 3),
    ] {
        let answer = world.tell(id, kind, consultation("anna", "c1", phase, version)).await;
        assert_eq!(answer.status, 204, "{kind}: {answer:?}");
    }
    let contacts = world.crm.rows("contacts");
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0]["name"], "Каренина \"Anna\"");
    assert_eq!((&contacts[0]["external_id"], &contacts[0]["email"]), (&json!("anna"), &Value::Null));
    let deals = world.crm.rows("deals");
    assert_eq!(deals.len(), 1);
    assert_eq!((&deals[0]["contact_id"], &deals[0]["pipeline_id"]), (&contacts[0]["id"], &json!(1)));
    assert_eq!(deals[0]["stages"], json!(["new", "new", "in_work", "done"]), "each event once, in their order");
    assert_eq!(deals[0]["closed_at"], "2026-11-28T23:20:00.000Z");
    let numbered = world.asked();
    assert_eq!(numbered.len(), 1, "the contact's number goes onto the card once");
    assert_eq!(numbered[0].line, "PATCH /_consilium/v1/patients/anna");
    assert_eq!(numbered[0].body, json!({ "external_id": contacts[0]["id"].to_string() }));
    let names: Vec<String> =
        world.crm.came().into_iter().map(|came| came.once).filter(|once| !once.is_empty()).collect();
    let mut different = names.clone();
    different.sort();
    different.dedup();
    assert_eq!(names.len(), different.len(), "each request has a name of its own: {names:?}");
}

#[tokio::test]
async fn a_contact_that_is_there_is_used() {
    let world = World::start().await;
    world.crm.insert("contacts", json!({ "id": 7, "external_id": "anna", "name": "Anna K." }));
    world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    assert_eq!(world.crm.rows("contacts").len(), 1);
    assert_eq!(world.crm.rows("deals")[0]["contact_id"], 7);
}

#[tokio::test]
async fn a_contact_that_somebody_makes_meanwhile_is_used() {
    let world = World::start().await;
    // The search finds nothing, and then it is there.
    world.crm.insert("contacts", json!({ "id": 7, "external_id": "anna", "name": "Anna K." }));
    world.crm.plan("GET /contacts", 204, None);
    let answer = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    assert_eq!(answer.status, 204, "{answer:?}");
    let statuses: Vec<u16> = world.crm.came().iter().take(3).map(|came| came.status).collect();
    assert_eq!(statuses, [204, 409, 200]);
    assert_eq!(world.crm.rows("deals")[0]["contact_id"], 7);
}

#[tokio::test]
async fn two_conversations_of_a_patient_at_once_make_one_contact() {
    let world = World::start().await;
    let tell = |at: usize| {
        let (id, of) = (format!("msg_{at}"), format!("c{at}"));
        let world = &world;
        async move { world.tell(&id, "consultation.requested", consultation("anna", &of, "queued", 1)).await.status }
    };
    let statuses = tokio::join!(tell(1), tell(2), tell(3), tell(4));
    assert_eq!(statuses, (204, 204, 204, 204));
    assert_eq!((world.crm.rows("contacts").len(), world.crm.rows("deals").len()), (1, 4));
    assert_eq!(world.crm.done().iter().filter(|line| *line == "POST /contacts").count(), 1);
}

#[tokio::test]
async fn call_backs_become_tasks_with_and_without_a_patient() {
    let world = World::start().await;
    world.tell("msg_1", "callback.ordered", callback(Some("boris"), "b1", 1, None)).await;
    world.tell("msg_2", "callback.ordered", callback(None, "b2", 1, None)).await;
    world.tell("msg_3", "callback.finished", callback(None, "b2", 2, Some("answered"))).await;
    let (contacts, tasks) = (world.crm.rows("contacts"), world.crm.rows("tasks"));
    assert_eq!((contacts.len(), tasks.len()), (1, 2));
    assert_eq!((&tasks[0]["contact_id"], &tasks[0]["status"]), (&contacts[0]["id"], &json!("open")));
    assert_eq!((&tasks[1]["contact_id"], &tasks[1]["status"]), (&Value::Null, &json!("done")));
    assert_eq!((&tasks[1]["phone"], &tasks[1]["outcome"]), (&json!("+74950000002"), &json!("answered")));
}

#[tokio::test]
async fn what_the_mapping_does_not_name_and_a_test_are_taken_and_nothing_is_done() {
    let world = World::start().await;
    for kind in ["participant.joined", "operator.status_changed", "webhook.test", "something.new"] {
        let answer = world.tell("msg_1", kind, json!({ "operator_id": "@p:c", "patient_id": "anna" })).await;
        assert_eq!(answer.status, 204, "{kind}");
    }
    assert!(world.crm.came().is_empty());
}

#[tokio::test]
async fn who_is_not_consilium_is_not_believed() {
    let world = World::start().await;
    let data = consultation("anna", "c1", "queued", 1);
    let body =
        json!({ "type": "consultation.requested", "timestamp": "2026-11-28T23:20:00Z", "data": data }).to_string();
    let now = world.now();
    let good = sign("msg_1", now, &body);
    let forged = sign("msg_1", now, &body.replace("anna", "boris"));
    for (what, id, at, signature) in [
        ("another body", "msg_1", now, forged.as_str()),
        ("another id", "msg_2", now, good.as_str()),
        ("another time", "msg_1", now + 1, good.as_str()),
        ("no signature", "msg_1", now, ""),
        ("another scheme", "msg_1", now, &good.replace("v1,", "v1a,")),
    ] {
        assert_eq!(world.deliver(id, at, signature, body.clone()).await.status, 401, "{what}");
    }
    assert_eq!(world.post("/webhook").body(body.clone()).send().await.unwrap().status(), 401, "no headers");
    world.pass(301);
    assert_eq!(world.deliver("msg_1", now, &good, body.clone()).await.status, 401, "what is too old is a replay");
    assert!(world.crm.came().is_empty());
    let fresh = sign("msg_1", world.now(), &body);
    assert_eq!(world.deliver("msg_1", world.now(), &fresh, body.clone()).await.status, 204);
    let came = world.crm.came().len();
    assert_eq!(world.deliver("msg_1", world.now(), &fresh, body).await.status, 204, "a replay within its time");
    assert_eq!(world.crm.came().len(), came, "… does nothing");
}

#[tokio::test]
async fn what_is_no_event_is_refused() {
    let world = World::start().await;
    for body in ["", "{}", "[]", "{\"type\": 1}", "not json"] {
        let signature = sign("msg_1", world.now(), body);
        assert_eq!(world.deliver("msg_1", world.now(), &signature, body.to_owned()).await.status, 400, "{body}");
    }
    let large = " ".repeat(300 * 1024);
    let signature = sign("msg_1", world.now(), &large);
    assert_eq!(world.deliver("msg_1", world.now(), &signature, large).await.status, 413);
    assert_eq!(world.post("/elsewhere").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn nothing_personal_is_kept() {
    let world = World::start().await;
    world.crm.plan("POST /deals", 422, None);
    world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    world.tell("msg_2", "consultation.taken", consultation("anna", "c1", "active", 2)).await;
    let kept = world.kept();
    let holds = |text: &str| kept.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("msg_1") && holds("anna"), "what is looked for can be found");
    for personal in ["Каренина", "+7495", "7495", crate::crm::TOKEN, crate::world::FROM_CRM] {
        assert!(!holds(personal), "{personal}");
    }
}

#[tokio::test]
async fn a_crm_that_wants_another_sign_in_gets_it() {
    let basic = |mapping: String| {
        let bearer = "auth = { kind = \"bearer\", token = { env = \"CRM_BRIDGE_CRM_TOKEN\" } }";
        assert!(mapping.contains(bearer));
        mapping.replacen(
            bearer,
            "auth = { kind = \"header\", name = \"authorization\", value = { file = \"crm\" } }",
            1,
        )
    };
    let world = World::start_with(Crm::start().await, basic).await;
    let answer = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    // Without `Bearer ` the CRM does not let it in: waiting loses nothing.
    assert_eq!(answer.status, 503);
    assert_eq!(world.crm.came()[0].status, 401);
}
