//! What clients send: bodies and queries. A field that is left out is not changed; null clears it.

use std::collections::BTreeMap;

use consilium_config::brand::Hours;
use serde::{Deserialize, Deserializer};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    FieldValue, FieldWish, GivenConsent, HandOver, OperatorRole, OperatorStatus, ParticipantRole, Phase,
    QuestionAnswer, Sex,
};
use crate::ids::{OperatorId, PatientId, PersonId, QueueId, TagId, UserId};
use crate::time::Time;

/// Tells a field that is null (`Some(None)`) from one that is absent (`None`, by `default`).
#[expect(clippy::option_option, reason = "absent, null and present are three different wishes")]
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// `POST /consultations`
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewConsultation {
    /// The service asked for.
    pub queue_id: QueueId,
    /// Whose health it is about, of the persons whom the patient acts for. Default: his own.
    #[serde(default)]
    pub person_id: Option<PersonId>,
    /// Made by the client once for each press of the button; a retry with the same one gives the same consultation.
    pub request_id: Uuid,
    /// What the service asks of the patient, all of it at once. Default: none, as from clients that cannot ask.
    #[serde(default)]
    pub answers: Option<Vec<QuestionAnswer>>,
    /// What the patient agrees to with it, each with the text that he was shown. Default: nothing.
    #[serde(default)]
    pub consents: Vec<GivenConsent>,
}

/// `POST /me/backup-secret`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupSecretRequest {
    /// What the device calls itself, for the notice to the patient's other devices: at most 100 characters.
    pub device_name: Option<String>,
    /// The patient keeps the secret himself and has lost it: the keeper makes a new one, and what the old one opened is lost.
    #[serde(default)]
    pub start_over: bool,
}

/// `POST /consultations/{id}/hold`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct HoldRequest {
    /// When it resumes by itself.
    pub until: Option<Time>,
}

/// `POST /consultations/{id}/transfer`
#[derive(Debug, Deserialize, ToSchema)]
pub struct TransferRequest {
    /// Where to.
    pub to: TransferTarget,
    /// For the one who takes it next; not shown to the patient.
    pub note: String,
}

/// `POST /consultations/{id}/take-over`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOverRequest {
    /// Who leads it, as the caller saw it.
    pub lead: OperatorId,
    /// Why, for the history that staff reads; the patient is not told.
    #[serde(default)]
    pub note: Option<String>,
}

/// `PUT /consultations/{id}/person`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectPerson {
    /// Whom it is about, of the persons whom the patient acts for; null: he himself.
    pub person_id: Option<PersonId>,
    /// Whom it was about, as the caller saw it; null: the patient himself.
    pub was: Option<PersonId>,
}

/// A queue or an operator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum TransferTarget {
    /// Anyone of a queue of the same circle.
    Queue {
        /// Which.
        queue_id: QueueId,
    },
    /// A colleague.
    Operator {
        /// Whom.
        operator_id: OperatorId,
    },
}

/// As what a colleague is asked in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuestRole {
    /// Advises and speaks.
    #[default]
    Consultant,
    /// Watches, visible to the patient: he reads and listens, and can neither write in the room nor send anything in a call.
    Observer,
    /// Learns.
    Trainee,
}

impl From<GuestRole> for ParticipantRole {
    fn from(role: GuestRole) -> Self {
        match role {
            GuestRole::Consultant => Self::Consultant,
            GuestRole::Observer => Self::Observer,
            GuestRole::Trainee => Self::Trainee,
        }
    }
}

/// `POST /consultations/{id}/participants`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteRequest {
    /// Whom.
    pub operator_id: OperatorId,
    /// As what; a consultant where it is left out.
    #[serde(default)]
    pub role: GuestRole,
}

/// `POST /consultations/{id}/close`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct CloseRequest {
    /// Why or how it ended; the patient sees it.
    pub note: Option<String>,
}

/// `PUT /operators/me/status`
#[derive(Debug, Deserialize, ToSchema)]
pub struct StatusChange {
    /// What the operator is ready for.
    pub status: OperatorStatus,
    /// Which of the brand's own statuses, by its id; it is a kind of `status`. Default: none.
    #[serde(default)]
    pub kind: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What becomes of what the caller leads, where he goes: `going_off` or `offline`. What is not named goes by its queue's rule.
    #[serde(default)]
    pub hand_over: Vec<HandOver>,
}

/// `POST /operators`
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NewOperator {
    /// An account of this homeserver.
    pub user_id: UserId,
    /// Name to show, to patients too.
    pub name: String,
    /// Profession or post.
    pub title: Option<String>,
    /// Grade, such as a category or a degree. Default: none.
    #[serde(default)]
    pub grade: Option<String>,
    /// Rights: at most those of who says so.
    pub role: OperatorRole,
    /// Queues that he serves.
    pub queues: Vec<QueueId>,
    /// What he can do, in the desk's words; queues may ask for it.
    #[serde(default)]
    pub skills: Vec<String>,
    /// What he speaks, of the brand's languages; none: whatever patients do.
    #[serde(default)]
    pub languages: Vec<String>,
    /// How much he can have at once, in weights of queues; 0: nothing is offered to him. Default: 4.
    pub capacity: Option<u32>,
    /// When he is on duty; none: he has no schedule.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// The time zone (IANA) of his hours; null: the brand's.
    #[serde(default)]
    pub time_zone: Option<String>,
}

/// `PATCH /operators/{id}`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct OperatorChange {
    /// Name to show.
    pub name: Option<String>,
    /// Profession or post.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub title: Option<Option<String>>,
    /// Grade, such as a category or a degree.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub grade: Option<Option<String>>,
    /// Rights: at most those of who says so, who cannot change one above him.
    pub role: Option<OperatorRole>,
    /// Queues that he serves.
    pub queues: Option<Vec<QueueId>>,
    /// What he can do, in the desk's words; queues may ask for it.
    pub skills: Option<Vec<String>>,
    /// What he speaks, of the brand's languages; none: whatever patients do.
    pub languages: Option<Vec<String>>,
    /// How much he can have at once, in weights of queues; 0: nothing is offered to him.
    pub capacity: Option<u32>,
    /// When he is on duty; none: he has no schedule.
    pub hours: Option<Vec<Hours>>,
    /// The time zone (IANA) of his hours; null: the brand's.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub time_zone: Option<Option<String>>,
}

/// `POST /operators/{id}/restore`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatorRestore {
    /// The version that stands now; 0: nothing of him was changed in the console.
    pub based_on: i64,
    /// The version whose content is wanted; 0: what stood before the first.
    pub version: i64,
}

/// `PATCH /patients/{id}`
#[derive(Debug, Default, Clone, Deserialize, ToSchema)]
pub struct PatientChange {
    /// Name to show.
    pub name: Option<String>,
    /// ISO 8601 date.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub birth_date: Option<Option<String>>,
    /// As FHIR's administrative gender.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<Option<Sex>>,
    /// E.164.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    /// E-mail address.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
    /// Policy, as text.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub insurance: Option<Option<String>>,
    /// The number by which a partner's system knows him, at most 100 characters; no two patients have the same.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub external_id: Option<Option<String>>,
    /// The brand's own fields, by id: see `GET /fields`. What is left out stays; null empties.
    #[schema(value_type = Option<BTreeMap<String, FieldWish>>)]
    pub fields: Option<BTreeMap<String, Option<FieldValue>>>,
}

/// `PATCH /me`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct OwnChange {
    /// Name to show.
    pub name: Option<String>,
    /// ISO 8601 date.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub birth_date: Option<Option<String>>,
    /// As FHIR's administrative gender.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<Option<Sex>>,
    /// E.164.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    /// E-mail address.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
}

/// Which consultations staff wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsultationView {
    /// Queued.
    Waiting,
    /// The caller takes part, or it was transferred to him.
    Mine,
    /// Active, anybody's.
    Active,
    /// On hold, anybody's.
    OnHold,
    /// Archived, cancelled or abandoned.
    Ended,
    /// All.
    #[default]
    All,
}

/// Order of consultations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsultationSort {
    /// Of what is open: who comes next, by priority, then who waits longest.
    Waiting,
    /// Newest request first.
    Newest,
    /// Oldest request first.
    Oldest,
    /// By the patient's name, then newest first.
    Patient,
    /// Of what is open: whose promise is broken, then whose is nearest to be; those that nothing was promised come last.
    Sla,
    /// Of what is open: whose patient waits longest for an answer; those that are answered come last.
    Unanswered,
}

/// How a promise of the queue stands, as lists are filtered by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlaFilter {
    /// It was warned of, and none is broken yet.
    Warning,
    /// One is broken.
    Breach,
}

/// `GET /consultations`
///
/// What is not named here is refused, and for staff what contradicts itself too. Patients' lists take `person`, `limit` and `cursor`; the rest does not count there.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ConsultationQuery {
    /// Staff only.
    pub view: Option<ConsultationView>,
    /// Only this queue.
    pub queue: Option<QueueId>,
    /// Only those that this operator leads or led last.
    pub operator: Option<OperatorId>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Only those about this person whom a patient acts for; `self`: only those about the patient himself, for staff together with `patient`.
    pub person: Option<PersonId>,
    /// Staff only: those with this tag.
    pub tag: Option<TagId>,
    /// Staff only: those with this in a field of the brand's own, such as `occasion:first`: the code of a `choice`, `yes` or `no` of a `boolean`.
    pub field: Option<String>,
    /// Only in this phase; it has to be one of the view.
    pub phase: Option<Phase>,
    /// Asked for at or after.
    pub from: Option<Time>,
    /// Asked for before.
    pub to: Option<Time>,
    /// Of a view of what is open: only those with a raised priority, or without.
    pub urgent: Option<bool>,
    /// Of a view of what is open: only those with a red flag among the patient's answers, or without.
    pub red_flag: Option<bool>,
    /// Of a view of what is open: only those of which a promise stands so.
    pub sla: Option<SlaFilter>,
    /// Of a view of what is open: only those whose patient waits for an answer, or does not.
    pub unanswered: Option<bool>,
    /// Of a view of what is open: only those whose patient speaks this language of the brand.
    pub language: Option<String>,
    /// Part of the patient's name, or of a person's whom he acts for.
    pub q: Option<String>,
    /// Default: `waiting` for the view `waiting`, else `newest`.
    pub sort: Option<ConsultationSort>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Order of patients.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PatientSort {
    /// By name.
    #[default]
    Name,
    /// Newest first.
    Newest,
    /// Latest consultation first.
    LastConsultation,
    /// Most consultations first.
    Consultations,
}

/// `GET /patients`
///
/// What is not named here is refused, and what contradicts itself too.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PatientQuery {
    /// Part of the name, or of a person's whom he acts for; or a whole phone number or e-mail address.
    pub q: Option<String>,
    /// The one with this account: a Matrix user id, or the name that he signs in with. Then no other filter counts.
    pub user: Option<String>,
    /// The one whom a partner's system knows by this number. Then `q` does not count.
    pub external_id: Option<String>,
    /// Those with this in a field of the brand's own, such as `branch:river`: the code of a `choice`, `yes` or `no` of a `boolean`.
    pub field: Option<String>,
    /// Only of this sex, as the card says.
    pub sex: Option<Sex>,
    /// Only who had a consultation in the last so many days, 1 to 3660.
    pub days: Option<u32>,
    /// Default: `name`; with `q` the best match first.
    pub sort: Option<PatientSort>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Order of the archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveSort {
    /// Sealed last first.
    #[default]
    Newest,
    /// Sealed first first.
    Oldest,
}

/// `GET /archive`
///
/// What is not named here is refused, and what contradicts itself too.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ArchiveQuery {
    /// Part of the patient's name, or of a person's whom he acts for.
    pub q: Option<String>,
    /// Only this queue.
    pub queue: Option<QueueId>,
    /// Only those that this operator took part in.
    pub operator: Option<OperatorId>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Those with this in a field of the brand's own, such as `occasion:first`: the code of a `choice`, `yes` or `no` of a `boolean`.
    pub field: Option<String>,
    /// Sealed at or after.
    pub from: Option<Time>,
    /// Sealed before.
    pub to: Option<Time>,
    /// Sealed in the last so many days, 1 to 3660; instead of `from` and `to`.
    pub days: Option<u32>,
    /// Only those with this tag.
    pub tag: Option<TagId>,
    /// Only those that their patients gave at most so many stars, 1 to 5.
    pub stars_max: Option<i64>,
    /// Only those with a signed conclusion, or without.
    pub conclusion: Option<bool>,
    /// Only those that a legal hold is on, or not.
    pub held: Option<bool>,
    /// Only those with files, or without; together with `patient`.
    pub files: Option<bool>,
    /// Default: `newest`.
    pub sort: Option<ArchiveSort>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// `GET /audit`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Matrix user id of who acted.
    pub actor: Option<String>,
    /// The act, such as `archive.read`.
    pub action: Option<String>,
    /// Id of what was acted on.
    pub subject: Option<String>,
    /// Done then or later.
    pub from: Option<Time>,
    /// Done before.
    pub to: Option<Time>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}
