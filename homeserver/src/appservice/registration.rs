//! A registration file, as the Application Service API §Registration defines it.

use std::sync::Arc;

use regex::Regex;
use serde::Deserialize;

/// What an application service is registered as.
///
/// The unstable names are those that registrations of today carry. Unknown keys are ignored, as the specification wants.
#[derive(Clone, Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the file format has these switches")]
pub struct Registration {
    pub id: String,
    /// Where transactions go; none: no traffic is sent to it.
    pub url: Option<String>,
    pub as_token: consilium_config::Secret,
    pub hs_token: consilium_config::Secret,
    /// Localpart of the user that the service acts as when it names none.
    pub sender_localpart: String,
    #[serde(default)]
    pub namespaces: Namespaces,
    /// Whether limits apply to it.
    #[serde(default = "limited")]
    pub rate_limited: bool,
    #[serde(default)]
    pub protocols: Vec<String>,
    #[serde(default)]
    receive_ephemeral: bool,
    #[serde(default, rename = "de.sorunome.msc2409.push_ephemeral")]
    unstable_receive_ephemeral: bool,
    /// Whether device lists and key counts are sent to it.
    #[serde(default, rename = "org.matrix.msc3202")]
    pub device_extensions: bool,
    /// Whether it makes devices by `PUT /devices` and cannot log in.
    #[serde(default, rename = "io.element.msc4190")]
    pub device_creation: bool,
    /// Requests of clients below `/_matrix/client/<version>/<prefix>/` are the service's to answer. Source: MSC4512.
    #[serde(default, rename = "io.element.msc4512.proxy_prefix")]
    pub proxy_prefix: Option<String>,
    /// Where those go. Both are given, or none.
    #[serde(default, rename = "io.element.msc4512.proxy_url")]
    pub proxy_url: Option<String>,
}

fn limited() -> bool {
    true
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Namespaces {
    #[serde(default)]
    pub users: Vec<Namespace>,
    #[serde(default)]
    pub aliases: Vec<Namespace>,
    #[serde(default)]
    pub rooms: Vec<Namespace>,
}

/// Ids that belong to a service; exclusive: to nobody else.
#[derive(Clone, Debug, Deserialize)]
pub struct Namespace {
    #[serde(default)]
    pub exclusive: bool,
    pub regex: Pattern,
}

/// A regular expression over a whole id.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(Arc<Regex>);

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(text: String) -> Result<Self, regex::Error> {
        Regex::new(&format!("^(?:{text})$")).map(|regex| Self(Arc::new(regex)))
    }
}

impl Pattern {
    pub fn matches(&self, id: &str) -> bool {
        self.0.is_match(id)
    }
}

/// Why a registration file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the registration file is not valid")]
pub struct RegistrationError(#[from] serde_yaml_ng::Error);

impl Registration {
    /// Reads a registration file, YAML or JSON.
    pub fn parse(text: &str) -> Result<Self, RegistrationError> {
        Ok(serde_yaml_ng::from_str(text)?)
    }

    /// Whether typing and receipts are sent to it, and to-device messages for its users.
    pub fn receives_ephemeral(&self) -> bool {
        self.receive_ephemeral || self.unstable_receive_ephemeral
    }
}

#[cfg(test)]
mod tests {
    use super::Registration;

    #[test]
    fn a_registration_with_todays_names_is_read() {
        let text = r#"
id: keeper
url: "http://127.0.0.1:9000"
as_token: a
hs_token: h
sender_localpart: _keeper
rate_limited: false
de.sorunome.msc2409.push_ephemeral: true
org.matrix.msc3202: true
io.element.msc4190: true
io.element.msc4512.proxy_prefix: rtc/livekit
io.element.msc4512.proxy_url: "http://127.0.0.1:9001"
namespaces:
  users: [{ exclusive: true, regex: "@keeper.*:hs.test" }]
"#;
        let registration = Registration::parse(text).expect("it is valid");
        assert!(registration.receives_ephemeral() && registration.device_extensions && registration.device_creation);
        assert!(!registration.rate_limited);
        assert_eq!(registration.proxy_prefix.as_deref(), Some("rtc/livekit"));
        assert_eq!(registration.proxy_url.as_deref(), Some("http://127.0.0.1:9001"));
        assert!(registration.namespaces.users[0].regex.matches("@keeper1:hs.test"));
        assert!(!registration.namespaces.users[0].regex.matches("x@keeper1:hs.test"));
    }
}
