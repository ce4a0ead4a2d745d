//! One act on several rows: each as by hand, what is refused named row by row, nothing done twice.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use rusqlite::Connection;
use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id};

use crate::merge::two;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn wish(of: &[&Value], act: Value, request_id: &str) -> Value {
    let ids: Vec<&str> = of.iter().map(|one| id(one)).collect();
    json!({ "ids": ids, "act": act, "request_id": request_id })
}

async fn bulk(world: &World, who: &str, of: &[&Value], act: Value) -> Answer {
    world.call(who, "POST", "/consultations/bulk", Some(wish(of, act, &request_id()))).await
}

fn outcomes(answer: &Value) -> Vec<&str> {
    answer["rows"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect()
}

fn refused_as(answer: &Value, row: usize) -> (&str, u64) {
    let problem = &answer["rows"][row]["problem"];
    let slug = problem["type"].as_str().unwrap().strip_prefix("urn:consilium:problem:").unwrap();
    (slug, problem["status"].as_u64().unwrap())
}

async fn tag(world: &World, name: &str) -> Value {
    world.post(VOLKOVA, "/tags", json!({ "names": { "en": name }, "color": "info" })).await
}

async fn operator(world: &World, who: &str) -> Value {
    world.get(who, "/me").await["operator"]["id"].clone()
}

async fn detail(world: &World, of: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", id(of))).await
}

/// Three who wait: two at the practitioner, one at the psychologist, whom nobody of these tests serves but supervisors.
async fn three(world: &World) -> [Value; 3] {
    let all =
        [world.ask(ANNA, "general").await, world.ask(BORIS, "general").await, world.ask("clara", "psychology").await];
    world.settle().await;
    all
}

#[tokio::test]
async fn tags_go_on_and_off_several_and_what_is_not_seen_is_not_there() {
    let world = World::start().await;
    let fever = tag(&world, "Fever").await;
    let [anna, boris, clara] = three(&world).await;
    let act = json!({ "kind": "add_tag", "tag_id": fever["id"] });
    world.call(PETROVA, "PUT", &format!("/consultations/{}/tags/{}", id(&boris), id(&fever)), None).await.ok();
    let answer = bulk(&world, PETROVA, &[&anna, &boris, &clara], act.clone()).await.ok();
    assert_eq!(outcomes(&answer), ["done", "unchanged", "refused"]);
    assert_eq!(refused_as(&answer, 2), ("not-found", 404));
    let absent = bulk(&world, PETROVA, &[&json!({ "id": "unknown" })], act).await.ok();
    assert_eq!(absent["rows"][0]["problem"], answer["rows"][2]["problem"], "as if it were not there");
    let off = json!({ "kind": "remove_tag", "tag_id": fever["id"] });
    let answer = bulk(&world, VOLKOVA, &[&anna, &boris, &clara], off).await.ok();
    assert_eq!(outcomes(&answer), ["done", "done", "unchanged"]);
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&anna))).await.to_string();
    assert_eq!(audit.matches("consultation.tagged").count(), 1);
    assert_eq!(audit.matches("consultation.untagged").count(), 1);
}

#[tokio::test]
async fn supervisors_arrange_what_waits_and_operators_do_not() {
    let world = World::start().await;
    let [anna, boris, clara] = three(&world).await;
    let raise = json!({ "kind": "priority", "step": "raise" });
    let answer = bulk(&world, PETROVA, &[&anna], raise.clone()).await.ok();
    assert_eq!((outcomes(&answer), refused_as(&answer, 0)), (vec!["refused"], ("forbidden", 403)));
    let answer = bulk(&world, VOLKOVA, &[&boris, &clara], raise).await.ok();
    assert_eq!(outcomes(&answer), ["done", "done"]);
    let list = world.get(VOLKOVA, "/consultations?view=waiting&queue=general").await;
    let names: Vec<&str> = list["items"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(names, [id(&boris), id(&anna)], "who was raised comes first");
    let lower = json!({ "kind": "priority", "step": "lower" });
    assert_eq!(outcomes(&bulk(&world, VOLKOVA, &[&boris, &anna], lower).await.ok()), ["done", "unchanged"]);
    assert_eq!(detail(&world, &boris).await["priority"], 0);
    let history = detail(&world, &boris).await["history"].to_string();
    assert!(history.contains("raised") && history.contains("lowered"), "{history}");
}

#[tokio::test]
async fn what_waits_is_given_to_a_queue_or_a_colleague_and_what_is_led_is_handed_on() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let (boris, clara) = (world.ask(BORIS, "general").await, world.ask("clara", "psychology").await);
    world.settle().await;
    let dental = json!({ "kind": "assign", "to": { "queue_id": "dental" }, "note": " Look at the tooth " });
    let answer = bulk(&world, VOLKOVA, &[&talk, &boris, &clara], dental.clone()).await.ok();
    assert_eq!(outcomes(&answer), ["done", "done", "refused"]);
    assert_eq!(refused_as(&answer, 2), ("invalid", 422));
    assert_eq!(answer["rows"][2]["problem"]["errors"][0]["field"], "to", "another circle");
    for moved in [&talk, &boris] {
        let now = detail(&world, moved).await;
        assert_eq!((&now["queue"]["id"], &now["phase"]), (&json!("dental"), &json!("queued")));
        assert_eq!(now["transfer"]["note"], "Look at the tooth");
    }
    assert_eq!(outcomes(&bulk(&world, VOLKOVA, &[&boris], dental).await.ok()), ["unchanged"]);

    let sokolov = operator(&world, SOKOLOV).await;
    let named = json!({ "kind": "assign", "to": { "operator_id": sokolov }, "note": "Knows her" });
    assert_eq!(outcomes(&bulk(&world, VOLKOVA, &[&boris], named).await.ok()), ["done"]);
    let given = world.get(SOKOLOV, &format!("/consultations/{}", id(&boris))).await;
    assert_eq!(given["transfer"]["to"]["id"], sokolov, "he sees it now, though he does not serve its queue");
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&boris)), json!({})).await;

    let lost = json!({ "kind": "assign", "to": { "operator_id": "unknown" }, "note": "n" });
    let answer = bulk(&world, VOLKOVA, &[&talk], lost).await.ok();
    assert_eq!(refused_as(&answer, 0), ("invalid", 422));
}

#[tokio::test]
async fn a_macro_closes_what_may_be_closed_and_says_of_each_why_not() {
    let world = World::start().await;
    let done = tag(&world, "Done").await;
    let ending = json!({ "kind": "close", "note": "Thank you" });
    let content =
        json!({ "title": "Close", "shortcut": "close", "note": "Was done", "add_tags": [id(&done)], "ending": ending });
    let which = world.post(VOLKOVA, "/macros", content).await;
    let act = json!({ "kind": "macro", "macro_id": which["id"], "version": which["version"] });
    let (own, others) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, SOKOLOV).await);
    let clara = world.ask("clara", "general").await;
    world.settle().await;
    let request = request_id();
    let body = wish(&[&own, &others, &clara], act.clone(), &request);
    let answer = world.call(PETROVA, "POST", "/consultations/bulk", Some(body.clone())).await.ok();
    assert_eq!(outcomes(&answer), ["done", "refused", "refused"]);
    assert_eq!(refused_as(&answer, 1), ("not-found", 404), "she sees nothing of his");
    assert_eq!(
        (refused_as(&answer, 2), &answer["rows"][2]["problem"]["macro_step"]),
        (("conflict", 409), &json!("close"))
    );
    assert_eq!(detail(&world, &own).await["phase"], "archived");
    let waits = detail(&world, &clara).await;
    assert_eq!((&waits["phase"], waits["tags"].as_array().unwrap().len()), (&json!("queued"), 0), "nothing half done");
    // The answer was lost: the same request does nothing twice.
    let again = world.call(PETROVA, "POST", "/consultations/bulk", Some(body)).await.ok();
    assert_eq!(outcomes(&again), ["done", "refused", "refused"]);
    let notes = world.get(VOLKOVA, &format!("/conversations/{}/notes", own["conversation_id"].as_str().unwrap())).await;
    assert_eq!(notes["items"].as_array().unwrap().len(), 1);
    assert_eq!(outcomes(&bulk(&world, VOLKOVA, &[&others], act).await.ok()), ["done"], "a supervisor closes anybody's");
}

#[tokio::test]
async fn a_request_that_comes_twice_does_nothing_twice_and_goes_on_where_it_stopped() {
    let world = World::start().await;
    let [anna, boris, _] = three(&world).await;
    let (raise, request) = (json!({ "kind": "priority", "step": "raise" }), request_id());
    let ask = async |of: &[&Value], act: &Value| {
        world.call(VOLKOVA, "POST", "/consultations/bulk", Some(wish(of, act.clone(), &request))).await.ok()
    };
    assert_eq!(outcomes(&ask(&[&anna], &raise).await), ["done"]);
    assert_eq!(outcomes(&ask(&[&anna, &boris], &raise).await), ["done", "done"]);
    assert_eq!(detail(&world, &anna).await["priority"], 1);
    let other = ask(&[&anna], &json!({ "kind": "priority", "step": "lower" })).await;
    assert_eq!(refused_as(&other, 0), ("conflict", 409));
    assert_eq!(detail(&world, &boris).await["priority"], 1, "what does something else changes nothing");
}

#[tokio::test]
async fn what_cannot_be_asked_for_at_all_is_refused_as_a_whole() {
    let world = World::start().await;
    let [anna, ..] = three(&world).await;
    let raise = json!({ "kind": "priority", "step": "raise" });
    let writes = json!({ "title": "Hello", "shortcut": "hello", "texts": { "en": "Hello" } });
    let writes = world.post(VOLKOVA, "/macros", writes).await;
    let many: Vec<String> = (0..=200).map(|number| format!("c-{number}")).collect();
    for (ids, act, field) in [
        (json!([]), raise.clone(), "ids"),
        (json!(many), raise.clone(), "ids"),
        (json!([id(&anna), id(&anna)]), raise, "ids"),
        (json!([id(&anna)]), json!({ "kind": "assign", "to": { "queue_id": "dental" }, "note": " " }), "act.note"),
        (json!([id(&anna)]), json!({ "kind": "macro", "macro_id": writes["id"], "version": 1 }), "act.macro_id"),
        (json!([id(&anna)]), json!({ "kind": "erase" }), "body"),
    ] {
        let body = json!({ "ids": ids, "act": act, "request_id": request_id() });
        let refused = world.call(VOLKOVA, "POST", "/consultations/bulk", Some(body)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{}", refused.body);
    }
    for act in [
        json!({ "kind": "add_tag", "tag_id": "unknown" }),
        json!({ "kind": "macro", "macro_id": "unknown", "version": 1 }),
    ] {
        bulk(&world, VOLKOVA, &[&anna], act).await.problem(404, "not-found");
    }
    assert_eq!(detail(&world, &anna).await["priority"], 0);
}

#[tokio::test]
async fn rows_are_carried_away_as_a_table_by_who_sees_them_and_that_is_written_down() {
    let world = World::start().await;
    let [anna, boris, clara] = three(&world).await;
    let fever = tag(&world, "=Fever").await;
    world.call(PETROVA, "PUT", &format!("/consultations/{}/tags/{}", id(&anna), id(&fever)), None).await.ok();
    let ids = json!({ "ids": [id(&anna), id(&boris), id(&clara)] });
    let answer = world.call(PETROVA, "POST", "/consultations/export", Some(ids)).await.ok();
    assert_eq!(outcomes(&answer), ["done", "done", "refused"]);
    let table = answer["table"].as_str().unwrap();
    assert_eq!(table.lines().count(), 3, "a head and two: {table}");
    assert!(table.starts_with("id,requested_at,patient_id,patient,"), "{table}");
    assert!(table.contains("'=Fever") && !table.contains(id(&clara)), "{table}");
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&anna))).await.to_string();
    assert_eq!(audit.matches("consultation.row_exported").count(), 1);

    let patient = detail(&world, &anna).await["patient"]["id"].clone();
    let body = json!({ "ids": [patient, "unknown"] });
    world.call(PETROVA, "POST", "/patients/export", Some(body.clone())).await.problem(403, "forbidden");
    let answer = world.call(VOLKOVA, "POST", "/patients/export", Some(body)).await.ok();
    assert_eq!(outcomes(&answer), ["done", "refused"]);
    assert!(answer["table"].as_str().unwrap().contains("Анна Каренина"), "{answer}");
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", patient.as_str().unwrap())).await.to_string();
    assert_eq!(audit.matches("patient.row_exported").count(), 1);
}

#[tokio::test]
async fn a_table_of_patients_is_one_transaction_and_an_entry_for_each() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let ids = json!({ "ids": [anna, "unknown", boris] });
    let entries = async || world.get(VOLKOVA, "/audit?action=patient.row_exported").await;
    // Where the last of them cannot be written down, none is, and nothing is given out.
    let database = Connection::open(world.data_folder().join("consult.db")).unwrap();
    let refuse = format!(
        "CREATE TRIGGER refuses BEFORE INSERT ON audit WHEN NEW.action = 'patient.row_exported' AND NEW.subject_id = '{boris}'
         BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
    );
    database.execute_batch(&refuse).unwrap();
    let refused = world.call(VOLKOVA, "POST", "/patients/export", Some(ids.clone())).await;
    assert!(refused.status.is_server_error() && refused.body.get("table").is_none(), "{}", refused.body);
    database.execute_batch("DROP TRIGGER refuses").unwrap();
    assert_eq!(entries().await["total"], 0);
    let answer = world.call(VOLKOVA, "POST", "/patients/export", Some(ids)).await.ok();
    assert_eq!(outcomes(&answer), ["done", "refused", "done"]);
    assert_eq!(answer["table"].as_str().unwrap().lines().count(), 3, "{answer}");
    let log = entries().await;
    let of: Vec<&Value> = log["items"].as_array().unwrap().iter().map(|entry| &entry["subject"]["id"]).collect();
    assert_eq!(of, [&json!(boris), &json!(anna)], "an entry for each that was given out, in their order");
}

#[tokio::test]
async fn whose_account_is_deleted_is_in_no_table_and_that_is_no_entry() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let body = json!({ "confirm": "delete", "reason": "A written request" });
    let deleted = world.call(VOLKOVA, "POST", &format!("/patients/{anna}/deletion"), Some(body)).await;
    assert!(deleted.status.is_success(), "{}", deleted.body);
    let answer = world.call(VOLKOVA, "POST", "/patients/export", Some(json!({ "ids": [anna, boris] }))).await.ok();
    assert_eq!((outcomes(&answer), refused_as(&answer, 0)), (vec!["refused", "done"], ("erased", 410)));
    let entries = world.get(VOLKOVA, "/audit?action=patient.row_exported").await;
    assert_eq!((&entries["total"], &entries["items"][0]["subject"]["id"]), (&json!(1), &json!(boris)));
}
