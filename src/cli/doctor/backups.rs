//! How old the newest backup is, where `[doctor]` or the command line says where backups are kept. They are made by other tools.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::finding::Finding;

const CHECK: &str = "backups";
/// A backup of yesterday is one; an older one loses more than a day. Unit: hours.
const FRESH_HOURS: i64 = 26;
/// A week without one is no backup. Unit: hours.
const STALE_HOURS: i64 = 7 * 24;
const HOUR_MS: i64 = 3_600_000;
/// Folders below the one that is named that are looked into: tools put each backup into a folder of its own, by day or host.
const DEPTH_MAX: usize = 4;
/// Files that are looked at; a backup of single files has many, and the newest stands in the newest folder all the same.
const FILES_MAX: usize = 200_000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facts {
    /// Nobody said where they are.
    NotNamed {
        /// What should be backed up.
        data: PathBuf,
    },
    /// The folder cannot be read.
    Closed {
        /// Which.
        folder: PathBuf,
        /// Why.
        why: String,
    },
    /// It lies in what it backs up.
    Inside {
        /// Which.
        folder: PathBuf,
    },
    /// It was looked at.
    Looked {
        /// Which.
        folder: PathBuf,
        /// When its newest file was written; `None`: it has none.
        newest_ms: Option<i64>,
    },
}

/// Looks. Opens no file.
pub fn look(folder: Option<&Path>, data: &Path) -> Facts {
    let Some(folder) = folder else { return Facts::NotNamed { data: data.to_owned() } };
    let folder = folder.to_owned();
    if let (Ok(there), Ok(data)) = (folder.canonicalize(), data.canonicalize())
        && there.starts_with(data)
    {
        return Facts::Inside { folder };
    }
    match newest(&folder) {
        Ok(newest_ms) => Facts::Looked { folder, newest_ms },
        Err(error) => Facts::Closed { folder, why: error.to_string() },
    }
}

/// When the newest file of a folder was written, and of the folders in it. What cannot be read inside is left out: it is nobody's newest backup.
fn newest(folder: &Path) -> std::io::Result<Option<i64>> {
    let (mut newest, mut seen) = (None, 0_usize);
    // The one that was named has to be readable.
    let mut open = vec![(std::fs::read_dir(folder)?, 0_usize)];
    while let Some((entries, depth)) = open.pop() {
        for entry in entries.flatten() {
            // Of the entry itself: a link leads elsewhere, perhaps in a circle.
            let Ok(metadata) = entry.metadata() else { continue };
            seen += 1;
            if seen > FILES_MAX {
                return Ok(newest);
            }
            if metadata.is_file() {
                newest = newest.max(written_ms(&metadata));
            } else if metadata.is_dir()
                && depth < DEPTH_MAX
                && let Ok(inside) = std::fs::read_dir(entry.path())
            {
                open.push((inside, depth + 1));
            }
        }
    }
    Ok(newest)
}

fn written_ms(metadata: &std::fs::Metadata) -> Option<i64> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

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
        Facts::Looked { folder, newest_ms: None } => {
            let says = format!("There is no backup in {}.", folder.display());
            Finding::broken(CHECK, says, "Back up the data folder each day, and see that the first one comes here.")
        }
        Facts::Looked { folder, newest_ms: Some(newest) } => aged(folder, now_ms.saturating_sub(*newest) / HOUR_MS),
    }
}

fn aged(folder: &Path, hours: i64) -> Finding {
    let age = if hours < 48 { format!("{} hours", hours.max(0)) } else { format!("{} days", hours / 24) };
    let says = format!("The newest backup in {} is {age} old.", folder.display());
    let remedy = "See why the tool that makes them stopped: everything since then would be lost with the disk.";
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
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::path::PathBuf;
    use std::time::{Duration, UNIX_EPOCH};

    use super::{Facts, HOUR_MS, judge, look};
    use crate::cli::doctor::finding::Level;

    const NOW: i64 = 1_800_000_000_000;

    fn level(newest_ms: Option<i64>) -> Level {
        judge(&Facts::Looked { folder: PathBuf::from("/backups"), newest_ms }, NOW).level
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

    #[test]
    fn the_newest_file_counts_wherever_it_lies() {
        let ground = tempfile::tempdir().unwrap();
        let (backups, data) = (ground.path().join("backups"), ground.path().join("data"));
        for folder in [&backups.join("host/monday"), &backups.join("host/tuesday"), &data.join("backups")] {
            std::fs::create_dir_all(folder).unwrap();
        }
        assert_eq!(look(Some(&backups), &data), Facts::Looked { folder: backups.clone(), newest_ms: None });
        for (name, seconds) in [("host/monday/a.tar", 1_000), ("host/tuesday/b.tar", 2_000), ("index", 1_500)] {
            let file = std::fs::File::create(backups.join(name)).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        }
        assert_eq!(look(Some(&backups), &data), Facts::Looked { folder: backups.clone(), newest_ms: Some(2_000_000) });
        assert!(matches!(look(Some(&data.join("backups")), &data), Facts::Inside { .. }));
        assert!(matches!(look(Some(&ground.path().join("nowhere")), &data), Facts::Closed { .. }));
        assert!(matches!(look(None, &data), Facts::NotNamed { .. }));
    }
}
