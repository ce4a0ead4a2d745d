//! Sections `[tenants.<slug>.signer]` and `[tenants.<slug>.notary]`: addresses of the partner's that the consultation service asks something. Both may lie in the
//! partner's own network: whoever writes the configuration decides where they lead.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Secret;
use crate::check::Findings;

/// A key that can be guessed signs nothing. Unit: bytes.
const KEY_BYTES_MIN: usize = 24;

/// A provider of signatures. Without it, who signs a conclusion, when, and its hash are all that is kept of a signature.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Signer {
    /// Address that signs conclusions, such as `https://signer.clinic.example/sign` (or `http://` on this machine). Default: none.
    pub url: Option<String>,
    /// Key by which it knows that a request is ours (Standard Webhooks, HMAC-SHA256). Unit: at least 24 characters, or `whsec_` and base64. Default: none, this or
    /// `key_file` is needed with `url`.
    pub key: Option<Secret>,
    /// File that holds the key instead. Unit: path. Default: none.
    pub key_file: Option<PathBuf>,
    /// Whether it is given the whole conclusion, and not its hash alone: health data leave the service then. Default: false.
    pub send_content: bool,
    /// How long it may take to answer. What takes longer is asked for again. Unit: seconds, 1 to 60. Default: 20.
    pub timeout_seconds: u64,
}

impl Default for Signer {
    fn default() -> Self {
        Self { url: None, key: None, key_file: None, send_content: false, timeout_seconds: 20 }
    }
}

/// A notary: who is given the heads of archive and audit log, so that neither can be computed anew. Without it, the file `archive.heads` alone has those of the archive.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Notary {
    /// Address that takes heads, such as `https://notary.clinic.example/heads` (or `http://` on this machine). Default: none.
    pub url: Option<String>,
    /// Key by which it knows that they are ours (Standard Webhooks, HMAC-SHA256). Unit: at least 24 characters, or `whsec_` and base64. Default: none, this or `key_file`
    /// is needed with `url`.
    pub key: Option<Secret>,
    /// File that holds the key instead. Unit: path. Default: none.
    pub key_file: Option<PathBuf>,
    /// How often it is given them. Unit: hours, 1 to 168. Default: 24.
    pub every_hours: u64,
}

impl Default for Notary {
    fn default() -> Self {
        Self { url: None, key: None, key_file: None, every_hours: 24 }
    }
}

impl Signer {
    pub(crate) fn check(&self, key: &str, found: &mut Findings) {
        check_address(key, (self.url.as_deref(), self.key.as_ref(), self.key_file.is_some()), found);
        if !(1..=60).contains(&self.timeout_seconds) {
            let what = "nobody signs so fast, or waits so long";
            found.add(&format!("{key}.timeout_seconds"), what, "Set 1 to 60.");
        }
    }
}

impl Notary {
    pub(crate) fn check(&self, key: &str, found: &mut Findings) {
        check_address(key, (self.url.as_deref(), self.key.as_ref(), self.key_file.is_some()), found);
        if !(1..=168).contains(&self.every_hours) {
            found.add(&format!("{key}.every_hours"), "it is no time between an hour and a week", "Set 1 to 168.");
        }
    }
}

fn check_address(key: &str, (url, secret, has_file): (Option<&str>, Option<&Secret>, bool), found: &mut Findings) {
    let key = |name: &str| format!("{key}.{name}");
    let Some(url) = url else {
        if secret.is_some() || has_file {
            found.add(&key("url"), "it is missing, and a key is given", "Give the address, or remove the key.");
        }
        return;
    };
    let is_here = |rest: &str| {
        let name = crate::without_port(rest.split('/').next().unwrap_or_default());
        let is_loopback = name.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback());
        is_loopback || name == "localhost" || name == "[::1]"
    };
    let is_safe = url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        || url.strip_prefix("http://").is_some_and(is_here);
    if !is_safe || url.chars().any(|one| one.is_whitespace() || one.is_control()) {
        let what = "it is no address that begins with https://";
        found.add(&key("url"), what, "Use https, or http on this machine alone.");
    }
    match secret {
        None if !has_file => found.add(&key("key"), "it is missing", "Give it, or name a file with it in key_file."),
        Some(_) if has_file => found.add(&key("key_file"), "key is given too", "Keep one of the two."),
        Some(secret) => check_length(&key("key"), secret, found),
        None => {}
    }
}

/// Refuses `secret`, which `key` gives or names the file of, if it is short.
pub(crate) fn check_length(key: &str, secret: &Secret, found: &mut Findings) {
    if secret.expose().len() < KEY_BYTES_MIN {
        let what = format!("it has fewer than {KEY_BYTES_MIN} characters");
        found.add(key, what, "Make one by `openssl rand -base64 32`.");
    }
}

#[cfg(test)]
mod tests {
    use super::{Notary, Signer};
    use crate::Secret;
    use crate::check::Findings;

    fn keys(signer: &Signer) -> Vec<String> {
        let mut found = Findings::default();
        signer.check("signer", &mut found);
        found.into_problems().into_iter().map(|problem| problem.key).collect()
    }

    fn signer(url: &str, key: &str) -> Signer {
        Signer { url: Some(url.to_owned()), key: Some(Secret::new(key)), ..Signer::default() }
    }

    #[test]
    fn an_address_is_encrypted_or_of_this_machine() {
        const KEY: &str = "a key that nobody guesses soon";
        for url in ["https://signer.test/sign?of=us", "http://127.0.0.1:9/sign", "http://localhost/", "http://[::1]:9/"]
        {
            assert_eq!(keys(&signer(url, KEY)), [""; 0], "{url}");
        }
        for url in [
            "http://signer.test/",
            "http://127.0.0.1.evil.test/",
            "http://127.0.0.1@evil.test/",
            "http://localhost:x@evil.test/",
            "https://",
            "https:///x",
            "ftp://x/",
            "https://a b/",
        ] {
            assert_eq!(keys(&signer(url, KEY)), ["signer.url"], "{url}");
        }
    }

    #[test]
    fn a_key_is_given_once_and_is_long_enough() {
        assert_eq!(keys(&Signer::default()), [""; 0], "there is none");
        assert_eq!(keys(&signer("https://x/", "short")), ["signer.key"]);
        assert_eq!(keys(&Signer { key: None, ..signer("https://x/", "") }), ["signer.key"]);
        assert_eq!(keys(&Signer { url: None, ..signer("", "a key that nobody guesses soon") }), ["signer.url"]);
        let twice = Signer { key_file: Some("k".into()), ..signer("https://x/", "a key that nobody guesses soon") };
        assert_eq!(keys(&twice), ["signer.key_file"]);
    }

    #[test]
    fn times_have_bounds() {
        assert_eq!(keys(&Signer { timeout_seconds: 0, ..Signer::default() }), ["signer.timeout_seconds"]);
        for every_hours in [0, 169] {
            let mut found = Findings::default();
            Notary { every_hours, ..Notary::default() }.check("notary", &mut found);
            assert_eq!(found.into_problems()[0].key, "notary.every_hours");
        }
    }
}
