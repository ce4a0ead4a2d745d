//! The heads of archive and audit log, given to the partner's own address, and held against what is here.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::proofs::manipulate;
use crate::support;

use std::sync::Arc;
use std::time::Duration;

use consilium_appservice::Secret;
use consilium_consult::admin::{Admin, Proven};
use consilium_consult::config::{NotaryConfig, OutwardConfig};
use consilium_consult::notary::{self, HeadsFault};
use consilium_consult::tenant::Tenant;
use serde_json::{Value, json};
use support::receiver::{Receiver, signature};
use support::{ANNA, PETROVA, VOLKOVA, World};

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const DAY: i64 = 86_400;

/// A desk with one sealed consultation, whose heads go to a notary; what he answers first is planned.
async fn desk(answers: &[u16]) -> (World, Receiver) {
    let receiver = Receiver::start().await;
    receiver.plan("/heads", answers.iter().copied());
    let url = format!("{}/heads", receiver.url);
    let outward = OutwardConfig { url, key: Secret::new(KEY), answers_within: Duration::from_secs(20) };
    let every = Duration::from_secs(DAY.unsigned_abs());
    let world = World::start_configured(|tenant| tenant.notary = Some(NotaryConfig { outward, every })).await;
    // The first ones go when the service starts.
    receiver.until_began(1).await;
    settled(&world).await;
    (world, receiver)
}

fn tenant(world: &World) -> Arc<Tenant> {
    world.consult.tenant("clinic").unwrap()
}

/// What is due is sent, by whoever looks first; refused or taken, it is written down.
async fn settled(world: &World) {
    let _whoever_was_first = notary::look(&tenant(world)).await;
}

async fn later(world: &World, seconds: i64) {
    world.pass(seconds);
    settled(world).await;
}

async fn seal_one(world: &World) {
    let talk = world.talk(ANNA, PETROVA).await;
    let close = format!("/consultations/{}/close", talk["id"].as_str().unwrap());
    world.call(PETROVA, "POST", &close, None).await.ok();
    world.settle().await;
}

/// What the notary kept: each body as it came.
fn kept(receiver: &Receiver) -> String {
    let came = receiver.came();
    let lines: Vec<&str> = came.iter().filter(|one| one.status == 200).map(|one| one.raw.as_str()).collect();
    lines.join("\n")
}

async fn check(world: &World, kept: &str) -> Result<i64, HeadsFault> {
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let checked = admin.check_heads(kept).await.unwrap();
    admin.close().await;
    checked
}

async fn proven(world: &World) -> Proven {
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    admin.close().await;
    proven
}

#[tokio::test]
async fn heads_are_sent_at_their_times_and_are_true() {
    let (world, receiver) = desk(&[]).await;
    seal_one(&world).await;
    later(&world, DAY - 1).await;
    assert_eq!(receiver.came().len(), 1, "they are not due");
    later(&world, 1).await;
    let came = receiver.came();
    assert_eq!(came.len(), 2);
    assert_eq!(came[1].signatures, [signature(KEY, &came[1])]);
    let heads = &came[1].body;
    assert_eq!(
        (&heads["type"], &heads["tenant"], &heads["sequence"]),
        (&json!("archive.heads"), &json!("hs.test"), &json!(2))
    );
    assert_eq!((&came[0].body["archive"]["sequence"], &heads["archive"]["sequence"]), (&json!(0), &json!(1)));
    assert!(heads["audit"]["sequence"].as_i64() > came[0].body["audit"]["sequence"].as_i64());
    assert!(!came[1].raw.contains("anna"), "they name nobody");
    let log = world.get(VOLKOVA, "/audit?action=heads.sent").await;
    let detail = json!({ "archive": 1, "audit": heads["audit"]["sequence"] });
    assert_eq!((&log["total"], &log["items"][0]["detail"]), (&json!(2), &detail));
    assert_eq!((proven(&world).await.heads, check(&world, &kept(&receiver)).await), (Ok(2), Ok(2)));
}

#[tokio::test]
async fn a_notary_who_does_not_answer_is_asked_until_he_does() {
    let (world, receiver) = desk(&[503, 429]).await;
    later(&world, 59).await;
    assert_eq!(receiver.came().len(), 1, "he has a minute");
    later(&world, 1).await;
    later(&world, 119).await;
    assert_eq!(receiver.came().len(), 2, "then two");
    assert_eq!(proven(&world).await.heads, Ok(0), "nothing was taken");
    later(&world, 1).await;
    let came = receiver.came();
    assert_eq!(came.iter().map(|one| one.status).collect::<Vec<_>>(), [503, 429, 200]);
    assert_eq!((&came[2].body["sequence"], proven(&world).await.heads), (&json!(1), Ok(1)));
}

#[tokio::test]
async fn the_same_heads_are_sent_again_as_they_were_and_others_under_an_id_of_their_own() {
    let (world, receiver) = desk(&[503, 503, 503]).await;
    later(&world, 60).await;
    later(&world, 120).await;
    seal_one(&world).await;
    later(&world, 240).await;
    let came = receiver.came();
    assert_eq!(came.iter().map(|one| one.status).collect::<Vec<_>>(), [503, 503, 503, 200]);
    let ends = |heads: &Value| (heads["archive"].clone(), heads["audit"].clone());
    for (one, other) in came.iter().flat_map(|one| came.iter().map(move |other| (one, other))) {
        let are_same = ends(&one.body) == ends(&other.body);
        assert_eq!((one.id == other.id, one.raw == other.raw), (are_same, are_same), "{} {}", one.raw, other.raw);
    }
    assert_eq!(ends(&came[1].body), ends(&came[2].body), "nothing happened meanwhile");
    assert_ne!(came[2].id, came[3].id, "something was sealed");
    // Whoever keeps one line of each id keeps each of them, and all are true.
    let mut kept: Vec<(&str, &str)> = Vec::new();
    for one in &came {
        if !kept.iter().any(|(id, _)| *id == one.id) {
            kept.push((&one.id, &one.raw));
        }
    }
    let lines: Vec<&str> = kept.iter().map(|(_, raw)| *raw).collect();
    assert_eq!(check(&world, &lines.join("\n")).await, Ok(i64::try_from(lines.len()).unwrap()));
}

#[tokio::test]
async fn chains_that_are_others_than_those_whose_heads_were_kept_are_named() {
    let zeros = "0".repeat(64);
    for of_archive in [true, false] {
        let (world, receiver) = desk(&[]).await;
        seal_one(&world).await;
        later(&world, DAY).await;
        let kept = kept(&receiver);
        let heads = receiver.came()[1].body.clone();
        let at = serde_json::from_value(heads["at"].clone()).unwrap();
        let (table, fault) = if of_archive {
            ("archive_record", HeadsFault::Archive { record: 1, at })
        } else {
            ("audit", HeadsFault::Audit { entry: heads["audit"]["sequence"].as_i64().unwrap(), at })
        };
        let place = if of_archive { json!(1) } else { heads["audit"]["sequence"].clone() };
        let sql = format!("UPDATE {table} SET hash = '{zeros}' WHERE sequence = {place}");
        manipulate(&world.config.tenants[0], &sql).await;
        assert_eq!(
            (check(&world, &kept).await, proven(&world).await.heads),
            (Err(fault.clone()), Err(fault)),
            "{table}"
        );
    }
}

#[tokio::test]
async fn whoever_takes_away_what_was_sent_is_shown_by_what_the_notary_kept() {
    let (world, receiver) = desk(&[]).await;
    seal_one(&world).await;
    later(&world, DAY).await;
    later(&world, DAY).await;
    let kept = kept(&receiver);
    manipulate(&world.config.tenants[0], "DELETE FROM heads_sent WHERE sequence = 2").await;
    assert_eq!((proven(&world).await.heads, check(&world, &kept).await), (Err(HeadsFault::Missing(2)), Ok(3)));
    manipulate(&world.config.tenants[0], "DELETE FROM archive_record; DELETE FROM heads_sent").await;
    assert_eq!(proven(&world).await.heads, Ok(0), "here nobody knows of them any more");
    assert!(matches!(check(&world, &kept).await, Err(HeadsFault::Archive { record: 1, .. })));
}

#[tokio::test]
async fn lines_that_are_no_heads_of_this_archive_are_no_proof() {
    let (world, receiver) = desk(&[]).await;
    let line = receiver.came()[0].raw.clone();
    assert_eq!(check(&world, &format!("{line}\n\nnot heads")).await, Err(HeadsFault::Unreadable(3)));
    let mut forged: Value = serde_json::from_str(&line).unwrap();
    forged["audit"]["sequence"] = json!(0);
    assert!(matches!(check(&world, &forged.to_string()).await, Err(HeadsFault::NotSigned(_))));
    let of_others = line.replace("hs.test", "law.test");
    assert_eq!(check(&world, &of_others).await, Ok(0), "another tenant's are left out");
}
