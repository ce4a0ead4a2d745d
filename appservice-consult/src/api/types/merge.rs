//! Cards of one human: two of them side by side, the merge that shows them as one, and what may be the same human's.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{CustomField, OperatorRef, PatientConsent, PatientRow, Sex};
use crate::ids::{MergeId, PatientId, UserId};
use crate::time::Time;

/// A field of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardField {
    /// Name to show.
    Name,
    /// Birth date.
    BirthDate,
    /// Sex.
    Sex,
    /// Phone number.
    Phone,
    /// E-mail address.
    Email,
    /// Policy.
    Insurance,
    /// The number by which a partner's system knows him.
    ExternalId,
}

/// What a card says.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeCard {
    /// Id of the record.
    pub patient_id: PatientId,
    /// Matrix user id.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// E.164 where it was given so.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Policy, as text.
    pub insurance: Option<String>,
    /// The number by which a partner's system knows him.
    pub external_id: Option<String>,
    /// The brand's own fields, in their order.
    pub fields: Vec<CustomField>,
    /// When the service first saw him.
    pub created_at: Time,
}

/// How much there is under a card.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MergeCounts {
    /// Accounts that are shown on it.
    pub accounts: i64,
    /// Consultations.
    pub consultations: i64,
    /// Of these, those that are not over.
    pub open_consultations: i64,
    /// Call-backs.
    pub callbacks: i64,
    /// Persons whom it acts for, without those who were removed.
    pub persons: i64,
    /// Entries in the ledger of consents.
    pub consents: i64,
    /// Notes of staff.
    pub notes: i64,
    /// Files in sealed records.
    pub files: i64,
    /// Legal holds that stand.
    pub holds: i64,
}

/// One of two cards side by side.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeSide {
    /// What it says.
    pub card: MergeCard,
    /// What is under it.
    pub counts: MergeCounts,
}

/// Why two cards are not merged this way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MergeObstacle {
    /// One of the two is shown on another card already.
    AlreadyMerged,
    /// The one that would go shows other accounts itself: it can lead, or be separated first.
    LeadsOthers,
    /// An account of the two is deleted, or about to be.
    Deleted,
    /// An account of the two is a member of staff's.
    Staff,
    /// The one that would stay shows as many accounts as it may.
    Full,
}

/// `GET /patients/{id}/merges/preview`
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MergePreviewQuery {
    /// The card that would be shown on this one.
    pub with: PatientId,
}

/// Two cards side by side, and what a merge of them brings.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergePreview {
    /// The card that would stay in lists.
    pub leading: MergeSide,
    /// The one that would be shown on it.
    pub merged: MergeSide,
    /// Fields in which they differ.
    pub differing: Vec<CardField>,
    /// Of these, those in which only the one that would go says something.
    pub suggested: Vec<CardField>,
    /// Ids of the brand's own fields in which they differ.
    pub differing_fields: Vec<String>,
    /// Of these, those in which only the one that would go says something.
    pub suggested_fields: Vec<String>,
    /// That a member of staff said they are two people's; null: nobody did. They can be merged all the same.
    pub dismissed: Option<Dismissal>,
    /// Why it cannot be done; null: it can.
    pub obstacle: Option<MergeObstacle>,
    /// What was seen: a merge names it, and is refused where either card has changed since.
    pub seen: String,
}

/// `POST /patients/{id}/merges`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// The card that is shown on this one from now on.
    pub merged_id: PatientId,
    /// Fields that are shown as that one has them. Default: none. One in which they do not differ counts for nothing.
    #[serde(default)]
    pub taken: Vec<CardField>,
    /// Ids of the brand's own fields that are shown as that one has them. Default: none. One that there is not, or in which they do not differ, is refused.
    #[serde(default)]
    pub taken_fields: Vec<String>,
    /// Why, in 1 to 500 characters; for supervisors.
    pub reason: String,
    /// `seen` of the preview.
    pub seen: String,
    /// The client's idempotency key: the same gives the same merge.
    pub request_id: Uuid,
}

/// `POST /merges/{id}/separate`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeparateMerge {
    /// The version that was seen.
    pub version: i64,
    /// Why, in 1 to 500 characters; for supervisors.
    pub reason: String,
    /// The client's idempotency key: the same separates once.
    pub request_id: Uuid,
}

/// What the two cards say once they are separate.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeCards {
    /// The one that stayed.
    pub leading: MergeCard,
    /// The one that was shown on it.
    pub merged: MergeCard,
}

/// The end of a merge.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeSeparated {
    /// When.
    pub at: Time,
    /// By whom; null: one of the accounts was deleted.
    pub by: Option<OperatorRef>,
    /// Why; null where an account was deleted.
    pub reason: Option<String>,
}

/// A merge of two cards.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientMerge {
    /// Its id.
    pub id: MergeId,
    /// 1 while it stands, 2 once they are separate.
    pub version: i64,
    /// The card that stayed.
    pub leading_id: PatientId,
    /// The one that is shown on it.
    pub merged_id: PatientId,
    /// Fields that are shown as the merged account has them. Whoever changes one on the shown card changes it there.
    pub taken: Vec<CardField>,
    /// The same of the brand's own fields, by their ids.
    pub taken_fields: Vec<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub merged_at: Time,
    /// By whom.
    pub merged_by: OperatorRef,
    /// That they are separate again; null: the merge stands.
    pub separated: Option<MergeSeparated>,
    /// What each would say if they were separated now; null where they are.
    pub after: Option<MergeCards>,
}

/// All merges that a card was in, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientMerges {
    /// Those that stand and those that were.
    pub merges: Vec<PatientMerge>,
}

/// Another account that is shown on a card.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergedAccount {
    /// The merge.
    pub merge_id: MergeId,
    /// Its record.
    pub patient_id: PatientId,
    /// Matrix user id.
    pub user_id: UserId,
    /// The name that its own record has.
    pub name: String,
    /// Since when it is shown here.
    pub merged_at: Time,
    /// By whom.
    pub merged_by: OperatorRef,
    /// Fields that the card shows as this account has them.
    pub taken: Vec<CardField>,
    /// The same of the brand's own fields, by their ids.
    pub taken_fields: Vec<String>,
    /// What was agreed to from it, for its own holder.
    pub consents: Vec<PatientConsent>,
}

/// What makes two cards look like one human's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateReason {
    /// The same phone number.
    Phone,
    /// The same e-mail address.
    Email,
    /// The same name and the same birth date.
    NameAndBirthDate,
    /// The same name, where a birth date is not known. Only of a card that is to be made.
    Name,
    /// The same number of a partner's system, but for signs and capitals.
    ExternalId,
}

/// A card that may be the same human's.
#[derive(Debug, Serialize, ToSchema)]
pub struct PossibleDuplicate {
    /// It.
    pub patient: PatientRow,
    /// Why it may be.
    pub because: Vec<DuplicateReason>,
}

/// That two cards are two people's.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dismissal {
    /// When it was said.
    pub at: Time,
    /// By whom.
    pub by: OperatorRef,
}

/// A card that looks like the same human's and is another one's, at the word of a member of staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct DismissedDuplicate {
    /// It.
    pub patient: PatientRow,
    /// When it was said.
    pub at: Time,
    /// By whom.
    pub by: OperatorRef,
}

/// What may be the same human's as a card, and what is not.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientDuplicates {
    /// Other cards that may be his.
    pub duplicates: Vec<PossibleDuplicate>,
    /// Other cards that are not, the latest said first, at most 50.
    pub dismissed: Vec<DismissedDuplicate>,
}

/// What a card is to another one: FHIR's `Patient.link.type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PatientLinkType {
    /// The other one is to be used instead.
    ReplacedBy,
    /// It is to be used instead of the other one.
    Replaces,
}

/// Another card of the same human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PatientLink {
    /// What this card is to it.
    #[serde(rename = "type")]
    pub kind: PatientLinkType,
    /// The other one.
    pub patient_id: PatientId,
}
