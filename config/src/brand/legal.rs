//! Legal documents: what a person can read at any time, each with a version. Its text lies in files of the folder, or stands in the brand itself.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized};
use crate::check::Findings;

/// A page has room for links to so many.
const DOCUMENTS_MAX: usize = 20;
/// The longest text that stands in the brand itself. Unit: characters.
const TEXT_CHARACTERS_MAX: usize = 50_000;
/// A title is a link. Unit: characters.
const TITLE_CHARACTERS_MAX: usize = 160;
/// A version is a date or a number. Unit: characters.
const VERSION_CHARACTERS_MAX: usize = 40;

/// A document that a person reads or agrees to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LegalDocumentSettings)]
#[serde(deny_unknown_fields)]
pub struct LegalDocument {
    /// Short name, the last part of its address: 1 to 32 of `a-z 0-9 -`.
    pub id: String,
    /// Version of the text; a person agrees to a version. A date is a good one.
    pub version: String,
    /// Title, by language.
    pub title: Localized,
    /// HTML fragment files, by language, relative to the brand folder. One for each language of the brand; none where `texts` says it. Default: none.
    #[serde(default)]
    pub files: Localized,
    /// The text itself, by language, in the place of files: paragraphs with empty lines between them, `# ` before a heading, `- ` before each line of a list; no
    /// markup. At most 50000 characters. Default: none, the files are shown.
    #[serde(default)]
    pub texts: Option<Localized>,
}

impl Brand {
    pub(super) fn check_legal(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for document in &self.legal {
            let key = |name: &str| format!("legal.{}.{name}", document.id);
            check_id("legal", &document.id, &mut ids, found);
            self.check_localized(&key("title"), &document.title, found);
            Self::check_length(&key("title"), &document.title, TITLE_CHARACTERS_MAX, found);
            match &document.texts {
                Some(texts) => {
                    self.check_localized(&key("texts"), texts, found);
                    Self::check_length(&key("texts"), texts, TEXT_CHARACTERS_MAX, found);
                }
                None => self.check_localized(&key("files"), &document.files, found),
            }
            check_version(&key("version"), &document.version, found);
        }
        if self.legal.len() > DOCUMENTS_MAX {
            let what = format!("there are more than {DOCUMENTS_MAX}");
            found
                .refuse("legal", what, "Keep those that people look for.")
                .code("too_many")
                .with("most", DOCUMENTS_MAX);
        }
    }
}

fn check_version(key: &str, version: &str, found: &mut Findings) {
    if version.trim().is_empty() {
        found.refuse(key, "it is empty", "Give the text a version, such as its date.").code("required");
    } else if version.chars().count() > VERSION_CHARACTERS_MAX {
        let what = format!("it has more than {VERSION_CHARACTERS_MAX} characters");
        found.refuse(key, what, "A date is enough.").code("too_long_all").with("most", VERSION_CHARACTERS_MAX);
    }
}
