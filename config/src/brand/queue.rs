//! Queues and circles of a brand: what a patient can ask for, and who shares whose history.

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
