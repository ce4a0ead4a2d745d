//! Asking whoever serves a queue into a consultation.

use super::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, NewQueueInvitation, QueueInvitation, QueueInvitations};
use crate::ids::{ConsultationId, QueueInvitationId};
use crate::queue_invitation::problem::queue_invitation_error;
use crate::queue_invitation::{self, By, QueueInvitationError, Record, Wish};

impl StaffView {
    /// Asks who serves a queue.
    pub async fn ask_queue(&self, id: &ConsultationId, new: NewQueueInvitation) -> Result<QueueInvitation, ApiError> {
        self.known(id).await?;
        let wish = Wish { queue: new.queue_id, role: new.role.into() };
        let actor = self.actor();
        let by = By { member: &self.member, actor: &actor };
        let asked = queue_invitation::ask(self.tenant(), id, wish, by).await;
        self.shown_invitation(asked).await
    }

    /// Who was asked so into a consultation.
    pub async fn queue_invitations(&self, id: &ConsultationId) -> Result<QueueInvitations, ApiError> {
        self.seen(id).await?;
        let mut reading = self.tenant().store.read().await?;
        let records = queue_invitation::of_consultation(&mut reading, id).await?;
        Ok(QueueInvitations { invitations: self.presenter().queue_invitations(&mut reading, records).await? })
    }

    /// Asks no more.
    pub async fn take_back_queue_invitation(
        &self,
        from: &ConsultationId,
        id: &QueueInvitationId,
    ) -> Result<QueueInvitation, ApiError> {
        self.known(from).await?;
        let actor = self.actor();
        let by = By { member: &self.member, actor: &actor };
        self.shown_invitation(queue_invitation::take_back(self.tenant(), from, id, by).await).await
    }

    /// Those that ask him, by which he asks, and after which nobody came.
    pub async fn my_queue_invitations(&self) -> Result<QueueInvitations, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let now = self.tenant().context.now();
        let mut records = queue_invitation::unseen(&mut reading, &self.member.id, now).await?;
        records.extend(queue_invitation::open_for(&mut reading, &self.member.id, now).await?);
        records.sort_by(|one, other| (one.made_at, one.id.as_str()).cmp(&(other.made_at, other.id.as_str())));
        Ok(QueueInvitations { invitations: self.presenter().queue_invitations(&mut reading, records).await? })
    }

    /// Comes in.
    pub async fn accept_queue_invitation(&self, id: &QueueInvitationId) -> Result<ConsultationDetail, ApiError> {
        let actor = self.actor();
        let by = By { member: &self.member, actor: &actor };
        let accepted = queue_invitation::accept(self.tenant(), id, by).await;
        self.consultation(&accepted.map_err(|error| self.invitation_failed(error))?).await
    }

    /// Does not come.
    pub async fn decline_queue_invitation(&self, id: &QueueInvitationId) -> Result<QueueInvitation, ApiError> {
        let actor = self.actor();
        let by = By { member: &self.member, actor: &actor };
        self.shown_invitation(queue_invitation::decline(self.tenant(), id, by).await).await
    }

    /// Has read that nobody came.
    pub async fn see_queue_invitation(&self, id: &QueueInvitationId) -> Result<QueueInvitation, ApiError> {
        let actor = self.actor();
        let by = By { member: &self.member, actor: &actor };
        self.shown_invitation(queue_invitation::see(self.tenant(), id, by).await).await
    }

    async fn shown_invitation(
        &self,
        record: Result<Record, QueueInvitationError>,
    ) -> Result<QueueInvitation, ApiError> {
        let record = record.map_err(|error| self.invitation_failed(error))?;
        let mut reading = self.tenant().store.read().await?;
        let shown = self.presenter().queue_invitations(&mut reading, vec![record]).await?.pop();
        shown.ok_or_else(ApiError::not_found)
    }

    fn invitation_failed(&self, error: QueueInvitationError) -> ApiError {
        queue_invitation_error(error, |id| self.presenter().operator_ref(id))
    }
}
