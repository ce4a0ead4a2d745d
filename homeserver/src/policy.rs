//! What a tenant allows its users beyond the specification: the one place that is asked by membership, directory and profile.

use crate::http::auth::UserClass;

/// The policy of one tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    pub contact: Contact,
}

/// Who may invite and find whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contact {
    /// Anybody anybody, as on an ordinary homeserver.
    #[default]
    Open,
    /// Patients reach staff and services only, and never each other.
    Closed,
}

impl Policy {
    /// Whether a user of class `from` may invite, or look up, one of class `to`.
    pub fn may_contact(self, from: UserClass, to: UserClass) -> bool {
        match self.contact {
            Contact::Open => true,
            Contact::Closed => reaches_all(from) || reaches_all(to),
        }
    }

    /// Whether a user of class `of` may let in whoever comes, show a room to the world, or ask several people at once into a new one.
    pub fn may_open_rooms(self, of: UserClass) -> bool {
        match self.contact {
            Contact::Open => true,
            Contact::Closed => reaches_all(of),
        }
    }
}

fn reaches_all(class: UserClass) -> bool {
    matches!(class, UserClass::Staff | UserClass::Service)
}

#[cfg(test)]
mod tests {
    use super::{Contact, Policy};
    use crate::http::auth::UserClass::{Member, Patient, Service, Staff};

    #[test]
    fn under_a_closed_policy_patients_do_not_reach_patients() {
        let policy = Policy { contact: Contact::Closed };
        assert!(!policy.may_contact(Patient, Patient));
        assert!(!policy.may_contact(Member, Patient));
        assert!(policy.may_contact(Patient, Staff));
        assert!(policy.may_contact(Service, Patient));
    }

    #[test]
    fn under_a_closed_policy_patients_open_no_room_to_others() {
        let closed = Policy { contact: Contact::Closed };
        assert_eq!([Member, Patient, Staff, Service].map(|of| closed.may_open_rooms(of)), [false, false, true, true]);
        assert!(Policy::default().may_open_rooms(Member));
    }
}
