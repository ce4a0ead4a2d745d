//! Checks that need more than one key, or more than a type can say. Each finding names the key and the remedy.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;

use crate::{Config, RegistrationPolicy, Tenant, TenantSlug};

/// One thing that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key, as it is written in the file: `tenants.demo-clinic.origins.console`.
    pub key: String,
    /// What is wrong with it.
    pub what: String,
    /// What to do.
    pub remedy: String,
    /// A short word for what is wrong, by which an app finds its own sentence; none: it has none.
    pub code: Option<&'static str>,
    /// What such a sentence names: bounds, a language, a name.
    pub params: BTreeMap<&'static str, String>,
}

impl Problem {
    /// What is wrong with a key, and what to do.
    pub fn new(key: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { key: key.into(), what: what.into(), remedy: remedy.into(), code: None, params: BTreeMap::new() }
    }

    /// The same, with the word by which an app finds its own sentence.
    pub(crate) fn code(&mut self, code: &'static str) -> &mut Self {
        self.code = Some(code);
        self
    }

    /// The same, with something that such a sentence names.
    pub(crate) fn with(&mut self, name: &'static str, value: impl fmt::Display) -> &mut Self {
        self.params.insert(name, value.to_string());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}. {}", self.key, self.what, self.remedy)
    }
}

/// The problems as lines of a message.
pub fn list(problems: &[Problem]) -> String {
    problems.iter().fold(String::new(), |lines, problem| lines + "\n  - " + &problem.to_string())
}

/// Problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Problem>);

impl Findings {
    pub(crate) fn add(&mut self, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Problem::new(key, what, remedy));
    }

    /// The same, given back so that a code is put to it: what the console shows has one.
    pub(crate) fn refuse(&mut self, key: &str, what: impl Into<String>, remedy: impl Into<String>) -> &mut Problem {
        self.add(key, what, remedy);
        self.0.last_mut().expect("it was pushed a moment ago")
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}

/// Whether `text` is a short name: 1 to 32 of `a-z 0-9 -`, a letter first.
pub(crate) fn is_slug(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&text.len()) && text.as_bytes()[0].is_ascii_lowercase() && text.bytes().all(allowed)
}

/// Whether only one of two addresses can be listened on: they are the same, or one stands for the other too.
fn exclude(one: SocketAddr, other: SocketAddr) -> bool {
    // `::` takes IPv4 as well.
    let covers = |all: SocketAddr, one: SocketAddr| {
        all.ip() == one.ip() || all.ip().is_unspecified() && (all.is_ipv6() || one.is_ipv4())
    };
    one.port() != 0 && one.port() == other.port() && (covers(one, other) || covers(other, one))
}

impl Config {
    /// Everything that is wrong with this configuration; empty when it can be used. Reads no file.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Findings::default();
        self.check_listeners(&mut found);
        self.check_limits(&mut found);
        self.check_consult(&mut found);
        self.check_calls(&mut found);
        self.check_rtc_once(&mut found);
        self.check_tenants(&mut found);
        self.check_hosts(&mut found);
        found.into_problems()
    }

    fn check_listeners(&self, found: &mut Findings) {
        let takes_webhooks = self.consult.enabled && self.calls.livekit_url.is_some();
        let webhooks = takes_webhooks.then_some(self.calls.webhook_listen);
        let own_port = "Give it a port of its own.";
        let or_by_host = "Give the console a port of its own, or an empty text to tell the apps apart by host.";
        let listeners = [
            ("listeners.public", Some(self.listeners.public), own_port),
            ("listeners.console", self.listeners.console, or_by_host),
            ("metrics.listen", self.metrics.listen, own_port),
            ("calls.webhook_listen", webhooks, own_port),
        ];
        for (at, (key, address, remedy)) in listeners.iter().enumerate() {
            let in_the_way = |other: &SocketAddr| address.is_some_and(|address| exclude(address, *other));
            let taken = listeners[..at].iter().find(|(_, other, _)| other.as_ref().is_some_and(in_the_way));
            if let Some((other, ..)) = taken {
                found.add(key, format!("{other} listens there already"), *remedy);
            }
        }
    }

    fn check_limits(&self, found: &mut Findings) {
        for (key, limit) in self.rate_limits.all() {
            if !(limit.per_second.is_finite() && limit.per_second > 0.0 && limit.burst > 0) {
                let key = format!("rate_limits.{key}");
                let remedy =
                    "Set per_second above 0 and burst to at least 1; `rate_limits.enabled = false` turns all off.";
                found.add(&key, "it allows nothing", remedy);
            }
        }
        let at_least_one = [
            ("http.body_bytes_max", self.http.body_bytes_max as u64),
            ("http.request_timeout_seconds", self.http.request_timeout_seconds),
            ("http.sync_timeout_seconds_max", self.http.sync_timeout_seconds_max),
            ("http.appservice_timeout_seconds", self.http.appservice_timeout_seconds),
            ("http.connections_max", self.http.connections_max as u64),
            ("media.upload_bytes_max", self.media.upload_bytes_max),
            ("media.thumbnail_source_pixels_max", self.media.thumbnail_source_pixels_max),
            ("media.thumbnail_workers", self.media.thumbnail_workers as u64),
            ("consult.operator_away_after_seconds", self.consult.operator_away_after_seconds),
            ("consult.event_backlog", self.consult.event_backlog as u64),
        ];
        for (key, _) in at_least_one.into_iter().filter(|(_, value)| *value == 0) {
            found.add(key, "it is 0", "Set at least 1.");
        }
        if self.media.tenant_bytes_max != 0 && self.media.tenant_bytes_max < self.media.upload_bytes_max {
            let remedy = "Raise it, lower upload_bytes_max, or set 0 for no quota.";
            found.add("media.tenant_bytes_max", "one allowed upload does not fit in", remedy);
        }
        for size in &self.media.thumbnail_sizes {
            if ![size.width, size.height].iter().all(|side| (1..=2000).contains(side)) {
                let what = format!("{}×{} is no size to make", size.width, size.height);
                found.add("media.thumbnail_sizes", what, "Use sides of 1 to 2000 pixels.");
            }
        }
    }

    fn check_consult(&self, found: &mut Findings) {
        let consult = &self.consult;
        if consult.token_cache_seconds > 10 {
            found.add("consult.token_cache_seconds", "a signed-out token would live on too long", "Set at most 10.");
        }
        if consult.note_mention_hours == 0 {
            found.add("consult.note_mention_hours", "a mention would open nothing", "Set at least 1.");
        }
        let localpart = consult.keeper_localpart.as_str();
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._=-/+".contains(&byte);
        if localpart.is_empty() || !localpart.bytes().all(allowed) {
            found.add(
                "consult.keeper_localpart",
                format!("`{localpart}` is not a localpart"),
                "Use a-z 0-9 . _ = - / +.",
            );
        }
        match &consult.keeper_key_file {
            None if consult.enabled => {
                let remedy =
                    "Name a file outside data_dir, such as /etc/consilium/keeper.key, or set consult.enabled = false.";
                found.add("consult.keeper_key_file", "it is missing", remedy);
            }
            Some(file) if file.starts_with(&self.data_dir) => {
                let remedy = "Name a file elsewhere: a copy of the data must not hold the key that opens it.";
                found.add("consult.keeper_key_file", "it lies inside data_dir", remedy);
            }
            _ => {}
        }
    }

    /// Clients are told of one service that gives tokens: ours, or another.
    fn check_rtc_once(&self, found: &mut Findings) {
        let other = |tenant: &&Tenant| tenant.rtc.livekit_url.is_some() || tenant.rtc.livekit_service_url.is_some();
        for slug in self.tenants.iter().filter(|(_, tenant)| other(tenant)).map(|(slug, _)| slug) {
            if self.calls.livekit_url.is_some() && self.consult.enabled {
                let remedy = "Remove it: with [calls] clients are told of that media server. Or remove [calls].";
                found.add(&format!("tenants.{slug}.rtc"), "calls.livekit_url is given too", remedy);
            }
        }
    }

    fn check_calls(&self, found: &mut Findings) {
        let calls = &self.calls;
        if !(5..=120).contains(&calls.ring_seconds) {
            found.add("calls.ring_seconds", "nobody answers so fast, or waits so long", "Set 5 to 120.");
        }
        let has_secret = calls.api_secret.is_some() || calls.api_secret_file.is_some();
        let Some(url) = &calls.livekit_url else {
            if calls.livekit_api_url.is_some() || calls.api_key.is_some() || has_secret {
                let remedy = "Give the address that browsers reach, or remove the other keys of [calls].";
                found.add("calls.livekit_url", "it is missing, and other keys of [calls] are given", remedy);
            }
            return;
        };
        let schemes: [(&str, &str, &[&str]); 2] = [
            ("calls.livekit_url", url, &["wss", "ws"]),
            ("calls.livekit_api_url", calls.livekit_api_url.as_deref().unwrap_or(url), &["https", "http", "wss", "ws"]),
        ];
        for (key, url, known) in schemes {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&byte);
            let is_address = |rest: &str| !rest.is_empty() && rest.bytes().all(is_plain);
            let parts = url.split_once("://").filter(|(scheme, rest)| known.contains(scheme) && is_address(rest));
            if parts.is_none() {
                let what = format!("`{url}` is not an address that begins with {}://", known[0]);
                found.add(key, what, format!("Use one such as {}://media.clinic.example.", known[0]));
            }
        }
        let is_local = |host: &str| ["127.0.0.1", "localhost", "[::1]"].contains(&crate::without_port(host));
        if url.strip_prefix("ws://").is_some_and(|host| !is_local(host.trim_end_matches('/'))) {
            let remedy = "Use wss: a browser on an https page allows nothing else.";
            found.add("calls.livekit_url", "it is not encrypted", remedy);
        }
        if calls.api_key.as_deref().is_none_or(str::is_empty) {
            found.add("calls.api_key", "it is missing", "Name an API key of the LiveKit server.");
        }
        if !has_secret {
            let remedy = "Give it, or name a file with it in calls.api_secret_file.";
            found.add("calls.api_secret", "it is missing", remedy);
        }
        if calls.api_secret.is_some() && calls.api_secret_file.is_some() {
            found.add("calls.api_secret_file", "api_secret is given too", "Keep one of the two.");
        }
    }

    fn check_tenants(&self, found: &mut Findings) {
        if self.tenants.is_empty() {
            found.add("tenants", "there is none", "Add a [tenants.<slug>] with server_name and origins.");
        }
        if let Some(slug) = &self.default_tenant
            && !self.tenants.contains_key(slug)
        {
            found.add("default_tenant", format!("there is no tenant `{slug}`"), "Name one of [tenants].");
        }
        for (slug, tenant) in &self.tenants {
            tenant.check(&format!("tenants.{slug}"), found);
            if self.consult.enabled && tenant.brand.is_none() {
                let remedy = "Name the brand's folder, or set consult.enabled = false.";
                found.add(&format!("tenants.{slug}.brand"), "the consultation service needs one", remedy);
            }
        }
    }

    /// A host or a server name that two tenants claim would let one see the other.
    fn check_hosts(&self, found: &mut Findings) {
        let mut owners: BTreeMap<String, &TenantSlug> = BTreeMap::new();
        for (slug, tenant) in &self.tenants {
            for host in tenant.all_hosts() {
                let owner = *owners.entry(host.clone()).or_insert(slug);
                if owner != slug {
                    let what = format!("host `{host}` belongs to tenant `{owner}` already");
                    found.add(
                        &format!("tenants.{slug}"),
                        what,
                        "Give each tenant its own server name, origins and hosts.",
                    );
                }
            }
        }
    }
}

impl Tenant {
    /// Every host that leads to this tenant, lower case, each once.
    fn all_hosts(&self) -> std::collections::BTreeSet<String> {
        let origins = [Some(&self.origins.public), self.origins.console.as_ref()];
        let origins = origins.into_iter().flatten().map(|origin| origin.host().to_owned());
        let listed = self.hosts.iter().chain(&self.console_hosts).chain([&self.server_name]);
        origins.chain(listed.map(|host| host.to_ascii_lowercase())).collect()
    }

    fn check(&self, key: &str, found: &mut Findings) {
        if !is_server_name(&self.server_name) {
            let what = format!("`{}` is not a Matrix server name", self.server_name);
            found.add(
                &format!("{key}.server_name"),
                what,
                "Use a host name with an optional port, such as clinic.example.",
            );
        }
        self.check_origins(key, found);
        self.check_console_hosts(key, found);
        self.check_rtc(&format!("{key}.rtc"), found);
        self.signer.check(&format!("{key}.signer"), found);
        self.notary.check(&format!("{key}.notary"), found);
        let registration = &self.registration;
        if registration.shared_secret.is_some() && registration.shared_secret_file.is_some() {
            let key = format!("{key}.registration.shared_secret_file");
            found.add(&key, "shared_secret is given too", "Keep one of the two.");
        }
        if registration.shared_secret.as_ref().is_some_and(|secret| secret.expose().is_empty()) {
            found.add(&format!("{key}.registration.shared_secret"), "it is empty", "Give a secret, or remove the key.");
        }
        for room in self.staff_rooms.iter().filter(|room| !is_room_id(room)) {
            let remedy = "Use the room's id, such as !abc:clinic.example; a client shows it among the room's settings.";
            found.add(&format!("{key}.staff_rooms"), format!("`{room}` is no id of a room"), remedy);
        }
        let tokens = format!("{key}.registration.tokens");
        match (registration.policy, registration.tokens.is_empty()) {
            (RegistrationPolicy::Token, true) => found.add(&tokens, "policy `token` has none", "Add one, or close it."),
            (RegistrationPolicy::Open | RegistrationPolicy::Closed, false) => {
                found.add(&tokens, "they count only under policy `token`", "Set that policy, or remove them.");
            }
            _ => {}
        }
    }

    fn check_rtc(&self, key: &str, found: &mut Findings) {
        let addresses = [
            ("livekit_url", &self.rtc.livekit_url, "ws"),
            ("livekit_service_url", &self.rtc.livekit_service_url, "http"),
        ];
        for (name, address, scheme) in addresses {
            let key = format!("{key}.{name}");
            let Some(address) = address else {
                if addresses.iter().any(|(_, other, _)| other.is_some()) {
                    found.add(&key, "it is missing", "Give both addresses of the media server, or none.");
                }
                continue;
            };
            if !is_web_address(address, scheme) {
                let remedy = format!(
                    "Use {scheme}s:// with a host, such as {scheme}s://rtc.clinic.example, no slash at the end; {scheme}:// on loopback only."
                );
                found.add(&key, format!("`{address}` is no address that a browser may use"), remedy);
            }
        }
    }

    fn check_origins(&self, key: &str, found: &mut Findings) {
        let origins = &self.origins;
        for (name, origin) in [("public", Some(&origins.public)), ("console", origins.console.as_ref())] {
            if let Some(origin) = origin.filter(|origin| !origin.is_https() && !origin.is_loopback()) {
                let what = format!("`{origin}` is not https");
                let remedy =
                    "A browser allows no encryption on such a page: use https (a proxy in front may provide it).";
                found.add(&format!("{key}.origins.{name}"), what, remedy);
            }
        }
        if origins.console.as_ref() == Some(&origins.public) {
            let remedy =
                "Give it a host or port of its own: a script in one app must not hold the tokens of the other.";
            found.add(&format!("{key}.origins.console"), "it is the same as origins.public", remedy);
        }
    }

    /// A host that leads to both apps would lead to the console alone: no patient, and no Matrix client, would be answered there.
    fn check_console_hosts(&self, key: &str, found: &mut Findings) {
        let others = [self.origins.public.host(), self.server_name.as_str()];
        let others = others.into_iter().chain(self.hosts.iter().map(String::as_str));
        let leads_to_patients = |host: &str| others.clone().any(|other| other.eq_ignore_ascii_case(host));
        let origin = self.origins.console.as_ref().filter(|console| **console != self.origins.public);
        let consoles = origin.map(|origin| ("origins.console", origin.host())).into_iter();
        let listed = self.console_hosts.iter().map(|host| ("console_hosts", host.as_str()));
        for (name, host) in consoles.chain(listed).filter(|(_, host)| leads_to_patients(host)) {
            let what = format!("`{host}` leads to the patients' app and the Matrix API too");
            found.add(&format!("{key}.{name}"), what, "Give the console a host of its own.");
        }
        if !self.console_hosts.is_empty() && self.origins.console.is_none() {
            let what = "there is no origins.console, so the console is not served";
            found.add(&format!("{key}.console_hosts"), what, "Give origins.console, or remove these hosts.");
        }
    }
}

/// Whether `address` is one of `scheme`, in its safe form or on loopback: host, port and perhaps a path, nothing else.
fn is_web_address(address: &str, scheme: &str) -> bool {
    let Some((given, rest)) = address.split_once("://") else { return false };
    let is_safe = given.strip_suffix('s') == Some(scheme);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    // The rules for a host, and what is loopback, are those of an origin.
    let origin = crate::Origin::try_from(format!("http://{host}"));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/%".contains(&byte);
    origin.is_ok_and(|origin| is_safe || (given == scheme && origin.is_loopback()))
        && path.bytes().all(is_plain)
        && !rest.ends_with('/')
}

/// Whether `id` has the form of a room's id.
///
/// Source: Matrix specification, appendices, "Room IDs".
fn is_room_id(id: &str) -> bool {
    id.len() <= 255 && id.strip_prefix('!').is_some_and(|rest| !rest.is_empty() && !rest.contains(['\0', ' ']))
}

/// Whether `name` is a server name: a DNS name, IPv4 address or bracketed IPv6 address, then perhaps a port.
///
/// Source: Matrix specification, appendices, "Server name".
fn is_server_name(name: &str) -> bool {
    let host = crate::without_port(name);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    name.len() <= 255
        && match address {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => !host.is_empty() && host.bytes().all(plain),
        }
}
