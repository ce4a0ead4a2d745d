//! Whether the configuration is read, and who else may read it.

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use consilium_config::{Config, ConfigError};

use super::finding::Finding;

const CHECK: &str = "configuration";
/// What everybody may do with a file.
const OTHERS: u32 = 0o007;

/// A file that holds secrets.
#[derive(Debug, Clone)]
pub struct SecretFile {
    /// Who names it.
    pub key: String,
    pub path: PathBuf,
    /// Its mode; `None`: it cannot be looked at.
    pub mode: Option<u32>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Facts {
    pub file: PathBuf,
    pub tenants: usize,
    pub secret_files: Vec<SecretFile>,
    /// Whether an address needs a proxy, and none is named.
    pub proxy_is_unknown: bool,
}

/// It is refused.
pub fn refused(error: ConfigError) -> Finding {
    let remedy = match &error {
        ConfigError::Read { source, .. } if source.kind() == ErrorKind::PermissionDenied => {
            "Run this as the user that serves: sudo -u consilium consilium doctor …"
        }
        ConfigError::Read { source, .. } if source.kind() == ErrorKind::NotFound => {
            "Name the file that is there, as in: consilium doctor --config /srv/clinic/consilium.toml"
        }
        _ => "Correct what is named; config/REFERENCE.md explains every key.",
    };
    let why = format!("{:#}", anyhow::Error::new(error));
    Finding::broken(CHECK, format!("The configuration cannot be used: {why}"), remedy)
}

/// It is refused, and a process still runs by what it said before. Nothing of the file is repeated: where it is wrong, a secret may stand.
pub fn refused_on_disk() -> Finding {
    let says = "The configuration on the disk cannot be used any more: the service would not start again.";
    Finding::broken(CHECK, says, "Run `consilium doctor` on the machine: it says where and why.")
}

/// It says nothing of a tenant that a process still serves.
pub fn knows_the_tenant_no_more() -> Finding {
    let says = "The configuration on the disk names this tenant no more: after the next start nobody would serve it.";
    Finding::broken(CHECK, says, "Put the section of this tenant back, or leave it out on purpose.")
}

/// Looks at the file and at those that it names.
pub fn look(file: &Path, config: &Config) -> Facts {
    let mut files = Vec::new();
    if holds_secrets(config) {
        files.push(("the configuration itself".to_owned(), file));
    }
    files.extend(config.calls.api_secret_file.iter().map(|path| ("calls.api_secret_file".to_owned(), path.as_path())));
    for (slug, tenant) in &config.tenants {
        let named = [
            ("registration.shared_secret_file", &tenant.registration.shared_secret_file),
            ("signer.key_file", &tenant.signer.key_file),
            ("notary.key_file", &tenant.notary.key_file),
        ];
        let named = named.into_iter().filter_map(|(key, path)| Some((key, path.as_deref()?)));
        files.extend(named.map(|(key, path)| (format!("tenants.{slug}.{key}"), path)));
    }
    let mode = |path: &Path| std::fs::metadata(path).ok().map(|metadata| metadata.permissions().mode());
    let files = files.into_iter().map(|(key, path)| SecretFile { key, path: path.to_owned(), mode: mode(path) });
    let needs_proxy = config.tenants.values().any(|tenant| tenant.origins.public.is_https());
    Facts {
        file: file.to_owned(),
        tenants: config.tenants.len(),
        secret_files: files.collect(),
        proxy_is_unknown: needs_proxy && config.http.trusted_proxies.is_empty(),
    }
}

/// Whether secrets stand in the configuration itself.
fn holds_secrets(config: &Config) -> bool {
    let of_tenants = config.tenants.values().any(|tenant| {
        let registration = &tenant.registration;
        !registration.tokens.is_empty()
            || registration.shared_secret.is_some() && registration.shared_secret_file.is_none()
            || tenant.signer.key.is_some() && tenant.signer.key_file.is_none()
            || tenant.notary.key.is_some() && tenant.notary.key_file.is_none()
    });
    of_tenants || config.calls.api_secret.is_some() && config.calls.api_secret_file.is_none()
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let served = if facts.tenants == 1 { "1 tenant".to_owned() } else { format!("{} tenants", facts.tenants) };
    let mut found = vec![Finding::fine(CHECK, format!("{} is read: {served}.", facts.file.display()))];
    if facts.proxy_is_unknown {
        let says = "No proxy is named, so all visitors seem to come from its address: limits that are meant for one hold for all of them together.";
        let remedy = "Name it: trusted_proxies = [\"127.0.0.1\", \"::1\"] in [http], where it runs on this machine.";
        found.push(Finding::warning(CHECK, says, remedy));
    }
    for SecretFile { key, path, mode } in &facts.secret_files {
        if mode.is_some_and(|mode| mode & OTHERS != 0) {
            let says = format!("{} holds secrets ({key}), and everybody on this machine may read it.", path.display());
            found.push(Finding::warning("secrets", says, format!("Run: chmod 600 {}", path.display())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::io::{Error, ErrorKind};

    use super::{Config, ConfigError, Facts, SecretFile, judge, look, refused};
    use crate::cli::doctor::finding::Level;

    fn facts(mode: Option<u32>) -> Facts {
        let secret = SecretFile { key: "calls.api_secret_file".to_owned(), path: "/etc/secret".into(), mode };
        Facts { file: "consilium.toml".into(), tenants: 1, secret_files: vec![secret], proxy_is_unknown: false }
    }

    #[test]
    fn a_file_that_is_closed_or_absent_has_a_remedy_of_its_own() {
        let read = |kind: ErrorKind| {
            let (key, path) = ("--config".to_owned(), "consilium.toml".into());
            refused(ConfigError::Read { key, path, source: Error::from(kind) }).remedy
        };
        assert!(read(ErrorKind::PermissionDenied).is_some_and(|remedy| remedy.contains("sudo -u consilium")));
        assert!(read(ErrorKind::NotFound).is_some_and(|remedy| remedy.contains("--config")));
        assert!(refused(ConfigError::Refused(Vec::new())).remedy.is_some_and(|remedy| remedy.contains("REFERENCE.md")));
    }

    #[test]
    fn a_proxy_that_nobody_named_is_a_warning() {
        let found = judge(&Facts { proxy_is_unknown: true, ..facts(None) });
        assert!(found[1].level == Level::Warning && found[1].says.contains("No proxy is named"), "{found:?}");
    }

    #[test]
    fn keys_of_signer_and_notary_are_secrets_wherever_they_stand() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("consilium.toml");
        let text = r#"
            consult = { enabled = false }
            [tenants.yew]
            server_name = "yew.test"
            origins = { public = "http://127.0.0.1:1" }
            signer = { url = "https://signer.test/sign", key_file = "signer.key" }
            notary = { url = "https://notary.test/heads", key = "a key that nobody guesses soon" }
        "#;
        std::fs::write(&file, text).unwrap();
        std::fs::write(folder.path().join("signer.key"), "another key that nobody guesses soon").unwrap();
        let config = Config::load(&file).unwrap_or_else(|error| panic!("{error}"));
        let keys: Vec<_> = look(&file, &config).secret_files.into_iter().map(|secret| secret.key).collect();
        assert_eq!(keys, ["the configuration itself", "tenants.yew.signer.key_file"]);
    }

    #[test]
    fn secrets_are_for_their_owner_and_perhaps_a_group() {
        for mode in [Some(0o100_600), Some(0o100_640), None] {
            assert_eq!(judge(&facts(mode)).len(), 1, "{mode:?}");
        }
        let found = judge(&facts(Some(0o100_644)));
        assert_eq!((found[1].check, found[1].level), ("secrets", Level::Warning));
        assert!(found[1].remedy.as_deref().is_some_and(|remedy| remedy.contains("chmod 600 /etc/secret")));
    }
}
