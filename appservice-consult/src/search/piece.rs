//! The texts of a sealed consultation, one after the other: what was said and sent, answered, concluded, and noted by staff. Pure.
//!
//! Deliberately absent: lines of the service itself, names of people, the questions that a patient was asked: they would be found everywhere.

use serde_json::Value;

use crate::api::types::{AnswerValue, AnsweredItem, ArchivedConclusion, SenderKind, SnippetSource, TranscriptEntry};
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::{Source, pieces};
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
}
