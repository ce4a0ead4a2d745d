//! `consilium serve`: runs what the configuration names.

use std::path::Path;
use std::sync::Arc;

use consilium_config::Config;
use consilium_homeserver::Context;

use crate::cli::doctor::Installed;
use crate::cli::signals;
use crate::logging;
use crate::system::System;
use crate::upgrade::Upgrade;

/// Runs until a signal.
pub async fn run(file: &Path) -> anyhow::Result<()> {
    let config = Config::load(file)?;
    logging::start(&config.log)?;
    let doctor = Arc::new(Installed::new(file, &config)?);
    announce_upgrades(&config).await;
    // Before anything answers: whoever is told that it is ready may end it at once, and it ends well.
    let signal = tokio::spawn(signals::listen()?.wait());
    let system = System::start(config, Some(doctor)).await?;
    signal.await?;
    system.stop().await;
    Ok(())
}

/// Says of each database that the start is going to change, and what leads back.
async fn announce_upgrades(config: &Config) {
    if !config.consult.enabled {
        return;
    }
    for slug in config.tenants.keys() {
        let Some(upgrade) = Upgrade::of(config, slug, &Context::system()).await else { continue };
        if upgrade.has_way_back() {
            tracing::info!("{upgrade}");
        } else {
            tracing::warn!("{upgrade}");
        }
    }
}
