//! `consilium archive verify`: proves that no record of the archive and no entry of the audit log was removed, changed, moved or cut.

use std::io::Write;

use anyhow::bail;
use clap::{Args, Subcommand};
use consilium_config::{Config, TenantSlug};
use consilium_consult::admin::ErasedProof;
use consilium_consult::api::types::ErasureCause;

use super::ConfigFile;
use crate::staff;

/// What can be done with the archive.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Checks every record and every entry; fails and names the first that is not as it was sealed. A running system does not mind.
    Verify(Verify),
}

/// Whose archive.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    file: ConfigFile,
    /// Tenant. Default: all.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<TenantSlug>,
}

impl Command {
    /// Does what was asked.
    pub async fn run(self) -> anyhow::Result<()> {
        let Self::Verify(verify) = self;
        let config = Config::load(&verify.file.config)?;
        let slugs = match verify.tenant {
            Some(slug) => vec![super::user::choose(&config, Some(slug))?],
            None => config.tenants.keys().cloned().collect(),
        };
        let mut faults = 0_usize;
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
        }
        match faults {
            0 => Ok(()),
            _ => {
                bail!("records are not as they were written; keep a copy of the data folder and look into the backups")
            }
        }
    }
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
