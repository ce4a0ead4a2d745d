//! What an answer may be. Pure.

use consilium_config::brand::{EnableWhen, QuestionItem, QuestionType, Questionnaire};

use crate::api::types::{AnswerValue, FieldError, QuestionAnswer};
use crate::letters;

/// Steps of priority that a red flag gives: more than handing on gives in any real life of a consultation.
pub const RED_FLAG_PRIORITY: i64 = 10;
/// Longest answer in words. Unit: characters.
const TEXT_CHARACTERS_MAX: usize = 2_000;

/// How much more urgent it is with these answers than with those before; negative: less. Unit: steps of priority.
pub fn urgency_of_change(questionnaire: &Questionnaire, before: &[QuestionAnswer], after: &[QuestionAnswer]) -> i64 {
    let of = |answers: &[QuestionAnswer]| if has_red_flag(questionnaire, answers) { RED_FLAG_PRIORITY } else { 0 };
    of(after) - of(before)
}

/// The answers in the order of their questions, if they can be kept: each of a question that is asked, once, of its type; all that are required.
pub fn checked(
    questionnaire: &Questionnaire,
    answers: Vec<QuestionAnswer>,
) -> Result<Vec<QuestionAnswer>, Vec<FieldError>> {
    let mut errors: Vec<FieldError> = strangers(questionnaire, &answers).collect();
    let mut kept: Vec<QuestionAnswer> = Vec::new();
    for item in &questionnaire.items {
        let given = answers.iter().find(|answer| answer.link_id == item.link_id && !is_empty(&answer.value));
        let is_asked = is_asked(item, &kept);
        match given {
            None if is_asked && item.required => errors.push(field(item, "an answer is needed")),
            None => {}
            Some(_) if !is_asked => errors.push(field(item, "it is not asked after the answers before it")),
            Some(answer) => match checked_value(item, &answer.value) {
                Ok(value) => kept.push(QuestionAnswer { link_id: item.link_id.clone(), value }),
                Err(message) => errors.push(field(item, message)),
            },
        }
    }
    if errors.is_empty() { Ok(kept) } else { Err(errors) }
}

/// Answers to what is not asked at all, and second answers.
fn strangers<'a>(
    questionnaire: &'a Questionnaire,
    answers: &'a [QuestionAnswer],
) -> impl Iterator<Item = FieldError> + 'a {
    let is_strange = |(place, answer): &(usize, &QuestionAnswer)| {
        let is_twice = answers[..*place].iter().any(|earlier| earlier.link_id == answer.link_id);
        is_twice || questionnaire.items.iter().all(|item| item.link_id != answer.link_id)
    };
    let message = "each of a question of the questionnaire, once";
    answers.iter().enumerate().filter(is_strange).map(move |_| FieldError::new("answers", message))
}

fn is_empty(value: &AnswerValue) -> bool {
    match value {
        AnswerValue::Codes(codes) => codes.is_empty(),
        AnswerValue::Text(text) => text.trim().is_empty(),
        AnswerValue::Boolean(_) | AnswerValue::Decimal(_) => false,
    }
}

/// Whether a question is asked of who answered so before it.
pub fn is_asked(item: &QuestionItem, before: &[QuestionAnswer]) -> bool {
    item.enable_when.as_ref().is_none_or(|condition| is_met(condition, before))
}

fn is_met(condition: &EnableWhen, before: &[QuestionAnswer]) -> bool {
    let answer = before.iter().find(|answer| answer.link_id == condition.question);
    answer.is_some_and(|answer| match &answer.value {
        AnswerValue::Boolean(yes) => condition.answer == if *yes { "yes" } else { "no" },
        AnswerValue::Codes(codes) => codes.contains(&condition.answer),
        AnswerValue::Decimal(_) | AnswerValue::Text(_) => false,
    })
}

/// One answer, if it can be kept; else what it has to be.
pub fn checked_value(item: &QuestionItem, value: &AnswerValue) -> Result<AnswerValue, String> {
    match (item.kind, value) {
        (QuestionType::Boolean, AnswerValue::Boolean(_)) => Ok(value.clone()),
        (QuestionType::Choice, AnswerValue::Codes(codes)) => chosen(item, codes).map(AnswerValue::Codes),
        (QuestionType::Decimal, AnswerValue::Decimal(number)) => in_range(item, *number).map(AnswerValue::Decimal),
        (QuestionType::Date, AnswerValue::Text(day)) => day
            .parse::<jiff::civil::Date>()
            .map(|day| AnswerValue::Text(day.to_string()))
            .map_err(|_| "a day, such as 2026-05-09".to_owned()),
        (QuestionType::Text, AnswerValue::Text(text)) => words(text).map(AnswerValue::Text),
        (QuestionType::Boolean, _) => Err("true or false".to_owned()),
        (QuestionType::Choice, _) => Err("a list of codes".to_owned()),
        (QuestionType::Decimal, _) => Err("a number".to_owned()),
        (QuestionType::Date | QuestionType::Text, _) => Err("a text".to_owned()),
        (QuestionType::Display, _) => Err("nothing is asked here".to_owned()),
    }
}

/// The codes in the order of the options.
fn chosen(item: &QuestionItem, codes: &[String]) -> Result<Vec<String>, String> {
    let known: Vec<String> =
        item.options.iter().map(|option| &option.code).filter(|code| codes.contains(code)).cloned().collect();
    if known.len() != codes.len() {
        return Err("codes of its options, each once".to_owned());
    }
    if known.len() > 1 && !item.repeats {
        return Err("one of its options".to_owned());
    }
    Ok(known)
}

fn in_range(item: &QuestionItem, number: f64) -> Result<f64, String> {
    let is_low = item.minimum.is_some_and(|minimum| number < minimum);
    let is_high = item.maximum.is_some_and(|maximum| number > maximum);
    if !number.is_finite() || is_low || is_high {
        let bound = |bound: Option<f64>| bound.map_or_else(|| "any".to_owned(), |bound| bound.to_string());
        return Err(format!("a number from {} to {}", bound(item.minimum), bound(item.maximum)));
    }
    Ok(number)
}

fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > TEXT_CHARACTERS_MAX || letters::has_stray_control(text) {
        return Err(format!("at most {TEXT_CHARACTERS_MAX} characters, none of them control characters"));
    }
    Ok(text.to_owned())
}

/// Whether one of these answers is a red flag.
pub fn has_red_flag(questionnaire: &Questionnaire, answers: &[QuestionAnswer]) -> bool {
    let is_flag = |answer: &QuestionAnswer| {
        let item = questionnaire.items.iter().find(|item| item.link_id == answer.link_id);
        item.is_some_and(|item| is_red_flag(item, &answer.value))
    };
    answers.iter().any(is_flag)
}

/// Whether an answer to this question is a red flag.
pub(super) fn is_red_flag(item: &QuestionItem, value: &AnswerValue) -> bool {
    match value {
        AnswerValue::Boolean(yes) => item.red_flag == Some(*yes),
        AnswerValue::Codes(codes) => item.options.iter().any(|option| option.red_flag && codes.contains(&option.code)),
        AnswerValue::Decimal(number) => {
            item.red_flag_from.is_some_and(|from| *number >= from) || item.red_flag_to.is_some_and(|to| *number <= to)
        }
        AnswerValue::Text(_) => false,
    }
}

fn field(item: &QuestionItem, message: impl Into<String>) -> FieldError {
    FieldError::new(format!("answers.{}", item.link_id), message)
}

#[cfg(test)]
#[path = "answers_test.rs"]
mod tests;
