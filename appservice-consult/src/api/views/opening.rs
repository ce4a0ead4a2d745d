//! What the desk opens for a patient who asks by telephone or in person. He agrees to nothing by it: where a consent of his is missing, nothing begins.

use super::StaffView;
use super::partner::Opened;
use crate::api::problem::ApiError;
use crate::api::types::{CallbackSource, OpenCallback, OpenConsultation};
use crate::api_key::RetryKey;
use crate::callback;
use crate::consent::Agreed;
use crate::consultation::open;
use crate::ids::PatientId;

impl StaffView {
    /// Opens a consultation for a patient, or for a person whom he acts for. A retry under the same name gives the same one.
    pub async fn open_consultation(
        &self,
        id: &PatientId,
        request: &OpenConsultation,
        retry: Option<&RetryKey>,
    ) -> Result<Opened, ApiError> {
        let patient = self.tenant().patients.by_id(id).ok_or_else(ApiError::not_found)?;
        let asked = open::Request {
            queue_id: &request.queue_id,
            person: request.person_id.as_ref(),
            request_id: self.press(retry),
            language: None,
            answers: None,
            agreed: Agreed::default(),
        };
        let opened = open::request(self.tenant(), &patient.id, asked, &self.actor()).await;
        let (record, outcome) = opened.map_err(|error| self.failed(error))?;
        let mut reading = self.tenant().store.read().await?;
        let shown = self.presenter().partner_consultation(&mut reading, &record).await?;
        Opened::of(&shown, outcome == open::Outcome::Known)
    }

    /// Orders a call-back for a patient. A retry under the same name gives the same one.
    pub async fn open_callback(
        &self,
        id: &PatientId,
        request: OpenCallback,
        retry: Option<&RetryKey>,
    ) -> Result<Opened, ApiError> {
        let patient = self.tenant().patients.by_id(id).ok_or_else(ApiError::not_found)?;
        let order = callback::Order {
            wish: request,
            source: CallbackSource::Desk,
            request_id: self.press(retry),
            agreed: Agreed::default(),
        };
        let ordered = callback::order(self.tenant(), &patient, order, &self.actor()).await;
        let (record, outcome) = ordered.map_err(|error| self.callback_failed(error))?;
        Opened::of(&self.presenter().partner_callback(&record), outcome == callback::Outcome::Known)
    }

    /// The name of a press of a button: his own, so that nobody else's is the same.
    fn press(&self, retry: Option<&RetryKey>) -> String {
        match retry {
            Some(name) => format!("desk/{}/{}", self.member.id, name.as_str()),
            None => format!("desk/{}", self.tenant().context.new_id()),
        }
    }
}
