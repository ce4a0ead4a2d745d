//! What a canned reply may be. Pure.

use consilium_config::brand::{is_shortcut, is_text, placeholders};
use serde::{Deserialize, Serialize};

use crate::api::types::FieldError;
use crate::ids::QueueId;
use crate::letters;

/// Longest title. Unit: characters; a line of the list.
const TITLE_CHARACTERS_MAX: usize = 100;

/// What a reply is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What the list shows.
    pub title: String,
    /// The word that finds it; lower case.
    pub shortcut: String,
    /// A language of the brand.
    pub language: String,
    /// Only for these queues; empty: for all.
    pub queues: Vec<QueueId>,
    /// What is inserted.
    pub text: String,
}

impl Content {
    /// The content in its one form. `languages` and `is_queue` say what the brand has.
    pub fn checked(
        mut self,
        languages: &[String],
        is_queue: impl Fn(&QueueId) -> bool,
    ) -> Result<Self, Vec<FieldError>> {
        self.title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.shortcut = self.shortcut.trim().trim_start_matches('/').to_lowercase();
        self.text = String::from(self.text.trim());
        self.queues.sort();
        self.queues.dedup();
        let mut errors = Vec::new();
        let mut expect = |is_right: bool, field: &str, message: &str| {
            if !is_right {
                errors.push(FieldError::new(field, message));
            }
        };
        expect(
            (1..=TITLE_CHARACTERS_MAX).contains(&self.title.chars().count()) && !letters::has_control(&self.title),
            "title",
            "a title has 1 to 100 characters",
        );
        let word = "a shortcut is one word of 1 to 32 letters, digits, - and _";
        expect(is_shortcut(&self.shortcut), "shortcut", word);
        expect(languages.contains(&self.language), "language", "a language of this brand");
        expect(self.queues.iter().all(is_queue), "queues", "ids of this brand's queues");
        expect(is_text(&self.text), "text", "a text has 1 to 4000 characters");
        if let Err(wrong) = placeholders::check(&self.text) {
            expect(false, "text", &wrong.to_string());
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Content;

    fn content() -> Content {
        Content {
            title: "  Good   day ".to_owned(),
            shortcut: "/Привет".to_owned(),
            language: "ru".to_owned(),
            queues: vec!["b".into(), "a".into(), "b".into()],
            text: " Здравствуйте, {{patient.name}}!\n".to_owned(),
        }
    }

    fn checked(content: Content) -> Result<Content, Vec<String>> {
        let languages = ["ru".to_owned(), "en".to_owned()];
        let checked = content.checked(&languages, |queue| queue.as_str() != "nowhere");
        checked.map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn a_reply_is_kept_in_one_form() {
        let kept = checked(content()).unwrap();
        assert_eq!((kept.title.as_str(), kept.shortcut.as_str()), ("Good day", "привет"));
        assert_eq!(kept.queues, ["a".into(), "b".into()]);
        assert_eq!(kept.text, "Здравствуйте, {{patient.name}}!");
        assert_eq!(checked(kept.clone()).unwrap(), kept, "once in its form, it stays in it");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = Content {
            title: " ".to_owned(),
            shortcut: "two words".to_owned(),
            language: "de".to_owned(),
            queues: vec!["nowhere".into()],
            text: "{{patient.phone}}".to_owned(),
        };
        assert_eq!(checked(wrong).unwrap_err(), ["title", "shortcut", "language", "queues", "text"]);
        assert_eq!(checked(Content { text: "x".repeat(4_001), ..content() }).unwrap_err(), ["text"]);
        assert_eq!(checked(Content { shortcut: "x".repeat(33), ..content() }).unwrap_err(), ["shortcut"]);
    }
}
