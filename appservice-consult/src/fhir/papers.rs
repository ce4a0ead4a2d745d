//! Papers: files that were sent, as `DocumentReference`; conclusions that were signed, as `Composition`, and their PDF as `DocumentReference`. Pure.
//!
//! A file's bytes lie encrypted at the homeserver; the address leads to the archive's record, which gives whoever may read it there the place and the key. FHIR's
//! `Attachment.hash` is SHA-1 of the bytes, which nobody here has; the SHA-256 of the encrypted bytes is an extension, so that it is taken for nothing else.

use serde_json::{Value, json};

use super::gather::Source;
use super::names::Handle;
use super::people::People;
use super::text::{media_type, narrative};
use crate::api::types::{ArchivedConclusion, ArchivedFile, TranscriptEntry};
use crate::conclusion::{Document, Section, sealed_document};
use crate::ids::OperatorId;

/// LOINC's code of the document that a consultation ends with.
const CONSULT_NOTE: (&str, &str, &str) = ("http://loinc.org", "11488-4", "Consult note");
/// Largest size that an `unsignedInt` holds. Unit: bytes.
const SIZE_BYTES_MAX: i64 = i32::MAX as i64;

/// The file of a message, as others name it.
pub(super) fn file_handle(source: &Source, entry: &TranscriptEntry) -> Handle {
    let name = entry.file.as_ref().map_or("", |file| &file.name);
    source.names.handle("DocumentReference", entry.event_id.as_str(), name)
}

/// All files, in the order they were sent.
pub(super) fn files(source: &Source, people: &People<'_>) -> Vec<Value> {
    let sent = source.transcript.iter().filter_map(|entry| Some((entry, entry.file.as_ref()?)));
    sent.map(|(entry, file)| one_file(source, people, entry, file)).collect()
}

fn one_file(source: &Source, people: &People<'_>, entry: &TranscriptEntry, file: &ArchivedFile) -> Value {
    let names = &source.names;
    let event = entry.event_id.as_str();
    let hash = file.sha256.as_ref().map(|hash| json!({ "url": names.system("encrypted-sha256"), "valueString": hash }));
    json!({
        "resourceType": "DocumentReference",
        "id": file_handle(source, entry).id,
        "identifier": [names.identifier("file", event)],
        "status": "current",
        "subject": people.patient().reference(),
        "date": entry.sent_at,
        "author": [people.sender(&entry.sender).reference()],
        "custodian": people.clinic().reference(),
        "content": [{
            "attachment": {
                "extension": [hash],
                "contentType": file.mimetype.as_deref().and_then(media_type),
                "url": names.file_url(source.visit.id.as_str(), event),
                "size": file.size_bytes.filter(|size| (0..=SIZE_BYTES_MAX).contains(size)),
                "title": file.name,
                "creation": entry.sent_at,
            },
        }],
        "context": { "encounter": [people.encounter().reference()] },
    })
}

/// A signed conclusion, read.
struct Paper<'a> {
    sealed: &'a ArchivedConclusion,
    document: Document,
    /// Whether a later version is in its place.
    is_replaced: bool,
}

fn papers(source: &Source) -> Vec<Paper<'_>> {
    let last = source.conclusions.iter().map(|sealed| sealed.version).max();
    let read = source.conclusions.iter().filter_map(|sealed| Some((sealed, sealed_document(sealed)?)));
    read.map(|(sealed, document)| Paper { sealed, document, is_replaced: Some(sealed.version) < last }).collect()
}

/// Who signed, with the name of then.
pub(super) fn signers(source: &Source) -> Vec<(OperatorId, String)> {
    papers(source).into_iter().map(|paper| (paper.document.author.id, paper.document.author.name)).collect()
}

/// All conclusions in their order: each as what it says, and as the document that was given out.
pub(super) fn conclusions(source: &Source, people: &People<'_>) -> Vec<Value> {
    papers(source).iter().flat_map(|paper| [composition(source, people, paper), pdf(source, people, paper)]).collect()
}

fn handle(source: &Source, kind: &'static str, version: i64) -> Handle {
    source.names.handle(kind, &format!("conclusion/{}/{version}", source.visit.id), "")
}

fn number(paper: &Paper<'_>) -> String {
    format!("{}/{}", paper.sealed.number, paper.sealed.version)
}

fn kind() -> Value {
    let (system, code, display) = CONSULT_NOTE;
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

/// That this replaces the version before.
fn replaces(source: &Source, kind: &'static str, paper: &Paper<'_>) -> Option<Handle> {
    let before = paper.sealed.version.checked_sub(1)?;
    let is_here = source.conclusions.iter().any(|sealed| sealed.version == before);
    is_here.then(|| handle(source, kind, before))
}

fn composition(source: &Source, people: &People<'_>, paper: &Paper<'_>) -> Value {
    let (names, document) = (&source.names, &paper.document);
    let author = people.professional(&document.author.id, &document.author.name).reference();
    let reason = document
        .reason
        .as_ref()
        .map(|reason| json!({ "url": names.system("amendment-reason"), "valueString": reason }));
    let replaced = replaces(source, "Composition", paper);
    json!({
        "resourceType": "Composition",
        "id": handle(source, "Composition", paper.sealed.version).id,
        "language": document.language,
        "extension": [reason],
        "identifier": names.identifier("conclusion", &number(paper)),
        "status": if paper.sealed.version > 1 { "amended" } else { "final" },
        "type": kind(),
        "subject": people.patient().reference(),
        "encounter": people.encounter().reference(),
        "date": paper.sealed.signed_at,
        "author": [author],
        "title": document.title,
        "attester": [{ "mode": "professional", "time": paper.sealed.signed_at, "party": author }],
        "custodian": people.clinic().reference(),
        "relatesTo": [replaced.map(|before| json!({ "code": "replaces", "targetReference": before.reference() }))],
        "section": document.sections.iter().filter_map(|one| section(source, one)).collect::<Vec<_>>(),
    })
}

/// A section that says something.
fn section(source: &Source, section: &Section) -> Option<Value> {
    let text = narrative(&section.text)?;
    let code = source.names.coding("conclusion-section", &section.code, &section.title);
    Some(json!({ "title": section.title, "code": { "coding": [code] }, "text": text }))
}

fn pdf(source: &Source, people: &People<'_>, paper: &Paper<'_>) -> Value {
    let (names, document) = (&source.names, &paper.document);
    let author = people.professional(&document.author.id, &document.author.name).reference();
    let version = paper.sealed.version;
    let hash = json!({ "url": names.system("signed-sha256"), "valueString": paper.sealed.hash });
    let replaced = replaces(source, "DocumentReference", paper);
    json!({
        "resourceType": "DocumentReference",
        "id": handle(source, "DocumentReference", version).id,
        "extension": [hash],
        "identifier": [names.identifier("conclusion-pdf", &number(paper))],
        "status": if paper.is_replaced { "superseded" } else { "current" },
        "docStatus": if version > 1 { "amended" } else { "final" },
        "type": kind(),
        "subject": people.patient().reference(),
        "date": paper.sealed.signed_at,
        "author": [author],
        "authenticator": author,
        "custodian": people.clinic().reference(),
        "relatesTo": [replaced.map(|before| json!({ "code": "replaces", "target": before.reference() }))],
        "content": [{
            "attachment": {
                "contentType": "application/pdf",
                "language": document.language,
                "url": names.pdf_url(source.visit.id.as_str(), version),
                "title": document.title,
                "creation": paper.sealed.signed_at,
            },
        }],
        "context": {
            "encounter": [people.encounter().reference()],
            "related": [handle(source, "Composition", version).reference()],
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{conclusions, files};
    use crate::fhir::people::People;
    use crate::fhir::source_of_tests::{file, rich};
    use crate::fhir::text::clean;

    #[test]
    fn an_amended_conclusion_names_the_one_that_it_replaces() {
        let source = rich();
        let all: Vec<_> = conclusions(&source, &People::of(&source)).into_iter().filter_map(clean).collect();
        let standing: Vec<_> = all.iter().map(|one| one["status"].as_str().unwrap_or_default()).collect();
        assert_eq!(standing, ["final", "superseded", "amended", "current"]);
        for (before, after) in [(0, 2), (1, 3)] {
            let target = &all[after]["relatesTo"][0];
            let named =
                target.get("targetReference").or_else(|| target.get("target")).map(|one| one["reference"].clone());
            assert_eq!(named, Some(json!(format!("urn:uuid:{}", all[before]["id"].as_str().unwrap_or_default()))));
            assert_eq!(all[before].get("relatesTo"), None);
        }
        assert_eq!(all[2]["extension"][0]["valueString"], "a slip of the pen");
    }

    #[test]
    fn of_a_file_only_what_can_be_is_said_and_its_key_never() {
        let mut source = rich();
        source.transcript.truncate(1);
        let odd = &mut source.transcript[0];
        odd.file = Some(crate::api::types::ArchivedFile {
            mimetype: Some("no type".to_owned()),
            size_bytes: Some(i64::MAX),
            ..file("\u{0}")
        });
        let shown = files(&source, &People::of(&source)).into_iter().find_map(clean).unwrap_or_default();
        let attachment = &shown["content"][0]["attachment"];
        assert_eq!(
            (attachment.get("contentType"), attachment.get("size"), attachment.get("title")),
            (None, None, None)
        );
        assert!(attachment["url"].is_string() && !shown.to_string().contains("KEY"), "{shown}");
    }
}
