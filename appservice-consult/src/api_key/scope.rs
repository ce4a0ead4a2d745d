//! What can be written on a key, in the words of the database, which are those of the wire.

use crate::api::types::ApiScope as Scope;
use crate::words::Word;

impl Word for Scope {
    const NAME: &'static str = "scope";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::PatientsRead, "patients:read"),
        (Self::PatientsWrite, "patients:write"),
        (Self::PatientsInvite, "patients:invite"),
        (Self::ConsultationsRead, "consultations:read"),
        (Self::RecordsRead, "records:read"),
        (Self::ConsultationsOpen, "consultations:open"),
        (Self::CallbacksRead, "callbacks:read"),
        (Self::CallbacksOpen, "callbacks:open"),
    ];
}

/// The scopes that were chosen, each once, in the order in which they are shown.
pub(super) fn in_order(chosen: &[Scope]) -> Vec<Scope> {
    Scope::WORDS.iter().map(|(scope, _)| *scope).filter(|scope| chosen.contains(scope)).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Scope, Word, in_order};

    #[test]
    fn words_are_those_of_the_wire() {
        for (scope, word) in Scope::WORDS {
            assert_eq!(serde_json::to_value(scope).unwrap(), *word);
        }
    }

    #[test]
    fn what_was_chosen_twice_is_there_once() {
        let chosen = [Scope::CallbacksOpen, Scope::PatientsRead, Scope::CallbacksOpen];
        assert_eq!(in_order(&chosen), [Scope::PatientsRead, Scope::CallbacksOpen]);
    }
}
