//! What a canned reply may be. Pure.

use consilium_config::brand::{is_shortcut, is_text, placeholders};
use serde::{Deserialize, Serialize};

use crate::api::types::{DeskFile, FieldError};
use crate::desk_file;
use crate::ids::{DeskFileId, QueueId};
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
    /// What is inserted; empty: it brings its files alone.
    pub text: String,
    /// What is sent with it. Versions from before there was such a thing have none.
    #[serde(default)]
    pub files: Vec<DeskFile>,
}

impl Content {
    /// The content in its one form. `languages` and `is_queue` say what the brand has, `file` which files are kept.
    pub fn checked(
        mut self,
        languages: &[String],
        is_queue: impl Fn(&QueueId) -> bool,
        file: impl Fn(&DeskFileId) -> Option<DeskFile>,
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
        let brings_files_alone = self.text.is_empty() && !self.files.is_empty();
        let text = "a text has 1 to 4000 characters; only with files there may be none";
        expect(brings_files_alone || is_text(&self.text), "text", text);
        if let Err(wrong) = placeholders::check(&self.text) {
            expect(false, "text", &wrong.to_string());
        }
        match desk_file::named(&self.files, file) {
            Ok(files) => self.files = files,
            Err(wrong) => errors.push(wrong),
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Content;
    use crate::api::types::DeskFile;

    fn file(id: &str, name: &str) -> DeskFile {
        DeskFile { id: id.into(), name: name.to_owned(), media_type: String::new(), size_bytes: 1 }
    }

    fn content() -> Content {
        Content {
            title: "  Good   day ".to_owned(),
            shortcut: "/Привет".to_owned(),
            language: "ru".to_owned(),
            queues: vec!["b".into(), "a".into(), "b".into()],
            text: " Здравствуйте, {{patient.name}}!\n".to_owned(),
            files: vec![file("b", "virus.exe"), file("a", ""), file("b", "")],
        }
    }

    fn checked(content: Content) -> Result<Content, Vec<String>> {
        let languages = ["ru".to_owned(), "en".to_owned()];
        let kept = |id: &crate::ids::DeskFileId| (id.as_str() != "gone").then(|| file(id.as_str(), "kept.pdf"));
        let checked = content.checked(&languages, |queue| queue.as_str() != "nowhere", kept);
        checked.map_err(|errors| errors.into_iter().map(|error| error.field).collect())
    }

    #[test]
    fn a_reply_is_kept_in_one_form() {
        let kept = checked(content()).unwrap();
        assert_eq!((kept.title.as_str(), kept.shortcut.as_str()), ("Good day", "привет"));
        assert_eq!(kept.queues, ["a".into(), "b".into()]);
        assert_eq!(kept.text, "Здравствуйте, {{patient.name}}!");
        assert_eq!(kept.files, [file("b", "kept.pdf"), file("a", "kept.pdf")], "as they are kept, each once");
        assert_eq!(checked(kept.clone()).unwrap(), kept, "once in its form, it stays in it");
    }

    #[test]
    fn a_reply_may_bring_files_alone_and_has_one_of_both() {
        let bare = checked(Content { text: " \n".to_owned(), ..content() }).unwrap();
        assert_eq!((bare.text.as_str(), bare.files.len()), ("", 2));
        assert_eq!(checked(Content { files: Vec::new(), ..bare.clone() }).unwrap_err(), ["text"]);
        assert_eq!(checked(Content { files: vec![file("gone", "")], ..bare }).unwrap_err(), ["files"]);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = Content {
            title: " ".to_owned(),
            shortcut: "two words".to_owned(),
            language: "de".to_owned(),
            queues: vec!["nowhere".into()],
            text: "{{patient.phone}}".to_owned(),
            files: vec![file("gone", "")],
        };
        assert_eq!(checked(wrong).unwrap_err(), ["title", "shortcut", "language", "queues", "text", "files"]);
        let many = ["1", "2", "3", "4", "5", "6"].map(|id| file(id, "")).into();
        assert_eq!(checked(Content { files: many, ..content() }).unwrap_err(), ["files"]);
        assert_eq!(checked(Content { text: "x".repeat(4_001), ..content() }).unwrap_err(), ["text"]);
        assert_eq!(checked(Content { shortcut: "x".repeat(33), ..content() }).unwrap_err(), ["shortcut"]);
    }
}
