//! A query carried out on the index: bucket by bucket, the newest first. What it costs is the number of buckets times that of terms, whatever is found.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::key::{IndexKey, Term};
use super::slots::{self, Slots};
use super::{SearchError, store};
use crate::archive::{self, Filter};
use crate::ids::OperatorId;
use crate::store::Session;
use crate::tenant_key::TenantKey;

/// Who searches, as far as it decides what he finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reader {
    /// Who may read all of the archive.
    All,
    /// An operator: what he may read.
    Operator(OperatorId),
}

/// What is looked for.
#[derive(Debug)]
pub struct Lookup<'a> {
    /// Stems that have to be there.
    pub stems: &'a [String],
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
    let plan = Plan::of(lookup);
    let terms = plan.terms();
    for bucket in limits.buckets() {
        let labels: Vec<i64> = terms.iter().map(|term| key.label(bucket, *term)).collect();
        let sealed = store::words(session, bucket, &labels).await?;
        let mut opened = HashMap::with_capacity(terms.len());
        for (term, label) in terms.iter().zip(labels) {
            let slots = match sealed.get(&label) {
                Some(sealed) => key.open_slots(bucket, label, sealed).map_err(|_| SearchError::Damaged)?,
                None => Slots::none(),
            };
            opened.insert(*term, slots);
        }
        for slot in plan.matching(&opened).last_first() {
            let doc = slots::doc(bucket, slot);
            if !limits.have(doc) {
                continue;
            }
            matches.total += 1;
            if matches.docs.len() < lookup.limit && lookup.before.is_none_or(|before| doc < before) {
                matches.docs.push(doc);
            }
        }
    }
    Ok(matches)
}

/// Which documents there are to look at.
struct Limits {
    /// The first.
    first: i64,
    /// The one behind the last.
    end: i64,
    /// Only these.
    only: Option<HashSet<i64>>,
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
        let only = match archive::narrowed(key, filter) {
            Some(narrowed) => Some(store::of_those(session, narrowed).await?.into_iter().collect::<HashSet<_>>()),
            None => None,
        };
        let end = end.unwrap_or((last + 1) * slots::BUCKET);
        let limits = first.filter(|first| *first < end).map(|first| Self { first, end, only });
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
}

/// Which terms have to be there: all of `facets`, and all of one of the `ways`.
struct Plan<'a> {
    ways: Vec<Vec<Term<'a>>>,
    facets: Vec<Term<'a>>,
}

impl<'a> Plan<'a> {
    fn of(lookup: &Lookup<'a>) -> Self {
        let stems = lookup.stems.iter().map(|stem| Term::Stem(stem));
        let ways = match lookup.reader {
            Reader::All => vec![stems.collect()],
            Reader::Operator(operator) => {
                let operator = operator.as_str();
                let heard = lookup.stems.iter().map(|stem| Term::HeardBy { operator, stem });
                vec![stems.chain(std::iter::once(Term::WholeFor(operator))).collect(), heard.collect()]
            }
        };
        let queue = lookup.filter.queue.as_ref().map(|queue| Term::Queue(queue.as_str()));
        let operator = lookup.filter.participant.as_ref().map(|operator| Term::Operator(operator.as_str()));
        let tag = lookup.filter.tag.as_ref().map(|tag| Term::Tag(tag.as_str()));
        Self { ways, facets: queue.into_iter().chain(operator).chain(tag).collect() }
    }

    /// Each term once.
    fn terms(&self) -> Vec<Term<'a>> {
        let all: BTreeSet<Term<'a>> = self.ways.iter().flatten().chain(&self.facets).copied().collect();
        all.into_iter().collect()
    }

    fn matching(&self, opened: &HashMap<Term<'a>, Slots>) -> Slots {
        let keep = |slots: &mut Slots, terms: &[Term<'a>]| {
            for term in terms {
                match opened.get(term) {
                    Some(known) => slots.keep(known),
                    None => *slots = Slots::none(),
                }
            }
        };
        let mut found = Slots::none();
        for way in &self.ways {
            let mut slots = Slots::all();
            keep(&mut slots, way);
            found.add(&slots);
        }
        keep(&mut found, &self.facets);
        found
    }
}
