//! A service that is configured otherwise than most tests want it.

use std::sync::Arc;

use consilium_consult::doctor::Doctor;
use consilium_consult::{ConsultConfig, TenantConfig};

use super::homeserver::FakeHomeserver;
use super::media::FakeMedia;
use super::{TestClock, World, brand, calls_over, config};

impl World {
    /// With the tenant configured otherwise. Consoles may be silent for days.
    pub async fn start_configured(change: impl FnOnce(&mut TenantConfig)) -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let homeserver = FakeHomeserver::start().await;
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let media = Arc::new(FakeMedia::new());
        let mut config = config(&homeserver, folder.path().join("clinic"), calls_over(&media, None), brand());
        change(&mut config.tenants[0]);
        config.operator_away_after_seconds = 10 * 24 * 3_600;
        Self::start_with(homeserver, clock, folder, media, config).await
    }

    /// Where that one looks at the installation, or nobody.
    pub async fn start_with_doctor(doctor: Option<Arc<dyn Doctor>>) -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let homeserver = FakeHomeserver::start().await;
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let media = Arc::new(FakeMedia::new());
        let config = config(&homeserver, folder.path().join("clinic"), calls_over(&media, None), brand());
        Self::start_with(homeserver, clock, folder, media, ConsultConfig { doctor, ..config }).await
    }

    /// Stops the service and starts it again with all that it was configured with.
    pub async fn restart_as_configured(self) -> Self {
        let Self { homeserver, clock, consult, folder, media, config, .. } = self;
        consult.stop().await;
        Self::start_with(homeserver, clock, folder, media, config).await
    }
}
