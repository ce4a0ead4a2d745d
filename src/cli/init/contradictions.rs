//! Whether the answers fit together, beyond what every configuration is checked for (`config/src/check.rs`). Pure.

use std::net::SocketAddr;

use consilium_config::Origin;

use super::answers::Answers;
use super::typed::{email_of, name_of, user_name};

/// Everything in the answers that does not fit, each with the remedy; empty when they can be used.
pub fn contradictions(answers: &Answers) -> Vec<String> {
    let mut found = Vec::new();
    if let Err(why) = name_of(&answers.name) {
        found.push(format!("--name: {why}."));
    }
    if let Some(Err(why)) = answers.email.as_deref().map(email_of) {
        found.push(format!("--email: {why}."));
    }
    if let Err(why) = user_name(&answers.supervisor) {
        found.push(format!("--supervisor: {why}."));
    }
    for (option, origin) in [("--public", &answers.public), ("--console", &answers.console)] {
        if let Err(why) = encrypted(origin) {
            found.push(format!("{option}: {why}."));
        }
    }
    if answers.public.is_loopback() != answers.console.is_loopback() {
        let what = "--console: one of the two addresses is of this machine only, and the other is not.";
        found.push(format!("{what} Give both names that browsers reach, or both of this machine to try it out."));
    }
    if answers.public == answers.console {
        found.push("--console: it is the same as --public. Give it a host or port of its own.".to_owned());
    }
    if answers.listen_public == answers.listen_console && answers.listen_public.port() != 0 {
        found.push("--listen-console: it is the same as --listen-public. Give it a port of its own.".to_owned());
    }
    found.extend(listener("--listen-public", answers.listen_public, "--public", &answers.public));
    found.extend(listener("--listen-console", answers.listen_console, "--console", &answers.console));
    found.extend(server_name(answers));
    found
}

/// Whether browsers let anything be encrypted at an address; else why not, and the remedy.
pub fn encrypted(origin: &Origin) -> Result<(), String> {
    if origin.is_https() || origin.is_loopback() {
        return Ok(());
    }
    Err(format!(
        "`{origin}` is not https, and browsers encrypt nothing there; use https, which a proxy in front provides"
    ))
}

/// Whether who asks for `origin` comes to `listener`.
fn listener(option: &str, listener: SocketAddr, origin_option: &str, origin: &Origin) -> Option<String> {
    let port = listener.port();
    if !origin.is_loopback() {
        return (port == 0)
            .then(|| format!("{option}: a proxy finds no port that is another one each time. Name a port."));
    }
    if !listener.ip().is_loopback() {
        return Some(format!(
            "{option}: `{listener}` is open to others, who cannot use `{origin}`. Listen on 127.0.0.1, or give {origin_option} an https address."
        ));
    }
    let own_port = if origin.is_https() { 443 } else { 80 };
    let named = origin.host().rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok()).unwrap_or(own_port);
    (named != port).then(|| {
        format!("{option}: `{origin}` leads to port {named}, and `{listener}` is another. Give both the same port.")
    })
}

/// A server name that cannot be reached stays in every user id.
fn server_name(answers: &Answers) -> Option<String> {
    let name = Origin::try_from(format!("https://{}", answers.server_name)).ok()?;
    let is_here = name.is_loopback() && !answers.public.is_loopback();
    is_here.then(|| {
        let name = &answers.server_name;
        format!(
            "--server-name: `{name}` means this machine, and stands in every user id for ever. Use a name of yours."
        )
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::contradictions;
    use crate::cli::init::answers::Answers;
    use crate::cli::init::testing::answers;

    fn found(change: impl FnOnce(&mut Answers)) -> String {
        let mut answers = answers("https://yew.example");
        change(&mut answers);
        contradictions(&answers).join("\n")
    }

    #[test]
    fn good_answers_fit_together() {
        assert_eq!(found(|_| ()), "");
        let here = answers("http://127.0.0.1:8008");
        assert_eq!(contradictions(&here), [""; 0]);
    }

    #[test]
    fn an_origin_without_encryption_is_refused_unless_it_is_of_this_machine() {
        let text = found(|answers| answers.public = "http://yew.example".parse().unwrap());
        assert!(text.contains("--public: `http://yew.example` is not https"), "{text}");
    }

    #[test]
    fn addresses_that_contradict_are_named_with_the_remedy() {
        let text = found(|answers| answers.console = answers.public.clone());
        assert!(text.contains("the same as --public"), "{text}");
        let text = found(|answers| answers.listen_console = answers.listen_public);
        assert!(text.contains("the same as --listen-public"), "{text}");
        let text = found(|answers| answers.console = "http://127.0.0.1:8009".parse().unwrap());
        assert!(text.contains("one of the two addresses is of this machine only"), "{text}");
        let text = found(|answers| answers.listen_public.set_port(0));
        assert!(text.contains("Name a port"), "{text}");
        let text = found(|answers| answers.server_name = "yew.localhost".to_owned());
        assert!(text.contains("stands in every user id for ever"), "{text}");
        let text = found(|answers| answers.name = "a\nb".to_owned());
        assert!(text.contains("--name"), "{text}");
    }

    #[test]
    fn on_this_machine_the_ports_have_to_be_the_same_and_stay_closed_to_others() {
        let mut here = answers("http://127.0.0.1:8008");
        here.listen_public.set_port(9000);
        assert!(contradictions(&here).join("").contains("leads to port 8008"));
        here.listen_public = "0.0.0.0:8008".parse().unwrap();
        assert!(contradictions(&here).join("").contains("is open to others"));
        here.public = "http://127.0.0.1:0".parse().unwrap();
        here.listen_public = "127.0.0.1:0".parse().unwrap();
        assert_eq!(contradictions(&here), [""; 0], "a port that is found at the start");
    }
}
