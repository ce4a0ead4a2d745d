//! Ratings: a patient gives his own, each reads what is his to read.

use super::{Caller, PatientView};
use crate::api::problem::ApiError;
use crate::api::types::{RateConsultation, Rating};
use crate::ids::ConsultationId;
use crate::present;
use crate::rating::{self, Reader, Record};
use crate::tenant::Tenant;

impl PatientView {
    /// Says what he thought of it.
    pub async fn rate(&self, id: &ConsultationId, wanted: &RateConsultation) -> Result<Rating, ApiError> {
        let tenant = self.tenant();
        shown(tenant, &rating::rate(tenant, id, &self.patient.id, wanted, &self.actor()).await?)
    }
}

impl Caller {
    fn rating_reader(&self) -> Reader<'_> {
        match self {
            Self::Patient(patient) => Reader::Patient(&patient.patient.id),
            Self::Operator(staff) => Reader::Staff(&staff.member),
            Self::Supervisor(supervisor) => Reader::Staff(&supervisor.staff().member),
        }
    }

    /// What was said of a consultation.
    pub async fn rating(&self, id: &ConsultationId) -> Result<Rating, ApiError> {
        self.must_know(id).await?;
        let tenant = &self.checked().served.tenant;
        shown(tenant, &rating::read(tenant, id, self.rating_reader()).await?)
    }
}

fn shown(tenant: &Tenant, record: &Record) -> Result<Rating, ApiError> {
    Ok(Rating { rating: present::rating_ref(record), comment: record.comment(tenant)? })
}
