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
            Contact::Closed => {
                let reaches_all = |class| matches!(class, UserClass::Staff | UserClass::Service);
                reaches_all(from) || reaches_all(to)
            }
        }
    }
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
}
