//! [`Registrations`]: the application services of a tenant, by token, and whose a user id is.

use std::{collections::HashMap, sync::Arc};

use ruma::{OwnedUserId, ServerName, UserId};

use super::registration::Registration;

/// `id` of an application service's registration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AppserviceId(pub Arc<str>);

/// A registered application service.
#[derive(Debug)]
pub struct Appservice {
    pub id: AppserviceId,
    /// The user that it acts as when it names none.
    pub sender: OwnedUserId,
    pub registration: Registration,
}

impl Appservice {
    /// Whether `user` is the sender or in its namespaces.
    pub fn owns(&self, user: &UserId) -> bool {
        self.sender == user || self.has_in_namespace(user)
    }

    /// Whether `user` is one that the service may make.
    pub fn has_in_namespace(&self, user: &UserId) -> bool {
        self.registration.namespaces.users.iter().any(|space| space.regex.matches(user.as_str()))
    }

    fn owns_exclusively(&self, user: &UserId) -> bool {
        let spaces = &self.registration.namespaces.users;
        self.sender == user || spaces.iter().any(|space| space.exclusive && space.regex.matches(user.as_str()))
    }
}

/// Why registrations cannot stand together.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationsError {
    #[error("two application services have the id {0}")]
    IdTwice(String),
    #[error("the application services {0} and {1} have the same as_token")]
    TokenTwice(String, String),
    #[error("the sender_localpart of the application service {0} makes no user id")]
    Sender(String),
    #[error("the application service {0} has one of proxy_prefix and proxy_url without the other")]
    HalfProxy(String),
    #[error(
        "the proxy_prefix of the application service {0} is no path such as rtc/livekit, or its proxy_url no http address"
    )]
    BadProxy(String),
    #[error("the application services {0} and {1} claim the same paths by their proxy_prefix")]
    PrefixTwice(String, String),
}

/// The application services of a tenant. Fixed while it is open.
#[derive(Debug, Default)]
pub struct Registrations {
    all: Vec<Arc<Appservice>>,
    by_token: HashMap<[u8; 32], Arc<Appservice>>,
}

impl Registrations {
    pub fn new(list: &[Registration], server_name: &ServerName) -> Result<Self, RegistrationsError> {
        let mut registrations = Self::default();
        for registration in list {
            let sender = UserId::parse_with_server_name(registration.sender_localpart.as_str(), server_name)
                .map_err(|_| RegistrationsError::Sender(registration.id.clone()))?;
            let id = AppserviceId(registration.id.as_str().into());
            if registrations.get(&id).is_some() {
                return Err(RegistrationsError::IdTwice(registration.id.clone()));
            }
            let appservice = Arc::new(Appservice { id, sender, registration: registration.clone() });
            let token = hash(registration.as_token.expose());
            if let Some(other) = registrations.by_token.insert(token, Arc::clone(&appservice)) {
                return Err(RegistrationsError::TokenTwice(other.registration.id.clone(), registration.id.clone()));
            }
            registrations.check_proxy(&appservice)?;
            registrations.all.push(appservice);
        }
        Ok(registrations)
    }

    /// Refuses claims on paths that are none, and on what another service claims.
    fn check_proxy(&self, appservice: &Appservice) -> Result<(), RegistrationsError> {
        let registration = &appservice.registration;
        let id = || registration.id.clone();
        let (prefix, url) = match (&registration.proxy_prefix, &registration.proxy_url) {
            (Some(prefix), Some(url)) => (prefix, url),
            (None, None) => return Ok(()),
            (Some(_), None) | (None, Some(_)) => return Err(RegistrationsError::HalfProxy(id())),
        };
        let is_web = reqwest::Url::parse(url).is_ok_and(|url| ["http", "https"].contains(&url.scheme()));
        if !is_web || !prefix.split('/').all(is_segment) {
            return Err(RegistrationsError::BadProxy(id()));
        }
        let other = self.all.iter().find(|other| {
            let taken = other.registration.proxy_prefix.as_deref();
            taken.is_some_and(|taken| lies_below(prefix, taken) || lies_below(taken, prefix))
        });
        match other {
            Some(other) => Err(RegistrationsError::PrefixTwice(other.registration.id.clone(), id())),
            None => Ok(()),
        }
    }

    /// The service that answers for `path`, what follows the version in a client's path: `rtc/livekit/get_token`.
    pub fn proxy_of(&self, path: &str) -> Option<&Arc<Appservice>> {
        self.all.iter().find(|appservice| {
            let prefix = appservice.registration.proxy_prefix.as_deref();
            prefix.is_some_and(|prefix| path != prefix && lies_below(path, prefix))
        })
    }

    pub fn all(&self) -> &[Arc<Appservice>] {
        &self.all
    }

    pub fn get(&self, id: &AppserviceId) -> Option<&Arc<Appservice>> {
        self.all.iter().find(|appservice| appservice.id == *id)
    }

    pub fn by_token(&self, as_token: &str) -> Option<&Arc<Appservice>> {
        // By hash: a look-up that takes the same time for every wrong token.
        if self.all.is_empty() { None } else { self.by_token.get(&hash(as_token)) }
    }

    /// The service that gets the to-device messages of `user`: the one that owns him and listens.
    pub fn to_device_of(&self, user: &UserId) -> Option<&Arc<Appservice>> {
        let listens = |registration: &Registration| registration.url.is_some() && registration.receives_ephemeral();
        self.all.iter().find(|appservice| listens(&appservice.registration) && appservice.owns(user))
    }

    pub fn is_exclusive(&self, user: &UserId) -> bool {
        self.all.iter().any(|appservice| appservice.owns_exclusively(user))
    }

    pub fn may_act_as(&self, id: &AppserviceId, user: &UserId) -> bool {
        self.get(id).is_some_and(|appservice| appservice.owns(user))
    }
}

/// Whether `path` is `prefix`, or goes on after it with a slash.
fn lies_below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A part of a path that means itself.
fn is_segment(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(is_plain)
}

fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

#[cfg(test)]
mod tests {
    use ruma::{server_name, user_id};

    use super::{super::Registration, Registrations};

    fn registration(id: &str, token: &str) -> Registration {
        let text = format!(
            "{{id: {id}, url: null, as_token: {token}, hs_token: h, sender_localpart: _{id}, \
             namespaces: {{users: [{{exclusive: true, regex: '@{id}_.*'}}]}}}}"
        );
        Registration::parse(&text).expect("it is valid")
    }

    #[test]
    fn users_belong_to_the_service_of_their_namespace() {
        let list = [registration("irc", "a"), registration("crm", "b")];
        let registrations = Registrations::new(&list, server_name!("hs.test")).expect("they stand together");
        let irc = registrations.by_token("a").expect("it is known");
        assert!(irc.owns(user_id!("@irc_bob:hs.test")) && irc.owns(user_id!("@_irc:hs.test")));
        assert!(!irc.owns(user_id!("@crm_bob:hs.test")));
        assert!(registrations.is_exclusive(user_id!("@crm_bob:hs.test")));
        assert!(!registrations.is_exclusive(user_id!("@bob:hs.test")));
        assert!(registrations.by_token("c").is_none());
    }

    fn proxy(id: &str, prefix: Option<&str>, url: Option<&str>) -> Registration {
        let mut registration = registration(id, id);
        registration.proxy_prefix = prefix.map(str::to_owned);
        registration.proxy_url = url.map(str::to_owned);
        registration
    }

    #[test]
    fn paths_belong_to_the_service_that_claims_them() {
        let url = Some("http://127.0.0.1:9");
        let list = [proxy("rtc", Some("rtc/livekit"), url), proxy("other", Some("rtc/livekitten"), url)];
        let registrations = Registrations::new(&list, server_name!("hs.test")).expect("they stand together");
        let owner = |path| registrations.proxy_of(path).map(|appservice| appservice.registration.id.as_str());
        assert_eq!(owner("rtc/livekit/get_token"), Some("rtc"));
        assert_eq!(owner("rtc/livekitten/x"), Some("other"));
        for nobodys in ["rtc/livekit", "rtc/live", "rtc", "x/rtc/livekit/get_token", ""] {
            assert_eq!(owner(nobodys), None, "{nobodys}");
        }
    }

    #[test]
    fn claims_that_are_none_or_meet_one_another_are_refused() {
        let url = Some("http://127.0.0.1:9");
        let refused = |list: &[Registration]| Registrations::new(list, server_name!("hs.test")).is_err();
        assert!(!refused(&[proxy("a", Some("rtc/livekit"), url), proxy("b", None, None)]));
        assert!(refused(&[proxy("a", Some("rtc/livekit"), url), proxy("b", Some("rtc/livekit"), url)]));
        assert!(refused(&[proxy("a", Some("rtc/livekit"), url), proxy("b", Some("rtc"), url)]));
        assert!(refused(&[proxy("a", Some("rtc"), url), proxy("b", Some("rtc/livekit"), url)]));
        assert!(refused(&[proxy("a", Some("rtc"), None)]));
        assert!(refused(&[proxy("a", None, url)]));
        assert!(refused(&[proxy("a", Some("rtc"), Some("127.0.0.1:9"))]));
        assert!(refused(&[proxy("a", Some("rtc"), Some("file:///etc"))]));
        for prefix in ["", "/rtc", "rtc/", "rtc//x", "..", "rtc/../x", "rtc/%2e%2e", "a b", "ртц"] {
            assert!(refused(&[proxy("a", Some(prefix), url)]), "{prefix:?} was taken");
        }
    }

    #[test]
    fn one_token_for_two_services_is_refused() {
        let list = [registration("irc", "a"), registration("crm", "a")];
        assert!(Registrations::new(&list, server_name!("hs.test")).is_err());
    }
}
