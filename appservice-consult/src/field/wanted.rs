//! The filter of lists by a field: `field=branch:river`. Only what can be chosen is looked for, and yes and no. Pure.

use consilium_config::brand::{Field, FieldType};

use super::value::Values;
use crate::api::types::FieldValue;

/// A field, and what is to stand in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Its id.
    pub field: String,
    /// What.
    pub value: FieldValue,
}

impl Wanted {
    /// Whether it stands there.
    pub fn is_in(&self, values: &Values) -> bool {
        values.get(&self.field) == Some(&self.value)
    }
}

/// Reads a filter; `None`: there is no such field, or nothing of the kind can stand in it.
pub fn wanted(fields: &[Field], text: &str) -> Option<Wanted> {
    let (id, says) = text.split_once(':')?;
    let field = fields.iter().find(|field| field.id == id)?;
    let value = match (field.kind, says) {
        (FieldType::Boolean, "yes") => FieldValue::Boolean(true),
        (FieldType::Boolean, "no") => FieldValue::Boolean(false),
        (FieldType::Choice, code) => FieldValue::Text(field.option(code)?.code.clone()),
        (FieldType::Boolean | FieldType::Text | FieldType::Number | FieldType::Date, _) => return None,
    };
    Some(Wanted { field: id.to_owned(), value })
}

/// The filters that find what stands in fields, in the fields' order.
pub fn wanted_by(fields: &[Field], values: &Values) -> Vec<String> {
    let filter = |field: &Field| match (field.kind, values.get(&field.id)?) {
        (FieldType::Boolean, FieldValue::Boolean(true)) => Some(format!("{}:yes", field.id)),
        (FieldType::Boolean, FieldValue::Boolean(false)) => Some(format!("{}:no", field.id)),
        (FieldType::Choice, FieldValue::Text(code)) => Some(format!("{}:{code}", field.id)),
        _ => None,
    };
    fields.iter().filter_map(filter).collect()
}

#[cfg(test)]
mod tests {
    use consilium_config::brand::{Field, FieldFilledBy, FieldOption, FieldType, Localized};

    use super::{Wanted, wanted, wanted_by};
    use crate::api::types::FieldValue;
    use crate::field::Values;

    fn field(id: &str, kind: FieldType) -> Field {
        let text = Localized::from([("en", id)]);
        let options = vec![FieldOption { code: "river".to_owned(), text: text.clone() }];
        Field { id: id.to_owned(), name: text, kind, options, filled_by: FieldFilledBy::Staff }
    }

    #[test]
    fn what_can_be_chosen_is_looked_for_and_nothing_else() {
        let fields =
            [field("branch", FieldType::Choice), field("seen", FieldType::Boolean), field("words", FieldType::Text)];
        let found = |field: &str, value| Some(Wanted { field: field.to_owned(), value });
        assert_eq!(wanted(&fields, "branch:river"), found("branch", FieldValue::Text("river".to_owned())));
        assert_eq!(wanted(&fields, "seen:no"), found("seen", FieldValue::Boolean(false)));
        for wrong in ["", "branch", "branch:", "branch:sea", "seen:maybe", "words:river", "unknown:yes"] {
            assert_eq!(wanted(&fields, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_stands_in_a_field_is_found_by_its_own_filter() {
        let fields =
            [field("branch", FieldType::Choice), field("seen", FieldType::Boolean), field("words", FieldType::Text)];
        let text = |text: &str| FieldValue::Text(text.to_owned());
        let values = Values::from([
            ("seen".to_owned(), FieldValue::Boolean(false)),
            ("branch".to_owned(), text("river")),
            ("words".to_owned(), text("river")),
            ("gone".to_owned(), FieldValue::Boolean(true)),
        ]);
        let filters = wanted_by(&fields, &values);
        assert_eq!(filters, ["branch:river", "seen:no"]);
        assert!(filters.iter().all(|filter| wanted(&fields, filter).is_some_and(|wanted| wanted.is_in(&values))));
        assert!(wanted_by(&fields, &Values::new()).is_empty());
    }
}
