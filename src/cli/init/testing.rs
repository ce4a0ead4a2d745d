//! Answers for the tests of this folder.

use super::answers::{Answers, Given};
use super::ask::{Ask, Mode};

/// What follows from a name and an address, with everything else by default.
pub fn answers(public: &str) -> Answers {
    let words = ["given", "--name", "Yew & \"Sons\"", "--public", public];
    answers_of(&words)
}

/// What these options and the defaults say; the first word is the program's.
pub fn answers_of(words: &[&str]) -> Answers {
    let command = <Given as clap::Args>::augment_args(clap::Command::new("given"));
    let matches = command.get_matches_from(words);
    let given = <Given as clap::FromArgMatches>::from_arg_matches(&matches).expect("the options are of the type");
    let mut ask = Ask::new("".as_bytes(), Vec::new(), Mode::TakesDefaults);
    Answers::take(given, &mut ask).expect("everything else has a default")
}
