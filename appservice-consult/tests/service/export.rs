//! The copy of everything: what is in it, in whose words, and that nothing of anybody else is.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::io::{Cursor, Read};

use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, user};
use zip::ZipArchive;

use crate::conclusion;
use crate::retention::{classes, close, erase, id, sealed};

const HOSTILE: &str = "<script>alert('x')</script>";
const ANOTHERS: &str = "canary-of-boris";
/// AES-256 in counter mode over «the picture of the rash».
const CIPHERTEXT: &str = "110a1ef1579d3615fa8bb5d0eeb90dc08cc463ce305412";

pub type Archive = ZipArchive<Cursor<Vec<u8>>>;

async fn bytes(world: &World, who: &str, path: &str) -> Vec<u8> {
    let response = world.send(who, "GET", path, None).await;
    assert!(response.status().is_success(), "{}", response.status());
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("content-type").as_str(), header("cache-control").as_str()), ("application/zip", "no-store"));
    assert!(header("content-disposition").starts_with("attachment; filename=\""));
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

pub async fn copy(world: &World, who: &str, path: &str) -> Archive {
    ZipArchive::new(Cursor::new(bytes(world, who, path).await)).unwrap()
}

fn entry(copy: &mut Archive, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    copy.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn names(copy: &Archive) -> Vec<String> {
    copy.file_names().map(|name| name.unwrap().into_owned()).collect()
}

pub fn page(copy: &mut Archive) -> String {
    String::from_utf8(entry(copy, "index.html")).unwrap()
}

pub fn data(copy: &mut Archive) -> Value {
    serde_json::from_slice(&entry(copy, "data.json")).unwrap()
}

fn file(media_id: &str) -> Value {
    let key = json!({ "k": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "alg": "A256CTR", "ext": true, "kty": "oct", "key_ops": ["encrypt", "decrypt"] });
    json!({
        "url": format!("mxc://hs.test/{media_id}"), "v": "v2", "key": key, "iv": "AQIDBAUGBwgAAAAAAAAAAA",
        "hashes": { "sha256": "OS3JqYWjm8UvNy7cWIYdVB1eaVYdRLP+F5KB0cry72c" },
    })
}

async fn send(world: &World, who: &str, talk: &Value, name: &str, file: Value) {
    let content = json!({ "msgtype": "m.image", "body": name, "filename": name, "file": file, "info": { "mimetype": "image/png" } });
    let room = talk["room_id"].as_str().unwrap();
    assert_eq!(world.deliver(vec![world.homeserver.message(&user(who), room, content)]).await, 200);
}

fn put_medium(world: &World, media_id: &str, bytes: Vec<u8>) {
    world.homeserver.media.lock().unwrap().insert(media_id.to_owned(), bytes);
}

#[tokio::test]
async fn the_copy_has_the_transcript_the_files_the_conclusions_and_who_read_it() {
    let world = World::start_as(classes).await;
    world.call(ANNA, "PATCH", "/me", Some(json!({ "name": HOSTILE, "phone": "+7 916 123-45-67" }))).await.ok();
    let talk = world.talk(ANNA, PETROVA).await;
    world.say(ANNA, talk["room_id"].as_str().unwrap(), HOSTILE).await;
    put_medium(&world, "rash", hex::decode(CIPHERTEXT).unwrap());
    send(&world, ANNA, &talk, "../../../etc/rash<b>.png", file("rash")).await;
    send(&world, ANNA, &talk, "../../../etc/rash<b>.png", file("rash")).await;
    conclusion::save(&world, PETROVA, &talk, &[("complaint", "A rash"), ("advice", "Rest")]).await.ok();
    conclusion::sign(&world, PETROVA, &talk).await.ok();
    close(&world, &talk).await;
    let comment = json!({ "stars": 5, "comment": "kind & quick" });
    world.call(ANNA, "PUT", &format!("/consultations/{}/rating", id(&talk)), Some(comment)).await.ok();
    world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;

    let mut copy = copy(&world, ANNA, "/me/export").await;
    let names = names(&copy);
    assert!(names.iter().all(|name| !name.starts_with('/') && !name.split('/').any(|part| part == "..")), "{names:?}");
    let folder = "files/001 2023-11-15 General practitioner";
    let pictures = [format!("{folder}/_.._.._etc_rash_b_.png"), format!("{folder}/_.._.._etc_rash_b_ (2).png")];
    for picture in &pictures {
        assert_eq!(entry(&mut copy, picture), b"the picture of the rash", "{names:?}");
    }
    assert!(entry(&mut copy, "conclusions/conclusion-1-1.pdf").starts_with(b"%PDF"));
    let bundle = entry(&mut copy, "fhir/001 2023-11-15 General practitioner.fhir.json");
    assert_eq!(serde_json::from_slice::<Value>(&bundle).unwrap()["resourceType"], "Bundle");
    let text = page(&mut copy);
    assert!(!text.contains("<script") && text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"), "{text}");
    for said in [
        "Test clinic",
        "Dr Petrova",
        "kind &amp; quick",
        "+79161234567",
        "conclusions/conclusion-1-1.pdf",
        "fhir/001%202023-11-15%20General%20practitioner.fhir.json",
        "supervisor, record of a consultation",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let data = data(&mut copy);
    assert_eq!((&data["form"], &data["profile"]["name"]), (&json!(1), &json!(HOSTILE)));
    let said = data["consultations"][0]["said"].as_array().unwrap();
    assert!(said.iter().any(|said| said["text"] == HOSTILE && said["who"] == "patient"));
    let files: Vec<&Value> =
        said.iter().filter(|said| !said["file"].is_null()).map(|said| &said["file"]["path"]).collect();
    assert_eq!(files, [&json!(pictures[0]), &json!(pictures[1])]);
    assert_eq!(data["consultations"][0]["rating"]["comment"], "kind & quick");
    assert_eq!(data["readings"][0]["role"], "supervisor");
    for secret in ["\"k\":", "AAECAwQF", "mxc://", "Volkova"] {
        assert!(!data.to_string().contains(secret) && !text.contains(secret), "{secret}");
    }
    let audit = world.get(VOLKOVA, "/audit?action=patient.exported").await;
    assert_eq!((&audit["total"], &audit["items"][0]["actor"]["role"]), (&json!(1), &json!("patient")));
}

#[tokio::test]
async fn what_could_not_be_read_is_named_with_its_reason_and_the_rest_is_there() {
    let world = World::start_as(classes).await;
    let talk = world.talk(ANNA, PETROVA).await;
    put_medium(&world, "changed", b"something else that is long".to_vec());
    let foreign = json!({ "url": "mxc://elsewhere.test/1", "v": "v2" });
    send(&world, ANNA, &talk, "gone.png", file("lost")).await;
    send(&world, ANNA, &talk, "changed.png", file("changed")).await;
    send(&world, ANNA, &talk, "foreign.png", foreign).await;
    close(&world, &talk).await;
    let mut copy = copy(&world, ANNA, "/me/export").await;
    assert!(!names(&copy).iter().any(|name| name.starts_with("files/")));
    let data = data(&mut copy);
    let said = data["consultations"][0]["said"].as_array().unwrap().iter().filter(|said| !said["file"].is_null());
    let missing: Vec<_> = said.map(|said| (said["file"]["name"].clone(), said["file"]["missing"].clone())).collect();
    let expected = [("gone.png", "gone"), ("changed.png", "damaged"), ("foreign.png", "elsewhere")];
    assert_eq!(missing, expected.map(|(name, why)| (json!(name), json!(why))));
    let text = page(&mut copy);
    assert!(text.contains("gone.png — not in the copy: it is not on the server any more"), "{text}");
}

#[tokio::test]
async fn what_is_open_is_there_as_far_as_it_is_known_and_what_was_erased_is_named() {
    let world = World::start_as(classes).await;
    let erased = sealed(&world, ANNA).await;
    world.pass(1_801);
    erase(&world, &erased).await.ok();
    world.homeserver.sign_in("anna+again", "D", Some(u64::try_from(world.now_ms()).unwrap()));
    let open = world.ask(ANNA, "general").await;
    world.settle().await;
    world.say(ANNA, open["room_id"].as_str().unwrap(), "a word of today").await;
    let mut copy = copy(&world, "anna+again", "/me/export").await;
    let text = page(&mut copy);
    assert!(text.contains("a word of today") && text.contains("still open"), "{text}");
    assert!(text.contains("What was said in it was erased on"), "{text}");
    let data = data(&mut copy);
    assert_eq!(
        (&data["consultations"][1]["is_open"], data["consultations"][0]["erased_at"].is_string()),
        (&json!(true), true)
    );
    assert_eq!(data["consultations"][0]["said"], json!([]));
}

#[tokio::test]
async fn nothing_of_another_patient_is_in_it() {
    let world = World::start_as(classes).await;
    let talk = world.talk(BORIS, PETROVA).await;
    world.say(BORIS, talk["room_id"].as_str().unwrap(), ANOTHERS).await;
    close(&world, &talk).await;
    let order = json!({ "queue_id": "general", "request_id": "7b1f6a52-2222-4222-8333-444455556666", "phone": "+7 495 000-00-01", "reason": ANOTHERS });
    world.post(BORIS, "/callbacks", order).await;
    sealed(&world, ANNA).await;
    let all = bytes(&world, ANNA, "/me/export").await;
    for foreign in [ANOTHERS, "Boris", "74950000001", "@boris"] {
        assert!(!all.windows(foreign.len()).any(|window| window == foreign.as_bytes()), "{foreign}");
    }
    let his = bytes(&world, BORIS, "/me/export").await;
    assert!(his.windows(ANOTHERS.len()).any(|window| window == ANOTHERS.as_bytes()), "the search finds what is there");
}

#[tokio::test]
async fn it_is_in_the_patients_language() {
    let world = World::start_as(classes).await;
    sealed(&world, ANNA).await;
    let mut copy = copy(&world, ANNA, "/me/export?language=ru").await;
    let text = page(&mut copy);
    assert!(
        text.contains("lang=\"ru\"")
            && text.contains("Мои данные — Проверочная клиника")
            && text.contains("Консультации"),
        "{text}"
    );
    world.call(ANNA, "GET", "/me/export?tongue=ru", None).await.problem(400, "invalid");
}

#[tokio::test]
async fn a_copy_too_often_is_refused_and_says_when_to_come_again() {
    let world = World::start_as(classes).await;
    for _ in 0..2 {
        bytes(&world, ANNA, "/me/export").await;
    }
    let refused = world.call(ANNA, "GET", "/me/export", None).await;
    refused.problem(429, "rate-limited");
    assert!(refused.body["retry_after_ms"].as_u64().unwrap() > 60_000, "{}", refused.body);
    bytes(&world, BORIS, "/me/export").await;
}

#[tokio::test]
async fn one_of_a_patient_is_made_at_a_time() {
    let world = World::start_as(classes).await;
    let talk = world.talk(ANNA, PETROVA).await;
    // More than is made ahead, so that the copy waits for its reader.
    world.say(ANNA, talk["room_id"].as_str().unwrap(), &"long ".repeat(60_000)).await;
    close(&world, &talk).await;
    let waiting = world.send(ANNA, "GET", "/me/export", None).await;
    assert!(waiting.status().is_success());
    let patient = world.get(VOLKOVA, "/patients?user=anna").await["items"][0]["id"].as_str().unwrap().to_owned();
    let second = world.call(VOLKOVA, "GET", &format!("/patients/{patient}/export"), None).await;
    second.problem(429, "rate-limited");
    let whole = waiting.into_body().collect().await.unwrap().to_bytes().to_vec();
    ZipArchive::new(Cursor::new(whole)).unwrap();
}

#[tokio::test]
async fn a_supervisor_makes_the_same_copy_and_it_is_written_down() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    let patient = world.get(VOLKOVA, "/patients?user=anna").await["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/patients/{patient}/export");
    for who in [PETROVA, BORIS] {
        world.call(who, "GET", &path, None).await.problem(403, "forbidden");
    }
    world.call(VOLKOVA, "GET", "/patients/unknown/export", None).await.problem(404, "not-found");
    let mut copy = copy(&world, VOLKOVA, &path).await;
    assert_eq!(data(&mut copy)["consultations"][0]["id"], talk["id"]);
    let audit = world.get(VOLKOVA, &format!("/audit?subject={patient}&action=patient.exported")).await;
    assert_eq!(audit["items"][0]["actor"]["name"], "Ms Volkova");
    let mut own = self::copy(&world, ANNA, "/me/export").await;
    assert!(page(&mut own).contains("supervisor, copy of the data"), "he sees that it was made");
}
