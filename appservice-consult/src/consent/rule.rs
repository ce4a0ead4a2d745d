//! How a patient's consents stand by what the brand asks today. Pure.

use consilium_config::brand::{Brand, Consent, ConsentMoment};

use super::store::{Decision, Entry};
use super::text;
use crate::ids::ConsentPurpose;

/// How a consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It was never given.
    Proposed,
    /// It is given.
    Active,
    /// It was given, and the text is another one now: it counts no more.
    Outdated,
    /// It was withdrawn.
    Inactive,
}

/// A consent of a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// To what.
    pub purpose: ConsentPurpose,
    /// Whether nothing can be asked without it.
    pub required: bool,
    /// When it is asked for.
    pub asked: ConsentMoment,
    /// How it stands.
    pub status: Status,
    /// Whether the brand asks for it today.
    pub is_offered: bool,
    /// What was done last; none: nothing.
    pub last: Option<Entry>,
}

/// The consents that the brand asks for, in its order; then those that are given and not asked for any more, so that they can be withdrawn.
pub(super) fn states(brand: &Brand, latest: Vec<Entry>) -> Vec<State> {
    let mut latest = latest;
    let mut states: Vec<State> = brand
        .consents
        .iter()
        .map(|consent| {
            let place = latest.iter().position(|entry| entry.purpose.as_str() == consent.id);
            of(brand, consent, place.map(|place| latest.swap_remove(place)))
        })
        .collect();
    latest.retain(|entry| entry.decision == Decision::Given);
    latest.sort_by(|one, other| one.purpose.cmp(&other.purpose));
    states.extend(latest.into_iter().map(|entry| State {
        purpose: entry.purpose.clone(),
        required: false,
        asked: ConsentMoment::Profile,
        status: Status::Outdated,
        is_offered: false,
        last: Some(entry),
    }));
    states
}

fn of(brand: &Brand, consent: &Consent, last: Option<Entry>) -> State {
    let status = match &last {
        None => Status::Proposed,
        Some(entry) if entry.decision == Decision::Withdrawn => Status::Inactive,
        Some(entry) if text::by_hash(brand, consent, &entry.text_hash).is_some() => Status::Active,
        Some(_) => Status::Outdated,
    };
    State {
        purpose: consent.id.as_str().into(),
        required: consent.required,
        asked: consent.asked,
        status,
        is_offered: true,
        last,
    }
}

/// Purposes of the required ones that do not stand.
pub(super) fn missing(states: &[State]) -> Vec<ConsentPurpose> {
    let missing = states.iter().filter(|state| state.required && state.status != Status::Active);
    missing.map(|state| state.purpose.clone()).collect()
}
