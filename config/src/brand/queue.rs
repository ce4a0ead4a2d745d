//! Queues and circles of a brand: what a patient can ask for, and who shares whose history.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Localized;
use super::conclusion::ConclusionNeed;
use super::hours::{Closure, Hours};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = QueueSettings)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// Short name: 1 to 32 of `a-z 0-9 -`. It cannot change once consultations exist.
    #[schema(ignore)]
    pub id: String,
    /// Whether it takes nothing new: patients do not see it, what is in it is answered to its end. Default: false.
    #[serde(default)]
    pub retired: bool,
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
    /// A consultation goes back to the queue, before those that are as old, and its patient is told, when the console of who leads it has been lost so long.
    /// What is on hold until a time stays until then. 0: it stays with him. Unit: minutes, at most 1440. Default: 10.
    #[serde(default = "default_return_after")]
    pub return_after_minutes: u32,
    /// What becomes of what an operator leads when he goes off. Default: `finish`.
    #[serde(default)]
    pub on_leave: OnLeave,
    /// A consultation is closed when its patient has written nothing for so long after an answer; when three quarters of it have passed, he is asked whether he is
    /// still there. Unit: minutes, 4 to 43200. Default: none, it stays open.
    #[serde(default)]
    pub silent_close_minutes: Option<u32>,
    /// A message this soon after the close re-opens the consultation; a later one starts a new one. Unit: minutes. Default: 60.
    #[serde(default = "default_reopen_grace")]
    pub reopen_grace_minutes: u32,
    /// What waits in a queue of higher priority is shown and routed first. Unit: 0 to 100. Default: 50.
    #[serde(default = "default_priority")]
    pub priority: u8,
    /// Consultations waiting at once; a further one is refused with the limit error. Unit: consultations. Default: 500.
    #[serde(default = "default_capacity")]
    pub capacity: u32,
    /// Time zone of its hours and closures. Unit: IANA name, such as `Asia/Yekaterinburg`. Default: the brand's.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// When its operators work, in its time zone; a break is the time between two. Default: none, at all times.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// Whether it is closed on the brand's holidays. Default: true.
    #[serde(default = "default_keeps_holidays")]
    pub keeps_holidays: bool,
    /// Times in which it is closed once. Default: none.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// Call-backs that are ordered here.
    #[serde(default)]
    pub callback: CallbackTerms,
    /// How what waits here finds its operator.
    #[serde(default)]
    pub routing: Routing,
    /// What is promised to who waits here.
    #[serde(default)]
    pub sla: Sla,
    /// Which of `questionnaires` its patients answer when they ask. Default: none.
    #[serde(default)]
    pub questionnaire: Option<String>,
    /// Whether its operators write a conclusion. Default: `off`.
    #[serde(default)]
    pub conclusion: ConclusionNeed,
    /// Which of `conclusions` it is written by. Default: the first.
    #[serde(default)]
    pub conclusion_template: Option<String>,
    /// Which of `fields.consultation` are filled in before a consultation is closed, by their ids. Default: none.
    #[serde(default)]
    pub required_fields: Vec<String>,
    /// Whether patients are asked what they thought of it after the close. Default: true.
    #[serde(default = "default_rating")]
    pub rating: bool,
    /// Class of `retention` that says how long its consultations stay in the archive. Default: the first.
    #[serde(default)]
    pub retention: Option<String>,
}

/// What becomes of the open consultations of an operator who goes off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnLeave {
    /// He finishes them, unless he hands one on.
    #[default]
    Finish,
    /// They wait in the queue for whoever takes them.
    BackToQueue,
    /// The colleague who has most room takes each; where nobody has any it waits in the queue.
    Colleague,
}

/// What a queue promises, counted in its hours. A warning and a breach are told to the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = SlaSettings)]
#[serde(deny_unknown_fields, default)]
pub struct Sla {
    /// An operator takes what waits within so long. Unit: minutes. Default: none, nothing is promised.
    pub wait_minutes: Option<u32>,
    /// An operator has written within so long after the request. Unit: minutes. Default: none, nothing is promised.
    pub first_response_minutes: Option<u32>,
    /// It is closed within so long after the request, or after it was opened again. Unit: minutes. Default: none, nothing is promised.
    pub resolution_minutes: Option<u32>,
    /// The desk is warned when so much of a promised time has passed. Unit: percent, 1 to 99. Default: 75.
    pub warn_percent: u8,
    /// What is promised instead to what is more urgent. At most 10. Default: none, the same to all.
    pub by_priority: Vec<SlaPriority>,
}

impl Default for Sla {
    fn default() -> Self {
        Self {
            wait_minutes: None,
            first_response_minutes: None,
            resolution_minutes: None,
            warn_percent: 75,
            by_priority: Vec::new(),
        }
    }
}

/// What a queue promises to consultations of a priority and above, up to the next one that is named. What it leaves out is promised as to all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = SlaPrioritySettings)]
#[serde(deny_unknown_fields)]
pub struct SlaPriority {
    /// From which priority of a consultation on: a return to the queue adds 1, a red flag 10, a rule what it says. Unit: 1 to 100.
    pub priority: u32,
    /// As in `sla`. Unit: minutes. Default: that of `sla`.
    #[serde(default)]
    pub wait_minutes: Option<u32>,
    /// As in `sla`. Unit: minutes. Default: that of `sla`.
    #[serde(default)]
    pub first_response_minutes: Option<u32>,
    /// As in `sla`. Unit: minutes. Default: that of `sla`.
    #[serde(default)]
    pub resolution_minutes: Option<u32>,
}

/// What of a queue's time is promised to one consultation. Unit: minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlaTimes {
    /// Until it is taken.
    pub wait: Option<u32>,
    /// Until an operator writes.
    pub first_response: Option<u32>,
    /// Until it is closed.
    pub resolution: Option<u32>,
}

impl Sla {
    /// What is promised to a consultation of this priority.
    pub fn times(&self, priority: i64) -> SlaTimes {
        let reached = self.by_priority.iter().filter(|row| i64::from(row.priority) <= priority);
        let row = reached.max_by_key(|row| row.priority);
        SlaTimes {
            wait: row.and_then(|row| row.wait_minutes).or(self.wait_minutes),
            first_response: row.and_then(|row| row.first_response_minutes).or(self.first_response_minutes),
            resolution: row.and_then(|row| row.resolution_minutes).or(self.resolution_minutes),
        }
    }
}

/// How what waits in a queue finds its operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = RoutingSettings)]
#[serde(deny_unknown_fields, default)]
pub struct Routing {
    /// Who is asked. Default: `manual`, operators pick by hand.
    pub strategy: RoutingStrategy,
    /// An operator who is asked has so long to take it; then another is asked. Unit: seconds. Default: 30.
    pub offer_seconds: u32,
    /// Who did not take it is not asked again for it so long. Unit: seconds. Default: 300.
    pub ask_again_seconds: u32,
    /// Whether who led the patient's last consultation is asked first, while he can be. Default: true.
    pub sticky: bool,
    /// What one consultation takes of an operator's capacity. Default: 1.
    pub weight: u32,
    /// What one takes instead that is answered and whose patient has written nothing since; at most `weight`, 0: nothing. Default: none, as much.
    pub idle_weight: Option<u32>,
    /// After a call its operator is offered nothing so long, unless he says that he is ready. Unit: seconds. Default: 60.
    pub wrap_up_seconds: u32,
    /// What its operators must be able to do, as the desk writes it in their profiles. Default: nothing.
    pub skills: Vec<String>,
    /// Whether its operators must speak the patient's language. Default: true.
    pub by_language: bool,
    /// A queue whose operators help out where waiting takes long. Default: none.
    pub overflow: Option<Overflow>,
}

impl Default for Routing {
    fn default() -> Self {
        Self {
            strategy: RoutingStrategy::Manual,
            offer_seconds: 30,
            ask_again_seconds: 300,
            sticky: true,
            weight: 1,
            idle_weight: None,
            wrap_up_seconds: 60,
            skills: Vec::new(),
            by_language: true,
            overflow: None,
        }
    }
}

/// Who is asked to take what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutingStrategy {
    /// Nobody: operators pick by hand.
    Manual,
    /// Whoever was given something longest ago.
    RoundRobin,
    /// Whoever has most room left.
    LeastLoaded,
}

/// A queue that helps another out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = OverflowSettings)]
#[serde(deny_unknown_fields)]
pub struct Overflow {
    /// Id of a queue of the same circle.
    pub queue: String,
    /// After waiting so long. Unit: minutes.
    pub after_minutes: u32,
}

/// Call-backs of a queue: a patient who does not want to write is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = PriceSettings)]
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

fn default_return_after() -> u32 {
    10
}

fn default_rating() -> bool {
    true
}

fn default_keeps_holidays() -> bool {
    true
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;

    use super::{Queue, Sla, SlaPriority, SlaTimes};
    use crate::Brand;

    /// Fields of the first queue that are refused, without its id, with the remedy.
    fn refused(change: impl FnOnce(&mut Queue)) -> Vec<(String, String)> {
        let mut brand = Brand::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("brands/demo-clinic")).unwrap();
        let queue = &mut brand.queues[0];
        let id = format!("queues.{}.", queue.id);
        change(queue);
        let problems = brand.settings_problems();
        problems.into_iter().map(|problem| (problem.key.replace(&id, ""), problem.remedy)).collect()
    }

    #[test]
    fn a_number_of_a_queue_that_cannot_be_is_refused_by_field_with_the_remedy() {
        let row = |priority| SlaPriority {
            priority,
            wait_minutes: Some(5),
            first_response_minutes: None,
            resolution_minutes: None,
        };
        let with = |rows: Vec<SlaPriority>| refused(|queue| queue.sla.by_priority = rows);
        let none = SlaPriority { resolution_minutes: Some(0), ..row(10) };
        assert!(with(vec![row(1), row(100)]).is_empty());
        for (found, field, remedy) in [
            (refused(|queue| queue.sla.wait_minutes = Some(0)), "sla.wait_minutes", "promise nothing"),
            (refused(|queue| queue.sla.resolution_minutes = Some(0)), "sla.resolution_minutes", "promise nothing"),
            (refused(|queue| queue.sla.warn_percent = 100), "sla.warn_percent", "75"),
            (refused(|queue| queue.routing.offer_seconds = 0), "routing.offer_seconds", "at least 1"),
            (refused(|queue| queue.return_after_minutes = 1_441), "return_after_minutes", "at most a day"),
            (refused(|queue| queue.silent_close_minutes = Some(3)), "silent_close_minutes", "close nothing"),
            (with(vec![row(0)]), "sla.by_priority[0].priority", "red flags"),
            (with(vec![row(101)]), "sla.by_priority[0].priority", "red flags"),
            (with(vec![row(10), row(10)]), "sla.by_priority[1].priority", "once"),
            (with(vec![none]), "sla.by_priority[0].resolution_minutes", "promise nothing"),
            (with((1..12).map(row).collect()), "sla.by_priority", "fewer"),
        ] {
            let [(key, told)] = found.as_slice() else { panic!("{field}: {found:?}") };
            assert!(key == field && told.contains(remedy), "{field}: {key} {told}");
        }
    }

    #[test]
    fn what_is_more_urgent_is_promised_by_the_highest_priority_that_it_reaches_and_the_rest_as_to_all() {
        let row = |priority, wait| SlaPriority {
            priority,
            wait_minutes: Some(wait),
            first_response_minutes: None,
            resolution_minutes: (priority == 30).then_some(60),
        };
        let sla = Sla {
            wait_minutes: Some(20),
            first_response_minutes: Some(30),
            by_priority: vec![row(30, 2), row(10, 5)],
            ..Sla::default()
        };
        let times = |wait, resolution| SlaTimes { wait: Some(wait), first_response: Some(30), resolution };
        for (priority, expected) in [
            (-5, times(20, None)),
            (0, times(20, None)),
            (9, times(20, None)),
            (10, times(5, None)),
            (29, times(5, None)),
            (30, times(2, Some(60))),
            (1_000, times(2, Some(60))),
        ] {
            assert_eq!(sla.times(priority), expected, "{priority}");
        }
    }
}
