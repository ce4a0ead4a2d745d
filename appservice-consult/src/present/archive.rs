//! Sealed consultations.

use super::Presenter;
use crate::api::types::ArchiveRow;
use crate::consultation::Record;
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Sealed consultations in lists; one that is not sealed is left out.
    pub async fn archive_rows(&self, session: &mut Session, records: &[Record]) -> Result<Vec<ArchiveRow>, StoreError> {
        let rows = self.rows(session, records).await?;
        let shown = rows.into_iter().zip(records).filter_map(|(consultation, record)| {
            let sealed = record.sealed?;
            Some(ArchiveRow {
                consultation,
                sequence: sealed.sequence,
                sealed_at: sealed.at,
                message_count: sealed.messages,
                file_count: sealed.files,
            })
        });
        Ok(shown.collect())
    }

    /// One sealed consultation.
    pub async fn archive_row(&self, session: &mut Session, record: &Record) -> Result<ArchiveRow, StoreError> {
        let row = self.archive_rows(session, std::slice::from_ref(record)).await?.pop();
        row.ok_or_else(|| StoreError::unknown_value("sealed_sequence", "null"))
    }
}
