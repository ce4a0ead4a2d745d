//! What this build does to a database that an earlier one left, said before it is done: from which schema to which, and which backup is the way back.
//!
//! Whatever opens such a database says so first: `serve` in its log, a command on standard error. Deliberately absent: making a backup, and waiting for one. A copy
//! beside the data would keep the keys of records that are erased afterwards, and would be lost with the same disk.

use std::fmt;

use consilium_config::{Config, TenantSlug};
use consilium_consult::admin;
use consilium_homeserver::Context;

use crate::backups::{self, Backup, FRESH_HOURS, Facts, HOUR_MS, age_words};

/// A database that is about to be changed.
#[derive(Debug)]
pub struct Upgrade {
    tenant: String,
    /// Its schema.
    found: i64,
    /// The schema that it is brought to.
    known: i64,
    backups: Facts,
    now_ms: i64,
}

impl Upgrade {
    /// What lies before the database of a tenant; `None`: nothing. What cannot be read is said by whoever opens it.
    pub async fn of(config: &Config, slug: &TenantSlug, context: &Context) -> Option<Self> {
        let versions = admin::schema(&config.tenant_dir(slug)).await.ok()??;
        // A start that was cut off before the first step left nothing to go back to.
        if versions.found == 0 || versions.found >= versions.known {
            return None;
        }
        Some(Self {
            tenant: slug.to_string(),
            found: versions.found,
            known: versions.known,
            backups: backups::look(config.doctor.backups.as_deref(), &config.data_dir),
            now_ms: i64::try_from(context.now_ms()).unwrap_or(i64::MAX),
        })
    }

    /// Whether there is a backup to go back to that has all but the last day in it.
    pub fn has_way_back(&self) -> bool {
        matches!(&self.backups, Facts::Looked { newest: Some(backup), .. } if self.age_ms(backup) / HOUR_MS <= FRESH_HOURS)
    }

    fn age_ms(&self, backup: &Backup) -> i64 {
        self.now_ms.saturating_sub(backup.written_ms)
    }
}

/// Sentences for whoever runs it.
impl fmt::Display for Upgrade {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tenant, found, known, .. } = self;
        write!(to, "the database of tenant `{tenant}` has schema {found} and is now brought to {known}; ")?;
        write!(to, "no older build opens it afterwards. ")?;
        match &self.backups {
            Facts::Looked { newest: Some(backup), .. } => {
                let age = age_words(self.age_ms(backup));
                write!(to, "The way back is the backup {}, {age} old", backup.file.display())?;
                to.write_str(if self.has_way_back() { "" } else { ": what was said since then is not in it" })
            }
            Facts::Looked { folder, newest: None } => {
                write!(to, "There is no backup in {} to go back to", folder.display())
            }
            Facts::NotNamed { .. } => to.write_str(
                "Which backup is the way back is not known: say where they are kept (`backups` in [doctor])",
            ),
            Facts::Closed { folder, why } => {
                write!(to, "The backups in {} cannot be looked at: {why}", folder.display())
            }
            Facts::Inside { folder } => {
                write!(to, "The backups in {} lie in the data folder: they are lost with it", folder.display())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Upgrade;
    use crate::backups::{Backup, Facts, HOUR_MS};

    const NOW: i64 = 1_800_000_000_000;

    fn upgrade(backups: Facts) -> Upgrade {
        Upgrade { tenant: "oak".to_owned(), found: 22, known: 35, backups, now_ms: NOW }
    }

    fn of_hours(hours: i64) -> Upgrade {
        let newest = Backup { file: "/srv/backups/monday.tar".into(), written_ms: NOW - hours * HOUR_MS };
        upgrade(Facts::Looked { folder: "/srv/backups".into(), newest: Some(newest) })
    }

    #[test]
    fn the_backup_that_leads_back_is_named_with_its_age() {
        let fresh = of_hours(3);
        assert!(fresh.has_way_back());
        assert_eq!(
            fresh.to_string(),
            "the database of tenant `oak` has schema 22 and is now brought to 35; no older build opens it afterwards. \
             The way back is the backup /srv/backups/monday.tar, 3 hours old"
        );
        let old = of_hours(72);
        assert!(!old.has_way_back() && old.to_string().ends_with("3 days old: what was said since then is not in it"));
    }

    #[test]
    fn where_no_backup_is_known_it_says_what_is_missing() {
        for (backups, words) in [
            (Facts::NotNamed { data: "/srv/data".into() }, "`backups` in [doctor]"),
            (Facts::Looked { folder: "/srv/backups".into(), newest: None }, "no backup in /srv/backups"),
            (Facts::Closed { folder: "/srv/backups".into(), why: "denied".to_owned() }, "cannot be looked at: denied"),
            (Facts::Inside { folder: "/srv/data/backups".into() }, "lost with it"),
        ] {
            let told = upgrade(backups);
            assert!(!told.has_way_back() && told.to_string().contains(words), "{told}");
        }
    }
}
