//! The brand's own fields: all members of staff read them and fill in what is theirs.

use super::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, ConsultationFieldsChange, CustomFields};
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
        field::change(self.tenant(), id, change.fields, (&self.member.id, &self.actor())).await?;
        self.consultation(id).await
    }
}
