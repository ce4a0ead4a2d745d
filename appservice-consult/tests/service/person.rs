//! Persons whom a patient acts for: his list of them, asking for them, what the desk sees, what is agreed to for them, and what is left of them where.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::Brand;
use serde_json::{Value, json};
use support::partner::{Partner, SCOPES, anna};
use support::{ANNA, Answer, BORIS, PETROVA, VOLKOVA, World, lies_in, request_id};

use crate::conclusion;
use crate::consent::{asks, given};
use crate::export::{copy, data, page};
use crate::fhir::{export, faults, resources};
use crate::retention::{close, id};

pub fn masha() -> Value {
    json!({
        "name": "Masha Mashina", "birth_date": "2017-05-01", "sex": "female", "relationship": "PRN",
        "request_id": request_id(),
    })
}

pub async fn add(world: &World, who: &str, person: Value) -> Value {
    world.post(who, "/me/persons", person).await
}

async fn persons(world: &World, who: &str) -> Vec<Value> {
    world.get(who, "/me/persons").await["persons"].as_array().unwrap().clone()
}

async fn remove(world: &World, who: &str, person: &Value) -> Answer {
    world.call(who, "DELETE", &format!("/me/persons/{}", id(person)), None).await
}

async fn change(world: &World, who: &str, person: &Value, change: Value) -> Answer {
    world.call(who, "PATCH", &format!("/me/persons/{}", id(person)), Some(change)).await
}

async fn ask_for(world: &World, who: &str, person: Option<&Value>, consents: &[Value]) -> Answer {
    let mut question = json!({ "queue_id": "general", "request_id": request_id(), "consents": consents });
    if let Some(person) = person {
        question["person_id"] = person["id"].clone();
    }
    world.call(who, "POST", "/consultations", Some(question)).await
}

/// Asked for a person, taken, both in the room, something said, closed and sealed.
async fn sealed_for(world: &World, who: &str, person: &Value) -> Value {
    let talk = led_for(world, who, person).await;
    world.say(who, talk["room_id"].as_str().unwrap(), "She coughs").await;
    close(world, &talk).await;
    talk
}

async fn led_for(world: &World, who: &str, person: &Value) -> Value {
    let talk = ask_for(world, who, Some(person), &[]).await.ok();
    world.settle().await;
    let room = talk["room_id"].as_str().unwrap();
    world.homeserver.join(room, &support::user(who));
    world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    world.settle().await;
    world.homeserver.join(room, &support::user(PETROVA));
    world.settle().await;
    talk
}

async fn acts(world: &World, subject: &str) -> Vec<Value> {
    let audit = world.get(VOLKOVA, &format!("/audit?subject={subject}&limit=200")).await;
    audit["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_person_is_added_once_for_each_press_and_changed() {
    let world = World::start().await;
    assert_eq!(persons(&world, ANNA).await, [] as [Value; 0]);
    let new = masha();
    let added = world.call(ANNA, "POST", "/me/persons", Some(new.clone())).await;
    let again = world.call(ANNA, "POST", "/me/persons", Some(new)).await;
    assert_eq!((added.status.as_u16(), again.status.as_u16()), (201, 200));
    let person = added.ok();
    assert_eq!(again.ok(), person);
    assert_eq!(
        (&person["name"], &person["age"], &person["active"]),
        (&json!("Masha Mashina"), &json!(6), &json!(true))
    );
    assert_eq!((&person["relationship"], &person["consultations"]), (&json!("PRN"), &json!(0)));
    let changed = change(&world, ANNA, &person, json!({ "name": "Maria", "sex": null })).await.ok();
    assert_eq!((&changed["name"], &changed["sex"]), (&json!("Maria"), &Value::Null));
    assert_eq!(changed["birth_date"], "2017-05-01");
    assert_eq!(persons(&world, ANNA).await, [changed]);
    assert_eq!(persons(&world, BORIS).await, [] as [Value; 0]);
    let subject = anna(&world).await;
    let mine = acts(&world, &subject).await;
    let named = |action: &str| mine.iter().find(|entry| entry["action"] == action).map(|entry| entry["detail"].clone());
    assert_eq!(named("person.added"), Some(json!({ "person": id(&person) })));
    assert_eq!(named("person.changed"), Some(json!({ "person": id(&person), "fields": ["name", "sex"] })));
}

#[tokio::test]
async fn what_cannot_be_a_person_is_refused_by_its_field() {
    let world = World::start().await;
    for (field, value) in [
        ("name", json!(" ")),
        ("name", json!("x".repeat(201))),
        ("birth_date", json!("2090-01-01")),
        ("birth_date", json!("soon")),
        ("birth_date", json!("")),
    ] {
        let mut wrong = masha();
        wrong[field] = value;
        let refused = world.call(ANNA, "POST", "/me/persons", Some(wrong)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field);
    }
    for (field, value) in [("relationship", json!("MOTHER")), ("sex", json!("yes")), ("phone", json!("1"))] {
        let mut wrong = masha();
        wrong[field] = value;
        world.call(ANNA, "POST", "/me/persons", Some(wrong)).await.problem(422, "invalid");
    }
    assert_eq!(persons(&world, ANNA).await, [] as [Value; 0]);
    let person = add(&world, ANNA, masha()).await;
    change(&world, ANNA, &person, json!({ "birth_date": " " })).await.problem(422, "invalid");
    change(&world, ANNA, &person, json!({ "birth_date": null })).await.ok();
    assert_eq!(persons(&world, ANNA).await[0]["birth_date"], "2017-05-01");
}

#[tokio::test]
async fn an_account_acts_for_twenty_and_who_was_removed_does_not_count() {
    let world = World::start().await;
    for _ in 0..20 {
        add(&world, ANNA, masha()).await;
    }
    world.call(ANNA, "POST", "/me/persons", Some(masha())).await.problem(409, "conflict");
    let all = persons(&world, ANNA).await;
    ask_for(&world, ANNA, Some(&all[0]), &[]).await.ok();
    let open = world.get(ANNA, "/consultations").await["items"][0].clone();
    world.post(ANNA, &format!("/consultations/{}/cancel", id(&open)), json!({})).await;
    remove(&world, ANNA, &all[0]).await.ok();
    add(&world, ANNA, masha()).await;
    change(&world, ANNA, &all[0], json!({ "active": true })).await.problem(409, "conflict");
    remove(&world, ANNA, &all[1]).await.ok();
    change(&world, ANNA, &all[0], json!({ "active": true })).await.ok();
}

#[tokio::test]
async fn who_had_a_consultation_is_hidden_and_comes_back_and_who_had_none_is_deleted() {
    let world = World::start().await;
    let (masha_, petya) = (add(&world, ANNA, masha()).await, add(&world, ANNA, masha()).await);
    let talk = ask_for(&world, ANNA, Some(&masha_), &[]).await.ok();
    let refused = remove(&world, ANNA, &masha_).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["consultation_id"], talk["id"]);
    world.post(ANNA, &format!("/consultations/{}/cancel", id(&talk)), json!({})).await;
    let left = remove(&world, ANNA, &petya).await.ok();
    assert_eq!(left["persons"].as_array().unwrap().len(), 1);
    change(&world, ANNA, &petya, json!({ "active": true })).await.problem(404, "not-found");
    let left = remove(&world, ANNA, &masha_).await.ok();
    assert_eq!((&left["persons"][0]["active"], &left["persons"][0]["consultations"]), (&json!(false), &json!(1)));
    assert_eq!(remove(&world, ANNA, &masha_).await.ok(), left, "removed twice");
    ask_for(&world, ANNA, Some(&masha_), &[]).await.problem(422, "invalid");
    let history = world.get(ANNA, "/consultations").await;
    assert_eq!(history["items"][0]["person"]["name"], "Masha Mashina", "what was asked for her keeps her name");
    change(&world, ANNA, &masha_, json!({ "active": true })).await.ok();
    ask_for(&world, ANNA, Some(&masha_), &[]).await.ok();
}

#[tokio::test]
async fn a_consultation_says_for_whom_it_is_everywhere() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let stream = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    let asked = ask_for(&world, ANNA, Some(&person), &[]).await.ok();
    let whom = json!({
        "id": person["id"], "name": "Masha Mashina", "age": 6, "sex": "female", "relationship": "PRN",
    });
    assert_eq!(asked["person"], whom);
    let told = support::until_event(stream, "consultation", |event| event["consultation"]["id"] == asked["id"]).await;
    assert_eq!(told["consultation"]["person"], whom);
    for (who, path) in [(PETROVA, "/consultations?view=waiting"), (ANNA, "/consultations")] {
        assert_eq!(world.get(who, path).await["items"][0]["person"], whom, "{who} {path}");
    }
    let path = format!("/consultations/{}", id(&asked));
    for who in [PETROVA, ANNA] {
        assert_eq!(world.get(who, &path).await["person"], whom);
    }
    assert_eq!(world.get(PETROVA, &path).await["patient"]["name"], "Анна Каренина");
    let conversations = world.get(ANNA, "/conversations").await;
    assert_eq!(conversations["conversations"][0]["open_consultation"]["person"], whom);
    // Nothing else is asked for meanwhile: the dialogue is one.
    ask_for(&world, ANNA, None, &[]).await.problem(409, "conflict");
    assert_eq!(acts(&world, id(&asked)).await.last().unwrap()["detail"]["person"], person["id"]);
}

#[tokio::test]
async fn another_patients_person_is_like_an_absent_one() {
    let world = World::start().await;
    let (theirs, patient) = (add(&world, BORIS, masha()).await, anna(&world).await);
    for person in [theirs.clone(), json!({ "id": "unknown" })] {
        let refused = ask_for(&world, ANNA, Some(&person), &[]).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], "person_id");
        change(&world, ANNA, &person, json!({ "name": "Mine" })).await.problem(404, "not-found");
        remove(&world, ANNA, &person).await.problem(404, "not-found");
        let consents = format!("/me/persons/{}/consents", id(&person));
        world.call(ANNA, "GET", &consents, None).await.problem(404, "not-found");
        let news = format!("{consents}/news");
        world.call(ANNA, "PUT", &news, Some(json!({ "hash": "0" }))).await.problem(404, "not-found");
        world.call(ANNA, "DELETE", &news, None).await.problem(404, "not-found");
        let found = world.get(ANNA, &format!("/consultations?person={}", id(&person))).await;
        assert_eq!(found["items"], json!([]));
        // Nor does the desk find him under the card of somebody else.
        for path in ["", "/consents"] {
            let card = format!("/patients/{patient}/persons/{}{path}", id(&person));
            world.call(PETROVA, "GET", &card, None).await.problem(404, "not-found");
        }
        let system = Partner::with(&world, &format!("CRM {}", id(&person)), &SCOPES).await;
        let open = json!({ "queue_id": "general", "person_id": person["id"] });
        system.call("POST", &format!("/patients/{patient}/consultations"), Some(open)).await.problem(422, "invalid");
    }
    assert_eq!(persons(&world, BORIS).await, [theirs]);
    assert_eq!(world.get(PETROVA, "/consultations?view=waiting").await["items"], json!([]));
}

#[tokio::test]
async fn the_desk_reads_a_persons_card_with_his_history_and_each_reading_is_recorded() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let patient = anna(&world).await;
    let own = ask_for(&world, ANNA, None, &[]).await.ok();
    for step in ["take", "close"] {
        world.post(PETROVA, &format!("/consultations/{}/{step}", id(&own)), json!({})).await;
    }
    world.settle().await;
    let talk = sealed_for(&world, ANNA, &person).await;
    let card = world.get(PETROVA, &format!("/patients/{patient}")).await;
    assert_eq!(card["persons"][0]["name"], "Masha Mashina");
    assert_eq!(card["consultations"].as_array().unwrap().len(), 2, "the account holder's card shows all");
    let path = format!("/patients/{patient}/persons/{}", id(&person));
    let theirs = world.get(PETROVA, &path).await;
    assert_eq!(
        (&theirs["name"], &theirs["age"], &theirs["patient"]["name"]),
        (&json!("Masha Mashina"), &json!(6), &json!("Анна Каренина"))
    );
    let history = theirs["consultations"].as_array().unwrap();
    assert_eq!((history.len(), &history[0]["id"]), (1, &talk["id"]));
    let read: Vec<Value> =
        acts(&world, &patient).await.into_iter().filter(|entry| entry["action"] == "person.read").collect();
    assert_eq!((read.len(), &read[0]["detail"]["person"]), (1, &person["id"]));
    // Found by the name of whom she acts for.
    for (path, key) in [("/patients?q=mashina", "id"), ("/consultations?q=mashina", "id")] {
        assert!(world.get(PETROVA, path).await["items"][0][key].is_string(), "{path}");
    }
    let sealed = world.get(VOLKOVA, "/archive?q=mashina").await;
    assert_eq!(sealed["items"][0]["consultation"]["person"]["name"], "Masha Mashina");
    let found = world.get(PETROVA, &format!("/consultations?person={}", id(&person))).await;
    assert_eq!((found["items"].as_array().unwrap().len(), &found["total"]), (1, &json!(1)));
    let own = world.get(PETROVA, &format!("/consultations?person=self&patient={patient}")).await;
    assert_eq!((found["items"][0]["id"] == own["items"][0]["id"], &own["total"]), (false, &json!(1)));
    world.call(PETROVA, "GET", "/consultations?person=self", None).await.problem(400, "invalid");
    for (person, found) in [(id(&person), &talk["id"]), ("self", &own["items"][0]["id"])] {
        let mine = world.get(ANNA, &format!("/consultations?person={person}")).await;
        assert_eq!((&mine["items"][0]["id"], &mine["total"]), (found, &json!(1)));
    }
}

/// Two that are required.
async fn required_for(world: &World, who: &str, person: &Value) -> Vec<Value> {
    let all = world.get(who, &format!("/me/persons/{}/consents", id(person))).await;
    all["consents"].as_array().unwrap().iter().filter(|one| one["required"] == true).map(given).collect()
}

async fn standing(world: &World, who: &str, path: &str) -> Vec<String> {
    let all = world.get(who, path).await;
    all["consents"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_consent_is_about_one_of_them_and_counts_for_nobody_else() {
    let world = World::start_as(asks as fn(&mut Brand)).await;
    let (masha_, petya) = (add(&world, ANNA, masha()).await, add(&world, ANNA, masha()).await);
    let refused = ask_for(&world, ANNA, Some(&masha_), &[]).await;
    refused.problem(409, "consents-missing");
    assert_eq!(refused.body["consents"], json!(["treatment", "personal-data"]));
    let hers = required_for(&world, ANNA, &masha_).await;
    let talk = ask_for(&world, ANNA, Some(&masha_), &hers).await.ok();
    let of = |person: &Value| format!("/me/persons/{}/consents", id(person));
    assert_eq!(standing(&world, ANNA, &of(&masha_)).await, ["active", "active", "proposed"]);
    assert_eq!(standing(&world, ANNA, &of(&petya)).await, ["proposed"; 3]);
    assert_eq!(standing(&world, ANNA, "/me/consents").await, ["proposed"; 3]);
    world.post(ANNA, &format!("/consultations/{}/cancel", id(&talk)), json!({})).await;
    ask_for(&world, ANNA, None, &[]).await.problem(409, "consents-missing");
    ask_for(&world, ANNA, Some(&petya), &[]).await.problem(409, "consents-missing");
    // One after the other in the same ledger, each with the number behind the last.
    let give = |path: String, hash: Value| {
        let world = &world;
        async move { world.call(ANNA, "PUT", &format!("{path}/treatment"), Some(json!({ "hash": hash }))).await.ok() }
    };
    give("/me/consents".to_owned(), hers[0]["hash"].clone()).await;
    world.pass(1);
    let withdrawn = world.call(ANNA, "DELETE", &format!("{}/treatment", of(&masha_)), None).await.ok();
    assert_eq!(withdrawn["consents"][0]["status"], "inactive");
    assert_eq!(standing(&world, ANNA, "/me/consents").await[0], "active");
    let patient = anna(&world).await;
    let ledger = world.get(PETROVA, &format!("/patients/{patient}/consents")).await;
    let subjects: Vec<_> =
        ledger["entries"].as_array().unwrap().iter().map(|entry| entry["person_id"].clone()).collect();
    assert_eq!(subjects.len(), 4);
    assert_eq!((&subjects[0], subjects.iter().filter(|one| one.is_null()).count()), (&masha_["id"], 1));
    let card = format!("/patients/{patient}/persons/{}", id(&masha_));
    assert_eq!(standing(&world, PETROVA, &card).await, ["inactive", "active", "proposed"]);
    let theirs = world.get(PETROVA, &format!("{card}/consents")).await["entries"].as_array().unwrap().clone();
    assert!(theirs.len() == 3 && theirs.iter().all(|entry| entry["person_id"] == masha_["id"]), "{theirs:?}");
    let recorded = acts(&world, &patient).await;
    let told = recorded.iter().find(|entry| entry["action"] == "consent.withdrawn").unwrap();
    assert_eq!(told["detail"]["person"], masha_["id"]);
    // Agreed to for him alone, he is kept when he is removed.
    give(of(&petya), hers[0]["hash"].clone()).await;
    let left = remove(&world, ANNA, &petya).await.ok();
    assert_eq!(left["persons"][1]["active"], false);
}

#[tokio::test]
async fn who_writes_a_plain_message_asks_for_himself() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let talk = sealed_for(&world, ANNA, &person).await;
    world.pass(3_600);
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "And now my head aches").await;
    world.settle().await;
    let now = world.get(ANNA, "/consultations").await["items"][0].clone();
    assert_ne!(now["id"], talk["id"]);
    assert_eq!((&now["phase"], &now["person"]), (&json!("queued"), &Value::Null));
}

#[tokio::test]
async fn what_goes_on_within_the_grace_time_stays_about_the_person() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let talk = sealed_for(&world, ANNA, &person).await;
    world.pass(60);
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "One thing more").await;
    world.settle().await;
    let now = world.get(ANNA, "/consultations").await["items"][0].clone();
    assert_eq!((&now["id"], &now["person"]["id"]), (&talk["id"], &person["id"]));
}

#[tokio::test]
async fn cards_are_sealed_on_disk_and_read_again_at_the_next_start() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let asked = ask_for(&world, ANNA, Some(&person), &[]).await.ok();
    for text in ["Mashina", "2017-05-01"] {
        assert!(!lies_in(&world.data_folder(), text.as_bytes()), "{text}");
    }
    let world = world.restart().await;
    assert_eq!(persons(&world, ANNA).await[0]["name"], "Masha Mashina");
    let row = world.get(PETROVA, &format!("/consultations/{}", id(&asked))).await;
    assert_eq!((&row["person"]["name"], &row["person"]["age"]), (&json!("Masha Mashina"), &json!(6)));
    assert_eq!(world.get(PETROVA, "/patients?q=mashina").await["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_conclusion_and_the_sealed_record_are_about_the_person() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let talk = led_for(&world, ANNA, &person).await;
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "She coughs").await;
    conclusion::save(&world, PETROVA, &talk, &[("advice", "Rest")]).await.ok();
    conclusion::sign(&world, PETROVA, &talk).await.ok();
    let (status, pdf) = conclusion::pdf(&world, ANNA, &conclusion::path(&talk, "pdf")).await;
    let text = conclusion::texts(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(status, 200);
    assert!(text.contains("Patient Masha Mashina") && text.contains("Represented by Анна Каренина"), "{text}");
    close(&world, &talk).await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    let sealed = json!({
        "id": person["id"], "name": "Masha Mashina", "birth_date": "2017-05-01", "sex": "female", "relationship": "PRN",
    });
    assert_eq!(record["person"], sealed);
    change(&world, ANNA, &person, json!({ "name": "Maria" })).await.ok();
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!(record["person"], sealed, "the record says what was known then");
    assert_eq!(record["consultation"]["person"]["name"], "Maria");
}

#[tokio::test]
async fn as_fhir_the_person_is_the_patient_and_the_account_holder_is_related() {
    let world = World::start_as(|brand| {
        asks(brand);
        crate::questionnaire::asks(brand);
    })
    .await;
    world.call(ANNA, "PATCH", "/me", Some(json!({ "name": "Anna", "phone": "+7 916 123-45-67" }))).await.ok();
    let person = add(&world, ANNA, masha()).await;
    let question = json!({
        "queue_id": "general", "request_id": request_id(), "person_id": person["id"],
        "consents": required_for(&world, ANNA, &person).await, "answers": crate::questionnaire::calm(),
    });
    let talk = world.post(ANNA, "/consultations", question).await;
    world.settle().await;
    let room = talk["room_id"].as_str().unwrap();
    world.homeserver.join(room, &support::user(ANNA));
    world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    world.settle().await;
    world.homeserver.join(room, &support::user(PETROVA));
    world.say(ANNA, room, "She coughs").await;
    world.settle().await;
    close(&world, &talk).await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    let found = faults(std::slice::from_ref(&bundle)).remove(0);
    assert!(found.is_empty(), "{found:#?}\n{bundle:#}");
    let one = |kind: &str| resources(&bundle, kind)[0].clone();
    let (patient, related) = (one("Patient"), one("RelatedPerson"));
    assert_eq!((&patient["name"][0]["text"], &patient["birthDate"]), (&json!("Masha Mashina"), &json!("2017-05-01")));
    assert_eq!(
        (&related["name"][0]["text"], &related["telecom"][0]["value"]),
        (&json!("Anna"), &json!("+79161234567"))
    );
    assert_eq!(related["relationship"][0]["coding"][0]["code"], "PRN");
    let named = |resource: &Value| json!(format!("urn:uuid:{}", resource["id"].as_str().unwrap()));
    let (patient, related) = (named(&patient), named(&related));
    assert_eq!(one("RelatedPerson")["patient"]["reference"], patient);
    let consent = one("Consent");
    assert_eq!((&consent["patient"]["reference"], &consent["performer"][0]["reference"]), (&patient, &related));
    assert_eq!(resources(&bundle, "Consent").len(), 2);
    let encounter = one("Encounter");
    assert_eq!(encounter["subject"]["reference"], patient);
    assert_eq!(encounter["participant"][0]["individual"]["reference"], related);
    let answers = one("QuestionnaireResponse");
    assert_eq!((&answers["subject"]["reference"], &answers["author"]["reference"]), (&patient, &related));
    let said = resources(&bundle, "Communication");
    let hers = said.iter().find(|one| one["payload"][0]["contentString"] == "She coughs").unwrap();
    assert_eq!((&hers["sender"]["reference"], &hers["subject"]["reference"]), (&related, &patient));
    // About the account holder himself there is nobody who acts.
    let consents: Vec<Value> = world.get(ANNA, "/me/consents").await["consents"].as_array().unwrap().clone();
    let agreed: Vec<Value> = consents.iter().filter(|one| one["required"] == true).map(given).collect();
    ask_for(&world, ANNA, None, &agreed).await.ok();
}

#[tokio::test]
async fn a_partners_system_sees_persons_on_the_card_and_names_one_in_a_request() {
    let world = World::start().await;
    let (person, gone) = (add(&world, ANNA, masha()).await, add(&world, ANNA, masha()).await);
    let old = ask_for(&world, ANNA, Some(&gone), &[]).await.ok();
    world.post(ANNA, &format!("/consultations/{}/cancel", id(&old)), json!({})).await;
    remove(&world, ANNA, &gone).await.ok();
    let (patient, system) = (anna(&world).await, Partner::with(&world, "CRM", &SCOPES).await);
    let card = system.get(&format!("/patients/{patient}")).await;
    let told = json!([{
        "id": person["id"], "name": "Masha Mashina", "birth_date": "2017-05-01", "sex": "female", "relationship": "PRN",
    }]);
    assert_eq!(card["persons"], told);
    assert_eq!(system.get("/patients").await["items"][0]["persons"], Value::Null);
    let path = format!("/patients/{patient}/consultations");
    let removed = json!({ "queue_id": "general", "person_id": gone["id"] });
    system.call("POST", &path, Some(removed)).await.problem(422, "invalid");
    let open = json!({ "queue_id": "general", "person_id": person["id"] });
    let opened = system.call("POST", &path, Some(open)).await.ok();
    assert_eq!(opened["person_id"], person["id"]);
    assert!(!opened.to_string().contains("Mashina"), "names stand on the card alone");
    let listed = system.get(&format!("/consultations?person={}", id(&person))).await;
    assert_eq!((&listed["items"][0]["id"], &listed["total"]), (&opened["id"], &json!(1)));
    assert_eq!(world.get(PETROVA, "/consultations?view=waiting").await["items"][0]["person"]["age"], 6);
}

#[tokio::test]
async fn the_copy_of_own_data_has_persons_and_says_for_whom() {
    let world = World::start_as(asks as fn(&mut Brand)).await;
    let person = add(&world, ANNA, masha()).await;
    add(&world, BORIS, json!({ "name": "Canary Borisov", "birth_date": "2017-05-01", "relationship": "PRN", "request_id": request_id() })).await;
    let consents = required_for(&world, ANNA, &person).await;
    let talk = ask_for(&world, ANNA, Some(&person), &consents).await.ok();
    let patient = anna(&world).await;
    world.get(PETROVA, &format!("/patients/{patient}/persons/{}", id(&person))).await;
    let mut copy = copy(&world, ANNA, "/me/export").await;
    let data = data(&mut copy);
    assert_eq!(
        (&data["persons"][0]["name"], &data["persons"][0]["relationship"]),
        (&json!("Masha Mashina"), &json!("PRN"))
    );
    assert_eq!(
        (&data["consultations"][0]["id"], &data["consultations"][0]["person"]["id"]),
        (&talk["id"], &person["id"])
    );
    assert_eq!(data["consents"][0]["person_id"], person["id"]);
    assert!(data["readings"].as_array().unwrap().iter().any(|read| read["what"] == "person"), "{data}");
    let text = page(&mut copy);
    for said in ["Whom you act for", "Masha Mashina", "2017-05-01", "child", "card of somebody close to you"] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("Borisov") && !data.to_string().contains("Borisov"));
}

#[tokio::test]
async fn persons_go_with_the_account() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let talk = sealed_for(&world, ANNA, &person).await;
    let patient = anna(&world).await;
    let mut database = crate::retention_proof::open(&world).await;
    let row = sqlx::raw_sql("SELECT card FROM person").fetch_one(&mut database).await.unwrap();
    let card: Vec<u8> = sqlx::Row::get(&row, 0);
    drop(database);
    assert!(lies_in(&world.data_folder(), &card), "the search finds what is there");
    // What the keeper says afterwards is said after the record was sealed.
    world.pass(2);
    world.settle().await;
    world.call(ANNA, "POST", "/me/deletion", Some(json!({ "confirm": "delete" }))).await.ok();
    world.settle_late().await;
    assert!(!lies_in(&world.data_folder(), &card), "the card lies on disk");
    let path = format!("/patients/{patient}/persons/{}", id(&person));
    world.call(PETROVA, "GET", &path, None).await.problem(410, "erased");
    let world = world.restart().await;
    assert_eq!(world.get(PETROVA, &format!("/patients/{patient}")).await["persons"], json!([]));
    assert_eq!(world.get(PETROVA, "/patients?q=mashina").await["items"], json!([]));
    let kept = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    let nobody =
        json!({ "id": person["id"], "name": "Deleted account", "age": null, "sex": null, "relationship": null });
    assert_eq!(kept["person"], nobody);
}
