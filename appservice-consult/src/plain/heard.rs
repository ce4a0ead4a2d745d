//! What a patient's message means to the desk: words that are commands, numbers, yes and no, days. Pure.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

use crate::archive::{body, replaced};

/// Longest message that is looked at for what it means. Unit: characters.
const CHARACTERS_MAX: usize = 4_000;

/// What a word alone asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// The list of services.
    Services,
    /// The place in line.
    Queue,
    /// To withdraw, or to drop what was begun.
    Cancel,
    /// To end what an operator leads.
    Close,
    /// What can be written.
    Help,
    /// The question before.
    Back,
    /// To leave a question out.
    Skip,
    /// The whole text of what is to be agreed to.
    Text,
    /// To go on in English.
    English,
    /// To go on in Russian.
    Russian,
}

/// Each word that is a command.
const COMMANDS: [(&str, Command); 28] = [
    ("services", Command::Services),
    ("service", Command::Services),
    ("menu", Command::Services),
    ("услуги", Command::Services),
    ("услуга", Command::Services),
    ("меню", Command::Services),
    ("queue", Command::Queue),
    ("очередь", Command::Queue),
    ("cancel", Command::Cancel),
    ("отмена", Command::Cancel),
    ("отменить", Command::Cancel),
    ("close", Command::Close),
    ("закрыть", Command::Close),
    ("завершить", Command::Close),
    ("help", Command::Help),
    ("помощь", Command::Help),
    ("back", Command::Back),
    ("назад", Command::Back),
    ("skip", Command::Skip),
    ("пропустить", Command::Skip),
    ("text", Command::Text),
    ("текст", Command::Text),
    ("english", Command::English),
    ("in english", Command::English),
    ("по-английски", Command::English),
    ("russian", Command::Russian),
    ("русский", Command::Russian),
    ("по-русски", Command::Russian),
];
const YES: [&str; 11] = [
    "yes",
    "y",
    "agree",
    "i agree",
    "yes, i agree",
    "да",
    "согласен",
    "согласна",
    "я согласен",
    "я согласна",
    "да, согласен",
];
const NO: [&str; 9] =
    ["no", "n", "disagree", "i disagree", "нет", "не согласен", "не согласна", "я не согласен", "я не согласна"];
const TODAY: [&str; 2] = ["today", "сегодня"];
const YESTERDAY: [&str; 2] = ["yesterday", "вчера"];

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard(String);

impl Heard {
    /// Of a text.
    #[cfg(test)]
    pub fn text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Of a message event's content; no words where it is a picture or a file. `None`: it says nothing: an edit, or what a machine announces.
    pub fn of(content: &Value) -> Option<Self> {
        if replaced(content).is_some() {
            return None;
        }
        match content["msgtype"].as_str()? {
            "m.notice" => None,
            "m.text" => Some(Self(body(content).trim().chars().take(CHARACTERS_MAX).collect())),
            _ => Some(Self(String::new())),
        }
    }

    /// The words themselves.
    pub fn words(&self) -> &str {
        &self.0
    }

    /// Without edges, quotation marks and a full stop: what is compared.
    fn bare(&self) -> String {
        let is_edge = |letter: char| letter.is_whitespace() || "\"'«»“”„‘’.,!/".contains(letter);
        self.0.trim_matches(is_edge).to_lowercase().replace('ё', "е")
    }

    /// The command that stands there, and nothing beside it.
    pub fn command(&self) -> Option<Command> {
        let bare = self.bare();
        COMMANDS.iter().find(|(word, _)| *word == bare).map(|(_, command)| *command)
    }

    /// A number that stands alone, such as `2` or `2)`.
    pub fn number(&self) -> Option<usize> {
        self.bare().trim_end_matches([')', '.']).trim().parse().ok()
    }

    /// Numbers one after another, such as `1, 3 5`; empty where something else is among them.
    pub fn numbers(&self) -> Vec<usize> {
        let parts = self.0.split(|letter: char| letter.is_whitespace() || ",;.)".contains(letter));
        let numbers: Option<Vec<usize>> = parts.filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
        numbers.unwrap_or_default()
    }

    /// A number with a comma or a point, and perhaps a unit after it.
    pub fn decimal(&self) -> Option<f64> {
        let text = self.0.trim().replace(',', ".");
        let end = text.find(|letter: char| !(letter.is_ascii_digit() || ".-+".contains(letter)));
        let (number, rest) = text.split_at(end.unwrap_or(text.len()));
        if rest.chars().any(char::is_numeric) {
            return None;
        }
        number.trim_end_matches('.').parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Yes or no.
    pub fn yes_or_no(&self) -> Option<bool> {
        let bare = self.bare();
        if YES.contains(&bare.as_str()) {
            return Some(true);
        }
        NO.contains(&bare.as_str()).then_some(false)
    }

    /// A day: `2026-05-09`, `9.5.2026`, `9/5/2026`, today or yesterday.
    pub fn day(&self, today: Date) -> Option<Date> {
        let bare = self.bare();
        if TODAY.contains(&bare.as_str()) {
            return Some(today);
        }
        if YESTERDAY.contains(&bare.as_str()) {
            return today.checked_sub(1.day()).ok();
        }
        if let Ok(day) = bare.parse::<Date>() {
            return Some(day);
        }
        let mut parts = bare.split(['.', '/']);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }

    /// Whether it means this name; the case of the letters is nothing.
    pub fn is(&self, name: &str) -> bool {
        let bare = self.bare();
        !bare.is_empty() && bare == Self(name.to_owned()).bare()
    }

    /// Whether it is how this name begins, with three letters at least.
    pub fn begins(&self, name: &str) -> bool {
        let bare = self.bare();
        bare.chars().count() >= 3 && Self(name.to_owned()).bare().starts_with(&bare)
    }

    /// Which of the two languages its letters are of; `None`: of neither, or of both.
    pub fn letters(&self) -> Option<Letters> {
        let is_russian = |letter: char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
        match (self.0.chars().any(is_russian), self.0.chars().any(|letter| letter.is_ascii_alphabetic())) {
            (true, false) => Some(Letters::Cyrillic),
            (false, true) => Some(Letters::Latin),
            _ => None,
        }
    }
}

/// The letters that somebody writes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As in Russian.
    Cyrillic,
    /// As in English.
    Latin,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::{COMMANDS, Command, Heard, Letters};

    fn heard(text: &str) -> Heard {
        Heard::text(text)
    }

    #[test]
    fn a_command_stands_alone_and_its_edges_do_not_matter() {
        for (text, expected) in [
            ("queue", Some(Command::Queue)),
            (" Очередь ", Some(Command::Queue)),
            ("«Отмена».", Some(Command::Cancel)),
            ("CLOSE!", Some(Command::Close)),
            ("/help", Some(Command::Help)),
            ("помощь", Some(Command::Help)),
            ("cancel?", None),
            ("please close", None),
            ("помощь нужна", None),
            ("", None),
        ] {
            assert_eq!(heard(text).command(), expected, "{text}");
        }
    }

    #[test]
    fn no_word_means_two_things() {
        for (place, (word, _)) in COMMANDS.iter().enumerate() {
            assert!(COMMANDS[..place].iter().all(|(other, _)| other != word), "{word}");
            assert_eq!((heard(word).yes_or_no(), heard(word).number()), (None, None), "{word}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!([heard("2").number(), heard(" 2) ").number(), heard("two").number()], [Some(2), Some(2), None]);
        assert_eq!(heard("1, 3 5").numbers(), [1, 3, 5]);
        assert_eq!(heard("1 or 3").numbers(), Vec::<usize>::new());
        let decimals = ["38,4", "38.4 °C", "-2", "38.", "warm", "38 or 39"].map(|text| heard(text).decimal());
        assert_eq!(decimals, [Some(38.4), Some(38.4), Some(-2.0), Some(38.0), None, None]);
    }

    #[test]
    fn yes_and_no_have_many_words() {
        for yes in ["yes", "Да!", "я согласна", "I agree."] {
            assert_eq!(heard(yes).yes_or_no(), Some(true), "{yes}");
        }
        for no in ["no", "Нет", "не согласен"] {
            assert_eq!(heard(no).yes_or_no(), Some(false), "{no}");
        }
        assert_eq!(heard("maybe").yes_or_no(), None);
    }

    #[test]
    fn days_are_read_in_the_forms_of_both_languages() {
        let today = date(2026, 3, 1);
        for text in ["2026-02-28", "28.02.2026", "28/2/2026", "yesterday", "вчера"] {
            assert_eq!(heard(text).day(today), Some(date(2026, 2, 28)), "{text}");
        }
        for text in ["31.02.2026", "28.02.26", "soon", "1.2.3.2026"] {
            assert_eq!(heard(text).day(today), None, "{text}");
        }
    }

    #[test]
    fn a_reply_is_its_own_words_and_a_picture_has_none() {
        let reply = json!({ "msgtype": "m.text", "body": "> <@keeper:x> 1. Therapist\n\n1", "m.relates_to": { "m.in_reply_to": { "event_id": "$1" } } });
        assert_eq!(Heard::of(&reply), Some(heard("1")));
        assert_eq!(Heard::of(&json!({ "msgtype": "m.image", "body": "1" })), Some(heard("")));
        let edit = json!({ "msgtype": "m.text", "body": "* 2", "m.relates_to": { "rel_type": "m.replace", "event_id": "$1" } });
        assert_eq!((Heard::of(&edit), Heard::of(&json!({ "msgtype": "m.notice", "body": "1" }))), (None, None));
    }

    #[test]
    fn a_name_is_known_whole_or_by_its_beginning() {
        assert!(heard("терапевт").is("Терапевт") && !heard("тера").is("Терапевт"));
        assert!(heard("Тера").begins("Терапевт") && !heard("те").begins("Терапевт"));
        assert_eq!(
            [heard("Привет").letters(), heard("hello").letters(), heard("1").letters()],
            [Some(Letters::Cyrillic), Some(Letters::Latin), None]
        );
    }
}
