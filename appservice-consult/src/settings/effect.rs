//! What a change of a section comes to for people and records, beside what its fields say: who is asked to agree anew, which records keep their time.

use consilium_config::Brand;
use consilium_config::brand::{RetentionClass, Section};

use crate::consent;
use crate::retention;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// Something that a change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Another text of a consent: whoever agreed to the old one is asked anew.
    AskedAnew {
        /// The purpose.
        purpose: String,
        /// How many agreements stand that would stand no more.
        agreements: i64,
        /// Whether nothing can be asked without it.
        required: bool,
    },
    /// Another time of a class: what is sealed keeps the one that it was promised.
    Kept {
        /// The class.
        class: String,
        /// Its records.
        standing: retention::Standing,
        /// When what is closed now would go; `None`: the class is removed.
        new_at: Option<Time>,
    },
    /// The first classes: what was sealed without one gets its time, counted from then.
    Classified {
        /// How many records.
        records: i64,
    },
}

/// What a change of a section comes to.
pub(super) async fn effects(
    session: &mut Session,
    tenant: &Tenant,
    section: &Section,
    (before, after): (&Brand, &Brand),
) -> Result<Vec<Effect>, StoreError> {
    match section {
        Section::Consents => asked_anew(session, before, after).await,
        Section::Retention => kept(session, tenant, before, after).await,
        Section::Queues
        | Section::Queue(_)
        | Section::Holidays
        | Section::Texts
        | Section::Contacts
        | Section::CallbackForm
        | Section::Legal
        | Section::Statuses
        | Section::Fields
        | Section::Conclusion(_)
        | Section::Questionnaire(_)
        | Section::Rules
        | Section::Rule(_) => Ok(Vec::new()),
    }
}

async fn asked_anew(session: &mut Session, before: &Brand, after: &Brand) -> Result<Vec<Effect>, StoreError> {
    let mut effects = Vec::new();
    for was in &before.consents {
        let Some(is) = after.consent(&was.id) else { continue };
        let still = consent::hashes(after, is);
        let gone: Vec<String> = consent::hashes(before, was).into_iter().filter(|hash| !still.contains(hash)).collect();
        if gone.is_empty() {
            continue;
        }
        let agreements = consent::standing(session, &was.id, &gone).await?;
        effects.push(Effect::AskedAnew { purpose: was.id.clone(), agreements, required: is.required });
    }
    Ok(effects)
}

async fn kept(
    session: &mut Session,
    tenant: &Tenant,
    before: &Brand,
    after: &Brand,
) -> Result<Vec<Effect>, StoreError> {
    if before.retention.is_empty() && !after.retention.is_empty() {
        return Ok(vec![Effect::Classified { records: retention::unclassified(session).await? }]);
    }
    let mut effects = Vec::new();
    for was in &before.retention {
        let is = after.retention.iter().find(|class| class.id == was.id);
        if is.and_then(RetentionClass::keep) == was.keep() {
            continue;
        }
        let standing = retention::standing(session, &was.id).await?;
        let keep = is.and_then(RetentionClass::keep);
        let new_at = keep.map(|keep| retention::due(tenant.context.now(), keep, &tenant.zone()));
        effects.push(Effect::Kept { class: was.id.clone(), standing, new_at });
    }
    Ok(effects)
}
