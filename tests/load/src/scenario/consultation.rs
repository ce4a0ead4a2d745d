//! The main job: a consultation from the question to the archive, and how soon the queue shows that somebody asks.
//!
//! Patient and operator are clients with real end-to-end encryption; both sync after each message, as open apps do.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use consilium_keeper::test_client::TestClient;
use serde_json::{Value, json};

use super::Options;
use crate::{client::Client, desk::Desk, events::Events, report::Figure, stats::Times};

/// Consultations of a run, one after another; the processor's clock ticks in hundredths of a second.
const CONSULTATIONS: usize = 10;
const MESSAGES: usize = 20;
const FILES: usize = 2;
const FILE_BYTES: usize = 200_000;
/// Rooms that the operator is in from earlier work.
const ROOMS: usize = 550;
/// Questions of which the way to the queue is timed.
const QUESTIONS: usize = 60;
pub(crate) const QUEUE: &str = "therapist";
/// What signing in took is given back to the system by then.
const SETTLED_AFTER: Duration = Duration::from_secs(10);
/// How long anything here is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Who talks with whom about what.
struct Talk<'a> {
    http: reqwest::Client,
    api: String,
    patient: &'a mut TestClient,
    operator: &'a mut TestClient,
}

/// Server time of a whole consultation.
#[expect(clippy::cast_precision_loss, reason = "ten")]
pub async fn whole(options: Options) -> Result<Vec<Figure>> {
    let desk = Desk::start(&options).await?;
    let mut operator = desk.operator("operator").await?;
    give_rooms(&desk, &operator).await?;
    operator.sync().await?;
    let mut patients = Vec::with_capacity(CONSULTATIONS);
    for index in 0..CONSULTATIONS {
        let mut patient = desk.patient(&format!("patient{index}")).await?;
        patient.sync().await?;
        patients.push(patient);
    }
    let (cpu, begun) = (desk.cpu_seconds()?, Instant::now());
    for patient in &mut patients {
        let api = desk.api();
        let mut talk = Talk { http: reqwest::Client::new(), api, patient, operator: &mut operator };
        talk.hold().await?;
    }
    let each = |seconds: f64| seconds / CONSULTATIONS as f64;
    Ok(vec![
        Figure::at_most("server time", each(desk.cpu_seconds()? - cpu), "s", 0.2),
        Figure::reported(
            "from question to archive, both clients' work included",
            each(begun.elapsed().as_secs_f64()),
            "s",
        ),
    ])
}

/// The operator's earlier rooms, each with a message.
async fn give_rooms(desk: &Desk, operator: &TestClient) -> Result<()> {
    let mut client = Client::signed_in(desk.address, operator.access_token()).await?;
    for _ in 0..ROOMS {
        let room = client.create_room().await?;
        client.say(&room).await?;
    }
    Ok(())
}

impl Talk<'_> {
    /// Ask, take, messages, files, close, until the record is sealed.
    async fn hold(&mut self) -> Result<()> {
        let asked = ask(&self.http, &self.api, self.patient.access_token()).await?;
        let (id, room) = (text(&asked, "id")?, text(&asked, "room_id")?);
        until_invited(self.patient, &room).await?;
        self.patient.join(&room).await?;
        self.patient.sync().await?;
        self.patient.say(&room, "Good evening. Since yesterday my throat hurts and I have a temperature.").await?;
        self.desk(&format!("/consultations/{id}/take"), json!({})).await?;
        until_invited(self.operator, &room).await?;
        self.operator.join(&room).await?;
        self.both_sync().await?;
        let read = self.operator.texts(&room).await?;
        ensure!(read.iter().flatten().count() > 0, "the operator cannot read the question: {read:?}");
        for number in 0..MESSAGES {
            let writer = if number % 2 == 0 { &self.operator } else { &self.patient };
            writer.say(&room, "A sentence of ordinary length, as people write them when they talk.").await?;
            self.both_sync().await?;
        }
        for number in 0..FILES {
            let writer = if number % 2 == 0 { &self.patient } else { &self.operator };
            let content = writer.upload_file("m.file", "result.pdf", "application/pdf", &vec![7; FILE_BYTES]).await?;
            let encrypted = writer.encrypt(&room, content).await?;
            writer.put_event(&room, "m.room.encrypted", encrypted).await?;
            self.both_sync().await?;
        }
        self.desk(&format!("/consultations/{id}/close"), json!({})).await?;
        self.until_archived(&id).await?;
        self.both_sync().await
    }

    async fn both_sync(&mut self) -> Result<()> {
        self.patient.sync().await?;
        self.operator.sync().await?;
        Ok(())
    }

    async fn desk(&self, path: &str, body: Value) -> Result<()> {
        let request = self.http.post(self.api.clone() + path).bearer_auth(self.operator.access_token()).json(&body);
        let answer = request.send().await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.text().await?);
        Ok(())
    }

    /// Until the patient reads the sealed record.
    async fn until_archived(&self, id: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let request = self.http.get(format!("{}/archive/{id}", self.api)).bearer_auth(self.patient.access_token());
            let answer = request.send().await?;
            if answer.status().is_success() {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "not archived: {}", answer.text().await?);
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "an id that no other question has; which one is no matter")]
pub(super) async fn ask(http: &reqwest::Client, api: &str, token: &str) -> Result<Value> {
    let body = json!({ "queue_id": QUEUE, "request_id": uuid::Uuid::new_v4() });
    let answer = http.post(format!("{api}/consultations")).bearer_auth(token).json(&body).send().await?;
    ensure!(answer.status().is_success(), "asking: {}", answer.text().await?);
    Ok(answer.json().await?)
}

pub(super) async fn until_invited(client: &mut TestClient, room: &str) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !matches!(client.membership(room), Some("invite" | "join")) {
        ensure!(Instant::now() < deadline, "no invite to {room}");
        client.wait().await?;
    }
    Ok(())
}

/// From a patient's request to the row in an operator's queue, by the operator's open stream.
pub async fn ask_to_row(options: Options) -> Result<Vec<Figure>> {
    let desk = Desk::start(&options).await?;
    let operator = desk.operator("operator").await?;
    let api = desk.api();
    let http = reqwest::Client::new();
    let mut rows = Events::open(&desk, operator.access_token()).await?;
    let mut times = Times::default();
    for index in 0..QUESTIONS {
        let mut patient = desk.patient(&format!("patient{index}")).await?;
        patient.sync().await?;
        let begun = Instant::now();
        let token = patient.access_token().to_owned();
        let (asked, seen) = tokio::join!(ask(&http, &api, &token), rows.until("consultation", "\"queued\""));
        asked?;
        // One question is under way at a time, so the next row is his.
        times.push(seen? - begun);
    }
    Ok(vec![
        Figure::reported("p50", times.percentile_ms(0.5), "ms"),
        Figure::at_most("p95", times.percentile_ms(0.95), "ms", 150.0),
    ])
}

/// Memory of the whole system, idle.
pub async fn idle(options: Options) -> Result<Vec<Figure>> {
    let desk = Desk::start(&options).await?;
    let _operator = desk.operator("operator").await?;
    tokio::time::sleep(SETTLED_AFTER).await;
    Ok(vec![Figure::at_most("idle memory", desk.resident_mib()?, "MiB", 90.0)])
}

fn text(value: &Value, key: &'static str) -> Result<String> {
    crate::client::text(value, key)
}
