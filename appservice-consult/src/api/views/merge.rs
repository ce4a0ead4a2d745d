//! Cards of one human: supervisors look at two, merge them and separate them again; every member of staff sees one card with all accounts on it, and says of what
//! looks like one human's that it is two people's.

use super::{StaffView, SupervisorView};
use crate::api::problem::ApiError;
use crate::api::types::{
    DismissedDuplicate, DuplicateReason, MergePreview, MergedAccount, NewMerge, PatientDuplicates, PatientMerge,
    PatientMerges, PossibleDuplicate, SeparateMerge,
};
use crate::consent;
use crate::ids::{MergeId, PatientId, PersonId};
use crate::patient::merge::{self, By, Merge, New, Outcome, Separation};
use crate::patient::{self, PatientRecord};
use crate::person::Treated;
use crate::present::patient_row;
use crate::store::{Session, StoreError};

impl SupervisorView {
    /// Two cards side by side, and what a merge of them brings.
    pub async fn merge_preview(&self, id: &PatientId, with: &PatientId) -> Result<MergePreview, ApiError> {
        let staff = self.staff();
        let preview = merge::preview(staff.tenant(), id, with, &staff.actor()).await?;
        Ok(staff.presenter().merge_preview(preview))
    }

    /// Shows one card on another. The flag says whether it was done now.
    pub async fn merge_patients(&self, id: &PatientId, new: NewMerge) -> Result<(PatientMerge, bool), ApiError> {
        let staff = self.staff();
        let actor = staff.actor();
        let decided = New {
            leading: id,
            merged: &new.merged_id,
            taken: new.taken,
            taken_fields: new.taken_fields,
            reason: &new.reason,
            seen: &new.seen,
            request_id: new.request_id.to_string(),
        };
        let by = By { id: &staff.member.id, actor: &actor };
        let (merge, outcome) = merge::merge(staff.tenant(), decided, by).await?;
        Ok((staff.presenter().merge(merge, None), outcome == Outcome::Done))
    }

    /// Separates them again.
    pub async fn separate_patients(&self, id: &MergeId, wish: SeparateMerge) -> Result<PatientMerge, ApiError> {
        let staff = self.staff();
        let actor = staff.actor();
        let request_id = wish.request_id.to_string();
        let separation = Separation { version: wish.version, reason: &wish.reason, request_id };
        let by = By { id: &staff.member.id, actor: &actor };
        let merge = merge::separate(staff.tenant(), id, &separation, by).await?;
        Ok(staff.presenter().merge(merge, None))
    }

    /// All merges that a card is or was in.
    pub async fn patient_merges(&self, id: &PatientId) -> Result<PatientMerges, ApiError> {
        let staff = self.staff();
        let all = merge::history(staff.tenant(), id, &staff.actor()).await?;
        let merges = all.into_iter().map(|(merge, sides)| staff.presenter().merge(merge, sides));
        Ok(PatientMerges { merges: merges.collect() })
    }
}

impl StaffView {
    /// Other accounts on a card, in the order they came to it.
    pub(super) async fn merged_accounts(
        &self,
        session: &mut Session,
        leading: &PatientId,
    ) -> Result<Vec<MergedAccount>, StoreError> {
        let (tenant, brand) = (self.tenant(), self.tenant().brand());
        let mut accounts = Vec::new();
        for merge in merge::standing_on(session, tenant, leading).await? {
            let Merge { part, merged_at, merged_by, .. } = merge;
            let Some(entry) = tenant.patients.by_id(&part.patient) else { continue };
            let consents = consent::states(session, &brand, Treated::himself(&part.patient)).await?;
            accounts.push(MergedAccount {
                merge_id: part.merge,
                patient_id: part.patient,
                user_id: entry.user_id.clone(),
                name: entry.card.name.clone(),
                merged_at,
                merged_by: self.presenter().operator_ref(&merged_by),
                taken: part.taken,
                taken_fields: part.taken_fields,
                consents: self.presenter().card_consents(&brand, consents),
            });
        }
        Ok(accounts)
    }

    /// Cards that may be the same human's.
    pub(super) async fn possible_duplicates(
        &self,
        session: &mut Session,
        id: &PatientId,
    ) -> Result<Vec<PossibleDuplicate>, StoreError> {
        let found = patient::duplicates(self.tenant(), session, id).await?;
        self.shown_duplicates(session, found).await
    }

    /// Cards as those that may be the same human's are shown.
    pub(super) async fn shown_duplicates(
        &self,
        session: &mut Session,
        found: Vec<(PatientRecord, Vec<DuplicateReason>)>,
    ) -> Result<Vec<PossibleDuplicate>, StoreError> {
        let mut shown = Vec::with_capacity(found.len());
        for (record, because) in found {
            let record = self.told(session, record).await?;
            let also = self.tenant().patients.also(&record.id);
            shown.push(PossibleDuplicate { patient: patient_row(record, also), because });
        }
        Ok(shown)
    }

    /// Cards that look so and are not, at somebody's word.
    pub(super) async fn dismissed_duplicates(
        &self,
        session: &mut Session,
        id: &PatientId,
    ) -> Result<Vec<DismissedDuplicate>, StoreError> {
        let all = patient::shown_dismissed(self.tenant(), session, id).await?;
        let mut shown = Vec::with_capacity(all.len());
        for (record, said) in all {
            let record = self.told(session, record).await?;
            shown.push(self.presenter().dismissed_duplicate(record, &said));
        }
        Ok(shown)
    }

    /// Says that two cards are two people's: neither is suggested beside the other.
    pub async fn dismiss_duplicate(&self, id: &PatientId, other: &PatientId) -> Result<PatientDuplicates, ApiError> {
        let actor = self.actor();
        patient::dismiss_duplicate(self.tenant(), (id, other), By { id: &self.member.id, actor: &actor }).await?;
        self.patient_duplicates(id).await
    }

    /// Takes it back.
    pub async fn restore_duplicate(&self, id: &PatientId, other: &PatientId) -> Result<PatientDuplicates, ApiError> {
        let actor = self.actor();
        patient::restore_duplicate(self.tenant(), (id, other), By { id: &self.member.id, actor: &actor }).await?;
        self.patient_duplicates(id).await
    }

    async fn patient_duplicates(&self, id: &PatientId) -> Result<PatientDuplicates, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let duplicates = self.possible_duplicates(&mut reading, id).await?;
        let dismissed = self.dismissed_duplicates(&mut reading, id).await?;
        Ok(PatientDuplicates { duplicates, dismissed })
    }

    /// The account, of all on a card, that acts for a person.
    pub(super) fn acting_account(&self, card: &PatientId, person: &PersonId) -> PatientId {
        let tenant = self.tenant();
        let acts = tenant.persons.by_id(person).map(|entry| entry.patient.clone());
        let is_here = |account: &PatientId| tenant.patients.accounts_of(card).contains(account);
        acts.filter(is_here).unwrap_or_else(|| card.clone())
    }
}
