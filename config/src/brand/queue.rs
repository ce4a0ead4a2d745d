//! Queues and circles of a brand: what a patient can ask for, and who shares whose history.

use jiff::civil;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Localized;

/// A set of queues that share their history: a person has one conversation for each circle.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Circle {
    /// Short name: 1 to 32 of `a-z 0-9 -`. It cannot change once conversations exist.
    pub id: String,
    /// Name, by language.
    pub name: Localized,
}

pub(super) fn default_circles() -> Vec<Circle> {
    vec![Circle {
        id: "general".to_owned(), name: Localized::from([("en", "Conversation"), ("ru", "Переписка")])
    }]
}

/// A queue: a service that a patient can ask for, and the operators that answer it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// Short name: 1 to 32 of `a-z 0-9 -`. It cannot change once consultations exist.
    pub id: String,
    /// Circle whose conversation it uses. Default: `general`.
    #[serde(default = "general")]
    pub circle: String,
    /// Name, by language.
    pub name: Localized,
    /// What a patient can expect, in a sentence, by language.
    pub description: Localized,
    /// Icon. Unit: name of a Tabler outline icon, such as `stethoscope`.
    pub icon: String,
    /// Price that is shown before the start; taking payments comes later. Default: none, free.
    #[serde(default)]
    pub price: Option<Price>,
    /// Languages that its operators speak. Default: all languages of the brand.
    #[serde(default)]
    pub languages: Vec<String>,
    /// A consultation that nobody took this long is abandoned. Unit: minutes. Default: 240.
    #[serde(default = "default_abandon_after")]
    pub abandon_after_minutes: u32,
    /// A message this soon after the close re-opens the consultation; a later one starts a new one. Unit: minutes. Default: 60.
    #[serde(default = "default_reopen_grace")]
    pub reopen_grace_minutes: u32,
    /// What waits in a queue of higher priority is shown and routed first. Unit: 0 to 100. Default: 50.
    #[serde(default = "default_priority")]
    pub priority: u8,
    /// Consultations waiting at once; a further one is refused with the limit error. Unit: consultations. Default: 500.
    #[serde(default = "default_capacity")]
    pub capacity: u32,
    /// When its operators work, in the brand's time zone. Default: none, at all times.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// Call-backs that are ordered here.
    #[serde(default)]
    pub callback: CallbackTerms,
}

/// A time of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On these days.
    pub days: Vec<Day>,
    /// From. Unit: time of day, such as `"09:00"`.
    #[schemars(with = "String")]
    pub from: civil::Time,
    /// To, later on the same day; `"00:00"` is the day's end. Unit: time of day.
    #[schemars(with = "String")]
    pub to: civil::Time,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "days need no words")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// Call-backs of a queue: a patient who does not want to write is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CallbackTerms {
    /// Whether they can be ordered. Default: true.
    pub enabled: bool,
    /// An order without a window is called this soon, counted in the queue's hours; later it is overdue. Unit: minutes. Default: 60.
    pub due_minutes: u32,
    /// Who was not reached is called again after so long, unless the operator says when. Unit: minutes. Default: 30.
    pub retry_minutes: u32,
    /// Where waiting takes longer, a call-back is offered. Unit: minutes. Default: 15.
    pub long_wait_minutes: u32,
}

impl Default for CallbackTerms {
    fn default() -> Self {
        Self { enabled: true, due_minutes: 60, retry_minutes: 30, long_wait_minutes: 15 }
    }
}

/// A price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Unit: minor units of the currency (kopecks, cents), above 0.
    pub amount_minor: i64,
    /// Unit: ISO 4217 code. Default: the brand's currency.
    #[serde(default)]
    pub currency: Option<String>,
}

fn general() -> String {
    "general".to_owned()
}

fn default_abandon_after() -> u32 {
    240
}

fn default_reopen_grace() -> u32 {
    60
}

fn default_priority() -> u8 {
    50
}

fn default_capacity() -> u32 {
    500
}
