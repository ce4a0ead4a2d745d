//! Colours: the brand's one or two become the roles that the apps paint with, light and dark, in OKLCH; their contrast is measured by WCAG 2.2.
//!
//! The apps derive the same roles from the same numbers (`clients/kit/brand`); `config/brands/tokens.fixture.json`, generated from here, holds both to it.
//! Source of OKLab: Björn Ottosson, "A perceptual color space for image processing"; of contrast: WCAG 2.2 §1.4.3 and its relative luminance.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
}

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
