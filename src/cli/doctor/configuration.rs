//! Whether the configuration is read, and who else may read it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use consilium_config::Config;

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
}

/// It is refused.
pub fn refused(file: &Path, why: &str) -> Finding {
    let says = format!("{} cannot be used: {why}", file.display());
    Finding::broken(CHECK, says, "Correct what is named; config/REFERENCE.md explains every key.")
}

/// Looks at the file and at those that it names.
pub fn look(file: &Path, config: &Config) -> Facts {
    let mut files = Vec::new();
    if holds_secrets(config) {
        files.push(("the configuration itself".to_owned(), file));
    }
    files.extend(config.calls.api_secret_file.iter().map(|path| ("calls.api_secret_file".to_owned(), path.as_path())));
    for (slug, tenant) in &config.tenants {
        let path = tenant.registration.shared_secret_file.as_deref();
        files.extend(path.map(|path| (format!("tenants.{slug}.registration.shared_secret_file"), path)));
    }
    let mode = |path: &Path| std::fs::metadata(path).ok().map(|metadata| metadata.permissions().mode());
    let files = files.into_iter().map(|(key, path)| SecretFile { key, path: path.to_owned(), mode: mode(path) });
    Facts { file: file.to_owned(), tenants: config.tenants.len(), secret_files: files.collect() }
}

/// Whether secrets stand in the configuration itself.
fn holds_secrets(config: &Config) -> bool {
    let of_tenants = config.tenants.values().any(|tenant| {
        let registration = &tenant.registration;
        !registration.tokens.is_empty()
            || registration.shared_secret.is_some() && registration.shared_secret_file.is_none()
    });
    of_tenants || config.calls.api_secret.is_some() && config.calls.api_secret_file.is_none()
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let served = if facts.tenants == 1 { "1 tenant".to_owned() } else { format!("{} tenants", facts.tenants) };
    let mut found = vec![Finding::fine(CHECK, format!("{} is read: {served}.", facts.file.display()))];
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
    use super::{Facts, SecretFile, judge};
    use crate::cli::doctor::finding::Level;

    fn facts(mode: Option<u32>) -> Facts {
        let secret = SecretFile { key: "calls.api_secret_file".to_owned(), path: "/etc/secret".into(), mode };
        Facts { file: "consilium.toml".into(), tenants: 1, secret_files: vec![secret] }
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
