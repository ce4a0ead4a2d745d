//! Asking an address of the partner's own that the configuration names: a signer, a notary. Signed as webhooks are, under an id that stays the same when it is tried
//! again.
//!
//! Unlike webhooks, whose addresses supervisors give, it may lie in the partner's own network: whoever writes the configuration decides where it leads.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, header};
use tokio::sync::OnceCell;

use crate::config::OutwardConfig;
use crate::time::Time;
use crate::webhook::{Secret, Signed};

/// How long a connection may take to open.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// A signature with its whole chain of certificates is far below this. Unit: bytes.
const ANSWER_BYTES_MAX: usize = 256 << 10;
/// What a key begins with that is written as Standard Webhooks writes one.
const PREFIX: &str = "whsec_";
/// What we call ourselves.
const USER_AGENT: &str = concat!("Consilium/", env!("CARGO_PKG_VERSION"));

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: u16,
    /// Body.
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutwardError {
    /// It is not reached, or does not answer in time.
    #[error("it does not answer: {0}")]
    Silent(String),
    /// It says more than anybody needs.
    #[error("its answer has more than {ANSWER_BYTES_MAX} bytes")]
    TooLong,
}

impl From<reqwest::Error> for OutwardError {
    fn from(error: reqwest::Error) -> Self {
        // An address may hold a token.
        let error = error.without_url();
        let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
        Self::Silent(causes.fold(error.to_string(), |said, cause| format!("{said}: {cause}")))
    }
}

/// An address of the partner's.
pub(crate) struct Outward {
    config: OutwardConfig,
    key: Secret,
    /// Made for the first request: a command at the command line makes none.
    client: OnceCell<Client>,
}

impl Outward {
    pub(crate) fn new(config: &OutwardConfig) -> Self {
        let key = config.key.reveal();
        let decoded = key.strip_prefix(PREFIX).and_then(|encoded| STANDARD.decode(encoded).ok());
        let key = Secret::from_bytes(decoded.unwrap_or_else(|| key.as_bytes().to_vec()));
        Self { config: config.clone(), key, client: OnceCell::new() }
    }

    /// Posts a body under an id.
    pub(crate) async fn post(&self, id: &str, body: Vec<u8>, now: Time) -> Result<Answer, OutwardError> {
        let client = self.client.get_or_try_init(|| async { self.build() }).await?;
        let timestamp = now.as_millis().div_euclid(1_000);
        let signature = Signed { id, timestamp, body: &body }.header([&self.key]);
        let request = client
            .post(&self.config.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature);
        let mut response = request.body(body).send().await?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_BYTES_MAX {
                return Err(OutwardError::TooLong);
            }
        }
        Ok(Answer { status, body })
    }

    fn build(&self) -> reqwest::Result<Client> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_WITHIN)
            .timeout(self.config.answers_within);
        // Without encryption nobody shows a certificate: none are read.
        if self.config.url.starts_with("https:") { client.https_only(true) } else { client.tls_certs_only([]) }.build()
    }
}
