//! What follows from a name and an address for whoever says nothing else. Pure.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use consilium_config::{Origin, TenantSlug};

use super::typed::user_name;

/// Ports of the listeners, where nothing says otherwise.
pub const PUBLIC_PORT: u16 = 8008;
pub const CONSOLE_PORT: u16 = 8009;

/// Names that parts of the service have.
const OURS: [&str; 2] = ["keeper", "consilium-consult"];

/// The console's address of who names none.
pub fn default_console(public: &Origin) -> String {
    if public.is_loopback() {
        return format!("http://127.0.0.1:{CONSOLE_PORT}");
    }
    let (scheme, host) = public.as_str().split_once("://").unwrap_or(("https", public.host()));
    format!("{scheme}://console.{}", host.strip_prefix("www.").unwrap_or(host))
}

/// The name that the first supervisor signs in with: of his e-mail, where it can be one.
pub fn default_supervisor(email: Option<&str>) -> String {
    let local = email.and_then(|email| email.split_once('@')).map(|(local, _)| local.to_lowercase());
    local
        .filter(|local| user_name(local).is_ok() && !OURS.contains(&local.as_str()))
        .unwrap_or_else(|| "supervisor".to_owned())
}

/// A short name: of the address, of the name where the address says nothing.
pub fn default_id(public: &Origin, name: &str) -> String {
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
pub fn default_server_name(public: &Origin, brand_id: &TenantSlug) -> String {
    if public.is_loopback() {
        return format!("{brand_id}.localhost");
    }
    let host = public.host();
    host.split_once(':').filter(|_| !host.starts_with('[')).map_or(host, |(name, _)| name).to_owned()
}

/// Where to listen for an origin: at its own address where it is one of this machine, else where a proxy of this machine comes.
pub fn listener_of(origin: &Origin, port: u16) -> SocketAddr {
    let here = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    if !origin.is_loopback() {
        return here(port);
    }
    let named = origin.host().rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    origin.host().parse().unwrap_or_else(|_| here(named.unwrap_or(port)))
}

#[cfg(test)]
mod tests {
    use super::{default_supervisor, slug_of};

    #[test]
    fn the_first_supervisor_is_named_by_his_e_mail_where_that_can_be() {
        for (email, name) in [
            (Some("Olga.P@yew.example"), "olga.p"),
            (Some("olga+desk@yew.example"), "supervisor"),
            (Some("keeper@yew.example"), "supervisor"),
            (None, "supervisor"),
        ] {
            assert_eq!(default_supervisor(email), name, "{email:?}");
        }
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
