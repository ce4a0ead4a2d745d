//! What a macro may be. Pure.

use std::collections::BTreeMap;

use consilium_config::brand::{is_shortcut, is_text, placeholders};

use crate::api::types::{DeskFile, FieldError, MacroContent, MacroEnding};
use crate::desk_file;
use crate::ids::{DeskFileId, OperatorId, QueueId, TagId};
use crate::letters;
use crate::note;

/// Longest title. Unit: characters; a line of the list.
const TITLE_CHARACTERS_MAX: usize = 100;
/// Longest note. Unit: characters; as long as one that is written by hand.
const NOTE_CHARACTERS_MAX: usize = 4_000;
/// Tags put on, and tags taken off; a consultation has no more.
const TAGS_MAX: usize = 20;
/// Longest hold: thirty days. Unit: minutes; who is put aside for longer is closed and called again.
const HOLD_MINUTES_MAX: u32 = 30 * 24 * 60;

/// What the brand and the desk have, as far as a macro names it.
pub struct Known<'a> {
    /// Languages of the brand.
    pub languages: &'a [String],
    /// The one that every text is in.
    pub default_language: &'a str,
    /// Queues, retired ones too.
    pub is_queue: &'a (dyn Fn(&QueueId) -> bool + Sync),
    /// Queues that something can be handed to.
    pub is_in_use: &'a (dyn Fn(&QueueId) -> bool + Sync),
    /// Tags, archived ones too.
    pub is_tag: &'a (dyn Fn(&TagId) -> bool + Sync),
    /// Tags that can be put on.
    pub can_be_put_on: &'a (dyn Fn(&TagId) -> bool + Sync),
    /// Files that are kept, where the brand sends any.
    pub file: &'a (dyn Fn(&DeskFileId) -> Option<DeskFile> + Sync),
    /// Who works here.
    pub is_colleague: &'a (dyn Fn(&OperatorId) -> bool + Sync),
}

/// The content in its one form, or every field that cannot be so.
pub fn checked(content: MacroContent, known: &Known<'_>) -> Result<MacroContent, Vec<FieldError>> {
    let mut content = tidied(content);
    let mut errors = wrong_names(&content, known);
    errors.extend(wrong_texts(&content.texts, known));
    errors.extend(with_files(&mut content, known));
    errors.extend(wrong_tags(&content, known));
    if content.note.as_deref().is_some_and(|note| !is_note(note)) {
        errors.push(field("note", "a note has at most 4000 characters"));
    }
    errors.extend(with_mentions(&mut content, known));
    errors.extend(content.ending.as_ref().and_then(|ending| wrong_ending(ending, known)));
    if errors.is_empty() && does_nothing(&content) {
        errors.push(field("texts", "a macro says or does something"));
    }
    if errors.is_empty() { Ok(content) } else { Err(errors) }
}

fn does_nothing(content: &MacroContent) -> bool {
    let MacroContent { texts, files, add_tags, remove_tags, note, ending, .. } = content;
    texts.is_empty()
        && files.is_empty()
        && add_tags.is_empty()
        && remove_tags.is_empty()
        && note.is_none()
        && ending.is_none()
}

fn tidied(mut content: MacroContent) -> MacroContent {
    content.title = content.title.split_whitespace().collect::<Vec<_>>().join(" ");
    content.shortcut = content.shortcut.trim().trim_start_matches('/').to_lowercase();
    content.texts = content.texts.into_iter().map(|(language, text)| (language, text.trim().to_owned())).collect();
    content.texts.retain(|_, text| !text.is_empty());
    content.note = filled(content.note);
    content.ending = content.ending.map(|ending| match ending {
        MacroEnding::Transfer { queue_id, note } => MacroEnding::Transfer { queue_id, note: note.trim().to_owned() },
        MacroEnding::Close { note } => MacroEnding::Close { note: filled(note) },
        hold @ MacroEnding::Hold { .. } => hold,
    });
    content.queues.sort();
    content.queues.dedup();
    // The order in which tags are put on is the order in which they are shown.
    for tags in [&mut content.add_tags, &mut content.remove_tags] {
        let mut seen = Vec::new();
        tags.retain(|tag| {
            let is_new = !seen.contains(tag);
            seen.push(tag.clone());
            is_new
        });
    }
    content
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn wrong_names(content: &MacroContent, known: &Known<'_>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let title = &content.title;
    let is_title = (1..=TITLE_CHARACTERS_MAX).contains(&title.chars().count()) && !letters::has_control(title);
    if !is_title {
        errors.push(field("title", "a title has 1 to 100 characters"));
    }
    if !is_shortcut(&content.shortcut) {
        errors.push(field("shortcut", "a shortcut is one word of 1 to 32 letters, digits, - and _"));
    }
    if !content.queues.iter().all(known.is_queue) {
        errors.push(field("queues", "ids of this brand's queues"));
    }
    errors
}

fn wrong_texts(texts: &BTreeMap<String, String>, known: &Known<'_>) -> Option<FieldError> {
    if texts.is_empty() {
        return None;
    }
    if !texts.keys().all(|language| known.languages.contains(language)) {
        return Some(field("texts", "texts in the brand's languages"));
    }
    if !texts.contains_key(known.default_language) {
        return Some(field("texts", "a text in the brand's default language"));
    }
    if !texts.values().all(|text| is_text(text)) {
        return Some(field("texts", "a text has 1 to 4000 characters"));
    }
    let wrong = texts.values().find_map(|text| placeholders::check(text).err());
    wrong.map(|wrong| field("texts", &wrong.to_string()))
}

/// Puts what is kept into the place of what was named.
fn with_files(content: &mut MacroContent, known: &Known<'_>) -> Option<FieldError> {
    match desk_file::named(&content.files, known.file) {
        Ok(files) => content.files = files,
        Err(wrong) => return Some(wrong),
    }
    None
}

/// Each colleague once; none without a note, in which he is named.
fn with_mentions(content: &mut MacroContent, known: &Known<'_>) -> Option<FieldError> {
    if content.note.is_none() && !content.mentions.is_empty() {
        return Some(field("mentions", "colleagues are named in a note"));
    }
    match note::colleagues(std::mem::take(&mut content.mentions), known.is_colleague) {
        Ok(mentions) => content.mentions = mentions,
        Err(wrong) => return Some(wrong),
    }
    None
}

fn wrong_tags(content: &MacroContent, known: &Known<'_>) -> Vec<FieldError> {
    let MacroContent { add_tags, remove_tags, .. } = content;
    let mut errors = Vec::new();
    if add_tags.len() > TAGS_MAX || !add_tags.iter().all(known.can_be_put_on) {
        errors.push(field("add_tags", "at most 20 ids of tags in use"));
    }
    if remove_tags.len() > TAGS_MAX || !remove_tags.iter().all(known.is_tag) {
        errors.push(field("remove_tags", "at most 20 ids of tags"));
    } else if remove_tags.iter().any(|tag| add_tags.contains(tag)) {
        errors.push(field("remove_tags", "a tag is put on or taken off, not both"));
    }
    errors
}

fn wrong_ending(ending: &MacroEnding, known: &Known<'_>) -> Option<FieldError> {
    match ending {
        MacroEnding::Hold { minutes } => {
            let is_wrong = minutes.is_some_and(|minutes| !(1..=HOLD_MINUTES_MAX).contains(&minutes));
            is_wrong.then(|| field("ending.minutes", "a hold takes 1 minute to 30 days"))
        }
        MacroEnding::Transfer { queue_id, .. } if !(known.is_in_use)(queue_id) => {
            Some(field("ending.queue_id", "the id of a queue in use"))
        }
        MacroEnding::Transfer { note, .. } if note.is_empty() || !is_note(note) => {
            Some(field("ending.note", "what the next one has to know, in 1 to 4000 characters"))
        }
        MacroEnding::Close { note: Some(note) } if !is_note(note) => {
            Some(field("ending.note", "a reason has at most 4000 characters"))
        }
        MacroEnding::Transfer { .. } | MacroEnding::Close { .. } => None,
    }
}

fn is_note(note: &str) -> bool {
    note.chars().count() <= NOTE_CHARACTERS_MAX && !letters::has_stray_control(note)
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError::new(name, message)
}

#[cfg(test)]
#[path = "content_test.rs"]
mod tests;
