//! Whether a process runs and holds the data, what it says of itself, and whether the homeserver's stores can be opened.
//!
//! A running process is asked over its control listener. Where none runs, the stores are opened as for `consilium user list`, and closed again: only by the
//! user whom they belong to, since files that another one leaves there would keep the service out.

use consilium_config::{Config, TenantSlug};

use super::finding::{Finding, Level};
use crate::control::{Control, Status, StoreStatus};
use crate::lease;

const CHECK: &str = "process";
const STORE: &str = "store";

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A process answers.
    Runs(Status),
    /// One answers, of a build that says nothing of itself.
    Older,
    /// Something answers that is not ours, or not well.
    Strange(String),
    /// A process holds the data, and does not answer.
    Silent,
    /// No process runs.
    Idle(Stores),
    /// It cannot be found out.
    Unknown(String),
}

/// The stores, where no process runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stores {
    /// There are none yet.
    Absent,
    /// They were left alone.
    LeftAlone,
    /// They were opened, by a process that says this.
    Opened(Status),
    /// They cannot be opened.
    Closed(String),
}

/// Asks the running process, else opens the stores where `may_open`.
pub async fn look(config: &Config, may_open: bool) -> State {
    match lease::is_held(&config.data_dir) {
        Ok(true) => {}
        Ok(false) => return State::Idle(open(config, may_open).await),
        Err(error) => return State::Unknown(error.to_string()),
    }
    match Control::running(config).await {
        Ok(Some(control)) => match control.status().await {
            Ok(Some(status)) => State::Runs(status),
            Ok(None) => State::Older,
            Err(error) => State::Strange(format!("{error:#}")),
        },
        Ok(None) => State::Silent,
        Err(error) => State::Unknown(format!("{error:#}")),
    }
}

async fn open(config: &Config, may_open: bool) -> Stores {
    let is_there = |slug: &TenantSlug| config.tenant_dir(slug).join("store").exists();
    if !config.tenants.keys().any(is_there) {
        return Stores::Absent;
    }
    // Opening one that is not there would make it.
    if !may_open || !config.tenants.keys().all(is_there) {
        return Stores::LeftAlone;
    }
    let control = match Control::open(config).await {
        Ok(control) => control,
        Err(error) => return Stores::Closed(format!("{error:#}")),
    };
    let status = control.status().await;
    control.close().await;
    match status {
        Ok(Some(status)) => Stores::Opened(status),
        Ok(None) => Stores::LeftAlone,
        Err(error) => Stores::Closed(format!("{error:#}")),
    }
}

impl State {
    /// What the process that serves says of itself.
    pub fn running(&self) -> Option<&Status> {
        match self {
            Self::Runs(status) => Some(status),
            _ => None,
        }
    }

    /// Whether the addresses have to answer.
    pub fn serves(&self) -> bool {
        match self {
            Self::Runs(status) => status.faces.public.is_some(),
            Self::Older => true,
            _ => false,
        }
    }
}

/// What it comes to, for this build and the tenants of the configuration.
pub fn judge(state: &State, version: &str, tenants: &[&str]) -> Vec<Finding> {
    match state {
        State::Runs(status) => runs(status, version, tenants),
        State::Older => {
            let says = "A process answers, of an older build than this program.";
            vec![Finding::warning(CHECK, says, "Restart the service, so that the new build runs.")]
        }
        State::Strange(why) => {
            let says = format!("What answers in the place of the running process is not it, or fails: {why}.");
            vec![Finding::broken(CHECK, says, "Look at the service and its log; restart it.")]
        }
        State::Silent => {
            let says = "A process holds the data and does not answer: it is starting, stopping, or stuck.";
            let remedy =
                "Wait a minute and look again. Then look at its log, and restart it: systemctl restart consilium";
            vec![Finding::broken(CHECK, says, remedy)]
        }
        State::Unknown(why) => {
            let says = format!("Whether a process runs cannot be found out: {why}.");
            vec![Finding::broken(CHECK, says, "Run this as the user that serves.")]
        }
        State::Idle(stores) => idle(stores),
    }
}

fn runs(status: &Status, version: &str, tenants: &[&str]) -> Vec<Finding> {
    if status.faces.public.is_none() {
        let says = "Another command at the command line has the data; no service runs.";
        return vec![Finding::hint(CHECK, says, "Run this again when it has ended.")];
    }
    let mut found = Vec::new();
    if status.version == version {
        found.push(Finding::fine(CHECK, format!("It runs (process {}, version {version}).", status.pid)));
    } else {
        let says = format!("Version {} runs, and this program is version {version}.", status.version);
        found.push(Finding::warning(CHECK, says, "Restart the service, so that the new build runs."));
    }
    let is_served = |tenant: &&&str| status.stores.iter().any(|store| store.tenant == **tenant);
    let strangers: Vec<&str> = tenants.iter().filter(|tenant| !is_served(tenant)).copied().collect();
    if !strangers.is_empty() {
        let says = format!("The running process does not know: {}.", strangers.join(", "));
        found.push(Finding::warning(CHECK, says, "Restart the service, so that it reads the configuration anew."));
    }
    found.extend(status.stores.iter().map(store));
    found
}

fn idle(stores: &Stores) -> Vec<Finding> {
    let start = "Start it: systemctl start consilium (or: consilium serve --config FILE)";
    match stores {
        Stores::Absent => vec![Finding::hint(CHECK, "No process runs, and none ever ran here.", start)],
        Stores::LeftAlone => {
            let says = "No process runs; the stores were left alone.";
            vec![Finding::hint(CHECK, says, format!("{start}; or run this as its user, when all else is well."))]
        }
        Stores::Opened(status) => {
            let mut found = vec![Finding::hint(CHECK, "No process runs.", start)];
            found.extend(status.stores.iter().map(store));
            found
        }
        Stores::Closed(why) => {
            let remedy = "Do what it says. Where a store is damaged, put the last backup in its place.";
            vec![
                Finding::hint(CHECK, "No process runs.", start),
                Finding::broken(STORE, format!("The stores cannot be opened: {why}."), remedy),
            ]
        }
    }
}

/// The homeserver's store of a tenant.
fn store(StoreStatus { tenant, trouble }: &StoreStatus) -> Finding {
    let finding = match trouble {
        None => Finding::fine(STORE, "The homeserver's store opens, in the form that this build reads."),
        Some(why) => {
            let remedy = "Do what it says. Where the store is damaged, put the last backup in its place.";
            Finding::broken(STORE, format!("The homeserver's store is not open: {why}."), remedy)
        }
    };
    Finding { tenant: Some(tenant.clone()), ..finding }
}

/// Whether the stores are known to be well, so that what reads beside them need not look for the same fault.
pub fn is_well(found: &[Finding]) -> bool {
    found.iter().all(|finding| finding.level < Level::Broken)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::{State, Stores, is_well, judge};
    use crate::cli::doctor::finding::Level;
    use crate::control::{BuiltApps, Faces, Status, StoreStatus};

    fn status(trouble: Option<&str>) -> Status {
        Status {
            version: "1.2.0".to_owned(),
            pid: 7,
            faces: Faces { public: Some(SocketAddr::from(([127, 0, 0, 1], 8008))), console: None },
            open_files_max: Some(65_536),
            apps: BuiltApps { patient: true, console: true },
            stores: vec![StoreStatus { tenant: "yew".to_owned(), trouble: trouble.map(str::to_owned) }],
        }
    }

    fn levels(state: &State) -> Vec<Level> {
        judge(state, "1.2.0", &["yew"]).iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn a_running_process_with_open_stores_is_fine() {
        let state = State::Runs(status(None));
        assert_eq!(levels(&state), [Level::Fine, Level::Fine]);
        assert!(state.serves() && state.running().is_some());
        let found = judge(&state, "1.2.0", &["yew"]);
        assert!(found[0].says.contains("process 7") && found[1].tenant.as_deref() == Some("yew"), "{found:?}");
    }

    #[test]
    fn another_version_and_an_unknown_tenant_ask_for_a_restart() {
        let state = State::Runs(status(None));
        assert_eq!(judge(&state, "1.3.0", &["yew"])[0].level, Level::Warning);
        let found = judge(&state, "1.2.0", &["yew", "oak"]);
        assert!(found[1].says.contains("does not know: oak"), "{found:?}");
        assert_eq!(levels(&State::Older), [Level::Warning]);
    }

    #[test]
    fn a_store_that_is_not_open_is_broken_and_named() {
        let found = judge(&State::Runs(status(Some("it has form 9"))), "1.2.0", &["yew"]);
        assert!(found[1].level == Level::Broken && found[1].says.contains("it has form 9"), "{found:?}");
        assert!(!is_well(&found));
        assert_eq!(levels(&State::Idle(Stores::Closed("no".to_owned()))), [Level::Hint, Level::Broken]);
    }

    #[test]
    fn a_process_that_holds_the_data_and_says_nothing_is_broken() {
        for state in [State::Silent, State::Strange("x".to_owned()), State::Unknown("x".to_owned())] {
            assert_eq!(levels(&state), [Level::Broken], "{state:?}");
            assert!(!state.serves());
        }
    }

    #[test]
    fn a_command_that_has_the_data_is_no_service() {
        let state = State::Runs(Status { faces: Faces::default(), ..status(None) });
        assert_eq!(levels(&state), [Level::Hint]);
        assert!(!state.serves());
    }

    #[test]
    fn that_nothing_runs_is_a_hint() {
        assert_eq!(levels(&State::Idle(Stores::Absent)), [Level::Hint]);
        assert_eq!(levels(&State::Idle(Stores::LeftAlone)), [Level::Hint]);
        assert_eq!(levels(&State::Idle(Stores::Opened(status(None)))), [Level::Hint, Level::Fine]);
    }
}
