//! The end of a patient's account, as he and supervisors see it.

use super::Presenter;
use crate::api::types::{
    Deletion, DeletionBlocked, DeletionObstacle, DeletionReceipt, DeletionStay, OperatorRef, QueueRef,
};
use crate::deletion::{self, DeletionError, Kept, Obstacle, Record};
use crate::ids::PatientId;
use crate::patient;
use crate::retention::Terms;
use crate::store::Session;

impl Presenter<'_> {
    /// What the deletion of a patient's account would do, or did.
    pub async fn deletion(&self, session: &mut Session, id: &PatientId) -> Result<Deletion, DeletionError> {
        if let Some(record) = deletion::load(session, self.tenant, id).await? {
            return Ok(self.begun(record));
        }
        let patient = patient::load(session, &self.tenant.key, id).await?.ok_or(DeletionError::NotFound)?;
        let survey = deletion::survey(session, self.tenant, &patient).await?;
        Ok(Deletion {
            deleted_at: None,
            deleted_by: None,
            reason: None,
            finished_at: None,
            goes: i64::try_from(survey.goes()).unwrap_or(i64::MAX),
            stays: survey.kept().into_iter().map(|kept| self.stay(kept)).collect(),
            blocked: survey.obstacle.map(blocked),
            remains: deletion::remains(self.language),
            receipt: None,
        })
    }

    fn begun(&self, record: Record) -> Deletion {
        let receipt = &record.signed.receipt;
        let stays: Vec<DeletionStay> = receipt.stays.iter().cloned().map(|kept| self.stay(kept)).collect();
        let remains = deletion::remains(self.language);
        let page =
            deletion::ReceiptPage { receipt, stays: &stays, remains: &remains, signature: &record.signed.signature };
        let html = page.html(self.tenant, self.language);
        let (by, reason) = record.by.clone().unzip();
        Deletion {
            deleted_at: Some(receipt.at),
            deleted_by: by.map(|id| OperatorRef { name: self.operator_name(&id), id }),
            reason,
            finished_at: record.finished_at,
            blocked: None,
            goes: i64::try_from(receipt.goes).unwrap_or(i64::MAX),
            stays,
            remains,
            receipt: Some(DeletionReceipt {
                number: receipt.number.clone(),
                text: record.signed.text.clone(),
                signature: record.signed.signature.clone(),
                verifying_key: hex::encode(self.tenant.archive.keys.verifying().as_bytes()),
                html,
            }),
        }
    }

    fn stay(&self, kept: Kept) -> DeletionStay {
        let terms = kept.class.zip(kept.until).map(|(class, due_at)| Terms { class, due_at, listed_at: None });
        DeletionStay {
            consultation_id: kept.consultation,
            queue: QueueRef { name: self.queue_name(&kept.queue), id: kept.queue },
            requested_at: kept.requested_at,
            ended_at: kept.ended_at,
            held: kept.held,
            retention: terms.map(|terms| self.retention(&terms)),
        }
    }
}

fn blocked(obstacle: Obstacle) -> DeletionBlocked {
    let of = |by| DeletionBlocked { by, consultation_id: None, callback_id: None };
    match obstacle {
        Obstacle::Consultation(id, _) => {
            DeletionBlocked { consultation_id: Some(id), ..of(DeletionObstacle::Consultation) }
        }
        Obstacle::Call => of(DeletionObstacle::Call),
        Obstacle::Callback(id) => DeletionBlocked { callback_id: Some(id), ..of(DeletionObstacle::Callback) },
        Obstacle::Sealing => of(DeletionObstacle::Sealing),
        Obstacle::Staff => of(DeletionObstacle::Staff),
    }
}
