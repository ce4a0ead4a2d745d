//! Whether pictures and voices find their way to the media server: its own ports for media, as far as the machine that it runs on can tell.
//!
//! What a firewall in front of that machine lets through is seen from outside alone: it is said each time which ports have to be open.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, UdpSocket};
use std::path::Path;

use consilium_config::Config;
use serde::Deserialize;

use super::finding::Finding;
use super::media::is_here;
use super::media_relay::{self, Other, Own, Relay};

const CHECK: &str = "media ports";
/// What LiveKit takes where its configuration says nothing.
const DEFAULT_RANGE: (u16, u16) = (50_000, 60_000);
/// Each person in a call takes some: fewer are full with a handful of calls.
const PORTS_WANTED: u16 = 100;
/// Ports below are for the machine's administrator alone.
const OWN_PORTS_FROM: u16 = 1_024;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The media server's address; `None`: there is none.
    pub server: Option<String>,
    /// Its own configuration, or why it cannot be read; `None`: nobody named it.
    pub settings: Option<Result<Settings, String>>,
    /// Ports that were tried on this machine, and what came of it.
    pub tried: Vec<(u16, Try)>,
}

/// What the media server's configuration says of ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The UDP ports for media.
    pub udp: Udp,
    /// The TCP port for who has no UDP.
    pub tcp: Option<u16>,
    /// The relay for who has neither.
    pub relay: Relay,
}

/// The UDP ports for media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Udp {
    /// One for everybody.
    One(u16),
    /// Some for each person.
    Range(u16, u16),
}

/// What came of trying a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// It is free.
    Free,
    /// Somebody has it: the media server, where it runs.
    Taken,
    /// The system does not let this user have it.
    Denied,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    rtc: Rtc,
    #[serde(default)]
    turn: Own,
}

#[derive(Default, Deserialize)]
struct Rtc {
    port_range_start: Option<u16>,
    port_range_end: Option<u16>,
    udp_port: Option<u16>,
    tcp_port: Option<u16>,
    #[serde(default)]
    turn_servers: Vec<Other>,
}

/// Reads the media server's configuration, where it is named, and tries its ports, where it is of this machine.
pub fn look(config: &Config, file: Option<&Path>) -> Facts {
    let calls = &config.calls;
    let server = calls.livekit_api_url.clone().or_else(|| calls.livekit_url.clone());
    let server = server.filter(|_| config.consult.enabled);
    let settings = file.filter(|_| server.is_some()).map(read);
    let is_of_this_machine = server.as_deref().is_some_and(is_here);
    let tried = match &settings {
        Some(Ok(settings)) if is_of_this_machine => {
            some_of(settings.udp).into_iter().map(|port| (port, try_port(port))).collect()
        }
        _ => Vec::new(),
    };
    Facts { server, settings, tried }
}

fn read(file: &Path) -> Result<Settings, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    parsed(&text).map_err(|error| format!("{} is no configuration of LiveKit: {error}", file.display()))
}

fn parsed(text: &str) -> Result<Settings, serde_yaml_ng::Error> {
    let Document { rtc, turn } = serde_yaml_ng::from_str(text)?;
    // 0 stands for nothing there.
    let (first, last) = DEFAULT_RANGE;
    let range = Udp::Range(rtc.port_range_start.unwrap_or(first), rtc.port_range_end.unwrap_or(last));
    let udp = rtc.udp_port.filter(|port| *port != 0).map_or(range, Udp::One);
    let relay = Relay::of(&turn, &rtc.turn_servers);
    Ok(Settings { udp, tcp: rtc.tcp_port.filter(|port| *port != 0), relay })
}

/// The ends and the middle: what keeps one from being had keeps all.
fn some_of(udp: Udp) -> Vec<u16> {
    match udp {
        Udp::One(port) => vec![port],
        Udp::Range(first, last) if first <= last => {
            let mut ports = vec![first, first + (last - first) / 2, last];
            ports.dedup();
            ports
        }
        Udp::Range(..) => Vec::new(),
    }
}

/// Takes a port for a moment.
fn try_port(port: u16) -> Try {
    match UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)) {
        Ok(_) => Try::Free,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Try::Denied,
        Err(_) => Try::Taken,
    }
}

/// What it comes to; nothing where there is no media server.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let Some(server) = &facts.server else { return Vec::new() };
    match &facts.settings {
        None => vec![unknown(server)],
        Some(Err(why)) => {
            vec![Finding::broken(
                CHECK,
                format!("{why}."),
                "Name LiveKit's own file, as `livekit-server --config` has it.",
            )]
        }
        Some(Ok(settings)) => {
            let mut found: Vec<Finding> =
                [range(settings.udp), tried(facts), tcp(*settings)].into_iter().flatten().collect();
            found.push(firewall(*settings));
            found.push(media_relay::judge(settings.relay));
            found
        }
    }
}

fn unknown(server: &str) -> Finding {
    let (first, last) = DEFAULT_RANGE;
    let says = format!("Whether media find their way to {server} cannot be seen from here.");
    let remedy = format!(
        "Let its firewall pass UDP {first}-{last} and TCP 7881, or what its own configuration says. Where it runs on this machine, name that file: --livekit-config FILE."
    );
    Finding::hint(CHECK, says, remedy)
}

fn range(udp: Udp) -> Option<Finding> {
    let (first, last) = match udp {
        Udp::Range(first, last) => (first, last),
        Udp::One(port) => (port, port),
    };
    if first > last {
        let says = format!("The range of ports for media ends before it begins: {first} to {last}.");
        return Some(Finding::broken(
            CHECK,
            says,
            "Set rtc.port_range_start below rtc.port_range_end in LiveKit's configuration.",
        ));
    }
    if first < OWN_PORTS_FROM {
        let says = format!("Ports for media begin at {first}, which is for the machine's administrator alone.");
        return Some(Finding::warning(CHECK, says, "Take ports from 1024 on: 50000 to 60000 are usual."));
    }
    let is_small = matches!(udp, Udp::Range(..)) && last - first + 1 < PORTS_WANTED;
    is_small.then(|| {
        let says = format!("There are {} ports for media: they are full with a handful of calls.", last - first + 1);
        Finding::warning(CHECK, says, "Widen rtc.port_range_start and rtc.port_range_end: 50000 to 60000 are usual.")
    })
}

fn tried(facts: &Facts) -> Option<Finding> {
    let list = |which: Try| {
        let ports = facts.tried.iter().filter(|(_, came)| *came == which).map(|(port, _)| port.to_string());
        ports.collect::<Vec<_>>().join(", ")
    };
    let (denied, free) = (list(Try::Denied), list(Try::Free));
    if !denied.is_empty() {
        let says = format!("The system does not let this user have the UDP ports {denied}.");
        return Some(Finding::broken(CHECK, says, "Take other ports, or let the media server's user have these."));
    }
    let is_one = matches!(facts.settings, Some(Ok(Settings { udp: Udp::One(_), .. })));
    if is_one && !free.is_empty() {
        let says = format!("Nobody listens on UDP port {free}, where the media server takes media.");
        return Some(Finding::warning(CHECK, says, "Start the media server, with the configuration that was named."));
    }
    (!facts.tried.is_empty()).then(|| {
        let ports: Vec<_> = facts.tried.iter().map(|(port, _)| port.to_string()).collect();
        Finding::fine(CHECK, format!("UDP ports for media can be had on this machine (tried: {}).", ports.join(", ")))
    })
}

fn tcp(settings: Settings) -> Option<Finding> {
    settings.tcp.is_none().then(|| {
        let says = "Who is in a network that lets no UDP through cannot call: there is no TCP port for media.";
        Finding::warning(
            CHECK,
            says,
            "Set rtc.tcp_port in LiveKit's configuration, such as 7881, and let the firewall pass it.",
        )
    })
}

fn firewall(Settings { udp, tcp, .. }: Settings) -> Finding {
    let udp = match udp {
        Udp::One(port) => format!("UDP {port}"),
        Udp::Range(first, last) => format!("UDP {first}-{last}"),
    };
    let tcp = tcp.map(|port| format!(" and TCP {port}")).unwrap_or_default();
    let says = format!(
        "What a firewall in front lets through is seen from outside alone: {udp}{tcp} have to be open to everybody."
    );
    Finding::hint(CHECK, says, "Call yourself from a phone on another network: the first picture proves it.")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Facts, Finding, Relay, Settings, Try, Udp, judge, parsed, some_of};
    use crate::cli::doctor::finding::Level;

    fn of(udp: Udp, tcp: Option<u16>, tried: &[(u16, Try)]) -> Vec<Finding> {
        let server = Some("ws://127.0.0.1:7880".to_owned());
        let settings = Settings { udp, tcp, relay: Relay::Tls };
        judge(&Facts { server, settings: Some(Ok(settings)), tried: tried.to_vec() })
    }

    fn levels(found: &[Finding]) -> Vec<Level> {
        found.iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn the_media_servers_own_words_are_read_with_its_defaults() {
        let both = parsed("port: 7880\nrtc:\n  port_range_start: 20000\n  port_range_end: 20200\n  tcp_port: 7881\n");
        let relay = Relay::Absent;
        assert_eq!(both.unwrap(), Settings { udp: Udp::Range(20_000, 20_200), tcp: Some(7_881), relay });
        assert_eq!(parsed("rtc: { udp_port: 7882 }").unwrap(), Settings { udp: Udp::One(7_882), tcp: None, relay });
        assert_eq!(parsed("port: 7880").unwrap().udp, Udp::Range(50_000, 60_000));
        assert!(parsed("rtc: { udp_port: many }").is_err());
        assert_eq!(some_of(Udp::Range(10, 20)), [10, 15, 20]);
    }

    #[test]
    fn good_ports_are_fine_and_the_firewall_is_named() {
        let found = of(Udp::Range(50_000, 60_000), Some(7_881), &[(50_000, Try::Free), (60_000, Try::Taken)]);
        assert_eq!(levels(&found), [Level::Fine, Level::Hint, Level::Fine]);
        assert!(found[1].says.contains("UDP 50000-60000 and TCP 7881"), "{found:?}");
    }

    #[test]
    fn the_example_that_is_given_has_all_that_is_asked_for() {
        let settings = parsed(include_str!("../../../deploy/livekit/livekit.example.yaml"));
        assert_eq!(settings.as_ref().unwrap().relay, Relay::Tls);
        let server = Some("wss://media.clinic.example".to_owned());
        let facts = Facts { server, settings: Some(settings.map_err(|error| error.to_string())), tried: Vec::new() };
        assert_eq!(levels(&judge(&facts)), [Level::Hint, Level::Fine], "the firewall is nobody's to see");
    }

    #[test]
    fn ports_that_cannot_be_had_are_named_with_a_remedy() {
        let denied = of(Udp::Range(50_000, 60_000), Some(7_881), &[(50_000, Try::Denied)]);
        assert!(denied[0].level == Level::Broken && denied[0].says.contains("50000"), "{denied:?}");
        let silent = of(Udp::One(7_882), Some(7_881), &[(7_882, Try::Free)]);
        assert!(silent[0].level == Level::Warning && silent[0].says.contains("Nobody listens"), "{silent:?}");
        let taken = of(Udp::One(7_882), Some(7_881), &[(7_882, Try::Taken)]);
        assert_eq!(levels(&taken), [Level::Fine, Level::Hint, Level::Fine]);
        assert_eq!(of(Udp::Range(60_000, 50_000), Some(7_881), &[])[0].level, Level::Broken);
        assert_eq!(of(Udp::Range(50_000, 50_010), Some(7_881), &[])[0].level, Level::Warning);
        assert_eq!(of(Udp::Range(80, 1_080), Some(7_881), &[])[0].level, Level::Warning);
        assert!(of(Udp::Range(50_000, 60_000), None, &[])[0].says.contains("no TCP port"));
    }

    #[test]
    fn what_nobody_named_is_a_hint_and_nothing_is_said_without_a_media_server() {
        let facts = Facts { server: None, settings: None, tried: Vec::new() };
        assert!(judge(&facts).is_empty());
        let elsewhere = Facts { server: Some("wss://media.example".to_owned()), ..facts };
        let found = judge(&elsewhere);
        assert!(found[0].level == Level::Hint && found[0].remedy.as_deref().unwrap().contains("--livekit-config"));
        let unreadable = Facts { settings: Some(Err("livekit.yaml cannot be read".to_owned())), ..elsewhere };
        assert_eq!(judge(&unreadable)[0].level, Level::Broken);
    }
}
