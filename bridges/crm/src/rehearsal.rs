//! What a mapping would send, tried on made-up events of every type that it names, as one story: what is remembered at one is known at the next. Nothing is sent.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::config::{Config, Incoming, Step, Target};
use crate::event::TYPES;
use crate::example;
use crate::known::Subject;
use crate::request::{Answer, Prepared};
use crate::step::{self, StepError};
use crate::store::nothing_known;
use crate::template::{Scope, Templates};
use crate::work::{scope_of_event, scope_of_incoming};

/// What came of it.
#[derive(Debug)]
pub struct Rehearsal {
    /// What would be sent, for people.
    pub story: String,
    /// What would be given up, one line each; empty when all goes well.
    pub failures: Vec<String>,
}

/// Tries a mapping that has passed the checks.
pub fn rehearse(config: &Config) -> Rehearsal {
    let mut stage = Stage { config, templates: Templates::new(), known: nothing_known(), out: Rehearsal::new() };
    for kind in TYPES {
        stage.event(kind);
    }
    for poll in config.poll.values() {
        stage.list(&poll.list);
    }
    for incoming in config.incoming() {
        stage.incoming(incoming);
    }
    stage.out
}

impl Rehearsal {
    fn new() -> Self {
        Self { story: String::new(), failures: Vec::new() }
    }

    fn say(&mut self, line: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.story, "{line}");
    }

    fn fail(&mut self, what: &str, why: &str) {
        self.say(&format!("    ! {why}"));
        self.failures.push(format!("{what}: {why}"));
    }
}

struct Stage<'a> {
    config: &'a Config,
    templates: Templates,
    known: Map<String, Value>,
    out: Rehearsal,
}

impl Stage<'_> {
    fn event(&mut self, kind: &str) {
        let config = self.config;
        let lists: Vec<_> = config.on.iter().filter(|on| on.events.iter().any(|event| event == kind)).collect();
        if lists.is_empty() {
            return;
        }
        self.out.say(kind);
        let event = example::event(kind);
        let scope = scope_of_event(config, example::ID, &event);
        for on in lists {
            if self.is_wanted(kind, on.when.as_deref(), &scope) {
                self.steps(kind, &on.steps, &scope, &event.subjects());
            }
        }
    }

    fn incoming(&mut self, incoming: Incoming<'_>) {
        let what = format!("{}.{}", incoming.key, incoming.name);
        self.out.say(&what);
        let Some(body) = incoming.example.and_then(|example| serde_json::from_str::<Value>(example).ok()) else {
            self.out.say("    (without an `example` it is not tried)");
            return;
        };
        let mut scope = scope_of_incoming(self.config, &body);
        match self.templates.evaluate(incoming.id, &scope) {
            Ok(Some(id)) => scope.set("id", format!("{}:{}:{id}", incoming.key, incoming.name)),
            Ok(None) => return self.out.fail(&what, &format!("{what}.id: it gives no id")),
            Err(error) => return self.out.fail(&what, &format!("{what}.id: {}", error.detail())),
        }
        let mut subjects = Vec::new();
        if let Some(about) = incoming.about {
            if let Err(error) = self.templates.evaluate(&about.is, &scope) {
                return self.out.fail(&what, &format!("{what}.about.is: {}", error.detail()));
            }
            let subject = Subject { kind: about.known.kind, id: example::PATIENT.to_owned() };
            scope.set("about", json!({ "id": subject.id, "patient_id": example::PATIENT }));
            subjects.push(subject);
        }
        if self.is_wanted(&what, incoming.when, &scope) {
            self.steps(&what, incoming.steps, &scope, &subjects);
        }
    }

    fn list(&mut self, name: &str) {
        self.out.say("poll");
        let scope = crate::poll::scope_of_list(&self.config.values);
        self.step("poll", (name, &self.config.steps[name]), &scope, &[]);
    }

    fn is_wanted(&mut self, what: &str, when: Option<&str>, scope: &Scope) -> bool {
        let Some(when) = when else { return true };
        match self.templates.is_true(when, scope) {
            Ok(true) => true,
            Ok(false) => {
                self.out.say("    (skipped by its condition)");
                false
            }
            Err(error) => {
                self.out.fail(what, &format!("when: {}", error.detail()));
                false
            }
        }
    }

    fn steps(&mut self, what: &str, steps: &[String], scope: &Scope, subjects: &[Subject]) {
        for name in steps {
            let step = (name.as_str(), &self.config.steps[name]);
            if !self.step(what, step, scope, subjects) {
                // The bridge would give the event up here.
                return;
            }
        }
    }

    /// One step. False: it would be given up.
    fn step(&mut self, what: &str, step: (&str, &Step), scope: &Scope, subjects: &[Subject]) -> bool {
        let once = step::once(example::ID, step.0);
        let scope = scope.clone().with("known", self.known.clone()).with("once", once.clone());
        let prepared = match step::prepare(&self.templates, step, &scope, &self.known, &once) {
            Ok(Some(prepared)) => prepared,
            Ok(None) => {
                self.out.say(&format!("  {}: skipped", step.0));
                return true;
            }
            Err(error) => {
                self.out.fail(what, &error.detail());
                return false;
            }
        };
        self.show(step.0, &prepared);
        match self.learn(step, &scope, subjects) {
            Ok(()) => true,
            Err(error) => {
                self.out.fail(what, &error.detail());
                false
            }
        }
    }

    fn show(&mut self, name: &str, prepared: &Prepared) {
        let base = match prepared.to {
            Target::Crm => self.config.crm.url.trim_end_matches('/').to_owned(),
            Target::Consilium => {
                let url = self.config.consilium.url.as_deref().unwrap_or_default();
                format!("{}/_consilium/v1", url.trim_end_matches('/'))
            }
        };
        let method = reqwest::Method::from(prepared.method);
        self.out.say(&format!("  {name}: {method} {base}{}", prepared.path));
        for (header, value) in &prepared.headers {
            self.out.say(&format!("    {header}: {value}"));
        }
        let body = prepared.body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok());
        if let Some(body) = body {
            self.out.say(&format!("    {body}"));
        }
    }

    /// What the step would remember of its example, or each name for itself.
    fn learn(&mut self, step: (&str, &Step), scope: &Scope, subjects: &[Subject]) -> Result<(), StepError> {
        let example = step.1.example.as_deref().and_then(|example| serde_json::from_str::<Value>(example).ok());
        if let Some(json) = example {
            let answer = Answer { status: 200, location: None, json: Some(json) };
            for learnt in step::learn(&self.templates, step, scope, subjects, &answer)? {
                self.remember(learnt.subject.kind.word(), &learnt.name, learnt.value);
            }
            return Ok(());
        }
        for name in step.1.remember.keys() {
            self.remember(name.kind.word(), &name.name, Value::String(format!("<{name}>")));
        }
        Ok(())
    }

    fn remember(&mut self, kind: &str, name: &str, value: Value) {
        self.out.say(&format!("    remembers {kind}.{name} = {value}"));
        self.known[kind][name] = value;
    }
}
