//! Who works for the partner, at the command line: read from and written to the consultation service's data, beside a running service or without one.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context as _, bail};
use consilium_config::{Config, TenantSlug};
use consilium_consult::admin::{Admin, Proven};
use consilium_consult::api::types::{NewOperator, OperatorRole};
use consilium_consult::archive::ArchiveFault;
use consilium_consult::notary::HeadsFault;
use consilium_consult::operator::OperatorError;
use consilium_consult::search::Progress;
use consilium_consult::time::Time;
use consilium_homeserver::Context;

use crate::consult;
use crate::upgrade::Upgrade;

/// A member of staff to be.
#[derive(Debug, Clone)]
pub struct NewMember {
    pub user_id: String,
    pub name: String,
    pub title: Option<String>,
    pub role: StaffRole,
    /// Queues that he serves; none: all of the brand.
    pub queues: Vec<String>,
}

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRole {
    Operator,
    Supervisor,
    Administrator,
}

/// Whether staff can be made at all, and serve these queues: asked before an account is made.
pub fn check_queues(config: &Config, slug: &TenantSlug, queues: &[String]) -> anyhow::Result<()> {
    must_be_on(config)?;
    let brand = &config.load_brands()?[slug];
    match queues.iter().find(|queue| brand.queue(queue).is_none()) {
        Some(queue) => {
            let known: Vec<&str> = brand.queues.iter().map(|queue| queue.id.as_str()).collect();
            bail!("there is no queue `{queue}`: use some of {}", known.join(", "))
        }
        None => Ok(()),
    }
}

fn must_be_on(config: &Config) -> anyhow::Result<()> {
    if !config.consult.enabled {
        bail!("the consultation service is off (consult.enabled): there is no staff and no archive");
    }
    Ok(())
}

/// What came of making a member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    New,
    /// He was one before.
    Already,
}

/// Makes an account a member of staff. A running service sees it within a second.
pub async fn create(config: &Config, slug: &TenantSlug, member: NewMember) -> anyhow::Result<Joined> {
    let brand = &config.load_brands()?[slug];
    let queues = match member.queues.as_slice() {
        [] => brand.queues.iter().map(|queue| queue.id.as_str().into()).collect(),
        chosen => chosen.iter().map(|queue| queue.as_str().into()).collect(),
    };
    let new = NewOperator {
        user_id: member.user_id.into(),
        name: member.name,
        title: member.title,
        grade: None,
        role: match member.role {
            StaffRole::Operator => OperatorRole::Operator,
            StaffRole::Supervisor => OperatorRole::Supervisor,
            StaffRole::Administrator => OperatorRole::Administrator,
        },
        queues,
        // Supervisors say in the console what somebody can do.
        skills: Vec::new(),
        languages: Vec::new(),
        capacity: None,
        hours: Vec::new(),
        time_zone: None,
    };
    let admin = open(config, slug).await?;
    let made = admin.create_operator(new).await;
    admin.close().await;
    match made {
        Ok(_) => Ok(Joined::New),
        Err(OperatorError::Exists) => Ok(Joined::Already),
        Err(error) => Err(error.into()),
    }
}

/// Roles of the staff by user id; empty where there is no consultation service.
pub async fn roles(config: &Config, slug: &TenantSlug) -> anyhow::Result<BTreeMap<String, &'static str>> {
    if !config.consult.enabled {
        return Ok(BTreeMap::new());
    }
    let admin = open(config, slug).await?;
    let word = |role| match role {
        OperatorRole::Operator => "operator",
        OperatorRole::Supervisor => "supervisor",
        OperatorRole::Administrator => "administrator",
    };
    let roles = admin.operators().iter().map(|member| (member.user_id.to_string(), word(member.role))).collect();
    admin.close().await;
    Ok(roles)
}

/// Marks an account that was just made as a demonstration's, so that it goes with the others by one button.
pub async fn mark_demo(config: &Config, slug: &TenantSlug, user_id: &str) -> anyhow::Result<()> {
    let admin = open(config, slug).await?;
    let marked = admin.mark_demo(&user_id.into()).await;
    admin.close().await;
    marked?;
    Ok(())
}

/// Accounts of a demonstration by user id, and whether they have ended; empty where there is no consultation service.
pub async fn demo_accounts(config: &Config, slug: &TenantSlug) -> anyhow::Result<BTreeMap<String, bool>> {
    if !config.consult.enabled {
        return Ok(BTreeMap::new());
    }
    let admin = open(config, slug).await?;
    let accounts = admin.demo_accounts().await;
    admin.close().await;
    Ok(accounts?.into_iter().map(|(user, has_ended)| (user.to_string(), has_ended)).collect())
}

/// Whether accounts can be marked as a demonstration's: asked before one is made.
pub fn check_demo(config: &Config, slug: &TenantSlug) -> anyhow::Result<()> {
    must_be_on(config)?;
    if config.tenants[slug].brand.is_none() {
        bail!("--demo: tenant `{slug}` has no brand, so there is no desk to try things out at");
    }
    Ok(())
}

/// Proves archive and audit log of a tenant.
pub async fn verify(config: &Config, slug: &TenantSlug) -> anyhow::Result<Proven> {
    let admin = open(config, slug).await?;
    let proven = admin.verify().await;
    admin.close().await;
    Ok(proven?)
}

/// Holds heads that the notary kept against archive and audit log of a tenant; gives how many are of this one.
pub async fn check_heads(config: &Config, slug: &TenantSlug, kept: &str) -> anyhow::Result<Result<i64, HeadsFault>> {
    let admin = open(config, slug).await?;
    let checked = admin.check_heads(kept).await;
    admin.close().await;
    Ok(checked?)
}

/// When the notary has taken a tenant's heads last.
pub async fn heads_sent_at(config: &Config, slug: &TenantSlug) -> anyhow::Result<Option<i64>> {
    let admin = open(config, slug).await?;
    let at = admin.heads_sent_at().await;
    admin.close().await;
    Ok(at?.map(Time::as_millis))
}

/// Makes the search index of a tenant's archive anew; gives how many consultations and call-backs were read.
pub async fn reindex(config: &Config, slug: &TenantSlug, told: impl FnMut(Progress)) -> anyhow::Result<usize> {
    let admin = open(config, slug).await?;
    let read = admin.reindex(told).await;
    admin.close().await;
    Ok(read?)
}

/// Proves the end of a tenant's archive: its last `most` records. Gives the place of the last one.
pub async fn verify_end(config: &Config, slug: &TenantSlug, most: i64) -> anyhow::Result<Result<i64, ArchiveFault>> {
    let admin = open(config, slug).await?;
    let proven = admin.verify_end(most).await;
    admin.close().await;
    Ok(proven?)
}

async fn open(config: &Config, slug: &TenantSlug) -> anyhow::Result<Admin> {
    must_be_on(config)?;
    let brand = &config.load_brands()?[slug];
    // Nothing is asked of the homeserver; the address is only part of the form.
    let nowhere = "http://127.0.0.1:1".to_owned();
    let tenant = consult::tenant_config(config, slug, brand, nowhere, &Context::system())?;
    if let Some(upgrade) = Upgrade::of(config, slug, &Context::system()).await {
        // Where nobody reads it, the work is done all the same.
        let _ = writeln!(std::io::stderr(), "consilium: {upgrade}");
    }
    let opened = Admin::open(&tenant, consilium_consult::Context::system()).await;
    opened.with_context(|| format!("the data of tenant `{slug}` cannot be opened"))
}
