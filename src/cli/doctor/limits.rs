//! Whether the process may have as many files and connections open as its configuration promises.

use consilium_config::Config;
use nix::sys::resource::{Resource, getrlimit};

use super::finding::Finding;
use crate::control::Status;

const CHECK: &str = "open-files";
/// Files that a tenant's stores hold open: the homeserver's keeps 512, the databases a few. Unit: files.
const OF_TENANT: u64 = 600;
/// What the process itself has open, besides. Unit: files.
const OF_PROCESS: u64 = 200;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What is allowed; `None`: the system does not say.
    pub allowed: Option<u64>,
    pub connections: u64,
    pub tenants: u64,
    /// Whether the running process was asked, rather than this program.
    pub is_of_process: bool,
}

/// Takes the running process's limit, else this program's.
pub fn look(config: &Config, running: Option<&Status>) -> Facts {
    let here = || getrlimit(Resource::RLIMIT_NOFILE).ok().map(|(soft, _)| soft);
    Facts {
        allowed: running.map_or_else(here, |status| status.open_files_max),
        connections: config.http.connections_max as u64,
        tenants: config.tenants.len() as u64,
        is_of_process: running.is_some(),
    }
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Finding {
    let needed = facts.connections.saturating_add(facts.tenants.saturating_mul(OF_TENANT)).saturating_add(OF_PROCESS);
    let whose = if facts.is_of_process { "The running process" } else { "A process started from here" };
    let Some(allowed) = facts.allowed else {
        return Finding::hint(CHECK, "The system does not say how many files may be open.", "See `ulimit -n`.");
    };
    if allowed >= needed {
        return Finding::fine(
            CHECK,
            format!("{whose} may have {allowed} files and connections open; it needs {needed}."),
        );
    }
    let says =
        format!("{whose} may have {allowed} files and connections open, and would need {needed} when it is full.");
    let remedy = format!(
        "Set LimitNOFILE={} in its systemd unit (ulimit -n elsewhere), or a lower http.connections_max.",
        needed.next_power_of_two().max(65_536)
    );
    // What holds for a shell is not what holds for the service.
    if facts.is_of_process { Finding::warning(CHECK, says, remedy) } else { Finding::hint(CHECK, says, remedy) }
}

#[cfg(test)]
mod tests {
    use super::{Facts, judge};
    use crate::cli::doctor::finding::Level;

    #[test]
    fn the_limit_has_to_hold_all_connections_and_stores() {
        let facts = |allowed| Facts { allowed, connections: 10_000, tenants: 2, is_of_process: true };
        assert_eq!(judge(&facts(Some(11_400))).level, Level::Fine);
        let found = judge(&facts(Some(11_399)));
        assert_eq!(found.level, Level::Warning);
        assert!(
            found.says.contains("need 11400")
                && found.remedy.is_some_and(|remedy| remedy.contains("LimitNOFILE=65536"))
        );
        assert_eq!(judge(&facts(None)).level, Level::Hint);
        assert_eq!(judge(&Facts { is_of_process: false, ..facts(Some(1_024)) }).level, Level::Hint);
        assert_eq!(judge(&facts(Some(u64::MAX))).level, Level::Fine, "no limit at all");
    }
}
