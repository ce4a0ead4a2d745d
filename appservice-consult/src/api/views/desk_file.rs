//! Kept files: supervisors keep them, all members of staff read them.

use super::{StaffView, SupervisorView};
use crate::api::problem::ApiError;
use crate::api::types::{DeskFile, NewDeskFile};
use crate::desk_file;
use crate::ids::DeskFileId;

impl StaffView {
    /// One with what stands in it.
    pub async fn desk_file(&self, id: &DeskFileId) -> Result<(DeskFile, Vec<u8>), ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        Ok(desk_file::read(&mut reading, self.tenant(), id).await?)
    }
}

impl SupervisorView {
    /// Keeps one.
    pub async fn keep_desk_file(&self, new: NewDeskFile) -> Result<DeskFile, ApiError> {
        let staff = self.staff();
        Ok(desk_file::keep(staff.tenant(), new, &staff.member.id, &staff.actor()).await?)
    }
}
