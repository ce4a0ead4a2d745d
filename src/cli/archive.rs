//! `consilium archive verify`: proves that no record of the archive and no entry of the audit log was removed, changed, moved or cut, that the search index
//! agrees with them, and that both chains are those whose heads were sent to the notary. `consilium archive reindex`: makes that index anew.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use consilium_config::{Config, TenantSlug};
use consilium_consult::admin::ErasedProof;
use consilium_consult::api::types::ErasureCause;
use consilium_consult::notary::HeadsFault;
use consilium_consult::search::Progress;

use super::ConfigFile;
use crate::staff;

/// What can be done with the archive.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Checks every record and every entry; fails and names the first that is not as it was sealed. A running system does not mind.
    Verify(Verify),
    /// Reads all records into the search index anew, as after a fault that `verify` found in it. A running system does not mind: what is searched meanwhile is
    /// incomplete, and says so.
    Reindex(Which),
}

/// What is checked.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    which: Which,
    /// File of the heads that the notary kept, a line for each as it was sent: what is here has to be what it was then.
    #[arg(long, value_name = "FILE")]
    heads: Option<PathBuf>,
}

/// Whose archive.
#[derive(Debug, Args)]
pub struct Which {
    #[command(flatten)]
    file: ConfigFile,
    /// Tenant. Default: all.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<TenantSlug>,
}

impl Command {
    /// Does what was asked.
    pub async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Verify(arguments) => verify(arguments).await,
            Self::Reindex(which) => reindex(which).await,
        }
    }
}

impl Which {
    fn tenants(self) -> anyhow::Result<(Config, Vec<TenantSlug>)> {
        let config = Config::load(&self.file.config)?;
        let slugs = match self.tenant {
            Some(slug) => vec![super::user::choose(&config, Some(slug))?],
            None => config.tenants.keys().cloned().collect(),
        };
        Ok((config, slugs))
    }
}

async fn verify(Verify { which, heads }: Verify) -> anyhow::Result<()> {
    let kept = heads.as_deref().map(read_heads).transpose()?;
    let (config, slugs) = which.tenants()?;
    let (mut faults, mut index_faults) = (0_usize, 0_usize);
    for slug in slugs {
        let proven = staff::verify(&config, &slug).await?;
        faults += verify_heads(&config, &slug, &proven.heads, kept.as_deref()).await?;
        let mut out = std::io::stdout().lock();
        for erased in &proven.erased {
            writeln!(out, "{slug}: archive: {}", told(erased))?;
        }
        for (what, found) in [
            ("archive", proven.archive.map_err(|fault| fault.to_string())),
            ("audit log", proven.audit.map_err(|fault| fault.to_string())),
        ] {
            match found {
                Ok(count) => writeln!(out, "{slug}: {what}: {count} records, all as they were written")?,
                Err(fault) => {
                    faults += 1;
                    writeln!(out, "{slug}: {what}: NOT INTACT: {fault}")?;
                }
            }
        }
        match proven.index {
            None => writeln!(out, "{slug}: search index: none, because the archive's identity is not here")?,
            Some(Ok(count)) => {
                writeln!(out, "{slug}: search index: {count} consultations and call-backs, as the archive has them")?;
            }
            Some(Err(fault)) => {
                index_faults += 1;
                writeln!(out, "{slug}: search index: NOT INTACT: {fault}")?;
            }
        }
    }
    if faults > 0 {
        bail!("records are not as they were written; keep a copy of the data folder and look into the backups");
    }
    if index_faults > 0 {
        bail!("the records are as they were written, and the search index does not agree with them");
    }
    Ok(())
}

fn read_heads(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("--heads: {} cannot be read", path.display()))
}

/// Says how the heads stand that were sent, and those that the notary kept where there are some; gives how many of both are not true. Without a notary it says nothing.
async fn verify_heads(
    config: &Config,
    slug: &TenantSlug,
    sent: &Result<i64, HeadsFault>,
    kept: Option<&str>,
) -> anyhow::Result<usize> {
    let mut found = Vec::new();
    if *sent != Ok(0) {
        found.push(("heads sent to the notary", sent.clone()));
    }
    if let Some(kept) = kept {
        found.push(("heads that the notary kept", staff::check_heads(config, slug, kept).await?));
    }
    let mut faults = 0;
    let mut out = std::io::stdout().lock();
    for (what, found) in found {
        match found {
            Ok(0) => writeln!(out, "{slug}: {what}: none of this tenant")?,
            Ok(count) => writeln!(out, "{slug}: {what}: {count}, all of them true")?,
            Err(fault) => {
                faults += 1;
                writeln!(out, "{slug}: {what}: NOT TRUE: {fault}")?;
            }
        }
    }
    Ok(faults)
}

async fn reindex(which: Which) -> anyhow::Result<()> {
    let (config, slugs) = which.tenants()?;
    for slug in slugs {
        let told = |progress: Progress| {
            // Progress is for who looks on; that nobody does is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{slug}: {} read, {} left", progress.read, progress.left);
        };
        let read = staff::reindex(&config, &slug, told).await?;
        writeln!(std::io::stdout(), "{slug}: search index: {read} consultations and call-backs were read")?;
    }
    Ok(())
}

/// One erasure in a line: what, when, by whom, why.
fn told(erased: &ErasedProof) -> String {
    let records = erased.records.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let by = erased.by.as_deref().unwrap_or("the service");
    let given = erased.reason.as_deref().unwrap_or("none is known");
    let reason = match (&erased.by, erased.cause) {
        (Some(_), _) => given,
        (None, ErasureCause::AccountDeleted) => "the patient had the account deleted",
        (None, ErasureCause::Due | ErasureCause::ByHand) => "the time to keep it was over",
    };
    format!("record {records}: erased on {} by {by}, reason: {reason} (record {})", erased.at, erased.tombstone)
}
