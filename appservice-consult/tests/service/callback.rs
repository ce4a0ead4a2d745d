//! A call-back from the order to the archive, over the API: who sees what, who may do what, and what time does to it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;

use consilium_consult::admin::Admin;
use futures_util::StreamExt;
use serde_json::{Value, json};
use support::media::{Event, sign};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn fresh(world: &World) -> String {
    uuid::Uuid::from_bytes(world.context().random()).to_string()
}

async fn order(world: &World, who: &str, more: Value) -> Value {
    let mut body = json!({ "queue_id": "general", "request_id": fresh(world), "phone": "+7 495 000-00-01" });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    world.post(who, "/callbacks", body).await
}

async fn press(world: &World, who: &str, callback: &Value, what: &str, body: Value) -> support::Answer {
    world.call(who, "POST", &format!("/callbacks/{}/{what}", id(callback)), Some(body)).await
}

async fn see(world: &World, who: &str, callback: &Value) -> Value {
    world.get(who, &format!("/callbacks/{}", id(callback))).await
}

/// An operator takes it and comes into the room.
async fn take(world: &World, who: &str, callback: &Value) {
    press(world, who, callback, "take", json!({})).await.ok();
    world.settle().await;
    world.homeserver.join(callback["room_id"].as_str().unwrap(), &user(who));
    world.settle().await;
}

/// The steps that the room was told of.
async fn lines(world: &World, callback: &Value) -> Vec<String> {
    let lines = world.lines(callback).await;
    lines
        .iter()
        .filter(|line| line["kind"] == "callback")
        .map(|line| line["step"].as_str().unwrap().to_owned())
        .collect()
}

/// The next event of that name on a stream.
async fn heard(body: &mut axum::body::BodyDataStream, name: &str) -> Value {
    let wanted = format!("event: {name}\n");
    let listening = async {
        let mut text = String::new();
        loop {
            text.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
            let event = text.split("\n\n").find(|event| event.contains(&wanted));
            if let Some(data) = event.and_then(|event| event.lines().find_map(|line| line.strip_prefix("data: "))) {
                return serde_json::from_str(data).unwrap();
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), listening).await.expect("an event comes")
}

async fn stream(world: &World, who: &str) -> axum::body::BodyDataStream {
    world.send(who, "GET", "/events", None).await.into_body().into_data_stream()
}

#[tokio::test]
async fn a_call_back_is_ordered_taken_telephoned_done_and_proven_in_the_archive() {
    let world = World::start().await;
    let mut console = stream(&world, VOLKOVA).await;
    let ordered = order(&world, ANNA, json!({ "reason": "A headache, again" })).await;
    assert_eq!((ordered["phase"].as_str(), ordered["phone"].as_str()), (Some("new"), Some("+74950000001")));
    assert_eq!(ordered["due_at"], "2023-11-14T23:13:20Z", "an hour, as the queue says by default");
    let told = heard(&mut console, "callback").await;
    assert_eq!((&told["callback"]["id"], &told["callback"]["reason"]), (&ordered["id"], &json!("A headache, again")));
    assert_eq!(told["callback"]["patient"]["name"], "Анна Каренина");
    world.settle().await;

    take(&world, PETROVA, &ordered).await;
    let shown = see(&world, ANNA, &ordered).await;
    assert_eq!((shown["phase"].as_str(), shown["operator"]["name"].as_str()), (Some("taken"), Some("Dr Petrova")));
    assert!(shown.get("note").is_none() && shown.get("history").is_none(), "what is for staff: {shown}");
    press(&world, PETROVA, &ordered, "telephone", json!({})).await.ok();
    press(&world, SOKOLOV, &ordered, "notes", json!({ "note": "It is not his" })).await.problem(404, "not-found");
    press(&world, VOLKOVA, &ordered, "notes", json!({ "note": "Allergic to ibuprofen" })).await.ok();
    let done = json!({ "outcome": "answered", "note": "Advised rest" });
    assert_eq!(press(&world, PETROVA, &ordered, "done", done).await.ok()["phase"], "done");
    world.settle().await;

    let detail = see(&world, PETROVA, &ordered).await;
    let ending = ["phase", "ending", "outcome", "note", "means"].map(|field| detail[field].as_str().unwrap());
    assert_eq!(ending, ["archived", "done", "answered", "Advised rest", "telephone"]);
    let steps: Vec<_> =
        detail["history"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect();
    assert_eq!(steps, ["ordered", "taken", "telephoned", "noted", "finished", "archived"]);
    assert_eq!(lines(&world, &ordered).await, ["ordered", "taken", "done"]);
    let room = ordered["room_id"].as_str().unwrap();
    assert_eq!(world.homeserver.membership(room, &user(PETROVA)).as_deref(), Some("leave"));

    let record = world.get(VOLKOVA, &format!("/callbacks/{}/record", id(&ordered))).await;
    assert_eq!(
        (&record["content"]["note"], &record["content"]["phone"]),
        (&json!("Advised rest"), &json!("+74950000001"))
    );
    assert_eq!((&record["chain"]["sequence"], &record["chain"]["signature_valid"]), (&json!(1), &json!(true)));
    assert_eq!(record["content"]["history"][3]["note"], "Allergic to ibuprofen");
    press_record(&world, SOKOLOV, &ordered, 404).await;
    press_record(&world, PETROVA, &ordered, 200).await;
    assert_eq!(world.get(VOLKOVA, "/audit?action=archive.read").await["total"], 2);
    assert_eq!(
        world.get(VOLKOVA, "/audit?action=callback.finished").await["items"][0]["detail"]["outcome"],
        "answered"
    );
    assert_eq!(proven(&world).await, 1);
}

async fn press_record(world: &World, who: &str, callback: &Value, status: u16) {
    let answer = world.call(who, "GET", &format!("/callbacks/{}/record", id(callback)), None).await;
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
}

/// Records of the archive, all of them proven.
async fn proven(world: &World) -> i64 {
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    admin.close().await;
    assert!(proven.audit.is_ok(), "{proven:?}");
    proven.archive.unwrap()
}

#[tokio::test]
async fn records_of_both_kinds_are_one_chain() {
    let world = World::start().await;
    for number in 0..2 {
        world.pass(60);
        let talk = world.ask(ANNA, "general").await;
        world.say(ANNA, talk["room_id"].as_str().unwrap(), &format!("question {number}")).await;
        world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
        world.settle().await;
        world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
        world.settle().await;
        let ordered = order(&world, ANNA, json!({})).await;
        press(&world, PETROVA, &ordered, "take", json!({})).await.ok();
        press(&world, PETROVA, &ordered, "done", json!({ "outcome": "not_needed" })).await.ok();
        world.settle().await;
    }
    assert_eq!(proven(&world).await, 4);
    assert_eq!(world.get(VOLKOVA, "/archive").await["total"], 2, "the list is of consultations");
}

#[tokio::test]
async fn one_press_of_the_button_is_one_call_back_and_one_is_open_at_a_time() {
    let world = World::start().await;
    let request = json!({ "queue_id": "general", "request_id": fresh(&world) });
    let first = world.call(ANNA, "POST", "/callbacks", Some(request.clone())).await;
    assert_eq!(first.status, 201);
    let again = world.call(ANNA, "POST", "/callbacks", Some(request)).await;
    assert_eq!((again.status.as_u16(), &again.body["id"]), (200, &first.body["id"]));
    let other = json!({ "queue_id": "dental", "request_id": fresh(&world) });
    let refused = world.call(ANNA, "POST", "/callbacks", Some(other)).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["callback_id"], first.body["id"]);
    // Another circle is another conversation.
    order(&world, ANNA, json!({ "queue_id": "psychology" })).await;
    assert_eq!(world.get(ANNA, "/callbacks").await["total"], 2);
    assert_eq!(world.get(BORIS, "/callbacks").await["total"], 0);
    world.call(BORIS, "GET", &format!("/callbacks/{}", id(&first.body)), None).await.problem(404, "not-found");
    press(&world, BORIS, &first.body, "cancel", json!({})).await.problem(404, "not-found");
    press(&world, BORIS, &first.body, "move", json!({})).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_window_is_in_the_patients_own_time_and_he_can_move_and_withdraw_it() {
    let world = World::start().await;
    let window = json!({ "start": "2023-11-15T15:00", "end": "2023-11-15T17:00" });
    let ordered = order(&world, ANNA, json!({ "window": window, "time_zone": "Asia/Yekaterinburg" })).await;
    let expected = json!({ "start": "2023-11-15T10:00:00Z", "end": "2023-11-15T12:00:00Z" });
    assert_eq!((&ordered["window"], &ordered["time_zone"]), (&expected, &json!("Asia/Yekaterinburg")));
    assert_eq!(ordered["due_at"], "2023-11-15T12:00:00Z");

    let later = json!({ "window": { "start": "2023-11-16T09:00", "end": "2023-11-16T10:00" } });
    let moved = press(&world, ANNA, &ordered, "move", later.clone()).await.ok();
    assert_eq!(moved["window"]["start"], "2023-11-16T04:00:00Z", "in the zone of the order");
    take(&world, PETROVA, &ordered).await;
    let soon = press(&world, ANNA, &ordered, "move", json!({})).await.ok();
    assert_eq!((soon["phase"].as_str(), &soon["window"]), (Some("taken"), &Value::Null));
    press(&world, PETROVA, &ordered, "telephone", json!({})).await.ok();
    let refused = press(&world, ANNA, &ordered, "move", later).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["callback_phase"], "calling");

    assert_eq!(press(&world, ANNA, &ordered, "cancel", json!({})).await.ok()["phase"], "cancelled");
    assert_eq!(
        press(&world, ANNA, &ordered, "cancel", json!({})).await.ok()["ending"],
        "cancelled",
        "the same press again"
    );
    press(&world, PETROVA, &ordered, "done", json!({ "outcome": "answered" })).await.problem(409, "conflict");
    assert_eq!(lines(&world, &ordered).await, ["ordered", "moved", "taken", "moved", "cancelled"]);
    assert_eq!(see(&world, ANNA, &ordered).await["phase"], "archived", "somebody had it in his hands");
    assert_eq!(proven(&world).await, 1);
    // What nobody took leaves no record.
    let other = order(&world, ANNA, json!({})).await;
    press(&world, ANNA, &other, "cancel", json!({})).await.ok();
    world.settle().await;
    assert_eq!((see(&world, ANNA, &other).await["phase"].as_str(), proven(&world).await), (Some("cancelled"), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_press_take_at_once_exactly_one_wins_fifty_times() {
    const ROUNDS: usize = 50;
    let world = Arc::new(World::start().await);
    for round in 0..ROUNDS {
        world.pass(60);
        let ordered = order(&world, ANNA, json!({})).await;
        let path = format!("/callbacks/{}/take", id(&ordered));
        let start = Arc::new(tokio::sync::Barrier::new(2));
        let press_at_once = |who: &'static str| {
            let (world, path, start) = (Arc::clone(&world), path.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                world.call(who, "POST", &path, None).await
            })
        };
        let pressed = [press_at_once(PETROVA), press_at_once(SOKOLOV)];
        let [first, second] = pressed;
        let answers = [first.await.unwrap(), second.await.unwrap()];
        let (winners, losers): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        assert_eq!((winners.len(), losers.len()), (1, 1), "round {round}: {answers:?}");
        losers[0].problem(409, "taken");
        assert_eq!(losers[0].body["taken_by"]["id"], winners[0].body["operator"]["id"]);
        press(&world, VOLKOVA, &ordered, "done", json!({ "outcome": "not_needed" })).await.ok();
        world.settle().await;
    }
    assert_eq!(world.get(VOLKOVA, "/audit?action=callback.taken&limit=200").await["total"], ROUNDS);
    assert_eq!(world.get(VOLKOVA, "/callbacks?view=ended").await["total"], ROUNDS);
    assert_eq!(world.get(VOLKOVA, "/callbacks").await["total"], 0);
}

#[tokio::test]
async fn it_becomes_overdue_at_the_clocks_hand_and_that_is_an_alert() {
    let world = World::start().await;
    let tenant = world.consult.tenant("clinic").unwrap();
    let ordered = order(&world, ANNA, json!({})).await;
    let other = order(&world, BORIS, json!({ "queue_id": "dental" })).await;
    let look = || async { consilium_consult::callback::run_due(&tenant).await.unwrap() };
    world.pass(3_599);
    assert_eq!(look().await, 0);
    assert_eq!(world.get(VOLKOVA, "/callbacks?overdue=true").await["total"], 0);
    press(&world, PETROVA, &other, "take", json!({})).await.ok();
    let mut console = stream(&world, VOLKOVA).await;
    world.pass(1);
    // The service's own worker may be faster; either way each becomes overdue once.
    look().await;
    assert_eq!(look().await, 0);
    let alert = heard(&mut console, "callback").await;
    assert_eq!(alert["callback"]["overdue"], true);
    let listed = world.get(VOLKOVA, "/callbacks?overdue=true").await;
    assert_eq!(listed["total"], 2);
    assert_eq!(world.get(VOLKOVA, "/audit?action=callback.overdue").await["total"], 2);
    assert!(see(&world, ANNA, &ordered).await.get("overdue").is_none(), "the patient is not told so");

    press(&world, PETROVA, &other, "no-answer", json!({ "note": "Voicemail" })).await.ok();
    assert_eq!(world.get(VOLKOVA, "/callbacks?overdue=true").await["total"], 1);
    let waits = see(&world, VOLKOVA, &other).await;
    assert_eq!((waits["phase"].as_str(), waits["attempts"].as_i64()), (Some("no_answer"), Some(1)));
    assert_eq!(
        (&waits["again_at"], &waits["due_at"]),
        (&json!("2023-11-14T23:43:20Z"), &json!("2023-11-15T00:43:20Z"))
    );
    world.pass(2 * 3_600);
    look().await;
    assert_eq!(world.get(VOLKOVA, "/callbacks?overdue=true&queue=dental").await["total"], 1);
}

#[tokio::test]
async fn who_has_taken_it_and_the_patient_may_call_and_nobody_else_and_not_longer() {
    let world = World::start().await;
    let ordered = order(&world, ANNA, json!({})).await;
    let room = ordered["room_id"].as_str().unwrap().to_owned();
    world.settle().await;
    world.homeserver.join(&room, &user(ANNA));
    let video = json!({ "kind": "video" });
    press(&world, PETROVA, &ordered, "calls", video.clone()).await.problem(409, "conflict");
    assert_eq!(world.rtc("sfu/get", &support::sfu_get(ANNA, &room)).await.status, 403, "nobody calls him back yet");

    take(&world, PETROVA, &ordered).await;
    assert!(world.member.handed.lock().unwrap().contains(&(room.clone(), user(PETROVA))), "he reads the conversation");
    press(&world, SOKOLOV, &ordered, "calls", video.clone()).await.problem(403, "forbidden");
    press(&world, VOLKOVA, &ordered, "calls", video.clone()).await.problem(403, "forbidden");
    let mut patient = stream(&world, ANNA).await;
    let called = press(&world, PETROVA, &ordered, "calls", video.clone()).await;
    assert_eq!(called.status, 201, "{}", called.body);
    let ring = heard(&mut patient, "call").await;
    assert_eq!((&ring["call"]["id"], &ring["call"]["consultation_id"]), (&called.body["call"]["id"], &Value::Null));
    assert_eq!(see(&world, ANNA, &ordered).await["phase"], "calling");
    assert_eq!(see(&world, PETROVA, &ordered).await["call_id"], called.body["call"]["id"]);
    let call = format!("/calls/{}", id(&called.body["call"]));
    world.post(ANNA, &format!("{call}/answer"), json!({})).await;
    for who in [ANNA, PETROVA] {
        assert_eq!(world.rtc("sfu/get", &support::sfu_get(who, &room)).await.status, 200, "{who}");
    }
    world.post(ANNA, &format!("{call}/hang-up"), json!({})).await;

    press(&world, PETROVA, &ordered, "done", json!({ "outcome": "answered" })).await.ok();
    world.settle().await;
    press(&world, PETROVA, &ordered, "calls", video).await.problem(409, "conflict");
    for who in [ANNA, PETROVA] {
        assert_eq!(world.rtc("sfu/get", &support::sfu_get(who, &room)).await.status, 403, "{who} after the end");
    }
    for (queue, total) in [("general", 1), ("dental", 0)] {
        let calls = world.get(VOLKOVA, &format!("/calls?queue={queue}")).await;
        assert_eq!(calls["total"], total, "a call without a consultation is of its call-back's queue: {calls}");
    }
}

#[tokio::test]
async fn a_call_back_its_call_and_what_comes_of_it_are_in_the_language_in_which_it_was_ordered() {
    let world = World::start().await;
    let ordered =
        world.post_in("ru", ANNA, "/callbacks", json!({ "queue_id": "general", "request_id": fresh(&world) })).await;
    let room = ordered["room_id"].as_str().unwrap().to_owned();
    world.settle().await;
    world.homeserver.come_in(&room, &user(ANNA));
    take(&world, PETROVA, &ordered).await;
    let called = press(&world, PETROVA, &ordered, "calls", json!({ "kind": "audio" })).await.ok();
    world.post(PETROVA, &format!("/calls/{}/cancel", id(&called["call"])), json!({})).await;
    world.settle().await;
    let bodies: Vec<String> = world
        .member
        .said_in(&room)
        .iter()
        .filter(|content| ["call", "callback"].map(Value::from).contains(&content["chat.consilium.notice"]["kind"]))
        .map(|content| content["body"].as_str().unwrap().to_owned())
        .collect();
    let wanted =
        ["Заявка на звонок принята. Позвоним: как только сможем.", "Вам позвонит Dr Petrova.", "Звонок отменён."];
    assert_eq!(bodies, wanted);

    let begun = press(&world, PETROVA, &ordered, "consultation", json!({})).await.ok();
    assert_eq!(begun["language"], "ru", "she is still the same: {begun}");
}

#[tokio::test]
async fn a_patient_who_called_in_vain_is_called_back_without_asking() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    for _ in 0..2 {
        // By a client that is not ours: ours do not let patients call.
        world.rtc("sfu/get", &support::sfu_get(ANNA, room)).await.ok();
        let (media_room, sid) = world.media.only_room();
        let (now, identity) = (world.now_ms(), format!("{}:D", user(ANNA)));
        let event = Event {
            id: format!("EV_{}", world.media.number()),
            kind: "participant_joined",
            room: &media_room,
            room_sid: &sid,
            at_ms: now,
            who: Some((&format!("PA_{}", world.media.number()), &identity, now)),
            reason: "CLIENT_INITIATED",
        };
        let body = event.body();
        assert_eq!(world.hook(&body, &sign(&body)).await, 200);
        world.pass(46);
        world.look().await;
    }
    let calls = world.get(PETROVA, "/calls").await;
    assert_eq!((&calls["total"], &calls["items"][0]["outcome"]), (&json!(2), &json!("missed")));
    let listed = world.get(PETROVA, "/callbacks").await;
    assert_eq!(listed["total"], 1, "one is enough: {listed}");
    let made = &listed["items"][0];
    assert_eq!(
        (&made["source"], &made["queue"]["id"], &made["phase"]),
        (&json!("missed_call"), &json!("general"), &json!("new"))
    );
    assert_eq!(lines(&world, made).await, ["ordered"]);
}

#[tokio::test]
async fn an_operator_stays_in_the_room_while_anything_keeps_him_there() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let membership = || world.homeserver.membership(room, &user(PETROVA));
    let first = order(&world, ANNA, json!({})).await;
    press(&world, PETROVA, &first, "take", json!({})).await.ok();
    press(&world, PETROVA, &first, "done", json!({ "outcome": "answered" })).await.ok();
    world.settle().await;
    assert_eq!(membership().as_deref(), Some("join"), "the consultation goes on");
    let second = order(&world, ANNA, json!({})).await;
    press(&world, PETROVA, &second, "take", json!({})).await.ok();
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    assert_eq!(membership().as_deref(), Some("join"), "the call-back goes on");
    press(&world, PETROVA, &second, "release", json!({})).await.ok();
    world.settle().await;
    assert_eq!(membership().as_deref(), Some("leave"));
}

#[tokio::test]
async fn staff_acts_on_what_it_has_in_its_hands_and_supervisors_on_anything() {
    let world = World::start().await;
    let dental = order(&world, BORIS, json!({ "queue_id": "dental" })).await;
    press(&world, SOKOLOV, &dental, "take", json!({})).await.problem(404, "not-found");
    let ordered = order(&world, ANNA, json!({})).await;
    press(&world, PETROVA, &ordered, "cancel", json!({})).await.problem(403, "forbidden");
    press(&world, PETROVA, &ordered, "take", json!({})).await.ok();
    let later =
        json!({ "window": { "start": "2023-11-16T09:00", "end": "2023-11-16T10:00" }, "note": "Asked for tomorrow" });
    for (what, body) in [
        ("release", json!({})),
        ("telephone", json!({})),
        ("no-answer", json!({})),
        ("again-later", later.clone()),
        ("done", json!({ "outcome": "answered" })),
        ("cancel", json!({})),
    ] {
        press(&world, SOKOLOV, &ordered, what, body).await.problem(403, "forbidden");
    }
    let waits = press(&world, VOLKOVA, &ordered, "again-later", later).await.ok();
    assert_eq!((waits["phase"].as_str(), &waits["window"]["end"]), (Some("new"), &json!("2023-11-16T07:00:00Z")));
    press(&world, PETROVA, &ordered, "take", json!({})).await.ok();
    let past = json!({ "again_at": "2020-01-01T00:00:00Z" });
    press(&world, PETROVA, &ordered, "no-answer", past).await.problem(422, "invalid");
    press(&world, VOLKOVA, &ordered, "cancel", json!({ "note": "A double" })).await.ok();
    let history = see(&world, VOLKOVA, &ordered).await["history"].clone();
    let notes: Vec<_> = history.as_array().unwrap().iter().filter_map(|step| step["note"].as_str()).collect();
    assert_eq!(notes, ["Asked for tomorrow", "A double"]);
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_paged() {
    let world = World::start().await;
    let mut ordered = Vec::new();
    for number in 0..5 {
        world.pass(60);
        let who = format!("visitor{number}");
        let day = json!({ "start": format!("2023-11-{:02}T10:00", 20 - number), "end": format!("2023-11-{:02}T11:00", 20 - number) });
        let queue = if number % 2 == 0 { "general" } else { "dental" };
        let more = json!({ "queue_id": queue, "window": day, "phone": format!("+7495000000{number}") });
        ordered.push(order(&world, &who, more).await);
    }
    press(&world, PETROVA, &ordered[0], "take", json!({})).await.ok();
    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|row| id(row).to_owned()).collect()
    };
    let expected = |numbers: &[usize]| -> Vec<String> { numbers.iter().map(|n| id(&ordered[*n]).to_owned()).collect() };
    let list = |query: &'static str| {
        let world = &world;
        async move { world.get(PETROVA, &format!("/callbacks?{query}")).await }
    };
    assert_eq!(ids(&list("").await), expected(&[4, 3, 2, 1, 0]), "what has to be called first");
    assert_eq!(ids(&list("sort=newest").await), expected(&[4, 3, 2, 1, 0]));
    assert_eq!(ids(&list("sort=oldest").await), expected(&[0, 1, 2, 3, 4]));
    assert_eq!(ids(&list("queue=dental").await), expected(&[3, 1]));
    assert_eq!(ids(&list("view=mine").await), expected(&[0]));
    assert_eq!(ids(&list("view=waiting&due_before=2023-11-18T00:00:00Z").await), expected(&[4, 3]));
    assert_eq!(ids(&list("phase=taken").await), expected(&[0]));
    assert_eq!(ids(&list("q=%2B74950000003").await), expected(&[3]), "by number");
    assert_eq!(ids(&list("q=visitor2").await), expected(&[2]), "by name");
    for sort in ["sort=due&limit=2", "sort=oldest&limit=2"] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        for _ in 0..3 {
            let page = world.get(PETROVA, &format!("/callbacks?{sort}{cursor}")).await;
            assert_eq!(page["total"], 5);
            seen.extend(ids(&page));
            cursor = page["next_cursor"].as_str().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        }
        let whole = ids(&world.get(PETROVA, &format!("/callbacks?{}", sort.replace("&limit=2", ""))).await);
        assert_eq!((seen, cursor.as_str()), (whole, ""));
    }
}

#[tokio::test]
async fn a_patient_is_offered_a_call_back_where_waiting_is_no_good() {
    let world = World::start().await;
    let offer = |services: &Value, queue: usize| services["services"][queue]["callback"].clone();
    let services = world.get(ANNA, "/services").await;
    assert_eq!(offer(&services, 0), json!({ "available": true, "offered": true, "reason": "nobody_online" }));
    assert_eq!(offer(&services, 2)["available"], true);
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    assert_eq!(
        offer(&world.get(ANNA, "/services").await, 0),
        json!({ "available": true, "offered": false, "reason": null })
    );
    world.ask(BORIS, "general").await;
    world.pass(15 * 60);
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    assert_eq!(offer(&world.get(ANNA, "/services").await, 0)["reason"], "long_wait");
}

#[tokio::test]
async fn what_is_personal_lies_sealed_and_survives_a_restart() {
    let world = World::start().await;
    let ordered = order(&world, ANNA, json!({ "reason": "canary-of-the-reason", "phone": "+74951112233" })).await;
    world.settle().await;
    let folder = world.data_folder();
    for file in ["consult.db", "consult.db-wal"] {
        let Ok(bytes) = std::fs::read(folder.join(file)) else { continue };
        for canary in ["canary-of-the-reason", "74951112233"] {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "{canary} in {file}");
        }
    }
    let world = world.restart().await;
    assert_eq!(see(&world, PETROVA, &ordered).await["reason"], "canary-of-the-reason");
}
