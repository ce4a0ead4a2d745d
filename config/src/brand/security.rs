//! Where somebody reports a fault in the safety of the service: what `/.well-known/security.txt` says.
//!
//! Source: RFC 9116. Deliberately absent: a signature, which somebody would have to make anew for each day; keys, which nobody looks after.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Brand;
use crate::Origin;
use crate::check::Findings;

/// One or two are read; more is a list that nobody keeps.
const CONTACTS_MAX: usize = 5;
/// Longest address. Unit: characters.
const ADDRESS_CHARACTERS_MAX: usize = 255;
/// Longest name of a language that BCP 47 needs in practice. Unit: characters.
const LANGUAGE_CHARACTERS_MAX: usize = 35;
/// How long a text without a day of its own holds: the RFC wants less than a year, and who copied it looks again twice in one. Unit: days.
const HOLDS_DAYS: i64 = 180;

/// Where somebody reports a fault in the safety of the service, at `/.well-known/security.txt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = SecuritySettings)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// Where to report, the best way first: 1 to 5. Unit: address with `mailto:`, `https://` or `tel:` before it, such as `mailto:security@clinic.example`.
    pub contacts: Vec<String>,
    /// The last day on which all of it holds. Default: half a year from the day on which it is read, so that nobody has to think of it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    #[schema(value_type = Option<String>)]
    pub expires: Option<Date>,
    /// Languages in which a report is read. Unit: BCP 47 tags. Default: those of the brand.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What who looks for faults may do, and what he can count on. Unit: `https://` address. Default: none.
    #[serde(default)]
    pub policy: Option<String>,
}

impl Security {
    /// The text of `security.txt`, as it is read on a day. `origins` are where it stands.
    pub fn text(&self, brand: &Brand, origins: &[&Origin], today: Date) -> String {
        let mut text = String::new();
        for contact in &self.contacts {
            let _ = writeln!(text, "Contact: {contact}");
        }
        let until = self.expires.unwrap_or_else(|| today.saturating_add(HOLDS_DAYS.days()));
        let _ = writeln!(text, "Expires: {until}T23:59:59Z");
        let languages = if self.languages.is_empty() { &brand.languages } else { &self.languages };
        let _ = writeln!(text, "Preferred-Languages: {}", languages.join(", "));
        // The RFC knows no canonical address without encryption.
        for origin in origins.iter().filter(|origin| origin.is_https()) {
            let _ = writeln!(text, "Canonical: {origin}/.well-known/security.txt");
        }
        if let Some(policy) = &self.policy {
            let _ = writeln!(text, "Policy: {policy}");
        }
        text
    }

    /// Whether its last day has gone.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|expires| expires < today)
    }
}

impl Brand {
    pub(super) fn check_security(&self, found: &mut Findings) {
        let Some(security) = &self.contacts.security else { return };
        let key = |name: &str| format!("contacts.security.{name}");
        if !(1..=CONTACTS_MAX).contains(&security.contacts.len()) {
            let what = format!("there are not 1 to {CONTACTS_MAX}");
            found
                .refuse(&key("contacts"), what, "Name where to report, or remove [contacts.security].")
                .code("how_many")
                .with("from", 1)
                .with("to", CONTACTS_MAX);
        }
        for contact in security.contacts.iter().filter(|contact| !is_contact(contact)) {
            let what = format!("`{}` is no address to report to", contact.escape_default());
            let remedy = "Write mailto:security@clinic.example, https://clinic.example/report or tel:+74950000000.";
            found.refuse(&key("contacts"), what, remedy).code("security_contact");
        }
        for language in security.languages.iter().filter(|language| !is_language(language)) {
            let what = format!("`{}` is no language", language.escape_default());
            found.refuse(&key("languages"), what, "Use BCP 47 tags, such as en.").code("language_tag");
        }
        if let Some(policy) = security.policy.as_ref().filter(|policy| !is_web(policy)) {
            let what = format!("`{}` is no https address", policy.escape_default());
            found.refuse(&key("policy"), what, "Write https://, or remove it.").code("https_address");
        }
    }
}

/// Each stands on a line of its own, so nothing in it may begin another.
fn is_address(text: &str) -> bool {
    text.chars().count() <= ADDRESS_CHARACTERS_MAX && text.chars().all(|letter| letter.is_ascii_graphic())
}

fn is_web(text: &str) -> bool {
    let host = text.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    is_address(text) && host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
}

fn is_contact(text: &str) -> bool {
    let is_mailbox = |address: &str| {
        let address = address.split('?').next().unwrap_or_default();
        address
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
    };
    let is_number = |number: &str| {
        let digits = number.strip_prefix('+').unwrap_or_default();
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_web(text)
        || is_address(text)
            && (text.strip_prefix("mailto:").is_some_and(is_mailbox)
                || text.strip_prefix("tel:").is_some_and(is_number))
}

fn is_language(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=LANGUAGE_CHARACTERS_MAX).contains(&text.len()) && text.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;

    use jiff::civil::date;

    use super::{Security, is_contact, is_language};
    use crate::{Brand, Origin};

    fn brand(change: impl FnOnce(&mut Security)) -> Brand {
        let mut brand = Brand::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("brands/demo-clinic")).unwrap();
        let mut security = Security {
            contacts: vec!["mailto:security@clinic.example".to_owned()],
            expires: None,
            languages: Vec::new(),
            policy: None,
        };
        change(&mut security);
        brand.contacts.security = Some(security);
        brand
    }

    fn refused(change: impl FnOnce(&mut Security)) -> Vec<String> {
        brand(change).settings_problems().into_iter().map(|problem| problem.key).collect()
    }

    #[test]
    fn the_text_says_who_until_when_in_which_languages_and_where_it_stands() {
        let [public, local] = ["https://clinic.example", "http://127.0.0.1:8009"]
            .map(|origin| Origin::try_from(origin.to_owned()).unwrap());
        let text = |brand: &Brand| {
            brand.contacts.security.as_ref().unwrap().text(brand, &[&public, &local], date(2026, 11, 30))
        };
        let expected = "Contact: mailto:security@clinic.example\nExpires: 2027-05-29T23:59:59Z\n\
                        Preferred-Languages: ru, en\nCanonical: https://clinic.example/.well-known/security.txt\n";
        assert_eq!(text(&brand(|_| ())), expected);
        let own = brand(|security| {
            security.expires = Some(date(2027, 1, 31));
            security.languages = vec!["en".to_owned()];
            security.policy = Some("https://clinic.example/safety".to_owned());
        });
        let told = text(&own);
        for line in
            ["Expires: 2027-01-31T23:59:59Z", "Preferred-Languages: en", "Policy: https://clinic.example/safety"]
        {
            assert!(told.lines().any(|known| known == line), "{line}: {told}");
        }
    }

    #[test]
    fn it_holds_through_its_last_day_and_without_one_for_ever() {
        let security = brand(|security| security.expires = Some(date(2027, 1, 31))).contacts.security.unwrap();
        assert!(!security.has_expired(date(2027, 1, 31)) && security.has_expired(date(2027, 2, 1)));
        let security = brand(|_| ()).contacts.security.unwrap();
        assert!(!security.has_expired(date(2099, 1, 1)));
    }

    #[test]
    fn an_address_that_nobody_can_report_to_is_refused() {
        for right in [
            "mailto:security@clinic.example",
            "mailto:security@clinic.example?subject=Safety",
            "https://clinic.example/report",
            "tel:+74950000000",
        ] {
            assert!(is_contact(right), "{right}");
        }
        for wrong in [
            "",
            "security@clinic.example",
            "http://clinic.example",
            "https://",
            "https://a@clinic.example",
            "mailto:",
            "mailto:security",
            "mailto:a@b@clinic.example",
            "tel:112",
            "tel:+7 495 000",
            "ftp://clinic.example",
            "mailto:a@clinic.example\nExpires: never",
            "https://clinic.example/\u{441}",
        ] {
            assert!(!is_contact(wrong), "{wrong}");
            assert_eq!(refused(|security| security.contacts = vec![wrong.to_owned()]), ["contacts.security.contacts"]);
        }
        assert!(is_language("en") && is_language("pt-BR") && !is_language("e") && !is_language("en, ru"));
        let many = vec!["tel:+74950000000".to_owned(); 6];
        assert_eq!(refused(|security| security.contacts = many), ["contacts.security.contacts"]);
        assert_eq!(refused(|security| security.contacts.clear()), ["contacts.security.contacts"]);
        assert_eq!(refused(|security| security.languages = vec!["ру".to_owned()]), ["contacts.security.languages"]);
        let policy = Some("http://clinic.example".to_owned());
        assert_eq!(refused(|security| security.policy = policy), ["contacts.security.policy"]);
    }
}
