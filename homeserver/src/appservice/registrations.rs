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
            registrations.all.push(appservice);
        }
        Ok(registrations)
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

    #[test]
    fn one_token_for_two_services_is_refused() {
        let list = [registration("irc", "a"), registration("crm", "a")];
        assert!(Registrations::new(&list, server_name!("hs.test")).is_err());
    }
}
