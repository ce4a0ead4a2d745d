//! Checks of a mapping that need more than one key, or more than a type can say. Each finding names the key and the remedy.
//!
//! Deliberately absent: trying the templates on events (`rehearsal.rs`), reading secrets (`credentials.rs`).

use std::collections::BTreeSet;
use std::net::IpAddr;

use consilium_config::Problem;
use http::header::HeaderName;
use reqwest::Url;
use serde_json::Value;

use crate::config::{Auth, Config, Incoming, Method, SecretSource, Step, Target};
use crate::event::TYPES;
use crate::example;
use crate::known::Kind;
use crate::template::{Place, TemplateError, Templates};

/// Days for which Consilium keeps events, and may send them again.
const CONSILIUM_KEEPS_DAYS: u16 = 30;
/// Longest wait for an answer: a webhook has 12 seconds in all. Unit: seconds.
const TIMEOUT_MAX_SECONDS: u64 = 10;
/// Most requests in a second.
const REQUESTS_PER_SECOND_MAX: u32 = 1_000;
/// Shortest pause between two rounds of a poll. Unit: seconds.
const POLL_EVERY_SECONDS_MIN: u32 = 5;
/// Most steps, and most for one event: each is a request that its patient's next event waits for.
const STEPS_MAX: usize = 200;
const STEPS_OF_AN_EVENT_MAX: usize = 20;

/// What templates see at events, of what comes from the CRM, and of a poll's list.
const AT_EVENTS: [&str; 9] = ["id", "type", "timestamp", "data", "patient", "values", "known", "is_late", "once"];
const FROM_CRM: [&str; 7] = ["id", "body", "about", "values", "known", "is_late", "once"];
const OF_A_LIST: [&str; 1] = ["values"];
/// What a condition over several steps sees: what is the same however often the event is tried.
const CONDITION_AT_EVENTS: [&str; 6] = ["id", "type", "timestamp", "data", "patient", "values"];
const CONDITION_FROM_CRM: [&str; 4] = ["id", "body", "about", "values"];
const ID_FROM_CRM: [&str; 2] = ["body", "values"];
const ITEMS_OF_A_LIST: [&str; 2] = ["answer", "values"];
/// What is there besides when an answer has come.
const ANSWERED: [&str; 3] = ["answer", "status", "location"];

/// Everything that is wrong with a mapping; empty when it can be used. Reads no file.
pub fn problems(config: &Config) -> Vec<Problem> {
    let mut check = Check { config, templates: Templates::new(), found: Vec::new() };
    check.limits();
    check.sides();
    check.secrets();
    for (name, step) in &config.steps {
        check.step(name, step);
    }
    check.events();
    for incoming in config.incoming() {
        check.incoming(incoming);
    }
    check.polls();
    check.found
}

struct Check<'a> {
    config: &'a Config,
    templates: Templates,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, key: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) {
        self.found.push(Problem::new(key, what, remedy));
    }

    fn limits(&mut self) {
        let config = self.config;
        if config.metrics_listen.is_some_and(|other| other == config.listen && other.port() != 0) {
            self.add("metrics_listen", "it is the same as listen", "Give it a port of its own");
        }
        if config.keep_days <= CONSILIUM_KEEPS_DAYS {
            let what = format!("Consilium sends an event again for {CONSILIUM_KEEPS_DAYS} days");
            self.add("keep_days", what, "Set at least 31, or an event that is sent again late is done twice");
        }
        if !(1..=TIMEOUT_MAX_SECONDS).contains(&config.crm.timeout_seconds) {
            let remedy = format!("Set 1 to {TIMEOUT_MAX_SECONDS}: a webhook is answered within 12 seconds");
            self.add("crm.timeout_seconds", "it is out of range", remedy);
        }
        if !(1..=REQUESTS_PER_SECOND_MAX).contains(&config.crm.requests_per_second) {
            let remedy = format!("Set 1 to {REQUESTS_PER_SECOND_MAX}");
            self.add("crm.requests_per_second", "it is out of range", remedy);
        }
        if config.steps.len() > STEPS_MAX {
            self.add("steps", format!("there are more than {STEPS_MAX}"), "Remove what nothing uses");
        }
        if config.on.is_empty() && config.from_crm.is_empty() && config.poll.is_empty() {
            self.add("on", "nothing is ever done", "Add an `[[on]]` with events and steps");
        }
    }

    fn sides(&mut self) {
        self.url("crm.url", &self.config.crm.url);
        for name in self.config.crm.headers.keys() {
            self.header(&format!("crm.headers.{name}"), name);
        }
        if let Some(name) = &self.config.crm.idempotency_header {
            self.header("crm.idempotency_header", name);
        }
        if let Some(Auth::Header { name, .. }) = &self.config.crm.auth {
            self.header("crm.auth.name", name);
        }
        if let Some(url) = &self.config.consilium.url {
            self.url("consilium.url", url);
        }
        let asks = self.config.steps.iter().find(|(_, step)| step.to == Target::Consilium);
        if let Some((name, _)) = asks {
            let reason = format!("steps.{name} asks Consilium");
            if self.config.consilium.url.is_none() {
                self.add("consilium.url", format!("it is missing, and {reason}"), "Write where Consilium answers");
            }
            if self.config.consilium.key.is_none() {
                let remedy = "Make an API key in the console under Integrations, and say where it stands";
                self.add("consilium.key", format!("it is missing, and {reason}"), remedy);
            }
        }
    }

    /// Names and tokens travel by these: encrypted, or not beyond this machine and private networks.
    fn url(&mut self, key: &str, text: &str) {
        let Ok(url) = Url::parse(text) else {
            self.add(key, "it is no URL", "Write it whole, such as https://crm.example/api");
            return;
        };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let is_near = host == "localhost" || host.parse::<IpAddr>().is_ok_and(is_private);
        if url.scheme() != "https" && !(url.scheme() == "http" && is_near) {
            let remedy = "Use https:// (http:// only to localhost or an address of a private network)";
            self.add(key, "names and tokens would travel unencrypted", remedy);
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            let remedy = "Keep scheme, host and path; a query belongs to the steps, a password to crm.auth";
            self.add(key, "it holds more than an address", remedy);
        }
    }

    fn header(&mut self, key: &str, name: &str) {
        if HeaderName::try_from(name).is_err() {
            self.add(key, "it is no name of a header", "Use letters, digits and `-`");
        }
    }

    fn secrets(&mut self) {
        let consilium = &self.config.consilium;
        self.secret("consilium.webhook_secret", Some(&consilium.webhook_secret));
        self.secret("consilium.former_webhook_secret", consilium.former_webhook_secret.as_ref());
        self.secret("consilium.key", consilium.key.as_ref());
        match &self.config.crm.auth {
            None => {}
            Some(Auth::Bearer { token }) => self.secret("crm.auth.token", Some(token)),
            Some(Auth::Basic { password, .. }) => self.secret("crm.auth.password", Some(password)),
            Some(Auth::Header { value, .. }) => self.secret("crm.auth.value", Some(value)),
        }
        for (name, from) in &self.config.from_crm {
            self.secret(&format!("from_crm.{name}.proof.secret"), Some(&from.proof.secret));
            self.header(&format!("from_crm.{name}.proof.header"), &from.proof.header);
        }
    }

    fn secret(&mut self, key: &str, source: Option<&SecretSource>) {
        if source.is_some_and(|source| source.env.is_some() == source.file.is_some()) {
            let remedy = "Write either { env = \"NAME\" } or { file = \"path\" }";
            self.add(key, "it has to say one place where the secret stands", remedy);
        }
    }

    fn step(&mut self, name: &str, step: &Step) {
        let key = |part: &str| format!("steps.{name}.{part}");
        self.name(&format!("steps.{name}"), name);
        let seen = self.seen_by(name);
        self.template(key("path"), Place::Path, &step.path, &seen);
        if !step.path.starts_with('/') {
            self.add(key("path"), "it does not begin with `/`", "Write what follows crm.url, from `/` on");
        }
        if let Some(body) = &step.body {
            self.template(key("body"), Place::Body, body, &seen);
            if step.method == Method::Get {
                self.add(key("body"), "a GET has no body", "Remove it, or use another method");
            }
        }
        for (header, value) in &step.headers {
            self.header(&key(&format!("headers.{header}")), header);
            self.template(key(&format!("headers.{header}")), Place::Header, value, &seen);
        }
        if let Some(when) = &step.when {
            self.expression(key("when"), when, &seen);
        }
        let answered: Vec<&str> = seen.iter().copied().chain(ANSWERED).collect();
        for (known, expression) in &step.remember {
            self.expression(key(&format!("remember.\"{known}\"")), expression, &answered);
        }
        for status in step.accept.iter().filter(|status| !(300..=599).contains(*status)) {
            let remedy = "Name statuses from 300 to 599; 2xx is always good";
            self.add(key("accept"), format!("{status} cannot be accepted"), remedy);
        }
        self.example(&key("example"), step.example.as_deref());
    }

    /// What the templates of a step may use: what is there wherever the step is done.
    fn seen_by(&self, name: &str) -> Vec<&'static str> {
        let at_events = self.config.on.iter().any(|on| on.steps.iter().any(|step| step == name));
        let from_crm = self.config.incoming().any(|incoming| incoming.steps.iter().any(|step| step == name));
        let of_list = self.config.poll.values().any(|poll| poll.list == name);
        let uses: [(bool, &[&str]); 3] = [(at_events, &AT_EVENTS), (from_crm, &FROM_CRM), (of_list, &OF_A_LIST)];
        let is_used = at_events || from_crm || of_list;
        let everything: BTreeSet<&str> = AT_EVENTS.into_iter().chain(FROM_CRM).collect();
        let is_there = |name: &&&str| !is_used || uses.iter().all(|(used, names)| !used || names.contains(*name));
        everything.iter().filter(is_there).copied().collect()
    }

    fn events(&mut self) {
        for (at, on) in self.config.on.iter().enumerate() {
            let key = format!("on[{at}]");
            if on.events.is_empty() {
                self.add(format!("{key}.events"), "it names no event", "Name types from docs/webhooks.md");
            }
            for kind in on.events.iter().filter(|kind| !TYPES.contains(&kind.as_str())) {
                let family = kind.split('.').next().unwrap_or_default();
                let near: Vec<&str> = TYPES.into_iter().filter(|known| known.starts_with(family)).collect();
                let near = if near.is_empty() { TYPES.to_vec() } else { near };
                let remedy = format!("Use one of: {}", near.join(", "));
                self.add(format!("{key}.events"), format!("`{kind}` is no type of event"), remedy);
            }
            if let Some(when) = &on.when {
                self.expression(format!("{key}.when"), when, &CONDITION_AT_EVENTS);
            }
            self.steps(&key, &on.steps);
            for kind in on.events.iter().filter(|kind| TYPES.contains(&kind.as_str())) {
                let about: Vec<Kind> = example::event(kind).subjects().into_iter().map(|one| one.kind).collect();
                self.remembered(&format!("{key} at {kind}"), &on.steps, &about);
            }
        }
        for kind in TYPES {
            let lists = self.config.on.iter().filter(|on| on.events.iter().any(|event| event == kind));
            let steps: usize = lists.map(|on| on.steps.len()).sum();
            if steps > STEPS_OF_AN_EVENT_MAX {
                let what =
                    format!("{kind} has {steps} steps, and at most {STEPS_OF_AN_EVENT_MAX} are done for an event");
                self.add("on", what, "Do less at once");
            }
        }
    }

    /// Whether what the steps remember is of something that they are about.
    fn remembered(&mut self, key: &str, steps: &[String], about: &[Kind]) {
        let config = self.config;
        for (name, step) in steps.iter().filter_map(|name| Some((name, config.steps.get(name)?))) {
            for known in step.remember.keys().filter(|known| !about.contains(&known.kind)) {
                let what = format!("steps.{name} remembers `{known}`, and there is no {} in it", known.kind.word());
                self.add(key, what, "Remember it of something that is there, or use another step");
            }
        }
    }

    fn incoming(&mut self, incoming: Incoming<'_>) {
        let key = format!("{}.{}", incoming.key, incoming.name);
        self.name(&key, incoming.name);
        self.expression(format!("{key}.id"), incoming.id, &ID_FROM_CRM);
        if let Some(about) = incoming.about {
            self.expression(format!("{key}.about.is"), &about.is, &ID_FROM_CRM);
            let teaches = self.config.steps.values().any(|step| step.remember.contains_key(&about.known));
            if !teaches {
                let what = format!("no step remembers `{}`", about.known);
                self.add(format!("{key}.about.known"), what, "Name something from a step's `remember`");
            }
        }
        if let Some(when) = incoming.when {
            self.expression(format!("{key}.when"), when, &CONDITION_FROM_CRM);
        }
        self.steps(&key, incoming.steps);
        if incoming.steps.len() > STEPS_OF_AN_EVENT_MAX {
            self.add(
                format!("{key}.steps"),
                "there are too many",
                format!("Do at most {STEPS_OF_AN_EVENT_MAX} at once"),
            );
        }
        let about: Vec<Kind> = incoming.about.map(|about| about.known.kind).into_iter().collect();
        self.remembered(&key, incoming.steps, &about);
        self.example(&format!("{key}.example"), incoming.example);
    }

    fn polls(&mut self) {
        for (name, poll) in &self.config.poll {
            if poll.every_seconds < POLL_EVERY_SECONDS_MIN {
                let remedy = format!("Set at least {POLL_EVERY_SECONDS_MIN}");
                self.add(format!("poll.{name}.every_seconds"), "it is too often", remedy);
            }
            self.expression(format!("poll.{name}.items"), &poll.items, &ITEMS_OF_A_LIST);
            match self.config.steps.get(&poll.list) {
                None => self.no_step(&format!("poll.{name}.list"), &poll.list),
                Some(step) if step.method != Method::Get => {
                    let what = format!("steps.{} is no GET", poll.list);
                    self.add(format!("poll.{name}.list"), what, "Name a step that only reads");
                }
                Some(_) => {}
            }
        }
    }

    fn steps(&mut self, key: &str, steps: &[String]) {
        if steps.is_empty() {
            self.add(format!("{key}.steps"), "it names no step", "Name at least one");
        }
        for name in steps.iter().filter(|name| !self.config.steps.contains_key(*name)).collect::<Vec<_>>() {
            self.no_step(&format!("{key}.steps"), name);
        }
    }

    fn no_step(&mut self, key: &str, name: &str) {
        let known: Vec<&str> = self.config.steps.keys().map(String::as_str).collect();
        let remedy = format!("Add [steps.{name}], or use one of: {}", known.join(", "));
        self.add(key, format!("there is no step `{name}`"), remedy);
    }

    /// Names become parts of keys, URLs and log lines.
    fn name(&mut self, key: &str, name: &str) {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
        if !((1..=40).contains(&name.len()) && name.bytes().all(allowed)) {
            self.add(key, "it is no name", "Use 1 to 40 of a-z 0-9 - _");
        }
    }

    fn example(&mut self, key: &str, example: Option<&str>) {
        if let Some(error) = example.and_then(|example| serde_json::from_str::<Value>(example).err()) {
            self.add(key, format!("it is no JSON ({error})"), "Write an answer of the CRM as JSON");
        }
    }

    fn template(&mut self, key: String, place: Place, source: &str, seen: &[&str]) {
        let names = self.templates.names(place, source);
        self.names(key, names, seen);
    }

    fn expression(&mut self, key: String, expression: &str, seen: &[&str]) {
        let names = self.templates.names_of_expression(expression);
        self.names(key, names, seen);
    }

    fn names(&mut self, key: String, names: Result<BTreeSet<String>, TemplateError>, seen: &[&str]) {
        match names {
            Err(error) => {
                let remedy = "See docs/crm.md for the language of templates and conditions";
                self.add(key, format!("it is malformed: {}", error.detail()), remedy);
            }
            Ok(names) => {
                for name in names.iter().filter(|name| !seen.contains(&name.as_str())) {
                    let remedy = format!("There is: {}", seen.join(", "));
                    self.add(key.clone(), format!("there is no `{name}` here"), remedy);
                }
            }
        }
    }
}

/// This machine and private networks.
fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}
