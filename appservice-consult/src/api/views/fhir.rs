//! Sealed consultations as resources of FHIR, for whoever may read them in the archive, and for partners' systems.

use super::{Caller, PartnerView, RecordsRead};
use crate::api::problem::ApiError;
use crate::archive::Share;
use crate::fhir;
use crate::ids::ConsultationId;

impl Caller {
    /// As much of a sealed consultation as he may read in the archive.
    pub async fn fhir(&self, id: &ConsultationId) -> Result<String, ApiError> {
        let tenant = &self.checked().served.tenant;
        Ok(fhir::export(tenant, id, &self.actor(), |record| self.share_of(record)).await?)
    }
}

impl PartnerView<RecordsRead> {
    /// All of a sealed consultation.
    pub async fn fhir(&self, id: &ConsultationId) -> Result<String, ApiError> {
        Ok(fhir::export(self.tenant(), id, &self.actor(), |_| Some(Share::Whole)).await?)
    }
}
