//! Rules of the desk: trying them, and what they did. What a rule is stands in the settings (`RuleSettings`). For supervisors alone.

use consilium_config::brand::RuleEvent;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{OperatorRef, PatientRef};
use crate::ids::{CallbackId, ConsultationId, RuleRunId};
use crate::time::Time;

/// A kind of condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleCondition {
    /// In which queue.
    Queues,
    /// With which tag.
    Tags,
    /// In which language.
    Languages,
    /// Whether its queue works.
    Hours,
    /// Whether there is a red flag.
    RedFlag,
    /// Whether the patient was here before.
    Returning,
    /// How long he has waited.
    WaitedMinutes,
    /// How long nobody wrote.
    SilentMinutes,
}

/// A kind of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleAction {
    /// A tag was to be taken off; `subject` is its id.
    RemoveTag,
    /// A tag was to be put on; `subject` is its id.
    AddTag,
    /// The priority was to be raised; `subject` says to what.
    RaisePriority,
    /// It was to wait in another queue; `subject` is its id.
    Move,
    /// A note was to be written.
    Note,
    /// Supervisors were to be alarmed.
    Alarm,
}

/// What came of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleOutcome {
    /// It was done.
    Done,
    /// It was so already.
    Unchanged,
    /// It does not wait any more: it has no place in line.
    NotWaiting,
    /// It waits for a colleague whom it was handed to by name.
    HandedOn,
    /// A rule before this one moved it.
    MovedBefore,
    /// There is no such tag.
    NoSuchTag,
    /// The tag is out of use.
    TagArchived,
    /// It has as many tags as there may be.
    TooManyTags,
    /// There is no such queue, or it is retired.
    NoSuchQueue,
    /// The queue shares no history with its own.
    OtherCircle,
    /// There is nothing that it could be done to.
    NotPossible,
}

/// An action of a rule that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleDone {
    /// Which.
    pub action: RuleAction,
    /// With what, as the action says.
    pub subject: Option<String>,
    /// What came of it.
    pub outcome: RuleOutcome,
}

/// An alarm of supervisors.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleAlarm {
    /// When one of them took note of it; null: nobody has yet.
    pub seen_at: Option<Time>,
    /// Who.
    pub seen_by: Option<OperatorRef>,
}

/// What a rule did once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleRun {
    /// Its id.
    pub id: RuleRunId,
    /// When.
    pub at: Time,
    /// The rule, as its section is named behind `rule.`.
    pub rule_id: String,
    /// Its name today, in the caller's language; its id where it is gone.
    pub rule_name: String,
    /// The version of its section that ran; 0: as the brand folder says.
    pub rule_version: i64,
    /// What had happened.
    pub event: RuleEvent,
    /// The consultation that it ran on.
    pub consultation_id: Option<ConsultationId>,
    /// The call-back that it ran on.
    pub callback_id: Option<CallbackId>,
    /// Whose; null: of a call-back by the form.
    pub patient: Option<PatientRef>,
    /// What came of each action.
    pub done: Vec<RuleDone>,
    /// The alarm, if it was one.
    pub alarm: Option<RuleAlarm>,
}

/// `GET /rules/runs`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RuleRunQuery {
    /// Only of this rule.
    pub rule_id: Option<String>,
    /// Only on this consultation.
    pub consultation_id: Option<ConsultationId>,
    /// Only alarms that nobody has taken note of. Default: false.
    pub open_alarms: Option<bool>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// `POST /rules/try`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleTry {
    /// The whole rule, as `PUT /settings/rule.<id>` takes it; nothing of it is kept.
    pub content: Value,
    /// How many of the last consultations, or call-backs, are looked at: 1 to 500. Default: 100.
    #[serde(default)]
    pub last: Option<u32>,
}

/// What a rule would have matched.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleTried {
    /// Whether what it waits for is kept; false: of silences nothing is, so that nothing can be said.
    pub is_known: bool,
    /// How many were looked at.
    pub looked_at: usize,
    /// How many it would have matched.
    pub matched: usize,
    /// Those to which it happened, newest first.
    pub rows: Vec<RuleTriedRow>,
}

/// One to which it happened. Queue and tags are as they stand now: what they were then is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleTriedRow {
    /// The consultation.
    pub consultation_id: Option<ConsultationId>,
    /// The call-back.
    pub callback_id: Option<CallbackId>,
    /// Whose; null: of a call-back by the form.
    pub patient: Option<PatientRef>,
    /// When it happened for the first time.
    pub at: Time,
    /// Whether the rule would have run.
    pub matches: bool,
    /// What became of each condition that it asks.
    pub findings: Vec<RuleFinding>,
}

/// What became of a condition.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleFinding {
    /// Which.
    pub condition: RuleCondition,
    /// Whether it holds.
    pub holds: bool,
    /// What there was: ids of queue or tags, a language, `within` or `outside`, `true` or `false`, whole minutes. Empty: nothing.
    pub found: Vec<String>,
}

/// `event: rule`: a rule ran, or somebody took note of its alarm.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleRan {
    /// What it did.
    pub run_id: RuleRunId,
}
