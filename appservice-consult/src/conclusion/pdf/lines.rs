//! Where lines break: at the opportunities of Unicode's line-breaking algorithm (UAX #14), and anywhere in a word that is wider than a line.

use unicode_linebreak::linebreaks;

use super::fonts::{Fonts, Weight};

/// What a paragraph may be as wide as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) weight: Weight,
    /// Unit: points.
    pub(super) size: f32,
    /// Unit: points.
    pub(super) width: f32,
}

/// A paragraph's lines, each without the space at its end; an empty paragraph is one empty line.
pub(super) fn lines(fonts: &Fonts, text: &str, measure: Measure) -> Vec<String> {
    let text = text.trim_end();
    let width_of = |part: &str| fonts.width(part, measure.weight) * measure.size;
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
    let mut start = 0;
    for (end, _) in linebreaks(text) {
        let part = &text[start..end];
        start = end;
        let (with_space, without) = (width_of(part), width_of(part.trim_end()));
        if used + without > measure.width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0.0;
        }
        if without > measure.width {
            used = split_anywhere(fonts, part, measure, &mut lines, &mut line);
        } else {
            line.push_str(part);
            used += with_space;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// A word that is wider than a line: as much of it as there is room for, then the rest. Returns how wide the last piece is, which stays in `line`.
fn split_anywhere(fonts: &Fonts, word: &str, measure: Measure, lines: &mut Vec<String>, line: &mut String) -> f32 {
    let mut used = 0.0;
    for letter in word.chars() {
        let width = fonts.width(letter.encode_utf8(&mut [0; 4]), measure.weight) * measure.size;
        if used + width > measure.width && !line.is_empty() {
            lines.push(std::mem::take(line));
            used = 0.0;
        }
        line.push(letter);
        used += width;
    }
    used
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Measure, lines};
    use crate::conclusion::pdf::fonts::{Fonts, Weight};

    const MEASURE: Measure = Measure { weight: Weight::Regular, size: 10.0, width: 120.0 };

    #[test]
    fn nothing_is_wider_than_the_line_and_nothing_is_lost() {
        let fonts = Fonts::load().unwrap();
        let long = "оториноларингологический".repeat(4);
        for text in
            ["Покой, тёплое питьё и сон не менее восьми часов в сутки.", "one two  three", &long, "5\u{a0}мг", ""]
        {
            let broken = lines(&fonts, text, MEASURE);
            for line in &broken {
                assert!(fonts.width(line, Weight::Regular) * 10.0 <= 120.5, "{line}");
            }
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeezed(&broken.concat()), squeezed(text));
        }
    }

    #[test]
    fn a_no_break_space_holds_together() {
        let fonts = Fonts::load().unwrap();
        let broken = lines(&fonts, "принимать по утрам 500\u{a0}мг", Measure { width: 100.0, ..MEASURE });
        assert!(broken.iter().any(|line| line.contains("500\u{a0}мг")), "{broken:?}");
    }
}
