//! Retention: how long what was archived of a consultation is kept, by class; a queue says which class its consultations are of.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized, Queue};
use crate::check::Findings;

/// Nobody can promise what happens later; whoever wants to keep for ever configures no classes.
const YEARS_MAX: u16 = 100;
/// The same in days.
const DAYS_MAX: u32 = 36_500;
/// Whoever closes a queue's books has to tell them apart.
const CLASSES_MAX: usize = 30;

/// A class of archive records that are kept equally long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = RetentionClassSettings)]
#[serde(deny_unknown_fields)]
pub struct RetentionClass {
    /// Short name, such as `standard` or `minor`: 1 to 32 of `a-z 0-9 -`. Records remember it.
    pub id: String,
    /// Name, by language.
    pub name: Localized,
    /// Kept so long after the close, to the same day of the calendar; gone on the day after. Give this or `keep_days`. Unit: years, 1 to 100.
    #[serde(default)]
    pub keep_years: Option<u16>,
    /// Kept so long after the close. Give this or `keep_years`. Unit: days, 1 to 36500.
    #[serde(default)]
    pub keep_days: Option<u32>,
    /// Whether a patient who has his account deleted has these records erased with it. `false`: the law asks that they are kept, so they stay sealed until their
    /// time is over.
    #[serde(default)]
    pub erase_on_request: bool,
}

/// How long something is kept after the close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Years of the calendar.
    Years(u16),
    /// Days.
    Days(u32),
}

impl RetentionClass {
    /// How long; `None` where the class says nothing, or two things: such a brand is refused.
    pub fn keep(&self) -> Option<Keep> {
        match (self.keep_years, self.keep_days) {
            (Some(years), None) => Some(Keep::Years(years)),
            (None, Some(days)) => Some(Keep::Days(days)),
            (None, None) | (Some(_), Some(_)) => None,
        }
    }
}

impl Brand {
    /// The class of a queue's consultations; none where the brand has no classes, and keeps for ever.
    pub fn retention_class(&self, queue: &Queue) -> Option<&RetentionClass> {
        match &queue.retention {
            Some(id) => self.retention.iter().find(|class| class.id == *id),
            None => self.retention.first(),
        }
    }

    pub(super) fn check_retention(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for class in &self.retention {
            check_id("retention", &class.id, &mut ids, found);
            self.check_localized(&format!("retention.{}.name", class.id), &class.name, found);
            check_keep(class, found);
        }
        if self.retention.len() > CLASSES_MAX {
            let what = format!("there are more than {CLASSES_MAX}");
            found
                .refuse("retention", what, "Remove those that no queue names.")
                .code("too_many")
                .with("most", CLASSES_MAX);
        }
        for queue in &self.queues {
            if let Some(id) = &queue.retention
                && self.retention_class(queue).is_none()
            {
                let what = format!("there is no class `{id}`");
                let remedy = "Name the id of one of [[retention]], or add it there.";
                found.refuse(&format!("queues.{}.retention", queue.id), what, remedy).code("no_class").with("name", id);
            }
        }
    }
}

fn check_keep(class: &RetentionClass, found: &mut Findings) {
    let key = |name: &str| format!("retention.{}.{name}", class.id);
    match (class.keep_years, class.keep_days) {
        (None, None) => {
            let remedy = "Give keep_years or keep_days; to keep everything for ever, remove all classes.";
            found.refuse(&format!("retention.{}", class.id), "it does not say how long", remedy).code("no_time");
        }
        (Some(_), Some(_)) => {
            let what = "both keep_years and keep_days are given";
            found
                .refuse(&format!("retention.{}", class.id), what, "Keep one of them, so that one time counts.")
                .code("two_times");
        }
        (Some(years), None) if !(1..=YEARS_MAX).contains(&years) => {
            found
                .refuse(&key("keep_years"), format!("{years} is not 1 to {YEARS_MAX}"), "Use years, such as 25.")
                .code("range")
                .with("from", 1)
                .with("to", YEARS_MAX);
        }
        (None, Some(days)) if !(1..=DAYS_MAX).contains(&days) => {
            found
                .refuse(&key("keep_days"), format!("{days} is not 1 to {DAYS_MAX}"), "Use days, such as 365.")
                .code("range")
                .with("from", 1)
                .with("to", DAYS_MAX);
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
}
