//! Questions and answers in one language. Pure.

use consilium_config::brand::{self, Localized, QuestionItem};

use super::answers::is_red_flag;
use super::store::Response;
use crate::api::types::{
    AnswerValue, Answered, AnsweredItem, Question, QuestionAnswer, QuestionCondition, QuestionOption, Questionnaire,
};

/// Which language texts are in.
#[derive(Debug, Clone, Copy)]
pub struct Language<'a> {
    /// That of who reads.
    pub wanted: &'a str,
    /// That of the brand, where the reader's has no text.
    pub default: &'a str,
}

impl Language<'_> {
    /// A text in it.
    pub fn text(self, text: &Localized) -> String {
        text.get(self.wanted, self.default).to_owned()
    }
}

/// What a queue asks.
pub fn asked(questionnaire: &brand::Questionnaire, language: Language<'_>) -> Questionnaire {
    Questionnaire {
        title: language.text(&questionnaire.title),
        items: questionnaire.items.iter().map(|item| question(item, language)).collect(),
    }
}

fn question(item: &QuestionItem, language: Language<'_>) -> Question {
    let option = |option: &brand::AnswerOption| QuestionOption {
        code: option.code.clone(),
        text: language.text(&option.text),
        red_flag: option.red_flag,
    };
    Question {
        link_id: item.link_id.clone(),
        text: language.text(&item.text),
        kind: item.kind,
        required: item.required,
        repeats: item.repeats,
        options: item.options.iter().map(option).collect(),
        unit: item.unit.as_ref().map(|unit| language.text(unit)),
        minimum: item.minimum,
        maximum: item.maximum,
        enable_when: item.enable_when.as_ref().map(|condition| QuestionCondition {
            question: condition.question.clone(),
            answer: condition.answer.clone(),
        }),
        red_flag: item.red_flag,
        red_flag_from: item.red_flag_from,
        red_flag_to: item.red_flag_to,
    }
}

/// What a patient answered, with the questions of then.
pub fn answered(response: &Response, language: Language<'_>) -> Answered {
    let items = &response.questionnaire.items;
    let item_of = |answer: &QuestionAnswer| items.iter().find(|item| item.link_id == answer.link_id);
    let shown = response.answers.iter().filter_map(|answer| Some(answered_item(item_of(answer)?, answer, language)));
    Answered {
        title: language.text(&response.questionnaire.title),
        answered_at: response.answered_at,
        items: shown.collect(),
    }
}

fn answered_item(item: &QuestionItem, answer: &QuestionAnswer, language: Language<'_>) -> AnsweredItem {
    let chosen = match &answer.value {
        AnswerValue::Codes(codes) => {
            let options = item.options.iter().filter(|option| codes.contains(&option.code));
            options.map(|option| language.text(&option.text)).collect()
        }
        AnswerValue::Boolean(_) | AnswerValue::Decimal(_) | AnswerValue::Text(_) => Vec::new(),
    };
    AnsweredItem {
        link_id: item.link_id.clone(),
        text: language.text(&item.text),
        kind: item.kind,
        value: answer.value.clone(),
        chosen,
        unit: item.unit.as_ref().map(|unit| language.text(unit)),
        red_flag: is_red_flag(item, &answer.value),
    }
}
