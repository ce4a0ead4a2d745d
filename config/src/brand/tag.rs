//! Tags that the brand folder brings: there at the first start, and the desk's own from then on.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::prepared::{check_entry_id, check_in_default_language};
use super::{Brand, Localized};
use crate::check::Findings;
use crate::letters;

/// As many as a desk has: a list of more finds nothing.
const TAGS_MAX: usize = 500;
/// It stands in a row of a list. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 40;

/// A tag that staff puts on consultations. Made at the first start that finds it here; what is changed of it in the console stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreparedTag {
    /// Short name, by which rules and macros of this file name it: 1 to 36 of `a-z 0-9 -`.
    pub id: String,
    /// Name, by language: at most 40 characters; always in `default_language`.
    pub name: Localized,
    /// Its colour in the console. Default: `neutral`.
    #[serde(default)]
    pub color: TagColor,
}

/// The colour of a tag, as a role of the brand's palette.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TagColor {
    /// Grey.
    #[default]
    Neutral,
    /// The brand's own.
    Brand,
    /// Of what is to know.
    Info,
    /// Of what went well.
    Success,
    /// Of what needs an eye.
    Warning,
    /// Of what is dangerous.
    Danger,
    /// Of staff's notes.
    Note,
}

impl Brand {
    pub(super) fn check_prepared_tags(&self, found: &mut Findings) {
        let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
        for tag in &self.tags {
            let key = format!("tags.{}.name", tag.id);
            check_entry_id("tags", &tag.id, &mut ids, found);
            check_in_default_language(self, &key, &tag.name, found);
            for (language, name) in tag.name.iter() {
                if name.trim().chars().count() > NAME_CHARACTERS_MAX || letters::has_control(name) {
                    let what = format!("the name in `{language}` has more than {NAME_CHARACTERS_MAX} characters");
                    found.add(&key, what, "A word or two fit into a row of a list.");
                }
                if !names.insert((language, name.trim().to_lowercase())) {
                    let what = format!("another tag has the name `{name}` in `{language}`");
                    found.add(&key, what, "Give each tag a name of its own.");
                }
            }
        }
        if self.tags.len() > TAGS_MAX {
            found.add("tags", format!("there are more than {TAGS_MAX}"), "Keep those that somebody looks for.");
        }
    }
}
