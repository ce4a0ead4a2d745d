//! A desk with one of each kind of thing, all about Anna, and which kind each identifier in a path stands for.
//!
//! Whoever mounts a route with an identifier that is new says in [`PARAMETERS`] what it stands for, and, where the kind is new, makes one in [`Things::about_anna`].

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::partner::Partner;
use super::receiver::Receiver;
use super::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World, request_id};
use crate::council::on_duty;
use crate::full_text::{archived, index};
use crate::full_text_more::called_back;
use crate::merge::{merge, patient};
use crate::person::{add, masha};
use crate::retention::id;
use crate::rules::{rule, runs};
use crate::webhook::{endpoint, log};
use crate::{call, follow_up};

/// What an identifier in a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// A thing of a tenant, of this kind.
    Thing(&'static str),
    /// A word that means the same in every tenant, such as a queue of the brand; this one is known.
    Word(&'static str),
}

use Stands::{Thing, Word};

/// Paths up to an identifier, and what it stands for.
const PARAMETERS: [(&str, Stands); 35] = [
    ("/api-keys/{id}", Thing("api key")),
    ("/archive/{consultation_id}", Thing("consultation")),
    ("/callbacks/{id}", Thing("call-back")),
    ("/calls/{id}", Thing("call")),
    ("/canned/{id}", Thing("canned reply")),
    ("/checklist/{item}", Word("unknown")),
    ("/consultations/{id}", Thing("consultation")),
    ("/consultations/{id}/macros/{macro_id}", Thing("macro")),
    ("/consultations/{id}/participants/{operator_id}", Thing("operator")),
    ("/consultations/{id}/queue-invitations/{invitation_id}", Thing("invitation of a queue")),
    ("/consultations/{id}/tags/{tag_id}", Thing("tag")),
    ("/conversations/{id}", Thing("conversation")),
    ("/files/{id}", Thing("file")),
    ("/follow-ups/{id}", Thing("follow-up")),
    ("/holds/{id}", Thing("hold")),
    ("/macros/{id}", Thing("macro")),
    ("/me/consents/{purpose}", Word("treatment")),
    ("/me/persons/{id}", Thing("person")),
    ("/me/persons/{id}/consents/{purpose}", Word("treatment")),
    ("/mentions/{id}", Thing("mention")),
    ("/merges/{id}", Thing("merge")),
    ("/notes/{id}", Thing("note")),
    ("/operators/{id}", Thing("operator")),
    ("/patients/{id}", Thing("patient")),
    ("/patients/{id}/dismissed-duplicates/{other_id}", Thing(OTHER_PATIENT)),
    ("/patients/{id}/persons/{person_id}", Thing("person")),
    ("/public/rehearsals/{code}", Word("unknown")),
    ("/queue-invitations/{id}", Thing("invitation of a queue")),
    ("/queues/{id}", Word("general")),
    ("/rules/runs/{id}", Thing("run of a rule")),
    ("/settings/{section}", Word("unknown")),
    ("/tags/{id}", Thing("tag")),
    ("/views/{id}", Thing("view")),
    ("/webhooks/{id}", Thing("webhook")),
    ("/webhooks/{id}/deliveries/{event_id}", Thing("delivery")),
];

/// Fields of bodies that name a thing.
const FIELDS: [(&str, &str); 5] = [
    ("patient_id", "patient"),
    ("merged_id", OTHER_PATIENT),
    ("operator_id", "operator"),
    ("lead", "operator"),
    ("person_id", "person"),
];

/// The second card where a request is about two.
const OTHER_PATIENT: &str = "other patient";

/// Identifiers of the form of ours that nothing has; the second where a request is about two cards.
const ABSENT: &str = "00000000-0000-7000-8000-000000000000";
const ABSENT_OTHER: &str = "00000000-0000-7000-8000-000000000001";

/// What the last identifier of this beginning of a path stands for; none: nobody has said.
pub fn stands_for(beginning: &str) -> Option<Stands> {
    PARAMETERS.iter().find(|(known, _)| *known == beginning).map(|(_, stands)| *stands)
}

/// A path with each identifier replaced; `value` is given the path up to it.
pub fn with_each(path: &str, value: impl Fn(&str) -> String) -> String {
    let (mut filled, mut done) = (String::new(), 0);
    for (end, _) in path.match_indices('}') {
        let beginning = &path[..=end];
        let start = beginning.rfind('{').expect("a parameter opens before it closes");
        filled.push_str(&path[done..start]);
        filled.push_str(&value(beginning));
        done = end + 1;
    }
    filled + &path[done..]
}

/// Paths up to each identifier of a path.
pub fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('}').map(|(end, _)| &path[..=end])
}

/// Things by their kinds.
pub struct Things(BTreeMap<&'static str, Vec<String>>);

impl Things {
    /// Makes one of each kind, all about Anna. Nothing is left to do for the workers afterwards.
    pub async fn about_anna(world: &World) -> Self {
        let receiver = Receiver::start().await;
        let mut things = Self(BTreeMap::new());
        let (webhook, _) = endpoint(world, &receiver, "/crm", &["consultation.requested"]).await;
        rule(world, "all", "consultation.requested", json!({}), json!({ "alarm": true })).await;
        let sealed = archived(world, ANNA, &["The knee hurts"]).await;
        let called = called_back(world, ANNA, "The knee again", "Speaks slowly").await;
        world.pass(60);
        let talk = world.talk(ANNA, PETROVA).await;
        things.put("webhook", &webhook);
        things.put("consultation", id(&talk));
        things.put("consultation", id(&sealed));
        things.put("conversation", talk["conversation_id"].as_str().expect("a conversation"));
        things.put("call-back", id(&called));
        things.put("call", id(&call::call(world, PETROVA, &talk).await["call"]));
        things.put("person", id(&add(world, ANNA, masha()).await));
        on_duty(world, SOKOLOV).await;
        let invitations = format!("/consultations/{}/queue-invitations", id(&talk));
        things.put(
            "invitation of a queue",
            id(&world.post(PETROVA, &invitations, json!({ "queue_id": "general" })).await),
        );
        things.people(world).await;
        things.of_the_desk(world, &talk).await;
        world.settle().await;
        world.told().await;
        index(world).await;
        things.put("run of a rule", id(&runs(world, "").await[0]));
        things.put("delivery", id(&log(world, &webhook).await[0]));
        things
    }

    /// Cards of patients, one of them merged with another; a member of staff, a system's key.
    async fn people(&mut self, world: &World) {
        for (who, name) in [("olga", "Olga Ivanova"), ("olga-again", "Olga Petrovna Ivanova")] {
            world.call(who, "PATCH", "/me", Some(json!({ "name": name }))).await.ok();
        }
        let (one, other) = (patient(world, "olga").await, patient(world, "olga-again").await);
        self.put("merge", id(&merge(world, &one, &other, &["name"]).await));
        self.put(OTHER_PATIENT, &one);
        let anna = patient(world, ANNA).await;
        self.put("patient", &anna);
        let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
        self.put("operator", petrova.as_str().expect("a member of staff"));
        self.put("api key", &Partner::with(world, "CRM", &["patients:read"]).await.id);
        let follow_up = follow_up::make(world, PETROVA, &anna, json!({})).await.ok();
        self.put("follow-up", id(&follow_up));
        let hold = json!({ "patient_id": anna, "reason": "Case A-17", "request_id": request_id() });
        self.put("hold", id(&world.post(VOLKOVA, "/holds", hold).await));
    }

    /// What the desk keeps for itself.
    async fn of_the_desk(&mut self, world: &World, talk: &Value) {
        let sokolov = world.get(SOKOLOV, "/me").await["operator"]["id"].clone();
        let note = json!({ "text": "Look at this", "mentions": [sokolov], "request_id": request_id() });
        let notes = format!("/conversations/{}/notes", talk["conversation_id"].as_str().expect("a conversation"));
        self.put("note", id(&world.post(PETROVA, &notes, note).await));
        self.put("mention", id(&world.get(SOKOLOV, "/mentions").await["items"][0]));
        for (kind, path, new) in [
            (
                "canned reply",
                "/canned",
                json!({ "scope": "shared", "title": "Greeting", "shortcut": "hi", "language": "en", "text": "Hello" }),
            ),
            ("file", "/files", json!({ "name": "a.txt", "media_type": "text/plain", "content": "YQ==" })),
            ("macro", "/macros", json!({ "title": "M", "shortcut": "m", "note": "n" })),
            ("tag", "/tags", json!({ "names": { "en": "Knee" }, "color": "info" })),
            ("view", "/views", json!({ "name": "V", "section": "waiting" })),
        ] {
            self.put(kind, id(&world.post(VOLKOVA, path, new).await));
        }
    }

    fn put(&mut self, kind: &'static str, id: &str) {
        self.0.entry(kind).or_default().push(id.to_owned());
    }

    /// The `number`th of a kind, or the last where there are fewer.
    fn of_kind(&self, kind: &str, number: usize) -> &str {
        let all = self.0.get(kind).unwrap_or_else(|| panic!("make one `{kind}` in support/things.rs"));
        &all[number.min(all.len() - 1)]
    }

    /// A path to things that are there: with each of them where there are several of a kind.
    pub fn paths(&self, path: &str) -> BTreeSet<String> {
        let most = self.0.values().map(Vec::len).max().unwrap_or(0);
        (0..most).map(|number| with_things(path, |kind| self.of_kind(kind, number).to_owned())).collect()
    }

    /// A body whose fields name things that are there.
    pub fn body(&self, body: Option<&Value>) -> Option<Value> {
        with_fields(body, |kind| self.of_kind(kind, 0).to_owned())
    }

    /// A text in which nothing says any more whether it is about what is there.
    pub fn blind(&self, text: &str) -> String {
        self.all().chain([ABSENT_OTHER]).fold(text.to_owned(), |text, id| text.replace(id, ABSENT))
    }

    /// Every identifier.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().flatten().map(String::as_str)
    }
}

/// A path to things that are not there.
pub fn absent_path(path: &str) -> String {
    with_things(path, absent)
}

/// A body whose fields name things that are not there.
pub fn absent_body(body: Option<&Value>) -> Option<Value> {
    with_fields(body, absent)
}

fn absent(kind: &str) -> String {
    if kind == OTHER_PATIENT { ABSENT_OTHER.to_owned() } else { ABSENT.to_owned() }
}

fn with_things(path: &str, value: impl Fn(&str) -> String) -> String {
    let path = path.replace("with=other", &format!("with={}", value(OTHER_PATIENT)));
    with_each(&path, |beginning| match stands_for(beginning) {
        Some(Thing(kind)) => value(kind),
        Some(Word(word)) => word.to_owned(),
        None => panic!("say in PARAMETERS of support/things.rs what the end of {beginning} stands for"),
    })
}

fn with_fields(body: Option<&Value>, value: impl Fn(&str) -> String) -> Option<Value> {
    let mut body = body?.clone();
    for (field, kind) in FIELDS {
        if let Some(named @ Value::String(_)) = body.get_mut(field) {
            *named = json!(value(kind));
        }
    }
    Some(body)
}
