//! `consilium serve`: runs what the configuration names.

use std::path::Path;

use consilium_config::Config;

use crate::cli::signals;
use crate::logging;
use crate::system::System;

/// Runs until a signal.
pub async fn run(file: &Path) -> anyhow::Result<()> {
    let config = Config::load(file)?;
    logging::start(&config.log)?;
    let system = System::start(config).await?;
    signals::wait().await?;
    system.stop().await;
    Ok(())
}
