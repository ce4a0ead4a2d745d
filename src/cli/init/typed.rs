//! How an answer that was typed is understood, and what is wrong with one that is not. Pure.

use clap::ValueEnum;
use consilium_config::Origin;

use super::contradictions::encrypted;
use super::defaults::PUBLIC_PORT;

/// Longest name: it stands in headings and letterheads. Unit: characters.
const NAME_CHARACTERS_MAX: usize = 60;
/// Longest name to sign in with. Unit: bytes.
const USER_NAME_BYTES_MAX: usize = 64;

/// Longest e-mail. Source: RFC 5321 §4.5.3.1.3, without the brackets. Unit: bytes.
const EMAIL_BYTES_MAX: usize = 254;

/// A name that can be shown.
pub fn name_of(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    if length == 0 || length > NAME_CHARACTERS_MAX || text.chars().any(char::is_control) {
        return Err(format!("a name has 1 to {NAME_CHARACTERS_MAX} letters, all of them visible"));
    }
    Ok(text.to_owned())
}

/// A name to sign in with.
pub fn user_name(text: &str) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    if text.is_empty() || text.len() > USER_NAME_BYTES_MAX || !text.bytes().all(allowed) {
        return Err(format!("a name to sign in with has 1 to {USER_NAME_BYTES_MAX} of a-z 0-9 . _ -"));
    }
    Ok(text.to_owned())
}

/// An e-mail; empty: none. As strict as letters to it have to be: nothing in it can end a line of a file or a word of a command.
pub fn email_of(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refused = || format!("`{text}` is not an e-mail address, such as olga@clinic.example");
    let (local, domain) = text.split_once('@').ok_or_else(refused)?;
    let may_be_local = |letter: char| letter.is_ascii_alphanumeric() || "._%+-".contains(letter);
    let may_be_domain = |letter: char| letter.is_alphanumeric() || ".-".contains(letter);
    let labels_are_whole = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    // Not taken for an option by whatever it is given to.
    let fits = local.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && local.chars().all(may_be_local)
        && labels_are_whole
        && domain.chars().all(may_be_domain)
        && text.len() <= EMAIL_BYTES_MAX;
    if fits { Ok(Some(text.to_owned())) } else { Err(refused()) }
}

/// An address as people type it: `clinic.example` and `localhost` are understood.
pub fn typed_address(text: &str) -> Result<Origin, String> {
    let text = text.trim_end_matches('/');
    let origin: Origin = if text.contains("://") {
        parsed(text)?
    } else {
        let origin: Origin = parsed(&format!("https://{text}"))?;
        match (origin.is_loopback(), text.contains(':')) {
            (false, _) => origin,
            (true, true) => parsed(&format!("http://{text}"))?,
            (true, false) => parsed(&format!("http://{text}:{PUBLIC_PORT}"))?,
        }
    };
    encrypted(&origin)?;
    Ok(origin)
}

pub fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "да" | "д" => Ok(true),
        "no" | "n" | "нет" | "н" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}

pub fn said(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("something has to be said here".to_owned()) } else { Ok(text.to_owned()) }
}

pub fn parsed<T: std::str::FromStr>(text: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|why: T::Err| format!("`{text}` does not fit: {why}"))
}

pub fn value<T: ValueEnum>(text: &str) -> Result<T, String> {
    T::from_str(text, true).map_err(|_| format!("`{text}` is none of these"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{email_of, typed_address, user_name, yes_or_no};

    #[test]
    fn an_e_mail_is_one_or_none() {
        for text in ["olga@clinic.example", "olga.p+desk@sub.clinic.example", "help@клиника.рф"] {
            assert_eq!(email_of(text).unwrap().as_deref(), Some(text));
        }
        assert_eq!(email_of("  ").unwrap(), None);
        for text in [
            "olga",
            "@clinic.example",
            "olga@clinic",
            "olga@clinic..example",
            "olga @clinic.example",
            "o\"l@c.d",
            "a@b.c\nx",
            "a@b@c.d",
            "-x@b.c",
        ] {
            assert!(email_of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_understood_as_people_type_them() {
        for (typed, meant) in [
            ("clinic.example", "https://clinic.example"),
            ("https://clinic.example/", "https://clinic.example"),
            ("clinic.example:8443", "https://clinic.example:8443"),
            ("localhost", "http://localhost:8008"),
            ("127.0.0.1:9000", "http://127.0.0.1:9000"),
        ] {
            assert_eq!(typed_address(typed).unwrap().as_str(), meant);
        }
        assert!(typed_address("http://clinic.example").unwrap_err().contains("is not https"));
        assert!(typed_address("clinic.example/app").is_err() && typed_address("").is_err());
    }

    #[test]
    fn a_name_to_sign_in_with_is_what_a_user_id_can_hold() {
        assert!(user_name("olga.petrova-2").is_ok());
        for name in ["", "Olga", "Olga Petrova", "ольга", &"o".repeat(65)] {
            assert!(user_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn yes_and_no_are_understood_in_both_languages() {
        assert_eq!((yes_or_no("Да"), yes_or_no("yes"), yes_or_no("НЕТ")), (Ok(true), Ok(true), Ok(false)));
        assert!(yes_or_no("perhaps").is_err());
    }
}
