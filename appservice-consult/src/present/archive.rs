//! Sealed consultations.

use super::Presenter;
use super::consultation::cut;
use crate::api::types::{ArchiveRow, ConsultationRow};
use crate::consultation::{Record, Sight};
use crate::operator::Member;
use crate::retention::{self, RetentionError};
use crate::store::{Session, StoreError};

/// Who reads a list of the archive.
#[derive(Debug, Clone, Copy)]
pub enum ArchiveReader<'a> {
    /// A member of staff: of each as much as he may.
    Staff(&'a Member),
    /// Supervisors.
    Supervisors,
    /// Its patient, to whom what staff wrote for one another is not shown.
    Patient,
}

impl Presenter<'_> {
    /// Sealed consultations in lists; one that is not sealed is left out.
    pub async fn archive_rows(
        &self,
        session: &mut Session,
        records: &[Record],
        reader: ArchiveReader<'_>,
    ) -> Result<Vec<ArchiveRow>, RetentionError> {
        let rows = match reader {
            ArchiveReader::Staff(member) => self.rows_for(session, records, member).await?,
            ArchiveReader::Supervisors => self.rows(session, records).await?,
            ArchiveReader::Patient => self.rows(session, records).await?.into_iter().map(for_patient).collect(),
        };
        let held = retention::held_of(session, self.tenant, records).await?;
        let gone = records.iter().filter(|record| record.erased_at.is_some());
        let gone: Vec<&str> = gone.map(|record| record.id.as_str()).collect();
        let mut erased = retention::reasons(session, self.tenant, &gone).await?;
        let shown = rows.into_iter().zip(records).filter_map(|(consultation, record)| {
            let sealed = record.sealed?;
            Some(ArchiveRow {
                consultation,
                sequence: sealed.sequence,
                sealed_at: sealed.at,
                message_count: sealed.messages,
                file_count: sealed.files,
                retention: record.terms.as_ref().map(|terms| self.retention(terms)),
                held: held.contains_key(&record.id),
                erased: erased.remove(&record.id).map(|(tombstone, reason)| self.erased(&tombstone, reason)),
            })
        });
        Ok(shown.collect())
    }

    /// One sealed consultation.
    pub async fn archive_row(
        &self,
        session: &mut Session,
        record: &Record,
        reader: ArchiveReader<'_>,
    ) -> Result<ArchiveRow, RetentionError> {
        let row = self.archive_rows(session, std::slice::from_ref(record), reader).await?.pop();
        Ok(row.ok_or_else(|| StoreError::unknown_value("sealed_sequence", "null"))?)
    }
}

fn for_patient(row: ConsultationRow) -> ConsultationRow {
    ConsultationRow { tags: Vec::new(), ..cut(row, Sight::Row) }
}
