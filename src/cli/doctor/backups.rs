//! How old the newest backup is, where `[doctor]` or the command line says where backups are kept.

use std::path::Path;

use super::finding::Finding;
use crate::backups::{FRESH_HOURS, Facts, HOUR_MS, age_words};

const CHECK: &str = "backups";
/// A week without one is no backup. Unit: hours.
const STALE_HOURS: i64 = 7 * 24;

/// What it comes to.
pub fn judge(facts: &Facts, now_ms: i64) -> Finding {
    match facts {
        Facts::NotNamed { data } => {
            let says = format!("Whether {} is backed up cannot be seen from here.", data.display());
            let remedy = "Say where backups are kept: `backups` in [doctor], or --backups FOLDER. Copy the data by a snapshot of its file system, or while the service is stopped; the key \
                          elsewhere. A backup has been tried when `consilium archive verify` found all records in a copy of it.";
            Finding::hint(CHECK, says, remedy)
        }
        Facts::Closed { folder, why } => {
            let says = format!("The backups in {} cannot be looked at: {why}.", folder.display());
            Finding::broken(CHECK, says, "Name the folder where they are, and run this as a user who may read it.")
        }
        Facts::Inside { folder } => {
            let says = format!("{} lies in the data folder: what destroys the data destroys it too.", folder.display());
            Finding::broken(CHECK, says, "Keep backups on another disk, better in another building.")
        }
        Facts::Looked { folder, newest: None } => {
            let says = format!("There is no backup in {}.", folder.display());
            Finding::broken(CHECK, says, "Back up the data folder each day, and see that the first one comes here.")
        }
        Facts::Looked { folder, newest: Some(newest) } => aged(folder, now_ms.saturating_sub(newest.written_ms)),
    }
}

fn aged(folder: &Path, age_ms: i64) -> Finding {
    let says = format!("The newest backup in {} is {} old.", folder.display(), age_words(age_ms));
    let remedy = "See why the tool that makes them stopped: everything since then would be lost with the disk.";
    let hours = age_ms / HOUR_MS;
    if hours >= STALE_HOURS {
        Finding::broken(CHECK, says, remedy)
    } else if hours > FRESH_HOURS {
        Finding::warning(CHECK, says, remedy)
    } else {
        Finding::fine(CHECK, says)
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::judge;
    use crate::backups::{Backup, Facts, HOUR_MS};
    use crate::cli::doctor::finding::Level;

    const NOW: i64 = 1_800_000_000_000;

    fn level(written_ms: Option<i64>) -> Level {
        let newest = written_ms.map(|written_ms| Backup { file: "/backups/a.tar".into(), written_ms });
        judge(&Facts::Looked { folder: PathBuf::from("/backups"), newest }, NOW).level
    }

    #[test]
    fn a_backup_of_yesterday_is_fine_and_one_of_last_week_is_none() {
        for (hours, expected) in [(0, Level::Fine), (25, Level::Fine), (30, Level::Warning), (8 * 24, Level::Broken)] {
            assert_eq!(level(Some(NOW - hours * HOUR_MS)), expected, "{hours} hours");
        }
        assert_eq!(level(None), Level::Broken);
        assert_eq!(level(Some(NOW + HOUR_MS)), Level::Fine, "a clock that is a little ahead");
        assert_eq!(judge(&Facts::NotNamed { data: "/srv/data".into() }, NOW).level, Level::Hint);
    }
}
