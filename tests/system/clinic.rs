//! [`Clinic`]: a running system with people who use it as the apps do, through encrypted clients and the consultation API.

use std::time::{Duration, Instant};

use consilium_harness::{Answer, CLINIC, KEEPER, PASSWORD, System, User};
use consilium_keeper::test_client::{Message, TestClient};
use serde_json::{Value, json};

/// How long a test waits for what the system does by itself, and the pause between two looks.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(20);

pub struct Clinic {
    pub system: System,
}

/// Somebody on one device: an encrypted client and the token for plain requests.
pub struct Person {
    pub client: TestClient,
    pub api: User,
}

/// A consultation that was asked for, and the room of its conversation.
#[derive(Debug, Clone)]
pub struct Asked {
    pub id: String,
    pub conversation: String,
    pub room: String,
}

impl Asked {
    /// A path of the consultation API about it, such as `take`.
    pub fn path(&self, act: &str) -> String {
        format!("/_consilium/v1/consultations/{}/{act}", self.id)
    }
}

impl Clinic {
    pub async fn start() -> Self {
        Self { system: System::start(env!("CARGO_BIN_EXE_consilium")).await }
    }

    /// A new patient on a first device, who has agreed to what has to be agreed to.
    pub async fn patient(&self, name: &str) -> Person {
        self.system.account(name);
        let patient = self.sign_in(name).await;
        patient.api.agree().await;
        patient
    }

    /// A new member of staff on a first device. `role` is `operator` or `supervisor`.
    pub async fn staff(&self, name: &str, role: &str) -> Person {
        self.system.staff(name, role);
        self.sign_in(name).await
    }

    /// A first device, with the user's cross-signing identity made on it.
    pub async fn sign_in(&self, name: &str) -> Person {
        let person = self.device(name).await;
        person.client.set_up_cross_signing(false).await.unwrap();
        person
    }

    /// A device as it is after signing in, without keys of others.
    pub async fn device(&self, name: &str) -> Person {
        let client = TestClient::login(&self.system.url(), name, PASSWORD).await.unwrap();
        let signed_in = json!({
            "user_id": client.user_id(), "device_id": client.device_id(), "access_token": client.access_token(),
        });
        let api = self.system.user(&signed_in);
        Person { client, api }
    }

    /// The patient asks for a consultation and joins its room.
    pub async fn ask(&self, patient: &mut Person, queue: &str) -> Asked {
        let asked = patient.api.post("/_consilium/v1/consultations", question(queue)).await.ok();
        let text = |key: &str| asked[key].as_str().unwrap().to_owned();
        let asked = Asked { id: text("id"), conversation: text("conversation_id"), room: text("room_id") };
        patient.join(&asked.room).await;
        asked
    }

    /// The operator takes it, joins, and has the keys of what was said before.
    pub async fn take(&self, operator: &mut Person, asked: &Asked) -> Value {
        let taken = operator.api.post(&asked.path("take"), json!({})).await.ok();
        operator.join(&asked.room).await;
        taken
    }

    /// Runs `consilium archive verify` for the clinic.
    pub fn verify_archive(&self) -> std::process::Output {
        self.system.command(&["archive", "verify", "--tenant", CLINIC], "")
    }
}

impl Person {
    /// Waits for the invite, and joins.
    pub async fn join(&mut self, room: &str) {
        let deadline = Deadline::new("the invite");
        while self.client.membership(room) != Some("invite") && self.client.membership(room) != Some("join") {
            self.client.sync().await.unwrap();
            deadline.look().await;
        }
        self.client.join(room).await.unwrap();
        self.syncs_until("its own join", |client| client.membership(room) == Some("join")).await;
    }

    /// Syncs until the client sees what is waited for.
    pub async fn syncs_until(&mut self, what: &str, seen: impl Fn(&TestClient) -> bool) {
        let deadline = Deadline::new(what);
        loop {
            self.client.sync().await.unwrap();
            if seen(&self.client) {
                return;
            }
            deadline.look().await;
        }
    }

    /// Syncs until the history holds `text`, readable; gives the whole history. As the apps do, it takes each bundle that the keeper sends.
    pub async fn reads(&mut self, room: &str, text: &str) -> Vec<Message> {
        let deadline = Deadline::new(text);
        loop {
            self.client.sync().await.unwrap();
            let messages = self.client.read(room).await.unwrap();
            if messages.iter().any(|message| message.text.as_deref() == Ok(text)) {
                return messages;
            }
            self.client.accept_bundle(room, KEEPER).await.unwrap();
            deadline.look().await;
        }
    }

    /// Reads the whole history as a client that starts anew; what stays unreadable is asked for, as the apps do.
    pub async fn reads_afresh(&mut self, asked: &Asked) -> Vec<Message> {
        let deadline = Deadline::new("the keys of the whole history");
        let mut has_asked = false;
        loop {
            self.client.sync().await.unwrap();
            let messages = self.client.read_afresh(&asked.room).await.unwrap();
            if messages.iter().all(|message| message.text.is_ok()) {
                return messages;
            }
            if !has_asked {
                let path = format!("/_consilium/v1/conversations/{}/history-keys", asked.conversation);
                self.api.post(&path, json!({})).await.ok();
                has_asked = true;
            }
            self.client.accept_bundle(&asked.room, KEEPER).await.unwrap();
            deadline.look().await;
        }
    }

    /// Asks the consultation API until the answer is what is waited for.
    pub async fn sees(&self, path: &str, what: &str, seen: impl Fn(&Value) -> bool) -> Value {
        let deadline = Deadline::new(what);
        loop {
            let answer: Answer = self.api.get(path).await;
            if answer.status.is_success() && seen(&answer.json()) {
                return answer.json();
            }
            deadline.look().await;
        }
    }
}

/// The end of a test's patience with something that the system does by itself.
pub struct Deadline<'a> {
    what: &'a str,
    at: Instant,
}

impl<'a> Deadline<'a> {
    pub fn new(what: &'a str) -> Self {
        Self { what, at: Instant::now() + PATIENCE }
    }

    /// Pauses before the next look.
    ///
    /// # Panics
    /// When it has been waited long enough.
    pub async fn look(&self) {
        assert!(Instant::now() < self.at, "it did not come: {}", self.what);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The body of a question to a queue; sent again it is the same question.
#[expect(clippy::disallowed_methods, reason = "an id that no other question has; which one is no matter")]
pub fn question(queue: &str) -> Value {
    json!({ "queue_id": queue, "request_id": uuid::Uuid::new_v4() })
}
