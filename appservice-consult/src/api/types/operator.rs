//! Operators, their statuses, and the queues as staff sees them.

use consilium_config::brand::{Hours, StatusColor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallbackWindow, Price};
use crate::ids::{CircleId, OperatorId, QueueId, UserId};
use crate::time::Time;

/// What an operator is ready for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorStatus {
    /// Takes consultations.
    Online,
    /// Takes only what colleagues hand over.
    TransferOnly,
    /// Not at the desk.
    Away,
    /// On a break.
    Break,
    /// Finishes what is open and takes nothing new.
    GoingOff,
    /// Not working.
    Offline,
}

/// Rights of a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorRole {
    /// Gives consultations.
    Operator,
    /// Also sees to the service.
    Supervisor,
    /// Also says who administers it.
    Administrator,
}

impl OperatorRole {
    /// Whether he sees to the service: everything that supervisors may, administrators may.
    pub fn supervises(self) -> bool {
        match self {
            Self::Operator => false,
            Self::Supervisor | Self::Administrator => true,
        }
    }
}

/// A status of the brand's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatusKind {
    /// Its id in the settings.
    pub id: String,
    /// Which of the fixed statuses it is a kind of.
    pub of: OperatorStatus,
    /// Its name in the caller's language; its id where the settings have it no more.
    pub name: String,
    /// Its colour.
    pub color: StatusColor,
}

/// Statuses of the brand's own that can be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusKinds {
    /// In the order of the menu.
    pub statuses: Vec<StatusKind>,
}

/// A member of staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Operator {
    /// Id.
    pub id: OperatorId,
    /// Matrix user id.
    pub user_id: UserId,
    /// Name to show, to patients too.
    pub name: String,
    /// Profession or post.
    pub title: Option<String>,
    /// Grade, such as a category or a degree.
    pub grade: Option<String>,
    /// Rights.
    pub role: OperatorRole,
    /// Queues that he serves.
    pub queues: Vec<QueueId>,
    /// What he can do, in the desk's words.
    pub skills: Vec<String>,
    /// What he speaks, of the brand's languages; none: whatever patients do.
    pub languages: Vec<String>,
    /// How much he can have at once, in weights of queues; 0: nothing is offered to him.
    pub capacity: u32,
    /// When he is on duty; none: he has no schedule. A plan that the desk shows: what he is offered goes by his status.
    pub hours: Vec<Hours>,
    /// The time zone (IANA) of his hours; null: the brand's.
    pub time_zone: Option<String>,
    /// His times of duty of today and the seven days after it, in order, without holidays on which none of his services works; null: he has no schedule.
    pub duty: Option<Vec<CallbackWindow>>,
    /// What he is ready for.
    pub status: OperatorStatus,
    /// Which of the brand's own statuses it is; null: none.
    pub status_kind: Option<StatusKind>,
    /// Since when.
    pub status_since: Time,
    /// Why, where he said so; `lost_heartbeat` when his console fell silent, `missed_offer` when he did not answer an offer.
    pub status_reason: Option<String>,
    /// He winds up after a call and is offered nothing until then; null: he does not.
    pub wrap_up_until: Option<Time>,
    /// Consultations that he leads and that are not on hold.
    pub active_consultations: u32,
}

/// All members of staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct Operators {
    /// By name.
    pub operators: Vec<Operator>,
}

/// A time that an operator spent in one status.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusPeriod {
    /// Which.
    pub status: OperatorStatus,
    /// Which of the brand's own statuses; null: none.
    pub kind: Option<StatusKind>,
    /// Why, where he said so.
    pub reason: Option<String>,
    /// From.
    pub since: Time,
    /// To; null: still.
    pub until: Option<Time>,
}

/// A queue with its load.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Queue {
    /// Id in the brand's configuration.
    pub id: QueueId,
    /// Name in the caller's language.
    pub name: String,
    /// The queues that share a conversation's history.
    pub circle: CircleId,
    /// What they are called together, in the caller's language.
    pub circle_name: String,
    /// What a consultation costs; null: nothing.
    pub price: Option<Price>,
    /// Consultations that wait.
    pub waiting: u32,
    /// Consultations under way.
    pub active: u32,
    /// Consultations on hold.
    pub on_hold: u32,
    /// Request time of the one that waits longest.
    pub oldest_waiting_since: Option<Time>,
    /// Operators of this queue who are online.
    pub operators_online: u32,
    /// Whether what waits here is offered to operators by itself; else they pick by hand.
    pub is_routed: bool,
    /// Whether it takes nothing new; what is in it is answered to its end.
    pub retired: bool,
}

/// All queues of the brand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queues {
    /// In the order of the brand's configuration.
    pub queues: Vec<Queue>,
}
