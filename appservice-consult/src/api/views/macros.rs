//! Macros: supervisors make them, all members of staff run them.

use super::{StaffView, SupervisorView};
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, Macro, MacroChange, MacroContent, Macros, RunMacro};
use crate::ids::{ConsultationId, MacroId};
use crate::macros::problem::macro_error;
use crate::macros::{self, MacroError, Runner, Wanted, Wish};
use crate::tag::Standing;

impl StaffView {
    /// All macros.
    pub async fn macros(&self) -> Result<Macros, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let presenter = self.presenter();
        let records = macros::list(&mut reading).await?;
        Ok(Macros { macros: records.into_iter().map(|record| presenter.shown_macro(record)).collect() })
    }

    /// Whether one could be run.
    pub async fn check_macro(&self, on: &ConsultationId, id: &MacroId, run: RunMacro) -> Result<(), ApiError> {
        self.seen(on).await?;
        let (actor, wish) = (self.actor(), wish(on, id, &run));
        macros::check(self.tenant(), wish, self.runner(&actor)).await.map_err(|error| self.macro_failed(error))
    }

    /// Runs one.
    pub async fn run_macro(
        &self,
        on: &ConsultationId,
        id: &MacroId,
        run: RunMacro,
    ) -> Result<ConsultationDetail, ApiError> {
        self.seen(on).await?;
        let (actor, wish) = (self.actor(), wish(on, id, &run));
        macros::run(self.tenant(), wish, self.runner(&actor)).await.map_err(|error| self.macro_failed(error))?;
        self.consultation(on).await
    }

    fn runner<'a>(&'a self, actor: &'a Actor) -> Runner<'a> {
        Runner { member: &self.member, actor }
    }

    fn macro_failed(&self, error: MacroError) -> ApiError {
        macro_error(error, |id| self.presenter().operator_ref(id))
    }
}

fn wish<'a>(consultation: &'a ConsultationId, id: &'a MacroId, run: &RunMacro) -> Wish<'a> {
    Wish { consultation, id, version: run.version, request_id: run.request_id }
}

impl SupervisorView {
    /// Makes a macro.
    pub async fn create_macro(&self, content: MacroContent) -> Result<Macro, ApiError> {
        let staff = self.staff();
        let record = macros::create(staff.tenant(), content, &staff.member.id, &staff.actor()).await;
        let record = record.map_err(|error| staff.macro_failed(error))?;
        Ok(staff.presenter().shown_macro(record))
    }

    /// Writes a macro anew, archives it, or takes it back into use.
    pub async fn change_macro(&self, id: &MacroId, change: MacroChange) -> Result<Macro, ApiError> {
        let (staff, MacroChange { version, content, archived }) = (self.staff(), change);
        let is = if archived { Standing::Archived } else { Standing::InUse };
        let wanted = Wanted { version, content, is };
        let record = macros::change(staff.tenant(), id, wanted, &staff.member.id, &staff.actor()).await;
        let record = record.map_err(|error| staff.macro_failed(error))?;
        Ok(staff.presenter().shown_macro(record))
    }
}
