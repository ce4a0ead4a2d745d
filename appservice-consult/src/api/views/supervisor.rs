//! What only supervisors may do.

use super::StaffView;
use super::staff::sensible;
use crate::api::problem::ApiError;
use crate::api::types::{
    AuditEntry, AuditProof, AuditQuery, BehindQuery, NewOperator, Operator, OperatorChange, OperatorRestore, Page,
    Report, ReportBehind, ReportQuery, SettingsHistory, SettingsHistoryQuery, Wallboard,
};
use crate::audit;
use crate::ids::{OperatorId, UserId};
use crate::operator::problem::operator_error;
use crate::operator::{self, OperatorError};
use crate::present::HISTORY_PAGE;
use crate::report::{self, Behind};
use crate::search;

/// A supervisor who calls.
pub struct SupervisorView {
    pub(super) staff: StaffView,
}

impl SupervisorView {
    pub(in crate::api) fn new(staff: StaffView) -> Self {
        Self { staff }
    }

    /// What he may do as every member of staff may.
    pub fn staff(&self) -> &StaffView {
        &self.staff
    }

    pub(in crate::api) fn into_staff(self) -> StaffView {
        self.staff
    }

    /// Makes an account a member of staff.
    pub async fn create_operator(&self, new: NewOperator) -> Result<Operator, ApiError> {
        let created = operator::create(self.staff.tenant(), new, &self.staff.actor()).await;
        let member = created.map_err(|error| self.refused(error))?;
        self.staff.shown_member(&member).await
    }

    /// Changes a member of staff.
    pub async fn change_operator(&self, id: &OperatorId, change: OperatorChange) -> Result<Operator, ApiError> {
        let changed = operator::change(self.staff.tenant(), id, change, &self.staff.actor()).await;
        let member = changed.map_err(|error| self.refused(error))?;
        self.staff.shown_member(&member).await
    }

    /// Makes him again what he was in an earlier version.
    pub async fn restore_operator(&self, id: &OperatorId, restore: OperatorRestore) -> Result<Operator, ApiError> {
        let restored = operator::restore(self.staff.tenant(), id, restore, &self.staff.actor()).await;
        let member = restored.map_err(|error| self.refused(error))?;
        self.staff.shown_member(&member).await
    }

    /// What was changed of him, when and by whom.
    pub async fn operator_history(
        &self,
        id: &OperatorId,
        query: &SettingsHistoryQuery,
    ) -> Result<SettingsHistory, ApiError> {
        let tenant = self.staff.tenant();
        tenant.staff.by_id(id).ok_or_else(ApiError::not_found)?;
        let mut reading = tenant.store.read().await?;
        let versions = operator::history(&mut reading, id, query.before, HISTORY_PAGE as u64 + 1).await?;
        Ok(self.staff.presenter().operator_history(&versions))
    }

    fn refused(&self, error: OperatorError) -> ApiError {
        let presenter = self.staff.presenter();
        operator_error(error, |id| presenter.operator_ref(id))
    }

    /// Accepts an operator's replaced encryption identity.
    pub async fn approve_identity(&self, id: &OperatorId) -> Result<Operator, ApiError> {
        let member = operator::approve_identity(self.staff.tenant(), id, &self.staff.actor()).await?;
        self.staff.shown_member(&member).await
    }

    /// The audit log.
    pub async fn audit(&self, query: AuditQuery) -> Result<Page<AuditEntry>, ApiError> {
        let (tenant, query) = (self.staff.tenant(), sensible(query)?);
        let mut reading = tenant.store.read_at_length().await?;
        let name_of =
            |user_id: &str| if user_id == "system" { String::new() } else { tenant.name_of(&UserId::from(user_id)) };
        let mut page = audit::list(&mut reading, &query, name_of).await??;
        search::add_words(&mut reading, &tenant.key, &mut page.items).await?;
        Ok(page)
    }

    /// The latest check of the audit log.
    pub fn audit_proof(&self) -> AuditProof {
        self.staff.presenter().audit_proof(self.staff.tenant().prover.latest())
    }

    /// Checks the audit log, unless that is being done.
    pub async fn prove_audit(&self) -> Result<AuditProof, ApiError> {
        let StaffView { checked, member } = &self.staff;
        let proof = audit::begin(&checked.served.tenant, member.id.clone(), self.staff.actor()).await?;
        Ok(self.staff.presenter().audit_proof(Some(proof)))
    }

    /// A report on a period.
    pub async fn report(&self, query: &ReportQuery) -> Result<Report, ApiError> {
        let tenant = self.staff.tenant();
        let mut reading = tenant.store.read_at_length().await?;
        Ok(report::report(&mut reading, tenant, self.staff.presenter(), query).await?)
    }

    /// The same as a table.
    pub async fn report_csv(&self, query: &ReportQuery) -> Result<Vec<u8>, ApiError> {
        report::csv(&self.report(query).await?).map_err(ApiError::internal)
    }

    /// The consultations, calls or call-backs behind a number.
    pub async fn behind_report(&self, query: &BehindQuery) -> Result<ReportBehind, ApiError> {
        let tenant = self.staff.tenant();
        let mut reading = tenant.store.read_at_length().await?;
        let behind = report::behind(&mut reading, tenant, query).await?;
        let presenter = self.staff.presenter();
        let (mut consultations, mut calls, mut callbacks) = (Vec::new(), Vec::new(), Vec::new());
        let (next_cursor, total) = match behind {
            Behind::Consultations(listed) => {
                consultations = presenter.rows(&mut reading, &listed.records).await?;
                (listed.next_cursor, listed.total.rows)
            }
            Behind::Calls(listed) => {
                calls = presenter.call_rows(&mut reading, &listed.records).await?;
                (listed.next_cursor, listed.total.rows)
            }
            Behind::Callbacks(listed) => {
                callbacks = presenter.callback_rows(&mut reading, &listed.records).await?;
                (listed.next_cursor, listed.total.rows)
            }
        };
        Ok(ReportBehind { consultations, calls, callbacks, next_cursor, total })
    }

    /// The desk now.
    pub async fn wallboard(&self) -> Result<Wallboard, ApiError> {
        let tenant = self.staff.tenant();
        let mut reading = tenant.store.read_at_length().await?;
        Ok(report::now(&mut reading, tenant, self.staff.presenter()).await?)
    }
}
