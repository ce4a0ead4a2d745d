//! Macros that the brand folder brings: text, files, tags, a note and what ends or puts aside, under one name.
//!
//! Deliberately absent: colleagues whom a note names. Who works here is no brand's business.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::prepared::{
    check_entry_id, check_in_default_language, check_queues, check_shortcut, check_text, check_title,
};
use super::{Brand, Localized};
use crate::check::Findings;
use crate::letters;

/// As many as a desk has.
const MACROS_MAX: usize = 300;
/// Tags put on, and tags taken off; a consultation has no more.
const TAGS_MAX: usize = 20;
/// As long as a note that is written by hand. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 4_000;
/// Longest hold: thirty days. Unit: minutes.
const HOLD_MINUTES_MAX: u32 = 30 * 24 * 60;

/// What operators do at once, under one name. Made at the first start that finds it here; what is changed of it in the console stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparedMacro {
    /// Short name: 1 to 36 of `a-z 0-9 -`.
    pub id: String,
    /// What lists show: 1 to 100 characters, in the language of the staff.
    pub title: String,
    /// The word behind `/`: 1 to 32 letters, digits, `-` and `_`; one for each macro.
    pub shortcut: String,
    /// Only for consultations of these queues. Default: none, it is for all.
    #[serde(default)]
    pub queues: Vec<String>,
    /// Files that are sent behind the text, relative to the brand folder: at most 5, each of at most 5 MiB. Default: none.
    #[serde(default)]
    pub files: Vec<String>,
    /// Tags that are taken off: ids of `[[tags]]`. Default: none.
    #[serde(default)]
    pub remove_tags: Vec<String>,
    /// Tags that are put on: ids of `[[tags]]`. Default: none.
    #[serde(default)]
    pub add_tags: Vec<String>,
    /// Note for staff: at most 4000 characters. Default: none.
    #[serde(default)]
    pub note: Option<String>,
    /// What is sent to the patient, by language: 1 to 4000 characters, with the placeholders of canned replies. Always in `default_language`. Default: nothing.
    #[serde(default)]
    pub texts: Localized,
    /// What is done at last. Default: nothing.
    #[serde(default)]
    pub ending: Option<PreparedEnding>,
}

/// What a macro does at last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparedEnding {
    /// Whether the consultation is put aside, handed on or closed.
    pub kind: EndingKind,
    /// Of a hold: for how long, 1 to 43200. Unit: minutes. Default: until the lead goes on.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Of a transfer: to which queue. Needed there.
    #[serde(default)]
    pub queue: Option<String>,
    /// Of a transfer: what the next one has to know, needed there. Of a close: why. At most 4000 characters. Default: nothing.
    #[serde(default)]
    pub note: Option<String>,
}

/// A way in which a macro ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndingKind {
    /// It is put aside.
    Hold,
    /// It is handed to a queue.
    Transfer,
    /// It is closed.
    Close,
}

impl Brand {
    pub(super) fn check_prepared_macros(&self, found: &mut Findings) {
        let (mut ids, mut shortcuts) = (BTreeSet::new(), BTreeSet::new());
        for one in &self.macros {
            let key = |name: &str| format!("macros.{}.{name}", one.id);
            check_entry_id("macros", &one.id, &mut ids, found);
            check_title(&key("title"), &one.title, found);
            check_shortcut(&key("shortcut"), &one.shortcut, found);
            if !shortcuts.insert(one.shortcut.to_lowercase()) {
                let what = format!("another macro has the shortcut `{}`", one.shortcut);
                found.add(&key("shortcut"), what, "Give each macro a word of its own.");
            }
            check_queues(self, &key("queues"), &one.queues, found);
            self.check_macro_texts(one, found);
            self.check_macro_tags(one, found);
            self.check_sent_files(&key("files"), &one.files, found);
            if one.note.as_deref().is_some_and(|note| !is_note(note)) {
                found.add(&key("note"), "it is empty or has more than 4000 characters", "Write less, or remove it.");
            }
            if let Some(ending) = &one.ending {
                self.check_ending(&one.id, ending, found);
            }
            if does_nothing(one) {
                found.add(&key("texts"), "it neither says nor does anything", "Give it a text, say.");
            }
        }
        if self.macros.len() > MACROS_MAX {
            found.add("macros", format!("there are more than {MACROS_MAX}"), "Keep those that somebody uses.");
        }
    }

    fn check_macro_texts(&self, one: &PreparedMacro, found: &mut Findings) {
        let key = format!("macros.{}.texts", one.id);
        if one.texts.iter().next().is_some() {
            check_in_default_language(self, &key, &one.texts, found);
        }
        for (language, text) in one.texts.iter() {
            check_text(&format!("{key}.{language}"), text, found);
        }
    }

    fn check_macro_tags(&self, one: &PreparedMacro, found: &mut Findings) {
        for (name, tags) in [("add_tags", &one.add_tags), ("remove_tags", &one.remove_tags)] {
            let key = format!("macros.{}.{name}", one.id);
            for tag in tags.iter().filter(|tag| self.tags.iter().all(|known| known.id != **tag)) {
                found.add(&key, format!("there is no tag `{tag}`"), "Add it to [[tags]].");
            }
            if tags.len() > TAGS_MAX {
                found.add(&key, format!("there are more than {TAGS_MAX}"), "A consultation has no more.");
            }
        }
        if let Some(tag) = one.remove_tags.iter().find(|tag| one.add_tags.contains(tag)) {
            let what = format!("`{tag}` is put on as well");
            found.add(&format!("macros.{}.remove_tags", one.id), what, "A tag is put on or taken off, not both.");
        }
    }

    fn check_ending(&self, id: &str, ending: &PreparedEnding, found: &mut Findings) {
        let key = |name: &str| format!("macros.{id}.ending.{name}");
        let mut only = |name: &str, is_there: bool, kinds: &[EndingKind]| {
            if is_there && !kinds.contains(&ending.kind) {
                found.add(&key(name), "it says nothing for an end of this kind", "Remove it.");
            }
        };
        only("minutes", ending.minutes.is_some(), &[EndingKind::Hold]);
        only("queue", ending.queue.is_some(), &[EndingKind::Transfer]);
        only("note", ending.note.is_some(), &[EndingKind::Transfer, EndingKind::Close]);
        if ending.minutes.is_some_and(|minutes| !(1..=HOLD_MINUTES_MAX).contains(&minutes)) {
            found.add(&key("minutes"), "it is not 1 to 43200", "A hold takes at most thirty days.");
        }
        if ending.note.as_deref().is_some_and(|note| !is_note(note)) {
            found.add(&key("note"), "it is empty or has more than 4000 characters", "Write less, or remove it.");
        }
        if ending.kind == EndingKind::Transfer {
            let is_in_use = |id: &String| self.queue(id).is_some_and(|queue| !queue.retired);
            if !ending.queue.as_ref().is_some_and(is_in_use) {
                found.add(&key("queue"), "it is no queue in use", "Name the id of one of [[queues]].");
            }
            if ending.note.is_none() {
                found.add(&key("note"), "it is missing", "Say what the next one has to know.");
            }
        }
    }
}

fn is_note(note: &str) -> bool {
    (1..=NOTE_CHARACTERS_MAX).contains(&note.trim().chars().count()) && !letters::has_stray_control(note)
}

fn does_nothing(one: &PreparedMacro) -> bool {
    let PreparedMacro { files, remove_tags, add_tags, note, texts, ending, .. } = one;
    let says = texts.iter().next().is_some() || !files.is_empty();
    !says && remove_tags.is_empty() && add_tags.is_empty() && note.is_none() && ending.is_none()
}
