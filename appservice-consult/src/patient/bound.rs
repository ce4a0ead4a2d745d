//! By which numbers partners' systems knew a patient, since when, and at whose word: kept on the card, sealed with it, gone with it.

use serde::{Deserialize, Serialize};

use super::card::Card;
use crate::actor::Actor;
use crate::ids::UserId;
use crate::time::Time;

/// Changes that a card remembers; a system that goes on changing it pushes out the oldest.
const KEPT_MAX: usize = 50;

/// That a number was put on a card in the place of the one before, or taken off. Persisted: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The number; `None`: it was taken off.
    pub number: Option<String>,
    /// When.
    pub at: Time,
    /// At whose word, as the audit log names who acts.
    pub by: UserId,
}

/// Notes on a card that its number is another one than before; nothing where it is the same.
pub(super) fn note(before: &Card, after: &mut Card, at: Time, actor: &Actor) {
    if before.external_id == after.external_id {
        return;
    }
    let number = after.external_id.clone();
    after.external_ids.push(Bound { number, at, by: UserId::from(actor.user_id()) });
    let too_many = after.external_ids.len().saturating_sub(KEPT_MAX);
    after.external_ids.drain(..too_many);
}

#[cfg(test)]
mod tests {
    use super::{KEPT_MAX, note};
    use crate::actor::Actor;
    use crate::patient::Card;
    use crate::time::Time;

    fn with(before: &Card, number: Option<&str>, at: i64) -> Card {
        let mut after = Card { external_id: number.map(str::to_owned), ..before.clone() };
        note(before, &mut after, Time::from_millis(at), &Actor::System);
        after
    }

    #[test]
    fn each_other_number_is_noted_and_the_same_one_is_not() {
        let card = with(&Card::default(), Some("A-1"), 1);
        assert_eq!(with(&card, Some("A-1"), 2), card);
        let card = with(&with(&card, None, 3), Some("A-2"), 4);
        let noted: Vec<_> = card.external_ids.iter().map(|bound| bound.number.as_deref()).collect();
        assert_eq!(noted, [Some("A-1"), None, Some("A-2")]);
    }

    #[test]
    fn the_oldest_go_where_there_are_too_many() {
        let mut card = Card::default();
        for number in 0..80 {
            card = with(&card, Some(&number.to_string()), number);
        }
        assert_eq!(card.external_ids.len(), KEPT_MAX);
        assert_eq!(card.external_ids.last().and_then(|bound| bound.number.as_deref()), Some("79"));
    }
}
