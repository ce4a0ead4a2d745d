//! What supervisors do with keys, and what staff and keys ask for in a patient's name.

use super::{StaffView, SupervisorView};
use crate::api::problem::ApiError;
use crate::api::types::{
    ApiKey, ApiKeySecret, ApiKeys, CallbackDetail, ConsultationDetail, NewApiKey, NewCallback, NewConsultation,
};
use crate::api_key;
use crate::callback;
use crate::consultation::open;
use crate::ids::PatientId;

impl SupervisorView {
    /// All keys.
    pub async fn api_keys(&self) -> Result<ApiKeys, ApiError> {
        Ok(api_key::list(self.staff.tenant()).await?)
    }

    /// Makes a key.
    pub async fn create_api_key(&self, new: NewApiKey) -> Result<ApiKeySecret, ApiError> {
        Ok(api_key::create(self.staff.tenant(), new, &self.staff.actor()).await?)
    }

    /// Revokes a key.
    pub async fn revoke_api_key(&self, id: &str) -> Result<ApiKey, ApiError> {
        Ok(api_key::revoke(self.staff.tenant(), id, &self.staff.actor()).await?)
    }
}

impl StaffView {
    /// Asks for a consultation in a patient's name. The flag says whether it was made now.
    pub async fn open_consultation_for(
        &self,
        patient: &PatientId,
        request: NewConsultation,
    ) -> Result<(ConsultationDetail, bool), ApiError> {
        let entry = self.tenant().patients.by_id(patient).ok_or_else(ApiError::not_found)?;
        let asked = open::request(self.tenant(), &entry.id, &request, &self.actor()).await;
        let (record, outcome) = asked.map_err(|error| self.failed(error))?;
        Ok((self.detail(&record).await?, outcome == open::Outcome::Made))
    }

    /// Orders a call-back in a patient's name. The flag says whether it was made now.
    pub async fn order_callback_for(
        &self,
        patient: &PatientId,
        request: NewCallback,
    ) -> Result<(CallbackDetail, bool), ApiError> {
        let entry = self.tenant().patients.by_id(patient).ok_or_else(ApiError::not_found)?;
        let ordered = callback::order(self.tenant(), &entry, &request, &self.actor()).await;
        let (record, is_new) = match ordered {
            Ok((record, outcome)) => (Ok(record), outcome == callback::Outcome::Made),
            Err(error) => (Err(error), false),
        };
        Ok((self.shown_callback(record).await?, is_new))
    }
}
