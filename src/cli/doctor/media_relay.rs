//! Whether people can call from a network that lets nothing through but TLS to port 443, as that of a company or a hotel may: by the media server's relay (TURN).

use serde::Deserialize;

use super::finding::Finding;

const CHECK: &str = "media relay";
const HOW: &str = "docs/media-server.md shows how, and deploy/livekit/livekit.example.yaml has it in place.";

/// How it stands, by the media server's configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relay {
    /// None speaks TLS.
    Absent,
    /// One does.
    Tls,
    /// LiveKit's own, without any port.
    NoPort,
    /// LiveKit's own, without the name that its certificate is for.
    NoName,
    /// LiveKit's own, without a certificate, and nobody in front of it ends TLS.
    NoCertificate,
}

/// LiveKit's own relay: `turn`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Own {
    enabled: Option<bool>,
    domain: Option<String>,
    tls_port: Option<u16>,
    udp_port: Option<u16>,
    external_tls: Option<bool>,
    cert_file: Option<String>,
    key_file: Option<String>,
}

/// Another one, that LiveKit tells browsers of: an entry of `rtc.turn_servers`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Other {
    protocol: Option<String>,
}

impl Relay {
    /// Of both. What is wrong with LiveKit's own keeps LiveKit from starting, so it comes first.
    pub fn of(own: &Own, others: &[Other]) -> Self {
        let has = |port: Option<u16>| port.is_some_and(|port| port > 0);
        if own.enabled == Some(true) {
            if has(own.tls_port) {
                return own.over_tls();
            }
            if !has(own.udp_port) {
                return Self::NoPort;
            }
        }
        let is_tls = |other: &Other| other.protocol.as_deref() == Some("tls");
        if others.iter().any(is_tls) { Self::Tls } else { Self::Absent }
    }
}

impl Own {
    fn over_tls(&self) -> Relay {
        let is_given = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
        let has_certificate = is_given(self.cert_file.as_deref()) && is_given(self.key_file.as_deref());
        if !is_given(self.domain.as_deref()) {
            Relay::NoName
        } else if has_certificate || self.external_tls == Some(true) {
            Relay::Tls
        } else {
            Relay::NoCertificate
        }
    }
}

/// What it comes to.
pub fn judge(relay: Relay) -> Finding {
    match relay {
        Relay::Tls => {
            Finding::fine(CHECK, "Who is in a network that lets nothing but TLS through can call, by the relay (TURN).")
        }
        Relay::Absent => {
            let says = "Who is in a network that lets nothing but TLS to port 443 through cannot call: there is no relay (TURN) for it.";
            Finding::hint(CHECK, says, format!("Set `turn` in LiveKit's configuration: {HOW}"))
        }
        Relay::NoPort => {
            let says = "LiveKit does not start: its relay (turn) is on, and has no port.";
            Finding::broken(CHECK, says, format!("Set turn.tls_port, or turn.enabled to false: {HOW}"))
        }
        Relay::NoName => {
            let says = "LiveKit does not start: its relay (turn) speaks TLS, and has no name.";
            Finding::broken(CHECK, says, format!("Set turn.domain to the name that its certificate is for: {HOW}"))
        }
        Relay::NoCertificate => {
            let says = "LiveKit's relay (turn) speaks TLS, and its configuration names no certificate.";
            let remedy = "Set turn.cert_file and turn.key_file, or turn.external_tls to true where something in front of it ends TLS; in its environment they are LIVEKIT_TURN_CERT and LIVEKIT_TURN_KEY.";
            Finding::warning(CHECK, says, remedy)
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Other, Own, Relay, judge};
    use crate::cli::doctor::finding::Level;

    fn of(own: &str, others: &str) -> Relay {
        let own: Own = serde_yaml_ng::from_str(own).unwrap();
        let others: Vec<Other> = serde_yaml_ng::from_str(others).unwrap();
        Relay::of(&own, &others)
    }

    #[test]
    fn a_relay_that_speaks_tls_is_told_from_one_that_does_not() {
        let own = "{ enabled: true, domain: turn.yew.example, tls_port: 5349, cert_file: a, key_file: b }";
        assert_eq!(of(own, "[]"), Relay::Tls);
        assert_eq!(
            of("{ enabled: true, domain: turn.yew.example, tls_port: 443, external_tls: true }", "[]"),
            Relay::Tls
        );
        assert_eq!(of("{}", "[{ host: turn.yew.example, port: 443, protocol: tls }]"), Relay::Tls);
        assert_eq!(
            of("{ enabled: true, udp_port: 3478 }", "[{ host: turn.yew.example, protocol: udp }]"),
            Relay::Absent
        );
        assert_eq!(of(&own.replace("enabled: true", "enabled: false"), "[]"), Relay::Absent);
    }

    #[test]
    fn what_livekit_does_not_start_with_is_named() {
        assert_eq!(of("{ enabled: true }", "[{ protocol: tls }]"), Relay::NoPort);
        assert_eq!(of("{ enabled: true, tls_port: 443, external_tls: true }", "[]"), Relay::NoName);
        assert_eq!(
            of("{ enabled: true, domain: turn.yew.example, tls_port: 443, cert_file: a }", "[]"),
            Relay::NoCertificate
        );
        let all = [Relay::Tls, Relay::Absent, Relay::NoPort, Relay::NoName, Relay::NoCertificate];
        let levels = [Level::Fine, Level::Hint, Level::Broken, Level::Broken, Level::Warning];
        assert_eq!(all.map(|relay| judge(relay).level), levels);
    }
}
