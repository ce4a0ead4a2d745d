//! Rules: what the desk does by itself when something happens to a consultation or a call-back: an event, conditions, actions.
//!
//! What lives here: the shape, and what cannot be one. Whether a rule matches, and what it does then, is the consultation service's business.
//!
//! Deliberately absent: conditions within conditions, and a choice between «all» and «any». Each kind of condition stands once, any of its values will do, and
//! all kinds have to hold: whoever wants «or» between kinds writes two rules.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized};
use crate::check::Findings;

/// Each is looked at with every step of every consultation, and somebody has to know them all.
const RULES_MAX: usize = 50;
/// Values of one condition.
const VALUES_MAX: usize = 50;
/// Tags put on, and tags taken off; a consultation has no more.
const TAGS_MAX: usize = 20;
/// It stands in a line of a list. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 100;
/// As long as a note that is written by hand. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 4_000;
/// Longest wait that can be asked for: thirty days. Unit: minutes.
const WAITED_MINUTES_MAX: u32 = 30 * 24 * 60;
/// Longest silence that can be asked for: a year. Unit: minutes.
const SILENT_MINUTES_MAX: u32 = 365 * 24 * 60;
/// Highest priority that a rule gives: far above a red flag's.
const PRIORITY_MAX: u32 = 100;

/// What the desk does by itself when something happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = RuleSettings)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Short name: 1 to 32 of `a-z 0-9 -`. The log remembers it.
    #[schema(ignore)]
    pub id: String,
    /// Name for staff, by language: at most 100 characters.
    pub name: Localized,
    /// Whether it runs. Default: true.
    #[serde(default = "on")]
    pub on: bool,
    /// When it is looked at.
    pub event: RuleEvent,
    /// What has to hold then. Default: nothing.
    #[serde(default)]
    pub conditions: RuleConditions,
    /// What is done.
    pub actions: RuleActions,
}

fn on() -> bool {
    true
}

/// When a rule is looked at. Where a webhook is told of the same, the word is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, ToSchema)]
pub enum RuleEvent {
    /// A patient asked.
    #[serde(rename = "consultation.requested")]
    ConsultationRequested,
    /// What a patient answered when he asked, or anew while he waits, has a red flag.
    #[serde(rename = "consultation.red_flag")]
    ConsultationRedFlag,
    /// An operator took it.
    #[serde(rename = "consultation.taken")]
    ConsultationTaken,
    /// It was handed on.
    #[serde(rename = "consultation.transferred")]
    ConsultationTransferred,
    /// Nobody takes it, and soon the wait is longer than promised.
    #[serde(rename = "consultation.wait_warning")]
    ConsultationWaitWarning,
    /// The wait is longer than promised.
    #[serde(rename = "consultation.wait_broken")]
    ConsultationWaitBroken,
    /// Nobody answers, and soon that takes longer than promised.
    #[serde(rename = "consultation.response_warning")]
    ConsultationResponseWarning,
    /// The first answer takes longer than promised.
    #[serde(rename = "consultation.response_broken")]
    ConsultationResponseBroken,
    /// It is open, and soon that takes longer than promised.
    #[serde(rename = "consultation.resolution_warning")]
    ConsultationResolutionWarning,
    /// It is open longer than promised.
    #[serde(rename = "consultation.resolution_broken")]
    ConsultationResolutionBroken,
    /// The patient wrote after a long silence of both sides.
    #[serde(rename = "consultation.silence_ended")]
    ConsultationSilenceEnded,
    /// The patient wrote after the end, and it waits again.
    #[serde(rename = "consultation.reopened")]
    ConsultationReopened,
    /// It was closed.
    #[serde(rename = "consultation.closed")]
    ConsultationClosed,
    /// The patient withdrew.
    #[serde(rename = "consultation.cancelled")]
    ConsultationCancelled,
    /// Nobody came.
    #[serde(rename = "consultation.abandoned")]
    ConsultationAbandoned,
    /// Its conclusion was signed for the first time.
    #[serde(rename = "conclusion.signed")]
    ConclusionSigned,
    /// A call-back was ordered.
    #[serde(rename = "callback.ordered")]
    CallbackOrdered,
    /// Nobody called back in time.
    #[serde(rename = "callback.overdue")]
    CallbackOverdue,
}

impl RuleEvent {
    /// All events with their words: on the wire, in the file and in the database.
    pub const WORDS: [(Self, &'static str); 18] = [
        (Self::ConsultationRequested, "consultation.requested"),
        (Self::ConsultationRedFlag, "consultation.red_flag"),
        (Self::ConsultationTaken, "consultation.taken"),
        (Self::ConsultationTransferred, "consultation.transferred"),
        (Self::ConsultationWaitWarning, "consultation.wait_warning"),
        (Self::ConsultationWaitBroken, "consultation.wait_broken"),
        (Self::ConsultationResponseWarning, "consultation.response_warning"),
        (Self::ConsultationResponseBroken, "consultation.response_broken"),
        (Self::ConsultationResolutionWarning, "consultation.resolution_warning"),
        (Self::ConsultationResolutionBroken, "consultation.resolution_broken"),
        (Self::ConsultationSilenceEnded, "consultation.silence_ended"),
        (Self::ConsultationReopened, "consultation.reopened"),
        (Self::ConsultationClosed, "consultation.closed"),
        (Self::ConsultationCancelled, "consultation.cancelled"),
        (Self::ConsultationAbandoned, "consultation.abandoned"),
        (Self::ConclusionSigned, "conclusion.signed"),
        (Self::CallbackOrdered, "callback.ordered"),
        (Self::CallbackOverdue, "callback.overdue"),
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(event, _)| *event == self).map_or("", |(_, word)| word)
    }

    /// The event of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(event, _)| *event)
    }

    /// The event of a machine's step, by the words of its history; `None`: no rule is looked at.
    pub fn of_step(machine: &str, action: &str) -> Option<Self> {
        let is_it = |word: &str| word.split_once('.') == Some((machine, action));
        Self::WORDS.iter().find(|(_, word)| is_it(word)).map(|(event, _)| *event)
    }

    /// Whether it happens to a call-back and not to a consultation.
    pub fn is_of_callback(self) -> bool {
        matches!(self, Self::CallbackOrdered | Self::CallbackOverdue)
    }

    /// Whether what it happens to can wait in a queue then: elsewhere there is no place in line to change.
    fn may_wait(self) -> bool {
        match self {
            Self::ConsultationRequested
            | Self::ConsultationRedFlag
            | Self::ConsultationTransferred
            | Self::ConsultationWaitWarning
            | Self::ConsultationWaitBroken
            | Self::ConsultationResponseWarning
            | Self::ConsultationResponseBroken
            | Self::ConsultationResolutionWarning
            | Self::ConsultationResolutionBroken
            | Self::ConsultationSilenceEnded
            | Self::ConsultationReopened => true,
            Self::ConsultationTaken
            | Self::ConsultationClosed
            | Self::ConsultationCancelled
            | Self::ConsultationAbandoned
            | Self::ConclusionSigned
            | Self::CallbackOrdered
            | Self::CallbackOverdue => false,
        }
    }
}

/// What has to hold. Of a list any value will do; an empty one asks nothing; everything that is asked has to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RuleConditions {
    /// It is in one of these queues, which are the services that patients ask for. Default: any.
    pub queues: Vec<String>,
    /// It has one of these tags. Unit: ids of the desk's tags. Default: nothing is asked.
    pub tags: Vec<String>,
    /// The patient asked in one of these languages. Unit: those of the brand. Default: any.
    pub languages: Vec<String>,
    /// Whether its queue works then. Default: nothing is asked.
    pub hours: Option<RuleHours>,
    /// Whether what the patient answered has a red flag. Default: nothing is asked.
    pub red_flag: Option<bool>,
    /// Whether the patient was here before. Default: nothing is asked.
    pub returning: Option<bool>,
    /// The patient has waited at least so long for the first operator. Unit: minutes, 1 to 43200. Default: nothing is asked.
    pub waited_minutes: Option<u32>,
    /// Nobody wrote for at least so long before. Unit: minutes, 1 to 525600. Default: nothing is asked; `consultation.silence_ended`
    /// always needs it, and nothing else has it.
    pub silent_minutes: Option<u32>,
}

/// Whether a queue works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleHours {
    /// It works.
    Within,
    /// It does not.
    Outside,
}

/// What is done, in this order. At least one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RuleActions {
    /// Tags that are taken off. Unit: ids of the desk's tags. Default: none.
    pub remove_tags: Vec<String>,
    /// Tags that are put on. Unit: ids of the desk's tags. Default: none.
    pub add_tags: Vec<String>,
    /// The priority that it has at least from then on, while it waits. Unit: 1 to 100; a red flag has 10. Default: as it is.
    pub raise_priority_to: Option<u32>,
    /// The queue of the same circle that it goes on waiting in. Default: its own.
    pub move_to: Option<String>,
    /// A note for staff: at most 4000 characters. Default: none.
    pub note: Option<String>,
    /// Whether supervisors are alarmed in the console until one of them has seen it. Default: false.
    pub alarm: bool,
}

impl RuleActions {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Brand {
    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    pub(super) fn check_rules(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for rule in &self.rules {
            check_id("rules", &rule.id, &mut ids, found);
            let key = |name: &str| format!("rules.{}.{name}", rule.id);
            self.check_localized(&key("name"), &rule.name, found);
            if rule.name.iter().any(|(_, name)| name.chars().count() > NAME_CHARACTERS_MAX) {
                found
                    .refuse(&key("name"), format!("it has more than {NAME_CHARACTERS_MAX} characters"), "Say less.")
                    .code("too_long_all")
                    .with("most", NAME_CHARACTERS_MAX);
            }
            self.check_conditions(rule, found);
            self.check_actions(rule, found);
        }
        if self.rules.len() > RULES_MAX {
            found
                .refuse("rules", format!("there are more than {RULES_MAX}"), "Remove those that are off.")
                .code("too_many")
                .with("most", RULES_MAX);
        }
    }

    fn check_conditions(&self, rule: &Rule, found: &mut Findings) {
        let key = |name: &str| format!("rules.{}.conditions.{name}", rule.id);
        let RuleConditions { queues, tags, languages, red_flag, waited_minutes, silent_minutes, .. } = &rule.conditions;
        if !queues.iter().all(|id| self.queue(id).is_some()) {
            found
                .refuse(&key("queues"), "it names a queue that is not there", "Name queues of this brand.")
                .code("no_queue");
        }
        if !languages.iter().all(|language| self.languages.contains(language)) {
            found
                .refuse(&key("languages"), "it names a language that the brand does not speak", "Use `languages`.")
                .code("brand_language");
        }
        for (name, values) in [("queues", queues), ("tags", tags), ("languages", languages)] {
            check_list(&key(name), values, VALUES_MAX, found);
        }
        if waited_minutes.is_some_and(|minutes| !(1..=WAITED_MINUTES_MAX).contains(&minutes)) {
            found
                .refuse(&key("waited_minutes"), "it is not between 1 and 43200", "Ask for a wait of at most 30 days.")
                .code("range")
                .with("from", 1)
                .with("to", 43_200);
        }
        if rule.event.is_of_callback() {
            let asked = [
                ("tags", !tags.is_empty()),
                ("red_flag", red_flag.is_some()),
                ("waited_minutes", waited_minutes.is_some()),
            ];
            for (name, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked) {
                found
                    .refuse(&key(name), "a call-back has nothing of the kind", "Remove it, or choose another event.")
                    .code("not_of_callback");
            }
        }
        let ends_silence = rule.event == RuleEvent::ConsultationSilenceEnded;
        match silent_minutes {
            None if ends_silence => {
                found.refuse(&key("silent_minutes"), "it is missing", "Say how long nobody wrote.").code("required");
            }
            Some(_) if !ends_silence => {
                let remedy = "Remove it, or wait for `consultation.silence_ended`.";
                found.refuse(&key("silent_minutes"), "only the end of a silence has one", remedy).code("only_silence");
            }
            Some(minutes) if !(1..=SILENT_MINUTES_MAX).contains(minutes) => {
                found
                    .refuse(
                        &key("silent_minutes"),
                        "it is not between 1 and 525600",
                        "Ask for a silence of at most a year.",
                    )
                    .code("range")
                    .with("from", 1)
                    .with("to", 525_600);
            }
            _ => {}
        }
    }

    fn check_actions(&self, rule: &Rule, found: &mut Findings) {
        let key = |name: &str| format!("rules.{}.actions.{name}", rule.id);
        let RuleActions { remove_tags, add_tags, raise_priority_to, move_to, note, .. } = &rule.actions;
        if rule.actions.is_empty() {
            found
                .refuse(&format!("rules.{}.actions", rule.id), "it does nothing", "Choose at least one action.")
                .code("no_action");
        }
        for (name, tags) in [("remove_tags", remove_tags), ("add_tags", add_tags)] {
            check_list(&key(name), tags, TAGS_MAX, found);
            if rule.event.is_of_callback() && !tags.is_empty() {
                found
                    .refuse(&key(name), "a call-back has no tags", "Write a note, or raise an alarm.")
                    .code("not_of_callback");
            }
        }
        if remove_tags.iter().any(|tag| add_tags.contains(tag)) {
            found
                .refuse(&key("remove_tags"), "a tag is put on and taken off", "Choose one of the two.")
                .code("on_and_off");
        }
        if raise_priority_to.is_some_and(|priority| !(1..=PRIORITY_MAX).contains(&priority)) {
            found
                .refuse(&key("raise_priority_to"), "it is not between 1 and 100", "A red flag has 10.")
                .code("range")
                .with("from", 1)
                .with("to", 100);
        }
        if move_to.as_ref().is_some_and(|id| self.queue(id).is_none_or(|queue| queue.retired)) {
            found
                .refuse(
                    &key("move_to"),
                    "there is no such queue in use",
                    "Name a queue of this brand that is not retired.",
                )
                .code("no_queue");
        }
        if !rule.event.may_wait() {
            let asked = [("raise_priority_to", raise_priority_to.is_some()), ("move_to", move_to.is_some())];
            for (name, _) in asked.into_iter().filter(|(_, is_asked)| *is_asked) {
                let what = format!("nothing waits in a queue at `{}`", rule.event.as_str());
                found.refuse(&key(name), what, "Remove it, or choose another event.").code("not_of_event");
            }
        }
        if note.as_ref().is_some_and(|note| note.trim().is_empty() || note.chars().count() > NOTE_CHARACTERS_MAX) {
            found
                .refuse(&key("note"), "a note has 1 to 4000 characters", "Say less, or remove it.")
                .code("how_long")
                .with("from", 1)
                .with("to", NOTE_CHARACTERS_MAX);
        }
    }
}

fn check_list(key: &str, values: &[String], most: usize, found: &mut Findings) {
    let distinct: BTreeSet<&String> = values.iter().collect();
    if distinct.len() < values.len() {
        found.refuse(key, "it names one twice", "Name each once.").code("named_twice");
    }
    if values.len() > most {
        found.refuse(key, format!("it names more than {most}"), "Name fewer.").code("too_many").with("most", most);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use super::RuleEvent;

    #[test]
    fn events_have_the_words_of_the_wire_and_each_its_own() {
        for (event, word) in RuleEvent::WORDS {
            assert_eq!(serde_json::to_value(event).unwrap(), word);
            assert_eq!((RuleEvent::from_word(word), event.as_str()), (Some(event), word));
        }
        let words: BTreeSet<&str> = RuleEvent::WORDS.iter().map(|(_, word)| *word).collect();
        assert_eq!(words.len(), RuleEvent::WORDS.len());
        assert_eq!(RuleEvent::from_word("consultation.held"), None);
    }

    #[test]
    fn a_step_is_an_event_by_the_words_of_its_history() {
        assert_eq!(RuleEvent::of_step("consultation", "wait_broken"), Some(RuleEvent::ConsultationWaitBroken));
        assert_eq!(RuleEvent::of_step("callback", "overdue"), Some(RuleEvent::CallbackOverdue));
        for (machine, action) in [("consultation", "held"), ("callback", "taken"), ("consultation", "overdue")] {
            assert_eq!(RuleEvent::of_step(machine, action), None);
        }
    }
}
