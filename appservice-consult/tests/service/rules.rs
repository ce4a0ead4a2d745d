//! Rules of the desk: kept as settings are, run with the step that they follow, and each run in the log.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, until_event};

use crate::questionnaire::{answer, ask as ask_with, asks, calm};
use crate::retention::{DAY_SECONDS, close, days, erase, id, sealed};
use crate::settings::{document, put, restore, set};

const ASKED: &str = "consultation.requested";

pub fn content(event: &str, conditions: Value, actions: Value) -> Value {
    json!({ "name": { "en": "A rule", "ru": "Правило" }, "event": event, "conditions": conditions, "actions": actions })
}

/// Makes a rule.
pub async fn rule(world: &World, id: &str, event: &str, conditions: Value, actions: Value) {
    let content = content(event, conditions, actions);
    put(world, VOLKOVA, &format!("rule.{id}"), &json!(0), content).await.ok();
}

async fn tag(world: &World, name: &str) -> String {
    let tag = world.post(VOLKOVA, "/tags", json!({ "names": { "en": name }, "color": "info" })).await;
    id(&tag).to_owned()
}

/// What rules did, newest first.
pub async fn runs(world: &World, query: &str) -> Vec<Value> {
    world.get(VOLKOVA, &format!("/rules/runs{query}")).await["items"].as_array().unwrap().clone()
}

fn outcomes(run: &Value) -> Vec<(&str, &str)> {
    let done = run["done"].as_array().unwrap().iter();
    done.map(|one| (one["action"].as_str().unwrap(), one["outcome"].as_str().unwrap())).collect()
}

async fn detail(world: &World, talk: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", id(talk))).await
}

fn tags(detail: &Value) -> Vec<&str> {
    detail["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect()
}

fn history(detail: &Value) -> Vec<&str> {
    detail["history"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect()
}

async fn attempt(world: &World, content: Value, last: Value) -> Answer {
    world.call(VOLKOVA, "POST", "/rules/try", Some(json!({ "content": content, "last": last }))).await
}

async fn notes(world: &World, talk: &Value) -> Vec<Value> {
    let path = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    world.get(VOLKOVA, &path).await["items"].as_array().unwrap().clone()
}

/// One round of the timer, after a while.
async fn later(world: &World, seconds: i64) {
    world.pass(seconds);
    consilium_consult::timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

fn fields(answer: &Answer) -> Vec<&str> {
    answer.body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_rule_is_a_section_with_versions_an_order_and_a_way_back() {
    let world = World::start().await;
    rule(&world, "night", ASKED, json!({ "hours": "outside" }), json!({ "alarm": true })).await;
    rule(&world, "all", ASKED, json!({}), json!({ "note": "Hello" })).await;
    let kept = document(&world, "rule.night").await;
    let section = &kept["section"];
    assert_eq!(
        (&section["kind"], &section["title"], &section["version"]),
        (&json!("rule"), &json!("A rule"), &json!(1))
    );
    assert_eq!((&kept["content"]["on"], &kept["content"]["actions"]["move_to"]), (&json!(true), &Value::Null));
    set(&world, "rule.night", "/on", json!(false)).await;
    set(&world, "rules", "/order", json!(["all", "night"])).await;
    assert_eq!(restore(&world, "rule.night", 1).await.ok()["content"]["on"], true);
    let toml = world.send(VOLKOVA, "GET", "/settings/export", None).await;
    assert_eq!(toml.status(), 200);
    let audit = world.get(VOLKOVA, "/audit?subject=rule.night").await;
    assert_eq!(audit["total"], 3);
    let world = world.restart().await;
    assert_eq!(document(&world, "rules").await["content"]["order"], json!(["all", "night"]));
    let gone = put(&world, VOLKOVA, "rule.all", &json!(1), Value::Null).await.ok();
    assert_eq!(gone["section"]["is_there"], false);
    put(&world, PETROVA, "rule.all", &json!(2), content(ASKED, json!({}), json!({ "alarm": true })))
        .await
        .problem(403, "forbidden");
}

#[tokio::test]
async fn what_cannot_be_a_rule_is_refused_by_its_field() {
    let world = World::start().await;
    let gone = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Gone" }, "color": "info" })).await;
    let body = json!({ "version": 1, "names": { "en": "Gone" }, "color": "info", "archived": true });
    world.call(VOLKOVA, "PUT", &format!("/tags/{}", id(&gone)), Some(body)).await.ok();
    for (event, conditions, actions, field) in [
        (ASKED, json!({}), json!({}), "actions"),
        (ASKED, json!({ "tags": ["nothing"] }), json!({ "alarm": true }), "conditions.tags"),
        (ASKED, json!({}), json!({ "add_tags": ["nothing"] }), "actions.add_tags"),
        (ASKED, json!({}), json!({ "add_tags": [id(&gone)] }), "actions.add_tags"),
        (ASKED, json!({}), json!({ "remove_tags": ["nothing"] }), "actions.remove_tags"),
        (ASKED, json!({ "queues": ["nowhere"] }), json!({ "alarm": true }), "conditions.queues"),
        (ASKED, json!({}), json!({ "move_to": "nowhere" }), "actions.move_to"),
        ("consultation.closed", json!({}), json!({ "raise_priority_to": 5 }), "actions.raise_priority_to"),
        ("callback.ordered", json!({ "red_flag": true }), json!({ "alarm": true }), "conditions.red_flag"),
        ("consultation.silence_ended", json!({}), json!({ "alarm": true }), "conditions.silent_minutes"),
    ] {
        let content = content(event, conditions, actions);
        let refused = put(&world, VOLKOVA, "rule.new", &json!(0), content.clone()).await;
        refused.problem(422, "invalid");
        assert_eq!(fields(&refused), [field]);
        let tried = attempt(&world, content, json!(10)).await;
        tried.problem(422, "invalid");
        assert_eq!(fields(&tried), [field], "a try refuses the same");
    }
    // What is out of use may be taken off still.
    rule(&world, "old", ASKED, json!({}), json!({ "remove_tags": [id(&gone)] })).await;
    world.call(VOLKOVA, "GET", "/settings/rule.new", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_red_flag_does_everything_that_its_rule_says_and_the_log_tells_it() {
    let world = World::start_as(asks).await;
    let urgent = tag(&world, "Urgent").await;
    let actions = json!({ "add_tags": [urgent], "raise_priority_to": 40, "note": " Call first. ", "alarm": true });
    rule(&world, "flag", "consultation.red_flag", json!({ "queues": ["general"] }), actions).await;
    let stream = world.send(VOLKOVA, "GET", "/events", None).await.into_body().into_data_stream();

    let calm = ask_with(&world, BORIS, json!([answer("fever", false)])).await.ok();
    assert!(runs(&world, "").await.is_empty());
    let talk = ask_with(&world, ANNA, json!([answer("fever", true), answer("signs", json!(["breath"]))])).await.ok();
    let shown = detail(&world, &talk).await;
    assert_eq!((tags(&shown), &shown["priority"]), (vec!["Urgent"], &json!(40)));
    assert_eq!(history(&shown), ["requested", "raised"]);
    let notes = notes(&world, &talk).await;
    assert_eq!((&notes[0]["text"], &notes[0]["author"]["name"]), (&json!("Call first."), &json!("Rule")));
    assert_eq!(detail(&world, &calm).await["tags"], json!([]));

    let log = runs(&world, &format!("?consultation_id={}", id(&talk))).await;
    assert_eq!(log.len(), 1);
    let run = &log[0];
    assert_eq!(outcomes(run), [("add_tag", "done"), ("raise_priority", "done"), ("note", "done"), ("alarm", "done")]);
    assert_eq!(
        (&run["rule_id"], &run["rule_name"], &run["rule_version"]),
        (&json!("flag"), &json!("A rule"), &json!(1))
    );
    assert_eq!((&run["event"], &run["consultation_id"]), (&json!("consultation.red_flag"), &talk["id"]));
    until_event(stream, "rule", |told| told["run_id"] == run["id"]).await;
    let audit = world.get(VOLKOVA, "/audit?action=consultation.rule_run").await;
    assert_eq!((&audit["items"][0]["detail"]["rule"], audit["total"].as_i64()), (&json!("flag"), Some(1)));
    let tagged = world.get(VOLKOVA, "/audit?action=consultation.tagged").await;
    assert_eq!(tagged["items"][0]["detail"]["rule"], "flag");
    // The author of its note is nobody who works here.
    let operators = world.get(VOLKOVA, "/operators").await.to_string();
    assert!(!operators.contains("\"rules\""), "{operators}");
}

#[tokio::test]
async fn a_red_flag_that_is_answered_anew_runs_its_rules_too() {
    let world = World::start_as(asks).await;
    rule(&world, "flag", "consultation.red_flag", json!({}), json!({ "raise_priority_to": 40 })).await;
    let talk = ask_with(&world, ANNA, calm()).await.ok();
    let path = format!("/consultations/{}/answers", id(&talk));
    // A second flag is no second event.
    for signs in [json!(["breath"]), json!(["breath", "rash"])] {
        let seen = world.get(ANNA, &path).await["answered_at"].clone();
        let body = json!({ "answers": [answer("fever", true), answer("signs", signs)], "based_on": seen });
        world.call(ANNA, "PUT", &path, Some(body)).await.ok();
        assert_eq!((runs(&world, "").await.len(), &detail(&world, &talk).await["priority"]), (1, &json!(40)));
    }
}

#[tokio::test]
async fn an_alarm_stands_until_one_supervisor_has_seen_it() {
    let world = World::start().await;
    rule(&world, "all", ASKED, json!({}), json!({ "alarm": true })).await;
    rule(&world, "quiet", ASKED, json!({}), json!({ "note": "n" })).await;
    world.ask(ANNA, "general").await;
    let open = runs(&world, "?open_alarms=true").await;
    assert_eq!((open.len(), &open[0]["alarm"]["seen_at"]), (1, &Value::Null));
    let path = format!("/rules/runs/{}/seen", id(&open[0]));
    world.call(PETROVA, "POST", &path, None).await.problem(403, "forbidden");
    let seen = world.call(VOLKOVA, "POST", &path, None).await.ok();
    assert_eq!(seen["alarm"]["seen_by"]["name"], "Ms Volkova");
    assert_eq!(world.call(VOLKOVA, "POST", &path, None).await.ok()["alarm"], seen["alarm"], "the same press again");
    assert!(runs(&world, "?open_alarms=true").await.is_empty());
    assert_eq!(world.get(VOLKOVA, "/audit?action=rule.alarm_seen").await["total"], 1);
    let quiet = runs(&world, "?rule_id=quiet").await;
    for nobodys in [id(&quiet[0]), "nobody"] {
        world.call(VOLKOVA, "POST", &format!("/rules/runs/{nobodys}/seen"), None).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn what_waits_is_moved_within_its_circle_and_by_the_first_rule_alone() {
    let world = World::start().await;
    rule(&world, "far", ASKED, json!({ "queues": ["psychology"] }), json!({ "move_to": "dental" })).await;
    rule(&world, "first", ASKED, json!({ "queues": ["general"] }), json!({ "move_to": "dental" })).await;
    rule(&world, "second", ASKED, json!({ "queues": ["general"] }), json!({ "move_to": "general" })).await;
    let talk = world.ask(ANNA, "general").await;
    assert_eq!(talk["queue"]["id"], "dental", "the patient is told where he waits");
    let shown = detail(&world, &talk).await;
    assert_eq!((&shown["queue"]["id"], history(&shown)), (&json!("dental"), vec!["requested", "moved"]));
    let log = runs(&world, &format!("?consultation_id={}", id(&talk))).await;
    let mut told: Vec<_> = log.iter().map(|run| (run["rule_id"].as_str().unwrap(), outcomes(run))).collect();
    told.sort_unstable();
    assert_eq!(told, [("first", vec![("move", "done")]), ("second", vec![("move", "moved_before")])]);

    let private = world.ask(BORIS, "psychology").await;
    assert_eq!(detail(&world, &private).await["queue"]["id"], "psychology", "another circle is another history");
    assert_eq!(outcomes(&runs(&world, "?rule_id=far").await[0]), [("move", "other_circle")]);
    // It is taken where it waits now.
    world
        .call(SOKOLOV, "POST", &format!("/consultations/{}/take", id(&talk)), Some(json!({})))
        .await
        .problem(404, "not-found");
    world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
}

#[tokio::test]
async fn no_rule_is_run_by_another_and_all_are_judged_by_what_was_before() {
    let world = World::start().await;
    let (one, two) = (tag(&world, "One").await, tag(&world, "Two").await);
    rule(&world, "puts", ASKED, json!({}), json!({ "add_tags": [one], "move_to": "dental" })).await;
    rule(&world, "by-tag", ASKED, json!({ "tags": [one] }), json!({ "add_tags": [two] })).await;
    rule(&world, "by-queue", ASKED, json!({ "queues": ["dental"] }), json!({ "add_tags": [two] })).await;
    rule(&world, "off", ASKED, json!({}), json!({ "add_tags": [two] })).await;
    set(&world, "rule.off", "/on", json!(false)).await;
    let talk = world.ask(ANNA, "general").await;
    assert_eq!(tags(&detail(&world, &talk).await), ["One"]);
    assert_eq!(runs(&world, "").await.len(), 1);
}

#[tokio::test]
async fn a_request_that_comes_twice_runs_its_rules_once() {
    let world = World::start().await;
    rule(&world, "all", ASKED, json!({}), json!({ "note": "Once" })).await;
    let body = json!({ "queue_id": "general", "request_id": support::request_id() });
    let first = world.post(ANNA, "/consultations", body.clone()).await;
    let again = world.post(ANNA, "/consultations", body).await;
    assert_eq!(first["id"], again["id"]);
    let world = world.restart().await;
    assert_eq!((runs(&world, "").await.len(), notes(&world, &first).await.len()), (1, 1));
}

#[tokio::test]
async fn an_action_that_cannot_be_done_is_left_out_and_takes_nothing_with_it() {
    let world = World::start().await;
    let gone = tag(&world, "Gone").await;
    let actions = json!({ "add_tags": [gone], "raise_priority_to": 20, "note": "n" });
    rule(&world, "again", "consultation.response_warning", json!({}), actions).await;
    let body = json!({ "version": 1, "names": { "en": "Gone" }, "color": "info", "archived": true });
    world.call(VOLKOVA, "PUT", &format!("/tags/{gone}"), Some(body)).await.ok();
    let world = world
        .restart_with(|brand| {
            brand.queues.iter_mut().for_each(|queue| queue.sla.first_response_minutes = Some(10));
        })
        .await;
    let talk = world.talk(ANNA, PETROVA).await;
    later(&world, 500).await;
    let log = runs(&world, &format!("?consultation_id={}", id(&talk))).await;
    assert_eq!(outcomes(&log[0]), [("add_tag", "tag_archived"), ("raise_priority", "not_waiting"), ("note", "done")]);
    assert_eq!((tags(&detail(&world, &talk).await).len(), notes(&world, &talk).await.len()), (0, 1));
}

#[tokio::test]
async fn a_broken_promise_and_the_end_of_a_silence_are_events_too() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
            queue.sla.wait_minutes = Some(10);
        }
    })
    .await;
    let waited = json!({ "waited_minutes": 10 });
    rule(&world, "late", "consultation.wait_broken", waited, json!({ "raise_priority_to": 30, "alarm": true })).await;
    let talk = world.ask(ANNA, "general").await;
    later(&world, 500).await;
    assert!(runs(&world, "").await.is_empty());
    later(&world, 100).await;
    later(&world, 100).await;
    assert_eq!((runs(&world, "?rule_id=late").await.len(), &detail(&world, &talk).await["priority"]), (1, &json!(30)));

    let silence = json!({ "silent_minutes": 60 });
    rule(&world, "silent", "consultation.silence_ended", silence, json!({ "note": "Was silent" })).await;
    let room = talk["room_id"].as_str().unwrap();
    for (passed, expected) in [(0, 0), (3_599, 0), (3_600, 1), (10, 1)] {
        world.pass(passed);
        world.say(ANNA, room, "Are you there?").await;
        world.settle().await;
        assert_eq!(runs(&world, "?rule_id=silent").await.len(), expected, "{passed}");
    }
}

#[tokio::test]
async fn a_taken_a_closed_and_a_signed_one_run_their_rules() {
    let world = World::start().await;
    let names = ["taken", "closed", "signed"];
    for (name, event) in names.into_iter().zip(["consultation.taken", "consultation.closed", "conclusion.signed"]) {
        let tag = tag(&world, name).await;
        rule(&world, name, event, json!({}), json!({ "add_tags": [tag] })).await;
    }
    let talk = world.talk(ANNA, PETROVA).await;
    crate::conclusion::save(&world, PETROVA, &talk, &[("advice", "Rest.")]).await.ok();
    crate::conclusion::sign(&world, PETROVA, &talk).await.ok();
    close(&world, &talk).await;
    let shown = detail(&world, &talk).await;
    let mut put_on = tags(&shown);
    put_on.sort_unstable();
    assert_eq!(put_on, ["closed", "signed", "taken"]);
}

#[tokio::test]
async fn call_backs_get_a_note_and_an_alarm() {
    let world = World::start().await;
    rule(&world, "ordered", "callback.ordered", json!({ "queues": ["general"] }), json!({ "note": "Look" })).await;
    rule(&world, "late", "callback.overdue", json!({}), json!({ "alarm": true })).await;
    let body = json!({ "queue_id": "general", "request_id": support::request_id(), "phone": "+7 495 000-00-01" });
    let ordered = world.post(ANNA, "/callbacks", body).await;
    let log = runs(&world, "").await;
    assert_eq!((log.len(), &log[0]["callback_id"], outcomes(&log[0])), (1, &ordered["id"], vec![("note", "done")]));
    assert_eq!(
        log[0]["patient"]["id"],
        world.get(VOLKOVA, &format!("/callbacks/{}", id(&ordered))).await["patient"]["id"]
    );
    later(&world, 30 * DAY_SECONDS).await;
    later(&world, 60).await;
    let alarms = runs(&world, "?open_alarms=true").await;
    assert_eq!((alarms.len(), &alarms[0]["rule_id"]), (1, &json!("late")));
    let tried =
        attempt(&world, content("callback.overdue", json!({ "returning": true }), json!({ "alarm": true })), json!(10));
    let tried = tried.await.ok();
    assert_eq!(
        (&tried["looked_at"], &tried["matched"], &tried["rows"][0]["matches"]),
        (&json!(1), &json!(0), &json!(false))
    );
}

#[tokio::test]
async fn a_try_says_what_would_have_matched_and_why_and_changes_nothing() {
    let world = World::start_as(asks).await;
    let first = world.ask(ANNA, "dental").await;
    world.pass(60);
    let flagged =
        ask_with(&world, BORIS, json!([answer("fever", true), answer("signs", json!(["breath"]))])).await.ok();
    world.pass(60);
    world.post(PETROVA, &format!("/consultations/{}/take", id(&first)), json!({})).await;
    world.settle().await;
    let before = world.get(VOLKOVA, "/audit").await["total"].clone();

    let conditions = json!({ "red_flag": true, "queues": ["general"], "returning": false });
    let asked = content(ASKED, conditions, json!({ "note": "n", "alarm": true }));
    let tried = attempt(&world, asked.clone(), json!(500)).await.ok();
    assert_eq!([&tried["is_known"], &tried["looked_at"], &tried["matched"]], [&json!(true), &json!(2), &json!(1)]);
    let rows = tried["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["consultation_id"], &rows[0]["matches"]), (&flagged["id"], &json!(true)));
    assert_eq!(
        rows[1]["findings"],
        json!([
            { "condition": "queues", "holds": false, "found": ["dental"] },
            { "condition": "red_flag", "holds": false, "found": ["false"] },
            { "condition": "returning", "holds": true, "found": ["false"] },
        ])
    );
    assert_eq!(attempt(&world, asked.clone(), json!(1)).await.ok()["looked_at"], 1);

    let taken = content("consultation.taken", json!({ "waited_minutes": 2 }), json!({ "alarm": true }));
    let tried = attempt(&world, taken, Value::Null).await.ok();
    assert_eq!((&tried["matched"], tried["rows"].as_array().unwrap().len()), (&json!(1), 1));
    let silent = content("consultation.silence_ended", json!({ "silent_minutes": 5 }), json!({ "alarm": true }));
    let tried = attempt(&world, silent, Value::Null).await.ok();
    assert_eq!((&tried["is_known"], &tried["rows"]), (&json!(false), &json!([])));

    for last in [0, 501] {
        let refused = attempt(&world, asked.clone(), json!(last)).await;
        refused.problem(422, "invalid");
        assert_eq!(fields(&refused), ["last"]);
    }
    world.call(PETROVA, "POST", "/rules/try", Some(json!({ "content": asked }))).await.problem(403, "forbidden");
    assert_eq!(world.get(VOLKOVA, "/audit").await["total"], before);
    assert!(runs(&world, "").await.is_empty() && notes(&world, &flagged).await.is_empty());
}

#[tokio::test]
async fn the_log_is_paged_and_goes_with_what_it_names_or_after_a_while() {
    let world = World::start().await;
    rule(&world, "all", ASKED, json!({}), json!({ "note": "n" })).await;
    let talk = sealed(&world, ANNA).await;
    world.pass(60);
    let other = world.ask(BORIS, "general").await;
    let page = world.get(VOLKOVA, "/rules/runs?limit=1").await;
    assert_eq!((&page["total"], &page["items"][0]["consultation_id"]), (&json!(2), &other["id"]));
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = world.get(VOLKOVA, &format!("/rules/runs?limit=1&cursor={cursor}")).await;
    assert_eq!((&rest["items"][0]["consultation_id"], &rest["next_cursor"]), (&talk["id"], &Value::Null));
    world.call(VOLKOVA, "GET", "/rules/runs?cursor=x", None).await.problem(400, "invalid");

    world.pass(DAY_SECONDS);
    erase(&world, &talk).await.ok();
    let left = runs(&world, "").await;
    assert_eq!((left.len(), &left[0]["consultation_id"]), (1, &other["id"]));
    days(&world, 91).await;
    assert!(runs(&world, "").await.is_empty());
}
