//! What stands now, as plain facts.

use std::collections::HashSet;

use consilium_config::Brand;

use crate::demo;
use crate::ids::{QueueId, UserId};
use crate::rehearsal;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// What stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, each read from elsewhere; no state is made of them"
)]
pub struct Facts {
    /// Pictures that are to be replaced.
    pub placeholders: Vec<String>,
    /// Texts that nobody has confirmed.
    pub drafts: Vec<String>,
    /// How many legal documents there are.
    pub documents: usize,
    /// Whether it is said where somebody reports a fault in the safety of the service, and holds today.
    pub takes_reports: bool,
    /// Whether the brand names a law.
    pub names_law: bool,
    /// Whether there is a telephone for people.
    pub has_phone: bool,
    /// Whether there is an e-mail for people.
    pub has_email: bool,
    /// Queues that are in use.
    pub queues: Vec<QueueFacts>,
    /// Supervisors who are real.
    pub supervisors: usize,
    /// Where patients come.
    pub public_url: String,
    /// Calls.
    pub calls: CallFacts,
    /// Accounts that were made to try things out.
    pub demo_accounts: usize,
    /// Whether a rehearsal was played to its end.
    pub has_rehearsed: bool,
}

/// A queue that is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFacts {
    /// Which.
    pub id: QueueId,
    /// Whether it says when it works.
    pub has_hours: bool,
    /// How many real people serve it.
    pub people: usize,
}

/// Calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CallFacts {
    /// The brand offers none.
    #[default]
    NotOffered,
    /// No media server is connected.
    NotConnected,
    /// It does not answer.
    Silent,
    /// It answers.
    Answers,
}

/// Looks. Files of the brand's folder are read aside.
pub async fn look(session: &mut Session, tenant: &Tenant) -> Result<Facts, StoreError> {
    let brand = tenant.brand();
    let folder = tenant.folder.clone();
    let (placeholders, drafts) = tokio::task::spawn_blocking(move || (folder.placeholders(), folder.drafts()))
        .await
        .map_err(StoreError::thread_died)?;
    let invented: HashSet<UserId> = demo::active(session).await?.into_iter().map(|account| account.user).collect();
    let real: Vec<_> = tenant.staff.all().into_iter().filter(|member| !invented.contains(&member.user_id)).collect();
    let queues = brand.queues.iter().filter(|queue| !queue.retired).map(|queue| {
        let id = QueueId::from(queue.id.as_str());
        let people = real.iter().filter(|member| member.serves(&id)).count();
        QueueFacts { has_hours: !queue.hours.is_empty(), people, id }
    });
    Ok(Facts {
        placeholders,
        drafts,
        documents: brand.legal.len(),
        takes_reports: brand.contacts.security.as_ref().is_some_and(|security| !security.has_expired(tenant.today())),
        names_law: brand.names_law(),
        has_phone: brand.contacts.phone.is_some(),
        has_email: brand.contacts.email.is_some(),
        queues: queues.collect(),
        supervisors: real.iter().filter(|member| member.role.supervises()).count(),
        public_url: tenant.public_url.clone(),
        calls: calls(tenant, &brand).await,
        demo_accounts: invented.len(),
        has_rehearsed: rehearsal::has_passed(session).await?,
    })
}

async fn calls(tenant: &Tenant, brand: &Brand) -> CallFacts {
    if !brand.features.calls {
        return CallFacts::NotOffered;
    }
    let Some(calls) = &tenant.calls else { return CallFacts::NotConnected };
    if calls.answers(tenant.context.now()).await { CallFacts::Answers } else { CallFacts::Silent }
}
