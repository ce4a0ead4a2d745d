//! The first days of an installation: the checklist, the rehearsal, the end of a demonstration.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OperatorRef, PatientRef, QueueRef};
use crate::ids::{ConsultationId, UserId};
use crate::time::Time;

/// What has to be done before real patients come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChecklistItemId {
    /// The partner's own name, logo and icon.
    Look,
    /// A telephone for people.
    Contacts,
    /// An e-mail for people.
    Email,
    /// Legal documents and consents that somebody has confirmed.
    Legal,
    /// An address where somebody reports a fault in the safety of the service.
    Security,
    /// The law that the consents have to satisfy.
    Profile,
    /// Queues with hours, and somebody who serves each.
    Queue,
    /// Two people for each queue.
    Cover,
    /// A supervisor who is real.
    Supervisor,
    /// An encrypted address that others reach.
    Address,
    /// The media server answers.
    Calls,
    /// The keeper's key lies in a second place.
    KeyBackup,
    /// The data are backed up, and a backup was tried.
    Backups,
    /// A rehearsal was played to its end.
    Rehearsal,
    /// Nothing of a demonstration is left.
    Demo,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChecklistState {
    /// It is done.
    Done,
    /// It is not.
    Open,
    /// It is not, and nothing waits for it.
    Advised,
    /// This brand does not need it.
    NotNeeded,
}

/// Who said that an item is done.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChecklistMark {
    /// When.
    pub at: Time,
    /// Who.
    pub by: OperatorRef,
}

/// An item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChecklistItem {
    /// Which.
    pub id: ChecklistItemId,
    /// How it stands.
    pub state: ChecklistState,
    /// Whether people say that it is done, because no machine can see it.
    pub by_hand: bool,
    /// Who said so; null: nobody, or it is seen.
    pub marked: Option<ChecklistMark>,
    /// What is missing: names of queues, or files of the brand's folder.
    pub missing: Vec<String>,
}

/// All that has to be done before real patients come, in the order in which it is best done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checklist {
    /// The items.
    pub items: Vec<ChecklistItem>,
    /// How many are open.
    pub open: usize,
}

/// A picture that phones read: squares of one size.
#[derive(Debug, Serialize, ToSchema)]
pub struct QrCode {
    /// Squares in a row, the quiet border included.
    pub size: usize,
    /// The dark squares as the path of an SVG whose unit is one square.
    pub path: String,
}

/// A rehearsal, with how far it came. Times are null until it happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rehearsal {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun_at: Time,
    /// By whom.
    pub begun_by: OperatorRef,
    /// When it was left, or another one begun.
    pub ended_at: Option<Time>,
    /// The address that the phone opens.
    pub link: String,
    /// The same as a picture.
    pub qr: QrCode,
    /// When the phone showed the app.
    pub opened_at: Option<Time>,
    /// When somebody signed in there.
    pub joined_at: Option<Time>,
    /// Who plays the patient.
    pub patient: Option<PatientRef>,
    /// What he asked for.
    pub consultation_id: Option<ConsultationId>,
    /// Where it waits, or waited.
    pub queue: Option<QueueRef>,
    /// When he asked; from then on it stands in the queue.
    pub asked_at: Option<Time>,
    /// Whether what he wrote has come.
    pub heard: bool,
    /// When somebody took it.
    pub taken_at: Option<Time>,
    /// When it was answered.
    pub answered_at: Option<Time>,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// Whether it came to its end.
    pub passed: bool,
}

/// The rehearsal that was begun last.
#[derive(Debug, Serialize, ToSchema)]
pub struct RehearsalState {
    /// It; null: there was none.
    pub rehearsal: Option<Rehearsal>,
    /// Whether one was ever played to its end.
    pub passed: bool,
    /// Whether the caller is met by it: he is none of a demonstration's, nobody has played one, he has not skipped
    /// it, and no real patient was answered here.
    pub offered: bool,
    /// Whether whoever opens the app can make an account there.
    pub open_registration: bool,
}

/// The phone's app says who signed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinRehearsal {
    /// What stood in the address.
    pub code: String,
}

/// That an account plays the patient.
#[derive(Debug, Serialize, ToSchema)]
pub struct RehearsalJoined {
    /// Since when.
    pub joined_at: Time,
    /// Whether the account was made for it, and goes with the demonstration's data.
    pub demo: bool,
}

/// What an account of a demonstration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DemoKind {
    /// A member of staff.
    Staff,
    /// A patient.
    Patient,
    /// Nobody has signed in with it.
    Unused,
}

/// An account of a demonstration.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoAccount {
    /// Which.
    pub user_id: UserId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: DemoKind,
}

/// What came of a removal.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoRemoved {
    /// Accounts that ended.
    pub accounts: i64,
    /// Consultations whose content was erased.
    pub consultations: i64,
    /// Call-backs that were erased.
    pub callbacks: i64,
    /// Patients of whom a legal hold keeps something.
    pub held: i64,
}

/// A removal.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoRemoval {
    /// When it was begun.
    pub begun_at: Time,
    /// By whom.
    pub begun_by: OperatorRef,
    /// Accounts that were to go.
    pub accounts: i64,
    /// When it was finished; null: not yet.
    pub finished_at: Option<Time>,
    /// What came of it; null: it is not finished.
    pub result: Option<DemoRemoved>,
}

/// What there is of a demonstration.
#[derive(Debug, Serialize, ToSchema)]
pub struct Demo {
    /// Accounts that have not ended.
    pub accounts: Vec<DemoAccount>,
    /// Their consultations whose content is there.
    pub consultations: i64,
    /// Their call-backs.
    pub callbacks: i64,
    /// Whether the caller is one of them, who cannot remove them.
    pub includes_you: bool,
    /// What has to be typed: the brand's name.
    pub confirm: String,
    /// The removal that was begun last; null: there was none.
    pub removal: Option<DemoRemoval>,
}

/// A supervisor removes all of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveDemo {
    /// The brand's name, in any of its languages.
    pub confirm: String,
}

/// `event: setup`: something of the first days changed. It is read anew.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupChanged {
    /// What: `checklist`, `rehearsal` or `demo`.
    pub what: String,
}
