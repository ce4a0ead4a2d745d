//! A query carried out on the index: bucket by bucket, the newest first. What it costs is the number of buckets times that of terms, whatever is found; and
//! where a filter asks for what nearly all records have, a look at each row that was found.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::beginning::{Beginning, Stems};
use super::key::{IndexKey, Term};
use super::narrow::{self, Narrowed};
use super::slots::{self, Slots};
use super::{SearchError, store};
use crate::archive::{Filter, Share};
use crate::callback;
use crate::consultation::Record;
use crate::ids::OperatorId;
use crate::store::Session;
use crate::tenant_key::TenantKey;

/// Labels that are looked up, and documents that are asked about, in one statement.
const AT_ONCE: usize = 1_000;

/// Who searches, as far as it decides what he finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// Who may read all of the archive.
    All,
    /// An operator: what he may read.
    Operator(OperatorId),
}

impl Reader {
    /// How much of a consultation he may read; `None`: nothing.
    pub(super) fn share(&self, record: &Record) -> Option<Share> {
        match self {
            Self::All => Some(Share::Whole),
            Self::Operator(operator) => Share::of_operator(record, operator),
        }
    }

    /// Whether he may read a call-back.
    pub(super) fn may_read(&self, record: &callback::Record) -> bool {
        match self {
            Self::All => true,
            Self::Operator(operator) => record.state.last_operator.as_ref() == Some(operator),
        }
    }
}

/// What is looked for.
#[derive(Debug)]
pub struct Lookup<'a> {
    /// Stems that have to be there.
    pub stems: &'a [String],
    /// Beginnings, of each of which one word has to be there.
    pub beginnings: &'a [Beginning],
    /// By whom.
    pub reader: &'a Reader,
    /// Among which.
    pub filter: &'a Filter,
    /// Only documents before this one.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Documents of this page, the newest first.
    pub docs: Vec<i64>,
    /// How many there are in all, those before the page too.
    pub total: i64,
}

/// Carries it out.
pub async fn find(
    session: &mut Session,
    (key, tenant_key): (&IndexKey, &TenantKey),
    lookup: &Lookup<'_>,
) -> Result<Matches, SearchError> {
    let mut matches = Matches::default();
    let Some(limits) = Limits::of(session, tenant_key, lookup.filter).await? else { return Ok(matches) };
    for bucket in limits.buckets() {
        let begun = begun(session, key, bucket, lookup.beginnings).await?;
        let plan = Plan::of(lookup, &begun);
        let opened = opened(session, key, bucket, &plan.terms()).await?;
        let slots = plan.matching(&opened);
        let hits = slots.last_first().map(|slot| slots::doc(bucket, slot)).filter(|doc| limits.have(*doc)).collect();
        for doc in limits.asked(session, hits).await? {
            matches.total += 1;
            if matches.docs.len() < lookup.limit && lookup.before.is_none_or(|before| doc < before) {
                matches.docs.push(doc);
            }
        }
    }
    Ok(matches)
}

/// The stems of a bucket that begin so, of each beginning.
async fn begun(
    session: &mut Session,
    key: &IndexKey,
    bucket: i64,
    beginnings: &[Beginning],
) -> Result<Vec<BTreeSet<String>>, SearchError> {
    let mut begun = Vec::with_capacity(beginnings.len());
    for beginning in beginnings {
        let label = key.label(bucket, Term::Begun(beginning.first_letters()));
        let known = match store::beginnings(session, bucket, label).await? {
            Some(sealed) => key.open_stems(bucket, label, &sealed).map_err(|_| SearchError::Damaged)?,
            None => Stems::default(),
        };
        begun.push(beginning.among(&known));
    }
    Ok(begun)
}

/// The documents of a bucket that have these terms; a term that none has is not there.
async fn opened<'a>(
    session: &mut Session,
    key: &IndexKey,
    bucket: i64,
    terms: &[Term<'a>],
) -> Result<HashMap<Term<'a>, Slots>, SearchError> {
    let mut opened = HashMap::with_capacity(terms.len());
    for some in terms.chunks(AT_ONCE) {
        let labels: Vec<i64> = some.iter().map(|term| key.label(bucket, *term)).collect();
        let sealed = store::words(session, bucket, &labels).await?;
        for (term, label) in some.iter().zip(labels) {
            if let Some(sealed) = sealed.get(&label) {
                let slots = key.open_slots(bucket, label, sealed).map_err(|_| SearchError::Damaged)?;
                opened.insert(*term, slots);
            }
        }
    }
    Ok(opened)
}

/// Which documents there are to look at.
struct Limits {
    /// The first.
    first: i64,
    /// The one behind the last.
    end: i64,
    /// Only these.
    only: Option<HashSet<i64>>,
    /// Only those of which this is true, which is asked of what the words have found.
    asked: Option<Narrowed>,
}

impl Limits {
    /// `None`: there is none.
    async fn of(session: &mut Session, key: &TenantKey, filter: &Filter) -> Result<Option<Self>, SearchError> {
        let Some(last) = store::last_bucket(session).await? else { return Ok(None) };
        let first = match filter.from {
            Some(from) => store::first_since(session, from).await?,
            None => Some(0),
        };
        let end = match filter.to {
            Some(to) => store::first_since(session, to).await?,
            None => None,
        };
        let only = match narrow::few(key, filter) {
            Some(narrowed) => Some(store::of_few(session, narrowed).await?.into_iter().collect::<HashSet<_>>()),
            None => None,
        };
        let end = end.unwrap_or((last + 1) * slots::BUCKET);
        let asked = narrow::many(filter);
        let limits = first.filter(|first| *first < end).map(|first| Self { first, end, only, asked });
        Ok(limits.filter(|limits| limits.only.as_ref().is_none_or(|only| !only.is_empty())))
    }

    /// The newest first; those of which something may be there.
    fn buckets(&self) -> Vec<i64> {
        let (first, last) = (slots::place(self.first).0, slots::place(self.end - 1).0);
        match &self.only {
            Some(only) => {
                let buckets: BTreeSet<i64> = only.iter().map(|doc| slots::place(*doc).0).collect();
                buckets.into_iter().rev().filter(|bucket| (first..=last).contains(bucket)).collect()
            }
            None => (first..=last).rev().collect(),
        }
    }

    fn have(&self, doc: i64) -> bool {
        (self.first..self.end).contains(&doc) && self.only.as_ref().is_none_or(|only| only.contains(&doc))
    }

    /// Those of some documents that are meant, in their order.
    async fn asked(&self, session: &mut Session, docs: Vec<i64>) -> Result<Vec<i64>, SearchError> {
        let Some(asked) = &self.asked else { return Ok(docs) };
        let mut meant = HashSet::with_capacity(docs.len());
        for some in docs.chunks(AT_ONCE) {
            meant.extend(store::of_these(session, some, asked).await?);
        }
        Ok(docs.into_iter().filter(|doc| meant.contains(doc)).collect())
    }
}

/// Which terms have to be there: one of each need of one of the ways, and all facets.
struct Plan<'a> {
    ways: Vec<Vec<Vec<Term<'a>>>>,
    facets: Vec<Term<'a>>,
}

impl<'a> Plan<'a> {
    /// `begun`: the stems that each of the beginnings stands for.
    fn of(lookup: &Lookup<'a>, begun: &'a [BTreeSet<String>]) -> Self {
        let stems = lookup.stems.iter().map(|stem| vec![stem.as_str()]);
        let begun = begun.iter().map(|stems| stems.iter().map(String::as_str).collect());
        let needs: Vec<Vec<&'a str>> = stems.chain(begun).collect();
        let way = |term: &dyn Fn(&'a str) -> Term<'a>| -> Vec<Vec<Term<'a>>> {
            needs.iter().map(|stems| stems.iter().copied().map(term).collect()).collect()
        };
        let ways = match lookup.reader {
            Reader::All => vec![way(&Term::Stem)],
            Reader::Operator(operator) => {
                let operator = operator.as_str();
                let mut whole = way(&Term::Stem);
                whole.push(vec![Term::WholeFor(operator)]);
                vec![whole, way(&|stem| Term::HeardBy { operator, stem })]
            }
        };
        let queue = lookup.filter.queue.as_ref().map(|queue| Term::Queue(queue.as_str()));
        let operator = lookup.filter.participant.as_ref().map(|operator| Term::Operator(operator.as_str()));
        let tag = lookup.filter.tag.as_ref().map(|tag| Term::Tag(tag.as_str()));
        Self { ways, facets: queue.into_iter().chain(operator).chain(tag).collect() }
    }

    /// Each term once.
    fn terms(&self) -> Vec<Term<'a>> {
        let all: BTreeSet<Term<'a>> = self.ways.iter().flatten().flatten().chain(&self.facets).copied().collect();
        all.into_iter().collect()
    }

    fn matching(&self, opened: &HashMap<Term<'a>, Slots>) -> Slots {
        let mut found = Slots::none();
        for way in &self.ways {
            let mut slots = Slots::all();
            for need in way {
                let mut any = Slots::none();
                need.iter().filter_map(|term| opened.get(term)).for_each(|known| any.add(known));
                slots.keep(&any);
            }
            found.add(&slots);
        }
        for facet in &self.facets {
            match opened.get(facet) {
                Some(known) => found.keep(known),
                None => found = Slots::none(),
            }
        }
        found
    }
}
