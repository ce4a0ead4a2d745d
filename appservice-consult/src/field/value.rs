//! What may stand in a field, and who puts it there. Pure.

use std::collections::BTreeMap;

use consilium_config::brand::{Field, FieldFilledBy, FieldType};
use jiff::civil::Date;

use crate::actor::Actor;
use crate::api::types::{FieldError, FieldValue, OperatorRole};

/// Longest words in a field. Unit: characters; more is a note.
const TEXT_CHARACTERS_MAX: usize = 1_000;

/// What stands in fields, by their ids.
pub type Values = BTreeMap<String, FieldValue>;
/// What is to stand there; `None` empties.
pub type Wishes = BTreeMap<String, Option<FieldValue>>;

/// Who fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    /// A member of staff.
    Staff,
    /// A supervisor.
    Supervisor,
    /// A partner's system.
    Partner,
}

impl Filler {
    /// What somebody is to fields; `None`: he fills in nothing.
    pub fn of(actor: &Actor) -> Option<Self> {
        match actor {
            Actor::Staff { role: OperatorRole::Operator, .. } => Some(Self::Staff),
            Actor::Staff { role: OperatorRole::Supervisor | OperatorRole::Administrator, .. } => Some(Self::Supervisor),
            Actor::Partner { .. } => Some(Self::Partner),
            Actor::Patient { .. } | Actor::System => None,
        }
    }

    fn may_fill(self, filled_by: FieldFilledBy) -> bool {
        match filled_by {
            FieldFilledBy::Staff => true,
            FieldFilledBy::Supervisor => self != Self::Staff,
            FieldFilledBy::Partner => self == Self::Partner,
        }
    }
}

/// Why nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Somebody else fills in this field.
    NotYours(String),
    /// Fields cannot be so.
    Invalid(Vec<FieldError>),
}

/// What stands in fields after a change, if all of it can be so. What stands in a field that the brand has no more stays, and can be emptied.
///
/// Errors: `NotYours` for the first field that is another's, else `Invalid` with all that is wrong.
pub fn changed(fields: &[Field], values: &Values, wishes: Wishes, filler: Option<Filler>) -> Result<Values, Refused> {
    let (mut values, mut errors) = (values.clone(), Vec::new());
    for (id, wish) in wishes {
        let Some(field) = fields.iter().find(|field| field.id == id) else {
            if wish.is_some() || values.remove(&id).is_none() {
                errors.push(error(&id, "there is no such field".to_owned()));
            }
            continue;
        };
        if !filler.is_some_and(|filler| filler.may_fill(field.filled_by)) {
            return Err(Refused::NotYours(id));
        }
        match wish.map(|value| checked(field, value)).transpose() {
            Ok(value) => match value.flatten() {
                Some(value) => drop(values.insert(id, value)),
                None => drop(values.remove(&id)),
            },
            Err(message) => errors.push(error(&id, message)),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(Refused::Invalid(errors)) }
}

/// Ids of the fields in which something else stands.
pub fn differing(before: &Values, after: &Values) -> Vec<String> {
    let ids = before.keys().chain(after.keys().filter(|id| !before.contains_key(*id)));
    ids.filter(|id| before.get(*id) != after.get(*id)).cloned().collect()
}

fn error(id: &str, message: String) -> FieldError {
    FieldError::new(format!("fields.{id}"), message)
}

/// A value in its one form; words of nothing are none.
fn checked(field: &Field, value: FieldValue) -> Result<Option<FieldValue>, String> {
    match (field.kind, value) {
        (FieldType::Boolean, FieldValue::Boolean(yes)) => Ok(Some(FieldValue::Boolean(yes))),
        (FieldType::Number, FieldValue::Number(number)) if number.is_finite() => Ok(Some(FieldValue::Number(number))),
        (FieldType::Text, FieldValue::Text(text)) => words(&text),
        (FieldType::Date, FieldValue::Text(day)) => day
            .parse::<Date>()
            .map(|day| Some(FieldValue::Text(day.to_string())))
            .map_err(|_| "a day, such as 2026-05-09".to_owned()),
        (FieldType::Choice, FieldValue::Text(code)) if field.option(&code).is_some() => {
            Ok(Some(FieldValue::Text(code)))
        }
        (FieldType::Boolean, _) => Err("true or false".to_owned()),
        (FieldType::Number, _) => Err("a number".to_owned()),
        (FieldType::Text, _) => Err("a text".to_owned()),
        (FieldType::Date, _) => Err("a day, such as 2026-05-09".to_owned()),
        (FieldType::Choice, _) => Err("the code of one of its options".to_owned()),
    }
}

fn words(text: &str) -> Result<Option<FieldValue>, String> {
    let text = text.trim();
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().count() > TEXT_CHARACTERS_MAX || text.chars().any(is_control) {
        return Err(format!("at most {TEXT_CHARACTERS_MAX} characters, none of them control characters"));
    }
    Ok((!text.is_empty()).then(|| FieldValue::Text(text.to_owned())))
}

#[cfg(test)]
#[path = "value_test.rs"]
mod tests;
