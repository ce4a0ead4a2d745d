//! What has to be done before real patients come: read from what stands, said by hand only where no machine sees it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::actor::Actor;
use consilium_consult::demo;
use serde_json::{Value, json};
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World, until_event, user};

fn item<'a>(checklist: &'a Value, id: &str) -> &'a Value {
    checklist["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap()
}

async fn state(world: &World, id: &str) -> String {
    item(&world.get(VOLKOVA, "/checklist").await, id)["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_item_says_how_it_stands_and_what_is_missing() {
    let world = World::start().await;
    let checklist = world.get(VOLKOVA, "/checklist").await;
    for (id, state) in [
        ("supervisor", "done"),
        ("address", "done"),
        ("demo", "done"),
        ("calls", "not_needed"),
        ("rehearsal", "open"),
        ("legal", "open"),
        ("contacts", "open"),
        ("email", "open"),
        ("security", "advised"),
        ("key_backup", "open"),
    ] {
        assert_eq!(item(&checklist, id)["state"], state, "{id}: {checklist}");
    }
    // Nobody serves the psychologist's queue, and the two others have no hours.
    assert_eq!(item(&checklist, "queue")["missing"], json!(["General practitioner", "Dentist", "Psychologist"]));
    assert_eq!(item(&checklist, "cover")["missing"], json!(["Psychologist"]));
    let open = checklist["items"].as_array().unwrap().iter().filter(|item| item["state"] == "open").count();
    assert_eq!(checklist["open"], open);
}

#[tokio::test]
async fn it_follows_what_changes() {
    let world = World::start_as(|brand| {
        brand.contacts.email = Some("help@clinic.example".to_owned());
        brand.features.calls = true;
    })
    .await;
    assert_eq!(state(&world, "email").await, "done");
    assert_eq!(state(&world, "calls").await, "done", "the media server answers");
    assert_eq!(state(&world, "security").await, "advised");
    let contacts =
        json!({ "email": "help@clinic.example", "security": { "contacts": ["mailto:safety@clinic.example"] } });
    let change = |based_on: i64, content: &Value| json!({ "based_on": based_on, "content": content });
    world.call(VOLKOVA, "PUT", "/settings/contacts", Some(change(0, &contacts))).await.ok();
    assert_eq!(state(&world, "security").await, "done", "it is said in the console as well");
    let mut over = contacts.clone();
    over["security"]["expires"] = json!("2020-01-31");
    world.call(VOLKOVA, "PUT", "/settings/contacts", Some(change(1, &over))).await.ok();
    assert_eq!(state(&world, "security").await, "advised", "what has run out is as good as nothing");
    let mut wrong = contacts;
    wrong["security"]["contacts"] = json!(["safety@clinic.example"]);
    let refused = world.call(VOLKOVA, "PUT", "/settings/contacts", Some(change(2, &wrong))).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "security.contacts");
    assert_eq!(refused.body["errors"][0]["code"], "security_contact");
    let tenant = world.consult.tenant("clinic").unwrap();
    demo::mark(&tenant, &user(VOLKOVA).into(), &Actor::System).await.unwrap();
    demo::mark(&tenant, &user(SOKOLOV).into(), &Actor::System).await.unwrap();
    let checklist = world.get(VOLKOVA, "/checklist").await;
    assert_eq!(item(&checklist, "supervisor")["state"], "open", "an invented one is none");
    assert_eq!(item(&checklist, "demo")["state"], "open");
    assert_eq!(item(&checklist, "cover")["missing"], json!(["General practitioner", "Dentist", "Psychologist"]));
}

#[tokio::test]
async fn what_no_machine_sees_is_said_by_somebody_and_can_be_taken_back() {
    let world = World::start().await;
    let stream = world.send(VOLKOVA, "GET", "/events", None).await.into_body().into_data_stream();
    let said = world.call(VOLKOVA, "PUT", "/checklist/backups", None).await.ok();
    let backups = item(&said, "backups");
    assert_eq!((&backups["state"], &backups["by_hand"]), (&json!("done"), &json!(true)));
    assert_eq!(backups["marked"]["by"]["name"], "Ms Volkova");
    assert!(backups["marked"]["at"].is_string());
    until_event(stream, "setup", |data| data["what"] == "checklist").await;
    world.call(VOLKOVA, "PUT", "/checklist/backups", None).await.ok();
    assert_eq!(world.get(VOLKOVA, "/audit?action=checklist.marked").await["total"], 1, "once");
    let back = world.call(VOLKOVA, "DELETE", "/checklist/backups", None).await.ok();
    assert_eq!(item(&back, "backups")["state"], "open");
    assert_eq!(world.get(VOLKOVA, "/audit?action=checklist.unmarked").await["total"], 1);
    let world = world.restart().await;
    assert_eq!(state(&world, "backups").await, "open");
}

#[tokio::test]
async fn nobody_says_what_a_machine_sees() {
    let world = World::start().await;
    world.call(VOLKOVA, "PUT", "/checklist/demo", None).await.problem(422, "invalid");
    world.call(VOLKOVA, "DELETE", "/checklist/queue", None).await.problem(422, "invalid");
    world.call(VOLKOVA, "PUT", "/checklist/nonsense", None).await.problem(404, "not-found");
    world.call(PETROVA, "PUT", "/checklist/backups", None).await.problem(403, "forbidden");
    world.call(ANNA, "GET", "/checklist", None).await.problem(403, "forbidden");
    // Where the brand names no law, that there is none to keep is said; else it is seen.
    world.call(VOLKOVA, "PUT", "/checklist/profile", None).await.ok();
    assert_eq!(state(&world, "profile").await, "done");
}
