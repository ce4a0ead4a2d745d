//! Settings that supervisors change while the service runs.

use consilium_config::brand::ConsentSubject;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{FieldError, OperatorRef, QueueHours};
use crate::time::Time;

/// What kind of section it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingsKind {
    /// A queue: `QueueSettings`.
    Queue,
    /// The order of the queues: `{ "order": [ids] }`.
    Queues,
    /// Days on which queues are closed: `{ "days": [HolidaySettings] }`.
    Holidays,
    /// Texts by language and key: `{ "texts": { "en": { "home.title": "…" } } }`.
    Texts,
    /// How to reach the partner: `ContactsSettings`.
    Contacts,
    /// The form on the partner's own site: `{ "form": CallbackFormSettings | null }`; null: there is none.
    CallbackForm,
    /// Documents that a person can read: `{ "documents": [LegalDocumentSettings] }`.
    Legal,
    /// What persons agree to, and the law that it has to satisfy: `{ "legal_profile": id, "consents": [ConsentSettings] }`.
    Consents,
    /// How long what is archived is kept: `{ "classes": [RetentionClassSettings] }`.
    Retention,
    /// Statuses of operators beside the fixed ones: `{ "statuses": [StatusSettings] }`.
    Statuses,
    /// A template of conclusions: `ConclusionTemplateSettings`.
    Conclusion,
    /// What patients of a queue are asked: `QuestionnaireSettings`.
    Questionnaire,
    /// What the desk does by itself: `RuleSettings`.
    Rule,
    /// The order of the rules: `{ "order": [ids] }`.
    Rules,
    /// The brand's own fields: `FieldsSettings`.
    Fields,
}

/// How a section stands to the brand folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingsOrigin {
    /// It was never changed in the console, and follows the folder.
    Folder,
    /// It was changed in the console.
    Console,
    /// It was changed in the console, and the folder says something else since then.
    FolderDiffers,
    /// It was changed in the console to what does not fit the folder any more; the folder holds.
    SetAside,
}

/// A section.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SettingsSection {
    /// Its name, such as `queue.general`, `texts`, `conclusion.visit`, `questionnaire.child` or `rule.night`.
    pub section: String,
    /// What it is.
    pub kind: SettingsKind,
    /// The name of the queue, template or questionnaire, in the caller's language; null: it is one of its kind.
    pub title: Option<String>,
    /// Give it back with a change, so that nobody's is lost; 0: it was never changed in the console.
    pub version: i64,
    /// How it stands to the brand folder.
    pub origin: SettingsOrigin,
    /// Whether it holds; false: it was removed, and can be brought back from its history.
    pub is_there: bool,
    /// Whether it does anything; false: it is a rule that is off.
    pub is_on: bool,
    /// When it was changed last; null: never.
    pub changed_at: Option<Time>,
    /// By whom.
    pub changed_by: Option<OperatorRef>,
    /// Queues that go by it, where it is a template or a questionnaire. What queues ask cannot be removed.
    pub used_by: Vec<SettingsChoice>,
}

/// What can be named by settings.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsChoices {
    /// Circles, by id and name in the caller's language.
    pub circles: Vec<SettingsChoice>,
    /// Retention classes.
    pub retention: Vec<SettingsChoice>,
    /// Laws that consents can satisfy: those that come with the program, then the brand's own.
    pub legal_profiles: Vec<LegalProfile>,
    /// Text keys that every brand has.
    pub required_texts: Vec<String>,
    /// The brand's time zone (IANA), for queues that name none.
    pub time_zone: String,
    /// The brand's currency (ISO 4217).
    pub currency: String,
}

/// A law, as a brand keeps it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LegalProfile {
    /// Its id.
    pub id: String,
    /// Its name, in the caller's language.
    pub name: String,
    /// The acts that it follows, in the caller's language; null: it says none.
    pub source: Option<String>,
    /// What required consents have to cover; what stands in different groups wants consents of their own.
    pub consents: Vec<Vec<ConsentSubject>>,
    /// Ids of the documents that there have to be.
    pub documents: Vec<String>,
}

/// Something that can be named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SettingsChoice {
    /// Its id.
    pub id: String,
    /// Its name, in the caller's language.
    pub name: String,
}

/// All settings.
#[derive(Debug, Serialize, ToSchema)]
pub struct Settings {
    /// Queues in their order first.
    pub sections: Vec<SettingsSection>,
    /// What can be named by them.
    pub choices: SettingsChoices,
}

/// A section with its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsDocument {
    /// Which, and how it stands.
    pub section: SettingsSection,
    /// The whole content, in the shape of its kind; null: it was removed.
    pub content: Value,
    /// The texts in it that people agree to or read as documents, each with the hash by which it is known for ever.
    pub texts: Vec<SettingsText>,
}

/// A text that is known by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettingsText {
    /// Where it stands, such as `consents.treatment`, `documents.privacy` or `form`.
    pub field: String,
    /// BCP 47.
    pub language: String,
    /// SHA-256, hexadecimal; the same that stands beside an agreement to it.
    pub hash: String,
}

/// `PUT /settings/{section}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    /// The version that was changed.
    pub based_on: i64,
    /// The whole content; null: it is removed.
    pub content: Value,
    /// Why, at most 300 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// `POST /settings/{section}/restore`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsRestore {
    /// The version that stands now.
    pub based_on: i64,
    /// The version whose content is wanted; 0: what the brand folder says.
    pub version: i64,
    /// Why, at most 300 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// `POST /settings/{section}/check`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsTry {
    /// The whole content.
    pub content: Value,
}

/// How a content would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsChecked {
    /// What is wrong, by field; what it breaks elsewhere by its key in `brand.toml`, behind `brand.`.
    pub errors: Vec<FieldError>,
    /// What it would change.
    pub differences: Vec<SettingsDifference>,
    /// When the queue would work; null where the section is no queue, or something is wrong.
    pub hours: Option<QueueHours>,
    /// What would come of it for people and records, beside what the fields say.
    pub effects: Vec<SettingsEffect>,
}

/// What a change of a section would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SettingsEffect {
    /// Another text of a consent: whoever agreed to the old one is asked anew, before his next question where it is required.
    AskedAnew {
        /// The purpose.
        purpose: String,
        /// Its title, in the caller's language.
        name: String,
        /// How many agreements to the old text stand now.
        agreements: i64,
        /// Whether nothing can be asked without it.
        required: bool,
    },
    /// Another time of a retention class: what is sealed keeps the time that it was promised.
    Kept {
        /// The class.
        class: String,
        /// Its name, in the caller's language.
        name: String,
        /// How many records of it are sealed now.
        records: i64,
        /// How many of them are held.
        held: i64,
        /// When the first of them goes; null: there is none.
        first_at: Option<Time>,
        /// When the last of them goes.
        last_at: Option<Time>,
        /// When what is closed today would go by the new time; null: the class is removed.
        new_at: Option<Time>,
    },
    /// The first classes: what was sealed without one gets its time, counted from then.
    Classified {
        /// How many records.
        records: i64,
    },
}

/// A field that differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsDifference {
    /// Where, such as `name.en`, `sections[advice].required` or `items[signs].options[rash].text.en`.
    pub field: String,
    /// What stood there; null: nothing.
    pub before: Value,
    /// What stands there; null: nothing.
    pub after: Value,
}

/// A version of a section.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsVersion {
    /// From 1.
    pub version: i64,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorRef,
    /// Why.
    pub note: Option<String>,
    /// The version whose content it has again; 0: that of the brand folder.
    pub restores: Option<i64>,
    /// Whether it removed the section.
    pub removed: bool,
    /// What it changed.
    pub differences: Vec<SettingsDifference>,
}

/// Versions of a section, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsHistory {
    /// At most 50.
    pub versions: Vec<SettingsVersion>,
    /// Give it as `before` to get older ones; null: there are none.
    pub next_before: Option<i64>,
}

/// `GET /settings/{section}/history`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SettingsHistoryQuery {
    /// Only versions older than this one.
    #[serde(default)]
    pub before: Option<i64>,
}

/// `event: settings`: a section was changed. Load what depends on it again.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsChanged {
    /// Which.
    pub section: String,
    /// Its version.
    pub version: i64,
}
