//! What a patient agreed to, as FHIR beside his consultation: as it stood at the end, by the official definitions.
#![expect(clippy::unwrap_used, reason = "tests")]

use consilium_config::Brand;
use consilium_config::brand::ConsentSubject::{HealthData, PersonalData, Treatment};
use serde_json::{Value, json};

use crate::consent::{agree, asks, changes, consents, give, given, withdraw};
use crate::fhir::{broken, export, faults, resources};
use crate::retention::close;
use crate::support::{ANNA, BORIS, PETROVA, VOLKOVA, World};

/// Two that are required, which cover something; one that is not and covers nothing.
fn covers(brand: &mut Brand) {
    asks(brand);
    brand.consents[0].covers = vec![Treatment];
    brand.consents[1].covers = vec![PersonalData, HealthData];
}

/// A consultation before which everything was agreed to, and one of it withdrawn.
async fn sealed(world: &World) -> Value {
    agree(world, ANNA).await;
    give(world, ANNA, &given(&consents(world, ANNA).await[2])).await.ok();
    world.pass(60);
    withdraw(world, ANNA, "news").await.ok();
    let talk = world.talk(ANNA, PETROVA).await;
    close(world, &talk).await;
    talk
}

/// Purpose and status of each, in their order.
fn standing(bundle: &Value) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    for one in resources(bundle, "Consent") {
        let purpose = &one["category"].as_array().unwrap().last().unwrap()["coding"][0]["code"];
        all.push((purpose.as_str().unwrap(), one["status"].as_str().unwrap()));
    }
    all.sort_unstable();
    all
}

fn of_purpose<'a>(bundle: &'a Value, purpose: &str) -> &'a Value {
    let number = format!("/{purpose}/");
    let mut all = resources(bundle, "Consent").into_iter();
    all.find(|one| one["identifier"][0]["value"].as_str().unwrap().contains(&number)).unwrap()
}

#[tokio::test]
async fn each_consent_is_there_as_it_stood_at_the_end_and_valid() {
    let world = World::start_as(covers).await;
    agree(&world, BORIS).await;
    let talk = sealed(&world).await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    let found = faults(std::slice::from_ref(&bundle)).remove(0);
    assert!(found.is_empty(), "{found:#?}\n{bundle:#}");
    assert_eq!(standing(&bundle), [("news", "inactive"), ("personal-data", "active"), ("treatment", "active")]);
    let shown = consents(&world, ANNA).await[0].clone();
    let treatment = of_purpose(&bundle, "treatment");
    assert_eq!(treatment["dateTime"], shown["last"]["at"]);
    assert_eq!(treatment["extension"][0]["valueString"], "D");
    let (source, hash) = (&treatment["sourceAttachment"], &shown["last"]["document"]["hash"]);
    assert_eq!((&source["title"], &source["extension"][0]["valueString"]), (&json!("I agree to be advised"), hash));
    let patient = &bundle["entry"][1];
    assert_eq!(patient["resource"]["resourceType"], "Patient");
    for who in [&treatment["patient"], &treatment["performer"][0]] {
        assert_eq!(who["reference"], patient["fullUrl"]);
    }
    let scopes = ["treatment", "personal-data", "news"].map(|one| &of_purpose(&bundle, one)["scope"]["coding"][0]);
    assert_eq!(scopes.map(|scope| &scope["code"]), ["treatment", "patient-privacy", "news"]);
    let news = of_purpose(&bundle, "news");
    assert_eq!(news["extension"][1]["extension"][0]["valueCode"], "withdrawn");
    assert!(news["provision"]["period"]["end"].as_str() > news["provision"]["period"]["start"].as_str(), "{news}");
}

#[tokio::test]
async fn what_is_decided_after_the_end_changes_nothing_of_it() {
    let world = World::start_as(covers).await;
    let talk = sealed(&world).await;
    let before = export(&world, VOLKOVA, &talk).await;
    world.pass(1);
    withdraw(&world, ANNA, "treatment").await.ok();
    give(&world, ANNA, &given(&consents(&world, ANNA).await[2])).await.ok();
    assert_eq!(export(&world, ANNA, &talk).await.to_string(), before.to_string());
}

#[tokio::test]
async fn who_agreed_to_another_text_has_two_of_which_the_last_is_in_force() {
    let world = World::start_as(covers).await;
    agree(&world, ANNA).await;
    world.pass(60);
    let world = world.restart_with(changes).await;
    agree(&world, ANNA).await;
    let talk = world.talk(ANNA, PETROVA).await;
    close(&world, &talk).await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    assert_eq!(faults(std::slice::from_ref(&bundle))[0], [""; 0]);
    let wanted = [("personal-data", "active"), ("treatment", "active"), ("treatment", "inactive")];
    assert_eq!(standing(&bundle), wanted);
    let replaced = of_purpose(&bundle, "treatment");
    assert_eq!(replaced["extension"][1]["extension"][0]["valueCode"], "replaced");
    let uris: Vec<_> = resources(&bundle, "Consent").iter().map(|one| one["policy"][0]["uri"].clone()).collect();
    assert!(uris.iter().all(|uri| uris.iter().filter(|other| *other == uri).count() == 1), "{uris:?}");
}

#[tokio::test]
async fn one_that_is_wrong_is_found() {
    let world = World::start_as(covers).await;
    let talk = sealed(&world).await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    let broken = |pointer: &str, value: Value| broken(&bundle, "Consent", pointer, value);
    let cases = [
        (broken("/policy", Value::Null), "ppc-1"),
        (broken("/status", json!("withdrawn")), "not found in value set"),
        (broken("/scope", Value::Null), "Consent.scope"),
        (broken("/category", Value::Null), "Consent.category"),
        (broken("/patient/reference", json!("urn:uuid:nobody")), "no Patient of the bundle"),
        (broken("/extension/0/valueString", Value::Null), "ext-1"),
        (broken("/purpose", json!("news")), "purpose"),
    ];
    let found = faults(&cases.each_ref().map(|(broken, _)| broken.clone()));
    for ((_, wanted), found) in cases.iter().zip(&found) {
        assert!(found.iter().any(|fault| fault.contains(wanted)), "{wanted}: {found:#?}");
    }
}

#[tokio::test]
async fn a_service_that_asks_for_none_has_none() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    close(&world, &talk).await;
    assert_eq!(resources(&export(&world, VOLKOVA, &talk).await, "Consent").len(), 0);
}
