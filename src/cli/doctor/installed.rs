//! The same look from within the process that serves, when administrators ask for it in the console.
//!
//! A tenant reads nothing of another one: it is looked at as if it were the only tenant of the configuration. Configuration and brand are read anew from the disk, so
//! that what would stop the next start is known before it. No secret of the configuration stands in what is found, whoever put it into a sentence.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use consilium_config::{Config, Secret};
use consilium_consult::api::types::{DoctorFinding, DoctorLevel};
use consilium_consult::doctor::{Doctor, Unfinished};
use consilium_homeserver::Context;

use super::finding::{Finding, Level, Report};
use super::{Told, configuration, examine_what_is_named};

/// A text that is shorter stands in too many words to be hidden. Unit: bytes.
const SECRET_BYTES_MIN: usize = 6;

/// The installation that a process serves.
#[derive(Debug)]
pub struct Installed {
    file: PathBuf,
    /// As it was when the process started.
    running: Config,
}

impl Installed {
    /// What that file names, and was read from it.
    pub fn new(file: &Path, running: &Config) -> anyhow::Result<Self> {
        Ok(Self { file: std::path::absolute(file)?, running: running.clone() })
    }
}

#[async_trait]
impl Doctor for Installed {
    async fn examine(&self, tenant: &str) -> Result<Vec<DoctorFinding>, Unfinished> {
        let (file, running, tenant) = (self.file.clone(), self.running.clone(), tenant.to_owned());
        let runtime = tokio::runtime::Handle::current();
        // Files, disks and databases are looked at in between: no thread that answers requests waits for them.
        let looking = tokio::task::spawn_blocking(move || runtime.block_on(examine(&file, &running, &tenant)));
        looking.await.map_err(|error| Unfinished(error.to_string()))
    }
}

async fn examine(file: &Path, running: &Config, tenant: &str) -> Vec<DoctorFinding> {
    let mut report = Report::default();
    let mut secrets = secrets(running);
    let config = if let Ok(config) = Config::load(file) {
        secrets.extend(self::secrets(&config));
        config
    } else {
        report.add([configuration::refused_on_disk()]);
        running.clone()
    };
    let config = if let Some(config) = alone(&config, tenant) {
        report.add(configuration::judge(&configuration::look(file, &config)));
        Some(config)
    } else {
        report.add([configuration::knows_the_tenant_no_more()]);
        alone(running, tenant)
    };
    if let Some(config) = config {
        examine_what_is_named(&config, Told::default(), &Context::system(), &mut report).await;
    }
    let of_others = |finding: &Finding| finding.tenant.as_ref().is_some_and(|whose| whose != tenant);
    report
        .into_findings()
        .into_iter()
        .filter(|finding| !of_others(finding))
        .map(|finding| shown(finding, &secrets))
        .collect()
}

/// The configuration with that tenant and no other; `None`: it has none of that name.
fn alone(config: &Config, tenant: &str) -> Option<Config> {
    let mut config = config.clone();
    config.tenants.retain(|slug, _| slug.as_str() == tenant);
    config.default_tenant = config.default_tenant.filter(|slug| config.tenants.contains_key(slug));
    (!config.tenants.is_empty()).then_some(config)
}

/// Everything in a configuration that nobody may read.
fn secrets(config: &Config) -> Vec<Secret> {
    let of_tenants = config.tenants.values().flat_map(|tenant| {
        let registration = &tenant.registration;
        let keys = tenant.signer.key.iter().chain(&tenant.notary.key);
        registration.tokens.iter().chain(&registration.shared_secret).chain(keys)
    });
    of_tenants.chain(&config.calls.api_secret).cloned().collect()
}

fn shown(Finding { check, level, says, remedy, .. }: Finding, secrets: &[Secret]) -> DoctorFinding {
    let level = match level {
        Level::Fine => DoctorLevel::Fine,
        Level::Hint => DoctorLevel::Hint,
        Level::Warning => DoctorLevel::Warning,
        Level::Broken => DoctorLevel::Broken,
    };
    let hidden = |text: String| {
        let known = secrets.iter().map(Secret::expose).filter(|secret| secret.len() >= SECRET_BYTES_MIN);
        known.fold(text, |text, secret| text.replace(secret, "…"))
    };
    DoctorFinding { check: check.to_owned(), level, says: hidden(says), remedy: remedy.map(hidden) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use consilium_config::Secret;
    use consilium_consult::api::types::{DoctorFinding, DoctorLevel};

    use super::{Config, Finding, alone, examine, secrets, shown};

    const TWO: &str = r#"
        default_tenant = "oak"
        consult = { enabled = false }
        [calls]
        livekit_url = "ws://127.0.0.1:1"
        api_key = "key"
        api_secret = "a secret of the media server, long enough"
        [tenants.yew]
        server_name = "yew.test"
        origins = { public = "http://127.0.0.1:1" }
        [tenants.oak]
        server_name = "oak.test"
        origins = { public = "http://127.0.0.1:2" }
        registration = { policy = "token", tokens = ["a token of oak"] }
    "#;

    fn written(folder: &std::path::Path) -> (std::path::PathBuf, Config) {
        // The program has one from its start on; whichever test comes first gives it here.
        let _is_there = rustls::crypto::ring::default_provider().install_default();
        let file = folder.join("consilium.toml");
        std::fs::write(&file, TWO).unwrap();
        let config = Config::load(&file).unwrap_or_else(|error| panic!("{error}"));
        (file, config)
    }

    fn has(found: &[DoctorFinding], check: &str, words: &str) -> bool {
        found.iter().any(|finding| finding.check == check && finding.says.contains(words))
    }

    fn says_nothing_of_oak(found: &[DoctorFinding]) -> bool {
        !found.iter().any(|finding| format!("{finding:?}").contains("oak"))
    }

    #[tokio::test]
    async fn a_tenant_reads_of_itself_and_of_no_other() {
        let folder = tempfile::Builder::new().prefix("installation").tempdir().unwrap();
        let (file, config) = written(folder.path());
        let found = examine(&file, &config, "yew").await;
        assert!(has(&found, "configuration", "1 tenant"), "{found:?}");
        assert!(says_nothing_of_oak(&found), "{found:?}");
    }

    #[tokio::test]
    async fn a_file_that_would_not_start_again_is_said_without_a_word_of_it() {
        let folder = tempfile::Builder::new().prefix("installation").tempdir().unwrap();
        let (file, config) = written(folder.path());
        std::fs::write(&file, "[calls]\napi_secrets = \"the new secret\"").unwrap();
        let found = examine(&file, &config, "yew").await;
        assert_eq!((found[0].check.as_str(), found[0].level), ("configuration", DoctorLevel::Broken));
        assert!(!format!("{found:?}").contains("the new secret") && says_nothing_of_oak(&found), "{found:?}");
        assert!(found.len() > 2, "the rest is looked at as it runs: {found:?}");
    }

    #[tokio::test]
    async fn a_tenant_that_the_file_has_lost_is_told_so() {
        let folder = tempfile::Builder::new().prefix("installation").tempdir().unwrap();
        let (file, config) = written(folder.path());
        std::fs::write(&file, TWO.replace("yew", "elm")).unwrap();
        let found = examine(&file, &config, "yew").await;
        assert_eq!(found[0].level, DoctorLevel::Broken);
        assert!(found[0].says.contains("no more") && !format!("{found:?}").contains("elm"), "{found:?}");
    }

    #[test]
    fn what_must_not_be_read_is_hidden_wherever_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let (_, config) = written(folder.path());
        assert_eq!(secrets(&config).len(), 2);
        assert_eq!(secrets(&alone(&config, "yew").unwrap()).len(), 1);
        let finding = Finding::broken("media", "It answers to a token of oak.", "Use a token of oak, or ab.");
        let known = [Secret::new("a token of oak"), Secret::new("ab")];
        let DoctorFinding { says, remedy, .. } = shown(finding, &known);
        assert_eq!((says.as_str(), remedy.as_deref()), ("It answers to ….", Some("Use …, or ab.")));
    }
}
