//! Consents: a patient gives and withdraws his own, staff reads what he did.

use super::{PatientView, StaffView};
use crate::api::problem::ApiError;
use crate::api::types::{Consent, ConsentHistory, Consents, GiveConsent, GivenConsent};
use crate::consent::{self, Evidence};
use crate::ids::{ConsentPurpose, PatientId};
use crate::patient;
use crate::present;

impl PatientView {
    /// What he is asked to agree to, and how each stands.
    pub async fn consents(&self) -> Result<Consents, ApiError> {
        let brand = self.tenant().brand();
        let mut reading = self.tenant().store.read().await?;
        let states = consent::states(&mut reading, &brand, &self.patient.id).await?;
        Ok(Consents { consents: self.presenter().consents(&brand, states) })
    }

    /// Agrees to the text that he was shown.
    pub async fn give_consent(&self, purpose: ConsentPurpose, request: GiveConsent) -> Result<Consent, ApiError> {
        let given = GivenConsent { purpose, hash: request.hash };
        let actor = self.actor();
        let by = Evidence { actor: &actor, device_id: self.checked.device_id.as_deref() };
        consent::give(self.tenant(), &self.patient.id, &given, by).await?;
        self.own_consent(&given.purpose).await
    }

    /// Withdraws one.
    pub async fn withdraw_consent(&self, purpose: &ConsentPurpose) -> Result<Consents, ApiError> {
        let actor = self.actor();
        let by = Evidence { actor: &actor, device_id: self.checked.device_id.as_deref() };
        consent::withdraw(self.tenant(), &self.patient.id, purpose, by).await?;
        self.consents().await
    }

    async fn own_consent(&self, purpose: &ConsentPurpose) -> Result<Consent, ApiError> {
        let found = self.consents().await?.consents.into_iter().find(|consent| consent.purpose == *purpose);
        found.ok_or_else(ApiError::not_found)
    }
}

impl StaffView {
    /// All that a patient gave and withdrew; a reading of his card.
    pub async fn patient_consents(&self, id: &PatientId) -> Result<ConsentHistory, ApiError> {
        let record = patient::read_card(self.tenant(), id, &self.actor()).await?;
        let mut reading = self.tenant().store.read_at_length().await?;
        let ledger = consent::ledger(&mut reading, &record.id).await?;
        Ok(ConsentHistory { entries: ledger.into_iter().map(present::consent_entry).collect() })
    }
}
