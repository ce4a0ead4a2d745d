//! The brand's own fields of two cards: which differ, which are chosen, copied, split. Pure. A field that the brand has no more stays with its account.

use consilium_config::brand::Field;

use super::super::card::Card;
use crate::api::types::{FieldError, PatientChange};
use crate::field::{self, Wishes};

/// The fields in which two cards show something else, in the brand's order.
pub(super) fn differing(fields: &[Field], one: &Card, other: &Card) -> Vec<String> {
    let (one, other) = (field::standing(fields, &one.fields), field::standing(fields, &other.fields));
    in_order(fields, |id| one.get(id) != other.get(id))
}

/// The fields in which only the second of two cards says something.
pub(super) fn gained(fields: &[Field], one: &Card, other: &Card) -> Vec<String> {
    let (one, other) = (field::standing(fields, &one.fields), field::standing(fields, &other.fields));
    in_order(fields, |id| !one.contains_key(id) && other.contains_key(id))
}

fn in_order(fields: &[Field], is_meant: impl Fn(&str) -> bool) -> Vec<String> {
    fields.iter().map(|field| field.id.as_str()).filter(|id| is_meant(id)).map(str::to_owned).collect()
}

/// The fields that are to be shown as the second card has them, each once, in the brand's order.
///
/// Errors: all that cannot be chosen, by their names; then none is.
pub(super) fn chosen(
    fields: &[Field],
    one: &Card,
    other: &Card,
    wanted: &[String],
) -> Result<Vec<String>, Vec<FieldError>> {
    let mut differing = differing(fields, one, other);
    let mut errors: Vec<FieldError> = Vec::new();
    for id in wanted.iter().filter(|id| !differing.contains(id)) {
        let is_known = fields.iter().any(|field| field.id == *id);
        let message = if is_known { "both cards say the same" } else { "there is no such field" };
        errors.push(FieldError::new(format!("taken_fields.{id}"), message));
    }
    differing.retain(|id| wanted.contains(id));
    if errors.is_empty() { Ok(differing) } else { Err(errors) }
}

/// Writes one field of a card over the same of another.
pub(super) fn copy(id: &str, from: &Card, to: &mut Card) {
    match from.fields.get(id) {
        Some(value) => drop(to.fields.insert(id.to_owned(), value.clone())),
        None => drop(to.fields.remove(id)),
    }
}

/// Takes what a change says of some fields out of it; `None`: it says nothing of them.
pub fn split_own(change: &mut PatientChange, is_its: impl Fn(&str) -> bool) -> Option<Wishes> {
    let wishes = change.fields.take()?;
    let (its, others): (Wishes, Wishes) = wishes.into_iter().partition(|(id, _)| is_its(id));
    change.fields = Some(others);
    (!its.is_empty()).then_some(its)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use consilium_config::brand::{Field, FieldFilledBy, FieldType, Localized};
    use serde_json::{Value, json};

    use super::{chosen, copy, differing, gained, split_own};
    use crate::api::types::PatientChange;
    use crate::field::Values;
    use crate::patient::Card;

    fn fields() -> Vec<Field> {
        let field = |id: &str, kind| Field {
            id: id.to_owned(),
            name: Localized::from([("en", id)]),
            kind,
            options: Vec::new(),
            filled_by: FieldFilledBy::Staff,
        };
        vec![field("allergies", FieldType::Text), field("discount", FieldType::Number), field("since", FieldType::Date)]
    }

    fn card(values: Value) -> Card {
        Card { fields: serde_json::from_value::<Values>(values).unwrap(), ..Card::default() }
    }

    #[test]
    fn what_is_shown_otherwise_differs_and_what_is_hidden_does_not() {
        let one = card(json!({ "allergies": "pollen", "discount": 5, "gone": "a" }));
        let other = card(json!({ "allergies": "penicillin", "discount": 5, "since": "2026-01-02", "gone": "b" }));
        assert_eq!(differing(&fields(), &one, &other), ["allergies", "since"]);
        assert_eq!(gained(&fields(), &one, &other), ["since"]);
        let of_another_type = card(json!({ "allergies": "pollen", "discount": "much" }));
        assert_eq!(differing(&fields(), &one, &of_another_type), ["discount"]);
        assert!(gained(&fields(), &other, &one).is_empty());
    }

    #[test]
    fn what_cannot_be_chosen_is_refused_with_all_the_rest() {
        let (one, other) = (card(json!({ "allergies": "pollen" })), card(json!({ "since": "2026-01-02" })));
        let wanted = |ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            chosen(&fields(), &one, &other, &ids)
        };
        assert_eq!(wanted(&["since", "allergies", "since"]).unwrap(), ["allergies", "since"]);
        assert!(wanted(&[]).unwrap().is_empty());
        let errors = wanted(&["since", "discount", "gone"]).unwrap_err();
        let named: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(named, ["taken_fields.discount", "taken_fields.gone"]);
    }

    #[test]
    fn a_field_is_copied_with_what_stands_in_it_or_with_nothing() {
        let (from, mut to) = (card(json!({ "since": "2026-01-02" })), card(json!({ "allergies": "pollen" })));
        for id in ["since", "allergies"] {
            copy(id, &from, &mut to);
        }
        assert_eq!(to, from);
    }

    #[test]
    fn a_change_is_split_by_fields_and_an_emptied_one_stays_a_word() {
        let change = json!({ "name": "B", "fields": { "allergies": null, "discount": 7, "since": "2026-01-02" } });
        let mut change: PatientChange = serde_json::from_value(change).unwrap();
        let its = split_own(&mut change, |id| id != "discount").unwrap();
        assert_eq!(its.keys().collect::<Vec<_>>(), ["allergies", "since"]);
        assert_eq!(its["allergies"], None);
        assert_eq!(change.fields.as_ref().unwrap().keys().collect::<Vec<_>>(), ["discount"]);
        assert_eq!(split_own(&mut change, |id| id == "since"), None);
        let mut nothing: PatientChange = serde_json::from_value(json!({ "name": "B" })).unwrap();
        assert_eq!((split_own(&mut nothing, |_| true), nothing.fields), (None, None));
    }
}
