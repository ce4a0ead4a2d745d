//! Conclusions and the end of a consultation: required before the close, sealed with it, amended after it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::conclusion::{amend, draft, id, path, pdf, save, save_over, sign, texts};
use crate::support;

use consilium_config::brand::ConclusionNeed;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World};

async fn required() -> World {
    World::start_as(|brand| brand.queues[0].conclusion = ConclusionNeed::Required).await
}

async fn close(world: &World, who: &str, talk: &Value) -> support::Answer {
    world.call(who, "POST", &format!("/consultations/{}/close", id(talk)), Some(json!({}))).await
}

#[tokio::test]
async fn where_the_queue_asks_for_one_nothing_is_closed_before_it_is_signed() {
    let world = required().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let row = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((&row["conclusion_need"], &row["conclusion"]), (&json!("required"), &Value::Null));
    close(&world, PETROVA, &talk).await.problem(409, "conclusion-required");
    close(&world, VOLKOVA, &talk).await.problem(409, "conclusion-required");
    close(&world, SOKOLOV, &talk).await.problem(403, "forbidden");
    save(&world, PETROVA, &talk, &[("advice", "rest")]).await.ok();
    close(&world, PETROVA, &talk).await.problem(409, "conclusion-required");
    sign(&world, PETROVA, &talk).await.ok();
    let closed = close(&world, PETROVA, &talk).await.ok();
    assert_eq!((&closed["phase"], &closed["conclusion"]["version"]), (&json!("archived"), &json!(1)));
}

#[tokio::test]
async fn the_archive_takes_what_was_signed_and_each_amendment_and_stays_whole() {
    let world = required().await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "It hurts").await;
    save(&world, PETROVA, &talk, &[("advice", "rest")]).await.ok();
    let signed = sign(&world, PETROVA, &talk).await.ok();
    close(&world, PETROVA, &talk).await.ok();
    world.settle().await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    let sealed = record["conclusions"].as_array().unwrap();
    assert_eq!((sealed.len(), &sealed[0]["hash"]), (1, &signed["versions"][0]["hash"]));
    let content = sealed[0]["content"].as_str().unwrap();
    assert_eq!(hex::encode(Sha256::digest(content)), sealed[0]["hash"].as_str().unwrap());

    // Long after the grace, by the last lead.
    world.pass(3_600);
    save(&world, PETROVA, &talk, &[("advice", "rest, and water")]).await.ok();
    world.pass(60);
    let amended = amend(&world, PETROVA, &talk, "Forgot the water").await.ok();
    assert_eq!((&amended["number"], &amended["versions"][0]["version"]), (&json!(1), &json!(2)));
    assert_eq!(amended["versions"][0]["reason"], "Forgot the water");
    assert_eq!(world.lines(&talk).await.last().unwrap()["kind"], "conclusion_amended");
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!(record["conclusions"].as_array().unwrap().len(), 2);
    assert_eq!(record["chain"]["signature_valid"], true);
    let own = world.get(ANNA, &path(&talk, "versions")).await;
    assert_eq!(
        (own["versions"].as_array().unwrap().len(), &own["versions"][1]["hash"]),
        (2, &signed["versions"][0]["hash"])
    );
    let (_, latest) = pdf(&world, ANNA, &path(&talk, "pdf")).await;
    let (_, first) = pdf(&world, ANNA, &path(&talk, "pdf?version=1")).await;
    assert!(texts(&latest).contains("Forgot the water") && texts(&latest).contains("and water"));
    assert!(!texts(&first).contains("water"));

    let tenant = world.consult.tenant("clinic").unwrap();
    let mut reading = tenant.store.read_at_length().await.unwrap();
    let proof = consilium_consult::archive::Proof {
        tenant: support::SERVER,
        verifying: tenant.archive.keys.verifying(),
        anchor: &tenant.archive.anchor,
        keys: Some(&tenant.archive.keys),
    };
    consilium_consult::archive::verify(&mut reading, &proof).await.unwrap().unwrap();
}

#[tokio::test]
async fn after_the_end_the_last_lead_and_supervisors_write_and_nobody_else() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    close(&world, PETROVA, &talk).await.ok();
    world.settle().await;
    save_over(&world, SOKOLOV, &talk, &json!(0), &[("advice", "no")]).await.problem(403, "forbidden");
    save(&world, VOLKOVA, &talk, &[("advice", "rest")]).await.ok();
    assert_eq!(draft(&world, PETROVA, &talk).await["saved_by"]["name"], "Ms Volkova");
    sign(&world, PETROVA, &talk).await.ok();
    let row = world.get(VOLKOVA, "/archive?limit=10").await;
    assert_eq!(row["items"][0]["consultation"]["conclusion"]["version"], 1);
}
