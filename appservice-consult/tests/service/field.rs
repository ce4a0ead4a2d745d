//! The brand's own fields: filled in by those whose they are, found by lists, in the patient's copy, gone with his account or the consultation's record.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::partner::{Partner, anna};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

use crate::export::{copy, data, page};
use crate::retention::{erase, id, sealed};
use crate::settings::{document, put, restore};

const CANARY: &str = "canary-of-the-fields";

pub async fn fill(world: &World, who: &str, patient: &str, fields: Value) -> Answer {
    world.call(who, "PATCH", &format!("/patients/{patient}"), Some(json!({ "fields": fields }))).await
}

async fn fill_talk(world: &World, who: &str, talk: &Value, fields: Value) -> Answer {
    let path = format!("/consultations/{}/fields", id(talk));
    world.call(who, "PATCH", &path, Some(json!({ "fields": fields }))).await
}

/// What stands in a field of a card or a consultation.
pub fn standing(shown: &Value, field: &str) -> Value {
    let fields = shown["fields"].as_array().unwrap();
    fields.iter().find(|one| one["id"] == field).map_or(json!("no such field"), |one| one["value"].clone())
}

pub fn wrong(answer: &Answer) -> Vec<&str> {
    answer.body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

async fn acts(world: &World, action: &str) -> Vec<Value> {
    let page = world.get(VOLKOVA, &format!("/audit?action={action}")).await;
    page["items"].as_array().unwrap().iter().map(|entry| entry["detail"].clone()).collect()
}

#[tokio::test]
async fn staff_fills_in_a_card_and_the_log_names_the_fields_and_not_what_stands_in_them() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let empty = world.get(PETROVA, &format!("/patients/{patient}")).await;
    let names: Vec<_> = empty["fields"].as_array().unwrap().iter().map(|field| field["name"].clone()).collect();
    assert_eq!(names, ["Allergies", "Branch", "Discount", "Contract number"]);
    assert_eq!(empty["fields"][1]["options"][1], json!({ "code": "river", "text": "Riverside" }));
    assert_eq!(empty["fields"][1]["value"], Value::Null);

    let filled = json!({ "allergies": format!("  {CANARY} "), "branch": "river" });
    let card = fill(&world, PETROVA, &patient, filled).await.ok();
    assert_eq!((standing(&card, "allergies"), standing(&card, "branch")), (json!(CANARY), json!("river")));
    let card = fill(&world, PETROVA, &patient, json!({ "branch": null, "allergies": CANARY })).await.ok();
    assert_eq!((standing(&card, "allergies"), standing(&card, "branch")), (json!(CANARY), Value::Null));
    let told = acts(&world, "patient.changed").await;
    assert_eq!(
        told,
        [json!({ "fields": ["fields.branch"] }), json!({ "fields": ["fields.allergies", "fields.branch"] })]
    );
    assert!(!support::lies_in(&world.data_folder(), CANARY.as_bytes()), "it lies sealed");
    let world = world.restart().await;
    assert_eq!(standing(&world.get(PETROVA, &format!("/patients/{patient}")).await, "allergies"), CANARY);
}

#[tokio::test]
async fn a_field_is_filled_in_by_those_whose_it_is() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &["patients:read", "patients:write"]).await;
    fill(&world, PETROVA, &patient, json!({ "discount": 5 })).await.problem(403, "forbidden");
    for who in [PETROVA, VOLKOVA] {
        fill(&world, who, &patient, json!({ "contract": "7" })).await.problem(403, "forbidden");
    }
    fill(&world, VOLKOVA, &patient, json!({ "discount": 7.5 })).await.ok();
    let change = json!({ "fields": { "contract": "A-7", "branch": "centre" } });
    let told = crm.call("PATCH", &format!("/patients/{patient}"), Some(change)).await.ok();
    assert_eq!(told["fields"], json!({ "branch": "centre", "contract": "A-7", "discount": 7.5 }));
    let card = world.get(PETROVA, &format!("/patients/{patient}")).await;
    assert_eq!((standing(&card, "discount"), standing(&card, "contract")), (json!(7.5), json!("A-7")));
    let fields = crm.get("/fields").await;
    assert_eq!(
        (&fields["patient"][3]["id"], &fields["patient"][3]["filled_by"]),
        (&json!("contract"), &json!("partner"))
    );
    let reader = Partner::with(&world, "Reader", &["patients:read"]).await;
    let change = json!({ "fields": { "contract": "B" } });
    reader.call("PATCH", &format!("/patients/{patient}"), Some(change)).await.problem(403, "forbidden");
    let own =
        world.call(ANNA, "PATCH", "/me", Some(json!({ "name": "Anna", "fields": { "branch": "river" } }))).await.ok();
    assert!(own.get("fields").is_none(), "a patient's app knows nothing of them");
    let card = world.get(PETROVA, &format!("/patients/{patient}")).await;
    assert_eq!(standing(&card, "branch"), "centre");
    world.call(ANNA, "GET", "/fields", None).await.problem(403, "forbidden");
}

#[tokio::test]
async fn what_cannot_stand_in_a_field_is_refused_by_its_name_and_nothing_is_written() {
    let world = World::start().await;
    let patient = anna(&world).await;
    for (fields, names) in [
        (json!({ "branch": "sea", "allergies": "pollen" }), vec!["fields.branch"]),
        (json!({ "branch": true, "unknown": "x" }), vec!["fields.branch", "fields.unknown"]),
        (json!({ "allergies": "x".repeat(1_001) }), vec!["fields.allergies"]),
        (json!({ "unknown": null }), vec!["fields.unknown"]),
        (json!({ "allergies": ["pollen"] }), vec!["body"]),
        (json!(["branch"]), vec!["body"]),
    ] {
        let refused = fill(&world, PETROVA, &patient, fields.clone()).await;
        refused.problem(422, "invalid");
        assert_eq!(wrong(&refused), names, "{fields}");
    }
    let both = json!({ "name": " ", "fields": { "branch": "sea" } });
    let refused = world.call(PETROVA, "PATCH", &format!("/patients/{patient}"), Some(both)).await;
    assert_eq!(wrong(&refused), ["name", "fields.branch"]);
    assert!(acts(&world, "patient.changed").await.is_empty());
    let talk = world.talk(ANNA, PETROVA).await;
    for (fields, names) in [
        (json!({ "occasion": "sometimes" }), vec!["fields.occasion"]),
        (json!({ "visit-on": "tomorrow" }), vec!["fields.visit-on"]),
        (json!({ "branch": "river" }), vec!["fields.branch"]),
    ] {
        let refused = fill_talk(&world, PETROVA, &talk, fields.clone()).await;
        refused.problem(422, "invalid");
        assert_eq!(wrong(&refused), names, "{fields}");
    }
    let body = json!({ "fields": {}, "more": 1 });
    let path = format!("/consultations/{}/fields", id(&talk));
    world.call(PETROVA, "PATCH", &path, Some(body)).await.problem(422, "invalid");
    fill_talk(&world, PETROVA, &json!({ "id": "unknown" }), json!({})).await.problem(404, "not-found");
    fill_talk(&world, ANNA, &talk, json!({})).await.problem(403, "forbidden");
}

#[tokio::test]
async fn patients_and_consultations_are_found_by_what_was_chosen() {
    let world = World::start().await;
    let first = anna(&world).await;
    let (one, other) = (world.ask(ANNA, "general").await, world.ask(BORIS, "general").await);
    world.settle().await;
    let second = world.get(VOLKOVA, "/patients?user=boris").await["items"][0]["id"].as_str().unwrap().to_owned();
    fill(&world, PETROVA, &first, json!({ "branch": "river" })).await.ok();
    fill(&world, PETROVA, &second, json!({ "branch": "centre" })).await.ok();
    let patients = async |query: &str| {
        let list = world.get(PETROVA, &format!("/patients?{query}")).await;
        let rows = list["items"].as_array().unwrap().clone();
        assert_eq!(list["total"], rows.len());
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(patients("field=branch%3Ariver").await, std::slice::from_ref(&first));
    assert_eq!(patients("field=branch%3Acentre&q=boris").await, [second]);
    assert_eq!(patients("field=branch%3Ariver&q=boris").await, [] as [String; 0]);
    fill_talk(&world, PETROVA, &one, json!({ "occasion": "again", "visit-on": "2026-05-09" })).await.ok();
    fill_talk(&world, PETROVA, &other, json!({ "occasion": "first" })).await.ok();
    let talks = async |query: &str| {
        let list = world.get(PETROVA, &format!("/consultations?{query}")).await;
        let rows = list["items"].as_array().unwrap().clone();
        assert_eq!(list["total"], rows.len());
        rows.iter().map(|row| id(row).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(talks("field=occasion%3Aagain").await, [id(&one)]);
    assert_eq!(talks("field=occasion%3Afirst&view=waiting&sort=patient").await, [id(&other)]);
    fill_talk(&world, PETROVA, &one, json!({ "occasion": null })).await.ok();
    assert_eq!(talks("field=occasion%3Aagain").await, [] as [&str; 0]);
    for query in ["field=occasion", "field=occasion%3Aseldom", "field=visit-on%3A2026-05-09", "field=branch%3Ariver"] {
        world.call(PETROVA, "GET", &format!("/consultations?{query}"), None).await.problem(400, "invalid");
    }
    world.call(PETROVA, "GET", "/patients?field=allergies%3Ano", None).await.problem(400, "invalid");
    let crm = Partner::with(&world, "CRM", &["patients:read", "consultations:read"]).await;
    assert_eq!(crm.get("/patients?field=branch%3Ariver").await["total"], 1);
    crm.call("GET", "/consultations?field=occasion%3Afirst", None).await.problem(400, "invalid");
}

#[tokio::test]
async fn desks_hear_of_a_consultations_fields_and_its_patient_does_not() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let listen = async |who: &str| world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
    let (desk, patient) = (listen(VOLKOVA).await, listen(ANNA).await);
    let detail = fill_talk(&world, PETROVA, &talk, json!({ "occasion": "again" })).await.ok();
    assert_eq!(standing(&detail, "occasion"), "again");
    let told = support::until_event(desk, "consultation", |_| true).await;
    assert_eq!(told["consultation"]["id"], talk["id"]);
    world.post(PETROVA, &format!("/consultations/{}/hold", id(&talk)), json!({})).await;
    let heard = support::until_event(patient, "consultation", |_| true).await;
    assert_eq!(heard["consultation"]["phase"], "on_hold", "the first that she hears is the next step");
    let own = world.get(ANNA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!(own["fields"], Value::Null);
    assert_eq!(acts(&world, "consultation.fields_changed").await, [json!({ "fields": ["occasion"] })]);
}

#[tokio::test]
async fn a_patients_copy_has_the_fields_of_his_card_in_his_language_and_none_of_the_desks() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let talk = world.talk(ANNA, PETROVA).await;
    fill_talk(&world, PETROVA, &talk, json!({ "visit-on": "2031-02-03" })).await.ok();
    fill(&world, VOLKOVA, &patient, json!({ "allergies": CANARY, "branch": "river", "discount": 7.5 })).await.ok();
    let mut copy = copy(&world, ANNA, "/me/export?language=ru").await;
    let known = data(&mut copy);
    let branch = &known["profile"]["fields"][1];
    let expected =
        json!({ "id": "branch", "name": "Филиал", "type": "choice", "value": "river", "chosen": "На набережной" });
    assert_eq!(*branch, expected);
    let text = page(&mut copy);
    for said in [CANARY, "Филиал", "На набережной", "Скидка", "7,5"] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!known.to_string().contains("2031"), "what stands on a consultation is the desk's");
}

#[tokio::test]
async fn a_field_that_is_removed_hides_what_stands_in_it_and_undoing_brings_it_back() {
    let world = World::start().await;
    let patient = anna(&world).await;
    fill(&world, PETROVA, &patient, json!({ "allergies": CANARY })).await.ok();
    let known = document(&world, "fields").await;
    assert_eq!((&known["section"]["kind"], &known["section"]["version"]), (&json!("fields"), &json!(0)));
    let mut content = known["content"].clone();
    content["patient"].as_array_mut().unwrap().remove(0);
    put(&world, PETROVA, "fields", &json!(0), content.clone()).await.problem(403, "forbidden");
    put(&world, VOLKOVA, "fields", &json!(0), content).await.ok();
    let card = world.get(PETROVA, &format!("/patients/{patient}")).await;
    assert_eq!(standing(&card, "allergies"), "no such field");
    fill(&world, PETROVA, &patient, json!({ "allergies": "more" })).await.problem(422, "invalid");
    let mut copy = copy(&world, ANNA, "/me/export").await;
    let hidden = json!({ "id": "allergies", "name": "allergies", "type": null, "value": CANARY, "chosen": null });
    assert_eq!(data(&mut copy)["profile"]["fields"], json!([hidden]), "the copy hides nothing");
    restore(&world, "fields", 0).await.ok();
    let card = world.get(PETROVA, &format!("/patients/{patient}")).await;
    assert_eq!(standing(&card, "allergies"), CANARY);
}

#[tokio::test]
async fn fields_are_changed_in_the_console_by_the_rules_of_a_start() {
    let world = World::start().await;
    let known = document(&world, "fields").await["content"].clone();
    let ward = json!({ "id": "ward", "name": { "en": "Ward", "ru": "Палата" }, "type": "number" });
    let mut content = known.clone();
    content["consultation"].as_array_mut().unwrap().push(ward);
    put(&world, VOLKOVA, "fields", &json!(0), content).await.ok();
    let talk = world.talk(ANNA, PETROVA).await;
    let detail = fill_talk(&world, PETROVA, &talk, json!({ "ward": 12 })).await.ok();
    assert_eq!(standing(&detail, "ward"), json!(12.0));
    for (pointer, value, field) in [
        ("/patient/0/id", json!("branch"), "patient.id"),
        ("/patient/0/id", json!("No slug"), "patient.id"),
        ("/patient/1/options", json!([]), "patient.branch.options"),
        ("/patient/0/name", json!({ "en": "Only" }), "patient.allergies.name"),
        ("/patient/0/type", json!("colour"), "patient[0].type"),
        ("/consultation/0/filled_by", json!("partner"), "consultation.occasion.filled_by"),
    ] {
        let mut content = known.clone();
        *content.pointer_mut(pointer).unwrap() = value;
        let refused = put(&world, VOLKOVA, "fields", &json!(1), content).await;
        refused.problem(422, "invalid");
        assert_eq!(wrong(&refused)[0], field);
    }
    put(&world, VOLKOVA, "fields", &json!(1), Value::Null).await.problem(422, "invalid");
}

async fn close(world: &World, who: &str, talk: &Value) -> Answer {
    world.call(who, "POST", &format!("/consultations/{}/close", id(talk)), Some(json!({}))).await
}

/// A brand whose first queue asks for these before the close.
fn asking(brand: &mut consilium_config::Brand) {
    brand.queues[0].required_fields = vec!["visit-on".to_owned(), "occasion".to_owned()];
}

#[tokio::test]
async fn what_a_queue_asks_for_is_filled_in_before_the_close_and_what_is_missing_is_named() {
    let world = World::start_as(asking).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}", id(&talk));
    let detail = world.get(PETROVA, &path).await;
    let missing = json!([{ "id": "occasion", "name": "Occasion" }, { "id": "visit-on", "name": "Comes in person on" }]);
    assert_eq!((&detail["missing_fields"], &detail["chosen_fields"]), (&missing, &json!([])));
    let required: Vec<_> = detail["fields"].as_array().unwrap().iter().map(|field| field["required"].clone()).collect();
    assert_eq!(required, [true, true]);
    let refused = close(&world, PETROVA, &talk).await;
    refused.problem(409, "fields-required");
    assert_eq!(wrong(&refused), ["fields.occasion", "fields.visit-on"]);
    close(&world, SOKOLOV, &talk).await.problem(403, "forbidden");

    fill_talk(&world, PETROVA, &talk, json!({ "occasion": "again" })).await.ok();
    let row = world.get(PETROVA, "/consultations?view=active").await["items"][0].clone();
    assert_eq!(
        (&row["missing_fields"][0]["id"], &row["chosen_fields"]),
        (&json!("visit-on"), &json!(["occasion:again"]))
    );
    assert_eq!(wrong(&close(&world, VOLKOVA, &talk).await), ["fields.visit-on"], "supervisors too");
    fill_talk(&world, PETROVA, &talk, json!({ "visit-on": "2026-05-09", "occasion": null })).await.ok();
    assert_eq!(wrong(&close(&world, PETROVA, &talk).await), ["fields.occasion"], "what was emptied is missing again");
    fill_talk(&world, PETROVA, &talk, json!({ "occasion": "first" })).await.ok();
    let closed = close(&world, PETROVA, &talk).await.ok();
    assert_eq!((&closed["phase"], &closed["missing_fields"]), (&json!("archived"), &json!([])));
    let own = world.get(ANNA, &path).await;
    assert!(own.get("missing_fields").is_none() && own.get("chosen_fields").is_none(), "they are the desk's");
}

#[tokio::test]
async fn a_field_that_a_queue_asks_for_cannot_be_removed_or_made_somebody_elses() {
    let world = World::start_as(asking).await;
    let known = document(&world, "fields").await["content"].clone();
    let mut without = known.clone();
    without["consultation"].as_array_mut().unwrap().remove(0);
    let mut elses = known;
    elses["consultation"][0]["filled_by"] = json!("supervisor");
    for content in [without, elses] {
        let refused = put(&world, VOLKOVA, "fields", &json!(0), content).await;
        refused.problem(422, "invalid");
        assert_eq!(wrong(&refused), ["brand.queues.general.required_fields"]);
    }
    for (asked, says) in [(json!(["gone"]), "gone"), (json!(["occasion", "occasion"]), "twice")] {
        let mut queue = document(&world, "queue.general").await["content"].clone();
        queue["required_fields"] = asked;
        let refused = put(&world, VOLKOVA, "queue.general", &json!(0), queue).await;
        refused.problem(422, "invalid");
        assert_eq!(wrong(&refused), ["required_fields"]);
        assert!(refused.body["errors"][0]["message"].as_str().unwrap().contains(says), "{}", refused.body);
    }
}

#[tokio::test]
async fn sealed_consultations_are_found_by_what_was_chosen() {
    let world = World::start().await;
    let (one, other) = (sealed(&world, ANNA).await, sealed(&world, BORIS).await);
    fill_talk(&world, PETROVA, &one, json!({ "occasion": "again" })).await.ok();
    fill_talk(&world, PETROVA, &other, json!({ "occasion": "first" })).await.ok();
    let found = world.get(PETROVA, "/archive?field=occasion%3Aagain").await;
    assert_eq!((&found["total"], &found["items"][0]["consultation"]["id"]), (&json!(1), &one["id"]));
    assert_eq!(world.get(VOLKOVA, "/archive").await["total"], 2);
    world.call(PETROVA, "GET", "/archive?field=visit-on%3Ano", None).await.problem(400, "invalid");
}

#[tokio::test]
async fn what_stands_on_a_consultation_goes_with_its_record() {
    let world = World::start().await;
    let talk = sealed(&world, ANNA).await;
    fill_talk(&world, PETROVA, &talk, json!({ "occasion": "again", "visit-on": "2026-05-09" })).await.ok();
    world.pass(31 * 60);
    let certificate = erase(&world, &talk).await.ok();
    assert_eq!(certificate["counts"]["fields"], 2, "{certificate}");
    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((standing(&detail, "occasion"), standing(&detail, "visit-on")), (Value::Null, Value::Null));
    fill_talk(&world, PETROVA, &talk, json!({ "occasion": "first" })).await.problem(410, "erased");
}
