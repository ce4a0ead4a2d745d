//! People of a consultation with real end-to-end encryption, and the steps that they take.

use std::time::{Duration, Instant};

use consilium_harness::{PASSWORD, System, User};
use consilium_keeper::test_client::TestClient;
use serde_json::{Value, json};

/// How long anything is waited for.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Pause between two looks.
pub const LOOK_EVERY: Duration = Duration::from_millis(25);

pub const API: &str = "/_consilium/v1";

/// The whole system as a process.
pub async fn system() -> System {
    System::start(env!("CARGO_BIN_EXE_consilium")).await
}

/// A patient with the app open on a new device.
pub async fn patient(system: &System, name: &str) -> TestClient {
    system.account(name);
    sign_in(system, name).await
}

/// An operator of all queues with the console open on a new device.
pub async fn operator(system: &System, name: &str) -> TestClient {
    system.staff(name, "operator");
    sign_in(system, name).await
}

async fn sign_in(system: &System, name: &str) -> TestClient {
    let mut client = TestClient::login(&system.url(), name, PASSWORD).await.unwrap();
    client.set_up_cross_signing(false).await.unwrap();
    client.sync().await.unwrap();
    client
}

/// The same person for plain requests.
pub fn plain(system: &System, client: &TestClient) -> User {
    system.user(&json!({
        "user_id": client.user_id(),
        "device_id": client.device_id(),
        "access_token": client.access_token(),
    }))
}

/// A consultation that waits in the queue.
pub struct Asked {
    pub id: String,
    pub conversation: String,
    pub room: String,
}

impl Asked {
    pub fn of(answer: &Value) -> Self {
        let text = |key: &str| answer[key].as_str().unwrap_or_else(|| panic!("no {key} in {answer}")).to_owned();
        Self { id: text("id"), conversation: text("conversation_id"), room: text("room_id") }
    }
}

/// The body of a question to the queue of the therapists; sent again it is the same question.
pub fn question() -> Value {
    json!({ "queue_id": "therapist", "request_id": uuid::Uuid::new_v4() })
}

/// Asks and opens the conversation.
pub async fn ask(system: &System, patient: &mut TestClient) -> Asked {
    let answer = plain(system, patient).post(&format!("{API}/consultations"), question()).await.ok();
    let asked = Asked::of(&answer);
    enter(patient, &asked.room).await;
    asked
}

/// Takes a consultation and opens its conversation.
pub async fn take(system: &System, operator: &mut TestClient, asked: &Asked) {
    plain(system, operator).post(&format!("{API}/consultations/{}/take", asked.id), json!({})).await.ok();
    enter(operator, &asked.room).await;
}

/// Joins as soon as the invite is there, and syncs what is behind the door.
pub async fn enter(client: &mut TestClient, room: &str) {
    let deadline = Instant::now() + PATIENCE;
    while client.membership(room) != Some("invite") && client.membership(room) != Some("join") {
        assert!(Instant::now() < deadline, "{} was not invited to {room}", client.user_id());
        tokio::time::sleep(LOOK_EVERY).await;
        client.sync().await.unwrap();
    }
    client.join(room).await.unwrap();
    client.sync().await.unwrap();
}

/// Looks again until `found` gives something.
pub async fn until<T, F>(what: &str, mut found: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = found().await {
            return value;
        }
        assert!(Instant::now() < deadline, "it does not come: {what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The sealed record of a consultation, as soon as it is there.
pub async fn archived(reader: &User, id: &str) -> Value {
    let path = format!("{API}/archive/{id}");
    until("the sealed record", || async {
        let answer = reader.get(&path).await;
        (answer.status == 200).then(|| answer.json())
    })
    .await
}
