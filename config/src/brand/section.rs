//! Sections: the parts of a brand that can be changed while it runs, each a document of its own, with one name, one content and one history.
//!
//! What lives here: which sections there are, their names, reading one out of a brand and writing one into it. Whether what comes out can be used is the
//! business of `check.rs`, the same for a folder and for a change.
//!
//! Another kind of section is another variant with its arm in [`Brand::content`] and `Brand::write`.
//!
//! Deliberately absent: what is no section. Names, languages, country, time zone, currency, colours, logo, circles and features are what conversations, documents
//! and apps were begun with, or need files of the folder. They stay the folder's. Tags, canned
//! replies and macros are only begun by it (`prepared.rs`): the desk keeps its own.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Brand, CallbackForm, ConclusionTemplate, Consent, Contacts, Fields, Holiday, LegalDocument, OperatorStatus,
    Questionnaire, Queue, RetentionClass, Rule,
};
use crate::Problem;
use crate::check::is_slug;

/// A part of a brand that can be changed while it runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The order of the queues.
    Queues,
    /// One queue, by its id.
    Queue(String),
    /// The days on which queues are closed.
    Holidays,
    /// What patients and staff read, by language and key.
    Texts,
    /// How to reach the partner outside the app.
    Contacts,
    /// The form by which a person without an account orders a call-back.
    CallbackForm,
    /// Documents that a person can read.
    Legal,
    /// What persons agree to, and the law that it has to satisfy.
    Consents,
    /// How long what is archived is kept.
    Retention,
    /// Statuses that operators may choose beside the fixed ones.
    Statuses,
    /// One template of conclusions, by its id.
    Conclusion(String),
    /// What patients of a queue are asked, by its id.
    Questionnaire(String),
    /// The order in which rules are looked at.
    Rules,
    /// What the desk does by itself, by its id.
    Rule(String),
    /// The partner's own fields on patients' cards and on consultations.
    Fields,
}

/// The text names no section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such section")]
pub struct NoSection;

impl fmt::Display for Section {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Queues => formatter.write_str("queues"),
            Self::Queue(id) => write!(formatter, "queue.{id}"),
            Self::Holidays => formatter.write_str("holidays"),
            Self::Texts => formatter.write_str("texts"),
            Self::Contacts => formatter.write_str("contacts"),
            Self::CallbackForm => formatter.write_str("callback-form"),
            Self::Legal => formatter.write_str("legal"),
            Self::Consents => formatter.write_str("consents"),
            Self::Retention => formatter.write_str("retention"),
            Self::Statuses => formatter.write_str("statuses"),
            Self::Conclusion(id) => write!(formatter, "conclusion.{id}"),
            Self::Questionnaire(id) => write!(formatter, "questionnaire.{id}"),
            Self::Rules => formatter.write_str("rules"),
            Self::Rule(id) => write!(formatter, "rule.{id}"),
            Self::Fields => formatter.write_str("fields"),
        }
    }
}

impl FromStr for Section {
    type Err = NoSection;

    fn from_str(text: &str) -> Result<Self, NoSection> {
        let (kind, id) = text.split_once('.').map_or((text, None), |(kind, id)| (kind, Some(id)));
        match (kind, id.filter(|id| is_slug(id))) {
            ("queue", Some(id)) => Ok(Self::Queue(id.to_owned())),
            ("conclusion", Some(id)) => Ok(Self::Conclusion(id.to_owned())),
            ("questionnaire", Some(id)) => Ok(Self::Questionnaire(id.to_owned())),
            ("rule", Some(id)) => Ok(Self::Rule(id.to_owned())),
            _ => Self::ALWAYS.into_iter().find(|section| section.to_string() == text).ok_or(NoSection),
        }
    }
}

impl Section {
    /// Those that every brand has once.
    const ALWAYS: [Self; 11] = [
        Self::Queues,
        Self::Holidays,
        Self::Texts,
        Self::Contacts,
        Self::CallbackForm,
        Self::Legal,
        Self::Consents,
        Self::Retention,
        Self::Statuses,
        Self::Fields,
        Self::Rules,
    ];

    /// Whether it can be absent: one of several that a brand has.
    pub fn is_optional(&self) -> bool {
        !Self::ALWAYS.contains(self)
    }

    /// Where a key of `brand.toml` stands in the section's content; `None`: it is another's.
    pub fn field(&self, key: &str) -> Option<String> {
        let below = |prefix: &str| key.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')).map(str::to_owned);
        // A list, and what is in it, under another name.
        let within = |prefix: &str, name: &str| {
            if key == prefix { Some(name.to_owned()) } else { below(prefix).map(|rest| format!("{name}.{rest}")) }
        };
        match self {
            Self::Queues => (key == "queues").then(|| "order".to_owned()),
            Self::Queue(id) => below(&format!("queues.{id}")),
            Self::Holidays => key.strip_prefix("holidays").map(|rest| format!("days{rest}")),
            Self::Texts => key.starts_with("texts.").then(|| key.to_owned()),
            Self::Contacts => below("contacts"),
            Self::CallbackForm => within("callback_form", "form"),
            Self::Legal => within("legal", "documents"),
            Self::Consents if key == "legal_profile" => Some(key.to_owned()),
            Self::Consents => within("consents", "consents"),
            Self::Retention => within("retention", "classes"),
            Self::Statuses => within("statuses", "statuses"),
            Self::Conclusion(id) => below(&format!("conclusions.{id}")),
            Self::Questionnaire(id) => below(&format!("questionnaires.{id}")),
            Self::Rules => (key == "rules").then(|| "order".to_owned()),
            Self::Rule(id) => below(&format!("rules.{id}")),
            Self::Fields => below("fields"),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holidays {
    days: Vec<Holiday>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    texts: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    /// Null where there is none; left out, nobody knows what is meant.
    #[serde(deserialize_with = "Option::deserialize")]
    form: Option<CallbackForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Legal {
    documents: Vec<LegalDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Consents {
    #[serde(default = "super::law::none")]
    legal_profile: String,
    consents: Vec<Consent>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Retention {
    classes: Vec<RetentionClass>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statuses {
    statuses: Vec<OperatorStatus>,
}

impl Brand {
    /// The sections that it has.
    pub fn sections(&self) -> Vec<Section> {
        let queues = self.queues.iter().map(|queue| Section::Queue(queue.id.clone()));
        let templates = self.conclusions.iter().map(|template| Section::Conclusion(template.id.clone()));
        let mut sections: Vec<Section> = queues.collect();
        sections.extend([Section::Queues, Section::Holidays, Section::Texts, Section::Contacts, Section::CallbackForm]);
        sections.extend([Section::Legal, Section::Consents, Section::Retention, Section::Statuses, Section::Fields]);
        sections.extend(templates);
        sections.extend(self.questionnaires.iter().map(|one| Section::Questionnaire(one.id.clone())));
        sections.push(Section::Rules);
        sections.extend(self.rules.iter().map(|rule| Section::Rule(rule.id.clone())));
        sections
    }

    /// The whole content of a section; `None`: there is none.
    pub fn content(&self, section: &Section) -> Option<Value> {
        match section {
            Section::Queues => json(&Order { order: self.queues.iter().map(|queue| queue.id.clone()).collect() }),
            Section::Queue(id) => json(self.queue(id)?).map(nameless),
            Section::Holidays => json(&Holidays { days: self.holidays.clone() }),
            Section::Texts => json(&Texts { texts: self.texts.clone() }),
            Section::Contacts => json(&self.contacts),
            Section::Fields => json(&self.fields),
            Section::CallbackForm => json(&Form { form: self.callback_form.clone() }),
            Section::Legal => json(&Legal { documents: self.legal.clone() }),
            Section::Consents => {
                json(&Consents { legal_profile: self.legal_profile.clone(), consents: self.consents.clone() })
            }
            Section::Retention => json(&Retention { classes: self.retention.clone() }),
            Section::Statuses => json(&Statuses { statuses: self.statuses.clone() }),
            Section::Conclusion(id) => json(self.conclusions.iter().find(|template| template.id == *id)?).map(nameless),
            Section::Questionnaire(id) => json(self.questionnaires.iter().find(|one| one.id == *id)?).map(nameless),
            Section::Rules => json(&Order { order: self.rules.iter().map(|rule| rule.id.clone()).collect() }),
            Section::Rule(id) => json(self.rule(id)?).map(nameless),
        }
    }

    /// The same brand with another content of a section; without one, the section is gone.
    ///
    /// Errors: what cannot be read, by its field. Whether the brand can be used is another question: [`Brand::settings_problems`].
    pub fn with(&self, section: &Section, content: Option<&Value>) -> Result<Self, Problem> {
        let mut brand = self.clone();
        match (section, content) {
            (Section::Queue(id), None) => brand.queues.retain(|queue| queue.id != *id),
            (Section::Conclusion(id), None) => brand.conclusions.retain(|template| template.id != *id),
            (Section::Questionnaire(id), None) => brand.questionnaires.retain(|one| one.id != *id),
            (Section::Rule(id), None) => brand.rules.retain(|rule| rule.id != *id),
            (_, None) => {
                return Err(problem("", "it cannot be removed", "Empty its fields instead.", "not_removable"));
            }
            (section, Some(content)) => brand.write(section, content)?,
        }
        Ok(brand)
    }

    fn write(&mut self, section: &Section, content: &Value) -> Result<(), Problem> {
        match section {
            Section::Queue(id) => {
                let queue: Queue = read(&named(id, content))?;
                put(&mut self.queues, queue, |queue| &queue.id);
            }
            Section::Conclusion(id) => {
                let template: ConclusionTemplate = read(&named(id, content))?;
                put(&mut self.conclusions, template, |template| &template.id);
            }
            Section::Questionnaire(id) => {
                let questionnaire: Questionnaire = read(&named(id, content))?;
                put(&mut self.questionnaires, questionnaire, |one| &one.id);
            }
            Section::Rule(id) => {
                let rule: Rule = read(&named(id, content))?;
                put(&mut self.rules, rule, |rule| &rule.id);
            }
            Section::Queues => {
                let Order { order } = read(content)?;
                let place = |queue: &Queue| order.iter().position(|id| *id == queue.id).unwrap_or(usize::MAX);
                self.queues.sort_by_key(place);
            }
            Section::Rules => {
                let Order { order } = read(content)?;
                let place = |rule: &Rule| order.iter().position(|id| *id == rule.id).unwrap_or(usize::MAX);
                self.rules.sort_by_key(place);
            }
            Section::Holidays => self.holidays = read::<Holidays>(content)?.days,
            Section::Texts => self.texts = read::<Texts>(content)?.texts,
            Section::Contacts => self.contacts = read::<Contacts>(content)?,
            Section::CallbackForm => self.callback_form = read::<Form>(content)?.form,
            Section::Legal => self.legal = read::<Legal>(content)?.documents,
            Section::Consents => {
                let Consents { legal_profile, consents } = read(content)?;
                (self.legal_profile, self.consents) = (legal_profile, consents);
            }
            Section::Retention => self.retention = read::<Retention>(content)?.classes,
            Section::Statuses => self.statuses = read::<Statuses>(content)?.statuses,
            Section::Fields => self.fields = read::<Fields>(content)?,
        }
        Ok(())
    }

    /// A content as it would be read back: with everything that it leaves to defaults. What cannot be read stays as it is.
    pub fn normal(&self, section: &Section, content: Option<&Value>) -> Option<Value> {
        let content = content?;
        let read = self.with(section, Some(content)).ok().and_then(|brand| brand.content(section));
        Some(read.unwrap_or_else(|| content.clone()))
    }

    /// The brand after a change of a section, if it can be used.
    ///
    /// Errors: everything that is wrong with it, by the fields of the section; what the change breaks elsewhere by its key in `brand.toml`, behind `brand.`.
    pub fn changed(&self, section: &Section, content: Option<&Value>) -> Result<Self, Vec<Problem>> {
        let brand = self.with(section, content).map_err(|problem| vec![problem])?;
        let mut found = brand.settings_problems();
        if matches!(section, Section::Queues | Section::Rules) && brand.content(section).as_ref() != content {
            found.push(problem(
                &section.to_string(),
                "it does not name each of them once",
                "Load the page again: others changed it.",
                "not_each_once",
            ));
        }
        for problem in &mut found {
            problem.key = section.field(&problem.key).unwrap_or_else(|| format!("brand.{}", problem.key));
        }
        if found.is_empty() { Ok(brand) } else { Err(found) }
    }

    /// The content of a `brand.toml` that says all this; files and documents stay those of its folder.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("a brand is texts, numbers, lists and tables")
    }
}

/// As JSON, whose types all of these have.
fn json(value: &impl Serialize) -> Option<Value> {
    serde_json::to_value(value).ok()
}

/// Without the id: that is the section's name.
fn nameless(mut content: Value) -> Value {
    if let Some(fields) = content.as_object_mut() {
        fields.shift_remove("id");
    }
    content
}

fn named(id: &str, content: &Value) -> Value {
    let Value::Object(fields) = content else { return content.clone() };
    let mut all = Map::new();
    all.insert("id".to_owned(), id.into());
    // An id of its own would be another section: it is refused as an unknown field is.
    all.extend(fields.iter().map(|(name, value)| {
        let name = if name == "id" { "id (the section's name)".to_owned() } else { name.clone() };
        (name, value.clone())
    }));
    Value::Object(all)
}

fn put<T>(all: &mut Vec<T>, new: T, id: impl Fn(&T) -> &String) {
    match all.iter().position(|known| id(known) == id(&new)) {
        Some(place) => all[place] = new,
        None => all.push(new),
    }
}

fn read<T: DeserializeOwned>(content: &Value) -> Result<T, Problem> {
    if !content.is_object() {
        return Err(problem("", "it is no object", "Give each field by its name.", "unreadable"));
    }
    serde_path_to_error::deserialize(content).map_err(|error| {
        let path = error.path().to_string();
        let key = if path == "." { "" } else { &path };
        problem(key, &error.into_inner().to_string(), "See the reference of brands.", "unreadable")
    })
}

fn problem(key: &str, what: &str, remedy: &str, code: &'static str) -> Problem {
    let mut found = Problem::new(key, what, remedy);
    found.code(code);
    found
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::Section;

    #[test]
    fn a_section_reads_as_it_is_written() {
        let names = [
            "queues",
            "queue.general",
            "holidays",
            "texts",
            "contacts",
            "callback-form",
            "legal",
            "consents",
            "retention",
            "statuses",
            "conclusion.first-visit",
            "questionnaire.child",
            "rules",
            "rule.night",
            "fields",
        ];
        for name in names {
            assert_eq!(name.parse::<Section>().unwrap().to_string(), name);
        }
        for wrong in
            ["", "queue", "queue.", "queue.A", "queue.a.b", "texts.en", "colors", "queues.x", "questionnaire", "rule"]
        {
            assert!(wrong.parse::<Section>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_of_the_file_is_a_field_of_its_section() {
        let queue: Section = "queue.general".parse().unwrap();
        assert_eq!(queue.field("queues.general.hours[1]").as_deref(), Some("hours[1]"));
        assert_eq!(queue.field("queues.general-two.hours"), None);
        assert_eq!(Section::Holidays.field("holidays[2].name").as_deref(), Some("days[2].name"));
        assert_eq!(Section::Texts.field("texts.en.home.title").as_deref(), Some("texts.en.home.title"));
        assert_eq!(Section::CallbackForm.field("callback_form.origins").as_deref(), Some("form.origins"));
        assert_eq!(Section::Legal.field("legal.privacy.texts").as_deref(), Some("documents.privacy.texts"));
        assert_eq!((Section::Legal.field("legal_profile"), Section::Legal.field("legal_name")), (None, None));
        assert_eq!(Section::Consents.field("legal_profile").as_deref(), Some("legal_profile"));
        assert_eq!(Section::Consents.field("consents.care.text").as_deref(), Some("consents.care.text"));
        assert_eq!(Section::Retention.field("retention").as_deref(), Some("classes"));
        assert_eq!(Section::Statuses.field("statuses.lunch.name").as_deref(), Some("statuses.lunch.name"));
        let form: Section = "questionnaire.child".parse().unwrap();
        assert_eq!(form.field("questionnaires.child.items.fever.text").as_deref(), Some("items.fever.text"));
        assert_eq!(form.field("queues.general.questionnaire"), None);
        let rule: Section = "rule.night".parse().unwrap();
        assert_eq!(rule.field("rules.night.actions.move_to").as_deref(), Some("actions.move_to"));
        assert_eq!((rule.field("rules"), Section::Rules.field("rules").as_deref()), (None, Some("order")));
        assert_eq!(Section::Fields.field("fields.patient.ward.name").as_deref(), Some("patient.ward.name"));
    }
}
