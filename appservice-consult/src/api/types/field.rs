//! The partner's own fields on patients' cards and on consultations.

use std::collections::BTreeMap;

use consilium_config::brand::{FieldFilledBy, FieldType};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What stands in a field: a boolean, a number, the code of a `choice`, or a text; a day is a text, such as `2026-05-09`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FieldValue {
    /// Yes or no.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// Words, a day, or the code of what was chosen.
    Text(String),
}

/// What is to stand in a field: something, or null for nothing. It only describes the shape: an `Option<FieldValue>` reads it.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
pub enum FieldWish {
    /// This.
    Value(FieldValue),
    /// Nothing.
    Nothing,
}

/// A field as the brand has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldDefinition {
    /// Names it among the fields beside it.
    pub id: String,
    /// What it is called, in the caller's language.
    pub name: String,
    /// What stands in it.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// What can be chosen; empty unless it is a `choice`.
    pub options: Vec<FieldChoice>,
    /// Who fills it in.
    pub filled_by: FieldFilledBy,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldChoice {
    /// Names it among the others.
    pub code: String,
    /// What it says, in the caller's language.
    pub text: String,
}

/// A field of a card or a consultation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CustomField {
    /// As the brand has it.
    #[serde(flatten)]
    pub definition: FieldDefinition,
    /// What stands in it; null: nothing. The code of a `choice` may be one that cannot be chosen any more.
    pub value: Option<FieldValue>,
    /// Whether the consultation's queue asks for it before the close; false on a card.
    pub required: bool,
}

/// A field by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldRef {
    /// Names it among the fields beside it.
    pub id: String,
    /// What it is called, in the caller's language.
    pub name: String,
}

/// The brand's own fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomFields {
    /// On patients' cards, in their order.
    pub patient: Vec<FieldDefinition>,
    /// On consultations, in their order.
    pub consultation: Vec<FieldDefinition>,
}

/// `PATCH /consultations/{id}/fields`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationFieldsChange {
    /// By id. What is left out stays; null empties.
    #[schema(value_type = BTreeMap<String, FieldWish>)]
    pub fields: BTreeMap<String, Option<FieldValue>>,
}
