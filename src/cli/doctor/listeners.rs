//! Whether the addresses that the process listens on are its own: free while nothing runs, those of the configuration while it does.

use std::net::{SocketAddr, TcpListener};

use consilium_config::Config;

use super::finding::Finding;
use crate::control::Faces;

const CHECK: &str = "listeners";
/// Ports below this one are for who administers the machine.
const PORTS_FOR_ALL: u16 = 1024;

/// An address of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// The key that names it.
    pub key: &'static str,
    pub address: SocketAddr,
    pub state: State,
}

/// How it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A process could listen there.
    Free,
    /// Something listens there already.
    Taken,
    /// Nobody could, or this user could not.
    Refused(String),
    /// The running process listens there.
    Ours,
    /// The running process listens elsewhere, or nowhere.
    Elsewhere,
}

/// Looks at each address; `running`: where the process listens, if one does.
pub fn look(config: &Config, running: Option<Faces>) -> Vec<Listener> {
    let public = ("listeners.public", Some(config.listeners.public), running.map(|faces| faces.public));
    let console = ("listeners.console", config.listeners.console, running.map(|faces| faces.console));
    let mut listeners = vec![public, console];
    if running.is_none() {
        let has_webhook = config.consult.enabled && config.calls.livekit_url.is_some();
        listeners.push(("calls.webhook_listen", has_webhook.then_some(config.calls.webhook_listen), None));
        listeners.push(("metrics.listen", config.metrics.listen, None));
    }
    let looked = listeners.into_iter().filter_map(|(key, address, running)| {
        let address = address?;
        let state = running.map_or_else(|| free(address), |running| bound(address, running));
        Some(Listener { key, address, state })
    });
    looked.collect()
}

/// Whether a process could listen there.
fn free(address: SocketAddr) -> State {
    match TcpListener::bind(address) {
        Ok(_closed_at_once) => State::Free,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => State::Taken,
        Err(error) => State::Refused(error.to_string()),
    }
}

/// Whether the process listens where it is said; port 0 is whichever it got.
fn bound(address: SocketAddr, running: Option<SocketAddr>) -> State {
    let is_it = running.is_some_and(|running| {
        running.ip() == address.ip() && (address.port() == 0 || running.port() == address.port())
    });
    if is_it { State::Ours } else { State::Elsewhere }
}

/// What it comes to.
pub fn judge(listeners: &[Listener]) -> Vec<Finding> {
    let found: Vec<Finding> = listeners.iter().filter_map(fault).collect();
    if !found.is_empty() {
        return found;
    }
    let addresses: Vec<String> = listeners.iter().map(|listener| listener.address.to_string()).collect();
    let addresses = addresses.join(", ");
    let is_free = listeners.iter().all(|listener| listener.state == State::Free);
    let says =
        if is_free { format!("{addresses} are free.") } else { format!("It listens at {addresses}, as it is told.") };
    vec![Finding::fine(CHECK, says)]
}

fn fault(Listener { key, address, state }: &Listener) -> Option<Finding> {
    let port = address.port();
    match state {
        State::Free | State::Ours => None,
        State::Taken => {
            let says = format!("Something else listens at {address} ({key}): the service cannot start.");
            let remedy = format!(
                "Stop it, or set another {key}, there and in the proxy. What it is: ss -ltnp 'sport = :{port}'"
            );
            Some(Finding::broken(CHECK, says, remedy))
        }
        State::Refused(why) if port != 0 && port < PORTS_FOR_ALL => {
            let says = format!("This user may not listen at {address} ({key}): {why}.");
            let remedy = format!("Set {key} to a port above {PORTS_FOR_ALL}, with a proxy in front, which may.");
            Some(Finding::broken(CHECK, says, remedy))
        }
        State::Refused(why) => {
            let says = format!("Nothing can listen at {address} ({key}): {why}.");
            Some(Finding::broken(
                CHECK,
                says,
                format!("Set {key} to an address that this machine has, such as 127.0.0.1:8008."),
            ))
        }
        State::Elsewhere => {
            let says = format!("The running process does not listen at {address}, which {key} says by now.");
            let remedy = "Restart the service, so that it reads the configuration anew.";
            Some(Finding::warning(CHECK, says, remedy))
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::net::TcpListener;

    use super::{Listener, State, bound, free, judge};
    use crate::cli::doctor::finding::{Finding, Level};

    fn found(address: &str, state: State) -> Finding {
        judge(&[Listener { key: "listeners.public", address: address.parse().unwrap(), state }]).remove(0)
    }

    #[test]
    fn an_address_is_free_or_taken() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        assert_eq!(free(address), State::Taken);
        drop(taken);
        assert_eq!(free(address), State::Free);
        assert!(matches!(free("192.0.2.1:8008".parse().unwrap()), State::Refused(_)));
    }

    #[test]
    fn the_running_process_is_held_to_the_configuration() {
        let at = |text: &str| text.parse().unwrap();
        assert_eq!(bound(at("127.0.0.1:8008"), Some(at("127.0.0.1:8008"))), State::Ours);
        assert_eq!(bound(at("127.0.0.1:0"), Some(at("127.0.0.1:43210"))), State::Ours);
        assert_eq!(bound(at("0.0.0.0:8008"), Some(at("127.0.0.1:8008"))), State::Elsewhere);
        assert_eq!(bound(at("127.0.0.1:8009"), None), State::Elsewhere);
    }

    #[test]
    fn each_fault_has_a_remedy_of_its_own() {
        assert_eq!(found("127.0.0.1:8008", State::Free).level, Level::Fine);
        assert_eq!(found("127.0.0.1:8008", State::Elsewhere).level, Level::Warning);
        for (address, state, remedy) in [
            ("127.0.0.1:8008", State::Taken, "sport = :8008"),
            ("127.0.0.1:443", State::Refused("Permission denied".to_owned()), "a proxy in front"),
            ("192.0.2.1:8008", State::Refused("no such address".to_owned()), "an address that this machine has"),
        ] {
            let found = found(address, state);
            assert!(found.level == Level::Broken && found.remedy.unwrap().contains(remedy), "{remedy}");
        }
    }
}
