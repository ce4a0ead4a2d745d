//! The end of an account, and the copy of everything that a patient may have: by himself, and by a supervisor at his written word.

use axum::body::Body;

use super::{PatientView, SupervisorView};
use crate::actor::Actor;
use crate::api::caller::Checked;
use crate::api::problem::ApiError;
use crate::api::types::{Deletion, ExportQuery};
use crate::custody;
use crate::deletion::{self, By};
use crate::ids::PatientId;
use crate::own_data::{self, Asked};
use crate::present::Presenter;
use crate::tenant::Tenant;

/// A patient who calls, also while his account is being deleted: then he can ask for his receipt and nothing else.
pub struct LeavingView {
    pub(in crate::api) checked: Checked,
    pub(in crate::api) id: PatientId,
}

/// A copy that is on its way.
pub struct Export {
    /// Name of the file.
    pub name: String,
    /// Its bytes, as they are made.
    pub body: Body,
}

impl LeavingView {
    fn tenant(&self) -> &Tenant {
        &self.checked.served.tenant
    }

    /// What the deletion would do, or did.
    pub async fn deletion(&self) -> Result<Deletion, ApiError> {
        let shown = show(self.tenant(), &self.checked.language, &self.id).await?;
        Ok(Deletion { reason: None, ..shown })
    }

    /// Deletes his account. Needs a fresh sign-in.
    pub async fn delete_account(&self) -> Result<Deletion, ApiError> {
        must_be_fresh(&self.checked, self.tenant())?;
        let actor = Actor::Patient { id: self.id.clone(), user_id: self.checked.user_id.clone() };
        deletion::begin(self.tenant(), &self.id, By::Patient, &actor).await?;
        self.deletion().await
    }
}

fn must_be_fresh(checked: &Checked, tenant: &Tenant) -> Result<(), ApiError> {
    let is_fresh = custody::is_fresh(checked.signed_in_at, tenant.context.now());
    if is_fresh { Ok(()) } else { Err(ApiError::sign_in_stale()) }
}

async fn show(tenant: &Tenant, language: &str, id: &PatientId) -> Result<Deletion, ApiError> {
    let mut reading = tenant.store.read_at_length().await?;
    Ok(Presenter::new(tenant, language).deletion(&mut reading, id).await?)
}

impl PatientView {
    pub(in crate::api) fn into_leaving(self) -> LeavingView {
        LeavingView { id: self.patient.id.clone(), checked: self.checked }
    }

    /// The copy of everything that he may have. Needs a fresh sign-in.
    pub async fn export(&self, query: &ExportQuery) -> Result<Export, ApiError> {
        must_be_fresh(&self.checked, self.tenant())?;
        let (checked, actor) = (&self.checked, self.actor());
        let language = wanted(self.tenant(), query, &checked.language);
        checked.served.exports_limit.check(&checked.user_id)?;
        export(checked, Asked { patient: self.patient.id.clone(), language, actor }).await
    }
}

impl SupervisorView {
    /// What the deletion of a patient's account would do, or did.
    pub async fn patient_deletion(&self, id: &PatientId) -> Result<Deletion, ApiError> {
        show(self.staff().tenant(), &self.staff().checked.language, id).await
    }

    /// Deletes a patient's account.
    pub async fn delete_patient(&self, id: &PatientId, reason: &str) -> Result<Deletion, ApiError> {
        let staff = self.staff();
        let by = By::Supervisor { id: &staff.member.id, reason };
        deletion::begin(staff.tenant(), id, by, &staff.actor()).await?;
        self.patient_deletion(id).await
    }

    /// The copy of everything that a patient may have.
    pub async fn export_patient(&self, id: &PatientId, query: &ExportQuery) -> Result<Export, ApiError> {
        let staff = self.staff();
        let language = wanted(staff.tenant(), query, &staff.checked.language);
        staff.checked.served.exports_limit.check(&staff.checked.user_id)?;
        export(&staff.checked, Asked { patient: id.clone(), language, actor: staff.actor() }).await
    }
}

fn wanted(tenant: &Tenant, query: &ExportQuery, otherwise: &str) -> String {
    let brand = tenant.brand();
    query.language.as_deref().map_or(otherwise, |language| brand.language_for(language)).to_owned()
}

async fn export(checked: &Checked, asked: Asked) -> Result<Export, ApiError> {
    let tenant = std::sync::Arc::clone(&checked.served.tenant);
    let name = own_data::file_name(&tenant, &asked.language);
    let bytes = own_data::export(tenant, asked).await?;
    Ok(Export { name, body: Body::from_stream(bytes) })
}
