//! `consilium serve`: runs what the configuration names.

use std::path::Path;
use std::sync::Arc;

use consilium_config::Config;

use crate::cli::doctor::Installed;
use crate::cli::signals;
use crate::logging;
use crate::system::System;

/// Runs until a signal.
pub async fn run(file: &Path) -> anyhow::Result<()> {
    let config = Config::load(file)?;
    logging::start(&config.log)?;
    let doctor = Arc::new(Installed::new(file, &config)?);
    let system = System::start(config, Some(doctor)).await?;
    signals::wait().await?;
    system.stop().await;
    Ok(())
}
