//! Consents: what a person agrees to, each with a text and a tick of its own. What the law of a country demands of them is data: `law.rs`.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, LegalProfile, Localized};
use crate::check::Findings;

/// Each is a tick of its own: who is asked for more reads none of them.
const CONSENTS_MAX: usize = 20;
/// The longest text that can be agreed to. Unit: characters.
const TEXT_CHARACTERS_MAX: usize = 20_000;
/// A title stands beside its tick. Unit: characters.
const TITLE_CHARACTERS_MAX: usize = 160;
/// A summary is read at a glance. Unit: characters.
const SUMMARY_CHARACTERS_MAX: usize = 400;

/// Something that a person agrees to. Its version is the text itself: whoever changes a word is agreed with anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = ConsentSettings)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The purpose: 1 to 32 of `a-z 0-9 -`. The ledger remembers it: give another purpose another one.
    pub id: String,
    /// What of the legal profile it covers. Default: nothing.
    #[serde(default)]
    pub covers: Vec<ConsentSubject>,
    /// Whether nothing can be asked without it. Default: false.
    #[serde(default)]
    pub required: bool,
    /// When it is asked for; a required one always before the first question. Default: `before_first_question`.
    #[serde(default)]
    pub asked: ConsentMoment,
    /// What is agreed to, beside the tick, by language: at most 160 characters.
    pub title: Localized,
    /// The gist in a sentence or two, by language: at most 400 characters.
    pub summary: Localized,
    /// The whole text, by language: paragraphs with empty lines between them, no markup, at most 20000 characters.
    pub text: Localized,
}

/// When a consent is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentMoment {
    /// Beside the question, until it is given.
    #[default]
    BeforeFirstQuestion,
    /// Never by itself: it can be given in the profile.
    Profile,
}

/// What law asks consent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentSubject {
    /// Medical intervention, and its being at a distance.
    Treatment,
    /// Processing of personal data.
    PersonalData,
    /// Processing of what is said about health: a special category.
    HealthData,
}

impl ConsentSubject {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::PersonalData => "personal_data",
            Self::HealthData => "health_data",
        }
    }
}

impl Brand {
    /// The consent of a purpose.
    pub fn consent(&self, purpose: &str) -> Option<&Consent> {
        self.consents.iter().find(|consent| consent.id == purpose)
    }

    pub(super) fn check_consents(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for consent in &self.consents {
            check_id("consents", &consent.id, &mut ids, found);
            self.check_consent(consent, found);
        }
        if self.consents.len() > CONSENTS_MAX {
            let what = format!("there are more than {CONSENTS_MAX}");
            found
                .refuse("consents", what, "Keep those that law or honesty ask for.")
                .code("too_many")
                .with("most", CONSENTS_MAX);
        }
        self.check_law(found);
    }

    fn check_consent(&self, consent: &Consent, found: &mut Findings) {
        let key = |name: &str| format!("consents.{}.{name}", consent.id);
        for (name, text, most) in [
            ("title", &consent.title, TITLE_CHARACTERS_MAX),
            ("summary", &consent.summary, SUMMARY_CHARACTERS_MAX),
            ("text", &consent.text, TEXT_CHARACTERS_MAX),
        ] {
            self.check_localized(&key(name), text, found);
            Self::check_length(&key(name), text, most, found);
        }
        if consent.required && consent.asked == ConsentMoment::Profile {
            let remedy = "Nobody finds it there in time: remove `asked`, or make it optional.";
            found
                .refuse(&key("asked"), "a required consent is asked for before the first question", remedy)
                .code("required_first");
        }
    }

    /// Whether required consents cover what a legal profile demands, and keep apart what it keeps apart.
    pub(super) fn check_demanded_consents(&self, profile: &LegalProfile, found: &mut Findings) {
        let required = self.consents.iter().filter(|consent| consent.required);
        let covered: BTreeSet<ConsentSubject> = required.flat_map(|consent| consent.covers.clone()).collect();
        for subject in profile.subjects().filter(|subject| !covered.contains(subject)) {
            let what = format!("`{}` demands a required consent that covers `{}`", profile.id, subject.as_str());
            let remedy = format!("Add [[consents]] with `covers = [\"{}\"]` and `required = true`.", subject.as_str());
            found.refuse("legal_profile", what, remedy).code("profile_demands").with("subject", subject.as_str());
        }
        for consent in self.consents.iter().filter(|consent| profile.keeps_apart(&consent.covers)) {
            let covers: Vec<_> = consent.covers.iter().map(|subject| subject.as_str()).collect();
            let what = format!("`{}` demands a consent of its own for some of {}", profile.id, covers.join(", "));
            let remedy = "Write one for each, with its own text.";
            found.refuse(&format!("consents.{}.covers", consent.id), what, remedy).code("apart");
        }
    }
}
