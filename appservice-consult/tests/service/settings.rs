//! Settings: what supervisors change in the console, over what the brand folder says; each change a version, each version one that can be brought back.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, PETROVA, VOLKOVA, World};

const SECOND: &str = "second";

pub async fn document(world: &World, section: &str) -> Value {
    world.get(VOLKOVA, &format!("/settings/{section}")).await
}

/// Asks for a section with something in it set, as `who`, on the version that stands.
pub async fn try_set(world: &World, who: &str, section: &str, pointer: &str, value: Value) -> Answer {
    let known = document(world, section).await;
    let mut content = known["content"].clone();
    *content.pointer_mut(pointer).expect("a field of the section") = value;
    put(world, who, section, &known["section"]["version"], content).await
}

pub async fn set(world: &World, section: &str, pointer: &str, value: Value) -> Value {
    try_set(world, VOLKOVA, section, pointer, value).await.ok()
}

pub async fn put(world: &World, who: &str, section: &str, based_on: &Value, content: Value) -> Answer {
    let body = json!({ "based_on": based_on, "content": content });
    world.call(who, "PUT", &format!("/settings/{section}"), Some(body)).await
}

pub async fn restore(world: &World, section: &str, version: i64) -> Answer {
    let based_on = document(world, section).await["section"]["version"].clone();
    let body = json!({ "based_on": based_on, "version": version });
    world.call(VOLKOVA, "POST", &format!("/settings/{section}/restore"), Some(body)).await
}

pub async fn history(world: &World, section: &str) -> Vec<Value> {
    let history = world.get(VOLKOVA, &format!("/settings/{section}/history")).await;
    history["versions"].as_array().unwrap().clone()
}

fn sections(list: &Value) -> Vec<&str> {
    list["sections"].as_array().unwrap().iter().map(|section| section["section"].as_str().unwrap()).collect()
}

pub fn fields(answer: &Answer) -> Vec<&str> {
    answer.body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_section_that_nobody_changed_says_what_the_folder_says() {
    let world = World::start().await;
    let all = world.get(VOLKOVA, "/settings").await;
    let expected = [
        "queue.general",
        "queue.dental",
        "queue.psychology",
        "queues",
        "holidays",
        "texts",
        "contacts",
        "callback-form",
        "legal",
        "consents",
        "retention",
        "statuses",
        "fields",
        "conclusion.visit",
        "rules",
    ];
    assert_eq!(sections(&all), expected);
    assert_eq!(all["sections"][0]["title"], "General practitioner");
    assert_eq!((&all["sections"][0]["version"], &all["sections"][0]["origin"]), (&json!(0), &json!("folder")));
    assert_eq!(all["choices"]["circles"][1], json!({ "id": "private", "name": "Private" }));
    let queue = document(&world, "queue.psychology").await;
    assert_eq!(queue["content"]["name"], json!({ "en": "Psychologist", "ru": "Психолог" }));
    assert_eq!(queue["content"]["hours"][0]["from"], "09:00:00");
    assert_eq!(queue["content"]["id"], Value::Null, "the id is the section's name");
    assert!(history(&world, "queue.psychology").await.is_empty());
    for unknown in ["queue.nobody", "colors", "queue", "texts.en"] {
        world.call(VOLKOVA, "GET", &format!("/settings/{unknown}"), None).await.problem(404, "not-found");
        world.call(VOLKOVA, "GET", &format!("/settings/{unknown}/history"), None).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_change_is_a_version_that_says_who_when_what_and_why() {
    let world = World::start().await;
    world.pass(60);
    let known = document(&world, "queue.general").await;
    let mut content = known["content"].clone();
    content["name"]["en"] = json!("Doctor");
    content["capacity"] = json!(7);
    let body = json!({ "based_on": 0, "content": content, "note": "  As the   sign says " });
    let changed = world.call(VOLKOVA, "PUT", "/settings/queue.general", Some(body)).await.ok();
    assert_eq!((&changed["section"]["version"], &changed["section"]["origin"]), (&json!(1), &json!("console")));
    assert_eq!((&changed["section"]["title"], &changed["content"]["capacity"]), (&json!("Doctor"), &json!(7)));
    let versions = history(&world, "queue.general").await;
    assert_eq!((versions.len(), &versions[0]["note"]), (1, &json!("As the sign says")));
    assert_eq!(versions[0]["by"]["name"], "Ms Volkova");
    let differences = json!([
        { "field": "capacity", "before": 500, "after": 7 },
        { "field": "name.en", "before": "General practitioner", "after": "Doctor" },
    ]);
    assert_eq!(versions[0]["differences"], differences);
    let audit = world.get(VOLKOVA, "/audit?action=settings.changed").await;
    assert_eq!(audit["items"][0]["subject"]["id"], "queue.general");
    assert_eq!(audit["items"][0]["detail"]["fields"], json!(["capacity", "name.en"]));
    let again = put(&world, VOLKOVA, "queue.general", &json!(1), changed["content"].clone()).await.ok();
    assert_eq!(again["section"]["version"], 1, "what says the same is no change");
}

#[tokio::test]
async fn of_two_who_change_the_same_the_second_is_told_who_was_faster() {
    let world = World::start().await;
    let new = json!({ "user_id": support::user(SECOND), "name": "Second", "role": "supervisor", "queues": [] });
    world.post(VOLKOVA, "/operators", new).await;
    let known = document(&world, "contacts").await;
    let mut content = known["content"].clone();
    content["phone"] = json!("+74950000001");
    put(&world, SECOND, "contacts", &json!(0), content.clone()).await.ok();
    content["phone"] = json!("+74950000002");
    let late = put(&world, VOLKOVA, "contacts", &json!(0), content.clone()).await;
    late.problem(409, "conflict");
    assert_eq!(late.body["changed_by"]["name"], "Second");
    put(&world, VOLKOVA, "contacts", &json!(9), content.clone()).await.problem(409, "conflict");
    put(&world, VOLKOVA, "contacts", &json!(1), content).await.ok();
    // At once: exactly one.
    let second = json!(2);
    let both = [json!("+74950000003"), json!("+74950000004")].map(|phone| {
        let mut content = known["content"].clone();
        content["phone"] = phone;
        put(&world, VOLKOVA, "contacts", &second, content)
    });
    let answers = futures_util::future::join_all(both).await;
    let mut statuses = answers.iter().map(|answer| answer.status.as_u16()).collect::<Vec<_>>();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn undoing_is_a_further_version_and_nothing_is_lost() {
    let world = World::start().await;
    set(&world, "texts", "/texts/en/home.greeting", json!("First")).await;
    set(&world, "texts", "/texts/en/home.greeting", json!("Second")).await;
    let undone = restore(&world, "texts", 1).await.ok();
    assert_eq!(
        (&undone["section"]["version"], &undone["content"]["texts"]["en"]["home.greeting"]),
        (&json!(3), &json!("First"))
    );
    let folder = restore(&world, "texts", 0).await.ok();
    assert_eq!(folder["content"]["texts"]["en"]["home.greeting"], "Ask.");
    let versions = history(&world, "texts").await;
    let told: Vec<_> = versions.iter().map(|one| (one["version"].as_i64().unwrap(), one["restores"].clone())).collect();
    assert_eq!(told, [(4, json!(0)), (3, json!(1)), (2, Value::Null), (1, Value::Null)]);
    assert_eq!(versions[1]["differences"][0]["after"], "First");
    restore(&world, "texts", 9).await.problem(404, "not-found");
    let audit = world.get(VOLKOVA, "/audit?action=settings.restored").await;
    assert_eq!(audit["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_field_and_nothing_is_written() {
    let world = World::start().await;
    let backwards = json!([{ "days": ["monday"], "from": "18:00", "to": "09:00" }]);
    for (section, pointer, value, field) in [
        ("queue.general", "/hours", backwards, "hours[0]"),
        ("queue.general", "/hours", json!([{ "days": ["monday"], "from": "25:00", "to": "09:00" }]), "hours[0].from"),
        (
            "queue.general",
            "/closures",
            json!([{ "from": "2027-01-02T00:00", "to": "2027-01-01T00:00" }]),
            "closures[0]",
        ),
        (
            "queue.general",
            "/routing/overflow",
            json!({ "queue": "general", "after_minutes": 1 }),
            "routing.overflow.queue",
        ),
        (
            "queue.general",
            "/routing/overflow",
            json!({ "queue": "psychology", "after_minutes": 1 }),
            "routing.overflow.queue",
        ),
        ("queue.general", "/circle", json!("nowhere"), "circle"),
        ("queue.general", "/name", json!({ "en": "Only English" }), "name"),
        ("queue.general", "/time_zone", json!("Mars/Base"), "time_zone"),
        ("queue.general", "/capacity", json!(0), "capacity"),
        ("queue.general", "/sla/warn_percent", json!(0), "sla.warn_percent"),
        ("queue.general", "/retention", json!("gone"), "retention"),
        ("queue.general", "/conclusion_template", json!("gone"), "conclusion_template"),
        ("queues", "/order", json!(["general", "dental"]), "order"),
        ("texts", "/texts/ru/emergency", json!("  "), "texts.ru.emergency"),
        ("contacts", "/email", json!("nobody"), "email"),
        ("holidays", "/days", json!([{ "on": "13-01", "name": { "en": "a", "ru": "b" } }]), "days[0].on"),
        ("holidays", "/days", json!([{ "on": "01-07", "name": { "en": "a" } }]), "days[0].name"),
        ("conclusion.visit", "/sections", json!([]), "sections"),
    ] {
        let refused = try_set(&world, VOLKOVA, section, pointer, value.clone()).await;
        refused.problem(422, "invalid");
        assert!(fields(&refused).contains(&field), "{section} {pointer} {value}: {}", refused.body);
    }
    for content in [json!([]), json!(3), json!({ "phone": 3 }), json!({ "more": 1 }), Value::Null] {
        put(&world, VOLKOVA, "contacts", &json!(0), content).await.problem(422, "invalid");
    }
    let body = json!({ "based_on": 0, "content": {}, "note": "n".repeat(301) });
    world.call(VOLKOVA, "PUT", "/settings/contacts", Some(body)).await.problem(422, "invalid");
    let all = world.get(VOLKOVA, "/settings").await;
    assert!(all["sections"].as_array().unwrap().iter().all(|section| section["version"] == 0), "{all}");
}

#[tokio::test]
async fn trying_says_what_would_change_and_when_the_queue_would_work_and_changes_nothing() {
    let world = World::start().await;
    let mut content = document(&world, "queue.dental").await["content"].clone();
    content["hours"] = json!([{ "days": ["wednesday"], "from": "10:00", "to": "12:00" }]);
    let tried = world.post(VOLKOVA, "/settings/queue.dental/check", json!({ "content": content })).await;
    assert_eq!((&tried["errors"], &tried["differences"][0]["field"]), (&json!([]), &json!("hours")));
    let days = tried["hours"]["days"].as_array().unwrap();
    assert_eq!((days.len(), days.iter().filter(|day| day["times"] != json!([])).count()), (14, 2));
    content["hours"][0]["to"] = json!("10:00");
    let tried = world.post(VOLKOVA, "/settings/queue.dental/check", json!({ "content": content })).await;
    assert_eq!((&tried["errors"][0]["field"], &tried["hours"]), (&json!("hours[0]"), &Value::Null));
    assert_eq!(document(&world, "queue.dental").await["section"]["version"], 0);
}

#[tokio::test]
async fn a_queue_is_made_in_the_console_and_removed_only_while_nobody_was_there() {
    let world = World::start().await;
    let mut content = document(&world, "queue.general").await["content"].clone();
    content["name"] = json!({ "en": "Night", "ru": "Ночь" });
    let made = put(&world, VOLKOVA, "queue.night", &json!(0), content.clone()).await.ok();
    assert_eq!(made["section"]["title"], "Night");
    let order = document(&world, "queues").await["content"]["order"].clone();
    assert_eq!(order, json!(["general", "dental", "psychology", "night"]));
    set(&world, "queues", "/order", json!(["night", "general", "dental", "psychology"])).await;
    assert_eq!(world.get(ANNA, "/services").await["services"][0]["id"], "night");
    let removed = put(&world, VOLKOVA, "queue.night", &json!(1), Value::Null).await.ok();
    assert_eq!((&removed["section"]["is_there"], &removed["content"]), (&json!(false), &Value::Null));
    assert!(sections(&world.get(VOLKOVA, "/settings").await).contains(&"queue.night"), "it can be brought back");
    restore(&world, "queue.night", 1).await.ok();
    world.ask(ANNA, "night").await;
    let version = document(&world, "queue.night").await["section"]["version"].clone();
    put(&world, VOLKOVA, "queue.night", &version, Value::Null).await.problem(409, "conflict");
    content["circle"] = json!("private");
    let moved = put(&world, VOLKOVA, "queue.night", &version, content).await;
    moved.problem(422, "invalid");
    assert_eq!(fields(&moved), ["circle"]);
    // The call-back form of the folder offers it.
    put(&world, VOLKOVA, "queue.general", &json!(0), Value::Null).await.problem(422, "invalid");

    put(&world, VOLKOVA, "queue.nobody", &json!(0), Value::Null).await.problem(404, "not-found");
    let id = json!({ "id": "other", "name": { "en": "a", "ru": "b" } });
    put(&world, VOLKOVA, "queue.third", &json!(0), id).await.problem(422, "invalid");
}

#[tokio::test]
async fn operators_and_patients_neither_see_nor_change_settings() {
    let world = World::start().await;
    for who in [PETROVA, ANNA] {
        world.call(who, "GET", "/settings", None).await.problem(403, "forbidden");
        put(&world, who, "contacts", &json!(0), json!({})).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn what_was_changed_outlives_a_restart_and_a_changed_folder() {
    let world = World::start().await;
    set(&world, "queue.general", "/priority", json!(9)).await;
    set(&world, "queue.dental", "/retention", Value::Null).await;
    let world = world.restart().await;
    assert_eq!(document(&world, "queue.general").await["content"]["priority"], 9);
    let world = world
        .restart_with(|brand| {
            for queue in &mut brand.queues {
                queue.priority = 33;
            }
        })
        .await;
    let general = document(&world, "queue.general").await;
    assert_eq!((&general["content"]["priority"], &general["section"]["origin"]), (&json!(9), &json!("folder_differs")));
    let psychology = document(&world, "queue.psychology").await;
    assert_eq!((&psychology["content"]["priority"], &psychology["section"]["origin"]), (&json!(33), &json!("folder")));
    let taken = restore(&world, "queue.general", 0).await.ok();
    assert_eq!((&taken["content"]["priority"], &taken["section"]["origin"]), (&json!(33), &json!("console")));
}

#[tokio::test]
async fn what_does_not_fit_a_new_folder_is_set_aside_until_somebody_mends_it() {
    let world = World::start().await;
    set(&world, "queue.general", "/routing/overflow", json!({ "queue": "dental", "after_minutes": 5 })).await;
    let world = world
        .restart_with(|brand| {
            let dental = brand.queues.iter_mut().find(|queue| queue.id == "dental").unwrap();
            dental.circle = "private".to_owned();
        })
        .await;
    let general = document(&world, "queue.general").await;
    assert_eq!(
        (&general["section"]["origin"], &general["content"]["routing"]["overflow"]),
        (&json!("set_aside"), &Value::Null)
    );
    world.ask(ANNA, "general").await;
    let mended = put(&world, VOLKOVA, "queue.general", &json!(1), general["content"].clone()).await.ok();
    assert_eq!((&mended["section"]["version"], &mended["section"]["origin"]), (&json!(2), &json!("console")));
}

#[tokio::test]
async fn what_is_exported_is_a_brand_that_says_what_holds() {
    let world = World::start().await;
    set(&world, "queue.general", "/hours", json!([{ "days": ["monday", "friday"], "from": "08:30", "to": "00:00" }]))
        .await;
    set(&world, "holidays", "/days", json!([{ "on": "01-07", "name": { "en": "Christmas", "ru": "Рождество" } }]))
        .await;
    set(&world, "queues", "/order", json!(["psychology", "dental", "general"])).await;
    let response = world.send(VOLKOVA, "GET", "/settings/export", None).await;
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"brand.toml\"");
    let bytes = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let exported: consilium_config::Brand = toml::from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
    assert!(exported.settings_problems().is_empty());
    let holds = world.consult.tenant("clinic").unwrap().brand();
    assert_eq!(serde_json::to_value(&exported).unwrap(), serde_json::to_value(&*holds).unwrap());
    let before = world.get(ANNA, "/services").await;
    let again = World::start_as(|brand| *brand = exported).await;
    assert_eq!(
        again.get(ANNA, "/services").await["services"][2]["hours"]["times"],
        before["services"][2]["hours"]["times"]
    );
}
