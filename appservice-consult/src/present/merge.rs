//! Two cards side by side, merges, and what is no duplicate.

use super::{Presenter, patient_row};
use crate::api::types::{
    Dismissal, DismissedDuplicate, MergeCard, MergeCards, MergePreview, MergeSeparated, MergeSide, PatientMerge,
};
use crate::patient::merge::{Merge, Preview, Side};
use crate::patient::{Dismissed, PatientRecord};

impl Presenter<'_> {
    /// Two cards side by side.
    pub fn merge_preview(&self, preview: Preview) -> MergePreview {
        MergePreview {
            leading: self.merge_side(preview.leading),
            merged: self.merge_side(preview.merged),
            differing: preview.differing,
            suggested: preview.suggested,
            differing_fields: preview.differing_fields,
            suggested_fields: preview.suggested_fields,
            dismissed: preview.dismissed.map(|said| Dismissal { at: said.at, by: self.operator_ref(&said.by) }),
            obstacle: preview.obstacle,
            seen: preview.seen,
        }
    }

    /// A card that is another human's, at somebody's word.
    pub fn dismissed_duplicate(&self, record: PatientRecord, said: &Dismissed) -> DismissedDuplicate {
        let also = self.tenant.patients.also(&record.id);
        DismissedDuplicate { patient: patient_row(record, also), at: said.at, by: self.operator_ref(&said.by) }
    }

    fn merge_side(&self, side: Side) -> MergeSide {
        MergeSide { card: self.merge_card(side.record), counts: side.counts }
    }

    fn merge_card(&self, record: PatientRecord) -> MergeCard {
        let PatientRecord { id, user_id, created_at, card, deleted_at, .. } = record;
        MergeCard {
            patient_id: id,
            user_id,
            fields: self.card_fields(&card.fields),
            name: if deleted_at.is_some() { self.nobody() } else { card.name },
            birth_date: card.birth_date.map(|date| date.to_string()),
            sex: card.sex,
            phone: card.phone,
            email: card.email,
            insurance: card.insurance,
            external_id: card.external_id,
            created_at,
        }
    }

    /// A merge; `sides`: what each card would say without it, the one that leads first.
    pub fn merge(&self, merge: Merge, sides: Option<[PatientRecord; 2]>) -> PatientMerge {
        PatientMerge {
            id: merge.id().clone(),
            version: merge.version(),
            leading_id: merge.leading,
            merged_id: merge.part.patient,
            taken: merge.part.taken,
            taken_fields: merge.part.taken_fields,
            reason: merge.reason,
            merged_at: merge.merged_at,
            merged_by: self.operator_ref(&merge.merged_by),
            separated: merge.separated.map(|separated| MergeSeparated {
                at: separated.at,
                by: separated.by.map(|by| self.operator_ref(&by)),
                reason: separated.reason,
            }),
            after: sides.map(|[leading, merged]| MergeCards {
                leading: self.merge_card(leading),
                merged: self.merge_card(merged),
            }),
        }
    }
}
