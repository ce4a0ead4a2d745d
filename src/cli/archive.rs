//! `consilium archive verify`: proves that no record of the archive and no entry of the audit log was removed, changed, moved or cut, and that the search index
//! agrees with them. `consilium archive reindex`: makes that index anew.

use std::io::Write;

use anyhow::bail;
use clap::{Args, Subcommand};
use consilium_config::{Config, TenantSlug};
use consilium_consult::admin::ErasedProof;
use consilium_consult::api::types::ErasureCause;
use consilium_consult::search::Progress;

use super::ConfigFile;
use crate::staff;

/// What can be done with the archive.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Checks every record and every entry; fails and names the first that is not as it was sealed. A running system does not mind.
    Verify(Which),
    /// Reads all records into the search index anew, as after a fault that `verify` found in it. A running system does not mind: what is searched meanwhile is
    /// incomplete, and says so.
    Reindex(Which),
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
            Self::Verify(which) => verify(which).await,
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

async fn verify(which: Which) -> anyhow::Result<()> {
    let (config, slugs) = which.tenants()?;
    let (mut faults, mut index_faults) = (0_usize, 0_usize);
    for slug in slugs {
        let proven = staff::verify(&config, &slug).await?;
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
                writeln!(out, "{slug}: search index: {count} consultations and call-backs, as the archive has them")?
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
