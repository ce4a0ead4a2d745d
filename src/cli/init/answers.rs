//! What has to be known about an installation: given by options, else asked for, each with a default that follows from what is known already.
//!
//! Deliberately absent: whether the answers fit together (`contradictions.rs`).

use std::io::{BufRead, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use consilium_config::{Origin, Secret, TenantSlug};

use super::ask::{Ask, Question};

/// Longest name: it stands in headings and letterheads. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 60;
/// Ports of the listeners, where nothing says otherwise.
const PUBLIC_PORT: u16 = 8008;
const CONSOLE_PORT: u16 = 8009;

/// What may be said beforehand; the rest is asked for.
#[derive(Debug, Clone, Default, Args)]
pub struct Given {
    /// Name of the organisation, as people say it.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Language that it speaks first; its apps speak both.
    #[arg(long, value_enum)]
    language: Option<Language>,
    /// Address of the patients' app and the APIs, such as <https://clinic.example>.
    #[arg(long, value_name = "ORIGIN")]
    public: Option<Origin>,
    /// Address of the console, another one. Default: the same with `console.` before it.
    #[arg(long, value_name = "ORIGIN")]
    console: Option<Origin>,
    /// Short name of the organisation: tenant, brand and its folder. Default: made of the address.
    #[arg(long, value_name = "ID")]
    brand_id: Option<TenantSlug>,
    /// Matrix server name, the part of user ids after the colon; it cannot change later. Default: the host of the public address.
    #[arg(long, value_name = "NAME")]
    server_name: Option<String>,
    /// Address that the process listens on for the public origin. Default: 127.0.0.1:8008.
    #[arg(long, value_name = "ADDRESS")]
    listen_public: Option<SocketAddr>,
    /// Address that the process listens on for the console. Default: 127.0.0.1:8009.
    #[arg(long, value_name = "ADDRESS")]
    listen_console: Option<SocketAddr>,
    /// Who may make an account. Default: closed.
    #[arg(long, value_enum)]
    registration: Option<Admission>,
    /// Address of a LiveKit server as browsers reach it, such as <wss://media.clinic.example>. Default: none, calls are unavailable.
    #[arg(long, value_name = "URL")]
    livekit_url: Option<String>,
    /// Name of an API key of that server.
    #[arg(long, value_name = "KEY", requires = "livekit_url")]
    livekit_key: Option<String>,
    /// File with the secret of that key; it is copied into the installation.
    #[arg(long, value_name = "FILE", requires = "livekit_url")]
    livekit_secret_file: Option<PathBuf>,
    /// Name to sign in with of the first supervisor.
    #[arg(long, value_name = "NAME")]
    supervisor: Option<String>,
    /// Folder of the keeper's key, outside of the installation. Default: beside it, with `-keys` at the end of its name.
    #[arg(long, value_name = "FOLDER")]
    pub keys: Option<PathBuf>,
    /// Country whose law counts, ISO 3166-1. Default: RU or GB, by the language.
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// Time zone of opening hours and reports. Default: Europe/Moscow or Europe/London, by the language.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Currency of prices, ISO 4217. Default: RUB or GBP, by the language.
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
}

/// A language that the apps speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    En,
    Ru,
}

/// Who may make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Admission {
    /// Anybody.
    Open,
    /// Who has a token, by the Matrix API.
    Token,
    /// Nobody: the desk and the administrator make accounts.
    Closed,
}

/// A media server for calls.
#[derive(Debug, Clone)]
pub struct Calls {
    /// Its address as browsers reach it.
    pub url: String,
    /// Name of an API key of it.
    pub key: String,
    /// Secret of that key.
    pub secret: Secret,
}

/// Everything that is known.
#[derive(Debug, Clone)]
pub struct Answers {
    pub name: String,
    pub language: Language,
    pub public: Origin,
    pub console: Origin,
    pub brand_id: TenantSlug,
    pub server_name: String,
    pub listen_public: SocketAddr,
    pub listen_console: SocketAddr,
    pub registration: Admission,
    pub calls: Option<Calls>,
    pub supervisor: String,
    pub country: String,
    pub time_zone: String,
    pub currency: String,
}

impl Language {
    /// As brands write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Ru,
            Self::Ru => Self::En,
        }
    }

    /// Country, time zone and currency of who says nothing else.
    fn habits(self) -> [&'static str; 3] {
        match self {
            Self::En => ["GB", "Europe/London", "GBP"],
            Self::Ru => ["RU", "Europe/Moscow", "RUB"],
        }
    }
}

impl Admission {
    /// As `registration.policy` says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Token => "token",
            Self::Closed => "closed",
        }
    }
}

impl Answers {
    /// What was given, and the rest from `ask`.
    pub fn take<R: BufRead, W: Write>(given: Given, ask: &mut Ask<R, W>) -> anyhow::Result<Self> {
        let name = given.name.map(|name| name.trim().to_owned());
        let name = ask.about(name, &question("--name", "Name of the organisation", None), name_of)?;
        let language = question("--language", "Language that it speaks first, en or ru", Some("en"));
        let language = ask.about(given.language, &language, value)?;
        let address = "Address of the patients' app, such as https://clinic.example";
        let public: Origin = ask.about(given.public, &question("--public", address, None), parsed)?;
        let console = default_console(&public);
        let console = question("--console", "Address of the console", Some(&console));
        let console: Origin = ask.about(given.console, &console, parsed)?;
        let brand_id = default_id(&public, &name);
        let brand_id = question("--brand-id", "Short name, of a-z 0-9 -", Some(&brand_id));
        let brand_id: TenantSlug = ask.about(given.brand_id, &brand_id, parsed)?;
        let server_name = default_server_name(&public, &brand_id);
        let server_name = question("--server-name", "Matrix server name, which never changes", Some(&server_name));
        let server_name = ask.about(given.server_name, &server_name, said)?.to_ascii_lowercase();
        let listen = listener_of(&public, PUBLIC_PORT).to_string();
        let listen =
            question("--listen-public", "Address to listen on for the patients' app and the APIs", Some(&listen));
        let listen_public = ask.about(given.listen_public, &listen, parsed)?;
        let listen = listener_of(&console, CONSOLE_PORT).to_string();
        let listen = question("--listen-console", "Address to listen on for the console", Some(&listen));
        let listen_console = ask.about(given.listen_console, &listen, parsed)?;
        let registration = question("--registration", "Who may make an account: open, token or closed", Some("closed"));
        let registration = ask.about(given.registration, &registration, value)?;
        let calls = calls(given.livekit_url, given.livekit_key, given.livekit_secret_file.as_deref(), ask)?;
        let supervisor = question("--supervisor", "Name to sign in with of the first supervisor", Some("supervisor"));
        let supervisor = ask.about(given.supervisor, &supervisor, said)?;
        let [country, time_zone, currency] = language.habits().map(str::to_owned);
        Ok(Self {
            name,
            language,
            public,
            console,
            brand_id,
            server_name,
            listen_public,
            listen_console,
            registration,
            calls,
            supervisor,
            country: given.country.unwrap_or(country),
            time_zone: given.time_zone.unwrap_or(time_zone),
            currency: given.currency.unwrap_or(currency),
        })
    }
}

fn question<'a>(option: &'a str, text: &'a str, default: Option<&str>) -> Question<'a> {
    Question { option, text, default: default.map(str::to_owned) }
}

/// The media server, where there is one.
fn calls<R: BufRead, W: Write>(
    url: Option<String>,
    key: Option<String>,
    secret_file: Option<&Path>,
    ask: &mut Ask<R, W>,
) -> anyhow::Result<Option<Calls>> {
    let asked = question(
        "--livekit-url",
        "Address of a LiveKit server for calls, such as wss://media.clinic.example",
        Some(""),
    );
    let url = ask.about(url, &asked, |answer| Ok(answer.to_owned()))?;
    if url.is_empty() {
        return Ok(None);
    }
    let key = ask.about(key, &question("--livekit-key", "Name of an API key of it", None), said)?;
    let secret = secret_file.map(read_secret).transpose()?;
    let asked = question("--livekit-secret-file", "Secret of that key (you see what you type)", None);
    let secret = ask.about(secret, &asked, |answer| said(answer).map(Secret::new))?;
    Ok(Some(Calls { url, key, secret }))
}

fn read_secret(path: &Path) -> anyhow::Result<Secret> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("--livekit-secret-file: {} cannot be read", path.display()))?;
    if text.trim().is_empty() {
        bail!("--livekit-secret-file: {} is empty", path.display());
    }
    Ok(Secret::new(text.trim()))
}

/// A name that can be shown.
pub fn name_of(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    if length == 0 || length > NAME_CHARACTERS_MAX || text.chars().any(char::is_control) {
        return Err(format!("a name has 1 to {NAME_CHARACTERS_MAX} letters, all of them visible"));
    }
    Ok(text.to_owned())
}

fn said(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("something has to be said here".to_owned()) } else { Ok(text.to_owned()) }
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|why: T::Err| format!("`{text}` does not fit: {why}"))
}

fn value<T: ValueEnum>(text: &str) -> Result<T, String> {
    T::from_str(text, true).map_err(|_| format!("`{text}` is none of these"))
}

/// The console's address of who names none.
fn default_console(public: &Origin) -> String {
    if public.is_loopback() {
        return format!("http://127.0.0.1:{CONSOLE_PORT}");
    }
    let (scheme, host) = public.as_str().split_once("://").unwrap_or(("https", public.host()));
    format!("{scheme}://console.{}", host.strip_prefix("www.").unwrap_or(host))
}

/// A short name: of the address, of the name where the address says nothing.
fn default_id(public: &Origin, name: &str) -> String {
    let host = public.host();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let from_host = (!public.is_loopback()).then(|| slug_of(host.split('.').next().unwrap_or_default())).flatten();
    from_host.or_else(|| slug_of(name)).unwrap_or_else(|| "clinic".to_owned())
}

/// `text` as a short name; `None`: none of its letters can stand in one.
fn slug_of(text: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() && !slug.is_empty() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(32);
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// The server name of who names none: a name that stays when the port does not.
fn default_server_name(public: &Origin, brand_id: &TenantSlug) -> String {
    if public.is_loopback() {
        return format!("{brand_id}.localhost");
    }
    let host = public.host();
    host.split_once(':').filter(|_| !host.starts_with('[')).map_or(host, |(name, _)| name).to_owned()
}

/// Where to listen for an origin: at its own address where it is one of this machine, else where a proxy of this machine comes.
fn listener_of(origin: &Origin, port: u16) -> SocketAddr {
    let here = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    if !origin.is_loopback() {
        return here(port);
    }
    let named = origin.host().rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    origin.host().parse().unwrap_or_else(|_| here(named.unwrap_or(port)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::ask::{Ask, Mode};
    use super::{Admission, Answers, Given, Language, slug_of};

    fn given(name: &str, public: &str) -> Given {
        Given { name: Some(name.to_owned()), public: Some(public.parse().unwrap()), ..Given::default() }
    }

    fn by_default(given: Given) -> Answers {
        Answers::take(given, &mut Ask::new("".as_bytes(), Vec::new(), Mode::TakesDefaults)).unwrap()
    }

    #[test]
    fn name_and_address_are_enough_and_the_rest_follows() {
        let answers = by_default(given("Yew Clinic", "https://www.yew.example"));
        assert_eq!(answers.console.as_str(), "https://console.yew.example");
        assert_eq!((answers.brand_id.as_str(), answers.server_name.as_str()), ("yew", "www.yew.example"));
        assert_eq!(answers.listen_public.to_string(), "127.0.0.1:8008");
        assert_eq!(answers.listen_console.to_string(), "127.0.0.1:8009");
        assert_eq!((answers.registration, answers.language), (Admission::Closed, Language::En));
        assert!(answers.calls.is_none());
        assert_eq!(answers.country, "GB");
    }

    #[test]
    fn on_this_machine_the_listeners_are_the_origins() {
        let answers = by_default(given("Клиника «Тис»", "http://127.0.0.1:9100"));
        assert_eq!(answers.listen_public.to_string(), "127.0.0.1:9100");
        assert_eq!(answers.console.as_str(), "http://127.0.0.1:8009");
        assert_eq!((answers.brand_id.as_str(), answers.server_name.as_str()), ("clinic", "clinic.localhost"));
    }

    #[test]
    fn what_is_not_given_is_asked_in_this_order() {
        let lines =
            "Тис\nru\nhttps://tis.example\n\nyew\n\n\n\ntoken\nwss://media.tis.example\nconsilium\na secret\nolga\n";
        let mut asked = Vec::new();
        let answers = Answers::take(Given::default(), &mut Ask::new(lines.as_bytes(), &mut asked, Mode::Asks)).unwrap();
        assert_eq!((answers.name.as_str(), answers.language), ("Тис", Language::Ru));
        assert_eq!((answers.brand_id.as_str(), answers.server_name.as_str()), ("yew", "tis.example"));
        let calls = answers.calls.unwrap();
        assert_eq!((calls.url.as_str(), calls.secret.expose()), ("wss://media.tis.example", "a secret"));
        assert_eq!((answers.registration, answers.supervisor.as_str()), (Admission::Token, "olga"));
        assert_eq!((answers.country.as_str(), answers.currency.as_str()), ("RU", "RUB"));
        let asked = String::from_utf8(asked).unwrap();
        assert!(asked.contains("[https://console.tis.example]") && asked.contains("(empty: none)"), "{asked}");
    }

    #[test]
    fn a_short_name_is_made_of_what_can_stand_in_one() {
        for (text, slug) in [("Yew Clinic", "yew-clinic"), ("7 Doctors!", "doctors"), ("a--b", "a-b")] {
            assert_eq!(slug_of(text).as_deref(), Some(slug), "{text}");
        }
        assert_eq!(slug_of(&"x".repeat(40)), Some("x".repeat(32)));
        assert_eq!(slug_of("Тис"), None);
    }
}
