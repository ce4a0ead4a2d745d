//! What the bridge does when the CRM limits, fails, refuses or is away, and when it is itself stopped in the middle.

use serde_json::json;

use crate::crm::Crm;
use crate::world::{World, consultation};

async fn told(world: &World, id: &str, kind: &str, phase: &str, version: i64) -> (u16, Option<u64>) {
    let answer = world.tell(id, kind, consultation("anna", "c1", phase, version)).await;
    (answer.status, answer.retry_after)
}

#[tokio::test]
async fn a_limit_is_heeded_and_the_event_goes_on_where_it_stopped() {
    let world = World::start().await;
    world.crm.plan("POST /deals", 429, Some(17));
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (503, Some(17)));
    let before = world.crm.came().len();
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (204, None));
    let after: Vec<String> = world.crm.came()[before..].iter().map(|came| came.line.clone()).collect();
    assert!(
        after[0].starts_with("GET /deals") && after[1] == "POST /deals",
        "what was done is not done again: {after:?}"
    );
    assert_eq!((world.crm.rows("contacts").len(), world.crm.rows("deals").len()), (1, 1));
    let names: Vec<String> =
        world.crm.came().into_iter().filter(|came| came.line == "POST /deals").map(|came| came.once).collect();
    assert_eq!(names[0], names[1], "a repeated request has its name");
}

#[tokio::test]
async fn an_outage_loses_nothing_and_keeps_the_order() {
    let world = World::start().await;
    world.crm.set_down(true);
    for _ in 0..3 {
        assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (503, Some(5)));
    }
    world.crm.set_down(false);
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (204, None));
    assert_eq!(told(&world, "msg_2", "consultation.taken", "active", 2).await, (204, None));
    assert_eq!(world.crm.rows("deals")[0]["stages"], json!(["new", "in_work"]));
}

#[tokio::test]
async fn a_crm_that_is_not_there_is_waited_for() {
    let [free] = consilium_ports::reserve().unwrap();
    let change = |mapping: String| mapping.replace("https://crm.example/api", &format!("http://{free}/api"));
    let world = World::start_with(Crm::start().await, change).await;
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (503, Some(5)));
    let crm = Crm::start_at(free).await;
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (204, None));
    assert_eq!(crm.rows("deals").len(), 1);
}

#[tokio::test]
async fn a_bridge_that_is_stopped_in_the_middle_goes_on_after_the_restart() {
    let mut world = World::start().await;
    world.crm.plan("POST /deals", 500, None);
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await.0, 503);
    world.restart().await;
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await.0, 204);
    world.restart().await;
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await.0, 204, "it is done");
    assert_eq!(told(&world, "msg_2", "consultation.closed", "archived", 2).await.0, 204);
    assert_eq!((world.crm.rows("contacts").len(), world.crm.rows("deals").len()), (1, 1));
    assert_eq!(world.crm.rows("deals")[0]["stages"], json!(["new", "done"]));
    assert_eq!(world.asked().len(), 1);
}

#[tokio::test]
async fn what_the_crm_made_and_could_not_say_is_found_and_not_made_again() {
    let world = World::start_with(Crm::start().await, |mapping| {
        mapping.replacen("requests_per_second", "timeout_seconds = 1\nrequests_per_second", 1)
    })
    .await;
    world.crm.hold(Some("POST /deals"));
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (503, Some(5)));
    world.crm.hold(None);
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await, (204, None));
    assert_eq!(world.crm.rows("deals").len(), 1);
    assert_eq!(world.crm.done().iter().filter(|line| *line == "POST /deals").count(), 1);
}

#[tokio::test]
async fn an_event_that_comes_again_while_it_is_worked_on_is_done_once() {
    let world = World::start().await;
    world.crm.hold(Some("POST /contacts"));
    let first = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1));
    let again = async {
        world.crm.until_came(2).await;
        let again = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1));
        let (answer, ()) = tokio::join!(again, async { world.crm.hold(None) });
        answer
    };
    let (first, again) = tokio::join!(first, again);
    assert_eq!((first.status, again.status), (204, 204));
    assert_eq!(world.crm.rows("deals")[0]["stages"], json!(["new"]));
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_listed_and_done_when_it_is_sent_again() {
    let world = World::start().await;
    world.crm.plan("POST /deals", 422, None);
    let answer = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    assert_eq!(answer.status, 200, "the conversation goes on");
    assert_eq!(answer.body["given_up"], json!({ "step": "create-deal", "reason": "it was refused", "status": 422 }));
    let dead = world.bridge().store().dead_events().await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].id.as_str(), dead[0].step.as_str(), dead[0].status), ("msg_1", "create-deal", Some(422)));
    assert_eq!(dead[0].at, world.now());
    // The next event brings what it needs.
    assert_eq!(told(&world, "msg_2", "consultation.taken", "active", 2).await.0, 204);
    assert_eq!(world.crm.rows("deals")[0]["stages"], json!(["in_work"]));
    // Sent again by hand, it comes late, and does not move the deal back.
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await.0, 204);
    assert_eq!(world.crm.rows("deals")[0]["stages"], json!(["in_work"]));
    assert!(world.bridge().store().dead_events().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_template_that_finds_nothing_is_given_up_with_its_key() {
    let world = World::start().await;
    let answer = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "of a new kind", 1)).await;
    assert_eq!(answer.status, 200);
    let reason = answer.body["given_up"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("steps.create-deal.body: ") && reason.contains("line 6"), "{reason}");
    assert!(!reason.contains("of a new kind"), "no value is told: {reason}");
}

#[tokio::test]
async fn an_answer_that_is_no_id_or_too_large_or_no_json_does_no_harm() {
    let world = World::start().await;
    // A contact whose id is a list: it cannot be remembered.
    world.crm.insert("contacts", json!({ "id": ["odd"], "external_id": "anna", "name": "Anna" }));
    let answer = world.tell("msg_1", "consultation.requested", consultation("anna", "c1", "queued", 1)).await;
    let reason = answer.body["given_up"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("steps.find-contact.remember.\"patient.contact\": it is no id"), "{reason}");
    world.crm.insert("contacts", json!({ "id": "x".repeat(2 << 20), "external_id": "boris", "name": "Boris" }));
    let answer = world.tell("msg_2", "consultation.requested", consultation("boris", "c2", "queued", 1)).await;
    assert_eq!(answer.body["given_up"]["reason"], "the answer is too large");
}

#[tokio::test]
async fn consilium_that_does_not_answer_is_waited_for_too() {
    let world = World::start().await;
    for status in [503, 401] {
        world.partner_answers(Some(status));
        assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await.0, 503, "{status}");
    }
    world.partner_answers(None);
    assert_eq!(told(&world, "msg_1", "consultation.requested", "queued", 1).await.0, 204);
    assert_eq!(world.crm.rows("contacts").len(), 1);
}
