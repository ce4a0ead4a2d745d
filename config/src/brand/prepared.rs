//! What holds for all that the brand folder brings for the desk: tags, canned replies, macros.
//!
//! They are the beginning and not a section: the desk keeps its own in the database, changes them one by one, and a later folder does not write over that. So a
//! change of the settings is never refused because of them; only a folder is.

use std::collections::BTreeSet;

use super::canned::{is_shortcut, is_text};
use super::{Brand, Localized, placeholders};
use crate::check::Findings;
use crate::letters;

/// As long as an id that the service makes, so that what was exported keeps its own. Unit: characters.
const ID_CHARACTERS_MAX: usize = 36;
/// A line of a list. Unit: characters.
const TITLE_CHARACTERS_MAX: usize = 100;

pub(super) fn check_entry_id<'a>(list: &str, id: &'a str, seen: &mut BTreeSet<&'a str>, found: &mut Findings) {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(1..=ID_CHARACTERS_MAX).contains(&id.len()) || !id.bytes().all(is_letter) {
        let what = format!("`{id}` is not a short name");
        found.add(&format!("{list}.id"), what, "Use 1 to 36 of a-z, 0-9 and -.");
    }
    if !seen.insert(id) {
        found.add(&format!("{list}.id"), format!("`{id}` stands twice"), "Give each its own id.");
    }
}

/// Names of the desk stand in for one another: only the default language is needed.
pub(super) fn check_in_default_language(brand: &Brand, key: &str, text: &Localized, found: &mut Findings) {
    if !text.iter().any(|(language, text)| language == brand.default_language && !text.trim().is_empty()) {
        let what = format!("there is no text in `{}`", brand.default_language);
        found.add(key, what, "The default language stands in for the others: write it.");
    }
    for (language, _) in text.iter().filter(|(language, _)| !brand.languages.iter().any(|known| known == language)) {
        let what = format!("`{language}` is not one of `languages`");
        found.add(key, what, "Remove that text, or add the language.");
    }
}

pub(super) fn check_title(key: &str, title: &str, found: &mut Findings) {
    if !(1..=TITLE_CHARACTERS_MAX).contains(&title.trim().chars().count()) || letters::has_control(title) {
        found.add(key, "it has not 1 to 100 characters", "Give it a title of one line.");
    }
}

pub(super) fn check_shortcut(key: &str, shortcut: &str, found: &mut Findings) {
    if !is_shortcut(shortcut) {
        let what = format!("`{shortcut}` is not one word of 1 to 32 letters, digits, - and _");
        found.add(key, what, "Choose a word that is typed behind /, without the / itself.");
    }
}

pub(super) fn check_queues(brand: &Brand, key: &str, queues: &[String], found: &mut Findings) {
    for queue in queues.iter().filter(|queue| brand.queue(queue).is_none()) {
        found.add(key, format!("there is no queue `{queue}`"), "Add it to [[queues]], or remove it here.");
    }
}

pub(super) fn check_text(key: &str, text: &str, found: &mut Findings) {
    if !is_text(text.trim()) {
        found.add(key, "it has not 1 to 4000 characters", "Write what is sent, or remove the entry.");
    }
    if let Err(wrong) = placeholders::check(text) {
        found.add(key, wrong.to_string(), "A patient would read it as it stands here.");
    }
}
