//! A card by its fields. Pure.

use super::super::card::Card;
use crate::api::types::{CardField, PatientChange};
use crate::words::Word;

impl Word for CardField {
    const NAME: &'static str = "field of a card";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Name, "name"),
        (Self::BirthDate, "birth_date"),
        (Self::Sex, "sex"),
        (Self::Phone, "phone"),
        (Self::Email, "email"),
        (Self::Insurance, "insurance"),
        (Self::ExternalId, "external_id"),
    ];
}

/// Writes one field of a card over the same of another.
pub fn copy(field: CardField, from: &Card, to: &mut Card) {
    match field {
        CardField::Name => to.name.clone_from(&from.name),
        CardField::BirthDate => to.birth_date = from.birth_date,
        CardField::Sex => to.sex = from.sex,
        CardField::Phone => to.phone.clone_from(&from.phone),
        CardField::Email => to.email.clone_from(&from.email),
        CardField::Insurance => to.insurance.clone_from(&from.insurance),
        CardField::ExternalId => to.external_id.clone_from(&from.external_id),
    }
}

fn says(field: CardField, card: &Card) -> bool {
    match field {
        CardField::Name => !card.name.is_empty(),
        CardField::BirthDate => card.birth_date.is_some(),
        CardField::Sex => card.sex.is_some(),
        CardField::Phone => card.phone.is_some(),
        CardField::Email => card.email.is_some(),
        CardField::Insurance => card.insurance.is_some(),
        CardField::ExternalId => card.external_id.is_some(),
    }
}

fn all() -> impl Iterator<Item = CardField> {
    CardField::WORDS.iter().map(|(field, _)| *field)
}

/// The fields in which two cards differ.
pub(super) fn differing(one: &Card, other: &Card) -> Vec<CardField> {
    let differs = |field: &CardField| match field {
        CardField::Name => one.name != other.name,
        CardField::BirthDate => one.birth_date != other.birth_date,
        CardField::Sex => one.sex != other.sex,
        CardField::Phone => one.phone != other.phone,
        CardField::Email => one.email != other.email,
        CardField::Insurance => one.insurance != other.insurance,
        CardField::ExternalId => one.external_id != other.external_id,
    };
    all().filter(differs).collect()
}

/// The fields in which only the second of two cards says something.
pub(super) fn gained(one: &Card, other: &Card) -> Vec<CardField> {
    all().filter(|field| !says(*field, one) && says(*field, other)).collect()
}

/// Takes what a change says of some fields out of it.
pub fn split(change: &mut PatientChange, fields: &[CardField]) -> PatientChange {
    let mut part = PatientChange::default();
    for field in fields {
        match field {
            CardField::Name => part.name = change.name.take(),
            CardField::BirthDate => part.birth_date = change.birth_date.take(),
            CardField::Sex => part.sex = change.sex.take(),
            CardField::Phone => part.phone = change.phone.take(),
            CardField::Email => part.email = change.email.take(),
            CardField::Insurance => part.insurance = change.insurance.take(),
            CardField::ExternalId => part.external_id = change.external_id.take(),
        }
    }
    part
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::{CardField, Word, copy, differing, gained, split};
    use crate::api::types::PatientChange;
    use crate::patient::Card;

    fn card(name: &str, phone: Option<&str>, number: Option<&str>) -> Card {
        Card {
            name: name.to_owned(),
            phone: phone.map(str::to_owned),
            external_id: number.map(str::to_owned),
            ..Card::default()
        }
    }

    #[test]
    fn the_words_are_those_of_the_wire() {
        for (field, word) in CardField::WORDS {
            assert_eq!(serde_json::to_value(field).unwrap(), *word);
        }
    }

    #[test]
    fn what_differs_and_what_is_gained_is_named() {
        let (one, other) = (card("Anna", Some("+71"), None), card("Anna K", Some("+71"), Some("A-17")));
        assert_eq!(differing(&one, &other), [CardField::Name, CardField::ExternalId]);
        assert_eq!(gained(&one, &other), [CardField::ExternalId]);
        assert!(gained(&other, &one).is_empty() && differing(&one, &one).is_empty());
    }

    #[test]
    fn every_field_can_be_copied() {
        let change = json!({
            "name": "B", "birth_date": "1980-01-02", "sex": "male", "phone": "+74950000001", "email": "b@b.test",
            "insurance": "P", "external_id": "B-1",
        });
        let change = serde_json::from_value::<PatientChange>(change).unwrap();
        let full = card("A", None, None).changed(change, jiff::civil::date(2026, 1, 1)).unwrap();
        let mut to = card("A", None, None);
        for (field, _) in CardField::WORDS {
            assert!(differing(&to, &full).contains(field), "{field:?}");
            copy(*field, &full, &mut to);
        }
        assert_eq!(to, full);
    }

    #[test]
    fn a_change_is_split_by_fields_and_what_is_null_stays_a_word() {
        let mut change: PatientChange =
            serde_json::from_value(json!({ "name": "B", "phone": null, "email": "b@b.test" })).unwrap();
        let part = split(&mut change, &[CardField::Phone, CardField::Name]);
        assert_eq!((part.name.as_deref(), &part.phone, &part.email), (Some("B"), &Some(None), &None));
        assert!(change.name.is_none() && change.phone.is_none());
        assert_eq!(change.email, Some(Some("b@b.test".to_owned())));
    }
}
