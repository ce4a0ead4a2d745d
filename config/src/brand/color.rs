//! Colours: the brand's one or two become the roles that the apps paint with, light and dark, in OKLCH; contrast is measured by WCAG 2.2.
//!
//! The apps derive the same roles from the same numbers; `config/brands/tokens.fixture.json`, generated from here, holds both to it.
//! What the partner chose (`brand`, `accent`) stands unchanged on light ground; everything else is derived, so only those two can fail.
//!
//! Source of `OKLab`: Björn Ottosson, "A perceptual color space for image processing" (2020). Source of contrast: WCAG 2.2 §1.4.3, §1.4.11.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Least contrast of text on its ground (WCAG 2.2 §1.4.3, level AA).
pub const CONTRAST_TEXT: f64 = 4.5;
/// Least contrast of a control or a sign on its ground (WCAG 2.2 §1.4.11, level AA).
pub const CONTRAST_CONTROL: f64 = 3.0;

/// A colour as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

impl Color {
    /// A colour of its three parts, 0 to 255.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Red, green and blue.
    pub const fn channels(self) -> [u8; 3] {
        [self.red, self.green, self.blue]
    }

    /// Contrast with another colour, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// This colour in OKLCH.
    pub fn oklch(self) -> Oklch {
        let rgb = self.linear();
        let lms = multiply(RGB_TO_LMS, rgb).map(f64::cbrt);
        let [lightness, a, b] = multiply(LMS_TO_LAB, lms);
        Oklch { lightness, chroma: a.hypot(b), hue: b.atan2(a).to_degrees().rem_euclid(360.0) }
    }
}

/// A colour in OKLCH.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklch {
    /// Perceived lightness, 0 to 1.
    pub lightness: f64,
    /// Colourfulness, 0 to about 0.37.
    pub chroma: f64,
    /// Unit: degrees.
    pub hue: f64,
}

impl Oklch {
    /// The nearest colour that a screen can show: same lightness and hue, chroma lowered as far as it must be.
    pub fn to_color(self) -> Color {
        let (mut low, mut high) = (0.0, self.chroma);
        if in_gamut(self.linear()) {
            low = high;
        }
        // 24 halvings bring the error below what 8 bits can tell.
        for _ in 0..24 {
            let middle = f64::midpoint(low, high);
            if in_gamut(Self { chroma: middle, ..self }.linear()) { low = middle } else { high = middle }
        }
        let [red, green, blue] = Self { chroma: low, ..self }.linear().map(to_byte);
        Color { red, green, blue }
    }

    fn linear(self) -> [f64; 3] {
        let hue = self.hue.to_radians();
        let lab = [self.lightness, self.chroma * hue.cos(), self.chroma * hue.sin()];
        multiply(LMS_TO_RGB, multiply(LAB_TO_LMS, lab).map(|part| part.powi(3)))
    }
}

fn in_gamut(linear: [f64; 3]) -> bool {
    linear.iter().all(|part| (-0.0001..=1.0001).contains(part))
}

fn to_byte(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let part = if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255 after the clamp")]
    let byte = (part * 255.0).round() as u8;
    byte
}

type Matrix = [[f64; 3]; 3];

fn multiply(matrix: Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

const RGB_TO_LMS: Matrix = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const LMS_TO_LAB: Matrix = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];
const LAB_TO_LMS: Matrix = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548_0],
];
const LMS_TO_RGB: Matrix = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
];

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let refused = || format!("`{text}` is not a colour such as #1f6f5c");
        let digits =
            text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or_else(refused)?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| refused());
        Ok(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((color("#000000").contrast(color("#ffffff")) - 21.0).abs() < 0.001);
        // The grey that the standard's own explanations name as the lightest for text on white.
        assert!((color("#767676").contrast(color("#ffffff")) - 4.54).abs() < 0.01);
        assert!(color("#777777").contrast(color("#ffffff")) < CONTRAST_TEXT);
    }

    #[test]
    fn oklch_is_what_its_author_says() {
        let red = color("#ff0000").oklch();
        assert!(
            (red.lightness - 0.628).abs() < 0.001
                && (red.chroma - 0.258).abs() < 0.001
                && (red.hue - 29.23).abs() < 0.05,
            "{red:?}"
        );
        let white = color("#ffffff").oklch();
        assert!((white.lightness - 1.0).abs() < 0.001 && white.chroma < 0.001, "{white:?}");
    }

    #[test]
    fn every_colour_survives_the_way_there_and_back() {
        for step in 0..4096_u32 {
            let part = |shift: u32| u8::try_from((step >> shift & 15) * 17).unwrap();
            let color = Color::rgb(part(0), part(4), part(8));
            assert_eq!(color.oklch().to_color(), color);
        }
    }

    #[test]
    fn what_no_screen_shows_loses_chroma_and_keeps_lightness() {
        let wanted = Oklch { lightness: 0.7, chroma: 0.4, hue: 150.0 };
        let shown = wanted.to_color().oklch();
        assert!((shown.lightness - 0.7).abs() < 0.01 && shown.chroma < 0.3, "{shown:?}");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#fff", "1f6f5c", "#1f6f5g", "#1f6f5c00", "#дддд"] {
            assert!(Color::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
