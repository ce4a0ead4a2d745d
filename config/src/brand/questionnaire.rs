//! Questions that a patient answers when he asks, shaped as a FHIR R4 Questionnaire: items with a `link_id`, types, options, and conditions on earlier answers.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized, Queue};
use crate::check::Findings;

/// A longer one is not filled in by somebody who is ill.
const ITEMS_MAX: usize = 30;
/// Options of one question.
const OPTIONS_MAX: usize = 20;
/// A supervisor has to find the right one in a list.
const QUESTIONNAIRES_MAX: usize = 100;

/// What is asked of a patient before an operator comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = QuestionnaireSettings)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Short name: 1 to 32 of `a-z 0-9 -`.
    #[schema(ignore)]
    pub id: String,
    /// Title, by language.
    pub title: Localized,
    /// Questions, in their order: 1 to 30.
    pub items: Vec<QuestionItem>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = QuestionSettings)]
#[serde(deny_unknown_fields)]
pub struct QuestionItem {
    /// Short name, unique among the items: 1 to 32 of `a-z 0-9 -`.
    pub link_id: String,
    /// What is asked, by language.
    pub text: Localized,
    /// What an answer is.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// Whether the patient's app sends nothing without an answer. Default: false.
    #[serde(default)]
    pub required: bool,
    /// Whether several options can be chosen. Default: false.
    #[serde(default)]
    pub repeats: bool,
    /// What can be chosen, for a `choice`: 2 to 20. Default: none.
    #[serde(default)]
    pub options: Vec<AnswerOption>,
    /// Unit of a `decimal`, by language. Default: none.
    #[serde(default)]
    pub unit: Option<Localized>,
    /// Smallest answer to a `decimal`. Default: none.
    #[serde(default)]
    pub minimum: Option<f64>,
    /// Greatest answer to a `decimal`. Default: none.
    #[serde(default)]
    pub maximum: Option<f64>,
    /// It is asked only where an earlier question has this answer. Default: always.
    #[serde(default)]
    pub enable_when: Option<EnableWhen>,
    /// The answer to a `boolean` that is a red flag: the patient reads the emergency text at once, and goes before others. Default: none.
    #[serde(default)]
    pub red_flag: Option<bool>,
    /// A `decimal` of so much or more is a red flag. Default: none.
    #[serde(default)]
    pub red_flag_from: Option<f64>,
    /// A `decimal` of so much or less is a red flag. Default: none.
    #[serde(default)]
    pub red_flag_to: Option<f64>,
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionType {
    /// None: words to read.
    Display,
    /// Yes or no.
    Boolean,
    /// One of `options`, or several of them.
    Choice,
    /// A number.
    Decimal,
    /// A day.
    Date,
    /// Words.
    Text,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = AnswerOptionSettings)]
#[serde(deny_unknown_fields)]
pub struct AnswerOption {
    /// Short name, unique among the options: 1 to 32 of `a-z 0-9 -`.
    pub code: String,
    /// What it says, by language.
    pub text: Localized,
    /// Whether it is a red flag. Default: false.
    #[serde(default)]
    pub red_flag: bool,
}

/// An earlier answer on which a question depends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = EnableWhenSettings)]
#[serde(deny_unknown_fields)]
pub struct EnableWhen {
    /// `link_id` of an earlier `boolean` or `choice`.
    pub question: String,
    /// Its answer: an option's code; `yes` or `no` for a `boolean`.
    pub answer: String,
}

impl Brand {
    /// What a queue asks of its patients; none where it asks nothing.
    pub fn questionnaire(&self, queue: &Queue) -> Option<&Questionnaire> {
        let id = queue.questionnaire.as_ref()?;
        self.questionnaires.iter().find(|questionnaire| questionnaire.id == *id)
    }

    pub(super) fn check_questionnaires(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        if self.questionnaires.len() > QUESTIONNAIRES_MAX {
            let what = format!("there are more than {QUESTIONNAIRES_MAX}");
            found
                .refuse("questionnaires", what, "Remove those that no queue names.")
                .code("too_many")
                .with("most", QUESTIONNAIRES_MAX);
        }
        for questionnaire in &self.questionnaires {
            check_id("questionnaires", &questionnaire.id, &mut ids, found);
            self.check_questionnaire(questionnaire, found);
        }
        for queue in self.queues.iter().filter(|queue| queue.questionnaire.is_some()) {
            if self.questionnaire(queue).is_none() {
                let key = format!("queues.{}.questionnaire", queue.id);
                found
                    .refuse(&key, "there is no such questionnaire", "Name the id of one of [[questionnaires]].")
                    .code("no_questionnaire");
            }
        }
    }

    fn check_questionnaire(&self, questionnaire: &Questionnaire, found: &mut Findings) {
        let key = format!("questionnaires.{}", questionnaire.id);
        self.check_localized(&format!("{key}.title"), &questionnaire.title, found);
        let items = &questionnaire.items;
        if items.is_empty() || items.len() > ITEMS_MAX {
            let what = format!("there are {} items", items.len());
            found
                .refuse(&format!("{key}.items"), what, format!("Use 1 to {ITEMS_MAX}."))
                .code("how_many")
                .with("from", 1)
                .with("to", ITEMS_MAX);
        }
        let mut link_ids = BTreeSet::new();
        for (place, item) in items.iter().enumerate() {
            check_id(&format!("{key}.items"), &item.link_id, &mut link_ids, found);
            let key = format!("{key}.items.{}", item.link_id);
            self.check_localized(&format!("{key}.text"), &item.text, found);
            self.check_options(&key, item, found);
            if let Some(unit) = &item.unit {
                self.check_localized(&format!("{key}.unit"), unit, found);
            }
            check_kind(&key, item, found);
            if let Some(condition) = &item.enable_when
                && !items[..place].iter().any(|earlier| earlier.can_be(condition))
            {
                let remedy = "Name an earlier boolean (answer: yes or no) or choice (answer: the code of an option).";
                found
                    .refuse(&format!("{key}.enable_when"), "no earlier question has this answer", remedy)
                    .code("no_earlier");
            }
        }
    }

    fn check_options(&self, key: &str, item: &QuestionItem, found: &mut Findings) {
        let options = &item.options;
        let is_choice = item.kind == QuestionType::Choice;
        if is_choice && !(2..=OPTIONS_MAX).contains(&options.len()) {
            let what = format!("there are {} options", options.len());
            found
                .refuse(&format!("{key}.options"), what, format!("Use 2 to {OPTIONS_MAX}."))
                .code("how_many")
                .with("from", 2)
                .with("to", OPTIONS_MAX);
        }
        let mut codes = BTreeSet::new();
        for option in options {
            check_id(&format!("{key}.options"), &option.code, &mut codes, found);
            self.check_localized(&format!("{key}.options.{}.text", option.code), &option.text, found);
        }
    }
}

impl QuestionItem {
    fn can_be(&self, condition: &EnableWhen) -> bool {
        self.link_id == condition.question
            && match self.kind {
                QuestionType::Boolean => matches!(condition.answer.as_str(), "yes" | "no"),
                QuestionType::Choice => self.options.iter().any(|option| option.code == condition.answer),
                QuestionType::Display | QuestionType::Decimal | QuestionType::Date | QuestionType::Text => false,
            }
    }
}

/// Settings that say nothing for a question of this type, and numbers that contradict one another.
fn check_kind(key: &str, item: &QuestionItem, found: &mut Findings) {
    let numbers = [item.minimum, item.maximum, item.red_flag_from, item.red_flag_to];
    let is = |kind| item.kind == kind;
    for (name, is_set, belongs) in [
        ("options", !item.options.is_empty(), is(QuestionType::Choice)),
        ("repeats", item.repeats, is(QuestionType::Choice)),
        ("unit", item.unit.is_some(), is(QuestionType::Decimal)),
        ("minimum", numbers.iter().any(Option::is_some), is(QuestionType::Decimal)),
        ("red_flag", item.red_flag.is_some(), is(QuestionType::Boolean)),
        ("required", item.required, !is(QuestionType::Display)),
    ] {
        if is_set && !belongs {
            found
                .refuse(&format!("{key}.{name}"), "it says nothing for this type", "Remove it, or change `type`.")
                .code("not_for_type");
        }
    }
    let is_backwards = |low: Option<f64>, high: Option<f64>| low.zip(high).is_some_and(|(low, high)| low > high);
    if numbers.iter().flatten().any(|number| !number.is_finite()) || is_backwards(item.minimum, item.maximum) {
        found
            .refuse(&format!("{key}.minimum"), "it is greater than `maximum`, or no number", "Exchange the two.")
            .code("backwards");
    }
    if is_backwards(item.red_flag_from, item.red_flag_to) {
        let what = "every answer is a red flag";
        found
            .refuse(&format!("{key}.red_flag_from"), what, "Make `red_flag_from` greater than `red_flag_to`.")
            .code("all_flags");
    }
}
