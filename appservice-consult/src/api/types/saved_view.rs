//! Saved views of lists, for staff alone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OperatorRef;
use crate::ids::{QueueId, SavedViewId};
use crate::time::Time;

/// Which list a view is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SavedViewSection {
    /// `GET /consultations?view=waiting`
    Waiting,
    /// `GET /consultations?view=mine`
    Mine,
    /// `GET /consultations?view=active`
    Active,
    /// `GET /consultations?view=on_hold`
    OnHold,
    /// `GET /callbacks`
    Callbacks,
    /// `GET /archive`
    Archive,
    /// `GET /patients`
    Patients,
}

/// Who sees a view besides its owner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "with", rename_all = "snake_case", deny_unknown_fields)]
pub enum SavedViewSharing {
    /// Nobody.
    #[default]
    Nobody,
    /// All members of staff.
    Everybody,
    /// Who serves one of these queues, and supervisors.
    Queues {
        /// Which, at least one.
        queue_ids: Vec<QueueId>,
    },
}

/// A saved view.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// Give it back with a change, so that nobody's is lost.
    pub version: i64,
    /// What it is called.
    pub name: String,
    /// Which list.
    pub section: SavedViewSection,
    /// The list's own query, without `view` where the section says it, and without a page.
    pub query: String,
    /// How the console sorts the rows that it has: a column, with `-` before it from the end; null: as `query` says.
    pub order: Option<String>,
    /// Who else sees it.
    pub sharing: SavedViewSharing,
    /// Whose it is; nobody else changes it.
    pub owner: OperatorRef,
    /// When it was changed last.
    pub changed_at: Time,
    /// It was removed; for a day its owner can take it back.
    pub removed: bool,
}

/// All views that the caller sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViews {
    /// His own and those that are shared with him, in his order; at most 150.
    pub views: Vec<SavedView>,
}

/// `POST /views`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedView {
    /// 1 to 60 characters; one for each view of an owner.
    pub name: String,
    /// Which list.
    pub section: SavedViewSection,
    /// The list's own query, as the list itself would take it; at most 2000 bytes.
    #[serde(default)]
    pub query: String,
    /// A column of 1 to 32 letters and `_`, with `-` before it from the end.
    #[serde(default)]
    pub order: Option<String>,
    /// Who else is to see it; supervisors share. Default: nobody.
    #[serde(default)]
    pub sharing: SavedViewSharing,
}

/// `PUT /views/{id}`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedViewChange {
    /// The version that was changed.
    pub version: i64,
    /// 1 to 60 characters; one for each view of an owner.
    pub name: String,
    /// Which list.
    pub section: SavedViewSection,
    /// The list's own query, as the list itself would take it; at most 2000 bytes.
    #[serde(default)]
    pub query: String,
    /// A column of 1 to 32 letters and `_`, with `-` before it from the end.
    #[serde(default)]
    pub order: Option<String>,
    /// Who else is to see it; supervisors share.
    #[serde(default)]
    pub sharing: SavedViewSharing,
    /// Whether it is to be removed; false takes it back.
    #[serde(default)]
    pub removed: bool,
}

/// `PUT /view-order`, and `event: view_order` (the caller alone)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedViewArrangement {
    /// The caller's order, at most 150; views that are not named stand behind.
    pub view_ids: Vec<SavedViewId>,
}

/// `event: view` (staff that sees it, or saw it)
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViewChanged {
    /// Which.
    pub view_id: SavedViewId,
    /// As it stands now; null: it is not there for the caller any more.
    pub view: Option<SavedView>,
}
