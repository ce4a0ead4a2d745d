//! The sections of a conclusion: those of the template, what they may say, and which are missing. Pure.
//!
//! A template may change while conclusions exist: what was written in a section that is gone stays at the end, under its code.

use consilium_config::brand::ConclusionTemplate;
use serde::{Deserialize, Serialize};

use crate::api::types::{FieldError, SectionText};
use crate::letters;

/// Longest section. Unit: characters; two pages.
pub(super) const SECTION_CHARACTERS_MAX: usize = 8_000;
/// Longest conclusion, all sections together. Unit: characters; in two-byte letters it still fits into a request.
pub(super) const CHARACTERS_MAX: usize = 24_000;
/// Longest reason of an amendment. Unit: characters.
const REASON_CHARACTERS_MAX: usize = 1_000;

/// One section as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The template's code.
    pub code: String,
    /// Heading, in the document's language.
    pub title: String,
    /// What to write here, for the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether it cannot be signed without.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What it says; empty: nothing.
    pub text: String,
}

/// Languages of the texts of a template.
#[derive(Debug, Clone, Copy)]
pub struct Tongue<'a> {
    /// That of the document.
    pub language: &'a str,
    /// That of the brand, where the document's has no text.
    pub default: &'a str,
}

/// The template's sections with what was written in them, in its order; behind them what was written in sections that are gone.
pub(super) fn laid_out(template: &ConclusionTemplate, tongue: Tongue<'_>, written: &[SectionText]) -> Vec<Section> {
    let text_of = |code: &str| written.iter().find(|text| text.code == code).map(|text| text.text.clone());
    let known = template.sections.iter().map(|section| Section {
        code: section.code.clone(),
        title: section.title.get(tongue.language, tongue.default).to_owned(),
        hint: section.hint.as_ref().map(|hint| hint.get(tongue.language, tongue.default).to_owned()),
        required: section.required,
        text: text_of(&section.code).unwrap_or_default(),
    });
    let is_gone = |text: &&SectionText| template.sections.iter().all(|section| section.code != text.code);
    let gone = written.iter().filter(is_gone).filter(|text| !text.text.is_empty()).map(|text| Section {
        code: text.code.clone(),
        title: text.code.clone(),
        hint: None,
        required: false,
        text: text.text.clone(),
    });
    known.chain(gone).collect()
}

/// What is to be saved, if it can be: sections of the template, or such as were there before.
pub(super) fn checked(
    template: &ConclusionTemplate,
    before: &[SectionText],
    sections: Vec<SectionText>,
) -> Result<Vec<SectionText>, Vec<FieldError>> {
    let is_known = |code: &str| {
        template.sections.iter().any(|section| section.code == code) || before.iter().any(|text| text.code == code)
    };
    let mut errors = Vec::new();
    for (place, section) in sections.iter().enumerate() {
        let is_twice = sections[..place].iter().any(|earlier| earlier.code == section.code);
        if is_twice || !is_known(&section.code) {
            errors.push(field("sections", "each a section of the template, once"));
        } else if let Some(error) = wrong(section) {
            errors.push(error);
        }
    }
    if sections.iter().map(|section| section.text.chars().count()).sum::<usize>() > CHARACTERS_MAX {
        errors.push(field("sections", format!("at most {CHARACTERS_MAX} characters in all")));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let trimmed =
        sections.into_iter().map(|section| SectionText { text: section.text.trim_end().to_owned(), ..section });
    Ok(trimmed.filter(|section| !section.text.is_empty()).collect())
}

fn wrong(section: &SectionText) -> Option<FieldError> {
    let name = format!("sections.{}", section.code);
    if section.text.chars().count() > SECTION_CHARACTERS_MAX {
        return Some(field(name, format!("at most {SECTION_CHARACTERS_MAX} characters")));
    }
    letters::has_stray_control(&section.text).then(|| field(name, "text without control characters"))
}

/// What is missing before it can be signed; empty: nothing.
pub(super) fn missing(sections: &[Section]) -> Vec<FieldError> {
    let is_empty = |section: &&Section| section.text.trim().is_empty();
    let required = sections.iter().filter(|section| section.required).filter(is_empty);
    let mut errors: Vec<_> =
        required.map(|section| field(format!("sections.{}", section.code), "it cannot be signed without")).collect();
    if errors.is_empty() && sections.iter().all(|section| section.text.trim().is_empty()) {
        errors.push(field("sections", "nothing is written"));
    }
    errors
}

/// Why a version is replaced, on one line.
pub(super) fn checked_reason(reason: &str) -> Result<String, FieldError> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = reason.chars().count();
    if length == 0 || length > REASON_CHARACTERS_MAX || letters::has_control(&reason) {
        return Err(field("reason", format!("1 to {REASON_CHARACTERS_MAX} characters")));
    }
    Ok(reason)
}

pub(super) fn field(name: impl Into<String>, message: impl Into<String>) -> FieldError {
    FieldError::new(name, message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use consilium_config::brand::{ConclusionSection, ConclusionTemplate, Localized};

    use super::{SECTION_CHARACTERS_MAX, Tongue, checked, checked_reason, laid_out, missing};
    use crate::api::types::SectionText;

    const TONGUE: Tongue<'static> = Tongue { language: "ru", default: "en" };

    fn template() -> ConclusionTemplate {
        let section = |code: &str, title: &str, required| ConclusionSection {
            code: code.to_owned(),
            title: Localized::from([("en", code), ("ru", title)]),
            hint: None,
            required,
        };
        ConclusionTemplate {
            id: "visit".to_owned(),
            title: Localized::from([("en", "Conclusion"), ("ru", "Заключение")]),
            sections: vec![section("complaint", "Жалобы", false), section("advice", "Рекомендации", true)],
        }
    }

    fn text(code: &str, text: &str) -> SectionText {
        SectionText { code: code.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn sections_stand_in_the_templates_order_and_what_lost_its_section_is_kept() {
        let written = [text("gone", "old"), text("advice", "rest"), text("empty", "")];
        let sections = laid_out(&template(), TONGUE, &written);
        let shown: Vec<_> = sections.iter().map(|section| (section.title.as_str(), section.text.as_str())).collect();
        assert_eq!(shown, [("Жалобы", ""), ("Рекомендации", "rest"), ("gone", "old")]);
    }

    #[test]
    fn what_cannot_be_saved_says_where() {
        let save = |sections| checked(&template(), &[text("gone", "old")], sections);
        assert_eq!(save(vec![text("advice", "rest \n"), text("complaint", "  ")]).unwrap(), [text("advice", "rest")]);
        assert!(save(vec![text("gone", "older")]).is_ok());
        let fields = |sections| {
            let errors = save(sections).unwrap_err();
            errors.into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(vec![text("unknown", "t")]), ["sections"]);
        assert_eq!(fields(vec![text("advice", "a"), text("advice", "b")]), ["sections"]);
        assert_eq!(fields(vec![text("advice", "a\u{0}")]), ["sections.advice"]);
        assert_eq!(fields(vec![text("advice", &"я".repeat(SECTION_CHARACTERS_MAX + 1))]), ["sections.advice"]);
        let long = "я".repeat(SECTION_CHARACTERS_MAX);
        let four: Vec<_> = ["gone", "advice", "complaint"].iter().map(|code| text(code, &long)).collect();
        assert!(save(four).is_ok(), "24,000 in all");
    }

    #[test]
    fn what_is_required_is_missed() {
        let sections = |written: &[SectionText]| missing(&laid_out(&template(), TONGUE, written));
        assert_eq!(sections(&[text("complaint", "pain")]).first().unwrap().field, "sections.advice");
        assert!(sections(&[text("advice", "rest")]).is_empty());
    }

    #[test]
    fn a_reason_is_one_line() {
        assert_eq!(checked_reason("  a slip\n of the pen ").unwrap(), "a slip of the pen");
        for reason in ["", " \n", &"я".repeat(1_001), "a\u{0}b"] {
            assert_eq!(checked_reason(reason).unwrap_err().field, "reason");
        }
    }
}
