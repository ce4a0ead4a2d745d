//! What may stand in a field, who may put it there, and what says where it is wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

use consilium_config::brand::{Field, FieldFilledBy, FieldOption, FieldType, Localized};
use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::{Filler, Refused, TEXT_CHARACTERS_MAX, Values, Wishes, changed, differing};
use crate::api::types::FieldValue;

fn field(id: &str, kind: FieldType, filled_by: FieldFilledBy) -> Field {
    let option = |code: &str| FieldOption { code: code.to_owned(), text: Localized::from([("en", code)]) };
    let options = if kind == FieldType::Choice { vec![option("river"), option("centre")] } else { Vec::new() };
    Field { id: id.to_owned(), name: Localized::from([("en", id)]), kind, options, filled_by }
}

fn fields() -> Vec<Field> {
    vec![
        field("words", FieldType::Text, FieldFilledBy::Staff),
        field("number", FieldType::Number, FieldFilledBy::Staff),
        field("day", FieldType::Date, FieldFilledBy::Staff),
        field("branch", FieldType::Choice, FieldFilledBy::Staff),
        field("yes", FieldType::Boolean, FieldFilledBy::Staff),
        field("discount", FieldType::Number, FieldFilledBy::Supervisor),
        field("contract", FieldType::Text, FieldFilledBy::Partner),
    ]
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn wish(id: &str, value: Option<FieldValue>) -> Wishes {
    Wishes::from([(id.to_owned(), value)])
}

fn after(values: &Values, id: &str, value: Option<FieldValue>) -> Result<Values, Refused> {
    changed(&fields(), values, wish(id, value), Some(Filler::Staff))
}

fn refused(id: &str, value: FieldValue) -> Vec<String> {
    match after(&Values::new(), id, Some(value)) {
        Err(Refused::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn a_value_of_its_type_stands_in_one_form_and_empty_words_are_none() {
    let none = Values::new();
    for (id, given, kept) in [
        ("words", text("  pollen \n"), text("pollen")),
        ("number", FieldValue::Number(-2.5), FieldValue::Number(-2.5)),
        ("day", text("2026-05-09"), text("2026-05-09")),
        ("branch", text("river"), text("river")),
        ("yes", FieldValue::Boolean(false), FieldValue::Boolean(false)),
    ] {
        assert_eq!(after(&none, id, Some(given)).unwrap().get(id), Some(&kept), "{id}");
    }
    let before = after(&none, "words", Some(text("pollen"))).unwrap();
    assert_eq!(after(&before, "words", Some(text("  "))).unwrap(), none);
    assert_eq!(after(&before, "words", None).unwrap(), none);
    assert_eq!(after(&before, "yes", None).unwrap(), before);
}

#[test]
fn what_cannot_stand_in_a_field_names_it() {
    for (id, value) in [
        ("words", FieldValue::Boolean(true)),
        ("words", text("a\u{0}")),
        ("words", text(&"я".repeat(TEXT_CHARACTERS_MAX + 1))),
        ("number", text("1")),
        ("number", FieldValue::Number(f64::NAN)),
        ("day", text("yesterday")),
        ("day", FieldValue::Number(1.0)),
        ("branch", text("sea")),
        ("yes", text("yes")),
        ("unknown", text("x")),
    ] {
        assert_eq!(refused(id, value.clone()), [format!("fields.{id}")], "{value:?}");
    }
}

#[test]
fn a_field_is_filled_in_by_those_whose_it_is() {
    let fill = |id: &str, filler| changed(&fields(), &Values::new(), wish(id, None), filler);
    for (id, allowed) in [
        ("words", vec![Filler::Staff, Filler::Supervisor, Filler::Partner]),
        ("discount", vec![Filler::Supervisor, Filler::Partner]),
        ("contract", vec![Filler::Partner]),
    ] {
        for filler in [Filler::Staff, Filler::Supervisor, Filler::Partner] {
            let expected = if allowed.contains(&filler) { Ok(Values::new()) } else { Err(not_yours(id)) };
            assert_eq!(fill(id, Some(filler)), expected, "{id} by {filler:?}");
        }
        assert_eq!(fill(id, None), Err(not_yours(id)), "{id} by a patient");
    }
}

fn not_yours(id: &str) -> Refused {
    Refused::NotYours(id.to_owned())
}

#[test]
fn what_stands_in_a_field_that_is_no_more_stays_and_can_be_emptied() {
    let before = Values::from([("gone".to_owned(), text("kept"))]);
    assert_eq!(after(&before, "yes", Some(FieldValue::Boolean(true))).unwrap().get("gone"), Some(&text("kept")));
    assert_eq!(after(&before, "gone", None).unwrap(), Values::new());
    assert!(after(&before, "gone", Some(text("more"))).is_err() && after(&Values::new(), "gone", None).is_err());
}

#[test]
fn what_differs_is_named_once() {
    let before = Values::from([("a".to_owned(), text("1")), ("b".to_owned(), text("2"))]);
    let after = Values::from([("b".to_owned(), text("3")), ("c".to_owned(), text("4"))]);
    assert_eq!(differing(&before, &after), ["a", "b", "c"]);
    assert!(differing(&before, &before).is_empty());
}

fn any_wish() -> impl Strategy<Value = (String, Option<FieldValue>)> {
    let ids = ["words", "number", "day", "branch", "yes", "discount", "unknown"];
    let value = prop_oneof![
        any::<bool>().prop_map(FieldValue::Boolean),
        any::<f64>().prop_map(FieldValue::Number),
        "\\PC{0,20}".prop_map(FieldValue::Text),
        prop::sample::select(vec!["river", "centre", "2026-02-29", "2028-02-29"]).prop_map(text),
    ];
    (prop::sample::select(ids.map(str::to_owned).to_vec()), prop::option::of(value))
}

proptest! {
    /// What is kept can be given again as it is, and then changes nothing.
    #[test]
    fn what_is_kept_stays_as_it_is(wishes in prop::collection::btree_map(any_wish().prop_map(|(id, _)| id), any_wish().prop_map(|(_, value)| value), 0..6)) {
        if let Ok(kept) = changed(&fields(), &Values::new(), wishes, Some(Filler::Supervisor)) {
            prop_assert!(!kept.contains_key("unknown"));
            let again = kept.iter().map(|(id, value)| (id.clone(), Some(value.clone()))).collect();
            prop_assert_eq!(changed(&fields(), &kept, again, Some(Filler::Supervisor)).unwrap(), kept);
        }
    }
}
