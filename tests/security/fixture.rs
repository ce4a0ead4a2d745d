//! The system that the table is run against: two tenants, a consultation that waits, rooms, media and keys, and how all of it is looked at.

use std::collections::BTreeMap;

use consilium_harness::{CLINIC_NAME, LAW_NAME, System, User, segment};
use reqwest::Method;
use serde_json::{Value, json};

use crate::table::Who;

/// Longer than any identifier may be.
const LONG: usize = 300;

pub struct Fixture {
    pub system: System,
    pub anna: User,
    pub boris: User,
    pub petrova: User,
    pub volkova: User,
    lex_token: String,
    /// What stands for the `<names>` of the rows.
    names: BTreeMap<&'static str, String>,
}

impl Fixture {
    pub async fn start() -> Self {
        let system = System::start(env!("CARGO_BIN_EXE_consilium")).await;
        for name in ["anna", "boris"] {
            system.account(name);
        }
        system.staff("petrova", "operator");
        system.staff("volkova", "supervisor");
        let anna = system.sign_in("anna").await;
        let boris = system.sign_in("boris").await;
        let petrova = system.sign_in("petrova").await;
        let volkova = system.sign_in("volkova").await;
        let names = BTreeMap::from([("long", "x".repeat(LONG)), ("token", anna.token.clone())]);
        let mut fixture = Self { system, anna, boris, petrova, volkova, lex_token: String::new(), names };
        fixture.furnish_room().await;
        fixture.furnish_consultation().await;
        fixture.furnish_other_tenant().await;
        fixture
    }

    fn name(&mut self, name: &'static str, value: &Value) {
        self.names.insert(name, value.as_str().unwrap_or_else(|| panic!("{name}: {value}")).to_owned());
    }

    /// A room of Anna's own with Petrova in it, an event, a picture, a text, a device that is signed out, a backup.
    async fn furnish_room(&mut self) {
        let room = self.anna.create_room_with(&[&self.petrova]).await;
        let event = self.anna.say(&room, "hello").await;
        let spare = self.system.sign_in("anna").await;
        spare.post("/_matrix/client/v3/logout", json!({})).await.ok();
        let upload = |kind: &'static str, bytes: Vec<u8>| {
            let anna = &self.anna;
            async move {
                let answer = anna.send_bytes(Method::POST, "/_matrix/media/v3/upload", kind, bytes).await.ok();
                json!(answer["content_uri"].as_str().unwrap().strip_prefix("mxc://clinic.test/"))
            }
        };
        let text = upload("text/plain", b"0123456789".to_vec()).await;
        let bomb = upload("image/png", crate::media::bomb()).await;
        let backup =
            json!({ "algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "auth_data": { "public_key": "k" } });
        let backup = self.anna.post("/_matrix/client/v3/room_keys/version", backup).await.ok();
        let device = json!(self.anna.device);
        let values = [("room", json!(room)), ("event", json!(event)), ("out", json!(spare.token)), ("media", text)];
        let more = [("bomb", bomb), ("backup", backup["version"].clone()), ("device", device)];
        for (name, value) in values.into_iter().chain(more) {
            self.name(name, &value);
        }
    }

    async fn furnish_consultation(&mut self) {
        let ask = json!({ "queue_id": "therapist", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
        self.anna.agree().await;
        let asked = self.anna.post("/_consilium/v1/consultations", ask).await.ok();
        self.anna.join(asked["room_id"].as_str().unwrap()).await;
        // So that the service knows him before anything is compared.
        self.boris.get("/_consilium/v1/me").await.ok();
        let me = self.petrova.get("/_consilium/v1/me").await.ok();
        let patients = self.volkova.get("/_consilium/v1/patients?q=anna").await.ok();
        let names = [
            ("consultation", &asked["id"]),
            ("conversation", &asked["conversation_id"]),
            ("dialogue", &asked["room_id"]),
            ("operator", &me["operator"]["id"]),
            ("patient", &patients["items"][0]["id"]),
        ];
        for (name, value) in names {
            self.name(name, value);
        }
    }

    /// Somebody of the other tenant with a room, an event, media and a consultation of his own.
    async fn furnish_other_tenant(&mut self) {
        let account = json!({ "username": "lex", "password": "p", "auth": { "type": "m.login.dummy" } });
        let lex = self.at_law(Method::POST, "/_matrix/client/v3/register", account).await;
        lex["access_token"].as_str().unwrap().clone_into(&mut self.lex_token);
        self.name("law_token", &lex["access_token"]);
        self.name("law_device", &lex["device_id"]);
        let room = self.at_law(Method::POST, "/_matrix/client/v3/createRoom", json!({})).await;
        self.name("law_room", &room["room_id"]);
        let path = format!("/_matrix/client/v3/rooms/{}/send/m.room.message/1", segment(&self.names["law_room"]));
        let event = self.at_law(Method::PUT, &path, json!({ "msgtype": "m.text", "body": "privileged" })).await;
        self.name("law_event", &event["event_id"]);
        let media = self.at_law(Method::POST, "/_matrix/media/v3/upload", json!("privileged")).await;
        let media = media["content_uri"].as_str().unwrap().strip_prefix("mxc://law.test/").map(str::to_owned);
        self.name("law_media", &json!(media));
        let ask = json!({ "queue_id": "family", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
        let asked = self.at_law(Method::POST, "/_consilium/v1/consultations", ask).await;
        self.name("law_consultation", &asked["id"]);
        self.name("law_conversation", &asked["conversation_id"]);
    }

    async fn at_law(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self.system.http().request(method, format!("{}{path}", self.system.url()));
        let request = request.header("host", LAW_NAME).json(&body);
        let request = if self.lex_token.is_empty() { request } else { request.bearer_auth(&self.lex_token) };
        let response = request.send().await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.text().await.unwrap());
        response.json().await.unwrap()
    }

    /// The `Authorization` header of a sender.
    pub fn authorization(&self, who: Who) -> Option<String> {
        let user = match who {
            Who::Anna => &self.anna,
            Who::Boris => &self.boris,
            Who::Petrova => &self.petrova,
            Who::Volkova => &self.volkova,
            Who::Lex => return Some(format!("Bearer {}", self.lex_token)),
            Who::Nobody => return None,
            Who::Header(text) => return Some(self.in_body(text)),
        };
        Some(format!("Bearer {}", user.token))
    }

    /// A path with its names filled in, each escaped as a segment; `<c>`, `<api>` and `<r>` are the usual beginnings.
    pub fn in_path(&self, path: &str) -> String {
        let room = format!("/_matrix/client/v3/rooms/{}", segment(&self.names["room"]));
        let path = path.replace("<r>", &room).replace("<c>", "/_matrix/client/v3").replace("<api>", "/_consilium/v1");
        self.names.iter().fold(path, |path, (name, value)| path.replace(&format!("<{name}>"), &segment(value)))
    }

    /// A body with its names filled in as they are.
    pub fn in_body(&self, body: &str) -> String {
        self.names.iter().fold(body.to_owned(), |body, (name, value)| body.replace(&format!("<{name}>"), value))
    }

    /// Everything that bad input might have changed.
    pub async fn snapshot(&self) -> Vec<(String, Value)> {
        let room = self.in_path("<r>");
        let dialogue = self.in_path("<c>/rooms/<dialogue>");
        let own = format!("/_matrix/client/v3/user/{}", segment(&self.anna.id));
        let mut looks: Vec<(&User, String)> = Vec::new();
        for path in ["/state", "/messages?dir=b&limit=1000", "/joined_members"] {
            looks.push((&self.anna, format!("{room}{path}")));
            looks.push((&self.anna, format!("{dialogue}{path}")));
        }
        for path in ["joined_rooms", "pushrules/", "room_keys/version", "room_keys/keys?version=1", "devices"] {
            looks.push((&self.anna, format!("/_matrix/client/v3/{path}")));
        }
        let tags = format!("{own}/rooms/{}/tags", segment(&self.names["room"]));
        looks.extend([(&self.anna, tags), (&self.anna, self.in_path("<c>/profile/@anna:clinic.test"))]);
        for path in ["consultations?view=all", "operators", "patients", "archive", "queues"] {
            looks.push((&self.volkova, format!("/_consilium/v1/{path}")));
        }
        looks.push((&self.volkova, self.in_path("<api>/consultations/<consultation>")));
        looks.push((&self.anna, "/_consilium/v1/me".to_owned()));
        let mut seen = Vec::new();
        for (who, path) in looks {
            let answer = who.get(&path).await;
            seen.push((path, lasting(answer.ok())));
        }
        let keys = json!({ "device_keys": { (self.anna.id.clone()): [], (self.boris.id.clone()): [] } });
        seen.push(("keys".to_owned(), self.anna.post("/_matrix/client/v3/keys/query", keys).await.ok()));
        let mut synced = self.anna.sync().await.0;
        synced["next_batch"] = Value::Null;
        seen.push(("sync".to_owned(), lasting(synced)));
        let law = self.at_law(Method::GET, "/_matrix/client/v3/sync", json!({})).await;
        seen.push(("rooms of the other tenant".to_owned(), lasting(law["rooms"].clone())));
        seen
    }

    /// People use the system as before.
    pub async fn still_serves(&self) {
        let room = self.names["room"].as_str();
        let since = self.petrova.sync().await.next_batch().to_owned();
        self.anna.say(room, "still here").await;
        let seen = self.petrova.sync_since(&since, 10_000).await;
        assert_eq!(seen.joined(room).texts(), ["still here"]);
        let take = self.in_path("<api>/consultations/<consultation>/take");
        assert_eq!(self.petrova.post(&take, json!({})).await.ok()["phase"], "active");
        let patients = self.volkova.get("/_consilium/v1/patients").await.ok();
        assert_eq!(patients["total"], 2, "{patients}");
    }

    /// No request failed inside the server, no handler panicked.
    pub async fn is_unharmed(&self) {
        let metrics = self.system.http().get(self.system.metrics_url()).send().await.unwrap().text().await.unwrap();
        assert!(metrics.contains("status=\"4xx\""), "the metrics count refusals:\n{metrics}");
        let failed: Vec<&str> = metrics.lines().filter(|line| line.contains("status=\"5xx\"")).collect();
        assert_eq!(failed, [""; 0], "requests failed inside the server");
        let log = self.system.log();
        let errors: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("panic")).collect();
        assert_eq!(errors, [""; 0], "the log holds errors");
        assert!(log.contains(CLINIC_NAME) || log.contains("listening"), "the log is the system's");
    }
}

/// What does not change by itself: without ages of events and the times of signs of life.
fn lasting(mut value: Value) -> Value {
    match &mut value {
        Value::Object(entries) => {
            for name in ["age", "unsigned", "last_seen_ts", "last_seen_ip", "status_since", "start", "end"] {
                entries.remove(name);
            }
            for entry in entries.values_mut() {
                *entry = lasting(entry.take());
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(|entry| *entry = lasting(entry.take())),
        _ => {}
    }
    value
}
