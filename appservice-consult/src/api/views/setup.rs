//! The first days of an installation, for supervisors; what a patient and his phone say of a rehearsal.

use super::{PatientView, SupervisorView, VisitorView};
use crate::api::problem::ApiError;
use crate::api::types::{Checklist, ChecklistItemId, Demo, RehearsalJoined, RehearsalState};
use crate::checklist;
use crate::demo;
use crate::rehearsal;
use crate::words::Word;

impl SupervisorView {
    /// What has to be done before real patients come.
    pub async fn checklist(&self) -> Result<Checklist, ApiError> {
        let (staff, tenant) = (self.staff(), self.staff().tenant());
        let mut reading = tenant.store.read_at_length().await?;
        let facts = checklist::look(&mut reading, tenant).await?;
        let marks = checklist::marks(&mut reading).await?;
        let said: Vec<_> = marks.iter().map(|(item, _)| *item).collect();
        Ok(staff.presenter().checklist(&facts, checklist::judge(&facts, &said), &marks))
    }

    /// Says that an item is done.
    pub async fn mark_checklist(&self, item: &str) -> Result<Checklist, ApiError> {
        let staff = self.staff();
        checklist::mark(staff.tenant(), item_of(item)?, &staff.member.id, &staff.actor()).await?;
        self.checklist().await
    }

    /// Takes it back.
    pub async fn unmark_checklist(&self, item: &str) -> Result<Checklist, ApiError> {
        let staff = self.staff();
        checklist::unmark(staff.tenant(), item_of(item)?, &staff.actor()).await?;
        self.checklist().await
    }

    /// The rehearsal that was begun last.
    pub async fn rehearsal(&self) -> Result<RehearsalState, ApiError> {
        let staff = self.staff();
        let mut reading = staff.tenant().store.read_at_length().await?;
        let shown = match rehearsal::latest(&mut reading).await? {
            None => None,
            Some(record) => {
                let steps = rehearsal::steps(&mut reading, &record).await?;
                Some(staff.presenter().rehearsal(record, &steps))
            }
        };
        Ok(RehearsalState {
            rehearsal: shown,
            passed: rehearsal::has_passed(&mut reading).await?,
            offered: rehearsal::is_offered(&mut reading, &staff.member.id, &staff.member.user_id).await?,
            open_registration: staff.tenant().brand().features.registration,
        })
    }

    /// Begins one.
    pub async fn begin_rehearsal(&self) -> Result<RehearsalState, ApiError> {
        let staff = self.staff();
        rehearsal::begin(staff.tenant(), &staff.member.id, &staff.actor()).await?;
        self.rehearsal().await
    }

    /// Leaves the one that is open.
    pub async fn end_rehearsal(&self) -> Result<RehearsalState, ApiError> {
        let staff = self.staff();
        rehearsal::end(staff.tenant(), &staff.actor()).await?;
        self.rehearsal().await
    }

    /// Does not want to be met by it.
    pub async fn skip_rehearsal(&self) -> Result<RehearsalState, ApiError> {
        let staff = self.staff();
        rehearsal::skip(staff.tenant(), &staff.member.id, &staff.actor()).await?;
        self.rehearsal().await
    }

    /// What there is of a demonstration.
    pub async fn demo(&self) -> Result<Demo, ApiError> {
        let staff = self.staff();
        let mut reading = staff.tenant().store.read_at_length().await?;
        let accounts = demo::active(&mut reading).await?;
        let counts = demo::counts(&mut reading).await?;
        let removal = demo::latest(&mut reading).await?;
        Ok(staff.presenter().demo(accounts, counts, removal, &staff.member.user_id))
    }

    /// Removes all of it.
    pub async fn remove_demo(&self, confirm: &str) -> Result<Demo, ApiError> {
        let staff = self.staff();
        let who = (&staff.member.id, &staff.member.user_id);
        demo::begin(staff.tenant(), who, confirm, &staff.actor()).await?;
        self.demo().await
    }
}

fn item_of(item: &str) -> Result<ChecklistItemId, ApiError> {
    ChecklistItemId::from_word(item).map_err(|_| ApiError::not_found())
}

impl VisitorView {
    /// A phone shows the app by a rehearsal's address.
    pub async fn rehearsal_opened(&self, code: &str) -> Result<(), ApiError> {
        self.served.public_limits.check_challenge(self.address)?;
        Ok(rehearsal::opened(&self.served.tenant, code).await?)
    }
}

impl PatientView {
    /// Plays the patient of a rehearsal.
    pub async fn join_rehearsal(&self, code: &str) -> Result<RehearsalJoined, ApiError> {
        let tenant = self.tenant();
        let record = rehearsal::join(tenant, &self.patient.id, code, &self.actor()).await?;
        let mut reading = tenant.store.read().await?;
        let demo = demo::is_patient(&mut reading, &self.patient.id).await?;
        let joined_at = record.joined.map_or_else(|| tenant.context.now(), |(_, at)| at);
        Ok(RehearsalJoined { joined_at, demo })
    }
}
