//! A desk on which things happen by chance: consultations, calls, call-backs, statuses. What it did is in the database; what it knows beside it, it noted itself.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{HashMap, HashSet};

use consilium_consult::timer;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::expected::GROUPS;
use crate::call;
use crate::support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

/// What every queue promises, and when it gives up. Time passes in steps of less than 40 minutes, so that a promise is found broken before a wait is given up.
pub const WAIT_MINUTES: u32 = 20;
pub const RESPONSE_MINUTES: u32 = 30;
pub const RESOLUTION_MINUTES: u32 = 50;
const GIVEN_UP_MINUTES: u32 = 100;

/// A consultation as the test remembers it.
struct Talk {
    id: String,
    room: String,
    patient: &'static str,
    lead: Option<&'static str>,
    is_held: bool,
}

/// A call-back that is open.
struct Order {
    id: String,
    patient: &'static str,
    operator: Option<&'static str>,
}

/// Answers are noted as they come about, because messages leave the database when they are sealed.
pub struct Desk {
    pub world: World,
    chance: StdRng,
    talks: Vec<Talk>,
    orders: Vec<Order>,
    rooms: HashSet<String>,
    /// When an operator first wrote in a consultation.
    pub answered_at: HashMap<String, i64>,
    closed: usize,
    calls: usize,
}

impl Desk {
    pub async fn open(seed: u64) -> Self {
        // Nobody goes away because his console is silent.
        let world = World::start_as(|brand| {
            for queue in &mut brand.queues {
                queue.abandon_after_minutes = GIVEN_UP_MINUTES;
                queue.sla.wait_minutes = Some(WAIT_MINUTES);
                queue.sla.first_response_minutes = Some(RESPONSE_MINUTES);
                queue.sla.resolution_minutes = Some(RESOLUTION_MINUTES);
            }
        })
        .await;
        // An hour begins where a minute of the grid does.
        world.pass(60 - world.now_ms() / 1_000 % 60);
        for group in GROUPS {
            let reader = json!({ "user_id": user(group), "name": group, "role": "supervisor", "queues": [] });
            world.post(VOLKOVA, "/operators", reader).await;
        }
        for operator in [PETROVA, SOKOLOV] {
            world.call(operator, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
        }
        Self {
            world,
            chance: StdRng::seed_from_u64(seed),
            talks: Vec::new(),
            orders: Vec::new(),
            rooms: HashSet::new(),
            answered_at: HashMap::new(),
            closed: 0,
            calls: 0,
        }
    }

    /// Whole minutes, so that a grid of minutes measures exactly. What waited too long is given up.
    pub async fn pass(&mut self) {
        let minutes = self.chance.random_range(1..40);
        self.world.pass(minutes * 60);
        timer::look(&self.world.consult.tenant("clinic").unwrap()).await.unwrap();
        let mut open = Vec::new();
        for talk in self.talks.drain(..) {
            let phase = self.world.get(VOLKOVA, &format!("/consultations/{}", talk.id)).await["phase"].clone();
            if phase != "abandoned" {
                open.push(talk);
            }
        }
        self.talks = open;
    }

    pub async fn happens(&mut self) {
        self.pass().await;
        let at = self.chance.random_range(0..self.talks.len().max(1));
        match self.chance.random_range(0..14) {
            0..3 => self.ask().await,
            3..9 if at < self.talks.len() => self.goes_on(at).await,
            9 => self.changes_status().await,
            10 | 13 if at < self.talks.len() => self.telephones(at).await,
            11 => self.order().await,
            12 => self.calls_back().await,
            _ => {}
        }
        self.world.settle().await;
    }

    async fn ask(&mut self) {
        let patients = [ANNA, BORIS, "vera", "gleb", "dina", "egor"];
        let patient = patients[self.chance.random_range(0..patients.len())];
        if self.talks.iter().any(|talk| talk.patient == patient) {
            return;
        }
        let queue = ["general", "dental"][self.chance.random_range(0..2)];
        let request_id = uuid::Uuid::from_u128(self.chance.random()).to_string();
        let body = json!({ "queue_id": queue, "request_id": request_id });
        let asked = self.world.call(patient, "POST", "/consultations", Some(body)).await;
        if asked.status == 429 {
            // The queue has no room.
            return;
        }
        let asked = asked.ok();
        self.world.settle().await;
        let (id, room) = (asked["id"].as_str().unwrap().to_owned(), asked["room_id"].as_str().unwrap().to_owned());
        if self.rooms.insert(room.clone()) {
            self.world.homeserver.join(&room, &user(patient));
        }
        self.talks.push(Talk { id, room, patient, lead: None, is_held: false });
    }

    async fn goes_on(&mut self, at: usize) {
        let path = |talk: &Talk, verb: &str| format!("/consultations/{}/{verb}", talk.id);
        let talk = &self.talks[at];
        let Some(lead) = talk.lead else {
            if self.chance.random_bool(0.25) {
                self.world.post(talk.patient, &path(talk, "cancel"), json!({})).await;
                self.talks.remove(at);
                return;
            }
            let lead = if self.chance.random_bool(0.6) { SOKOLOV } else { PETROVA };
            let taken = self.world.call(lead, "POST", &path(talk, "take"), Some(json!({}))).await;
            if taken.status == 200 {
                self.world.settle().await;
                self.world.homeserver.join(&talk.room, &user(lead));
                self.talks[at].lead = Some(lead);
            }
            return;
        };
        match self.chance.random_range(0..6) {
            0 | 1 => {
                self.world.say(lead, &talk.room, "How are you?").await;
                self.answered_at.entry(talk.id.clone()).or_insert_with(|| self.world.now_ms());
            }
            2 => {
                let verb = if talk.is_held { "resume" } else { "hold" };
                self.world.post(lead, &path(talk, verb), json!({})).await;
                self.talks[at].is_held = !self.talks[at].is_held;
            }
            3 => {
                let on = json!({ "to": { "queue_id": "general" }, "note": "please" });
                self.world.post(lead, &path(talk, "transfer"), on).await;
                (self.talks[at].lead, self.talks[at].is_held) = (None, false);
            }
            _ => {
                self.world.post(lead, &path(talk, "close"), json!({})).await;
                self.closed += 1;
                // Every third patient says nothing.
                if !self.closed.is_multiple_of(3) {
                    let rating = Some(json!({ "stars": 1 + self.closed % 5 }));
                    self.world.call(talk.patient, "PUT", &path(talk, "rating"), rating).await.ok();
                }
                self.talks.remove(at);
            }
        }
    }

    async fn changes_status(&mut self) {
        let operator = [PETROVA, SOKOLOV][self.chance.random_range(0..2)];
        let status = ["online", "break", "transfer_only", "away"][self.chance.random_range(0..4)];
        let change = Some(json!({ "status": status }));
        self.world.call(operator, "PUT", "/operators/me/status", change).await.ok();
    }

    /// A call of a minute, or one that nobody answers; both sides' apps measure it, or neither.
    async fn telephones(&mut self, at: usize) {
        let talk = &self.talks[at];
        let (Some(lead), patient, false) = (talk.lead, talk.patient, talk.is_held) else { return };
        let ring = call::call(&self.world, lead, &json!({ "id": talk.id })).await["call"].clone();
        self.calls += 1;
        let number = self.calls;
        let connection = |who: &str| format!("PA_{who}_{number}");
        call::tell(&self.world, "participant_joined", lead, &connection(lead)).await;
        if self.chance.random_bool(0.3) {
            call::press(&self.world, lead, &ring, "cancel").await.ok();
            return;
        }
        call::press(&self.world, patient, &ring, "answer").await.ok();
        call::tell(&self.world, "participant_joined", patient, &connection(patient)).await;
        if self.chance.random_bool(0.7) {
            for who in [lead, patient] {
                let report = json!({
                    "loss_permille": self.chance.random_range(0..90),
                    "jitter_ms": self.chance.random_range(0..60),
                    "round_trip_ms": self.chance.random_range(20..300),
                    "freezes": self.chance.random_range(0..3),
                    "freeze_ms": 200,
                });
                let path = format!("/calls/{}/quality", ring["id"].as_str().unwrap());
                self.world.call(who, "POST", &path, Some(report)).await.ok();
            }
        }
        self.world.pass(60);
        call::tell(&self.world, "participant_left", patient, &connection(patient)).await;
        call::press(&self.world, lead, &ring, "hang-up").await.ok();
    }

    /// Whoever orders a call-back asks for nothing else.
    async fn order(&mut self) {
        let patient = ["fedor", "galina", "ivan"][self.chance.random_range(0..3)];
        if self.orders.iter().any(|order| order.patient == patient) {
            return;
        }
        let queue = ["general", "dental"][self.chance.random_range(0..2)];
        let order = json!({
            "queue_id": queue,
            "request_id": uuid::Uuid::from_u128(self.chance.random()).to_string(),
            "phone": "+7 495 000-00-01",
            "reason": "Pain",
        });
        let ordered = self.world.call(patient, "POST", "/callbacks", Some(order)).await.ok();
        let id = ordered["id"].as_str().unwrap().to_owned();
        self.orders.push(Order { id, patient, operator: None });
    }

    async fn calls_back(&mut self) {
        if self.orders.is_empty() {
            return;
        }
        let at = self.chance.random_range(0..self.orders.len());
        let order = &self.orders[at];
        let path = |verb: &str| format!("/callbacks/{}/{verb}", order.id);
        let Some(operator) = order.operator else {
            if self.chance.random_bool(0.2) {
                self.world.post(order.patient, &path("cancel"), json!({})).await;
                self.orders.remove(at);
                return;
            }
            let taken = self.world.call(PETROVA, "POST", &path("take"), Some(json!({}))).await;
            if taken.status == 200 {
                self.orders[at].operator = Some(PETROVA);
            }
            return;
        };
        self.world.post(operator, &path("telephone"), json!({})).await;
        if self.chance.random_bool(0.3) {
            self.world.post(operator, &path("no-answer"), json!({})).await;
            self.orders[at].operator = None;
        } else {
            self.world.post(operator, &path("done"), json!({ "outcome": "answered" })).await;
            self.orders.remove(at);
        }
    }

    pub async fn database(&self) -> SqliteConnection {
        let file = self.world.data_folder().join("consult.db");
        SqliteConnectOptions::new().filename(file).read_only(true).connect().await.unwrap()
    }
}
