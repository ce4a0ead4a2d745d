//! Questions that a patient answers when he asks, and the answers: shaped as a Questionnaire and its response of FHIR R4.

use consilium_config::brand::QuestionType;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// What a service asks of its patients.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Questionnaire {
    /// Title, in the caller's language.
    pub title: String,
    /// Questions, in their order.
    pub items: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Question {
    /// Names it among the others.
    pub link_id: String,
    /// What is asked, in the caller's language.
    pub text: String,
    /// What an answer is.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// Whether nothing is sent without an answer.
    pub required: bool,
    /// Whether several options can be chosen.
    pub repeats: bool,
    /// What can be chosen; empty unless it is a `choice`.
    pub options: Vec<QuestionOption>,
    /// Unit of a `decimal`.
    pub unit: Option<String>,
    /// Smallest answer to a `decimal`.
    pub minimum: Option<f64>,
    /// Greatest answer to a `decimal`.
    pub maximum: Option<f64>,
    /// It is asked only where an earlier question has this answer; null: always.
    pub enable_when: Option<QuestionCondition>,
    /// The answer to a `boolean` that is a red flag: the emergency text is shown at once.
    pub red_flag: Option<bool>,
    /// A `decimal` of so much or more is one.
    pub red_flag_from: Option<f64>,
    /// A `decimal` of so much or less is one.
    pub red_flag_to: Option<f64>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionOption {
    /// Names it among the others.
    pub code: String,
    /// What it says, in the caller's language.
    pub text: String,
    /// Whether it is a red flag.
    pub red_flag: bool,
}

/// An earlier answer on which a question depends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionCondition {
    /// Which question.
    pub question: String,
    /// An option's code; `yes` or `no` for a `boolean`.
    pub answer: String,
}

/// A patient's answer to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswer {
    /// To which.
    pub link_id: String,
    /// What.
    pub value: AnswerValue,
}

/// A boolean, a number, a list of codes for a `choice`, or a text; a day is a text, such as `2026-05-09`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Yes or no.
    Boolean(bool),
    /// A number.
    Decimal(f64),
    /// What was chosen.
    Codes(Vec<String>),
    /// Words, or a day.
    Text(String),
}

/// `GET /consultations/{id}/answers`: what the patient answered, as he answers it anew.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OwnAnswers {
    /// The questions that were answered; where none were, those that the service asks now. Null: nothing is asked.
    pub questionnaire: Option<Questionnaire>,
    /// In the order of the questions.
    pub answers: Vec<QuestionAnswer>,
    /// When they were given; null: never.
    pub answered_at: Option<Time>,
}

/// `PUT /consultations/{id}/answers`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAnswers {
    /// All of them, instead of those before.
    pub answers: Vec<QuestionAnswer>,
    /// `answered_at` of those before, as the caller saw them; null or left out: there were none.
    #[serde(default)]
    pub based_on: Option<Time>,
}

/// What a patient answered when he asked, with the questions of then. Persisted in sealed records: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Answered {
    /// Title of the questions, in the caller's language.
    pub title: String,
    /// When.
    pub answered_at: Time,
    /// In the order of the questions.
    pub items: Vec<AnsweredItem>,
}

/// One answer, with its question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnsweredItem {
    /// Names the question among the others.
    pub link_id: String,
    /// What was asked, in the caller's language.
    pub text: String,
    /// What an answer is.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// What was answered.
    pub value: AnswerValue,
    /// What the chosen options say, in the caller's language; empty unless it is a `choice`.
    pub chosen: Vec<String>,
    /// Unit of a `decimal`.
    pub unit: Option<String>,
    /// Whether it is a red flag.
    pub red_flag: bool,
}
