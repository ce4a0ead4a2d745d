//! What each feature's errors are on the wire: one `From` for each feature, one `match` without `_`. Those of merges stand in `merge_errors.rs`.

use super::field_errors::{no_such_field, not_yours};
use super::problem::ApiError;
use super::types::{CallTrouble, OperatorRef};
use crate::api_key::ApiKeyError;
use crate::archive::ArchiveError;
use crate::call::{self, CallError};
use crate::callback::{self, CallbackError};
use crate::canned::CannedError;
use crate::conclusion::{ConclusionError, SignatureError};
use crate::consent::ConsentError;
use crate::consultation::{ConsultationError, Refusal, TEAM_MAX};
use crate::conversation::KeysError;
use crate::custody::CustodyError;
use crate::deletion::{DeletionError, Obstacle};
use crate::fhir::FhirError;
use crate::macros::{MacroError, StepError};
use crate::note::NoteError;
use crate::operator::OperatorError;
use crate::own_data::{self, ExportError};
use crate::page::BadCursor;
use crate::patient::PatientError;
use crate::person::{PERSONS_MAX, PersonError};
use crate::rating::RatingError;
use crate::report::ReportError;
use crate::retention::RetentionError;
use crate::rules::{ListError, SeenError};
use crate::settings::SettingsError;
use crate::store::StoreError;
use crate::tag::TagError;
use crate::webhook::WebhookError;
use consilium_appservice::ClientError;
use consilium_keeper::KeeperError;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        ApiError::internal(error)
    }
}

impl From<BadCursor> for ApiError {
    fn from(error: BadCursor) -> Self {
        ApiError::malformed("cursor", error.to_string())
    }
}

impl From<ClientError> for ApiError {
    fn from(error: ClientError) -> Self {
        if error.may_pass() { ApiError::unavailable(error) } else { ApiError::internal(error) }
    }
}

impl From<KeeperError> for ApiError {
    fn from(error: KeeperError) -> Self {
        match error {
            KeeperError::Unreachable(_) | KeeperError::Busy | KeeperError::Closed => ApiError::unavailable(error),
            KeeperError::IdentityChanged { .. } => identity_changed(),
            KeeperError::NoIdentity { .. } => ApiError::keys_missing(),
            KeeperError::Config { .. }
            | KeeperError::KeyFile { .. }
            | KeeperError::WrongKey
            | KeeperError::ForeignFolder(_)
            | KeeperError::InUse
            | KeeperError::ForeignIdentity
            | KeeperError::ForeignDevice
            | KeeperError::NotCrossSigned
            | KeeperError::Refused { .. }
            | KeeperError::BadAnswer { .. }
            | KeeperError::NotATransaction(_)
            | KeeperError::BadArgument { .. }
            | KeeperError::NotInRoom(_)
            | KeeperError::Backup(_)
            | KeeperError::SecretDamaged { .. }
            | KeeperError::Store(_)
            | KeeperError::Crypto(_) => ApiError::internal(error),
        }
    }
}

fn identity_changed() -> ApiError {
    ApiError::conflict("The account's encryption identity was replaced: a supervisor has to approve it first.")
}

impl From<KeysError> for ApiError {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::NotHere => {
                ApiError::forbidden("Only who takes part in the open consultation gets the conversation's keys.")
            }
            KeysError::IdentityChanged => identity_changed(),
            KeysError::Keeper(source) => source.into(),
            KeysError::Store(source) => source.into(),
        }
    }
}

impl From<CustodyError> for ApiError {
    fn from(error: CustodyError) -> Self {
        match error {
            CustodyError::Stale => ApiError::sign_in_stale(),
            CustodyError::Keeper(source) => source.into(),
            CustodyError::Store(source) => source.into(),
        }
    }
}

impl From<CallError> for ApiError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotFound => ApiError::not_found(),
            CallError::Unavailable(CallTrouble::NotConnected) => {
                ApiError::calls_unavailable("No media server is connected.")
            }
            CallError::Unavailable(CallTrouble::NoAnswer) => {
                ApiError::calls_unavailable("The media server does not answer.")
            }
            CallError::NotAllowed | CallError::ForeignDevice => ApiError::forbidden(
                "Only who takes part in the open consultation or has taken the call-back, and is in its room, may call.",
            ),
            CallError::Observes => {
                ApiError::forbidden("An observer joins a call that others are in: he neither begins nor answers one.")
            }
            CallError::Refused(refusal) => call_refused(refusal),
            CallError::InAnotherCall(_) => ApiError::conflict("You are in another call."),
            CallError::Cursor(error) => error.into(),
            CallError::Homeserver(source) => source.into(),
            CallError::Store(source) => source.into(),
        }
    }
}

fn call_refused(refusal: call::Refusal) -> ApiError {
    match refusal {
        call::Refusal::OtherSide => ApiError::conflict("That is for the other side of the call to do."),
        call::Refusal::AnsweredElsewhere => ApiError::conflict("The call was answered on another device."),
        call::Refusal::Answered => ApiError::conflict("The call has been answered: hang up instead."),
        call::Refusal::Over => ApiError::conflict("The call is over."),
        call::Refusal::NotDue => ApiError::conflict("Not now."),
    }
}

impl From<PatientError> for ApiError {
    fn from(error: PatientError) -> Self {
        match error {
            PatientError::NotFound => ApiError::not_found(),
            PatientError::Deleted => ApiError::erased(),
            PatientError::ExternalIdTaken => ApiError::conflict("Another patient has this `external_id`."),
            PatientError::Card(error) => ApiError::invalid_fields(error.0),
            PatientError::NotYours(id) => not_yours(&id),
            PatientError::NoSuchField => no_such_field(),
            PatientError::Cursor(error) => error.into(),
            PatientError::Homeserver(source) => source.into(),
            PatientError::Store(source) => source.into(),
        }
    }
}

impl From<PersonError> for ApiError {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::NotFound => ApiError::not_found(),
            PersonError::Deleted => ApiError::erased(),
            PersonError::Full => {
                ApiError::conflict(format!("You act for {PERSONS_MAX} persons, which is as many as there may be."))
            }
            PersonError::Open(id, phase) => ApiError::already_open(id, phase),
            PersonError::Card(error) => ApiError::invalid_fields(error.0),
            PersonError::Store(source) => source.into(),
        }
    }
}

impl From<NoteError> for ApiError {
    fn from(error: NoteError) -> Self {
        match error {
            NoteError::NotFound => ApiError::not_found(),
            NoteError::NotOpen => ApiError::forbidden(
                "Notes are read by who takes part in a consultation of the conversation, or is mentioned in them.",
            ),
            NoteError::NotAuthor => ApiError::forbidden("Only its author changes a note; a supervisor may delete it."),
            NoteError::TooLate => ApiError::conflict("The hour in which its author may change a note is over."),
            NoteError::MayNotMention => {
                ApiError::forbidden("Who reads these notes because he was mentioned mentions nobody himself.")
            }
            NoteError::Changed => ApiError::conflict("The note was changed or deleted meanwhile. Look again."),
            NoteError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            NoteError::Cursor(error) => error.into(),
            NoteError::Store(source) => source.into(),
        }
    }
}

impl From<CannedError> for ApiError {
    fn from(error: CannedError) -> Self {
        match error {
            CannedError::NotFound => ApiError::not_found(),
            CannedError::NotSupervisor => ApiError::forbidden("Shared replies are kept by supervisors."),
            CannedError::Invalid(errors) => ApiError::invalid_fields(errors),
            CannedError::ShortcutTaken => ApiError::invalid("shortcut", "Another reply has this shortcut."),
            CannedError::Full => ApiError::conflict("There are as many canned replies as there may be: remove some."),
            CannedError::Changed => ApiError::conflict("The reply was changed meanwhile. Look again."),
            CannedError::Store(source) => source.into(),
        }
    }
}

impl From<TagError> for ApiError {
    fn from(error: TagError) -> Self {
        match error {
            TagError::NotFound => ApiError::not_found(),
            TagError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            TagError::NameTaken => ApiError::invalid("names", "Another tag has this name."),
            TagError::Archived => ApiError::conflict("The tag is out of use."),
            TagError::Full => ApiError::conflict("There are as many tags as there may be."),
            TagError::Changed => ApiError::conflict("The tag was changed meanwhile. Look again."),
            TagError::Store(source) => source.into(),
        }
    }
}

impl From<ConsentError> for ApiError {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::NotFound => ApiError::not_found(),
            ConsentError::Unknown => ApiError::invalid("consents", "The service asks for no such consent."),
            ConsentError::Changed(purpose) => ApiError::consent_changed(purpose),
            ConsentError::Missing(purposes) => ApiError::consents_missing(purposes),
            ConsentError::Store(source) => source.into(),
        }
    }
}

impl From<RatingError> for ApiError {
    fn from(error: RatingError) -> Self {
        match error {
            RatingError::NotFound => ApiError::not_found(),
            RatingError::NotNow => ApiError::conflict(
                "A consultation is rated within two weeks after it was closed, where its queue is rated.",
            ),
            RatingError::NotOpen => {
                ApiError::forbidden("A rating is read by who took part to the end, and supervisors.")
            }
            RatingError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            RatingError::Store(source) => source.into(),
        }
    }
}

impl From<OperatorError> for ApiError {
    fn from(error: OperatorError) -> Self {
        operator_error(error, |id| OperatorRef { id: id.clone(), name: String::new() })
    }
}

/// An error of changing members of staff. `named` gives the name of who was faster.
pub(super) fn operator_error(
    error: OperatorError,
    named: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        OperatorError::NotFound => ApiError::not_found(),
        OperatorError::Exists => ApiError::conflict("The account is a member of staff already."),
        OperatorError::Changed { by: Some(by) } => ApiError::changed(named(&by)),
        OperatorError::Changed { by: None } => ApiError::conflict("There is no such version. Look again."),
        OperatorError::Invalid(field) => ApiError::invalid_fields(vec![field]),
        OperatorError::Cursor(error) => error.into(),
        OperatorError::Keeper(source) => source.into(),
        OperatorError::Store(source) => source.into(),
    }
}

impl From<ReportError> for ApiError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Backwards | ReportError::TooLong => ApiError::invalid("to", error.to_string()),
            ReportError::UnknownQueue => ApiError::invalid("queue", error.to_string()),
            ReportError::UnknownOperator => ApiError::invalid("operator", error.to_string()),
            ReportError::BadCursor(error) => error.into(),
            ReportError::Store(source) => source.into(),
        }
    }
}

impl From<ArchiveError> for ApiError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::NotFound => ApiError::not_found(),
            ArchiveError::Erased => ApiError::erased(),
            ArchiveError::NoIdentity => {
                ApiError::conflict("The archive's key is not on this server: records are read where it is kept.")
            }
            ArchiveError::Cursor(error) => error.into(),
            ArchiveError::KeyFile { .. } | ArchiveError::DoesNotOpen | ArchiveError::Anchor { .. } => {
                ApiError::internal(error)
            }
            ArchiveError::Store(source) => source.into(),
        }
    }
}

impl From<FhirError> for ApiError {
    fn from(error: FhirError) -> Self {
        match error {
            FhirError::NotSealed => {
                ApiError::conflict("The consultation is not over: it can be exported once it is in the archive.")
            }
            FhirError::Archive(error) => error.into(),
            FhirError::Store(source) => source.into(),
        }
    }
}

impl From<RetentionError> for ApiError {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::NotFound => ApiError::not_found(),
            RetentionError::Held => ApiError::held(),
            RetentionError::NotSealed => {
                ApiError::conflict("The consultation is not over, or not all of it is in the archive yet.")
            }
            RetentionError::MayReopen(until) => ApiError::conflict(format!(
                "A message of the patient may open the consultation again until {until}: erase it afterwards."
            )),
            RetentionError::NotDue => ApiError::conflict("Its time is not over."),
            RetentionError::Lifted => ApiError::conflict("The hold was lifted already."),
            RetentionError::TooMany => ApiError::conflict("There are as many holds on it as there may be."),
            RetentionError::RequestUsed => ApiError::invalid("request_id", "It belongs to another hold."),
            RetentionError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            RetentionError::Cursor(error) => error.into(),
            RetentionError::Archive(error) => error.into(),
            RetentionError::Homeserver(source) => source.into(),
            RetentionError::Store(source) => source.into(),
        }
    }
}

impl From<DeletionError> for ApiError {
    fn from(error: DeletionError) -> Self {
        match error {
            DeletionError::NotFound => ApiError::not_found(),
            DeletionError::NotNow(obstacle) => not_now(obstacle),
            DeletionError::Retention(error) => error.into(),
            error @ DeletionError::Callback(_) => ApiError::internal(error),
            DeletionError::Archive(error) => error.into(),
            DeletionError::Homeserver(source) => source.into(),
            DeletionError::Keeper(source) => source.into(),
            DeletionError::Store(source) => source.into(),
        }
    }
}

fn not_now(obstacle: Obstacle) -> ApiError {
    match obstacle {
        Obstacle::Consultation(id, phase) => ApiError::already_open(id, phase),
        Obstacle::Call => ApiError::conflict("A call is on: hang up first."),
        Obstacle::Callback(id) => ApiError::callback_open(id),
        Obstacle::Sealing => ApiError::conflict("The last consultation is being put away: try again in a minute."),
        Obstacle::Staff => ApiError::conflict("The account is a member of staff's: it is not deleted here."),
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::NotFound => ApiError::not_found(),
            ExportError::Deleted => ApiError::erased(),
            ExportError::Busy => ApiError::rate_limited(own_data::BUSY_RETRY_MS),
            ExportError::Store(source) => source.into(),
            error @ ExportError::Written(_) => ApiError::internal(error),
        }
    }
}

impl From<ApiKeyError> for ApiError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::NotFound => ApiError::not_found(),
            ApiKeyError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            ApiKeyError::NameTaken => ApiError::conflict("Another key has this name."),
            ApiKeyError::TooMany => ApiError::conflict("There are as many keys as there may be."),
            ApiKeyError::Revoked => ApiError::conflict("The key was revoked: make a new one."),
            ApiKeyError::OtherRequest => {
                ApiError::invalid("Idempotency-Key", "It was given to another request: take a new one for this.")
            }
            ApiKeyError::Store(source) => source.into(),
        }
    }
}

impl From<WebhookError> for ApiError {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::NotFound => ApiError::not_found(),
            WebhookError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            WebhookError::TooMany => ApiError::conflict("There are as many webhooks as there may be."),
            WebhookError::Off => ApiError::conflict("The webhook is off: switch it on first."),
            WebhookError::Cursor(error) => error.into(),
            WebhookError::Store(source) => source.into(),
        }
    }
}

/// A conclusion's error. `named` gives the name of who was faster.
pub(super) fn conclusion_error(
    error: ConclusionError,
    named: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        ConclusionError::NotFound => ApiError::not_found(),
        ConclusionError::Off => ApiError::conflict("No conclusions are written in this queue."),
        ConclusionError::NotOpen => {
            ApiError::forbidden("A conclusion is read and written by who takes part in its consultation.")
        }
        ConclusionError::MayNotSign => {
            ApiError::forbidden("Only who leads or led the consultation, or a supervisor, signs its conclusion.")
        }
        ConclusionError::WrongPhase => ApiError::conflict("A conclusion is written once the consultation is taken."),
        ConclusionError::Changed { by } => ApiError::changed(named(&by)),
        ConclusionError::AlreadySigned => ApiError::conflict("The conclusion is signed already: amend it instead."),
        ConclusionError::NotSigned => ApiError::conflict("Nothing was signed yet: sign it instead."),
        ConclusionError::NothingNew => ApiError::conflict("Nothing was written since it was signed."),
        ConclusionError::Invalid(errors) => ApiError::invalid_fields(errors),
        ConclusionError::Signature(error @ SignatureError::Unavailable(_)) => ApiError::unavailable(error),
        ConclusionError::Signature(SignatureError::Refused(reason)) => {
            ApiError::conflict(format!("The provider of signatures refused: {reason}."))
        }
        error @ (ConclusionError::DoesNotOpen | ConclusionError::Pdf(_)) => ApiError::internal(error),
        ConclusionError::Store(source) => source.into(),
    }
}

/// An error of settings. `named` gives the name of who was faster.
pub(super) fn settings_error(
    error: SettingsError,
    named: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        SettingsError::NotFound => ApiError::not_found(),
        SettingsError::Invalid(errors) => ApiError::invalid_fields(errors),
        SettingsError::VersionTaken(errors) => {
            ApiError::conflict_of_fields("A version exists with another text.", errors)
        }
        SettingsError::Changed { by: Some(by) } => ApiError::changed(named(&by)),
        SettingsError::Changed { by: None } => ApiError::conflict("There is no such version. Look again."),
        SettingsError::QueueInUse => {
            ApiError::conflict("Patients have been here, or somebody serves it: retire the queue instead.")
        }
        SettingsError::QuestionnaireInUse { queues } => ApiError::conflict(format!(
            "Patients of these queues are asked this: {}. Choose something else there first.",
            queues.join(", ")
        )),
        SettingsError::Store(source) => source.into(),
    }
}

impl From<ListError> for ApiError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Cursor(error) => error.into(),
            ListError::Store(source) => source.into(),
        }
    }
}

impl From<SeenError> for ApiError {
    fn from(error: SeenError) -> Self {
        match error {
            SeenError::NotFound => ApiError::not_found(),
            SeenError::Store(source) => source.into(),
        }
    }
}

/// A call-back's error. `taken_by` gives the name of who was faster.
pub(super) fn callback_error(
    error: CallbackError,
    taken_by: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        CallbackError::NotFound | CallbackError::NoForm => ApiError::not_found(),
        CallbackError::Refused(refusal) => callback_refused(refusal, taken_by),
        CallbackError::Invalid(field) => ApiError::invalid_fields(vec![field]),
        CallbackError::OutsideHours { opens_at } => ApiError::outside_hours("window", opens_at),
        CallbackError::AlreadyOpen(id) => ApiError::callback_open(id),
        CallbackError::Consent(error) => error.into(),
        CallbackError::QueueFull => ApiError::rate_limited(QUEUE_FULL_RETRY_MS),
        CallbackError::Contended => ApiError::conflict("Others changed it meanwhile. Look again."),
        CallbackError::NoConversation => {
            ApiError::conflict("Who ordered it has no account: it can only be called by telephone.")
        }
        CallbackError::ConsentChanged => ApiError::conflict("The consent's text has changed: show the new one."),
        CallbackError::Challenge(error) => ApiError::challenge_failed(format!("{error}.")),
        CallbackError::Replayed => ApiError::challenge_failed("The challenge was used already."),
        CallbackError::Conversation(error) => consultation_error(error, taken_by),
        CallbackError::Archive(error) => error.into(),
        CallbackError::Call(error) => error.into(),
        CallbackError::Cursor(error) => error.into(),
        CallbackError::Store(source) => source.into(),
    }
}

fn callback_refused(
    refusal: callback::Refusal,
    taken_by: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match refusal {
        callback::Refusal::Taken { by } => ApiError::taken(taken_by(&by)),
        callback::Refusal::WrongPhase(phase) => ApiError::wrong_callback_phase(phase),
        callback::Refusal::NotHolder => ApiError::forbidden("Only the operator who has taken it may do this."),
        callback::Refusal::NotYourQueue => ApiError::forbidden("This queue is not yours."),
        callback::Refusal::InThePast => ApiError::invalid("again_at", "A time to call lies in the future."),
        callback::Refusal::NotDue => ApiError::conflict("Not now."),
    }
}

/// A consultation's error. `taken_by` gives the name of who was faster.
pub(super) fn consultation_error(
    error: ConsultationError,
    taken_by: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        ConsultationError::NotFound => ApiError::not_found(),
        ConsultationError::Refused(refusal) => refused(refusal, taken_by),
        ConsultationError::NoSuchQueue => ApiError::invalid("queue_id", "There is no such queue."),
        ConsultationError::NoSuchPerson => ApiError::invalid("person_id", "There is no such person."),
        ConsultationError::NoSuchOperator => ApiError::invalid("to", "There is no such operator."),
        ConsultationError::OtherCircle => {
            ApiError::invalid("to", "The queue shares no history with this conversation.")
        }
        ConsultationError::Answers(errors) => ApiError::invalid_fields(errors),
        ConsultationError::PersonChanged => ApiError::conflict("Somebody corrected it meanwhile. Look again."),
        ConsultationError::AnswersChanged => ApiError::conflict("The answers were changed meanwhile. Look again."),
        ConsultationError::Consent(error) => error.into(),
        ConsultationError::QueueFull => ApiError::rate_limited(QUEUE_FULL_RETRY_MS),
        ConsultationError::AlreadyOpen(id, phase) => ApiError::already_open(id, phase),
        ConsultationError::Contended => ApiError::conflict("Others changed it meanwhile. Look again."),
        ConsultationError::ConclusionMissing => ApiError::conclusion_required(),
        ConsultationError::FieldsMissing(ids) => ApiError::fields_required(&ids),
        ConsultationError::Cursor(error) => error.into(),
        ConsultationError::Homeserver(source) => source.into(),
        ConsultationError::Store(source) => source.into(),
    }
}

/// A macro's error; where a step cannot be done, that step's. `taken_by` gives the name of who was faster.
pub(super) fn macro_error(
    error: MacroError,
    taken_by: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        MacroError::NotFound => ApiError::not_found(),
        MacroError::Invalid(errors) => ApiError::invalid_fields(errors),
        MacroError::ShortcutTaken => ApiError::invalid("shortcut", "Another macro has this shortcut."),
        MacroError::Full => ApiError::conflict("There are as many macros as there may be."),
        MacroError::Changed => ApiError::conflict("The macro was changed meanwhile. Look again."),
        MacroError::OtherQueue => ApiError::conflict("The macro is for consultations of other queues."),
        MacroError::OtherRun => ApiError::conflict("This `request_id` stands for another run."),
        MacroError::Refused { step, source } => match source {
            StepError::Tag(error) => ApiError::from(error),
            StepError::Note(error) => ApiError::from(error),
            StepError::Consultation(error) => consultation_error(error, taken_by),
        }
        .at_macro_step(step),
        MacroError::Store(source) => source.into(),
    }
}

/// When a patient may try a full queue again.
const QUEUE_FULL_RETRY_MS: u64 = 60_000;

fn refused(refusal: Refusal, taken_by: impl FnOnce(&crate::ids::OperatorId) -> OperatorRef) -> ApiError {
    match refusal {
        Refusal::Taken { by } => ApiError::taken(taken_by(&by)),
        Refusal::OfferedTo { operator } => ApiError::offered(taken_by(&operator)),
        Refusal::WrongPhase(phase) => ApiError::wrong_phase(phase),
        Refusal::NotLead => ApiError::forbidden("Only the operator who leads the consultation may do this."),
        Refusal::NotYourQueue => ApiError::forbidden("This queue is not yours."),
        Refusal::ToTheLead => ApiError::invalid("to", "This operator leads it already."),
        Refusal::IsLead => {
            ApiError::conflict("This operator leads the consultation: it is handed on or closed instead.")
        }
        Refusal::OffDuty => ApiError::conflict("This operator is not on duty."),
        Refusal::TeamFull => ApiError::conflict(format!("At most {TEAM_MAX} operators take part in a consultation.")),
        Refusal::UntilInThePast => ApiError::invalid("until", "A hold ends in the future."),
        Refusal::Over | Refusal::NotDue => ApiError::conflict("Not now."),
    }
}
