//! What goes of the archive, legal holds, erasure: for supervisors alone.

use super::SupervisorView;
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{DuePage, DueQuery, ErasureCertificate, HoldQuery, LegalHold, NewHold, Page};
use crate::ids::{ConsultationId, HoldId};
use crate::page::{self, Slice};
use crate::retention::{self, By, DueFilter, Hold, Place, Why};

impl SupervisorView {
    /// What goes in the days to come.
    pub async fn due(&self, query: DueQuery) -> Result<DuePage, ApiError> {
        let (staff, limit) = (self.staff(), page::limit(query.limit));
        let filter = DueFilter { days: query.days.unwrap_or(1), class: query.class, queue: query.queue };
        let mut reading = staff.tenant().store.read_at_length().await?;
        let listed = retention::list(&mut reading, staff.tenant(), &filter, limit, query.cursor.as_deref()).await?;
        let counts = retention::tally(&mut reading, staff.tenant(), &filter).await?;
        let presenter = staff.presenter();
        Ok(DuePage {
            items: presenter.due_rows(&mut reading, listed.records).await?,
            next_cursor: listed.next_cursor,
            total: listed.total.rows,
            at_least: listed.total.at_least,
            counts: counts.into_iter().map(|tally| presenter.due_count(tally)).collect(),
        })
    }

    /// Erases a record by hand.
    pub async fn erase(&self, id: &ConsultationId, reason: &str) -> Result<ErasureCertificate, ApiError> {
        let tenant = self.staff().tenant();
        retention::erase(tenant, id, &self.staff().actor(), Why::ByHand { reason }).await?;
        tenant.store.write_out().await?;
        self.certificate(id).await
    }

    /// What proves an erasure.
    pub async fn certificate(&self, id: &ConsultationId) -> Result<ErasureCertificate, ApiError> {
        let staff = self.staff();
        let mut reading = staff.tenant().store.read().await?;
        let language = &staff.checked.language;
        let certificate = retention::certificate(&mut reading, staff.tenant(), id, language).await?;
        Ok(staff.presenter().certificate(certificate))
    }

    /// Legal holds.
    pub async fn holds(&self, query: HoldQuery) -> Result<Page<LegalHold>, ApiError> {
        let staff = self.staff();
        let slice = Slice {
            sort: query.view.unwrap_or_default(),
            limit: page::limit(query.limit),
            cursor: query.cursor.as_deref(),
        };
        let mut reading = staff.tenant().store.read_at_length().await?;
        let listed = retention::list_holds(&mut reading, staff.tenant(), query.patient.as_ref(), slice).await?;
        let items = staff.presenter().holds(&mut reading, listed.records).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// Puts a hold on something. The flag says whether it was put now.
    pub async fn place_hold(&self, new: NewHold) -> Result<(LegalHold, bool), ApiError> {
        let on = match (new.consultation_id, new.patient_id) {
            (Some(consultation), None) => Place::Record(consultation),
            (None, Some(patient)) => Place::Patient(patient),
            (None, None) | (Some(_), Some(_)) => {
                return Err(ApiError::invalid("consultation_id", "Give either a consultation or a patient."));
            }
        };
        let (tenant, actor) = (self.staff().tenant(), self.staff().actor());
        let request_id = new.request_id.to_string();
        let (hold, is_new) = retention::place(tenant, &on, &new.reason, &request_id, self.by(&actor)).await?;
        Ok((self.shown_hold(hold).await?, is_new))
    }

    /// Lifts a hold.
    pub async fn lift_hold(&self, id: &HoldId, reason: &str) -> Result<LegalHold, ApiError> {
        let actor = self.staff().actor();
        self.shown_hold(retention::lift(self.staff().tenant(), id, reason, self.by(&actor)).await?).await
    }

    fn by<'a>(&'a self, actor: &'a Actor) -> By<'a> {
        By { id: &self.staff().member.id, actor }
    }

    async fn shown_hold(&self, hold: Hold) -> Result<LegalHold, ApiError> {
        let mut reading = self.staff().tenant().store.read().await?;
        let shown = self.staff().presenter().holds(&mut reading, vec![hold]).await?.pop();
        shown.ok_or_else(ApiError::not_found)
    }
}
