//! Settings as supervisors see them.

use consilium_config::Brand;
use consilium_config::brand::{Localized, Queue, REQUIRED_TEXTS, Section};
use serde_json::Value;

use super::Presenter;
use crate::api::types::{
    Settings, SettingsChecked, SettingsChoice, SettingsChoices, SettingsDifference, SettingsDocument, SettingsHistory,
    SettingsKind, SettingsOrigin, SettingsSection, SettingsVersion,
};
use crate::ids::QueueId;
use crate::settings::{Checked, Difference, Version, differences};

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
            required_texts: REQUIRED_TEXTS.map(str::to_owned).to_vec(),
            time_zone: brand.time_zone.clone(),
            currency: brand.currency.clone(),
        }
    }

    /// A section with what it says; `None`: there never was one.
    pub fn settings_document(&self, section: &Section, newest: Option<&Version>) -> Option<SettingsDocument> {
        let brand = self.tenant.brand();
        let content = brand.content(section);
        if content.is_none() && newest.is_none() {
            return None;
        }
        let section = self.settings_section(&brand, section, newest);
        Some(SettingsDocument { section, content: content.unwrap_or_default() })
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
            | Section::Rules
            | Section::Fields => None,
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
        SettingsChecked { errors: checked.errors, differences, hours }
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

fn kind(section: &Section) -> SettingsKind {
    match section {
        Section::Queues => SettingsKind::Queues,
        Section::Queue(_) => SettingsKind::Queue,
        Section::Holidays => SettingsKind::Holidays,
        Section::Texts => SettingsKind::Texts,
        Section::Contacts => SettingsKind::Contacts,
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
