//! HTTP to the homeserver, masquerading as the keeper's user and, once it exists, as its device. No decisions.

use std::{borrow::Cow, time::Duration};

use bytes::Bytes;
use reqwest::{Method, Url};
use ruma16::{
    OwnedDeviceId, OwnedUserId,
    api::{
        AppserviceUserIdentity, IncomingResponse, MatrixVersion, OutgoingRequest, OutgoingRequestAppserviceExt,
        SupportedVersions,
        auth_scheme::{AuthScheme, SendAccessToken},
        path_builder::PathBuilder,
    },
};
use serde_json::{Value, json};

use crate::{KeeperError, Secret};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A request that takes longer is given up; what it asked is repeated with the same transaction id.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// A bundle of 1,000 sessions is 530 kB; this is sixty times as much.
const BUNDLE_SIZE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Clients take a bundle up to 24 hours after they joined (matrix-sdk-crypto); one more is for late ones.
const BUNDLE_LIFETIME_MS: u64 = 25 * 60 * 60 * 1_000;

#[derive(Clone, Debug)]
pub(crate) struct Homeserver {
    client: reqwest::Client,
    base: Url,
    token: Secret,
    user: OwnedUserId,
    device: Option<OwnedDeviceId>,
    versions: SupportedVersions,
}

impl Homeserver {
    pub(crate) fn new(base_url: &str, token: Secret, user: OwnedUserId) -> Result<Self, KeeperError> {
        let base =
            Url::parse(base_url).ok().filter(|url| !url.cannot_be_a_base()).ok_or_else(|| KeeperError::Config {
                setting: "homeserver_url",
                problem: format!("`{base_url}` is no address like http://127.0.0.1:8008"),
            })?;
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .build()
            .map_err(|error| KeeperError::Unreachable(error.into()))?;
        let versions =
            SupportedVersions { versions: [MatrixVersion::V1_11].into(), features: std::collections::BTreeSet::new() };
        Ok(Self { client, base, token, user, device: None, versions })
    }

    /// From now on requests name this device.
    pub(crate) fn with_device(mut self, device: OwnedDeviceId) -> Self {
        self.device = Some(device);
        self
    }

    /// For the requests that come before the device exists.
    pub(crate) fn without_device(mut self) -> Self {
        self.device = None;
        self
    }

    /// A request of the crypto machine, as ruma makes it.
    pub(crate) async fn call<R>(&self, request: R) -> Result<R::IncomingResponse, KeeperError>
    where
        R: OutgoingRequest,
        for<'a> R::Authentication: AuthScheme<Input<'a> = SendAccessToken<'a>>,
        for<'a> R::PathBuilder: PathBuilder<Input<'a> = Cow<'a, SupportedVersions>>,
    {
        let mut identity = AppserviceUserIdentity::new(&self.user);
        identity.device_id = self.device.as_deref();
        let request: http::Request<Vec<u8>> = request
            .try_into_http_request_with_identity(
                self.base.as_str(),
                SendAccessToken::Appservice(self.token.reveal()),
                identity,
                Cow::Borrowed(&self.versions),
            )
            .map_err(KeeperError::crypto)?;
        let request = reqwest::Request::try_from(request).map_err(KeeperError::crypto)?;
        let response = self.execute(request).await?;
        let mut answer = http::Response::new(body(response).await?);
        *answer.status_mut() = http::StatusCode::OK;
        R::IncomingResponse::try_from_http_response(answer).map_err(|error| KeeperError::BadAnswer {
            request: std::any::type_name::<R>(),
            source: error.to_string().into(),
        })
    }

    /// `POST /register` by the application service. A user who exists is fine.
    pub(crate) async fn register(&self, localpart: &str) -> Result<(), KeeperError> {
        let body =
            json!({ "type": "m.login.application_service", "username": localpart, "inhibit_login": true }).to_string();
        let request = self
            .client
            .post(self.bare_url(&["client", "v3", "register"]))
            .bearer_auth(self.token.reveal())
            .header("content-type", "application/json")
            .body(body)
            .build()
            .map_err(|error| KeeperError::Unreachable(error.into()))?;
        match self.execute(request).await {
            Ok(_) => Ok(()),
            Err(KeeperError::Refused { errcode, .. }) if errcode == "M_USER_IN_USE" => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// `PUT /devices/{id}` (Matrix 1.17, MSC4190): makes the device at need.
    pub(crate) async fn create_device(&self, device: &str, name: &str) -> Result<(), KeeperError> {
        self.json(Method::PUT, &["client", "v3", "devices", device], Some(json!({ "display_name": name })))
            .await
            .map(drop)
    }

    /// `DELETE /devices/{id}`. A device that is gone is fine.
    pub(crate) async fn delete_device(&self, device: &str) -> Result<(), KeeperError> {
        match self.json(Method::DELETE, &["client", "v3", "devices", device], Some(json!({}))).await {
            Err(KeeperError::Refused { status: 404, .. }) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Names of the user's devices.
    pub(crate) async fn devices(&self) -> Result<Vec<String>, KeeperError> {
        let answer = self.json(Method::GET, &["client", "v3", "devices"], None).await?;
        let devices = answer["devices"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(devices.iter().filter_map(|device| device["device_id"].as_str()).map(str::to_owned).collect())
    }

    pub(crate) async fn joined_rooms(&self) -> Result<Vec<String>, KeeperError> {
        let answer = self.json(Method::GET, &["client", "v3", "joined_rooms"], None).await?;
        let rooms = answer["joined_rooms"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(rooms.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// The whole state of a room, events in client format.
    pub(crate) async fn room_state(&self, room: &str) -> Result<Vec<Value>, KeeperError> {
        let answer = self.json(Method::GET, &["client", "v3", "rooms", room, "state"], None).await?;
        answer.as_array().cloned().ok_or_else(|| bad_answer("GET /rooms/{roomId}/state", "not a list"))
    }

    /// Who is in the room or invited now: `m.room.member` events in client format, all memberships.
    pub(crate) async fn members(&self, room: &str) -> Result<Vec<Value>, KeeperError> {
        let answer = self.json(Method::GET, &["client", "v3", "rooms", room, "members"], None).await?;
        answer["chunk"].as_array().cloned().ok_or_else(|| bad_answer("GET /rooms/{roomId}/members", "no `chunk`"))
    }

    /// Sends a message event; gives its id. Idempotent by `txn_id`.
    pub(crate) async fn send_event(
        &self,
        room: &str,
        event_type: &str,
        txn_id: &str,
        content: Value,
    ) -> Result<String, KeeperError> {
        let path = ["client", "v3", "rooms", room, "send", event_type, txn_id];
        let answer = self.json(Method::PUT, &path, Some(content)).await?;
        answer["event_id"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| bad_answer("PUT /rooms/{roomId}/send", "no `event_id`"))
    }

    /// Uploads ciphertext of a bundle; gives its `mxc://` address. Our homeserver deletes it when its time is over, others keep it.
    pub(crate) async fn upload(&self, ciphertext: Vec<u8>) -> Result<String, KeeperError> {
        let mut url = self.url(&["media", "v3", "upload"]);
        url.query_pairs_mut().append_pair("chat.consilium.lifetime_ms", &BUNDLE_LIFETIME_MS.to_string());
        let request = self
            .client
            .post(url)
            .bearer_auth(self.token.reveal())
            .header("content-type", "application/octet-stream")
            .body(ciphertext)
            .build()
            .map_err(|error| KeeperError::Unreachable(error.into()))?;
        let answer = value("POST /media/upload", &body(self.execute(request).await?).await?)?;
        answer["content_uri"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| bad_answer("POST /media/upload", "no `content_uri`"))
    }

    /// Downloads a key bundle, at most [`BUNDLE_SIZE_BYTES_MAX`].
    pub(crate) async fn download(&self, server: &str, media_id: &str) -> Result<Vec<u8>, KeeperError> {
        let request = self
            .client
            .get(self.url(&["client", "v1", "media", "download", server, media_id]))
            .bearer_auth(self.token.reveal())
            .build()
            .map_err(|error| KeeperError::Unreachable(error.into()))?;
        let mut response = self.execute(request).await?;
        let mut content = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| KeeperError::Unreachable(error.into()))? {
            if content.len() + chunk.len() > BUNDLE_SIZE_BYTES_MAX {
                return Err(bad_answer("GET /media/download", "the key bundle is larger than 32 MiB"));
            }
            content.extend_from_slice(&chunk);
        }
        Ok(content)
    }

    async fn json(&self, method: Method, path: &[&str], content: Option<Value>) -> Result<Value, KeeperError> {
        let mut request = self.client.request(method, self.url(path)).bearer_auth(self.token.reveal());
        if let Some(content) = content {
            request = request.header("content-type", "application/json").body(content.to_string());
        }
        let request = request.build().map_err(|error| KeeperError::Unreachable(error.into()))?;
        value("a request", &body(self.execute(request).await?).await?)
    }

    async fn execute(&self, request: reqwest::Request) -> Result<reqwest::Response, KeeperError> {
        let response =
            self.client.execute(request).await.map_err(|error| KeeperError::Unreachable(error.without_url().into()))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status().as_u16();
        let problem: Value = serde_json::from_slice(&body(response).await?).unwrap_or_default();
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        Err(KeeperError::Refused { status, errcode: text("errcode"), message: text("error") })
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.bare_url(path);
        url.query_pairs_mut().append_pair("user_id", self.user.as_str());
        if let Some(device) = &self.device {
            url.query_pairs_mut().append_pair("device_id", device.as_str());
        }
        url
    }

    fn bare_url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("_matrix").extend(path);
        }
        url
    }
}

async fn body(response: reqwest::Response) -> Result<Bytes, KeeperError> {
    response.bytes().await.map_err(|error| KeeperError::Unreachable(error.without_url().into()))
}

fn value(request: &'static str, body: &[u8]) -> Result<Value, KeeperError> {
    serde_json::from_slice(body).map_err(|error| KeeperError::BadAnswer { request, source: error.into() })
}

fn bad_answer(request: &'static str, problem: &'static str) -> KeeperError {
    KeeperError::BadAnswer { request, source: problem.into() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_user_and_device_and_escape_what_they_carry() {
        install_tls();
        let user: OwnedUserId = "@keeper:hs.test".try_into().unwrap();
        let server = Homeserver::new("http://127.0.0.1:1/base/", Secret::new("t"), user).unwrap();
        let address = server.url(&["client", "v3", "rooms", "!a/b?c:hs.test", "state"]);
        assert_eq!(
            address.as_str(),
            "http://127.0.0.1:1/base/_matrix/client/v3/rooms/!a%2Fb%3Fc:hs.test/state?user_id=%40keeper%3Ahs.test"
        );
        let address = server.with_device("KEEPER1".into()).url(&["client", "v3", "joined_rooms"]);
        assert!(address.as_str().ends_with("?user_id=%40keeper%3Ahs.test&device_id=KEEPER1"), "{address}");
    }

    #[test]
    fn a_wrong_base_address_is_named() {
        let user: OwnedUserId = "@keeper:hs.test".try_into().unwrap();
        let refusal = Homeserver::new("nonsense", Secret::new("t"), user).unwrap_err().to_string();
        assert!(refusal.contains("homeserver_url"), "{refusal}");
    }

    fn install_tls() {
        let _already = rustls::crypto::ring::default_provider().install_default();
    }
}
