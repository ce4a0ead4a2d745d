//! Where backups lie, and which of them is the newest. They are made by other tools.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

pub const HOUR_MS: i64 = 3_600_000;
/// A backup of yesterday is one; an older one loses more than a day. Unit: hours.
pub const FRESH_HOURS: i64 = 26;
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
        /// Its newest file; `None`: it has none.
        newest: Option<Backup>,
    },
}

/// A file in a folder of backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub file: PathBuf,
    pub written_ms: i64,
}

/// How long ago, in hours, and in days from the second on. What a clock that is a little ahead wrote, it wrote now.
pub fn age_words(age_ms: i64) -> String {
    let hours = age_ms / HOUR_MS;
    if hours < 48 { format!("{} hours", hours.max(0)) } else { format!("{} days", hours / 24) }
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
        Ok(newest) => Facts::Looked { folder, newest },
        Err(error) => Facts::Closed { folder, why: error.to_string() },
    }
}

/// The newest file of a folder, and of the folders in it. What cannot be read inside is left out: it is nobody's newest backup.
fn newest(folder: &Path) -> std::io::Result<Option<Backup>> {
    let (mut newest, mut seen) = (None::<Backup>, 0_usize);
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
                let later = |written: &i64| newest.as_ref().is_none_or(|known| *written > known.written_ms);
                if let Some(written_ms) = written_ms(&metadata).filter(later) {
                    newest = Some(Backup { file: entry.path(), written_ms });
                }
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::time::{Duration, UNIX_EPOCH};

    use super::{Backup, Facts, HOUR_MS, age_words, look};

    #[test]
    fn the_newest_file_counts_wherever_it_lies() {
        let ground = tempfile::tempdir().unwrap();
        let (backups, data) = (ground.path().join("backups"), ground.path().join("data"));
        for folder in [&backups.join("host/monday"), &backups.join("host/tuesday"), &data.join("backups")] {
            std::fs::create_dir_all(folder).unwrap();
        }
        assert_eq!(look(Some(&backups), &data), Facts::Looked { folder: backups.clone(), newest: None });
        for (name, seconds) in [("host/monday/a.tar", 1_000), ("host/tuesday/b.tar", 2_000), ("index", 1_500)] {
            let file = std::fs::File::create(backups.join(name)).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        }
        let newest = Some(Backup { file: backups.join("host/tuesday/b.tar"), written_ms: 2_000_000 });
        assert_eq!(look(Some(&backups), &data), Facts::Looked { folder: backups.clone(), newest });
        assert!(matches!(look(Some(&data.join("backups")), &data), Facts::Inside { .. }));
        assert!(matches!(look(Some(&ground.path().join("nowhere")), &data), Facts::Closed { .. }));
        assert!(matches!(look(None, &data), Facts::NotNamed { .. }));
    }

    #[test]
    fn an_age_is_told_in_hours_and_then_in_days() {
        for (hours, words) in [(-1, "0 hours"), (3, "3 hours"), (47, "47 hours"), (48, "2 days"), (200, "8 days")] {
            assert_eq!(age_words(hours * HOUR_MS), words);
        }
    }
}
