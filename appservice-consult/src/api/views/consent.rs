//! Consents: a patient gives and withdraws them, for himself and for whom he acts; staff reads what he did.

use super::{PatientView, StaffView};
use crate::api::problem::ApiError;
use crate::api::types::{Consent, ConsentHistory, Consents, GiveConsent, GivenConsent};
use crate::consent::{self, Evidence};
use crate::ids::{ConsentPurpose, PatientId};
use crate::patient;
use crate::person::Treated;
use crate::present;

impl PatientView {
    /// What he is asked to agree to for himself, and how each stands.
    pub async fn consents(&self) -> Result<Consents, ApiError> {
        self.consents_about(Treated::himself(&self.patient.id)).await
    }

    /// Agrees to the text that he was shown.
    pub async fn give_consent(&self, purpose: ConsentPurpose, request: GiveConsent) -> Result<Consent, ApiError> {
        self.give_consent_about(Treated::himself(&self.patient.id), purpose, request).await
    }

    /// Withdraws one.
    pub async fn withdraw_consent(&self, purpose: &ConsentPurpose) -> Result<Consents, ApiError> {
        self.withdraw_consent_about(Treated::himself(&self.patient.id), purpose).await
    }

    pub(super) async fn consents_about(&self, treated: Treated<'_>) -> Result<Consents, ApiError> {
        let brand = self.tenant().brand();
        let mut reading = self.tenant().store.read().await?;
        let states = consent::states(&mut reading, &brand, treated).await?;
        Ok(Consents { consents: self.presenter().consents(&brand, states) })
    }

    pub(super) async fn give_consent_about(
        &self,
        treated: Treated<'_>,
        purpose: ConsentPurpose,
        request: GiveConsent,
    ) -> Result<Consent, ApiError> {
        let given = GivenConsent { purpose, hash: request.hash };
        let actor = self.actor();
        let by = Evidence { actor: &actor, device_id: self.checked.device_id.as_deref() };
        consent::give(self.tenant(), treated, &given, by).await?;
        let all = self.consents_about(treated).await?.consents;
        all.into_iter().find(|consent| consent.purpose == given.purpose).ok_or_else(ApiError::not_found)
    }

    pub(super) async fn withdraw_consent_about(
        &self,
        treated: Treated<'_>,
        purpose: &ConsentPurpose,
    ) -> Result<Consents, ApiError> {
        let actor = self.actor();
        let by = Evidence { actor: &actor, device_id: self.checked.device_id.as_deref() };
        consent::withdraw(self.tenant(), treated, purpose, by).await?;
        self.consents_about(treated).await
    }
}

impl StaffView {
    /// All that a patient gave and withdrew, for himself and for others; a reading of his card.
    pub async fn patient_consents(&self, id: &PatientId) -> Result<ConsentHistory, ApiError> {
        let record = patient::read_card(self.tenant(), id, &self.actor()).await?;
        let mut reading = self.tenant().store.read_at_length().await?;
        let ledger = consent::ledger(&mut reading, &record.id).await?;
        Ok(ConsentHistory { entries: ledger.into_iter().map(present::consent_entry).collect() })
    }
}
