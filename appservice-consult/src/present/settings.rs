//! Settings as supervisors see them.

use consilium_config::Brand;
use consilium_config::brand::{self, Consent, Localized, Queue, REQUIRED_TEXTS, Section};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Presenter;
use crate::api::types::{
    LegalProfile, Settings, SettingsChecked, SettingsChoice, SettingsChoices, SettingsDifference, SettingsDocument,
    SettingsEffect, SettingsHistory, SettingsKind, SettingsOrigin, SettingsSection, SettingsText, SettingsVersion,
};
use crate::consent;
use crate::ids::QueueId;
use crate::operator;
use crate::retention::Standing;
use crate::settings::{Checked, Difference, Effect, Version, differences};

/// Versions shown at once.
pub const HISTORY_PAGE: usize = 50;

impl Presenter<'_> {
    /// All sections: those that hold, and those that were removed.
    pub fn settings(&self, mut newest: Vec<Version>) -> Settings {
        let brand = self.tenant.brand();
        let mut sections = Vec::new();
        for section in brand.sections() {
            let name = section.to_string();
            let place = newest.iter().position(|version| version.section == name);
            let version = place.map(|place| newest.swap_remove(place));
            sections.push(self.settings_section(&brand, &section, version.as_ref()));
        }
        newest.sort_by(|one, other| one.section.cmp(&other.section));
        for version in &newest {
            if let Ok(section) = version.section.parse() {
                sections.push(self.settings_section(&brand, &section, Some(version)));
            }
        }
        Settings { sections, choices: self.settings_choices(&brand) }
    }

    fn settings_choices(&self, brand: &Brand) -> SettingsChoices {
        let (circles, retention) = (brand.circles.iter(), brand.retention.iter());
        SettingsChoices {
            circles: circles.map(|circle| self.settings_choice(&circle.id, &circle.name)).collect(),
            retention: retention.map(|class| self.settings_choice(&class.id, &class.name)).collect(),
            legal_profiles: brand.laws().map(|law| self.law(law)).collect(),
            required_texts: REQUIRED_TEXTS.map(str::to_owned).to_vec(),
            time_zone: brand.time_zone.clone(),
            currency: brand.currency.clone(),
        }
    }

    fn law(&self, law: &brand::LegalProfile) -> LegalProfile {
        LegalProfile {
            id: law.id.clone(),
            name: self.text(&law.name),
            source: law.source.as_ref().map(|source| self.text(source)),
            consents: law.consents.iter().map(|group| group.covers.clone()).collect(),
            documents: law.documents.clone(),
        }
    }

    /// A section with what it says; `None`: there never was one.
    pub fn settings_document(&self, section: &Section, newest: Option<&Version>) -> Option<SettingsDocument> {
        let brand = self.tenant.brand();
        let content = brand.content(section);
        if content.is_none() && newest.is_none() {
            return None;
        }
        let texts = hashed(&brand, section);
        let section = self.settings_section(&brand, section, newest);
        Some(SettingsDocument { section, content: content.unwrap_or_default(), texts })
    }

    fn settings_section(&self, brand: &Brand, section: &Section, newest: Option<&Version>) -> SettingsSection {
        let title = match section {
            Section::Queue(id) => Some(brand.queue(id).map_or_else(|| id.clone(), |queue| self.text(&queue.name))),
            Section::Conclusion(id) => {
                let template = brand.conclusions.iter().find(|template| template.id == *id);
                Some(template.map_or_else(|| id.clone(), |template| self.text(&template.title)))
            }
            Section::Questionnaire(id) => {
                let asked = brand.questionnaires.iter().find(|asked| asked.id == *id);
                Some(asked.map_or_else(|| id.clone(), |asked| self.text(&asked.title)))
            }
            Section::Rule(id) => Some(brand.rule(id).map_or_else(|| id.clone(), |rule| self.text(&rule.name))),
            Section::Queues
            | Section::Holidays
            | Section::Texts
            | Section::Contacts
            | Section::CallbackForm
            | Section::Legal
            | Section::Consents
            | Section::Retention
            | Section::Statuses
            | Section::Fields
            | Section::Rules => None,
        };
        let holds = brand.content(section);
        let origin = match newest {
            None => SettingsOrigin::Folder,
            Some(version) => self.settings_origin(brand, section, version),
        };
        SettingsSection {
            section: section.to_string(),
            kind: kind(section),
            title,
            version: newest.map_or(0, |version| version.version),
            origin,
            is_there: holds.is_some(),
            is_on: !matches!(section, Section::Rule(id) if brand.rule(id).is_some_and(|rule| !rule.on)),
            changed_at: newest.map(|version| version.at),
            changed_by: newest.map(|version| self.operator_ref(&version.by)),
            used_by: self.queues_by(brand, section),
        }
    }

    /// The queues that go by a template or a questionnaire.
    fn queues_by(&self, brand: &Brand, section: &Section) -> Vec<SettingsChoice> {
        let goes_by = |queue: &&Queue| match section {
            Section::Conclusion(id) => brand.conclusion_template(queue).is_some_and(|template| template.id == *id),
            Section::Questionnaire(id) => queue.questionnaire.as_ref() == Some(id),
            Section::Queue(_)
            | Section::Queues
            | Section::Holidays
            | Section::Texts
            | Section::Contacts
            | Section::CallbackForm
            | Section::Legal
            | Section::Consents
            | Section::Retention
            | Section::Statuses
            | Section::Rule(_)
            | Section::Rules
            | Section::Fields => false,
        };
        brand.queues.iter().filter(goes_by).map(|queue| self.settings_choice(&queue.id, &queue.name)).collect()
    }

    fn settings_choice(&self, id: &str, name: &Localized) -> SettingsChoice {
        SettingsChoice { id: id.to_owned(), name: self.text(name) }
    }

    /// How a section that was changed stands to what holds, and to what the folder says now.
    fn settings_origin(&self, brand: &Brand, section: &Section, version: &Version) -> SettingsOrigin {
        let (holds, folder) = (brand.content(section), self.tenant.folder.content(section));
        if brand.normal(section, version.content.as_ref()) != holds {
            SettingsOrigin::SetAside
        } else if brand.normal(section, version.folder.as_ref()) != folder && holds != folder {
            SettingsOrigin::FolderDiffers
        } else {
            SettingsOrigin::Console
        }
    }

    /// How a content would do.
    pub fn settings_checked(&self, section: &Section, checked: Checked) -> SettingsChecked {
        let hours = match (section, &checked.brand) {
            (Section::Queue(id), Some(brand)) => self.hours_of(brand, &QueueId::from(id.as_str())),
            _ => None,
        };
        let differences = checked.differences.into_iter().map(difference).collect();
        let effects = checked.effects.into_iter().map(|effect| self.settings_effect(effect)).collect();
        SettingsChecked { errors: checked.errors, differences, hours, effects }
    }

    /// What a change would come to, with the names of what it is about.
    fn settings_effect(&self, effect: Effect) -> SettingsEffect {
        let brand = self.tenant.brand();
        match effect {
            Effect::AskedAnew { purpose, agreements, required } => {
                let name = brand.consent(&purpose).map_or_else(|| purpose.clone(), |known| self.text(&known.title));
                SettingsEffect::AskedAnew { purpose, name, agreements, required }
            }
            Effect::Kept { class, standing, new_at } => {
                let known = brand.retention.iter().find(|known| known.id == class);
                let name = known.map_or_else(|| class.clone(), |known| self.text(&known.name));
                let Standing { records, held, first_at, last_at } = standing;
                SettingsEffect::Kept { class, name, records, held, first_at, last_at, new_at }
            }
            Effect::Classified { records } => SettingsEffect::Classified { records },
        }
    }

    /// Versions, newest first, each with what it changed. One more than are shown is given, where there are more.
    pub fn settings_history(&self, section: &Section, versions: &[Version]) -> SettingsHistory {
        let brand = self.tenant.brand();
        // As they are read today: what a release adds is no change of anybody's.
        let read = |content: Option<&Value>| brand.normal(section, content);
        let shown = versions.iter().zip(1..).take(HISTORY_PAGE).map(|(version, next)| {
            // The first version was made over the folder.
            let before = versions.get(next).map_or(version.folder.as_ref(), |before| before.content.as_ref());
            SettingsVersion {
                version: version.version,
                at: version.at,
                by: self.operator_ref(&version.by),
                note: version.note.clone(),
                restores: version.restores,
                removed: version.content.is_none(),
                differences: told(read(before).as_ref(), read(version.content.as_ref()).as_ref()),
            }
        });
        let shown: Vec<_> = shown.collect();
        let has_more = versions.len() > HISTORY_PAGE;
        let next_before = shown.last().filter(|_| has_more).map(|last| last.version);
        SettingsHistory { versions: shown, next_before }
    }
}

impl Presenter<'_> {
    /// Versions of a member of staff, newest first, each with what it changed.
    pub fn operator_history(&self, versions: &[operator::Version]) -> SettingsHistory {
        let json = |profile: &operator::Profile| serde_json::to_value(profile).ok();
        let shown = versions.iter().take(HISTORY_PAGE).map(|version| SettingsVersion {
            version: version.version,
            at: version.at,
            by: self.operator_ref(&version.by),
            note: None,
            restores: version.restores,
            removed: false,
            differences: told(json(&version.before).as_ref(), json(&version.content).as_ref()),
        });
        let shown: Vec<_> = shown.collect();
        let has_more = versions.len() > HISTORY_PAGE;
        let next_before = shown.last().filter(|_| has_more).map(|last| last.version);
        SettingsHistory { versions: shown, next_before }
    }
}

/// The texts of a section that people agree to or read as documents, with their hashes.
fn hashed(brand: &Brand, section: &Section) -> Vec<SettingsText> {
    let sha256 = |text: &str| hex::encode(Sha256::digest(text.as_bytes()));
    let each = |field: String, text: &Localized| -> Vec<SettingsText> {
        let known = text.iter().map(|(language, text)| (language.to_owned(), sha256(text)));
        known.map(|(language, hash)| SettingsText { field: field.clone(), language, hash }).collect()
    };
    match section {
        // As the evidence of a call-back has it.
        Section::CallbackForm => {
            brand.callback_form.iter().flat_map(|form| each("form".to_owned(), &form.consent)).collect()
        }
        Section::Legal => {
            let own = brand.legal.iter().filter_map(|document| Some((&document.id, document.texts.as_ref()?)));
            own.flat_map(|(id, texts)| each(format!("documents.{id}"), texts)).collect()
        }
        // As the ledger has it.
        Section::Consents => {
            let texts = |one: &Consent| {
                let known = brand.languages.iter().cloned().zip(consent::hashes(brand, one));
                let field = format!("consents.{}", one.id);
                known.map(|(language, hash)| SettingsText { field: field.clone(), language, hash }).collect::<Vec<_>>()
            };
            brand.consents.iter().flat_map(texts).collect()
        }
        _ => Vec::new(),
    }
}

fn kind(section: &Section) -> SettingsKind {
    match section {
        Section::Queues => SettingsKind::Queues,
        Section::Queue(_) => SettingsKind::Queue,
        Section::Holidays => SettingsKind::Holidays,
        Section::Texts => SettingsKind::Texts,
        Section::Contacts => SettingsKind::Contacts,
        Section::CallbackForm => SettingsKind::CallbackForm,
        Section::Legal => SettingsKind::Legal,
        Section::Consents => SettingsKind::Consents,
        Section::Retention => SettingsKind::Retention,
        Section::Statuses => SettingsKind::Statuses,
        Section::Fields => SettingsKind::Fields,
        Section::Conclusion(_) => SettingsKind::Conclusion,
        Section::Questionnaire(_) => SettingsKind::Questionnaire,
        Section::Rule(_) => SettingsKind::Rule,
        Section::Rules => SettingsKind::Rules,
    }
}

fn told(before: Option<&Value>, after: Option<&Value>) -> Vec<SettingsDifference> {
    differences(before, after).into_iter().map(difference).collect()
}

fn difference(one: Difference) -> SettingsDifference {
    SettingsDifference {
        field: one.field,
        before: one.before.unwrap_or_default(),
        after: one.after.unwrap_or_default(),
    }
}
