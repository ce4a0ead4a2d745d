//! Conclusions that a provider of the partner's signs: at once, late, after a crash, or not at all. Nothing of what was to be signed is lost.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;
use std::time::Duration;

use consilium_appservice::Secret;
use consilium_config::brand::ConclusionNeed;
use consilium_consult::conclusion;
use consilium_consult::config::{OutwardConfig, SignerConfig};
use consilium_consult::tenant::Tenant;
use serde_json::{Value, json};
use support::receiver::{Receiver, signature};
use support::{ANNA, Answer, PETROVA, VOLKOVA, World};

use crate::conclusion::{amend, draft, id, path, save, sign};

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ADVICE: &str = "Rest and warm tea.";

fn signer_at(receiver: &Receiver) -> SignerConfig {
    let url = format!("{}/sign", receiver.url);
    let outward = OutwardConfig { url, key: Secret::new(KEY), answers_within: Duration::from_secs(20) };
    SignerConfig { outward, sends_content: false }
}

/// A provider who signs whatever he is asked, and a desk that goes by him.
async fn provider() -> (World, Receiver) {
    let receiver = Receiver::start().await;
    receiver.say_always("/sign", json!({ "hash": "$hash", "method": "cades-t", "signature": "c2lnbmVk" }));
    let world = World::start_configured(|tenant| tenant.signer = Some(signer_at(&receiver))).await;
    (world, receiver)
}

fn tenant(world: &World) -> Arc<Tenant> {
    world.consult.tenant("clinic").unwrap()
}

/// Lets time pass, and has what is due by then asked for.
async fn later(world: &World, seconds: i64) {
    world.pass(seconds);
    conclusion::ask_due(&tenant(world)).await.unwrap();
    world.settle().await;
}

async fn written(world: &World) -> Value {
    let talk = world.talk(ANNA, PETROVA).await;
    save(world, PETROVA, &talk, &[("advice", ADVICE)]).await.ok();
    talk
}

async fn actions(world: &World, talk: &Value) -> Vec<String> {
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}&limit=200", id(talk))).await;
    let all = audit["items"].as_array().unwrap().iter().rev().map(|entry| entry["action"].as_str().unwrap().to_owned());
    all.filter(|action| action.starts_with("conclusion.sign") || action == "conclusion.amended").collect()
}

#[tokio::test]
async fn the_partners_provider_signs_and_is_given_the_hash_alone() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    let signed = sign(&world, PETROVA, &talk).await.ok();
    assert_eq!((&signed["unsigned"], &signed["signing"]), (&json!(false), &Value::Null));
    let version = &signed["versions"][0];
    assert_eq!((&version["method"], &version["signed_by"]["name"]), (&json!("cades-t"), &json!("Dr Petrova")));
    let came = receiver.came();
    assert_eq!(came.len(), 1);
    let asked = &came[0].body;
    assert_eq!(
        (&asked["type"], &asked["tenant"], &asked["number"]),
        (&json!("conclusion.sign"), &json!("hs.test"), &json!(1))
    );
    assert_eq!((&asked["hash"], &asked["operator"]["title"]), (&version["hash"], &json!("GP")));
    assert!(asked.get("content").is_none() && !came[0].raw.contains(ADVICE), "{}", came[0].raw);
    assert_eq!(came[0].signatures, [signature(KEY, &came[0])]);
    assert_eq!(actions(&world, &talk).await, ["conclusion.signature_asked", "conclusion.signed"]);
    save(&world, PETROVA, &talk, &[("advice", "Rest.")]).await.ok();
    let amended = amend(&world, PETROVA, &talk, "Tea is not needed").await.ok();
    assert_eq!(
        (&amended["versions"][0]["version"], &amended["versions"][0]["reason"]),
        (&json!(2), &json!("Tea is not needed"))
    );
    assert_ne!(receiver.came()[1].id, came[0].id, "another version is another request");
}

#[tokio::test]
async fn the_content_is_given_where_the_partner_says_so() {
    let receiver = Receiver::start().await;
    receiver.say_always("/sign", json!({ "hash": "$hash", "method": "cades-t", "signature": "c2lnbmVk" }));
    let config = SignerConfig { sends_content: true, ..signer_at(&receiver) };
    let world = World::start_configured(|tenant| tenant.signer = Some(config)).await;
    let talk = written(&world).await;
    let signed = sign(&world, PETROVA, &talk).await.ok();
    let sent = receiver.came()[0].body["content"].as_str().unwrap().to_owned();
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, sent).unwrap();
    assert_eq!(signed["versions"][0]["hash"], hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&bytes)));
    assert!(String::from_utf8(bytes).unwrap().contains(ADVICE));
}

#[tokio::test]
async fn what_the_provider_does_not_sign_now_waits_and_is_asked_for_until_he_does() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    receiver.plan("/sign", [503, 202]);
    let pressed_at = world.now_ms();
    let waits = sign(&world, PETROVA, &talk).await.ok();
    let signing = &waits["signing"];
    assert_eq!(
        (&signing["state"], &signing["attempts"], &signing["refusal"]),
        (&json!("waiting"), &json!(1), &Value::Null)
    );
    assert_eq!((&signing["asked_by"]["name"], &waits["versions"]), (&json!("Dr Petrova"), &json!([])));
    assert_eq!(world.get(ANNA, &path(&talk, "versions")).await["versions"], json!([]), "nothing is signed yet");
    later(&world, 29).await;
    assert_eq!(receiver.came().len(), 1, "it is not due");
    later(&world, 2).await;
    assert_eq!(draft(&world, PETROVA, &talk).await["signing"]["attempts"], 2);
    later(&world, 61).await;
    let signed = draft(&world, PETROVA, &talk).await;
    assert_eq!((&signed["signing"], &signed["unsigned"]), (&Value::Null, &json!(false)));
    let signed_at = serde_json::to_value(consilium_consult::time::Time::from_millis(pressed_at)).unwrap();
    assert_eq!(signed["versions"][0]["signed_at"], signed_at, "it says when it was signed, not when that was proved");
    let came = receiver.came();
    assert_eq!(came.iter().map(|one| one.status).collect::<Vec<_>>(), [503, 202, 200]);
    assert!(came.iter().all(|one| one.id == came[0].id && one.body == came[0].body), "one request, asked three times");
    assert_eq!(world.get(ANNA, &path(&talk, "versions")).await["versions"][0]["method"], "cades-t");
}

#[tokio::test]
async fn another_press_asks_at_once() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    receiver.plan("/sign", [503]);
    assert_eq!(sign(&world, PETROVA, &talk).await.ok()["signing"]["state"], "waiting");
    let signed = sign(&world, PETROVA, &talk).await.ok();
    assert_eq!(signed["versions"][0]["version"], 1);
    let came = receiver.came();
    assert_eq!((came.len(), &came[0].id), (2, &came[1].id));
    assert_eq!(actions(&world, &talk).await, ["conclusion.signature_asked", "conclusion.signed"]);
}

#[tokio::test]
async fn of_two_presses_at_once_the_provider_is_asked_for_one_signature() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    let body = json!({ "version": draft(&world, PETROVA, &talk).await["version"] });
    let path = path(&talk, "sign");
    let press = |who| world.call(who, "POST", &path, Some(body.clone()));
    // Whichever of them comes second waits for the other's signature, or is told that it has come.
    let answers = tokio::join!(press(PETROVA), press(VOLKOVA));
    let is_signed = |answer: &Answer| answer.status == 200 && answer.body["versions"][0]["version"] == 1;
    assert!(is_signed(&answers.0) || is_signed(&answers.1), "{answers:?}");
    assert_eq!(receiver.came().len(), 1, "one text, one request");
    assert_eq!(draft(&world, PETROVA, &talk).await["versions"].as_array().unwrap().len(), 1);
    assert_eq!(actions(&world, &talk).await, ["conclusion.signature_asked", "conclusion.signed"]);
}

#[tokio::test]
async fn what_waits_outlives_a_restart_and_the_end_of_its_consultation() {
    let receiver = Receiver::start().await;
    receiver.say_always("/sign", json!({ "hash": "$hash", "method": "cades-t", "signature": "c2lnbmVk" }));
    let world = World::start_configured(|tenant| {
        tenant.signer = Some(signer_at(&receiver));
        for queue in &mut tenant.brand.queues {
            queue.conclusion = ConclusionNeed::Required;
        }
    })
    .await;
    let talk = written(&world).await;
    let close = format!("/consultations/{}/close", id(&talk));
    assert_eq!(world.call(PETROVA, "POST", &close, None).await.status.as_u16(), 409, "nobody has pressed");
    receiver.plan("/sign", [503]);
    assert_eq!(sign(&world, PETROVA, &talk).await.ok()["signing"]["state"], "waiting");
    world.call(PETROVA, "POST", &close, None).await.ok();
    world.settle().await;
    let world = world.restart_as_configured().await;
    later(&world, 31).await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    let sealed = &record["conclusions"][0];
    assert_eq!((&sealed["method"], &sealed["signature"]), (&json!("cades-t"), &json!("c2lnbmVk")), "{record}");
    assert_eq!(world.get(ANNA, &path(&talk, "versions")).await["versions"][0]["version"], 1);
}

#[tokio::test]
async fn a_refusal_is_shown_in_its_words_and_asked_for_no_more() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    receiver.plan_words("/sign", [(422, json!({ "reason": "canary: the certificate has ended" }))]);
    let refused = sign(&world, PETROVA, &talk).await.ok();
    let signing = &refused["signing"];
    assert_eq!((&signing["state"], &signing["next_at"]), (&json!("refused"), &Value::Null));
    assert_eq!(signing["refusal"], "canary: the certificate has ended");
    assert_eq!(refused["sections"].as_array().unwrap().iter().filter(|one| one["text"] == ADVICE).count(), 1);
    later(&world, 100_000).await;
    assert_eq!(receiver.came().len(), 1);
    let log = world.get(VOLKOVA, &format!("/audit?subject={}&limit=200", id(&talk))).await;
    assert!(!log.to_string().contains("canary"), "what was said is no part of the log");
    let signed = sign(&world, PETROVA, &talk).await.ok();
    assert_eq!((&signed["signing"], &signed["versions"][0]["method"]), (&Value::Null, &json!("cades-t")));
    let came = receiver.came();
    assert_ne!(came[0].id, came[1].id, "it is asked for anew");
    let expected = [
        "conclusion.signature_asked",
        "conclusion.signature_refused",
        "conclusion.signature_asked",
        "conclusion.signed",
    ];
    assert_eq!(actions(&world, &talk).await, expected);
}

#[tokio::test]
async fn a_changed_text_takes_back_what_waits() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    receiver.plan("/sign", [503]);
    sign(&world, PETROVA, &talk).await.ok();
    let changed = save(&world, PETROVA, &talk, &[("advice", "Rest, no tea.")]).await.ok();
    assert_eq!((&changed["signing"], &changed["unsigned"]), (&Value::Null, &json!(true)));
    later(&world, 100_000).await;
    assert_eq!(receiver.came().len(), 1, "nobody asks for the old text");
    let signed = sign(&world, PETROVA, &talk).await.ok();
    let came = receiver.came();
    assert_eq!(signed["versions"][0]["hash"], came[1].body["hash"]);
    assert_ne!(came[0].body["hash"], came[1].body["hash"]);
    let expected = [
        "conclusion.signature_asked",
        "conclusion.signature_withdrawn",
        "conclusion.signature_asked",
        "conclusion.signed",
    ];
    assert_eq!(actions(&world, &talk).await, expected);
}

#[tokio::test]
async fn a_signature_of_what_was_changed_meanwhile_is_not_kept() {
    let (world, receiver) = provider().await;
    let talk = written(&world).await;
    receiver.hold(&["/sign"]);
    let changing = async {
        receiver.until_began(1).await;
        save(&world, PETROVA, &talk, &[("advice", "Rest, no tea.")]).await.ok();
        receiver.hold(&[]);
    };
    let (pressed, ()) = tokio::join!(sign(&world, PETROVA, &talk), changing);
    let after = pressed.ok();
    assert_eq!((&after["versions"], &after["signing"], &after["unsigned"]), (&json!([]), &Value::Null, &json!(true)));
    assert_eq!(receiver.came().len(), 1);
}
