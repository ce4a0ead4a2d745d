//! Who may say what somebody may do: nobody raises himself or another above himself, nobody changes one above him, and somebody is always left to administer.
//! Pure.

use super::service::OperatorError;
use crate::api::types::{FieldError, OperatorRole};

/// A change of somebody's rights.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raise {
    /// Those of who does it; `None`: the administrator at the command line, or the service itself.
    pub(super) own: Option<OperatorRole>,
    /// Those that he had; `None`: he is new.
    pub(super) was: Option<OperatorRole>,
    /// Those that he gets.
    pub(super) is: OperatorRole,
    /// Whether somebody else is an administrator.
    pub(super) has_other_administrator: bool,
}

impl Raise {
    /// Refuses what may not be.
    ///
    /// Errors: `Invalid`, by the field `role`.
    pub(super) fn check(self) -> Result<(), OperatorError> {
        let refused =
            |message: &str, code: &str| Err(OperatorError::Invalid(FieldError::new("role", message).code(code)));
        if let Some(own) = self.own
            && (self.is > own || self.was.is_some_and(|was| was > own))
        {
            return refused("only an administrator makes one, or changes one", "above_own");
        }
        let gives_up = self.was == Some(OperatorRole::Administrator) && self.is != OperatorRole::Administrator;
        if gives_up && !self.has_other_administrator {
            return refused("the last administrator stays one: make another one first", "last_administrator");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Raise;
    use crate::api::types::OperatorRole::{self, Administrator, Operator, Supervisor};

    const ALL: [OperatorRole; 3] = [Operator, Supervisor, Administrator];

    #[test]
    fn nobody_gives_takes_or_touches_what_is_above_him() {
        for own in ALL {
            for was in ALL {
                for is in ALL {
                    let raise = Raise { own: Some(own), was: Some(was), is, has_other_administrator: true };
                    assert_eq!(raise.check().is_ok(), was <= own && is <= own, "{own:?} {was:?} {is:?}");
                }
            }
        }
    }

    #[test]
    fn the_last_administrator_stays_one_whoever_asks() {
        for own in [Some(Administrator), None] {
            for (has_other_administrator, is, may) in [
                (false, Supervisor, false),
                (false, Operator, false),
                (false, Administrator, true),
                (true, Supervisor, true),
            ] {
                let raise = Raise { own, was: Some(Administrator), is, has_other_administrator };
                assert_eq!(raise.check().is_ok(), may, "{own:?} {is:?} {has_other_administrator}");
            }
        }
    }
}
