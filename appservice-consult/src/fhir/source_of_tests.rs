//! A consultation in which everything happened once, for the tests beside the mapping.

use consilium_config::brand::{ConsentSubject, QuestionType};
use serde_json::json;

use super::gather::{Acted, Clinic, Professional, Source, Subject, Visit};
use super::names::Names;
use crate::api::types::{
    AnswerValue, Answered, AnsweredItem, ArchivedCall, ArchivedConclusion, ArchivedFile, CallKind, CallOutcome,
    ParticipantRole, Phase, Relationship, Sender, SenderKind, TranscriptEntry, TranscriptKind,
};
use crate::consent::{Decision, Entry, Shown};
use crate::consultation::team::Member;
use crate::patient::Card;
use crate::time::Time;

fn at(second: i64) -> Time {
    Time::from_millis(1_700_000_000_000).plus_seconds(second)
}

/// A message; Anna's are a patient's.
pub(super) fn said(event: &str, who: &str, name: &str) -> TranscriptEntry {
    let kind = if who.starts_with("@anna") { SenderKind::Patient } else { SenderKind::Operator };
    TranscriptEntry {
        event_id: event.into(),
        sender: Sender { user_id: who.into(), name: name.to_owned(), kind },
        sent_at: at(20),
        kind: TranscriptKind::Text,
        body: "Hello".to_owned(),
        reply_to: None,
        edited: false,
        file: None,
        trust: None,
        reactions: Vec::new(),
    }
}

/// A picture.
pub(super) fn file(name: &str) -> ArchivedFile {
    ArchivedFile {
        name: name.to_owned(),
        mimetype: Some("image/jpeg".to_owned()),
        size_bytes: Some(7),
        sha256: Some("H".to_owned()),
        url: "mxc://hs.test/1".to_owned(),
        encrypted_file: Some(json!({ "key": { "k": "KEY" } })),
        thumbnail_url: None,
        voice: None,
    }
}

fn conclusion(version: i64, reason: Option<&str>) -> ArchivedConclusion {
    let content = json!({
        "form": 1, "number": 7, "version": version, "consultation": "c1", "template": "visit", "language": "en",
        "title": "Conclusion", "issuer": { "name": "Clinic", "legal_name": "Clinic Ltd" }, "service": "GP",
        "asked_at": at(0), "patient": { "id": "p1", "name": "Anna" }, "author": { "id": "o1", "name": "Dr Petrova" },
        "at": at(50 + version), "time_zone": "Europe/Moscow",
        "sections": [{ "code": "advice", "title": "Advice", "text": "Rest <b>and</b> tea.\nThen work." }],
        "reason": reason,
    });
    ArchivedConclusion {
        number: 7,
        version,
        title: "Conclusion".to_owned(),
        signed_at: at(50 + version),
        signed_by: "Dr Petrova".to_owned(),
        method: "simple".to_owned(),
        signature: String::new(),
        hash: "ab".repeat(32),
        content: content.to_string(),
    }
}

fn member(operator: &str, role: ParticipantRole) -> Member {
    Member { operator: operator.into(), role, joined_at: at(5), left_at: None, invited_by: None }
}

fn professional(id: &str, login: &str, name: &str) -> Professional {
    Professional {
        id: id.into(),
        user_id: format!("@{login}:hs.test").into(),
        name: name.to_owned(),
        title: Some("GP".to_owned()),
    }
}

fn call() -> ArchivedCall {
    ArchivedCall {
        id: "k1".into(),
        kind: CallKind::Video,
        caller: Sender {
            user_id: "@petrova:hs.test".into(),
            name: "Dr Petrova".to_owned(),
            kind: SenderKind::Operator,
        },
        started_at: at(30),
        answered_at: Some(at(32)),
        ended_at: at(45),
        outcome: CallOutcome::Completed,
        decline_reason: None,
        talked_seconds: 13,
    }
}

fn answered() -> Answered {
    let item = AnsweredItem {
        link_id: "words".to_owned(),
        text: "What else?".to_owned(),
        kind: QuestionType::Text,
        value: AnswerValue::Text("A cough".to_owned()),
        chosen: Vec::new(),
        unit: None,
        red_flag: true,
    };
    Answered { title: "About you".to_owned(), answered_at: at(0), items: vec![item] }
}

/// A row of the ledger of consents.
pub(super) fn decided(purpose: &str, version: i64, decision: Decision, second: i64) -> Entry {
    let text = |text: &str| text.to_owned();
    let shown = Shown {
        language: text("en"),
        title: text("I agree"),
        summary: text("To it."),
        text: format!("All of {purpose}."),
    };
    Entry {
        purpose: purpose.into(),
        person: None,
        version,
        decision,
        text_hash: shown.hash(),
        at: at(second),
        device_id: Some(text("D")),
        shown,
    }
}

/// The consultation.
pub(super) fn rich() -> Source {
    let mut picture = said("$2", "@anna:hs.test", "Anna");
    (picture.file, picture.kind) = (Some(file("rash.jpg")), TranscriptKind::Image);
    let mut reply = said("$3", "@petrova:hs.test", "Dr Petrova");
    (reply.reply_to, reply.edited) = (Some("$2".into()), true);
    let steps = [(0, "requested"), (5, "taken"), (60, "closed")];
    Source {
        names: Names { server_name: "hs.test".to_owned(), public_url: "https://api.test".to_owned() },
        clinic: Clinic {
            name: "Clinic".to_owned(),
            legal_name: "Clinic Ltd".to_owned(),
            address: Some("1 Street".to_owned()),
            phone: Some("+70000000000".to_owned()),
            email: None,
        },
        patient: Subject {
            id: "p1".into(),
            card: Card { name: "Anna".to_owned(), ..Card::default() },
            links: Vec::new(),
        },
        person: None,
        ledger: vec![
            decided("treatment", 1, Decision::Given, -20),
            decided("news", 1, Decision::Given, -20),
            decided("news", 2, Decision::Withdrawn, -10),
        ],
        covers: [("treatment".into(), vec![ConsentSubject::Treatment, ConsentSubject::HealthData])].into(),
        staff: vec![professional("o1", "petrova", "Dr Petrova"), professional("o2", "sokolov", "Dr Sokolov")],
        visit: Visit {
            id: "c1".into(),
            language: "en".to_owned(),
            service: ("general".to_owned(), "GP".to_owned()),
            phase: Phase::Archived,
            requested_at: at(0),
            ended_at: Some(at(60)),
            members: vec![member("o1", ParticipantRole::Lead), member("o2", ParticipantRole::Observer)],
            steps: steps.map(|(second, action)| (at(second), action.to_owned())).to_vec(),
            sealed: (3, at(61)),
        },
        transcript: vec![said("$1", "@anna:hs.test", "Anna"), picture, reply],
        calls: vec![call()],
        conclusions: vec![conclusion(1, None), conclusion(2, Some("a slip of the pen"))],
        answers: Some(answered()),
    }
}

/// The same about Masha, whose mother Anna is.
pub(super) fn acted_for() -> Source {
    let card = Card { name: "Masha".to_owned(), birth_date: Some(jiff::civil::date(2020, 5, 1)), ..Card::default() };
    Source { person: Some(Acted { id: "m1".into(), card, relationship: Some(Relationship::Parent) }), ..rich() }
}
