//! Conclusions: staff writes and signs, each reads what is his to read.

use super::{Caller, PatientView, StaffView};
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{
    AmendConclusion, ConclusionDraft, ConclusionVersion, ConclusionVersions, OperatorRef, SaveConclusion,
    SignConclusion,
};
use crate::conclusion::problem::conclusion_error;
use crate::conclusion::{self, ConclusionError, Draft, Intent, Reader, Signed, Writer};
use crate::ids::ConsultationId;

impl StaffView {
    fn conclusion_writer<'a>(&'a self, actor: &'a Actor) -> Writer<'a> {
        Writer { member: &self.member, actor }
    }

    fn conclusion_failed(&self, error: ConclusionError) -> ApiError {
        let staff = &self.tenant().staff;
        conclusion_error(error, |id| OperatorRef {
            id: id.clone(),
            name: staff.by_id(id).map(|member| member.name.clone()).unwrap_or_default(),
        })
    }

    fn shown_draft(&self, draft: Result<Draft, ConclusionError>) -> Result<ConclusionDraft, ApiError> {
        let draft = draft.map_err(|error| self.conclusion_failed(error))?;
        Ok(self.presenter().conclusion_draft(draft))
    }

    /// What is being written.
    pub async fn conclusion_draft(&self, id: &ConsultationId) -> Result<ConclusionDraft, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        self.shown_draft(conclusion::read_draft(self.tenant(), id, self.conclusion_writer(&actor)).await)
    }

    /// Saves what is being written.
    pub async fn save_conclusion(
        &self,
        id: &ConsultationId,
        save: SaveConclusion,
    ) -> Result<ConclusionDraft, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        self.shown_draft(conclusion::save(self.tenant(), id, save, self.conclusion_writer(&actor)).await)
    }

    /// Signs the first version.
    pub async fn sign_conclusion(
        &self,
        id: &ConsultationId,
        sign: SignConclusion,
    ) -> Result<ConclusionDraft, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        let by = self.conclusion_writer(&actor);
        self.shown_draft(conclusion::sign(self.tenant(), id, sign.version, Intent::First, by).await)
    }

    /// Signs a further version.
    pub async fn amend_conclusion(
        &self,
        id: &ConsultationId,
        amend: AmendConclusion,
    ) -> Result<ConclusionDraft, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        let (by, intent) = (self.conclusion_writer(&actor), Intent::Amend { reason: amend.reason });
        self.shown_draft(conclusion::sign(self.tenant(), id, amend.version, intent, by).await)
    }

    /// How the draft would look.
    pub async fn conclusion_preview(&self, id: &ConsultationId) -> Result<Vec<u8>, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        let drawn = conclusion::preview(self.tenant(), id, self.conclusion_writer(&actor)).await;
        drawn.map_err(|error| self.conclusion_failed(error))
    }
}

impl PatientView {
    fn conclusion_reader(&self) -> Reader<'_> {
        Reader::Patient(&self.patient.id)
    }
}

impl Caller {
    fn conclusion_reader(&self) -> Reader<'_> {
        match self {
            Self::Patient(patient) => patient.conclusion_reader(),
            Self::Operator(staff) => Reader::Staff(&staff.member),
            Self::Supervisor(supervisor) => Reader::Staff(&supervisor.staff().member),
        }
    }

    /// What was signed.
    pub async fn conclusion_versions(&self, id: &ConsultationId) -> Result<ConclusionVersions, ApiError> {
        self.must_know(id).await?;
        let tenant = &self.checked().served.tenant;
        let versions = conclusion::versions(tenant, id, self.conclusion_reader()).await.map_err(failed)?;
        let shown = |(number, signed): &(i64, Signed)| -> ConclusionVersion {
            self.presenter().conclusion_version(*number, signed)
        };
        Ok(ConclusionVersions { versions: versions.iter().map(shown).collect() })
    }

    /// A signed version as PDF, with the name of its file.
    pub async fn conclusion_pdf(
        &self,
        id: &ConsultationId,
        version: Option<i64>,
    ) -> Result<(String, Vec<u8>), ApiError> {
        self.must_know(id).await?;
        let tenant = &self.checked().served.tenant;
        conclusion::read_pdf(tenant, id, version, self.conclusion_reader(), &self.actor()).await.map_err(failed)
    }
}

/// Who only reads is told of nobody who was faster.
fn failed(error: ConclusionError) -> ApiError {
    conclusion_error(error, |id| OperatorRef { id: id.clone(), name: String::new() })
}
