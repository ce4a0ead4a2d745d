//! The brand's own fields: who sees all of a consultation reads them there and fills in what is his.

use super::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, ConsultationFieldsChange, CustomFields};
use crate::consultation::Sight;
use crate::field;
use crate::ids::ConsultationId;

impl StaffView {
    /// Which there are.
    pub fn fields(&self) -> CustomFields {
        self.presenter().fields()
    }

    /// Changes what stands in those of a consultation.
    pub async fn change_fields(
        &self,
        id: &ConsultationId,
        change: ConsultationFieldsChange,
    ) -> Result<ConsultationDetail, ApiError> {
        if self.seen(id).await?.1 != Sight::Whole {
            return Err(ApiError::forbidden("Who takes part in a consultation, or may take it, fills in its fields."));
        }
        field::change(self.tenant(), id, change.fields, (&self.member.id, &self.actor())).await?;
        self.consultation(id).await
    }
}
