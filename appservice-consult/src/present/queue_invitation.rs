//! Invitations of whoever serves a queue, as staff sees them.

use std::collections::HashMap;

use super::Presenter;
use crate::api::types::{QueueInvitation, QueueRef};
use crate::consultation::record as consultations;
use crate::ids::{ConsultationId, QueueId};
use crate::queue_invitation::Record;
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Invitations as they stand now. What became of the consultation's record is no matter: it has its service.
    pub async fn queue_invitations(
        &self,
        session: &mut Session,
        records: Vec<Record>,
    ) -> Result<Vec<QueueInvitation>, StoreError> {
        let mut shown = Vec::with_capacity(records.len());
        // Those of one consultation have one service.
        let mut services: HashMap<ConsultationId, QueueId> = HashMap::new();
        for record in records {
            let service = if let Some(known) = services.get(&record.consultation) {
                known.clone()
            } else {
                let consultation = consultations::load(session, &record.consultation).await?;
                let service = consultation.map_or_else(|| record.queue.clone(), |of| of.state.queue);
                services.insert(record.consultation.clone(), service.clone());
                service
            };
            shown.push(self.queue_invitation(record, &service));
        }
        Ok(shown)
    }

    fn queue_invitation(&self, record: Record, service: &QueueId) -> QueueInvitation {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let declined = record.asked.iter().filter(|invitee| invitee.declined_at.is_some()).count();
        QueueInvitation {
            state: record.state_at(self.tenant.context.now()),
            queue: self.named_queue(&record.queue),
            service: self.named_queue(service),
            by: self.operator_ref(&record.by),
            accepted_by: record.accepted_by.as_ref().map(|operator| self.operator_ref(operator)),
            asked: count(record.asked.len()),
            declined: count(declined),
            id: record.id,
            consultation_id: record.consultation,
            role: record.role,
            made_at: record.made_at,
            expires_at: record.expires_at,
        }
    }

    fn named_queue(&self, id: &QueueId) -> QueueRef {
        QueueRef { id: id.clone(), name: self.queue_name(id) }
    }
}
