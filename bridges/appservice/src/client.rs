//! The Client-Server API as an application service uses it: every request acts as one of its users. `accounts.rs` is what it does with accounts of others.
//!
//! Deliberately absent: retries and their limits (the caller's outbox knows them), encryption.

mod accounts;

use std::time::Duration;

use http::{Method, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use accounts::SignedIn;

use crate::Secret;

/// How long one request may take. The homeserver is on this machine or in this rack.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a whole medium may take: the largest one over a slow disk.
const MEDIA_TIMEOUT: Duration = Duration::from_mins(10);
/// How long a connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Characters of a path segment that need no escape.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Why a request to the homeserver failed.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No answer. Try again.
    #[error("the homeserver does not answer")]
    Unreachable(#[source] reqwest::Error),
    /// It said no.
    #[error("the homeserver refused with {status} {errcode}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Matrix error code.
        errcode: String,
        /// When to come again.
        retry_after_ms: Option<u64>,
    },
    /// It said something that the specification does not know.
    #[error("the homeserver's answer is not understood")]
    BadAnswer(#[source] serde_json::Error),
}

impl ClientError {
    /// Whether the homeserver answered with this error code.
    pub fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Refused { errcode, .. } if errcode == wanted)
    }

    /// Whether the same request may succeed later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused { status, .. } => *status >= 500 || *status == 429,
            Self::BadAnswer(_) => false,
        }
    }
}

/// Who an access token belongs to.
#[derive(Debug, Clone, Deserialize)]
pub struct WhoAmI {
    /// Its user.
    pub user_id: String,
    /// Its device.
    #[serde(default)]
    pub device_id: Option<String>,
    /// Whether the account is a guest's.
    #[serde(default)]
    pub is_guest: bool,
    /// When the token's session was opened by a proof, in milliseconds since 1970; a homeserver that does not say so leaves it out.
    #[serde(default, rename = "chat.consilium.signed_in_at")]
    pub signed_in_at: Option<i64>,
}

/// How a user stands to a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// Was never in it, or has left.
    Out,
    /// Asked in.
    Invited,
    /// In it.
    Joined,
    /// Not to come back.
    Banned,
}

/// A client of one homeserver with an application service's token. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppserviceClient {
    http: reqwest::Client,
    base: String,
    as_token: Secret,
}

/// The client, acting as one user.
#[derive(Debug, Clone, Copy)]
pub struct Acting<'a> {
    client: &'a AppserviceClient,
    user_id: &'a str,
}

impl AppserviceClient {
    /// A client for the homeserver at `base`, such as `http://127.0.0.1:8008`.
    pub fn new(base: impl Into<String>, as_token: Secret) -> Result<Self, ClientError> {
        let base = base.into().trim_end_matches('/').to_owned();
        let mut http = reqwest::Client::builder().timeout(REQUEST_TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
        if base.starts_with("http://") {
            // Reading the machine's certificates, which nobody shows here, would take longer than all else at the start.
            http = http.tls_certs_only([]);
        }
        Ok(Self { http: http.build().map_err(ClientError::Unreachable)?, base, as_token })
    }

    /// The same client, acting as `user_id`.
    pub fn acting<'a>(&'a self, user_id: &'a str) -> Acting<'a> {
        Acting { client: self, user_id }
    }

    /// Who `access_token` belongs to; `None` when it is not valid (any more).
    ///
    /// Source: `GET /_matrix/client/v3/account/whoami`.
    pub async fn whoami(&self, access_token: &str) -> Result<Option<WhoAmI>, ClientError> {
        let request =
            self.http.get(format!("{}/_matrix/client/v3/account/whoami", self.base)).bearer_auth(access_token);
        match answer(request).await {
            Ok(who) => Ok(Some(who)),
            Err(ClientError::Refused { status: 401 | 403, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whose `OpenID` token it is; `None` when it is not valid (any more). Only this homeserver is asked.
    ///
    /// Source: `GET /_matrix/federation/v1/openid/userinfo`.
    pub async fn openid_user(&self, openid_token: &str) -> Result<Option<String>, ClientError> {
        #[derive(Deserialize)]
        struct Info {
            sub: String,
        }
        let token = segment(openid_token);
        let url = format!("{}/_matrix/federation/v1/openid/userinfo?access_token={token}", self.base);
        match answer::<Info>(self.http.get(url)).await {
            Ok(info) => Ok(Some(info.sub)),
            Err(ClientError::Refused { status: 401 | 403 | 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether an account is locked; `false` where the homeserver knows no locks, or no such account.
    ///
    /// Source: `GET /_matrix/client/v1/admin/lock/{userId}`; that application services may ask is this homeserver's own.
    pub async fn is_locked(&self, user_id: &str) -> Result<bool, ClientError> {
        #[derive(Deserialize)]
        struct Lock {
            locked: bool,
        }
        let url = format!("{}/_matrix/client/v1/admin/lock/{}", self.base, segment(user_id));
        match answer::<Lock>(self.http.get(url).bearer_auth(self.as_token.reveal())).await {
            Ok(lock) => Ok(lock.locked),
            Err(ClientError::Refused { status: 400 | 403 | 404 | 405, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes a medium of this homeserver; one that is not there (any more) is removed. A homeserver that knows no such request refuses.
    ///
    /// Source: this homeserver's own; the specification has none.
    pub async fn remove_media(&self, server_name: &str, media_id: &str) -> Result<(), ClientError> {
        let path = "/_matrix/client/unstable/chat.consilium/media";
        let url = format!("{}{path}/{}/{}", self.base, segment(server_name), segment(media_id));
        match answer::<Value>(self.http.delete(url).bearer_auth(self.as_token.reveal())).await {
            Ok(_) => Ok(()),
            Err(error) if error.is("M_NOT_FOUND") => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// A medium as it lies at the homeserver, encrypted where its sender encrypted it; read it in pieces.
    ///
    /// Source: `GET /_matrix/client/v1/media/download/{serverName}/{mediaId}`.
    pub async fn media(&self, server_name: &str, media_id: &str) -> Result<reqwest::Response, ClientError> {
        let path = "/_matrix/client/v1/media/download";
        let url = format!("{}{path}/{}/{}", self.base, segment(server_name), segment(media_id));
        let response = self.http.get(url).bearer_auth(self.as_token.reveal()).timeout(MEDIA_TIMEOUT).send().await;
        let response = response.map_err(ClientError::Unreachable)?;
        if response.status() == StatusCode::OK { Ok(response) } else { Err(refusal(response).await?) }
    }

    /// Does something with a delayed event: `restart`, `send` or `cancel`. Its id is the right to do so.
    ///
    /// Source: MSC4140.
    pub async fn delayed_event(&self, delay_id: &str, action: &str) -> Result<(), ClientError> {
        let path = format!("/_matrix/client/unstable/org.matrix.msc4140/delayed_events/{}/{action}", segment(delay_id));
        answer::<Value>(self.http.post(format!("{}{path}", self.base)).json(&json!({}))).await.map(drop)
    }

    /// The name that a user shows; `None` when he shows none or does not exist.
    pub async fn display_name(&self, user_id: &str) -> Result<Option<String>, ClientError> {
        #[derive(Deserialize)]
        struct Profile {
            #[serde(default)]
            displayname: Option<String>,
        }
        let path = format!("/_matrix/client/v3/profile/{}/displayname", segment(user_id));
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(self.as_token.reveal());
        match answer::<Profile>(request).await {
            Ok(profile) => Ok(profile.displayname),
            Err(ClientError::Refused { status: 403 | 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Acting<'_> {
    async fn call<T: DeserializeOwned>(
        self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, ClientError> {
        let url = format!("{}/_matrix/client/v3{path}?user_id={}", self.client.base, segment(self.user_id));
        let mut request = self.client.http.request(method, url).bearer_auth(self.client.as_token.reveal());
        if let Some(body) = body {
            request = request.json(body);
        }
        answer(request).await
    }

    /// Makes a room and returns its id. Not idempotent: after an unknown outcome look whether it is there.
    pub async fn create_room(self, body: &Value) -> Result<String, ClientError> {
        #[derive(Deserialize)]
        struct Created {
            room_id: String,
        }
        Ok(self.call::<Created>(Method::POST, "/createRoom", Some(body)).await?.room_id)
    }

    /// Rooms that this user is in.
    pub async fn joined_rooms(self) -> Result<Vec<String>, ClientError> {
        #[derive(Deserialize)]
        struct Joined {
            joined_rooms: Vec<String>,
        }
        Ok(self.call::<Joined>(Method::GET, "/joined_rooms", None).await?.joined_rooms)
    }

    /// Content of one state event; `None` when there is none or this user may not see it.
    pub async fn state(self, room_id: &str, event_type: &str, state_key: &str) -> Result<Option<Value>, ClientError> {
        match self.call(Method::GET, &state_path(room_id, event_type, state_key), None).await {
            Ok(content) => Ok(Some(content)),
            Err(ClientError::Refused { status: 403 | 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sets one state event and returns its id.
    pub async fn set_state(
        self,
        room_id: &str,
        event_type: &str,
        state_key: &str,
        content: &Value,
    ) -> Result<String, ClientError> {
        #[derive(Deserialize)]
        struct Sent {
            event_id: String,
        }
        Ok(self.call::<Sent>(Method::PUT, &state_path(room_id, event_type, state_key), Some(content)).await?.event_id)
    }

    /// Whether `user_id` has this device, with its keys.
    pub async fn has_device(self, user_id: &str, device_id: &str) -> Result<bool, ClientError> {
        let body = json!({ "device_keys": { user_id: [device_id] } });
        let answer: Value = self.call(Method::POST, "/keys/query", Some(&body)).await?;
        let device =
            answer.get("device_keys").and_then(|users| users.get(user_id)).and_then(|user| user.get(device_id));
        Ok(device.is_some_and(Value::is_object))
    }

    /// The devices of `user_id` that have keys.
    pub async fn devices_of(self, user_id: &str) -> Result<Vec<String>, ClientError> {
        let body = json!({ "device_keys": { user_id: [] } });
        let answer: Value = self.call(Method::POST, "/keys/query", Some(&body)).await?;
        let devices = answer.get("device_keys").and_then(|users| users.get(user_id)).and_then(Value::as_object);
        Ok(devices.into_iter().flat_map(|devices| devices.keys().cloned()).collect())
    }

    /// How `user_id` stands to a room.
    pub async fn membership(self, room_id: &str, user_id: &str) -> Result<Membership, ClientError> {
        let content = self.state(room_id, "m.room.member", user_id).await?;
        let membership = content.as_ref().and_then(|content| content.get("membership")).and_then(Value::as_str);
        Ok(match membership {
            Some("join") => Membership::Joined,
            Some("invite") => Membership::Invited,
            Some("ban") => Membership::Banned,
            _ => Membership::Out,
        })
    }

    /// Comes into a room that this user is asked into, or that is open to him. Idempotent.
    pub async fn join(self, room_id: &str) -> Result<(), ClientError> {
        let path = format!("/rooms/{}/join", segment(room_id));
        self.call::<Value>(Method::POST, &path, Some(&json!({}))).await.map(drop)
    }

    /// Who is in a room, or asked in; empty where this user may not see it.
    pub async fn members(self, room_id: &str) -> Result<Vec<String>, ClientError> {
        #[derive(Deserialize)]
        struct Members {
            chunk: Vec<Value>,
        }
        let path = format!("/rooms/{}/members", segment(room_id));
        let chunk = match self.call::<Members>(Method::GET, &path, None).await {
            Ok(members) => members.chunk,
            Err(ClientError::Refused { status: 403 | 404, .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let is_there = |event: &&Value| matches!(event["content"]["membership"].as_str(), Some("join" | "invite"));
        let present = chunk.iter().filter(is_there);
        Ok(present.filter_map(|event| event["state_key"].as_str().map(str::to_owned)).collect())
    }

    /// Does not take an invitation, or leaves, and says why. Idempotent: one who is out stays so.
    pub async fn decline(self, room_id: &str, reason: &str) -> Result<(), ClientError> {
        let path = format!("/rooms/{}/leave", segment(room_id));
        match self.call::<Value>(Method::POST, &path, Some(&json!({ "reason": reason }))).await {
            Ok(_) | Err(ClientError::Refused { status: 400 | 403 | 404, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Asks `user_id` in. Idempotent: one who is in, or asked, stays so.
    pub async fn invite(self, room_id: &str, user_id: &str) -> Result<(), ClientError> {
        let path = format!("/rooms/{}/invite", segment(room_id));
        let body = json!({ "user_id": user_id });
        let Err(refusal) = self.call::<Value>(Method::POST, &path, Some(&body)).await else { return Ok(()) };
        if refusal.is("M_FORBIDDEN")
            && matches!(self.membership(room_id, user_id).await?, Membership::Joined | Membership::Invited)
        {
            return Ok(());
        }
        Err(refusal)
    }

    /// Takes `user_id` out, or takes his invitation back. Idempotent: one who is out stays so.
    pub async fn remove(self, room_id: &str, user_id: &str) -> Result<(), ClientError> {
        let path = format!("/rooms/{}/kick", segment(room_id));
        let body = json!({ "user_id": user_id });
        let Err(refusal) = self.call::<Value>(Method::POST, &path, Some(&body)).await else { return Ok(()) };
        let is_out = |membership| matches!(membership, Membership::Out | Membership::Banned);
        if matches!(refusal, ClientError::Refused { status: 403 | 404, .. })
            && is_out(self.membership(room_id, user_id).await?)
        {
            return Ok(());
        }
        Err(refusal)
    }

    /// Leaves a room and forgets it. Idempotent: one who is out stays so.
    pub async fn leave(self, room_id: &str) -> Result<(), ClientError> {
        for step in ["leave", "forget"] {
            let path = format!("/rooms/{}/{step}", segment(room_id));
            match self.call::<Value>(Method::POST, &path, Some(&json!({}))).await {
                Ok(_) | Err(ClientError::Refused { status: 400 | 403 | 404, .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Sets this user's name.
    pub async fn set_display_name(self, name: &str) -> Result<(), ClientError> {
        let path = format!("/profile/{}/displayname", segment(self.user_id));
        self.call::<Value>(Method::PUT, &path, Some(&json!({ "displayname": name }))).await.map(drop)
    }

    /// Makes this user, who is in the service's namespace. Idempotent.
    pub async fn register(self, localpart: &str) -> Result<(), ClientError> {
        let body = json!({ "type": "m.login.application_service", "username": localpart, "inhibit_login": true });
        let url = format!("{}/_matrix/client/v3/register", self.client.base);
        let request = self.client.http.post(url).bearer_auth(self.client.as_token.reveal()).json(&body);
        match answer::<Value>(request).await {
            Ok(_) => Ok(()),
            Err(error) if error.is("M_USER_IN_USE") => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn state_path(room_id: &str, event_type: &str, state_key: &str) -> String {
    format!("/rooms/{}/state/{}/{}", segment(room_id), segment(event_type), segment(state_key))
}

fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// Sends a request and reads the answer, or the Matrix error in it.
async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, ClientError> {
    let response = request.send().await.map_err(ClientError::Unreachable)?;
    if !matches!(response.status(), StatusCode::OK | StatusCode::CREATED) {
        return Err(refusal(response).await?);
    }
    let body = response.bytes().await.map_err(ClientError::Unreachable)?;
    serde_json::from_slice(&body).map_err(ClientError::BadAnswer)
}

/// The Matrix error in an answer.
async fn refusal(response: reqwest::Response) -> Result<ClientError, ClientError> {
    #[derive(Default, Deserialize)]
    struct Refusal {
        #[serde(default)]
        errcode: String,
        #[serde(default)]
        retry_after_ms: Option<u64>,
    }
    let status = response.status().as_u16();
    let body = response.bytes().await.map_err(ClientError::Unreachable)?;
    let Refusal { errcode, retry_after_ms } = serde_json::from_slice(&body).unwrap_or_default();
    Ok(ClientError::Refused { status, errcode, retry_after_ms })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use axum::extract::{Path, Query, State};
    use axum::http::{HeaderMap, StatusCode};
    use axum::routing::{delete, get, post};
    use axum::{Json, Router};
    use serde_json::{Value, json};

    use super::{AppserviceClient, ClientError, Membership};
    use crate::Secret;

    /// A homeserver that knows one room, whose members are given.
    async fn homeserver(membership: &'static str) -> String {
        let refuse = || async { (StatusCode::FORBIDDEN, Json(json!({ "errcode": "M_FORBIDDEN", "error": "no" }))) };
        let app = Router::new()
            .route("/_matrix/client/v3/rooms/{room}/invite", post(refuse))
            .route("/_matrix/client/v3/rooms/{room}/kick", post(refuse))
            .route("/_matrix/client/v3/rooms/{room}/state/{kind}/{key}", get(member))
            .route("/_matrix/client/v3/account/whoami", get(whoami))
            .with_state(membership);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        address
    }

    async fn member(
        State(membership): State<&'static str>,
        Path((room, kind, key)): Path<(String, String, String)>,
        Query(query): Query<Vec<(String, String)>>,
    ) -> Json<Value> {
        assert_eq!((room.as_str(), kind.as_str(), key.as_str()), ("!room/1?", "m.room.member", "@a:hs.test"));
        assert_eq!(query, [("user_id".to_owned(), "@keeper:hs.test".to_owned())]);
        Json(json!({ "membership": membership }))
    }

    async fn whoami(headers: HeaderMap) -> (StatusCode, Json<Value>) {
        if headers["authorization"] == "Bearer good" {
            (StatusCode::OK, Json(json!({ "user_id": "@a:hs.test", "chat.consilium.signed_in_at": 5 })))
        } else {
            (StatusCode::UNAUTHORIZED, Json(json!({ "errcode": "M_UNKNOWN_TOKEN" })))
        }
    }

    async fn client(membership: &'static str) -> AppserviceClient {
        let _already = rustls::crypto::ring::default_provider().install_default();
        AppserviceClient::new(homeserver(membership).await, Secret::new("as")).unwrap()
    }

    #[tokio::test]
    async fn inviting_one_who_is_in_and_removing_one_who_is_out_is_done_already() {
        let joined = client("join").await;
        joined.acting("@keeper:hs.test").invite("!room/1?", "@a:hs.test").await.unwrap();
        assert!(joined.acting("@keeper:hs.test").remove("!room/1?", "@a:hs.test").await.unwrap_err().is("M_FORBIDDEN"));
        let left = client("leave").await;
        left.acting("@keeper:hs.test").remove("!room/1?", "@a:hs.test").await.unwrap();
        assert!(left.acting("@keeper:hs.test").invite("!room/1?", "@a:hs.test").await.is_err());
        assert_eq!(left.acting("@keeper:hs.test").membership("!room/1?", "@a:hs.test").await.unwrap(), Membership::Out);
    }

    #[tokio::test]
    async fn a_medium_that_is_gone_is_removed_and_a_homeserver_that_cannot_remove_says_so() {
        let answer = |Path((server, id)): Path<(String, String)>| async move {
            match (server.as_str(), id.as_str()) {
                ("hs.test", "there/?") => (StatusCode::OK, Json(json!({}))),
                ("hs.test", _) => (StatusCode::NOT_FOUND, Json(json!({ "errcode": "M_NOT_FOUND" }))),
                _ => (StatusCode::NOT_FOUND, Json(json!({ "errcode": "M_UNRECOGNIZED" }))),
            }
        };
        let app = Router::new().route("/_matrix/client/unstable/chat.consilium/media/{server}/{id}", delete(answer));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = AppserviceClient::new(address, Secret::new("as")).unwrap();
        client.remove_media("hs.test", "there/?").await.unwrap();
        client.remove_media("hs.test", "gone").await.unwrap();
        assert!(client.remove_media("other.test", "x").await.unwrap_err().is("M_UNRECOGNIZED"));
    }

    #[tokio::test]
    async fn a_token_that_is_not_valid_is_nobody() {
        let client = client("join").await;
        let who = client.whoami("good").await.unwrap().unwrap();
        assert_eq!((who.user_id.as_str(), who.signed_in_at), ("@a:hs.test", Some(5)));
        assert!(client.whoami("bad").await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_homeserver_that_is_away_is_unreachable_and_may_pass() {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = AppserviceClient::new("http://127.0.0.1:1", Secret::new("as")).unwrap();
        let error = client.whoami("good").await.unwrap_err();
        assert!(matches!(error, ClientError::Unreachable(_)) && error.may_pass());
    }
}
