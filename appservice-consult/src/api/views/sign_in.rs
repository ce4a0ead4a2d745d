//! Where a patient is signed in: staff sees it, and signs out what was lost.

use super::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{SignIns, SignOutPatient};
use crate::ids::PatientId;
use crate::sign_in;

impl StaffView {
    /// Where a patient is signed in; a reading of his card.
    pub async fn patient_sign_ins(&self, id: &PatientId) -> Result<SignIns, ApiError> {
        Ok(sign_in::list(self.tenant(), id, &self.actor()).await?)
    }

    /// Ends some or all of it.
    pub async fn sign_out_patient(&self, id: &PatientId, wish: &SignOutPatient) -> Result<SignIns, ApiError> {
        Ok(sign_in::end(self.tenant(), id, wish, &self.actor()).await?)
    }
}
