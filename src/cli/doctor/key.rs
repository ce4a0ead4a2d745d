//! Whether the keeper's key is there, is one, is nobody else's to read, and lies where no copy of the data takes it along.

use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use consilium_config::Config;
use consilium_consult::TenantConfig;

use super::finding::Finding;

const CHECK: &str = "key";
/// Hexadecimal digits of a key.
const DIGITS: usize = 64;
/// What a group and everybody may do with a file.
const NOT_OWNER: u32 = 0o077;

/// What was found.
#[derive(Debug, Clone)]
pub struct Facts {
    pub path: PathBuf,
    pub state: State,
    /// Where it lies, as seen from the data.
    pub side: Side,
}

/// How the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is not there; whether there are data that only it opens.
    Absent { is_needed: bool },
    /// It cannot be read.
    Closed(String),
    /// It is there.
    There {
        /// Whether it holds what a key is.
        is_key: bool,
        mode: u32,
    },
}

/// Where the file lies, as seen from the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In them, by its real path.
    Inside,
    /// In the folder that the data folder is in.
    Beside,
    /// Elsewhere.
    Apart,
}

/// Looks at the key of `config`; `None`: there is none, because the consultation service is off.
pub fn look(config: &Config) -> Option<Facts> {
    let path = config.consult.keeper_key_file.as_deref().filter(|_| config.consult.enabled)?;
    let state = match std::fs::read_to_string(path) {
        Ok(text) => {
            let text = text.trim();
            let is_key = text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            let mode = std::fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
            State::There { is_key, mode }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let is_needed = config.tenants.keys().any(|slug| TenantConfig::has_sealed_data(&config.tenant_dir(slug)));
            State::Absent { is_needed }
        }
        Err(error) => State::Closed(error.to_string()),
    };
    Some(Facts { path: path.to_owned(), state, side: side(path, &config.data_dir) })
}

/// Where `key` lies; symbolic links count as what they lead to.
fn side(key: &Path, data_dir: &Path) -> Side {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| absolute(path));
    let (key, data_dir) = (real(key), real(data_dir));
    if key.starts_with(&data_dir) {
        Side::Inside
    } else if key.parent() == data_dir.parent() {
        Side::Beside
    } else {
        Side::Apart
    }
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let path = facts.path.display();
    let mut found = Vec::new();
    match &facts.state {
        State::Absent { is_needed: true } => {
            let says = format!("{path} is not there, and the data were written with it.");
            let remedy = "Put it back from where you keep its copy. Nothing is lost while the data stay as they are; without it nobody ever reads them.";
            found.push(Finding::broken(CHECK, says, remedy));
        }
        State::Absent { is_needed: false } => {
            let says = format!("{path} is not there yet; the first start makes it.");
            found.push(Finding::hint(CHECK, says, "Copy it then to a place that no backup of the data reaches."));
        }
        State::Closed(why) => {
            let remedy = "Run this as the user that serves, or give that user the file.";
            found.push(Finding::broken(CHECK, format!("{path} cannot be read: {why}."), remedy));
        }
        State::There { is_key: false, .. } => {
            let says = format!("{path} holds no key: {DIGITS} hexadecimal digits are one.");
            found.push(Finding::broken(CHECK, says, "Put the key back from where you keep its copy."));
        }
        State::There { mode, .. } if mode & NOT_OWNER != 0 => {
            let says = format!("{path} is readable for others on this machine: with it they read every conversation.");
            found.push(Finding::warning(CHECK, says, format!("Run: chmod 600 {path}")));
        }
        State::There { .. } => {}
    }
    let remedy = "Stop the service, move the file to a folder of its own, and name it in consult.keeper_key_file.";
    match facts.side {
        Side::Inside => {
            let says = format!("{path} lies inside the data: every copy of them holds the key that opens it.");
            found.push(Finding::broken(CHECK, says, remedy));
        }
        Side::Beside => {
            let says = format!("{path} lies beside the data: whoever copies that folder has both.");
            found.push(Finding::warning(CHECK, says, remedy));
        }
        Side::Apart => {}
    }
    if found.is_empty() {
        found.push(Finding::fine(CHECK, format!("{path} is there, apart from the data, and for its owner alone.")));
    }
    found
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Facts, Side, State, judge, side};
    use crate::cli::doctor::finding::Level;

    fn levels(state: State, side: Side) -> Vec<Level> {
        let found = judge(&Facts { path: "/keys/keeper.key".into(), state, side });
        found.iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn a_key_is_there_closed_and_apart_or_the_remedy_is_named() {
        let there = |mode| State::There { is_key: true, mode };
        assert_eq!(levels(there(0o100_600), Side::Apart), [Level::Fine]);
        assert_eq!(levels(there(0o100_400), Side::Apart), [Level::Fine]);
        assert_eq!(levels(there(0o100_640), Side::Apart), [Level::Warning]);
        assert_eq!(levels(there(0o100_600), Side::Beside), [Level::Warning]);
        assert_eq!(levels(there(0o100_644), Side::Inside), [Level::Warning, Level::Broken]);
        assert_eq!(levels(State::There { is_key: false, mode: 0o100_600 }, Side::Apart), [Level::Broken]);
        assert_eq!(levels(State::Closed("no".to_owned()), Side::Apart), [Level::Broken]);
    }

    #[test]
    fn a_missing_key_is_a_disaster_only_where_something_needs_it() {
        assert_eq!(levels(State::Absent { is_needed: true }, Side::Apart), [Level::Broken]);
        assert_eq!(levels(State::Absent { is_needed: false }, Side::Apart), [Level::Hint]);
    }

    #[test]
    fn a_link_out_of_sight_is_followed() {
        let ground = tempfile::tempdir().unwrap();
        let path = |name: &str| ground.path().join(name);
        for folder in ["yew", "yew/data", "keys"] {
            std::fs::create_dir(path(folder)).unwrap();
        }
        for file in ["keys/keeper.key", "yew/data/hidden.key", "yew/beside.key"] {
            std::fs::write(path(file), "").unwrap();
        }
        std::os::unix::fs::symlink(path("yew/data/hidden.key"), path("keys/link.key")).unwrap();
        let data = path("yew/data");
        assert_eq!(side(&path("keys/keeper.key"), &data), Side::Apart);
        assert_eq!(side(&path("keys/link.key"), &data), Side::Inside);
        assert_eq!(side(&path("yew/beside.key"), &data), Side::Beside);
    }
}
