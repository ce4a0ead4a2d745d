//! What only administrators may do.

use super::{StaffView, SupervisorView};
use crate::api::problem::ApiError;
use crate::api::types::{DoctorReport, OperatorRole};
use crate::doctor;

/// An administrator who calls.
pub struct AdministratorView {
    supervisor: SupervisorView,
}

impl AdministratorView {
    /// A supervisor who is one; `None`: he is not.
    pub(in crate::api) fn of(supervisor: SupervisorView) -> Option<Self> {
        (supervisor.staff().member.role == OperatorRole::Administrator).then_some(Self { supervisor })
    }

    /// The latest look at the installation.
    pub fn doctor_report(&self) -> DoctorReport {
        let staff = self.supervisor.staff();
        staff.presenter().doctor_report(staff.tenant().practice.latest(&staff.tenant().context))
    }

    /// Looks at it, unless that is being done.
    pub fn examine(&self) -> Result<DoctorReport, ApiError> {
        let staff = self.supervisor.staff();
        let StaffView { checked, member } = staff;
        let examination = doctor::begin(&checked.served.tenant, member.id.clone(), staff.actor())?;
        Ok(staff.presenter().doctor_report(Some(examination)))
    }
}
