//! Consents.

use consilium_config::brand::Brand;

use super::Presenter;
use crate::api::types::{
    Consent, ConsentDecision, ConsentDocument, ConsentEffect, ConsentEntry, ConsentStatus, PatientConsent,
};
use crate::consent::{self, Decision, Entry, Shown, State, Status};

impl Presenter<'_> {
    /// A patient's consents as he is shown them.
    pub fn consents(&self, brand: &Brand, states: Vec<State>) -> Vec<Consent> {
        let shown = states.into_iter().map(|state| Consent {
            offered: self.offered(brand, &state).map(document),
            withdrawal: effects(state.required),
            purpose: state.purpose,
            required: state.required,
            asked: state.asked,
            status: status(state.status),
            last: state.last.map(consent_entry),
        });
        shown.collect()
    }

    /// The same on his card.
    pub fn card_consents(&self, brand: &Brand, states: Vec<State>) -> Vec<PatientConsent> {
        let shown = states.into_iter().map(|state| {
            let offered = self.offered(brand, &state).map(|shown| shown.title);
            let decided_at = state.last.as_ref().map(|entry| entry.at);
            PatientConsent {
                title: offered.or_else(|| state.last.map(|entry| entry.shown.title)).unwrap_or_default(),
                purpose: state.purpose,
                required: state.required,
                status: status(state.status),
                decided_at,
            }
        });
        shown.collect()
    }

    fn offered(&self, brand: &Brand, state: &State) -> Option<Shown> {
        let consent = brand.consent(state.purpose.as_str()).filter(|_| state.is_offered)?;
        Some(consent::offered(brand, consent, self.language))
    }
}

/// An entry of the ledger.
pub fn consent_entry(entry: Entry) -> ConsentEntry {
    ConsentEntry {
        purpose: entry.purpose,
        person_id: entry.person,
        decision: match entry.decision {
            Decision::Given => ConsentDecision::Given,
            Decision::Withdrawn => ConsentDecision::Withdrawn,
        },
        at: entry.at,
        device_id: entry.device_id,
        document: document(entry.shown),
    }
}

fn document(shown: Shown) -> ConsentDocument {
    ConsentDocument {
        hash: shown.hash(),
        language: shown.language,
        title: shown.title,
        summary: shown.summary,
        text: shown.text,
    }
}

fn status(status: Status) -> ConsentStatus {
    match status {
        Status::Proposed => ConsentStatus::Proposed,
        Status::Active => ConsentStatus::Active,
        Status::Outdated => ConsentStatus::Outdated,
        Status::Inactive => ConsentStatus::Inactive,
    }
}

fn effects(required: bool) -> Vec<ConsentEffect> {
    if required {
        vec![ConsentEffect::NothingNewBegins, ConsentEffect::OpenGoesOn, ConsentEffect::NothingIsDeleted]
    } else {
        vec![ConsentEffect::NothingIsDeleted]
    }
}
