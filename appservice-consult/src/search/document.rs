//! A sealed consultation or call-back as the index has it: what it is found by, and by whom.

use std::collections::{BTreeMap, BTreeSet};

use super::beginning::first_letters;
use super::key::Term;
use super::piece::{Piece, Source, pieces, pieces_of_callback};
use super::words::{stem, words};
use super::{SearchError, Subject};
use crate::api::types::ArchivedCallback;
use crate::archive::{self, ArchiveError, Share, Whole};
use crate::callback;
use crate::consultation::{Record, record};
use crate::ids::{CallbackId, ConsultationId, OperatorId};
use crate::note;
use crate::store::Session;
use crate::tag;
use crate::tenant::Tenant;
use crate::time::Time;

/// Most different words of a document. A day of talk has about a thousand; what has more is machine output, and its end is not found.
const STEMS_MAX: usize = 20_000;

/// What a sealed consultation or call-back is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The place of its first record in the chain: its number for ever.
    pub doc: i64,
    /// Which it is.
    pub subject: Subject,
    /// When that record was sealed.
    pub sealed_at: Time,
    /// Its queue.
    pub queue: String,
    /// Tags on it.
    pub tags: BTreeSet<String>,
    /// Who took part, and how much of it he may read.
    pub operators: Vec<(OperatorId, Heard)>,
    /// Stems of its texts.
    pub stems: BTreeSet<String>,
}

/// How much of a document an operator may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// All.
    Whole,
    /// What has these stems.
    Part(BTreeSet<String>),
}

impl Document {
    /// Everything that it is found by.
    pub fn terms(&self) -> impl Iterator<Item = Term<'_>> {
        let stems = self.stems.iter().map(|stem| Term::Stem(stem));
        let tags = self.tags.iter().map(|tag| Term::Tag(tag));
        let operators = self.operators.iter().flat_map(|(operator, heard)| {
            let operator = operator.as_str();
            let (whole, part) = match heard {
                Heard::Whole => (Some(Term::WholeFor(operator)), None),
                Heard::Part(stems) => (None, Some(stems)),
            };
            let part = part.into_iter().flatten().map(move |stem| Term::HeardBy { operator, stem });
            std::iter::once(Term::Operator(operator)).chain(whole).chain(part)
        });
        stems.chain(tags).chain(operators).chain(std::iter::once(Term::Queue(&self.queue)))
    }

    /// Its stems by their first letters, as far as they are found by these.
    pub fn begun(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let mut begun: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for stem in &self.stems {
            if let Some(letters) = first_letters(stem) {
                begun.entry(letters).or_default().insert(stem.clone());
            }
        }
        begun
    }
}

/// Stems of some texts.
pub fn stems(pieces: &[Piece]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for word in pieces.iter().flat_map(|piece| words(&piece.text)) {
        if all.len() >= STEMS_MAX {
            break;
        }
        all.extend(stem(&word.folded));
    }
    all
}

/// What is sealed, read for the index; `None`: nothing of it is to be found, for it is erased or was never sealed.
///
/// Errors: `Archive` where a record does not open.
pub async fn read(session: &mut Session, tenant: &Tenant, subject: &Subject) -> Result<Option<Document>, SearchError> {
    match subject {
        Subject::Consultation(id) => of_consultation(session, tenant, id).await,
        Subject::Callback(id) => of_callback(session, tenant, id).await,
    }
}

async fn of_consultation(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<Option<Document>, SearchError> {
    let record = record::load(session, id).await?.filter(|record| record.erased_at.is_none());
    let Some(record) = record.filter(|record| record.sealed.is_some()) else { return Ok(None) };
    let whole = match archive::whole(session, tenant, id).await {
        Err(ArchiveError::NotFound | ArchiveError::Erased) => return Ok(None),
        other => other?,
    };
    let notes = notes(session, tenant, id).await?;
    let mut tags = tag::of_consultations(session, &[id.as_str()]).await?;
    let Whole { first, first_sealed_at, content } = whole;
    let operators: BTreeSet<&OperatorId> = record.members.iter().map(|member| &member.operator).collect();
    let heard = |operator: &OperatorId| {
        let heard = match Share::of_operator(&record, operator)? {
            Share::Whole => Heard::Whole,
            share @ Share::Until(_) => {
                let mut part = content.clone();
                share.cut(&mut part);
                Heard::Part(stems(&pieces(&part, &notes)))
            }
        };
        Some((operator.clone(), heard))
    };
    Ok(Some(Document {
        doc: first,
        subject: id.into(),
        sealed_at: first_sealed_at,
        queue: record.state.queue.to_string(),
        tags: tags.remove(id).unwrap_or_default().into_iter().map(|tag| tag.id.to_string()).collect(),
        operators: operators.into_iter().filter_map(heard).collect(),
        stems: stems(&pieces(&content, &notes)),
    }))
}

/// A call-back has one record, and nothing is written about it after that. Who had it in his hands last may read it, as he may open the record.
async fn of_callback(session: &mut Session, tenant: &Tenant, id: &CallbackId) -> Result<Option<Document>, SearchError> {
    let record = callback::load(session, &tenant.key, id).await?.filter(|record| record.erased_at.is_none());
    let Some((record, (sequence, sealed_at))) = record.and_then(|record| record.sealed.map(|sealed| (record, sealed)))
    else {
        return Ok(None);
    };
    let content = match archive::open_one::<ArchivedCallback>(session, tenant, sequence).await {
        Err(ArchiveError::NotFound | ArchiveError::Erased) => return Ok(None),
        other => other?.0,
    };
    Ok(Some(Document {
        doc: sequence,
        subject: id.into(),
        sealed_at,
        queue: record.queue.to_string(),
        tags: BTreeSet::new(),
        operators: record.state.last_operator.into_iter().map(|operator| (operator, Heard::Whole)).collect(),
        stems: stems(&pieces_of_callback(&content)),
    }))
}

/// What staff noted while a consultation was the latest. Who took part in it reads all notes of its conversation, so these too.
pub async fn notes(session: &mut Session, tenant: &Tenant, id: &ConsultationId) -> Result<Vec<Piece>, SearchError> {
    let notes = note::of_consultation(session, tenant, id).await?;
    let piece = |note: note::Record| {
        let by = tenant.staff.by_id(&note.author).map(|member| member.name.clone());
        Some(Piece { source: Source::Note, at: Some(note.created_at), by, text: note.text? })
    };
    Ok(notes.into_iter().filter_map(piece).collect())
}

/// How much of a record there is for somebody, as pieces.
pub async fn pieces_for(
    session: &mut Session,
    tenant: &Tenant,
    record: &Record,
    share: Share,
) -> Result<Vec<Piece>, SearchError> {
    let Whole { mut content, .. } = archive::whole(session, tenant, &record.id).await?;
    share.cut(&mut content);
    Ok(pieces(&content, &notes(session, tenant, &record.id).await?))
}

/// What there is of a call-back, as pieces.
pub async fn pieces_of_sealed(
    session: &mut Session,
    tenant: &Tenant,
    sequence: i64,
) -> Result<Vec<Piece>, SearchError> {
    let (content, _) = archive::open_one::<ArchivedCallback>(session, tenant, sequence).await?;
    Ok(pieces_of_callback(&content))
}
