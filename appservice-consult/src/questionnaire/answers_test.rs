//! What can be kept of a patient's answers, and what says where it is wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

use consilium_config::brand::{AnswerOption, EnableWhen, Localized, QuestionItem, QuestionType, Questionnaire};
use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::{TEXT_CHARACTERS_MAX, checked, is_red_flag};
use crate::api::types::{AnswerValue, QuestionAnswer};

fn item(link_id: &str, kind: QuestionType) -> QuestionItem {
    QuestionItem {
        link_id: link_id.to_owned(),
        text: Localized::from([("en", link_id)]),
        kind,
        required: false,
        repeats: false,
        options: Vec::new(),
        unit: None,
        minimum: None,
        maximum: None,
        enable_when: None,
        red_flag: None,
        red_flag_from: None,
        red_flag_to: None,
    }
}

fn option(code: &str, red_flag: bool) -> AnswerOption {
    AnswerOption { code: code.to_owned(), text: Localized::from([("en", code)]), red_flag }
}

fn questionnaire() -> Questionnaire {
    let when =
        |question: &str, answer: &str| Some(EnableWhen { question: question.to_owned(), answer: answer.to_owned() });
    let signs = vec![option("breath", true), option("rash", false)];
    Questionnaire {
        id: "child".to_owned(),
        title: Localized::from([("en", "A child")]),
        items: vec![
            item("hint", QuestionType::Display),
            QuestionItem { required: true, red_flag: Some(true), ..item("fever", QuestionType::Boolean) },
            QuestionItem {
                required: true,
                minimum: Some(34.0),
                maximum: Some(43.0),
                red_flag_from: Some(39.5),
                red_flag_to: Some(35.0),
                enable_when: when("fever", "yes"),
                ..item("temperature", QuestionType::Decimal)
            },
            QuestionItem { repeats: true, options: signs, ..item("signs", QuestionType::Choice) },
            QuestionItem {
                options: vec![option("a", false), option("b", false)],
                enable_when: when("signs", "rash"),
                ..item("where", QuestionType::Choice)
            },
            item("since", QuestionType::Date),
            item("medicines", QuestionType::Text),
        ],
    }
}

fn answer(link_id: &str, value: AnswerValue) -> QuestionAnswer {
    QuestionAnswer { link_id: link_id.to_owned(), value }
}

fn yes() -> QuestionAnswer {
    answer("fever", AnswerValue::Boolean(true))
}

fn no() -> QuestionAnswer {
    answer("fever", AnswerValue::Boolean(false))
}

fn temperature(number: f64) -> QuestionAnswer {
    answer("temperature", AnswerValue::Decimal(number))
}

fn codes(link_id: &str, codes: &[&str]) -> QuestionAnswer {
    answer(link_id, AnswerValue::Codes(codes.iter().map(|&code| code.to_owned()).collect()))
}

fn text(link_id: &str, text: &str) -> QuestionAnswer {
    answer(link_id, AnswerValue::Text(text.to_owned()))
}

fn fields(answers: Vec<QuestionAnswer>) -> Vec<String> {
    checked(&questionnaire(), answers).unwrap_err().into_iter().map(|error| error.field).collect()
}

#[test]
fn answers_are_kept_in_the_order_of_their_questions_and_empty_ones_are_none() {
    let kept = checked(
        &questionnaire(),
        vec![
            text("medicines", "  none \n"),
            codes("signs", &["rash", "breath"]),
            temperature(38.2),
            yes(),
            codes("where", &[]),
            text("since", "2026-11-28"),
        ],
    );
    let expected = vec![
        yes(),
        temperature(38.2),
        codes("signs", &["breath", "rash"]),
        text("since", "2026-11-28"),
        text("medicines", "none"),
    ];
    assert_eq!(kept.unwrap(), expected);
    assert_eq!(checked(&questionnaire(), vec![no(), text("medicines", " ")]).unwrap(), [no()]);
}

#[test]
fn what_cannot_be_kept_says_where() {
    assert_eq!(fields(vec![]), ["answers.fever"], "required");
    assert_eq!(fields(vec![yes()]), ["answers.temperature"], "required, because of the answer before");
    assert_eq!(fields(vec![no(), temperature(38.0)]), ["answers.temperature"], "not asked");
    assert_eq!(fields(vec![no(), codes("where", &["a"])]), ["answers.where"], "not asked");
    assert_eq!(fields(vec![no(), text("unknown", "t")]), ["answers"]);
    assert_eq!(fields(vec![no(), yes()]), ["answers"], "twice");
    for wrong in [
        text("hint", "read"),
        text("fever", "yes"),
        text("signs", "rash"),
        codes("signs", &["unknown"]),
        codes("signs", &["rash", "rash"]),
        text("since", "yesterday"),
        codes("medicines", &["a"]),
        text("medicines", "a\u{0}"),
        text("medicines", &"я".repeat(TEXT_CHARACTERS_MAX + 1)),
    ] {
        let name = format!("answers.{}", wrong.link_id);
        let given = if wrong.link_id == "fever" { vec![wrong] } else { vec![no(), wrong] };
        assert_eq!(fields(given), [name]);
    }
    for number in [33.9, 43.1, f64::NAN, f64::INFINITY] {
        assert_eq!(fields(vec![yes(), temperature(number)]), ["answers.temperature"], "{number}");
    }
    assert_eq!(fields(vec![no(), codes("signs", &["rash"]), codes("where", &["a", "b"])]), ["answers.where"], "one");
}

#[test]
fn red_flags_are_told_from_other_answers() {
    let asked = questionnaire();
    let is_flag = |answer: &QuestionAnswer| {
        let item = asked.items.iter().find(|item| item.link_id == answer.link_id).unwrap();
        is_red_flag(item, &answer.value)
    };
    for flag in [yes(), temperature(39.5), temperature(42.0), temperature(35.0), codes("signs", &["rash", "breath"])] {
        assert!(is_flag(&flag), "{flag:?}");
    }
    for calm in [no(), temperature(39.4), temperature(35.1), codes("signs", &["rash"]), text("medicines", "breath")] {
        assert!(!is_flag(&calm), "{calm:?}");
    }
}

fn any_answer() -> impl Strategy<Value = QuestionAnswer> {
    let link_id =
        prop::sample::select(vec!["hint", "fever", "temperature", "signs", "where", "since", "medicines", "unknown"]);
    let code = prop::sample::select(vec!["breath", "rash", "a", "b", "x"]).prop_map(str::to_owned);
    let value = prop_oneof![
        any::<bool>().prop_map(AnswerValue::Boolean),
        any::<f64>().prop_map(AnswerValue::Decimal),
        prop::collection::vec(code, 0..3).prop_map(AnswerValue::Codes),
        "\\PC{0,20}".prop_map(AnswerValue::Text),
    ];
    (link_id, value).prop_map(|(link_id, value)| answer(link_id, value))
}

proptest! {
    /// What is kept can be kept again as it is: nothing of it is changed, dropped or refused the second time.
    #[test]
    fn what_is_kept_stays_as_it_is(answers in prop::collection::vec(any_answer(), 0..10)) {
        if let Ok(kept) = checked(&questionnaire(), answers) {
            prop_assert!(kept.iter().any(|answer| answer.link_id == "fever"));
            prop_assert_eq!(checked(&questionnaire(), kept.clone()).unwrap(), kept);
        }
    }
}
