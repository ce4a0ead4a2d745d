//! A homeserver as far as the service speaks to it: accounts by token, rooms with state, and the events it has to tell.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::SERVER;

type Key = (String, String);

#[derive(Default)]
struct Room {
    state: HashMap<Key, Value>,
}

#[derive(Default)]
pub struct FakeHomeserver {
    pub url: String,
    /// Its server name.
    server: String,
    rooms: Mutex<HashMap<String, Room>>,
    events: Mutex<Vec<Value>>,
    invalid: Mutex<Vec<String>>,
    /// When users signed in, in milliseconds, where that is not the beginning of the world; `None`: the homeserver does not say.
    signed_in_at: Mutex<HashMap<String, Option<u64>>>,
    /// The devices that users sign in on, where that is not `D`.
    devices: Mutex<HashMap<String, String>>,
    numbers: AtomicU64,
    /// How far its clock has gone since the world began, as the service's has. Unit: milliseconds.
    pub passed_ms: AtomicU64,
    /// The next `createRoom` makes the room and loses its answer.
    pub lose_created_room: AtomicBool,
    /// Devices that were signed out, as `user device`.
    pub signed_out: Mutex<Vec<String>>,
    /// Where users are signed in, by user id, as the homeserver tells it.
    pub sign_ins: Mutex<HashMap<String, Vec<Value>>>,
    /// What was asked for when sign-ins were ended: the user and the body.
    pub sign_outs: Mutex<Vec<(String, Value)>>,
    /// Users whose accounts are locked.
    pub locked: Mutex<Vec<String>>,
    /// What was done with delayed events, as `action id`.
    pub delayed: Mutex<Vec<String>>,
    /// Media that were removed, as `server/id`.
    pub removed_media: Mutex<Vec<String>>,
    /// Media that lie here, by id.
    pub media: Mutex<HashMap<String, Vec<u8>>>,
    /// Accounts that the service made for who comes later, with the names that they show and the passwords that were set.
    pub provided: Mutex<HashMap<String, Provided>>,
    /// The next account is made, or its password set, and the answer is lost.
    pub lose_provided: AtomicBool,
    /// No account can be ended just now.
    pub ends_none: AtomicBool,
    /// Accounts that ended.
    pub ended: Mutex<Vec<String>>,
    /// No request is answered well.
    pub is_down: AtomicBool,
    /// No state is taken.
    pub takes_no_state: AtomicBool,
    /// How often that was said.
    pub state_refused: AtomicU64,
    /// What the keeper said as it left or did not come, as `room reason`.
    pub reasons: Mutex<Vec<String>>,
}

type Shared = Arc<FakeHomeserver>;

/// An account that the service made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provided {
    pub name: String,
    pub password: Option<String>,
}

impl FakeHomeserver {
    pub async fn start() -> Shared {
        Self::start_as(SERVER).await
    }

    /// As another server, as far as it says whose a token is.
    pub async fn start_as(server: &str) -> Shared {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let homeserver = Arc::new(Self { url, server: server.to_owned(), ..Self::default() });
        let app = routes(Arc::clone(&homeserver));
        tokio::spawn(async move { axum::serve(listener, app).await.expect("serves") });
        homeserver
    }

    fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::SeqCst)
    }

    /// Ids of transactions never repeat, also over a restart of the service.
    pub fn next_transaction(&self) -> u64 {
        1_000_000 * (self.number() + 1)
    }

    pub fn take_events(&self) -> Vec<Value> {
        std::mem::take(&mut *self.events.lock().expect("events"))
    }

    pub fn is_quiet(&self) -> bool {
        self.events.lock().expect("events").is_empty()
    }

    /// An `OpenID` token lives for an hour; this one's is over.
    pub fn run_out(&self, openid_token: &str) {
        self.invalid.lock().expect("tokens").push(openid_token.to_owned());
    }

    /// Signs a user out everywhere.
    pub fn invalidate(&self, localpart: &str) {
        self.invalid.lock().expect("tokens").push(format!("token-{localpart}"));
    }

    /// A sign-in of a user that the homeserver tells of; its token is `token-localpart+device`, and `token-localpart` of the device `D`.
    pub fn is_signed_in(&self, localpart: &str, device: &str, name: Option<&str>, seen_at: u64) {
        let row = json!({
            "device_id": device, "display_name": name, "signed_in_ts": 1_700_000_000_000_u64, "last_seen_ts": seen_at,
        });
        let user = format!("@{localpart}:{}", self.server);
        self.sign_ins.lock().expect("sign-ins").entry(user).or_default().push(row);
    }

    /// The user ends a sign-in himself, elsewhere; the service hears of it with the next transaction.
    pub fn ends_sign_in(&self, user: &str, device: &str) {
        let mut sign_ins = self.sign_ins.lock().expect("sign-ins");
        sign_ins.entry(user.to_owned()).or_default().retain(|row| row["device_id"] != device);
        let localpart = user.trim_start_matches('@').split(':').next().unwrap_or_default();
        let token = if device == "D" { format!("token-{localpart}") } else { format!("token-{localpart}+{device}") };
        self.invalid.lock().expect("tokens").push(token);
        self.signed_out.lock().expect("devices").push(format!("{user} {device}"));
    }

    /// From now on the homeserver says this of when a user signed in, and on which device.
    pub fn sign_in(&self, localpart: &str, device: &str, at: Option<u64>) {
        self.signed_in_at.lock().expect("times").insert(localpart.to_owned(), at);
        self.devices.lock().expect("devices").insert(localpart.to_owned(), device.to_owned());
    }

    /// A message as it is told to the service: encrypted, in the form that the test's keeper reads.
    pub fn message(&self, sender: &str, room: &str, content: Value) -> Value {
        self.event(sender, room, "m.room.encrypted", json!({ "plain": content }))
    }

    pub fn event(&self, sender: &str, room: &str, kind: &str, content: Value) -> Value {
        let number = self.number();
        json!({
            "type": kind, "event_id": format!("$event-{number}"), "room_id": room, "sender": sender,
            "origin_server_ts": 1_700_000_000_000_u64 + self.passed_ms.load(Ordering::SeqCst) + number, "content": content,
        })
    }

    pub fn tell(&self, event: Value) {
        self.events.lock().expect("events").push(event);
    }

    pub fn rooms(&self) -> usize {
        self.rooms.lock().expect("rooms").len()
    }

    pub fn state(&self, room: &str, kind: &str, key: &str) -> Option<Value> {
        self.rooms.lock().expect("rooms").get(room)?.state.get(&(kind.to_owned(), key.to_owned())).cloned()
    }

    pub fn membership(&self, room: &str, user: &str) -> Option<String> {
        Some(self.state(room, "m.room.member", user)?["membership"].as_str()?.to_owned())
    }

    /// A user accepts an invitation.
    pub fn join(&self, room: &str, user: &str) {
        assert_eq!(self.membership(room, user).as_deref(), Some("invite"), "{user} was not invited");
        self.set_member(room, user, "join");
    }

    /// The same, of somebody who may be there already.
    pub fn come_in(&self, room: &str, user: &str) {
        if self.membership(room, user).as_deref() != Some("join") {
            self.join(room, user);
        }
    }

    /// Users ask each other into a room.
    pub fn ask_in(&self, room: &str, user: &str) {
        self.set_member(room, user, "invite");
    }

    /// A user makes a room and asks somebody in; returns its id.
    pub fn room_of(&self, by: &str, with: &str) -> String {
        let room = format!("!direct-{}", self.number());
        self.set_member(&room, by, "join");
        self.invite_by(&room, with, by);
        room
    }

    /// A user asks another one into a room.
    pub fn invite_by(&self, room: &str, user: &str, by: &str) {
        self.set_state(room, "m.room.member", user, json!({ "membership": "invite" }), by);
    }

    /// A user lets a room be encrypted.
    pub fn encrypt(&self, room: &str, by: &str) {
        self.set_state(room, "m.room.encryption", "", json!({ "algorithm": "m.megolm.v1.aes-sha2" }), by);
    }

    /// As if the room had been made without it.
    pub fn forget_state(&self, room: &str, kind: &str, key: &str) {
        let mut rooms = self.rooms.lock().expect("rooms");
        rooms.get_mut(room).expect("the room").state.remove(&(kind.to_owned(), key.to_owned()));
    }

    /// A user leaves.
    pub fn leave(&self, room: &str, user: &str) {
        self.set_member(room, user, "leave");
    }

    fn set_member(&self, room: &str, user: &str, membership: &str) {
        self.set_state(room, "m.room.member", user, json!({ "membership": membership }), user);
    }

    fn set_state(&self, room: &str, kind: &str, key: &str, content: Value, sender: &str) -> String {
        let mut event = self.event(sender, room, kind, content.clone());
        event["state_key"] = json!(key);
        let id = event["event_id"].as_str().expect("an id").to_owned();
        let mut rooms = self.rooms.lock().expect("rooms");
        rooms.entry(room.to_owned()).or_default().state.insert((kind.to_owned(), key.to_owned()), content);
        drop(rooms);
        self.tell(event);
        id
    }
}

fn routes(homeserver: Shared) -> Router {
    Router::new()
        .route("/_matrix/client/v3/account/whoami", get(whoami))
        .route("/_matrix/client/v3/profile/{user}/displayname", get(display_name).put(accept))
        .route("/_matrix/client/v3/createRoom", post(create_room))
        .route("/_matrix/client/v3/keys/query", post(keys_query))
        .route("/_matrix/federation/v1/openid/userinfo", get(openid_userinfo))
        .route("/_matrix/client/unstable/org.matrix.msc4140/delayed_events/{id}/{action}", post(delayed_event))
        .route("/_matrix/client/v3/joined_rooms", get(joined_rooms))
        .route("/_matrix/client/v1/admin/lock/{user}", get(lock))
        .route("/_matrix/client/unstable/chat.consilium/media/{server}/{id}", delete(remove_media))
        .route("/_matrix/client/unstable/chat.consilium/accounts/{user}", delete(end_account).put(provide_account))
        .route("/_matrix/client/unstable/chat.consilium/accounts/{user}/devices", get(devices_of_account))
        .route("/_matrix/client/unstable/chat.consilium/accounts/{user}/sign_out", post(sign_out_account))
        .route("/_matrix/client/v1/media/download/{server}/{id}", get(download))
        .route("/_matrix/client/v3/rooms/{room}/leave", post(leave))
        .route("/_matrix/client/v3/rooms/{room}/forget", post(accept))
        .route("/_matrix/client/v3/rooms/{room}/members", get(members))
        .route("/_matrix/client/v3/rooms/{room}/join", post(join))
        .route("/_matrix/client/v3/rooms/{room}/invite", post(invite))
        .route("/_matrix/client/v3/rooms/{room}/kick", post(kick))
        .route("/_matrix/client/v3/rooms/{room}/state/{kind}/{key}", get(get_state).put(put_state))
        .route("/_matrix/client/v3/rooms/{room}/state/{kind}/", get(get_empty_state).put(put_empty_state))
        .with_state(homeserver)
}

fn refuse(status: StatusCode, errcode: &str) -> Response {
    (status, Json(json!({ "errcode": errcode, "error": "no" }))).into_response()
}

async fn whoami(State(homeserver): State<Shared>, headers: HeaderMap) -> Response {
    if homeserver.is_down.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let token = headers["authorization"].to_str().unwrap_or_default().trim_start_matches("Bearer ").to_owned();
    let is_valid = !homeserver.invalid.lock().expect("tokens").contains(&token);
    match token.strip_prefix("token-").filter(|_| is_valid) {
        Some("guest") => Json(json!({ "user_id": format!("@guest:{SERVER}"), "is_guest": true })).into_response(),
        Some(name) => {
            // `token-anna+phone`: another token of the same user, of his device `phone`.
            let (localpart, device) = name.split_once('+').unwrap_or((name, ""));
            let known = homeserver.devices.lock().expect("devices").get(name).cloned();
            let device = known.unwrap_or_else(|| if device.is_empty() { "D".to_owned() } else { device.to_owned() });
            let mut who = json!({ "user_id": format!("@{localpart}:{}", homeserver.server), "device_id": device });
            let at = homeserver.signed_in_at.lock().expect("times").get(name).copied();
            if let Some(at) = at.unwrap_or(Some(1_700_000_000_000)) {
                who["chat.consilium.signed_in_at"] = json!(at);
            }
            Json(who).into_response()
        }
        None => refuse(StatusCode::UNAUTHORIZED, "M_UNKNOWN_TOKEN"),
    }
}

/// Every account has the devices `D` and `E`.
async fn keys_query(State(homeserver): State<Shared>, Json(body): Json<Value>) -> Response {
    if homeserver.is_down.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let signed_out = homeserver.signed_out.lock().expect("devices").clone();
    let mut users = serde_json::Map::new();
    for user in body["device_keys"].as_object().into_iter().flat_map(serde_json::Map::keys) {
        let has = |device: &&str| !signed_out.contains(&format!("{user} {device}"));
        let devices = ["D", "E"].iter().filter(|device| has(device));
        let devices = devices.map(|device| ((*device).to_owned(), json!({ "device_id": device })));
        users.insert(user.clone(), devices.collect::<serde_json::Map<_, _>>().into());
    }
    Json(json!({ "device_keys": users })).into_response()
}

/// `openid-anna` is Anna's, unless she was signed out; `openid-anna+2` is another one of hers. Each may have run out.
async fn openid_userinfo(State(homeserver): State<Shared>, Query(query): Query<HashMap<String, String>>) -> Response {
    let token = query.get("access_token").map(String::as_str).unwrap_or_default();
    let invalid = homeserver.invalid.lock().expect("tokens").clone();
    let owner = token.strip_prefix("openid-").map(|name| name.split_once('+').map_or(name, |(localpart, _)| localpart));
    let is_valid =
        |localpart: &&str| !invalid.iter().any(|ended| ended == token || *ended == format!("token-{localpart}"));
    match owner.filter(is_valid) {
        Some(localpart) => Json(json!({ "sub": format!("@{localpart}:{SERVER}") })).into_response(),
        None => refuse(StatusCode::UNAUTHORIZED, "M_UNKNOWN_TOKEN"),
    }
}

async fn delayed_event(State(homeserver): State<Shared>, Path((id, action)): Path<(String, String)>) -> Response {
    if id.starts_with("gone") {
        return refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND");
    }
    homeserver.delayed.lock().expect("delayed").push(format!("{action} {id}"));
    Json(json!({})).into_response()
}

/// A medium whose id begins with `lost` is not there.
async fn remove_media(State(homeserver): State<Shared>, Path((server, id)): Path<(String, String)>) -> Response {
    if homeserver.is_down.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    if id.starts_with("lost") {
        return refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND");
    }
    homeserver.removed_media.lock().expect("media").push(format!("{server}/{id}"));
    Json(json!({})).into_response()
}

/// Made once; its first password stands.
async fn provide_account(
    State(homeserver): State<Shared>,
    Path(user): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    if homeserver.is_down.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let mut accounts = homeserver.provided.lock().expect("accounts");
    let account = accounts.entry(user).or_default();
    let password = body["password"].as_str().map(str::to_owned);
    let is_refused = account.password.is_some() && account.password != password;
    if is_refused {
        return refuse(StatusCode::BAD_REQUEST, "M_USER_IN_USE");
    }
    if let Some(name) = body["displayname"].as_str() {
        name.clone_into(&mut account.name);
    }
    account.password = password;
    drop(accounts);
    if homeserver.lose_provided.swap(false, Ordering::SeqCst) {
        return refuse(StatusCode::GATEWAY_TIMEOUT, "M_UNKNOWN");
    }
    Json(json!({ "user_id": "@somebody:hs.test" })).into_response()
}

/// Whoever has an account here ends it once.
async fn end_account(State(homeserver): State<Shared>, Path(user): Path<String>) -> Response {
    if homeserver.ends_none.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let mut ended = homeserver.ended.lock().expect("accounts");
    if ended.contains(&user) {
        return refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND");
    }
    let localpart = user.trim_start_matches('@').split(':').next().unwrap_or_default();
    homeserver.invalidate(localpart);
    ended.push(user);
    Json(json!({})).into_response()
}

async fn devices_of_account(State(homeserver): State<Shared>, Path(user): Path<String>) -> Response {
    if homeserver.is_down.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let devices = homeserver.sign_ins.lock().expect("sign-ins").get(&user).cloned().unwrap_or_default();
    Json(json!({ "devices": devices })).into_response()
}

async fn sign_out_account(
    State(homeserver): State<Shared>,
    Path(user): Path<String>,
    Json(body): Json<Value>,
) -> Response {
    if homeserver.is_down.load(Ordering::SeqCst) {
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let present = homeserver.sign_ins.lock().expect("sign-ins").get(&user).cloned().unwrap_or_default();
    let named = |device: &&str| body["devices"].as_array().is_none_or(|ids| ids.iter().any(|id| id == device));
    for device in present.iter().filter_map(|row| row["device_id"].as_str()).filter(named) {
        homeserver.ends_sign_in(&user, device);
    }
    homeserver.sign_outs.lock().expect("sign-outs").push((user, body));
    Json(json!({})).into_response()
}

async fn download(State(homeserver): State<Shared>, Path((_, id)): Path<(String, String)>) -> Response {
    match homeserver.media.lock().expect("media").get(&id) {
        Some(bytes) => bytes.clone().into_response(),
        None => refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND"),
    }
}

async fn leave(
    State(homeserver): State<Shared>,
    Path(room): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    Json(body): Json<Value>,
) -> Json<Value> {
    if let Some(reason) = body["reason"].as_str() {
        homeserver.reasons.lock().expect("reasons").push(format!("{room} {reason}"));
    }
    homeserver.set_member(&room, &query["user_id"], "leave");
    Json(json!({}))
}

async fn members(State(homeserver): State<Shared>, Path(room): Path<String>) -> Json<Value> {
    let rooms = homeserver.rooms.lock().expect("rooms");
    let state = rooms.get(&room).map(|room| room.state.clone()).unwrap_or_default();
    let members = state.into_iter().filter(|((kind, _), _)| kind == "m.room.member");
    let chunk: Vec<Value> =
        members.map(|((_, user), content)| json!({ "state_key": user, "content": content })).collect();
    Json(json!({ "chunk": chunk }))
}

async fn display_name(Path(user): Path<String>) -> Response {
    match user.as_str() {
        "@anna:hs.test" => Json(json!({ "displayname": "Анна Каренина" })).into_response(),
        "@boris:hs.test" => Json(json!({ "displayname": "Boris" })).into_response(),
        _ => refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND"),
    }
}

async fn accept() -> Json<Value> {
    Json(json!({}))
}

async fn create_room(State(homeserver): State<Shared>, Json(body): Json<Value>) -> Response {
    let room = format!("!room-{}", homeserver.number());
    let keeper = format!("@keeper:{SERVER}");
    homeserver.set_member(&room, &keeper, "join");
    for event in body["initial_state"].as_array().into_iter().flatten() {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        homeserver.set_state(&room, &text("type"), &text("state_key"), event["content"].clone(), &keeper);
    }
    for user in body["invite"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        homeserver.set_member(&room, user, "invite");
    }
    if homeserver.lose_created_room.swap(false, Ordering::SeqCst) {
        return refuse(StatusCode::GATEWAY_TIMEOUT, "M_UNKNOWN");
    }
    Json(json!({ "room_id": room })).into_response()
}

async fn joined_rooms(State(homeserver): State<Shared>) -> Json<Value> {
    let rooms: Vec<String> = homeserver.rooms.lock().expect("rooms").keys().cloned().collect();
    Json(json!({ "joined_rooms": rooms }))
}

async fn invite(State(homeserver): State<Shared>, Path(room): Path<String>, Json(body): Json<Value>) -> Response {
    let user = body["user_id"].as_str().unwrap_or_default();
    if let Some("join" | "invite") = homeserver.membership(&room, user).as_deref() {
        refuse(StatusCode::FORBIDDEN, "M_FORBIDDEN")
    } else {
        homeserver.set_member(&room, user, "invite");
        Json(json!({})).into_response()
    }
}

async fn lock(State(homeserver): State<Shared>, Path(user): Path<String>) -> Json<Value> {
    Json(json!({ "locked": homeserver.locked.lock().expect("users").contains(&user) }))
}

async fn join(
    State(homeserver): State<Shared>,
    Path(room): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let user = query["user_id"].as_str();
    if let Some("join" | "invite") = homeserver.membership(&room, user).as_deref() {
        homeserver.set_member(&room, user, "join");
        Json(json!({ "room_id": room })).into_response()
    } else {
        refuse(StatusCode::FORBIDDEN, "M_FORBIDDEN")
    }
}

async fn kick(State(homeserver): State<Shared>, Path(room): Path<String>, Json(body): Json<Value>) -> Response {
    let user = body["user_id"].as_str().unwrap_or_default();
    match homeserver.membership(&room, user).as_deref() {
        Some("join" | "invite") => {
            homeserver.set_member(&room, user, "leave");
            Json(json!({})).into_response()
        }
        _ => refuse(StatusCode::FORBIDDEN, "M_FORBIDDEN"),
    }
}

async fn get_state(
    State(homeserver): State<Shared>,
    Path((room, kind, key)): Path<(String, String, String)>,
) -> Response {
    homeserver
        .state(&room, &kind, &key)
        .map_or_else(|| refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND"), |content| Json(content).into_response())
}

async fn get_empty_state(State(homeserver): State<Shared>, Path((room, kind)): Path<(String, String)>) -> Response {
    homeserver
        .state(&room, &kind, "")
        .map_or_else(|| refuse(StatusCode::NOT_FOUND, "M_NOT_FOUND"), |content| Json(content).into_response())
}

async fn put_state(
    State(homeserver): State<Shared>,
    Path((room, kind, key)): Path<(String, String, String)>,
    Json(content): Json<Value>,
) -> Response {
    write_state(&homeserver, &room, &kind, &key, content)
}

async fn put_empty_state(
    State(homeserver): State<Shared>,
    Path((room, kind)): Path<(String, String)>,
    Json(content): Json<Value>,
) -> Response {
    write_state(&homeserver, &room, &kind, "", content)
}

fn write_state(homeserver: &FakeHomeserver, room: &str, kind: &str, key: &str, content: Value) -> Response {
    if homeserver.takes_no_state.load(Ordering::SeqCst) {
        homeserver.state_refused.fetch_add(1, Ordering::SeqCst);
        return refuse(StatusCode::BAD_GATEWAY, "M_UNKNOWN");
    }
    let id = homeserver.set_state(room, kind, key, content, &format!("@keeper:{SERVER}"));
    Json(json!({ "event_id": id })).into_response()
}
