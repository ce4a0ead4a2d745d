//! A doctor who finds what a test wants, when the test wants it.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use consilium_consult::api::types::{DoctorFinding, DoctorLevel};
use consilium_consult::doctor::{Doctor, Unfinished};
use tokio::sync::RwLock;

/// Finds a disk that is fine and a certificate that is not; or comes to no end.
#[derive(Debug, Default)]
pub struct FakeDoctor {
    /// How often he looked.
    pub looks: AtomicUsize,
    /// Whoever writes here holds him up.
    pub held: RwLock<()>,
    /// Whether he fails.
    pub fails: bool,
    /// Whether he dies of it.
    pub dies: bool,
}

#[async_trait]
impl Doctor for FakeDoctor {
    async fn examine(&self, tenant: &str) -> Result<Vec<DoctorFinding>, Unfinished> {
        self.looks.fetch_add(1, Ordering::SeqCst);
        let _goes_on = self.held.read().await;
        assert!(!self.dies, "the doctor died, as the test wants it");
        if self.fails {
            return Err(Unfinished("the thread died".to_owned()));
        }
        Ok(vec![
            finding("disk", DoctorLevel::Fine, &format!("There is room for {tenant}."), None),
            finding("certificate", DoctorLevel::Broken, "It has ended.", Some("Get a new one.")),
            finding("backups", DoctorLevel::Warning, "The newest is old.", Some("See why.")),
        ])
    }
}

fn finding(check: &str, level: DoctorLevel, says: &str, remedy: Option<&str>) -> DoctorFinding {
    DoctorFinding { check: check.to_owned(), level, says: says.to_owned(), remedy: remedy.map(str::to_owned) }
}
