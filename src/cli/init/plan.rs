//! The files of an installation, made of the answers. Pure but for its tokens, which come from the context.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;
use consilium_config::{Config, Secret};
use consilium_homeserver::Context;

use super::answers::{Admission, Answers, Calls};
use super::contradictions::contradictions;
use super::template;

/// The configuration, in the folder of the installation.
pub const CONFIGURATION: &str = "consilium.toml";
/// The secret of the media server's key, beside it.
const LIVEKIT_SECRET: &str = "livekit.secret";
/// Letters and digits of a registration token: 143 bits.
const TOKEN_LENGTH: usize = 24;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may look into the folder.
    All,
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where, below the folder of the installation.
    pub path: PathBuf,
    pub content: String,
    pub readers: Readers,
}

/// All that is going to be made.
#[derive(Debug)]
pub struct Plan {
    pub answers: Answers,
    /// What stands in `consilium.toml`.
    pub configuration: String,
    pub files: Vec<File>,
    /// The token that lets somebody register, where the policy asks for one.
    pub registration_token: Option<Secret>,
}

impl Plan {
    /// The plan of these answers, for an installation whose keeper's key is the file `key`.
    ///
    /// Errors: everything that contradicts, each with the remedy.
    pub fn make(answers: Answers, key: &Path, context: &Context) -> anyhow::Result<Self> {
        let found = contradictions(&answers);
        if !found.is_empty() {
            bail!("nothing was made, because the answers do not fit together:\n  - {}", found.join("\n  - "));
        }
        let asks_token = answers.registration == Admission::Token;
        let registration_token = asks_token.then(|| Secret::new(context.random_token(TOKEN_LENGTH)));
        let configuration = configuration(&answers, key, registration_token.as_ref());
        let mut files = template::files(&answers);
        if let Some(Calls { secret, .. }) = &answers.calls {
            let content = format!("{}\n", secret.expose());
            files.push(File { path: LIVEKIT_SECRET.into(), content, readers: Readers::Owner });
        }
        let content = configuration.clone();
        files.push(File { path: CONFIGURATION.into(), content, readers: Readers::Owner });
        Ok(Self { answers, configuration, files, registration_token })
    }

    /// The configuration as it is read in `folder`, where the files have been written. The environment of this process does not count: the file must stand alone.
    pub fn config(&self, folder: &Path) -> anyhow::Result<Config> {
        Ok(Config::read(&self.configuration, folder, std::iter::empty())?)
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn configuration(answers: &Answers, key: &Path, token: Option<&Secret>) -> String {
    let Answers { name, brand_id, public, console, .. } = answers;
    let mut text = format!(
        "# {name}. Every setting is explained in config/REFERENCE.md; a wrong one is refused at the start, with key and remedy.\n\
         data_dir = \"data\"\n"
    );
    if public.is_loopback() {
        let _ = writeln!(text, "# Whatever name of this machine is asked for.\ndefault_tenant = \"{brand_id}\"");
    }
    let (listen_public, listen_console) = (answers.listen_public, answers.listen_console);
    let _ = write!(text, "\n[listeners]\npublic = \"{listen_public}\"\nconsole = \"{listen_console}\"\n");
    if !public.is_loopback() {
        text.push_str(
            "\n[http]\n# The proxies whose X-Forwarded-For is believed: those of this machine. Name one that runs elsewhere.\n\
             trusted_proxies = [\"127.0.0.1\", \"::1\"]\n",
        );
    }
    let key = quoted(&key.to_string_lossy());
    let _ = write!(
        text,
        "\n[consult]\n# Outside of the data and of their backups. Whoever has the data and not this file reads nothing; whoever loses it loses the archive.\n\
         keeper_key_file = {key}\n"
    );
    if let Some(Calls { url, key, .. }) = &answers.calls {
        let (url, key) = (quoted(url), quoted(key));
        let _ = write!(
            text,
            "\n[calls]\nlivekit_url = {url}\napi_key = {key}\napi_secret_file = \"{LIVEKIT_SECRET}\"\n\
             # LiveKit's own configuration needs `room.auto_create: false`, and a webhook to http://127.0.0.1:8010/webhook;\n\
             # a relay (TURN) lets people call from networks that pass nothing but web pages. docs/media-server.md has all of it.\n\
             webhook_listen = \"127.0.0.1:8010\"\n"
        );
    }
    let server_name = quoted(&answers.server_name);
    let _ = write!(
        text,
        "\n[tenants.{brand_id}]\nserver_name = {server_name}\nbrand = \"brands/{brand_id}\"\n\n\
         [tenants.{brand_id}.origins]\npublic = \"{public}\"\nconsole = \"{console}\"\n\n\
         [tenants.{brand_id}.registration]\npolicy = \"{}\"\n",
        answers.registration.as_str()
    );
    if let Some(token) = token {
        let _ = writeln!(text, "tokens = [{}]", quoted(token.expose()));
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::path::Path;

    use consilium_config::RegistrationPolicy;
    use consilium_homeserver::Context;

    use super::{Plan, Readers};
    use crate::cli::init::testing::{answers, answers_of};

    fn plan(words: &[&str]) -> Plan {
        let words = [&["given", "--name", "Yew", "--public", "https://yew.example"], words].concat();
        Plan::make(answers_of(&words), Path::new("/keys/keeper.key"), &Context::system()).unwrap()
    }

    #[test]
    fn what_is_written_is_read_as_it_was_answered() {
        let plan = plan(&["--server-name", "id.example", "--registration", "token"]);
        let config = plan.config(Path::new("/srv/yew")).unwrap();
        let tenant = &config.tenants[&plan.answers.brand_id];
        assert_eq!(
            (tenant.server_name.as_str(), tenant.origins.public.as_str()),
            ("id.example", "https://yew.example")
        );
        assert_eq!(tenant.brand.as_deref(), Some(Path::new("/srv/yew/brands/yew")));
        assert_eq!(config.consult.keeper_key_file.as_deref(), Some(Path::new("/keys/keeper.key")));
        assert_eq!(tenant.registration.policy, RegistrationPolicy::Token);
        assert_eq!(tenant.registration.tokens, [plan.registration_token.unwrap()]);
        assert!(config.default_tenant.is_none(), "who asks for an unknown name is told nothing");
        assert_eq!(config.http.trusted_proxies.len(), 2);
    }

    #[test]
    fn secrets_are_their_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "a secret\n").unwrap();
        let plan = plan(&[
            "--livekit-url",
            "wss://media.yew.example",
            "--livekit-key",
            "consilium",
            "--livekit-secret-file",
            secret.to_str().unwrap(),
        ]);
        let closed: Vec<_> = plan.files.iter().filter(|file| file.readers == Readers::Owner).collect();
        let names: Vec<_> = closed.iter().map(|file| file.path.to_str().unwrap()).collect();
        assert_eq!(names, ["livekit.secret", "consilium.toml"]);
        assert_eq!(closed[0].content, "a secret\n");
        assert!(!closed[1].content.contains("a secret"));
    }

    #[test]
    fn answers_that_do_not_fit_make_no_plan() {
        let mut answers = answers("https://yew.example");
        answers.console = answers.public.clone();
        let refused = Plan::make(answers, Path::new("/keys/keeper.key"), &Context::system()).unwrap_err().to_string();
        assert!(refused.contains("nothing was made") && refused.contains("the same as --public"), "{refused}");
    }
}
