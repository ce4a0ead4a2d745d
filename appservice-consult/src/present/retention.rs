//! Retention, legal holds, and what is left of records that were erased.

use std::collections::HashMap;

use super::Presenter;
use super::archive::ArchiveReader;
use crate::actor::Actor;
use crate::api::types::{
    DueCount, DueRow, Erased, ErasedFile, ErasureCause, ErasureCertificate, ErasureProof, HeldConsultation, HoldLifted,
    LegalHold, QueueRef, Retention, RetentionClass,
};
use crate::archive::Tombstone;
use crate::consultation::{Record, record};
use crate::ids::{ConsultationId, QueueId, UserId};
use crate::retention::{Certificate, DueRecord, Hold, RetentionError, Tally, Terms};
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    fn retention_class(&self, id: &str) -> RetentionClass {
        let brand = self.tenant.brand();
        let class = brand.retention.iter().find(|class| class.id == id);
        RetentionClass { id: id.to_owned(), name: class.map_or_else(|| id.to_owned(), |class| self.text(&class.name)) }
    }

    fn queue_ref(&self, id: &QueueId) -> QueueRef {
        QueueRef { id: id.clone(), name: self.queue_name(id) }
    }

    /// How long a record is kept.
    pub(super) fn retention(&self, terms: &Terms) -> Retention {
        Retention { class: self.retention_class(&terms.class), due_at: terms.due_at }
    }

    /// That a record was erased.
    pub(super) fn erased(&self, tombstone: &Tombstone, reason: Option<String>) -> Erased {
        let by = match tombstone.cause {
            ErasureCause::Due => String::new(),
            ErasureCause::AccountDeleted if tombstone.by == Actor::System.user_id() => String::new(),
            ErasureCause::ByHand | ErasureCause::AccountDeleted => {
                self.tenant.name_of(&UserId::from(tombstone.by.as_str()))
            }
        };
        Erased { at: tombstone.erased_at, cause: tombstone.cause, by, reason }
    }

    /// Legal holds in lists.
    pub async fn holds(&self, session: &mut Session, holds: Vec<Hold>) -> Result<Vec<LegalHold>, StoreError> {
        let mut records = HashMap::new();
        for hold in &holds {
            let Some(id) = hold.consultation.as_ref().filter(|id| !records.contains_key(*id)) else { continue };
            if let Some(record) = record::load(session, id).await? {
                records.insert(id.clone(), record);
            }
        }
        Ok(holds.into_iter().map(|hold| self.hold(hold, &records)).collect())
    }

    fn hold(&self, hold: Hold, records: &HashMap<ConsultationId, Record>) -> LegalHold {
        let on = hold.consultation.as_ref().and_then(|id| records.get(id));
        LegalHold {
            patient: self.patient_ref(&hold.patient),
            consultation: on.map(|record| HeldConsultation {
                id: record.id.clone(),
                queue: self.queue_ref(&record.state.queue),
                requested_at: record.state.requested_at,
            }),
            reason: hold.reason,
            placed_at: hold.placed_at,
            placed_by: self.operator_ref(&hold.placed_by),
            lifted: hold.lifted.map(|lifted| HoldLifted {
                at: lifted.at,
                by: self.operator_ref(&lifted.by),
                reason: lifted.reason,
            }),
            id: hold.id,
        }
    }

    /// Records that go soon.
    pub async fn due_rows(&self, session: &mut Session, due: Vec<DueRecord>) -> Result<Vec<DueRow>, RetentionError> {
        let records: Vec<Record> = due.iter().map(|due| due.record.clone()).collect();
        let rows = self.archive_rows(session, &records, ArchiveReader::Supervisors).await?;
        let by_id = records.into_iter().map(|record| (record.id.clone(), record)).collect::<HashMap<_, _>>();
        let mut shown = Vec::new();
        for (row, due) in rows.into_iter().zip(due) {
            let holds = due.holds.into_iter().map(|hold| self.hold(hold, &by_id)).collect();
            shown.push(DueRow { row, goes_at: due.goes_at, holds });
        }
        Ok(shown)
    }

    /// How many go, of a class and a queue.
    pub fn due_count(&self, tally: Tally) -> DueCount {
        DueCount {
            class: self.retention_class(&tally.class),
            queue: self.queue_ref(&tally.queue),
            count: tally.count,
            held: tally.held,
        }
    }

    /// The certificate of an erasure.
    pub fn certificate(&self, certificate: Certificate) -> ErasureCertificate {
        let Certificate { record, stone, reason, files, remains } = certificate;
        let (salt, text) = reason.map(|reason| (hex::encode(reason.salt), reason.text)).unzip();
        let tombstone = &stone.tombstone;
        let files = files.into_iter().map(|file| ErasedFile { url: file.url, gone_at: file.at });
        ErasureCertificate {
            queue: self.queue_ref(&record.state.queue),
            requested_at: record.state.requested_at,
            ended_at: record.state.ended_at,
            erased: self.erased(tombstone, text),
            retention: record.terms.as_ref().map(|terms| self.retention(terms)),
            records: tombstone.records.clone(),
            counts: tombstone.counts,
            files: tombstone.files.is_some().then(|| files.collect()),
            remains,
            proof: ErasureProof {
                verifying_key: hex::encode(self.tenant.archive.keys.verifying().as_bytes()),
                chain: stone.chain,
                tombstone: stone.text,
                signature: stone.signature,
                reason_salt: salt,
            },
            consultation_id: record.id,
            patient_id: record.patient,
        }
    }
}
