//! What the partner's lawyer writes, changed in the console: the call-back form, documents, consents, times of keeping. What was promised or agreed to before
//! stays as it was.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::Brand;
use consilium_config::brand::{ConsentGroup, ConsentSubject, LegalProfile};
use consilium_consult::retention;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::{ANNA, Answer, BORIS, PETROVA, VOLKOVA, World};

use crate::consent::{agree, asks, consents};
use crate::retention::{DAY_SECONDS, classes, days, due, sealed, tidy};
use crate::settings::{document, fields, history, put, restore, set, try_set};

fn both(text: &str) -> Value {
    json!({ "en": text, "ru": text })
}

fn codes(answer: &Answer) -> Vec<&str> {
    answer.body["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap_or("")).collect()
}

async fn check(world: &World, section: &str, content: &Value) -> Value {
    world.post(VOLKOVA, &format!("/settings/{section}/check"), json!({ "content": content })).await
}

#[tokio::test]
async fn the_form_of_the_site_follows_what_is_set_without_a_restart() {
    let world = World::start().await;
    let known = document(&world, "callback-form").await;
    assert_eq!(known["content"]["form"]["origins"], json!(["https://www.clinic.test"]));
    let consent = known["content"]["form"]["consent"]["en"].as_str().unwrap().to_owned();
    let hash = hex::encode(Sha256::digest(consent));
    assert_eq!(known["texts"][0], json!({ "field": "form", "language": "en", "hash": hash }));
    let refused = try_set(&world, VOLKOVA, "callback-form", "/form/consent", both("I agree to more.")).await;
    refused.problem(422, "invalid");
    assert_eq!((fields(&refused), codes(&refused)), (vec!["form.consent_version"], vec!["same_version"]));
    let mut content = known["content"].clone();
    content["form"]["consent"] = both("I agree to more.");
    content["form"]["consent_version"] = json!("2026-12-01");
    content["form"]["origins"] = json!(["https://new.clinic.test"]);
    put(&world, VOLKOVA, "callback-form", &json!(0), content).await.ok();
    let from = async |origin: &str| {
        let request = axum::http::Request::builder()
            .uri("/_consilium/v1/public/callbacks/challenge")
            .header("host", "api.test")
            .header("origin", origin)
            .body(axum::body::Body::empty())
            .unwrap();
        world.raw(request).await.status().as_u16()
    };
    assert_eq!((from("https://new.clinic.test").await, from("https://www.clinic.test").await), (200, 403));
    for (pointer, value, field, code) in [
        ("/form/origins", json!([]), "form.origins", "one_origin"),
        ("/form/origins", json!(["https://clinic.test/form"]), "form.origins[0]", "unreadable"),
        ("/form/queues", json!(["nobody"]), "form.queues", "no_callback_queue"),
        ("/form/consent_version", json!(" "), "form.consent_version", "required"),
        ("/form/consent", json!({ "en": "Only English" }), "form.consent", "missing_language"),
    ] {
        let refused = try_set(&world, VOLKOVA, "callback-form", pointer, value).await;
        refused.problem(422, "invalid");
        assert!(fields(&refused).contains(&field) && codes(&refused).contains(&code), "{}", refused.body);
    }
    let version = document(&world, "callback-form").await["section"]["version"].clone();
    put(&world, VOLKOVA, "callback-form", &version, json!({})).await.problem(422, "invalid");
    let gone = set(&world, "callback-form", "/form", Value::Null).await;
    assert_eq!(gone["content"], json!({ "form": null }));
    assert_eq!(from("https://new.clinic.test").await, 403, "no site may show a form that is not there");
    restore(&world, "callback-form", 0).await.ok();
    assert_eq!(from("https://www.clinic.test").await, 200);
}

#[tokio::test]
async fn a_document_written_in_the_console_has_a_hash_and_another_text_another_version() {
    let world = World::start().await;
    let privacy = |version: &str, text: &str| json!({ "documents": [{ "id": "privacy", "version": version, "title": both("Privacy"), "texts": both(text) }] });
    let made = put(&world, VOLKOVA, "legal", &json!(0), privacy("1", "We keep it.")).await.ok();
    let hash = hex::encode(Sha256::digest("We keep it."));
    assert_eq!(made["texts"][0], json!({ "field": "documents.privacy", "language": "en", "hash": hash }));
    let refused = put(&world, VOLKOVA, "legal", &json!(1), privacy("1", "We sell it.")).await;
    refused.problem(422, "invalid");
    assert_eq!(codes(&refused), ["same_version"]);
    put(&world, VOLKOVA, "legal", &json!(1), privacy("2", "We keep it well.")).await.ok();
    let versions = history(&world, "legal").await;
    let told: Vec<_> = versions[0]["differences"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
    let texts = ["documents[privacy].texts.en", "documents[privacy].texts.ru", "documents[privacy].version"];
    assert_eq!(told, texts);
    let file = json!({ "documents": [{ "id": "terms", "version": "1", "title": both("Terms"), "files": both("brand.toml") }] });
    let refused = put(&world, VOLKOVA, "legal", &json!(2), file).await;
    assert_eq!((fields(&refused), codes(&refused)), (vec!["documents.terms.files"], vec!["not_in_folder"]));
    let exported = world.send(VOLKOVA, "GET", "/settings/export", None).await;
    let text = http_body_util::BodyExt::collect(exported.into_body()).await.unwrap().to_bytes();
    assert!(std::str::from_utf8(&text).unwrap().contains("We keep it well."), "a folder can begin with it");
}

#[tokio::test]
async fn a_version_that_was_ever_shown_stands_for_its_text_alone() {
    let world = World::start().await;
    let house = |version: &str, text: &str| json!({ "documents": [{ "id": "house-rules", "version": version, "title": both("Rules"), "texts": both(text) }] });
    put(&world, VOLKOVA, "legal", &json!(0), house("1", "Be kind.")).await.ok();
    put(&world, VOLKOVA, "legal", &json!(1), house("2", "Be kinder.")).await.ok();
    let refused = put(&world, VOLKOVA, "legal", &json!(2), house(" 1", "Be stern.")).await;
    refused.problem(409, "conflict");
    assert_eq!((fields(&refused), codes(&refused)), (vec!["documents.house-rules.version"], vec!["version_taken"]));
    assert_eq!(refused.body["errors"][0]["params"]["version"], "1", "which exists: {}", refused.body);
    assert!(refused.body["errors"][0]["message"].as_str().unwrap().contains("`1`"), "{}", refused.body);
    let checked = check(&world, "legal", &house("1", "Be stern.")).await;
    assert_eq!(checked["errors"][0]["code"], "version_taken", "a preview says it too: {checked}");
    // It says again what it said: nobody is misled.
    put(&world, VOLKOVA, "legal", &json!(2), house("1", "Be kind.")).await.ok();
    restore(&world, "legal", 2).await.ok();
    // Removing a document frees no version of it.
    put(&world, VOLKOVA, "legal", &json!(4), json!({ "documents": [] })).await.ok();
    put(&world, VOLKOVA, "legal", &json!(5), house("2", "Be stern.")).await.problem(409, "conflict");
    put(&world, VOLKOVA, "legal", &json!(5), house("3", "Be stern.")).await.ok();
}

#[tokio::test]
async fn the_consent_of_the_site_has_each_version_once() {
    let world = World::start().await;
    let known = document(&world, "callback-form").await;
    let folder = known["content"]["form"]["consent_version"].as_str().unwrap().to_owned();
    let form = |version: &str, text: &str| {
        let mut content = known["content"].clone();
        content["form"]["consent"] = both(text);
        content["form"]["consent_version"] = json!(version);
        content
    };
    put(&world, VOLKOVA, "callback-form", &json!(0), form("2026-12-01", "I agree to more.")).await.ok();
    let refused = put(&world, VOLKOVA, "callback-form", &json!(1), form(&folder, "I agree to all.")).await;
    refused.problem(409, "conflict");
    assert_eq!((fields(&refused), codes(&refused)), (vec!["form.consent_version"], vec!["version_taken"]));
}

#[tokio::test]
async fn another_text_of_a_consent_asks_anew_and_what_was_agreed_to_stays_readable() {
    let world = World::start_as(asks).await;
    for who in [ANNA, BORIS] {
        agree(&world, who).await;
    }
    let known = document(&world, "consents").await;
    let anna = consents(&world, ANNA).await;
    let hash_of = |language: &str| {
        let texts = known["texts"].as_array().unwrap();
        let is = |one: &&Value| one["field"] == "consents.treatment" && one["language"] == language;
        texts.iter().find(is).unwrap()["hash"].clone()
    };
    assert_eq!(hash_of("en"), anna[0]["offered"]["hash"], "the ledger's own");
    let mut content = known["content"].clone();
    content["consents"][0]["text"] = both("Advice by chat and video.");
    let checked = check(&world, "consents", &content).await;
    let effect = json!({
        "kind": "asked_anew", "purpose": "treatment", "name": "I agree to be advised", "agreements": 2, "required": true,
    });
    assert_eq!(checked["effects"], json!([effect]));
    put(&world, VOLKOVA, "consents", &json!(0), content).await.ok();
    let now = consents(&world, ANNA).await;
    assert_eq!((&now[0]["status"], &now[1]["status"]), (&json!("outdated"), &json!("active")));
    let body = json!({ "queue_id": "general", "request_id": support::request_id() });
    world.call(ANNA, "POST", "/consultations", Some(body)).await.problem(409, "consents-missing");
    let page = world.get(VOLKOVA, "/patients?user=anna").await;
    let id = page["items"][0]["id"].as_str().unwrap();
    let ledger = world.get(VOLKOVA, &format!("/patients/{id}/consents")).await;
    assert!(ledger.to_string().contains("No diagnosis."), "the old text: {ledger}");
    let undone = restore(&world, "consents", 0).await.ok();
    assert_eq!(undone["section"]["version"], 2);
    assert_eq!(consents(&world, ANNA).await[0]["status"], "active", "it is the text that was agreed to");
}

#[tokio::test]
async fn a_legal_profile_wants_its_consents() {
    let world = World::start_as(asks).await;
    let refused = try_set(&world, VOLKOVA, "consents", "/legal_profile", json!("ru")).await;
    refused.problem(422, "invalid");
    assert!(fields(&refused).iter().all(|field| *field == "legal_profile"), "{}", refused.body);
    assert!(codes(&refused).iter().all(|code| *code == "profile_demands"));
    assert_eq!(refused.body["errors"][0]["params"]["subject"], "treatment");
    let mut content = document(&world, "consents").await["content"].clone();
    content["legal_profile"] = json!("ru");
    content["consents"][0]["covers"] = json!(["treatment"]);
    content["consents"][1]["covers"] = json!(["personal_data", "health_data"]);
    put(&world, VOLKOVA, "consents", &json!(0), content.clone()).await.ok();
    content["consents"][0]["covers"] = json!(["treatment", "personal_data"]);
    let refused = put(&world, VOLKOVA, "consents", &json!(1), content).await;
    assert_eq!((fields(&refused), codes(&refused)), (vec!["consents.treatment.covers"], vec!["apart"]));
}

/// As `asks`, with a law of the folder's own, which wants a document that is not there.
fn has_its_own_law(brand: &mut Brand) {
    asks(brand);
    brand.legal_profiles.push(LegalProfile {
        id: "kz".to_owned(),
        name: [("en", "Kazakhstan"), ("ru", "Казахстан")].into(),
        source: Some([("en", "Code on Public Health, art. 134"), ("ru", "Кодекс о здоровье народа, ст. 134")].into()),
        consents: vec![ConsentGroup { covers: vec![ConsentSubject::Treatment] }],
        documents: vec!["duties".to_owned()],
    });
}

#[tokio::test]
async fn a_law_of_the_folder_is_offered_beside_those_of_the_program_and_holds_like_them() {
    let world = World::start_as(has_its_own_law).await;
    let laws = world.get(VOLKOVA, "/settings").await["choices"]["legal_profiles"].clone();
    let ids: Vec<&str> = laws.as_array().unwrap().iter().map(|law| law["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["none", "ru", "eu", "kz"]);
    assert_eq!(laws[1]["consents"], json!([["treatment"], ["personal_data", "health_data"]]));
    assert_eq!(
        (&laws[3]["documents"], &laws[3]["source"]),
        (&json!(["duties"]), &json!("Code on Public Health, art. 134"))
    );
    let in_russian = world.get_in("ru", VOLKOVA, "/settings").await["choices"]["legal_profiles"].clone();
    assert_eq!(in_russian[3]["source"], "Кодекс о здоровье народа, ст. 134", "the acts as the reader speaks of them");
    assert!(in_russian[1]["source"].as_str().unwrap().starts_with("323-ФЗ"), "{}", in_russian[1]);
    assert!(laws[1]["source"].as_str().unwrap().starts_with("323-FZ"), "{}", laws[1]);
    assert_eq!(laws[0]["source"], Value::Null);
    let mut content = document(&world, "consents").await["content"].clone();
    content["legal_profile"] = json!("kz");
    let refused = put(&world, VOLKOVA, "consents", &json!(0), content.clone()).await;
    refused.problem(422, "invalid");
    assert_eq!(codes(&refused), ["profile_demands", "profile_document"]);
    assert_eq!(refused.body["errors"][1]["params"]["document"], "duties");
    content["legal_profile"] = json!("mars");
    let refused = put(&world, VOLKOVA, "consents", &json!(0), content).await;
    assert_eq!((fields(&refused), codes(&refused)), (vec!["legal_profile"], vec!["no_legal_profile"]));
    assert_eq!(refused.body["errors"][0]["params"]["name"], "mars");
}

#[tokio::test]
async fn a_shorter_time_says_what_it_means_and_erases_nothing_that_was_promised_longer() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    let hold = json!({ "consultation_id": talk["id"], "reason": "A court asks", "request_id": support::request_id() });
    world.post(VOLKOVA, "/holds", hold).await;
    let known = document(&world, "retention").await;
    let mut content = known["content"].clone();
    content["classes"][0]["keep_days"] = json!(1);
    let checked = check(&world, "retention", &content).await;
    let effect = json!({
        "kind": "kept", "class": "standard", "name": "standard", "records": 1, "held": 1,
        "first_at": "2023-11-25T21:00:00Z", "last_at": "2023-11-25T21:00:00Z", "new_at": "2023-11-16T21:00:00Z",
    });
    assert_eq!(checked["effects"], json!([effect]));
    put(&world, VOLKOVA, "retention", &json!(0), content.clone()).await.ok();
    days(&world, 5).await;
    let row = world.get(VOLKOVA, &format!("/archive/{}", talk["id"].as_str().unwrap())).await;
    assert_eq!(row["retention"]["due_at"], "2023-11-25T21:00:00Z", "as it was promised");
    let audit = world.get(VOLKOVA, "/audit?action=settings.changed").await;
    assert_eq!(audit["items"][0]["detail"]["fields"], json!(["classes[standard].keep_days"]));
    content["classes"] = json!([content["classes"][1]]);
    let refused = put(&world, VOLKOVA, "retention", &json!(1), content).await;
    refused.problem(422, "invalid");
    assert_eq!((fields(&refused), codes(&refused)), (vec!["classes"], vec!["class_in_use"]));
}

#[tokio::test]
async fn the_first_class_begins_to_count_when_it_comes() {
    let world = World::start().await;
    let talk = sealed(&world, ANNA).await;
    world.pass(400 * DAY_SECONDS);
    let class = json!({ "id": "talk", "name": both("Talk"), "keep_days": 30 });
    let content = json!({ "classes": [class] });
    let checked = check(&world, "retention", &content).await;
    assert_eq!(checked["effects"], json!([{ "kind": "classified", "records": 1 }]));
    put(&world, VOLKOVA, "retention", &json!(0), content).await.ok();
    retention::classify_all(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    tidy(&world).await;
    assert_eq!(due(&world, "days=7").await["total"], 0, "nothing goes at once that was kept for ever");
    assert_eq!(due(&world, "days=60").await["total"], 1);
    let row = world.get(VOLKOVA, &format!("/archive/{}", talk["id"].as_str().unwrap())).await;
    assert_eq!(row["retention"]["class"]["id"], "talk");
    for keep in
        [json!({ "keep_days": 0 }), json!({ "keep_years": 101 }), json!({}), json!({ "keep_days": 1, "keep_years": 1 })]
    {
        let mut class = json!({ "id": "talk", "name": both("Talk") });
        class.as_object_mut().unwrap().extend(keep.as_object().unwrap().clone());
        put(&world, VOLKOVA, "retention", &json!(1), json!({ "classes": [class] })).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn neither_operators_nor_patients_change_what_the_lawyer_wrote() {
    let world = World::start().await;
    for section in ["callback-form", "legal", "consents", "retention", "statuses"] {
        for who in [PETROVA, ANNA] {
            put(&world, who, section, &json!(0), json!({})).await.problem(403, "forbidden");
        }
        put(&world, VOLKOVA, section, &json!(0), Value::Null).await.problem(422, "invalid");
    }
}
