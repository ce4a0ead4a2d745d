//! What is done of an event, step by step, whichever side it came from: begun, continued where it stopped, done, put off or given up.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;
use tokio_util::task::TaskTracker;

use crate::config::{Config, Incoming, Method};
use crate::context::Clock;
use crate::event::Event;
use crate::known::Subject;
use crate::lanes::Lanes;
use crate::request::{Failure, Sender};
use crate::step::{self, StepError};
use crate::store::{Begin, Dead, State, Store, StoreError};
use crate::template::{Scope, TemplateError, Templates};

/// Longest id of something at the CRM. Unit: bytes.
const FOREIGN_ID_BYTES_MAX: usize = 200;
/// When something is to be tried again that says nothing itself. Unit: seconds.
pub(crate) const PAUSE_SECONDS: u64 = 5;

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it is done, now or before.
    Done,
    /// The mapping says nothing of it.
    Nothing,
    /// It is about something that the bridge does not know.
    Unknown,
    /// It is to come again.
    Later {
        /// Not before so many seconds.
        after_seconds: u64,
    },
    /// It was given up.
    Dead(Dead),
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Nothing => "nothing",
            Self::Unknown => "unknown",
            Self::Later { .. } => "later",
            Self::Dead(_) => "dead",
        }
    }
}

/// What is to be done of an event.
pub(crate) struct Job {
    begin: Begin,
    lane: String,
    scope: Scope,
    subjects: Vec<Subject>,
    blocks: Vec<Block>,
    /// Which step of what it is.
    order: Option<(String, i64)>,
    /// Whether one that was given up is tried when it comes again.
    revives: bool,
}

/// Steps under one condition.
struct Block {
    key: String,
    when: Option<String>,
    steps: Vec<String>,
}

/// Works.
pub(crate) struct Worker {
    pub(crate) config: Config,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) store: Store,
    pub(crate) sender: Sender,
    pub(crate) templates: Templates,
    pub(crate) lanes: Arc<Lanes>,
    /// Work under way: the end waits for it.
    pub(crate) tasks: TaskTracker,
}

/// Something from the CRM that cannot be begun.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IncomingError {
    /// An expression failed, or gave no id.
    #[error("{key}: {why}")]
    Expression {
        /// The key of the mapping.
        key: String,
        /// Why.
        why: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How a step ended the work.
enum Stop {
    Later { why: &'static str, status: Option<u16>, after_seconds: Option<u64> },
    Dead { step: String, reason: String, status: Option<u16> },
}

impl Worker {
    /// What is to be done of an event of Consilium; `id` is its `webhook-id`. `None`: nothing.
    pub(crate) fn of_event(&self, id: &str, event: &Event) -> Option<Job> {
        let lists = self.config.on.iter().enumerate().filter(|(_, on)| on.events.contains(&event.kind));
        let blocks: Vec<Block> = lists
            .map(|(at, on)| Block { key: format!("on[{at}]"), when: on.when.clone(), steps: on.steps.clone() })
            .collect();
        if blocks.is_empty() {
            return None;
        }
        let begin = Begin {
            id: id.to_owned(),
            kind: event.kind.clone(),
            patient: event.patient(),
            at: self.clock.now_seconds(),
        };
        Some(Job {
            begin,
            lane: event.lane(id),
            scope: scope_of_event(&self.config, id, event),
            subjects: event.subjects(),
            blocks,
            order: event.step_of(),
            revives: true,
        })
    }

    /// What is to be done of something that came from the CRM. `Err(Outcome)` inside: there is nothing to do.
    pub(crate) async fn of_incoming(
        &self,
        incoming: Incoming<'_>,
        body: &Value,
        revives: bool,
    ) -> Result<Result<Job, Outcome>, IncomingError> {
        let Incoming { key, name, .. } = incoming;
        let mut scope = scope_of_incoming(&self.config, body);
        let fail = |part: &str, why: String| IncomingError::Expression { key: format!("{key}.{name}.{part}"), why };
        let evaluate = |part: &str, expression: &str| {
            self.templates.evaluate(expression, &scope).map_err(|error| fail(part, error.to_string()))
        };
        let foreign = evaluate("id", incoming.id)?.as_ref().and_then(foreign_id);
        let foreign = foreign.ok_or_else(|| fail("id", "it gives no id".to_owned()))?;
        let mut found = None;
        if let Some(about) = incoming.about {
            let Some(is) = evaluate("about.is", &about.is)? else { return Ok(Err(Outcome::Unknown)) };
            found = self.store.find(about.known.clone(), is).await?;
            if found.is_none() {
                return Ok(Err(Outcome::Unknown));
            }
        }
        let patient = found.as_ref().and_then(|found| found.patient.clone());
        let subjects: Vec<Subject> = found.into_iter().map(|found| found.subject).collect();
        let id = format!("{key}:{name}:{foreign}");
        scope.set("id", id.clone());
        if let Some(subject) = subjects.first() {
            scope.set("about", serde_json::json!({ "id": subject.id, "patient_id": patient }));
        }
        let lane = patient.clone().or_else(|| subjects.first().map(|one| one.id.clone())).unwrap_or_else(|| id.clone());
        let when = incoming.when.map(str::to_owned);
        let blocks = vec![Block { key: format!("{key}.{name}"), when, steps: incoming.steps.to_vec() }];
        let begin = Begin { id, kind: format!("{key}.{name}"), patient, at: self.clock.now_seconds() };
        Ok(Ok(Job { begin, lane, scope, subjects, blocks, order: None, revives }))
    }

    /// Does it, one thing at a time for a patient.
    pub(crate) async fn run(&self, job: Job) -> Result<Outcome, StoreError> {
        let (id, kind) = (job.begin.id.clone(), job.begin.kind.clone());
        let _lane = self.lanes.hold(job.lane.clone()).await;
        let outcome = self.work(job).await?;
        metrics::counter!("consilium_crm_events_total", "result" => outcome.word()).increment(1);
        tracing::info!(event.id = %id, event.type = %kind, result = outcome.word(), "an event was worked on");
        Ok(outcome)
    }

    async fn work(&self, mut job: Job) -> Result<Outcome, StoreError> {
        match self.store.begin(job.begin.clone()).await? {
            State::Done => return Ok(Outcome::Done),
            State::Dead if !job.revives => return Ok(Outcome::Nothing),
            State::Begun | State::Dead => {}
        }
        let is_late = match &job.order {
            Some((what, version)) => self.store.newest(what.clone()).await?.is_some_and(|newest| newest > *version),
            None => false,
        };
        job.scope.set("is_late", is_late);
        match self.blocks(&mut job).await? {
            Ok(()) => {
                let done = Begin { at: self.clock.now_seconds(), ..job.begin };
                self.store.done(done, job.order).await?;
                Ok(Outcome::Done)
            }
            Err(stop) => self.stopped(&job, stop).await,
        }
    }

    async fn blocks(&self, job: &mut Job) -> Result<Result<(), Stop>, StoreError> {
        let done = self.store.steps_done(job.begin.id.clone()).await?;
        let mut seen: HashMap<String, usize> = HashMap::new();
        for block in std::mem::take(&mut job.blocks) {
            let wanted = block.when.as_ref().map_or(Ok(true), |when| self.templates.is_true(when, &job.scope));
            let is_wanted = match wanted {
                Ok(is_wanted) => is_wanted,
                Err(error) => return Ok(Err(condition_failed(&block.key, &error))),
            };
            for name in block.steps {
                let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_insert(1);
                let key = format!("{name}#{times}");
                if !is_wanted || done.contains(&key) {
                    continue;
                }
                if let Err(stop) = self.step(job, &name, &key).await? {
                    return Ok(Err(stop));
                }
            }
        }
        Ok(Ok(()))
    }

    /// One step; `key` names it within its event.
    async fn step(&self, job: &mut Job, name: &str, key: &str) -> Result<Result<(), Stop>, StoreError> {
        let step = (name, &self.config.steps[name]);
        let known = self.store.known(job.subjects.clone()).await?;
        let once = step::once(&job.begin.id, key);
        job.scope.set("known", known.clone());
        job.scope.set("once", once.clone());
        let prepared = match step::prepare(&self.templates, step, &job.scope, &known, &once) {
            Ok(Some(prepared)) => prepared,
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(not_made(name, &error))),
        };
        let answer = match self.sender.send(&prepared).await {
            Ok(answer) => answer,
            Err(Failure::Later { why, status, after_seconds }) => {
                return Ok(Err(Stop::Later { why, status, after_seconds }));
            }
            Err(Failure::Refused { why, status }) => {
                return Ok(Err(Stop::Dead { step: name.to_owned(), reason: why.to_owned(), status }));
            }
        };
        let learnt = step::learn(&self.templates, step, &job.scope, &job.subjects, &answer);
        let (learnt, failed) = match learnt {
            Ok(learnt) => (learnt, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        // What made something is not sent again, whatever is wrong with its answer. What only read is read again, because it may find what a request made
        // whose answer was lost.
        let (id, patient) = (job.begin.id.clone(), job.begin.patient.clone());
        let done = (prepared.method != Method::Get).then(|| key.to_owned());
        if done.is_some() || !learnt.is_empty() {
            self.store.step_done(id, done, learnt, patient).await?;
        }
        Ok(failed.map_or(Ok(()), |error| Err(not_made(name, &error))))
    }

    async fn stopped(&self, job: &Job, stop: Stop) -> Result<Outcome, StoreError> {
        let Begin { id, kind, .. } = &job.begin;
        match stop {
            Stop::Later { why, status, after_seconds } => {
                tracing::warn!(event.id = %id, event.type = %kind, why, status, "an event is put off");
                Ok(Outcome::Later { after_seconds: after_seconds.unwrap_or(PAUSE_SECONDS) })
            }
            Stop::Dead { step, reason, status } => {
                let at = self.clock.now_seconds();
                let dead = Dead { id: id.clone(), kind: kind.clone(), at, step, reason, status };
                tracing::error!(
                    event.id = %id, event.type = %kind, step = %dead.step, reason = %dead.reason, status,
                    "an event was given up; `consilium bridge crm dead` says how it is sent again"
                );
                self.store.dead(dead.clone()).await?;
                Ok(Outcome::Dead(dead))
            }
        }
    }
}

fn not_made(step: &str, error: &StepError) -> Stop {
    Stop::Dead { step: step.to_owned(), reason: error.to_string(), status: None }
}

fn condition_failed(key: &str, error: &TemplateError) -> Stop {
    Stop::Dead { step: key.to_owned(), reason: format!("{key}.when: {error}"), status: None }
}

/// What the templates of an event see, before its steps begin.
pub(crate) fn scope_of_event(config: &Config, id: &str, event: &Event) -> Scope {
    let empty = || Value::Object(serde_json::Map::new());
    let patient = event.data.get("patient").filter(|patient| patient.is_object()).cloned().unwrap_or_else(empty);
    Scope::new()
        .with("id", id)
        .with("type", event.kind.clone())
        .with("timestamp", event.timestamp.clone())
        .with("data", event.data.clone())
        .with("patient", patient)
        .with("values", config.values.clone())
        .with("known", crate::store::nothing_known())
        .with("is_late", false)
}

/// What the expressions and templates of something that came from the CRM see.
pub(crate) fn scope_of_incoming(config: &Config, body: &Value) -> Scope {
    Scope::new()
        .with("body", body.clone())
        .with("about", serde_json::json!({}))
        .with("values", config.values.clone())
        .with("known", crate::store::nothing_known())
        .with("is_late", false)
}

/// An id at the CRM as text. `None`: it is none.
fn foreign_id(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let is_sound = (1..=FOREIGN_ID_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control);
    is_sound.then_some(text)
}
