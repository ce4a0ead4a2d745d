//! Canned replies that the brand folder brings, and what any canned reply may be: its shortcut, its text.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Brand;
use super::prepared::{check_entry_id, check_queues, check_shortcut, check_text, check_title};
use crate::check::Findings;
use crate::letters;

/// As many as a desk shares.
const CANNED_MAX: usize = 500;
/// Longest shortcut. Unit: characters; it is typed.
const SHORTCUT_CHARACTERS_MAX: usize = 32;
/// Longest text. Unit: characters; several are stacked into one message.
const TEXT_CHARACTERS_MAX: usize = 4_000;

/// A reply that operators write again and again, shared by all. Made at the first start that finds it here; what is changed of it in the console stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparedReply {
    /// Short name: 1 to 36 of `a-z 0-9 -`. The same reply in another language is an entry of its own.
    pub id: String,
    /// Language of the text. Unit: one of `languages`.
    pub language: String,
    /// What the list shows: 1 to 100 characters.
    pub title: String,
    /// The word behind `/`: 1 to 32 letters, digits, `-` and `_`; one for each language.
    pub shortcut: String,
    /// Only for these queues. Default: none, it is for all.
    #[serde(default)]
    pub queues: Vec<String>,
    /// Files that are sent with the text or without one, relative to the brand folder: at most 5, each of at most 5 MiB. Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// What is inserted: 1 to 4000 characters. `{{patient.name}}`, `{{operator.name}}` and `{{queue.name}}` are filled in. Default: none, `files` come alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Whether a word can stand behind `/`.
pub fn is_shortcut(word: &str) -> bool {
    (1..=SHORTCUT_CHARACTERS_MAX).contains(&word.chars().count())
        && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// Whether a text can be sent to a patient.
pub fn is_text(text: &str) -> bool {
    (1..=TEXT_CHARACTERS_MAX).contains(&text.chars().count()) && !letters::has_stray_control(text)
}

impl Brand {
    pub(super) fn check_prepared_replies(&self, found: &mut Findings) {
        let (mut ids, mut shortcuts) = (BTreeSet::new(), BTreeSet::new());
        for reply in &self.canned {
            let key = |name: &str| format!("canned.{}.{name}", reply.id);
            check_entry_id("canned", &reply.id, &mut ids, found);
            if !self.languages.contains(&reply.language) {
                let what = format!("`{}` is not one of `languages`", reply.language);
                found.add(&key("language"), what, "Choose one of them, or add it there.");
            }
            check_title(&key("title"), &reply.title, found);
            check_shortcut(&key("shortcut"), &reply.shortcut, found);
            if !shortcuts.insert((reply.language.as_str(), reply.shortcut.to_lowercase())) {
                let what = format!("another reply in `{}` has the shortcut `{}`", reply.language, reply.shortcut);
                found.add(&key("shortcut"), what, "Give each reply of a language a word of its own.");
            }
            check_queues(self, &key("queues"), &reply.queues, found);
            self.check_sent_files(&key("files"), &reply.files, found);
            let brings_files_alone = reply.text.trim().is_empty() && !reply.files.is_empty();
            if !brings_files_alone {
                check_text(&key("text"), &reply.text, found);
            }
        }
        if self.canned.len() > CANNED_MAX {
            found.add("canned", format!("there are more than {CANNED_MAX}"), "Keep those that somebody uses.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_shortcut, is_text};

    #[test]
    fn a_shortcut_is_one_word_and_a_text_has_a_length() {
        for (word, is_one) in [("привет", true), ("a_b-1", true), ("", false), ("two words", false), ("/a", false)]
        {
            assert_eq!(is_shortcut(word), is_one, "{word}");
        }
        assert!(is_shortcut(&"я".repeat(32)) && !is_shortcut(&"я".repeat(33)));
        assert!(is_text(&"я".repeat(4_000)) && !is_text(&"я".repeat(4_001)) && !is_text("") && !is_text("bell \u{7}"));
    }
}
