//! Colleagues in a consultation: asked in, reading and writing, in its calls, and out of it again, by every way out.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::media::{Event, sign};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, sfu_get, user};

/// Operators in one consultation, the lead among them.
const TEAM_MAX: usize = 8;

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

fn room(consultation: &Value) -> &str {
    consultation["room_id"].as_str().unwrap()
}

async fn operator_id(world: &World, who: &str) -> String {
    world.get(who, "/me").await["operator"]["id"].as_str().unwrap().to_owned()
}

pub async fn on_duty(world: &World, who: &str) {
    world.call(who, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
}

pub async fn invite_as(world: &World, by: &str, talk: &Value, whom: &str, role: &str) -> Answer {
    let body = json!({ "operator_id": operator_id(world, whom).await, "role": role });
    world.call(by, "POST", &format!("/consultations/{}/participants", id(talk)), Some(body)).await
}

async fn invite(world: &World, by: &str, talk: &Value, whom: &str) -> Answer {
    invite_as(world, by, talk, whom, "consultant").await
}

pub async fn dismiss(world: &World, by: &str, talk: &Value, whom: &str) -> Answer {
    let whom = operator_id(world, whom).await;
    world.call(by, "DELETE", &format!("/consultations/{}/participants/{whom}", id(talk)), None).await
}

/// A consultation that Petrova leads and Sokolov was asked into; both are in its room.
async fn council() -> (World, Value) {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(1);
    invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    come(&world, &talk, SOKOLOV).await;
    (world, talk)
}

/// Who was invited accepts.
pub async fn come(world: &World, talk: &Value, who: &str) {
    world.settle().await;
    world.homeserver.join(room(talk), &user(who));
    world.settle().await;
}

fn names(consultation: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let participants = consultation["participants"].as_array().unwrap();
    participants.iter().map(|one| (text(&one["name"]), text(&one["role"]))).collect()
}

/// Asks for the history's keys.
async fn ask_keys(world: &World, who: &str, talk: &Value) -> Answer {
    let conversation = talk["conversation_id"].as_str().unwrap();
    world.call(who, "POST", &format!("/conversations/{conversation}/history-keys"), None).await
}

fn lead_alone() -> Vec<(String, String)> {
    vec![("Dr Petrova".to_owned(), "lead".to_owned())]
}

#[tokio::test]
async fn a_colleague_who_is_asked_in_gets_the_keys_reads_and_writes_and_has_it_among_his_own() {
    let (world, talk) = council().await;
    let detail = world.get(SOKOLOV, &format!("/consultations/{}", id(&talk))).await;
    let expected = [("Dr Petrova", "lead"), ("Dr Sokolov", "consultant")];
    assert_eq!(names(&detail), expected.map(|(name, role)| (name.to_owned(), role.to_owned())));
    assert_eq!(detail["participants"][1]["invited_by"]["name"], "Dr Petrova");
    assert_eq!(detail["keys"], json!({ "ready": true, "devices": 1 }));
    assert_eq!(world.get(SOKOLOV, "/consultations?view=mine").await["items"][0]["id"], talk["id"]);
    assert!(world.member.handed.lock().unwrap().contains(&(room(&talk).to_owned(), user(SOKOLOV))));
    ask_keys(&world, SOKOLOV, &talk).await.ok();
    world.say(SOKOLOV, room(&talk), "May I add something?").await;
    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    assert!(detail["first_answer_at"].is_string(), "a colleague's word is an answer");
    let own = world.get(ANNA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!(names(&own).len(), 2, "the patient sees who is there");

    let state = world.homeserver.state(room(&talk), "chat.consilium.consultation", &id(&talk)).unwrap();
    let told = &state["participants"][1];
    assert_eq!((&told["role"], &told["user_id"]), (&json!("consultant"), &json!(user(SOKOLOV))));
    assert_eq!(told.as_object().unwrap().len(), 3, "ids and role alone: {told}");
    let line = world.lines(&talk).await.pop().unwrap();
    assert_eq!(line["kind"], "joined");
    assert_eq!(world.member.said_in(room(&talk)).pop().unwrap()["body"], "Dr Sokolov joined the conversation.");
}

#[tokio::test]
async fn who_leads_is_at_work_and_a_colleague_is_not_counted() {
    let (world, talk) = council().await;
    let load = |me: Value| me["operator"]["active_consultations"].as_i64().unwrap();
    assert_eq!(load(world.get(PETROVA, "/me").await), 1);
    assert_eq!(load(world.get(SOKOLOV, "/me").await), 0);
    dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    assert_eq!(load(world.get(PETROVA, "/me").await), 1);
}

/// Out of the room, out of the books, and no key is given any more.
async fn is_out(world: &World, talk: &Value, who: &str) {
    world.settle().await;
    assert_eq!(world.homeserver.membership(room(talk), &user(who)).as_deref(), Some("leave"));
    assert_eq!(world.get(who, "/consultations?view=mine").await["total"], 0);
    let before = world.member.handed.lock().unwrap().len();
    ask_keys(world, who, talk).await.problem(403, "forbidden");
    let changed = world.homeserver.event(&user(who), "", "devices", json!({ "user": user(who) }));
    assert_eq!(world.deliver(vec![changed]).await, 200);
    world.settle().await;
    assert_eq!(world.member.handed.lock().unwrap().len(), before, "nor with a new device");
}

#[tokio::test]
async fn a_colleague_leaves_by_himself_and_history_and_audit_say_who_came_and_went() {
    let (world, talk) = council().await;
    let detail = dismiss(&world, SOKOLOV, &talk, SOKOLOV).await.ok();
    assert_eq!(names(&detail), lead_alone());
    is_out(&world, &talk, SOKOLOV).await;
    let detail = dismiss(&world, SOKOLOV, &talk, SOKOLOV).await.ok();
    assert_eq!(detail["history"].as_array().unwrap().len(), 4, "a repeated press is no step");
    invite_as(&world, PETROVA, &talk, SOKOLOV, "trainee").await.ok();
    come(&world, &talk, SOKOLOV).await;
    dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    is_out(&world, &talk, SOKOLOV).await;

    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    let steps = detail["history"].as_array().unwrap().iter().skip(2);
    let steps: Vec<_> = steps
        .map(|step| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&step["action"]), text(&step["actor"]["name"]), text(&step["operator"]))
        })
        .collect();
    let expected = [
        ("invited", "Dr Petrova", "Dr Sokolov"),
        ("left", "Dr Sokolov", "Dr Sokolov"),
        ("invited", "Dr Petrova", "Dr Sokolov"),
        ("dismissed", "Dr Petrova", "Dr Sokolov"),
    ];
    assert_eq!(steps, expected.map(|(action, by, whom)| (action.to_owned(), by.to_owned(), whom.to_owned())));
    assert_eq!((&detail["history"][0]["operator"], &detail["history"][1]["operator"]), (&Value::Null, &Value::Null));
    let audit = world.get(VOLKOVA, "/audit?action=consultation.dismissed").await;
    let entry = &audit["items"][0]["detail"];
    let sokolov = operator_id(&world, SOKOLOV).await;
    assert_eq!((entry["operator"].as_str(), entry["role"].as_str()), (Some(sokolov.as_str()), Some("trainee")));
    let kinds: Vec<_> = world.lines(&talk).await.iter().map(|line| line["kind"].clone()).collect();
    assert_eq!(kinds[2..], ["joined", "left", "joined", "left"].map(|kind| json!(kind)));
}

#[tokio::test]
async fn whatever_ends_the_lead_ends_the_colleagues() {
    for (path, body) in
        [("close", json!({})), ("transfer", json!({ "to": { "queue_id": "dental" }, "note": "please look" }))]
    {
        let (world, talk) = council().await;
        world.post(PETROVA, &format!("/consultations/{}/{path}", id(&talk)), body).await;
        is_out(&world, &talk, SOKOLOV).await;
        is_out(&world, &talk, PETROVA).await;
        let state = world.homeserver.state(room(&talk), "chat.consilium.consultation", &id(&talk)).unwrap();
        assert_eq!(state["participants"], json!([]));
    }
}

#[tokio::test]
async fn a_colleague_is_no_lead() {
    let (world, talk) = council().await;
    on_duty(&world, VOLKOVA).await;
    for (path, body) in [
        ("hold", json!({})),
        ("resume", json!({})),
        ("close", json!({})),
        ("transfer", json!({ "to": { "queue_id": "dental" }, "note": "n" })),
    ] {
        let path = format!("/consultations/{}/{path}", id(&talk));
        world.call(SOKOLOV, "POST", &path, Some(body)).await.problem(403, "forbidden");
    }
    invite(&world, SOKOLOV, &talk, VOLKOVA).await.problem(403, "forbidden");
    dismiss(&world, SOKOLOV, &talk, PETROVA).await.problem(403, "forbidden");
    world.call(SOKOLOV, "POST", &format!("/consultations/{}/take", id(&talk)), None).await.problem(409, "taken");
    assert_eq!(names(&world.get(SOKOLOV, &format!("/consultations/{}", id(&talk))).await).len(), 2);
}

#[tokio::test]
async fn who_cannot_be_asked_in_is_refused_and_nothing_happens() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    invite(&world, PETROVA, &talk, SOKOLOV).await.problem(409, "conflict");
    for status in ["away", "break", "going_off", "offline"] {
        let status = json!({ "status": status, "reason": "lunch" });
        world.call(SOKOLOV, "PUT", "/operators/me/status", Some(status)).await.ok();
        invite(&world, PETROVA, &talk, SOKOLOV).await.problem(409, "conflict");
    }
    on_duty(&world, SOKOLOV).await;
    invite(&world, SOKOLOV, &talk, SOKOLOV).await.problem(403, "forbidden");
    invite(&world, PETROVA, &talk, PETROVA).await.problem(409, "conflict");
    dismiss(&world, PETROVA, &talk, PETROVA).await.problem(409, "conflict");
    dismiss(&world, VOLKOVA, &talk, PETROVA).await.problem(409, "conflict");
    invite_as(&world, PETROVA, &talk, SOKOLOV, "lead").await.problem(422, "invalid");
    let path = format!("/consultations/{}/participants", id(&talk));
    for who in [ANNA, BORIS] {
        let body = json!({ "operator_id": operator_id(&world, SOKOLOV).await });
        world.call(who, "POST", &path, Some(body)).await.problem(403, "forbidden");
        world.call(who, "DELETE", &format!("{path}/unknown"), None).await.problem(403, "forbidden");
    }
    for (body, status) in
        [(json!({ "operator_id": "unknown" }), 422), (json!({}), 422), (json!({ "operator": "x" }), 422)]
    {
        world.call(PETROVA, "POST", &path, Some(body)).await.problem(status, "invalid");
    }
    world.call(PETROVA, "DELETE", &format!("{path}/unknown"), None).await.problem(404, "not-found");
    let elsewhere = json!({ "operator_id": operator_id(&world, SOKOLOV).await });
    let nowhere = "/consultations/unknown/participants";
    world.call(PETROVA, "POST", nowhere, Some(elsewhere)).await.problem(404, "not-found");
    dismiss(&world, SOKOLOV, &json!({ "id": "unknown" }), SOKOLOV).await.problem(404, "not-found");

    let queued = world.ask(BORIS, "general").await;
    let refused = invite(&world, VOLKOVA, &queued, SOKOLOV).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["phase"], "queued");
    world.settle().await;
    assert_eq!(world.homeserver.membership(room(&talk), &user(SOKOLOV)), None);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    invite(&world, PETROVA, &talk, SOKOLOV).await.problem(409, "conflict");
    assert_eq!(world.get(VOLKOVA, "/audit?action=consultation.invited").await["total"], 0);
}

#[tokio::test]
async fn a_supervisor_asks_colleagues_into_anybodys_and_watches_himself_though_off_duty() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    invite_as(&world, VOLKOVA, &talk, VOLKOVA, "observer").await.ok();
    let detail = invite(&world, VOLKOVA, &talk, SOKOLOV).await.ok();
    assert_eq!(detail["participants"][2]["invited_by"]["name"], "Ms Volkova");
    let again = invite_as(&world, PETROVA, &talk, VOLKOVA, "consultant").await.ok();
    let roles: Vec<_> = names(&again).into_iter().map(|(_, role)| role).collect();
    assert_eq!(roles, ["lead", "consultant", "consultant"], "asked once more, in another role");
    world.settle().await;
    assert_eq!(world.lines(&talk).await.iter().filter(|line| line["kind"] == "joined").count(), 2);
    dismiss(&world, VOLKOVA, &talk, SOKOLOV).await.ok();
    dismiss(&world, VOLKOVA, &talk, VOLKOVA).await.ok();
    assert_eq!(names(&world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await), lead_alone());
}

#[tokio::test]
async fn asking_somebody_who_is_there_changes_nothing_and_a_council_has_a_limit() {
    let (world, talk) = council().await;
    let again = invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    assert_eq!((names(&again).len(), again["history"].as_array().unwrap().len()), (2, 3));
    for number in 3..=TEAM_MAX + 1 {
        let body = json!({ "user_id": user(&format!("o{number}")), "name": "N", "role": "operator", "queues": [] });
        world.post(VOLKOVA, "/operators", body).await;
        on_duty(&world, &format!("o{number}")).await;
        let answer = invite(&world, PETROVA, &talk, &format!("o{number}")).await;
        if number <= TEAM_MAX { drop(answer.ok()) } else { answer.problem(409, "conflict") }
    }
    world.settle().await;
}

/// The media server tells that somebody came; he has a token.
async fn joins(world: &World, call: &Value, who: &str) {
    world.post(who, &format!("/calls/{}/token", id(call)), json!({})).await;
    let (media_room, room_sid) = world.media.only_room();
    let identity = format!("{}:D", user(who));
    let sid = world.media.connect(&media_room, &identity).unwrap().sid;
    let event = Event {
        id: format!("EV_{}", world.media.number()),
        kind: "participant_joined",
        room: &media_room,
        room_sid: &room_sid,
        at_ms: world.now_ms(),
        who: Some((&sid, &identity, world.now_ms())),
        reason: "CLIENT_INITIATED",
    };
    let body = event.body();
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
    world.look().await;
}

/// A call between Petrova and Anna that both are in.
async fn in_call(world: &World, talk: &Value) -> Value {
    world.pass(1);
    let path = format!("/consultations/{}/calls", id(talk));
    let call = world.post(PETROVA, &path, json!({ "kind": "video" })).await["call"].clone();
    world.post(ANNA, &format!("/calls/{}/answer", id(&call)), json!({})).await;
    for who in [PETROVA, ANNA] {
        joins(world, &call, who).await;
    }
    world.pass(1);
    call
}

fn invited(call: &Value) -> Vec<(String, Option<String>)> {
    let invited = call["invited"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    invited.map(|one| (text(&one["user_id"]).unwrap(), text(&one["invited_by"]))).collect()
}

async fn shown(world: &World, call: &Value) -> Value {
    world.get(PETROVA, &format!("/calls/{}", id(call))).await
}

fn is_there(world: &World, who: &str) -> bool {
    world.media.is_there(&format!("{}:D", user(who)))
}

#[tokio::test]
async fn a_colleague_who_is_asked_in_during_a_call_is_rung_joins_it_and_is_out_of_it_when_he_leaves() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let call = in_call(&world, &talk).await;
    assert_eq!(invited(&shown(&world, &call).await), []);
    let token = format!("/calls/{}/token", id(&call));
    world.call(SOKOLOV, "POST", &token, Some(json!({}))).await.problem(403, "forbidden");
    assert_eq!(world.rtc("sfu/get", &sfu_get(SOKOLOV, room(&talk))).await.status, 403);

    let stream = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    let rung = support::until_event(stream, "call", |data| !invited(&data["call"]).is_empty()).await;
    assert_eq!(invited(&rung["call"]), [(user(SOKOLOV), Some("Dr Petrova".to_owned()))]);
    assert_eq!(rung["call"]["state"], "answered");
    come(&world, &talk, SOKOLOV).await;
    joins(&world, &call, SOKOLOV).await;
    let now = shown(&world, &call).await;
    assert_eq!((invited(&now), now["participants"].as_array().unwrap().len()), (Vec::new(), 3));

    dismiss(&world, SOKOLOV, &talk, SOKOLOV).await.ok();
    world.settle().await;
    world.look().await;
    assert!(!is_there(&world, SOKOLOV), "within one look");
    world.call(SOKOLOV, "POST", &token, Some(json!({}))).await.problem(403, "forbidden");
    let (media_room, _) = world.media.only_room();
    world.media.connect(&media_room, &format!("{}:D", user(SOKOLOV))).unwrap();
    world.pass(1);
    world.look().await;
    assert!(!is_there(&world, SOKOLOV), "the old token opens the room, and he is out again");
    assert!(is_there(&world, ANNA) && is_there(&world, PETROVA), "nobody else is touched");
    assert_eq!(shown(&world, &call).await["state"], "answered");
}

#[tokio::test]
async fn a_ring_at_a_colleague_ends_with_its_time_with_the_call_and_when_he_is_sent_out() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let call = in_call(&world, &talk).await;
    let ring_seconds = world.get(PETROVA, "/calls/availability").await["ring_seconds"].as_i64().unwrap();
    invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    world.pass(ring_seconds - 1);
    assert_eq!(invited(&shown(&world, &call).await).len(), 1);
    world.pass(2);
    assert_eq!(invited(&shown(&world, &call).await), []);
    dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    world.pass(1);
    invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    assert_eq!(invited(&shown(&world, &call).await).len(), 1, "asked once more, he is rung once more");
    dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    assert_eq!(invited(&shown(&world, &call).await), []);
    world.pass(1);
    invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    world.post(PETROVA, &format!("/calls/{}/hang-up", id(&call)), json!({})).await;
    assert_eq!(invited(&shown(&world, &call).await), []);
}

#[tokio::test]
async fn a_colleague_who_does_not_want_to_talk_ends_nobodys_call() {
    let (world, talk) = council().await;
    world.pass(1);
    let path = format!("/consultations/{}/calls", id(&talk));
    let ringing = world.post(ANNA, &path, json!({ "kind": "audio" })).await["call"].clone();
    let decline = format!("/calls/{}/decline", id(&ringing));
    let said = world.post(SOKOLOV, &decline, json!({ "reason": "busy" })).await;
    assert_eq!((&said["state"], &said["decline_reason"]), (&json!("ringing"), &Value::Null));
    world.post(PETROVA, &format!("/calls/{}/answer", id(&ringing)), json!({})).await;
    let said = world.post(SOKOLOV, &decline, json!({})).await;
    assert_eq!(said["state"], "answered");
}

#[tokio::test]
async fn a_consultation_that_is_handed_on_during_a_call_takes_the_old_lead_out_and_rings_at_the_new_one() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let call = in_call(&world, &talk).await;
    let token = format!("/calls/{}/token", id(&call));
    let to = json!({ "to": { "operator_id": operator_id(&world, SOKOLOV).await }, "note": "please go on" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), to).await;
    world.settle().await;
    world.look().await;
    assert!(!is_there(&world, PETROVA) && is_there(&world, ANNA), "the patient waits in the call");
    world.call(PETROVA, "POST", &token, Some(json!({}))).await.problem(403, "forbidden");
    world.call(SOKOLOV, "POST", &token, Some(json!({}))).await.problem(403, "forbidden");
    assert_eq!(invited(&shown(&world, &call).await), [], "he has not taken it yet");

    world.pass(5);
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    assert_eq!(invited(&shown(&world, &call).await), [(user(SOKOLOV), None)]);
    come(&world, &talk, SOKOLOV).await;
    joins(&world, &call, SOKOLOV).await;
    let now = shown(&world, &call).await;
    assert_eq!((&now["state"], invited(&now)), (&json!("answered"), Vec::new()));
    assert!(is_there(&world, SOKOLOV) && is_there(&world, ANNA) && !is_there(&world, PETROVA));
}

#[tokio::test]
async fn a_consultation_that_is_handed_to_a_colleague_in_the_call_goes_on_with_him_without_a_break() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let call = in_call(&world, &talk).await;
    invite(&world, PETROVA, &talk, SOKOLOV).await.ok();
    come(&world, &talk, SOKOLOV).await;
    joins(&world, &call, SOKOLOV).await;
    world.pass(1);
    let to = json!({ "to": { "operator_id": operator_id(&world, SOKOLOV).await }, "note": "yours now" });
    let detail = world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), to).await;
    assert_eq!(
        (&detail["phase"], names(&detail)),
        (&json!("active"), vec![("Dr Sokolov".to_owned(), "lead".to_owned())])
    );
    assert_eq!(detail["transfer"]["note"], "yours now");
    world.settle().await;
    world.look().await;
    assert!(is_there(&world, SOKOLOV) && is_there(&world, ANNA) && !is_there(&world, PETROVA));
    assert_eq!(world.homeserver.membership(room(&talk), &user(SOKOLOV)).as_deref(), Some("join"));
    is_out(&world, &talk, PETROVA).await;
    let now = world.get(SOKOLOV, &format!("/calls/{}", id(&call))).await;
    assert_eq!((&now["state"], invited(&now)), (&json!("answered"), Vec::new()));
    let load = |me: Value| me["operator"]["active_consultations"].as_i64().unwrap();
    assert_eq!((load(world.get(PETROVA, "/me").await), load(world.get(SOKOLOV, "/me").await)), (0, 1));
    world.post(SOKOLOV, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
}

#[tokio::test]
async fn the_colleagues_console_hears_of_it_at_once() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    let talk = world.talk(ANNA, PETROVA).await;
    for who in [SOKOLOV, ANNA] {
        let stream = world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
        let added = invite(&world, PETROVA, &talk, SOKOLOV);
        let (_, told) = tokio::join!(
            added,
            support::until_event(stream, "consultation", |data| names(&data["consultation"]).len() == 2)
        );
        assert_eq!(told["consultation"]["participants"][1]["name"], "Dr Sokolov");
        dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
        world.pass(1);
    }
    world.settle().await;
}

async fn take_over(world: &World, by: &str, talk: &Value, from: &str) -> Answer {
    let body = json!({ "lead": operator_id(world, from).await, "note": "She is ill" });
    world.call(by, "POST", &format!("/consultations/{}/take-over", id(talk)), Some(body)).await
}

#[tokio::test]
async fn a_supervisor_takes_over_at_once_and_who_led_reads_and_writes_no_more() {
    let (world, talk) = council().await;
    let is = take_over(&world, VOLKOVA, &talk, PETROVA).await.ok();
    assert_eq!(
        names(&is),
        [("Dr Sokolov", "consultant"), ("Ms Volkova", "lead")].map(|(name, role)| (name.to_owned(), role.to_owned()))
    );
    world.settle().await;
    assert_eq!(world.homeserver.membership(room(&talk), &user(PETROVA)).as_deref(), Some("leave"));
    assert_eq!(world.homeserver.membership(room(&talk), &user(VOLKOVA)).as_deref(), Some("invite"));
    let last = is["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["action"], &last["actor"]["name"], &last["note"]),
        (&json!("taken_over"), &json!("Ms Volkova"), &json!("She is ill"))
    );
    ask_keys(&world, PETROVA, &talk).await.problem(403, "forbidden");
    ask_keys(&world, VOLKOVA, &talk).await.ok();
    let body = json!({ "to": { "operator_id": operator_id(&world, SOKOLOV).await }, "note": "n" });
    let path = format!("/consultations/{}/transfer", id(&talk));
    world.call(PETROVA, "POST", &path, Some(body)).await.problem(403, "forbidden");
    let told = world.member.said_in(room(&talk));
    assert!(told.iter().any(|said| said.to_string().contains("Ms Volkova")), "the patient is told: {told:?}");
}

#[tokio::test]
async fn who_takes_over_what_changed_hands_meanwhile_is_told_who_leads_it() {
    let (world, talk) = council().await;
    take_over(&world, VOLKOVA, &talk, PETROVA).await.ok();
    take_over(&world, VOLKOVA, &talk, PETROVA).await.ok();
    let to = json!({ "to": { "operator_id": operator_id(&world, SOKOLOV).await }, "note": "Yours again" });
    world.post(VOLKOVA, &format!("/consultations/{}/transfer", id(&talk)), to).await;
    let late = take_over(&world, VOLKOVA, &talk, PETROVA).await;
    late.problem(409, "taken");
}

#[tokio::test]
async fn only_a_supervisor_takes_over_and_only_what_somebody_leads() {
    let (world, talk) = council().await;
    take_over(&world, SOKOLOV, &talk, PETROVA).await.problem(403, "forbidden");
    let path = format!("/consultations/{}/take-over", id(&talk));
    world.call(VOLKOVA, "POST", &path, Some(json!({}))).await.problem(422, "invalid");
    let note = "n".repeat(4_001);
    let long = json!({ "lead": operator_id(&world, PETROVA).await, "note": note });
    world.call(VOLKOVA, "POST", &path, Some(long)).await.problem(422, "invalid");
    let waiting = world.ask(BORIS, "general").await;
    take_over(&world, VOLKOVA, &waiting, PETROVA).await.problem(409, "conflict");
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    take_over(&world, VOLKOVA, &talk, PETROVA).await.problem(409, "conflict");
}
