//! All calls that are open, with what a look at them needs: a handful of questions to the database, however many they are.

use std::collections::{BTreeSet, HashMap};

use super::span::Span;
use super::store::{self, Record};
use crate::callback;
use crate::consultation;
use crate::ids::{ConversationId, OperatorId};
use crate::store::{Session, StoreError};

/// A call that has not ended.
#[derive(Debug)]
pub(super) struct Open {
    /// The call.
    pub(super) call: Record,
    /// The times in it, in the order they began.
    pub(super) spans: Vec<Span>,
    /// The consultation that is open in its conversation.
    pub(super) consultation: Option<consultation::Record>,
    /// Who has the conversation's call-back in his hands.
    pub(super) holder: Option<OperatorId>,
}

impl Open {
    /// Whether the consultation that it belongs to is over.
    pub(super) fn is_outlived(&self) -> bool {
        self.call.consultation.is_some()
            && self.call.consultation.as_ref() != self.consultation.as_ref().map(|open| &open.id)
    }
}

/// The calls that are open.
pub(super) async fn load(session: &mut Session) -> Result<Vec<Open>, StoreError> {
    let calls = store::open(session).await?;
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let conversations: BTreeSet<ConversationId> = calls.iter().map(|call| call.conversation.clone()).collect();
    let mut spans = store::spans_of_open(session).await?;
    let consultations = consultation::record::load_open_in(session, &conversations).await?;
    let consultations: HashMap<_, _> =
        consultations.into_iter().map(|open| (open.conversation.clone(), open)).collect();
    let holders = callback::holders_in(session, &conversations).await?;
    let open = calls.into_iter().map(|call| Open {
        spans: spans.remove(&call.id).unwrap_or_default(),
        consultation: consultations.get(&call.conversation).cloned(),
        holder: holders.get(&call.conversation).cloned(),
        call,
    });
    Ok(open.collect())
}
