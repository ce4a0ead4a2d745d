//! Asking: at a terminal, or of whatever stands in its place. What is wrong is said, and asked again.

use std::io::{BufRead, Read as _, Write};

use anyhow::{Context as _, anyhow, bail};

/// Tries for one answer: a script that goes on answering wrongly is ended.
const TRIES_MAX: usize = 5;
/// The longest line that is read as an answer. Unit: bytes.
const LINE_BYTES_MAX: u64 = 4096;

/// Whether anything is asked at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What is not given is asked for.
    Asks,
    /// What is not given takes its default; what has none is refused.
    TakesDefaults,
}

/// A question.
#[derive(Debug)]
pub struct Question<'a> {
    /// The option that gives the answer without being asked, such as `--name`.
    pub option: &'a str,
    /// What is asked.
    pub text: &'a str,
    /// The answer of who says nothing; empty: none is one too; `None`: something has to be said.
    pub default: Option<String>,
}

/// Who answers.
pub struct Ask<R, W> {
    input: R,
    output: W,
    mode: Mode,
}

impl<R: BufRead, W: Write> Ask<R, W> {
    /// Asks on `output` and reads answers from `input`.
    pub fn new(input: R, output: W, mode: Mode) -> Self {
        Self { input, output, mode }
    }

    /// Whether anything is asked.
    pub fn asks(&self) -> bool {
        self.mode == Mode::Asks
    }

    /// Says something between two questions.
    pub fn tell(&mut self, text: &str) -> anyhow::Result<()> {
        Ok(self.output.write_all(text.as_bytes())?)
    }

    /// What was given, else the answer to the question as `read` takes it; `read` says what is wrong with one.
    pub fn about<T>(
        &mut self,
        given: Option<T>,
        question: &Question<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        if let Some(given) = given {
            return Ok(given);
        }
        let Question { option, text, default } = question;
        if self.mode == Mode::TakesDefaults {
            let default = default.as_deref();
            let default = default.with_context(|| format!("{option} is missing: give it, or leave out --yes"))?;
            return read(default).map_err(|why| anyhow!("{option}: {why}"));
        }
        for _ in 0..TRIES_MAX {
            match default.as_deref() {
                Some("") => write!(self.output, "{text} (empty: none): ")?,
                Some(default) => write!(self.output, "{text} [{default}]: ")?,
                None => write!(self.output, "{text}: ")?,
            }
            let line = self.line(option)?;
            let answer = if line.is_empty() { default.clone().unwrap_or_default() } else { line };
            match read(&answer) {
                Ok(answer) => return Ok(answer),
                Err(why) => writeln!(self.output, "  {why}")?,
            }
        }
        bail!("{option}: none of {TRIES_MAX} answers fits")
    }

    fn line(&mut self, option: &str) -> anyhow::Result<String> {
        self.output.flush()?;
        let mut line = String::new();
        let read = self.input.by_ref().take(LINE_BYTES_MAX).read_line(&mut line);
        if read.context("standard input cannot be read")? == 0 {
            bail!("there is no answer for {option}: give it, or --yes to take what has a default");
        }
        Ok(line.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Ask, Mode, Question};

    fn number(text: &str) -> Result<u8, String> {
        text.parse().map_err(|_| format!("`{text}` is not a number"))
    }

    fn question(default: Option<&str>) -> Question<'static> {
        Question { option: "--age", text: "Age", default: default.map(str::to_owned) }
    }

    #[test]
    fn a_wrong_answer_is_named_and_asked_again() {
        let mut said = Vec::new();
        let mut ask = Ask::new("old\n 7 \n".as_bytes(), &mut said, Mode::Asks);
        assert_eq!(ask.about(None, &question(None), number).unwrap(), 7);
        assert_eq!(String::from_utf8(said).unwrap(), "Age:   `old` is not a number\nAge: ");
    }

    #[test]
    fn an_empty_answer_is_the_default_and_what_was_given_is_not_asked() {
        let mut said = Vec::new();
        let mut ask = Ask::new("\n".as_bytes(), &mut said, Mode::Asks);
        assert_eq!(ask.about(Some(3), &question(None), number).unwrap(), 3);
        assert_eq!(ask.about(None, &question(Some("9")), number).unwrap(), 9);
        assert_eq!(String::from_utf8(said).unwrap(), "Age [9]: ");
    }

    #[test]
    fn nothing_is_asked_of_who_said_yes() {
        let mut said = Vec::new();
        let mut ask = Ask::new("5\n".as_bytes(), &mut said, Mode::TakesDefaults);
        assert_eq!(ask.about(None, &question(Some("9")), number).unwrap(), 9);
        let refused = ask.about(None, &question(None), number).unwrap_err().to_string();
        assert!(refused.contains("--age is missing"), "{refused}");
        let refused = ask.about(None, &question(Some("x")), number).unwrap_err().to_string();
        assert!(refused.contains("--age: `x` is not a number"), "{refused}");
        assert!(said.is_empty());
    }

    #[test]
    fn an_end_without_an_answer_and_endless_wrong_ones_are_refused() {
        let mut ask = Ask::new("".as_bytes(), Vec::new(), Mode::Asks);
        assert!(ask.about(None, &question(Some("9")), number).unwrap_err().to_string().contains("no answer for --age"));
        let wrong = "x\n".repeat(9);
        let mut ask = Ask::new(wrong.as_bytes(), Vec::new(), Mode::Asks);
        assert!(ask.about(None, &question(None), number).unwrap_err().to_string().contains("none of 5 answers"));
    }
}
