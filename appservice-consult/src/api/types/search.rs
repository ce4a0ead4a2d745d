//! Full text of the archive: what is asked, and what was found.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ArchiveQuery, ArchiveRow};
use crate::ids::{OperatorId, PatientId, QueueId, TagId};
use crate::time::Time;

/// `POST /archive/search`. A body, because the words would stand in the logs of proxies if they were part of the address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSearch {
    /// Words that all have to be there, in any form and order; in quotation marks those that have to follow one another so. At most 200 characters.
    pub text: String,
    /// Part of the patient's name, or of a person's whom he acts for.
    #[serde(default)]
    pub q: Option<String>,
    /// Only this queue.
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// Only those that this operator took part in.
    #[serde(default)]
    pub operator: Option<OperatorId>,
    /// Only this patient's.
    #[serde(default)]
    pub patient: Option<PatientId>,
    /// Only with this tag.
    #[serde(default)]
    pub tag: Option<TagId>,
    /// Those with this in a field of the brand's own, as in `ArchiveQuery`.
    #[serde(default)]
    pub field: Option<String>,
    /// First sealed at or after.
    #[serde(default)]
    pub from: Option<Time>,
    /// First sealed before.
    #[serde(default)]
    pub to: Option<Time>,
    /// First sealed in the last so many days, 1 to 3660; instead of `from` and `to`.
    #[serde(default)]
    pub days: Option<u32>,
    /// Only those that their patients gave at most so many stars, 1 to 5.
    #[serde(default)]
    pub stars_max: Option<i64>,
    /// Only those with a signed conclusion, or without.
    #[serde(default)]
    pub conclusion: Option<bool>,
    /// Only those that a legal hold is on, or not.
    #[serde(default)]
    pub held: Option<bool>,
    /// Rows wanted, 1 to 50. Default: 20.
    #[serde(default)]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[serde(default)]
    pub cursor: Option<String>,
}

impl ArchiveSearch {
    /// What it is asked among: the archive's list, narrowed. Takes that out of it.
    pub fn among(&mut self) -> ArchiveQuery {
        ArchiveQuery {
            q: self.q.take(),
            queue: self.queue.take(),
            operator: self.operator.take(),
            patient: self.patient.take(),
            field: self.field.take(),
            from: self.from,
            to: self.to,
            days: self.days,
            tag: self.tag.take(),
            stars_max: self.stars_max,
            conclusion: self.conclusion,
            held: self.held,
            ..ArchiveQuery::default()
        }
    }
}

/// Where words of a consultation stand.
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
    /// Name of who wrote them; null: the patient, when he asked.
    pub by: Option<String>,
    /// One after the other.
    pub parts: Vec<SnippetPart>,
}

/// A consultation that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveHit {
    /// What lists show too.
    #[serde(flatten)]
    pub row: ArchiveRow,
    /// Where it has the words; at most three.
    pub snippets: Vec<ArchiveSnippet>,
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
    /// Sealed consultations that cannot be found yet, because they wait to be read into the index.
    pub to_index: i64,
}
