//! The texts of a sealed consultation, one after the other: what was said and sent, answered, concluded, and noted by staff; and those of a sealed call-back: why
//! it was ordered, what was noted, what came of it. Pure.
//!
//! Deliberately absent: lines of the service itself, names of people, their numbers, the questions that a patient was asked: they would be found everywhere, or
//! are found by lists.

use serde_json::Value;

use crate::api::types::{
    AnswerValue, AnsweredItem, ArchivedCallback, ArchivedConclusion, CallbackEnding, CallbackOutcome, SenderKind,
    SnippetSource, TranscriptEntry,
};
use crate::archive::Content;
use crate::time::Time;

pub use crate::api::types::SnippetSource as Source;

/// A text, where it stands, whose and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where.
    pub source: SnippetSource,
    /// When.
    pub at: Option<Time>,
    /// Name of whose it is.
    pub by: Option<String>,
    /// What it says.
    pub text: String,
}

/// All texts of a consultation; `notes` are those of staff.
pub fn pieces(content: &Content, notes: &[Piece]) -> Vec<Piece> {
    let said = content.transcript.iter().filter(|entry| entry.sender.kind != SenderKind::System).flat_map(of_entry);
    let concluded = content.conclusions.iter().map(of_conclusion);
    let answered = content.answers.iter().flat_map(|answers| {
        let at = Some(answers.answered_at);
        answers.items.iter().map(move |item| Piece { source: Source::Answer, at, by: None, text: of_answer(item) })
    });
    let all = said.chain(concluded).chain(answered).chain(notes.iter().cloned());
    all.filter(|piece| !piece.text.trim().is_empty()).collect()
}

/// What a message says, and the name of its file.
fn of_entry(entry: &TranscriptEntry) -> Vec<Piece> {
    let (at, by) = (Some(entry.sent_at), Some(entry.sender.name.clone()));
    let file =
        entry.file.as_ref().map(|file| Piece { source: Source::File, at, by: by.clone(), text: file.name.clone() });
    // Clients that send a file without words repeat its name as the text.
    let is_name = file.as_ref().is_some_and(|file| file.text == entry.body);
    let said = Piece { source: Source::Message, at, by, text: entry.body.clone() };
    (!is_name).then_some(said).into_iter().chain(file).collect()
}

/// Title and sections of a conclusion; one that cannot be read as JSON is found by its title.
fn of_conclusion(conclusion: &ArchivedConclusion) -> Piece {
    let document: Value = serde_json::from_str(&conclusion.content).unwrap_or_default();
    let sections = document["sections"].as_array().map(Vec::as_slice).unwrap_or_default();
    let written = sections.iter().filter_map(|section| section["text"].as_str());
    let text = std::iter::once(conclusion.title.as_str()).chain(written).collect::<Vec<_>>().join("\n");
    let (at, by) = (Some(conclusion.signed_at), Some(conclusion.signed_by.clone()));
    Piece { source: Source::Conclusion, at, by, text }
}

fn of_answer(item: &AnsweredItem) -> String {
    match &item.value {
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Codes(_) => item.chosen.join(", "),
        AnswerValue::Boolean(_) | AnswerValue::Decimal(_) => String::new(),
    }
}

/// All texts of a call-back.
pub fn pieces_of_callback(content: &ArchivedCallback) -> Vec<Piece> {
    let ArchivedCallback { reason, history, note, requested_at, .. } = content;
    let reason = reason.iter().map(|text| Piece {
        source: Source::Reason,
        at: Some(*requested_at),
        by: None,
        text: text.clone(),
    });
    let noted = history.iter().filter_map(|step| {
        let by = Some(step.name.clone()).filter(|name| !name.is_empty());
        Some(Piece { source: Source::Note, at: Some(step.at), by, text: step.note.clone()? })
    });
    // What was written at the end stands in the history too.
    let stands = |note: &&String| history.iter().any(|step| step.note.as_ref() == Some(*note));
    let last = note.iter().filter(|note| !stands(note));
    let last = last.map(|text| Piece { source: Source::Note, at: None, by: None, text: text.clone() });
    let ended = words_of_end(content.ending, content.outcome).iter();
    let ended = ended.map(|text| Piece { source: Source::Outcome, at: None, by: None, text: (*text).to_owned() });
    reason.chain(noted).chain(last).chain(ended).filter(|piece| !piece.text.trim().is_empty()).collect()
}

/// What came of a call-back, as the console says it in each of its languages: whoever searches types the words that he sees there.
fn words_of_end(ending: CallbackEnding, outcome: Option<CallbackOutcome>) -> &'static [&'static str] {
    match (ending, outcome) {
        (CallbackEnding::Cancelled, _) => &["Cancelled", "Отменена"],
        (CallbackEnding::Done, Some(CallbackOutcome::Answered)) => &["Talked", "Поговорили"],
        (CallbackEnding::Done, Some(CallbackOutcome::NotReached)) => &["Not reached", "Не дозвонились"],
        (CallbackEnding::Done, Some(CallbackOutcome::WrongNumber)) => &["Wrong number", "Чужой номер"],
        (CallbackEnding::Done, Some(CallbackOutcome::NotNeeded)) => &["Not needed any more", "Больше не нужно"],
        (CallbackEnding::Done, None) => &[],
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::{Source, pieces, pieces_of_callback};
    use crate::api::types::ArchivedCallback;
    use crate::archive::Content;

    fn content() -> Content {
        let entry = |body: &str, kind: &str, file: serde_json::Value| {
            json!({
                "event_id": "$1", "sender": { "user_id": "@a:x", "name": "Anna", "kind": kind }, "sent_at": "2026-01-01T10:00:00Z",
                "kind": "text", "body": body, "reply_to": null, "edited": false, "file": file, "trust": null,
            })
        };
        let file = json!({ "name": "rash.jpg", "mimetype": null, "size_bytes": null, "sha256": null, "url": "mxc://x/1", "encrypted_file": null });
        let conclusion = json!({
            "number": 1, "version": 1, "title": "Consultation report", "signed_at": "2026-01-01T11:00:00Z", "signed_by": "Dr Petrova",
            "method": "simple", "signature": "", "hash": "h", "content": r#"{"sections":[{"code":"advice","title":"Advice","text":"Drink water"}]}"#,
        });
        let answers = json!({
            "title": "Before we begin", "answered_at": "2026-01-01T09:00:00Z",
            "items": [
                { "link_id": "a", "text": "Where?", "type": "text", "value": "the left ear", "chosen": [], "unit": null, "red_flag": false },
                { "link_id": "b", "text": "Fever?", "type": "boolean", "value": true, "chosen": [], "unit": null, "red_flag": false },
            ],
        });
        let all = json!({
            "form": 1, "consultation": "c1", "files": [], "conclusions": [conclusion], "answers": answers,
            "transcript": [entry("It itches", "patient", json!(null)), entry("rash.jpg", "patient", file), entry("Dr Petrova has joined", "system", json!(null))],
        });
        serde_json::from_value(all).unwrap()
    }

    #[test]
    fn everything_that_people_wrote_is_a_piece_once_and_nothing_that_the_service_wrote() {
        let found = pieces(&content(), &[]);
        let found: Vec<_> = found.iter().map(|piece| (piece.source, piece.text.as_str())).collect();
        let wanted = [
            (Source::Message, "It itches"),
            (Source::File, "rash.jpg"),
            (Source::Conclusion, "Consultation report\nDrink water"),
            (Source::Answer, "the left ear"),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn of_a_call_back_reason_notes_and_what_came_of_it_are_pieces_once() {
        let at = "2026-01-01T10:00:00Z";
        let step = |action: &str, note: serde_json::Value| json!({ "at": at, "actor": "operator", "name": "Dr Petrova", "action": action, "note": note });
        let sealed = json!({
            "form": 1, "callback": "b1", "source": "app", "patient": "p1", "name": "Anna", "phone": "+74950000001",
            "reason": "A rash", "queue": "general", "requested_at": "2026-01-01T09:00:00Z", "window": null, "time_zone": "Europe/Moscow",
            "ending": "done", "outcome": "wrong_number", "note": "A shop answered", "attempts": 1, "consent": null,
            "history": [step("taken", json!(null)), step("noted", json!("Speaks slowly")), step("finished", json!("A shop answered"))],
        });
        let mut content: ArchivedCallback = serde_json::from_value(sealed).unwrap();
        let texts = |content: &ArchivedCallback| {
            let found = pieces_of_callback(content).into_iter();
            found.map(|piece| (piece.source, piece.text)).collect::<Vec<_>>()
        };
        let mut wanted = vec![
            (Source::Reason, "A rash".to_owned()),
            (Source::Note, "Speaks slowly".to_owned()),
            (Source::Note, "A shop answered".to_owned()),
            (Source::Outcome, "Wrong number".to_owned()),
            (Source::Outcome, "Чужой номер".to_owned()),
        ];
        assert_eq!(texts(&content), wanted);
        content.history.clear();
        wanted.remove(1);
        assert_eq!(texts(&content), wanted, "as records stand whose history has no notes");
    }
}
