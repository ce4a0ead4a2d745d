//! Whether the notary has taken the heads of archive and audit log lately.

use super::finding::Finding;

const CHECK: &str = "notary";
/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How often they are sent. Unit: hours.
    pub every_hours: i64,
    /// When they were taken last; `None`: never. Unit: milliseconds since the epoch.
    pub taken_ms: Result<Option<i64>, String>,
}

/// What it comes to.
pub fn judge(facts: &Facts, now_ms: i64) -> Finding {
    let remedy = "See that the notary's address answers and knows the key; the service's log says why it does not.";
    match &facts.taken_ms {
        Err(why) => {
            let says = format!("Whether the notary has heads cannot be read: {why}.");
            Finding::broken(CHECK, says, "Do what it says.")
        }
        Ok(None) => Finding::warning(CHECK, "The notary has never taken the heads of archive and audit log.", remedy),
        Ok(Some(taken)) => {
            let hours = (now_ms - taken).max(0) / HOUR_MS;
            let says = format!("The notary has taken the heads of archive and audit log {hours} hours ago.");
            // One that was missed is sent within the hour that it comes back.
            if hours > 2 * facts.every_hours {
                Finding::warning(CHECK, says, remedy)
            } else {
                Finding::fine(CHECK, says)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, HOUR_MS, judge};
    use crate::cli::doctor::finding::Level;

    #[test]
    fn heads_that_nobody_took_for_two_turns_are_a_warning() {
        let at = |hours: i64| Facts { every_hours: 24, taken_ms: Ok(Some(-hours * HOUR_MS)) };
        assert_eq!(
            [0, 25, 48, 49].map(|hours| judge(&at(hours), 0).level),
            [Level::Fine, Level::Fine, Level::Fine, Level::Warning]
        );
        assert_eq!(judge(&Facts { every_hours: 24, taken_ms: Ok(None) }, 0).level, Level::Warning);
        assert_eq!(judge(&Facts { every_hours: 24, taken_ms: Err("x".to_owned()) }, 0).level, Level::Broken);
    }
}
