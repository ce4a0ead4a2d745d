//! The colour roles of a brand, light and dark, and the pairs of them that must be readable on one another.

use serde::Serialize;

use super::Colors;
use super::color::{CONTRAST_CONTROL, CONTRAST_TEXT, Color, Oklch};

/// All roles on a light and on a dark ground.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Palettes {
    /// On light ground.
    pub light: Palette,
    /// On dark ground.
    pub dark: Palette,
}

/// The colour of each role. The names are the apps' token names, with `-` for `_`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Palette {
    /// Ground of a page.
    pub surface: Color,
    /// Ground of what lies on the page: cards, menus, dialogs.
    pub surface_raised: Color,
    /// Ground of what lies below the page: wells, code, the other side's message.
    pub surface_sunken: Color,
    /// Text.
    pub text: Color,
    /// Text that matters less.
    pub text_muted: Color,
    /// Line between things; decoration only.
    pub line: Color,
    /// Edge of a control that has no other sign of where it ends.
    pub line_strong: Color,
    /// Buttons, links, focus ring.
    pub brand: Color,
    /// Text on `brand`.
    pub on_brand: Color,
    /// Ground tinted by the brand: one's own message, a selected row.
    pub brand_soft: Color,
    /// Small accents: badges, counts.
    pub accent: Color,
    /// Text on `accent`.
    pub on_accent: Color,
    /// It worked.
    pub success: Color,
    /// Take care.
    pub warning: Color,
    /// It failed, or it destroys.
    pub danger: Color,
    /// Worth knowing.
    pub info: Color,
    /// Notes of the staff.
    pub note: Color,
}

/// Lightness of the roles on one ground.
struct Ground {
    surface: f64,
    raised: f64,
    sunken: f64,
    text: f64,
    text_muted: f64,
    line: f64,
    line_strong: f64,
    brand_soft: f64,
    state: f64,
}

const LIGHT: Ground = Ground {
    surface: 0.985,
    raised: 1.0,
    sunken: 0.955,
    text: 0.22,
    text_muted: 0.45,
    line: 0.89,
    line_strong: 0.62,
    brand_soft: 0.945,
    state: 0.48,
};
const DARK: Ground = Ground {
    surface: 0.19,
    raised: 0.235,
    sunken: 0.155,
    text: 0.94,
    text_muted: 0.75,
    line: 0.34,
    line_strong: 0.58,
    brand_soft: 0.29,
    state: 0.79,
};

/// Colourfulness of grounds, lines and text, which carry a breath of the brand's hue.
const CHROMA_NEUTRAL: f64 = 0.008;
const CHROMA_SOFT: f64 = 0.045;
const CHROMA_STATE: f64 = 0.13;
/// On dark ground the brand's colours are at least this light.
const DARK_BRAND_LIGHTNESS: f64 = 0.74;
const HUE_SUCCESS: f64 = 152.0;
const HUE_WARNING: f64 = 70.0;
const HUE_DANGER: f64 = 27.0;
const HUE_INFO: f64 = 245.0;
const HUE_NOTE: f64 = 95.0;

impl Palettes {
    /// The roles of these colours.
    pub fn derive(colors: &Colors) -> Self {
        let lighter = |color: Color| {
            let color = color.oklch();
            Oklch { lightness: color.lightness.max(DARK_BRAND_LIGHTNESS), ..color }.to_color()
        };
        let hue = colors.brand.oklch();
        Self {
            light: palette(&LIGHT, hue, colors.brand, colors.accent),
            dark: palette(&DARK, hue, lighter(colors.brand), lighter(colors.accent)),
        }
    }
}

fn palette(ground: &Ground, of: Oklch, brand: Color, accent: Color) -> Palette {
    let tinted = |lightness, chroma: f64| Oklch { lightness, chroma: chroma.min(of.chroma), hue: of.hue }.to_color();
    let neutral = |lightness| tinted(lightness, CHROMA_NEUTRAL);
    let state = |hue| Oklch { lightness: ground.state, chroma: CHROMA_STATE, hue }.to_color();
    Palette {
        surface: neutral(ground.surface),
        surface_raised: neutral(ground.raised),
        surface_sunken: neutral(ground.sunken),
        text: neutral(ground.text),
        text_muted: neutral(ground.text_muted),
        line: neutral(ground.line),
        line_strong: neutral(ground.line_strong),
        brand,
        on_brand: text_on(brand),
        brand_soft: tinted(ground.brand_soft, CHROMA_SOFT),
        accent,
        on_accent: text_on(accent),
        success: state(HUE_SUCCESS),
        warning: state(HUE_WARNING),
        danger: state(HUE_DANGER),
        info: state(HUE_INFO),
        note: state(HUE_NOTE),
    }
}

/// White or near-black, whichever is easier to read on `ground`; white where both are readable.
fn text_on(ground: Color) -> Color {
    const WHITE: Color = Color::rgb(255, 255, 255);
    const INK: Color = Color::rgb(16, 18, 20);
    let white = WHITE.contrast(ground);
    if white >= CONTRAST_TEXT || white >= INK.contrast(ground) { WHITE } else { INK }
}

/// A pair that cannot be told apart well enough.
#[derive(Debug, Clone, PartialEq)]
pub struct LowContrast {
    /// `light` or `dark`.
    pub ground: &'static str,
    /// Role and colour in front.
    pub front: (&'static str, Color),
    /// Role and colour behind.
    pub back: (&'static str, Color),
    /// What was measured.
    pub contrast: f64,
    /// What is needed.
    pub needed: f64,
}

impl Palettes {
    /// Every pair that is used together and fails WCAG 2.2 AA, light ground first.
    pub fn low_contrasts(&self) -> Vec<LowContrast> {
        let mut found = self.light.low_contrasts("light");
        found.extend(self.dark.low_contrasts("dark"));
        found
    }
}

impl Palette {
    fn low_contrasts(&self, ground: &'static str) -> Vec<LowContrast> {
        let surfaces = [
            ("surface", self.surface),
            ("surface-raised", self.surface_raised),
            ("surface-sunken", self.surface_sunken),
            ("brand-soft", self.brand_soft),
        ];
        let texts = [
            ("text", self.text),
            ("text-muted", self.text_muted),
            ("brand", self.brand),
            ("success", self.success),
            ("warning", self.warning),
            ("danger", self.danger),
            ("info", self.info),
            ("note", self.note),
        ];
        let signs = [("accent", self.accent), ("line-strong", self.line_strong)];
        let on = |fronts: &[(&'static str, Color)], needed| {
            let fronts = fronts.to_vec();
            surfaces
                .into_iter()
                .flat_map(move |back| fronts.clone().into_iter().map(move |front| (front, back, needed)))
        };
        let filled = [
            (("on-brand", self.on_brand), ("brand", self.brand), CONTRAST_TEXT),
            (("on-accent", self.on_accent), ("accent", self.accent), CONTRAST_TEXT),
        ];
        on(&texts, CONTRAST_TEXT)
            .chain(on(&signs, CONTRAST_CONTROL))
            .chain(filled)
            .filter_map(|(front, back, needed)| {
                let contrast = front.1.contrast(back.1);
                (contrast < needed).then_some(LowContrast { ground, front, back, contrast, needed })
            })
            .collect()
    }
}

/// The nearest darker colours that pass everywhere, for the remedy of a refusal.
pub fn nearest_passing(colors: &Colors) -> Colors {
    let mut passing = colors.clone();
    for _ in 0..100 {
        let found = Palettes::derive(&passing).low_contrasts();
        let fails = |role: &str| found.iter().any(|pair| pair.front.0 == role || pair.back.0 == role);
        if found.is_empty() {
            break;
        }
        if fails("brand") {
            passing.brand = darker(passing.brand);
        }
        if fails("accent") {
            passing.accent = darker(passing.accent);
        }
    }
    passing
}

fn darker(color: Color) -> Color {
    let color = color.oklch();
    Oklch { lightness: (color.lightness - 0.01).max(0.0), ..color }.to_color()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn colors(brand: &str, accent: &str) -> Colors {
        Colors { brand: brand.to_owned().try_into().unwrap(), accent: accent.to_owned().try_into().unwrap() }
    }

    #[test]
    fn a_readable_brand_passes_on_both_grounds() {
        assert_eq!(Palettes::derive(&colors("#0b6e5f", "#c2410c")).low_contrasts(), []);
    }

    #[test]
    fn a_yellow_brand_is_refused_on_light_ground_and_a_darker_one_named() {
        let yellow = colors("#ffd400", "#c2410c");
        let found = Palettes::derive(&yellow).low_contrasts();
        assert!(!found.is_empty());
        assert!(found.iter().all(|pair| pair.front.0 == "brand" && pair.ground == "light"), "{found:?}");
        let passing = nearest_passing(&yellow);
        assert_eq!(Palettes::derive(&passing).low_contrasts(), []);
        assert!((passing.brand.oklch().hue - yellow.brand.oklch().hue).abs() < 12.0);
    }

    #[test]
    fn only_what_the_partner_chose_can_fail() {
        for hue in (0..360).step_by(5) {
            for chroma in [0.0, 0.05, 0.12, 0.25] {
                let brand = Oklch { lightness: 0.42, chroma, hue: f64::from(hue) }.to_color();
                let found = Palettes::derive(&Colors { brand, accent: brand }).low_contrasts();
                assert_eq!(found, [], "hue {hue}, chroma {chroma}");
            }
        }
    }
}
