//! What an operator sees of others' consultations, by every route, list, count and stream: the dentist against the psychologist; and that the reading of
//! answers is recorded.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::brand::RoutingStrategy;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id, user};

use crate::questionnaire::{asks, calm};
use crate::roles;

/// She alone serves the psychologist's queue, which is a circle of its own.
const LVOVA: &str = "lvova";
const HOUR: i64 = 3_600;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn one(consultation: &Value) -> String {
    format!("/consultations/{}", id(consultation))
}

async fn operator_id(world: &World, who: &str) -> String {
    id(&world.get(who, "/me").await["operator"]).to_owned()
}

async fn with_psychologist(world: World) -> World {
    let new = json!({ "user_id": user(LVOVA), "name": "Dr Lvova", "role": "operator", "queues": ["psychology"] });
    world.post(VOLKOVA, "/operators", new).await;
    world
}

/// A talk of Anna's with the psychologist, both in its room.
async fn private_talk(world: &World) -> Value {
    let asked = world.ask(ANNA, "psychology").await;
    world.settle().await;
    let room = asked["room_id"].as_str().unwrap();
    world.homeserver.come_in(room, &user(ANNA));
    world.post(LVOVA, &format!("{}/take", one(&asked)), json!({})).await;
    world.settle().await;
    world.homeserver.come_in(room, &user(LVOVA));
    world.settle().await;
    asked
}

/// Everything that there can be around a talk, by the first part of its path.
struct Around {
    ids: Vec<(&'static str, String)>,
    tag: String,
    a_macro: String,
    operator: String,
}

impl Around {
    async fn make(world: &World, talk: &Value) -> Self {
        let conversation = talk["conversation_id"].as_str().unwrap().to_owned();
        let note = json!({ "text": "Sleeps badly", "request_id": request_id() });
        let note = world.post(LVOVA, &format!("/conversations/{conversation}/notes"), note).await;
        let call = world.post(LVOVA, &format!("{}/calls", one(talk)), json!({ "kind": "audio" })).await["call"].clone();
        let order = json!({ "queue_id": "psychology", "request_id": request_id(), "phone": "+7 495 000-00-01" });
        let callback = world.post(BORIS, "/callbacks", order).await;
        let follow_up = json!({
            "patient_id": note["patient_id"], "queue_id": "psychology", "due_at": "2023-12-01T09:00:00Z",
            "note": "Ask how she sleeps", "request_id": request_id(),
        });
        let follow_up = world.post(LVOVA, "/follow-ups", follow_up).await;
        let tag = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Fever" }, "color": "info" })).await;
        let a_macro = json!({ "title": "M", "shortcut": "m", "add_tags": [tag["id"]] });
        let a_macro = world.post(VOLKOVA, "/macros", a_macro).await;
        let ids = vec![
            ("/consultations/{id}", id(talk).to_owned()),
            ("/archive/{consultation_id}", id(talk).to_owned()),
            ("/conversations/{id}", conversation),
            ("/notes/{id}", id(&note).to_owned()),
            ("/calls/{id}", id(&call).to_owned()),
            ("/callbacks/{id}", id(&callback).to_owned()),
            ("/follow-ups/{id}", id(&follow_up).to_owned()),
        ];
        let operator = operator_id(world, LVOVA).await;
        Self { ids, tag: id(&tag).to_owned(), a_macro: id(&a_macro).to_owned(), operator }
    }

    /// The path to what is there; `None`: it leads to something else.
    fn path(&self, path: &str) -> Option<String> {
        let (first, id) = self
            .ids
            .iter()
            .find(|(first, _)| path.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))?;
        let named = first[first.find('{')?..].to_owned();
        let path = path.replacen(&named, id, 1).replace("{tag_id}", &self.tag);
        Some(path.replace("{macro_id}", &self.a_macro).replace("{operator_id}", &self.operator))
    }
}

#[tokio::test]
async fn no_route_tells_the_dentist_of_the_psychologists_patient() {
    let world = with_psychologist(World::start().await).await;
    let talk = private_talk(&world).await;
    let around = Around::make(&world, &talk).await;
    let mut tried = 0;
    for (method, path, gate, body) in roles::rows() {
        let Some(path) = around.path(path).filter(|_| gate.admits("operator")) else { continue };
        let answer = world.call(PETROVA, method, &path, body).await;
        assert_eq!(answer.status.as_u16(), 404, "{method} {path}: {}", answer.body);
        tried += 1;
    }
    assert!(tried > 45, "{tried} routes");
    for path in
        ["/consultations/{id}", "/calls/{id}", "/callbacks/{id}", "/follow-ups/{id}", "/conversations/{id}/notes"]
    {
        world.get(LVOVA, &around.path(path).unwrap()).await;
        world.get(VOLKOVA, &around.path(path).unwrap()).await;
    }
    // A follow-up is made about nothing that is not there.
    let patient = world.get(LVOVA, &one(&talk)).await["patient"]["id"].clone();
    let about = json!({
        "patient_id": patient, "consultation_id": talk["id"], "due_at": "2023-12-01T09:00:00Z", "request_id": request_id(),
    });
    world.call(PETROVA, "POST", "/follow-ups", Some(about)).await.problem(422, "invalid");
}

#[tokio::test]
async fn a_look_at_what_is_not_his_to_see_is_none() {
    let world = with_psychologist(World::start().await).await;
    let talk = private_talk(&world).await;
    let around = Around::make(&world, &talk).await;
    let shows = async |who: &str, kind: &str, id: &str| {
        let look = json!({ "console": "c", "record": { "kind": kind, "id": id } });
        world.call(who, "PUT", "/viewing", Some(look)).await.ok()
    };
    let callback = &around.ids.iter().find(|(first, _)| *first == "/callbacks/{id}").unwrap().1.as_str();
    for (kind, id) in [("consultation", id(&talk)), ("callback", callback)] {
        assert_eq!(shows(LVOVA, kind, id).await["viewers"][0]["operator"]["name"], "Dr Lvova", "{kind}");
        assert_eq!(shows(PETROVA, kind, id).await, json!({ "record": null, "viewers": [] }), "{kind}");
    }
}

#[tokio::test]
async fn who_opens_something_for_a_patient_is_named_nothing_that_is_not_his_to_see() {
    let world = with_psychologist(World::start().await).await;
    let talk = private_talk(&world).await;
    let order = json!({ "queue_id": "psychology", "request_id": request_id(), "phone": "+7 495 000-00-01" });
    world.post(ANNA, "/callbacks", order).await;
    let patient = world.get(LVOVA, &one(&talk)).await["patient"]["id"].as_str().unwrap().to_owned();
    let consultation = json!({ "queue_id": "psychology" });
    let callback = json!({ "queue_id": "psychology", "phone": "+7 495 000-00-01" });
    for (what, named, body) in
        [("consultations", "consultation_id", consultation), ("callbacks", "callback_id", callback)]
    {
        let path = format!("/patients/{patient}/{what}");
        let refused = world.call(PETROVA, "POST", &path, Some(body.clone())).await;
        assert_eq!((refused.status.as_u16(), &refused.body[named]), (409, &Value::Null), "{}", refused.body);
        let refused = world.call(LVOVA, "POST", &path, Some(body)).await;
        assert!(refused.status.as_u16() == 409 && refused.body[named].is_string(), "{}", refused.body);
    }
}

#[tokio::test]
async fn no_list_count_or_card_shows_the_dentist_the_psychologists_patient() {
    let world = with_psychologist(World::start().await).await;
    let waits = world.ask(ANNA, "psychology").await;
    let order = json!({ "queue_id": "psychology", "request_id": request_id(), "phone": "+7 495 000-00-01" });
    world.post(BORIS, "/callbacks", order).await;
    let lists = [
        "/consultations",
        "/consultations?view=waiting",
        "/consultations?view=waiting&queue=psychology",
        "/consultations?view=waiting&sort=patient",
        "/consultations?view=all",
        "/consultations?view=active",
        "/consultations?view=ended",
        "/calls",
        "/callbacks?view=all",
        "/callbacks?queue=psychology",
        "/follow-ups?view=open",
        "/archive",
    ];
    let empty = async |when: &str| {
        for path in lists {
            let page = world.get(PETROVA, path).await;
            assert_eq!((&page["total"], &page["items"]), (&json!(0), &json!([])), "{when}: {path}");
        }
        let patients = world.get(PETROVA, "/patients?user=anna").await;
        let card = world.get(PETROVA, &format!("/patients/{}", id(&patients["items"][0]))).await;
        assert_eq!((&card["consultations"], &card["conversations"]), (&json!([]), &json!([])), "{when}");
        world.call(PETROVA, "GET", &one(&waits), None).await.problem(404, "not-found");
    };
    empty("it waits").await;
    assert_eq!(world.get(LVOVA, "/consultations?view=waiting").await["total"], 1);
    assert_eq!(world.get(LVOVA, "/callbacks").await["total"], 1);
    world.settle().await;
    world.homeserver.come_in(waits["room_id"].as_str().unwrap(), &user(ANNA));
    world.post(LVOVA, &format!("{}/take", one(&waits)), json!({})).await;
    world.settle().await;
    empty("it is taken").await;
    world.post(LVOVA, &format!("{}/close", one(&waits)), json!({})).await;
    world.settle().await;
    empty("it is over").await;
    for (who, path) in
        [(LVOVA, "/consultations?view=ended"), (VOLKOVA, "/consultations?view=ended"), (LVOVA, "/archive")]
    {
        assert_eq!(world.get(who, path).await["total"], 1, "{who} {path}");
    }
    // The board's numbers are numbers.
    assert!(world.get(PETROVA, "/queues").await["queues"].as_array().unwrap().len() > 2);
}

#[tokio::test]
async fn the_list_of_patients_counts_what_its_reader_sees() {
    let world = with_psychologist(World::start().await).await;
    world.get("clara", "/me").await;
    world.ask(BORIS, "dental").await;
    world.pass(10);
    private_talk(&world).await;
    let listed = async |who: &str, query: &str| {
        let page = world.get(who, &format!("/patients?{query}")).await;
        let told = |row: &Value| {
            let name = row["name"].as_str().unwrap().to_owned();
            (name, row["consultations"].as_i64().unwrap(), row["last_consultation_at"].is_string())
        };
        page["items"].as_array().unwrap().iter().map(told).collect::<Vec<_>>()
    };
    let of = |name: &str, count| (name.to_owned(), count, count > 0);
    let hers = of("Анна Каренина", 1);
    for sort in ["sort=last_consultation", "sort=consultations"] {
        // The psychologist's one consultation is the psychologist's and the supervisor's to know of.
        assert_eq!(listed(LVOVA, sort).await[0], hers, "{sort}");
        let his = listed(PETROVA, sort).await;
        assert_eq!((&his[0], his.len()), (&of("Boris", 1), 3), "{sort}");
        assert!(his[1..].iter().all(|(_, count, was_there)| (*count, *was_there) == (0, false)), "{his:?}");
    }
    assert_eq!(listed(VOLKOVA, "sort=last_consultation").await[..2], [hers.clone(), of("Boris", 1)]);
    assert_eq!(listed(PETROVA, "days=1").await, [of("Boris", 1)]);
    assert_eq!(listed(LVOVA, "user=anna").await, [hers]);
    assert_eq!(listed(SOKOLOV, "user=boris").await, [of("Boris", 0)], "he serves another queue");
    // Page by page each card once, also where the order ends with those of whom she sees nothing.
    let pages = crate::lists::all(&world, PETROVA, "/patients?sort=consultations").await;
    assert_eq!(pages.len(), 3, "{pages:?}");
    let anna = world.get(LVOVA, "/patients?user=anna").await["items"][0]["id"].as_str().unwrap().to_owned();
    let card = async |who: &str| world.get(who, &format!("/patients/{anna}")).await["last_consultation_at"].clone();
    assert!(card(PETROVA).await.is_null() && card(LVOVA).await.is_string());
    let stream = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    world.call(ANNA, "PATCH", "/me", Some(json!({ "name": "Anna K." }))).await.ok();
    let told = support::until_event(stream, "patient", |data| data["patient"]["name"] == "Anna K.").await;
    assert_eq!(
        (&told["patient"]["consultations"], &told["patient"]["last_consultation_at"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn no_stream_carries_what_the_list_would_not_show() {
    let world = with_psychologist(World::start().await).await;
    let stream = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    let talk = private_talk(&world).await;
    Around::make(&world, &talk).await;
    world.post(LVOVA, &format!("{}/hold", one(&talk)), json!({})).await;
    world.settle().await;
    let last = world.ask("clara", "general").await;
    let is_last = |data: &Value| data["consultation"]["id"] == last["id"];
    let heard = support::events_until(stream, "consultation", is_last).await;
    let told = heard.iter().filter(|(name, _)| name != "gone");
    let secrets = [id(&talk), talk["conversation_id"].as_str().unwrap(), "Sleeps badly", "Анна Каренина"];
    for (name, data) in told {
        // Staff may look for any patient by name: the list of patients is everybody's.
        let secrets = if name == "patient" { &secrets[..3] } else { &secrets[..] };
        let data = data.to_string();
        assert!(secrets.iter().all(|secret| !data.contains(secret)), "{name} {data}");
    }
    let gone: Vec<_> = heard.iter().filter(|(name, _)| name == "gone").map(|(_, data)| data.clone()).collect();
    assert!(gone.contains(&json!({ "kind": "consultation", "id": talk["id"] })), "{heard:?}");
    assert!(gone.iter().all(|data| data.as_object().unwrap().len() == 2), "an id and nothing else: {gone:?}");
}

#[tokio::test]
async fn who_had_it_in_his_list_is_told_to_drop_it_when_a_colleague_takes_it() {
    let world = World::start().await;
    let listen = async || world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    let stream = listen().await;
    let asked = world.ask(ANNA, "general").await;
    support::until_event(stream, "consultation", |data| data["consultation"]["id"] == asked["id"]).await;
    assert_eq!(world.get(SOKOLOV, "/consultations?view=waiting").await["total"], 1);
    let stream = listen().await;
    world.post(PETROVA, &format!("{}/take", one(&asked)), json!({})).await;
    let gone = support::until_event(stream, "gone", |_| true).await;
    assert_eq!(gone, json!({ "kind": "consultation", "id": asked["id"] }));
    assert_eq!(world.get(SOKOLOV, "/consultations").await["total"], 0);
    world.call(SOKOLOV, "GET", &one(&asked), None).await.problem(404, "not-found");
    // It is no secret to him that it was there: he hears who was faster.
    world.call(SOKOLOV, "POST", &format!("{}/take", one(&asked)), None).await.problem(409, "taken");
    world.call(SOKOLOV, "POST", &format!("{}/close", one(&asked)), None).await.problem(403, "forbidden");
    for path in ["tags/unknown", "fields"] {
        let (method, body) = if path == "fields" { ("PATCH", json!({ "fields": {} })) } else { ("PUT", json!({})) };
        world.call(SOKOLOV, method, &format!("{}/{path}", one(&asked)), Some(body)).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn what_is_offered_to_a_colleague_is_a_row_and_no_more() {
    let world = World::start_as(|brand| {
        asks(brand);
        for queue in &mut brand.queues {
            queue.routing.strategy = RoutingStrategy::RoundRobin;
        }
    })
    .await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let asked = crate::questionnaire::ask(&world, ANNA, calm()).await.ok();
    consilium_consult::routing::drain(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    let hers = world.get(PETROVA, &one(&asked)).await;
    assert_eq!(hers["offer"]["to"]["name"], "Dr Petrova", "{hers}");
    assert_eq!(hers["answers"]["items"].as_array().unwrap().len(), 4);
    let his = world.get(SOKOLOV, &one(&asked)).await;
    assert_eq!((&his["id"], &his["offer"]["to"]["name"]), (&asked["id"], &json!("Dr Petrova")));
    assert_eq!(
        (&his["answers"], &his["history"], &his["fields"]),
        (&Value::Null, &json!([]), &json!([])),
        "he may not take it"
    );
    assert_eq!(world.get(SOKOLOV, "/consultations?view=waiting").await["total"], 1);
}

#[tokio::test]
async fn who_handed_it_on_sees_where_it_stands_and_what_was_written_before() {
    let world = World::start_as(asks).await;
    let asked = crate::questionnaire::ask(&world, ANNA, calm()).await.ok();
    world.settle().await;
    world.post(SOKOLOV, &format!("{}/take", one(&asked)), json!({})).await;
    world.pass(1);
    let hand_on = async |who: &str, note: &str| {
        let body = json!({ "to": { "queue_id": "dental" }, "note": note });
        world.post(who, &format!("{}/transfer", one(&asked)), body).await
    };
    let left = hand_on(SOKOLOV, "the first note").await;
    assert_eq!((&left["transfer"]["note"], &left["answers"]), (&json!("the first note"), &Value::Null));
    assert!(left["history"].to_string().contains("the first note"), "it is his own");
    assert_eq!(world.get(PETROVA, &one(&asked)).await["answers"]["items"].as_array().unwrap().len(), 4);
    world.pass(1);
    world.post(PETROVA, &format!("{}/take", one(&asked)), json!({})).await;
    world.pass(1);
    hand_on(PETROVA, "the second note").await;
    let seen = world.get(SOKOLOV, &one(&asked)).await;
    assert_eq!((&seen["phase"], &seen["queue"]["id"]), (&json!("queued"), &json!("dental")), "where it stands");
    assert_eq!((&seen["transfer"]["from"], &seen["transfer"]["note"]), (&json!("Dr Petrova"), &json!("")));
    assert!(!seen.to_string().contains("the second note"), "{seen}");
    let row = world.get(SOKOLOV, "/consultations?view=waiting").await["items"][0].clone();
    assert_eq!((&row["id"], &row["transfer"]["note"]), (&asked["id"], &json!("")));
    assert_eq!(world.get(PETROVA, &one(&asked)).await["transfer"]["note"], "the second note");
    for shown in [&seen, &row] {
        assert_eq!(
            (&shown["waiting"], &shown["priority"]),
            (&Value::Null, &json!(0)),
            "how it waits is not his: {shown}"
        );
    }
}

#[tokio::test]
async fn who_handed_it_to_a_queue_that_he_does_not_serve_sees_that_and_not_how_it_waits_there() {
    let world = World::start_as(asks).await;
    let asked = crate::questionnaire::ask(&world, ANNA, calm()).await.ok();
    world.settle().await;
    world.homeserver.come_in(asked["room_id"].as_str().unwrap(), &user(ANNA));
    world.post(SOKOLOV, &format!("{}/take", one(&asked)), json!({})).await;
    world.settle().await;
    world.pass(1);
    let stream = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    let body = json!({ "to": { "queue_id": "dental" }, "note": "a tooth" });
    world.post(SOKOLOV, &format!("{}/transfer", one(&asked)), body).await;
    let is_handed_on = |data: &Value| data["consultation"]["queue"]["id"] == "dental";
    let told = support::until_event(stream, "consultation", is_handed_on).await["consultation"].clone();
    world.pass(1);
    world.say(ANNA, asked["room_id"].as_str().unwrap(), "It has begun to bleed").await;
    world.settle().await;
    let theirs = world.get(PETROVA, &one(&asked)).await;
    assert!(theirs["waiting"]["place"].is_i64() && theirs["priority"].as_i64() > Some(0), "{theirs}");
    assert!(theirs["unanswered_since"].is_string() && theirs["answered_at"].is_string(), "{theirs}");
    let rows = world.get(SOKOLOV, "/consultations?view=all").await["items"].clone();
    for his in [&told, &world.get(SOKOLOV, &one(&asked)).await, &rows[0]] {
        assert_eq!((&his["phase"], &his["queue"]["id"]), (&json!("queued"), &json!("dental")), "{his}");
        assert_eq!((&his["transfer"]["from"], &his["transfer"]["note"]), (&json!("Dr Sokolov"), &json!("a tooth")));
        for hidden in ["waiting", "offer", "sla", "unanswered_since", "answered_at"] {
            assert_eq!(his[hidden], Value::Null, "{hidden}: {his}");
        }
        assert_eq!((&his["priority"], &his["red_flag"], &his["tags"]), (&json!(0), &json!(false), &json!([])));
    }
    assert_eq!(rows[0]["last_message_at"], Value::Null, "the patient wrote after he was gone");
}

#[tokio::test]
async fn a_mention_lends_the_row_for_a_time() {
    let world = World::start_as(|_| {}).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.call(SOKOLOV, "GET", &one(&talk), None).await.problem(404, "not-found");
    let stream = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    let notes = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    let colleague = operator_id(&world, SOKOLOV).await;
    let note = json!({ "text": "@Dr Sokolov, look", "mentions": [colleague], "request_id": request_id() });
    world.post(PETROVA, &notes, note).await;
    let heard = support::events_until(stream, "mention", |_| true).await;
    let row = heard.iter().find(|(name, _)| name == "consultation");
    assert_eq!(row.unwrap().1["consultation"]["id"], talk["id"], "the row comes first: {heard:?}");
    let lent = world.get(SOKOLOV, &one(&talk)).await;
    assert_eq!((&lent["phase"], &lent["history"], &lent["fields"]), (&json!("active"), &json!([]), &json!([])));
    assert_eq!(world.get(SOKOLOV, "/consultations?view=active").await["total"], 1);
    assert_eq!(world.get(SOKOLOV, "/consultations?view=all").await["total"], 1);
    world.pass(24 * HOUR);
    world.call(SOKOLOV, "GET", &one(&talk), None).await.problem(404, "not-found");
    assert_eq!(world.get(SOKOLOV, "/consultations?view=all").await["total"], 0);
}

#[tokio::test]
async fn reading_the_answers_is_recorded_once_for_a_while_and_again_when_they_changed() {
    let world = World::start_as(|brand| {
        asks(brand);
        brand.queues.iter_mut().for_each(|queue| queue.abandon_after_minutes = 10_000);
    })
    .await;
    let asked = crate::questionnaire::ask(&world, ANNA, calm()).await.ok();
    let readings = async || {
        let audit = world.get(VOLKOVA, "/audit?action=consultation.answers_read").await;
        audit["items"].as_array().unwrap().clone()
    };
    assert!(readings().await.is_empty());
    for _ in 0..3 {
        world.get(SOKOLOV, &one(&asked)).await;
    }
    let first = readings().await;
    assert_eq!(first.len(), 1, "one for a while: {first:?}");
    assert_eq!((&first[0]["subject"]["id"], &first[0]["actor"]["name"]), (&asked["id"], &json!("Dr Sokolov")));
    world.get(PETROVA, &one(&asked)).await;
    assert_eq!(readings().await.len(), 2, "each reader");
    world.pass(HOUR - 1);
    world.get(SOKOLOV, &one(&asked)).await;
    assert_eq!(readings().await.len(), 2);
    world.pass(2);
    world.get(SOKOLOV, &one(&asked)).await;
    assert_eq!(readings().await.len(), 3, "a while later it is another reading");
    world.pass(1);
    let path = format!("{}/answers", one(&asked));
    let seen = world.get(ANNA, &path).await["answered_at"].clone();
    let anew = json!([crate::questionnaire::answer("fever", false)]);
    world.call(ANNA, "PUT", &path, Some(json!({ "answers": anew, "based_on": seen }))).await.ok();
    for _ in 0..2 {
        world.get(SOKOLOV, &one(&asked)).await;
    }
    assert_eq!(readings().await.len(), 4, "other answers are read anew");
    // What is no longer his to read is no reading, and the row is none.
    world.post(PETROVA, &format!("{}/take", one(&asked)), json!({})).await;
    let before = readings().await.len();
    world.call(SOKOLOV, "GET", &one(&asked), None).await.problem(404, "not-found");
    world.get(PETROVA, "/consultations?view=mine").await;
    assert_eq!(readings().await.len(), before);
}

#[tokio::test]
async fn a_patient_reads_no_word_of_staff_in_his_record() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let tag = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Difficult" }, "color": "danger" })).await;
    world.call(PETROVA, "PUT", &format!("{}/tags/{}", one(&talk), id(&tag)), None).await.ok();
    world.pass(1);
    let me = json!({ "to": { "operator_id": operator_id(&world, SOKOLOV).await }, "note": "for your eyes only" });
    world.post(PETROVA, &format!("{}/transfer", one(&talk)), me).await;
    world.post(SOKOLOV, &format!("{}/take", one(&talk)), json!({})).await;
    world.post(SOKOLOV, &format!("{}/close", one(&talk)), json!({})).await;
    world.settle().await;
    let path = format!("/archive/{}", id(&talk));
    let own = world.get(ANNA, &path).await.to_string();
    assert!(!own.contains("for your eyes only") && !own.contains("Difficult"), "{own}");
    let staff = world.get(VOLKOVA, &path).await.to_string();
    assert!(staff.contains("for your eyes only") && staff.contains("Difficult"), "{staff}");
}
