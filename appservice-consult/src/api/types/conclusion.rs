//! Conclusions: what operators write down for the patient and sign.

use consilium_config::brand::ConclusionNeed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::OperatorRef;
use crate::ids::ConsultationId;
use crate::time::Time;

/// A signed conclusion, as its consultation names it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConclusionRef {
    /// Its number in the register.
    pub number: i64,
    /// Its last version, from 1.
    pub version: i64,
    /// When that was signed.
    pub signed_at: Time,
    /// By whom.
    pub signed_by: OperatorRef,
}

/// A section of a conclusion.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConclusionSection {
    /// The template's code.
    pub code: String,
    /// Heading, in the document's language.
    pub title: String,
    /// What to write here.
    pub hint: Option<String>,
    /// Whether it cannot be signed without.
    pub required: bool,
    /// What is written; empty: nothing.
    pub text: String,
}

/// `GET /consultations/{id}/conclusion/draft`: what is written and not signed yet, else what was signed last, in the template's sections.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConclusionDraft {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// Give it back with what is saved or signed, so that nobody's is lost; 0: nobody has saved anything.
    pub version: i64,
    /// The document's language (BCP 47): the patient's, unless somebody chose another.
    pub language: String,
    /// Title of the document, in that language.
    pub title: String,
    /// Whether the queue asks for one.
    pub need: ConclusionNeed,
    /// Its sections.
    pub sections: Vec<ConclusionSection>,
    /// When it was saved or signed last.
    pub saved_at: Option<Time>,
    /// By whom.
    pub saved_by: Option<OperatorRef>,
    /// Whether something is written that is not signed.
    pub unsigned: bool,
    /// Whether the caller may write it.
    pub may_write: bool,
    /// Whether the caller may sign it.
    pub may_sign: bool,
    /// Its number in the register, once it was signed.
    pub number: Option<i64>,
    /// What waits for a signature that somebody else makes, or was refused one; null: nothing does.
    pub signing: Option<ConclusionSigning>,
    /// What was signed, newest first.
    pub versions: Vec<ConclusionVersion>,
}

/// How a signature stands that somebody else makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConclusionSigningState {
    /// It is asked for until it comes. A change of the draft takes it back.
    Waiting,
    /// It was refused, and is asked for no more: sign again, or change the draft first.
    Refused,
}

/// What waits for a signature that somebody else makes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConclusionSigning {
    /// How it stands.
    pub state: ConclusionSigningState,
    /// When somebody pressed.
    pub asked_at: Time,
    /// Who.
    pub asked_by: OperatorRef,
    /// Why it is to replace the version before; null: it is the first.
    pub reason: Option<String>,
    /// How often it was asked for.
    pub attempts: i64,
    /// When it is asked for again; signing the same version once more asks at once. Null: it was refused.
    pub next_at: Option<Time>,
    /// What was said to a refusal; empty: nothing. Null: it waits.
    pub refusal: Option<String>,
}

/// A signed version of a conclusion. It never changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConclusionVersion {
    /// The conclusion's number in the register.
    pub number: i64,
    /// From 1.
    pub version: i64,
    /// When.
    pub signed_at: Time,
    /// By whom.
    pub signed_by: OperatorRef,
    /// How: `simple`, or a provider's name for its method.
    pub method: String,
    /// SHA-256 of what was signed, hexadecimal.
    pub hash: String,
    /// Why it replaced the version before; null: it is the first.
    pub reason: Option<String>,
}

/// `GET /consultations/{id}/conclusion/versions`
#[derive(Debug, Serialize, ToSchema)]
pub struct ConclusionVersions {
    /// Newest first; empty: none was signed.
    pub versions: Vec<ConclusionVersion>,
}

/// What is written in a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionText {
    /// The template's code.
    pub code: String,
    /// At most 8000 characters; all sections together at most 24000.
    pub text: String,
}

/// `PUT /consultations/{id}/conclusion/draft`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveConclusion {
    /// The version that was changed.
    pub version: i64,
    /// A language of the brand.
    pub language: String,
    /// All that is written; a section that is left out is empty.
    pub sections: Vec<SectionText>,
}

/// `POST /consultations/{id}/conclusion/sign`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignConclusion {
    /// The version of the draft that was read.
    pub version: i64,
}

/// `POST /consultations/{id}/conclusion/amend`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendConclusion {
    /// The version of the draft that was read.
    pub version: i64,
    /// Why, 1 to 1000 characters. The patient reads it too.
    pub reason: String,
}

/// Which version of a conclusion.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConclusionPdfQuery {
    /// The signed version; the last one where none is named.
    pub version: Option<i64>,
}

/// `event: conclusion` (staff): one was saved or signed. Who may read it loads it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConclusionChanged {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// The version of what is written.
    pub version: i64,
    /// The last signed version; 0: none.
    pub signed_version: i64,
}

/// A signed conclusion in a sealed record. Persisted for decades: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedConclusion {
    /// Its number in the register.
    pub number: i64,
    /// Its version, from 1.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// When it was signed.
    pub signed_at: Time,
    /// Name of who signed it.
    pub signed_by: String,
    /// How: `simple`, or a provider's name for its method.
    pub method: String,
    /// What the provider of the signature gave, base64; empty for `simple`.
    pub signature: String,
    /// SHA-256 of `content`, hexadecimal.
    pub hash: String,
    /// The JSON document that was signed, byte for byte.
    pub content: String,
}
