//! Reports on the desk's work. What each figure is stands at the feature (`report/`), and in the product's documentation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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

/// Consultations behind a number of a report.
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
}

/// `GET /reports/consultations`
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// First day, in the clinic's time zone.
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

/// `GET /reports/consultations/behind`
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BehindQuery {
    /// First day, in the clinic's time zone.
    #[param(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, itself within.
    #[param(value_type = String, format = Date)]
    pub to: Date,
    /// How the report was grouped. Default: `day`.
    pub group: Option<ReportGroup>,
    /// Key of the row in that report; without it the whole period.
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
    /// Calls begun.
    pub calls: u32,
    /// Of these, such that both sides were in.
    pub calls_completed: u32,
    /// Both sides in calls. Unit: seconds.
    pub call_seconds: i64,
    /// Call-backs that were due.
    pub callbacks_due: u32,
    /// Of these, never overdue. Unit: thousandths.
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
    /// The time zone that days and hours are of, an IANA name.
    pub time_zone: String,
    /// What a row is about.
    pub group: ReportGroup,
    /// Each part of the period, also where nothing happened; queues and operators only where something did.
    pub rows: Vec<ReportRow>,
    /// The whole period.
    pub total: ReportFigures,
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
