//! Fonts and shaping: which font has a letter, and how wide a text is.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

use crate::conclusion::ConclusionError;

const REGULAR: &[u8] = include_bytes!("../../../fonts/GolosText-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../fonts/GolosText-SemiBold.ttf");
const FALLBACK: &[u8] = include_bytes!("../../../fonts/NotoSans-Regular.ttf");

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Text.
    Regular,
    /// Headings and names.
    Bold,
}

struct Loaded {
    font: Font,
    face: Face<'static>,
}

impl Loaded {
    fn new(bytes: &'static [u8]) -> Result<Self, ConclusionError> {
        let broken = || ConclusionError::Pdf("a font of the service does not load".to_owned());
        let font = Font::new(bytes.into(), 0).ok_or_else(broken)?;
        Ok(Self { font, face: Face::from_slice(bytes, 0).ok_or_else(broken)? })
    }

    fn has(&self, letter: char) -> bool {
        self.face.glyph_index(letter).is_some()
    }
}

/// The fonts of a document.
pub(super) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    fallback: Loaded,
}

/// A part of a line that one font has.
pub(super) struct Run {
    pub(super) font: Font,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Unit: em.
    pub(super) width: f32,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, ConclusionError> {
        Ok(Self { regular: Loaded::new(REGULAR)?, bold: Loaded::new(BOLD)?, fallback: Loaded::new(FALLBACK)? })
    }

    /// A text in runs of one font each.
    pub(super) fn shape(&self, text: &str, weight: Weight) -> Vec<Run> {
        let main = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let mut runs = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let falls_back = |letter: char| !main.has(letter) && self.fallback.has(letter);
            let is_other = falls_back(first);
            let end = rest.find(|letter| falls_back(letter) != is_other).unwrap_or(rest.len());
            let (part, behind) = rest.split_at(end);
            runs.push(shaped(if is_other { &self.fallback } else { main }, part));
            rest = behind;
        }
        runs
    }

    /// How wide a text is. Unit: em.
    pub(super) fn width(&self, text: &str, weight: Weight) -> f32 {
        self.shape(text, weight).iter().map(|run| run.width).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "advances of glyphs are far below 2^24 units")]
fn shaped(loaded: &Loaded, text: &str) -> Run {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(rustybuzz::Direction::LeftToRight);
    let output = rustybuzz::shape(&loaded.face, &[], buffer);
    let em = loaded.font.units_per_em();
    let (infos, positions) = (output.glyph_infos(), output.glyph_positions());
    let starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    let glyphs: Vec<KrillaGlyph> = infos
        .iter()
        .zip(positions)
        .enumerate()
        .map(|(place, (info, position))| {
            let start = starts[place];
            let end = starts[place..].iter().copied().find(|next| *next > start).unwrap_or(text.len());
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                position.x_advance as f32 / em,
                position.x_offset as f32 / em,
                position.y_offset as f32 / em,
                position.y_advance as f32 / em,
                start..end,
                None,
            )
        })
        .collect();
    let width = positions.iter().map(|position| position.x_advance as f32 / em).sum();
    Run { font: loaded.font.clone(), text: text.to_owned(), glyphs, width }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Fonts, Weight};

    #[test]
    fn a_letter_that_the_font_lacks_comes_from_the_other() {
        let fonts = Fonts::load().unwrap();
        let runs = fonts.shape("приём β-блокаторов ≤ 5", Weight::Regular);
        let texts: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(texts, ["приём ", "β", "-блокаторов ≤ 5"]);
    }

    #[test]
    fn a_heavier_text_is_wider_and_two_are_as_wide_as_both() {
        let fonts = Fonts::load().unwrap();
        assert!(fonts.width("Рекомендации", Weight::Bold) > fonts.width("Рекомендации", Weight::Regular));
        let (one, two) = (fonts.width("ммм", Weight::Regular), fonts.width("мммммм", Weight::Regular));
        assert!((one * 2.0 - two).abs() < 0.01);
    }
}
