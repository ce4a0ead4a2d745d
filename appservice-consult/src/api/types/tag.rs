//! Tags on consultations, for staff alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use consilium_config::brand::TagColor;

use super::OperatorRef;
use crate::ids::TagId;
use crate::time::Time;

/// A tag.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Give it back with a change, so that nobody's is lost.
    pub version: i64,
    /// Its name in the caller's language.
    pub name: String,
    /// Its names by language.
    pub names: BTreeMap<String, String>,
    /// Its colour.
    pub color: TagColor,
    /// Out of use: consultations keep it, no other gets it.
    pub archived: bool,
    /// When it was changed last.
    pub changed_at: Time,
    /// By whom.
    pub changed_by: OperatorRef,
}

/// All tags of the brand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tags {
    /// Archived ones too, in the order they were made.
    pub tags: Vec<Tag>,
}

/// A tag on a consultation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TagRef {
    /// Its id.
    pub id: TagId,
    /// Its name in the caller's language.
    pub name: String,
    /// Its colour.
    pub color: TagColor,
}

/// `POST /tags`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    /// By language, at most 40 characters each; the brand's default language always.
    pub names: BTreeMap<String, String>,
    /// Its colour.
    pub color: TagColor,
}

/// `PUT /tags/{id}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagChange {
    /// The version that was changed.
    pub version: i64,
    /// By language, at most 40 characters each; the brand's default language always.
    pub names: BTreeMap<String, String>,
    /// Its colour.
    pub color: TagColor,
    /// Whether it goes, or stays, out of use.
    pub archived: bool,
}

/// `event: tag` (staff)
#[derive(Debug, Serialize, ToSchema)]
pub struct TagChanged {
    /// As it stands now.
    pub tag: Tag,
}
