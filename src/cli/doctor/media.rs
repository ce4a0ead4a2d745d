//! Whether calls have their media server: it is reached with the key, and its webhook finds its way here.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use consilium_config::{Calls, Config};
use consilium_consult::call::{LiveKit, MediaError, MediaServer as _};

use super::certificate;
use super::finding::Finding;
use super::outside::{Answer, Failure, Outside};

const CHECK: &str = "calls";
const WEBHOOK: &str = "webhook";
/// A room that nobody makes: asking for it needs the key's right and changes nothing.
const ROOM: &str = "consilium-doctor";
/// What our webhook answers to a text that is no event, before it looks at a signature.
const NOT_AN_EVENT: u16 = 415;

/// What was found.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Whether a brand offers calls.
    pub is_wanted: bool,
    /// `None`: no media server is configured.
    pub server: Option<Server>,
}

/// A configured media server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its address as browsers reach it, and what it answers there to anybody.
    pub url: String,
    pub outside: Result<Answer, Failure>,
    /// Its address as this process reaches it, and what it answers there to the key.
    pub address: String,
    pub answer: Result<(), MediaError>,
    pub webhook: SocketAddr,
    /// What our webhook answered; `None`: it is not there.
    pub webhook_status: Option<u16>,
    /// Whether a process runs that has to answer there.
    pub serves: bool,
}

/// Asks the media server, and our webhook as the media server would.
pub async fn look(config: &Config, is_wanted: bool, serves: bool, outside: &Outside) -> Facts {
    let Calls { livekit_url, livekit_api_url, api_key, api_secret, webhook_listen, .. } = &config.calls;
    let (Some(url), Some(key), Some(secret)) = (livekit_url, api_key, api_secret) else {
        return Facts { is_wanted, server: None };
    };
    if !config.consult.enabled {
        return Facts { is_wanted, server: None };
    }
    let address = livekit_api_url.as_ref().unwrap_or(url);
    let answer = LiveKit::new(address, key, secret.expose()).presence(ROOM).await.map(drop);
    let seen = outside.get(&as_http(url), None).await;
    let status = outside.post_nothing(&format!("http://{}/webhook", reached(*webhook_listen))).await;
    let server = Server {
        url: url.clone(),
        outside: seen,
        address: address.clone(),
        answer,
        webhook: *webhook_listen,
        webhook_status: status,
        serves,
    };
    Facts { is_wanted, server: Some(server) }
}

impl Facts {
    /// The media server's clock, where it is another machine: whose, and how far ahead.
    pub fn clock(&self) -> Option<(String, i64)> {
        let server = self.server.as_ref().filter(|server| !is_here(&server.url))?;
        Some((server.url.clone(), server.outside.as_ref().ok()?.ahead_ms?))
    }
}

/// A WebSocket's address as one asks it for a page.
fn as_http(url: &str) -> String {
    url.strip_prefix("ws").map_or_else(|| url.to_owned(), |rest| format!("http{rest}"))
}

/// Where this machine comes to a listener.
fn reached(listener: SocketAddr) -> SocketAddr {
    let ip = if listener.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { listener.ip() };
    SocketAddr::new(ip, listener.port())
}

/// What it comes to.
pub fn judge(facts: &Facts, now_ms: i64) -> Vec<Finding> {
    let Some(server) = &facts.server else {
        return if facts.is_wanted {
            let remedy = "Name a LiveKit server in [calls], or set `features.calls = false` in brand.toml.";
            vec![Finding::warning(CHECK, "The brand offers calls, and there is no media server.", remedy)]
        } else {
            vec![Finding::fine(CHECK, "There is no media server, and no brand offers calls.")]
        };
    };
    let mut found = vec![answer(server)];
    found.extend(seen(server, now_ms));
    if !facts.is_wanted {
        let remedy = "Set `features.calls = true` in brand.toml, if patients are to see them.";
        found.push(Finding::hint(CHECK, "There is a media server, and no brand offers calls.", remedy));
    }
    found.extend(webhook(server));
    found
}

fn answer(Server { address, answer, .. }: &Server) -> Finding {
    match answer {
        Ok(()) => Finding::fine(CHECK, format!("The media server at {address} answers to the key.")),
        Err(MediaError::Unreachable(why)) => {
            let remedy = "Start it, or correct calls.livekit_api_url (livekit_url where that is not given).";
            Finding::broken(CHECK, format!("The media server at {address} does not answer: {why}."), remedy)
        }
        Err(MediaError::Refused(why)) => {
            let remedy = "Name a key that stands in `keys` of its own configuration, with its secret, in calls.api_key and api_secret.";
            Finding::broken(CHECK, format!("The media server at {address} refuses the key: {why}."), remedy)
        }
    }
}

/// How browsers find it; nothing is said twice where this process goes the same way.
fn seen(Server { url, outside, address, answer, .. }: &Server, now_ms: i64) -> Option<Finding> {
    let host = as_http(url).parse::<reqwest::Url>().ok()?.host_str()?.to_owned();
    match outside {
        Ok(answer) => {
            as_http(url).starts_with("https:").then(|| certificate::judge(&host, answer.certificate_end_ms, now_ms))
        }
        Err(Failure::Certificate(why)) => Some(certificate::refused(&host, why)),
        Err(_) if url == address && answer.is_err() => None,
        Err(Failure::NoName) => {
            let says = format!("The name {host} leads nowhere (DNS): browsers do not find the media server.");
            let remedy = format!(
                "At whoever keeps your domain, let {host} lead to the media server: an A record with its address."
            );
            Some(Finding::broken(CHECK, says, remedy))
        }
        Err(Failure::Silent(why)) => {
            let says = format!("The media server is not reached at {url}, where browsers look for it: {why}.");
            let remedy = "See that it and its proxy run, and that a firewall lets its port through; or correct calls.livekit_url.";
            Some(Finding::broken(CHECK, says, remedy))
        }
    }
}

fn webhook(server: &Server) -> Option<Finding> {
    let Server { address, webhook, webhook_status, serves, .. } = server;
    if webhook.ip().is_loopback() && !is_here(address) {
        let says =
            format!("The media server at {address} is another machine, and its events are awaited at {webhook}.");
        let remedy = "Set calls.webhook_listen to an address that only the media server reaches, and name it in its `webhook.urls`.";
        return Some(Finding::warning(WEBHOOK, says, remedy));
    }
    if !serves {
        return None;
    }
    Some(match webhook_status {
        Some(NOT_AN_EVENT) => {
            Finding::fine(WEBHOOK, format!("Events of the media server are taken at http://{webhook}/webhook."))
        }
        other => {
            let other = other.map_or_else(|| "nobody answers".to_owned(), |status| format!("status {status}"));
            let says = format!("http://{webhook}/webhook is not ours ({other}): who is in a call is learned late.");
            let remedy = "Restart the service; if something else listens there, set another calls.webhook_listen.";
            Finding::broken(WEBHOOK, says, remedy)
        }
    })
}

/// Whether a URL leads to this machine by a loopback name.
pub(super) fn is_here(url: &str) -> bool {
    let url = reqwest::Url::parse(url);
    let host = url.ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Answer, Facts, Failure, MediaError, Server, as_http, is_here, judge};
    use crate::cli::doctor::finding::{Finding, Level};
    use crate::cli::doctor::outside::Distrust;

    const NOW: i64 = 1_800_000_000_000;

    fn server() -> Server {
        Server {
            url: "ws://127.0.0.1:7880".to_owned(),
            outside: Ok(Answer::default()),
            address: "ws://127.0.0.1:7880".to_owned(),
            answer: Ok(()),
            webhook: "127.0.0.1:8010".parse().unwrap(),
            webhook_status: Some(415),
            serves: true,
        }
    }

    fn found(is_wanted: bool, server: Option<Server>) -> Vec<Finding> {
        judge(&Facts { is_wanted, server }, NOW)
    }

    fn levels(is_wanted: bool, server: Option<Server>) -> Vec<Level> {
        found(is_wanted, server).iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn calls_that_are_offered_need_a_media_server() {
        assert_eq!(levels(false, None), [Level::Fine]);
        assert_eq!(levels(true, None), [Level::Warning]);
        assert_eq!(levels(true, Some(server())), [Level::Fine, Level::Fine]);
        assert_eq!(levels(false, Some(server())), [Level::Fine, Level::Hint, Level::Fine]);
    }

    #[test]
    fn silence_and_a_refused_key_have_remedies_of_their_own() {
        let silent = Server { answer: Err(MediaError::Unreachable("refused".to_owned())), ..server() };
        let refused = Server { answer: Err(MediaError::Refused("unauthenticated".to_owned())), ..server() };
        for (server, remedy) in [(silent, "livekit_api_url"), (refused, "calls.api_key")] {
            let found = found(true, Some(server));
            assert_eq!(found[0].level, Level::Broken);
            assert!(found[0].remedy.as_deref().unwrap().contains(remedy), "{found:?}");
        }
    }

    #[test]
    fn the_webhook_has_to_be_ours_and_within_reach_of_the_media_server() {
        for status in [None, Some(404), Some(200)] {
            let found = found(true, Some(Server { webhook_status: status, ..server() }));
            assert!(found[1].check == "webhook" && found[1].level == Level::Broken, "{found:?}");
        }
        let idle = Server { webhook_status: None, serves: false, ..server() };
        assert_eq!(levels(true, Some(idle)), [Level::Fine]);
        let elsewhere = Server { address: "wss://media.yew.example".to_owned(), ..server() };
        assert!(found(true, Some(elsewhere))[1].says.contains("is another machine"));
    }

    #[test]
    fn browsers_have_to_find_it_too() {
        let public = |outside| Server {
            url: "wss://media.yew.example".to_owned(),
            outside,
            webhook: "10.0.0.1:8010".parse().unwrap(),
            ..server()
        };
        let second = |outside| found(true, Some(public(outside))).remove(1);
        let ends = Answer { certificate_end_ms: Some(NOW + 5 * 86_400_000), ..Answer::default() };
        let found = second(Ok(ends));
        assert!(found.level == Level::Warning && found.says.contains("media.yew.example ends in 5 days"), "{found:?}");
        for (failure, check, says) in [
            (Failure::Certificate(Distrust::Expired), "certificate", "media.yew.example has ended"),
            (Failure::NoName, "calls", "media.yew.example leads nowhere"),
            (Failure::Silent("nobody listens there".to_owned()), "calls", "where browsers look for it"),
        ] {
            let found = second(Err(failure));
            assert!(found.check == check && found.level == Level::Broken && found.says.contains(says), "{found:?}");
        }
        let silent = Server {
            outside: Err(Failure::NoName),
            answer: Err(MediaError::Unreachable("no name".to_owned())),
            ..server()
        };
        assert_eq!(levels(true, Some(silent)), [Level::Broken, Level::Fine], "it is said once");
    }

    #[test]
    fn the_clock_of_another_machine_is_looked_at() {
        let answer = Answer { ahead_ms: Some(25_000), ..Answer::default() };
        let facts = |url: &str| {
            let server = Server { url: url.to_owned(), outside: Ok(answer.clone()), ..server() };
            Facts { is_wanted: true, server: Some(server) }
        };
        assert_eq!(facts("wss://media.yew.example").clock(), Some(("wss://media.yew.example".to_owned(), 25_000)));
        assert_eq!(facts("ws://127.0.0.1:7880").clock(), None);
        assert_eq!(
            (as_http("ws://a"), as_http("wss://a"), as_http("https://a")),
            ("http://a".to_owned(), "https://a".to_owned(), "https://a".to_owned())
        );
    }

    #[test]
    fn loopback_is_told_from_other_machines() {
        for url in ["ws://127.0.0.1:7880", "http://localhost:7880", "ws://[::1]:7880"] {
            assert!(is_here(url), "{url}");
        }
        assert!(!is_here("wss://media.yew.example") && !is_here("nonsense"));
    }
}
