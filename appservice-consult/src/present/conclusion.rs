//! Conclusions.

use super::Presenter;
use crate::api::types::{
    ConclusionDraft, ConclusionRef, ConclusionSection, ConclusionSigning, ConclusionSigningState, ConclusionVersion,
};
use crate::conclusion::{Draft, Pending, Record, Signed, Standing};
use crate::ids::OperatorId;

impl Presenter<'_> {
    /// A signed conclusion, as its consultation names it; `signer`: who signed its last version.
    pub(super) fn conclusion_ref(&self, record: &Record, signer: Option<&OperatorId>) -> Option<ConclusionRef> {
        Some(ConclusionRef {
            number: record.number.unwrap_or_default(),
            version: record.signed_version,
            signed_at: record.signed_at?,
            signed_by: self.operator_ref(signer?),
        })
    }

    /// What an editor shows.
    pub fn conclusion_draft(&self, draft: Draft) -> ConclusionDraft {
        let number = draft.number.unwrap_or_default();
        let sections = draft.sections.into_iter().map(|section| ConclusionSection {
            code: section.code,
            title: section.title,
            hint: section.hint,
            required: section.required,
            text: section.text,
        });
        ConclusionDraft {
            consultation_id: draft.consultation,
            version: draft.version,
            language: draft.language,
            title: draft.title,
            need: draft.need,
            sections: sections.collect(),
            saved_at: draft.saved.as_ref().map(|(at, _)| *at),
            saved_by: draft.saved.as_ref().map(|(_, by)| self.operator_ref(by)),
            unsigned: draft.is_unsigned,
            may_write: draft.may_write,
            may_sign: draft.may_sign,
            number: draft.number,
            signing: draft.signing.as_ref().map(|pending| self.conclusion_signing(pending)),
            versions: draft.versions.iter().map(|signed| self.conclusion_version(number, signed)).collect(),
        }
    }

    fn conclusion_signing(&self, pending: &Pending) -> ConclusionSigning {
        let (state, next_at, refusal) = match &pending.standing {
            Standing::Waiting { next_at } => (ConclusionSigningState::Waiting, Some(*next_at), None),
            Standing::Refused { why } => (ConclusionSigningState::Refused, None, Some(why.clone())),
        };
        ConclusionSigning {
            state,
            asked_at: pending.asked_at,
            asked_by: self.operator_ref(&pending.asked_by),
            reason: pending.reason.clone(),
            attempts: pending.attempts,
            next_at,
            refusal,
        }
    }

    /// A signed version.
    pub fn conclusion_version(&self, number: i64, signed: &Signed) -> ConclusionVersion {
        ConclusionVersion {
            number,
            version: signed.version,
            signed_at: signed.at,
            signed_by: self.operator_ref(&signed.by),
            method: signed.method.clone(),
            hash: signed.hash.clone(),
            reason: signed.reason.clone(),
        }
    }
}
