//! What has to be known about an installation: given by options, else asked for, each with a default that follows from what is known already.
//!
//! Deliberately absent: how an answer is read (`typed.rs`); the defaults themselves (`defaults.rs`); whether the answers fit together (`contradictions.rs`).

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, ValueEnum};
use consilium_config::{Origin, Secret, TenantSlug};

use super::ask::{Ask, Mode, Question};
use super::defaults::{
    CONSOLE_PORT, PUBLIC_PORT, default_console, default_id, default_server_name, default_supervisor, listener_of,
};
use super::typed::{email_of, name_of, parsed, said, typed_address, user_name, value, yes_or_no};

/// What may be said beforehand; the rest is asked for.
#[derive(Debug, Clone, Default, Args)]
pub struct Given {
    /// Name of the organisation, as people say it.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Language that it speaks first; its apps speak both.
    #[arg(long, value_enum)]
    language: Option<Language>,
    /// Address of the patients' app and the APIs, such as `https://clinic.example`.
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
    /// Address of a LiveKit server as browsers reach it, such as `wss://media.clinic.example`. Default: none, calls are unavailable.
    #[arg(long, value_name = "URL")]
    livekit_url: Option<String>,
    /// Name of an API key of that server.
    #[arg(long, value_name = "KEY", requires = "livekit_url")]
    livekit_key: Option<String>,
    /// File with the secret of that key; it is copied into the installation.
    #[arg(long, value_name = "FILE", requires = "livekit_url")]
    livekit_secret_file: Option<PathBuf>,
    /// E-mail of the administrator: patients and the authorities write to it, and whoever issues certificates. Default: none.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Name to sign in with of the first supervisor. Default: what stands before the `@` of his e-mail, else `supervisor`.
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
    /// Of the administrator.
    pub email: Option<String>,
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

/// What the rest follows from, and who signs in first.
struct Beginning {
    name: String,
    language: Language,
    public: Origin,
    email: Option<String>,
    supervisor: String,
}

/// What follows from the beginning, unless somebody says otherwise.
struct Details {
    console: Origin,
    brand_id: TenantSlug,
    server_name: String,
    listen_public: SocketAddr,
    listen_console: SocketAddr,
    registration: Admission,
    calls: Option<Calls>,
}

impl Answers {
    /// What was given, and the rest from `ask`: five questions, and one whether what follows from them is right.
    pub fn take<R: BufRead, W: Write>(given: Given, ask: &mut Ask<R, W>) -> anyhow::Result<Self> {
        let beginning = Beginning::take(&given, ask)?;
        let details = Details::take(&given, &beginning, ask)?;
        let [country, time_zone, currency] = beginning.language.habits().map(str::to_owned);
        let Beginning { name, language, public, email, supervisor } = beginning;
        let Details { console, brand_id, server_name, listen_public, listen_console, registration, calls } = details;
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
            email,
            supervisor,
            country: given.country.unwrap_or(country),
            time_zone: given.time_zone.unwrap_or(time_zone),
            currency: given.currency.unwrap_or(currency),
        })
    }
}

impl Beginning {
    fn take<R: BufRead, W: Write>(given: &Given, ask: &mut Ask<R, W>) -> anyhow::Result<Self> {
        let name = given.name.as_deref().map(|name| name.trim().to_owned());
        let name = ask.about(name, &question("--name", "Name of the organisation", None), name_of)?;
        let language = question("--language", "Language that it speaks first, en or ru", Some("en"));
        let language = ask.about(given.language, &language, value)?;
        let text =
            "Address of the patients' app, such as https://clinic.example (localhost: to try it out on this machine)";
        let public = ask.about(given.public.clone(), &question("--public", text, None), typed_address)?;
        let text = "E-mail of the administrator, for patients, authorities and certificates";
        let email = given.email.as_deref().map(email_of).transpose().map_err(|why| anyhow!("--email: {why}"))?;
        let email = ask.about(email, &question("--email", text, Some("")), email_of)?;
        let text = "Name that the first supervisor signs in with";
        let supervisor = question("--supervisor", text, Some(&default_supervisor(email.as_deref())));
        let supervisor = ask.about(given.supervisor.clone(), &supervisor, user_name)?;
        Ok(Self { name, language, public, email, supervisor })
    }
}

impl Details {
    /// All of it by default first: most people need not be asked.
    fn take<R: BufRead, W: Write>(given: &Given, beginning: &Beginning, ask: &mut Ask<R, W>) -> anyhow::Result<Self> {
        let calls = given.livekit_url.clone().map(|url| calls(url, given, ask)).transpose()?;
        let mut nobody = Ask::new(std::io::empty(), std::io::sink(), Mode::TakesDefaults);
        let default = Self::about(given, beginning, calls.clone(), &mut nobody)?;
        if !ask.asks() {
            return Ok(default);
        }
        ask.tell(&default.summary())?;
        let question = question("--yes", "Is that right? no: you are asked about each", Some("yes"));
        if ask.about(None, &question, yes_or_no)? {
            return Ok(default);
        }
        Self::about(given, beginning, calls, ask)
    }

    fn about<R: BufRead, W: Write>(
        given: &Given,
        Beginning { name, public, .. }: &Beginning,
        calls_given: Option<Calls>,
        ask: &mut Ask<R, W>,
    ) -> anyhow::Result<Self> {
        let default = default_console(public);
        let console = question("--console", "Address of the console", Some(&default));
        let console: Origin = ask.about(given.console.clone(), &console, typed_address)?;
        let default = default_id(public, name);
        let brand_id = question("--brand-id", "Short name, of a-z 0-9 -", Some(&default));
        let brand_id: TenantSlug = ask.about(given.brand_id.clone(), &brand_id, parsed)?;
        let default = default_server_name(public, &brand_id);
        let server_name = question("--server-name", "Matrix server name, which never changes", Some(&default));
        let server_name = ask.about(given.server_name.clone(), &server_name, said)?.to_ascii_lowercase();
        let default = listener_of(public, PUBLIC_PORT).to_string();
        let text = "Address to listen on for the patients' app and the APIs";
        let listen_public =
            ask.about(given.listen_public, &question("--listen-public", text, Some(&default)), parsed)?;
        let default = listener_of(&console, CONSOLE_PORT).to_string();
        let text = "Address to listen on for the console";
        let listen_console =
            ask.about(given.listen_console, &question("--listen-console", text, Some(&default)), parsed)?;
        let registration = question("--registration", "Who may make an account: open, token or closed", Some("closed"));
        let registration = ask.about(given.registration, &registration, value)?;
        let calls = match calls_given {
            Some(calls) => Some(calls),
            None => media_server(given, ask)?,
        };
        Ok(Self { console, brand_id, server_name, listen_public, listen_console, registration, calls })
    }

    /// For whoever is asked whether it is right.
    fn summary(&self) -> String {
        let registration = match self.registration {
            Admission::Open => "anybody may make one",
            Admission::Token => "whoever has a token may make one",
            Admission::Closed => "you and your staff make them",
        };
        let calls = self.calls.as_ref().map_or("none yet; they can be added later", |calls| calls.url.as_str());
        format!(
            "\nThe rest follows from that:\n  console       {}\n  short name    {}\n  server name   {} (it stands in every user id and never changes)\n  \
             listens on    {} and {}\n  accounts      {registration}\n  calls         {calls}\n\n",
            self.console, self.brand_id, self.server_name, self.listen_public, self.listen_console,
        )
    }
}

fn question<'a>(option: &'a str, text: &'a str, default: Option<&str>) -> Question<'a> {
    Question { option, text, default: default.map(str::to_owned) }
}

/// The media server of who named none yet; `None`: there is none.
fn media_server<R: BufRead, W: Write>(given: &Given, ask: &mut Ask<R, W>) -> anyhow::Result<Option<Calls>> {
    let text = "Address of a LiveKit server for calls, such as wss://media.clinic.example";
    let url = ask.about(None, &question("--livekit-url", text, Some("")), |answer| Ok(answer.to_owned()))?;
    if url.is_empty() { Ok(None) } else { calls(url, given, ask).map(Some) }
}

/// The media server at `url`, with its key.
fn calls<R: BufRead, W: Write>(url: String, given: &Given, ask: &mut Ask<R, W>) -> anyhow::Result<Calls> {
    let key = question("--livekit-key", "Name of an API key of the LiveKit server", None);
    let key = ask.about(given.livekit_key.clone(), &key, said)?;
    let secret = given.livekit_secret_file.as_deref().map(read_secret).transpose()?;
    let asked = question("--livekit-secret-file", "Secret of that key (you see what you type)", None);
    let secret = ask.about(secret, &asked, |answer| said(answer).map(Secret::new))?;
    Ok(Calls { url, key, secret })
}

fn read_secret(path: &Path) -> anyhow::Result<Secret> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("--livekit-secret-file: {} cannot be read", path.display()))?;
    if text.trim().is_empty() {
        bail!("--livekit-secret-file: {} is empty", path.display());
    }
    Ok(Secret::new(text.trim()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::super::ask::{Ask, Mode};
    use super::{Admission, Answers, Given, Language};

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
        assert!(answers.calls.is_none() && answers.email.is_none());
        assert_eq!((answers.supervisor.as_str(), answers.country.as_str()), ("supervisor", "GB"));
    }

    #[test]
    fn on_this_machine_the_listeners_are_the_origins() {
        let answers = by_default(given("Клиника «Тис»", "http://127.0.0.1:9100"));
        assert_eq!(answers.listen_public.to_string(), "127.0.0.1:9100");
        assert_eq!(answers.console.as_str(), "http://127.0.0.1:8009");
        assert_eq!((answers.brand_id.as_str(), answers.server_name.as_str()), ("clinic", "clinic.localhost"));
    }

    #[test]
    fn what_follows_from_five_answers_is_shown_and_asked_about_once() {
        let mut asked = Vec::new();
        let lines = "Yew Clinic\n\nyew.example/\nolga@yew\nOlga@yew.example\n\n\n";
        let answers = Answers::take(Given::default(), &mut Ask::new(lines.as_bytes(), &mut asked, Mode::Asks)).unwrap();
        assert_eq!((answers.public.as_str(), answers.supervisor.as_str()), ("https://yew.example", "olga"));
        assert_eq!((answers.brand_id.as_str(), answers.registration), ("yew", Admission::Closed));
        assert_eq!(answers.email.as_deref(), Some("Olga@yew.example"));
        let asked = String::from_utf8(asked).unwrap();
        assert!(
            asked.contains("`olga@yew` is not an e-mail address") && asked.contains("signs in with [olga]"),
            "{asked}"
        );
        assert!(asked.contains("https://console.yew.example\n") && asked.contains("Is that right?"), "{asked}");
    }

    #[test]
    fn who_says_no_is_asked_about_each_in_this_order() {
        let lines = "Тис\nru\nhttps://tis.example\n\nolga\nнет\n\nyew\n\n\n\ntoken\nwss://media.tis.example\nconsilium\na secret\n";
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
}
