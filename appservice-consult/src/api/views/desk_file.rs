//! Kept files: all members of staff keep and read them.

use super::StaffView;
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

    /// Keeps one.
    pub async fn keep_desk_file(&self, new: NewDeskFile) -> Result<DeskFile, ApiError> {
        Ok(desk_file::keep(self.tenant(), new, &self.member, &self.actor()).await?)
    }
}
