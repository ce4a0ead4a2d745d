//! A search: looked up in the index, the page's records opened and cut to what the reader may read, recorded, given out.

use super::document::pieces_for;
use super::find::{self, Lookup, Matches};
use super::query::Query;
use super::snippet::{Snippet, snippets};
use super::{SearchError, said, store};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::archive::{ArchiveError, Filter, Share};
use crate::consultation::Record;
use crate::consultation::list::load_in_order;
use crate::ids::ConsultationId;
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

/// A consultation that was found.
#[derive(Debug)]
pub struct Hit {
    /// The consultation.
    pub record: Record,
    /// The words around the hits.
    pub snippets: Vec<Snippet>,
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// The newest first.
    pub hits: Vec<Hit>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How many there are in all; none: not all of them were opened, and a phrase is only seen there.
    pub total: Option<i64>,
    /// Sealed consultations that are not read into the index yet.
    pub to_index: i64,
}

/// Searches the archive. `share` says how much of a consultation the reader may read; what he may not is neither found nor shown.
///
/// Errors: `Refused`, `Cursor`, `Archive(NoIdentity)`, `Damaged`, `Store`.
pub async fn search(
    tenant: &Tenant,
    wanted: &Wanted,
    actor: &Actor,
    share: impl Fn(&Record) -> Option<Share>,
) -> Result<Found, SearchError> {
    let key = tenant.archive.index.as_ref().ok_or(ArchiveError::NoIdentity)?;
    let query = Query::parse(&wanted.text).map_err(SearchError::Refused)?;
    let before = page::read_cursor::<i64>(LIST, wanted.cursor.as_deref())?;
    let most = if query.has_phrases() { OPENED_MAX } else { wanted.limit };
    let mut reading = tenant.store.read_at_length().await?;
    let lookup =
        Lookup { stems: &query.stems, reader: &wanted.reader, filter: &wanted.filter, before, limit: most + 1 };
    let Matches { docs, total } = find::find(&mut reading, (key, &tenant.key), &lookup).await?;
    let to_index = store::left(&mut reading).await?;
    let (mut hits, mut looked_at) = (Vec::new(), 0);
    for record in records(&mut reading, docs.get(..most.min(docs.len())).unwrap_or_default()).await? {
        if hits.len() == wanted.limit {
            break;
        }
        looked_at += 1;
        if let Some(record) = record
            && let Some(share) = share(&record)
        {
            hits.extend(hit(&mut reading, tenant, &query, record, share).await?);
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

/// The consultations of some documents, in their order; none for one that has gone.
async fn records(session: &mut Session, docs: &[i64]) -> Result<Vec<Option<Record>>, SearchError> {
    if docs.is_empty() {
        return Ok(Vec::new());
    }
    let known = store::consultations(session, docs).await?;
    let ids: Vec<&str> = docs.iter().filter_map(|doc| known.get(doc)).map(ConsultationId::as_str).collect();
    let mut records = load_in_order(session, &ids).await?.into_iter().peekable();
    let record = |doc: &i64| records.next_if(|record| known.get(doc) == Some(&record.id));
    Ok(docs.iter().map(record).collect())
}

/// What is shown of a consultation; none: it is not what was searched for, or cannot be opened.
async fn hit(
    session: &mut Session,
    tenant: &Tenant,
    query: &Query,
    record: Record,
    share: Share,
) -> Result<Option<Hit>, SearchError> {
    let pieces = match pieces_for(session, tenant, &record, share).await {
        Ok(pieces) => pieces,
        Err(SearchError::Archive(ArchiveError::NotFound | ArchiveError::Erased)) => return Ok(None),
        Err(SearchError::Archive(error @ ArchiveError::DoesNotOpen)) => {
            // One that was tampered with does not keep the others from being found; `archive verify` names it.
            tracing::error!(consultation.id = %record.id, error = %chain(&error), "a record that was found does not open");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if !query.phrases_stand_in(&pieces) {
        return Ok(None);
    }
    let snippets = snippets(query, &pieces);
    // Two words of one label are possible, if hardly so: then the word is not there.
    Ok((!snippets.is_empty()).then_some(Hit { record, snippets }))
}
