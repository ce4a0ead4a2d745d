//! Nothing of a conversation is readable on disk: not in stores, logs and journals, not in the log of the process, in no encoding.

use std::path::Path;

use consilium_harness::{CLINIC, PASSWORD, System};
use consilium_keeper::test_client::TestClient;
use serde_json::{Value, json};

use crate::clinic::{Asked, Clinic, Person};
use crate::disk::{self, Needle, needles};

/// Whatever people say or name holds one of these words; nothing else in the system does.
const WORDS: [&str; 3] = ["Xq7KanarejkaZw", "Жёлтая Канарейка", "79995550173"];

/// As much as the process can say of itself.
const LOG: &str = "debug,consilium=trace,consilium_homeserver=trace,consilium_consult=trace,consilium_keeper=trace";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_conversation_is_readable_on_disk() {
    let system = System::configured(env!("CARGO_BIN_EXE_consilium"), &[("CONSILIUM__LOG__FILTER", LOG)]);
    system.launch().await;
    let clinic = Clinic { system };
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let mut sokolova = clinic.staff("sokolova", "operator").await;
    let volkova = clinic.staff("volkova", "supervisor").await;
    fill_cards(&anna, &volkova).await;
    let spare_key = spare_key(&anna).await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    converse(&clinic, &mut anna, &mut petrova, &asked).await;
    hand_on(&clinic, &mut petrova, &mut sokolova, &asked).await;
    let words: Vec<Needle> = WORDS.iter().flat_map(|word| needles(word)).collect();
    let tenant = clinic.system.data_folder().join("tenants").join(CLINIC);
    let nowhere: [String; 0] = [];

    // As a power cut leaves it, before anything was sealed: with all logs of the stores and what waits to be sealed.
    clinic.system.kill();
    assert_eq!(disk::in_files(clinic.system.folder(), &words), nowhere);
    assert_eq!(disk::in_rows(&tenant, &words).await, nowhere);
    clinic.system.launch().await;
    close(&clinic, &mut sokolova, &volkova, &asked).await;
    clinic.system.kill();
    assert_eq!(disk::in_files(clinic.system.folder(), &words), nowhere);
    clinic.system.launch().await;
    assert!(clinic.system.stop().await.success());
    assert_eq!(disk::in_files(clinic.system.folder(), &words), nowhere);
    assert_eq!(disk::in_rows(&tenant, &words).await, nowhere);

    assert_eq!(
        disk::in_files(clinic.system.folder(), &spare_key),
        nowhere,
        "the keeper's copy is sealed, and never logged"
    );
    assert_eq!(disk::in_rows(&tenant, &spare_key).await, nowhere);
    for secret in [&anna.api.token, &petrova.api.token, PASSWORD] {
        let found = disk::in_files(clinic.system.folder(), &needles(secret));
        assert_eq!(found, nowhere, "tokens and passwords are kept as hashes, and never logged");
    }
    the_search_finds_what_is_there(&clinic, &petrova, &tenant, &words).await;
}

/// The secret of the patient's key backup, given to a device whose name is looked for too.
async fn spare_key(anna: &Person) -> Vec<Needle> {
    let asked = json!({ "device_name": "the phone of Xq7KanarejkaZw" });
    let given = anna.api.post("/_consilium/v1/me/backup-secret", asked).await.ok();
    let again = anna.api.post("/_consilium/v1/me/backup-secret", json!({})).await.ok();
    assert_eq!(given["secret"], again["secret"], "it is kept somewhere");
    disk::needles_of_secret(given["secret"].as_str().unwrap())
}

/// What patient and supervisor write on the card, and how it is looked for.
async fn fill_cards(anna: &Person, volkova: &Person) {
    anna.api.get("/_consilium/v1/me").await.ok();
    let card =
        json!({ "name": "Anna Xq7KanarejkaZw", "phone": "+79995550173", "email": "xq7kanarejkazw@mail.example" });
    let patch = |who: &Person, path: &str, body: Value| who.api.request(reqwest::Method::PATCH, path).json(&body);
    assert!(patch(anna, "/_consilium/v1/me", card).send().await.unwrap().status().is_success());
    for (query, found) in [("q=xq7kanarejkazw", 1), ("q=%2B79995550173", 1), ("q=XQ7Kanarejkazw@mail.example", 1)] {
        let patients = volkova.api.get(&format!("/_consilium/v1/patients?{query}")).await.ok();
        assert_eq!(patients["total"], found, "{query}: {patients}");
        let path = format!("/_consilium/v1/patients/{}", patients["items"][0]["id"].as_str().unwrap());
        let more = json!({ "insurance": "policy Xq7KanarejkaZw", "name": "Анна Жёлтая Канарейка" });
        assert!(patch(volkova, &path, more.clone()).send().await.unwrap().status().is_success());
        let back = json!({ "name": "Anna Xq7KanarejkaZw" });
        assert!(patch(volkova, &path, back).send().await.unwrap().status().is_success());
    }
}

/// Texts, an edit, a photo and a file with names of their own, a reply.
async fn converse(clinic: &Clinic, anna: &mut Person, petrova: &mut Person, asked: &Asked) {
    let room = &asked.room;
    let first = anna.client.say(room, "Жёлтая Канарейка болит с понедельника").await.unwrap();
    clinic.take(petrova, asked).await;
    anna.syncs_until("the operator", |client| client.membership(room) == Some("join")).await;
    let edit = json!({
        "msgtype": "m.text", "body": "* Xq7KanarejkaZw", "m.new_content": { "msgtype": "m.text", "body": "Xq7KanarejkaZw" },
        "m.relates_to": { "rel_type": "m.replace", "event_id": first },
    });
    send(&anna.client, room, edit).await;
    let bytes = "Xq7KanarejkaZw Жёлтая Канарейка 79995550173 ".repeat(500);
    for (kind, name, mimetype) in [
        ("m.image", "Xq7KanarejkaZw.jpg", "image/jpeg"),
        ("m.file", "Жёлтая Канарейка.pdf", "application/pdf"),
        ("m.audio", "79995550173.ogg", "audio/ogg"),
    ] {
        let content = anna.client.upload_file(kind, name, mimetype, bytes.as_bytes()).await.unwrap();
        send(&anna.client, room, content).await;
    }
    let answer = "call me: 79995550173, Xq7KanarejkaZw";
    let reply =
        json!({ "msgtype": "m.text", "body": answer, "m.relates_to": { "m.in_reply_to": { "event_id": first } } });
    send(&petrova.client, room, reply).await;
    anna.reads(room, answer).await;
    let read = petrova.reads(room, "79995550173.ogg").await;
    let file = read.iter().find(|message| message.content["body"] == "79995550173.ogg").unwrap();
    assert_eq!(
        petrova.client.download_file(&file.content).await.unwrap(),
        bytes.as_bytes(),
        "the files are really there"
    );
}

async fn send(client: &TestClient, room: &str, content: Value) {
    let encrypted = client.encrypt(room, content).await.unwrap();
    client.put_event(room, "m.room.encrypted", encrypted).await.unwrap();
}

/// A transfer with a note, which the next operator reads.
async fn hand_on(clinic: &Clinic, petrova: &mut Person, sokolova: &mut Person, asked: &Asked) {
    let me = sokolova.api.get("/_consilium/v1/me").await.ok();
    let to = json!({ "operator_id": me["operator"]["id"] });
    let note = "see Xq7KanarejkaZw and Жёлтая Канарейка";
    petrova.api.post(&asked.path("transfer"), json!({ "to": to, "note": note })).await.ok();
    let path = format!("/_consilium/v1/consultations/{}", asked.id);
    sokolova.sees(&path, "the note", |seen| seen.to_string().contains(note)).await;
    clinic.take(sokolova, asked).await;
    sokolova.reads(&asked.room, "79995550173.ogg").await;
}

async fn close(clinic: &Clinic, sokolova: &mut Person, volkova: &Person, asked: &Asked) {
    sokolova.client.say(&asked.room, "be well, Xq7KanarejkaZw").await.unwrap();
    sokolova.api.post(&asked.path("close"), json!({ "note": "Жёлтая Канарейка is well" })).await.ok();
    let path = format!("/_consilium/v1/archive/{}", asked.id);
    let sealed = volkova.sees(&path, "the consultation is sealed", |_| true).await;
    let text = sealed.to_string();
    for word in WORDS {
        assert!(text.contains(word), "it is in the archive: {word}");
    }
    assert!(clinic.verify_archive().status.success());
}

/// The same search finds a word in an unencrypted room, and a user id in the SQL files: so the one before could have found something.
async fn the_search_finds_what_is_there(clinic: &Clinic, petrova: &Person, tenant: &Path, words: &[Needle]) {
    clinic.system.launch().await;
    let room = petrova.api.create_room().await;
    petrova.api.say(&room, "Xq7KanarejkaZw").await;
    clinic.system.kill();
    let in_files = disk::in_files(clinic.system.folder(), words);
    let in_rows = disk::in_rows(tenant, words).await;
    for (found, place) in [(&in_files, "tenants/clinic/store/"), (&in_rows, "store, table events")] {
        let planted = |line: &String| line.contains(place) && line.ends_with("Xq7KanarejkaZw as UTF-8");
        assert!(found.iter().any(planted), "{place}: {found:?}");
    }
    for (file, id) in [("consult.db", "@anna:clinic.test"), ("keeper/keeper.sqlite", "@keeper:clinic.test")] {
        let ids = disk::in_rows(tenant, &needles(id)).await;
        assert!(ids.iter().any(|line| line.starts_with(file)), "{file}: {id}");
    }
    for (form, written) in [
        (
            "escapes",
            br"{\u0416\u0451\u043b\u0442\u0430\u044f \u041a\u0430\u043d\u0430\u0440\u0435\u0439\u043a\u0430}".to_vec(),
        ),
        ("base64", base64_of("(Жёлтая Канарейка)")),
        ("base64", base64_of("((Жёлтая Канарейка)")),
        ("base64", base64_of("Жёлтая Канарейка")),
    ] {
        assert!(!disk::in_bytes("", &written, words).is_empty(), "{form} are found");
    }
}

fn base64_of(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text).into_bytes()
}
