//! `Communication`: each message and each call. Pure.
//!
//! A message that was taken back is there without a text, so that what answers it still has what it answers; so is one whose key never came.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::gather::Source;
use super::names::Handle;
use super::papers;
use super::people::People;
use crate::api::types::{ArchivedCall, CallKind, CallOutcome, SenderKind, TranscriptEntry, TranscriptKind};

const MODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/communication-category";

/// All of them: messages in their order, then calls in the order they ended.
pub(super) fn communications(source: &Source, people: &People<'_>) -> Vec<Value> {
    let known: HashSet<&str> = source.transcript.iter().map(|entry| entry.event_id.as_str()).collect();
    let messages = source.transcript.iter().map(|entry| message(source, people, entry, &known));
    messages.chain(source.calls.iter().map(|call| called(source, people, call))).collect()
}

fn handle(source: &Source, event: &str) -> Handle {
    source.names.handle("Communication", event, "")
}

fn message(source: &Source, people: &People<'_>, entry: &TranscriptEntry, known: &HashSet<&str>) -> Value {
    let event = entry.event_id.as_str();
    let (status, reason) = match entry.kind {
        TranscriptKind::Redacted => ("entered-in-error", Some(("taken-back", "Taken back by its sender"))),
        TranscriptKind::Undecryptable => ("unknown", Some(("unreadable", "Its key never came"))),
        TranscriptKind::Text
        | TranscriptKind::Notice
        | TranscriptKind::Image
        | TranscriptKind::File
        | TranscriptKind::Audio
        | TranscriptKind::Video => ("completed", None),
    };
    let reason = reason.map(|(code, text)| json!({ "coding": [source.names.coding("message-status", code, text)] }));
    let edited = entry.edited.then(|| json!({ "url": source.names.system("edited"), "valueBoolean": true }));
    let is_notice = entry.sender.kind == SenderKind::System;
    let category = is_notice
        .then(|| json!({ "coding": [{ "system": CATEGORY, "code": "notification", "display": "Notification" }] }));
    let answered = entry.reply_to.as_ref().filter(|answered| known.contains(answered.as_str()));
    json!({
        "resourceType": "Communication",
        "id": handle(source, event).id,
        "extension": [edited],
        "identifier": [source.names.identifier("message", event)],
        "inResponseTo": [answered.map(|answered| handle(source, answered.as_str()).reference())],
        "status": status,
        "statusReason": reason,
        "category": [category],
        "medium": [{ "coding": [{ "system": MODE, "code": "ONLINEWRIT", "display": "online written" }] }],
        "subject": people.patient().reference(),
        "encounter": people.encounter().reference(),
        "sent": entry.sent_at,
        "recipient": [people.recipient(&entry.sender).reference()],
        "sender": people.sender(&entry.sender).reference(),
        "payload": payload(source, entry),
    })
}

/// The words, and the file; the name of a file is no words.
fn payload(source: &Source, entry: &TranscriptEntry) -> Vec<Value> {
    let is_name = entry.file.as_ref().is_some_and(|file| file.name == entry.body);
    let words = (!is_name).then(|| json!({ "contentString": entry.body }));
    let file =
        entry.file.as_ref().map(|_| json!({ "contentReference": papers::file_handle(source, entry).reference() }));
    // Without a text FHIR could hold, there is no payload: `payload.content[x]` must be there.
    words.into_iter().chain(file).filter_map(super::text::clean).collect()
}

fn called(source: &Source, people: &People<'_>, call: &ArchivedCall) -> Value {
    let id = call.id.as_str();
    let (mode, shown) = match call.kind {
        CallKind::Audio => ("PHONE", "telephone"),
        CallKind::Video => ("VIDEOCONF", "videoconferencing"),
    };
    let talked = call.answered_at.is_some();
    let outcome = outcome(call.outcome);
    let names = &source.names;
    let seconds = json!({
        "value": call.talked_seconds, "unit": "s", "system": "http://unitsofmeasure.org", "code": "s",
    });
    json!({
        "resourceType": "Communication",
        "id": names.handle("Communication", &format!("call/{id}"), "").id,
        "extension": [
            { "url": names.system("call-period"), "valuePeriod": { "start": call.started_at, "end": call.ended_at } },
            talked.then(|| json!({ "url": names.system("call-talked"), "valueDuration": seconds })),
        ],
        "identifier": [names.identifier("call", id)],
        "status": if talked { "completed" } else { "not-done" },
        "statusReason": { "coding": [names.coding("call-outcome", outcome, outcome)] },
        "medium": [{ "coding": [{ "system": MODE, "code": mode, "display": shown }] }],
        "subject": people.patient().reference(),
        "topic": { "coding": [names.coding("communication", "call", "Call")] },
        "encounter": people.encounter().reference(),
        "sent": call.started_at,
        "received": call.answered_at,
        "recipient": [people.recipient(&call.caller).reference()],
        "sender": people.sender(&call.caller).reference(),
    })
}

fn outcome(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Completed => "completed",
        CallOutcome::Declined => "declined",
        CallOutcome::Missed => "missed",
        CallOutcome::Cancelled => "cancelled",
        CallOutcome::Busy => "busy",
        CallOutcome::Lost => "lost",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::communications;
    use crate::api::types::{TranscriptEntry, TranscriptKind};
    use crate::fhir::people::People;
    use crate::fhir::source_of_tests::{file, rich, said};
    use crate::fhir::text::clean;

    fn shown(entries: Vec<TranscriptEntry>) -> Vec<Value> {
        let mut source = rich();
        (source.transcript, source.calls) = (entries, Vec::new());
        communications(&source, &People::of(&source)).into_iter().filter_map(clean).collect()
    }

    #[test]
    fn a_name_of_a_file_is_no_text_and_a_caption_is() {
        let mut plain = said("$1", "@anna:hs.test", "Anna");
        (plain.body, plain.file) = ("rash.jpg".to_owned(), Some(file("rash.jpg")));
        let mut captioned = plain.clone();
        (captioned.event_id, captioned.body) = ("$2".into(), "Since Monday".to_owned());
        let payloads: Vec<Value> = shown(vec![plain, captioned]).iter().map(|one| one["payload"].clone()).collect();
        assert_eq!(payloads[0].as_array().map(Vec::len), Some(1));
        assert_eq!(payloads[1][0], json!({ "contentString": "Since Monday" }));
        assert_eq!(payloads[1][1]["contentReference"]["type"], "DocumentReference");
    }

    #[test]
    fn what_was_taken_back_or_never_read_is_there_without_a_text() {
        let mut gone = said("$1", "@anna:hs.test", "Anna");
        (gone.kind, gone.body) = (TranscriptKind::Redacted, String::new());
        let mut unread = gone.clone();
        (unread.kind, unread.event_id) = (TranscriptKind::Undecryptable, "$2".into());
        unread.reply_to = Some("$1".into());
        let mut stray = unread.clone();
        (stray.event_id, stray.reply_to) = ("$3".into(), Some("$elsewhere".into()));
        let all = shown(vec![gone, unread, stray]);
        let statuses: Vec<_> = all.iter().map(|one| (&one["status"], one.get("payload"))).collect();
        assert_eq!(statuses[..2], [(&json!("entered-in-error"), None), (&json!("unknown"), None)]);
        assert_eq!(all[1]["inResponseTo"][0]["reference"], format!("urn:uuid:{}", all[0]["id"].as_str().unwrap_or("")));
        assert_eq!(all[2].get("inResponseTo"), None, "what is not here is not referred to");
    }
}
