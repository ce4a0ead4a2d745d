//! What a conversation's patient speaks, as far as it is known: whoever says something to him in the service's name asks here.

use super::store::Conversation;
use crate::callback;
use crate::consultation::record;
use crate::ids::ConsultationId;
use crate::plain;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// About what something is said.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A consultation.
    Consultation(&'a ConsultationId),
    /// A call-back.
    Callback(&'a callback::Record),
    /// Whatever goes on there.
    Conversation,
}

/// As he speaks to the desk by plain replies; else as he asked for what it is about; else as he asked last in this conversation. `None`: he did not say.
pub async fn spoken(
    session: &mut Session,
    tenant: &Tenant,
    conversation: &Conversation,
    about: About<'_>,
) -> Result<Option<String>, StoreError> {
    if let Some((_, language)) = plain::room_of(session, &conversation.patient).await? {
        return Ok(Some(language));
    }
    let asked = match about {
        About::Consultation(id) => record::load(session, id).await?.and_then(|found| found.language),
        About::Callback(ordered) => ordered.details.language.clone(),
        About::Conversation => {
            let open = callback::load_open(session, &tenant.key, &conversation.id).await?;
            open.and_then(|ordered| ordered.details.language)
        }
    };
    if asked.is_some() {
        return Ok(asked);
    }
    Ok(record::load_latest(session, &conversation.id).await?.and_then(|latest| latest.language))
}
