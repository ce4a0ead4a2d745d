//! Retention: how long what was archived of a consultation is kept, by class; a queue says which class its consultations are of.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check::check_id;
use super::{Brand, Localized, Queue};
use crate::check::Findings;

/// Nobody can promise what happens later; whoever wants to keep for ever configures no classes.
const YEARS_MAX: u16 = 100;
/// The same in days.
const DAYS_MAX: u32 = 36_500;

/// A class of archive records that are kept equally long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
        for queue in &self.queues {
            if let Some(id) = &queue.retention
                && self.retention_class(queue).is_none()
            {
                let what = format!("there is no class `{id}`");
                let remedy = "Name the id of one of [[retention]], or add it there.";
                found.add(&format!("queues.{}.retention", queue.id), what, remedy);
            }
        }
    }
}

fn check_keep(class: &RetentionClass, found: &mut Findings) {
    let key = |name: &str| format!("retention.{}.{name}", class.id);
    match (class.keep_years, class.keep_days) {
        (None, None) => {
            let remedy = "Give keep_years or keep_days; to keep everything for ever, remove all classes.";
            found.add(&format!("retention.{}", class.id), "it does not say how long", remedy);
        }
        (Some(_), Some(_)) => {
            let what = "both keep_years and keep_days are given";
            found.add(&format!("retention.{}", class.id), what, "Keep one of them, so that one time counts.");
        }
        (Some(years), None) if !(1..=YEARS_MAX).contains(&years) => {
            found.add(&key("keep_years"), format!("{years} is not 1 to {YEARS_MAX}"), "Use years, such as 25.");
        }
        (None, Some(days)) if !(1..=DAYS_MAX).contains(&days) => {
            found.add(&key("keep_days"), format!("{days} is not 1 to {DAYS_MAX}"), "Use days, such as 365.");
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
}
