//! Section `[tenants.<slug>]`: one partner: its server name, its hosts and origins, its brand, who may register.

use std::fmt;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Notary, Secret, Signer};

/// One partner.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// Matrix server name, the part of user ids after the colon. It cannot change once users exist.
    #[schemars(example = &"clinic.example")]
    pub server_name: String,
    /// Public addresses of the apps and APIs.
    pub origins: Origins,
    /// Further `Host` names that reach this tenant's API and patient app, with or without a port; the hosts of `origins` and `server_name` always do.
    /// Default: none.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Further `Host` names that reach this tenant's console; the host of `origins.console` always does. Default: none.
    #[serde(default)]
    pub console_hosts: Vec<String>,
    /// Brand folder, with `brand.toml` in it. Unit: path.
    /// Default: none, allowed only where the consultation service is off.
    #[serde(default)]
    #[schemars(example = &"brands/demo-clinic")]
    pub brand: Option<PathBuf>,
    /// Who may make an account.
    #[serde(default)]
    pub registration: Registration,
    /// Who may invite and find whom. Default: `closed` with a brand, else `open`.
    #[serde(default)]
    pub contact: Option<ContactPolicy>,
    /// Version of rooms that are created without one. Default: `12`.
    #[serde(default)]
    pub default_room_version: RoomVersion,
    /// Ids of rooms where members of staff may call each other by any Matrix client, besides conversations with patients. The service's user
    /// `consilium-consult` has to be invited there, so that it knows who is in. Default: none.
    #[serde(default)]
    #[schemars(example = &["!abc:clinic.example"])]
    pub staff_rooms: Vec<String>,
    /// Application services.
    #[serde(default)]
    pub appservices: Appservices,
    /// The media server for calls. Both addresses are given, or none: then clients are told that there are no calls.
    #[serde(default)]
    pub rtc: Rtc,
    /// A provider of signatures for conclusions.
    #[serde(default)]
    pub signer: Signer,
    /// A notary for the heads of archive and audit log.
    #[serde(default)]
    pub notary: Notary,
    /// Our apps say by sticky events (MSC4354) who is in a call, which leave nothing in the room's state; else by state events, which every client knows.
    /// They understand both; other clients in use have to know sticky events before this is set. Default: false.
    #[serde(default)]
    pub sticky_calls: bool,
}

impl Tenant {
    /// Whether `host` (lower case) is one of this tenant's, for whichever app.
    pub fn answers(&self, host: &str) -> bool {
        self.is_console_host(host)
            || self.origins.public.host() == host
            || self.server_name.eq_ignore_ascii_case(host)
            || self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether `host` (lower case) is the console's.
    pub fn is_console_host(&self, host: &str) -> bool {
        self.origins.console.as_ref().is_some_and(|origin| origin.host() == host)
            || self.console_hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Who may invite and find whom: what is set, else by whether there are patients.
    pub fn contact_policy(&self) -> ContactPolicy {
        let by_brand = if self.brand.is_some() { ContactPolicy::Closed } else { ContactPolicy::Open };
        self.contact.unwrap_or(by_brand)
    }

    pub(crate) fn resolve_paths(&mut self, base: &Path) {
        let files = self.appservices.registration_files.iter_mut();
        let secret = self.registration.shared_secret_file.iter_mut();
        let keys = self.signer.key_file.iter_mut().chain(self.notary.key_file.iter_mut());
        for path in files.chain(secret).chain(self.brand.iter_mut()).chain(keys) {
            *path = crate::below(base, path);
        }
    }
}

/// Public addresses of the apps and APIs, as a browser sees them. A port of 0 stands for the port that the listener got.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Origins {
    /// Matrix API, consultation API, media and patient app, such as `https://clinic.example`.
    #[schemars(example = &"https://clinic.example")]
    pub public: Origin,
    /// Operator console; never the same as `public`, so that a script in one holds no token of the other.
    /// Default: none, the console is not served.
    #[serde(default)]
    #[schemars(example = &"https://console.clinic.example")]
    pub console: Option<Origin>,
}

impl Origins {
    /// Fills in the ports that the listeners got, where an origin's is 0.
    pub fn fill_ports(&mut self, public: u16, console: Option<u16>) {
        self.public = self.public.with_port(public);
        if let (Some(origin), Some(port)) = (&mut self.console, console) {
            *origin = origin.with_port(port);
        }
    }
}

/// Who may make an account.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Registration {
    /// Who may register by the Matrix API. Default: `closed`.
    pub policy: RegistrationPolicy,
    /// Tokens that allow a registration under policy `token`. Default: none.
    pub tokens: Vec<Secret>,
    /// Secret of `/_synapse/admin/v1/register`; without one that endpoint does not exist. Default: none.
    pub shared_secret: Option<Secret>,
    /// File that holds the shared secret instead. Unit: path. Default: none.
    #[schemars(example = &"/etc/consilium/registration.secret")]
    pub shared_secret_file: Option<PathBuf>,
}

/// Who may register by the Matrix API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationPolicy {
    /// Anybody (`m.login.dummy`).
    Open,
    /// Who has a registration token (`m.login.registration_token`).
    Token,
    /// Nobody; accounts are made by administration and application services.
    #[default]
    Closed,
}

/// Who may invite and find whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactPolicy {
    /// Anybody anybody, as on an ordinary Matrix homeserver.
    Open,
    /// Patients reach staff and services only, and never each other.
    Closed,
}

/// Application services that are not part of the product itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Appservices {
    /// Registration files (YAML or JSON, as the Application Service API says). Unit: paths. Default: none.
    pub registration_files: Vec<PathBuf>,
}

/// The media server for calls, where another service than this one gives tokens for it; with `[calls]` nothing is to be said here.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rtc {
    /// Address of the LiveKit server as browsers reach it, `wss://` (or `ws://` on loopback). Default: none.
    #[schemars(example = &"wss://rtc.clinic.example")]
    pub livekit_url: Option<String>,
    /// Address of the service that gives tokens for it, `https://` (or `http://` on loopback), without a slash at the end. Default: none.
    #[schemars(example = &"https://clinic.example/_consilium/rtc")]
    pub livekit_service_url: Option<String>,
}

impl Rtc {
    /// The media server of `[calls]`, for which the consultation service itself gives tokens, at `path` of the tenant's origin.
    pub fn of(livekit_url: &str, public: &Origin, path: &str) -> Self {
        Self { livekit_url: Some(livekit_url.to_owned()), livekit_service_url: Some(format!("{public}{path}")) }
    }

    /// Both addresses, where they are given.
    pub fn addresses(&self) -> Option<(&str, &str)> {
        self.livekit_url.as_deref().zip(self.livekit_service_url.as_deref())
    }
}

/// Version of rooms that are created without one; the versions that rooms can be created in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum RoomVersion {
    /// Room version 10.
    #[serde(rename = "10")]
    V10,
    /// Room version 11.
    #[serde(rename = "11")]
    V11,
    /// Room version 12.
    #[default]
    #[serde(rename = "12")]
    V12,
}

impl RoomVersion {
    /// The identifier as the specification writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V10 => "10",
            Self::V11 => "11",
            Self::V12 => "12",
        }
    }
}

impl fmt::Display for RoomVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A tenant's short name: folder, environment variable, log field. 1 to 32 of `a-z 0-9 -`, a letter first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct TenantSlug(String);

impl TenantSlug {
    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantSlug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<TenantSlug> for String {
    fn from(slug: TenantSlug) -> Self {
        slug.0
    }
}

impl TryFrom<String> for TenantSlug {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if crate::check::is_slug(&text) {
            Ok(Self(text))
        } else {
            Err(format!("`{text}` is not a tenant slug: 1 to 32 of a-z, 0-9 and -, a letter first"))
        }
    }
}

impl std::str::FromStr for TenantSlug {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

/// A web origin: scheme, host and port, such as `https://clinic.example` or `http://127.0.0.1:8008`. No path, no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Origin(String);

impl Origin {
    /// The origin as text, exactly as a browser writes it in the `Origin` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host, with the port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, host)| host)
    }

    /// Whether the address is `https`.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// This origin with the port that its listener got, where its own is 0.
    fn with_port(&self, port: u16) -> Self {
        Self(self.0.strip_suffix(":0").map_or_else(|| self.0.clone(), |origin| format!("{origin}:{port}")))
    }

    /// Whether a browser treats it as secure though it is `http`: the loopback addresses and `localhost` names.
    pub fn is_loopback(&self) -> bool {
        let name = crate::without_port(self.host());
        name == "localhost" || name.ends_with(".localhost") || name == "[::1]" || name.starts_with("127.")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.0
    }
}

impl TryFrom<String> for Origin {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let refused = || {
            format!(
                "`{text}` is not an origin: http:// or https://, a host and no path, such as https://clinic.example"
            )
        };
        let lower = text.to_ascii_lowercase();
        let (scheme, host) = lower.split_once("://").ok_or_else(refused)?;
        let own_port = match scheme {
            "http" => ":80",
            "https" => ":443",
            _ => return Err(refused()),
        };
        let host = host.strip_suffix(own_port).unwrap_or(host);
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if host.is_empty() || !host.bytes().all(allowed) {
            return Err(refused());
        }
        Ok(Self(format!("{scheme}://{host}")))
    }
}

impl std::str::FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}
