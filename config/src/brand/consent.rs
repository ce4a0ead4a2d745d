//! Consents: what a person agrees to, each with a text and a tick of its own, and what the law of a country demands of them.
//!
//! A legal profile is data: groups of subjects that required consents have to cover. What one group holds may stand in one consent; what different groups hold
//! stands apart. Whether the texts are good is for the partner's lawyer to say.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized};
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

/// The law that a brand keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegalProfile {
    /// Nothing is demanded.
    #[default]
    None,
    /// Russia. Source: 323-FZ art. 20 and 36.2 (treatment, with telemedicine), 152-FZ art. 9 and 10 (personal data, special categories), apart from it.
    Ru,
    /// The European Union. Source: GDPR art. 9(2)(a) (explicit consent to data concerning health).
    Eu,
}

impl ConsentSubject {
    fn as_str(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::PersonalData => "personal_data",
            Self::HealthData => "health_data",
        }
    }
}

impl LegalProfile {
    /// What required consents have to cover, by what may stand in one consent.
    fn demands(self) -> &'static [&'static [ConsentSubject]] {
        use ConsentSubject::{HealthData, PersonalData, Treatment};
        match self {
            Self::None => &[],
            Self::Ru => &[&[Treatment], &[PersonalData, HealthData]],
            Self::Eu => &[&[HealthData]],
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ru => "ru",
            Self::Eu => "eu",
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
        self.check_profile(found);
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

    fn check_profile(&self, found: &mut Findings) {
        let profile = self.legal_profile;
        let covered: BTreeSet<ConsentSubject> = self
            .consents
            .iter()
            .filter(|consent| consent.required)
            .flat_map(|consent| consent.covers.clone())
            .collect();
        for subject in profile.demands().iter().copied().flatten().filter(|subject| !covered.contains(*subject)) {
            let what = format!("`{}` demands a required consent that covers `{}`", profile.as_str(), subject.as_str());
            let remedy = format!("Add [[consents]] with `covers = [\"{}\"]` and `required = true`.", subject.as_str());
            found.refuse("legal_profile", what, remedy).code("profile_demands").with("subject", subject.as_str());
        }
        for consent in &self.consents {
            let groups = profile.demands().iter();
            if groups.filter(|group| group.iter().any(|subject| consent.covers.contains(subject))).count() > 1 {
                let covers: Vec<_> = consent.covers.iter().map(|subject| subject.as_str()).collect();
                let what =
                    format!("`{}` demands a consent of its own for some of {}", profile.as_str(), covers.join(", "));
                let remedy = "Write one for each, with its own text.";
                found.refuse(&format!("consents.{}.covers", consent.id), what, remedy).code("apart");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ConsentSubject, LegalProfile};

    #[test]
    fn no_profile_demands_one_subject_twice() {
        for profile in [LegalProfile::None, LegalProfile::Ru, LegalProfile::Eu] {
            let subjects: Vec<ConsentSubject> = profile.demands().iter().copied().flatten().copied().collect();
            let distinct: std::collections::BTreeSet<_> = subjects.iter().collect();
            assert_eq!(distinct.len(), subjects.len(), "{}", profile.as_str());
        }
    }
}
