//! The brand's own fields of two cards of one human: which differ, whose word holds, where a change goes, and each account's own again when they are separate.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::partner::Partner;
use support::{Answer, PETROVA, VOLKOVA, World};

use crate::field::{fill, standing, wrong};
use crate::merge::{acts, card, found, preview, send, separate, two, wish};

/// Two cards with something in the brand's own fields: the branch is the same on both, the discount one's alone, the contract the other one's.
async fn filled(world: &World) -> (String, String) {
    let (anna, boris) = two(world).await;
    let hers = json!({ "allergies": "pollen", "branch": "river", "discount": 5 });
    fill(world, VOLKOVA, &anna, hers).await.ok();
    fill(world, VOLKOVA, &boris, json!({ "allergies": "penicillin", "branch": "river" })).await.ok();
    let system = Partner::with(world, "CRM", &["patients:read", "patients:write"]).await;
    let contract = json!({ "fields": { "contract": "A-7" } });
    system.call("PATCH", &format!("/patients/{boris}"), Some(contract)).await.ok();
    (anna, boris)
}

async fn choose(world: &World, (leading, merged): (&str, &str), fields: &[&str]) -> Answer {
    let mut new = wish(world, leading, merged, &[]).await;
    new["taken_fields"] = json!(fields);
    send(world, leading, new).await
}

/// What stands in the four fields.
fn said(shown: &Value) -> [Value; 4] {
    ["allergies", "branch", "discount", "contract"].map(|field| standing(shown, field))
}

fn of(allergies: &str, branch: &str, discount: Option<f64>, contract: Option<&str>) -> [Value; 4] {
    [json!(allergies), json!(branch), json!(discount), json!(contract)]
}

#[tokio::test]
async fn both_values_are_shown_and_those_that_only_one_has_are_suggested() {
    let world = World::start().await;
    let (anna, boris) = filled(&world).await;
    let shown = preview(&world, &anna, &boris).await.ok();
    assert_eq!(shown["differing_fields"], json!(["allergies", "discount", "contract"]));
    assert_eq!(shown["suggested_fields"], json!(["contract"]));
    assert_eq!(said(&shown["leading"]["card"]), of("pollen", "river", Some(5.0), None));
    assert_eq!(said(&shown["merged"]["card"]), of("penicillin", "river", None, Some("A-7")));
}

#[tokio::test]
async fn where_nothing_is_chosen_the_card_that_stays_holds() {
    let world = World::start().await;
    let (anna, boris) = filled(&world).await;
    let wish = wish(&world, &anna, &boris, &["name"]).await;
    let merged = send(&world, &anna, wish).await.ok();
    assert_eq!((&merged["taken"], &merged["taken_fields"]), (&json!(["name"]), &json!([])));
    assert_eq!(said(&card(&world, &boris).await), of("pollen", "river", Some(5.0), None));
}

#[tokio::test]
async fn what_was_chosen_is_shown_is_changed_where_it_comes_from_and_each_has_its_own_again() {
    let world = World::start().await;
    let (anna, boris) = filled(&world).await;
    let merged = choose(&world, (&anna, &boris), &["contract", "allergies"]).await.ok();
    assert_eq!(merged["taken_fields"], json!(["allergies", "contract"]));
    let entry = acts(&world, &boris, "patient.merged").await[0].clone();
    assert_eq!(entry["detail"]["fields"], json!(["fields.allergies", "fields.contract"]));

    // What stays after a restart.
    let world = world.restart().await;
    let shown = card(&world, &anna).await;
    assert_eq!(said(&shown), of("penicillin", "river", Some(5.0), Some("A-7")));
    assert_eq!(shown["merged"][0]["taken_fields"], json!(["allergies", "contract"]));
    let changed = fill(&world, PETROVA, &anna, json!({ "allergies": "latex", "branch": "centre" })).await.ok();
    assert_eq!(said(&changed), of("latex", "centre", Some(5.0), Some("A-7")));
    assert_eq!(found(&world, "field=branch%3Acentre").await, [anna.as_str()]);
    let changes = [acts(&world, &anna, "patient.changed").await, acts(&world, &boris, "patient.changed").await];
    for (entries, field) in changes.iter().zip(["fields.branch", "fields.allergies"]) {
        let is_it = |entry: &Value| entry["detail"]["fields"] == json!([field]);
        assert_eq!(entries.iter().filter(|entry| is_it(entry)).count(), 1, "{field}");
    }
    // A wrong value is refused by its name, whichever account it is of, and nothing is written.
    let refused = fill(&world, PETROVA, &anna, json!({ "allergies": 7, "branch": "sea" })).await;
    refused.problem(422, "invalid");
    assert_eq!(wrong(&refused), ["fields.allergies", "fields.branch"]);

    let told = world.get(VOLKOVA, &format!("/patients/{anna}/merges")).await["merges"][0].clone();
    assert_eq!(said(&told["after"]["leading"]), of("pollen", "centre", Some(5.0), None));
    assert_eq!(said(&told["after"]["merged"]), of("latex", "river", None, Some("A-7")));
    separate(&world, &merged).await.ok();
    assert_eq!(said(&card(&world, &anna).await), of("pollen", "centre", Some(5.0), None));
    assert_eq!(said(&card(&world, &boris).await), of("latex", "river", None, Some("A-7")));
}

#[tokio::test]
async fn a_wrong_choice_is_refused_with_all_the_others() {
    let world = World::start().await;
    let (anna, boris) = filled(&world).await;
    for (fields, names) in [
        (vec!["allergies", "branch"], vec!["taken_fields.branch"]),
        (vec!["unknown"], vec!["taken_fields.unknown"]),
        (vec!["unknown", "allergies", "branch"], vec!["taken_fields.unknown", "taken_fields.branch"]),
        // A field of consultations is none of a card.
        (vec!["occasion"], vec!["taken_fields.occasion"]),
    ] {
        let refused = choose(&world, (&anna, &boris), &fields).await;
        refused.problem(422, "invalid");
        assert_eq!(wrong(&refused), names, "{fields:?}");
    }
    let mut no_list = wish(&world, &anna, &boris, &[]).await;
    no_list["taken_fields"] = json!("allergies");
    send(&world, &anna, no_list).await.problem(422, "invalid");
    assert_eq!(card(&world, &anna).await["merged"], json!([]));
    assert!(acts(&world, &anna, "patient.merged").await.is_empty());
}

#[tokio::test]
async fn a_field_that_was_changed_since_it_was_seen_is_looked_at_again() {
    let world = World::start().await;
    let (anna, boris) = filled(&world).await;
    let mut old = wish(&world, &anna, &boris, &[]).await;
    old["taken_fields"] = json!(["allergies"]);
    fill(&world, PETROVA, &boris, json!({ "allergies": "latex" })).await.ok();
    send(&world, &anna, old).await.problem(409, "conflict");
}
