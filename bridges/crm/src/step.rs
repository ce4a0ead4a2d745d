//! One step of the mapping: whether it is done, what it sends, what is learnt of its answer. Pure, over plain values.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::config::Step;
use crate::known::{KnownName, Subject};
use crate::request::{Answer, Prepared};
use crate::store::Learnt;
use crate::template::{Place, Scope, TemplateError, Templates};

/// Longest text that is remembered. Unit: bytes. An id is shorter; whatever is longer is no id.
const REMEMBERED_BYTES_MAX: usize = 255;

/// A step that could not be made or read.
#[derive(Debug, thiserror::Error)]
#[error("{key}: {why}")]
pub(crate) struct StepError {
    /// The key of the mapping.
    pub(crate) key: String,
    /// Why.
    pub(crate) why: Why,
}

/// Why a step could not be made or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Why {
    /// A template or an expression.
    #[error("{0}")]
    Template(TemplateError),
    /// Something else than an id is to be remembered.
    #[error("it is no id: a text of 1 to {REMEMBERED_BYTES_MAX} bytes, a number, or true or false")]
    NotId,
    /// It is to be remembered of something that the event is not about.
    #[error("the event is not about a {0}")]
    NoSubject(&'static str),
}

impl StepError {
    /// With what the template engine adds, for example events only.
    pub(crate) fn detail(&self) -> String {
        match &self.why {
            Why::Template(error) => format!("{}: {}", self.key, error.detail()),
            _ => self.to_string(),
        }
    }
}

/// A name for a request that stays the same however often it is tried.
pub(crate) fn once(event: &str, step: &str) -> String {
    let digest = Sha256::digest(format!("{event}\n{step}"));
    format!("consilium-{}", hex::encode(&digest[..16]))
}

/// The request of a step. `None`: it is skipped. `once` is in `scope` too.
pub(crate) fn prepare(
    templates: &Templates,
    (name, step): (&str, &Step),
    scope: &Scope,
    known: &Map<String, Value>,
    once: &str,
) -> Result<Option<Prepared>, StepError> {
    let at = |key: &str| {
        let key = format!("steps.{name}.{key}");
        move |error| StepError { key, why: Why::Template(error) }
    };
    if step.unless_known.as_ref().is_some_and(|name| is_known(known, name)) {
        return Ok(None);
    }
    if let Some(when) = &step.when
        && !templates.is_true(when, scope).map_err(at("when"))?
    {
        return Ok(None);
    }
    let path = templates.render(Place::Path, &step.path, scope).map_err(at("path"))?;
    let body = step.body.as_ref().map(|body| templates.render(Place::Body, body, scope)).transpose();
    let headers = step.headers.iter().map(|(header, value)| {
        let value = templates.render(Place::Header, value, scope).map_err(at(&format!("headers.{header}")))?;
        Ok((header.clone(), value))
    });
    Ok(Some(Prepared {
        to: step.to,
        method: step.method,
        path,
        headers: headers.collect::<Result<_, _>>()?,
        body: body.map_err(at("body"))?,
        accept: step.accept.clone(),
        once: once.to_owned(),
    }))
}

fn is_known(known: &Map<String, Value>, name: &KnownName) -> bool {
    known.get(name.kind.word()).and_then(|of| of.get(&name.name)).is_some_and(|value| !value.is_null())
}

/// What is learnt of an answer.
pub(crate) fn learn(
    templates: &Templates,
    (name, step): (&str, &Step),
    scope: &Scope,
    subjects: &[Subject],
    answer: &Answer,
) -> Result<Vec<Learnt>, StepError> {
    let scope = scope
        .clone()
        .with("answer", answer.json.clone().unwrap_or_default())
        .with("status", answer.status)
        .with("location", answer.location.clone());
    let mut learnt = Vec::new();
    for (known, expression) in &step.remember {
        let fail = |why| StepError { key: format!("steps.{name}.remember.\"{known}\""), why };
        let found = templates.evaluate(expression, &scope).map_err(|error| fail(Why::Template(error)))?;
        let Some(value) = found else { continue };
        if !is_id(&value) {
            return Err(fail(Why::NotId));
        }
        let subject = subjects.iter().find(|subject| subject.kind == known.kind);
        let subject = subject.ok_or_else(|| fail(Why::NoSubject(known.kind.word())))?.clone();
        learnt.push(Learnt { subject, name: known.name.clone(), value });
    }
    Ok(learnt)
}

fn is_id(value: &Value) -> bool {
    match value {
        Value::String(text) => (1..=REMEMBERED_BYTES_MAX).contains(&text.len()),
        Value::Number(_) | Value::Bool(_) => true,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::{Value, json};

    use super::{Answer, Scope, Templates, learn, once, prepare};
    use crate::config::{Method, Step, Target};
    use crate::known::{Kind, Subject};
    use crate::store::nothing_known;

    fn step() -> Step {
        Step {
            to: Target::Crm,
            method: Method::Post,
            path: "/deals".to_owned(),
            headers: [("x-once".to_owned(), "{{ once }}".to_owned())].into(),
            body: Some(r#"{ "contact": {{ known.patient.contact }} }"#.to_owned()),
            when: Some("data.queue_id != 'dental'".to_owned()),
            unless_known: Some("consultation.deal".parse().unwrap()),
            accept: vec![409],
            remember: [("consultation.deal".parse().unwrap(), "answer.id".to_owned())].into(),
            example: None,
        }
    }

    fn scope(queue: &str, known: &serde_json::Map<String, Value>) -> Scope {
        let scope = Scope::new().with("data", json!({ "queue_id": queue })).with("once", "name");
        scope.with("known", known.clone())
    }

    #[test]
    fn a_step_is_made_of_what_is_known_and_skipped_when_it_is_not_wanted() {
        let templates = Templates::new();
        let mut known = nothing_known();
        let missing = prepare(&templates, ("deal", &step()), &scope("general", &known), &known, "name").unwrap_err();
        assert_eq!(missing.key, "steps.deal.body");
        known["patient"]["contact"] = json!(55);
        let made = prepare(&templates, ("deal", &step()), &scope("general", &known), &known, "name").unwrap().unwrap();
        assert_eq!(made.body.as_deref(), Some(r#"{ "contact": 55 }"#));
        assert_eq!(made.headers, [("x-once".to_owned(), "name".to_owned())]);
        let other = prepare(&templates, ("deal", &step()), &scope("dental", &known), &known, "name").unwrap();
        assert_eq!(other, None);
        known["consultation"]["deal"] = json!("7");
        let again = prepare(&templates, ("deal", &step()), &scope("general", &known), &known, "name").unwrap();
        assert_eq!(again, None);
    }

    #[test]
    fn ids_are_learnt_and_nothing_else() {
        let (templates, scope) = (Templates::new(), Scope::new());
        let subject = Subject { kind: Kind::Consultation, id: "c".to_owned() };
        let of = |json: Value, subjects: &[Subject]| {
            let answer = Answer { status: 201, location: None, json: Some(json) };
            learn(&templates, ("deal", &step()), &scope, subjects, &answer)
        };
        let subjects = [subject.clone()];
        let learnt = of(json!({ "id": 9 }), &subjects).unwrap();
        assert_eq!((&learnt[0].subject, &learnt[0].value), (&subject, &json!(9)));
        assert!(of(json!({}), &subjects).unwrap().is_empty(), "nothing was found");
        for wrong in [json!(""), json!({}), json!([1]), json!("x".repeat(256))] {
            assert!(of(json!({ "id": wrong }), &subjects).is_err(), "{wrong}");
        }
        let nobody = of(json!({ "id": 9 }), &[]).unwrap_err();
        assert_eq!(
            nobody.to_string(),
            "steps.deal.remember.\"consultation.deal\": the event is not about a consultation"
        );
    }

    #[test]
    fn a_request_keeps_its_name() {
        assert_eq!(once("msg_1", "deal#1"), once("msg_1", "deal#1"));
        assert_ne!(once("msg_1", "deal#1"), once("msg_1", "deal#2"));
        assert_ne!(once("msg_1", "deal#1"), once("msg_2", "deal#1"));
    }
}
