//! The whole system is killed fifty times while people talk: no acknowledged message is lost or doubled, and the archive holds the talk as it was.
//!
//! The moments come from a seed that is printed: `CONSILIUM_TEST_SEED=… cargo test --test system power_cuts` kills at the same distances again.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use consilium_keeper::test_client::{Message, TestClientError};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};

use crate::clinic::{Asked, Clinic, Person};

/// Kills during the talk, and after the consultation was closed, while it is sealed.
const KILLS_IN_TALK: usize = 45;
const KILLS_IN_SEALING: usize = 5;
/// Of so many kills one comes before the system has started.
const KILL_IN_START: u32 = 5;
/// How long the system lives before a kill, from the moment it answers, or from its start. Unit: milliseconds.
const LIFE_MS: Range<u64> = 40..900;
const LIFE_IN_START_MS: Range<u64> = 0..250;
/// How long a request to close is under way before the kill.
const CLOSE_MS: Range<u64> = 0..20;
/// Pause of a client that got no answer.
const RETRY_AFTER: Duration = Duration::from_millis(15);

/// Kills and starts by a seed.
struct Killer<'a> {
    clinic: &'a Clinic,
    random: StdRng,
}

impl<'a> Killer<'a> {
    #[expect(clippy::disallowed_methods, reason = "a seed that is printed")]
    fn new(clinic: &'a Clinic) -> Self {
        let given = std::env::var("CONSILIUM_TEST_SEED").ok().map(|seed| seed.parse().expect("a seed is a number"));
        let seed: u64 = given.unwrap_or_else(rand::random);
        println!("CONSILIUM_TEST_SEED={seed}");
        Self { clinic, random: StdRng::seed_from_u64(seed) }
    }

    /// Kills after a while, and starts again.
    async fn kill(&mut self) {
        self.kill_within(LIFE_MS).await;
    }

    async fn kill_within(&mut self, life_ms: Range<u64>) {
        let system = &self.clinic.system;
        tokio::time::sleep(Duration::from_millis(self.random.random_range(life_ms))).await;
        system.kill();
        if self.random.random_ratio(1, KILL_IN_START) {
            system.spawn();
            tokio::time::sleep(Duration::from_millis(self.random.random_range(LIFE_IN_START_MS))).await;
            system.kill();
        }
        system.launch().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_kills_lose_and_double_nothing_that_was_said() {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let volkova = clinic.staff("volkova", "supervisor").await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    clinic.take(&mut petrova, &asked).await;
    let mut killer = Killer::new(&clinic);

    let over = AtomicBool::new(false);
    let kills = async {
        for _ in 0..KILLS_IN_TALK {
            killer.kill().await;
        }
        over.store(true, Ordering::Relaxed);
    };
    let (by_anna, by_petrova, ()) =
        tokio::join!(talk(&mut anna, &asked.room, &over), talk(&mut petrova, &asked.room, &over), kills);
    println!("{} messages of the patient, {} of the operator", by_anna.len(), by_petrova.len());
    assert!(by_anna.len() > KILLS_IN_TALK && by_petrova.len() > KILLS_IN_TALK, "they talked on after each kill");
    let said = BTreeMap::from([(anna.api.id.clone(), by_anna), (petrova.api.id.clone(), by_petrova)]);
    both_read_all(&mut [&mut anna, &mut petrova], &asked, &said).await;

    let count = said.values().map(Vec::len).sum::<usize>();
    let path = format!("/_consilium/v1/consultations/{}", asked.id);
    let counted = |seen: &Value| seen["message_count"] == count;
    let seen = volkova.sees(&path, "all messages are counted", counted).await;
    assert_eq!(seen["phase"], "active", "{seen}");
    assert_eq!(seen["participants"].as_array().map(Vec::len), Some(1), "{seen}");

    close_in_the_dark(&mut killer, &petrova, &asked).await;
    for _ in 0..KILLS_IN_SEALING {
        killer.kill().await;
    }
    the_archive_holds_it(&clinic, &volkova, &asked, &said).await;
    both_read_all(&mut [&mut anna], &asked, &said).await;
    assert!(!clinic.system.log().contains("panicked"), "no handler panicked");
}

/// Says one thing after another until it is over, each until it is acknowledged; gives what was acknowledged.
async fn talk(person: &mut Person, room: &str, over: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let number = acknowledged.len() + 1;
        let text = format!("{} says {number}", person.api.id);
        // What a client has not seen now, it sees later.
        let _ = answered(person.client.sync().await);
        let content = loop {
            let content = json!({ "msgtype": "m.text", "body": text });
            if let Some(encrypted) = answered(person.client.encrypt(room, content).await) {
                break encrypted;
            }
            tokio::time::sleep(RETRY_AFTER).await;
        };
        let transaction = format!("message-{number}");
        while answered(person.client.put_event_as(&transaction, room, "m.room.encrypted", content.clone()).await)
            .is_none()
        {
            tokio::time::sleep(RETRY_AFTER).await;
        }
        acknowledged.push(text);
    }
    acknowledged
}

/// The power goes while the consultation is closed; who got no answer asks again, and it was closed then or is now.
async fn close_in_the_dark(killer: &mut Killer<'_>, petrova: &Person, asked: &Asked) {
    let note = json!({ "note": "well" });
    let close = petrova.api.request(reqwest::Method::POST, &asked.path("close")).json(&note);
    let (_lost, ()) = tokio::join!(close.send(), killer.kill_within(CLOSE_MS));
    let again = petrova.api.post(&asked.path("close"), note).await;
    assert!([200, 409].contains(&again.status.as_u16()), "{again}");
}

/// The answer; `None` when the connection broke. A refusal is a defect: the system answers as usual or not at all.
fn answered<T>(result: Result<T, TestClientError>) -> Option<T> {
    match result {
        Ok(answer) => Some(answer),
        Err(TestClientError::Http(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

/// By a first sync and by pages of history, everybody reads what each has said, once and in order.
async fn both_read_all(readers: &mut [&mut Person], asked: &Asked, said: &BTreeMap<String, Vec<String>>) {
    for reader in readers {
        let messages = reader.reads_afresh(asked).await;
        assert_eq!(by_sender(&messages, said), *said, "a first sync of {}", reader.api.id);
        let paged = reader.client.read(&asked.room).await.unwrap();
        assert_eq!(by_sender(&paged, said), *said, "pages of {}", reader.api.id);
    }
}

fn by_sender(messages: &[Message], said: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let mut read: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // The keeper's notices are not of this talk.
    for message in messages.iter().filter(|message| said.contains_key(&message.sender)) {
        read.entry(message.sender.clone()).or_default().push(message.text.clone().unwrap());
    }
    read
}

async fn the_archive_holds_it(clinic: &Clinic, volkova: &Person, asked: &Asked, said: &BTreeMap<String, Vec<String>>) {
    let path = format!("/_consilium/v1/archive/{}", asked.id);
    let sealed = volkova.sees(&path, "the consultation is sealed", |_| true).await;
    assert_eq!(sealed["consultation"]["phase"], "archived", "{}", sealed["consultation"]);
    assert_eq!(sealed["chain"]["signature_valid"], true);
    let mut archived: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in sealed["transcript"].as_array().unwrap() {
        if entry["sender"]["kind"] == "system" {
            continue;
        }
        assert_eq!(entry["kind"], "text", "{entry}");
        let sender = entry["sender"]["user_id"].as_str().unwrap().to_owned();
        archived.entry(sender).or_default().push(entry["body"].as_str().unwrap().to_owned());
    }
    assert_eq!(&archived, said, "the archive");
    let proved = clinic.verify_archive();
    let text = String::from_utf8_lossy(&proved.stdout);
    assert!(proved.status.success() && text.contains("archive: 1 records"), "{text}");
}
