//! Two cards of one human: looking at both, merging, one card with all accounts on it, and separating again.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::partner::{Partner, SCOPES};
use support::receiver::Receiver;
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id};

use crate::fhir::{export, faults, resources};
use crate::person;
use crate::retention::{close, id};
use crate::webhook::endpoint;

const REASON: &str = "She came with another telephone";
pub const ANNA_PHONE: &str = "+74950000001";
pub const BORIS_PHONE: &str = "+74950000002";

/// Two accounts of one woman; the second was made under another name.
pub async fn two(world: &World) -> (String, String) {
    let card = json!({ "name": "Anna Karenina", "phone": ANNA_PHONE, "email": "anna@example.org" });
    world.call(ANNA, "PATCH", "/me", Some(card)).await.ok();
    let card = json!({ "name": "Anna Oblonskaya", "phone": BORIS_PHONE, "birth_date": "1980-01-02" });
    world.call(BORIS, "PATCH", "/me", Some(card)).await.ok();
    (patient(world, ANNA).await, patient(world, BORIS).await)
}

pub async fn patient(world: &World, localpart: &str) -> String {
    let page = world.get(VOLKOVA, &format!("/patients?user={localpart}")).await;
    page["items"][0]["id"].as_str().unwrap().to_owned()
}

pub async fn preview(world: &World, leading: &str, merged: &str) -> Answer {
    world.call(VOLKOVA, "GET", &format!("/patients/{leading}/merges/preview?with={merged}"), None).await
}

pub async fn wish(world: &World, leading: &str, merged: &str, taken: &[&str]) -> Value {
    let seen = preview(world, leading, merged).await.ok()["seen"].clone();
    json!({ "merged_id": merged, "taken": taken, "reason": REASON, "seen": seen, "request_id": request_id() })
}

pub async fn send(world: &World, leading: &str, wish: Value) -> Answer {
    world.call(VOLKOVA, "POST", &format!("/patients/{leading}/merges"), Some(wish)).await
}

pub async fn merge(world: &World, leading: &str, merged: &str, taken: &[&str]) -> Value {
    let wish = wish(world, leading, merged, taken).await;
    send(world, leading, wish).await.ok()
}

pub async fn separate(world: &World, merge: &Value) -> Answer {
    let wish = json!({ "version": 1, "reason": "It was her sister", "request_id": request_id() });
    world.call(VOLKOVA, "POST", &format!("/merges/{}/separate", id(merge)), Some(wish)).await
}

pub async fn card(world: &World, patient: &str) -> Value {
    world.get(PETROVA, &format!("/patients/{patient}")).await
}

pub async fn acts(world: &World, subject: &str, action: &str) -> Vec<Value> {
    let audit = world.get(VOLKOVA, &format!("/audit?subject={subject}&action={action}&limit=200")).await;
    audit["items"].as_array().unwrap().clone()
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(id).collect()
}

pub async fn found(world: &World, query: &str) -> Vec<String> {
    let page = world.get(PETROVA, &format!("/patients?{query}")).await;
    assert_eq!(page["total"], page["items"].as_array().unwrap().len(), "{query}");
    ids(&page).into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn two_cards_stand_side_by_side_with_what_is_under_each_and_what_differs() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let talk = world.talk(BORIS, PETROVA).await;
    close(&world, &talk).await;
    world.ask(BORIS, "general").await;
    person::add(&world, BORIS, person::masha()).await;
    let shown = preview(&world, &anna, &boris).await.ok();
    assert_eq!(
        (&shown["leading"]["card"]["name"], &shown["merged"]["card"]["phone"]),
        (&json!("Anna Karenina"), &json!(BORIS_PHONE))
    );
    assert_eq!(shown["differing"], json!(["name", "birth_date", "phone", "email"]));
    assert_eq!(shown["suggested"], json!(["birth_date"]));
    assert_eq!(shown["obstacle"], Value::Null);
    let counts = &shown["merged"]["counts"];
    assert_eq!((&counts["consultations"], &counts["open_consultations"]), (&json!(2), &json!(1)));
    assert_eq!((&counts["persons"], &counts["accounts"]), (&json!(1), &json!(1)));
    assert_eq!(shown["leading"]["counts"]["consultations"], 0);
    for (one, other) in [(&anna, &boris), (&boris, &anna)] {
        let read = acts(&world, one, "patient.read").await;
        assert_eq!(read[0]["detail"], json!({ "beside": other }));
    }
}

#[tokio::test]
async fn a_merged_card_is_listed_once_says_what_was_chosen_and_is_found_by_either() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let number = json!({ "external_id": "B-17" });
    world.call(PETROVA, "PATCH", &format!("/patients/{boris}"), Some(number)).await.ok();
    let merged = merge(&world, &anna, &boris, &["name", "birth_date", "sex"]).await;
    assert_eq!((&merged["leading_id"], &merged["merged_id"]), (&json!(anna), &json!(boris)));
    assert_eq!(
        merged["taken"],
        json!(["name", "birth_date"]),
        "a field in which they do not differ is nobody's choice"
    );
    for query in
        ["", "q=karenina", "q=Oblonskaya", "q=%2B74950000001", "q=%2B74950000002", "user=boris", "external_id=B-17"]
    {
        assert_eq!(found(&world, query).await, std::slice::from_ref(&anna), "{query}");
    }
    for sort in ["name", "newest", "last_consultation"] {
        assert_eq!(found(&world, &format!("sort={sort}")).await, std::slice::from_ref(&anna), "{sort}");
    }
    for asked in [&anna, &boris] {
        let card = card(&world, asked).await;
        assert_eq!((&card["id"], &card["name"]), (&json!(anna), &json!("Anna Oblonskaya")));
        assert_eq!((&card["phone"], &card["birth_date"]), (&json!(ANNA_PHONE), &json!("1980-01-02")));
        assert_eq!(
            (&card["merged"][0]["patient_id"], &card["merged"][0]["name"]),
            (&json!(boris), &json!("Anna Oblonskaya"))
        );
        assert_eq!(card["merged"][0]["merged_by"]["name"], "Ms Volkova");
    }
    let row = world.get(PETROVA, "/patients").await["items"][0].clone();
    assert_eq!((&row["name"], &row["also"]), (&json!("Anna Oblonskaya"), &json!(["Anna Karenina", BORIS_PHONE])));
    assert_eq!(acts(&world, &boris, "patient.read").await[0]["detail"], json!({ "card": anna }));
    // What stays after a restart.
    let world = world.restart().await;
    assert_eq!(found(&world, "q=karenina").await, std::slice::from_ref(&anna));
    assert_eq!(card(&world, &anna).await["name"], "Anna Oblonskaya");
}

#[tokio::test]
async fn the_card_shows_the_history_of_both_and_no_patient_sees_anything_of_it() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let (hers, his) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, PETROVA).await);
    let person = person::add(&world, BORIS, person::masha()).await;
    let order = json!({ "queue_id": "general", "request_id": request_id(), "phone": BORIS_PHONE });
    let callback = world.post(BORIS, "/callbacks", order).await;
    let before: Vec<Value> = [world.get(ANNA, "/me").await, world.get(BORIS, "/me").await].into();
    let merged = merge(&world, &anna, &boris, &["name", "phone"]).await;

    let shown = card(&world, &anna).await;
    assert_eq!(shown["consultations"].as_array().unwrap().len(), 2);
    assert_eq!((&shown["persons"][0]["id"], shown["conversations"].as_array().unwrap().len()), (&person["id"], 2));
    let row = world.get(PETROVA, "/patients").await["items"][0].clone();
    assert_eq!(row["consultations"], 2);
    for path in ["/consultations?patient=", "/callbacks?view=all&patient=", "/consultations?sort=patient&patient="] {
        let (of_card, of_other) =
            (world.get(PETROVA, &format!("{path}{anna}")).await, world.get(PETROVA, &format!("{path}{boris}")).await);
        assert_eq!((ids(&of_card), &of_card["total"]), (ids(&of_other), &of_other["total"]), "{path}");
    }
    let callbacks = world.get(PETROVA, "/callbacks?view=all&q=karenina").await;
    assert_eq!(ids(&callbacks), [id(&callback)]);
    let both = world.get(PETROVA, "/consultations?q=karenina&sort=patient").await;
    assert_eq!(both["total"], 2);
    for row in both["items"].as_array().unwrap() {
        assert_eq!((&row["patient"]["id"], &row["patient"]["name"]), (&json!(anna), &json!("Anna Oblonskaya")));
    }
    let of_hers = world.get(PETROVA, &format!("/patients/{anna}/persons/{}", id(&person))).await;
    assert_eq!(of_hers["name"], "Masha Mashina");

    // Neither account is told anything of the other.
    let after: Vec<Value> = [world.get(ANNA, "/me").await, world.get(BORIS, "/me").await].into();
    assert_eq!(after, before);
    for (who, own, other) in [(ANNA, &hers, &his), (BORIS, &his, &hers)] {
        assert_eq!(ids(&world.get(who, "/consultations").await), [id(own)]);
        world.call(who, "GET", &format!("/consultations/{}", id(other)), None).await.problem(404, "not-found");
        assert_eq!(world.get(who, "/conversations").await["conversations"].as_array().unwrap().len(), 1);
    }
    assert_eq!(world.get(ANNA, "/callbacks").await["total"], 0);
    assert_eq!(world.get(ANNA, "/me/persons").await["persons"], json!([]));

    // Apart again: each has its own, and what came meanwhile stays where it came to.
    close(&world, &hers).await;
    world.ask(ANNA, "general").await;
    separate(&world, &merged).await.ok();
    for (patient, name, phone, talks) in
        [(&anna, "Anna Karenina", ANNA_PHONE, 2), (&boris, "Anna Oblonskaya", BORIS_PHONE, 1)]
    {
        let card = card(&world, patient).await;
        assert_eq!((&card["name"], &card["phone"]), (&json!(name), &json!(phone)));
        assert_eq!((card["consultations"].as_array().unwrap().len(), &card["merged"]), (talks, &json!([])));
        let row = world.get(PETROVA, &format!("/patients?q={}", phone.replace('+', "%2B"))).await["items"][0].clone();
        assert_eq!((&row["id"], &row["consultations"]), (&json!(patient), &json!(talks)));
    }
}

#[tokio::test]
async fn a_field_of_a_merged_card_is_changed_in_the_account_that_it_comes_from() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let merged = merge(&world, &anna, &boris, &["phone"]).await;
    let change = json!({ "name": "Anna Vronskaya", "phone": "+74950000003", "email": null });
    let changed = world.call(PETROVA, "PATCH", &format!("/patients/{anna}"), Some(change)).await.ok();
    assert_eq!((&changed["name"], &changed["phone"]), (&json!("Anna Vronskaya"), &json!("+74950000003")));
    assert_eq!(world.get(BORIS, "/me").await["phone"], "+74950000003");
    assert_eq!(world.get(ANNA, "/me").await["phone"], ANNA_PHONE);
    // What the patient says of himself is shown where the card has it from him.
    world.call(BORIS, "PATCH", "/me", Some(json!({ "phone": "+74950000004", "name": "A. O." }))).await.ok();
    let shown = card(&world, &anna).await;
    assert_eq!((&shown["phone"], &shown["name"]), (&json!("+74950000004"), &json!("Anna Vronskaya")));
    let wrong = json!({ "name": " ", "phone": "call me" });
    let refused = world.call(PETROVA, "PATCH", &format!("/patients/{anna}"), Some(wrong)).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"].as_array().unwrap().len(), 2);

    let told = world.get(VOLKOVA, &format!("/patients/{anna}/merges")).await["merges"][0].clone();
    assert_eq!((&told["reason"], &told["separated"]), (&json!(REASON), &Value::Null));
    assert_eq!(
        (&told["after"]["leading"]["phone"], &told["after"]["merged"]["phone"]),
        (&json!(ANNA_PHONE), &json!("+74950000004"))
    );
    separate(&world, &merged).await.ok();
    assert_eq!(card(&world, &anna).await["name"], "Anna Vronskaya");
    assert_eq!(card(&world, &boris).await["phone"], "+74950000004");
    let told = world.get(VOLKOVA, &format!("/patients/{boris}/merges")).await["merges"][0].clone();
    assert_eq!((&told["separated"]["reason"], &told["after"]), (&json!("It was her sister"), &Value::Null));
    assert_eq!(told["separated"]["by"]["name"], "Ms Volkova");
}

#[tokio::test]
async fn a_press_merges_and_separates_once_and_a_changed_card_is_looked_at_again() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let old = wish(&world, &anna, &boris, &[]).await;
    world.call(BORIS, "PATCH", "/me", Some(json!({ "sex": "female" }))).await.ok();
    send(&world, &anna, old).await.problem(409, "conflict");
    let wish = wish(&world, &anna, &boris, &[]).await;
    let (first, again) = (send(&world, &anna, wish.clone()).await, send(&world, &anna, wish.clone()).await);
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
    assert_eq!(first.body, again.body);
    let mut other = wish;
    other["merged_id"] = json!(anna);
    send(&world, &boris, other).await.problem(409, "conflict");
    for patient in [&anna, &boris] {
        let entries = acts(&world, patient, "patient.merged").await;
        assert_eq!((entries.len(), &entries[0]["detail"]["merge"]), (1, &first.body["id"]));
        assert!(!entries[0].to_string().contains(REASON), "a reason is for supervisors, and sealed");
    }

    let path = format!("/merges/{}/separate", id(&first.body));
    let stale = json!({ "version": 2, "reason": "r", "request_id": request_id() });
    world.call(VOLKOVA, "POST", &path, Some(stale)).await.problem(409, "conflict");
    let apart = json!({ "version": 1, "reason": "r", "request_id": request_id() });
    let (first, again) = (
        world.call(VOLKOVA, "POST", &path, Some(apart.clone())).await.ok(),
        world.call(VOLKOVA, "POST", &path, Some(apart)).await.ok(),
    );
    assert_eq!((&first, &first["version"]), (&again, &json!(2)));
    separate(&world, &first).await.problem(409, "conflict");
    assert_eq!(acts(&world, &boris, "patient.unmerged").await.len(), 1);
    merge(&world, &boris, &anna, &[]).await;
    assert_eq!(found(&world, "").await, [boris]);
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused_and_the_preview_says_why() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    world.get("clara", "/me").await;
    world.get("dora", "/me").await;
    let (clara, dora) = (patient(&world, "clara").await, patient(&world, "dora").await);
    preview(&world, &anna, &anna).await.problem(422, "invalid");
    preview(&world, &anna, "unknown").await.problem(404, "not-found");
    let mut same = wish(&world, &anna, &boris, &[]).await;
    same["merged_id"] = json!(anna);
    send(&world, &anna, same).await.problem(422, "invalid");
    for (field, value) in [("reason", json!(" ")), ("taken", json!(["notes"])), ("request_id", json!("x"))] {
        let mut wrong = wish(&world, &anna, &boris, &[]).await;
        wrong[field] = value;
        send(&world, &anna, wrong).await.problem(422, "invalid");
    }

    merge(&world, &anna, &boris, &[]).await;
    let refused = async |leading: &str, merged: &str, why: &str| {
        assert_eq!(preview(&world, leading, merged).await.ok()["obstacle"], why, "{why}");
        let wish = wish(&world, leading, merged, &[]).await;
        send(&world, leading, wish).await.problem(409, "conflict");
    };
    refused(&clara, &boris, "already_merged").await;
    refused(&boris, &clara, "already_merged").await;
    refused(&clara, &anna, "leads_others").await;
    merge(&world, &anna, &clara, &[]).await;
    assert_eq!(card(&world, &anna).await["merged"].as_array().unwrap().len(), 2);
    let new = json!({ "user_id": support::user("dora"), "name": "Dora", "role": "operator", "queues": ["general"] });
    world.post(VOLKOVA, "/operators", new).await;
    refused(&anna, &dora, "staff").await;
    world.get("emma", "/me").await;
    let emma = patient(&world, "emma").await;
    let delete = json!({ "confirm": "delete", "reason": "She asked in writing" });
    world.post(VOLKOVA, &format!("/patients/{emma}/deletion"), delete).await;
    refused(&anna, &emma, "deleted").await;
}

#[tokio::test]
async fn an_account_that_is_deleted_leaves_the_card_and_the_other_one_has_its_own_again() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let merged = merge(&world, &anna, &boris, &["name"]).await;
    let delete = json!({ "confirm": "delete", "reason": "She asked in writing" });
    world.post(VOLKOVA, &format!("/patients/{anna}/deletion"), delete).await;
    let left = card(&world, &boris).await;
    assert_eq!((&left["id"], &left["phone"], &left["merged"]), (&json!(boris), &json!(BORIS_PHONE), &json!([])));
    assert_eq!(found(&world, "").await, std::slice::from_ref(&boris));
    assert!(card(&world, &anna).await["deleted_at"].is_string());
    let told = world.get(VOLKOVA, &format!("/patients/{boris}/merges")).await["merges"][0].clone();
    assert_eq!((&told["id"], &told["separated"]["by"]), (&merged["id"], &Value::Null));
    separate(&world, &merged).await.problem(409, "conflict");
    let world = world.restart().await;
    assert_eq!(found(&world, "").await, [boris]);
}

#[tokio::test]
async fn holds_stay_on_the_records_of_each_and_a_hold_on_the_card_is_on_all_and_outlives_it() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let hold = async |patient: &str| {
        let new = json!({ "patient_id": patient, "reason": "Case A-17", "request_id": request_id() });
        world.post(VOLKOVA, "/holds", new).await
    };
    let holds = async |patient: &str| world.get(VOLKOVA, &format!("/holds?patient={patient}")).await["total"].clone();
    hold(&boris).await;
    let merged = merge(&world, &anna, &boris, &[]).await;
    assert_eq!((holds(&anna).await, holds(&boris).await), (json!(1), json!(1)));
    hold(&anna).await;
    assert_eq!(holds(&anna).await, 3, "the card's is on either account");
    separate(&world, &merged).await.ok();
    assert_eq!((holds(&anna).await, holds(&boris).await), (json!(1), json!(2)));
}

#[tokio::test]
async fn partners_systems_are_told_and_the_old_id_says_which_card_stands_for_it() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["patient.merged", "patient.unmerged"]).await;
    let (anna, boris) = two(&world).await;
    let system = Partner::with(&world, "CRM", &SCOPES).await;
    let merged = merge(&world, &anna, &boris, &["phone"]).await;
    world.told().await;
    let came = receiver.came().pop().unwrap();
    assert_eq!((came.kind(), &came.body["data"]["patient_id"]), ("patient.merged", &json!(anna)));
    assert_eq!(
        (&came.body["data"]["merged_patient_id"], &came.body["data"]["merge_id"]),
        (&json!(boris), &merged["id"])
    );

    let (card, old) = (system.get(&format!("/patients/{anna}")).await, system.get(&format!("/patients/{boris}")).await);
    assert_eq!(
        (&card["active"], &card["links"]),
        (&json!(true), &json!([{ "type": "replaces", "patient_id": boris }]))
    );
    assert_eq!(
        (&old["active"], &old["links"]),
        (&json!(false), &json!([{ "type": "replaced-by", "patient_id": anna }]))
    );
    assert_eq!((&card["phone"], &old["name"]), (&json!(BORIS_PHONE), &json!("Anna Oblonskaya")));
    let listed = system.get("/patients").await;
    assert_eq!((ids(&listed), &listed["items"][0]["links"]), (vec![anna.as_str()], &card["links"]));
    let opened = system
        .call("POST", &format!("/patients/{boris}/consultations"), Some(json!({ "queue_id": "general" })))
        .await
        .ok();
    assert_eq!(opened["patient_id"], json!(boris), "what is opened by the old id is that account's");
    for patient in [&anna, &boris] {
        assert_eq!(ids(&system.get(&format!("/consultations?patient={patient}")).await), [id(&opened)]);
    }
    let change = json!({ "name": "Anna O." });
    system.call("PATCH", &format!("/patients/{boris}"), Some(change)).await.ok();
    assert_eq!(world.get(BORIS, "/me").await["name"], "Anna O.");
    separate(&world, &merged).await.ok();
    world.told().await;
    assert_eq!(receiver.came().last().unwrap().kind(), "patient.unmerged");
    assert_eq!(system.get(&format!("/patients/{boris}")).await["links"], json!([]));
}

#[tokio::test]
async fn a_fhir_patient_names_the_other_record_of_the_same_human() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let (hers, his) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, PETROVA).await);
    for talk in [&hers, &his] {
        close(&world, talk).await;
    }
    merge(&world, &anna, &boris, &["name"]).await;
    let mut all = Vec::new();
    for (talk, kind, other, name) in
        [(&hers, "replaces", &boris, "Anna Karenina"), (&his, "replaced-by", &anna, "Anna Oblonskaya")]
    {
        let bundle = export(&world, VOLKOVA, talk).await;
        let patient = resources(&bundle, "Patient")[0].clone();
        assert_eq!((&patient["link"][0]["type"], &patient["name"][0]["text"]), (&json!(kind), &json!(name)));
        assert_eq!(patient["link"][0]["other"]["identifier"]["value"], json!(other));
        all.push(bundle);
    }
    assert_eq!(faults(&all), [Vec::<String>::new(), Vec::new()]);
}

#[tokio::test]
async fn a_card_names_others_that_may_be_the_same_humans() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    assert_eq!(card(&world, &anna).await["duplicates"], json!([]));
    let same = json!({ "phone": ANNA_PHONE, "name": "anna karenina", "birth_date": "1980-01-02" });
    world.call(BORIS, "PATCH", "/me", Some(same)).await.ok();
    assert_eq!(card(&world, &anna).await["duplicates"][0]["because"], json!(["phone"]));
    world.call(ANNA, "PATCH", "/me", Some(json!({ "birth_date": "1980-01-02" }))).await.ok();
    for (patient, number) in [(&anna, "AB-17"), (&boris, "ab 17")] {
        let number = json!({ "external_id": number });
        world.call(PETROVA, "PATCH", &format!("/patients/{patient}"), Some(number)).await.ok();
    }
    let found = card(&world, &anna).await["duplicates"][0].clone();
    assert_eq!(
        (&found["patient"]["id"], &found["because"]),
        (&json!(boris), &json!(["phone", "name_and_birth_date", "external_id"]))
    );
    merge(&world, &anna, &boris, &[]).await;
    assert_eq!(card(&world, &anna).await["duplicates"], json!([]));
}

#[tokio::test]
async fn notes_of_both_are_read_by_who_may_read_either_and_no_further() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    let (hers, his) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, SOKOLOV).await);
    for (who, talk, text) in [(PETROVA, &hers, "hers"), (SOKOLOV, &his, "his")] {
        let path = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
        world.post(who, &path, json!({ "text": text, "request_id": request_id() })).await;
    }
    merge(&world, &anna, &boris, &[]).await;
    for (who, wanted) in [(PETROVA, "hers"), (SOKOLOV, "his")] {
        let notes = world.get(who, &format!("/patients/{anna}/notes")).await;
        assert_eq!((&notes["total"], &notes["items"][0]["text"]), (&json!(1), &json!(wanted)));
    }
}
