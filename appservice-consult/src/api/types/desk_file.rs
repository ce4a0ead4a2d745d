//! Files that the desk keeps, for staff alone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::DeskFileId;

/// A file that the desk keeps, to send it again and again. Where one is sent back, its id alone counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskFile {
    /// Its id.
    pub id: DeskFileId,
    /// What people see.
    #[serde(default)]
    pub name: String,
    /// What it is, such as `application/pdf`.
    #[serde(default)]
    pub media_type: String,
    /// How large. Unit: bytes.
    #[serde(default)]
    pub size_bytes: i64,
}

/// `POST /files`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeskFile {
    /// 1 to 120 characters, without slashes.
    pub name: String,
    /// As the browser says; what is none is kept as `application/octet-stream`.
    #[serde(default)]
    pub media_type: String,
    /// The bytes, at most 5 MiB, in base64.
    pub content: String,
}
