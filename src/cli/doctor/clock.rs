//! Whether the clock is right: against what was written here before, and against other machines that were asked anyway.

use std::path::Path;

use super::finding::Finding;

const CHECK: &str = "clock";
/// No installation is older. Unit: milliseconds since the epoch (2026-01-01).
const BEGINNING_MS: i64 = 1_767_225_600_000;
/// A file from further in the future was not written by a clock that goes on. Unit: milliseconds.
const BACK_MS: i64 = 120_000;
/// Tokens for calls live a minute, and a `Date` header has whole seconds. Unit: milliseconds.
const APART_MS: i64 = 20_000;
/// So far apart nothing that is signed with a time is accepted. Unit: milliseconds.
const FAR_APART_MS: i64 = 300_000;

/// What was found. Times in milliseconds since the epoch.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub now_ms: i64,
    /// When the newest file of the data was written; `None`: there is none.
    pub newest_file_ms: Option<i64>,
    /// Clocks of what answers at other addresses than this machine's own: whose, and how far they were ahead when they were asked.
    pub others: Vec<(String, i64)>,
}

/// When the newest of the files that are written all the time was.
pub fn newest_file_ms(data_dir: &Path, tenants: &[&str]) -> Option<i64> {
    let tenants = tenants.iter().map(|tenant| data_dir.join("tenants").join(tenant));
    let files = tenants
        .flat_map(|folder| ["consult.db", "consult.db-wal", "archive.heads", "store"].map(|name| folder.join(name)));
    let files = files.chain([data_dir.join("control.json")]);
    files.filter_map(|path| written_ms(&path)).max()
}

fn written_ms(path: &Path) -> Option<i64> {
    let written = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let remedy = "Let the machine take its time from the network: timedatectl set-ntp true";
    if facts.now_ms < BEGINNING_MS {
        return vec![Finding::broken(CHECK, "The clock stands before 2026.", remedy)];
    }
    let mut found = Vec::new();
    if let Some(ahead) = facts.newest_file_ms.map(|newest| newest - facts.now_ms).filter(|ahead| *ahead > BACK_MS) {
        let says =
            format!("The newest file of the data was written {} s from now: the clock went back.", ahead / 1_000);
        found.push(Finding::warning(CHECK, says, remedy));
    }
    for (whose, ahead) in facts.others.iter().filter(|(_, ahead)| ahead.abs() > APART_MS) {
        let side = if *ahead > 0 { "ahead of" } else { "behind" };
        let says = format!("The clock of {whose} is {} s {side} this one.", ahead.abs() / 1_000);
        let remedy = format!("{remedy}, there too where the other is yours.");
        found.push(if ahead.abs() > FAR_APART_MS {
            Finding::broken(CHECK, says, remedy)
        } else {
            Finding::warning(CHECK, says, remedy)
        });
    }
    if found.is_empty() {
        let names: Vec<&str> = facts.others.iter().map(|(whose, _)| whose.as_str()).collect();
        found.push(if names.is_empty() {
            Finding::fine(CHECK, "The clock goes on from what was written before.")
        } else {
            Finding::fine(CHECK, format!("The clock agrees with {}.", names.join(", ")))
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Facts, judge};
    use crate::cli::doctor::finding::Level;

    const NOW: i64 = 1_800_000_000_000;

    fn levels(facts: &Facts) -> Vec<Level> {
        judge(facts).iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn a_clock_that_stands_before_the_beginning_or_went_back_is_named() {
        assert_eq!(levels(&Facts { now_ms: NOW, ..Facts::default() }), [Level::Fine]);
        assert_eq!(levels(&Facts { now_ms: 1_000, ..Facts::default() }), [Level::Broken]);
        for (ahead, level) in [(-1_000, Level::Fine), (60_000, Level::Fine), (3_600_000, Level::Warning)] {
            let facts = Facts { now_ms: NOW, newest_file_ms: Some(NOW + ahead), ..Facts::default() };
            assert_eq!(levels(&facts), [level], "{ahead}");
        }
    }

    #[test]
    fn another_clock_is_believed_up_to_a_token_s_life() {
        for (ahead, level) in [
            (1_500, Level::Fine),
            (-1_500, Level::Fine),
            (25_000, Level::Warning),
            (-25_000, Level::Warning),
            (-3_600_000, Level::Broken),
        ] {
            let others = vec![("media.yew.example".to_owned(), ahead)];
            assert_eq!(levels(&Facts { now_ms: NOW, others, ..Facts::default() }), [level], "{ahead}");
        }
        let others = vec![("media.yew.example".to_owned(), -25_000)];
        let found = judge(&Facts { now_ms: NOW, others, ..Facts::default() });
        assert!(found[0].says.contains("25 s behind this one"), "{}", found[0].says);
    }
}
