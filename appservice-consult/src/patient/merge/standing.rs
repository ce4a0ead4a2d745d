//! Which account is on which card, and whose word each field of a shown card is. Pure.

use std::collections::HashMap;

use super::super::card::Card;
use super::field::copy;
use super::own_field;
use crate::api::types::CardField;
use crate::ids::{MergeId, PatientId};
use crate::words::Word;

/// An account that is shown on another one's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The merge that says so.
    pub merge: MergeId,
    /// Whose account.
    pub patient: PatientId,
    /// Fields that the card has from it.
    pub taken: Vec<CardField>,
    /// The same of the brand's own, by their ids.
    pub taken_fields: Vec<String>,
}

impl Part {
    /// Writes what the card has from this account over what it had.
    pub(super) fn write_over(&self, from: &Card, card: &mut Card) {
        for field in &self.taken {
            copy(*field, from, card);
        }
        for id in &self.taken_fields {
            own_field::copy(id, from, card);
        }
    }

    /// Names of all that the card has from it, as the audit log calls them.
    pub(super) fn names(&self) -> Vec<String> {
        let own = self.taken_fields.iter().map(|id| format!("fields.{id}"));
        self.taken.iter().map(|field| field.word().to_owned()).chain(own).collect()
    }
}

/// All merges of a tenant that stand.
#[derive(Debug, Default)]
pub struct Standing {
    /// By the card that leads; in the order they came to it.
    parts: HashMap<PatientId, Vec<Part>>,
    leading: HashMap<PatientId, PatientId>,
}

/// The card that leads, with what it has from others; of two that give a field the later one counts.
pub(super) fn shown<'a>(leading: &Card, parts: impl IntoIterator<Item = (&'a Part, &'a Card)>) -> Card {
    let mut card = leading.clone();
    for (part, from) in parts {
        part.write_over(from, &mut card);
    }
    card
}

impl Standing {
    /// Shows an account on a card.
    pub fn join(&mut self, leading: &PatientId, part: Part) {
        self.leading.insert(part.patient.clone(), leading.clone());
        self.parts.entry(leading.clone()).or_default().push(part);
    }

    /// Shows it on its own card again.
    pub fn part(&mut self, merged: &PatientId) {
        let Some(leading) = self.leading.remove(merged) else { return };
        let Some(parts) = self.parts.get_mut(&leading) else { return };
        parts.retain(|part| part.patient != *merged);
        if parts.is_empty() {
            self.parts.remove(&leading);
        }
    }

    /// The card that an account is on: another one's, or its own.
    pub fn leading_of<'a>(&'a self, id: &'a PatientId) -> &'a PatientId {
        self.leading.get(id).unwrap_or(id)
    }

    /// Accounts that are shown on a card besides its own.
    pub fn parts_of(&self, leading: &PatientId) -> &[Part] {
        self.parts.get(leading).map(Vec::as_slice).unwrap_or_default()
    }

    /// All accounts on the card that this one is on; the one that leads first.
    pub fn accounts_of(&self, id: &PatientId) -> Vec<PatientId> {
        let leading = self.leading_of(id);
        let others = self.parts_of(leading).iter().map(|part| part.patient.clone());
        std::iter::once(leading.clone()).chain(others).collect()
    }

    /// The account whose word a field of a card is.
    pub fn source_of(&self, leading: &PatientId, field: CardField) -> PatientId {
        self.last_that(leading, |part| part.taken.contains(&field))
    }

    /// The same of one of the brand's own fields.
    pub fn source_of_own(&self, leading: &PatientId, field: &str) -> PatientId {
        self.last_that(leading, |part| part.taken_fields.iter().any(|id| id == field))
    }

    fn last_that(&self, leading: &PatientId, gives: impl Fn(&Part) -> bool) -> PatientId {
        let last = self.parts_of(leading).iter().rev().find(|part| gives(part));
        last.map_or_else(|| leading.clone(), |part| part.patient.clone())
    }

    /// A card as it is shown. `None`: the record that leads is not known.
    pub fn shown<'a>(&self, leading: &PatientId, card_of: impl Fn(&PatientId) -> Option<&'a Card>) -> Option<Card> {
        let parts = self.parts_of(leading).iter().filter_map(|part| Some((part, card_of(&part.patient)?)));
        Some(shown(card_of(leading)?, parts))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Part, Standing};
    use crate::api::types::CardField::{self, Email, Name, Phone};
    use crate::api::types::FieldValue;
    use crate::field::Values;
    use crate::ids::PatientId;
    use crate::patient::Card;

    fn part(patient: &str, taken: &[CardField]) -> Part {
        let merge = format!("merge of {patient}").into();
        Part { merge, patient: patient.into(), taken: taken.to_vec(), taken_fields: Vec::new() }
    }

    fn cards() -> HashMap<PatientId, Card> {
        let card = |name: &str| Card {
            name: name.to_owned(),
            phone: Some(format!("{name}'s phone")),
            email: Some(format!("{name}'s e-mail")),
            ..Card::default()
        };
        ["a", "b", "c"].into_iter().map(|id| (id.into(), card(id))).collect()
    }

    fn shown(standing: &Standing, leading: &str) -> (String, String, String) {
        let cards = cards();
        let card = standing.shown(&leading.into(), |id| cards.get(id)).unwrap_or_default();
        (card.name, card.phone.unwrap_or_default(), card.email.unwrap_or_default())
    }

    fn of(name: &str, phone: &str, email: &str) -> (String, String, String) {
        (name.to_owned(), format!("{phone}'s phone"), format!("{email}'s e-mail"))
    }

    #[test]
    fn a_field_is_the_word_of_who_gave_it_last_and_falls_back_when_he_goes() {
        let mut standing = Standing::default();
        standing.join(&"a".into(), part("b", &[Name, Phone]));
        standing.join(&"a".into(), part("c", &[Name, Email]));
        assert_eq!(shown(&standing, "a"), of("c", "b", "c"));
        assert_eq!(standing.source_of(&"a".into(), Name), "c".into());
        assert_eq!(standing.accounts_of(&"b".into()), ["a".into(), "b".into(), "c".into()]);
        standing.part(&"c".into());
        assert_eq!(shown(&standing, "a"), of("b", "b", "a"));
        standing.part(&"b".into());
        assert_eq!(shown(&standing, "a"), of("a", "a", "a"));
        assert_eq!(standing.source_of(&"a".into(), Name), "a".into());
        assert!(standing.parts_of(&"a".into()).is_empty());
    }

    #[test]
    fn one_of_the_brands_own_fields_comes_from_who_gave_it_last_too_and_falls_back_when_he_goes() {
        let says = |branch: &str| Card {
            fields: Values::from([("branch".to_owned(), FieldValue::Text(branch.to_owned()))]),
            ..Card::default()
        };
        let cards: HashMap<PatientId, Card> = [("a", says("a")), ("b", says("b")), ("c", Card::default())]
            .into_iter()
            .map(|(id, card)| (id.into(), card))
            .collect();
        let mut standing = Standing::default();
        for patient in ["b", "c"] {
            standing.join(&"a".into(), Part { taken_fields: vec!["branch".to_owned()], ..part(patient, &[Name]) });
        }
        let branch = |standing: &Standing| standing.shown(&"a".into(), |id| cards.get(id)).map(|card| card.fields);
        assert_eq!(branch(&standing), Some(Values::new()), "he who was chosen last says nothing any more");
        assert_eq!(standing.source_of_own(&"a".into(), "branch"), "c".into());
        assert_eq!(standing.parts_of(&"a".into())[0].names(), ["name", "fields.branch"]);
        standing.part(&"c".into());
        assert_eq!(branch(&standing), Some(says("b").fields));
        standing.part(&"b".into());
        assert_eq!(branch(&standing), Some(says("a").fields));
        assert_eq!(standing.source_of_own(&"a".into(), "branch"), "a".into());
    }

    #[test]
    fn who_is_on_no_other_card_is_on_his_own() {
        let mut standing = Standing::default();
        standing.join(&"a".into(), part("b", &[]));
        assert_eq!(standing.leading_of(&"b".into()), &"a".into());
        assert_eq!(standing.leading_of(&"c".into()), &"c".into());
        assert_eq!(standing.accounts_of(&"c".into()), ["c".into()]);
        standing.part(&"c".into());
        assert_eq!(standing.accounts_of(&"a".into()), ["a".into(), "b".into()]);
    }
}
