//! A brand: a folder with `brand.toml`, logos, texts and legal documents. Switching brands is switching folders.
//!
//! What lives here: the types of `brand.toml`. `load.rs` reads a folder, `check.rs` refuses what contradicts itself, `color.rs` derives the colours
//! that the apps paint with and measures their contrast, `public.rs` is what a browser is told, `section.rs` says what of a brand can be changed while it runs
//! (`current.rs`), `law.rs` what the law of a country demands, `prepared.rs` what holds for tags, canned replies and macros, which the folder only begins.
//!
//! Deliberately absent: anything of one installation (hosts, keys, addresses): that is [`crate::Tenant`].

mod canned;
mod check;
pub mod color;
mod conclusion;
mod consent;
mod current;
mod draft;
mod field;
mod form;
mod hours;
mod law;
mod legal;
mod load;
mod macros;
pub mod palette;
pub mod placeholders;
mod prepared;
mod public;
mod questionnaire;
mod queue;
mod retention;
mod rule;
mod section;
mod security;
mod sent_file;
mod status;
mod tag;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use canned::{PreparedReply, is_shortcut, is_text};
pub use check::REQUIRED_TEXTS;
pub use color::Color;
pub use conclusion::{ConclusionNeed, ConclusionSection, ConclusionTemplate};
pub use consent::{Consent, ConsentMoment, ConsentSubject};
pub use current::Current;
pub use draft::{DRAFT, PLACEHOLDER};
pub use field::{Field, FieldFilledBy, FieldOption, FieldType, Fields};
pub use form::CallbackForm;
pub use hours::{Closure, Day, HOURS_MAX, Holiday, HolidayDate, Hours, NoDate};
pub use law::{ConsentGroup, LEGAL_PROFILES, LegalProfile};
pub use legal::LegalDocument;
pub use load::BrandError;
pub use macros::{EndingKind, PreparedEnding, PreparedMacro};
pub use public::{
    KeeperIdentity, PublicApp, PublicBrand, PublicColors, PublicContacts, PublicFeatures, PublicLegalDocument,
    PublicServer,
};
pub use questionnaire::{AnswerOption, EnableWhen, QuestionItem, QuestionType, Questionnaire};
pub use queue::{
    CallbackTerms, Circle, OnLeave, Overflow, Price, Queue, Routing, RoutingStrategy, Sla, SlaPriority, SlaTimes,
};
pub use retention::{Keep, RetentionClass};
pub use rule::{Rule, RuleActions, RuleConditions, RuleEvent, RuleHours};
pub use section::{NoSection, Section};
pub use security::Security;
pub use sent_file::{KEPT_FILE_BYTES_MAX, SENT_FILES_MAX, sent_media_type};
pub use status::{OperatorStatus, StatusBase, StatusColor};
pub use tag::{PreparedTag, TagColor};

/// The content of `brand.toml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Short name of the brand: 1 to 32 of `a-z 0-9 -`, the same as the folder's name.
    pub id: String,
    /// Name as people say it.
    pub name: Localized,
    /// Name as contracts say it.
    pub legal_name: Localized,
    /// Languages that the brand speaks, the first choice first. Unit: BCP 47 tags. Known to the apps today: `ru`, `en`.
    pub languages: Vec<String>,
    /// Language for a person whose own is none of `languages`.
    pub default_language: String,
    /// Country whose law and habits count. Unit: ISO 3166-1 code of two letters.
    pub country: String,
    /// Time zone of opening hours and reports. Unit: IANA name, such as `Europe/Moscow`.
    pub time_zone: String,
    /// Currency of prices. Unit: ISO 4217 code of three letters.
    pub currency: String,
    /// The law that consents and documents have to satisfy: `none`, `ru`, `eu`, or the name of a file of the brand's own in `legal-profiles/`, without its
    /// ending. Default: `none`.
    #[serde(default = "law::none")]
    pub legal_profile: String,
    /// The one or two colours that all others are derived from.
    pub colors: Colors,
    /// Logo files.
    pub logo: Logo,
    /// Texts by language and key. Each language has the same keys. Needed: `home.title`, `home.greeting`, `emergency`, `trust.statement`, `consent`.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Parts of the product that this brand offers.
    #[serde(default)]
    pub features: Features,
    /// How to reach the partner outside the app.
    #[serde(default)]
    pub contacts: Contacts,
    /// Documents that a person reads or agrees to. Default: none.
    #[serde(default)]
    pub legal: Vec<LegalDocument>,
    /// What persons agree to, one text and one tick each, in the order in which they are asked. Default: none, nothing is asked for.
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// Circles: queues of one circle share one conversation and its history. Default: one, `general`.
    #[serde(default = "queue::default_circles")]
    pub circles: Vec<Circle>,
    /// Queues, in the order in which patients see them. At least one.
    pub queues: Vec<Queue>,
    /// Days on which queues are closed, unless one keeps none. Default: none.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// The form on the partner's own site by which a person without an account orders a call-back. Default: none, there is no such form.
    #[serde(default)]
    pub callback_form: Option<CallbackForm>,
    /// Templates of conclusions; queues say which is theirs. Default: none, no conclusions are written.
    #[serde(default)]
    pub conclusions: Vec<ConclusionTemplate>,
    /// Questions that patients answer when they ask; queues say which are theirs. Default: none, nothing is asked.
    #[serde(default)]
    pub questionnaires: Vec<Questionnaire>,
    /// Fields of the partner's own on patients' cards and on consultations. Default: none.
    #[serde(default)]
    pub fields: Fields,
    /// How long what is archived is kept, by class; queues say which is theirs. Default: none, everything is kept for ever.
    #[serde(default)]
    pub retention: Vec<RetentionClass>,
    /// Statuses that operators may choose beside the fixed ones, in the order of the menu. Default: none.
    #[serde(default)]
    pub statuses: Vec<OperatorStatus>,
    /// What the desk does by itself when something happens, in the order in which it is done. Default: nothing.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Tags that the desk begins with. Default: none.
    #[serde(default)]
    pub tags: Vec<PreparedTag>,
    /// Canned replies that the desk begins with. Default: none.
    #[serde(default)]
    pub canned: Vec<PreparedReply>,
    /// Macros that the desk begins with. Default: none.
    #[serde(default)]
    pub macros: Vec<PreparedMacro>,
    /// The legal profiles of its folder.
    #[serde(skip)]
    #[schemars(skip)]
    pub legal_profiles: Vec<LegalProfile>,
    /// The folder that it was read from.
    #[serde(skip)]
    #[schemars(skip)]
    pub folder: PathBuf,
}

/// One text in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(transparent)]
pub struct Localized(BTreeMap<String, String>);

impl Localized {
    /// The text in `language`, else in `default_language`, else in any; empty where there is none at all.
    pub fn get(&self, language: &str, default_language: &str) -> &str {
        let any = || self.0.values().next();
        self.0.get(language).or_else(|| self.0.get(default_language)).or_else(any).map_or("", String::as_str)
    }

    /// All languages with their texts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

impl FromIterator<(String, String)> for Localized {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(texts: T) -> Self {
        Self(texts.into_iter().collect())
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Localized {
    fn from(texts: [(&str, &str); N]) -> Self {
        Self(texts.into_iter().map(|(language, text)| (language.to_owned(), text.to_owned())).collect())
    }
}

/// The one or two colours that all others are derived from.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colors {
    /// Main colour: buttons, links, focus. Readable on white. Unit: `#rrggbb`.
    pub brand: Color,
    /// Second colour, for small accents. Unit: `#rrggbb`.
    pub accent: Color,
}

/// Logo files, relative to the brand folder. SVG is best: a `<view id="en">` of it is the logo in English.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// Logo on a light ground. Unit: file.
    pub light: String,
    /// Logo on a dark ground. Unit: file. Default: none, `light` is used.
    #[serde(default)]
    pub dark: Option<String>,
    /// Square icon of the app, an SVG that can be cut to a circle. Unit: file.
    pub icon: String,
    /// The icon for platforms that take no SVG, 512×512. Unit: file. Default: none.
    #[serde(default)]
    pub icon_png: Option<String>,
}

/// Parts of the product that this brand offers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent switch of the brand")]
pub struct Features {
    /// Patients make their own account. Default: true.
    pub registration: bool,
    /// Photos and files. Default: true.
    pub attachments: bool,
    /// Voice messages. Default: true.
    pub voice_messages: bool,
    /// Longest voice message; one that is recorded ends there. Unit: seconds, 10 to 1800. Default: 300.
    pub voice_message_seconds: u32,
    /// Signs that people put under messages. They are not encrypted: the homeserver keeps who put which sign under which message, and when; nothing of what was
    /// said. Default: false, nobody is offered any.
    pub reactions: bool,
    /// Audio and video calls. Default: false.
    pub calls: bool,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            registration: true,
            attachments: true,
            voice_messages: true,
            voice_message_seconds: 300,
            reactions: false,
            calls: false,
        }
    }
}

/// How to reach the partner outside the app.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = ContactsSettings)]
#[serde(deny_unknown_fields, default)]
pub struct Contacts {
    /// Telephone for people. Unit: E.164, such as `+74950000000`. Default: none.
    pub phone: Option<String>,
    /// E-mail for people. Default: none.
    pub email: Option<String>,
    /// Postal address, by language. Default: none.
    pub address: Option<Localized>,
    /// Number to call when life is in danger, such as `112`. Default: none.
    pub emergency_phone: Option<String>,
    /// Where somebody reports a fault in the safety of the service. Default: nowhere, there is no `/.well-known/security.txt`.
    pub security: Option<Security>,
}

impl Brand {
    /// The queue of that id.
    pub fn queue(&self, id: &str) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.id == id)
    }

    /// The best of the brand's languages for an `Accept-Language` header; the default language when none fits.
    ///
    /// Source: RFC 9110 §12.5.4, with prefix matching (`en-GB` is served by `en`).
    pub fn language_for(&self, accept_language: &str) -> &str {
        let mut best: Option<(f32, &str)> = None;
        for range in accept_language.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight =
                parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or_default();
            let known = self.languages.iter().find(|known| known.eq_ignore_ascii_case(&tag));
            let known = known.or_else(|| self.languages.iter().find(|known| known.eq_ignore_ascii_case(primary)));
            if let Some(known) = known
                && weight > best.map_or(0.0, |(weight, _)| weight)
            {
                best = Some((weight, known));
            }
        }
        best.map_or(&self.default_language, |(_, language)| language)
    }
}
