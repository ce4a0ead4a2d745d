//! Fields in one language. Pure.

use consilium_config::brand::{Field, FieldOption, FieldType};
use jiff::civil::Date;

use super::value::Values;
use crate::api::types::{CustomField, FieldChoice, FieldDefinition, FieldValue};
use crate::questionnaire::Language;

/// Fields as the brand has them.
pub fn definitions(fields: &[Field], language: Language<'_>) -> Vec<FieldDefinition> {
    fields.iter().map(|field| definition(field, language)).collect()
}

/// The same with what stands in them; `asked`: ids of those that are filled in before the close.
pub fn custom_fields(fields: &[Field], values: &Values, asked: &[String], language: Language<'_>) -> Vec<CustomField> {
    let shown = fields.iter().map(|field| {
        let value = values.get(&field.id).filter(|value| fits(field, value)).cloned();
        CustomField { definition: definition(field, language), value, required: asked.contains(&field.id) }
    });
    shown.collect()
}

fn definition(field: &Field, language: Language<'_>) -> FieldDefinition {
    let choice = |option: &FieldOption| FieldChoice { code: option.code.clone(), text: language.text(&option.text) };
    FieldDefinition {
        id: field.id.clone(),
        name: language.text(&field.name),
        kind: field.kind,
        options: field.options.iter().map(choice).collect(),
        filled_by: field.filled_by,
    }
}

/// Whether a value is of the field's type, which may have been another one when it was given.
fn fits(field: &Field, value: &FieldValue) -> bool {
    match (field.kind, value) {
        (FieldType::Text | FieldType::Choice, FieldValue::Text(_))
        | (FieldType::Number, FieldValue::Number(_))
        | (FieldType::Boolean, FieldValue::Boolean(_)) => true,
        (FieldType::Date, FieldValue::Text(day)) => day.parse::<Date>().is_ok(),
        (FieldType::Text | FieldType::Choice | FieldType::Number | FieldType::Boolean | FieldType::Date, _) => false,
    }
}

/// What stands in fields that the brand has and that it fits.
pub fn standing(fields: &[Field], values: &Values) -> Values {
    let fitting = fields.iter().filter_map(|field| {
        let value = values.get(&field.id).filter(|value| fits(field, value))?;
        Some((field.id.clone(), value.clone()))
    });
    fitting.collect()
}

/// What the chosen option says; `None`: nothing was chosen, or it cannot be chosen any more.
pub fn chosen(field: &Field, value: &FieldValue, language: Language<'_>) -> Option<String> {
    match (field.kind, value) {
        (FieldType::Choice, FieldValue::Text(code)) => field.option(code).map(|option| language.text(&option.text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use consilium_config::brand::{Field, FieldFilledBy, FieldOption, FieldType, Localized};

    use super::{chosen, custom_fields, standing};
    use crate::api::types::FieldValue;
    use crate::field::Values;
    use crate::questionnaire::Language;

    const RUSSIAN: Language<'_> = Language { wanted: "ru", default: "en" };

    fn branch(kind: FieldType) -> Field {
        let name = Localized::from([("en", "Branch"), ("ru", "Филиал")]);
        let river = FieldOption {
            code: "river".to_owned(),
            text: Localized::from([("en", "Riverside"), ("ru", "Набережная")]),
        };
        Field { id: "branch".to_owned(), name, kind, options: vec![river], filled_by: FieldFilledBy::Staff }
    }

    fn values(value: FieldValue) -> Values {
        Values::from([("branch".to_owned(), value), ("gone".to_owned(), FieldValue::Boolean(true))])
    }

    #[test]
    fn a_field_is_shown_in_the_readers_language_and_what_was_chosen_stays_when_it_cannot_be_chosen_any_more() {
        let (fields, code) = ([branch(FieldType::Choice)], FieldValue::Text("sea".to_owned()));
        let shown = custom_fields(&fields, &values(code.clone()), &["branch".to_owned()], RUSSIAN);
        assert_eq!((shown.len(), shown[0].definition.name.as_str(), shown[0].required), (1, "Филиал", true));
        assert_eq!(shown[0].value, Some(code.clone()));
        let river = FieldValue::Text("river".to_owned());
        assert_eq!(chosen(&fields[0], &river, RUSSIAN).as_deref(), Some("Набережная"));
        assert_eq!(chosen(&fields[0], &code, RUSSIAN), None);
        assert_eq!(chosen(&branch(FieldType::Text), &river, RUSSIAN), None);
    }

    #[test]
    fn a_value_of_another_type_is_not_shown_and_comes_back_with_its_type() {
        let code = FieldValue::Text("river".to_owned());
        for kind in [FieldType::Date, FieldType::Number, FieldType::Boolean] {
            let shown = custom_fields(&[branch(kind)], &values(code.clone()), &[], RUSSIAN);
            assert_eq!((&shown[0].value, shown[0].required), (&None, false), "{kind:?}");
            assert!(standing(&[branch(kind)], &values(code.clone())).is_empty());
        }
        assert_eq!(standing(&[branch(FieldType::Text)], &values(code)).len(), 1);
    }
}
