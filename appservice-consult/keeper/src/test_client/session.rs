//! Plain HTTP of the test client.

use std::borrow::Cow;

use reqwest::{Method, Url};
use ruma16::api::{
    IncomingResponse as _, MatrixVersion, OutgoingRequest, SupportedVersions,
    auth_scheme::{AuthScheme, SendAccessToken},
    path_builder::PathBuilder,
};
use serde_json::Value;

/// What went wrong in a test client.
#[derive(Debug, thiserror::Error)]
pub enum TestClientError {
    #[error("the homeserver refused {path} with {status} {body}")]
    Refused { path: String, status: u16, body: Value },
    #[error("the homeserver's answer has no usable `{0}`")]
    Answer(&'static str),
    #[error("no answer: {0}")]
    Http(#[from] reqwest::Error),
    #[error("crypto: {0}")]
    Crypto(String),
}

impl TestClientError {
    pub(super) fn crypto(error: impl std::fmt::Display) -> Self {
        Self::Crypto(error.to_string())
    }

    /// The error code of a refusal.
    pub fn errcode(&self) -> Option<&str> {
        match self {
            Self::Refused { body, .. } => body["errcode"].as_str(),
            _ => None,
        }
    }
}

pub(super) struct Session {
    client: reqwest::Client,
    base: Url,
    token: String,
}

impl Session {
    pub(super) fn anonymous(base_url: &str) -> Result<Self, TestClientError> {
        let base = Url::parse(base_url).map_err(TestClientError::crypto)?;
        Ok(Self { client: reqwest::Client::builder().build()?, base, token: String::new() })
    }

    pub(super) fn with_token(mut self, token: &str) -> Self {
        token.clone_into(&mut self.token);
        self
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    pub(super) async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Value, TestClientError> {
        self.send(Method::GET, path, query, None).await
    }

    pub(super) async fn post(&self, path: &[&str], body: Value) -> Result<Value, TestClientError> {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    pub(super) async fn put(&self, path: &[&str], body: Value) -> Result<Value, TestClientError> {
        self.send(Method::PUT, path, &[], Some(body)).await
    }

    pub(super) async fn upload(&self, content: Vec<u8>) -> Result<String, TestClientError> {
        let request = self.client.post(self.url(&["media", "v3", "upload"], &[])).bearer_auth(&self.token);
        let response = request.header("content-type", "application/octet-stream").body(content).send().await?;
        let answer: Value = response.error_for_status()?.json().await?;
        answer["content_uri"].as_str().map(str::to_owned).ok_or(TestClientError::Answer("content_uri"))
    }

    pub(super) async fn download(&self, server: &str, media_id: &str) -> Result<Vec<u8>, TestClientError> {
        let url = self.url(&["client", "v1", "media", "download", server, media_id], &[]);
        let response = self.client.get(url).bearer_auth(&self.token).send().await?;
        Ok(response.error_for_status()?.bytes().await?.into())
    }

    /// A request of the crypto machine.
    pub(super) async fn call<R>(&self, request: R) -> Result<R::IncomingResponse, TestClientError>
    where
        R: OutgoingRequest,
        for<'a> R::Authentication: AuthScheme<Input<'a> = SendAccessToken<'a>>,
        for<'a> R::PathBuilder: PathBuilder<Input<'a> = Cow<'a, SupportedVersions>>,
    {
        let versions =
            SupportedVersions { versions: [MatrixVersion::V1_11].into(), features: std::collections::BTreeSet::new() };
        let request: http::Request<Vec<u8>> = request
            .try_into_http_request(
                self.base.as_str(),
                SendAccessToken::IfRequired(&self.token),
                Cow::Borrowed(&versions),
            )
            .map_err(TestClientError::crypto)?;
        let response = self.client.execute(reqwest::Request::try_from(request)?).await?;
        let answer = http::Response::new(checked(response).await?);
        R::IncomingResponse::try_from_http_response(answer).map_err(TestClientError::crypto)
    }

    async fn send(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<Value>,
    ) -> Result<Value, TestClientError> {
        let mut request = self.client.request(method, self.url(path, query));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = checked(request.send().await?).await?;
        serde_json::from_slice(&answer).map_err(TestClientError::crypto)
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("_matrix").extend(path);
        }
        for (name, value) in query {
            url.query_pairs_mut().append_pair(name, value);
        }
        url
    }
}

async fn checked(response: reqwest::Response) -> Result<bytes::Bytes, TestClientError> {
    let (status, path) = (response.status(), response.url().path().to_owned());
    let body = response.bytes().await?;
    if status.is_success() {
        return Ok(body);
    }
    let body = serde_json::from_slice(&body).unwrap_or_default();
    Err(TestClientError::Refused { path, status: status.as_u16(), body })
}
