//! What the desk opens for a patient who asks by telephone or in person. He agrees to nothing by it: where a consent of his is missing, nothing begins.

use super::StaffView;
use super::partner::Opened;
use crate::api::problem::ApiError;
use crate::api::types::{CallbackSource, OpenCallback, OpenConsultation};
use crate::api_key::RetryKey;
use crate::callback::{self, CallbackError};
use crate::consent::Agreed;
use crate::consultation::{ConsultationError, open};
use crate::ids::PatientId;

/// Said where the reason is not the caller's to know.
const NOT_NOW: &str = "For this patient, nothing can be opened in this queue just now.";

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
        let (record, outcome) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err(self.not_opened(error).await),
        };
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
            language: None,
        };
        let ordered = callback::order(self.tenant(), &patient, order, &self.actor()).await;
        let (record, outcome) = match ordered {
            Ok(ordered) => ordered,
            Err(error) => return Err(self.not_ordered(error).await),
        };
        Opened::of(&self.presenter().partner_callback(&record), outcome == callback::Outcome::Known)
    }

    /// Why nothing was opened. What is open already is named to who may be told of it; who may not hears that it cannot be, and no more.
    async fn not_opened(&self, error: ConsultationError) -> ApiError {
        if let ConsultationError::AlreadyOpen(id, _) = &error
            && self.known(id).await.is_err()
        {
            return ApiError::conflict(NOT_NOW);
        }
        self.failed(error)
    }

    /// The same of a call-back.
    async fn not_ordered(&self, error: CallbackError) -> ApiError {
        if let CallbackError::AlreadyOpen(id) = &error
            && self.admitted(id, callback::knows).await.is_err()
        {
            return ApiError::conflict(NOT_NOW);
        }
        self.callback_failed(error)
    }

    /// The name of a press of a button: his own, so that nobody else's is the same.
    fn press(&self, retry: Option<&RetryKey>) -> String {
        match retry {
            Some(name) => format!("desk/{}/{}", self.member.id, name.as_str()),
            None => format!("desk/{}", self.tenant().context.new_id()),
        }
    }
}
