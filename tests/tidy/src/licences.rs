//! Every dependency may be used as it is: its licence is on the list of `deny.toml`, it comes from a registry, and it is not banned there.
//!
//! The list has the form that cargo-deny reads, so that who has that tool can use it; this needs nothing but cargo and the lock files.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::tree::root;

/// What `deny.toml` says.
#[derive(Debug, Default)]
pub struct Rules {
    allowed: BTreeSet<String>,
    banned: BTreeSet<String>,
}

impl Rules {
    /// Reads `deny.toml`.
    pub fn load() -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(root().join("deny.toml")).context("deny.toml cannot be read")?;
        Ok(Self::parse(&text.parse()?))
    }

    fn parse(table: &toml::Table) -> Self {
        let list = |section: &str, key: &str| {
            let values = table.get(section).and_then(|section| section.get(key)).and_then(toml::Value::as_array);
            values
                .into_iter()
                .flatten()
                .filter_map(|value| value.as_str().or_else(|| value.get("name")?.as_str()))
                .map(str::to_owned)
                .collect()
        };
        Self { allowed: list("licenses", "allow"), banned: list("bans", "deny") }
    }

    /// Whether one can choose allowed licences so that `expression` (SPDX; `/` is an old way to write OR) is fulfilled.
    fn allows(&self, expression: &str) -> bool {
        let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let tokens: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        self.any_of(&tokens, &mut at) && at == tokens.len()
    }

    fn any_of(&self, tokens: &[&str], at: &mut usize) -> bool {
        let mut allowed = self.all_of(tokens, at);
        while tokens.get(*at) == Some(&"OR") {
            *at += 1;
            allowed |= self.all_of(tokens, at);
        }
        allowed
    }

    fn all_of(&self, tokens: &[&str], at: &mut usize) -> bool {
        let mut allowed = self.one(tokens, at);
        while tokens.get(*at) == Some(&"AND") {
            *at += 1;
            allowed &= self.one(tokens, at);
        }
        allowed
    }

    fn one(&self, tokens: &[&str], at: &mut usize) -> bool {
        let Some(token) = tokens.get(*at) else { return false };
        *at += 1;
        if *token == "(" {
            let allowed = self.any_of(tokens, at);
            *at += 1;
            return allowed && tokens.get(*at - 1) == Some(&")");
        }
        if tokens.get(*at) == Some(&"WITH") {
            // An exception only adds permissions.
            *at += 2;
        }
        self.allowed.contains(*token) || token.strip_suffix('+').is_some_and(|name| self.allowed.contains(name))
    }
}

/// Crates that must not be used, from `cargo metadata`.
pub fn check_crates(metadata: &Value, rules: &Rules) -> Vec<String> {
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("none");
        if !rules.allows(licence) {
            found.push(format!("crate {name}: licence `{licence}` is not on the list of deny.toml"));
        }
        if rules.banned.contains(name) {
            found.push(format!("crate {name}: banned by deny.toml"));
        }
        if package["source"].as_str().is_some_and(|source| !source.starts_with("registry+")) {
            found.push(format!("crate {name}: does not come from a registry"));
        }
    }
    found
}

/// npm packages that must not be used, from `package-lock.json`.
pub fn check_npm(lock: &Value, rules: &Rules) -> Vec<String> {
    let mut found = Vec::new();
    for (path, package) in lock["packages"].as_object().into_iter().flatten() {
        if path.is_empty() || package["link"] == true {
            continue;
        }
        let licence = package["license"].as_str().unwrap_or("none");
        // A workspace of ours has its own licence in its own manifest.
        let ours = !path.contains("node_modules/");
        if !ours && !rules.allows(licence) {
            found.push(format!("{path}: licence `{licence}` is not on the list of deny.toml"));
        }
    }
    found
}

/// All crates that are compiled on the machine's platform.
pub fn metadata() -> anyhow::Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &platform])
        .current_dir(root())
        .output()
        .context("cargo cannot be run")?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Rules, check_crates, check_npm, metadata};
    use crate::tree::root;

    fn rules() -> Rules {
        Rules::load().expect("deny.toml is readable")
    }

    #[test]
    fn every_crate_may_be_used() {
        let metadata = metadata().expect("cargo metadata answers");
        assert!(metadata["packages"].as_array().is_some_and(|packages| packages.len() > 100));
        assert_eq!(check_crates(&metadata, &rules()), [""; 0]);
    }

    #[test]
    fn every_npm_package_may_be_used() {
        for (path, at_least) in [("clients/package-lock.json", 50), ("tests/fhir/package-lock.json", 5)] {
            let text = std::fs::read_to_string(root().join(path)).expect("the lock is there");
            let lock: serde_json::Value = serde_json::from_str(&text).expect("the lock is JSON");
            assert!(lock["packages"].as_object().is_some_and(|packages| packages.len() > at_least), "{path}");
            assert_eq!(check_npm(&lock, &rules()), [""; 0], "{path}");
        }
    }

    #[test]
    fn a_licence_is_read_as_an_expression() {
        let rules = Rules { allowed: ["MIT", "Apache-2.0", "MPL-2.0"].map(str::to_owned).into(), ..Rules::default() };
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-3.0) AND Apache-2.0",
            "GPL-3.0/MIT",
            "Apache-2.0 WITH LLVM-exception",
            "MPL-2.0+",
        ] {
            assert!(rules.allows(good), "{good}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "none", "", "(MIT", "MIT)", "(GPL-3.0 OR AGPL-3.0) AND MIT"] {
            assert!(!rules.allows(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_forbidden_is_found() {
        let rules = Rules { allowed: ["MIT".to_owned()].into(), banned: ["openssl".to_owned()].into() };
        let crates = json!({ "packages": [
            { "name": "good", "license": "MIT", "source": "registry+x" }, { "name": "copyleft", "license": "AGPL-3.0" },
            { "name": "openssl", "license": "MIT" }, { "name": "forked", "license": "MIT", "source": "git+https://x" },
        ]});
        assert_eq!(check_crates(&crates, &rules).len(), 3);
        let npm = json!({ "packages": { "": {}, "patient": {}, "node_modules/a": { "license": "MIT" }, "node_modules/b": { "license": "AGPL-3.0" } } });
        assert_eq!(check_npm(&npm, &rules).len(), 1);
    }
}
