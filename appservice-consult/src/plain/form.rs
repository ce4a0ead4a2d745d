//! The questions of a service, asked one after another, and what a reply means as an answer. Pure.

use consilium_config::brand::{QuestionItem, QuestionType, Questionnaire};
use jiff::civil::Date;

use super::heard::Heard;
use super::words::Words;
use crate::api::types::{AnswerValue, QuestionAnswer};
use crate::questionnaire::{self, Language};

/// What is asked next.
#[derive(Debug, Clone, PartialEq)]
pub struct Next<'a> {
    /// What is to be read before it.
    pub notes: Vec<&'a QuestionItem>,
    /// The question; none: everything was asked.
    pub item: Option<&'a QuestionItem>,
}

/// The first question that is neither answered nor left out, of those that are asked after these answers.
pub fn next<'a>(questionnaire: &'a Questionnaire, answers: &[QuestionAnswer], passed: &[String]) -> Next<'a> {
    let mut notes = Vec::new();
    for item in &questionnaire.items {
        if !questionnaire::is_asked(item, answers) {
            continue;
        }
        let is_done = answers.iter().any(|answer| answer.link_id == item.link_id) || passed.contains(&item.link_id);
        match item.kind {
            QuestionType::Display => notes.push(item),
            _ if is_done => notes.clear(),
            _ => return Next { notes, item: Some(item) },
        }
    }
    Next { notes, item: None }
}

/// A question of a questionnaire by its id.
pub fn item<'a>(questionnaire: &'a Questionnaire, link_id: &str) -> Option<&'a QuestionItem> {
    questionnaire.items.iter().find(|item| item.link_id == link_id)
}

/// Speaks of questions in one language of a brand.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// The desk's own words.
    pub words: Words<'a>,
    /// The brand's language, where the patient's has no text.
    pub default: &'a str,
}

impl Form<'_> {
    /// Words to read.
    pub fn note(self, item: &QuestionItem) -> String {
        self.language().text(&item.text)
    }

    /// The question, and how it can be answered.
    pub fn question(self, item: &QuestionItem) -> String {
        let text = self.language().text(&item.text);
        let unit = item.unit.as_ref().map_or_else(String::new, |unit| format!(" ({})", self.language().text(unit)));
        let option = |(number, option): (usize, &consilium_config::brand::AnswerOption)| {
            format!("\n{number}. {}", self.language().text(&option.text))
        };
        let options: String = (1..).zip(&item.options).map(option).collect();
        let skip = if item.required {
            ""
        } else {
            self.words.pick(" Можно пропустить: «пропустить».", " You may leave it out: “skip”.")
        };
        format!("{text}{unit}{options}\n{}{skip}", self.how(item))
    }

    /// How a question can be answered: after it, and where a reply was none.
    pub fn how(self, item: &QuestionItem) -> String {
        let words = self.words;
        match item.kind {
            QuestionType::Boolean => words.pick("Ответьте «да» или «нет».", "Reply “yes” or “no”.").to_owned(),
            QuestionType::Choice if item.repeats => words
                .pick("Ответьте номером, можно несколькими: 1, 3.", "Reply with a number, or with several: 1, 3.")
                .to_owned(),
            QuestionType::Choice => words.pick("Ответьте номером.", "Reply with a number.").to_owned(),
            QuestionType::Decimal => self.range(item),
            QuestionType::Date => {
                words.pick("Ответьте датой, например 09.05.2026.", "Reply with a date, such as 2026-05-09.").to_owned()
            }
            QuestionType::Text | QuestionType::Display => {
                words.pick("Ответьте своими словами.", "Reply in your own words.").to_owned()
            }
        }
    }

    fn range(self, item: &QuestionItem) -> String {
        let words = self.words;
        match (item.minimum, item.maximum) {
            (Some(from), Some(to)) => words.fill(
                "Ответьте числом от {0} до {1}.",
                "Reply with a number from {0} to {1}.",
                &[&from.to_string(), &to.to_string()],
            ),
            (Some(from), None) => words.fill(
                "Ответьте числом не меньше {0}.",
                "Reply with a number of at least {0}.",
                &[&from.to_string()],
            ),
            (None, Some(to)) => {
                words.fill("Ответьте числом не больше {0}.", "Reply with a number of at most {0}.", &[&to.to_string()])
            }
            (None, None) => words.pick("Ответьте числом.", "Reply with a number.").to_owned(),
        }
    }

    fn language(&self) -> Language<'_> {
        Language { wanted: self.words.language, default: self.default }
    }
}

/// What a reply means as an answer; `None`: it is none that can be kept.
pub fn read(item: &QuestionItem, heard: &Heard, today: Date) -> Option<AnswerValue> {
    let value = match item.kind {
        QuestionType::Display => return None,
        QuestionType::Boolean => AnswerValue::Boolean(heard.yes_or_no()?),
        QuestionType::Choice => AnswerValue::Codes(codes(item, heard)?),
        QuestionType::Decimal => AnswerValue::Decimal(heard.decimal()?),
        QuestionType::Date => AnswerValue::Text(heard.day(today)?.to_string()),
        QuestionType::Text if heard.words().is_empty() => return None,
        QuestionType::Text => AnswerValue::Text(heard.words().to_owned()),
    };
    questionnaire::checked_value(item, &value).ok()
}

/// Options by their numbers, or one by what it says.
fn codes(item: &QuestionItem, heard: &Heard) -> Option<Vec<String>> {
    let numbers = heard.numbers();
    if !numbers.is_empty() {
        let chosen = numbers.iter().map(|number| item.options.get(number.checked_sub(1)?));
        return chosen.map(|option| option.map(|option| option.code.clone())).collect();
    }
    let named = item.options.iter().find(|option| option.text.iter().any(|(_, text)| heard.is(text)));
    named.map(|option| vec![option.code.clone()])
}

#[cfg(test)]
mod tests {
    use consilium_config::brand::{AnswerOption, EnableWhen, Localized, QuestionItem, QuestionType, Questionnaire};
    use jiff::civil::date;

    use super::{Form, next, read};
    use crate::api::types::{AnswerValue, QuestionAnswer};
    use crate::plain::heard::Heard;
    use crate::plain::words::Words;

    const EN: Form<'_> = Form { words: Words { language: "en" }, default: "en" };
    const RU: Form<'_> = Form { words: Words { language: "ru" }, default: "en" };

    fn item(link_id: &str, kind: QuestionType) -> QuestionItem {
        QuestionItem {
            link_id: link_id.to_owned(),
            text: Localized::from([("en", link_id)]),
            kind,
            required: true,
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

    fn option(code: &str, en: &str, ru: &str) -> AnswerOption {
        AnswerOption { code: code.to_owned(), text: Localized::from([("en", en), ("ru", ru)]), red_flag: false }
    }

    fn signs() -> QuestionItem {
        let options = vec![option("rash", "Rash", "Сыпь"), option("cough", "Cough", "Кашель")];
        QuestionItem { repeats: true, options, required: false, ..item("signs", QuestionType::Choice) }
    }

    fn temperature() -> QuestionItem {
        let condition = EnableWhen { question: "fever".to_owned(), answer: "yes".to_owned() };
        QuestionItem {
            minimum: Some(34.0),
            maximum: Some(43.0),
            unit: Some(Localized::from([("en", "°C")])),
            enable_when: Some(condition),
            ..item("temperature", QuestionType::Decimal)
        }
    }

    fn questionnaire() -> Questionnaire {
        Questionnaire {
            id: "child".to_owned(),
            title: Localized::from([("en", "A child")]),
            items: vec![
                item("hint", QuestionType::Display),
                item("fever", QuestionType::Boolean),
                temperature(),
                signs(),
                item("end", QuestionType::Display),
            ],
        }
    }

    fn answered(link_id: &str, value: AnswerValue) -> QuestionAnswer {
        QuestionAnswer { link_id: link_id.to_owned(), value }
    }

    fn asked(answers: &[QuestionAnswer], passed: &[&str]) -> (Vec<String>, Option<String>) {
        let asked = questionnaire();
        let passed: Vec<String> = passed.iter().map(|&link_id| link_id.to_owned()).collect();
        let next = next(&asked, answers, &passed);
        (next.notes.iter().map(|note| note.link_id.clone()).collect(), next.item.map(|item| item.link_id.clone()))
    }

    #[test]
    fn questions_come_one_after_another_as_the_answers_before_them_say() {
        let fever = |yes| answered("fever", AnswerValue::Boolean(yes));
        assert_eq!(asked(&[], &[]), (vec!["hint".to_owned()], Some("fever".to_owned())));
        assert_eq!(asked(&[fever(true)], &[]), (vec![], Some("temperature".to_owned())));
        assert_eq!(asked(&[fever(false)], &[]), (vec![], Some("signs".to_owned())));
        assert_eq!(asked(&[fever(false)], &["signs"]), (vec!["end".to_owned()], None));
    }

    #[test]
    fn a_reply_is_an_answer_of_the_questions_type_or_none() {
        let today = date(2026, 11, 30);
        let read = |item: &QuestionItem, text: &str| read(item, &Heard::text(text), today);
        let codes = |codes: &[&str]| Some(AnswerValue::Codes(codes.iter().map(|&code| code.to_owned()).collect()));
        assert_eq!(read(&item("a", QuestionType::Boolean), "да"), Some(AnswerValue::Boolean(true)));
        assert_eq!(read(&item("a", QuestionType::Boolean), "perhaps"), None);
        assert_eq!(read(&temperature(), "38,4 °C"), Some(AnswerValue::Decimal(38.4)));
        assert_eq!(read(&temperature(), "44"), None);
        assert_eq!(read(&signs(), "2, 1"), codes(&["rash", "cough"]));
        assert_eq!(read(&signs(), "кашель"), codes(&["cough"]));
        assert_eq!([read(&signs(), "3"), read(&signs(), "0"), read(&signs(), "1 1")], [None, None, None]);
        let one = QuestionItem { repeats: false, ..signs() };
        assert_eq!((read(&one, "1, 2"), read(&one, "1")), (None, codes(&["rash"])));
        assert_eq!(read(&item("a", QuestionType::Date), "9.5.2026"), Some(AnswerValue::Text("2026-05-09".to_owned())));
        assert_eq!(read(&item("a", QuestionType::Text), " none "), Some(AnswerValue::Text("none".to_owned())));
        assert_eq!(read(&item("a", QuestionType::Text), ""), None);
    }

    #[test]
    fn a_question_says_how_it_is_answered() {
        assert_eq!(EN.question(&temperature()), "temperature (°C)\nReply with a number from 34 to 43.");
        assert!(RU.question(&temperature()).ends_with("Ответьте числом от 34 до 43."));
        let said = RU.question(&signs());
        assert!(said.contains("\n1. Сыпь\n2. Кашель\n") && said.ends_with("«пропустить»."), "{said}");
        let kinds = [
            QuestionType::Boolean,
            QuestionType::Choice,
            QuestionType::Decimal,
            QuestionType::Date,
            QuestionType::Text,
        ];
        for kind in kinds {
            assert_ne!(EN.how(&item("a", kind)), RU.how(&item("a", kind)));
        }
    }
}
