//! What a macro may be.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Known, checked};
use crate::api::types::{DeskFile, MacroContent, MacroEnding};

fn content() -> MacroContent {
    MacroContent {
        title: "  Send   to the dentist ".to_owned(),
        shortcut: "/Зубы".to_owned(),
        queues: vec!["b".into(), "a".into(), "b".into()],
        texts: [("ru".to_owned(), " Здравствуйте, {{patient.name}}!\n".to_owned()), ("en".to_owned(), " ".to_owned())]
            .into(),
        add_tags: vec!["pain".into(), "first".into(), "pain".into()],
        remove_tags: vec!["old".into()],
        note: Some(" \n ".to_owned()),
        files: Vec::new(),
        mentions: Vec::new(),
        ending: Some(MacroEnding::Transfer { queue_id: "dental".into(), note: " Look at the tooth. ".to_owned() }),
    }
}

fn nothing() -> MacroContent {
    MacroContent {
        texts: [].into(),
        add_tags: Vec::new(),
        remove_tags: Vec::new(),
        note: None,
        ending: None,
        ..content()
    }
}

fn file(id: &str) -> DeskFile {
    DeskFile { id: id.into(), name: format!("{id}.pdf"), media_type: "application/pdf".to_owned(), size_bytes: 3 }
}

/// As a client may name it.
fn named(id: &str) -> DeskFile {
    DeskFile { id: id.into(), name: String::new(), media_type: String::new(), size_bytes: 0 }
}

fn tried(content: MacroContent) -> Result<MacroContent, Vec<String>> {
    let languages = ["ru".to_owned(), "en".to_owned()];
    let known = Known {
        languages: &languages,
        default_language: "ru",
        is_queue: &|queue| queue.as_str() != "nowhere",
        is_in_use: &|queue| !["nowhere", "retired"].contains(&queue.as_str()),
        is_tag: &|tag| tag.as_str() != "unknown",
        can_be_put_on: &|tag| !["unknown", "old"].contains(&tag.as_str()),
        file: &|id| (id.as_str() != "gone").then(|| file(id.as_str())),
        is_colleague: &|id| id.as_str() != "stranger",
    };
    checked(content, &known).map_err(|errors| errors.into_iter().map(|error| error.field).collect())
}

#[test]
fn a_macro_is_kept_in_one_form() {
    let kept = tried(content()).unwrap();
    assert_eq!((kept.title.as_str(), kept.shortcut.as_str()), ("Send to the dentist", "зубы"));
    assert_eq!(kept.queues, ["a".into(), "b".into()]);
    assert_eq!(kept.texts.into_iter().collect::<Vec<_>>(), [("ru".into(), "Здравствуйте, {{patient.name}}!".into())]);
    assert_eq!(kept.add_tags, ["pain".into(), "first".into()], "in the order they were chosen");
    assert_eq!(kept.note, None);
    let MacroEnding::Transfer { note, .. } = kept.ending.unwrap() else { panic!("a transfer") };
    assert_eq!(note, "Look at the tooth.");
    let kept = tried(content()).unwrap();
    assert_eq!(tried(kept.clone()).unwrap(), kept, "once in its form, it stays in it");
}

#[test]
fn files_are_those_that_are_kept_and_a_note_names_each_colleague_once() {
    let kept = tried(MacroContent {
        files: vec![named("b"), named("a"), named("b")],
        note: Some("@Anna, look".to_owned()),
        mentions: vec!["o2".into(), "o1".into(), "o2".into()],
        ..nothing()
    });
    let kept = kept.unwrap();
    assert_eq!((kept.files, kept.mentions), (vec![file("b"), file("a")], vec!["o1".into(), "o2".into()]));
    assert!(tried(MacroContent { files: vec![named("a")], ..nothing() }).is_ok(), "to send a file is something");
    let note = Some("n".to_owned());
    for (field, wrong) in [
        ("files", MacroContent { files: vec![named("gone")], ..nothing() }),
        ("files", MacroContent { files: ["1", "2", "3", "4", "5", "6"].map(named).into(), ..nothing() }),
        ("mentions", MacroContent { mentions: vec!["o1".into()], ..content() }),
        ("mentions", MacroContent { note: note.clone(), mentions: vec!["stranger".into()], ..content() }),
        ("mentions", MacroContent { note, mentions: (0..11).map(|n| n.to_string().into()).collect(), ..content() }),
    ] {
        assert_eq!(tried(wrong).unwrap_err(), [field]);
    }
}

#[test]
fn every_wrong_field_is_named() {
    let wrong = MacroContent {
        title: String::new(),
        shortcut: "two words".to_owned(),
        queues: vec!["nowhere".into()],
        texts: [("ru".to_owned(), "{{patient.phone}}".to_owned())].into(),
        add_tags: vec!["old".into()],
        remove_tags: vec!["unknown".into()],
        note: Some("x".repeat(4_001)),
        files: Vec::new(),
        mentions: Vec::new(),
        ending: Some(MacroEnding::Hold { minutes: Some(0) }),
    };
    let fields =
        ["title", "shortcut", "queues", "texts", "add_tags", "remove_tags", "note", "ending.minutes"].map(String::from);
    assert_eq!(tried(wrong).unwrap_err(), fields);
    let both = MacroContent { remove_tags: vec!["pain".into()], ..content() };
    assert_eq!(tried(both).unwrap_err(), ["remove_tags"]);
    let only = MacroContent { texts: [("en".to_owned(), "Hello".to_owned())].into(), ..content() };
    assert_eq!(tried(only).unwrap_err(), ["texts"], "the default language is missing");
}

#[test]
fn an_ending_is_one_that_can_be() {
    let ends = |ending: MacroEnding| tried(MacroContent { ending: Some(ending), ..nothing() });
    let transfer = |queue: &str, note: &str| MacroEnding::Transfer { queue_id: queue.into(), note: note.to_owned() };
    assert!(ends(MacroEnding::Hold { minutes: None }).is_ok());
    assert!(ends(MacroEnding::Hold { minutes: Some(43_200) }).is_ok());
    assert_eq!(ends(MacroEnding::Hold { minutes: Some(43_201) }).unwrap_err(), ["ending.minutes"]);
    assert_eq!(ends(transfer("retired", "n")).unwrap_err(), ["ending.queue_id"]);
    assert_eq!(ends(transfer("dental", " ")).unwrap_err(), ["ending.note"]);
    assert!(ends(MacroEnding::Close { note: None }).is_ok());
    assert_eq!(ends(MacroEnding::Close { note: Some("x".repeat(4_001)) }).unwrap_err(), ["ending.note"]);
}

#[test]
fn a_macro_that_does_nothing_is_none() {
    assert_eq!(tried(nothing()).unwrap_err(), ["texts"]);
    assert!(tried(MacroContent { remove_tags: vec!["old".into()], ..nothing() }).is_ok(), "an archived one comes off");
}
