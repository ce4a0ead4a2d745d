//! Two cards side by side, and merges.

use super::Presenter;
use crate::api::types::{MergeCard, MergeCards, MergePreview, MergeSeparated, MergeSide, PatientMerge};
use crate::patient::PatientRecord;
use crate::patient::merge::{Merge, Preview, Side};

impl Presenter<'_> {
    /// Two cards side by side.
    pub fn merge_preview(&self, preview: Preview) -> MergePreview {
        let Preview { leading, merged, differing, suggested, obstacle, seen } = preview;
        MergePreview {
            leading: self.merge_side(leading),
            merged: self.merge_side(merged),
            differing,
            suggested,
            obstacle,
            seen,
        }
    }

    fn merge_side(&self, side: Side) -> MergeSide {
        MergeSide { card: self.merge_card(side.record), counts: side.counts }
    }

    fn merge_card(&self, record: PatientRecord) -> MergeCard {
        let PatientRecord { id, user_id, created_at, card, deleted_at, .. } = record;
        MergeCard {
            patient_id: id,
            user_id,
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
