//! Reports on the desk's work. What each figure is stands at the feature (`report/`), and in the product's documentation.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::call::CallRow;
use super::callback::CallbackRow;
use super::consultation::ConsultationRow;
use super::operator::{OperatorStatus, Queue};
use crate::ids::{OperatorId, QueueId};
use crate::time::Time;

/// What one row of a report is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportGroup {
    /// An hour of the day, all days of the period together.
    Hour,
    /// A day.
    #[default]
    Day,
    /// A week, as ISO 8601 numbers it.
    Week,
    /// A queue.
    Queue,
    /// An operator.
    Operator,
}

/// What a number of a report counts or measures: consultations, calls or call-backs that can be listed behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportFigure {
    /// Asked for.
    #[default]
    Entered,
    /// An operator wrote to the patient.
    Answered,
    /// Left while they waited.
    Abandoned,
    /// Closed by who led them.
    Closed,
    /// Handed on at least once.
    Transferred,
    /// Asked again within a day after the close.
    Reopened,
    /// Closed, and rated by the patient.
    Rated,
    /// Those that waited for an operator's first message, the longest wait first.
    Wait,
    /// Those that were taken and answered, the longest time between first.
    FirstResponse,
    /// Closed ones, the longest handling first.
    Handling,
    /// Closed ones, the longest time from the question to the close first.
    Resolution,
    /// Something was promised to them, and all that was decided was kept.
    SlaKept,
    /// A promise to them was broken.
    SlaBroken,
    /// Taken in time.
    SlaWaitKept,
    /// Not taken in time.
    SlaWaitBroken,
    /// Answered in time.
    SlaFirstResponseKept,
    /// Not answered in time.
    SlaFirstResponseBroken,
    /// Closed in time.
    SlaResolutionKept,
    /// Not closed in time.
    SlaResolutionBroken,
    /// Calls.
    Calls,
    /// Calls in which both sides were.
    CallsCompleted,
    /// Calls that the apps measured.
    CallsMeasured,
    /// Calls in which people will have heard each other badly.
    CallsPoor,
    /// Call-backs that were due.
    CallbacksDue,
    /// Of these, never overdue.
    CallbacksOnTime,
    /// Of these, overdue once.
    CallbacksLate,
}

/// `GET /reports/consultations`
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// First day, in the clinic's time zone; where one queue is asked about, in that queue's.
    #[param(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, itself within.
    #[param(value_type = String, format = Date)]
    pub to: Date,
    /// Default: `day`.
    pub group: Option<ReportGroup>,
    /// Only this queue.
    pub queue: Option<QueueId>,
    /// Only what this operator leads or led last.
    pub operator: Option<OperatorId>,
}

/// A key that is given and empty is one too; elsewhere in a query what is empty is as if it were not there.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// `GET /reports/consultations/behind`
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BehindQuery {
    /// First day, in the time zone of the report.
    #[param(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, itself within.
    #[param(value_type = String, format = Date)]
    pub to: Date,
    /// How the report was grouped. Default: `day`.
    pub group: Option<ReportGroup>,
    /// Key of the row in that report, empty for what nobody led; without it the whole period.
    #[serde(default, deserialize_with = "given")]
    pub key: Option<String>,
    /// Default: `entered`.
    pub figure: Option<ReportFigure>,
    /// Only this queue.
    pub queue: Option<QueueId>,
    /// Only what this operator leads or led last.
    pub operator: Option<OperatorId>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A length of time as it was for half of the cases, and for nine of ten. Percentiles are values that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Spread {
    /// Median. Unit: seconds.
    pub median_seconds: i64,
    /// 90th percentile. Unit: seconds.
    pub p90_seconds: i64,
}

/// Promises that were decided: kept or broken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SlaFigures {
    /// Consultations to which it was kept.
    pub kept: u32,
    /// Consultations to which it was broken.
    pub broken: u32,
    /// Kept ÷ both. Unit: thousandths.
    pub kept_permille: Option<i64>,
}

/// What calls were like, by what the apps of both sides measured while they ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallFigures {
    /// Calls that were measured.
    pub measured: u32,
    /// Of these, such that people will have heard each other badly: at least 5 % of the packets lost, 50 ms of jitter or 400 ms of round trip, on average.
    pub poor: u32,
    /// Lost packets, mean. Unit: of a thousand.
    pub loss_permille: Option<i64>,
    /// Jitter, mean. Unit: milliseconds.
    pub jitter_ms: Option<i64>,
    /// Round trip, mean. Unit: milliseconds.
    pub round_trip_ms: Option<i64>,
    /// How often a picture stood still.
    pub freezes: i64,
}

/// Figures. What there is no case of is null, never nought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportFigures {
    /// Consultations asked for.
    pub entered: u32,
    /// Of these, such that an operator wrote in.
    pub answered: u32,
    /// Of these, closed by who led them.
    pub closed: u32,
    /// Of these, left while they waited.
    pub abandoned: u32,
    /// Abandoned ÷ entered. Unit: thousandths.
    pub abandonment_permille: Option<i64>,
    /// From the question to the first message of an operator.
    pub wait: Option<Spread>,
    /// From the first taking to the first message of an operator.
    pub first_response: Option<Spread>,
    /// Led and not on hold, of closed ones.
    pub handling: Option<Spread>,
    /// From the question to the close.
    pub resolution: Option<Spread>,
    /// How often they were handed on.
    pub transfers: u32,
    /// Asked again within a day after the close.
    pub reopened: u32,
    /// Closed ones that their patients rated.
    pub rated: u32,
    /// Their average. Unit: thousandths of a star.
    pub rating_permille: Option<i64>,
    /// Rated ÷ closed. Unit: thousandths.
    pub response_permille: Option<i64>,
    /// Promises of the queue, all together: a consultation to which one was broken is broken.
    pub sla: SlaFigures,
    /// The promise that an operator takes it.
    pub sla_wait: SlaFigures,
    /// The promise that an operator writes.
    pub sla_first_response: SlaFigures,
    /// The promise that it is closed.
    pub sla_resolution: SlaFigures,
    /// Consultations that waited at once, on average over the time. Unit: thousandths; null where rows are operators, and of what is still to come.
    pub depth_average_permille: Option<i64>,
    /// The most that waited at once.
    pub depth_max: Option<i64>,
    /// Calls begun.
    pub calls: u32,
    /// Of these, such that both sides were in.
    pub calls_completed: u32,
    /// Both sides in calls. Unit: seconds.
    pub call_seconds: i64,
    /// What they were like.
    pub call_quality: CallFigures,
    /// Call-backs that were due.
    pub callbacks_due: u32,
    /// Of these, never overdue.
    pub callbacks_on_time: u32,
    /// The same ÷ those that were due. Unit: thousandths.
    pub callbacks_on_time_permille: Option<i64>,
    /// Time on duty, all operators together. Unit: seconds; null where rows are queues.
    pub on_duty_seconds: Option<i64>,
    /// Time with at least one active consultation ÷ time on duty. Unit: thousandths.
    pub occupancy_permille: Option<i64>,
    /// Consultations at once, while there was one. Unit: thousandths.
    pub concurrency_permille: Option<i64>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportRow {
    /// An hour (`07`), a day (`2026-11-28`), a week (`2026-W48`), the id of a queue or of an operator; empty: led by nobody.
    pub key: String,
    /// Name of the queue or operator today.
    pub name: Option<String>,
    /// Its figures.
    pub figures: ReportFigures,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// The time zone that days and hours are of, an IANA name: the clinic's, or that of the one queue that was asked about.
    pub time_zone: String,
    /// What a row is about.
    pub group: ReportGroup,
    /// Each part of the period, also where nothing happened; queues and operators only where something did.
    pub rows: Vec<ReportRow>,
    /// The whole period.
    pub total: ReportFigures,
}

/// What is behind a number: of the three lists that of what the figure counts, the others are empty. Newest first, and of a length the longest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportBehind {
    /// Consultations.
    pub consultations: Vec<ConsultationRow>,
    /// Calls.
    pub calls: Vec<CallRow>,
    /// Call-backs.
    pub callbacks: Vec<CallbackRow>,
    /// Give it back as `cursor` for the next page; null after the last.
    pub next_cursor: Option<String>,
    /// Rows of the whole list.
    pub total: i64,
}

/// A queue now, and today so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct WallboardQueue {
    /// The queue with its load.
    pub queue: Queue,
    /// Today so far.
    pub today: ReportFigures,
}

/// How many operators are in a status.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusCount {
    /// The status.
    pub status: OperatorStatus,
    /// Operators.
    pub operators: u32,
}

/// The desk at one glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wallboard {
    /// When it was so.
    pub at: Time,
    /// In the order of the brand's configuration.
    pub queues: Vec<WallboardQueue>,
    /// Every status, also such that nobody is in.
    pub operators: Vec<StatusCount>,
    /// Calls that go on.
    pub calls: u32,
    /// Today so far.
    pub today: ReportFigures,
}
