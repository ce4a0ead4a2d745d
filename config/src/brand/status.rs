//! Statuses of operators that a brand has beside the fixed ones: a lunch, a training, a round of visits; each is a kind of one that everybody knows.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized};
use crate::check::Findings;

/// More do not fit into a menu that is read at a glance.
const STATUSES_MAX: usize = 30;
/// A status stands beside a name. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 60;

/// A status that operators may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = StatusSettings)]
#[serde(deny_unknown_fields)]
pub struct OperatorStatus {
    /// Short name: 1 to 32 of `a-z 0-9 -`. The history of statuses remembers it.
    pub id: String,
    /// Which of the fixed statuses it is a kind of: whoever has it is offered nobody.
    pub of: StatusBase,
    /// Name, by language: at most 60 characters.
    pub name: Localized,
    /// Its colour in the console. Default: `warning`.
    #[serde(default)]
    pub color: StatusColor,
    /// Whether reports count its time as time on duty: a training is work, a lunch is not. Default: false.
    #[serde(default)]
    pub on_duty: bool,
    /// Whether nobody can choose it any more; its name stays in the history. Default: false.
    #[serde(default)]
    pub retired: bool,
}

/// A fixed status that others can be kinds of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusBase {
    /// Not at the desk.
    Away,
    /// On a break.
    Break,
}

/// A colour of the console, by its meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusColor {
    /// Grey.
    Neutral,
    /// The brand's own.
    Brand,
    /// Of what is to know.
    Info,
    /// Of what went well.
    Success,
    /// Of what needs an eye.
    #[default]
    Warning,
    /// Of what is dangerous.
    Danger,
    /// Of staff's notes.
    Note,
}

impl Brand {
    /// The status of that id.
    pub fn status(&self, id: &str) -> Option<&OperatorStatus> {
        self.statuses.iter().find(|status| status.id == id)
    }

    pub(super) fn check_statuses(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for status in &self.statuses {
            check_id("statuses", &status.id, &mut ids, found);
            let key = format!("statuses.{}.name", status.id);
            self.check_localized(&key, &status.name, found);
            Self::check_length(&key, &status.name, NAME_CHARACTERS_MAX, found);
        }
        if self.statuses.len() > STATUSES_MAX {
            let what = format!("there are more than {STATUSES_MAX}");
            found
                .refuse("statuses", what, "Remove those that nobody chooses.")
                .code("too_many")
                .with("most", STATUSES_MAX);
        }
    }
}
