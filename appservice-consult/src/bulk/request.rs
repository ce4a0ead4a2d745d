//! What may be asked for at once: how many, each once, and what the act needs.

use std::collections::BTreeSet;

use crate::api::types::BulkAct;
use crate::consultation::ConsultationError;
use crate::ids::TagId;
use crate::macros::{self, MacroError};
use crate::store::StoreError;
use crate::tag::{self, TagError};
use crate::tenant::Tenant;

/// Rows of one request: what a person can have looked through before he acts on it, and some seconds of the one writer's time.
pub const ROWS_MAX: usize = 200;
/// Longest note that goes with them. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 4_000;

/// A failure, or a refusal: of the whole request, or of one row.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// None is named.
    #[error("no row is named")]
    None,
    /// More are named than may be.
    #[error("too many rows are named")]
    TooMany,
    /// One is named twice.
    #[error("a row is named twice")]
    Twice,
    /// What is handed on needs a word for the next one.
    #[error("a note is missing")]
    NoteMissing,
    /// The note is too long.
    #[error("the note is too long")]
    NoteTooLong,
    /// The macro writes to the patient.
    #[error("the macro writes to the patient")]
    Writes,
    /// The request's id stands for something else.
    #[error("the request is another's")]
    OtherRequest,
    /// There is no such tag, or it is not put on any more.
    #[error(transparent)]
    Tag(#[from] TagError),
    /// The macro cannot be run.
    #[error(transparent)]
    Macro(#[from] MacroError),
    /// A step was refused.
    #[error(transparent)]
    Consultation(#[from] ConsultationError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Whether these can be named together.
///
/// Errors: `None`, `TooMany`, `Twice`.
pub fn checked<T: Ord>(ids: &[T]) -> Result<(), BulkError> {
    if ids.is_empty() {
        return Err(BulkError::None);
    }
    if ids.len() > ROWS_MAX {
        return Err(BulkError::TooMany);
    }
    if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
        return Err(BulkError::Twice);
    }
    Ok(())
}

/// Whether the act can be done to anything at all.
///
/// Errors: `NoteMissing`, `NoteTooLong`, `Writes`, `Tag`, `Macro`, `Store`.
pub(super) async fn possible(tenant: &Tenant, act: &BulkAct) -> Result<(), BulkError> {
    match act {
        BulkAct::Assign { note, .. } if note.trim().is_empty() => Err(BulkError::NoteMissing),
        BulkAct::Assign { note, .. } if note.trim().chars().count() > NOTE_CHARACTERS_MAX => {
            Err(BulkError::NoteTooLong)
        }
        BulkAct::Assign { .. } | BulkAct::Priority { .. } => Ok(()),
        BulkAct::AddTag { tag_id } | BulkAct::RemoveTag { tag_id } => is_known(tenant, tag_id).await,
        BulkAct::Macro { macro_id, .. } => {
            let mut reading = tenant.store.read().await?;
            let record = macros::load(&mut reading, macro_id).await?.ok_or(MacroError::NotFound)?;
            let writes = !record.content.texts.is_empty() || !record.content.files.is_empty();
            if writes { Err(BulkError::Writes) } else { Ok(()) }
        }
    }
}

async fn is_known(tenant: &Tenant, tag: &TagId) -> Result<(), BulkError> {
    let mut reading = tenant.store.read().await?;
    let is_there = tag::list(&mut reading).await?.iter().any(|known| known.id == *tag);
    if is_there { Ok(()) } else { Err(TagError::NotFound.into()) }
}

#[cfg(test)]
mod tests {
    use super::{BulkError, ROWS_MAX, checked};

    #[test]
    fn one_to_two_hundred_are_named_each_once() {
        let many: Vec<usize> = (0..=ROWS_MAX).collect();
        assert!(checked(&many[..1]).is_ok() && checked(&many[..ROWS_MAX]).is_ok());
        assert!(matches!(checked::<u8>(&[]), Err(BulkError::None)));
        assert!(matches!(checked(&many), Err(BulkError::TooMany)));
        assert!(matches!(checked(&[1, 2, 1]), Err(BulkError::Twice)));
    }
}
