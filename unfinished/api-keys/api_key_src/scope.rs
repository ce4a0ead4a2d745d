//! Which routes a key leads to, and what it must have for each. A route that stands here nowhere knows no keys.

use axum::http::Method;

use crate::api::types::ApiScope as Scope;
use crate::words::Word;

/// What a key must have for a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// To be one.
    Nothing,
    /// This scope.
    Scope(Scope),
}

/// What a key needs for a route; `None`: no key leads there.
pub fn needed(method: &Method, path: &str) -> Option<Needed> {
    let scope = |scope| Some(Needed::Scope(scope));
    match (method.as_str(), path) {
        ("GET", "/queues") => Some(Needed::Nothing),
        ("GET", "/patients" | "/patients/{id}") => scope(Scope::PatientsRead),
        ("PATCH", "/patients/{id}") => scope(Scope::PatientsWrite),
        ("GET", "/consultations" | "/consultations/{id}") => scope(Scope::ConsultationsRead),
        ("POST", "/patients/{id}/consultations") => scope(Scope::ConsultationsOpen),
        ("GET", "/callbacks" | "/callbacks/{id}") => scope(Scope::CallbacksRead),
        ("POST", "/patients/{id}/callbacks") => scope(Scope::CallbacksOpen),
        _ => None,
    }
}

impl Word for Scope {
    const NAME: &'static str = "scope";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::PatientsRead, "patients.read"),
        (Self::PatientsWrite, "patients.write"),
        (Self::ConsultationsRead, "consultations.read"),
        (Self::ConsultationsOpen, "consultations.open"),
        (Self::CallbacksRead, "callbacks.read"),
        (Self::CallbacksOpen, "callbacks.open"),
    ];
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use super::{Needed, Scope, Word, needed};
    use crate::api::mounted;

    #[test]
    fn every_scope_leads_somewhere_and_every_way_is_mounted() {
        let ways: Vec<_> = mounted().into_iter().filter_map(|(method, path)| needed(&method, path)).collect();
        let led: BTreeSet<_> = ways
            .iter()
            .filter_map(|needed| match needed {
                Needed::Scope(scope) => Some(scope.word()),
                Needed::Nothing => None,
            })
            .collect();
        assert_eq!(led, Scope::WORDS.iter().map(|(_, word)| *word).collect());
        assert_eq!(ways.len(), 10, "a way that is mounted nowhere leads nowhere");
    }

    #[test]
    fn words_are_those_of_the_wire() {
        for (scope, word) in Scope::WORDS {
            assert_eq!(serde_json::to_value(scope).unwrap(), *word);
        }
    }
}
