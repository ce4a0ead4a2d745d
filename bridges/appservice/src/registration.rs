//! The registration: what a homeserver is told about an application service.
//!
//! Besides the stable fields it carries the switches that an encrypted application service needs, by the names that homeservers read today.
//! Source: Matrix v1.19, Application Service API §Registration; MSC2409, MSC3202, MSC4190, MSC4512.

use serde::{Deserialize, Serialize};

use crate::Secret;

/// A registration, as it stands in a YAML file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent switch of the file's form")]
pub struct Registration {
    /// Unique among the homeserver's application services; it never changes.
    pub id: String,
    /// Where the homeserver sends transactions, without `/_matrix/app`. `None`: nowhere.
    pub url: Option<String>,
    /// Token of the service at the homeserver.
    pub as_token: Secret,
    /// Token of the homeserver at the service.
    pub hs_token: Secret,
    /// Localpart of the service's own user.
    pub sender_localpart: String,
    /// Which users, aliases and rooms are the service's.
    pub namespaces: Namespaces,
    /// Whether requests of its users are rate limited.
    #[serde(default)]
    pub rate_limited: bool,
    /// Whether typing, receipts and presence are sent (stable name).
    #[serde(default)]
    pub receive_ephemeral: bool,
    /// The same, by the name before it was stable.
    #[serde(default, rename = "de.sorunome.msc2409.push_ephemeral")]
    pub push_ephemeral: bool,
    /// Whether to-device messages, device lists and key counts are sent.
    #[serde(default, rename = "org.matrix.msc3202")]
    pub encryption: bool,
    /// Whether its users' devices are made by `PUT /devices` (stable name `device_management`).
    #[serde(default, rename = "io.element.msc4190")]
    pub device_management: bool,
    /// Which paths below `/_matrix/client/<version>/` the homeserver passes to the service (MSC4512). `None`: none.
    #[serde(default, rename = "io.element.msc4512.proxy_prefix", skip_serializing_if = "Option::is_none")]
    pub proxy_prefix: Option<String>,
    /// Where to; the whole path of the request follows.
    #[serde(default, rename = "io.element.msc4512.proxy_url", skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
}

/// The ids that are the service's.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Namespaces {
    /// User ids.
    #[serde(default)]
    pub users: Vec<Namespace>,
    /// Room aliases.
    #[serde(default)]
    pub aliases: Vec<Namespace>,
    /// Room ids.
    #[serde(default)]
    pub rooms: Vec<Namespace>,
}

/// A pattern of ids.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Namespace {
    /// Whether nobody else may have such an id.
    pub exclusive: bool,
    /// Matches the whole id.
    pub regex: String,
}

impl Namespace {
    /// Exactly these users and no others: `localparts` at `server_name`.
    pub fn exact_users(localparts: &[&str], server_name: &str) -> Vec<Self> {
        let of = |localpart: &&str| Self {
            exclusive: true,
            regex: format!("@{}:{}", escape(localpart), escape(server_name)),
        };
        localparts.iter().map(of).collect()
    }
}

/// Writes text so that a regular expression matches just it.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if !character.is_alphanumeric() && !matches!(character, '_' | '@' | ':' | '=' | '/') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Why a registration file was refused.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// Not YAML, or not a registration.
    #[error("not an application-service registration")]
    Parse(#[source] serde_yaml_ng::Error),
}

impl Registration {
    /// Reads a registration file (YAML, of which JSON is a part).
    pub fn from_yaml(text: &str) -> Result<Self, RegistrationError> {
        serde_yaml_ng::from_str(text).map_err(RegistrationError::Parse)
    }

    /// The registration as a YAML file.
    pub fn to_yaml(&self) -> Result<String, RegistrationError> {
        serde_yaml_ng::to_string(self).map_err(RegistrationError::Parse)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Namespace, Namespaces, Registration};
    use crate::Secret;

    fn registration() -> Registration {
        Registration {
            id: "consult".to_owned(),
            url: Some("http://127.0.0.1:1".to_owned()),
            as_token: Secret::new("as"),
            hs_token: Secret::new("hs"),
            sender_localpart: "consult".to_owned(),
            namespaces: Namespaces { users: Namespace::exact_users(&["keeper"], "hs.test"), ..Namespaces::default() },
            rate_limited: false,
            receive_ephemeral: true,
            push_ephemeral: true,
            encryption: true,
            device_management: true,
            proxy_prefix: Some("rtc/livekit".to_owned()),
            proxy_url: Some("http://127.0.0.1:2".to_owned()),
        }
    }

    #[test]
    fn the_file_has_the_names_that_homeservers_read() {
        let yaml = registration().to_yaml().unwrap();
        for line in [
            "as_token: as",
            "hs_token: hs",
            "rate_limited: false",
            "receive_ephemeral: true",
            "de.sorunome.msc2409.push_ephemeral: true",
            "org.matrix.msc3202: true",
            "io.element.msc4190: true",
            "io.element.msc4512.proxy_prefix: rtc/livekit",
            "io.element.msc4512.proxy_url: http://127.0.0.1:2",
            "regex: '@keeper:hs\\.test'",
        ] {
            assert!(yaml.contains(line), "{line} in {yaml}");
        }
        assert!(Registration::from_yaml(&yaml).unwrap().as_token.is("as"));
    }

    #[test]
    fn tokens_do_not_print() {
        let printed = format!("{:?}", registration());
        assert!(printed.contains("as_token: …") && printed.contains("hs_token: …"), "{printed}");
    }
}
