//! The bridge's one file: where it listens, whom it asks, and the mapping from events to requests. Every key is explained at its field and in `docs/crm.md`.
//!
//! Deliberately absent: the checks that need more than one key (`check.rs`), the values of secrets (`credentials.rs`).

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use consilium_config::check::list;
use consilium_config::{Log, Problem};
use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::known::KnownName;

/// Largest mapping file that is read. Unit: bytes.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// Everything that the bridge is told.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where Consilium's webhook and the CRM reach the bridge. Unit: address and port. Default: `127.0.0.1:8130`.
    #[serde(default = "default_listen")]
    #[schemars(with = "String")]
    pub listen: SocketAddr,
    /// Where Prometheus reads `/metrics`. Unit: address and port. Default: nowhere.
    #[schemars(with = "Option<String>")]
    pub metrics_listen: Option<SocketAddr>,
    /// Folder of what the bridge remembers: ids alone. A relative path counts from this file. Default: `crm-data`.
    #[serde(default = "default_data_dir")]
    pub data_dir: PathBuf,
    /// How long it is remembered which events were done. Consilium sends an event again for 30 days, so at least 31. Unit: days. Default: 60.
    #[serde(default = "default_keep_days")]
    pub keep_days: u16,
    /// The log, as in `consilium.toml`.
    #[serde(default)]
    pub log: Log,
    /// Consilium: the webhook's secret, and the way back.
    pub consilium: Consilium,
    /// The CRM.
    pub crm: Crm,
    /// Constants of yours for templates, such as which queue is which pipeline of the CRM: `values.pipelines.therapist`. Default: none.
    #[serde(default)]
    pub values: Map<String, Value>,
    /// The requests, each under a name of yours.
    pub steps: BTreeMap<String, Step>,
    /// What is done at which event: the lists that name the event, from first to last.
    #[serde(default)]
    pub on: Vec<On>,
    /// What is done when the CRM calls `POST /from-crm/{name}`.
    #[serde(default)]
    pub from_crm: BTreeMap<String, FromCrm>,
    /// What the CRM is asked for again and again.
    #[serde(default)]
    pub poll: BTreeMap<String, Poll>,
}

/// Consilium.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consilium {
    /// The webhook's secret, `whsec_…`, shown once in the console under Integrations.
    pub webhook_secret: SecretSource,
    /// The secret before it, while it is replaced: both are believed. Default: none.
    pub former_webhook_secret: Option<SecretSource>,
    /// Where Consilium answers, for steps with `to = "consilium"`: `https://clinic.example`. Default: none.
    pub url: Option<String>,
    /// The API key for them, `csk_…`, made in the console under Integrations. Default: none.
    pub key: Option<SecretSource>,
}

/// The CRM.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crm {
    /// What stands before the path of each step: `https://crm.example/api/v2`.
    pub url: String,
    /// How the bridge signs in. Default: not at all.
    pub auth: Option<Auth>,
    /// Headers of every request. Default: none.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// A header in which the CRM takes a name of the request, so that a repeated one is not done twice, such as `Idempotency-Key`. Sent with everything but `GET`.
    /// Default: none.
    pub idempotency_header: Option<String>,
    /// How long the CRM may take to answer. Unit: seconds, 1 to 10. Default: 5.
    #[serde(default = "default_timeout_seconds")]
    pub timeout_seconds: u64,
    /// Requests in a second, so that the CRM's own limit is seldom met. Default: 10.
    #[serde(default = "default_requests_per_second")]
    pub requests_per_second: u32,
}

/// How the bridge signs in at the CRM.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
pub enum Auth {
    /// `Authorization: Bearer …`.
    Bearer {
        /// The token.
        token: SecretSource,
    },
    /// `Authorization: Basic …`.
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: SecretSource,
    },
    /// A header of the CRM's own.
    Header {
        /// Its name.
        name: String,
        /// Its value.
        value: SecretSource,
    },
}

/// Where a secret stands: exactly one of both. Never in this file.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema)]
pub struct SecretSource {
    /// Name of an environment variable.
    pub env: Option<String>,
    /// A file that holds it and nothing else. A relative path counts from this file.
    pub file: Option<PathBuf>,
}

/// Whom a step asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The CRM.
    #[default]
    Crm,
    /// Consilium, by the key. Its paths count from `/_consilium/v1`.
    Consilium,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

/// One request.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Whom it asks. Default: `crm`.
    #[serde(default)]
    pub to: Target,
    /// How.
    pub method: Method,
    /// Template of the path and query, from `/` on. What `{{ … }}` gives is percent-encoded.
    pub path: String,
    /// Templates of further headers. Default: none.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Template of the JSON body. What `{{ … }}` gives is written as JSON, quotes included. Default: no body.
    pub body: Option<String>,
    /// Condition: skipped unless it is true. Default: always done.
    pub when: Option<String>,
    /// Skipped when this is known already: `patient.contact`. Default: always done.
    pub unless_known: Option<KnownName>,
    /// Further statuses, beside 2xx, with which the step counts as done, such as 404 of a search. Default: none.
    #[serde(default)]
    pub accept: Vec<u16>,
    /// What is remembered of the answer: the name, and an expression over `answer` (its JSON), `status` and `location`. What the expression does not find is not
    /// remembered. Default: nothing.
    #[serde(default)]
    pub remember: BTreeMap<KnownName, String>,
    /// An answer as JSON, for `check`: what the mapping makes of it is shown. Default: each name in `remember` stands for itself.
    pub example: Option<String>,
}

/// What is done at events.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct On {
    /// The event types, as `docs/webhooks.md` names them.
    pub events: Vec<String>,
    /// Condition: all of it is skipped unless it is true. Default: always done.
    pub when: Option<String>,
    /// Names of steps, in order.
    pub steps: Vec<String>,
}

/// What is done when the CRM calls.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FromCrm {
    /// How the CRM proves that it is itself.
    pub proof: Proof,
    /// Expression over `body`: its id at the CRM. What was done is not done again under the same id.
    pub id: String,
    /// Whom or what of Consilium it is about. Default: nothing that the bridge knows.
    pub about: Option<About>,
    /// Condition: skipped unless it is true. Default: always done.
    pub when: Option<String>,
    /// Names of steps, in order.
    pub steps: Vec<String>,
    /// A body as JSON, for `check`. Default: it is not tried.
    pub example: Option<String>,
}

/// How a request of the CRM proves where it comes from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// What stands in the header. Default: `token`.
    #[serde(default)]
    pub kind: ProofKind,
    /// Name of the header.
    pub header: String,
    /// The token, or the key of the signature.
    pub secret: SecretSource,
}

/// What proves a request of the CRM.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    /// The secret itself, also after `Bearer `.
    #[default]
    Token,
    /// HMAC-SHA256 of the body in hexadecimal, also after `sha256=`.
    HmacSha256,
}

/// What the CRM is asked for again and again.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// How often. Unit: seconds, at least 5.
    pub every_seconds: u32,
    /// Name of the step that lists what is to be done.
    pub list: String,
    /// Expression over `answer`: the items, each of which becomes `body`.
    pub items: String,
    /// Expression over `body`: the id of an item at the CRM. What was done is not done again under the same id.
    pub id: String,
    /// Whom or what of Consilium an item is about. Default: nothing that the bridge knows.
    pub about: Option<About>,
    /// Condition: an item is left alone unless it is true. Default: always done.
    pub when: Option<String>,
    /// Names of steps, in order, done for each item. The last one has to take the item out of the list at the CRM.
    pub steps: Vec<String>,
    /// An item as JSON, for `check`. Default: it is not tried.
    pub example: Option<String>,
}

/// What is done with something that comes from the CRM, however it comes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incoming<'a> {
    /// The key of the mapping that says it.
    pub(crate) key: &'static str,
    /// Its name there.
    pub(crate) name: &'a str,
    /// Expression: its id at the CRM.
    pub(crate) id: &'a str,
    /// What it is about.
    pub(crate) about: Option<&'a About>,
    /// Condition.
    pub(crate) when: Option<&'a str>,
    /// Names of steps.
    pub(crate) steps: &'a [String],
    /// A body as JSON.
    pub(crate) example: Option<&'a str>,
}

impl FromCrm {
    pub(crate) fn incoming<'a>(&'a self, name: &'a str) -> Incoming<'a> {
        let (about, when, example) = (self.about.as_ref(), self.when.as_deref(), self.example.as_deref());
        Incoming { key: "from_crm", name, id: &self.id, about, when, steps: &self.steps, example }
    }
}

impl Poll {
    pub(crate) fn incoming<'a>(&'a self, name: &'a str) -> Incoming<'a> {
        let (about, when, example) = (self.about.as_ref(), self.when.as_deref(), self.example.as_deref());
        Incoming { key: "poll", name, id: &self.id, about, when, steps: &self.steps, example }
    }
}

/// Finds a thing of Consilium by what is remembered of it; `about.id` in templates.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// What is remembered of it: `patient.contact`.
    pub known: KnownName,
    /// Expression over `body`: what that has to be.
    pub is: String,
}

impl<'de> Deserialize<'de> for SecretSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SourceVisitor)
    }
}

/// Refuses a secret that stands in the mapping itself without repeating it, which the usual message of a wrong type would.
struct SourceVisitor;

impl<'de> Visitor<'de> for SourceVisitor {
    type Value = SecretSource;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("where the secret stands: { env = \"NAME\" } or { file = \"path\" }")
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<SecretSource, E> {
        Err(E::custom("a secret does not stand in the mapping: write { env = \"NAME\" } or { file = \"path\" }"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SecretSource, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Fields {
            env: Option<String>,
            file: Option<PathBuf>,
        }
        let Fields { env, file } = Fields::deserialize(MapAccessDeserializer::new(map))?;
        Ok(SecretSource { env, file })
    }
}

fn default_listen() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 8130).into()
}

fn default_data_dir() -> PathBuf {
    "crm-data".into()
}

fn default_keep_days() -> u16 {
    60
}

fn default_timeout_seconds() -> u64 {
    5
}

fn default_requests_per_second() -> u32 {
    10
}

/// Why a mapping file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It is absent or cannot be read.
    #[error("{path} cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("the mapping is refused:{}", list(.0))]
    Refused(Vec<Problem>),
}

impl Config {
    /// Reads and checks the file at `path`. Secrets are not looked at.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = read(path)?;
        Self::parse(&text, folder_of(path))
    }

    /// Reads and checks `text`; relative paths count from `base`.
    pub fn parse(text: &str, base: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = deserialize(text).map_err(|problem| ConfigError::Refused(vec![problem]))?;
        config.resolve_paths(base);
        let problems = crate::check::problems(&config);
        if problems.is_empty() { Ok(config) } else { Err(ConfigError::Refused(problems)) }
    }

    fn resolve_paths(&mut self, base: &Path) {
        self.data_dir = base.join(&self.data_dir);
        for source in self.secret_sources_mut() {
            if let Some(file) = &mut source.file {
                *file = base.join(&*file);
            }
        }
    }

    /// Everything that may come from the CRM, however it comes.
    pub(crate) fn incoming(&self) -> impl Iterator<Item = Incoming<'_>> {
        let calls = self.from_crm.iter().map(|(name, from)| from.incoming(name));
        calls.chain(self.poll.iter().map(|(name, poll)| poll.incoming(name)))
    }

    fn secret_sources_mut(&mut self) -> Vec<&mut SecretSource> {
        let consilium = &mut self.consilium;
        let mut found = vec![&mut consilium.webhook_secret];
        found.extend(consilium.former_webhook_secret.as_mut());
        found.extend(consilium.key.as_mut());
        found.extend(self.crm.auth.as_mut().map(|auth| match auth {
            Auth::Bearer { token } => token,
            Auth::Basic { password, .. } => password,
            Auth::Header { value, .. } => value,
        }));
        found.extend(self.from_crm.values_mut().map(|from| &mut from.proof.secret));
        found
    }
}

/// The folder of a file, from which paths in it count.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|base| !base.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn read(path: &Path) -> Result<String, ConfigError> {
    let refuse = |source| ConfigError::Read { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(refuse)?.len();
    if size > FILE_BYTES_MAX {
        let what = format!("it has {size} bytes, and a mapping has at most {FILE_BYTES_MAX}");
        let remedy = "Name the mapping file, not another one.".to_owned();
        return Err(ConfigError::Refused(vec![Problem::new("--config", what, remedy)]));
    }
    std::fs::read_to_string(path).map_err(refuse)
}

/// Reads the types; a mistake is named by its key.
fn deserialize(text: &str) -> Result<Config, Problem> {
    let problem = |key: String, what: String, remedy: &str| Problem::new(key, what, remedy);
    let table = toml::Deserializer::parse(text).map_err(|error| {
        let line = error.span().map_or(0, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        problem(format!("line {line}"), error.message().to_owned(), "Mend the TOML there")
    })?;
    serde_path_to_error::deserialize(table).map_err(|error| {
        let key = error.path().to_string();
        let inner = error.into_inner();
        let what = inner.message().trim().to_owned();
        problem(key, what, "See docs/crm.md for the keys and what they take")
    })
}
