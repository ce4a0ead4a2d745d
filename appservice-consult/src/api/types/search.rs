//! Full text of the archive: what is asked, and what was found.

use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{ArchiveQuery, ArchiveRow, CallbackRow};
use crate::time::Time;

/// `POST /archive/search`: words, among what the archive's list may be asked. A body, because the words would stand in the logs of proxies if they were part of
/// the address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "Map<String, Value>")]
pub struct ArchiveSearch {
    /// Words that all have to be there, in any form and order; in quotation marks those that have to follow one another so. A word's beginning, of three letters or
    /// more, with `*` right behind it, stands for all words that begin so. At most 200 characters.
    pub text: String,
    /// Among which: as in the archive's list. What is found stands newest first, in pages of 1 to 50 rows; default: 20.
    #[serde(flatten)]
    pub among: ArchiveQuery,
}

impl TryFrom<Map<String, Value>> for ArchiveSearch {
    type Error = serde_json::Error;

    /// By hand, because a flattened query would take what it does not know without a word.
    fn try_from(mut fields: Map<String, Value>) -> Result<Self, Self::Error> {
        let text = fields.remove("text").ok_or_else(|| serde_json::Error::missing_field("text"))?;
        Ok(Self { text: serde_json::from_value(text)?, among: serde_json::from_value(Value::Object(fields))? })
    }
}

/// Where words of a consultation or call-back stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SnippetSource {
    /// In a message.
    Message,
    /// In the name of a file.
    File,
    /// In a conclusion.
    Conclusion,
    /// In what the patient answered when he asked.
    Answer,
    /// In a note of staff.
    Note,
    /// In why a call-back was ordered.
    Reason,
    /// In what came of a call-back, as the console says it.
    Outcome,
}

/// A part of a snippet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnippetPart {
    /// What it says.
    pub text: String,
    /// Whether it is one of the words that were searched for.
    pub hit: bool,
}

/// The words around a hit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveSnippet {
    /// Where they stand.
    pub source: SnippetSource,
    /// When they were written.
    pub at: Option<Time>,
    /// Name of who wrote them; null: the patient, when he asked or ordered, or nobody.
    pub by: Option<String>,
    /// One after the other.
    pub parts: Vec<SnippetPart>,
}

/// A consultation that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationHit {
    /// What lists show too.
    #[serde(flatten)]
    pub row: ArchiveRow,
    /// Where it has the words; at most three.
    pub snippets: Vec<ArchiveSnippet>,
}

/// A call-back that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallbackHit {
    /// What lists show too.
    pub callback: CallbackRow,
    /// Place of its record in the tenant's chain, from 1.
    pub sequence: i64,
    /// When it was sealed.
    pub sealed_at: Time,
    /// Where it has the words; at most three.
    pub snippets: Vec<ArchiveSnippet>,
}

/// What was found: a consultation has `consultation`, a call-back has `callback`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ArchiveHit {
    /// A consultation.
    Consultation(Box<ConsultationHit>),
    /// A call-back.
    Callback(Box<CallbackHit>),
}

/// What was found, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveHits {
    /// Rows of this page.
    pub items: Vec<ArchiveHit>,
    /// Give it back as `cursor` for the next page; null after the last. A page may be short, or empty, and not the last: for a phrase a page looks through so
    /// many records and no more.
    pub next_cursor: Option<String>,
    /// How many there are in all; null: nobody knows before all of them were looked through.
    pub total: Option<i64>,
    /// Sealed consultations and call-backs that cannot be found yet, because they wait to be read into the index.
    pub to_index: i64,
}
