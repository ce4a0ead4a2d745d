//! Which letters may stand in what people write. Pure, and the only place that says so.

/// Whether a text of one line has a control character in it.
pub fn has_control(line: &str) -> bool {
    line.chars().any(char::is_control)
}

/// Whether a text of several lines has a control character in it that is neither an end of a line nor a tab.
pub fn has_stray_control(text: &str) -> bool {
    text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::{has_control, has_stray_control};

    #[test]
    fn lines_end_only_in_texts_of_several_lines() {
        for (text, in_line, in_text) in [
            ("Ёж, “quoted” 🦔", false, false),
            ("one\ntwo\r\n\tthree", true, false),
            ("bell \u{7}", true, true),
            ("c1 \u{85}", true, true),
        ] {
            assert_eq!((has_control(text), has_stray_control(text)), (in_line, in_text), "{text:?}");
        }
    }
}
