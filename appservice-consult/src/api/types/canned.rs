//! Canned replies, for staff alone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DeskFile, OperatorRef};
use crate::ids::{CannedId, QueueId};
use crate::time::Time;

/// Whose a canned reply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CannedScope {
    /// Everybody's; supervisors keep it.
    Shared,
    /// The caller's own; nobody else sees it.
    Personal,
}

/// A canned reply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Canned {
    /// Its id.
    pub id: CannedId,
    /// Give it back with a change, so that nobody's is lost.
    pub version: i64,
    /// Whose.
    pub scope: CannedScope,
    /// What the list shows.
    pub title: String,
    /// The word behind `/`; lower case, one for each language and owner.
    pub shortcut: String,
    /// A language of the brand.
    pub language: String,
    /// Only for these queues; empty: for all.
    pub queues: Vec<QueueId>,
    /// What is inserted; empty where it brings files alone; `{{patient.name}}`, `{{operator.name}}` and `{{queue.name}}` are filled in.
    pub text: String,
    /// What is sent with it, by the operator's client.
    pub files: Vec<DeskFile>,
    /// When it was changed last.
    pub changed_at: Time,
    /// By whom.
    pub changed_by: OperatorRef,
}

/// All canned replies that the caller may use.
#[derive(Debug, Serialize, ToSchema)]
pub struct CannedReplies {
    /// The shared ones and the caller's own, by title; at most 700.
    pub canned: Vec<Canned>,
}

/// `POST /canned`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCanned {
    /// Whose; shared ones are made by supervisors.
    pub scope: CannedScope,
    /// 1 to 100 characters.
    pub title: String,
    /// One word of 1 to 32 letters, digits, - and _.
    pub shortcut: String,
    /// A language of the brand.
    pub language: String,
    /// Only for these queues; empty or absent: for all.
    #[serde(default)]
    pub queues: Vec<QueueId>,
    /// At most 4000 characters; empty only where there are files; an unknown placeholder is refused.
    pub text: String,
    /// Files that are kept (`POST /files`), at most 5. Default: none.
    #[serde(default)]
    pub files: Vec<DeskFile>,
}

/// `PUT /canned/{id}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CannedChange {
    /// The version that was changed.
    pub version: i64,
    /// 1 to 100 characters.
    pub title: String,
    /// One word of 1 to 32 letters, digits, - and _.
    pub shortcut: String,
    /// A language of the brand.
    pub language: String,
    /// Only for these queues; empty or absent: for all.
    #[serde(default)]
    pub queues: Vec<QueueId>,
    /// At most 4000 characters; empty only where there are files; an unknown placeholder is refused.
    pub text: String,
    /// Files that are kept (`POST /files`), at most 5; empty: none. Null or absent: those that it has stay, since an older client knows of none.
    #[serde(default)]
    pub files: Option<Vec<DeskFile>>,
}

/// What was done to a canned reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CannedAction {
    /// It was made.
    Created,
    /// It was written anew.
    Changed,
    /// It was removed.
    Removed,
}

/// What a canned reply was, and who made it so.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CannedVersion {
    /// Its number.
    pub version: i64,
    /// From when.
    pub at: Time,
    /// By whom.
    pub by: OperatorRef,
    /// By doing what.
    pub action: CannedAction,
    /// The title.
    pub title: String,
    /// The shortcut.
    pub shortcut: String,
    /// The language.
    pub language: String,
    /// The queues.
    pub queues: Vec<QueueId>,
    /// The text.
    pub text: String,
    /// The files; one that is kept no more cannot be brought back.
    pub files: Vec<DeskFile>,
}

/// Who changed what and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct CannedVersions {
    /// Newest first, the present one too; at most 100.
    pub versions: Vec<CannedVersion>,
}

/// `event: canned` (staff; one that is personal, its owner alone)
#[derive(Debug, Serialize, ToSchema)]
pub struct CannedChanged {
    /// Which.
    pub canned_id: CannedId,
    /// As it stands now; null: it was removed.
    pub canned: Option<Canned>,
}
