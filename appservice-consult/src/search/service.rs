//! A search: looked up in the index, the page's records opened and cut to what the reader may read, recorded, given out.

use std::collections::HashMap;

use super::document::{pieces_for, pieces_of_sealed};
use super::find::{self, Lookup, Matches};
use super::piece::Piece;
use super::query::Query;
use super::snippet::{Snippet, snippets};
use super::{SearchError, Subject, said, store};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::archive::{ArchiveError, Filter};
use crate::callback;
use crate::consultation::Record;
use crate::consultation::list::load_in_order;
use crate::ids::{CallbackId, ConsultationId};
use crate::page;
use crate::store::Session;
use crate::tenant::Tenant;

pub use super::find::Reader;

const LIST: &str = "archive-search";
/// Records that are opened at most for one page, where only their texts say whether they are meant: those of a phrase.
const OPENED_MAX: usize = 100;

/// What somebody searches for.
#[derive(Debug)]
pub struct Wanted {
    /// What he typed.
    pub text: String,
    /// Who he is, as far as that decides what he finds.
    pub reader: Reader,
    /// Among which.
    pub filter: Filter,
    /// At most so many.
    pub limit: usize,
    /// Behind which.
    pub cursor: Option<String>,
}

/// A sealed consultation or call-back, as its row has it.
#[derive(Debug)]
pub enum Sealed {
    /// A consultation.
    Consultation(Box<Record>),
    /// A call-back.
    Callback(Box<callback::Record>),
}

impl Sealed {
    fn subject(&self) -> Subject {
        match self {
            Self::Consultation(record) => (&record.id).into(),
            Self::Callback(record) => (&record.id).into(),
        }
    }
}

/// What was found.
#[derive(Debug)]
pub struct Hit {
    /// What it is.
    pub of: Sealed,
    /// The words around the hits.
    pub snippets: Vec<Snippet>,
}

/// A page of what was found.
#[derive(Debug)]
pub struct Found {
    /// The newest first.
    pub hits: Vec<Hit>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How many there are in all; none: not all of them were opened, and a phrase is only seen there.
    pub total: Option<i64>,
    /// Sealed consultations and call-backs that are not read into the index yet.
    pub to_index: i64,
}

/// Searches the archive. What the reader may not read is neither found nor shown.
///
/// Errors: `Refused`, `Cursor`, `Archive(NoIdentity)`, `Damaged`, `Store`.
pub async fn search(tenant: &Tenant, wanted: &Wanted, actor: &Actor) -> Result<Found, SearchError> {
    let key = tenant.archive.index.as_ref().ok_or(ArchiveError::NoIdentity)?;
    let query = Query::parse(&wanted.text).map_err(SearchError::Refused)?;
    let before = page::read_cursor::<i64>(LIST, wanted.cursor.as_deref())?;
    let most = if query.has_phrases() { OPENED_MAX } else { wanted.limit };
    let mut reading = tenant.store.read_at_length().await?;
    let lookup = Lookup {
        stems: &query.stems,
        beginnings: &query.beginnings,
        reader: &wanted.reader,
        filter: &wanted.filter,
        before,
        limit: most + 1,
    };
    let Matches { docs, total } = find::find(&mut reading, (key, &tenant.key), &lookup).await?;
    let to_index = store::left(&mut reading).await?;
    let (mut hits, mut looked_at) = (Vec::new(), 0);
    for sealed in rows(&mut reading, tenant, docs.get(..most.min(docs.len())).unwrap_or_default()).await? {
        if hits.len() == wanted.limit {
            break;
        }
        looked_at += 1;
        if let Some(sealed) = sealed {
            hits.extend(hit(&mut reading, tenant, (&query, &wanted.reader), sealed).await?);
        }
    }
    drop(reading);
    let next = docs.get(..looked_at).and_then(<[i64]>::last).filter(|_| looked_at < docs.len());
    let is_complete = before.is_none() && looked_at == docs.len();
    let total = match (query.has_phrases(), is_complete) {
        (false, _) => Some(total),
        (true, true) => Some(i64::try_from(hits.len()).unwrap_or(i64::MAX)),
        (true, false) => None,
    };
    let mut writing = tenant.store.write().await?;
    said::record(&mut writing, tenant, actor, wanted, (hits.as_slice(), total)).await?;
    writing.commit().await?;
    Ok(Found { hits, next_cursor: next.map(|next| page::cursor(LIST, next)), total, to_index })
}

/// What some documents are, in their order; none for one that has gone.
async fn rows(session: &mut Session, tenant: &Tenant, docs: &[i64]) -> Result<Vec<Option<Sealed>>, SearchError> {
    if docs.is_empty() {
        return Ok(Vec::new());
    }
    let known = store::subjects(session, docs).await?;
    let (mut consultations, mut callbacks) = (Vec::new(), Vec::new());
    for subject in known.values() {
        match subject {
            Subject::Consultation(id) => consultations.push(id.as_str()),
            Subject::Callback(id) => callbacks.push(id.as_str()),
        }
    }
    let mut consultations: HashMap<ConsultationId, Record> =
        load_in_order(session, &consultations).await?.into_iter().map(|record| (record.id.clone(), record)).collect();
    let mut callbacks: HashMap<CallbackId, callback::Record> = callback::load_some(session, &tenant.key, &callbacks)
        .await?
        .into_iter()
        .map(|record| (record.id.clone(), record))
        .collect();
    let row = |doc: &i64| match known.get(doc)? {
        Subject::Consultation(id) => consultations.remove(id).map(Box::new).map(Sealed::Consultation),
        Subject::Callback(id) => callbacks.remove(id).map(Box::new).map(Sealed::Callback),
    };
    Ok(docs.iter().map(row).collect())
}

/// What is shown of something that was found; none: it is not what was searched for, may not be read, or cannot be opened.
async fn hit(
    session: &mut Session,
    tenant: &Tenant,
    (query, reader): (&Query, &Reader),
    of: Sealed,
) -> Result<Option<Hit>, SearchError> {
    let pieces = match texts(session, tenant, reader, &of).await {
        Ok(Some(pieces)) => pieces,
        Ok(None) | Err(SearchError::Archive(ArchiveError::NotFound | ArchiveError::Erased)) => return Ok(None),
        Err(SearchError::Archive(error @ ArchiveError::DoesNotOpen)) => {
            // One that was tampered with does not keep the others from being found; `archive verify` names it.
            tracing::error!(subject = %of.subject(), error = %chain(&error), "a record that was found does not open");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if !query.phrases_stand_in(&pieces) {
        return Ok(None);
    }
    let snippets = snippets(query, &pieces);
    // Two words of one label are possible, if hardly so: then the word is not there.
    Ok((!snippets.is_empty()).then_some(Hit { of, snippets }))
}

/// What the reader may read of it; none: nothing.
async fn texts(
    session: &mut Session,
    tenant: &Tenant,
    reader: &Reader,
    of: &Sealed,
) -> Result<Option<Vec<Piece>>, SearchError> {
    match of {
        Sealed::Consultation(record) => match reader.share(record) {
            Some(share) => pieces_for(session, tenant, record, share).await.map(Some),
            None => Ok(None),
        },
        Sealed::Callback(record) => match record.sealed.filter(|_| reader.may_read(record)) {
            Some((sequence, _)) => pieces_of_sealed(session, tenant, sequence).await.map(Some),
            None => Ok(None),
        },
    }
}
