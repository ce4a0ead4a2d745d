//! Who else looks at a record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OperatorRef;

/// What kind of record a console shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewedKind {
    /// A consultation, as the desk has it.
    Consultation,
    /// A patient's card.
    Patient,
    /// A call-back.
    Callback,
    /// The sealed record of a consultation, by its id.
    Archive,
    /// A section of the settings, by its name.
    Settings,
}

/// A record that a console shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewedRecord {
    /// What it is.
    pub kind: ViewedKind,
    /// Its id.
    pub id: String,
}

/// What somebody does with a record that he has open. The later one is more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewingAct {
    /// Has it on the screen.
    #[default]
    Looking,
    /// Has something written in it that is not sent or saved yet.
    Writing,
}

/// `PUT /viewing`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewingRequest {
    /// A name that this window made for itself, 1 to 64 characters: several windows of one account are told apart by it.
    pub console: String,
    /// What it shows; absent: nothing of these.
    #[serde(default)]
    pub record: Option<ViewedRecord>,
    /// What is done with it.
    #[serde(default)]
    pub act: ViewingAct,
}

/// Somebody who has a record open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Viewer {
    /// Who.
    pub operator: OperatorRef,
    /// What he does with it.
    pub act: ViewingAct,
}

/// `event: viewing`, to those who have the record open themselves, and the answer to `PUT /viewing`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Viewers {
    /// The record by the id that events of it have: of a patient's account the card that it is on. Null: the console shows none, or none that the
    /// caller may see.
    pub record: Option<ViewedRecord>,
    /// Everybody who has it open, the caller too, at most 20.
    pub viewers: Vec<Viewer>,
}
