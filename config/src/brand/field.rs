//! Fields of the partner's own: what a clinic keeps of its patients and consultations beyond what every clinic does.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized, Queue};
use crate::check::Findings;

/// A card with more of them is a questionnaire.
const FIELDS_MAX: usize = 30;
/// Options of one field.
const OPTIONS_MAX: usize = 50;

/// The partner's own fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = FieldsSettings)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// On patients' cards, in their order: at most 30. What stands in them is the patient's own data: it is in the copy of his data, and goes with his account.
    /// Default: none.
    pub patient: Vec<Field>,
    /// On consultations, in their order, for staff alone: at most 30. What stands in them goes with the consultation's record. Default: none.
    pub consultation: Vec<Field>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = FieldSettings)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Short name, unique among the fields beside it: 1 to 32 of `a-z 0-9 -`. Partners' systems set the field by it.
    pub id: String,
    /// What it is called, by language.
    pub name: Localized,
    /// What stands in it.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// What can be chosen, for a `choice`: 2 to 50. Default: none.
    #[serde(default)]
    pub options: Vec<FieldOption>,
    /// Who fills it in. Default: `staff`.
    #[serde(default)]
    pub filled_by: FieldFilledBy,
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Words, in one line or several.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of `options`.
    Choice,
    /// Yes or no.
    Boolean,
}

/// Who fills a field in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldFilledBy {
    /// All members of staff; a patient's also partners' systems.
    #[default]
    Staff,
    /// Supervisors; a patient's also partners' systems.
    Supervisor,
    /// Partners' systems alone: staff reads it. Only on patients' cards.
    Partner,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = FieldOptionSettings)]
#[serde(deny_unknown_fields)]
pub struct FieldOption {
    /// Short name, unique among the options: 1 to 32 of `a-z 0-9 -`.
    pub code: String,
    /// What it says, by language.
    pub text: Localized,
}

impl Field {
    /// The option of that code.
    pub fn option(&self, code: &str) -> Option<&FieldOption> {
        self.options.iter().find(|option| option.code == code)
    }
}

impl Brand {
    pub(super) fn check_fields(&self, found: &mut Findings) {
        self.check_fields_of("fields.patient", &self.fields.patient, found);
        self.check_fields_of("fields.consultation", &self.fields.consultation, found);
        for field in self.fields.consultation.iter().filter(|field| field.filled_by == FieldFilledBy::Partner) {
            let key = format!("fields.consultation.{}.filled_by", field.id);
            found.add(&key, "partners' systems fill in nothing of a consultation", "Use `staff` or `supervisor`.");
        }
        for queue in &self.queues {
            self.check_required_fields(queue, found);
        }
    }

    /// Whoever closes a consultation can fill in what its queue asks for.
    fn check_required_fields(&self, queue: &Queue, found: &mut Findings) {
        let key = format!("queues.{}.required_fields", queue.id);
        let mut ids = BTreeSet::new();
        for id in &queue.required_fields {
            if !ids.insert(id) {
                found.add(&key, format!("`{id}` stands twice"), "Name each field once.");
            }
            match self.fields.consultation.iter().find(|field| field.id == *id) {
                None => found.add(&key, format!("there is no field `{id}`"), "Name ids of [[fields.consultation]]."),
                Some(field) if field.filled_by != FieldFilledBy::Staff => {
                    let what = format!("operators do not fill in `{id}` and could close nothing");
                    found.add(&key, what, "Let `staff` fill it in, or leave it out here.");
                }
                Some(_) => {}
            }
        }
    }

    fn check_fields_of(&self, key: &str, fields: &[Field], found: &mut Findings) {
        if fields.len() > FIELDS_MAX {
            found.add(key, format!("there are {} fields", fields.len()), format!("Use at most {FIELDS_MAX}."));
        }
        let mut ids = BTreeSet::new();
        for field in fields {
            check_id(key, &field.id, &mut ids, found);
            let key = format!("{key}.{}", field.id);
            self.check_localized(&format!("{key}.name"), &field.name, found);
            self.check_field_options(&format!("{key}.options"), field, found);
        }
    }

    fn check_field_options(&self, key: &str, field: &Field, found: &mut Findings) {
        let options = &field.options;
        match field.kind {
            FieldType::Choice if !(2..=OPTIONS_MAX).contains(&options.len()) => {
                found.add(key, format!("there are {} options", options.len()), format!("Use 2 to {OPTIONS_MAX}."));
            }
            FieldType::Choice => {}
            FieldType::Text | FieldType::Number | FieldType::Date | FieldType::Boolean if options.is_empty() => {}
            FieldType::Text | FieldType::Number | FieldType::Date | FieldType::Boolean => {
                found.add(key, "they say nothing for this type", "Remove them, or make it a `choice`.");
            }
        }
        let mut codes = BTreeSet::new();
        for option in options {
            check_id(key, &option.code, &mut codes, found);
            self.check_localized(&format!("{key}.{}.text", option.code), &option.text, found);
        }
    }
}
