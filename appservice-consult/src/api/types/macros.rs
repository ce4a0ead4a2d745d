//! Macros, for staff alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DeskFile, OperatorRef};
use crate::ids::{MacroId, OperatorId, QueueId, TagId};
use crate::time::Time;

/// What a macro says and does, in the order in which it does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MacroContent {
    /// What lists show: 1 to 100 characters.
    pub title: String,
    /// The word behind `/`: 1 to 32 letters, digits, - and _; lower case, one for each macro in use.
    pub shortcut: String,
    /// Only for consultations of these queues; empty: for all.
    #[serde(default)]
    pub queues: Vec<QueueId>,
    /// What the operator's client sends to the patient first, by language: 1 to 4000 characters, with the placeholders of canned replies. Empty: nothing; else
    /// always in the brand's default language.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// Files of the desk that his client sends then, one after the other: at most 5.
    #[serde(default)]
    pub files: Vec<DeskFile>,
    /// Taken off then; one that is not there stays away.
    #[serde(default)]
    pub remove_tags: Vec<TagId>,
    /// Put on then; one that is there stays.
    #[serde(default)]
    pub add_tags: Vec<TagId>,
    /// Written then for staff alone: at most 4000 characters.
    #[serde(default)]
    pub note: Option<String>,
    /// Colleagues whom the note names, at most 10: each may read the conversation's notes for a time, as with a note that is written by hand. Whoever runs the
    /// macro is left out.
    #[serde(default)]
    pub mentions: Vec<OperatorId>,
    /// Done at last.
    #[serde(default)]
    pub ending: Option<MacroEnding>,
}

/// What a macro does at last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MacroEnding {
    /// Puts the consultation aside.
    Hold {
        /// For how long: 1 to 43200; null: until the lead goes on. Unit: minutes.
        #[serde(default)]
        minutes: Option<u32>,
    },
    /// Hands it to a queue of its circle.
    Transfer {
        /// Which.
        queue_id: QueueId,
        /// For the one who takes it next: 1 to 4000 characters; not shown to the patient.
        note: String,
    },
    /// Closes it.
    Close {
        /// Why: at most 4000 characters.
        #[serde(default)]
        note: Option<String>,
    },
}

/// A step of a macro, as a refusal names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MacroStep {
    /// Files are sent.
    Files,
    /// Tags are taken off.
    RemoveTags,
    /// Tags are put on.
    AddTags,
    /// A note is written.
    Note,
    /// The consultation is put aside.
    Hold,
    /// It is handed on.
    Transfer,
    /// It is closed.
    Close,
}

/// A macro.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Macro {
    /// Its id.
    pub id: MacroId,
    /// Give it back with a change or a run, so that nobody's is lost and nothing runs that was not shown.
    pub version: i64,
    /// What it says and does.
    pub content: MacroContent,
    /// Out of use: nobody can run it.
    pub archived: bool,
    /// When it was changed last.
    pub changed_at: Time,
    /// By whom.
    pub changed_by: OperatorRef,
}

/// All macros of the brand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Macros {
    /// Archived ones too, in the order they were made; at most 300.
    pub macros: Vec<Macro>,
}

/// `PUT /macros/{id}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MacroChange {
    /// The version that was changed.
    pub version: i64,
    /// What it is to say and do.
    pub content: MacroContent,
    /// Whether it goes, or stays, out of use.
    pub archived: bool,
}

/// `POST /consultations/{id}/macros/{macro_id}` and `…/check`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunMacro {
    /// The version whose preview was shown.
    pub version: i64,
    /// Made by the client once for each run; a retry with the same one does nothing twice.
    pub request_id: Uuid,
}

/// `event: macro` (staff)
#[derive(Debug, Serialize, ToSchema)]
pub struct MacroChanged {
    /// As it stands now.
    pub changed: Macro,
}
