//! One attempt over HTTP. What an endpoint says besides its status is not read.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, StatusCode, Url, header};

use super::address::Reach;
use super::signature::Signed;
use super::store::Endpoint;
use crate::api::types::WebhookFailure;
use crate::time::Time;

/// How long an endpoint has to answer: the specification recommends 15 to 30 seconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// How long a connection may take to open.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// Connections to an endpoint that are kept for the next delivery.
const IDLE_CONNECTIONS: usize = 2;
/// What we call ourselves.
const USER_AGENT: &str = concat!("Consilium-Webhooks/", env!("CARGO_PKG_VERSION"));

/// An address that may not be reached.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the name leads to no address that may be reached")]
struct NotReached;

/// What an attempt gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// HTTP status; none: there was no answer.
    pub(super) status: Option<u16>,
    /// How long it took. Unit: milliseconds.
    pub(super) latency_ms: i64,
    /// Why it failed; none: it was taken.
    pub(super) failure: Option<WebhookFailure>,
    /// When the endpoint wants to be asked again. Unit: seconds.
    pub(super) retry_after_seconds: Option<i64>,
}

/// Sends. Without encryption only to private addresses, and only where they are allowed.
pub(super) struct Sender {
    reach: Reach,
    encrypted: Client,
    plain: Client,
}

impl Sender {
    /// Errors: the machine's trusted certificates cannot be read.
    pub(super) fn new(reach: Reach) -> reqwest::Result<Self> {
        let client = |only_private| {
            Client::builder()
                .user_agent(USER_AGENT)
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(CONNECT_WITHIN)
                .timeout(ANSWER_WITHIN)
                .pool_max_idle_per_host(IDLE_CONNECTIONS)
                .dns_resolver(Arc::new(Resolver { reach, only_private }))
        };
        // Without encryption nobody shows a certificate: none are read.
        let plain = client(true).tls_certs_only([]).build()?;
        Ok(Self { reach, encrypted: client(false).https_only(true).build()?, plain })
    }

    /// Sends a body to an endpoint.
    pub(super) async fn send(&self, endpoint: &Endpoint, id: &str, body: Vec<u8>, now: Time) -> Answer {
        let began = tokio::time::Instant::now();
        let sent = self.try_to_send(endpoint, id, body, now).await;
        let latency_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        match sent {
            Ok(response) => Answer {
                status: Some(response.status().as_u16()),
                latency_ms,
                failure: failure_of(response.status()),
                retry_after_seconds: retry_after(&response),
            },
            Err(failure) => Answer { status: None, latency_ms, failure: Some(failure), retry_after_seconds: None },
        }
    }

    async fn try_to_send(
        &self,
        endpoint: &Endpoint,
        id: &str,
        body: Vec<u8>,
        now: Time,
    ) -> Result<reqwest::Response, WebhookFailure> {
        let url = Url::parse(&endpoint.url).map_err(|_| WebhookFailure::Connection)?;
        if !may_reach(self.reach, &url) {
            return Err(WebhookFailure::Address);
        }
        let client = if url.scheme() == "https" { &self.encrypted } else { &self.plain };
        let timestamp = now.as_millis().div_euclid(1_000);
        let signature = Signed { id, timestamp, body: &body }.header(endpoint.secrets(now));
        let request = client
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature);
        request.body(body).send().await.map_err(|error| failure_in(&error))
    }
}

/// Whether a URL can lead to an address that may be reached: a literal is judged here, for no resolver sees it; a name when it is resolved.
pub(super) fn may_reach(reach: Reach, url: &Url) -> bool {
    let is_plain = url.scheme() == "http";
    if url.scheme() != "https" && !(is_plain && reach == Reach::Private) {
        return false;
    }
    let literal: Option<IpAddr> = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse().ok());
    literal.is_none_or(|address| allows(reach, is_plain, address))
}

fn allows(reach: Reach, only_private: bool, address: IpAddr) -> bool {
    reach.allows(address) && (!only_private || super::address::is_private(address.to_canonical()))
}

/// Resolves names, and gives only addresses that may be reached: what it gives is what the connection is made to.
struct Resolver {
    reach: Reach,
    only_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, only_private) = (self.reach, self.only_private);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| allows(reach, only_private, address.ip())).collect();
            if allowed.is_empty() {
                return Err(NotReached.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

fn failure_of(status: StatusCode) -> Option<WebhookFailure> {
    match status {
        status if status.is_success() => None,
        StatusCode::GONE => Some(WebhookFailure::Gone),
        status if status.is_redirection() => Some(WebhookFailure::Redirect),
        _ => Some(WebhookFailure::Status),
    }
}

fn failure_in(error: &reqwest::Error) -> WebhookFailure {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NotReached>() {
            return WebhookFailure::Address;
        }
        cause = error.source();
    }
    if error.is_timeout() { WebhookFailure::Timeout } else { WebhookFailure::Connection }
}

/// Only the form in seconds; a date is rare, and the schedule is good enough then.
fn retry_after(response: &reqwest::Response) -> Option<i64> {
    response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use reqwest::Url;

    use super::may_reach;
    use crate::webhook::address::Reach;

    fn reached(reach: Reach, url: &str) -> bool {
        may_reach(reach, &Url::parse(url).unwrap())
    }

    #[test]
    fn a_literal_is_judged_however_it_is_written() {
        for url in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "http://93.184.216.34/",
            "http://crm.example/",
            "ftp://crm.example/",
        ] {
            assert!(!reached(Reach::Public, url), "{url}");
        }
        for url in ["https://crm.example/hook", "https://93.184.216.34/", "https://[2606:4700::1111]:8443/"] {
            assert!(reached(Reach::Public, url), "{url}");
        }
    }

    #[test]
    fn without_encryption_only_private_addresses_are_reached() {
        for (url, allowed) in [
            ("http://127.0.0.1:9/hook", true),
            ("http://[fd00::1]/", true),
            ("https://10.0.0.1/", true),
            ("http://93.184.216.34/", false),
            ("http://169.254.169.254/", false),
            ("https://169.254.169.254/", false),
        ] {
            assert_eq!(reached(Reach::Private, url), allowed, "{url}");
        }
    }
}
