//! Whether a tenant's addresses lead here: what answers there says that it is this installation, browsers may read it, and the certificate lasts.

use std::net::SocketAddr;

use consilium_config::{Origin, Tenant};
use serde_json::Value;

use super::certificate;
use super::finding::Finding;
use super::outside::{Answer, Failure, Outside};

const CHECK: &str = "origins";

/// What an address is asked. Only what is ours answers it rightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Where Matrix clients go: to the public origin.
    WellKnown,
    /// Which versions of Matrix it speaks, as a page of the console.
    Versions,
    /// The consultation API, as a page of the console.
    Service,
    /// Which app it serves, and whose: the patients'.
    PatientBrand,
    /// The same of the console.
    ConsoleBrand,
    /// Where Matrix clients go that know the server name only.
    Delegation,
}

/// What the answers have to say.
#[derive(Debug, Clone)]
pub struct Expected {
    pub public: Origin,
    pub console: Option<Origin>,
    pub server_name: String,
    /// Where the process listens for `public`, and for `console`.
    pub listeners: [SocketAddr; 2],
    /// Whether a process runs that has to answer.
    pub serves: bool,
    pub now_ms: i64,
}

/// A question with what came of it.
#[derive(Debug, Clone)]
pub struct Asked {
    pub question: Question,
    /// Scheme and host that were asked.
    pub address: String,
    pub answer: Result<Answer, Failure>,
}

impl Expected {
    /// Where the process listens for what is asked.
    fn listener(&self, question: Question) -> SocketAddr {
        let [public, console] = self.listeners;
        if question == Question::ConsoleBrand { console } else { public }
    }
}

impl Question {
    fn path(self) -> &'static str {
        match self {
            Self::WellKnown | Self::Delegation => "/.well-known/matrix/client",
            Self::Versions => "/_matrix/client/versions",
            Self::Service => "/_consilium/v1/openapi.json",
            Self::PatientBrand | Self::ConsoleBrand => "/.well-known/consilium/brand.json",
        }
    }
}

/// Asks all addresses of a tenant; one that is silent is asked once. `has_service`: whether there are a consultation service and a brand.
pub async fn look(tenant: &Tenant, has_service: bool, outside: &Outside) -> Vec<Asked> {
    let (public, console) = (&tenant.origins.public, tenant.origins.console.as_ref());
    let mut asked = Vec::new();
    let here: &[Question] = if has_service {
        &[Question::WellKnown, Question::Versions, Question::Service, Question::PatientBrand]
    } else {
        &[Question::WellKnown, Question::Versions]
    };
    ask(&mut asked, here, public.as_str(), console, outside).await;
    if let Some(console) = console.filter(|_| has_service) {
        ask(&mut asked, &[Question::ConsoleBrand], console.as_str(), None, outside).await;
    }
    if public.is_https() && public.host() != tenant.server_name {
        let address = format!("https://{}", tenant.server_name);
        ask(&mut asked, &[Question::Delegation], &address, None, outside).await;
    }
    asked
}

async fn ask(
    asked: &mut Vec<Asked>,
    questions: &[Question],
    address: &str,
    origin: Option<&Origin>,
    outside: &Outside,
) {
    for &question in questions {
        let answer = outside.get(&format!("{address}{}", question.path()), origin).await;
        let is_silent = answer.is_err();
        asked.push(Asked { question, address: address.to_owned(), answer });
        if is_silent {
            return;
        }
    }
}

/// What it comes to.
pub fn judge(expected: &Expected, asked: &[Asked]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut rest = asked;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|asked| asked.address == first.address).count();
        let (one, others) = rest.split_at(count);
        // The first fault of an address is named: the others mostly follow from it.
        let fault = one.iter().find_map(|asked| fault(expected, asked));
        found.push(fault.unwrap_or_else(|| {
            Finding::fine(CHECK, format!("{} is reached, and answers as this installation.", first.address))
        }));
        if let (true, Ok(answer)) = (first.address.starts_with("https://"), &first.answer) {
            found.push(certificate::judge(name_of(&first.address), answer.certificate_end_ms, expected.now_ms));
        }
        rest = others;
    }
    found
}

fn fault(expected: &Expected, asked: &Asked) -> Option<Finding> {
    let Asked { question, address, answer } = asked;
    if *question == Question::Delegation {
        return delegation(expected, address, answer);
    }
    match answer {
        Err(Failure::Certificate(why)) => Some(certificate::refused(name_of(address), why)),
        Err(Failure::NoName) => {
            let name = name_of(address);
            let says = format!("The name {name} leads nowhere (DNS): nobody finds {address}.");
            let remedy = format!(
                "At whoever keeps your domain, let {name} lead to this machine: an A record with its address. It may take an hour to be known."
            );
            Some(Finding::broken(CHECK, says, remedy))
        }
        Err(Failure::Silent(why)) if expected.serves => {
            let says = format!("{address} is not reached from here: {why}.");
            let remedy = "See that the proxy runs (systemctl status nginx), that it has this name, and that a firewall lets its port through.";
            Some(Finding::broken(
                CHECK,
                says,
                at_once(expected, *question, address).unwrap_or_else(|| remedy.to_owned()),
            ))
        }
        Err(Failure::Silent(_)) => {
            let says = format!("{address} does not answer: no service is known to run.");
            Some(Finding::hint(CHECK, says, "Start the service, then run this again."))
        }
        Ok(answer) => wrong(expected, *question, address, answer),
    }
}

/// What to do about an address of this machine, where no proxy stands between; `None`: it is another.
fn at_once(expected: &Expected, question: Question, address: &str) -> Option<String> {
    let is_here = address.parse::<Origin>().is_ok_and(|origin| !origin.is_https() && origin.is_loopback());
    let listener = expected.listener(question);
    is_here.then(|| {
        format!("Give it the port of {listener}, where the service listens, and see that nothing else has it.")
    })
}

/// The host of an address, without its port.
fn name_of(address: &str) -> &str {
    let host = address.split_once("://").map_or(address, |(_, host)| host);
    host.rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(host, |(name, _)| name)
}

fn wrong(expected: &Expected, question: Question, address: &str, answer: &Answer) -> Option<Finding> {
    let path = question.path();
    let at_once = at_once(expected, question, address);
    if !expected.serves && at_once.is_none() && (500..600).contains(&answer.status) {
        let says = format!("{address} has a proxy, and nothing runs behind it.");
        return Some(Finding::hint(CHECK, says, "Start the service, then run this again."));
    }
    let listener = expected.listener(question);
    // A proxy's own words for what is behind it: bad gateway, unavailable, too late.
    if at_once.is_none() && (502..=504).contains(&answer.status) {
        let says = format!("{address} has a proxy that does not reach the process (status {}).", answer.status);
        let remedy = format!("Let the proxy pass {} on to http://{listener}.", name_of(address));
        return Some(Finding::broken(CHECK, says, remedy));
    }
    if !is_ours(expected, question, answer) {
        let says = format!("{address}{path} is answered by something else (status {}).", answer.status);
        let proxied = || {
            let name = name_of(address);
            format!(
                "Let the proxy pass every path of {name} on to http://{listener}, unchanged and with its Host header."
            )
        };
        let remedy = at_once.unwrap_or_else(proxied);
        return Some(Finding::broken(CHECK, says, remedy));
    }
    let console = expected.console.as_ref().filter(|_| matches!(question, Question::Versions | Question::Service))?;
    let is_allowed =
        answer.allowed_origin.as_deref().is_some_and(|allowed| allowed == "*" || allowed == console.as_str());
    (!is_allowed).then(|| {
        let allowed = answer.allowed_origin.as_deref().unwrap_or("none");
        let says =
            format!("The console's pages may not read {address}{path} (Access-Control-Allow-Origin: {allowed}).");
        let remedy =
            "Let the proxy pass Origin and the Access-Control headers on as they are, and add none of its own.";
        Finding::broken(CHECK, says, remedy)
    })
}

fn is_ours(expected: &Expected, question: Question, answer: &Answer) -> bool {
    if answer.status != 200 {
        return false;
    }
    // The service's document is longer than what is read of it.
    if question == Question::Service {
        return answer.body.contains("openapi");
    }
    let Ok(body) = serde_json::from_str::<Value>(&answer.body) else { return false };
    let text = |path: &str| body.pointer(path).and_then(Value::as_str);
    let is_tenant = text("/server/server_name") == Some(expected.server_name.as_str());
    match question {
        Question::WellKnown | Question::Delegation => {
            text("/m.homeserver/base_url").map(|url| url.trim_end_matches('/')) == Some(expected.public.as_str())
        }
        Question::Versions | Question::Service => body["versions"].is_array(),
        Question::PatientBrand => is_tenant && text("/app") == Some("patient"),
        Question::ConsoleBrand => is_tenant && text("/app") == Some("console"),
    }
}

/// Our apps do not need it: other clients cannot sign in without knowing the address.
fn delegation(expected: &Expected, address: &str, answer: &Result<Answer, Failure>) -> Option<Finding> {
    let leads_here = answer.as_ref().is_ok_and(|answer| is_ours(expected, Question::Delegation, answer));
    (!leads_here).then(|| {
        let says = format!("{address} does not lead other Matrix clients to {}.", expected.public);
        let path = Question::Delegation.path();
        let remedy = format!(
            "Serve {address}{path} with {{\"m.homeserver\": {{\"base_url\": \"{}\"}}}}, if such clients are wanted.",
            expected.public
        );
        Finding::hint(CHECK, says, remedy)
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value, json};

    use super::{Asked, Expected, Question, judge};
    use crate::cli::doctor::finding::{Finding, Level};
    use crate::cli::doctor::outside::{Answer, Distrust, Failure};

    const NOW: i64 = 1_800_000_000_000;
    const DAY: i64 = 86_400_000;

    fn expected() -> Expected {
        Expected {
            public: "https://yew.example".parse().unwrap(),
            console: Some("https://console.yew.example".parse().unwrap()),
            server_name: "yew.example".to_owned(),
            listeners: ["127.0.0.1:8008", "127.0.0.1:8009"].map(|address| address.parse().unwrap()),
            serves: true,
            now_ms: NOW,
        }
    }

    fn answered(question: Question, body: Value) -> Asked {
        let address =
            if question == Question::ConsoleBrand { "https://console.yew.example" } else { "https://yew.example" };
        let answer = Answer {
            status: 200,
            body: body.to_string(),
            allowed_origin: Some("https://console.yew.example".to_owned()),
            certificate_end_ms: Some(NOW + 60 * DAY),
            ..Answer::default()
        };
        Asked { question, address: address.to_owned(), answer: Ok(answer) }
    }

    fn all() -> Vec<Asked> {
        let brand = |app| json!({ "app": app, "server": { "server_name": "yew.example" } });
        vec![
            answered(Question::WellKnown, json!({ "m.homeserver": { "base_url": "https://yew.example" } })),
            answered(Question::Versions, json!({ "versions": ["v1.11"] })),
            answered(Question::Service, json!({ "openapi": "3.1.0" })),
            answered(Question::PatientBrand, brand("patient")),
            answered(Question::ConsoleBrand, brand("console")),
        ]
    }

    fn change(asked: &mut [Asked], question: Question, change: impl FnOnce(&mut Answer)) {
        let asked = asked.iter_mut().find(|asked| asked.question == question).unwrap();
        change(asked.answer.as_mut().unwrap());
    }

    /// The findings that are worse than fine.
    fn faults(expected: &Expected, asked: &[Asked]) -> Vec<Finding> {
        judge(expected, asked).into_iter().filter(|finding| finding.level > Level::Fine).collect()
    }

    #[test]
    fn what_answers_as_ours_is_fine_with_a_line_for_each_address_and_certificate() {
        let found = judge(&expected(), &all());
        let checks: Vec<_> = found.iter().map(|finding| (finding.check, finding.level)).collect();
        let pair = [("origins", Level::Fine), ("certificate", Level::Fine)];
        assert_eq!(checks, [pair, pair].concat());
    }

    #[test]
    fn something_else_in_our_place_is_found_by_each_question() {
        for question in
            [Question::WellKnown, Question::Versions, Question::Service, Question::PatientBrand, Question::ConsoleBrand]
        {
            let mut asked = all();
            change(&mut asked, question, |answer| answer.body = "<html>Welcome to nginx!</html>".to_owned());
            let found = faults(&expected(), &asked);
            assert!(found.len() == 1 && found[0].level == Level::Broken, "{question:?}: {found:?}");
            assert!(found[0].says.contains("answered by something else"), "{found:?}");
        }
        let mut asked = all();
        change(&mut asked, Question::PatientBrand, |answer| {
            answer.body = json!({ "app": "patient", "server": { "server_name": "oak.example" } }).to_string();
        });
        assert_eq!(faults(&expected(), &asked).len(), 1, "another tenant's");
    }

    #[test]
    fn a_proxy_that_keeps_the_console_from_reading_is_found() {
        for allowed in [None, Some("https://yew.example".to_owned())] {
            let mut asked = all();
            change(&mut asked, Question::Service, |answer| answer.allowed_origin = allowed);
            let found = faults(&expected(), &asked);
            assert!(found.len() == 1 && found[0].says.contains("may not read"), "{found:?}");
        }
        let mut asked = all();
        change(&mut asked, Question::Versions, |answer| answer.allowed_origin = Some("*".to_owned()));
        assert!(faults(&expected(), &asked).is_empty());
    }

    #[test]
    fn silence_is_broken_while_a_process_runs_and_a_hint_otherwise() {
        let silent = Asked {
            question: Question::WellKnown,
            address: "https://yew.example".to_owned(),
            answer: Err(Failure::Silent("connection refused".to_owned())),
        };
        assert_eq!(faults(&expected(), std::slice::from_ref(&silent))[0].level, Level::Broken);
        let idle = Expected { serves: false, ..expected() };
        assert_eq!(faults(&idle, std::slice::from_ref(&silent))[0].level, Level::Hint);
        let nameless = Asked { answer: Err(Failure::NoName), ..silent };
        let found = faults(&idle, &[nameless]);
        assert!(found[0].level == Level::Broken && found[0].says.contains("yew.example leads nowhere"), "{found:?}");
        let mut asked = all();
        change(&mut asked, Question::WellKnown, |answer| answer.status = 502);
        assert_eq!(faults(&idle, &asked)[0].level, Level::Hint);
        let found = faults(&expected(), &asked);
        assert!(found[0].level == Level::Broken && found[0].says.contains("does not reach the process"), "{found:?}");
        assert!(found[0].remedy.as_deref().unwrap().contains("http://127.0.0.1:8008"), "{found:?}");
    }

    #[test]
    fn a_certificate_that_is_not_trusted_or_ends_is_named() {
        let refused = Asked {
            question: Question::WellKnown,
            address: "https://yew.example".to_owned(),
            answer: Err(Failure::Certificate(Distrust::Expired)),
        };
        let found = faults(&expected(), &[refused]);
        assert!(found[0].check == "certificate" && found[0].level == Level::Broken, "{found:?}");
        let mut asked = all();
        change(&mut asked, Question::WellKnown, |answer| answer.certificate_end_ms = Some(NOW + 5 * DAY));
        let found = faults(&expected(), &asked);
        assert!(found[0].level == Level::Warning && found[0].says.contains("ends in 5 days"), "{found:?}");
    }

    #[test]
    fn a_server_name_that_does_not_lead_here_is_a_hint() {
        let asked = Asked {
            question: Question::Delegation,
            address: "https://id.example".to_owned(),
            answer: Err(Failure::Silent("no such name".to_owned())),
        };
        let found = faults(&expected(), &[asked]);
        assert!(found.len() == 1 && found[0].level == Level::Hint, "{found:?}");
    }
}
